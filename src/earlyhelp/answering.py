"""What a finished snapshot answers: figures as they may be shown, what stands behind each, and prepared questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import duckdb

from earlyhelp.check.changes import COUNTS, changed
from earlyhelp.check.fix_list import write_rows
from earlyhelp.errors import NothingToDo, UsageProblem
from earlyhelp.link.thresholds import FOLLOWING, ranges, under_each_bound
from earlyhelp.measures import CATALOGUE, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.cube import CUBE_TABLES, make_cube
from earlyhelp.measures.cube_reading import read_cube
from earlyhelp.measures.signals import Event
from earlyhelp.measures.worklists import HEADINGS, worklist
from earlyhelp.release import (
    Policy,
    Released,
    ReleasedRow,
    ReleasedWaiting,
    certify,
    moved_figures,
    policy,
    publish,
    publish_counts,
    publish_waiting,
)
from earlyhelp.release.standing import standing
from earlyhelp.reports.answers import PREPARED, Part, PreparedQuestion, Reply, Setting, reply
from earlyhelp.standard.sql import literal
from earlyhelp.store.certificates import certificate_id, find, keep
from earlyhelp.store.files import private_file, whole_folder
from earlyhelp.store.row_files import is_writable, tell_audit
from earlyhelp.store.settings import declared_events
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace, connect


@dataclass(frozen=True)
class Answer:
    """Released rows of one measure, each with the certificate that stands behind it.

    `ranges`: of each row, the lowest and the highest value under stricter and looser linking; None where none is told.
    """

    released: Released
    definition: str
    snapshot: str
    certificates: list[str]
    ranges: list[tuple[float, float] | None]


@dataclass(frozen=True)
class Opened:
    """A snapshot that is open for reading, so that many questions need not open it again."""

    workspace: Workspace
    name: str
    manifest: Mapping[str, Any]
    con: duckdb.DuckDBPyConnection
    has_cube: bool

    @property
    def standards(self) -> Standards:
        """The council's own standards and the day that the snapshot is as at."""
        as_at, settings = date.fromisoformat(self.manifest["as_at"]), self.workspace.settings
        return Standards(as_at, settings.standards, settings.year_starts, settings.ons_code)

    @property
    def policy(self) -> Policy:
        """The council's policy of disclosure."""
        settings = self.workspace.settings
        return policy(settings.policy, settings.round_to)

    def measure(self, measure_id: str, asked: Question, definition: str = "default") -> Answer:
        """The figures of one measure, released under the council's policy, each kept with its certificate.

        Raises UsageProblem for a measure, definition or split there is not.
        """
        workspace, standards = self.workspace, self.standards
        wanted = measure_called(measure_id, definition)
        counted = read_cube(self.con, wanted, standards, asked) if self.has_cube else None
        released = publish(counted or calculate(self.con, wanted, standards, asked), self.policy)
        linked = self._ranges(wanted, asked, released)
        settings = asdict(workspace.settings)
        about = [certify.behind(row, released, asked, self.manifest, settings) for row in released.rows]
        ids = [certificate_id(workspace.pseudonyms, each) for each in about]
        keep(workspace.certificates, list(zip(ids, about, strict=True)))
        return Answer(released, definition, self.name, ids, linked)

    def _ranges(self, wanted: Measure, asked: Question, released: Released) -> list[tuple[float, float] | None]:
        """How far the figures of a measure that follows people would move, were records linked more or less strictly."""
        if wanted.id not in FOLLOWING or asked.by:
            return [None] * len(released.rows)
        shown, standards = released.policy, self.standards
        con = read_tables(self.workspace.snapshot_folder(self.name), self.workspace.store / "spill")
        try:  # a connection of its own: it counts the spells of a bound from here on
            under = under_each_bound(con, lambda: publish(calculate(con, wanted, standards, asked), shown))
        finally:
            con.close()
        told = ranges(_values(released), [_values(each) for each in under])
        return [told[_place(row)] for row in released.rows]

    def waiting(self) -> ReleasedWaiting:
        """The waiting list: what ended waits, who waits longest, and the list played on, as it may be shown."""
        from earlyhelp.measures.waiting import waiting  # here, as few questions need what it loads

        return publish_waiting(waiting(self.con, self.standards), self.policy)


