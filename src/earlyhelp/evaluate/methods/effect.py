"""What every method of a study gives back, and how it says that it cannot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Effect(NamedTuple):
    """One estimate of one method, with its standard error and the bounds of its 95 per cent interval.

    `method` names how it was worked out ("entropy_balancing", "aipw", "matching" ...). Units are those of the outcome:
    a difference of shares where the outcome is 0 or 1, a log where the method's docstring says so.
    """

    method: str
    estimate: float
    standard_error: float
    lower: float
    upper: float


class NotEstimable(Exception):
    """No figure can be given: `reason` says what was found, `needed` what would have to be there.

    Both are sentences for the reader of a study and hold nothing about a person.
    """

    def __init__(self, reason: str, needed: str) -> None:
        super().__init__(f"{reason} {needed}")
        self.reason = reason
        self.needed = needed


def effect(method: str, estimate: float, standard_error: float, critical: float = 1.959963984540054) -> Effect:
    """The estimate with a symmetrical interval of `critical` standard errors to each side (normal unless given)."""
    reach = critical * standard_error
    return Effect(method, float(estimate), float(standard_error), float(estimate - reach), float(estimate + reach))
