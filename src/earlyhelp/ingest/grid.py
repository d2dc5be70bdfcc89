"""What a reader hands over: one grid of text for each sheet, file or repeating element, with the rows as the source numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

SPREADSHEET_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#FORMULA")
"""What Excel shows where a formula failed; #FORMULA is our mark for one that was saved without ever being calculated."""


@dataclass(frozen=True)
class BrokenRow:
    """A row whose cells cannot be told apart, kept as text for quarantine."""

    row: int
    rule: str
    found: str
    expected: str
    text: str


@dataclass
class Grid:
    """One sheet, file or repeating element.

    `relation`: name of the DuckDB table with columns `row_no` and `c0`, `c1` ... (text, empty cells NULL).
    `top`: the first rows, as (row number, cells), among which the headings are looked for; a reader that knows the
    headings gives them in `headings`. `counted`: rows counted without the reader's help, where that was possible.
    """

    name: str
    relation: str
    width: int
    top: list[tuple[int, list[str]]]
    headings: list[str] | None = None
    broken: list[BrokenRow] = field(default_factory=list)
    counted: int | None = None


@dataclass
class Opened:
    """A file as read: its grids, what was noticed on the way, and the date the file itself says it was made for."""

    grids: list[Grid]
    notes: list[str] = field(default_factory=list)
    extract_date: str | None = None


def as_arrow(numbers: Sequence[int], rows: Sequence[Sequence[str | None]], width: int) -> pa.Table:
    """Rows of text as an Arrow table (`row_no`, `c0` ...), short rows filled with NULL, empty text turned into NULL."""
    columns: dict[str, pa.Array] = {"row_no": pa.array(numbers, pa.int64())}
    for index in range(width):
        cells = [(row[index] or None) if index < len(row) else None for row in rows]
        columns[f"c{index}"] = pa.array(cells, pa.string())
    return pa.table(columns)


def write_arrow(table: pa.Table, path: Path) -> None:
    """Write an Arrow table where the parent process will pick it up."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pa.Table:
    """The table that `write_arrow` wrote."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()
