"""How unequal a figure is: along the social scale (slope and relative index), and between groups (disparity ratios).

The groups are in the last dimension; other dimensions are places or years. For the two indices they are ordered from the
most to the least deprived, such as the ten deciles of an index of deprivation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics.differences import share_ratio
from earlyhelp.statistics.estimates import Estimate, Floats, estimate
from earlyhelp.statistics.intervals import Interval, figures, z_score

FEWEST_GROUPS = 3
"""Through two groups any line goes: it would say nothing of the scale between them."""


class _Line(NamedTuple):
    """The line through the groups' figures: its value at each end, and the variances and covariance of the two."""

    most_deprived: Floats
    least_deprived: Floats
    variance_most: Floats
    variance_least: Floats
    covariance: Floats


def slope_index(
    values: ArrayLike, populations: ArrayLike, standard_errors: ArrayLike, confidence: float = 0.95
) -> Estimate[Any]:
    """The figure at the least deprived end of the scale minus the figure at the most deprived end, in its own unit.

    Estimand: the slope b of the line y = a + b x through the groups' figures y, where x is a group's place on the scale,
    from 0 (most deprived) to 1 (least deprived): the middle of its range in the population so ordered. The line is
    fitted by least squares weighted by the groups' shares of the population. Below 0: higher where deprivation is
    higher. The line describes; it is no claim that deprivation is the cause, and it needs a scale that is near to
    straight. The bounds are b -+ z s, where s^2 is the sum of the squares of each group's standard error times what b
    changes with its figure; so they tell of chance in the figures, not of how well a line fits. They are where the
    simulation of the public-health guidance arrives for figures with a symmetric interval.

    values: the figure of each group (share, rate, mean); populations: its people, above 0; standard_errors: of the
    values, in their unit (`standard_error_of` has them from an interval). A missing entry, or a group of nobody, gives NaN.
    confidence: the share of such intervals that hold b, between 0 and 1.
    Raises ValueError when a population or standard error is negative or infinite, or for fewer than 3 groups or groups
    that do not match.

    Source: Low and Low (2004), Journal of Public Health 26:388-395; Office for Health Improvement and Disparities,
    Fingertips public health technical guidance, slope index of inequality; Mackenbach and Kunst (1997), Social Science
    and Medicine 44:757-771. Known answers: tests/known_answers/test_inequality_published.py.
    """
    line = _line(values, populations, standard_errors)
    slope = line.least_deprived - line.most_deprived
    spread = line.variance_least + line.variance_most - 2 * line.covariance
    reach = z_score(confidence) * np.sqrt(np.maximum(spread, 0))
    return estimate(slope, slope - reach, slope + reach)


def relative_index(
    values: ArrayLike, populations: ArrayLike, standard_errors: ArrayLike, confidence: float = 0.95
) -> Estimate[Any]:
    """The figure at the least deprived end of the scale divided by the figure at the most deprived end; 1 is equal.

    Estimand: (a + b) / a of the line of `slope_index`. The bounds are Fieller's: the ratios r for which a + b - r a lies
    within z of its standard errors of 0. They are where the simulation of the public-health guidance arrives for
    figures with a symmetric interval.

    NaN where the line is at or below 0 at an end: such figures have no ratio. Without bounds (NaN) where the figure at
    the most deprived end is itself within z standard errors of 0.
    values, populations, standard_errors, confidence, errors and source: as for `slope_index`; Fieller (1954), Journal of
    the Royal Statistical Society B 16:175-185.
    """
    line = _line(values, populations, standard_errors)
    positive = (line.most_deprived > 0) & (line.least_deprived > 0)
    below = np.where(positive, line.most_deprived, np.nan)
    above = line.least_deprived
    z2 = z_score(confidence) ** 2
    # The bounds are the roots of p r^2 - 2 q r + s = 0.
    p = below**2 - z2 * line.variance_most
    q, s = above * below - z2 * line.covariance, above**2 - z2 * line.variance_least
    root = np.sqrt(np.maximum(q**2 - p * s, 0))
    bounded = np.where(p > 0, p, np.nan)
    return estimate(above / below, (q - root) / bounded, (q + root) / bounded)


def disparity_ratio(
    counts: ArrayLike,
    people: ArrayLike,
    reference: int,
    confidence: float = 0.95,
    ratio: Callable[..., Estimate[Any]] = share_ratio,
) -> Estimate[Any]:
    """Each group's figure divided by that of one group they are all compared with, with bounds; 1 is equal.

    Estimand: the ratio of the shares (or rates) behind the two groups, by `ratio`: `share_ratio` (Katz), or `rate_ratio`
    where people may count more than once. A ratio away from 1 is a difference to be asked about, not its reason.

    counts, people: of each group. reference: the place of the group compared with, from 0 (the largest group, or the least
    deprived); its own ratio is 1 without bounds (NaN), for it is not compared with anything. confidence: as for `ratio`.
    Zeros and missing figures are as `ratio` has them.
    Raises ValueError for a reference that is none of the groups, for groups that do not match, and as `ratio` does.
    """
    some, everyone = figures("count", counts), figures("number of people", people)
    if some.shape[-1:] != everyone.shape[-1:] or not 0 <= reference < np.shape(some)[-1]:
        raise ValueError("counts and people must have the same groups in the last dimension, the reference one of them")
    its = slice(reference, reference + 1)
    value, lower, upper = ratio(some, everyone, some[..., its], everyone[..., its], confidence)
    itself = np.arange(value.shape[-1]) == reference
    return Estimate(value, np.where(itself, np.nan, lower), np.where(itself, np.nan, upper))


def standard_error_of(bounds: Interval[Any], confidence: float = 0.95) -> NDArray[Any]:
    """The standard error that an interval stands for, in its unit: its width divided by twice the normal quantile.

    bounds: of each group, from `wilson`, `byar`, `rate` or `directly_standardised`. confidence: the one they were made
    with. Raises ValueError for a confidence that is not between 0 and 1.

    Source: Fingertips public health technical guidance, slope index of inequality.
    """
    return np.asarray((np.asarray(bounds.upper) - np.asarray(bounds.lower)) / (2 * z_score(confidence)))


def _line(values: ArrayLike, populations: ArrayLike, standard_errors: ArrayLike) -> _Line:
    y, people, errors = (
        np.asarray(values, float),
        figures("population", populations),
        figures("standard error", standard_errors),
    )
    groups = {np.shape(each)[-1:] for each in (y, people, errors)}
    if len(groups) != 1 or min(groups, default=()) < (FEWEST_GROUPS,):
        raise ValueError(
            "values, populations and standard errors must have the same groups, at least 3, in the last dimension"
        )
    share = np.where(people > 0, people, np.nan)
    share = share / share.sum(axis=-1, keepdims=True)
    place = np.cumsum(share, axis=-1) - share / 2 - 0.5  # from the middle of the scale, where the line meets the mean
    slope = share * place / (share * place**2).sum(axis=-1, keepdims=True)
    # What each end of the line changes with each group's figure.
    most, least = share - slope / 2, share + slope / 2
    variance = errors**2
    return _Line(
        most_deprived=(most * y).sum(axis=-1),
        least_deprived=(least * y).sum(axis=-1),
        variance_most=(most**2 * variance).sum(axis=-1),
        variance_least=(least**2 * variance).sum(axis=-1),
        covariance=(most * least * variance).sum(axis=-1),
    )
