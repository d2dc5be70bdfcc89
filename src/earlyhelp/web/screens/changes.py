"""What changed from the snapshot before to this one: records, people, and published figures that are another now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import desk
from earlyhelp.errors import NothingToDo
from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import runs as doing
from earlyhelp.web.blocks import Empty, Form, Link, Shown
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.models import Run
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.runs import may_load
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace

MOST_MONTHS = 60
MOST_FIGURES = 300
NOT_A_NUMBER = {"suppressed": "too few to say", "not_mature": "not mature yet", "no_data": "no data"}


@page("data/changes/", rule=having(Power.EXACT), private=True, posts=True)
def changes(request: HttpRequest) -> Screen | HttpResponse:
    """Records new, gone, altered and late since the snapshot before, and the published figures that this moves."""
    if request.method == "POST":
        return _asked_for(request)
    way = (Link("Data desk", reverse("data")),)
    title = "What changed since the snapshot before"
    try:
        told = prepared(request, ("changes",), lambda: desk.changes(workspace(), figures=False))
    except NothingToDo:
        steps = (Link("Data desk", reverse("data"), "bring in a later extract and run"),)
        return Screen(title, (Empty("There is no snapshot before this one.", steps),), way=way)
    return Screen(
        title,
        (*_records(told["records"]), *_people(told["people"]), *_figures(request, told)),
        lead=f"Compared with the figures as at {in_words(told['since_as_at'])}. Not for publication.",
        way=way,
    )


def _asked_for(request: HttpRequest) -> HttpResponse:
    """Have the published figures worked out again, which takes a minute or more. Raises Http404 for whoever may not."""
    if not may_load(request):
        raise Http404
    try:
        return redirect("run", doing.start(request=request, kind="changes").pk)
    except NothingToDo:
        messages.warning(request, "A run is under way already. Ask again when it has ended.")
        return redirect("changes")


def _records(rows: Sequence[Mapping[str, Any]]) -> list[Shown]:
    if not rows:
        return [Heading(1, "Records"), Text("No record is new, gone or altered.")]
    names = [name for name in rows[0] if name != "status"]
    latest = sorted(rows, key=lambda row: str(row.get("month") or ""), reverse=True)[:MOST_MONTHS]
    told = [[cell(row, name) for name in names] for row in latest]
    columns = [each.replace("_", " ") for each in names]
    table = table_of("Records by table and month of the event, the latest first", columns, told, range(2, len(names)))
    blocks: list[Shown] = [Heading(1, "Records"), table]
    if len(rows) > MOST_MONTHS:
        blocks.append(Note(f"{len(rows) - MOST_MONTHS:,} further lines are of earlier months."))
    return blocks


def _people(rows: Sequence[Mapping[str, Any]]) -> list[Shown]:
    if not rows:
        return []
    names = [name for name in rows[0] if name != "status"]
    told = [[cell(row, name) for name in names] for row in rows]
    columns = [each.replace("_", " ") for each in names]
    table = table_of("People whom linkage takes for one, or for several, otherwise than before", columns, told, (1,))
    return [Heading(1, "People"), table]


def cell(row: Mapping[str, Any], name: str) -> str:
    """A cell of a released row in words: what is hidden says so."""
    value = row[name]
    if value is None:
        return "too few to say" if row.get("status") == "suppressed" else "not recorded"
    if isinstance(value, date):
        return f"{value:%B %Y}" if value.day == 1 else in_words(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _figures(request: HttpRequest, told: Mapping[str, Any]) -> list[Shown]:
    """The published figures that are another now, once somebody has had them worked out."""
    found = _worked_out(told)
    heading = Heading(1, "Published figures")
    if found is None:
        words = "Whether published figures are another now has not been worked out for this snapshot: it takes a minute or more."
        asking = [Form(PlainForm(), "Work it out")] if may_load(request) else []
        return [heading, Text(words), *asking]
    looked_at = f"{found['figures_looked_at']:,} published figures were worked out again."
    if not found["figures"]:
        return [heading, Text(f"{looked_at} None is another now.")]
    rows = [
        (f"{each['measure']} {each['name']}", _period(each), _split(each), _value(each, "old"), _value(each, "new"))
        for each in found["figures"][:MOST_FIGURES]
    ]
    blocks: list[Shown] = [heading, Text(f"{looked_at} Moved: {len(found['figures']):,}.")]
    blocks.append(table_of("Figures that moved", ("measure", "period", "split", "was", "is now"), rows, (3, 4)))
    if len(found["figures"]) > MOST_FIGURES:
        blocks.append(Note("The others: earlyhelp changes DIR."))
    return blocks


def _worked_out(told: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the latest run of this kind found, where it compared these two snapshots."""
    latest = Run.objects.filter(kind="changes", state=Run.State.DONE).order_by("-id").first()
    found: dict[str, Any] = latest.result if latest and latest.result else {}
    return found if (found.get("snapshot"), found.get("since")) == (told["snapshot"], told["since"]) else None


def _period(told: Mapping[str, Any]) -> str:
    return f"{told['period_start'] or 'the first day'} to {told['period_end'] or 'the last day'}"


def _split(told: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in told["dims"].values()) or "all"


def _value(told: Mapping[str, Any], when: str) -> str:
    value = told[f"{when}_value"]
    return NOT_A_NUMBER.get(told[f"{when}_status"], "no data") if value is None else f"{value:,.4g}"
