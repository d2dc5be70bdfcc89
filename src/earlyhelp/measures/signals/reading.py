"""Signals, not noise: which changes in a series of figures are more than usual variation would give.

A series is what was released of one measure: one point a month, quarter or year, each with its value or with what it says
instead. Missing, suppressed and not mature are none of them zero: such a point ends a run of consecutive figures, no
moving range reaches over it, and it is in no mean. `read` finds the signals, `sentences` tells them in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import fmean
from typing import Protocol

from earlyhelp.measures.measure import Better, Measure, Statistic
from earlyhelp.measures.periods import Grain, Period, is_whole
from earlyhelp.measures.signals.control_chart import ChartRules, Limits, Rule, Span, compared, limits, met
from earlyhelp.measures.signals.seasons import Pattern, Season, pattern, widening

OK = "ok"
STATUSES = (OK, "suppressed", "not_mature", "no_data")
"""What a released row says of itself."""


class Direction(StrEnum):
    """What a signal means, by the way in which the measure should move."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    NEITHER = "neither"


class LeftOut(StrEnum):
    """Why a point is shown, but in no mean, limit or run."""

    SUPPRESSED = "suppressed"
    NOT_MATURE = "not_mature"
    NO_DATA = "no_data"
    FEW = "few"
    """Its denominator is too small."""
    UNFINISHED = "unfinished"
    """The month (quarter, year) is not seen whole."""
    EVENT = "event"
    """An event falls within it, so it is partly before and partly after."""


@dataclass(frozen=True)
class Point:
    """One period's figure. `value`: a share from 0 to 1, a count, days, a rate; None where the status is not `ok`.

    `status`: of the released row. `n`: the denominator of a share or a rate, None where there is none.
    Raises ValueError for an unknown status, or a value that does not go with it.
    """

    period: Period
    value: float | None
    status: str = OK
    n: float | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"the status of a point must be one of {', '.join(STATUSES)}")
        if (self.value is not None) != (self.status == OK):
            raise ValueError("a point has a value when its status is ok, and only then: nothing else is a figure")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError("the value of a point must be a finite number")


@dataclass(frozen=True)
class Event:
    """From `day` on the figures come about in another way: a new form, a lockdown. `name`: with its article, in lower
    case, as it stands in a sentence.
    """

    day: date
    name: str


@dataclass(frozen=True)
class Series:
    """The figures of one measure over time, with what is needed to read them and to tell of them.

    `name`: the start of a sentence ("Requests for support"). `unit`: follows a figure ("requests", "days"); none for a
    share. `points`: in order of time. `events`: declared by the council; baselines start anew at each.
    Raises ValueError when points are out of order or overlap.
    """

    measure: str
    name: str
    statistic: Statistic
    better: Better
    grain: Grain
    points: Sequence[Point]
    unit: str = ""
    events: Sequence[Event] = field(default=())

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.points):
            if later.period.start <= earlier.period.end:
                raise ValueError(f"the points of {self.measure} must be in order of time, one a {self.grain.value}")


class Row(Protocol):
    """What is read of a released row, so that this module need not know of release."""

    @property
    def period_start(self) -> date | None: ...
    @property
    def period_end(self) -> date | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...
    @property
    def status(self) -> str: ...


def series_of(
    measure: Measure, rows: Iterable[Row], grain: Grain, events: Sequence[Event] = (), name: str = ""
) -> Series:
    """The series of a measure from its released rows: one row a period (one value of each split), in any order.

    Rows without a period say nothing over time, and are passed over. The denominator is that of a share, mix or rate.
    name: instead of the measure's own, where the rows are of one value of a split ("Families open in the North team").
    Raises ValueError when two rows are of one period.
    """
    based = measure.statistic in (Statistic.SHARE, Statistic.MIX, Statistic.RATE)
    points = [
        Point(Period(row.period_start, row.period_end), row.value, str(row.status), row.denominator if based else None)
        for row in rows
        if row.period_start and row.period_end
    ]
    points.sort(key=lambda point: point.period)
    units = {
        Statistic.MEDIAN: "days",
        Statistic.RATE: f"per {measure.per:,} children",
        Statistic.RATIO: f"per {measure.per:,}" if measure.per > 1 else "",
    }
    unit = units.get(measure.statistic, "")
    return Series(measure.id, name or measure.name, measure.statistic, measure.better, grain, points, unit, events)


