"""Printing for people: tables that fit a terminal, numbers as a report would write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.table import Table

from earlyhelp.measures import Disclosure, Measure, Statistic
from earlyhelp.release import ReleasedRow, Status

IN_WORDS = {
    Status.SUPPRESSED: "too few to say",
    Status.NOT_MATURE: "not mature yet",
    Status.NO_DATA: "no data",
}


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table on standard output; columns numbered in `right` are set to the right."""
    table = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def console() -> Console:
    """Standard output: as wide as the terminal, and wide enough for a table when it is a file or a pipe."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=140)


def in_words(day: date | None) -> str:
    """A day as people write it: 31 March 2026."""
    return f"{day.day} {day:%B %Y}" if day else ""


def number(value: float | None) -> str:
    """A count with thousands separated; a dash for what is not shown."""
    return "-" if value is None else f"{value:,.0f}"


def value_of(row: ReleasedRow, measure: Measure) -> str:
    """The value as it is read: a share in per cent, a median in days, or in words why there is none."""
    if row.value is None:
        return IN_WORDS.get(row.status, "-")
    return _written(row.value, measure)


def interval_of(row: ReleasedRow, measure: Measure) -> str:
    """The 95 per cent interval as it is read; an open end stays open."""
    if row.lower is None:
        return ""
    upper = "or more" if row.upper is None else f"to {_written(row.upper, measure)}"
    return f"{_written(row.lower, measure)} {upper}"


def _written(value: float, measure: Measure) -> str:
    if measure.statistic is Statistic.GAP:
        return f"{value * 100:+.1f} points"
    if measure.statistic is Statistic.DISPARITY:
        return f"{value:.2f} times"
    if measure.statistic in (Statistic.SHARE, Statistic.MIX):
        return f"{value * 100:.1f}%"
    if measure.statistic is Statistic.MEDIAN:
        return f"{value:,.0f} days"
    if measure.above is Disclosure.MONEY and measure.statistic in (Statistic.RATIO, Statistic.COUNT):
        return f"£{value:,.0f}"
    with_a_part = measure.statistic in (Statistic.RATE, Statistic.RATIO, Statistic.MEAN, Statistic.SLOPE)
    return f"{value:,.1f}" if with_a_part else f"{value:,.0f}"
