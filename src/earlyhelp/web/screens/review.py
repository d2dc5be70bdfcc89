"""The review of links: pairs of records that may be of one person, one a page, judged by people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from earlyhelp.errors import NothingToDo
from earlyhelp.link.questions import Question
from earlyhelp.link.review import Desk, all_questions, status
from earlyhelp.link.side_by_side import SideBySide
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import reviews
from earlyhelp.web.blocks import BigNumber, Choice, Empty, Filter, Folded, Form, Link, Numbers, Shown
from earlyhelp.web.blocks_of_review import DIFFERENT, MISSING, NOT_COMPARED, SAME, SIMILAR, Field, Pair
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.pages import page
from earlyhelp.web.pair_locks import take
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, workspace

REVIEWERS = having(Power.REVIEW)
ORDER_KEPT_SECONDS = 300
_LATEST: dict[str, Any] = {}
"""The questions as they were worked out last: one list at a time, for they are many."""
UNCOMPARED = ("known to", "their number", "date of birth is", "property number")
"""What is shown of a record, and tells nothing by being like or unlike the other's."""
COMPARED_BY = {
    "forename": "forename",
    "goes by": "forename",
    "surname": "surname",
    "former surname": "surname",
    "born": "birth",
    "expected": "birth",
    "address": "home",
    "postcode": "home",
}
"""For a field that can be nearly the same: the comparison that says so."""
_DAY = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]")
QUEUES = (Choice("", "doubtful pairs, those that matter most first"), Choice("sample", "links drawn by chance"))


