"""Beside other councils, for people to read: packs compared, neighbours marked, what to ask, as a document or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from earlyhelp import receiving, sharing
from earlyhelp.answering import opened
from earlyhelp.compare import Pack, years_told
from earlyhelp.compare.learn import to_learn
from earlyhelp.compare.neighbours import COMPARED, FEWEST, Among, among, is_in_packs
from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.measures import CATALOGUE, Measure, Statistic
from earlyhelp.measures.periods import Period
from earlyhelp.reference.adding import packs_of
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.compared import Beside, to_ask
from earlyhelp.reports.compared import comparison_content as content_of
from earlyhelp.reports.compared.words import names_of
from earlyhelp.reports.to_file import write_content
from earlyhelp.store.files import private_file
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.workspace import Workspace

ENDINGS = (".html", ".docx", ".xlsx", ".pdf")


def beside_others(
    workspace: Workspace, files: Sequence[Path], peers: Sequence[str] = (), reference: Path | None = None
) -> Beside:
    """Own figures beside those of the packs, with this council's statistical neighbours where a list of them is held.

    peers: the councils to compare with, by code; all without. reference: a folder of public reference data; the workspace's
    own without. Raises what `sharing.compare_packs` raises, and InputRefused for a named folder without such a list.
    """
    return Beside(sharing.compare_packs(workspace, files, peers), neighbours_known(workspace, reference))


def neighbours_known(workspace: Workspace, reference: Path | None = None) -> frozenset[str] | None:
    """The codes of this council's statistical neighbours; None where none of the workspace's own reference packs lists them.

    Raises InputRefused for a named folder that does not list them.
    """
    if reference is not None:
        return frozenset(sharing.neighbours_of(workspace, reference))
    for pack in packs_of(workspace):
        try:
            return frozenset(sharing.neighbours_of(workspace, pack.folder))
        except InputRefused:
            continue
    return None


@dataclass(frozen=True)
class NeighbourPacks:
    """The packs of this council's statistical neighbours, with what decides whether they count as it does.

    `known`: how many neighbours the list names, None where no list of them is held. `year`: the last that is over.
    """

    packs: tuple[Pack, ...]
    received: int
    known: int | None
    year: Period
    local: Mapping[str, int]
    family_definition: str

    def of(self, measure: Measure) -> Among:
        """Where the neighbours lie with the measure in that year."""
        return among(self.packs, measure, self.local, self.family_definition, self.year.end.isoformat())

    def why_not(self, measure: Measure) -> str:
        """Why nothing is told of the neighbours, as a sentence; empty where `of` has values."""
        if not is_in_packs(measure):
            return "Councils' packs do not hold this measure, and no public figure here is counted by its rule."
        if measure.statistic not in COMPARED:
            return NOT_LAID_BESIDE.get(measure.statistic, "Councils are not laid beside each other by such a figure.")
        if not self.received:
            return "No other council's pack is here yet, and no public figure here is counted by its rule."
        if self.known is None:
            return "No public reference data here lists this council's statistical neighbours."
        found = self.of(measure)
        if found.median is not None:
            return ""
        with_it, otherwise = len(found.names), found.otherwise
        others = f" {otherwise} {'counts' if otherwise == 1 else 'count'} it by another rule." if otherwise else ""
        return (
            f"Of {self.known} statistical neighbours {with_it or 'none'} sent a pack with this figure of the year, counted "
            f"as here; {FEWEST} are needed.{others}"
        )


NOT_LAID_BESIDE: Mapping[Statistic, str] = {
    Statistic.COUNT: "A count tells first how large a council is, so it is not laid beside those of neighbours.",
    Statistic.MIX: "Its groups are compared one by one there.",
}
"""Why some figures that packs hold have no line of the neighbours."""


def neighbour_packs(workspace: Workspace, files: Sequence[Path]) -> NeighbourPacks:
    """The packs in the files that are of this council's statistical neighbours, each the newest that is good.

    Raises InputRefused for a folder of reference data that is no pack, EarlyHelpError for a damaged key or list.
    """
    with opened(workspace) as reading:
        standards = reading.standards
    settings, known = workspace.settings, neighbours_known(workspace)
    found = receiving.others_packs(workspace, files)
    return NeighbourPacks(
        tuple(each for each in found if each.council in (known or ())),
        len(found),
        None if known is None else len(known),
        years_told(standards.as_at, standards.year_starts)[-1],
        settings.standards,
        settings.family_definition,
    )


def comparison_content(
    workspace: Workspace,
    files: Sequence[Path],
    peers: Sequence[str] = (),
    *,
    measures: Sequence[str] = (),
    reference: Path | None = None,
) -> Content:
    """The comparison as blocks: a chart, its words and its table a measure, and what to ask councils that do better.

    measures: only these, by id; all without. Raises what `beside_others` raises, and UsageProblem for a measure there is not.
    """
    check_measures(measures)
    return content_of(beside_others(workspace, files, peers, reference), measures)


def check_measures(measures: Sequence[str]) -> None:
    """Raises UsageProblem for an id that is no measure's."""
    unknown = [each for each in measures if each not in CATALOGUE]
    if unknown:
        raise UsageProblem(f"There is no measure {unknown[0]}.", where="--measure", fix="earlyhelp measures")


def write_comparison(workspace: Workspace, beside: Beside, target: Path, measures: Sequence[str] = ()) -> Content:
    """The comparison written as .html, .docx, .xlsx or .pdf, for its owner's eyes; returns what was written.

    Raises UsageProblem for a file that cannot be written or a measure there is not.
    """
    is_writable(target, ENDINGS)
    check_measures(measures)
    content = content_of(beside, measures)
    as_at = date.fromisoformat(workspace.manifest()["as_at"])
    with private_file(target) as partial:
        write_content(content, partial, datetime.combine(as_at, time()))
    return content


def as_json(beside: Beside) -> dict[str, Any]:
    """The comparison as JSON has it. `neighbours`: codes, null where they are not known. `learn`: what to ask, by rule."""
    found = beside.comparison
    told = None if beside.neighbours is None else sorted(beside.neighbours)
    learn = [asdict(each) for each in to_ask(to_learn(found), names_of(found))]
    return {**found.as_dict(), "neighbours": told, "learn": learn}
