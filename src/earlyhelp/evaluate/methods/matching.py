"""Pairs of like with like: each treated unit with the nearest compared one that is still free."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.differences import clustered_error, known_outcomes, numbered
from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.propensity import log_odds

CALIPER = 0.2
"""How far apart a pair may be, in standard deviations of the log odds of being treated.

Source: Austin (2011), Pharmaceutical Statistics 10:150-161. The standard deviation is that of the two groups pooled, the
square root of the mean of their variances: Rosenbaum and Rubin (1985), The American Statistician 39:33-38.
"""

FINENESS = 1e9
"""Log odds are matched in whole billionths, so that no pair hangs on a last digit that another machine rounds otherwise."""


class Matches(NamedTuple):
    """Pairs of row numbers (m, 2), treated first, in order of the treated row; the caliper; and who found nobody."""

    pairs: Ints
    caliper: float
    treated_left_out: int


class MatchedEffect(NamedTuple):
    """The effect among matched treated units, the pairs it rests on, and the pairs left out with an outcome not known."""

    effect: Effect
    pairs: int
    pairs_unknown: int


def match(chance: Floats, treated: Flags, *, caliper: float = CALIPER, exact: Ints | None = None) -> Matches:
    """One compared unit for each treated one, each used once, by the log odds of being treated.

    Greedy: treated units choose in order of their chance, the largest first (they have the fewest like them; ties by row
    number), and each takes the nearest compared unit still free (ties by row number) if it is no further than the
    caliper. Treated units that find nobody are left out and counted: the effect is then one among those matched.

    chance: (n,) from `propensity`, strictly between 0 and 1. treated: (n,). caliper: in pooled standard deviations of the
    log odds. exact: (n,) whole numbers; pairs are made only of units with the same one.
    Raises NotEstimable when a group is empty or no pair can be made.

    Source: `CALIPER`; order and replacement: Stuart (2010), Statistical Science 25:1-21, section 3.1.
    Known answer: tests/known_answers/test_matching_published.py.
    """
    helped = np.asarray(treated, dtype=bool)
    if helped.all() or not helped.any():
        raise NotEstimable("One of the two groups is empty.", "Both a treated and a compared group are needed.")
    score = log_odds(np.asarray(chance, dtype=np.float64))
    reach = caliper * pooled_deviation(score, helped)
    pairs = nearest_pairs(np.round(score * FINENESS), helped, reach * FINENESS, exact)
    if not len(pairs):
        raise NotEstimable(
            "No treated unit has a compared one like it.",
            "A comparison group is needed whose families could have been treated as well.",
        )
    return Matches(pairs, reach, int(helped.sum()) - len(pairs))


def matched_effect(outcome: Floats, pairs: Ints, family: Ints | None = None) -> MatchedEffect:
    """The mean over pairs of the treated outcome minus the compared one: the effect among the treated that were matched.

    A risk difference where the outcome is 0 or 1, else in the outcome's units. Without families the error is that of the
    paired t test, s / sqrt(m) with s the standard deviation of the m differences; that the chances were estimated first
    is not counted. A family may have members in several pairs: then outcomes are taken to go together both within pairs
    and within families, with variance by pair, plus by family, less by members of one family in one pair, and never
    less than by pair alone. The interval has Student quantiles with one degree of freedom less than there are pairs (or
    families, if fewer).

    outcome: (n,), NaN where not known: pairs with such a side are left out and counted. pairs: (m, 2) from `match`.
    family: (n,) who belongs together; each unit alone when not given.
    Raises NotEstimable for fewer than two pairs, when outcomes are missing for more than half of a side, or when they do
    not vary enough for an error.

    Source: errors by pair: Abadie and Spiess (2022), Journal of the American Statistical Association 117:983-995; by two
    memberships: Cameron, Gelbach and Miller (2011), Journal of Business and Economic Statistics 29:238-249.
    Known answer: tests/known_answers/test_matching_published.py.
    """
    if len(pairs) < 2:
        raise NotEstimable("There are fewer than two pairs.", "An effect of matched pairs needs at least two of them.")
    sides = np.asarray(outcome, dtype=np.float64)[pairs]
    known_outcomes(np.repeat([True, False], len(pairs)), sides.T.ravel())
    known = np.isfinite(sides).all(axis=1)
    sides = sides[known]
    refuse_one_event(sides.ravel())
    error, free = _error_of_pairs(sides, None if family is None else np.asarray(family)[pairs[known]])
    refuse_no_spread(error)
    from scipy.special import stdtrit  # slow to load, and commands without studies need none of it

    estimate = float(sides[:, 0].mean() - sides[:, 1].mean())
    found = effect("matching", estimate, error, critical=float(stdtrit(free, 0.975)))
    return MatchedEffect(found, len(sides), int(len(pairs) - len(sides)))


def pair_weights(pairs: Ints, number: int) -> Floats:
    """The weight of each of `number` units in the matched sample, shape (number,): 1 in a pair, 0 outside."""
    weights = np.zeros(number)
    weights[pairs.ravel()] = 1.0
    return weights


def refuse_one_event(outcome: Floats) -> None:
    """Raises NotEstimable when all outcomes but at most one are the same: chance cannot be told from effect then."""
    _, counts = np.unique(outcome, return_counts=True)
    if len(outcome) - counts.max(initial=0) < 2:
        raise NotEstimable(
            "All outcomes but at most one are the same.",
            "At least two families with the outcome and two without it are needed for an error to be told.",
        )


def refuse_no_spread(error: float) -> None:
    """Raises NotEstimable when the standard error is nothing but rounding: no interval of no width is ever given."""
    if not error > 1e-12:
        raise NotEstimable(
            "The outcomes differ by the same amount throughout, so that no error can be told.",
            "Outcomes that vary among like families are needed.",
        )


def _error_of_pairs(sides: Floats, family: Ints | None) -> tuple[float, int]:
    """The standard error, and the degrees of freedom of its interval. sides: (m, 2) outcomes; family: (m, 2)."""
    influence = ((sides - sides.mean(axis=0)) * [1.0, -1.0] / len(sides)).ravel()
    pair = np.repeat(np.arange(len(sides)), 2)
    by_pair = clustered_error(influence, pair)
    if family is None:
        return by_pair, len(sides) - 1
    related = numbered(family.ravel())
    by_both = clustered_error(influence, pair * (related.max() + 1) + related)
    variance = by_pair**2 + clustered_error(influence, related) ** 2 - by_both**2
    return max(float(np.sqrt(max(variance, 0.0))), by_pair), int(min(len(sides), related.max() + 1) - 1)


def pooled_deviation(score: Floats, treated: Flags) -> float:
    """The square root of the mean of the two groups' variances (divisor n - 1; 0 for a group of one)."""
    groups = score[treated], score[~treated]
    return float(np.sqrt(np.mean([group.var(ddof=1) if len(group) > 1 else 0.0 for group in groups])))


