"""The released waiting list as blocks: how waits end, who waits longest, and the list played on."""

from __future__ import annotations

from collections.abc import Iterable

from earlyhelp.measures.waiting import GROUPINGS
from earlyhelp.release.waiting import Row
from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.reports.charts import Interval, Step, bar_plot, cumulative_incidence
from earlyhelp.reports.wording import IN_WORDS

_MORE = {"worker": "workers", "allocation": "allocations a week"}
_ENDINGS = {"allocated": "allocated to a worker", "escalated": "stepped up while waiting", "left": "left the list"}


def how_waits_end(rows: Iterable[Row]) -> Figure:
    """The shares of families allocated, stepped up and gone by each day told of, as stepped lines with their table."""
    rows = list(rows)
    steps = [Step(_named(row), row["day"], row["share"], _why(row)) for row in rows]
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


def _ending(row: Row) -> tuple[str, ...]:
    name = _named(row)
    if row["share"] is None:
        return name, f"{row['day']:g}", _why(row), "none"
    return name, f"{row['day']:g}", f"{row['share']:.1%}", _bounds(row)


def _bounds(row: Row) -> str:
    """The interval of a share as it is read: none where no wait, or every one, has ended that way by the day."""
    if row["lower"] is None or row["upper"] is None:
        return "none"
    return f"{row['lower']:.1%} to {row['upper']:.1%}"


def _named(row: Row) -> str:
    ending = str(row["ending"])
    return _ENDINGS.get(ending, ending)


def _why(row: Row) -> str:
    return next((words for status, words in IN_WORDS.items() if status == row["status"]), "no figure")


def longest(rows: Iterable[Row]) -> Iterable[Figure]:
    """How long families wait, a chart a grouping; groups in the order released."""
    by: dict[str, list[Row]] = {}
    for row in rows:
        by.setdefault(row["by"], []).append(row)
    for name, groups in by.items():
        yield _waits(GROUPINGS[name].words, groups)


def _waits(words: str, groups: list[Row]) -> Figure:
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


def _wait(row: Row) -> tuple[str, ...]:
    if row["mean_days"] is None:
        return row["group_label"], "too few to say", "too few to say", "none"
    days = f"{row['mean_days']:.0f}"
    return row["group_label"], f"{row['waits']:,.0f}", days, f"{row['lower']:.0f} to {row['upper']:.0f}"


def played_on(rows: Iterable[Row]) -> TableBlock:
    """The list played on: a row a number of further workers, or of allocations where nobody knows the workers, in words."""
    rows = list(rows)
    more = _MORE.get(str(rows[0]["unit"]), "workers") if rows else "workers"
    told = tuple((f"{row['extra']:g}" if row["extra"] else "as now", row["in_words"]) for row in rows)
    return TableBlock("The list played on", (f"with so many more {more}", "in words"), told)
