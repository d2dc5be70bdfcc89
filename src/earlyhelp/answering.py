"""What a finished snapshot answers: figures as they may be shown, what stands behind each, and prepared questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import CATALOGUE, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.signals import Event
from earlyhelp.release import Released, certify, policy, publish
from earlyhelp.reports.answers import PREPARED, Part, PreparedQuestion, Reply, Setting, reply
from earlyhelp.store.certificates import certificate_id, find, keep
from earlyhelp.store.settings import Settings, declared_events
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """Released rows of one measure, each with the certificate that stands behind it."""

    released: Released
    definition: str
    snapshot: str
    certificates: list[str]


@dataclass(frozen=True)
class Opened:
    """A snapshot that is open for reading, so that many questions need not open it again."""

    workspace: Workspace
    name: str
    manifest: Mapping[str, Any]
    con: duckdb.DuckDBPyConnection

    def measure(self, measure_id: str, asked: Question, definition: str = "default") -> Answer:
        """The figures of one measure, released under the council's policy, each kept with its certificate.

        Raises UsageProblem for a measure, definition or split there is not.
        """
        workspace, settings = self.workspace, self.workspace.settings
        wanted = measure_called(measure_id, definition)
        figures = calculate(self.con, wanted, standards_of(self.manifest, settings), asked)
        released = publish(figures, policy(settings.policy, settings.round_to))
        about = [certify.behind(row, released, asked, self.manifest, asdict(settings)) for row in released.rows]
        ids = [certificate_id(workspace.pseudonyms, each) for each in about]
        keep(workspace.certificates, list(zip(ids, about, strict=True)))
        return Answer(released, definition, self.name, ids)


@contextmanager
def opened(workspace: Workspace, snapshot: str | None = None) -> Iterator[Opened]:
    """The current snapshot, or the named one, open for reading."""
    folder = workspace.snapshot_folder(snapshot)
    con = read_tables(folder, workspace.store / "spill")
    try:
        yield Opened(workspace, folder.name, workspace.manifest(folder.name), con)
    finally:
        con.close()


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


def standards_of(manifest: Mapping[str, Any], settings: Settings) -> Standards:
    """The council's own standards and the day that a snapshot is as at."""
    as_at = date.fromisoformat(manifest["as_at"])
    return Standards(as_at, settings.standards, settings.year_starts, settings.ons_code)


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
    if name not in PREPARED:
        raise UsageProblem(f"There is no question {name}.", where="QUESTION", fix=f"One of: {', '.join(PREPARED)}.")
    question = PREPARED[name]
    with opened(workspace) as reading:
        events = tuple(Event(day, what) for day, what in declared_events(workspace.root / "council.toml"))
        setting = Setting(date.fromisoformat(reading.manifest["as_at"]), events)
        asked = [(each.measure, each.as_at(setting.as_at), each.definition) for each in question.wanted]
        answers = [reading.measure(*each) for each in asked]
    return question, reply(question, [Part(each.released, each.certificates) for each in answers], setting)


def explain(workspace: Workspace, certificate: str) -> dict[str, Any]:
    """What stands behind a published figure, its rule, and the same figure worked out again through the one door."""
    about = find(workspace.certificates, certificate)
    asked = certify.question(about)
    again = measure(workspace, about["measure"], asked, definition=about["definition"], snapshot=about["snapshot"])
    return {"certificate": certificate, **certify.explained(about, again.released)}
