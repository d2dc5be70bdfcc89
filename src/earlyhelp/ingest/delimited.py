"""Reading delimited text without losing a row.

The rows are counted without the parser's help; DuckDB's fast parser is used only where the file is clean (regular
quoting, no blank or ragged rows) and gives that very count. Everything else is read row by row, and rows that do not
have the header's number of fields are kept as broken rows.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.grid import BrokenRow, Grid, Opened, as_arrow

DELIMITERS = ",;\t|"
LONGEST_FIELD = 16 * 1024 * 1024
TOP_ROWS = 30
BATCH = 50_000
_CHUNK = 64 * 1024 * 1024
_Bytes = np.ndarray
_Places = np.ndarray
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Text:
    """A file of text in UTF-8 with Unix line ends: where it lies, and what had to be done to make it so."""

    path: Path
    notes: tuple[str, ...]


def read_delimited(path: Path, name: str, con: duckdb.DuckDBPyConnection, work: Path) -> Opened:
    """One grid for the file, in DuckDB; the notes say which encoding and delimiter were found and what was repaired."""
    text = as_utf8(path, work)
    delimiter = find_delimiter(text.path)
    top = list(_top(text.path, delimiter))
    if not top:
        raise InputRefused("The file holds no rows.", where=path.name, fix="Export it again; an empty list still has headings.")
    width = _usual_width(top)
    scan = scan_rows(text.path, delimiter)
    grid = Grid(name, f"raw_{abs(hash(name)) % 10**8}", width, top, counted=scan.rows)
    if not (scan.clean and _read_fast(con, grid, text.path, delimiter, scan.rows)):
        _read_by_row(con, grid, text.path, delimiter, balanced=scan.balanced)
    notes = [*text.notes, *([] if delimiter == "," else [f"the fields are separated by {delimiter!r}"])]
    return Opened([grid], notes)


def as_utf8(path: Path, work: Path) -> Text:
    """The file in UTF-8: as it is, or a copy in `work`. Windows-1252 is taken where UTF-8 is impossible; NULs are dropped."""
    encoding = find_encoding(path)
    with path.open("rb") as stream:
        nul = encoding != "utf-16" and any(b"\0" in piece for piece in iter(lambda: stream.read(_CHUNK), b""))
    notes = []
    if encoding == "utf-8" and not nul and not _has_lone_carriage_returns(path):
        return Text(path, ())
    if encoding != "utf-8":
        notes.append(f"read as {encoding}")
    if nul:
        notes.append("NUL characters were dropped")
    target = work / f"{path.stem}.utf8.csv"
    with path.open("r", encoding=encoding, errors="strict", newline=None) as source, target.open("w", encoding="utf-8", newline="\n") as copy:
        while piece := source.read(1 << 22):
            copy.write(piece.replace("\0", ""))
    return Text(target, tuple(notes))


def find_encoding(path: Path) -> str:
    """utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252; text with a tenth of NULs and no mark is UTF-16."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if start[1::2].count(0) > len(start) // 10 or start[::2].count(0) > len(start) // 10:
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    if _decodes(path, "utf-8"):
        return "utf-8"
    return "cp1252" if _decodes(path, "cp1252") else "latin-1"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_lone_carriage_returns(path: Path) -> bool:
    with path.open("rb") as stream:
        return any(b"\r" in piece.replace(b"\r\n", b"") for piece in iter(lambda: stream.read(_CHUNK), b""))


def find_delimiter(path: Path) -> str:
    """The delimiter that splits the first filled line into most fields; a comma when none does."""
    with path.open(encoding="utf-8") as stream:
        lines = [line for _, line in zip(range(TOP_ROWS), stream, strict=False) if line.strip()]
    counts = {mark: max((len(next(csv.reader([line], delimiter=mark))) for line in lines[:5]), default=0) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: counts[mark])


@dataclass(frozen=True)
class Scan:
    """What the bytes say: `rows` filled records, whether quoting is balanced, and whether the fast parser may be used."""

    rows: int
    balanced: bool
    clean: bool


def scan_rows(path: Path, delimiter: str) -> Scan:
    """Count records by the parity of quotes: a line end inside quotes ends no record. Blank records are not counted."""
    if path.stat().st_size == 0:
        return Scan(0, balanced=True, clean=True)
    data = np.memmap(path, dtype=np.uint8, mode="r")
    rows = blank = 0
    inside, regular, start = False, True, 0
    for offset in range(0, data.size, _CHUNK):
        piece = np.asarray(data[offset : offset + _CHUNK])
        quotes = piece == ord('"')
        within = np.bitwise_xor.accumulate(quotes) ^ inside if quotes.any() else np.full(piece.size, inside)
        ends = np.flatnonzero((piece == ord("\n")) & ~within) + offset
        regular = regular and _quotes_are_regular(data, np.flatnonzero(quotes) + offset, within[quotes], ord(delimiter))
        rows += ends.size
        blank += _blank_records(data, start, ends)
        start = int(ends[-1]) + 1 if ends.size else start
        inside = bool(within[-1])
    rows += int(start < data.size)
    return Scan(rows - blank, balanced=not inside, clean=regular and not inside and blank == 0)