@dataclass(frozen=True)
class Process:
    """What lies between two events: one way in which figures come about, with a mean and limits of its own.

    `since`: the event it began with, None for the first. `stretches`: its usable points, without a gap within each.
    `limits`: of the figures without the time of year; None where there are too few. `season`, `pattern`: see `seasons`.
    """

    since: Event | None
    stretches: Sequence[Sequence[Point]]
    season: Season
    pattern: Pattern
    limits: Limits | None

    @property
    def count(self) -> int:
        """How many usable points it has."""
        return sum(map(len, self.stretches))

    @property
    def too_few(self) -> bool:
        """True where there are too few to tell usual variation from change."""
        return self.limits is None


@dataclass(frozen=True)
class Signal:
    """One change that is more than usual. `points`: those from the first to the last that met the rule.

    `side`: 1 for high or rising, -1 for low or falling. `count`: how many of the points met it. `mean`, `lower`, `upper`:
    of usual variation, in the terms of the last point's time of year. `seasonal`: the time of year was allowed for.
    """

    rule: Rule
    side: int
    direction: Direction
    points: Sequence[Point]
    count: int
    mean: float
    lower: float
    upper: float
    seasonal: bool

    @property
    def is_high(self) -> bool:
        """True for high or rising, False for low or falling."""
        return self.side == 1

    @property
    def last(self) -> Period:
        """The period in which it was last seen."""
        return self.points[-1].period


@dataclass(frozen=True)
class Reading:
    """A series as read: its processes and all its signals, the latest first, and by the order of `Rule` within a month.

    `processes`: at least one, the last of them that which began with the latest event, even if it has no points yet.
    `left_out`: the points that are shown but not used, with why.
    """

    series: Series
    processes: Sequence[Process]
    signals: Sequence[Signal]
    left_out: Sequence[tuple[Point, LeftOut]]

    @property
    def newest(self) -> Point | None:
        """The latest point that could be used."""
        return next((process.stretches[-1][-1] for process in reversed(self.processes) if process.stretches), None)

    @property
    def judged(self) -> bool:
        """True where the latest point stands against limits."""
        return not self.processes[-1].too_few

    @property
    def current(self) -> list[Signal]:
        """The signals in which the latest usable point takes part: what is news; others are history."""
        newest = self.newest if self.judged else None
        return [signal for signal in self.signals if newest and signal.last == newest.period]


def read(series: Series, rules: ChartRules | None = None) -> Reading:
    """The series with its processes, limits and signals, found by the rules of `control_chart`.

    Each event starts a process of its own: no limit, run or moving range reaches over it (NHSRplotthedots; NHS
    England's single chart tool lets runs do so, its query the trend alone). A process of fewer than 13 usable points
    has no limits and no signals. Where a pattern of the time of year shows (`seasons.pattern`), it is taken out first.
    rules: how a chart is read; as declared in `control_chart.ChartRules` where none are given.
    """
    chosen = rules or ChartRules()
    left_out = [(point, why) for point in series.points if (why := _left_out(series, point, chosen))]
    excluded = {point.period for point, _ in left_out}
    usable = [point for point in series.points if point.period not in excluded]
    processes = [_process(series, since, part, chosen) for since, part in _between_events(series, usable)]
    signals = [signal for process in processes for signal in _signals(series, process, chosen)]
    signals.sort(key=lambda signal: (-signal.last.end.toordinal(), list(Rule).index(signal.rule)))
    return Reading(series, processes, signals, left_out)


