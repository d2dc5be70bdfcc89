"""Funnel limits: how far from the target a team or an area may lie by chance alone, given its size. They never rank.

The limits are those of a group that performs exactly at the target. Use the confidences 0.95 and 0.998: outside the
first about one such group in twenty falls by chance, outside the second one in five hundred.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.statistics.estimates import Floats
from earlyhelp.statistics.intervals import Interval, Numbers, figures, missing_if_zero, z_score

Cumulative = Callable[[Any], Any]
"""A distribution: the chance of so many events or fewer, one number a place; or the other way, events for a chance."""


def share_limits(
    denominator: Numbers, target: Numbers, confidence: float = 0.95, dispersion: float = 1.0
) -> Interval[Numbers]:
    """The limits between which a share lies by chance, for each size of group, each between 0 and 1.

    With F the binomial distribution of n tries at the target, p = (1 - confidence)/2, r the smallest number with
    F(r) >= p and a = (F(r) - p) / (F(r) - F(r - 1)), the lower limit is (r - a)/n: the exact quantile, smoothed between
    whole numbers so that it does not jump from size to size. The upper limit is 1 minus the lower limit of those who
    did not. Cut off at 0 and 1. So a share lies outside exactly when so few, or so many, have a chance under p, and the
    funnel of those who did flags the same groups as the funnel of those who did not. Spiegelhalter puts 1 - p in place
    of p for the upper limit, which is 1/n lower than ours and flags groups at the target more often than it says.
    With a `dispersion` above 1 each limit is carried away from the target by its square root.

    denominator: how many there are in the group, whole, from 0 up; 0 gives NaN. target: the share to compare with (all
    groups together, or a standard), between 0 and 1; a missing one gives NaN. confidence: the chance of lying inside, at
    the target, between 0 and 1. dispersion: how much more the groups vary than by chance, from `overdispersion`; under 1
    counts as 1.
    Raises ValueError when a denominator is negative, infinite or not whole, or for another target or dispersion.

    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, appendix A.1.1, and on
    over-dispersion. Public-health indicators draw theirs from Wilson's interval instead: from 50 tries up they differ
    by less than one and a half persons. Known answers: tests/known_answers/test_funnel_published.py.
    """
    from scipy.special import bdtr, bdtrik

    tries, goal = figures("denominator", denominator), figures("target", target)
    if np.any(goal > 1):
        raise ValueError("the target of a share lies between 0 and 1")
    if np.any(tries != np.floor(tries), where=~np.isnan(tries)):
        raise ValueError("a denominator has a part of a whole: exact limits need whole numbers")
    whole = np.where(tries > 0, tries, 1).astype(np.int64)
    lower, upper = _interpolated(lambda p: bdtrik(p, whole, goal), lambda events: bdtr(events, whole, goal), confidence)
    tries = missing_if_zero(tries)
    return _around(goal, (np.maximum(lower, 0) / tries, np.minimum(upper / tries, 1)), dispersion, 1.0)


def rate_limits(
    population: Numbers, target: Numbers, per: float, confidence: float = 0.95, dispersion: float = 1.0
) -> Interval[Numbers]:
    """The limits between which a rate per `per` people lies by chance, for each size of population, in that unit.

    As `share_limits`, with the Poisson distribution of the events expected at the target in place of the binomial; the
    upper limit leaves a chance of p to so many events or more.

    population: the people (or years) of the group, from 0 up; 0 gives NaN. target: the rate to compare with, per `per`,
    from 0 up. per: the number of people that the rates are told for. confidence, dispersion: as for `share_limits`.
    Raises ValueError when a population is negative or infinite, or for another target, `per` or dispersion.

    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202; so many events lie on the limit of a
    population exactly when the target is the exact Poisson bound of their rate, as in the funnels of Fingertips.
    Known answers: tests/known_answers/test_funnel_published.py.
    """
    from scipy.special import pdtr, pdtrik

    people, goal = missing_if_zero(figures("population", population)), figures("target", target)
    _check_per(per)
    expected = people * goal / per
    lower, upper = _interpolated(lambda p: pdtrik(p, expected), lambda events: pdtr(events, expected), confidence)
    return _around(goal, (np.maximum(lower, 0) * per / people, upper * per / people), dispersion, np.inf)


def share_scores(numerator: ArrayLike, denominator: ArrayLike, target: ArrayLike) -> Floats:
    """How many standard errors each share lies above the target: (share - target) / sqrt(target (1 - target) / n).

    numerator, denominator: of each group; denominator 0 gives NaN. target: between 0 and 1, neither.
    Raises ValueError when a figure is negative or infinite, a numerator exceeds its denominator, or for another target.
    """
    some, tries = figures("numerator", numerator), figures("denominator", denominator)
    if np.any(some > tries):
        raise ValueError("a numerator is larger than its denominator, so it is no share")
    goal = figures("target", target)
    if np.any((goal == 0) | (goal >= 1)):
        raise ValueError("the target of a share lies between 0 and 1; at 0 or 1 nothing may vary")
    people = missing_if_zero(tries)
    return np.asarray((some / people - goal) * np.sqrt(people / (goal * (1 - goal))))


def rate_scores(count: ArrayLike, population: ArrayLike, target: ArrayLike, per: float) -> Floats:
    """How many standard errors each rate lies above the target: (count - expected) / sqrt(expected).

    count, population: of each group; population 0 gives NaN. target: the rate per `per` people, above 0.
    Raises ValueError when a figure is negative or infinite, or for another target or `per`.
    """
    goal = figures("target", target)
    _check_per(per)
    if np.any(goal == 0):
        raise ValueError("the target of a rate is above 0; at 0 nothing may vary")
    expected = missing_if_zero(figures("population", population)) * goal / per
    return np.asarray((figures("count", count) - expected) / np.sqrt(expected))


def overdispersion(scores: ArrayLike, winsorised: float = 0.1) -> float:
    """How much more the groups vary than by chance: the mean of their squared scores; NaN without any.

    The scores furthest out are first pulled in to the `winsorised` quantile at either end, so that the few groups that
    the funnel is to find do not widen it. Of many groups at the target the figure is about 1 by chance alone without
    pulling in, and about 0.68 with a tenth pulled in at each end; with I groups it varies with a standard error of about
    sqrt(2 / I), so widen the limits only when it is well above 1. It is used as found, as in the source.

    scores: of the groups, from `share_scores` or `rate_scores`; missing ones (NaN) are left out. winsorised: the share
    pulled in at each end, from 0 up to under 0.5. Raises ValueError for another share.

    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, on over-dispersion.
    """
    if not 0 <= winsorised < 0.5:
        raise ValueError("the share pulled in at each end lies from 0 up to under one half, such as 0.1")
    found = np.asarray(scores, dtype=np.float64)
    found = found[~np.isnan(found)]
    if not found.size:
        return float("nan")
    lower, upper = np.quantile(found, [winsorised, 1 - winsorised])
    return float(np.mean(np.clip(found, lower, upper) ** 2))


def _interpolated(quantile: Cumulative, at_most: Cumulative, confidence: float) -> tuple[Floats, Floats]:
    """The events at which the two tails begin, smoothed between whole numbers."""
    z_score(confidence)  # refuses what is no confidence
    tail = (1 - confidence) / 2
    lower, upper = (_crossing(quantile(np.float64(p)), at_most, p) for p in (tail, 1 - tail))
    return lower, upper + 1


def _crossing(near: Floats, at_most: Cumulative, p: float) -> Floats:
    """Where the distribution, drawn as a line from whole number to whole number, is p; `near` is close to it."""
    events = np.ceil(np.where(np.isnan(near), 0, near))
    events = np.where(_before(events, at_most) >= p, events - 1, events)
    before, upto = _before(events, at_most), at_most(events)
    return np.asarray(events - (upto - p) / (upto - before))


def _before(events: Floats, at_most: Cumulative) -> Floats:
    return np.where(events > 0, at_most(np.maximum(events - 1, 0)), 0.0)


def _check_per(per: float) -> None:
    if not 0 < per < np.inf:
        raise ValueError("`per` is the number of people a rate is told for: it must be above 0, such as 10000")


def _around(target: Floats, limits: tuple[Floats, Floats], dispersion: float, highest: float) -> Interval[Any]:
    """The limits, carried away from the target by the root of the dispersion; plain numbers where there is one of each."""
    if not dispersion >= 0:
        raise ValueError("a dispersion is a number from 0 up, as `overdispersion` has it")
    factor = np.sqrt(max(dispersion, 1.0))
    lower, upper = (np.clip(target + factor * (limit - target), 0, highest) for limit in limits)
    return Interval(float(lower), float(upper)) if np.ndim(lower) == 0 else Interval(lower, upper)
