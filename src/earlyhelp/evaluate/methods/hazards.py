"""When step-ups come, with closing and moving out as endings of their own: shares by window, and hazard ratios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.statistics.competing_risks import AalenJohansen, aalen_johansen

WINDOW_DAYS: Mapping[int, int] = MappingProxyType({6: 183, 12: 365, 18: 548, 24: 730})
"""The windows of every study: months since the offer, and the days that they stand for."""

STEP_UP, CLOSED, MOVED_OUT = 1, 2, 3
"""What ended a family's time in the study; 0 is still going when last seen."""

_MOST_STEPS = 30
# In logs of hazard, from the lowest value of a covariate to the highest; e to the 20th is half a thousand million times.
_SMALLEST_STEP, _ENDLESS = 1e-8, 20.0


class WindowIncidence(NamedTuple):
    """One window: the share of each group that had stepped up by then, and the difference, treated less compared.

    Shares are NaN where the window is longer than anyone of the group was followed (not mature), and bounds are NaN
    where a share is 0 or 1, of which the method knows no error. `followed_treated`, `followed_compared`: how many
    families were followed for the whole window or until something ended it.
    """

    months: int
    treated: float
    compared: float
    difference: Effect
    followed_treated: int
    followed_compared: int


def cumulative_incidence(
    days: ArrayLike,
    causes: ArrayLike,
    treated: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    cause: int = STEP_UP,
    windows: Mapping[int, int] = WINDOW_DAYS,
) -> tuple[WindowIncidence, ...]:
    """The weighted Aalen-Johansen share with the outcome, by group and window, with closing and moving out as rivals.

    Estimand: the difference of the shares that step up within the window while families also close and move out as
    they do. With weights that make the compared look like the treated it is the effect among the treated, provided
    that those not seen to the end are like those who were. The standard error is the root of the sum of the two
    squared errors; it takes the weights as known and each row as a family of its own.

    days: (n,) whole days from the offer to what ended it or to when last seen. causes: (n,) 0 still going, 1 step-up,
    2 closed, 3 moved out. treated: (n,) bool. weights: (n,) from 0 up, 1 by default. cause: whose share is asked.
    windows: months to days. Raises NotEstimable without families in both groups (with a weight above 0), ValueError as
    `aalen_johansen` does and for lists that do not match.

    Source and known answers: `earlyhelp.statistics.competing_risks.aalen_johansen`; robust errors of weighted rows.
    """
    durations, endings, offered, counts = _rows(days, causes, treated, weights)
    if cause < 1:
        raise ValueError("`cause` is a whole number from 1 up")
    known = int(max(cause, endings.max(initial=1)))
    groups = [_group(durations, endings, counts, group, known) for group in (offered, ~offered)]
    return tuple(_window(months, day, cause, *groups) for months, day in windows.items())


class _Group(NamedTuple):
    curve: AalenJohansen
    durations: Floats
    ended: Flags


def _group(durations: Floats, endings: Ints, counts: Floats, group: Flags, known: int) -> _Group:
    rows = group & (counts > 0)
    curve = aalen_johansen(durations[rows], endings[rows], counts[rows], n_causes=known, robust=True)
    return _Group(curve, durations[rows], endings[rows] > 0)


def _window(months: int, day: int, cause: int, treated: _Group, compared: _Group) -> WindowIncidence:
    share_treated, error_treated = _share(treated.curve, day, cause)
    share_compared, error_compared = _share(compared.curve, day, cause)
    error = float(np.hypot(error_treated, error_compared))
    return WindowIncidence(
        months,
        share_treated,
        share_compared,
        effect("cumulative_incidence", share_treated - share_compared, error),
        *(int(np.sum(group.ended | (group.durations >= day))) for group in (treated, compared)),
    )


def _share(curve: AalenJohansen, day: int, cause: int) -> tuple[float, float]:
    """The share by `day` and its standard error, NaN where either is not known."""
    share = float(curve.at(day).share[cause - 1])
    place = int(np.searchsorted(curve.times, day, side="right")) - 1
    known = place >= 0 and not np.isnan(share)
    return share, float(curve.standard_error[cause - 1, place]) if known else np.nan


