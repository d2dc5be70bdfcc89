"""Erasure in two steps: everything is written beside the store, then put in its place.

Until `plan.json` lies in `store/erasing`, nothing of the store has been touched, and what a killed call left is thrown
away. From then on every step can be done again, and the next call carries on. What stays of an erased person are keyed
hashes in `store/erased.json`, by which a row of a later extract is known and kept out, and a record under
`store/erasures/` that names nobody.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from earlyhelp.errors import EarlyHelpError
from earlyhelp.standard import sql
from earlyhelp.store import decisions
from earlyhelp.store.audit import record
from earlyhelp.store.files import flush_folder, flush_tree, private_folder, read_json, write_json
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.residue import Sought, search
from earlyhelp.store.workspace import Workspace

_SIGNS = 32


class Marks:
    """Keyed hashes of what was erased: of a person's key, of (source, column, id) of a record, and of (system, id)."""

    def __init__(self, pseudonyms: Pseudonyms, erased: Iterable[str] = ()) -> None:
        self._salt = pseudonyms.of("erased", "salt")
        self.erased = frozenset(erased)

    def of(self, *parts: str) -> str:
        """The hash of these words."""
        return sha256("\x1f".join((self._salt, *parts)).encode()).hexdigest()[:_SIGNS]

    def sql(self, *parts: str, column: str) -> str:
        """SQL for the hash of these words and the text of a column."""
        before = sql.literal("\x1f".join((self._salt, *parts, "")))
        return f"left(sha256({before} || CAST({column} AS VARCHAR)), {_SIGNS})"


def read_marks(workspace: Workspace) -> Marks:
    """The hashes of all that was ever erased from this workspace."""
    path = workspace.store / "erased.json"
    return Marks(workspace.pseudonyms, read_json(path)["marks"] if path.is_file() else ())


def erasing_folder(workspace: Workspace) -> Path:
    """Where an erasure is prepared."""
    return workspace.store / "erasing"


def begin(workspace: Workspace) -> Path:
    """An empty folder to prepare an erasure in; what a killed call left there is thrown away."""
    folder = erasing_folder(workspace)
    if folder.exists():
        shutil.rmtree(folder)
    for part in ("feeds", "received", "snapshots", "before"):
        private_folder(folder / part)
    return folder


def commit(workspace: Workspace, plan: Mapping[str, Any]) -> None:
    """Make the prepared erasure durable: from here on it will be finished, by this call or by a later one."""
    folder = erasing_folder(workspace)
    flush_tree(folder)
    write_json(folder / "plan.json", plan)


def carry_on(workspace: Workspace) -> dict[str, Any] | None:
    """Finish the erasure that was prepared; what it did, or None where there is none. For holders of the workspace's lock.

    Raises EarlyHelpError when the person is still found afterwards, with the files that hold something.
    """
    folder = erasing_folder(workspace)
    if not (folder / "plan.json").is_file():
        return None
    plan: dict[str, Any] = read_json(folder / "plan.json")
    _keep_marks(workspace, plan["marks"])
    _tell_audit(workspace, plan)
    for feed in plan["feeds"]:
        _exchange(folder / "feeds" / feed, workspace.feeds / feed, folder / "before" / feed)
    _exchange_originals(workspace, folder, plan["received"])
    _exchange_snapshots(workspace, folder, plan["snapshots"])
    sought = Sought.of(plan["sought"])
    _sweep_databases(workspace, sought.keys)
    plan["result"]["decisions"] = decisions.erase(workspace, sought.keys)
    return _prove(workspace, plan, sought)


def written_again(workspace: Workspace, snapshot: str) -> str | None:
    """The snapshot that took the place of this one when somebody was erased, however often; None where none did."""
    renamed = {
        each["old"]: str(each["new"])
        for path in sorted((workspace.store / "erasures").glob("*.json"))
        for each in read_json(path)["snapshots"]
    }
    name = renamed.get(snapshot)
    while name in renamed:
        name = renamed[name]
    return name


