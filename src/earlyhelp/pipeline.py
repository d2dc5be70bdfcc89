"""The stages in their order: load -> check -> link -> build -> measure -> release, one function a stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp import __version__
from earlyhelp.build import quality, records, spells, tables
from earlyhelp.check import Result, apply_rules
from earlyhelp.errors import EarlyHelpError, InputRefused, NothingToDo
from earlyhelp.ingest.receive import Arrival, Feed, receive, staged_feeds
from earlyhelp.link import give_families, give_people
from earlyhelp.standard import TABLES
from earlyhelp.store.files import whole_folder
from earlyhelp.store.settings import Settings
from earlyhelp.store.snapshots import ANALYSIS, IDENTITY, damaged_files, snapshot_name, write_manifest, write_table
from earlyhelp.store.workspace import Workspace, connect

Progress = Callable[[str], None]
DERIVED = ("child_help", "family_help", "statutory_start", "profile")
IGNORED = (".ds_store", "thumbs.db", "desktop.ini", "readme.md", "readme.txt")


@dataclass
class Loaded:
    """What came of loading several files: the feeds, and the files that were refused, each with the reason."""

    feeds: list[Feed] = field(default_factory=list)
    refused: list[EarlyHelpError] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """One finished run: the snapshot, the day it is as at, and what each stage did."""

    snapshot: str
    as_at: date
    stages: list[dict[str, Any]]
    loaded: Loaded


def load(
    workspace: Workspace,
    paths: Sequence[Path],
    received_on: date,
    *,
    source: str | None = None,
    extract_date: date | None = None,
    progress: Progress = lambda step: None,
) -> Loaded:
    """Stage each file (a folder stands for the files in it). One file's fault never keeps the others out."""
    with workspace.writing():
        return _load(workspace, paths, received_on, source, extract_date, progress, move=False)


def _load(
    workspace: Workspace,
    paths: Sequence[Path],
    received_on: date,
    source: str | None,
    extract_date: date | None,
    progress: Progress,
    *,
    move: bool,
) -> Loaded:
    loaded = Loaded()
    for path in paths:
        for file in _files_in(path, loaded):
            arrival = Arrival(file, file.name, received_on, source, extract_date, move)
            try:
                loaded.feeds.append(receive(workspace, arrival, progress))
            except InputRefused as refused:
                loaded.refused.append(refused)
    return loaded


def _files_in(path: Path, loaded: Loaded) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and not _is_ignored(file)]
    if not files:
        loaded.refused.append(InputRefused("The folder holds no files.", where=path.name, fix="Put extracts into it."))
    return files


def _is_ignored(file: Path) -> bool:
    return file.name.startswith((".", "~$")) or file.name.casefold() in IGNORED


def run(
    workspace: Workspace,
    received_on: date,
    *,
    as_at: date | None = None,
    progress: Progress = lambda step: None,
) -> Run:
    """Inbox to a new current snapshot. Raises NothingToDo when the current snapshot is of these very feeds and settings.

    Killed anywhere, the next run carries on: feeds already staged are found by their content, and the snapshot appears
    whole or not at all.
    """
    with workspace.writing():
        waiting = _files_in(workspace.inbox, Loaded()) if workspace.inbox.is_dir() else []
        loaded = _load(workspace, waiting, received_on, None, None, progress, move=True)
        feeds = staged_feeds(workspace)
        if not feeds:
            raise loaded.refused[0] if loaded.refused else NothingToDo(
                "There is nothing to run on.", where=str(workspace.inbox), fix="Put extracts into inbox/ and run again."
            )
        day = as_at or _latest_extract(feeds, received_on)
        name = snapshot_name(_made_of(feeds, day, workspace.settings))
        if name == workspace.current and not damaged_files(workspace.snapshot_folder(name)):
            raise NothingToDo(
                f"Snapshot {name} is already made of these feeds.", where=str(workspace.inbox), fix="Add an extract to inbox/."
            )
        stages = _build(workspace, feeds, day, name, progress)
        workspace.point_to(name)
        return Run(name, day, stages, loaded)


def _latest_extract(feeds: Sequence[dict[str, Any]], received_on: date) -> date:
    known = [date.fromisoformat(feed["extract_date"]) for feed in feeds if feed["extract_date"]]
    return max(known, default=received_on)


def _made_of(feeds: Sequence[dict[str, Any]], as_at: date, settings: Settings) -> dict[str, Any]:
    inputs = [(feed["number"], feed["feed_id"], feed["extract_date"], feed["format"]) for feed in feeds]
    return {"inputs": inputs, "as_at": as_at, "settings": repr(settings), "version": __version__}


