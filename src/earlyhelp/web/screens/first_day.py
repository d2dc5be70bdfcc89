"""Before the first figure: what public statistics tell of the council, and how to add them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.release import Status
from earlyhelp.release.reach import ReleasedProfile
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Empty, Link, Shown
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace

MISSING = "not published"
HOW_TO_ADD = (
    "Public statistics are added once, on the machine that holds this workspace: `earlyhelp reference list` names each file "
    "and where it is published; save them in one folder, then `earlyhelp reference add DIR FOLDER`."
)


@page("public-profile/", rule=READERS, needs_snapshot=False)
def public_profile(request: HttpRequest) -> Screen:
    """The council as public statistics show it, before any record is loaded."""
    found = prepared(request, ("public profile", *_packs()), lambda: answering.profile_of(workspace()))
    if found.status is not Status.OK:
        steps = (Link("Bring in your first extract", reverse("data")),)
        return Screen("This council from public figures", (Empty(found.why_not, steps), Text(HOW_TO_ADD)))
    blocks: list[Shown] = []
    for section in dict.fromkeys(str(row["section"]) for row in found.figures):
        rows = [row for row in found.figures if row["section"] == section]
        blocks += [Heading(1, section.capitalize()), _section(section, rows)]
    blocks += _spent(found)
    if found.findings:
        blocks += [Heading(1, "To be read with it"), Bullets(found.findings)]
    blocks.append(Note(f"Neighbours: {', '.join(found.neighbours) or 'none published'}."))
    lead = "Published by others, and older than your own records will be."
    return Screen(f"{found.name} from public figures", tuple(blocks), lead=lead)


def _packs() -> list[tuple[str, int]]:
    """The folders of public statistics with when each was changed: a new one makes another profile."""
    folder = workspace().root / "reference"
    return sorted((each.name, each.stat().st_mtime_ns) for each in folder.iterdir()) if folder.is_dir() else []


def _section(section: str, rows: Iterable[Mapping[str, Any]]) -> Shown:
    columns = ("what", "figure", "unit", "period", "middle of the neighbours", "England", "source")
    told = (
        (
            row["label"],
            _figure(row),
            row["unit"],
            row["period"],
            _number(row["neighbours_median"]),
            _number(row["england"]),
            row["source"],
        )
        for row in rows
    )
    return table_of(section.capitalize(), columns, told, (1, 4, 5), nothing=MISSING)


def _figure(row: Mapping[str, Any]) -> str:
    """The figure, or which of the four it is that there is none."""
    if row["value"] is not None:
        return _number(row["value"])
    return {"suppressed": "hidden by the publisher"}.get(str(row["status"]), MISSING)


def _number(value: float | None) -> str:
    if value is None:
        return MISSING
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"


def _spent(found: ReleasedProfile) -> list[Shown]:
    """The early share of spend of the council and of its neighbours."""
    if not found.spent_early:
        return []
    names = [each for each in found.spent_early[0] if each != "neighbour"]
    rows = [[_cell(row[name]) for name in names] for row in found.spent_early]
    caption = "Spent early of each 100 pounds, the council first, then its neighbours"
    columns = [each.replace("_", " ") for each in names]
    return [Heading(1, "Early and late spend"), table_of(caption, columns, rows, nothing=MISSING)]


def _cell(value: object) -> str:
    return _number(value) if isinstance(value, float | int) else str(value or MISSING)
