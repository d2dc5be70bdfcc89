"""What a finished snapshot answers: figures as they may be shown, what stands behind each, and prepared questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from time import monotonic
from typing import Any

import duckdb

from earlyhelp.check.changes import COUNTS, changed
from earlyhelp.errors import GateClosed, NothingToDo, UsageProblem
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.places import where_worst
from earlyhelp.link.thresholds import FOLLOWING, ranges, under_each_bound
from earlyhelp.measures import CATALOGUE, Figures, Grain, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.cube import CUBE_TABLES, make_cube, read_cube
from earlyhelp.measures.on_spark import Counted, count_on_spark
from earlyhelp.measures.pathway import lines
from earlyhelp.measures.signals import Event
from earlyhelp.reference.adding import packs_of
from earlyhelp.reference.outlines import Outline, outlines
from earlyhelp.release import (
    Policy,
    Released,
    ReleasedPlaces,
    ReleasedPoverty,
    ReleasedRow,
    ReleasedWaiting,
    certify,
    moved_figures,
    no_poverty_study,
    policy,
    publish,
    publish_counts,
    publish_places,
    publish_poverty,
    publish_waiting,
)
from earlyhelp.release.earlier import ReleasedEarlier, nothing_earlier, publish_earlier
from earlyhelp.release.pathway import ReleasedLine, known_from, publish_lines
from earlyhelp.release.reach import ReleasedProfile, ReleasedReach, publish_picture, publish_reach
from earlyhelp.release.services import ReleasedServices
from earlyhelp.release.standing import standing
from earlyhelp.reports.answers import PREPARED, Part, PreparedQuestion, Reply, Setting, reply
from earlyhelp.standard.sql import literal
from earlyhelp.store.certificates import certificate_id, find, keep
from earlyhelp.store.files import whole_folder
from earlyhelp.store.settings import declared_events, worklists_on
from earlyhelp.store.snapshots import read_tables, read_to_count
from earlyhelp.store.spark import Spark
from earlyhelp.store.workspace import Workspace, connect
from earlyhelp.studying import services_compared


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

    def measure(
        self, measure_id: str, asked: Question, definition: str = "default", on_spark: Counted | None = None
    ) -> Answer:
        """The figures of one measure, released under the council's policy, each kept with its certificate.

        `on_spark`: what `counted_on` found for this very question; without it, all is counted here.
        Raises UsageProblem for a measure, definition or split there is not.
        """
        workspace, standards = self.workspace, self.standards
        wanted = measure_called(measure_id, definition)
        counted = on_spark.figures if on_spark else self._read_cube(wanted, asked)
        released = publish(counted or calculate(self.con, wanted, standards, asked), self.policy)
        linked = self._ranges(wanted, asked, released, on_spark)
        settings = asdict(workspace.settings)
        about = [certify.behind(row, released, asked, self.manifest, settings) for row in released.rows]
        ids = [certificate_id(workspace.pseudonyms, each) for each in about]
        keep(workspace.certificates, list(zip(ids, about, strict=True)))
        return Answer(released, definition, self.name, ids, linked)

    def counted_on(self, spark: Spark | None, wanted: Sequence[tuple[Measure, Question]]) -> list[Counted | None]:
        """For each measure and question, what Spark counts, started once for all; None for each without Spark.

        Raises what `count_on_spark` raises.
        """
        if spark is None:
            return [None] * len(wanted)
        return [*count_on_spark(self.workspace.snapshot_folder(self.name), spark, self.standards, wanted)]

    def _read_cube(self, wanted: Measure, asked: Question) -> Figures | None:
        return read_cube(self.con, wanted, self.standards, asked) if self.has_cube else None

    def _ranges(
        self, wanted: Measure, asked: Question, released: Released, on_spark: Counted | None
    ) -> list[tuple[float, float] | None]:
        """How far the figures of a measure that follows people would move, were records linked more or less strictly."""
        if wanted.id not in FOLLOWING or asked.by:
            return [None] * len(released.rows)
        shown, standards = released.policy, self.standards
        if on_spark:
            under = [publish(each, shown) for each in on_spark.under]
        else:
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

    def line(self) -> tuple[ReleasedLine, ...]:
        """The line from request to a year after closing, a year of requests each, the latest first, as it may be shown."""
        standards, by_year = self.standards, Question(grain=Grain.YEAR)
        known = known_from(*(self.measure(each, by_year).released for each in ("A1", "A3")))
        return publish_lines(lines(self.con, standards.as_at, standards.year_starts), self.policy, known)

    def places(self) -> ReleasedPlaces:
        """Where domestic abuse is worst, by ward and small area, as it may be shown."""
        return publish_places(where_worst(self.con, self.standards), self.policy)

    def reach(self) -> ReleasedReach:
        """Families helped beside the need of their ward, groups of children and silent schools, as they may be shown.

        Raises InputRefused for a file of public statistics that cannot be read.
        """
        from earlyhelp.evaluate.reach import reach  # here, as few questions need what it loads

        return publish_reach(reach(self.con, self.standards, packs_of(self.workspace)), self.policy)

    def poverty(self) -> ReleasedPoverty:
        """What is recorded after signs of poverty, as it may be shown; or why that cannot be told."""
        from earlyhelp.evaluate.poverty import poverty  # here, as few questions need what it loads

        try:
            return publish_poverty(poverty(self.con, self.standards.as_at), self.policy)
        except NotEstimable as problem:
            return no_poverty_study(problem)

    def earlier(self) -> ReleasedEarlier:
        """What came before step-ups, as it may be shown; or why that cannot be told."""
        from earlyhelp.evaluate.earlier import what_came_before  # here, as few questions need what it loads

        try:
            return publish_earlier(what_came_before(self.con, self.standards), self.policy)
        except NotEstimable as problem:
            return nothing_earlier(problem)


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
            snapshot, spill = workspace.snapshot_folder(reading.name), workspace.store / "spill"
            con = read_to_count(snapshot, spill, folder)
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
    workspace: Workspace,
    measure_id: str,
    asked: Question,
    *,
    definition: str = "default",
    snapshot: str | None = None,
    spark: Spark | None = None,
) -> Answer:
    """The figures of one measure on the current snapshot, released under the council's policy, with certificates.

    `spark`: where they are counted, without it here; the figures are the same, and so are the certificates.
    Raises UsageProblem for a measure, definition or split there is not, and what `count_on_spark` raises.
    """
    wanted = measure_called(measure_id, definition)
    with opened(workspace, snapshot) as reading:
        [counted] = reading.counted_on(spark, [(wanted, asked)])
        return reading.measure(measure_id, asked, definition, counted)


def exact(workspace: Workspace, measure_id: str, asked: Question, *, definition: str = "default") -> Released:
    """The figures of one measure with nothing hidden or rounded, for roles that may see every row; not to be passed on.

    They carry the mark of their policy and have no certificate. Raises UsageProblem for a measure there is not.
    """
    wanted = measure_called(measure_id, definition)
    with opened(workspace) as reading:
        return publish(calculate(reading.con, wanted, reading.standards, asked), policy("internal"))


def trust(workspace: Workspace, measure_id: str) -> Mapping[str, Any]:
    """How full the columns are that a measure rests on, and how sure the links: `completeness` and `links` of `standing`.

    Raises UsageProblem for a measure there is not.
    """
    wanted = measure_called(measure_id, "default")
    with opened(workspace) as reading:
        return standing(reading.con, wanted, reading.policy)


def rivals(workspace: Workspace, measure_id: str, asked: Question, *, spark: Spark | None = None) -> list[Answer]:
    """The figures of one measure under each of its definitions, its own first; each released like any other.

    A definition that cannot be asked so (another split, a shorter period) is left out. Raises UsageProblem for a measure
    there is not, or where no definition can be asked so.
    """
    own = measure_called(measure_id, "default")
    names = [name for name in ("default", *own.definitions) if _can_be_asked(own.defined_as(name), asked)]
    names = names or ["default"]
    with opened(workspace) as reading:
        counted = reading.counted_on(spark, [(own.defined_as(name), asked) for name in names])
        return [reading.measure(measure_id, asked, *each) for each in zip(names, counted, strict=True)]


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


def ask(workspace: Workspace, name: str, when: str = "") -> tuple[PreparedQuestion, Reply]:
    """A prepared question and its reply, made of released figures alone.

    `when`: the moment, at which plans of studies are declared that the question needs.
    Raises UsageProblem for a question there is not.
    """
    question = question_called(name)
    if question.before_records and workspace.current is None:
        return question, question.before_records(profile_of(workspace))
    beside: dict[str, Any] = {"services": _services(workspace, when)} if "services" in question.asks_for else {}
    with opened(workspace) as reading:
        events = tuple(Event(day, what) for day, what in declared_events(workspace.root / "council.toml"))
        beside |= {name: BESIDE_MEASURES[name](reading) for name in question.asks_for if name in BESIDE_MEASURES}
        switched_on = worklists_on(workspace.root / "council.toml")
        setting = Setting(reading.standards.as_at, events, switched_on, **beside)
        asked = [(each.measure, each.as_at(setting.as_at), each.definition) for each in question.wanted]
        answers = [reading.measure(*each) for each in asked]
    return question, reply(question, [Part(each.released, each.certificates) for each in answers], setting)


BESIDE_MEASURES: Mapping[str, Callable[[Opened], object]] = {
    "waiting": Opened.waiting,
    "places": Opened.places,
    "poverty": Opened.poverty,
    "earlier": Opened.earlier,
    "reach": Opened.reach,
}
"""What a question may ask of a snapshot beside measures, by its name in `Setting`."""


def line(workspace: Workspace) -> tuple[ReleasedLine, ...]:
    """The line of the current snapshot: see `Opened.line`."""
    with opened(workspace) as reading:
        return reading.line()


def waiting_list(workspace: Workspace) -> ReleasedWaiting:
    """The waiting list of the current snapshot: see `Opened.waiting`."""
    with opened(workspace) as reading:
        return reading.waiting()


def profile_of(workspace: Workspace) -> ReleasedProfile:
    """The council from the public statistics in its workspace alone, whether or not it has records; or why there is none.

    Raises InputRefused for a file of public statistics that cannot be read.
    """
    from earlyhelp.evaluate.reach import public_picture  # here, as few questions need what it loads

    return publish_picture(public_picture(packs_of(workspace), workspace.settings.ons_code))


def outlines_of(workspace: Workspace, kind: str, codes: Sequence[str]) -> Mapping[str, Outline]:
    """The published outline of each ward ("ward") or small area ("lsoa") that the workspace's packs hold, by code.

    Raises InputRefused for a file of boundaries that was changed or cannot be read.
    """
    return outlines(packs_of(workspace), kind, codes)


def _services(workspace: Workspace, when: str) -> ReleasedServices:
    """What the studies of services found; where none can be done, why."""
    try:
        return services_compared(workspace, when)
    except GateClosed as no:
        return ReleasedServices((), f"{no.error} What would be needed: {no.fix}")


def question_called(name: str) -> PreparedQuestion:
    """The prepared question of that name. Raises UsageProblem when there is none."""
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
