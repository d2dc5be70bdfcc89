"""What a source needs in order to be written: its style, which rows its parts show on a day, and the kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources.layout import Part, Source
from earlyhelp.sources.writing.cells import ISO_STYLE, Rows, Style, lay_out
from earlyhelp.sources.writing.known import tables_there

Cells = Mapping[str, pa.Table]
"""The cells of a source's parts, by the part's title."""


@dataclass(frozen=True)
class Writer:
    """How a source is written. `write` puts cells into a folder as at a day and gives the files it made, in order.

    `rows`: by the part's title, which rows are shown and what is worked out; parts without an entry show all.
    `only`: after all parts are laid out, what is kept of them (the children who have an episode). `first_row`: the
    number, from 1, of the first row of data in its file, sheet or element.
    """

    source: Source
    write: Callable[[Cells, Path, date], list[Path]]
    style: Style = ISO_STYLE
    rows: Mapping[str, Rows] = field(default_factory=dict)
    only: Callable[[dict[str, pa.Table]], dict[str, pa.Table]] = lambda cells: cells
    first_row: int = 2

    def __post_init__(self) -> None:
        for title, rows in self.rows.items():
            part = next((each for each in self.source.parts if each.title == title), None)
            said = {*rows.worked_out, *rows.repeated, *rows.repeated.values()}
            unknown = said - {heading.name for heading in part.headings} if part else {title}
            if unknown:
                raise TypeError(f"{self.source.name}: {', '.join(sorted(unknown))} is no part or heading of {title}")

    def lay_out(self, con: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, pa.Table]:
        """The cells of every part whose own table `con` holds, as known on a day: see `lay_out`."""
        there = tables_there(con)
        return self.only({part.title: self._cells(con, part, as_at) for part in self._parts(there)})

    def _parts(self, there: frozenset[str]) -> list[Part]:
        return [part for part in self.source.parts if part.table.table_name in there]

    def _cells(self, con: duckdb.DuckDBPyConnection, part: Part, as_at: date) -> pa.Table:
        return lay_out(con, part, rows=self.rows.get(part.title), style=self.style, as_at=as_at)


def those_in(cells: pa.Table, column: str, other: pa.Table, its: str) -> pa.Table:
    """The rows whose value in a column stands in a column of another part."""
    return cells.filter(pc.is_in(cells[column], value_set=other[its].combine_chunks()))


def financial_year(as_at: date) -> str:
    """The reporting year that a day lies in, as 2023-24."""
    first = as_at.year if as_at.month > 3 else as_at.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