def _values(released: Released) -> dict[tuple[object, ...], float | None]:
    return {_place(row): row.value for row in released.rows}


def _place(row: ReleasedRow) -> tuple[object, ...]:
    """The period and the group that a figure is of."""
    return (row.period_start, row.period_end, *sorted(row.dims.items()))


@contextmanager
def opened(workspace: Workspace, snapshot: str | None = None) -> Iterator[Opened]:
    """The current snapshot, or the named one, open for reading."""
    folder = workspace.snapshot_folder(snapshot)
    cube = workspace.cubes / folder.name
    con = read_tables(folder, workspace.store / "spill", beside=cube)
    try:
        yield Opened(workspace, folder.name, workspace.manifest(folder.name), con, cube.is_dir())
    finally:
        con.close()


def count_ahead(workspace: Workspace) -> dict[str, Any]:
    """Count every measure of the current snapshot once, in total and by each split, so that pages and packs open at once.

    What is counted is kept beside the snapshot, which never changes. `failed`: measures that could not be counted, with
    the class of the error; they are worked out when asked for, as is any figure that the cube does not hold.
    Raises NothingToDo where the snapshot has its cube.
    """
    with workspace.writing(), opened(workspace) as reading:
        if reading.has_cube:
            raise NothingToDo("The measures of this snapshot are counted.", where=reading.name, fix="Just ask.")
        started = monotonic()
        with whole_folder(workspace.cubes / reading.name, workspace.work) as folder:
            con = read_tables(workspace.snapshot_folder(reading.name), workspace.store / "spill", writes=folder)
            try:
                failed = make_cube(con, reading.standards, CATALOGUE.values())
                for table in CUBE_TABLES:
                    con.execute(f"COPY {table} TO {literal(folder / f'{table}.parquet')} (FORMAT parquet)")
                [(figures,)] = con.execute("SELECT count(*) FROM cube").fetchall()
            finally:
                con.close()
        seconds = round(monotonic() - started, 1)
        about = {"snapshot": reading.name, "measures": len(CATALOGUE), "figures": figures}
        return {**about, "failed": failed, "seconds": seconds}


def measure(
    workspace: Workspace, measure_id: str, asked: Question, *, definition: str = "default", snapshot: str | None = None
) -> Answer:
    """The figures of one measure on the current snapshot, released under the council's policy, with certificates.

    Raises UsageProblem for a measure, definition or split there is not.
    """
    measure_called(measure_id, definition)
    with opened(workspace, snapshot) as reading:
        return reading.measure(measure_id, asked, definition)


def rivals(workspace: Workspace, measure_id: str, asked: Question) -> list[Answer]:
    """The figures of one measure under each of its definitions, its own first; each released like any other.

    A definition that cannot be asked so (another split, a shorter period) is left out. Raises UsageProblem for a measure
    there is not, or where no definition can be asked so.
    """
    own = measure_called(measure_id, "default")
    names = [name for name in ("default", *own.definitions) if _can_be_asked(own.defined_as(name), asked)]
    with opened(workspace) as reading:
        return [reading.measure(measure_id, asked, name) for name in names or ["default"]]


def _can_be_asked(wanted: Measure, asked: Question) -> bool:
    long_enough = asked.grain is None or asked.grain.months >= wanted.finest.months
    return long_enough and set(asked.by) <= splits_of(wanted).keys()


def measure_called(measure_id: str, definition: str) -> Measure:
    """The measure of that id under that definition. Raises UsageProblem for one there is not."""
    if measure_id not in CATALOGUE:
        raise UsageProblem(
            f"There is no measure {measure_id}.", where="measure", fix=f"Choose one of: {', '.join(CATALOGUE)}."
        )
    found = CATALOGUE[measure_id]
    if definition != "default" and definition not in found.definitions:
        raise UsageProblem(
            f"{measure_id} has no definition {definition}.",
            where="--definition",
            fix=f"Choose one of: {', '.join(['default', *found.definitions])}.",
        )
    return found.defined_as(definition)


