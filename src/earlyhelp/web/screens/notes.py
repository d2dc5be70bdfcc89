"""Notes beside measures, the calendar of events, and pages frozen as they were reported."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.reports.blocks import Heading, Text
from earlyhelp.reports.wording import in_words
from earlyhelp.web import events
from earlyhelp.web import notes as written
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.actions import notes as actions
from earlyhelp.web.blocks import Empty, Form, Link, LinkedTable, Shown
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.kept_screens import as_blocks, as_data, page_at, screen_at
from earlyhelp.web.models import Event, Frozen, Note
from earlyhelp.web.pages import page
from earlyhelp.web.reading import as_at_of, snapshot_of
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import today, workspace

MAY_NOTE = having(Power.NOTE)


def _day_field(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, widget=widget, error_messages={"invalid": "Enter a day, such as 14/5/2026."}
    )


class NewNote(PlainForm):
    """What somebody has to say of a figure."""

    day = _day_field("The day it is about")
    text = forms.CharField(
        label="Your note",
        help_text="For everybody who reads this measure. Do not name a child, a parent or a worker.",
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_text(self) -> str:
        """Refuse what plainly is of one person."""
        return _without_names(self.cleaned_data["text"])


class NewEvent(PlainForm):
    """A change after which figures may not be compared with those before."""

    day = _day_field("The day it began")
    name = forms.CharField(
        label="What changed", help_text="In a few words: new referral form.", min_length=3, max_length=100
    )

    def clean_name(self) -> str:
        """Refuse what plainly is of one person."""
        return _without_names(self.cleaned_data["name"])


def _without_names(text: str) -> str:
    if written.names_somebody(text):
        raise forms.ValidationError(
            "This seems to name somebody, or to give a number, a postcode or a date of birth. Say it without."
        )
    return text


class Remove(PlainForm):
    """Which of several to take away."""

    which = forms.ChoiceField(label="Take away")

    def __init__(self, choices: list[tuple[int, str]], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["which"].choices = choices


class Freeze(PlainForm):
    """As what a page is kept."""

    address = forms.CharField(
        label="Address of the page", help_text="As it stands after the name of this server.", max_length=500
    )
    reported_to = forms.CharField(
        label="To whom it was reported", help_text="For example: scrutiny committee.", min_length=3, max_length=200
    )
    day = _day_field("On which day")

    def clean_address(self) -> str:
        """Refuse an address that is not of this application."""
        address: str = self.cleaned_data["address"].strip()
        if not address.startswith("/") or address.startswith("//"):
            raise forms.ValidationError("Enter the address from the first / on, such as /measures/A1/.")
        return address


@page("measures/<str:measure_id>/notes/", rule=MAY_NOTE, posts=True, needs_snapshot=False)
def measure_notes(request: HttpRequest, measure_id: str) -> Screen | HttpResponse:
    """What was written beside a measure, and a form to write more."""
    wanted = answering.measure_called(measure_id.upper(), "default")
    own = Note.objects.filter(measure=wanted.id, author=request.user).order_by("-day", "-id")
    choices = [(each.pk, f"{in_words(each.day)}: {each.text[:60]}") for each in own]
    sent = request.POST if request.method == "POST" else None
    removes = Remove(choices, sent) if sent and sent.get("do") == "remove" else Remove(choices)
    form = NewNote(sent) if sent and sent.get("do") == "write" else NewNote(initial={"day": today()})
    if form.is_bound and form.is_valid():
        actions.write_note(request, measure=wanted.id, author=request.user, **form.cleaned_data)
        return _said(request, "The note is written.", "measure_notes", wanted.id)
    if removes.is_bound and removes.is_valid():
        actions.remove_note(request, note=get_object_or_404(own, pk=removes.cleaned_data["which"]))
        return _said(request, "The note is taken away.", "measure_notes", wanted.id)
    blocks: list[Shown] = [Form(form, "Write the note", name="write")]
    if Note.objects.filter(measure=wanted.id).exists():
        blocks += [Heading(1, "Notes so far"), written.table_of_notes(wanted.id)]
    if choices:
        blocks.append(Form(removes, "Take away this note of mine", name="remove", secondary=True))
    way = (Link("Measures", reverse("measures")), Link(wanted.name, reverse("measure", args=[wanted.id])))
    return _screen(f"Notes: {wanted.name}", blocks, way, form, removes)


def _said(request: HttpRequest, words: str, name: str, *parts: object) -> HttpResponse:
    messages.success(request, words)
    answer: HttpResponse = redirect(name, *parts)
    return answer


def _screen(title: str, blocks: list[Shown], way: tuple[Link, ...], *sent: PlainForm, lead: str = "") -> Screen:
    failed = any(each.errors for each in sent)
    return Screen(title, tuple(blocks), lead=lead, way=way, status=422 if failed else 200, has_errors=failed)


@page("calendar/", rule=READERS, posts=True, needs_snapshot=False, name="calendar")
def calendar(request: HttpRequest) -> Screen | HttpResponse:
    """Changes after which figures may not be compared with those before: they are pinned to every chart.

    Raises Http404 for a change by somebody who may not write.
    """
    may_write = Power.NOTE in request.user.powers
    sent = request.POST if request.method == "POST" else None
    if sent and not may_write:
        raise Http404
    choices = [(each.pk, f"{in_words(each.day)}: {each.name}") for each in Event.objects.all()]
    form = NewEvent(sent) if sent and sent.get("do") == "add" else NewEvent(initial={"day": today()})
    removes = Remove(choices, sent) if sent and sent.get("do") == "remove" else Remove(choices)
    if form.is_bound and form.is_valid():
        actions.add_event(request, author=request.user, **form.cleaned_data)
        return _said(request, "It is in the calendar, and on every chart from now on.", "calendar")
    if removes.is_bound and removes.is_valid():
        actions.remove_event(request, event=get_object_or_404(Event, pk=removes.cleaned_data["which"]))
        return _said(request, "It is taken out of the calendar.", "calendar")
    return _screen(
        "Calendar of events",
        [*_events(), *(_changing(form, removes, choices) if may_write else [])],
        (),
        form,
        removes,
        lead="New forms, new rules, lockdowns: after each, figures are not compared with those before.",
    )


def _events() -> list[Shown]:
    entered = {(each.day, each.name): str(each.author) for each in Event.objects.select_related("author")}
    rows = [
        (in_words(each.day), each.name, entered.get((each.day, each.name), "council.toml"))
        for each in events.declared()
    ]
    if not rows:
        return [
            Empty("The calendar is empty. A chart without events can mislead: enter the day of your last new form.")
        ]
    return [table_of("Events in the order of their days", ("day", "what changed", "entered by"), rows)]


def _changing(form: PlainForm, removes: PlainForm, choices: list[tuple[int, str]]) -> list[Shown]:
    blocks: list[Shown] = [Heading(1, "Add an event"), Form(form, "Add", name="add")]
    if choices:
        blocks += [Heading(1, "Take one out"), Form(removes, "Take out", name="remove", secondary=True)]
    return blocks


@page("freeze/", rule=MAY_NOTE, posts=True)
def freeze(request: HttpRequest) -> Screen | HttpResponse:
    """Keep a page as it was reported somewhere, so that it can be shown again as it was."""
    sent = request.POST if request.method == "POST" else None
    form = Freeze(sent) if sent else Freeze(initial={"address": request.GET.get("address", ""), "day": today()})
    if form.is_bound and form.is_valid() and (shown := _shown_at(request, form)):
        kept = actions.freeze(
            request,
            title=shown.title[:200],
            snapshot=snapshot_of(request) or "",
            shown={**as_data(shown), "as_at": str(as_at_of(request) or "")},
            author=request.user,
            **form.cleaned_data,
        )
        return _said(request, "The page is kept as it is now.", "frozen_page", kept.pk)
    blocks: list[Shown] = [Form(form, "Keep it as it is now")]
    return _screen(
        "Keep a page as reported",
        blocks,
        (Link("Pages as reported", reverse("frozen")),),
        form,
        lead="Figures move when late records come in. What you reported stays as it was, with today's one click away.",
    )


def _shown_at(request: HttpRequest, form: PlainForm) -> Screen | None:
    """What the page of the form shows; None, and the reason in the form, where it may not be kept."""
    try:
        return screen_at(request, form.cleaned_data["address"])
    except Http404:
        form.add_error(
            "address",
            "There is no such page of figures. Pages about people and with exact figures cannot be kept.",
        )
        return None


@page("frozen/", rule=READERS, needs_snapshot=False)
def frozen(request: HttpRequest) -> Screen:
    """The pages that were kept as they were reported."""
    found = [
        each for each in Frozen.objects.select_related("author").order_by("-day", "-id") if _may_open(request, each)
    ]
    if not found:
        steps = (Link("Keep a page as reported", reverse("freeze")),) if Power.NOTE in request.user.powers else ()
        return Screen("Pages as reported", (Empty("No page has been kept yet.", steps),))
    rows = [(each.title, each.reported_to, in_words(each.day), str(each.author)) for each in found]
    table = table_of("Pages as reported, the latest first", ("page", "reported to", "on", "kept by"), rows)
    return Screen(
        "Pages as reported",
        (LinkedTable(table, tuple(reverse("frozen_page", args=[each.pk]) for each in found)),),
        lead="Each shows what it showed on that day.",
    )


def _may_open(request: HttpRequest, kept: Frozen) -> bool:
    """Whether this user may open the page that was kept; one that is gone is for those who see exact figures."""
    try:
        rule = page_at(kept.address)[0].rule
    except Http404:
        return Power.EXACT in request.user.powers
    return rule.allows(request.user.powers, signed_in=True)


@page("frozen/<int:key>/", rule=READERS, needs_snapshot=False)
def frozen_page(request: HttpRequest, key: int) -> Screen:
    """One page as it was reported, with the way to what it shows today. Raises Http404 for one this user may not open."""
    kept = get_object_or_404(Frozen.objects.select_related("author"), pk=key)
    if not _may_open(request, kept):
        raise Http404
    request.snapshot = kept.snapshot if (workspace().snapshots / kept.snapshot).is_dir() else None
    as_at = kept.shown.get("as_at") or ""
    told = f" Its figures are as at {in_words(date.fromisoformat(as_at))}." if as_at else ""
    blocks = (
        Text(f"This is what was reported to {kept.reported_to}. {kept.author} kept it.{told}"),
        Link("The same page with today's figures", kept.address),
        *as_blocks(kept.shown),
    )
    return Screen(
        f"{kept.title}, as reported on {in_words(kept.day)}",
        blocks,
        lead=kept.shown.get("lead", ""),
        way=(Link("Pages as reported", reverse("frozen")),),
    )