def _left_out(series: Series, point: Point, rules: ChartRules) -> LeftOut | None:
    start, end = point.period
    if point.status != OK:
        return LeftOut(point.status)
    if not is_whole(point.period, series.grain):
        return LeftOut.UNFINISHED
    if any(start < event.day <= end for event in series.events):
        return LeftOut.EVENT
    return LeftOut.FEW if point.n is not None and point.n < rules.least_denominator else None


def _between_events(series: Series, usable: Sequence[Point]) -> Iterator[tuple[Event | None, list[Point]]]:
    """The usable points before the first event, and from each on; the last part is there even when it is empty."""
    events = sorted(series.events, key=lambda event: event.day)
    begins = [date.min, *(event.day for event in events)]
    ends = [*(event.day for event in events), date.max]
    for since, begin, end in zip([None, *events], begins, ends, strict=True):
        part = [point for point in usable if begin <= point.period.start < end]
        if part or end == date.max:
            yield since, part


def _process(series: Series, since: Event | None, part: Sequence[Point], rules: ChartRules) -> Process:
    months = [point.period.start.month for point in part]
    places = [(point.period.start.year * 12 + point.period.start.month) // series.grain.months for point in part]
    in_year = 12 // series.grain.months
    season, effects = pattern(months, places, _values(part), in_year)
    stretches = _without_gaps(part)
    figures = [_adjusted(effects, each) for each in stretches]
    return Process(since, stretches, season, effects, limits(figures, rules, widening(season, len(part), in_year)))


def _without_gaps(points: Sequence[Point]) -> list[list[Point]]:
    stretches: list[list[Point]] = []
    for point in points:
        if stretches and point.period.start == stretches[-1][-1].period.end + timedelta(days=1):
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return stretches


def _values(points: Sequence[Point]) -> list[float]:
    return [point.value for point in points if point.value is not None]


def _adjusted(effects: Pattern, points: Sequence[Point]) -> list[float]:
    return [effects.without(value, p.period.start.month) for p, value in zip(points, _values(points), strict=True)]


def _signals(series: Series, process: Process, rules: ChartRules) -> Iterator[Signal]:
    if process.limits is None:
        return
    for stretch in process.stretches:
        figures = _adjusted(process.pattern, stretch)
        for rule, span in met(figures, process.limits, rules):
            yield _signal(series.better, process, process.limits, rule, span, stretch, figures)


def _signal(
    better: Better,
    process: Process,
    usual: Limits,
    rule: Rule,
    span: Span,
    stretch: Sequence[Point],
    figures: list[float],
) -> Signal:
    of_rule = figures[span.first : span.last + 1]
    before, after = (of_rule[0], of_rule[-1]) if rule is Rule.TREND else (usual.mean, fmean(of_rule))
    points = stretch[span.first : span.last + 1]
    month = points[-1].period.start.month
    mean, lower, upper = (process.pattern.with_season(x, month) for x in (usual.mean, usual.lower, usual.upper))
    return Signal(
        rule=rule,
        side=span.side,
        direction=direction(better, before, after, usual.mean),
        points=points,
        count=span.count,
        mean=mean,
        lower=lower,
        upper=upper,
        seasonal=process.season is Season.ALLOWED_FOR,
    )


def direction(better: Better, before: float, after: float, usual: float) -> Direction:
    """What a move from one figure to another means for a measure that should move that way.

    Zero is right: away from zero is a concern, on either side of it. A band: away from what is usual, high or low, asks
    for a look, and coming back is an improvement. Context, and even (which is about groups, not time): neither.
    """
    if better in (Better.CONTEXT, Better.EVEN):
        return Direction.NEITHER
    if better in (Better.HIGHER, Better.LOWER):
        closer = compared(after, before) if better is Better.HIGHER else compared(before, after)
    else:
        right = 0.0 if better is Better.ZERO else usual
        closer = compared(abs(before - right), abs(after - right))
    return (Direction.NEITHER, Direction.IMPROVEMENT, Direction.CONCERN)[closer]