def ask(workspace: Workspace, name: str) -> tuple[PreparedQuestion, Reply]:
    """A prepared question and its reply, made of released figures alone.

    Raises UsageProblem for a question there is not.
    """
    question = _question_called(name)
    with opened(workspace) as reading:
        events = tuple(Event(day, what) for day, what in declared_events(workspace.root / "council.toml"))
        listed = reading.waiting() if question.of_the_list else None
        setting = Setting(reading.standards.as_at, events, listed)
        asked = [(each.measure, each.as_at(setting.as_at), each.definition) for each in question.wanted]
        answers = [reading.measure(*each) for each in asked]
    return question, reply(question, [Part(each.released, each.certificates) for each in answers], setting)


def write_worklist(workspace: Workspace, name: str, target: Path, *, account: str, reason: str, when: str) -> int:
    """Write the cases behind a prepared question to a file its owner alone can read; returns the number of rows.

    By the plain rule of one measure, in order of the event that put a case there; pseudonyms and record numbers, no
    names. The audit log holds the reading before the file is there. Raises UsageProblem for a question without cases.
    """
    question = _question_called(name)
    if question.rows_of is None:
        listed = ", ".join(each.id for each in PREPARED.values() if each.rows_of)
        raise UsageProblem(f"{name} has no worklist.", where="--rows", fix=f"These have one: {listed}.")
    is_writable(target, (".csv",))
    wanted = measure_called(question.rows_of.measure, question.rows_of.definition)
    tell_audit(workspace, "worklist", target, account, reason, when, question=name, measure=wanted.id)
    with opened(workspace) as reading:
        rows = worklist(reading.con, wanted, reading.standards, question.rows_of.days or 365)
    told = [[*("" if cell is None else str(cell) for cell in row), wanted.numerator] for row in rows]
    with private_file(target) as partial:
        write_rows([*HEADINGS, "why"], told, partial)
    return len(rows)


def _question_called(name: str) -> PreparedQuestion:
    if name not in PREPARED:
        raise UsageProblem(f"There is no question {name}.", where="QUESTION", fix=f"One of: {', '.join(PREPARED)}.")
    return PREPARED[name]


def explain(workspace: Workspace, certificate: str) -> dict[str, Any]:
    """What stands behind a published figure, its rule, and the same figure worked out again through the one door.

    `data`: how full its columns were and how sure the links, in its own snapshot. `now`: where the current snapshot is
    another, the figure on it, and the records of the tables it rests on that came, went or changed since.
    """
    about = find(workspace.certificates, certificate)
    asked, definition = certify.question(about), about["definition"]
    with opened(workspace, about["snapshot"]) as reading:
        again = reading.measure(about["measure"], asked, definition)
        trusted = standing(reading.con, again.released.measure, policy(about["policy"], about["round_to"]))
    told = {"certificate": certificate, **certify.explained(about, again.released), "data": trusted}
    return told if workspace.current == about["snapshot"] else {**told, "now": _restated(workspace, certificate, about)}


def _restated(workspace: Workspace, certificate: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """The figure on the current snapshot, and by table the records that explain a difference."""
    before, after = (workspace.snapshot_folder(name) / "analysis" for name in (about["snapshot"], None))
    with opened(workspace) as reading:

        def again(measure_id: str, asked: Question, definition: str) -> tuple[Released, list[str]]:
            answer = reading.measure(measure_id, asked, definition)
            return answer.released, answer.certificates

        moved = moved_figures([(certificate, about)], again)
    wanted = measure_called(about["measure"], about["definition"])
    tables = {column.table_name for column in (*wanted.needs, *wanted.gate)}
    with connect(workspace.store / "spill") as con:
        then = date.fromisoformat(about["as_at"])
        rows = [row for row in changed(con, before, after, then) if row["table"] in tables]
    counts = publish_counts(rows, policy(about["policy"], about["round_to"]), counts=COUNTS, resting_on={})
    return {
        "snapshot": workspace.current,
        "moved": bool(moved),
        "figure": moved[0] if moved else None,
        "records": counts,
    }
