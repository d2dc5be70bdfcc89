"""How little ranks tell: the interval of each unit's rank, and its chance of being in the best quarter.

There is no league table here: the answer is in the order of names, and nothing in it can be sorted into a rank without
its interval. Ranks of shrunken estimates are known so badly that a point rank misleads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Floats, Ints, NotEstimable

DIFFERENT = "different from average"
NOT_DISTINGUISHABLE = "not distinguishable from average"
_AT_ONCE = 2_000_000
_TIE = 1e-9  # equal units without error must not be told apart by their place in the list


class RankInterval(NamedTuple):
    """One unit: the ranks between which it lies in 95 of 100 draws (1 is best), and its chance of the best quarter.

    `distinguishable`: "different from average" where its estimate lies on one side of the average of all units in at
    least 97.5 of 100 draws, else "not distinguishable from average".
    """

    name: str
    lower: int
    upper: int
    best_quarter: float
    distinguishable: str


def rank_intervals(
    names: Sequence[str],
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    seed: int,
    draws: int = 10_000,
    lowest_is_best: bool = True,
) -> tuple[RankInterval, ...]:
    """The units in the order of their names, each with the interval of its rank.

    In each draw every unit's true value is drawn from a normal distribution around its (shrunken) estimate, independent
    of the others, and the units are ranked; ties are broken at random. The best quarter of n units are the n // 4 best,
    and at least one.

    names: (n,) all different. estimates, standard_errors: (n,) such as those of `pool` or `compare_providers`; standard
    errors of 0 or more. seed: of the draws; the same seed gives the same answer, whatever the order of the units.
    Raises NotEstimable for fewer than two units or missing figures; ValueError for names given twice.

    Source: Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159:385-443, section 4; Lockwood,
    Louis and McCaffrey (2002), Journal of Educational and Behavioral Statistics 27:255-270.
    """
    mean, error = _checked(names, estimates, standard_errors)
    order = sorted(range(len(names)), key=names.__getitem__)
    mean, error = mean[order], error[order]
    ranks, below = _drawn(mean, error, np.random.default_rng(seed), draws, 1 if lowest_is_best else -1)
    lower = np.quantile(ranks, 0.025, axis=0, method="lower")
    upper = np.quantile(ranks, 0.975, axis=0, method="higher")
    best = (ranks <= max(1, len(names) // 4)).mean(axis=0)
    apart = np.maximum(below, 1 - below) >= 0.975
    return tuple(
        RankInterval(names[place], int(low), int(high), float(chance), DIFFERENT if far else NOT_DISTINGUISHABLE)
        for place, low, high, chance, far in zip(order, lower, upper, best, apart, strict=True)
    )


def _checked(names: Sequence[str], estimates: ArrayLike, standard_errors: ArrayLike) -> tuple[Floats, Floats]:
    mean, error = (np.asarray(each, dtype=np.float64) for each in (estimates, standard_errors))
    if len(set(names)) != len(names) or not mean.shape == error.shape == (len(names),):
        raise ValueError("each unit has one name of its own, one estimate and one standard error")
    if len(names) < 2:
        raise NotEstimable("There are fewer than two units.", "Two or more are needed to rank anything.")
    if not (np.isfinite(mean).all() and np.all(error >= 0)):
        raise NotEstimable("A unit has no estimate or no standard error.", "Leave it out of the ranking.")
    return mean, error


def _drawn(
    mean: Floats, error: Floats, generator: np.random.Generator, draws: int, direction: int
) -> tuple[Ints, Floats]:
    """The ranks, (draws, units), and the share of draws in which each unit lies below the average of all."""
    ranks, below, most = [], np.zeros(mean.size), max(1, _AT_ONCE // mean.size)
    spread = np.hypot(error, _TIE * (1 + np.abs(mean).max()))
    for start in range(0, draws, most):
        number = min(most, draws - start)
        truth = mean + spread * generator.standard_normal((number, mean.size))
        ranks.append(np.argsort(np.argsort(direction * truth, axis=1), axis=1).astype(np.int64) + 1)
        below += (truth < truth.mean(axis=1, keepdims=True)).sum(axis=0)
    return np.concatenate(ranks), below / draws
