"""Beside other councils, for people to read: packs compared, neighbours marked, what to ask, as a document or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from earlyhelp import sharing
from earlyhelp.compare.learn import to_learn
from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.measures import CATALOGUE
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
