"""Files of rows about people: where one may be written, and the record of who had it made, which comes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from earlyhelp.errors import UsageProblem
from earlyhelp.store.audit import record
from earlyhelp.store.workspace import Workspace


def is_writable(target: Path, endings: Sequence[str]) -> None:
    """Raises UsageProblem for a file of another ending, or in a folder that is not there."""
    if target.suffix not in endings:
        raise UsageProblem(f"The file is to end in {' or '.join(endings)}.", where=target.name, fix="Name it so.")
    if not target.parent.is_dir():
        raise UsageProblem("The folder for the file is not there.", where=str(target.parent), fix="Make it first.")


def tell_audit(
    workspace: Workspace, what: str, target: Path, account: str, reason: str, when: str, **more: object
) -> None:
    """Put the reading of rows into the audit log, before the file is there; `more`: which rows, where not all."""
    event = {"at": when, "account": account, "event": what, **more, "file": target.name, "snapshot": workspace.current}
    record(workspace.log / "audit.jsonl", workspace.pseudonyms, {**event, "reason": reason})
