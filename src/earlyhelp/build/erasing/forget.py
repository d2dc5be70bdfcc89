"""The erasure of one person, from the question who is meant to the search that proves it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.build.erasing import originals, snapshots
from earlyhelp.build.erasing.feeds import Rewritten, rewrite_feed, same_rows
from earlyhelp.build.erasing.rows import counts, know_keys, mark_rows, staged_relations
from earlyhelp.build.erasing.whose import Whom, keys_of, own_key, sought_for
from earlyhelp.errors import EarlyHelpError, InputRefused, NothingToDo, UsageProblem
from earlyhelp.ingest.erased import hangs_on
from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.standard import TABLES, sql
from earlyhelp.store.erasure import Marks, begin, carry_on, commit, erasing_folder, read_marks, still_found
from earlyhelp.store.files import private_folder, write_json
from earlyhelp.store.residue import Sought, search
from earlyhelp.store.snapshots import Draft
from earlyhelp.store.workspace import Workspace, connect

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """Who asks for the erasure, why, and when: for the audit log and the manifests."""

    account: str
    reason: str
    when: str


def forget(
    workspace: Workspace, whom: Whom, asked: Asked, *, dry_run: bool = False, progress: Progress = lambda step: None
) -> dict[str, Any]:
    """Erase a person; what was written again and deleted, the number of files searched, and none that still holds them.

    `dry_run`: the same, and nothing is changed. Raises InputRefused for somebody unknown here, NothingToDo for somebody
    erased before and not found any more, EarlyHelpError where the person is still found in a file afterwards, UsageProblem
    for a reason that names the person. Killed anywhere, the next call carries on or starts again.
    """
    with workspace.writing():
        marks = read_marks(workspace)
        finished = carry_on(workspace)
        if finished and finished["person"] == whom.mark(marks):
            return finished
        try:
            plan = _prepare(workspace, whom, asked, marks, progress)
            if dry_run:
                return {**plan["result"], "dry_run": True}
            progress("putting everything in its place and searching for what is left")
            commit(workspace, plan)
            return carry_on(workspace) or {}
        finally:
            if not (erasing_folder(workspace) / "plan.json").exists():
                shutil.rmtree(erasing_folder(workspace), ignore_errors=True)


def _prepare(workspace: Workspace, whom: Whom, asked: Asked, marks: Marks, progress: Progress) -> dict[str, Any]:
    scratch = workspace.scratch("forget")
    con = connect(scratch)
    try:
        feeds = staged_feeds(workspace)
        staged = staged_relations(con, workspace.feeds, feeds)
        _know_sources(con, feeds)
        keys = keys_of(con, workspace, staged, whom, workspace.pseudonyms)
        if not keys:
            raise _nobody(con, workspace, staged, whom, read_marks(workspace))
        know_keys(con, keys)
        return _Preparation(workspace, con, whom, asked, marks, feeds, staged).plan(keys, progress)
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _know_sources(con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]]) -> None:
    con.execute("CREATE TEMP TABLE feed_source (feed_id VARCHAR, source VARCHAR)")
    if feeds:
        con.execute(f"INSERT INTO feed_source VALUES {sql.rows((f['feed_id'], f['source']) for f in feeds)}")


def _nobody(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, staged: Mapping[str, str], whom: Whom, marks: Marks
) -> EarlyHelpError:
    """What to say where there is no row of the person: never known, or erased before; then the search is made once more."""
    if whom.mark(marks) not in marks.erased:
        where = "--person-id" if whom.person_id else "--id"
        return InputRefused("Nobody is known here by that id.", where=where, fix="Check the system and the id.")
    know_keys(con, [own_key(whom, workspace.pseudonyms)])
    _, found = search(workspace, sought_for(con, staged, whom, frozenset()))
    if found:
        return still_found(found)
    return NothingToDo(
        "The person was erased before, and is not found.",
        where=str(workspace.root),
        fix="Records of other systems are erased by their own system and id.",
    )


class _Preparation:
    """Everything that is to take the place of what holds the person, written beside the store."""

    def __init__(
        self,
        workspace: Workspace,
        con: duckdb.DuckDBPyConnection,
        whom: Whom,
        asked: Asked,
        marks: Marks,
        feeds: Sequence[Mapping[str, Any]],
        staged: Mapping[str, str],
    ) -> None:
        self.workspace, self.con, self.whom, self.asked, self.marks = workspace, con, whom, asked, marks
        self.feeds, self.staged = feeds, staged
        self.folder = begin(workspace)

    def plan(self, keys: frozenset[str], progress: Progress) -> dict[str, Any]:
        """Write it all, and say what there is to be done: the journal of the erasure."""
        self.con.execute("SET preserve_insertion_order = true")
        mark_rows(self.con, self.staged)
        self.con.execute("CREATE OR REPLACE TEMP TABLE staged_row AS FROM erased_row")
        rows, gone = counts(self.con), self._gone()
        self.con.execute("CREATE OR REPLACE TEMP TABLE erased_row AS FROM staged_row")
        sought = sought_for(self.con, self.staged, self.whom, gone)
        self._refuse_reason(sought)
        marks = self._marks(keys)
        progress("writing feeds again")
        changed = self._feeds(sought)
        progress("cutting rows out of the files received")
        wanted = originals.wanted_of((originals.kept_under(each.report), each.cut, each.named) for each in changed)
        received = originals.rewrite_originals(self.workspace, wanted, sought, self.folder / "received")
        written = self._tell_received(changed, received)
        result = self._result(rows, changed, received, sought)
        progress("writing snapshots again")
        renamed = self._snapshots({each.report["feed_id"]: each.report for each in changed}, result)
        result["snapshots"] = [
            {"old": old, "new": new, "current": old == self.workspace.current} for old, new in renamed.items()
        ]
        return {
            "marks": marks,
            "feeds": written,
            "received": originals.told_files(received),
            "snapshots": renamed,
            "sought": sought.as_json(),
            "result": result,
        }

    def _snapshot_folders(self) -> list[Path]:
        return sorted(path for path in self.workspace.snapshots.glob("*") if (path / "manifest.json").is_file())

    def _gone(self) -> frozenset[str]:
        """The person_ids that some snapshot holds of the person, and no snapshot of anybody else."""
        folders = self._snapshot_folders()
        gone = frozenset[str]().union(*(snapshots.find_in_snapshot(self.con, folder).gone for folder in folders))
        return gone.difference(*(snapshots.borne_by_others(self.con, folder) for folder in folders))

    def _refuse_reason(self, sought: Sought) -> None:
        if sought.in_text(self.asked.reason) or (self.whom.id and self.whom.id in self.asked.reason.split()):
            raise UsageProblem(
                "The reason names the person, and it is kept.",
                where="--reason",
                fix="Give the number of the request, or the ground for it, without the person.",
            )

    def _marks(self, keys: frozenset[str]) -> list[str]:
        """The keyed hashes that keep the person out: of the request, of each key, and of each record that hung on theirs."""
        marks = {self.whom.mark(self.marks), *(self.marks.of("person", key) for key in keys)}
        for name, relation in self.staged.items():
            for column in hangs_on(TABLES[name]):
                found = self.con.execute(
                    f"SELECT DISTINCT source, CAST({sql.name(column)} AS VARCHAR) FROM {relation} JOIN feed_source "
                    f"USING (feed_id) WHERE {sql.name(column)} IS NOT NULL {_without_person(name)} AND row_id IN "
                    f"(SELECT row_id FROM staged_row WHERE table_name = {sql.literal(name)})"
                ).fetchall()
                marks |= {self.marks.of("record", source, column, value) for source, value in found}
        return sorted(marks)

    def _feeds(self, sought: Sought) -> list[Rewritten]:
        live, prepared = self.workspace.feeds, self.folder / "feeds"
        written = (
            rewrite_feed(
                self.con,
                feed,
                live / feed["feed_id"],
                prepared / feed["feed_id"],
                self.staged,
                sought,
                self.workspace.pseudonyms,
            )
            for feed in self.feeds
        )
        return [each for each in written if each]

    def _tell_received(self, changed: Sequence[Rewritten], received: Sequence[Mapping[str, Any]]) -> list[str]:
        """Note in the reports of feeds under which fingerprint what is left of their originals is kept; all feeds to change.

        A feed of which only the original held the person is written again, too: so the original is not taken back when the
        same file is loaded once more.
        """
        after = {each["sha256_before"]: each["sha256_after"] for each in received}
        reports = {feed["feed_id"]: feed for feed in self.feeds} | {
            each.report["feed_id"]: each.report for each in changed
        }
        written = {each.report["feed_id"] for each in changed}
        for name, report in reports.items():
            if originals.kept_under(report) in after:
                folder = self.folder / "feeds" / name
                if name not in written:
                    same_rows(self.workspace.feeds / name, folder)
                write_json(folder / "feed.json", {**report, "received_sha256": after[originals.kept_under(report)]})
                written.add(name)
        return sorted(written)

    def _result(
        self,
        rows: Mapping[str, int],
        changed: Sequence[Rewritten],
        received: Sequence[Mapping[str, Any]],
        sought: Sought,
    ) -> dict[str, Any]:
        person = self.whom.mark(self.marks)
        waiting = [path for path in self.workspace.inbox.rglob("*") if path.is_file()]
        return {
            "erasure": "e-" + self.marks.of("erasure", person, self.asked.when)[:16],
            "at": self.asked.when,
            "account": self.asked.account,
            "reason": self.asked.reason,
            "person": person,
            "also_linked": self.whom.also_linked or bool(self.whom.person_id),
            "rows": dict(rows),
            "feeds": [each.told() for each in changed],
            "originals": list(received),
            "too_short_to_search": sought.too_short,
            "waiting_in_inbox": len(waiting),
        }

    def _snapshots(self, feeds: Mapping[str, Mapping[str, Any]], result: Mapping[str, Any]) -> dict[str, str]:
        """Every snapshot that holds the person, or rests on a feed that did, under its new name."""
        renamed = {}
        about = {key: result[key] for key in ("erasure", "at", "account", "reason", "originals")}
        for folder in self._snapshot_folders():
            found = snapshots.find_in_snapshot(self.con, folder)
            inputs = {each["feed_id"] for each in self.workspace.manifest(folder.name)["inputs"]}
            if not (found.rows or inputs & set(feeds)):
                continue
            name = snapshots.new_name(folder.name, result["erasure"])
            with Draft(private_folder(self.folder / "snapshots" / name)) as draft:
                snapshots.rewrite_snapshot(self.con, folder, draft, feeds, found.gone)
                erasure = {**about, "rows": dict(found.rows)}
                draft.finish(snapshots.new_manifest(folder, name, feeds, erasure))
            renamed[folder.name] = name
        return renamed


def _without_person(table: str) -> str:
    return "AND person_key IS NULL" if "person_key" in TABLES[table].columns else ""
