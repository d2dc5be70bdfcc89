"""Certificates: what stands behind a published number, kept under an id that says nothing by itself.

An id is a keyed hash of the figure's question and snapshot: the same figure keeps its id, and nobody without the key
can tell from an id what it is about.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.store.keys import Pseudonyms

_TABLE = "CREATE TABLE IF NOT EXISTS certificate (id TEXT PRIMARY KEY, about TEXT NOT NULL) WITHOUT ROWID"


def certificate_id(pseudonyms: Pseudonyms, about: Mapping[str, Any]) -> str:
    """The id under which what stands behind a figure is kept."""
    return "C" + pseudonyms.of("certificate", json.dumps(about, sort_keys=True, default=str))[:20]


def keep(path: Path, certificates: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Keep certificates; one that is there already stays as it is."""
    rows = [(each, json.dumps(about, sort_keys=True, default=str)) for each, about in certificates]
    with closing(_open(path)) as base, base:
        base.executemany("INSERT OR IGNORE INTO certificate VALUES (?, ?)", rows)


def find(path: Path, wanted: str) -> dict[str, Any]:
    """What stands behind a figure. Raises InputRefused for an id nobody was given."""
    found = None
    if path.is_file():
        with closing(_open(path)) as base:
            found = base.execute("SELECT about FROM certificate WHERE id = ?", [wanted]).fetchone()
    if found is None:
        raise InputRefused(
            "There is no such certificate in this workspace.",
            where="certificate",
            fix="Copy the id from beside the figure.",
        )
    about: dict[str, Any] = json.loads(found[0])
    return about


def of_snapshot(path: Path, snapshot: str) -> list[tuple[str, dict[str, Any]]]:
    """Every certificate given on a snapshot, by id, with what stands behind its figure; empty where there is none."""
    if not path.is_file():
        return []
    with closing(_open(path)) as base:
        rows = base.execute("SELECT id, about FROM certificate ORDER BY id").fetchall()
    told = [(str(each), json.loads(about)) for each, about in rows]
    return [(each, about) for each, about in told if about["snapshot"] == snapshot]


def _open(path: Path) -> sqlite3.Connection:
    fresh = not path.exists()
    base = sqlite3.connect(path, timeout=30)
    if fresh:
        path.chmod(0o600)
        base.execute("PRAGMA journal_mode = WAL")
    base.execute(_TABLE)
    return base
