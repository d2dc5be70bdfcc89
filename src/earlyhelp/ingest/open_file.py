"""Opening a file: what kind it is by its first bytes, and its grids of text in DuckDB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.confined import SECONDS_LIMIT
from earlyhelp.ingest.delimited import read_delimited
from earlyhelp.ingest.grid import Grid, Opened, read_arrow
from earlyhelp.sources import SOURCES

_KINDS = ((b"PK\x03\x04", "workbook"), (b"\xd0\xcf\x11\xe0", "workbook"), (b"PAR1", "parquet"), (b"PK\x05\x06", "workbook"))
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc")
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def open_file(path: Path, name: str, con: duckdb.DuckDBPyConnection, work: Path) -> Opened:
    """The file's grids, as tables of `con`. Raises InputRefused for what cannot be read, with the reason and what to do."""
    kind = kind_of(path)
    if kind == "text":
        return read_delimited(path, Path(name).stem, con, work)
    return _read_confined(kind, path, name, con, work)


def kind_of(path: Path) -> str:
    """workbook, xml, parquet or text, by content rather than by name. Raises InputRefused for anything else."""
    if not path.is_file():
        raise InputRefused("There is no such file.", where=path.name, fix="Check the name and the folder.")
    with path.open("rb") as stream:
        start = stream.read(4096)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputRefused("The file is empty.", where=path.name, fix="Export it again.")
    for mark, kind in _KINDS:
        if start.startswith(mark):
            return kind
    if start.startswith(_BINARY):
        raise InputRefused(
            "The file is neither a workbook nor text: its first bytes belong to another kind of file.",
            where=path.name,
            fix="Load the extract as .xlsx, .xls, .csv or .xml.",
        )
    if path.suffix.lower() in _WORKBOOK_ENDINGS and b"\0" in start:
        return "workbook"
    return "xml" if _looks_like_xml(start) else "text"


def _looks_like_xml(start: bytes) -> bool:
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            text = start.decode(encoding, errors="ignore").lstrip()
        except UnicodeError:
            continue
        if text.startswith("<"):
            return True
    return False


def _read_confined(kind: str, path: Path, name: str, con: duckdb.DuckDBPyConnection, work: Path) -> Opened:
    parts = {part.title: [h.name for h in part.headings] for part in SOURCES["cin_census"].parts}
    also = {spelling: h.name for p in SOURCES["cin_census"].parts for h in p.headings for spelling in h.also}
    parts = {title: names + [a for a, n in also.items() if n in names] for title, names in parts.items()}
    command = [sys.executable, "-m", "earlyhelp.ingest.confined", kind, str(path), str(work), json.dumps(parts)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise _too_much(path, "time") from None
    if done.returncode == 3:
        refused = json.loads(done.stdout)
        raise InputRefused(refused["error"], where=_renamed(refused["where"], path, name), fix=refused["fix"])
    if done.returncode != 0:
        raise _too_much(path, "memory or time")
    meta = json.loads((work / "meta.json").read_text(encoding="utf-8"))
    grids = [_grid(index, found, con, work) for index, found in enumerate(meta["grids"])]
    return Opened(grids, meta.get("notes", []), meta.get("extract_date"))


def _renamed(where: str, path: Path, name: str) -> str:
    return where.replace(path.name, name) if path.name in where else f"{name}, {where}"


def _too_much(path: Path, what: str) -> InputRefused:
    return InputRefused(
        f"Reading the file needed more {what} than is allowed, or the file made the reader stop.",
        where=path.name,
        fix="Split the extract into smaller files, or save the workbook as CSV.",
    )


def _grid(index: int, found: dict[str, object], con: duckdb.DuckDBPyConnection, work: Path) -> Grid:
    relation = f"raw_{index}"
    table = read_arrow(work / str(found["file"]))
    con.register("arrow_grid", table)
    con.execute(f"CREATE TABLE {relation} AS SELECT * FROM arrow_grid")
    con.unregister("arrow_grid")
    top = [(int(number), list(cells)) for number, cells in found["top"]]  # type: ignore[attr-defined]
    headings = found["headings"]
    return Grid(
        str(found["name"]),
        relation,
        int(str(found["width"])),
        top,
        headings=list(headings) if isinstance(headings, list) else None,
        counted=table.num_rows,
    )