def nearest_pairs(score: Floats, treated: Flags, reach: float, exact: Ints | None = None) -> Ints:
    """The pairs of `match` on any score: (m, 2) row numbers, treated first, no pair further apart than `reach`.

    score: (n,) numbers. reach: in the units of the score; infinity for no limit. treated, exact: as for `match`.
    Takes time in proportion to n log n, however many treated share their nearest.
    """
    rows = np.arange(len(score))
    parts = [rows] if exact is None else _parts(exact)
    found = [_pairs_within(score, part[treated[part]], part[~treated[part]], reach) for part in parts]
    pairs = np.concatenate([np.empty((0, 2), dtype=np.int64), *found])
    return pairs[np.argsort(pairs[:, 0])]


def _parts(exact: Ints) -> list[Ints]:
    """The rows of each value, in their order."""
    order = np.argsort(exact, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(exact[order])) + 1)


def _pairs_within(score: Floats, helped: Ints, others: Ints, reach: float) -> Ints:
    """Greedy pairs of two lists of rows, each in rising order.

    Compared units with the same score wait in one queue, in row order. Two forests (union-find with path halving) lead
    from any queue to the nearest that still holds somebody: one towards lower scores, one towards higher ones.
    """
    if not len(helped) or not len(others):
        return np.empty((0, 2), dtype=np.int64)
    choosing = helped[np.argsort(-score[helped], kind="stable")]
    waiting = others[np.argsort(score[others], kind="stable")]
    values, starts = np.unique(score[waiting], return_index=True)
    queues = _Queues(values.tolist(), waiting.tolist(), [*starts.tolist(), len(waiting)])
    wanted = score[choosing]
    taken = [
        queues.take(value, place, reach)
        for value, place in zip(wanted.tolist(), np.searchsorted(values, wanted).tolist(), strict=True)
    ]
    partner = np.array(taken, dtype=np.int64)
    made = partner >= 0
    return np.column_stack([choosing[made], partner[made]])


class _Queues:
    """Compared units still free, by score: place 0 stands for none below, place len + 1 for none above."""

    def __init__(self, values: list[float], waiting: list[int], starts: list[int]) -> None:
        self.values = [-np.inf, *values, np.inf]
        self.waiting = waiting
        self.head = [0, *starts[:-1], 0]
        self.end = [0, *starts[1:], 0]
        self.down = list(range(len(self.values)))
        self.up = list(range(len(self.values)))

    def take(self, value: float, place: int, reach: float) -> int:
        """The row of the nearest free unit, which is then no longer free; -1 when none is within reach."""
        above = _root(self.up, place + 1)
        below = _root(self.down, place)
        over, under = self.values[above] - value, value - self.values[below]
        nearest = above if over < under or (over == under and self._first(above) < self._first(below)) else below
        if min(over, under) > reach or nearest in (0, len(self.values) - 1):
            return -1
        row = self._first(nearest)
        self.head[nearest] += 1
        if self.head[nearest] == self.end[nearest]:
            self.up[nearest], self.down[nearest] = nearest + 1, nearest - 1
        return row

    def _first(self, place: int) -> int:
        return self.waiting[self.head[place]]


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
