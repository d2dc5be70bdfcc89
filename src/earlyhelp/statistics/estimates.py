"""What the statistics of two groups, of several groups and of standard populations take and give."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.statistics.intervals import Numbers

Floats = NDArray[np.float64]


class Estimate(NamedTuple, Generic[Numbers]):
    """A figure with the bounds of its interval, each one number or an array with one number a place; NaN is missing."""

    value: Numbers
    lower: Numbers
    upper: Numbers


def estimate(value: NDArray[Any], lower: NDArray[Any], upper: NDArray[Any]) -> Estimate[Any]:
    """The three as an `Estimate`, as plain numbers where each is a single one."""
    if np.ndim(value) == 0:
        return Estimate(float(value), float(lower), float(upper))
    return Estimate(value, lower, upper)
