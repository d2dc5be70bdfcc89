"""Snapshots: written whole, never changed, read by name.

`analysis/` holds pseudonymous tables, `identity/` what names people; `manifest.json` says what went in, with the sha256
of every file. A snapshot's name comes from what it was made of, so the same inputs make the same snapshot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import EarlyHelpError
from earlyhelp.standard import TABLES, Table, linked_columns, sql, stored_columns
from earlyhelp.store.files import flush_file, read_json, second_name, sha256_of, write_json
from earlyhelp.store.parquet import AS_PARQUET
from earlyhelp.store.workspace import MEMORY_LIMIT, connect, half_of_the_memory

ANALYSIS, IDENTITY = "analysis", "identity"

_TIMES_THE_FILES = 3
"""The memory, in bytes of the tables' files, in which all their measures can be counted without much spilling."""


def snapshot_name(made_of: Mapping[str, Any]) -> str:
    """A name for what is made of these inputs: the same inputs give the same name."""
    text = json.dumps(made_of, sort_keys=True, default=str)
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


class Draft:
    """A snapshot while it is written: its files, each made durable and fingerprinted while the next is being written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer = ThreadPoolExecutor(max_workers=1)  # one table at a time: each takes memory for all its columns
        self._beside = ThreadPoolExecutor(max_workers=2)
        self._marks: dict[str, Future[str]] = {}

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.shutdown(cancel_futures=True)
        self._beside.shutdown(cancel_futures=True)

    def write(self, con: duckdb.DuckDBPyConnection, query: str, side: str, name: str) -> None:
        """Write one table as Parquet."""
        file = self._file(side, name)
        _copy(con, query, file)
        self._look_after(file)

    def write_beside(self, con: duckdb.DuckDBPyConnection, query: str, side: str, name: str) -> None:
        """Write one table as Parquet while the caller goes on with what leaves it as it is; errors come from `finish`.

        The query reads no temporary table, for each connection has its own.
        """
        file = self._file(side, name)
        self._marks[self._name(file)] = self._writer.submit(_copied_mark, con.cursor(), query, file)

    def keep(self, source: Path, side: str, name: str) -> None:
        """Let a file that never changes be a table under a second name; a copy where the disk cannot."""
        file = self._file(side, name)
        second_name(source, file)
        self._look_after(file)

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest last, with the fingerprint of every file beside it; by then they are durable."""
        files = {name: mark.result() for name, mark in sorted(self._marks.items())}
        write_json(self._folder / "manifest.json", {**manifest, "files": files})

    def _file(self, side: str, name: str) -> Path:
        (self._folder / side).mkdir(exist_ok=True)
        return self._folder / side / f"{name}.parquet"

    def _look_after(self, file: Path) -> None:
        self._marks[self._name(file)] = self._beside.submit(_durable_mark, file)

    def _name(self, file: Path) -> str:
        return str(file.relative_to(self._folder))


def _copied_mark(con: duckdb.DuckDBPyConnection, query: str, file: Path) -> str:
    with con:
        _copy(con, query, file)
    return _durable_mark(file)


