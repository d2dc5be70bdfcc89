"""XmR control charts: the limits of usual variation from moving ranges, and the four rules that find a change.

They are those of NHS England's Making Data Count: its query for SQL Server, version 2.6a (2024), its single chart tool,
version 5.0 with the document XmR Testing, and the R package NHSRplotthedots 0.2.2 (2025). Where these differ, the text
here says which is followed. A chart is read in stretches without a gap: consecutive figures, in order of time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import fmean

SCALE = 2.66
"""Limits lie so many mean moving ranges from the mean: 3 / 1.128, rounded (Wheeler, Understanding Variation, p. 60)."""

OUTLYING = 3.267
"""A moving range of more than so many mean moving ranges is outlying: 1 + 3 x 0.8525 / 1.128 (Nelson 1982)."""

LEAST = 13
"""So many figures make limits: with 12 or fewer the single chart tool draws none (XmR Testing, Number of points)."""

LEAST_BASELINE = 12
"""So many figures are the least that a baseline may rest on (query 2.6a, minimum points of a partition)."""


class Rule(StrEnum):
    """The four rules, in the order in which we tell of them: what is plainest comes first."""

    OUTSIDE = "outside"
    """A single figure beyond a limit."""
    SHIFT = "shift"
    """So many consecutive figures on one side of the mean."""
    TWO_OF_THREE = "two_of_three"
    """Two of three consecutive figures in the outer third, or beyond it, all three on one side of the mean."""
    TREND = "trend"
    """So many consecutive figures, each above the one before it, or each below."""


@dataclass(frozen=True)
class ChartRules:
    """How a chart is read.

    `shift`, `trend`: how many consecutive figures make one, the ends of a trend included. NHS England's tools take 6, 7
    or 8, with 6 as their default since 2024; NHSRplotthedots takes 7. We take 7: by chance alone seven figures lie on
    one side half as often as six, and some ninety measures are read each month.
    `baseline`: the mean and the limits rest on the first so many figures of a process and are held for those that
    follow; all its figures where there is none, as in NHS England's tools.
    `screen`: leaves outlying moving ranges out of their mean, once (Nelson 1982). NHS England's single chart tool
    cannot, its query can but does not by default; NHSRplotthedots does by default. We do not: limits stay wider.
    `least_denominator`: a share or rate of fewer is shown, not used. 30 is the least that the US National Center for
    Health Statistics shows a proportion of (Data Presentation Standards for Proportions, 2017): one more or fewer then
    moves it by no more than 3.3 percentage points.

    Raises ValueError for lengths that the NHS tools do not take, or a baseline of fewer than 12.
    """

    shift: int = 7
    trend: int = 7
    baseline: int | None = None
    screen: bool = False
    least_denominator: float = 30

    def __post_init__(self) -> None:
        if not (6 <= self.shift <= 8 and 6 <= self.trend <= 8):
            raise ValueError(
                "a shift and a trend are 6, 7 or 8 consecutive figures: NHS England's tools take no others"
            )
        if self.baseline is not None and self.baseline < LEAST_BASELINE:
            raise ValueError(
                f"a baseline of {self.baseline} is too short: limits need at least {LEAST_BASELINE} figures"
            )


@dataclass(frozen=True)
class Limits:
    """What usual variation gives: a mean, and limits to both sides of it, `SCALE` mean moving ranges away."""

    mean: float
    moving_range: float

    @property
    def lower(self) -> float:
        """The lower limit; below zero where the figures vary much, even if they themselves cannot be."""
        return self.mean - SCALE * self.moving_range

    @property
    def upper(self) -> float:
        """The upper limit."""
        return self.mean + SCALE * self.moving_range

    def side(self, figure: float) -> int:
        """1 above the mean, -1 below it, 0 on it."""
        return compared(figure, self.mean)

    def outside(self, figure: float) -> int:
        """1 above the upper limit, -1 below the lower one, 0 between them or on one: a figure on a limit is usual."""
        return self._beyond(figure, SCALE)

    def outer(self, figure: float) -> int:
        """1 in the outer third above the mean or beyond the limit, -1 the same below, else 0.

        What lies beyond the limit counts, as in query 2.6a (and Western Electric, 1956); the single chart tool and
        NHSRplotthedots leave it out.
        """
        return self._beyond(figure, SCALE * 2 / 3)

    def _beyond(self, figure: float, scale: float) -> int:
        away = scale * self.moving_range
        return max(compared(figure, self.mean + away), 0) + min(compared(figure, self.mean - away), 0)


@dataclass(frozen=True)
class Span:
    """Where a rule was met: from the figure at `first` to the one at `last`, both included, places in the stretch.

    `side`: 1 for high or rising, -1 for low or falling. `count`: how many of these figures met it.
    """

    first: int
    last: int
    side: int
    count: int


def compared(figure: float, line: float) -> int:
    """1 when the figure is above the line, -1 below, 0 when it is on it to the ninth digit: fractions are not exact."""
    if math.isclose(figure, line, rel_tol=1e-9, abs_tol=1e-12):
        return 0
    return 1 if figure > line else -1


def limits(stretches: Sequence[Sequence[float]], rules: ChartRules, widened: float = 1) -> Limits | None:
    """The limits of one process, or None where there are too few figures to tell.

    mean = the mean of the figures; moving range = the distance from a figure to the next; limits = mean -+ 2.66 times
    the mean moving range. No moving range reaches over a gap (in NHSRplotthedots neither, where a value is NA). None
    with fewer than 13 figures, or fewer than 6 moving ranges, which is what half of them have between gaps.

    stretches: the figures of the process, without a gap within each. widened: the limits are so many times as
    far from the mean, where something was taken out of the figures before.
    Source: Wheeler (1993), Understanding Variation, p. 60; Nelson (1982), Journal of Quality Technology 14:172-173.
    Known answers: tests/known_answers/test_control_chart_published.py.
    """
    if sum(map(len, stretches)) < LEAST:
        return None
    kept = list(_first(stretches, rules.baseline))
    ranges = [abs(later - earlier) for stretch in kept for earlier, later in pairwise(stretch)]
    if len(ranges) < LEAST // 2:
        return None
    if rules.screen:
        ranges = [each for each in ranges if compared(each, OUTLYING * fmean(ranges)) <= 0]
    return Limits(fmean(figure for stretch in kept for figure in stretch), fmean(ranges) * widened)


def _first(stretches: Sequence[Sequence[float]], count: int | None) -> Iterator[Sequence[float]]:
    """The stretches up to their first so many figures; all of them without a count."""
    for stretch in stretches:
        yield stretch[:count]
        count = None if count is None else max(count - len(stretch), 0)


def met(figures: Sequence[float], limits: Limits, rules: ChartRules) -> Iterator[tuple[Rule, Span]]:
    """Every rule that figures without a gap between them meet, with where; the longest span each time."""
    sides, outer = [limits.side(each) for each in figures], [limits.outer(each) for each in figures]
    for place, figure in enumerate(figures):
        if side := limits.outside(figure):
            yield Rule.OUTSIDE, Span(place, place, side, 1)
    yield from ((Rule.SHIFT, span) for span in _alike(sides, rules.shift))
    yield from ((Rule.TWO_OF_THREE, span) for span in _two_of_three(sides, outer))
    yield from ((Rule.TREND, span) for span in trends(figures, rules.trend))


def trends(figures: Sequence[float], length: int) -> Iterator[Span]:
    """Runs of figures that only rise or only fall, of at least this length; two equal ones in a row end a run.

    Source: XmR Testing, trend: six figures are five increases, all six are marked, and there are no pauses in a run.
    """
    steps = [compared(later, earlier) for earlier, later in pairwise(figures)]
    for span in _alike(steps, length - 1):
        yield Span(span.first, span.last + 1, span.side, span.count + 1)


def _alike(sides: Sequence[int], length: int) -> Iterator[Span]:
    """Runs of one side; a figure on the mean is on neither, and ends a run."""
    place = 0
    for side, group in groupby(sides):
        count = len(list(group))
        if side and count >= length:
            yield Span(place, place + count - 1, side, count)
        place += count


def _two_of_three(sides: Sequence[int], outer: Sequence[int]) -> Iterator[Span]:
    """Windows of three that meet the rule; those that overlap are one span, from its first outer figure to its last."""
    windows: list[tuple[int, int]] = []
    for start, side in enumerate(sides[:-2]):
        if side and set(sides[start : start + 3]) == {side} and outer[start : start + 3].count(side) >= 2:
            first = windows.pop()[0] if windows and start <= windows[-1][1] else start
            windows.append((first, start + 2))
    for first, last in windows:
        places = [place for place in range(first, last + 1) if outer[place]]
        yield Span(places[0], places[-1], sides[first], len(places))
