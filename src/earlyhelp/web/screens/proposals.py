"""Proposing what may leave: a pack for other councils, or a table of one measure for somebody outside."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import proposing, sharing
from earlyhelp.errors import EarlyHelpError
from earlyhelp.measures import CATALOGUE, Grain, Measure, Question, splits_of
from earlyhelp.release import POLICIES
from earlyhelp.reports.blocks import Bullets, Note, Text
from earlyhelp.reports.documents import DOCUMENTS
from earlyhelp.reports.wording import split_words
from earlyhelp.sharing import Release, State
from earlyhelp.web import on_pages
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import papers
from earlyhelp.web.actions import releases as actions
from earlyhelp.web.blocks import Choice, Filter, Form, Link, Shown
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.releases import way

PROPOSES = having(Power.PROPOSE)
POLICY_WORDS = {"open-data": "open data: for anybody, rounded and safest", "pack": "pack: for other councils"}


class PackTo(PlainForm):
    """For whom a pack is."""

    recipients = forms.CharField(
        label="For whom",
        help_text=f"Left empty: {sharing.ANY_MEMBER}.",
        max_length=200,
        required=False,
    )


class Table(PlainForm):
    """A table of one measure that is to leave."""

    by = forms.ChoiceField(label="Split by", required=False)
    period = forms.ChoiceField(label="One figure for each", required=False)
    policy = forms.ChoiceField(label="What is hidden and rounded", initial=proposing.BY_DEFAULT)
    recipients = forms.CharField(label="For whom", help_text="For example: the partnership board.", max_length=200)

    def __init__(self, wanted: Measure, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        splits = sorted(splits_of(wanted))
        grains = [each for each in Grain if each.months >= wanted.finest.months]
        self.fields["by"].choices = [("", "no split"), *((each, split_words(each)) for each in splits)]
        self.fields["period"].choices = [("", "all days together"), *((str(each), str(each)) for each in grains)]
        self.fields["policy"].choices = [
            (each.name, POLICY_WORDS.get(each.name, each.name)) for each in POLICIES.values() if not each.mark
        ]


class Paper(PlainForm):
    """A paper about the whole council that is to leave."""

    document = forms.ChoiceField(label="Which paper", widget=forms.RadioSelect)
    recipients = forms.CharField(label="For whom", help_text="For example: the scrutiny committee.", max_length=200)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        about_all = ((name, each.title) for name, each in DOCUMENTS.items() if not each.about)
        self.fields["document"].choices = list(about_all)


@page("propose/pack/", rule=PROPOSES, posts=True)
def propose_pack(request: HttpRequest) -> Screen | HttpResponse:
    """Propose this council's figures as a pack for others. It is attacked at once, as a receiver could."""
    form = PackTo(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _proposed(request, actions.propose_pack(request, recipients=form.cleaned_data["recipients"]))
    blocks = (
        Bullets(
            (
                "A pack holds released figures with definitions and quality. No record and no name is in it.",
                "Its counts are rounded, and groups that would tell of a small number are left out.",
                "A second person must approve it before it can be written.",
            )
        ),
        Form(form, "Propose the pack"),
        Note("Counting and attacking it takes some seconds, longer for a large council."),
    )
    return _asked("Propose a pack", blocks, form)


def _asked(title: str, blocks: tuple[Shown, ...], form: PlainForm, filters: tuple[Filter, ...] = ()) -> Screen:
    failed = bool(form.errors)
    return Screen(title, blocks, way=way(), filters=filters, status=422 if failed else 200, has_errors=failed)


def _proposed(request: HttpRequest, made: Release) -> HttpResponse:
    if made.state is State.REFUSED:
        messages.warning(request, "The audit found that it would tell too much. It stands in the register as refused.")
    elif made.state is State.APPROVED:
        messages.success(request, "These very figures were approved before. They can be written now.")
    else:
        messages.success(request, "It is proposed. Somebody else must approve it before it can leave.")
    answer: HttpResponse = redirect("release", made.id)
    return answer


@page("propose/table/", rule=PROPOSES, posts=True)
def propose_table(request: HttpRequest) -> Screen | HttpResponse:
    """Propose a table of one measure for somebody outside. It is attacked at once, beside all that left before."""
    wanted = CATALOGUE.get(request.GET.get("measure", ""), next(iter(CATALOGUE.values())))
    form = Table(wanted, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        question = Question(
            (told["by"],) if told["by"] else (), grain=Grain(told["period"]) if told["period"] else None
        )
        try:
            made = actions.propose_table(
                request, measure=wanted.id, question=question, policy=told["policy"], recipients=told["recipients"]
            )
            return _proposed(request, made)
        except EarlyHelpError as problem:
            form.add_error(None, on_pages.told(problem))
    choices = tuple(Choice(each.id, f"{each.id} {each.name}") for each in CATALOGUE.values())
    blocks = (Text(f"{wanted.id} {wanted.name}. {wanted.question}"), Form(form, "Propose the table"))
    return _asked("Propose a table", blocks, form, (Filter("measure", "Measure", choices, wanted.id),))


@page("propose/paper/", rule=PROPOSES, posts=True)
def propose_document(request: HttpRequest) -> Screen | HttpResponse:
    """Propose a paper for somebody outside, as it would be printed. The figures in it are attacked like a table's."""
    form = Paper(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("run", papers.propose(request=request, about="", **form.cleaned_data).pk)
    blocks = (
        Form(form, "Propose the paper"),
        Link("Read the papers first", reverse("papers")),
        Note("A paper about one service, partner or ward is proposed from its own page, under Papers."),
    )
    return _asked("Propose a paper", blocks, form)