def _copy(con: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    con.execute(f"COPY ({query}) TO {sql.literal(file)} {AS_PARQUET}")


def _durable_mark(file: Path) -> str:
    flush_file(file)
    return sha256_of(file)


def damaged_files(folder: Path) -> list[str]:
    """Files of a snapshot that are missing or not as they were written; empty when the snapshot is sound."""
    try:
        expected = read_json(folder / "manifest.json")["files"]
    except (OSError, ValueError, KeyError):
        return ["manifest.json"]
    return [name for name, sha256 in expected.items() if not _is(folder / name, sha256)]


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def read_tables(
    folder: Path,
    scratch: Path,
    *,
    only: Iterable[str] | None = None,
    identity: bool = False,
    writes: Path | None = None,
    beside: Path | None = None,
    threads: int | None = None,
    memory: int = MEMORY_LIMIT,
) -> duckdb.DuckDBPyConnection:
    """A connection with a view for every table of a snapshot, analysis side; with `identity`, also `identity_<table>`.

    `beside`: a folder of tables worked out of the snapshot, read too where it is there. The connection can read those
    files, write into `writes` where that is given, and reach nothing else. `threads`, `memory`: as in `connect`.

    A snapshot that an earlier version made may lack tables and columns of today's standard: they are there, and empty.
    """
    con = connect(scratch, threads, memory)
    sides = [(ANALYSIS, ""), *([(IDENTITY, "identity_")] if identity else [])]
    folder = folder.resolve()
    for side, prefix in sides:
        for path in sorted((folder / side).glob("*.parquet")):
            if only is None or path.stem in set(only):
                _view(con, f"{prefix}{path.stem}", path)
        if _layout_of(folder) != layout():
            _add_what_is_newer(con, side, prefix, only)
    for path in sorted(beside.glob("*.parquet")) if beside else []:
        _view(con, path.stem, path.resolve())
    con.execute("SET allowed_directories = ?", [[str(each.resolve()) for each in (folder, writes, beside) if each]])
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def read_to_count(folder: Path, scratch: Path, writes: Path) -> duckdb.DuckDBPyConnection:
    """As `read_tables`, for whoever asks very many questions of all tables side by side.

    Each question has one thread. There is memory in proportion to the tables, up to half of what the engine could take: to
    spill the rows of millions of people with each measure takes many times as long as counting them.
    """
    size = sum(file.stat().st_size for file in (folder / ANALYSIS).glob("*.parquet"))
    room = min(_TIMES_THE_FILES * size, half_of_the_memory())
    return read_tables(folder, scratch, writes=writes, threads=1, memory=max(room, MEMORY_LIMIT))


@cache
def layout() -> str:
    """A fingerprint of the standard's tables and columns: snapshots that hold the same ones have the same."""
    held = {side: {name: _held(table, side) for name, table in TABLES.items()} for side in (ANALYSIS, IDENTITY)}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def _layout_of(folder: Path) -> str | None:
    """The fingerprint under which a snapshot was made; None for one that was made before there were any."""
    try:
        told = read_json(folder / "manifest.json").get("layout")
    except (OSError, ValueError):
        return None
    return str(told) if told else None


def _held(table: Table, side: str) -> dict[str, str]:
    """The columns that one side of a table holds, with their types in the store."""
    columns = stored_columns(table) | linked_columns(table)
    names_people = side == IDENTITY
    return {
        name: each.type.duckdb for name, each in columns.items() if each.sensitivity.on_identity_side == names_people
    }


def _add_what_is_newer(con: duckdb.DuckDBPyConnection, side: str, prefix: str, only: Iterable[str] | None) -> None:
    """Give the views of one side the columns that the standard has by now, and make those of tables that it has by now."""
    for name, table in TABLES.items():
        held = _held(table, side)
        if not held or (only is not None and name not in set(only)):
            continue
        view = f"{prefix}{name}"
        found = con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [view]).fetchone()
        there = {row[0] for row in con.execute(f'DESCRIBE "{view}"').fetchall()} if found else set[str]()
        newer = ", ".join(
            f"CAST(NULL AS {kind}) AS {sql.name(column)}" for column, kind in held.items() if column not in there
        )
        if found and newer:
            con.execute(f'ALTER VIEW "{view}" RENAME TO "{view}__as_made"')
            con.execute(f'CREATE VIEW "{view}" AS SELECT *, {newer} FROM "{view}__as_made"')
        elif not found:
            con.execute(f'CREATE VIEW "{view}" AS SELECT CAST(NULL AS BIGINT) AS row_id, {newer} WHERE FALSE')


def _view(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    try:
        con.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({sql.literal(path)})')
    except duckdb.Error as problem:
        raise EarlyHelpError(
            f"A table of the snapshot cannot be read ({type(problem).__name__}).",
            where=f"{path.parent.parent.name}/{path.parent.name}/{path.name}",
            fix="earlyhelp doctor DIR says what is damaged; run again to make the snapshot anew.",
        ) from None
