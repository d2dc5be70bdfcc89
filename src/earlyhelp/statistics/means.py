"""Means with their intervals: how far chance alone could have moved an average."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Mean(NamedTuple):
    """A mean with the bounds of its interval; the bounds are None where one value alone tells of no spread."""

    value: float
    lower: float | None
    upper: float | None


def mean_of_sums(n: int, total: float, variance: float | None, confidence: float = 0.95) -> Mean:
    """The mean of n values and the bounds within which it would lie in the long run, in the unit of the values.

    Estimand: the mean m of the population from which the values were drawn independently. With s^2 the variance (divided
    by n - 1) and t the Student quantile with n - 1 degrees of freedom: total/n -+ t s / sqrt(n).

    n: how many values, from 1 up. total: their sum. variance: with divisor n - 1; None for one value.
    confidence: the share of such intervals that hold m, between 0 and 1. Raises ValueError for n below 1.

    Source: Student (1908), Biometrika 6:1-25; Altman (1991), Practical Statistics for Medical Research, section 8.4.
    Known answers: tests/known_answers/test_means_published.py.
    """
    if n < 1:
        raise ValueError("a mean needs at least one value")
    if not 0 < confidence < 1:
        raise ValueError("confidence is a share between 0 and 1, such as 0.95")
    if n == 1 or variance is None:
        return Mean(total / n, None, None)
    from scipy.special import stdtrit

    reach = float(stdtrit(n - 1, (1 + confidence) / 2)) * math.sqrt(variance / n)
    return Mean(total / n, total / n - reach, total / n + reach)


def mean(values: ArrayLike, counts: ArrayLike | None = None, confidence: float = 0.95) -> Mean:
    """The mean of the values with the bounds of `mean_of_sums`, in their unit.

    values: one list, none missing. counts: how often each value was met, 1 by default; whole, from 0 up. They are
    repeats, not weights from matching or sampling, whose interval would be another. confidence: as for `mean_of_sums`.
    Without any value there is no mean: raises ValueError, as for a missing or infinite value, a count that is no whole
    number from 0 up, and lists that do not match one to one.
    """
    found = _listed("values", values)
    times = np.ones_like(found) if counts is None else _listed("counts", counts)
    if len(found) != len(times):
        raise ValueError(f"the lists must match one to one, and hold {len(found)} values, {len(times)} counts")
    if np.any(times < 0) or np.any(times != np.floor(times)):
        raise ValueError("`counts` says how often each value was met: whole numbers from 0 up")
    n, total = int(times.sum()), float((times * found).sum())
    around = total / max(n, 1)
    variance = float((times * (found - around) ** 2).sum()) / (n - 1) if n > 1 else None
    return mean_of_sums(n, total, variance, confidence)


def mean_change(before: ArrayLike, after: ArrayLike, counts: ArrayLike | None = None, confidence: float = 0.95) -> Mean:
    """The mean of what each changed by, after minus before, with the bounds of the paired t interval, in their unit.

    Estimand: the mean change of the population from which the pairs were drawn independently. What changed is not thereby
    caused by what happened in between.

    before, after: two lists, one pair a place (one child, scored twice); a pair with a side missing is to be left out, and
    told as left out. counts: how often each pair was met. confidence and errors: as for `mean`.

    Source: Student (1908), Biometrika 6:1-25, section IX; Altman (1991), Practical Statistics for Medical Research,
    section 9.5. Known answers: tests/known_answers/test_means_published.py.
    """
    first, second = _listed("before", before), _listed("after", after)
    if len(first) != len(second):
        raise ValueError(f"the lists must match one to one, and hold {len(first)} before, {len(second)} after")
    return mean(second - first, counts, confidence)


def _listed(name: str, values: ArrayLike) -> NDArray[np.float64]:
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"`{name}` must be one list")
    if not np.all(np.isfinite(column)):
        raise ValueError(f"`{name}` holds a missing or infinite entry")
    return column
