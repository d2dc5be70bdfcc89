"""How long things last when some are not over yet: waits and episodes, with those still going counted as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics.intervals import Interval, z_score

Transform = Literal["log", "log-log"]

TOLERANCE = float(np.sqrt(np.finfo(np.float64).eps))
"""A curve this close to a level lies on it: products of fractions do not come back to exactly one half."""

_Floats = NDArray[np.float64]


class Quantile(NamedTuple):
    """Days by which a share has ended, with bounds; None where the data do not reach so far (an open end)."""

    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, eq=False)
class KaplanMeier:
    """A survival curve: one place an ending day, in order, so five arrays of one length.

    `times`: days from the start on which something ended; `at_risk`: how many were still going just before that day;
    `events`: how many ended on it; `survival`: the share that lasts longer than that day; `standard_error`: of that
    share, NaN once nothing is left. `last_day`: the longest anything was followed, ended or not; 0 when nothing was.
    """

    times: _Floats
    at_risk: _Floats
    events: _Floats
    survival: _Floats
    standard_error: _Floats
    last_day: float

    def median(self, confidence: float = 0.95, transform: Transform = "log") -> Quantile:
        """Days by which half have ended, with bounds: `quantile(0.5)`."""
        return self.quantile(0.5, confidence, transform)

    def quantile(self, q: float, confidence: float = 0.95, transform: Transform = "log") -> Quantile:
        """Days by which a share `q` has ended, with the bounds of Brookmeyer and Crowley.

        The estimate is the first day on which the curve is at 1 - q or under; where it runs level at exactly 1 - q, the
        middle of that stretch (which goes to the last day followed, should the curve never fall again). The bounds are
        the days on which the lower and the upper edge of the `band` get there. Each is None when its curve does not.

        q: the share that has ended, between 0 and 1. confidence, transform: as for `band`.
        Raises ValueError when q is not between 0 and 1.

        Source: Brookmeyer and Crowley (1982), Biometrics 38:29-41; level stretches as `quantile` does them for a
        `survfit` in R's package survival (its `print` tells the first day of a stretch after which nothing falls).
        """
        if not 0 < q < 1:
            raise ValueError("q is the share that has ended: it must lie between 0 and 1, such as 0.5 for the median")
        band = self.band(confidence, transform)
        return Quantile(*(self._reaches(curve, 1 - q) for curve in (self.survival, band.lower, band.upper)))

    def band(self, confidence: float = 0.95, transform: Transform = "log") -> Interval[NDArray[Any]]:
        """Bounds of the survival on each ending day, between 0 and 1; NaN once nothing is left.

        With S the survival, s its standard error and z the normal quantile of the confidence:
        "log": S exp(-+ z s/S), no higher than 1; "log-log": S to the power of exp(+- z s / (S log S)).
        They hold for one day at a time, not for the whole curve at once.

        confidence: the share of such intervals that hold the true survival, between 0 and 1. transform: the scale on
        which the interval is symmetric; "log" is R's default, "log-log" the one of SAS and Stata.
        Raises ValueError for another confidence or transform.

        Source: `conf.type` of `survfit` in R's package survival; for log-log also Klein and Moeschberger (2003),
        Survival Analysis, 2nd ed., section 4.3.
        """
        share = np.where(self.survival > 0, self.survival, np.nan)
        relative = z_score(confidence) * self.standard_error / share
        if transform == "log":
            return Interval(share * np.exp(-relative), np.minimum(share * np.exp(relative), 1))
        if transform == "log-log":
            power = np.exp(relative / -np.log(share))
            return Interval(share**power, share ** (1 / power))
        raise ValueError('transform must be "log" or "log-log"')

    def _reaches(self, curve: _Floats, level: float) -> float | None:
        reached = self.times[curve <= level + TOLERANCE]
        if not reached.size:
            return None
        passed = self.times[curve <= level - TOLERANCE]
        return float(reached[0] + (passed[0] if passed.size else self.last_day)) / 2


def kaplan_meier(durations: ArrayLike, ended: ArrayLike, weights: ArrayLike | None = None) -> KaplanMeier:
    """The survival curve of waits, episodes or any stretch of days, of which some have not ended yet.

    Estimand: S(t), the share that lasts longer than t days, provided that those not seen to the end are like the others
    that had lasted as long. With n at risk and d ending on an ending day, S(t) is the product of (n - d)/n over the
    ending days up to t, and its standard error is S(t) sqrt(sum of d / (n (n - d))) (Greenwood). What was last seen,
    unended, on some day was at risk all that day: endings come before leavings, as in R.

    durations: whole days from the start to the end, or to the last day seen; from 0 up. ended: whether it ended on that
    day (false: still going when last seen). weights: how many each stands for, 1 by default; the standard error is
    right for such repeats, not for weights from matching or sampling; a weight of 0 leaves a duration out.
    Without durations the curve is empty and all its quantiles are None.
    Raises ValueError for a missing or negative entry, a part of a day, or lists that do not match one to one.

    Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53:457-481; Greenwood (1926),
    Reports on Public Health and Medical Subjects 33. Known answers: tests/known_answers/test_survival_published.py.
    """
    days, flags = _column("durations", durations), _column("ended", ended)
    counts = np.ones_like(days) if weights is None else _column("weights", weights)
    _check(days, flags, counts)
    return _curve(days[counts > 0], flags[counts > 0], counts[counts > 0])


def _curve(days: _Floats, ended: _Floats, counts: _Floats) -> KaplanMeier:
    times, place = np.unique(days, return_inverse=True)
    leaving, ending = _totals(place, counts), _totals(place, counts * ended)
    going = np.cumsum(leaving[::-1])[::-1]
    eventful = ending > 0
    at_risk, events = going[eventful], ending[eventful]
    staying = at_risk - events
    survival = np.cumprod(staying / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # the day on which the last one ends has no standard error
        standard_error = survival * np.sqrt(np.cumsum(events / (at_risk * staying), dtype=np.float64))
    last_day = float(times[-1]) if times.size else 0.0
    return KaplanMeier(times[eventful], at_risk, events, survival, standard_error, last_day)


def _totals(place: NDArray[np.intp], counts: _Floats) -> _Floats:
    return np.bincount(place, weights=counts).astype(np.float64, copy=False)


def _column(name: str, values: ArrayLike) -> _Floats:
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"`{name}` must be one list, with one entry for each stretch of days")
    if not np.all(np.isfinite(column)) or np.any(column < 0):
        raise ValueError(f"`{name}` holds a missing, infinite or negative entry")
    return column


def _check(days: _Floats, ended: _Floats, counts: _Floats) -> None:
    if not len(days) == len(ended) == len(counts):
        found = f"{len(days)} durations, {len(ended)} ended, {len(counts)} weights"
        raise ValueError(f"the lists must match one to one, and hold {found}")
    if np.any(days != np.floor(days)):
        raise ValueError("`durations` are whole days; one has a fraction of a day")
    if np.any((ended != 0) & (ended != 1)):
        raise ValueError("`ended` must say true or false for each duration")
