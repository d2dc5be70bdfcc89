"""Tables of screens: a cell that has nothing to say says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from earlyhelp.reports.blocks import TableBlock


def table_of(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    figures: Sequence[int] = (),
    *,
    nothing: str = "not recorded",
) -> TableBlock:
    """A table of cells in words. `nothing`: what stands in a cell without a value."""
    told = tuple(tuple(nothing if cell is None or str(cell) == "" else str(cell) for cell in row) for row in rows)
    return TableBlock(caption, tuple(columns), told, tuple(figures))


def column_words(name: str) -> str:
    """A column of the standard as people read it: "contact.source_code" is source code of contact."""
    table, _, column = name.partition(".")
    return f"{column.replace('_', ' ')} of {table.replace('_', ' ')}"