def _blank_records(data: _Bytes, first: int, ends: _Places) -> int:
    """Records without a character, or with a carriage return alone."""
    if not ends.size:
        return 0
    starts = np.concatenate(([first], ends[:-1] + 1))
    lengths = ends - starts
    lone = (lengths == 1) & (data[starts] == ord("\r"))
    return int(((lengths == 0) | lone).sum())


def _quotes_are_regular(data: _Bytes, places: _Places, opening: np.ndarray, delimiter: int) -> bool:
    """True when each quote opens at the start of a field, closes at its end, or is doubled inside it."""
    if not places.size:
        return True
    before = np.where(places > 0, data[np.maximum(places - 1, 0)], ord("\n"))
    after = np.where(places < data.size - 1, data[np.minimum(places + 1, data.size - 1)], ord("\n"))
    opens = np.isin(before[opening], (delimiter, ord("\n"), ord('"')))
    closes = np.isin(after[~opening], (delimiter, ord("\n"), ord("\r"), ord('"')))
    return bool(opens.all() and closes.all())


def _read_fast(con: duckdb.DuckDBPyConnection, grid: Grid, path: Path, delimiter: str, expected: int) -> bool:
    """Read with DuckDB; False (and nothing kept) where it fails or does not give the rows that were counted."""
    names = [f"c{index}" for index in range(grid.width)]
    try:
        relation = con.read_csv(
            str(path),
            header=False,
            sep=delimiter,
            quotechar='"',
            escapechar='"',
            names=names,
            all_varchar=True,
            null_padding=False,
            max_line_size=LONGEST_FIELD,
        )
        relation.create_view("fast_read", replace=True)
        con.execute(f"CREATE TABLE {grid.relation} AS SELECT row_number() OVER () AS row_no, * FROM fast_read")
    except duckdb.Error:
        return False
    if con.table(grid.relation).count("*").fetchall()[0][0] == expected:
        return True
    con.execute(f"DROP TABLE {grid.relation}")
    return False


def _top(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter=delimiter), start=1):
            if any(cell.strip() for cell in row):
                yield number, row
            if number >= TOP_ROWS:
                return


def _read_by_row(con: duckdb.DuckDBPyConnection, grid: Grid, path: Path, delimiter: str, *, balanced: bool) -> None:
    csv.field_size_limit(LONGEST_FIELD)
    con.execute(f"DROP TABLE IF EXISTS {grid.relation}")
    counted = 0
    for index, batch in enumerate(_batches(_records(path, delimiter, balanced), grid)):
        counted += batch.num_rows
        con.register("batch", batch)
        verb = f"CREATE TABLE {grid.relation} AS" if index == 0 else f"INSERT INTO {grid.relation}"
        con.execute(f"{verb} SELECT * FROM batch")
        con.unregister("batch")
    grid.counted = counted + len(grid.broken)


def _records(path: Path, delimiter: str, balanced: bool) -> Iterator[tuple[int, list[str], str]]:
    """Each filled record as (number, cells, problem). Where a quote is never closed, every line is a record of its own."""
    with path.open(encoding="utf-8", newline="") as stream:
        if balanced:
            reader = csv.reader(stream, delimiter=delimiter)
            for number, row in enumerate(reader, start=1):
                yield number, row, ""
            return
        for number, line in enumerate(stream, start=1):
            bare = line.rstrip("\r\n")
            torn = "unclosed_quote" if bare.count('"') % 2 else ""
            yield number, bare.split(delimiter) if torn else next(csv.reader([bare], delimiter=delimiter), []), torn


def _batches(records: Iterator[tuple[int, list[str], str]], grid: Grid) -> Iterator[pa.Table]:
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number, row, problem in records:
        if not any(cell.strip() for cell in row):
            continue
        fields = _without_empty_tail(row, grid.width)
        if problem or (len(fields) != grid.width and not _above_data(number, grid)):
            grid.broken.append(_broken(number, row, grid.width, problem))
            continue
        numbers.append(number)
        rows.append(fields)
        if len(rows) >= BATCH:
            yield as_arrow(numbers, rows, grid.width)
            numbers, rows = [], []
    yield as_arrow(numbers, rows, grid.width)


def _usual_width(top: list[tuple[int, list[str]]]) -> int:
    """The number of fields most of the top rows have; the larger where two are as common."""
    widths = Counter(len(row) for _, row in top)
    return max(widths, key=lambda width: (widths[width], width))


def _above_data(number: int, grid: Grid) -> bool:
    """Titles and headings may have another width than the records: the rows down to the first of the usual width."""
    first = next((row for row, cells in grid.top if len(cells) == grid.width), grid.top[0][0])
    return number <= max(first, grid.top[0][0])


def _without_empty_tail(row: list[str], width: int) -> list[str]:
    """The row without empty fields beyond the header's width: spreadsheets add them, and they hold nothing."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row


def _broken(number: int, row: list[str], width: int, problem: str) -> BrokenRow:
    text = io.StringIO()
    csv.writer(text).writerow(row)
    found = "a quotation mark that is never closed" if problem else f"{len(row)} fields"
    return BrokenRow(number, problem or "ragged_row", found, f"{width} fields", text.getvalue().strip())
