"""Reading delimited text row by row, where it is not clean: rows that cannot be taken apart are kept as they stand.

A quotation mark that is never closed would swallow the rows behind it. A record over several lines is therefore believed
only when it is well formed, and has the right number of fields or hides no line that has; otherwise each of its lines is
a record of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from earlyhelp.ingest.grid import BROKEN_COLUMNS, BrokenRow, Grid
from earlyhelp.ingest.handover import numbered_cells, read_sql, write_rows, writer

LONGEST_FIELD = 16 * 1024 * 1024


@dataclass(frozen=True)
class Layout:
    """How the file is divided: the delimiter, the row of the headings, fields in a record, and how many have a heading."""

    delimiter: str
    headings_row: int
    width: int
    named: int

    def fits(self, row: list[str]) -> bool:
        """True for a row with a field under each heading and no more, save empty ones."""
        return self.named <= len(row) <= self.width


class Record(NamedTuple):
    """One record: its number, its fields, its text in the file, and whether a quotation mark in it is never closed."""

    number: int
    fields: list[str]
    text: str
    torn: bool = False


def read_by_row(con: duckdb.DuckDBPyConnection, grid: Grid, path: Path, layout: Layout, scratch: Path) -> Grid:
    """The grid with its rows in `relation`, and those that fit no heading in `broken`."""
    whole, broken = scratch / "whole.csv", scratch / "broken.csv"
    write_rows(whole, _sorted_out(records(path, layout), layout, broken))
    con.execute(f"CREATE TABLE {grid.relation} AS FROM {read_sql(whole, numbered_cells(layout.width))}")
    con.execute(f"CREATE TABLE broken_0 AS FROM {read_sql(broken, BROKEN_COLUMNS)}")
    return replace(grid, broken="broken_0")


def _sorted_out(records: Iterator[Record], layout: Layout, broken: Path) -> Iterator[list[object]]:
    """The records that fit, as numbered cells; the others go into `broken` on the way, and blank ones nowhere."""
    with broken.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        kept = writer(stream)
        for record in records:
            row = _without_empty_tail(record.fields, layout.width)
            if not any(cell.strip() for cell in row):
                continue
            if not record.torn and (record.number <= layout.headings_row or layout.fits(row)):
                yield [record.number, *row[: layout.width], *[""] * (layout.width - len(row))]
            else:
                kept.writerow(_broken(record, layout))


def records(path: Path, layout: Layout) -> Iterator[Record]:
    """Every record of the file, in order and numbered from 1; blank ones count and are given too."""
    csv.field_size_limit(LONGEST_FIELD)
    number = 0
    with path.open(encoding="utf-8", newline="") as stream:
        for fields, text in _divided(stream, layout):
            number += 1
            yield Record(number, fields, text, torn=_is_open(text, layout.delimiter))


def _divided(stream: Iterator[str], layout: Layout) -> Iterator[tuple[list[str], str]]:
    lines = _Lines(stream)
    while True:
        try:
            fields = next(csv.reader(lines, delimiter=layout.delimiter), None)
        except csv.Error:  # a field beyond all measure: a quotation mark that is never closed
            fields = []
        taken = lines.take()
        if fields is None and not taken:
            return
        if len(taken) < 2 or _is_one_record(fields or [], taken, layout):
            yield fields or [], "".join(taken)
        else:
            yield from ((_fields(line, layout.delimiter), line) for line in taken)


@dataclass
class _Lines:
    """The lines of a file, remembering which the parser took for the record it is at."""

    stream: Iterator[str]
    taken: list[str] = field(default_factory=list)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.taken.append(next(self.stream))
        return self.taken[-1]

    def take(self) -> list[str]:
        taken, self.taken = self.taken, []
        return taken


def _fields(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _is_one_record(fields: list[str], lines: list[str], layout: Layout) -> bool:
    if not _is_well_formed(lines, layout.delimiter):
        return False
    return layout.fits(fields) or not any(_is_a_row(line, layout) for line in lines)


def _is_a_row(line: str, layout: Layout) -> bool:
    """True for a line that is a row by itself: its quotation marks come in pairs and its fields fit."""
    fields = _fields(line, layout.delimiter)
    return line.count('"') % 2 == 0 and any(fields) and layout.fits(fields)


def _is_well_formed(lines: list[str], delimiter: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _is_open(text: str, delimiter: str) -> bool:
    """True when a quotation mark in the text is never closed: a line put behind it would belong to the same record."""
    if '"' not in text:
        return False
    lines = [f"{line}\n" for line in text.rstrip("\n").split("\n")]
    behind = csv.reader([*lines, "end"], delimiter=delimiter)
    return [row for row in behind if row][-1] != ["end"]


def _without_empty_tail(row: list[str], width: int) -> list[str]:
    """The row without empty fields beyond the headings: spreadsheets add them, and they hold nothing."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row


def _broken(record: Record, layout: Layout) -> BrokenRow:
    rule = "unclosed_quote" if record.torn else "ragged_row"
    found = "a quotation mark that is never closed" if record.torn else f"{len(record.fields)} fields"
    return BrokenRow(record.number, rule, found, f"{layout.named} fields", record.text.rstrip("\r\n"))
