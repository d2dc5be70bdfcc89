"""What the statistics of two groups, of several groups and of standard populations take and give."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def figures(name: str, values: ArrayLike) -> Floats:
    """The values as an array of numbers from 0 up, NaN where missing.

    Raises ValueError, naming the figure, when one is negative or infinite.
    """
    found = np.asarray(values, dtype=np.float64)
    if np.any(found < 0) or np.any(np.isinf(found)):
        raise ValueError(f"a {name} is negative or infinite; it must be a number from 0 up")
    return found


def missing_if_zero(numbers: Floats) -> Floats:
    """The numbers with NaN for 0: what is divided by nothing is missing, neither zero nor endless."""
    return np.where(numbers == 0, np.nan, numbers)
