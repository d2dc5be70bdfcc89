"""The figures of one partner or ward beside the council's whole, as blocks: a table, months, and what stands behind each."""

from __future__ import annotations

from collections.abc import Sequence

from earlyhelp.measures import Statistic
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.release.partners import may_stand_beside
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import Block, Figure, TableBlock, Text
from earlyhelp.reports.charts import Dot, run_chart
from earlyhelp.reports.wording import IN_WORDS, interval_of, value_of

Asked = Sequence[tuple[Wanted, Part]]
HEIGHT = 56
"""Of the chart, so that a page is one page."""
NOT_APART = "not told apart"
NO_GROUP = "none"
"""What stands for a group that the partner or ward has nobody in: there is no row of it."""


def rows_of(asked: Asked, measure: str, definition: str = "default", *, monthly: bool = False) -> list[ReleasedRow]:
    """The released rows of one measure among those asked for; of its months, or of the whole time."""
    part = _part(asked, measure, definition, monthly=monthly)
    return list(part.released.rows) if part else []


def _part(asked: Asked, measure: str, definition: str, *, monthly: bool) -> Part | None:
    for wanted, part in asked:
        if (wanted.measure, wanted.definition, bool(wanted.asked.grain)) == (measure, definition, monthly):
            return part
    return None


def one(asked: Asked, measure: str, definition: str = "default") -> ReleasedRow | None:
    """The one figure of a measure over the whole time; None where it has none, or one for each of several groups."""
    rows = rows_of(asked, measure, definition)
    return rows[0] if len(rows) == 1 else None


def told(part: Part | None, row: ReleasedRow | None) -> str:
    """A figure with its interval, a plain count without; or in words why there is none."""
    if part is None:
        return NOT_APART
    if row is None:
        return NO_GROUP
    measure = part.released.measure
    if row.status is Status.NO_DATA and part.released.closed:
        return "recorded too seldom"
    value, interval = value_of(row, measure), interval_of(row, measure)
    return f"{value} ({interval})" if interval and measure.statistic is not Statistic.COUNT else value


def beside(
    own: Asked, whole: Asked, measures: Sequence[tuple[str, str]], caption: str, whose: str
) -> TableBlock | None:
    """A row a measure, or a row a group of one: what is asked, own figure, council's. None where nothing was asked.

    measures: each by id and definition, in the order told. whose: the heading of the column of own figures.
    """
    rows = [row for each in measures for row in _rows(own, whole, *each)]
    return TableBlock(caption, ("what", whose, "all the council"), tuple(rows), (1, 2)) if rows else None


def _rows(own: Asked, whole: Asked, measure: str, definition: str) -> list[tuple[str, ...]]:
    mine, all_of_it = (_part(each, measure, definition, monthly=False) for each in (own, whole))
    if all_of_it is None:
        return []
    name = _name(all_of_it)
    groups = dict.fromkeys(
        group_of(part, row) for part in (all_of_it, mine) if part is not None for row in part.released.rows
    )
    cells = ((label, *(told(part, _of_group(part, label)) for part in (mine, all_of_it))) for label in groups)
    return [(f"{name}: {label}" if label else name, *figures) for label, *figures in cells]


def _name(part: Part) -> str:
    """The measure by its name; what it counts where that is not plain from its figure."""
    measure = part.released.measure
    plain = measure.statistic in (Statistic.COUNT, Statistic.RATE)
    per = f" for each {measure.per:,.0f}" if measure.statistic is Statistic.RATE else ""
    return f"{measure.name} ({measure.unit}{per})" if plain else measure.name


def group_of(part: Part, row: ReleasedRow) -> str:
    """What names the group of a row among those that the measure always tells apart; "" where it tells none apart."""
    return ", ".join(
        row.labels.get(f"{each}_label", row.dims.get(each, "")) for each in part.released.measure.always_by
    )


def _of_group(part: Part | None, label: str) -> ReleasedRow | None:
    if part is None:
        return None
    return next((row for row in part.released.rows if group_of(part, row) == label), None)


def by_month(own: Asked, measure: str, whose: str) -> list[Block]:
    """The months of one measure as a chart with its table; a sentence where they cannot be shown, or none can be told."""
    part = _part(own, measure, "default", monthly=True)
    known = [row for row in part.released.rows if row.status is Status.OK] if part else []
    if part is None or 2 * len(known) < len(part.released.rows) or not any(row.value for row in known):
        return [Text("By month there are too few to say.")]
    rows, counted, total = part.released.rows, part.released.measure, one(own, measure)
    if total is not None and not may_stand_beside(total.numerator, rows, part.released.policy):
        return [Text("By month nothing is shown: beside the whole year it would tell of months with too few to say.")]
    dots = [Dot(row.period_start, row.value, IN_WORDS.get(row.status, "")) for row in rows if row.period_start]
    table = TableBlock(
        f"{counted.name} by month: {whose}",
        ("month", counted.unit, "certificate"),
        tuple(
            (f"{row.period_start:%B %Y}", value_of(row, counted), each)
            for row, each in zip(rows, part.certificates, strict=True)
            if row.period_start
        ),
        (1,),
    )
    most = max(known, key=lambda row: row.value or 0)
    few = sum(row.status is Status.SUPPRESSED for row in rows)
    alt = (
        f"Run chart of {counted.unit} by month, {len(known)} of {len(rows)} months shown. The most was "
        f"{value_of(most, counted)} in {most.period_start:%B %Y}. In {few} months there were too few to say."
    )
    title = f"{counted.name} by month{'. Grey crosses: too few to say, which is not zero' if few else ''}"
    return [Figure(title, run_chart(dots, counted.unit, height=HEIGHT), alt, table, in_annex=True)]


def behind(own: Asked, whole: Asked, whose: str) -> TableBlock | None:
    """The certificate of each figure of the whole time that stands in the page's tables; None where there is none."""
    told_apart = [wanted for wanted, _ in own]
    rows = [
        (label, whom, told(part, row), certificate)
        for whom, asked in ((whose, own), ("all the council", whole))
        for wanted, part in asked
        if not wanted.asked.grain and wanted in told_apart
        for row, certificate in zip(part.released.rows, part.certificates, strict=True)
        for label in [_labelled(part, row)]
    ]
    columns = ("measure", "of whom", "figure", "certificate")
    return TableBlock("What stands behind each figure", columns, tuple(rows), (2,)) if rows else None


def _labelled(part: Part, row: ReleasedRow) -> str:
    group = group_of(part, row)
    return f"{_name(part)} ({row.measure}){f': {group}' if group else ''}"