def _keep_marks(workspace: Workspace, new: Sequence[str]) -> None:
    marks = read_marks(workspace).erased | set(new)
    write_json(workspace.store / "erased.json", {"marks": sorted(marks)})


def _tell_audit(workspace: Workspace, plan: Mapping[str, Any]) -> None:
    """One record for each erasure, on the disk before the first byte goes, however often the call is killed."""
    log, erasure = workspace.log / "audit.jsonl", plan["result"]["erasure"]
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    if any(json.loads(line).get("erasure") == erasure for line in lines):
        return
    about = {name: plan["result"][name] for name in ("erasure", "at", "account", "reason", "person", "rows")}
    record(log, workspace.pseudonyms, {"event": "forget", **about})


def _exchange(prepared: Path, live: Path, before: Path) -> None:
    """Put a prepared folder in the place of the live one, and delete that; killed in between, it is done again."""
    if prepared.exists():
        if live.exists():
            live.replace(before)
        prepared.replace(live)
        flush_folder(live.parent)
    if before.exists():
        shutil.rmtree(before)


def _exchange_originals(workspace: Workspace, folder: Path, received: Sequence[Mapping[str, Any]]) -> None:
    for each in received:
        prepared = folder / "received" / str(each["after"])
        if each["after"] and prepared.exists():
            _exchange(prepared, workspace.received / each["after"], folder / "before" / each["after"])
        shutil.rmtree(workspace.received / each["before"], ignore_errors=True)
    if workspace.received.is_dir():
        flush_folder(workspace.received)


def _exchange_snapshots(workspace: Workspace, folder: Path, snapshots: Mapping[str, str]) -> None:
    """The new snapshots first, then the pointer, and the old ones last: a reader finds one or the other, whole."""
    for new in snapshots.values():
        _exchange(folder / "snapshots" / new, workspace.snapshots / new, folder / "before" / new)
    current = workspace.current
    if current and current in snapshots:
        workspace.point_to(snapshots[current])
    for old in snapshots:
        shutil.rmtree(workspace.cubes / old, ignore_errors=True)  # its counts are still those with the person
        shutil.rmtree(workspace.snapshots / old, ignore_errors=True)


def _sweep_databases(workspace: Workspace, keys: Sequence[str]) -> None:
    """Delete what the workspace's databases (reviews, notes) say under the person's keys; certificates name nobody."""
    for path in sorted({*workspace.root.glob("*.sqlite3"), *workspace.store.glob("*.sqlite3")}):
        if path == workspace.certificates:
            continue
        with closing(sqlite3.connect(path, timeout=30)) as base:
            with base:
                _delete_rows(base, keys)
            base.execute("VACUUM")  # else the bytes of deleted rows stay in the file
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _delete_rows(base: sqlite3.Connection, keys: Sequence[str]) -> None:
    tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    marks = ", ".join("?" * len(keys))
    for (table,) in tables:
        for _, column, *_ in base.execute(f"PRAGMA table_info({sql.name(table)})").fetchall():
            base.execute(f"DELETE FROM {sql.name(table)} WHERE {sql.name(column)} IN ({marks})", list(keys))


def _prove(workspace: Workspace, plan: Mapping[str, Any], sought: Sought) -> dict[str, Any]:
    """Search every file that remains, note the outcome, and let go of the journal, which still names the person."""
    folder = erasing_folder(workspace)
    searched, found = search(workspace, sought, but=[folder])
    result = {**plan["result"], "searched": searched, "still_found_in": found}
    write_json(private_folder(workspace.store / "erasures") / f"{result['erasure']}.json", result)
    shutil.rmtree(folder)
    flush_folder(workspace.store)
    if found:
        raise still_found(found)
    return result


def still_found(files: Sequence[str]) -> EarlyHelpError:
    """The error for a person who is found after the erasure; it names the files and nothing that is in them."""
    return EarlyHelpError(
        "The rows were erased, but the person is still found in files of the workspace.",
        where=", ".join(files),
        fix="Open the files, take the person out by hand, and run earlyhelp forget again: it searches once more.",
    )
