"""Rows that say the sum of others: they would count all that stands above them once more.

People put a total under a list, and a subtotal below each group. A row is taken for one where a cell says nothing but
"Total" or a word like it, and it is certain: no cell names what the row is about, in a table that is summed, or its numbers
are the sums of those above. Where it is not certain the row stays, and is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import duckdb

from earlyhelp.ingest import issues, quarantine
from earlyhelp.ingest.cells import tidied, trimmed
from earlyhelp.ingest.convert import Filling
from earlyhelp.ingest.values import read_number, read_year
from earlyhelp.sources import heading_of
from earlyhelp.standard import Column, Key, Text, sql

SAYS_TOTAL = (
    r"((grand|sub|overall|net|gross)[ -]*)?(totals?|sum)( for)?( the)?( year| (20)?\d\d([-/](20)?\d\d)?)?[ :.=]*"
)
"""What a cell says, in small letters, that says nothing but that its row is a total."""
ROUNDING = 1.0
"""A total is nearer than this to the sum of what stands above it, where it was rounded to whole pounds."""
_LAST_ROWS = 5
"""Where nobody sums a table up, a total stands under its list, with a note or two below it."""
_NUMBER = "try_cast(regexp_replace({cell}, '[£,%\\s]', '', 'g') AS DOUBLE)"

Row = Mapping[str, str]


def set_aside(con: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """Set aside the rows of a part that are totals, and flag those that may be; in a list of totals alone each is a line."""
    found = _called_totals(con, filling)
    others = f"(FROM {filling.cells} WHERE row_no NOT IN ({sql.listed(found)}))" if found else ""
    if not found or not con.execute(f"SELECT 1 FROM {others} LIMIT 1").fetchall():
        return
    certain, before = [], 0
    for number, cells in found.items():
        if _names_nothing(filling, cells) or _sums_up(con, _numbers(filling, cells), others, number, before):
            certain.append(number)
        before = number
    told = {number: _heading(filling, found[number]) for number in found}
    quarantine.keep(con, filling, "total_row", {number: told[number] for number in certain})
    issues.note(con, filling, "may_be_total", {n: heading for n, heading in told.items() if n not in certain})


def _called_totals(con: duckdb.DuckDBPyConnection, filling: Filling) -> dict[int, Row]:
    """The filled cells, by raw column, of the rows in which a cell says that it is a total, by number and in their order."""
    raw = [f"c{index}" for index in range(filling.part.grid.width)]
    rows = con.execute(
        f"SELECT row_no, {', '.join(raw)} FROM {_looked_at(con, filling, raw)} ORDER BY row_no"
    ).fetchall()
    found = {
        number: {name: tidied(cell) for name, cell in zip(raw, cells, strict=True) if cell and tidied(cell)}
        for number, *cells in rows
    }
    called = {number: cells for number, cells in found.items() if any(map(_says_total, cells.values()))}
    return {number: cells for number, cells in called.items() if filling.table.summed or _says_no_more(filling, cells)}


def _looked_at(con: duckdb.DuckDBPyConnection, filling: Filling, raw: Sequence[str]) -> str:
    """SQL for the rows that may be totals: of a table that is summed all that say so, of another the last ones, however long."""
    if filling.table.summed:
        says = " OR ".join(f"regexp_full_match(lower({trimmed(cell)}), {sql.literal(SAYS_TOTAL)})" for cell in raw)
        return f"{filling.cells} WHERE {says}"
    last = con.execute(f"SELECT max(row_no) FROM {filling.cells}").fetchall()[0][0] or 0
    return f"{filling.cells} WHERE row_no > {last - _LAST_ROWS}"


def _says_no_more(filling: Filling, cells: Row) -> bool:
    """True where the word stands beside numbers and years alone, and beside no id: "Sum" is a surname, too."""
    keys = [column for column in filling.fill.cells if column.type is Key]
    return _are_totals(filling, keys, cells) and all(
        _says_total(text) or read_number(text)[0] is not None or read_year(text)[0] for text in cells.values()
    )


def _says_total(text: str) -> bool:
    return re.fullmatch(SAYS_TOTAL, text.lower()) is not None


def _names_nothing(filling: Filling, cells: Row) -> bool:
    """True for a row of a table that is summed, where no cell that should name what it is about holds a name."""
    naming = [column for column in filling.table.key if column.type in (Key, Text)]
    return filling.table.summed is not None and _are_totals(filling, naming, cells)


def _are_totals(filling: Filling, columns: Sequence[Column], cells: Row) -> bool:
    """True where each cell that fills one of these columns says that the row is a total, or nothing."""
    headings = [heading_of(filling.fill.cells.get(column)) for column in columns]
    texts = [cells.get(filling.part.columns.get(heading or "", "")) for heading in headings]
    return all(_says_total(text) for text in texts if text)


def _numbers(filling: Filling, cells: Row) -> dict[str, float]:
    """The numbers of a row that must be sums: in a table that is summed those that are read as the sum, else all there are."""
    read = {name: number for name, text in cells.items() if (number := read_number(text)[0]) is not None}
    if not (summed := filling.table.summed):
        return read
    headings = [heading_of(fill.cells.get(summed)) for fill in filling.part.part.fills]
    wanted = {filling.part.columns.get(heading or "") for heading in headings}
    return {name: number for name, number in read.items() if name in wanted}


def _sums_up(con: duckdb.DuckDBPyConnection, numbers: Mapping[str, float], others: str, row: int, before: int) -> bool:
    """True where each number is the sum of two or more above it: of all there are, or of those below the total `before`."""
    return bool(numbers) and any(_are_sums(con, numbers, others, row, first) for first in (0, before))


def _are_sums(con: duckdb.DuckDBPyConnection, numbers: Mapping[str, float], others: str, row: int, first: int) -> bool:
    sums = ", ".join(f"sum({_NUMBER.format(cell=name)})" for name in numbers)
    above = con.execute(f"SELECT count(*), {sums} FROM {others} WHERE row_no > {first} AND row_no < {row}").fetchall()
    rows, *found = above[0]
    return rows > 1 and all(
        each is not None and abs(each - number) < ROUNDING for each, number in zip(found, numbers.values(), strict=True)
    )


def _heading(filling: Filling, cells: Row) -> str:
    """The heading under which the word stands; nothing where its column has none."""
    said: Sequence[str] = [name for name, text in cells.items() if _says_total(text)]
    return next((heading for heading, raw in filling.part.columns.items() if raw in said), "")
