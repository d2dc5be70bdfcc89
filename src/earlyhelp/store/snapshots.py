"""Snapshots: written whole, never changed, read by name.

`analysis/` holds pseudonymous tables, `identity/` what names people; `manifest.json` says what went in, with the sha256
of every file. A snapshot's name comes from what it was made of, so the same inputs make the same snapshot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import EarlyHelpError
from earlyhelp.store import sql
from earlyhelp.store.files import read_json, second_name, sha256_of, write_json
from earlyhelp.store.parquet import AS_PARQUET
from earlyhelp.store.workspace import connect

ANALYSIS, IDENTITY = "analysis", "identity"


def snapshot_name(made_of: Mapping[str, Any]) -> str:
    """A name for what is made of these inputs: the same inputs give the same name."""
    text = json.dumps(made_of, sort_keys=True, default=str)
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def write_table(con: duckdb.DuckDBPyConnection, query: str, folder: Path, side: str, name: str) -> None:
    """Write one table of a snapshot as Parquet."""
    (folder / side).mkdir(exist_ok=True)
    target = sql.literal(folder / side / f"{name}.parquet")
    con.execute(f"COPY ({query}) TO {target} {AS_PARQUET}")


def keep_table(file: Path, folder: Path, side: str, name: str) -> None:
    """Let a file that never changes be a table of a snapshot under a second name; a copy where the disk cannot."""
    (folder / side).mkdir(exist_ok=True)
    second_name(file, folder / side / f"{name}.parquet")


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest last, with the fingerprint of every file beside it."""
    files = {str(path.relative_to(folder)): sha256_of(path) for path in sorted(folder.rglob("*.parquet"))}
    write_json(folder / "manifest.json", {**manifest, "files": files})


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
) -> duckdb.DuckDBPyConnection:
    """A connection with a view for every table of a snapshot, analysis side; with `identity`, also `identity_<table>`.

    The connection can read that snapshot's files, write into `writes` where that is given, and reach nothing else.
    """
    con = connect(scratch)
    sides = [(ANALYSIS, ""), *([(IDENTITY, "identity_")] if identity else [])]
    folder = folder.resolve()
    for side, prefix in sides:
        for path in sorted((folder / side).glob("*.parquet")):
            if only is None or path.stem in set(only):
                _view(con, f"{prefix}{path.stem}", path)
    con.execute("SET allowed_directories = ?", [[str(each.resolve()) for each in (folder, writes) if each]])
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def _view(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    try:
        con.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({sql.literal(path)})')
    except duckdb.Error as problem:
        raise EarlyHelpError(
            f"A table of the snapshot cannot be read ({type(problem).__name__}).",
            where=f"{path.parent.parent.name}/{path.parent.name}/{path.name}",
            fix="earlyhelp doctor DIR says what is damaged; run again to make the snapshot anew.",
        ) from None