def _build(
    workspace: Workspace, feeds: Sequence[dict[str, Any]], as_at: date, name: str, progress: Progress
) -> list[dict[str, Any]]:
    scratch = workspace.scratch("build")
    con = connect(scratch)
    try:
        stages = [{"stage": "load", "feeds": len(feeds), **_account(feeds)}]
        progress("gathering records")
        stages.append(_gather(con, feeds, workspace))
        progress("recognising people and families")
        stages.append(_link(con, workspace))
        progress("putting spells together")
        stages.append(_spells(con))
        progress("checking rules")
        found = apply_rules(con, as_at)
        stages.append({"stage": "check", "rules": len(found), "failed": sum(1 for each in found if each.rows)})
        progress("writing the snapshot")
        target = workspace.snapshots / name
        if target.exists():
            shutil.rmtree(target)
        with whole_folder(target, workspace.work) as folder:
            _write(con, folder)
            _write_facts(con, folder, feeds, found)
            write_manifest(folder, _manifest(name, as_at, feeds, stages, workspace.settings))
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    return stages


def _account(feeds: Sequence[dict[str, Any]]) -> dict[str, int]:
    names = ("rows_read", "rows_accepted", "rows_quarantined")
    return {name: sum(table[name] for feed in feeds for table in feed["tables"]) for name in names}


def _gather(con: duckdb.DuckDBPyConnection, feeds: Sequence[dict[str, Any]], workspace: Workspace) -> dict[str, Any]:
    counts = records.gather(con, feeds, workspace.feeds)
    _add_feeds(con, feeds)
    filled = {name: {"staged": c.staged, "superseded": c.superseded} for name, c in counts.items() if c.staged}
    return {"stage": "gather", "tables": filled}


def _add_feeds(con: duckdb.DuckDBPyConnection, feeds: Sequence[dict[str, Any]]) -> None:
    """The feed table tells of this workspace's own feeds; what a council says of a feed is kept where it names its hash."""
    con.execute("CREATE TEMP TABLE told AS SELECT * FROM feed")
    con.execute("DELETE FROM feed")
    for each in feeds:
        rows = sum(table["rows_read"] for table in each["tables"])
        con.execute(
            "INSERT INTO feed BY NAME SELECT ? AS feed_id, ? AS source_system, CAST(? AS DATE) AS extract_date, "
            "coalesce((SELECT any_value(coverage_start) FROM told WHERE told.sha256 = own), CAST(? AS DATE)) "
            "AS coverage_start, coalesce((SELECT any_value(coverage_end) FROM told WHERE told.sha256 = own), "
            "CAST(? AS DATE)) AS coverage_end, ? AS rows, own AS sha256, "
            "(SELECT any_value(control_total) FROM told WHERE told.sha256 = own) AS control_total, "
            "(SELECT any_value(definition_note) FROM told WHERE told.sha256 = own) AS definition_note "
            "FROM (SELECT CAST(? AS VARCHAR) AS own)",
            [
                each["feed_id"],
                each["source"],
                each["extract_date"],
                each["coverage_start"],
                each["coverage_end"],
                rows,
                each["sha256"],
            ],
        )
    con.execute("DROP TABLE told")


def _link(con: duckdb.DuckDBPyConnection, workspace: Workspace) -> dict[str, Any]:
    salt = workspace.pseudonyms.of("link", "people and families")
    give_people(con, salt)
    give_families(con, salt)
    tables.give_ids(con)
    tables.number_rows(con)
    people, keys = con.execute("SELECT count(DISTINCT person_id), count(*) FROM person_of").fetchall()[0]
    families = con.execute("SELECT count(DISTINCT family_id) FROM family_of_person").fetchall()[0][0]
    return {"stage": "link", "records": keys, "people": people, "families": families}


def _spells(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    spells.make_spells(con)
    tables.make_profile(con)
    counted = {name: con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in DERIVED}
    return {"stage": "build", **counted}


def _write(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for table in TABLES.values():
        write_table(con, tables.analysis_sql(table), folder, ANALYSIS, table.table_name)
        if identity := tables.identity_sql(table):
            write_table(con, identity, folder, IDENTITY, table.table_name)
    for name in DERIVED:
        write_table(con, f"SELECT * FROM {name} ORDER BY ALL", folder, ANALYSIS, name)


def _write_facts(
    con: duckdb.DuckDBPyConnection, folder: Path, feeds: Sequence[dict[str, Any]], found: Sequence[Result]
) -> None:
    """What the quality measures count: how full each column is, how rules came out, and how feeds add up."""
    quality.make_tables(con, feeds, found)
    for name in quality.TABLES:
        write_table(con, f"SELECT * FROM {name} ORDER BY ALL", folder, ANALYSIS, name)


def _manifest(
    name: str, as_at: date, feeds: Sequence[dict[str, Any]], stages: Sequence[dict[str, Any]], settings: Settings
) -> dict[str, Any]:
    about = ("feed_id", "path", "sha256", "source", "extract_date", "extract_date_inferred", "tables", "number")
    return {
        "snapshot": name,
        "as_at": as_at.isoformat(),
        "version": __version__,
        "duckdb": duckdb.__version__,
        "settings": asdict(settings),
        "inputs": [{key: feed[key] for key in about} for feed in feeds],
        "stages": list(stages),
    }
