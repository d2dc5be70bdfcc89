"""Worklists: the cases behind a prepared question, for those who may see records, once they said why they look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from earlyhelp import worklists as cases
from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.answers.prepared import PreparedQuestion
from earlyhelp.reports.blocks import Note, Text
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import Power, having
from earlyhelp.web.blocks import Empty, Form, Link, Links, Shown
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.looking import record_look
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace
from earlyhelp.worklists import Worklist

MAY_SEE_ROWS = having(Power.ROWS, Power.TEAM_ROWS)
AT_ONCE = 200
"""Rows of one look. Whoever wants more asks again, and each look is on record."""
OF_NO_TEAM = "Some rows of this list name no team, and are not shown here: ask whoever sees all teams whose they are."
COLUMNS = {
    "since": "since",
    "unit": "pseudonym",
    "source_system": "system",
    "source_record_id": "record number",
    "episode_id": "episode",
    "contact_id": "request",
    "team": "team",
    "lead_practitioner_id": "lead practitioner",
    "sign": "sign",
    "could_be_offered": "could be offered",
}
"""What each column of a worklist is called on the page."""


class Look(PlainForm):
    """Why somebody looks at records of families."""

    reason = forms.CharField(
        label="Why do you need to see these records?",
        help_text="For example: planning this week's allocations. Do not name anybody. It is kept with your account.",
        min_length=8,
        max_length=300,
    )
    part = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10_000)


@page("worklists/", rule=MAY_SEE_ROWS)
def worklists(request: HttpRequest) -> Screen:
    """The lists of cases that you may see, each with the plain rule that puts a case on it."""
    links = [
        Link(each.asks, reverse("worklist", args=[each.id]), _rule(each))
        for each in PREPARED.values()
        if may_be_listed(request, each)
    ]
    blocks: tuple[Shown, ...] = (
        Links(tuple(links)),
        Note("A list holds pseudonyms and record numbers, no names. Nobody is scored, and the order is that of days."),
    )
    powers = request.user.powers
    if Power.BREAK_GLASS in powers:
        about = "where a child would be worse off if you waited for the data steward"
        blocks = (*blocks, Link("See names for half an hour", reverse("break_glass"), about))
    if powers & {Power.IDENTITY, Power.APPROVE}:
        blocks = (*blocks, Link("Who looked at what", reverse("access_log"), "the access log"))
    return Screen("Worklists", blocks, lead="You are asked why you look, and that you looked is on record.")


def may_be_listed(request: HttpRequest, question: PreparedQuestion) -> bool:
    """Whether the question has cases, and this user may see some: families without any help have no team."""
    return bool(question.rows_of or (question.families_of and Power.ROWS in request.user.powers))


def _rule(question: PreparedQuestion) -> str:
    try:
        return cases.worklist_rule(workspace(), question.id)
    except EarlyHelpError as off:
        return off.error


@page("worklists/<str:question>/", rule=MAY_SEE_ROWS, private=True, posts=True)
def worklist(request: HttpRequest, question: str) -> Screen:
    """The cases behind one question, in order of the day of the event that put each there. Asks for a reason first.

    Raises Http404 for a question without cases that this user may see.
    """
    asked = PREPARED.get(question)
    if asked is None or not may_be_listed(request, asked):
        raise Http404
    rule = cases.worklist_rule(workspace(), question)
    form = Look(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _rows(request, asked, form)
    blocks: list[Shown] = [Text(f"What puts a case on this list: {rule}")]
    if team := _team(request):
        blocks.append(Text(f"You see the cases of the team {team}."))
    blocks.append(Form(form, "Show the rows"))
    return Screen(
        asked.asks, tuple(blocks), way=_way(), status=422 if form.errors else 200, has_errors=bool(form.errors)
    )


def _team(request: HttpRequest) -> str | None:
    """The only team whose rows this user may see; None for all of them."""
    user = request.user
    return None if Power.ROWS in user.powers else user.team


def _way() -> tuple[Link, ...]:
    return (Link("Worklists", reverse("worklists")),)


def _rows(request: HttpRequest, asked: PreparedQuestion, form: Look) -> Screen:
    """The rows, after the look was put on record."""
    team, part = _team(request), form.cleaned_data["part"] or 1
    reason = form.cleaned_data["reason"]
    about = {} if team is None else {"team": team}
    record_look(request, f"the worklist {asked.id}", reason=reason, question=asked.id, part=part, **about)
    found = cases.worklist_of(workspace(), asked.id, team)
    return Screen(asked.asks, tuple(_told(found, part, team, reason)), lead=f"{len(found.rows):,} rows.", way=_way())


def _told(found: Worklist, part: int, team: str | None, reason: str) -> list[Shown]:
    if not found.rows:
        empty = Empty(nobody(found, team), (Link("Other worklists", reverse("worklists")),))
        return [Text(f"What puts a case on this list: {found.rule}"), empty]
    shown = found.rows[(part - 1) * AT_ONCE : part * AT_ONCE]
    first = (part - 1) * AT_ONCE + 1
    there = [place for place, name in enumerate(found.headings) if any(row[place] for row in found.rows)]
    blocks: list[Shown] = [Text(f"What put each here: {found.rule}")]
    if shown:
        blocks.append(
            table_of(
                f"Rows {first:,} to {first + len(shown) - 1:,} of {len(found.rows):,}, in order of the day",
                [COLUMNS.get(found.headings[place], found.headings[place]) for place in there],
                [_cells(row, there) for row in shown],
            )
        )
    if found.others_of_none:
        blocks.append(Note(OF_NO_TEAM))
    if part * AT_ONCE < len(found.rows):
        blocks.append(Form(Look({"reason": reason, "part": part + 1}), f"Show the next {AT_ONCE}", secondary=True))
    return blocks


def nobody(found: Worklist, team: str | None) -> str:
    """Why a list has no rows for whoever asked: that nobody is on it is said where that is so of all teams alone."""
    if team == "":
        return "No rows: no team is set for you: ask the administrator."
    if not (found.others_of_none or found.others_of_teams):
        return f"Nobody is on this list today{', in any team' if team else ''}."
    whose = OF_NO_TEAM if found.others_of_none else "Its rows name other teams."
    return f"No row of this list names the team {team}. {whose}"


def _cells(row: Sequence[object], there: Sequence[int]) -> list[object]:
    return [in_words(each) if isinstance(each, date) else each for each in (row[place] for place in there)]
