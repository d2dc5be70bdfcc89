"""Exceptions and the access log: names for half an hour with a reason, and who looked at what, for those responsible."""

from __future__ import annotations

import calendar
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from earlyhelp import oversight
from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import exceptions as actions
from earlyhelp.web.blocks import Choice, Empty, Filter, Form, Link, Shown, Warned
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.looking import record_look
from earlyhelp.web.models import BrokenGlass, User
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.templatetags.eh import in_words
from earlyhelp.web.workspace import workspace

AT_ONCE = 200


class Glass(PlainForm):
    """Why somebody must see names."""

    reason = forms.CharField(
        label="Why do you need to see names now?",
        help_text="For example: a strategy meeting at 2pm needs the family's address. Those responsible read this.",
        min_length=15,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Confirm(PlainForm):
    """A button that needs nothing else."""


class Seen(PlainForm):
    """Which exception somebody has looked at."""

    exception = forms.IntegerField(widget=forms.HiddenInput)


@page("break-glass/", rule=having(Power.BREAK_GLASS), needs_snapshot=False, posts=True, private=True)
def break_glass(request: HttpRequest) -> Screen | HttpResponse:
    """Ask to see names for half an hour, with a reason that those responsible read."""
    user: User = request.user
    form = Glass(request.POST if request.POST.get("do") == "break" else None)
    if request.method == "POST" and request.POST.get("do") == "end":
        actions.end_early(request, user=user)
        messages.success(request, "You no longer see names.")
        return redirect("break_glass")
    if request.method == "POST" and form.is_valid():
        made = actions.break_glass(request, user=user, reason=form.cleaned_data["reason"])
        messages.success(request, f"You may see names until {_hour(made.ends)}.")
        return redirect("break_glass")
    blocks: list[Shown] = [
        Warned("Use this only where a child or family would be worse off if you waited for the data steward."),
        Text("It lasts 30 minutes. The reason, the time, and every record that you open stand in the access log."),
    ]
    if glass := user.broken_glass:
        blocks += [Text(f"You may see names until {_hour(glass.ends)}."), Form(Confirm(), "End it now", name="end")]
    else:
        blocks.append(Form(form, "See names for 30 minutes", name="break", warning=True))
    return Screen(
        "See names for half an hour",
        tuple(blocks),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


@page("audit/", rule=having(Power.OVERSEE), needs_snapshot=False, private=True, posts=True)
def access_log(request: HttpRequest) -> Screen | HttpResponse:
    """Who looked at records of people, took figures away or did something, when, and why; and whether the log is whole."""
    if request.method == "POST":
        return _seen(request)
    account, month = request.GET.get("account", ""), request.GET.get("month", "")
    record_look(request, "the access log", person=account, month=month)
    found = oversight.access_log(workspace(), account, month)
    blocks = [_wholeness(found), *_exceptions(request), Heading(1, "Who did what"), *_entries(found)]
    return Screen("Access log", tuple(blocks), filters=_filters(found, account, month))


def _seen(request: HttpRequest) -> HttpResponse:
    form = Seen(request.POST)
    if form.is_valid():
        exception = get_object_or_404(BrokenGlass, pk=form.cleaned_data["exception"])
        if exception.user == request.user:
            raise Http404
        actions.seen(request, exception=exception, by=request.user)
        messages.success(request, "It is on record that you have looked at it.")
    return redirect("access_log")


def _wholeness(found: oversight.AccessLog) -> Shown:
    if found.broken is None:
        return Text(f"The log is whole: each of its {found.in_all:,} records follows from the one before it.")
    return Warned(
        f"Record {found.broken:,} does not follow from the one before it: the log was changed or cut. What stands from "
        "there on cannot be trusted. Restore it from its backup, and tell whoever is responsible for data protection."
    )


def _exceptions(request: HttpRequest) -> list[Shown]:
    found = list(BrokenGlass.objects.select_related("user", "seen_by").order_by("-begins")[:50])
    if not found:
        return [Heading(1, "Exceptions"), Text("Nobody has asked to see names by exception.")]
    rows = [
        (str(each.user), in_words(each.begins), in_words(each.ends), each.reason, str(each.seen_by or "nobody yet"))
        for each in found
    ]
    table = table_of("Names seen by exception, the latest first", ("who", "from", "until", "why", "looked at by"), rows)
    unseen = [each for each in found if each.seen_by is None and each.user != request.user]
    asked = [
        Form(
            Seen(initial={"exception": each.pk}, auto_id=f"id_{each.pk}_%s"),
            f"I have looked at the one of {each.user}, {in_words(each.begins)}",
            secondary=True,
        )
        for each in unseen[:5]
    ]
    return [Heading(1, "Exceptions"), table, *asked]


def _entries(found: oversight.AccessLog) -> list[Shown]:
    if not found.entries:
        return [Empty("Nothing is on record of this person and month.", (Link("Everything", reverse("access_log")),))]
    rows = [(_moment(each.at), each.account, _what(each), each.reason) for each in found.entries[:AT_ONCE]]
    caption = f"{len(rows):,} of {len(found.entries):,} records, the latest first"
    table = table_of(caption, ("when", "who", "what", "why"), rows, nothing="none given")
    more = [Note("Choose a month or a person to see those before.")] if len(found.entries) > AT_ONCE else []
    return [table, *more]


def _what(entry: oversight.Entry) -> str:
    """What somebody did, with what else the record holds in brackets."""
    besides = "; ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in entry.about.items())
    return f"{entry.what} ({besides})" if besides else entry.what


def _plain(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _filters(found: oversight.AccessLog, account: str, month: str) -> tuple[Filter, ...]:
    people = (Choice("", "everybody"), *(Choice(each, each) for each in found.accounts))
    months = (Choice("", "all months"), *(Choice(each, _month(each)) for each in found.months))
    return (Filter("account", "Person", people, account), Filter("month", "Month", months, month))


def _month(text: str) -> str:
    year, _, number = text.partition("-")
    return f"{calendar.month_name[int(number)]} {year}" if number.isdigit() and 1 <= int(number) <= 12 else "no month"


def _moment(at: str) -> str:
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        return at or "not told"
    return in_words(told if told.tzinfo else timezone.make_aware(told))


def _hour(moment: datetime) -> str:
    return in_words(moment).partition(" at ")[2]
