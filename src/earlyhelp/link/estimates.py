"""How far an estimate of linkage may be off: intervals for pairs that are probably right, for reviews and for what nobody saw.

All functions take and return arrays, one place a group; nothing over nothing is NaN, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics import intervals

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_NOTHING = 1e-12
"""What is expected less often never happens."""
FEWEST_FOUND_TWICE = 7
"""With fewer found by both ways, Chapman's estimator is biased (Robson and Regier 1964)."""


class Estimate(NamedTuple):
    """A figure with the bounds of its 95 per cent interval."""

    value: Floats
    lower: Floats
    upper: Floats


def wilson(successes: ArrayLike, tries: ArrayLike) -> Estimate:
    """The share of successes with its Wilson bounds; NaN where nothing was tried, or more succeeded than were tried.

    Source and errors: `earlyhelp.statistics.intervals.wilson`.
    """
    hits, n = _floats(successes), _floats(tries)
    n = np.where((n > 0) & (hits <= n), n, np.nan)
    bounds = intervals.wilson(hits, n, CONFIDENCE)
    return Estimate(hits / n, _floats(bounds.lower), _floats(bounds.upper))


def number_of_events(mean: ArrayLike, variance: ArrayLike) -> Estimate:
    """How many of many unlikely things happen, when their number has this mean and this variance.

    The bounds are quantiles of the gamma distribution with the same mean and variance: never below zero, and close to those
    of the Poisson binomial distribution, the law of a sum of independent trials of unequal probability
    (mean: sum of p; variance: sum of p(1 - p)). A mean of 0 has the bounds 0 and 0.

    Source: Poisson binomial: Hodges and Le Cam (1960), Annals of Mathematical Statistics 31:737-740. Slow oracle: the exact
    distribution by convolution, tests/unit/link/test_estimates.py.
    """
    from scipy.special import gammaincinv

    expected, spread = _floats(mean), _floats(variance)
    some = (expected > _NOTHING) & (spread > _NOTHING)
    shape = np.where(some, expected, 1.0) ** 2 / np.where(some, spread, 1.0)
    scale = np.where(some, spread, 1.0) / np.where(some, expected, 1.0)
    lower, upper = (np.where(some, gammaincinv(shape, tail) * scale, expected) for tail in (_TAIL, 1 - _TAIL))
    return Estimate(expected, np.minimum(lower, expected), np.maximum(upper, expected))


def chapman(first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Estimate:
    """How many there are in all, found or not, when one way found `first`, another `second` and both of them `both`.

    N = (first + 1)(second + 1)/(both + 1) - 1, with Seber's variance and a normal interval, never below what was found. The
    two ways must miss independently: where what one misses the other tends to miss, too, there are more than this says. NaN
    where fewer than `FEWEST_FOUND_TWICE` were found by both.

    Source: Chapman (1951), University of California Publications in Statistics 1:131-160; variance: Seber (1970), Biometrics
    26:13-22.
    """
    n, m = _floats(first), _floats(second)
    twice = np.where(_floats(both) >= FEWEST_FOUND_TWICE, _floats(both), np.nan)
    total = (n + 1) * (m + 1) / (twice + 1) - 1
    variance = (n + 1) * (m + 1) * (n - twice) * (m - twice) / ((twice + 1) ** 2 * (twice + 2))
    reach = intervals.z_score(CONFIDENCE) * np.sqrt(np.maximum(variance, 0))
    return Estimate(total, np.maximum(total - reach, n + m - twice), total + reach)


def added(parts: Sequence[Estimate], weights: Sequence[ArrayLike] | None = None) -> Estimate:
    """The sum of independent estimates, each times its weight, which is not negative.

    Each bound lies as far from the sum as the parts' own bounds lie from them, added like the sides of a right angle.

    Source: Zou and Donner (2008), Statistics in Medicine 27:1693-1702 (their square-and-add of any intervals).
    """
    shares = [_floats(1.0) if weights is None else _floats(weights[at]) for at in range(len(parts))]
    pairs = list(zip(parts, shares, strict=True))
    value = np.sum([each.value * share for each, share in pairs], axis=0)
    below, above = (
        np.sqrt(
            np.sum([((end - each.value) * share) ** 2 for (each, share), end in zip(pairs, ends, strict=True)], axis=0)
        )
        for ends in ([each.lower for each in parts], [each.upper for each in parts])
    )
    return Estimate(_floats(value), _floats(value - below), _floats(value + above))


def with_chance(expected: Estimate, bunch: ArrayLike = 1.0) -> Estimate:
    """How many there are, where `expected` says how many there would be in the long run: its bounds, wider by chance.

    `bunch`: how many come at a time. The two reasons to be unsure are added as in `added`.
    """
    chance = number_of_events(expected.value, expected.value * _floats(bunch))
    lower = np.hypot(expected.value - expected.lower, expected.value - chance.lower)
    upper = np.hypot(expected.upper - expected.value, chance.upper - expected.value)
    return Estimate(expected.value, np.maximum(expected.value - lower, 0), expected.value + upper)


def either(own: Estimate, other: Estimate, enough: ArrayLike) -> Estimate:
    """The group's own estimate where there is enough for one, else the other."""
    chosen = np.asarray(enough, dtype=bool)
    return Estimate(*(np.where(chosen, mine, its) for mine, its in zip(own, other, strict=True)))


def _floats(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)
