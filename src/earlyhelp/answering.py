"""What a finished snapshot answers: the figures of a measure as they may be shown, and what stands behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import CATALOGUE, Measure, Question, Standards, calculate
from earlyhelp.release import Released, certify, policy, publish
from earlyhelp.store.certificates import certificate_id, find, keep
from earlyhelp.store.settings import Settings
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """Released rows of one measure, each with the certificate that stands behind it."""

    released: Released
    definition: str
    snapshot: str
    certificates: list[str]


def measure(
    workspace: Workspace, measure_id: str, asked: Question, *, definition: str = "default", snapshot: str | None = None
) -> Answer:
    """The figures of one measure on the current snapshot, released under the council's policy, with certificates.

    Raises UsageProblem for a measure, definition or split there is not.
    """
    wanted = _measure_called(measure_id, definition)
    folder = workspace.snapshot_folder(snapshot)
    manifest, settings = workspace.manifest(folder.name), workspace.settings
    con = read_tables(folder, workspace.store / "spill")
    try:
        figures = calculate(con, wanted, standards_of(manifest, settings), asked)
    finally:
        con.close()
    released = publish(figures, policy(settings.policy, settings.round_to))
    about = [certify.behind(row, released, asked, manifest, asdict(settings)) for row in released.rows]
    ids = [certificate_id(workspace.pseudonyms, each) for each in about]
    keep(workspace.certificates, list(zip(ids, about, strict=True)))
    return Answer(released, definition, folder.name, ids)


def standards_of(manifest: Mapping[str, Any], settings: Settings) -> Standards:
    """The council's own standards and the day that a snapshot is as at."""
    as_at = date.fromisoformat(manifest["as_at"])
    return Standards(as_at, settings.standards, settings.year_starts, settings.ons_code)


def _measure_called(measure_id: str, definition: str) -> Measure:
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


def explain(workspace: Workspace, certificate: str) -> dict[str, Any]:
    """What stands behind a published figure, its rule, and the same figure worked out again through the one door."""
    about = find(workspace.certificates, certificate)
    asked = certify.question(about)
    again = measure(workspace, about["measure"], asked, definition=about["definition"], snapshot=about["snapshot"])
    return {"certificate": certificate, **certify.explained(about, again.released)}
