"""Making a return: out of the current snapshot, into the audit log, and then into a file that its owner alone can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from earlyhelp.check import fix_list
from earlyhelp.check.fix_list import Line
from earlyhelp.release import policy
from earlyhelp.reports.returns.declared import Drawn, LaidOut, Return
from earlyhelp.store.files import private_file
from earlyhelp.store.row_files import is_writable, tell_audit
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace


def make_return(
    workspace: Workspace,
    wanted: Return,
    target: Path,
    *,
    first: date | None = None,
    last: date | None = None,
    with_errors: bool = False,
    account: str,
    reason: str,
    when: str,
) -> dict[str, Any]:
    """Write a return of the current snapshot to a file its owner alone can read; says what was written.

    The audit log holds the reading before the file is there. A return that is not valid is written only `with_errors`:
    without, `path` is None. Raises UsageProblem for days or an ending that the return does not have.
    """
    is_writable(target, wanted.endings)
    folder, drawn = workspace.snapshot_folder(), _drawn(workspace, first, last)
    wanted.takes(drawn)
    tell_audit(workspace, "report", target, account, reason, when, report=wanted.name, identity=wanted.identity)
    con = read_tables(folder, workspace.store / "spill", identity=wanted.identity)
    try:
        laid_out = wanted.lay_out(con, drawn)
    finally:
        con.close()
    told = {"snapshot": folder.name, "as_at": drawn.as_at, "last_day": drawn.last}
    return told | deliver(wanted, laid_out, target, with_errors=with_errors)


def _drawn(workspace: Workspace, first: date | None, last: date | None) -> Drawn:
    manifest, settings = workspace.manifest(), workspace.settings
    as_at = date.fromisoformat(manifest["as_at"])
    return Drawn(
        as_at=as_at,
        first=first,
        last=last or as_at,
        council=f"{settings.name} {settings.ons_code}".strip(),
        snapshot=manifest["snapshot"],
        year_starts=settings.year_starts,
        salt=workspace.pseudonyms.of("return", "ids"),
        policy=policy(settings.policy, settings.round_to),
        files={each["feed_id"]: each["path"] for each in manifest["inputs"]},
    )


def deliver(wanted: Return, laid_out: LaidOut, target: Path, *, with_errors: bool = False) -> dict[str, Any]:
    """Write the return to `target`, and what is not valid in it to a list beside it; says what was written."""
    faults = laid_out.invalid
    told: dict[str, Any] = {
        "report": wanted.name,
        "path": None,
        "rows": {name: laid_out.tables[name].num_rows for name in wanted.parts},
        "notes": list(laid_out.notes),
    }
    if wanted.validated:
        told |= {
            "readiness": laid_out.readiness,
            "faults": len(faults),
            "invalid": _summed(faults),
            "list": _write_faults(faults, list_beside(target)),
        }
    if not faults or with_errors:
        with private_file(target) as partial:
            wanted.write(laid_out, partial)
        told["path"] = str(target)
    return told


def list_beside(target: Path) -> Path:
    """Where the list of what is not valid lies: beside the return, under its name."""
    return target.with_name(f"{target.stem}_to_mend.csv")


def _write_faults(faults: Sequence[Line], target: Path) -> str | None:
    if not faults:
        return None
    with private_file(target) as partial:
        fix_list.write(faults, partial)
    return str(target)


def _summed(faults: Sequence[Line]) -> list[dict[str, Any]]:
    """The faults by table and rule, with what to do about each."""
    counts = Counter((line.table, line.column, line.rule, line.what_to_do) for line in faults)
    names = ("table", "column", "rule", "what_to_do")
    return [{**dict(zip(names, each, strict=True)), "records": count} for each, count in sorted(counts.items())]
