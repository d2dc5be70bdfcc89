"""Users and their roles, for whoever looks after them. The administrator sees no data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from earlyhelp import worklists
from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.web import scanning
from earlyhelp.web.access import POWERS, ROLE_WORDS, Power, Role, having
from earlyhelp.web.actions import users as actions
from earlyhelp.web.blocks import Form, Link, LinkedTable, Shown, Warned
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.models import User
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace

LOOKS_AFTER_USERS = having(Power.USERS)


NO_SUCH_TEAM = "The records name no team {team}, so that this user's lists are empty. Write it as the case system does."


class Roles(PlainForm):
    """What somebody is here."""

    name = forms.CharField(label="Name", max_length=100, required=False)
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(str(each), words) for each, words in ROLE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.CharField(
        label="Team",
        help_text="Of a team manager, written as in the case system: only its rows are shown.",
        max_length=200,
        required=False,
    )
    organisation = forms.CharField(
        label="Organisation",
        help_text="Of a partner, as the measures name it: only its figures are shown.",
        max_length=200,
        required=False,
    )

    def clean(self) -> None:
        """A team manager has a team, and a partner an organisation: without it they would see nothing."""
        told = self.cleaned_data
        for role, field, words in (
            (Role.TEAM_MANAGER, "team", "Enter the team of the team manager."),
            (Role.PARTNER, "organisation", "Enter the organisation of the partner."),
        ):
            if role in told.get("roles", ()) and not told.get(field):
                self.add_error(field, words)


class Password(PlainForm):
    """A password that somebody else sets, to be changed by its user."""

    password = forms.CharField(
        label="A password for the first time",
        help_text="At least 15 characters. Tell it to them by telephone, and ask them to change it under Your account.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewUser(Roles, Password):
    """Somebody who will sign in."""

    email = forms.EmailField(label="E-mail address")
    field_order = ("email", "name", "roles", "team", "organisation", "password")


class Confirm(PlainForm):
    """A button that needs nothing else."""


@page("users/", rule=LOOKS_AFTER_USERS, menu="Users", place=95, needs_snapshot=False)
def users(request: HttpRequest) -> Screen:
    """Everybody who may sign in, and their roles."""
    found = list(User.objects.order_by("email"))
    rows = [_row(each) for each in found]
    table = table_of("Users", ("e-mail", "name", "roles", "team or organisation", "may sign in"), rows, nothing="none")
    may = table_of(
        "What each role may do",
        ("role", "may"),
        [(words, "; ".join(sorted(str(each) for each in POWERS[role]))) for role, words in ROLE_WORDS.items()],
    )
    blocks: tuple[Shown, ...] = (
        Link("Add a user", reverse("new_user")),
        LinkedTable(table, tuple(reverse("user", args=[each.pk]) for each in found)),
        Note("Nobody is deleted: the access log names them. Switch off whoever has left."),
        Heading(1, "Roles"),
        may,
        Heading(1, "Uploads"),
        Text(scanning.in_words()),
    )
    return Screen("Users", blocks, lead=f"{sum(each.is_active for each in found)} people may sign in.")


def _row(user: User) -> tuple[str, ...]:
    place = " / ".join(each for each in (user.team, user.organisation) if each)
    return user.email, user.name, user.role_words, place, "yes" if user.is_active else "no, switched off"


@page("users/new/", rule=LOOKS_AFTER_USERS, needs_snapshot=False, posts=True)
def new_user(request: HttpRequest) -> Screen | HttpResponse:
    """Add somebody."""
    form = NewUser(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_by(request, **form.cleaned_data)
            messages.success(request, f"{made.email} can sign in now.")
            return redirect("user", made.pk)
        except EarlyHelpError as problem:
            _put(problem, form)
    return Screen(
        "Add a user", (Form(form, "Add"),), way=_way(), status=422 if form.errors else 200, has_errors=bool(form.errors)
    )


def _way() -> tuple[Link, ...]:
    return (Link("Users", reverse("users")),)


def _put(problem: EarlyHelpError, form: PlainForm) -> None:
    """The problem beside the field it is about."""
    form.add_error(problem.where if problem.where in form.fields else None, f"{problem.error} {problem.fix}".strip())


@page("users/<int:key>/", rule=LOOKS_AFTER_USERS, needs_snapshot=False, posts=True)
def user(request: HttpRequest, key: int) -> Screen | HttpResponse:
    """One user: roles, team or organisation, password, sessions; switch them off when they leave."""
    found = get_object_or_404(User, pk=key)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    told = {"name": found.name, "roles": found.roles, "team": found.team, "organisation": found.organisation}
    forms_by_name: dict[str, PlainForm] = {
        "roles": Roles(request.POST if do == "roles" else None, initial=told),
        "password": Password(request.POST if do == "password" else None),
    }
    if request.method == "POST" and _done(request, found, do, forms_by_name.get(do, Confirm(request.POST))):
        return redirect("user", found.pk)
    failed = any(each.errors for each in forms_by_name.values())
    return Screen(
        str(found), tuple(_of_user(found, forms_by_name)), way=_way(), status=422 if failed else 200, has_errors=failed
    )


def _done(request: HttpRequest, found: User, do: str, form: PlainForm) -> bool:
    """Whether what was asked for was done; what hinders stands in the form, or above the page."""
    if do not in DOES or not form.is_valid():
        return False
    try:
        messages.success(request, DOES[do](request, found, form.cleaned_data))
        return True
    except EarlyHelpError as problem:
        if not form.fields:
            raise
        _put(problem, form)
        return False


def _change(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    actions.change(request, found, **told)
    return f"{found.email} is now: {found.role_words}."


def _set_password(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    actions.set_password(request, found, password=told["password"])
    return f"{found.email} has a new password, and was signed out everywhere."


def _switch_off(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    actions.switch(request, found, on=False)
    return f"{found.email} can no longer sign in."


def _switch_on(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    actions.switch(request, found, on=True)
    return f"{found.email} can sign in again."


def _end_sessions(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    ended = actions.end_sessions(request, found)
    return f"{found.email} was signed out: {ended} sessions ended."


def _forget_factor(request: HttpRequest, found: User, told: dict[str, Any]) -> str:
    actions.forget_second_factor(request, found)
    return f"{found.email} sets up another second factor at the next sign-in."


DOES: dict[str, Callable[[HttpRequest, User, dict[str, Any]], str]] = {
    "roles": _change,
    "password": _set_password,
    "off": _switch_off,
    "on": _switch_on,
    "sessions": _end_sessions,
    "factor": _forget_factor,
}
"""What each button does; each gives the words that say so."""


def _lacks_team(found: User) -> bool:
    """Whether somebody's team is one that no record names."""
    return bool(found.team) and not worklists.names_team(workspace(), found.team)


def _of_user(found: User, shown: dict[str, PlainForm]) -> list[Shown]:
    open_now = len(actions.sessions_of(found))
    blocks: list[Shown] = [
        Text(f"{found.email}. {'May sign in.' if found.is_active else 'Is switched off and cannot sign in.'}"),
        Heading(1, "Roles"),
        *([Warned(NO_SUCH_TEAM.format(team=found.team))] if _lacks_team(found) else []),
        Form(shown["roles"], "Save", name="roles"),
        Heading(1, "Password"),
        Form(shown["password"], "Set this password", name="password", secondary=True),
        Heading(1, "Sessions and second factor"),
        Text(f"Signed in now: {open_now} {'session' if open_now == 1 else 'sessions'}."),
        Form(Confirm(), "Sign out everywhere", name="sessions", secondary=True),
        Form(Confirm(), "Take away a lost second factor", name="factor", secondary=True),
    ]
    if found.is_active:
        return [*blocks, Heading(1, "Has left"), Form(Confirm(), "Switch off", name="off", warning=True)]
    return [*blocks, Heading(1, "Is back"), Form(Confirm(), "Switch on", name="on")]
