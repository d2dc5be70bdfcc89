"""Released figures of measures as blocks: a table with certificates, and a run chart with what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earlyhelp.measures import Grain, Statistic, is_whole
from earlyhelp.measures.signals import Event, Point, Reading, read, sentences, series_of
from earlyhelp.release import Status
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Block, Figure, TableBlock, Text
from earlyhelp.reports.charts import Dot, Level, Pin, run_chart
from earlyhelp.reports.wording import IN_WORDS, days_of, in_words, interval_of, is_whole_month, value_of, year_of

DRAWN = 36
"""So many months are drawn; what is usual is worked out from all there are."""
_SHARES = (Statistic.SHARE, Statistic.MIX)
NO_INTERVAL = "none"
NOT_OVER = "not over yet"
"""What stands for the figure of a month of which the records hold some days alone."""


def over_years(parts: Sequence[Part], caption: str, years: int = 4) -> Block:
    """The last years of each measure side by side: a row a measure, a column a year, each figure with its interval.

    A sentence where none of them has a year.
    """
    ends = sorted({row.period_end for part in parts for row in part.released.rows if row.period_end})[-years:]
    if not ends:
        return Text(f"{caption}: the records hold no figure.")
    rows = tuple((part.released.measure.name, *(_in_year(part, end) for end in ends)) for part in parts)
    columns = ("measure", *(_year(parts, end) for end in ends))
    return TableBlock(caption, columns, rows, tuple(range(1, len(columns))))


def _year(parts: Sequence[Part], end: date) -> str:
    """The year that ends on a day, in words: with its first day too where it is not a whole one."""
    starts = [row.period_start for part in parts for row in part.released.rows if row.period_end == end]
    return year_of(min(each for each in starts if each), end) if any(starts) else f"year to {in_words(end)}"


def _in_year(part: Part, end: date) -> str:
    """One figure with its interval, or why there is none."""
    row = next((each for each in part.released.rows if each.period_end == end), None)
    if row is None:
        return "no data"
    value, interval = value_of(row, part.released.measure), interval_of(row, part.released.measure)
    return f"{value} ({interval})" if interval else value


def certificates(parts: Sequence[Part], caption: str, years: int = 4) -> TableBlock:
    """What stands behind the figures of those years: measure, period, figure, certificate; a row a figure."""
    rows = tuple(
        (part.released.measure.name, in_words(row.period_end) or "all days", value_of(row, part.released.measure), each)
        for part in parts
        for row, each in list(zip(part.released.rows, part.certificates, strict=True))[-years:]
    )
    return TableBlock(caption, ("measure", "period to", "figure", "certificate"), rows, (2,))


@dataclass(frozen=True)
class OnChart:
    """What stands in a run chart beside the figures: pins at days of the months drawn, where others lie, and both in words.

    `level`: in the unit of the measure's own values. `said`: sentences for the chart's alt text.
    """

    pins: Sequence[Pin] = ()
    level: Level | None = None
    said: Sequence[str] = ()


def months_drawn(part: Part) -> tuple[date, ...]:
    """The first day of each month that `charted` draws; none where it draws nothing."""
    if not any(row.status is Status.OK for row in part.released.rows):
        return ()
    return tuple(row.period_start for row in part.released.rows[-DRAWN:] if row.period_start)


def charted(part: Part, events: Sequence[Event] = (), beside: OnChart | None = None) -> list[Block]:
    """The run chart of a measure asked month by month, with its sentences; or a sentence where there is nothing to draw."""
    measure = part.released.measure
    if not any(row.status is Status.OK for row in part.released.rows):
        why = part.released.closed[0].words if part.released.closed else "The records hold no figure."
        return [Text(f"{measure.name}: there is nothing to draw. {why}")]
    reading = read(series_of(measure, part.released.rows, Grain.MONTH, events))
    return [_figure(part, reading, beside or OnChart())]


def _figure(part: Part, reading: Reading, beside: OnChart) -> Figure:
    measure, points = part.released.measure, reading.series.points[-DRAWN:]
    factor = 100.0 if measure.statistic in _SHARES else 1.0
    unit = "per cent" if factor == 100 else reading.series.unit or measure.unit
    marked = {point.period for signal in reading.signals for point in signal.points}
    dots = [_dot(reading, point, factor, point.period in marked) for point in points]
    said = " ".join(sentences(reading)[:2])
    drawn = f"Run chart of {measure.name} by month, {len(points)} months to {points[-1].period.end:%B %Y}."
    alt = f"{drawn}{_latest(part)} {said}"
    spec = run_chart(dots, unit, pins=beside.pins, level=_scaled(beside.level, factor))
    told = _table(part, len(points))
    return Figure(f"{measure.name}. {said}", spec, " ".join([alt, *beside.said]), told, in_annex=True)


def _latest(part: Part) -> str:
    """The latest figure that is drawn, as a sentence; nothing where no month is whole."""
    drawn = (row for row in reversed(part.released.rows) if row.status is Status.OK and is_whole_month(row))
    last = next(drawn, None)
    return f" The latest figure is {value_of(last, part.released.measure)}." if last else ""


def _scaled(level: Level | None, factor: float) -> Level | None:
    if level is None:
        return None
    return Level(level.words, *(factor * each for each in (level.lowest, level.median, level.highest)))


def _dot(reading: Reading, point: Point, factor: float, signal: bool) -> Dot:
    """One month, with the usual figures of the time between two events that it lies in; no figure of one not over yet."""
    is_over = is_whole(point.period, Grain.MONTH)
    value = factor * point.value if point.value is not None and is_over else None
    why = "" if value is not None else IN_WORDS.get(Status(point.status), NOT_OVER)
    begun = [each for each in reading.processes if each.since is None or each.since.day <= point.period.end]
    process = begun[-1] if begun else None  # a month before the first event may have no figure of its own time
    if process is None or process.limits is None:
        return Dot(point.period.start, value, why, signal=signal)
    month, usual = point.period.start.month, process.limits
    low, mean, high = (
        factor * process.pattern.with_season(each, month) for each in (usual.lower, usual.mean, usual.upper)
    )
    return Dot(point.period.start, value, why, max(low, 0.0), mean, min(high, 100.0) if factor == 100 else high, signal)


def _table(part: Part, months: int) -> TableBlock:
    measure = part.released.measure
    told = list(zip(part.released.rows, part.certificates, strict=True))[-months:]
    rows = tuple(
        (
            f"{row.period_start:%B %Y}" if row.period_start and is_whole_month(row) else days_of(row, measure),
            value_of(row, measure),
            interval_of(row, measure) or NO_INTERVAL,
            certificate,
        )
        for row, certificate in told
    )
    columns = ("month", "figure", "95 per cent interval", "certificate")
    return TableBlock(f"{measure.name} ({measure.id}) by month", columns, rows, (1, 2))
