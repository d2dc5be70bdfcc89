"""The monthly pack: this month in three sentences, run charts of declared measures, and the waiting list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from earlyhelp.measures import Grain, Question
from earlyhelp.measures.waiting import GROUPINGS
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.reports.answers.prepared import Reply, Wanted
from earlyhelp.reports.blocks import Block, Bullets, Figure, Heading, Note, TableBlock, Text
from earlyhelp.reports.charts import Interval, Step, bar_plot, cumulative_incidence
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.documents.measured import charted
from earlyhelp.reports.wording import IN_WORDS, in_words

WATCHED = ("A1", "A4", "B1", "B2", "C1", "B9", "F1", "G1")
"""The measures whose run charts leaders see every month, in the order of the pathway."""
_ENDINGS = {"allocated": "allocated to a worker", "escalated": "stepped up while waiting", "left": "left the list"}


def blocks(material: Material) -> list[Block]:
    """Three sentences, the charts, the waiting list, and what stands behind each figure."""
    found: list[Block] = [Heading(1, "This month in three sentences")]
    if material.this_month is not None:
        found += [Text(each, strong=True) for each in material.this_month.answer]
        found += [Note(each) for each in material.this_month.caveats]
    found += [Heading(1, "Run charts")]
    found += [Note(
        "Each chart shows up to 36 months. Dashed lines: what usual variation would give. Diamonds: beyond what is usual. "
        "Grey crosses: months with no figure, which are not zero."
    )]  # fmt: skip
    for part in material.by(Grain.MONTH):
        found += charted(part, material.events)
    return [*found, *_waiting(material.waiting), *_every_measure(material.this_month)]


def _every_measure(reply: Reply | None) -> list[Block]:
    """The latest figure of every measure from which the sentences are chosen, with what stands behind it."""
    if reply is None or not reply.table:
        return []
    rows = tuple(
        (str(row["name"]), in_words(row["period_end"]) or "all days", str(row["in_words"]), str(row["certificate"]))
        for row in reply.table
    )
    columns = ("measure", "to", "figure", "certificate")
    caption = "The latest figure of every measure that the three sentences are chosen from"
    return [Heading(1, "Every measure watched", new_page=True), TableBlock(caption, columns, rows, (2,))]


def _waiting(listed: ReleasedWaiting | None) -> list[Block]:
    if listed is None:
        return []
    found: list[Block] = [Heading(1, "The waiting list", new_page=True)]
    if listed.waiting_now is not None:
        found.append(Text(f"{listed.waiting_now:,.0f} families wait for a worker.", strong=True))
    found.append(Bullets(listed.answer))
    if listed.endings:
        found.append(_how_waits_end(listed.endings))
    found += list(_longest(listed.groups))
    if listed.ahead:
        found.append(_ahead(listed.ahead))
    return [*found, Heading(2, "What must be said beside it"), Bullets(listed.caveats)]


def _how_waits_end(rows: Iterable[Mapping[str, Any]]) -> Figure:
    rows = list(rows)
    steps = [Step(_ENDINGS.get(row["ending"], row["ending"]), row["day"], row["share"], _why(row)) for row in rows]
    table = TableBlock(
        "How waits end",
        ("how it ends", "by day", "share of families accepted", "95 per cent interval"),
        tuple(_ending(row) for row in rows),
        (1, 2, 3),
    )
    told = [step for step in steps if step.share is not None]
    said = "; ".join(f"{each.curve} {each.share:.1%} by day {each.day:g}" for each in told)
    alt = f"Stepped lines of how waits end: {said}." if said else "How waits end: no share can be told."
    return Figure("How waits end, as shares of families accepted", cumulative_incidence(steps, "share"), alt, table)


def _ending(row: Mapping[str, Any]) -> tuple[str, ...]:
    name = _ENDINGS.get(row["ending"], row["ending"])
    if row["share"] is None:
        return name, f"{row['day']:g}", _why(row), "none"
    return name, f"{row['day']:g}", f"{row['share']:.1%}", f"{row['lower']:.1%} to {row['upper']:.1%}"


def _why(row: Mapping[str, Any]) -> str:
    return next((words for status, words in IN_WORDS.items() if status == row["status"]), "no figure")


def _longest(rows: Iterable[Mapping[str, Any]]) -> Iterable[Figure]:
    """How long families wait, a chart a grouping; groups in the order released."""
    by: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by.setdefault(row["by"], []).append(row)
    for name, groups in by.items():
        yield _waits(GROUPINGS[name].words, groups)


def _waits(words: str, groups: list[Mapping[str, Any]]) -> Figure:
    rows = [
        Interval(str(row["group_label"]), row["mean_days"], row["lower"], row["upper"], why="too few to say")
        for row in groups
    ]
    within = groups[0]["within_days"]
    table = TableBlock(
        f"Days waited by {words}",
        (words, "waits", f"days of the first {within}", "95 per cent interval"),
        tuple(_wait(row) for row in groups),
        (1, 2, 3),
    )
    known = [each for each in rows if each.estimate is not None]
    said = "; ".join(f"{each.label} {each.estimate:.0f} days" for each in known[:4])
    alt = f"Bars of days waited by {words}. {said}." if known else f"Days waited by {words}: no group can be told."
    return Figure(
        f"Days waited by {words}", bar_plot(rows, f"days waited of the first {within}"), alt, table, in_annex=True
    )


def _wait(row: Mapping[str, Any]) -> tuple[str, ...]:
    if row["mean_days"] is None:
        return row["group_label"], "too few to say", "too few to say", "none"
    days = f"{row['mean_days']:.0f}"
    return row["group_label"], f"{row['waits']:,.0f}", days, f"{row['lower']:.0f} to {row['upper']:.0f}"


def _ahead(rows: Iterable[Mapping[str, Any]]) -> TableBlock:
    return TableBlock(
        "The list played on",
        ("with so many more workers", "in words"),
        tuple((f"{row['extra']:g}" if row["extra"] else "as now", row["in_words"]) for row in rows),
    )


DOCUMENT = Document(
    name="monthly-pack",
    title="Early help: the month in figures",
    for_whom="the leadership team",
    holds="this month in three sentences, run charts, and the waiting list",
    blocks=blocks,
    wanted=tuple(Wanted(each, Question(grain=Grain.MONTH)) for each in WATCHED),
    of_this_month=True,
    of_the_list=True,
)
