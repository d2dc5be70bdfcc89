"""Whether groups wait differently: the log-rank test, mean days within a limit, and a guard against asking often."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics.intervals import z_score
from earlyhelp.statistics.survival import KaplanMeier


class LogRank(NamedTuple):
    """The test: chi-squared, its degrees of freedom and p; and by group, in order of name, ends seen and expected."""

    chi_squared: float
    degrees: int
    p: float
    groups: tuple[Any, ...]
    observed: tuple[float, ...]
    expected: tuple[float, ...]


class RestrictedMean(NamedTuple):
    """Mean days within the limit, its standard error and bounds, in days."""

    mean: float
    standard_error: float
    lower: float
    upper: float


def log_rank(durations: ArrayLike, ended: ArrayLike, groups: ArrayLike) -> LogRank:
    """Whether the ends come at the same pace in all groups, on every day among those still going.

    Under no difference, the d ends of a day fall on the n still going as balls drawn from an urn: a group with n_g of
    them expects d n_g / n, with the covariance of the hypergeometric distribution. The sums over all days of seen less
    expected, weighed by the inverse of their covariance, are chi-squared with one degree less than there are groups.
    Groups that were never at risk on an ending day are no degree of freedom. With fewer than two such groups p is 1.

    durations: whole days from 0 up; ended: whether it ended on that day; groups: the group of each.
    Raises ValueError for lists that do not match one to one.

    Source: Mantel (1966), Cancer Chemotherapy Reports 50:163-170; Peto and Peto (1972), Journal of the Royal
    Statistical Society A 135:185-207. Known answers: R's `survdiff` of `lung` and `aml`, in the tests of this package.
    """
    days, flags = np.asarray(durations, dtype=np.float64), np.asarray(ended, dtype=bool)
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    if not days.shape == flags.shape == group.shape:
        raise ValueError("`durations`, `ended` and `groups` must match one to one")
    times = np.unique(days[flags])
    ends = _by_group(times, days[flags], group[flags], len(names))
    seen = np.searchsorted(times, days, side="right")
    reached = np.bincount(seen * len(names) + group, minlength=(len(times) + 1) * len(names))
    at_risk = reached.reshape(len(times) + 1, len(names))[::-1].cumsum(axis=0)[::-1][1:].astype(np.float64)
    return _tested(tuple(names.tolist()), ends, at_risk)


def _by_group(times: NDArray[np.float64], days: NDArray[np.float64], group: Any, many: int) -> NDArray[np.float64]:
    cells = np.bincount(np.searchsorted(times, days) * many + group, minlength=len(times) * many)
    return cells.reshape(len(times), many).astype(np.float64)


def _tested(names: tuple[Any, ...], ends: NDArray[np.float64], at_risk: NDArray[np.float64]) -> LogRank:
    from scipy.special import chdtrc

    n, d = at_risk.sum(axis=1), ends.sum(axis=1)
    share = at_risk / n[:, None]
    expected = (d[:, None] * share).sum(axis=0)
    spread = d * np.divide(n - d, n - 1, out=np.zeros_like(n), where=n > 1)
    covariance = np.diag((spread[:, None] * share).sum(axis=0)) - (spread[:, None] * share).T @ share
    told = expected > 0
    difference = (ends.sum(axis=0) - expected)[told][:-1]
    degrees = int(difference.size) if np.any(spread > 0) else 0
    if degrees < 1:
        return LogRank(0.0, 0, 1.0, names, tuple(ends.sum(axis=0).tolist()), tuple(expected.tolist()))
    inverse = np.linalg.pinv(covariance[told][:, told][:-1, :-1])
    chi_squared = float(difference @ inverse @ difference)
    p = float(chdtrc(degrees, chi_squared))
    return LogRank(chi_squared, degrees, p, names, tuple(ends.sum(axis=0).tolist()), tuple(expected.tolist()))


def restricted_mean(curve: KaplanMeier, within: float, confidence: float = 0.95) -> RestrictedMean:
    """The mean of the days spent within the first `within` days: the area under the survival curve up to there.

    Whatever lasts longer counts with `within` days. With A_i the area from ending day i to the limit, d_i of n_i ending
    on it, the variance is the sum of A_i^2 d_i / (n_i (n_i - d_i)). The bounds are the mean -+ z standard errors, cut
    off at 0 and `within`. The curve must be known up to the limit: nothing is assumed beyond it here, so that choosing
    `within` no later than the last day followed is the caller's part. Raises ValueError unless `within` is above 0.

    Source: Klein and Moeschberger (2003), Survival Analysis, 2nd ed., section 4.5. Known answers: R's
    `print(survfit(...), rmean = "common")` of `lung`, in the tests of this package.
    """
    if not within > 0:
        raise ValueError("`within` is a number of days above 0, such as 182")
    inside = curve.times < within
    edges = np.concatenate([[0.0], curve.times[inside], [within]])
    heights = np.concatenate([[1.0], curve.survival[inside]])
    areas = heights * np.diff(edges)
    after = areas[::-1].cumsum()[::-1][1:]
    n, d = curve.at_risk[inside], curve.events[inside]
    terms = np.divide(after**2 * d, n * (n - d), out=np.zeros_like(after), where=n > d)
    mean, error = float(areas.sum()), float(np.sqrt(terms.sum()))
    reach = z_score(confidence) * error
    return RestrictedMean(mean, error, max(mean - reach, 0.0), min(mean + reach, float(within)))