class Answer(PlainForm):
    """What a reviewer says of a pair."""

    pair = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Are these two records of one person?",
        choices=[
            ("same", "Same: one person"),
            ("different", "Different: two people"),
            ("unsure", "Not sure"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose same, different or not sure."},
    )


@page("data/review/", rule=REVIEWERS, private=True, posts=True)
def review(request: HttpRequest) -> Screen | HttpResponse:
    """How far the review of links has come, how far two reviewers agree, and the way to the next pair."""
    if request.method == "POST":
        return _undone(request)
    told = status(workspace(), _asked())
    blocks: list[Shown] = [
        Numbers(
            (
                BigNumber("Doubtful pairs that wait", f"{told['waiting']:,}"),
                BigNumber("Links drawn by chance that wait", f"{told['waiting_in_sample']:,}"),
                BigNumber("Pairs decided", f"{sum(told['decided'].values()):,}"),
            )
        ),
        Link("Review the next pair", reverse("pair"), "the one whose answer matters most"),
        Link(
            "Review links drawn by chance",
            f"{reverse('pair')}?queue=sample",
            "they tell how many of all links are right",
        ),
        Form(PlainForm(), "Withdraw my last answer", secondary=True),
        *_standing(told),
        *_agreement(told),
        Note(
            "An answer binds the next run. Some pairs are shown to a second reviewer, who does not know of the first."
        ),
    ]
    return Screen("Review of links", tuple(blocks), lead=review.__doc__ or "", way=_way())


def _way(*more: Link) -> tuple[Link, ...]:
    return (Link("Data desk", reverse("data")), *more)


def _undone(request: HttpRequest) -> HttpResponse:
    """Withdraw the last answer and lead to the next pair, which is the same again where it matters most."""
    try:
        reviews.undo(request=request)
    except NothingToDo:
        messages.warning(request, "There is no answer of yours to withdraw.")
        return redirect("review")
    messages.success(request, "Your last answer is withdrawn. The pair waits again.")
    return redirect("pair")


def _standing(told: Mapping[str, Any]) -> list[Shown]:
    words = {"same": "one person", "different": "two people", "unsure": "not sure", "disputed": "two reviewers differ"}
    rows = [(words.get(what, what), f"{count:,}") for what, count in told["decided"].items()]
    second = told["second_reviews"]
    return [
        Heading(1, "What was decided"),
        table_of("Pairs by what stands", ("answer", "pairs"), rows, (1,)),
        Text(
            f"Second reviews, {second['share']:.0%} of decided pairs at random: ".replace("%", " per cent")
            + f"{second['done']:,} done, {second['waiting']:,} wait for another reviewer."
        ),
    ]


def _agreement(told: Mapping[str, Any]) -> list[Shown]:
    """How often two reviewers said the same, with chance taken into account."""
    rows = []
    for each in told["agreement"]:
        group = f"{each['by']} {each['group']}".strip().replace("_", " ")
        if each["share"] is None:
            rows.append((group, f"{each['pairs']:,}", "too few to say", "too few to say"))
            continue
        share = f"{each['share']:.0%} ({each['share_lower']:.0%} to {each['share_upper']:.0%})"
        kappa = "not to be told from chance" if each["kappa"] is None else f"{each['kappa']:.2f}"
        rows.append((group, f"{each['pairs']:,}", share, kappa))
    return [
        table_of("Agreement of two reviewers", ("of", "pairs", "agreed, 95 per cent interval", "kappa"), rows, (1,))
    ]


@page("data/review/pair/", rule=REVIEWERS, private=True, posts=True)
def pair(request: HttpRequest) -> Screen | HttpResponse:
    """The next pair of records, side by side, with names. That you read it stands in the audit log."""
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    is_sample = request.GET.get("queue") == "sample"
    desk = Desk(workspace(), reviews.reviewer_of(request), sample=is_sample, asked=_asked())
    waiting = desk.waiting()
    asked = _free(request, waiting)
    if asked is None:
        return _nothing_left(len(waiting))
    again = form.errors and form.data.get("pair") == asked.pair
    shown = form if again else Answer(initial={"pair": asked.pair})
    return _pair_screen(request, desk.show(asked, moment()), shown, len(waiting))


def _asked() -> list[Question]:
    """The questions of the snapshot, worked out anew every few minutes, as answers move what the next are worth."""
    served = workspace()
    key = (served.root, served.current, int(timezone.now().timestamp() / ORDER_KEPT_SECONDS))
    if _LATEST.get("key") != key:
        _LATEST.update(key=key, questions=all_questions(served))
    found: list[Question] = _LATEST["questions"]
    return found


def _free(request: HttpRequest, waiting: list[Question]) -> Question | None:
    """The first pair that does not lie before another reviewer."""
    by_pair = {each.pair: each for each in waiting}
    found = take(settings.PRIVATE / "pairs.json", list(by_pair), request.user.email, timezone.now())
    return by_pair.get(found or "")


def _saved(request: HttpRequest, form: Answer) -> HttpResponse:
    try:
        reviews.decide(request=request, pair=form.cleaned_data["pair"], answer=form.cleaned_data["answer"])
        messages.success(request, "Saved. This is the next pair.")
    except NothingToDo:
        messages.warning(request, "You had said so already. This is the next pair.")
    return redirect(request.get_full_path())


def _nothing_left(waiting: int) -> Screen:
    words = (
        "The pairs that are left lie before other reviewers just now. Look again in a quarter of an hour."
        if waiting
        else "No pair waits for you. A run takes up what was decided."
    )
    steps = (Link("How far the review has come", reverse("review")), Link("Data desk", reverse("data"), "run again"))
    return Screen("No pair waits", (Empty(words, steps),), way=_way(Link("Review of links", reverse("review"))))


def _pair_screen(request: HttpRequest, told: SideBySide, form: Answer, left: int) -> Screen:
    """The page of one pair. What the model makes of it is not shown; what it compared is, for whoever opens it."""
    evidence = [(what.capitalize(), alike) for what, alike in told.evidence]
    why: list[Shown] = [table_of("What was compared", ("compared", "they are"), evidence)]
    if told.against:
        why.append(Bullets(told.against))
    return Screen(
        "Are these two records of one person?",
        (
            Pair("Two records side by side", fields_of(told)),
            Folded("Why this pair was suggested", tuple(why)),
            Form(form, "Save and go to the next pair", action=request.get_full_path()),
            Form(PlainForm(), "Withdraw my last answer", action=reverse("review"), secondary=True),
            Text(f"{left:,} left for you, this one included."),
        ),
        filters=(Filter("queue", "Which pairs", QUEUES, request.GET.get("queue", "")),),
        way=_way(Link("Review of links", reverse("review"))),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def fields_of(told: SideBySide) -> tuple[Field, ...]:
    """The fields of a pair, each with a word for how alike the two are."""
    likeness = dict(told.evidence)
    return tuple(
        Field(words[:1].upper() + words[1:], _in_words(one), _in_words(other), _alike(words, one, other, likeness))
        for words, one, other in told.rows
    )


def _in_words(value: str) -> str:
    """A day in words; anything else as it stands."""
    return in_words(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


def _alike(words: str, one: str, other: str, likeness: Mapping[str, str]) -> str:
    if words in UNCOMPARED:
        return NOT_COMPARED
    if not one or not other:
        return MISSING
    if one.casefold().split() == other.casefold().split():
        return SAME
    compared = likeness.get(COMPARED_BY.get(words, ""), "different")
    return DIFFERENT if compared.startswith("different") else SIMILAR