@dataclass(frozen=True, eq=False)
class CoxModel:
    """A cause-specific Cox model: logs of hazard ratios (k,), their errors (k,), and what they rest on.

    `standard_error` supposes that the model is right and the weights are numbers of families; `robust_error` allows for
    weights from matching and for families of several children, and is the one to publish. `covariance`: (k, k), model-based.
    `log_likelihood`: partial, without covariates and with them. `score_residuals`: (n, k), unweighted.
    """

    coefficients: Floats
    standard_error: Floats
    robust_error: Floats
    covariance: Floats
    log_likelihood: tuple[float, float]
    score_residuals: Floats
    events: int


def cause_specific_cox(
    days: ArrayLike,
    causes: ArrayLike,
    covariates: ArrayLike,
    *,
    cause: int = STEP_UP,
    weights: ArrayLike | None = None,
    family: ArrayLike | None = None,
) -> CoxModel:
    """How the hazard of one ending goes with the covariates, while other endings take families out (Efron's ties).

    Estimand: log hazard ratios b of the ending among those still going, h(t | x) = h(t) exp(x b). It is about how fast
    those still at risk step up, not about how many do: for that see `cumulative_incidence`. With D the d families that
    end so on a day, R those at risk, w weights, r = w exp(x b) and a = the mean w of D, the log partial likelihood is
    the sum over days of sum_D w x b - a sum over l = 0..d-1 of log(sum_R r - (l / d) sum_D r), made largest by Newton's
    steps. The robust covariance is the sum over families of u u', u = V (sum of the family's w times score residuals).

    days, causes: as for `cumulative_incidence`. covariates: (n, k). cause: the ending asked about. weights: (n,).
    family: (n,) ids; each row on its own by default.
    Raises NotEstimable with fewer than two endings, fewer than covariates, a covariate that does not vary or repeats
    others, or one that separates those who ended from the rest; ValueError for lists that do not match.

    Source: Cox (1972), Journal of the Royal Statistical Society B 34:187-220; Efron (1977), Journal of the American
    Statistical Association 72:557-565; Lin and Wei (1989), the same, 84:1074-1078; weights with ties as in Therneau and
    Grambsch (2000), Modeling Survival Data, appendix E. Known answers: tests/known_answers/test_hazards_published.py.
    """
    values = np.asarray(covariates, dtype=np.float64)
    if values.ndim != 2 or not np.all(np.isfinite(values)):
        raise ValueError("covariates must be a table of numbers, none missing, with one row for each duration")
    durations, endings, _, counts = _rows(days, causes, np.zeros(len(values), bool), weights, both=False)
    clusters = np.arange(len(values)) if family is None else np.asarray(family, dtype=np.int64)
    if clusters.shape != durations.shape:
        raise ValueError("there must be one family for each duration")
    partial = _PartialLikelihood(durations, endings == cause, values, counts)
    partial.check()
    start = partial.at(np.zeros(values.shape[1]))
    coefficients, found = _newton(partial, start)
    covariance = np.asarray(np.linalg.inv(found.information), dtype=np.float64)
    residuals = partial.score_residuals(coefficients)
    leverage = _summed(clusters, residuals * counts[:, None]) @ covariance
    return CoxModel(
        coefficients=coefficients,
        standard_error=np.sqrt(np.diag(covariance)),
        robust_error=np.sqrt(np.sum(leverage**2, axis=0)),
        covariance=covariance,
        log_likelihood=(start.value, found.value),
        score_residuals=residuals,
        events=int(np.sum(partial.ended)),
    )


def hazard_ratio(
    days: ArrayLike,
    causes: ArrayLike,
    treated: ArrayLike,
    weights: ArrayLike | None = None,
    family: ArrayLike | None = None,
    *,
    cause: int = STEP_UP,
) -> Effect:
    """The log of the hazard ratio of the treated to the compared, with its robust standard error, clustered by family.

    `cause_specific_cox` with the treatment alone: balance is the weights' business. Take exponents for the ratio.
    Arguments and errors as there; also NotEstimable when one group is empty or has no such ending.
    """
    durations, endings, offered, counts = _rows(days, causes, treated, weights)
    for name, group in (("offered the service", offered), ("compared", ~offered)):
        if not np.any(group & (endings == cause) & (counts > 0)):
            raise NotEstimable(f"No family {name} had the outcome.", "Outcomes in both groups, for a ratio of hazards.")
    model = cause_specific_cox(durations, endings, offered[:, None], cause=cause, weights=counts, family=family)
    return effect("cause_specific_cox", float(model.coefficients[0]), float(model.robust_error[0]))


