"""The fix-list as a file: every record to be mended, for the people who keep the records; a team's own for its manager."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from earlyhelp import desk
from earlyhelp.reports.blocks import Bullets, Text
from earlyhelp.web.access import Power, having
from earlyhelp.web.blocks import Empty, Form, Link
from earlyhelp.web.exports import ENDINGS
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.quality import checked
from earlyhelp.web.workspace import moment, workspace

SHORTEST_REASON = 10


class WhyAndHow(PlainForm):
    """Why the records are read, and as which file."""

    reason = forms.CharField(
        label="Why you need it",
        help_text="One sentence. It stands in the audit log beside your name. Do not name anybody.",
        max_length=300,
        min_length=SHORTEST_REASON,
        error_messages={"required": "Say why you need it.", "min_length": "Say it in a few words more."},
    )
    ending = forms.ChoiceField(
        label="As",
        choices=[("xlsx", "a workbook with a sheet for each team"), ("csv", "a CSV file")],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


@page("quality/fix-list/", rule=having(Power.ROWS, Power.TEAM_ROWS), private=True, posts=True)
def fix_lists(request: HttpRequest) -> Screen | HttpResponse:
    """What is to be mended, by team; and the list itself, record by record, for a reason."""
    team = own_team(request)
    form = WhyAndHow(request.POST or None)
    if team == "":
        return _no_team()
    if request.method == "POST" and form.is_valid():
        return _file(request, form.cleaned_data["reason"], form.cleaned_data["ending"], team)
    mended = [
        each for each in checked(request)["fix_list"] if team is None or each["team"].casefold() == team.casefold()
    ]
    things = sum(each["records"] for each in mended)
    whose = f"of {team}" if team else "of all teams"
    return Screen(
        "Fix-list",
        (
            Text(f"{things:,} records {whose} break a rule."),
            Bullets(
                (
                    "A line names a record by the number that its system gave it, never by a name.",
                    "It says what is wrong, and what to do about it in the system that the record comes from.",
                    "Mended records are taken up by the next extract.",
                )
            ),
            Form(form, "Take the fix-list"),
        ),
        way=(Link("Quality", reverse("quality")),),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def own_team(request: HttpRequest) -> str | None:
    """The team to which whoever asks is held; None for those who may see every record, empty for a manager of none."""
    return None if Power.ROWS in request.user.powers else request.user.team


def _no_team() -> Screen:
    steps = (Link("Your account", reverse("account"), "the administrator can say which team is yours"),)
    return Screen("Fix-list", (Empty("You are a team manager, and no team is set for you.", steps),))


def _file(request: HttpRequest, reason: str, ending: str, team: str | None) -> HttpResponse:
    """The list as a file. The audit log holds who took it, and why, before it is made."""
    served = workspace()
    with TemporaryDirectory(dir=served.root / "web") as folder:
        target = Path(folder) / f"fix-list.{ending}"
        desk.write_fix_list(served, target, account=request.user.email, reason=reason, when=moment(), team=team)
        content = target.read_bytes()
    answer = HttpResponse(content, content_type=ENDINGS[ending])
    answer["Content-Disposition"] = f'attachment; filename="fix-list.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
