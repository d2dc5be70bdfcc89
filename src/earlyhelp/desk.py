"""The data desk: what is asked of a finished snapshot before its figures are believed, and what those who mend it get."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from earlyhelp.answering import measure
from earlyhelp.check import changes as changing
from earlyhelp.check import control_totals, fix_list, readiness
from earlyhelp.check import reconcile as reconciling
from earlyhelp.check.offer import families_by_need, offer_of
from earlyhelp.check.recording_delay import recording_delay
from earlyhelp.check.relinked import relinked, relinked_lines
from earlyhelp.check.systems import Needs, catalogue, could_help, held
from earlyhelp.check.unused_fields import unused_fields
from earlyhelp.errors import InputRefused
from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.ingest.remarks import remarks_of
from earlyhelp.link import review
from earlyhelp.link.quality_words import believed, quality_sentences
from earlyhelp.measures import CATALOGUE, Question, gate_of
from earlyhelp.measures.children import children
from earlyhelp.release import (
    Policy,
    Released,
    moved_figures,
    policy,
    publish_counts,
    publish_offer,
    publish_readiness,
    side_by_side,
)
from earlyhelp.sources import SOURCES
from earlyhelp.store.certificates import of_snapshot
from earlyhelp.store.files import private_file
from earlyhelp.store.row_files import is_writable, tell_audit
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace, connect

if TYPE_CHECKING:
    import duckdb

NO_DATA = "no_data"


def check(workspace: Workspace) -> dict[str, Any]:
    """How every rule came out on the current snapshot, and what else tells whether its figures can be trusted.

    The fix-list by team and worker, rows in quarantine, recording delay, unused fields, the measures' gates and the
    readiness for national returns. Delay and readiness are released under the council's policy.
    """
    folder, feeds = workspace.snapshot_folder(), _feeds_of_current(workspace)
    settings = workspace.settings
    shown = policy(settings.policy, settings.round_to)
    con = read_tables(folder, workspace.store / "spill")
    try:
        found = fix_list.summary(con)
        delay = recording_delay(con)
        unused = unused_fields(con, feeds, SOURCES)
        gates = [gate_of(con, each) for each in CATALOGUE.values()]
        ready = readiness.readiness(con)
    finally:
        con.close()
    kept = sum(table["rows_quarantined"] for feed in staged_feeds(workspace) for table in feed["tables"])
    days = {"median_days": "dated", "ninety_percent_days": "dated"}
    return {
        "snapshot": folder.name,
        **found,
        "quarantined": kept,
        "recording_delay": publish_counts(delay, shown, counts=("records", "dated"), resting_on=days),
        "unused_fields": unused,
        "gates": gates,
        "readiness": [publish_readiness(each, shown) for each in ready],
    }


def received(workspace: Workspace) -> list[dict[str, Any]]:
    """Every file that was received and staged, the latest first, each with all that intake told of it.

    Counts of rows of files, exact like those of `load`. Each has `current`: whether the current snapshot is made of it;
    and `remarks`: the sentences that a run prints of it.
    """
    current = {each["feed_id"] for each in workspace.manifest()["inputs"]} if workspace.current else set()
    return [
        {**feed, "current": feed["feed_id"] in current, "remarks": [each.what for each in remarks_of(feed)]}
        for feed in reversed(staged_feeds(workspace))
    ]


def _feeds_of_current(workspace: Workspace) -> list[dict[str, Any]]:
    """The feeds that the current snapshot is made of, with all that intake told of them."""
    made_of = {each["feed_id"] for each in workspace.manifest()["inputs"]}
    return [feed for feed in staged_feeds(workspace) if feed["feed_id"] in made_of]


def write_fix_list(
    workspace: Workspace, target: Path, *, account: str, reason: str, when: str, team: str | None = None
) -> int:
    """Write every record to be mended to a file its owner alone can read; returns the number of lines.

    Rows in quarantine, doubtful values of the feeds, and records that break a rule; .csv, or .xlsx with a sheet a team.
    `team`: only the records of that team. Recorded in the audit log first.
    """
    is_writable(target, (".csv", ".xlsx"))
    folder, feeds = workspace.snapshot_folder(), staged_feeds(workspace)
    tell_audit(workspace, "fix-list", target, account, reason, when, **({} if team is None else {"team": team}))
    con = read_tables(folder, workspace.store / "spill")
    try:
        lines = fix_list.of_rules(con, {feed["feed_id"]: feed["path"] for feed in feeds})
    finally:
        con.close()
    with connect(workspace.store / "spill") as held:
        lines += fix_list.of_feeds(held, workspace.feeds, feeds)
    if team is not None:
        lines = [each for each in lines if each.team and each.team.casefold() == team.casefold()]
    about = {"council": workspace.settings.name or workspace.settings.ons_code, "snapshot": folder.name}
    day = date.fromisoformat(workspace.manifest()["as_at"])
    with private_file(target) as partial:
        if target.suffix == ".xlsx":
            from earlyhelp.check import fix_book  # here, as its library takes longer to load than most commands to run

            fix_book.write_book(lines, partial, **about, as_at=day)
        else:
            fix_list.write(lines, partial)
    return len(lines)


def reconcile(workspace: Workspace, file: Path | None = None) -> dict[str, Any]:
    """What became of every row received, and the council's control totals held against what we count.

    `file`: the control totals; without it, those that came through the inbox, if any did. Counts of rows of files,
    exact like those of `load`. Raises InputRefused for a file that is none.
    """
    folder, feeds = workspace.snapshot_folder(), staged_feeds(workspace)
    totals = control_totals.totals_of(workspace, file, SOURCES)
    con = connect(workspace.store / "spill")
    try:
        told = reconciling.accounts(con, workspace.feeds, folder, feeds)
        compared = reconciling.reconcile(con, workspace.feeds, folder, feeds, totals)
    finally:
        con.close()
    return {"snapshot": folder.name, "accounts": told, "totals": compared}


def write_reconciliation(
    workspace: Workspace, file: Path | None, target: Path, *, account: str, reason: str, when: str
) -> int:
    """Write each row that explains a difference to a file its owner alone can read; returns the number of lines."""
    is_writable(target, (".csv",))
    totals = control_totals.totals_of(workspace, file, SOURCES)
    folder, feeds = workspace.snapshot_folder(), staged_feeds(workspace)
    tell_audit(workspace, "reconcile", target, account, reason, when)
    con = connect(workspace.store / "spill")
    try:
        lines = reconciling.lines(con, workspace.feeds, folder, feeds, totals)
    finally:
        con.close()
    with private_file(target) as partial:
        fix_list.write_rows(reconciling.LINE_HEADINGS, lines, partial)
    return len(lines)


def changes(workspace: Workspace, since: str | None = None, *, figures: bool = True) -> dict[str, Any]:
    """What changed from an earlier snapshot to the current one, and which published figures that moves.

    `since`: its name; by default the one before. Records new, gone, altered and late by table and month of the event,
    released under the council's policy; `people`: how many linkage merged or split; `figures`: each figure certified on
    the earlier snapshot that is another now. figures: work those out, which takes long where many were certified.
    """
    before = workspace.snapshot_folder(since or changing.snapshot_before(workspace))
    after, settings = workspace.snapshot_folder(), workspace.settings
    then = date.fromisoformat(workspace.manifest(before.name)["as_at"])
    con = connect(workspace.store / "spill")
    try:
        rows = changing.changed(con, before / "analysis", after / "analysis", then)
        people = relinked(con, before / "analysis", after / "analysis")
    finally:
        con.close()
    looked_at, moved = _moved(workspace, before.name) if figures else (0, [])
    shown = policy(settings.policy, settings.round_to)
    return {
        "since": before.name,
        "since_as_at": then,
        "snapshot": after.name,
        "records": publish_counts(rows, shown, counts=changing.COUNTS, resting_on={}),
        "people": publish_counts(people, shown, counts=("people",), resting_on={}),
        "figures_looked_at": looked_at,
        "figures": moved,
    }


def write_changes(
    workspace: Workspace, since: str | None, target: Path, *, account: str, reason: str, when: str
) -> int:
    """Write each record that changed to a file its owner alone can read; returns the number of lines."""
    is_writable(target, (".csv",))
    before, after = workspace.snapshot_folder(since or changing.snapshot_before(workspace)), workspace.snapshot_folder()
    tell_audit(workspace, "changes", target, account, reason, when)
    then = date.fromisoformat(workspace.manifest(before.name)["as_at"])
    con = connect(workspace.store / "spill")
    try:
        lines = changing.lines(con, before / "analysis", after / "analysis", then)
        lines += relinked_lines(con, before / "analysis", after / "analysis")
    finally:
        con.close()
    with private_file(target) as partial:
        fix_list.write_rows(changing.LINE_HEADINGS, lines, partial)
    return len(lines)


def _moved(workspace: Workspace, before: str) -> tuple[int, list[dict[str, Any]]]:
    """How many certified figures of a snapshot were worked out again on the current one, and those that moved."""

    def ask(measure_id: str, question: Question, definition: str) -> tuple[Released, list[str]]:
        answer = measure(workspace, measure_id, question, definition=definition)
        return answer.released, answer.certificates

    certified = of_snapshot(workspace.certificates, before) if before != workspace.current else []
    return len(certified), moved_figures(certified, ask)


def linkage(workspace: Workspace) -> dict[str, Any]:
    """What linkage made of the current snapshot: people, families, grades, and how good the links are, by group.

    Counts under the council's policy; the estimates for all links with intervals and what they rest on; `sentences`;
    `quality` by group, empty for a snapshot that was made without it; `for_review`: the pairs that wait.
    """
    shown = policy(workspace.settings.policy, workspace.settings.round_to)
    con = read_tables(workspace.snapshot_folder(), workspace.store / "spill", only=("person_link", "link_quality"))
    try:
        counted = _linked(con, shown)
        quality = _link_quality(con, shown)
    finally:
        con.close()
    of_all = [row for row in quality if row["by"] == "all"]
    for figure in ("precision", "recall"):
        found = believed(of_all, figure) or {}
        counted[f"{figure}_estimate"] = found.get(figure)
        counted[f"{figure}_interval"] = [found[f"{figure}_lower"], found[f"{figure}_upper"]] if found else None
        counted[f"{figure}_basis"] = found.get("basis", NO_DATA)
    counted["for_review"] = _for_review(workspace)
    counted["family_definition"] = _family_definition(workspace)
    return {**counted, "sentences": quality_sentences(quality) if quality else [], "quality": quality}


def _linked(con: duckdb.DuckDBPyConnection, shown: Policy) -> dict[str, Any]:
    names = ("records", "people", "families")
    whole = con.execute(
        "SELECT count(*), count(DISTINCT person_id), count(DISTINCT family_id) FROM person_link"
    ).fetchall()
    by_grade = con.execute(
        "SELECT grade, count(*) FROM person_link WHERE method <> 'single' GROUP BY grade ORDER BY min(-score), grade"
    ).fetchall()
    rows = [dict(zip(names, row, strict=True)) for row in whole]
    grades = [{"grade": grade, "records": records} for grade, records in by_grade]
    released = publish_counts(rows, shown, counts=names, resting_on={})[0]
    links = publish_counts(grades, shown, counts=("records",), resting_on={})
    return {
        **{name: released[name] for name in names},
        "links_by_grade": {each["grade"]: each["records"] for each in links},
    }


def _link_quality(con: duckdb.DuckDBPyConnection, shown: Policy) -> list[dict[str, Any]]:
    """The rows of `link_quality` as they may be shown; none where the snapshot was made without it."""
    if not con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = 'link_quality'").fetchone():
        return []
    order = f'list_position({list(_ORDER)}, "by"), {_YOUNGEST_FIRST}, "group", basis'
    found = con.execute(f"SELECT * FROM link_quality ORDER BY {order}")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    figures = dict.fromkeys(_QUALITY_FIGURES, "linked_pairs")
    released = publish_counts(rows, shown, counts=("records", "linked_pairs"), resting_on=figures)
    return [
        each | {"status": row["status"]} if row["status"] == NO_DATA else each
        for row, each in zip(rows, released, strict=True)
    ]


_QUALITY_FIGURES = tuple(f"{figure}{end}" for figure in ("precision", "recall") for end in ("", "_lower", "_upper"))
_ORDER = ("all", "grade", "systems", "ethnicity", "age_band", "area")
_YOUNGEST_FIRST = (
    "CASE WHEN \"by\" <> 'age_band' THEN 0 WHEN \"group\" = 'under 1' THEN -1 "
    "ELSE coalesce(TRY_CAST(regexp_extract(\"group\", '^[0-9]+') AS INTEGER), 99) END"
)
"""How the groups are listed: everybody first, ages from the youngest on."""


def _for_review(workspace: Workspace) -> int | None:
    """How many pairs wait for a reviewer; None for a snapshot that keeps no pairs."""
    try:
        return int(review.status(workspace)["waiting"])
    except InputRefused:
        return None


def _family_definition(workspace: Workspace) -> str | None:
    """Name and version of the definition of a family that the snapshot was made by; None where it does not say."""
    stages = workspace.manifest()["stages"]
    return next((stage.get("family_definition") for stage in stages if stage["stage"] == "link"), None)


def systems(workspace: Workspace) -> dict[str, Any]:
    """What the council holds where, what is missing, and which measures are off, why, and what would switch them on."""
    folder, listed = workspace.snapshot_folder(), catalogue(SOURCES, needs())
    con = read_tables(folder, workspace.store / "spill")
    try:
        told = held(con, listed, _feeds_of_current(workspace))
        gates = [gate_of(con, each) for each in CATALOGUE.values()]
    finally:
        con.close()
    off = [{**gate, "could_come_from": could_help(listed, gate["missing_columns"])} for gate in gates]
    return {"snapshot": folder.name, "systems": told, "measures": off}


def needs() -> Needs:
    """By measure its name and the columns without which it has no answer, as the systems catalogue reads them."""
    return {measure.id: (measure.name, measure.needs) for measure in CATALOGUE.values()}


def offer(workspaces: Sequence[Workspace]) -> dict[str, Any]:
    """What each council offers on the day of its snapshot, with gaps and overlaps, and all councils side by side."""
    councils = [_offer_of(each) for each in workspaces]
    return {"councils": councils, "side_by_side": side_by_side(councils)}


def _offer_of(workspace: Workspace) -> dict[str, Any]:
    folder, settings = workspace.snapshot_folder(), workspace.settings
    day, council = date.fromisoformat(workspace.manifest()["as_at"]), settings.name or settings.ons_code
    con = read_tables(folder, workspace.store / "spill")
    try:
        offered, families = offer_of(con, day, settings.ons_code, settings.name), families_by_need(con, day)
        people = children(con, settings.ons_code, ()).of(day.year, ())
    finally:
        con.close()
    told = publish_offer(offered, families, people, policy(settings.policy, settings.round_to))
    return {"council": council, "snapshot": folder.name, "as_at": day, **told}
