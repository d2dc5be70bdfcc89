"""A released table as a document, for a page that anybody can read: the mark first, then the figures in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from earlyhelp.release import POLICIES, Status
from earlyhelp.release.register_files import mark
from earlyhelp.release.register_table import ReleasedTable, TableRow
from earlyhelp.reports.blocks import Block, Content, Heading, Note, TableBlock, Text
from earlyhelp.reports.wording import IN_WORDS, in_words, split_words

_HEADINGS = {
    "numerator": "Counted",
    "denominator": "Of all",
    "value": "Value",
    "lower": "95% interval from",
    "upper": "to",
}


def said_of(table: ReleasedTable) -> Iterator[str]:
    """What a table is and by which rule small counts are hidden, in sentences."""
    yield f"{table.about.council}, as at {table.about.as_at}, snapshot {table.about.snapshot}."
    yield f"Counted: {table.numerator}."
    if table.denominator:
        yield f"Of all: {table.denominator}."
    yield f"Policy: {POLICIES[table.policy].source}"


def table_content(table: ReleasedTable, release: str, about: Sequence[str]) -> Content:
    """The table as a document. `about`: the title first, then what is said beneath the table."""
    numbers = [name for name in _HEADINGS if any(getattr(row, name) is not None for row in table.rows)] or ["value"]
    periods = ["Period"] if any(row.start for row in table.rows) else []
    splits = [split_words(name) for name in table.by]
    columns = (*periods, *splits, *(_HEADINGS[name] for name in numbers))
    rows = tuple(_cells(table, row, numbers) for row in table.rows)
    figures = tuple(range(len(columns) - len(numbers), len(columns)))
    told = TableBlock(f"{table.name}: {table.unit}", columns, rows, figures)
    blocks: tuple[Block, ...] = (
        Heading(1, table.name),
        Text(mark(table, release), strong=True),
        told,
        *(Note(each) for each in about[1:]),
    )
    subtitle = f"{table.about.council}. As at {in_words(date.fromisoformat(table.about.as_at))}. Release {release}."
    return Content(about[0], subtitle, table.about.council, blocks)


def _cells(table: ReleasedTable, row: TableRow, numbers: Sequence[str]) -> tuple[str, ...]:
    period = [_period(row)] if row.start else []
    splits = [row.labels.get(f"{name}_label") or row.dims.get(name) or "all" for name in table.by]
    return (*period, *splits, *(_number(table, row, name) for name in numbers))


def _period(row: TableRow) -> str:
    first, last = (in_words(date.fromisoformat(day)) for day in (row.start, row.end))
    return f"{first} to {last}"


def _number(table: ReleasedTable, row: TableRow, name: str) -> str:
    value: float | None = getattr(row, name)
    if value is not None:
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    if row.is_hidden:
        return table.symbol
    return "not told" if row.status == Status.OK else IN_WORDS[Status(row.status)]
