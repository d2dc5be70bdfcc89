"""Taking rows out of a received file of delimited text, so that every other row reads as before.

A row that is taken out leaves an empty line, so that each other row keeps its number. The new file is believed only when
it is read again and gives, cell for cell, the old rows without those taken out; where it does not, and in workbooks, XML
and JSON, rows cannot be taken out, and the caller deletes the file.
"""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Iterator, Set
from io import BytesIO
from pathlib import Path

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.open_file import kind_of, open_file
from earlyhelp.standard import sql
from earlyhelp.store.files import private_folder
from earlyhelp.store.workspace import connect

_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""Encodings of two bytes a sign, in which a line does not end with one byte, by the mark they begin with."""


def cut_rows(path: Path, name: str, rows: Set[int], target: Path, scratch: Path) -> bool:
    """Write the file without these rows (their numbers as intake counts them) to `target`; False where that is not safe.

    Then nothing is left at `target`. `name`: what the file is called, whatever `path` is.
    """
    try:
        if kind_of(path, name) != "text":
            return False
        _write(path, rows, target)
        if _same_but(path, target, name, rows, scratch):
            return True
    except InputRefused:  # what remains is no file that can be read: no row, or no heading
        pass
    target.unlink(missing_ok=True)
    return False


def _write(path: Path, rows: Set[int], target: Path) -> None:
    """The file without the rows, in its own encoding."""
    with path.open("rb") as stream, target.open("wb") as kept:
        encoding = _WIDE.get(stream.read(2))
        stream.seek(0)
        if not encoding:
            kept.writelines(_emptied(stream, rows))
            return
        text = BytesIO(stream.read().decode(encoding).encode())
        kept.writelines(line.decode().encode(encoding) for line in _emptied(text, rows))


def _emptied(lines: Iterator[bytes], rows: Set[int]) -> Iterator[bytes]:
    """The lines of a file; for the lines of a record that goes, one empty line."""
    number, open_quotes = 1, False
    for line in lines:
        if number not in rows:
            yield line
        open_quotes ^= line.count(b'"') % 2 == 1
        if not open_quotes:
            if number in rows:
                yield b"\r\n" if line.endswith(b"\r\n") else b"\n"
            number += 1


def _same_but(old: Path, new: Path, name: str, rows: Set[int], scratch: Path) -> bool:
    """True when the new file reads like the old one without the rows."""
    places = [_as_read(path, name, private_folder(scratch / part)) for part, path in (("was", old), ("is", new))]
    with connect(scratch) as con:
        con.execute("CREATE TABLE gone (row_no BIGINT)")
        con.executemany("INSERT INTO gone VALUES (?)", [[each] for each in sorted(rows)])
        same = all(_alike(con, was, became) for was, became in zip(*places, strict=True))
    for part in ("was", "is"):
        shutil.rmtree(scratch / part, ignore_errors=True)
    return same


def _as_read(path: Path, name: str, folder: Path) -> list[Path]:
    """The cells of the file, and its rows that could not be taken apart, as intake reads them: two Parquet files."""
    with connect(folder) as con:
        (grid,) = open_file(path, name, con, folder).grids
        broken = grid.broken or "(SELECT CAST(NULL AS BIGINT) AS row_no, CAST(NULL AS VARCHAR) AS content WHERE FALSE)"
        told = {"cells": f"FROM {grid.relation}", "broken": f"SELECT row_no, content FROM {broken}"}
        for part, query in told.items():
            con.execute(f"COPY ({query}) TO {sql.literal(folder / f'{part}.parquet')} (FORMAT parquet)")
    return [folder / f"{part}.parquet" for part in told]


def _alike(con: duckdb.DuckDBPyConnection, was: Path, became: Path) -> bool:
    left = f"(SELECT * FROM read_parquet({sql.literal(was)}) ANTI JOIN gone USING (row_no))"
    right = f"(FROM read_parquet({sql.literal(became)}))"
    try:
        differ = f"SELECT 1 FROM (({left} EXCEPT ALL {right}) UNION ALL ({right} EXCEPT ALL {left})) LIMIT 1"
        return not con.execute(differ).fetchall()
    except duckdb.BinderException:  # another number of columns
        return False
