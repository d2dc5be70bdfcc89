"""What ends a wait or an episode, when one ending rules out the others: a place found, a family withdrawn, a step-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics.intervals import Interval, z_score
from earlyhelp.statistics.survival import KaplanMeier, kaplan_meier

Transform = Literal["log-log", "plain"]

_Floats = NDArray[np.float64]


class Incidence(NamedTuple):
    """The shares that have ended by each cause, with bounds: one row a cause, and a place a day if several were asked."""

    share: _Floats
    lower: _Floats
    upper: _Floats


@dataclass(frozen=True, eq=False)
class AalenJohansen:
    """Cumulative incidence of each cause: one column an ending day, in order, and where there are rows, one a cause.

    `times`: days from the start on which something ended, whatever the cause; `at_risk`: how many were still going just
    before that day; `survival`: the share still going after it (the Kaplan-Meier curve of all causes together).
    In rows: `events`: how many ended on that day by the cause; `incidence`: the share that has ended by the cause up to
    and on that day; `standard_error`: of that share, NaN while it is 0 and once it is 1. Row 0 is cause 1.
    On each day the incidences and the survival add up to 1. `last_day`: the longest anything was followed, ended or
    not; 0 when nothing was.
    """

    times: _Floats
    at_risk: _Floats
    survival: _Floats
    events: _Floats
    incidence: _Floats
    standard_error: _Floats
    last_day: float

    def band(self, confidence: float = 0.95, transform: Transform = "log-log") -> Interval[NDArray[Any]]:
        """Bounds of each incidence on each ending day, between 0 and 1, in the shape of `incidence`.

        With F the incidence, s its standard error and z the normal quantile of the confidence:
        "log-log": F to the power of exp(-+ z s / (F log F)); "plain": F -+ z s, cut off at 0 and 1.
        They hold for one day and one cause at a time, not for a whole curve. NaN while F is 0 and once it is 1: the
        method has no interval there, which is not to say that the share is certain.

        confidence: the share of such intervals that hold the true incidence, between 0 and 1. transform: the scale on
        which the interval is symmetric; "log-log" is the one to publish, "plain" may be poor where few have ended.
        Raises ValueError for another confidence or transform.

        Source: Choudhury (2002), Statistics in Medicine 21:1129-1144; the log-log form as in Scrucca, Santucci and
        Aversa (2007), Bone Marrow Transplantation 40:381-387.
        """
        z = z_score(confidence)
        share = np.where(np.isnan(self.standard_error), np.nan, self.incidence)
        if transform == "log-log":
            power = np.exp(z * self.standard_error / (share * -np.log(share)))
            return Interval(share**power, share ** (1 / power))
        if transform == "plain":
            reach = z * self.standard_error
            return Interval(np.maximum(share - reach, 0), np.minimum(share + reach, 1))
        raise ValueError('transform must be "log-log" or "plain"')

    def at(self, day: ArrayLike, confidence: float = 0.95, transform: Transform = "log-log") -> Incidence:
        """The shares that have ended by each cause up to and on `day`, with the bounds of `band`.

        Before the first ending the shares are 0 and have no bounds (NaN). After the last day followed nothing is known
        of those still going: the shares are NaN, unless all had ended by then.

        day: one day from the start, or a list of them, from 0 up; then the shares have one row a cause and one column a
        day. confidence, transform: as for `band`. Raises ValueError for a missing or negative day, and as `band` does.
        """
        days = np.asarray(day, dtype=np.float64)
        if not np.all(days >= 0):
            raise ValueError("`day` holds a missing or negative entry; days are counted from 0, the start")
        place = np.searchsorted(self.times, days, side="right")
        all_ended = bool(self.survival.size) and self.survival[-1] == 0
        known = (days <= self.last_day) | all_ended
        lower, upper = self.band(confidence, transform)
        found = [(self.incidence, 0.0), (lower, np.nan), (upper, np.nan)]
        return Incidence(
            *(np.where(known, np.insert(curve, 0, start, axis=1)[:, place], np.nan) for curve, start in found)
        )


def aalen_johansen(
    durations: ArrayLike,
    causes: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    n_causes: int | None = None,
    robust: bool = False,
) -> AalenJohansen:
    """How many have ended by each cause as days go by, of waits or episodes of which some have not ended yet.

    Estimand: F_k(t), the share that ends by cause k within t days while the other causes act as they do, provided that
    those not seen to the end are like the others that had lasted as long. With n at risk and d_k ending by cause k on an
    ending day, F_k(t) is the sum of S d_k / n over the ending days up to t, S being the Kaplan-Meier survival of all
    causes together just before the day. One minus a Kaplan-Meier curve that takes the other causes for "still going"
    would overstate it. Endings come before leavings on a day, as in `kaplan_meier`.

    The variance is the infinitesimal jackknife that R's `survfit` gives for several states: the sum over all waits of
    the squared effect on F_k(t) of counting a wait a little more. Without weights it equals the delta method on
    the numbers that end each day (multinomial given those at risk), and for one cause Greenwood's. Aalen's variance,
    as in R's package cmprsk, has n - 1 in place of some n, so it is a little larger where few are at risk.

    durations: whole days from the start to the end, or to the last day seen; from 0 up. causes: 0 for still going when
    last seen, else 1, 2, ... for what ended it. weights: how many each stands for, 1 by default; a weight of 0 leaves a
    duration out. robust: false takes weights as repeats, like `kaplan_meier`; true as how much each one wait counts
    (from matching or sampling), which changes the standard errors alone: squares of weights take the place of
    weights, and the weights are taken as known. n_causes: how many causes to give rows to, by default as many as the
    highest cause found; say it when groups are to be compared, one of which may lack a cause.
    Without durations the curves are empty.
    Raises ValueError for a missing or negative entry, a part of a day, a cause that is no whole number or above
    `n_causes`, or lists that do not match one to one.

    Source: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141-150; the delta method: Dinse and Larson
    (1986), Biometrika 73:379-386, `error=delta` of SAS's PROC LIFETEST; the infinitesimal jackknife: `survfit` in R's
    package survival.
    Known answers: tests/known_answers/test_competing_risks_published.py.
    """
    days, endings, counts = _lists(durations, causes, weights)
    rows = _rows(endings, n_causes)
    together = kaplan_meier(days, endings > 0, counts)
    # Of its length, all that matters is which ending days a wait saw: none (0), the first, the first two, ...
    seen = np.searchsorted(together.times, days, side="right")
    events = _table(seen, endings, counts, together, rows)[1:, 1:].T
    spread = _table(seen, endings, counts**2 if robust else counts, together, rows)
    incidence = np.cumsum(_just_before(together) * events / together.at_risk, axis=1)
    variance = [_variance(together, events[k], incidence[k], spread, k + 1) for k in range(rows)]
    error = np.sqrt(np.maximum(np.reshape(variance, incidence.shape), 0))
    some_but_not_all = (incidence > 0) & ((together.survival > 0) | (np.cumsum(together.events - events, axis=1) > 0))
    return AalenJohansen(
        times=together.times,
        at_risk=together.at_risk,
        survival=together.survival,
        events=events,
        incidence=incidence,
        standard_error=np.where(some_but_not_all, error, np.nan),
        last_day=together.last_day,
    )


def _variance(together: KaplanMeier, events: _Floats, incidence: _Floats, spread: _Floats, cause: int) -> _Floats:
    """The sum, over all waits, of the squared effect on the incidence F(t) of counting one a little more, for every t.

    A wait that saw j ending days moves the hazards of each. Up to its own last day the effect is p_j + q_j F(t), with
    what it did on that day in p and q; for t before it, it is the same for all that are still going. So three running
    sums give all days at once. `spread` holds the weights (or their squares), a row for each j, a column for each cause.
    """
    at_risk, staying = together.at_risk, together.at_risk - together.events
    # Once none is left F stays as it is, whatever is counted.
    left = _after_zero(np.divide(1.0, staying, out=np.zeros_like(staying), where=staying > 0))
    own, share = _after_zero(_just_before(together) / at_risk), _after_zero(incidence)
    hazard = _after_zero(together.events / at_risk) * left
    steady = -np.cumsum(own * _after_zero(events / at_risk) + share * hazard)
    growing = np.cumsum(hazard)
    ending = np.arange(spread.shape[1]) > 0
    p = steady[:, None] + np.outer(share * left, ending) + np.outer(own, np.arange(spread.shape[1]) == cause)
    q = growing[:, None] - np.outer(left, ending)
    constant, linear, square = (np.cumsum((spread * effect).sum(axis=1)) for effect in (p * p, 2 * p * q, q * q))
    totals = spread.sum(axis=1)
    still_going = totals[::-1].cumsum()[::-1] - totals
    variance = constant + linear * share + square * share**2 + still_going * (steady + growing * share) ** 2
    return np.asarray(variance[1:], dtype=np.float64)


def _table(
    seen: NDArray[np.intp], endings: NDArray[np.intp], counts: _Floats, together: KaplanMeier, rows: int
) -> _Floats:
    """Sums of `counts`: a row for each number of ending days seen, a column for still going and for each cause."""
    shape = (together.times.size + 1, rows + 1)
    cells = np.bincount(seen * shape[1] + endings, weights=counts, minlength=shape[0] * shape[1])
    return cells.astype(np.float64, copy=False).reshape(shape)


def _just_before(together: KaplanMeier) -> _Floats:
    """The share still going just before each ending day."""
    return np.insert(together.survival, 0, 1.0)[:-1]


def _after_zero(figures: _Floats) -> _Floats:
    """The figures of the ending days, after those of the time before the first: 0."""
    return np.insert(figures, 0, 0.0)


def _lists(
    durations: ArrayLike, causes: ArrayLike, weights: ArrayLike | None
) -> tuple[_Floats, NDArray[np.intp], _Floats]:
    days, codes = np.asarray(durations, dtype=np.float64), np.asarray(causes, dtype=np.float64)
    counts = np.ones_like(days) if weights is None else np.asarray(weights, dtype=np.float64)
    if days.ndim != 1 or not days.shape == codes.shape == counts.shape:
        raise ValueError("`durations`, `causes` and `weights` must be lists that match one to one")
    if not np.all(np.isfinite(codes) & (codes >= 0) & (codes == np.floor(codes))):
        raise ValueError("`causes` must be 0 for still going, or the whole number of a cause, from 1 up")
    return days, codes.astype(np.intp), counts


def _rows(endings: NDArray[np.intp], n_causes: int | None) -> int:
    found = int(endings.max(initial=0))
    if n_causes is not None and found > n_causes:
        raise ValueError(f"`causes` holds cause {found}, and `n_causes` allows for {n_causes}")
    return found if n_causes is None else n_causes
