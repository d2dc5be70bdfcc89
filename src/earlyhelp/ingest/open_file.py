"""Opening a file: what kind it is by its first bytes, and its grids of text in DuckDB."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.confined import SECONDS_LIMIT
from earlyhelp.ingest.delimited import read_delimited
from earlyhelp.ingest.grid import BROKEN_COLUMNS, Grid, Opened
from earlyhelp.ingest.handover import numbered_cells, read_sql

_KINDS = (
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"PAR1", "parquet"),
    (b"PK\x05\x06", "workbook"),
)
BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc",
    b"SQLite f",
)
"""How files begin that are neither text nor a table that is read."""
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def open_file(path: Path, name: str, con: duckdb.DuckDBPyConnection, scratch: Path) -> Opened:
    """The file's grids, as tables of `con`. `name`: what the file is called, whatever `path` is.

    Raises InputRefused for what cannot be read, with the reason and what to do.
    """
    kind = kind_of(path, name)
    if kind == "text":
        return read_delimited(path, name, con, scratch)
    return _read_confined(kind, path, name, con, scratch)


def kind_of(path: Path, name: str) -> str:
    """workbook, xml, json, parquet or text, by content rather than by name. Raises InputRefused for anything else."""
    start = _first_bytes(path, name)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputRefused("The file is empty.", where=name, fix="Export it again.")
    for mark, kind in _KINDS:
        if start.startswith(mark):
            return kind
    if start.startswith(BINARY):
        raise InputRefused(
            "The file is neither a workbook nor text: its first bytes belong to another kind of file.",
            where=name,
            fix="Load the extract as .xlsx, .xls, .csv, .xml or .json.",
        )
    if Path(name).suffix.lower() in _WORKBOOK_ENDINGS and b"\0" in start:
        return "workbook"
    if _looks_like(start, "{", "[{", "[]"):
        return "json"
    return "xml" if _looks_like(start, "<") else "text"


def _first_bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise InputRefused("This is a folder, not a file.", where=name, fix="Name the files in it.")
    if not path.is_file():
        raise InputRefused("There is no such file.", where=name, fix="Check the name and the folder.")
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError:
        raise InputRefused("The file cannot be opened.", where=name, fix="Check who may read it.") from None


def _looks_like(start: bytes, *marks: str) -> bool:
    """True when the text begins with one of the marks, white space apart."""
    texts = (
        "".join(start.decode(encoding, errors="ignore").lstrip("\ufeff").split()) for encoding in ("utf-8", "utf-16")
    )
    return any(text.startswith(marks) for text in texts)


def _read_confined(kind: str, path: Path, name: str, con: duckdb.DuckDBPyConnection, scratch: Path) -> Opened:
    command = [sys.executable, "-P", "-m", "earlyhelp.ingest.confined", kind, str(path), name, str(scratch)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise too_much(name, "time") from None
    if done.returncode == 3:
        refused = json.loads(done.stdout)
        where = refused["where"] if name in refused["where"] else f"{name}, {refused['where']}"
        raise InputRefused(refused["error"], where=where, fix=refused["fix"])
    if done.returncode != 0:
        raise too_much(name, "memory or time")
    meta = json.loads((scratch / "meta.json").read_text(encoding="utf-8"))
    grids = [_grid(index, found, con, scratch) for index, found in enumerate(meta["grids"])]
    return Opened(grids, meta.get("notes", []), meta.get("extract_date"))


def too_much(name: str, what: str) -> InputRefused:
    """The refusal of a file that cannot be read within the limits."""
    return InputRefused(
        f"Reading the file needed more {what} than is allowed, or the file made the reader stop.",
        where=name,
        fix="Split the extract into smaller files, or save the workbook as CSV.",
    )


def _grid(index: int, found: Mapping[str, Any], con: duckdb.DuckDBPyConnection, scratch: Path) -> Grid:
    relation = f"raw_{index}"
    rows = read_sql(scratch / found["file"], numbered_cells(found["width"]))
    con.execute(f"CREATE TABLE {relation} AS FROM {rows}")
    broken = ""
    if found.get("broken"):
        broken = f"broken_{index}"
        con.execute(f"CREATE TABLE {broken} AS FROM {read_sql(scratch / found['broken'], BROKEN_COLUMNS)}")
    return Grid(found["name"], relation, found["width"], found["top"], found["headings"], broken)