def _rows(
    days: ArrayLike, causes: ArrayLike, treated: ArrayLike, weights: ArrayLike | None, *, both: bool = True
) -> tuple[Floats, Ints, Flags, Floats]:
    durations, endings = np.asarray(days, dtype=np.float64), np.asarray(causes, dtype=np.int64)
    offered = np.asarray(treated, dtype=np.bool_)
    counts = np.ones_like(durations) if weights is None else np.asarray(weights, dtype=np.float64)
    if durations.ndim != 1 or not durations.shape == endings.shape == offered.shape == counts.shape:
        raise ValueError("days, causes, treated, covariates and weights must be lists that match one to one")
    if not np.all(np.isfinite(durations) & np.isfinite(counts)) or np.any(durations < 0) or np.any(counts < 0):
        raise ValueError("a duration or a weight is missing, infinite or negative")
    if np.any(endings < 0):
        raise ValueError("causes are whole numbers from 0 up")
    if both and not (np.any(counts[offered] > 0) and np.any(counts[~offered] > 0)):
        raise NotEstimable(
            "Every family was offered the service, or none was.", "Families offered the service and families compared."
        )
    return durations, endings, offered, counts


class _Fit(NamedTuple):
    """The log partial likelihood at some coefficients, its slope and its information."""

    value: float
    score: Floats
    information: Floats


class _PartialLikelihood:
    """Efron's log partial likelihood; rows sorted by length so that sums over those at risk are running sums.

    Every ending has a term of its own: the l-th of the d that end on one day counts l/d of that day's less.
    """

    def __init__(self, durations: Floats, ended: Flags, values: Floats, counts: Floats) -> None:
        self.order = np.argsort(durations, kind="stable")
        self.days, self.counts = durations[self.order], counts[self.order]
        # A weight of 0 leaves a row out: it must not count among the ties either.
        self.ended = ended[self.order] & (self.counts > 0)
        # Centred, so that exponents stay small; the likelihood does not change.
        used = values[counts > 0]
        self.values = values[self.order] - (used.mean(axis=0) if len(used) else 0.0)
        self.times, self.day_of_ending = np.unique(self.days[self.ended], return_inverse=True)
        self.ties = np.bincount(self.day_of_ending, minlength=len(self.times))
        self.first_at_risk = np.searchsorted(self.days, self.times, side="left")
        self.days_seen = np.searchsorted(self.times, self.days, side="right")
        self.term_day = np.repeat(np.arange(len(self.times)), self.ties)
        self.starts = np.cumsum(self.ties) - self.ties
        self.less = (np.arange(len(self.term_day)) - self.starts[self.term_day]) / self.ties[self.term_day]
        self.mean_count = self._by_day(self.counts[self.ended]) / np.maximum(self.ties, 1)

    def _by_day(self, ended_rows: Floats) -> Floats:
        """Sums over the rows that end on each day, whatever the shape of what they hold."""
        total = np.zeros((len(self.times), *ended_rows.shape[1:]))
        np.add.at(total, self.day_of_ending, ended_rows)
        return total

    def _terms(self, rows: Floats) -> Floats:
        """For every ending: the sum of `rows` over those at risk, less its part of those that end that day."""
        at_risk = np.cumsum(rows[::-1], axis=0)[::-1][self.first_at_risk]
        today = self._by_day(rows[self.ended])
        less = self.less.reshape(-1, *(1,) * (rows.ndim - 1))
        return np.asarray(at_risk[self.term_day] - less * today[self.term_day])

    def check(self) -> None:
        """Refuse what has no answer before trying: too few endings, covariates that do not tell rows apart."""
        columns, events = self.values.shape[1], int(self.ended.sum())
        if events < max(2, columns):
            raise NotEstimable(
                f"Only {events} had the outcome, for {columns} covariates.",
                "At least two outcomes, and one a covariate.",
            )
        at_risk = self.values[(self.counts > 0) & (self.days_seen > 0)]
        if np.linalg.matrix_rank(at_risk - at_risk.mean(axis=0)) < columns:
            raise NotEstimable(
                "A covariate is the same for all, or follows from the others.", "Covariates that tell families apart."
            )

    def at(self, coefficients: Floats) -> _Fit:
        linear = self.values @ coefficients
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a step too far: it will be halved
            return self._at(linear)

    def _at(self, linear: Floats) -> _Fit:
        risk = self.counts * np.exp(linear)
        total = self._terms(risk)
        mean = self._terms(risk[:, None] * self.values) / total[:, None]
        square = self._terms(risk[:, None, None] * self.values[:, :, None] * self.values[:, None, :])
        each = self.mean_count[self.term_day]
        own = self.counts[self.ended]
        value = float(own @ linear[self.ended] - each @ np.log(total))
        score = own @ self.values[self.ended] - each @ mean
        spread = square / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
        return _Fit(value, score, np.tensordot(each, spread, axes=1))

    def score_residuals(self, coefficients: Floats) -> Floats:
        """What each row adds to the score, unweighted, in the order given: (n, k).

        An ending is shared between the terms of its day: of a tie, each is in the l-th term by 1 - l/d.
        """
        risk = np.exp(self.values @ coefficients)
        total = self._terms(self.counts * risk)
        mean = self._terms((self.counts * risk)[:, None] * self.values) / total[:, None]
        hazard = self.mean_count[self.term_day] / total
        # Over the days that each row has seen: sum of h, and of h times the mean at risk.
        seen = np.cumsum(np.append(0.0, self._over_ties(hazard)))[self.days_seen]
        seen_mean = np.cumsum(
            np.vstack([np.zeros(self.values.shape[1]), self._over_ties(hazard[:, None] * mean)]), axis=0
        )
        residuals = -risk[:, None] * (self.values * seen[:, None] - seen_mean[self.days_seen])
        spared = self._over_ties(self.less * hazard)[self.day_of_ending]
        spared_mean = self._over_ties((self.less * hazard)[:, None] * mean)[self.day_of_ending]
        own = self.values[self.ended]
        residuals[self.ended] += own - (self._over_ties(mean) / self.ties[:, None])[self.day_of_ending]
        residuals[self.ended] += risk[self.ended][:, None] * (own * spared[:, None] - spared_mean)
        back = np.empty_like(residuals)
        back[self.order] = residuals
        return back

    def _over_ties(self, terms: Floats) -> Floats:
        return np.asarray(np.add.reduceat(terms, self.starts, axis=0))


