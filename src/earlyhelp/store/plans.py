"""Plans of studies, each kept under its hash with the moment it was first declared, before an outcome was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from earlyhelp.store.files import private_folder, read_json, write_json
from earlyhelp.store.workspace import Workspace


def hash_of(declaration: Mapping[str, Any]) -> str:
    """The hash under which a declaration is kept: 16 hexadecimal digits, the same for the same content in any order."""
    return hashlib.sha256(json.dumps(declaration, sort_keys=True).encode()).hexdigest()[:16]


def register(workspace: Workspace, plan: str, declaration: Mapping[str, Any], when: str) -> str:
    """The moment at which this plan was first declared: `when`, unless the workspace holds it from before.

    plan: the hash of the declaration. when: ISO moment. A plan that is held is never written again.
    """
    file = _file(workspace, plan)
    if not file.exists():
        private_folder(file.parent)
        write_json(file, {"plan": plan, "declared": when, "snapshot": workspace.current, "declaration": declaration})
    return str(read_json(file)["declared"])


def registered(workspace: Workspace) -> list[Mapping[str, Any]]:
    """Every plan that was declared in this workspace, in order of its moment."""
    held = [read_json(file) for file in (workspace.store / "plans").glob("*.json")]
    return sorted(held, key=lambda each: (each["declared"], each["plan"]))


def _file(workspace: Workspace, plan: str) -> Path:
    return workspace.store / "plans" / f"{plan}.json"
