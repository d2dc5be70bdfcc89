"""init, doctor: making a workspace, and looking whether it and the machine are sound."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from earlyhelp import __version__
from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import EarlyHelpError, Exit

NEEDED = ("click", "duckdb", "holidays", "lxml", "numpy", "pyarrow", "python-calamine", "rich", "scipy", "xlsxwriter")
DISK_WANTED = 2 * 1024**3


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--council", required=True, help="The council's ONS code, for example E09000032.")
@click.option("--name", default="", help="The council's name, for headings.")
@options
def init(folder: Path, council: str, name: str, as_json: bool, quiet: bool) -> None:
    """Make a workspace: a folder with settings, an inbox, and a key of its own."""
    from earlyhelp.store.workspace import create_workspace

    workspace = create_workspace(folder, council, name)
    made = {"workspace": str(workspace.root), "council": council, "inbox": str(workspace.inbox)}

    def words() -> None:
        click.echo(f"Workspace made in {workspace.root}.")
        click.echo(f"Put extracts into {workspace.inbox}, then: earlyhelp run {workspace.root}")

    Frame(as_json, quiet).result(made, words)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@options
def doctor(folder: Path | None, as_json: bool, quiet: bool) -> int:
    """Say what is missing on this machine and, with a workspace, whether its store is sound."""
    checks = _machine() + (_store(folder) if folder else [])
    sound = all(check["ok"] for check in checks)

    def words() -> None:
        for check in checks:
            click.echo(f"{'ok  ' if check['ok'] else 'NOT '} {check['what']}: {check['found']}")

    Frame(as_json, quiet).result({"ok": sound, "version": __version__, "checks": checks}, words)
    return Exit.DONE if sound else Exit.FAILED


def _machine() -> list[dict[str, Any]]:
    from importlib import metadata

    version = sys.version_info
    found = [_check("Python", (3, 11) <= version[:2] < (3, 13), platform.python_version())]
    for package in NEEDED:
        try:
            found.append(_check(package, True, metadata.version(package)))
        except metadata.PackageNotFoundError:
            found.append(_check(package, False, "not installed: make setup"))
    return found


def _store(folder: Path) -> list[dict[str, Any]]:
    from earlyhelp.ingest.receive import staged_feeds
    from earlyhelp.store.audit import first_broken
    from earlyhelp.store.snapshots import damaged_files
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    free = shutil.disk_usage(folder).free
    found = [
        _check("settings", True, workspace.settings.name or workspace.settings.ons_code),
        _check("disk", free > DISK_WANTED, f"{free // 1024**2:,} MB free"),
    ]
    try:
        broken = first_broken(workspace.log / "audit.jsonl", workspace.pseudonyms)
        found.append(_check("key", True, "private to its owner"))
        found.append(_check("audit log", broken is None, "whole" if broken is None else f"broken at record {broken}"))
    except EarlyHelpError as problem:
        found.append(_check("key", False, problem.error))
    feeds = staged_feeds(workspace)
    unbalanced = [f["feed_id"] for f in feeds if any(_off(table) for table in f["tables"])]
    found.append(_check("feeds", not unbalanced, f"{len(feeds)} staged, {len(unbalanced)} out of balance"))
    if workspace.current:
        damaged = damaged_files(workspace.snapshots / workspace.current)
        words = f"{workspace.current} is as it was written" if not damaged else f"damaged: {', '.join(damaged)}"
        found.append(_check("snapshot", not damaged, words))
    else:
        found.append(_check("snapshot", True, "none yet"))
    return found


def _off(table: dict[str, Any]) -> bool:
    return bool(table["rows_read"] != table["rows_accepted"] + table["rows_quarantined"])


def _check(what: str, ok: bool, found: str) -> dict[str, Any]:
    return {"what": what, "ok": ok, "found": found}