def _newton(partial: _PartialLikelihood, start: _Fit) -> tuple[Floats, _Fit]:
    """The coefficients at which the partial likelihood is largest, by Newton's steps, halved where they overshoot.

    Where a covariate separates, every step is about as long as the last: the length of the step tells, not the gain.
    """
    coefficients, found = np.zeros(partial.values.shape[1]), start
    reach = np.ptp(partial.values[partial.counts > 0], axis=0)
    for _ in range(_MOST_STEPS):
        try:
            step = np.asarray(np.linalg.solve(found.information, found.score), dtype=np.float64)
        except np.linalg.LinAlgError:
            break
        if float(np.max(np.abs(step) * reach)) < _SMALLEST_STEP:
            return coefficients, found
        coefficients, found = _best_part(partial, coefficients, found, step)
        if float(np.max(np.abs(coefficients) * reach)) > _ENDLESS:
            break
    raise NotEstimable(
        "A covariate separates those who had the outcome from the rest, so its hazard ratio has no end.",
        "Outcomes on both sides of every covariate, or fewer covariates.",
    )


def _best_part(partial: _PartialLikelihood, before: Floats, found: _Fit, step: Floats) -> tuple[Floats, _Fit]:
    """The step, or the largest half, quarter ... of it that does not lower the likelihood."""
    for size in 0.5 ** np.arange(20):
        trial = partial.at(before + size * step)
        if np.isfinite(trial.value) and trial.value >= found.value - 1e-12 * abs(found.value):
            return before + size * step, trial
    return before, found


def _summed(clusters: Ints, rows: Floats) -> Floats:
    """Sums of the rows of each family, one row a family."""
    _, place = np.unique(clusters, return_inverse=True)
    total = np.zeros((int(place.max(initial=-1)) + 1, rows.shape[1]))
    np.add.at(total, place, rows)
    return total
