"""The waiting room: who waits for a worker, how waits end, who waits longest, what it would take, and the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering, worklists
from earlyhelp.release import ReleasedWaiting, Status
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.reports.waiting import how_waits_end, longest
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import READERS, Power
from earlyhelp.web.blocks import Empty, Folded, Form, Link, Links, Numbers, Sentence, Shown
from earlyhelp.web.figures import latest, latest_table, of_theme
from earlyhelp.web.looking import record_look
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.rows import AT_ONCE, COLUMNS, MAY_SEE_ROWS, OF_NO_TEAM, Look, nobody
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace
from earlyhelp.worklists import Worklist

FIRST = ("B1", "B2", "B3", "B4")
"""The size of the list, and what must be read beside it: how long, how many long, and how many step up."""
LISTED = (
    "A family that came to statutory services while its record keeps it on the list is in the size of the list. Below it "
    "counts as having stepped up, and waits no longer."
)
LEAD = "lead_practitioner_id"
NAMED = (
    "Where a lead practitioner stands in a row, the record names one and no day of allocation, so that the family counts as "
    "waiting: enter the day in the case system."
)
ASKED_FOR = ("need_code", "youngest", "locality")
"""The groupings that everybody asks for; the others stand behind a line of words."""


@page("waiting/", rule=READERS, menu="Waiting room", place=35, kept=True)
def waiting(request: HttpRequest) -> Screen:
    """How many families wait for a worker, how waits end, who waits longest, and what more workers would change."""
    blocks = prepared(request, ("waiting", "blocks"), lambda: tuple(_blocks(request)))
    lead = "Families that were accepted, and of whom no allocation to a worker is recorded yet."
    return Screen("Waiting room", (*blocks, *_records(request)), lead=lead)


def _blocks(request: HttpRequest | InSnapshot) -> Iterator[Shown]:
    """What is the same for everybody who may read it."""
    found = told(request)
    yield Numbers(tuple(latest(request, each) for each in FIRST))
    yield Note(LISTED)
    if found.status is Status.NO_DATA:
        about = "with the day accepted and the day a worker was named"
        yield Empty(" ".join(found.answer), (Link("Bring in early help episodes", reverse("data"), about),))
    else:
        yield from (*_ahead(found), *_endings(found), *_longest(found))
    yield Heading(1, "Measures of timeliness")
    yield latest_table(request, "Measures of timeliness", of_theme("Timeliness"))
    if found.status is not Status.NO_DATA:
        yield Heading(1, "What must be said beside it")
        yield Bullets(found.caveats)


def _records(request: HttpRequest) -> list[Shown]:
    """Where the list itself is seen, for whoever may see records."""
    if not MAY_SEE_ROWS.allows(request.user.powers, signed_in=True):
        return []
    about = "pseudonyms and record numbers, in order of the day accepted"
    return [Heading(1, "The families"), Links((Link("The families that wait", reverse("waiting_families"), about),))]


def told(request: HttpRequest | InSnapshot) -> ReleasedWaiting:
    """The released waiting list, kept for the snapshot."""
    return prepared(request, ("waiting",), lambda: answering.waiting_list(workspace()))


def _ahead(found: ReleasedWaiting) -> Iterator[Shown]:
    """What would become of the list, as now and with more workers."""
    yield Heading(1, "What it would take")
    if not found.ahead:
        yield Text("Too few families wait, or too little is recorded, to play the list on.")
    for row in found.ahead:
        yield Sentence(str(row["in_words"]))


def _endings(found: ReleasedWaiting) -> Iterator[Shown]:
    ahead = {str(row["in_words"]) for row in found.ahead}
    yield Heading(1, "How waits end")
    yield Bullets(tuple(each for each in found.answer if each not in ahead))
    if found.endings:
        yield how_waits_end(found.endings)


def _longest(found: ReleasedWaiting) -> Iterator[Shown]:
    """Days waited by group: those everybody asks for, then the others."""
    if not found.groups:
        return
    yield Heading(1, "Who waits longest")
    yield Note("Groups whose intervals overlap cannot be told apart. A difference does not say why.")
    for name in ASKED_FOR:
        yield from longest([row for row in found.groups if row["by"] == name])
    others = tuple(longest([row for row in found.groups if row["by"] not in ASKED_FOR]))
    if others:
        yield Folded("Other groups", others)


@page("waiting/families/", rule=MAY_SEE_ROWS, private=True, posts=True)
def waiting_families(request: HttpRequest) -> Screen:
    """The families that wait, in order of the day they were accepted. Asks for a reason first, and keeps it.

    A team manager sees the rows of the own team alone.
    """
    form = Look(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _families(request, form)
    blocks: list[Shown] = [
        Text(
            "Who is on this list: families accepted, with no day of allocation and no visit recorded, and not closed."
        ),
        Text("It is in order of the day of acceptance. Nobody is scored, and no name is shown."),
    ]
    if own_team(request) is not None:
        blocks.append(Text(_of_team(own_team(request))))
    blocks.append(Form(form, "Show the families"))
    return Screen(
        "The families that wait",
        tuple(blocks),
        lead="You are asked why you look, and that you looked is on record.",
        way=_way(),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def own_team(request: HttpRequest) -> str | None:
    """The only team whose rows the user may see; None for all of them."""
    return None if Power.ROWS in request.user.powers else str(request.user.team)


def _of_team(team: str | None) -> str:
    if not team:
        return "No team is set for you, so there is nothing to see: ask the administrator."
    return f"You see the rows of {team} alone."


def _way() -> tuple[Link, ...]:
    return (Link("Waiting room", reverse("waiting")),)


def _families(request: HttpRequest, form: Look) -> Screen:
    """The rows, after the look was put on record."""
    team, part, reason = own_team(request), form.cleaned_data["part"] or 1, form.cleaned_data["reason"]
    about = {} if team is None else {"team": team}
    record_look(request, "the families that wait", reason=reason, part=part, measure="B1", **about)
    found = worklists.waiting_families(workspace(), team)
    lead = f"{len(found.rows):,} rows. A family has a row for each child that was accepted."
    blocks = tuple(_rows(found, part, reason, as_at_of(request), team))
    return Screen("The families that wait", blocks, lead=lead, way=_way())


def _rows(found: Worklist, part: int, reason: str, as_at: date | None, team: str | None) -> Iterator[Shown]:
    if not found.rows:
        yield Empty(_of_team(team) if team == "" else nobody(found, team), _way())
        return
    yield Text(f"What put each here: {found.rule}")
    first = (part - 1) * AT_ONCE
    shown = found.rows[first : first + AT_ONCE]
    there = [at for at, name in enumerate(found.headings) if at and any(row[at] for row in found.rows)]
    columns = ["accepted", "days since", *(COLUMNS.get(found.headings[at], found.headings[at]) for at in there)]
    caption = f"Rows {first + 1:,} to {first + len(shown):,} of {len(found.rows):,}, by the day accepted"
    if shown:
        yield table_of(caption, columns, [_cells(row, there, as_at) for row in shown], (1,))
    if LEAD in (found.headings[at] for at in there):
        yield Note(NAMED)
    if found.others_of_none:
        yield Note(OF_NO_TEAM)
    if first + AT_ONCE < len(found.rows):
        yield Form(Look({"reason": reason, "part": part + 1}), f"Show the next {AT_ONCE}", secondary=True)


def _cells(row: tuple[object, ...], there: list[int], as_at: date | None) -> list[object]:
    """The day accepted, the days from then on, and what finds the record."""
    since = row[0]
    days = f"{(as_at - since).days:,}" if isinstance(since, date) and as_at else None
    return [in_words(since) if isinstance(since, date) else None, days, *(row[at] for at in there)]


def make_ready(request: InSnapshot) -> None:
    """The list, its curves and the figures beside it."""
    prepared(request, ("waiting", "blocks"), lambda: tuple(_blocks(request)))
