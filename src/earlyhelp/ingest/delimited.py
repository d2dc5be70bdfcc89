"""Reading delimited text without losing a row.

The records are counted without the parser's help; what DuckDB's fast parser read meanwhile is kept only where the file is
clean (regular quoting, no blank or ragged rows) and gave that very count. Everything else is read row by row (`ragged`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.cells import may_begin_with_space, trimmed
from earlyhelp.ingest.grid import MOST_COLUMNS, TOP_ROWS, Grid, Opened, too_wide
from earlyhelp.ingest.handover import USUAL_LINE, csv_sql
from earlyhelp.ingest.ragged import LONGEST_FIELD, Layout, read_by_row
from earlyhelp.ingest.text_file import as_utf8

if TYPE_CHECKING:
    from earlyhelp.ingest.record_count import Count

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_START = 4 * 1024 * 1024

TopRow = tuple[int, list[str]]


def read_delimited(path: Path, name: str, con: duckdb.DuckDBPyConnection, scratch: Path) -> Opened:
    """One grid for the file, in DuckDB; the notes say which encoding and delimiter were found and what was repaired."""
    text = as_utf8(path, name, scratch)
    start = _start_of(text.path)
    delimiter = find_delimiter(start)
    top = list(_filled_rows(start, delimiter))
    if not top:
        raise InputRefused(
            "The file holds no rows.", where=name, fix="Export it again; an empty list still has headings."
        )
    layout = _layout(top, delimiter)
    if layout.width > MOST_COLUMNS:
        raise too_wide(name, layout.width)
    count, is_read = _count_and_read(con, layout, text.path)
    _refuse_endless_lines(count, name)
    grid = Grid(Path(name).stem, "raw_0", layout.width, top, plain=count.plain)
    if is_read:
        _number_rows(con, grid)
    else:
        con.execute("DROP TABLE IF EXISTS fast_read")
        grid = read_by_row(con, grid, text.path, layout, scratch)
    separated = [f"the fields are separated by {DELIMITERS[delimiter]}"] if delimiter != "," else []
    return Opened([grid], [*text.notes, *separated])


def find_delimiter(start: str) -> str:
    """The mark that stands most often where rows of one same number of fields are split; the comma where none splits them."""

    def agreement(mark: str) -> tuple[int, int]:
        widths = Counter(len(row) for _, row in _filled_rows(start, mark) if len(row) > 1)
        return max(((rows * (width - 1), width) for width, rows in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=agreement)


def _start_of(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read(_START)


def _filled_rows(start: str, delimiter: str) -> Iterator[TopRow]:
    """The first rows that hold anything, with their numbers; the rest is not looked at."""
    csv.field_size_limit(LONGEST_FIELD)
    rows = enumerate(csv.reader(_lines(start), delimiter=delimiter), start=1)
    return islice(((number, row) for number, row in rows if any(cell.strip() for cell in row)), TOP_ROWS)


def _lines(start: str) -> Iterator[str]:
    """The lines with their ends, one after another, for few of them are looked at."""
    begin = 0
    while begin < len(start):
        end = start.find("\n", begin) + 1 or len(start)
        yield start[begin:end]
        begin = end


def _layout(top: list[TopRow], delimiter: str) -> Layout:
    """How many fields a record has: as many as the headings, which stand in the first row nearly as wide as most."""
    widths = Counter(len(row) for _, row in top)
    usual = max(widths, key=lambda width: (widths[width], width))
    enough = usual if usual < 3 else usual - max(1, usual // 4)
    number, headings = next(((n, row) for n, row in top if _named(row) >= enough), top[0])
    return Layout(delimiter, headings_row=number, width=len(headings), named=_named(headings))


def _named(row: list[str]) -> int:
    """The number of fields up to the last that holds anything."""
    return max((index for index, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _refuse_endless_lines(count: Count, name: str) -> None:
    if count.longest > LONGEST_FIELD:
        long, most = count.longest // 1024**2, LONGEST_FIELD // 1024**2
        raise InputRefused(
            f"One line of the file is {long:,} MB long, and {most} is the most.",
            where=name,
            fix="Check that the extract has one record in each line.",
        )


def _count_and_read(con: duckdb.DuckDBPyConnection, layout: Layout, path: Path) -> tuple[Count, bool]:
    """What the bytes say, and whether `fast_read` holds the very records that they tell of.

    Both are done at once, for counting takes one processor and reading not quite all others; what was read of a file that
    turns out not to be clean is not believed.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        counting = beside.submit(_count, path, layout.delimiter)
        is_read = _read_fast(con, layout, path, USUAL_LINE)
        count = counting.result()
    if not count.clean or count.longest > LONGEST_FIELD:
        return count, False
    if count.longest > USUAL_LINE:
        is_read = _read_fast(con, layout, path, count.longest)
    return count, is_read and con.execute("SELECT count(*) FROM fast_read").fetchall() == [(count.records,)]


def _count(path: Path, delimiter: str) -> Count:
    from earlyhelp.ingest.record_count import count_records  # loading numpy takes time: beside the reading

    return count_records(path, delimiter)


def _read_fast(con: duckdb.DuckDBPyConnection, layout: Layout, path: Path, longest: int) -> bool:
    """Make `fast_read` of the file with DuckDB; False where a row is out of line, or much longer than `longest` bytes.

    Rows come in the order of the file, so a row's place in the table is its number.
    """
    columns = {f"c{index}": "VARCHAR" for index in range(layout.width)}
    try:
        con.execute(f"CREATE OR REPLACE TABLE fast_read AS FROM {csv_sql(path, columns, layout.delimiter, longest)}")
    except duckdb.Error:
        return False
    return True


def _number_rows(con: duckdb.DuckDBPyConnection, grid: Grid) -> None:
    """The grid's relation over the rows as they were read; rows of delimiters alone hold nothing and are left out."""
    first = f"(c0 IS NULL OR {may_begin_with_space('c0')})"
    nothing = f"{first} AND coalesce({', '.join(trimmed(f'c{index}') for index in range(grid.width))}) IS NULL"
    numbered = "SELECT rowid + 1 AS row_no, * FROM fast_read"
    if con.execute(f"SELECT 1 FROM fast_read WHERE {nothing} LIMIT 1").fetchall():
        con.execute(f"CREATE TABLE {grid.relation} AS {numbered} WHERE NOT ({nothing})")
    else:
        con.execute(f"CREATE VIEW {grid.relation} AS {numbered}")
