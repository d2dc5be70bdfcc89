"""Two groups compared: differences and ratios of shares and rates, and how far chance alone could have moved them.

Every function takes single figures or arrays of them and returns `Estimate(value, lower, upper)`, the first group
compared with the second. The two groups hold different people, and neither is part of the other. What cannot be told is
NaN: a missing figure, a group of nobody, a ratio to zero, and the bounds of a ratio that has no standard error.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from earlyhelp.statistics.estimates import Estimate, Floats, estimate
from earlyhelp.statistics.intervals import Numbers, figures, missing_if_zero, wilson, z_score


def share_difference(
    numerator: Numbers,
    denominator: Numbers,
    other_numerator: Numbers,
    other_denominator: Numbers,
    confidence: float = 0.95,
) -> Estimate[Numbers]:
    """The first share minus the second, with bounds, all between -1 and 1; 0.1 is ten percentage points more.

    Estimand: p1 - p2, the difference of the probabilities behind two independent shares. With d the difference of the
    shares found, and l and u the Wilson bounds of each, the bounds are d - sqrt((p1 - l1)^2 + (u2 - p2)^2) and
    d + sqrt((u1 - p1)^2 + (p2 - l2)^2). None of some and all of some are figures like others.

    numerator, denominator: how many of the first group did, of how many; other_numerator, other_denominator: of the
    second. Denominator 0 gives NaN. confidence: the share of such intervals that hold p1 - p2, between 0 and 1.
    Raises ValueError when a figure is negative or infinite, or a numerator exceeds its denominator.

    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10. Known answers:
    tests/known_answers/test_differences_published.py.
    """
    first, second = wilson(numerator, denominator, confidence), wilson(other_numerator, other_denominator, confidence)
    share = figures("numerator", numerator) / missing_if_zero(figures("denominator", denominator))
    other = figures("numerator", other_numerator) / missing_if_zero(figures("denominator", other_denominator))
    below = np.hypot(share - first.lower, second.upper - other)
    above = np.hypot(first.upper - share, other - second.lower)
    difference = share - other
    # Clipped because rounding may carry a bound a hair past 1.
    return estimate(difference, np.maximum(difference - below, -1), np.minimum(difference + above, 1))


def share_ratio(
    numerator: Numbers,
    denominator: Numbers,
    other_numerator: Numbers,
    other_denominator: Numbers,
    confidence: float = 0.95,
) -> Estimate[Numbers]:
    """The first share divided by the second, with bounds, from 0 up; 2 is twice as likely.

    Estimand: p1 / p2 of two independent shares (the risk ratio). With a of n in the first group and b of m in the second,
    the bounds are the ratio times exp(-+ z sqrt(1/a - 1/n + 1/b - 1/m)).

    Zeros: none in the first group gives the ratio 0 without bounds (NaN); none in the second, or a group of nobody,
    gives no ratio either (NaN), even when both have none. All of both groups give the ratio 1 without bounds: the method
    has a standard error of 0 there, which would claim too much. `share_difference` has bounds in all of these but
    for groups of nobody.

    numerator, denominator, other_numerator, other_denominator, confidence: as for `share_difference`.
    Raises ValueError when a figure is negative or infinite, or a numerator exceeds its denominator.

    Source: Katz, Baptista, Azen and Pike (1978), Biometrics 34:469-474, method C. Known answers:
    tests/known_answers/test_differences_published.py.
    """
    some, people = figures("numerator", numerator), missing_if_zero(figures("denominator", denominator))
    others, crowd = figures("numerator", other_numerator), missing_if_zero(figures("denominator", other_denominator))
    if np.any(some > figures("denominator", denominator)) or np.any(others > figures("denominator", other_denominator)):
        raise ValueError(
            "a numerator is larger than its denominator, so it is no share: use `rate_ratio` if events recur"
        )
    variance = 1 / missing_if_zero(some) - 1 / people + 1 / missing_if_zero(others) - 1 / crowd
    certain = (some == people) & (others == crowd)
    return _ratio(some / people, others / crowd, np.where(certain, np.nan, variance), confidence)


def rate_ratio(
    count: Numbers, population: Numbers, other_count: Numbers, other_population: Numbers, confidence: float = 0.95
) -> Estimate[Numbers]:
    """The first rate divided by the second, with bounds, from 0 up; 2 is twice as often.

    Estimand: the ratio of the long-run rates behind two independent Poisson counts, a among a first population and b
    among a second. The bounds are the ratio times exp(-+ z sqrt(1/a + 1/b)); with few events they are rough. The
    populations are taken as known without error, and are in one unit (people, or years lived). Events may outnumber them.

    Zeros: no event in the first group gives the ratio 0, from 0 up to the exact limit: with t the tail left outside each
    bound (0.025 of 95 %), N and M the two populations, (t^(-1/b) - 1) M / N. Given b events in all, those of the first
    group are binomial, and that is the ratio at which none of b has the chance t. None in the second, or a population of
    nobody, gives no ratio (NaN), even when both have none.

    count, population: of the first group; other_count, other_population: of the second. confidence: the share of such
    intervals that hold the ratio, between 0 and 1. Raises ValueError when a figure is negative or infinite.

    Source: Rothman (2002), Epidemiology: An Introduction, Oxford, chapter 7; for no event Przyborowski and Wilenski
    (1940), Biometrika 31:313-323, with the bounds of Clopper and Pearson (1934), Biometrika 26:404-413. Known answers:
    tests/known_answers/test_differences_published.py.
    """
    events, others = figures("count", count), figures("count", other_count)
    people = missing_if_zero(figures("population", population))
    crowd = missing_if_zero(figures("population", other_population))
    variance = 1 / missing_if_zero(events) + 1 / missing_if_zero(others)
    found = _ratio(events / people, others / crowd, variance, confidence)
    none = (events == 0) & ~np.isnan(found.value)
    most = ((1 - confidence) / 2) ** (-1 / missing_if_zero(others)) - 1
    upper = np.where(none, most * crowd / people, found.upper)
    return estimate(np.asarray(found.value), np.where(none, 0.0, found.lower), upper)


def _ratio(first: Floats, second: Floats, variance: Floats, confidence: float) -> Estimate[Any]:
    """The ratio of two figures, with the bounds that the variance of its logarithm gives."""
    ratio = first / missing_if_zero(second)
    reach = np.exp(z_score(confidence) * np.sqrt(variance))
    return estimate(ratio, ratio / reach, ratio * reach)
