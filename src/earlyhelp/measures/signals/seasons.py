"""The time of year in a series: whether there is a pattern, and the figures as they would be without it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

LEAST_OF_EACH = 3
"""A pattern is sought only with so many figures of each month (or quarter): with two, one odd year is half of it."""

SIGNIFICANT = 0.01
"""A pattern is there when chance alone would give one as strong less often than this (as X-11's test of seasons has it:
Lothian and Morry (1978), A Test for the Presence of Identifiable Seasonality, Statistics Canada)."""


class Season(StrEnum):
    """What could be done about the time of year."""

    ALLOWED_FOR = "allowed_for"
    """There is a pattern, and it is taken out before limits are worked out."""
    NOT_FOUND = "not_found"
    """No pattern shows, so nothing is taken out; a year has none."""
    TOO_FEW = "too_few"
    """Too few years to tell."""


@dataclass(frozen=True)
class Pattern:
    """What each month (or quarter, by its first month) adds to a figure, in the figure's unit."""

    effects: Mapping[int, float]

    def without(self, figure: float, month: int) -> float:
        """The figure as it would be without the time of year."""
        return figure - self.effects[month]

    def with_season(self, figure: float, month: int) -> float:
        """Such a figure as it would be in that month."""
        return figure + self.effects[month]


NO_PATTERN = Pattern(dict.fromkeys(range(1, 13), 0.0))
"""Leaves every figure as it is."""


def pattern(
    months: Sequence[int], places: Sequence[int], figures: Sequence[float], in_year: int
) -> tuple[Season, Pattern]:
    """What could be done about the time of year in one process, and the pattern (`NO_PATTERN` unless there is one).

    A pattern is sought with at least three figures of each month, that is three years of months or of quarters. A
    straight line through the figures takes out growth; what each differs from it is compared between months by the test
    of Kruskal and Wallis at 1 per cent. Where that shows a pattern, a month's effect is the median of these differences
    in that month, so that one odd figure does not make its month odd; the effects add up to 0 as a whole.

    Effects are added, not multiplied: counts of few vary less than counts of many, but not in proportion, and factors
    would make signals of the small changes of quiet months. Where a series grows to several times its size, so does its
    season, and this does not follow.

    months: of each figure, 1 to 12 (a quarter's first month); places: of each figure, counted in periods, so that gaps
    have their length; figures: in any unit; in_year: how many periods a year has. All three lists have one length.
    Source: classical additive decomposition, with the line instead of a moving average so that gaps do no harm; Wheeler
    (2003), Making Sense of Data, on seasonal effects; Kruskal and Wallis (1952), JASA 47:583-621.
    """
    if in_year == 1:
        return Season.NOT_FOUND, NO_PATTERN
    of_month = {month: [place for place, each in enumerate(months) if each == month] for month in sorted(set(months))}
    if len(of_month) < in_year or min(map(len, of_month.values())) < LEAST_OF_EACH:
        return Season.TOO_FEW, NO_PATTERN
    left = np.asarray(figures, dtype=float) - np.polyval(np.polyfit(places, figures, 1), places)
    groups = [left[rows] for rows in of_month.values()]
    if kruskal_wallis(groups) >= SIGNIFICANT:
        return Season.NOT_FOUND, NO_PATTERN
    effects = np.array([np.median(group) for group in groups])
    return Season.ALLOWED_FOR, Pattern(dict(zip(of_month, (effects - effects.mean()).tolist(), strict=True)))


def widening(season: Season, count: int, in_year: int) -> float:
    """How much farther limits lie from the mean when a pattern was taken out of the same figures: 1 when none was.

    Taking out twelve effects worked out of n figures leaves less variation than there is. By the usual count of what is
    left free it is sqrt(n / (n - 12 + 1)) times as much: 1.2 for three years of months, 1.06 for eight.
    """
    return math.sqrt(count / (count - in_year + 1)) if season is Season.ALLOWED_FOR else 1.0


def kruskal_wallis(groups: Sequence[Sequence[float]] | Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> float:
    """The chance of groups as different in rank as these, were there no difference: between 0 and 1; 1 if all are equal.

    With N figures in k groups, R the sum of ranks and n the size of a group, t the size of a tie:
    H = (12 / (N (N + 1)) sum of R^2 / n - 3 (N + 1)) / (1 - sum of (t^3 - t) / (N^3 - N)), held against chi-squared
    with k - 1 degrees of freedom. Figures are equal when they are to the ninth decimal.

    Source: Kruskal and Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    from scipy.special import chdtrc

    sizes = [len(group) for group in groups]
    _, ranked, ties = np.unique(np.round(np.concatenate(groups), 9), return_inverse=True, return_counts=True)
    total = sum(sizes)
    untied = 1 - float((ties.astype(float) ** 3 - ties).sum()) / (total**3 - total)
    if untied <= 0:
        return 1.0
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[ranked]
    sums = [part.sum() for part in np.split(ranks, np.cumsum(sizes)[:-1])]
    squares = sum(float(each) ** 2 / size for each, size in zip(sums, sizes, strict=True))
    statistic = (12 / (total * (total + 1)) * squares - 3 * (total + 1)) / untied
    return float(chdtrc(len(groups) - 1, statistic))
