"""What becomes of the files as they were received: the person's rows are cut out, or the file goes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from earlyhelp.ingest.cut_rows import cut_rows
from earlyhelp.store.files import private_folder, sha256_of
from earlyhelp.store.residue import Sought, found_in
from earlyhelp.store.workspace import Workspace

NOT_TEXT_OR_UNSAFE = "rows cannot be taken out of it safely"
NAMED_ELSEWHERE = "the row of somebody else names the person"
STILL_FOUND = "the person is still found in it"


@dataclass(frozen=True)
class Wanted:
    """What is to go from one original: row numbers, and whether rows of others name the person."""

    rows: frozenset[int] = frozenset()
    named: bool = False


def rewrite_originals(
    workspace: Workspace, wanted: Mapping[str, Wanted], sought: Sought, prepared: Path
) -> list[dict[str, Any]]:
    """Write each original that holds the person again without them, to `prepared`; what was done to each.

    `wanted`: by the fingerprint under which the original is kept. `sha256_after` is None for a file that is deleted,
    because rows cannot be cut out of it (workbooks, XML, JSON, Parquet) or the person is found in what would be left.
    """
    kept = sorted(path for path in workspace.received.glob("*/*") if path.is_file())
    holding = set(found_in(workspace, sought, kept))
    told = []
    for path in kept:
        asked = wanted.get(path.parent.name, Wanted())
        if path in holding or asked.rows or asked.named:
            told.append(_rewrite(workspace, path, asked, sought, prepared))
    return told


def _rewrite(workspace: Workspace, path: Path, asked: Wanted, sought: Sought, prepared: Path) -> dict[str, Any]:
    before = path.parent.name
    target, why = _cut(workspace, path, asked, sought)
    after = sha256_of(target) if target else None
    if target and after:
        target.replace(private_folder(prepared / after) / path.name)
    return {
        "path": path.name,
        "sha256_before": before,
        "sha256_after": after,
        "rows_cut": len(asked.rows) if after else 0,
        "why_deleted": why,
    }


def _cut(workspace: Workspace, path: Path, asked: Wanted, sought: Sought) -> tuple[Path | None, str]:
    """The file without the rows, or None and why there is none."""
    if asked.named:
        return None, NAMED_ELSEWHERE
    if not asked.rows:
        return None, STILL_FOUND
    folder = workspace.scratch(f"cut-{path.parent.name[:16]}")
    target = folder / path.name
    if not cut_rows(path, path.name, asked.rows, target, folder):
        return None, NOT_TEXT_OR_UNSAFE
    if found_in(workspace, sought, [target]):
        shutil.rmtree(folder)
        return None, STILL_FOUND
    return target, ""


def wanted_of(feeds: Iterable[tuple[str, Set[int], bool]]) -> dict[str, Wanted]:
    """What is to go from each original, of what each feed made of it: (fingerprint, rows, named by others)."""
    together: dict[str, Wanted] = {}
    for fingerprint, rows, named in feeds:
        known = together.get(fingerprint, Wanted())
        together[fingerprint] = Wanted(known.rows | rows, known.named or named)
    return together


def kept_under(report: Mapping[str, Any]) -> str:
    """The fingerprint under which what is left of a feed's original is kept; empty where it was deleted."""
    return str(report.get("received_sha256", report["sha256"]) or "")


def told_files(originals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For the journal: which folder goes and which comes in its place."""
    return [{"before": each["sha256_before"], "after": each["sha256_after"]} for each in originals]
