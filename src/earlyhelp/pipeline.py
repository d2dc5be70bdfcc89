"""The stages in their order: load -> check -> link -> build -> measure -> release, one function a stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from earlyhelp import __version__
from earlyhelp.build import attendance, quality, records, spells, tables
from earlyhelp.build.export import write_export
from earlyhelp.build.same_event import drop_retellings, told_by_returns
from earlyhelp.build.snapshot import DERIVED, write_facts, write_tables
from earlyhelp.check import apply_rules, control_totals
from earlyhelp.errors import EarlyHelpError, InputRefused, NothingToDo, UsageProblem
from earlyhelp.ingest.codes import propose
from earlyhelp.ingest.mapping import codes_for, look_at, read_map, read_maps, write_map
from earlyhelp.ingest.receive import Arrival, Feed, receive, staged_feeds
from earlyhelp.ingest.remarks import Remark, remarks_of
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES
from earlyhelp.store import decisions
from earlyhelp.store.erasure import carry_on
from earlyhelp.store.files import private_file, whole_folder
from earlyhelp.store.row_files import is_writable, tell_audit
from earlyhelp.store.settings import Settings
from earlyhelp.store.snapshots import (
    ANALYSIS,
    IDENTITY,
    Draft,
    damaged_files,
    layout,
    read_tables,
    snapshot_name,
)
from earlyhelp.store.workspace import Workspace, connect

if TYPE_CHECKING:
    from earlyhelp.link import FamilyDefinition, Parameters, Spark

Progress = Callable[[str], None]
IGNORED = (".ds_store", "thumbs.db", "desktop.ini", "readme.md", "readme.txt")


@dataclass
class Loaded:
    """What came of loading several files: the feeds, and the files that were refused, each with the reason."""

    feeds: list[Feed] = field(default_factory=list)
    refused: list[EarlyHelpError] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """One finished run: the snapshot, the day it is as at, what each stage did, and what to know of the files that came."""

    snapshot: str
    as_at: date
    stages: list[dict[str, Any]]
    loaded: Loaded
    remarks: list[Remark] = field(default_factory=list)


def load(
    workspace: Workspace,
    paths: Sequence[Path],
    received_on: date,
    *,
    source: str | None = None,
    extract_date: date | None = None,
    progress: Progress = lambda step: None,
) -> Loaded:
    """Stage each file (a folder stands for the files in it). One file's fault never keeps the others out.

    Raises UsageProblem for a day of extraction that is still to come.
    """
    if extract_date and extract_date > received_on:
        raise UsageProblem(
            f"Nothing can have been drawn on {extract_date}: that day is still to come.",
            where="--extract-date",
            fix=f"Give the day on which the extract was drawn, {received_on} at the latest.",
        )
    with workspace.writing():
        carry_on(workspace)
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


def map_file(
    workspace: Workspace, path: Path, *, accept: bool, taken_from: Path | None = None, name: str = ""
) -> dict[str, Any]:
    """What the headings and words of a file mean, as `map --json` prints it; saved under `maps/` with `accept`.

    Raises InputRefused for a file that cannot be read, or a map that is none.
    """
    other = read_map(taken_from) if taken_from else None
    maps = read_maps(workspace.maps)
    with workspace.writing():
        scratch = workspace.scratch("map")
        con = connect(scratch)
        try:
            mapped = look_at(path, maps, con, scratch, name=name, taken_from=other)
        finally:
            con.close()
            shutil.rmtree(scratch, ignore_errors=True)
        saved = str(write_map(mapped.saved, workspace.maps)) if accept else None
    return {**mapped.told(accept), "saved": saved}


def map_values(column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    """For each value the code it stands for in a column ("contact.source_code"), how sure, and why.

    Raises UsageProblem for a column there is not, or one without codes.
    """
    codes = codes_for(column)
    placed = [(value, propose(codes, value)) for value in values]
    return [
        {
            "value": value,
            "column": column,
            "code": placing.code,
            "label": codes.label(placing.code) if placing.code else "",
            "confidence": placing.confidence,
            "why": placing.why,
            "applied": placing.sure,
        }
        for value, placing in placed
    ]


def run(
    workspace: Workspace,
    received_on: date,
    *,
    as_at: date | None = None,
    spark: Spark | None = None,
    progress: Progress = lambda step: None,
) -> Run:
    """Inbox to a new current snapshot. Raises NothingToDo when the current one is of these very feeds and settings.

    Raises InputRefused instead where that is so because what was new could not be read.

    Killed anywhere, the next run carries on: feeds already staged are found by their content, and the snapshot appears
    whole or not at all.
    """
    with workspace.writing():
        carry_on(workspace)
        control_totals.take_from_inbox(workspace, SOURCES)
        waiting = _files_in(workspace.inbox, Loaded()) if workspace.inbox.is_dir() else []
        loaded = _load(workspace, waiting, received_on, None, None, progress, move=True)
        feeds = staged_feeds(workspace)
        if not feeds:
            raise (
                loaded.refused[0]
                if loaded.refused
                else NothingToDo(
                    "There is nothing to run on.",
                    where=str(workspace.inbox),
                    fix="Put extracts into inbox/ and run again.",
                )
            )
        day = as_at or _latest_extract(feeds, received_on)
        name = snapshot_name(_made_of(feeds, day, workspace))
        if name == workspace.current and not damaged_files(workspace.snapshot_folder(name)):
            if loaded.refused:
                raise loaded.refused[0]
            raise NothingToDo(
                f"Snapshot {name} is already made of these feeds.",
                where=str(workspace.inbox),
                fix="Add an extract to inbox/.",
            )
        stages = _build(workspace, feeds, day, name, spark, progress)
        workspace.point_to(name)
        remarks = [remark for feed in loaded.feeds for remark in remarks_of(feed.report)]
        return Run(name, day, stages, loaded, [*remarks, *([] if as_at else _of_the_day(feeds, day))])


def _latest_extract(feeds: Sequence[dict[str, Any]], received_on: date) -> date:
    """The day of the latest extract; a day still to come is none on which anything was drawn."""
    known = [date.fromisoformat(feed["extract_date"]) for feed in feeds if feed["extract_date"]]
    return max((day for day in known if day <= received_on), default=received_on)


def _of_the_day(feeds: Sequence[dict[str, Any]], as_at: date) -> list[Remark]:
    """A remark where a file of which nobody says when it was drawn makes the run as at a later day than all that say so."""
    stated = [feed for feed in feeds if feed["extract_date"] and not feed["extract_date_inferred"]]
    known = max((feed["extract_date"] for feed in stated), default="")
    telling = [feed["path"] for feed in feeds if feed["extract_date"] == as_at.isoformat()]
    if not known or not telling or known >= as_at.isoformat():
        return []
    what = f"Figures are as at its latest day, {as_at}, for nobody says when it was drawn; another file is of {known}."
    return [Remark(telling[0], f"{what} If this one is, too: earlyhelp run DIR --as-at {known}")]


def _made_of(feeds: Sequence[dict[str, Any]], as_at: date, workspace: Workspace) -> dict[str, Any]:
    """All that decides what a snapshot holds: what was erased and what reviewers decided only where there is any."""
    from earlyhelp import link  # see `_build`

    about = ("number", "feed_id", "extract_date", "format")
    inputs = [(*(feed[name] for name in about), *([feed["erased"]] if feed.get("erased") else [])) for feed in feeds]
    made_of = {"inputs": inputs, "as_at": as_at, "settings": repr(workspace.settings)}
    made_of |= {"version": __version__, "layout": layout(), "linkage": link.rules()}
    reviewed = decisions.fingerprint(workspace)
    return made_of | ({"reviewed": reviewed} if reviewed else {})


def _build(
    workspace: Workspace,
    feeds: Sequence[dict[str, Any]],
    as_at: date,
    name: str,
    spark: Spark | None,
    progress: Progress,
) -> list[dict[str, Any]]:
    from earlyhelp import link  # loaded where it is used: files are read, and most commands done, without it

    scratch = workspace.scratch("build")
    con = connect(scratch)
    con.execute("SET preserve_insertion_order = false")
    try:
        stages = [{"stage": "load", "feeds": len(feeds), **_account(feeds)}]
        progress("gathering records")
        gathered, files = _gather(con, feeds, workspace)
        stages.append(gathered)
        progress("recognising people and families")
        linked, lean, parameters = _link(con, workspace, files, as_at, spark)
        stages.append(linked)
        progress("putting spells together")
        built, bounds = _spells(con, workspace, bounded=parameters is not None)
        stages.append(built)
        target = workspace.snapshots / name
        if target.exists():
            shutil.rmtree(target)
        with whole_folder(target, workspace.work) as folder, Draft(folder) as draft:
            progress("checking rules and writing the snapshot")
            write_tables(con, draft, lean)
            found = apply_rules(con, as_at, lean.relations, lean.persons)
            stages.append({"stage": "check", "rules": len(found), "failed": sum(1 for each in found if each.rows)})
            quality.make_tables(con, feeds, found, lean.relations)
            write_facts(con, draft)
            for table in ("family_membership", *(["link_quality"] if parameters else [])):
                draft.write(con, f"SELECT * FROM {table} ORDER BY ALL", ANALYSIS, table)
            for table, query in bounds.items():
                draft.write(con, query, ANALYSIS, table)
            for table, query in link.KEPT.items():
                draft.write(con, query, IDENTITY, table)
            about = _manifest(name, as_at, feeds, stages, workspace.settings)
            draft.finish({**about, "linkage": link.told_of(parameters)})
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    return stages


def _account(feeds: Sequence[dict[str, Any]]) -> dict[str, int]:
    names = ("rows_read", "rows_accepted", "rows_quarantined")
    return {name: sum(table[name] for feed in feeds for table in feed["tables"]) for name in names}


def _gather(
    con: duckdb.DuckDBPyConnection, feeds: Sequence[dict[str, Any]], workspace: Workspace
) -> tuple[dict[str, Any], dict[str, Path]]:
    """One table for each of the standard; also the staged file of each that is a view of one file alone."""
    counts = records.gather(con, feeds, workspace.feeds)
    records.tell_feeds(con, feeds)
    filled = {name: {"staged": c.staged, "superseded": c.superseded} for name, c in counts.items() if c.staged}
    files = {name: count.file for name, count in counts.items() if count.file}
    if attendance.sum_sessions(con):
        files.pop("attendance_period", None)
    return {"stage": "gather", "tables": filled}, files


def _link(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, files: Mapping[str, Path], as_at: date, spark: Spark | None
) -> tuple[dict[str, Any], tables.Lean, Parameters | None]:
    """Give every record its person and family; also what serves whoever needs neither, and the parameters of the model."""
    from earlyhelp import link

    salt = _link_salt(workspace)
    before = link.recall(con, workspace.snapshot_folder(workspace.current), __version__) if workspace.current else None
    decisions.load_into(con, workspace)
    parameters = link.give_people(con, salt, before, spark)
    otherwise = link.label_people(con, salt) if parameters else {}
    if parameters:
        from earlyhelp.link.quality import linkage_quality  # loading it takes time, which only some runs need

        linkage_quality(con, as_at)
    definition = link.give_families(con, salt, _family_definition(workspace))
    twice = told_by_returns(con)
    tables.give_ids(con)
    link.tell_links(con)
    retold = drop_retellings(con, twice)
    lean = tables.lean(con, retold, files)
    people, families, keys = con.execute(
        "SELECT (SELECT count(*) FROM (SELECT DISTINCT person_id FROM person_of)), "
        "(SELECT count(*) FROM (SELECT DISTINCT family_id FROM person_of)), (SELECT count(*) FROM person_of)"
    ).fetchall()[0]
    linked = {"stage": "link", "records": keys, "people": people, "families": families, "retold": retold}
    linked["family_definition"] = definition.full_name
    chosen = otherwise.pop("chosen", 0)
    linked |= {f"people_{bound}": people + count - chosen for bound, count in otherwise.items()}
    linked["warnings"] = [
        {"what": what, "records": records}
        for what, records in con.execute("SELECT what, records FROM link_warning ORDER BY ALL").fetchall()
    ]
    return linked, lean, parameters


def _link_salt(workspace: Workspace) -> str:
    return workspace.pseudonyms.of("link", "people and families")


def _family_definition(workspace: Workspace) -> FamilyDefinition:
    from earlyhelp import link

    return link.DEFINITIONS[workspace.settings.family_definition]


def _spells(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, *, bounded: bool
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """What was built; also SQL for the spells under stricter and looser linking, by name, where records were compared."""
    from earlyhelp import link

    spells.make_spells(con)
    tables.make_profile(con)
    counted = {name: con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in DERIVED}
    under = (
        link.spells_under(con, _link_salt(workspace), spells.make_spells, _family_definition(workspace))
        if bounded
        else {}
    )
    return {"stage": "build", **counted}, under


def _manifest(
    name: str, as_at: date, feeds: Sequence[dict[str, Any]], stages: Sequence[dict[str, Any]], settings: Settings
) -> dict[str, Any]:
    about = ("feed_id", "path", "sha256", "source", "extract_date", "extract_date_inferred", "tables", "number")
    return {
        "snapshot": name,
        "as_at": as_at.isoformat(),
        "version": __version__,
        "duckdb": duckdb.__version__,
        "layout": layout(),
        "settings": asdict(settings),
        "inputs": [{key: feed[key] for key in about} for feed in feeds],
        "stages": list(stages),
    }


def export(
    workspace: Workspace, table: str, target: Path, *, identity: bool, account: str, reason: str, when: str
) -> int:
    """Write a standard table of the current snapshot to a file its owner alone can read; returns the number of rows.

    The audit log holds the reading before the file is there. Raises UsageProblem for a table or ending there is not.
    """
    if table not in TABLES:
        raise UsageProblem(f"The standard has no table {table}.", where="TABLE", fix=f"One of: {', '.join(TABLES)}.")
    is_writable(target, (".csv", ".parquet"))
    folder = workspace.snapshot_folder()
    tell_audit(workspace, "export", target, account, reason, when, table=table, identity=identity)
    con = read_tables(folder, workspace.store / "spill", only=[table], identity=identity, writes=target.parent)
    try:
        with private_file(target) as partial:
            return write_export(con, TABLES[table], partial, identity=identity)
    finally:
        con.close()
