"""Ask: every prepared question as a link, and each answer in sentences with its table, caveats and certificates."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp.errors import UsageProblem
from earlyhelp.reports.answers import PREPARED, PreparedQuestion, Reply
from earlyhelp.reports.answers.answer_tables import tables_of
from earlyhelp.reports.blocks import Bullets, Heading, Note, TableBlock, Text
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Folded, Link, LinkedTable, Links, Sentence, Shown
from earlyhelp.web.pages import opens, page
from earlyhelp.web.reading import InSnapshot
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.month import told
from earlyhelp.web.screens.rows import may_be_listed

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "How are we doing?": ("this-month", "how-are-we-doing", "can-we-trust-these-numbers"),
    "Where is need, and whom does help reach?": (
        "where-is-domestic-abuse-worst",
        "which-families-are-destabilised-by-poverty",
        "who-are-we-not-reaching",
        "which-schools-are-silent",
    ),
    "What becomes of requests and families?": (
        "which-requests-come-back",
        "who-waits-longest",
        "what-waiting-does",
        "which-children-bounce",
        "do-children-come-back",
        "what-came-before-step-ups",
    ),
    "What helps?": ("which-services-help-most",),
}
"""The questions by what they are about; those of no subject come last."""
LEADS_TO: Mapping[str, tuple[tuple[str, str], ...]] = {
    "this-month": (("month", "This month in three sentences"),),
    "how-are-we-doing": (("measures", "Every measure"),),
    "where-is-domestic-abuse-worst": (("places", "Place and need, on a map"),),
    "which-families-are-destabilised-by-poverty": (("places", "Place and need"),),
    "who-are-we-not-reaching": (("places", "Place and need, on a map"),),
    "which-schools-are-silent": (("partners", "Partners"),),
    "who-waits-longest": (("waiting", "Waiting room"),),
    "what-waiting-does": (("waiting", "Waiting room"),),
    "which-requests-come-back": (("line", "The line, from request to closure"),),
    "do-children-come-back": (("line", "The line, from request to closure"),),
    "can-we-trust-these-numbers": (("quality", "Data quality"),),
    "which-services-help-most": (("services", "What helps, service by service"),),
}
"""The screens on which a question's subject is shown; those that are not there are left out."""
ROWS_SHOWN = 25
"""Rows of a table that are open on the page; the rest stand behind a line of words."""


@page("ask/", rule=READERS, menu="Ask", place=15, needs_snapshot=False, kept=True)
def ask(request: HttpRequest) -> Screen:
    """The questions that people ask every month, each with its answer in sentences."""
    blocks: list[Shown] = []
    for subject, questions in _by_subject().items():
        links = tuple(Link(PREPARED[each].asks, reverse("question", args=[each])) for each in questions)
        blocks += [Heading(1, subject), Links(links)]
    blocks.append(
        Note("The answers are made by rule of released figures; no model writes them. Each says what it cannot tell.")
    )
    return Screen(
        "Ask", tuple(blocks), lead="Prepared questions, each with its answer in sentences that can be copied."
    )


def _by_subject() -> Mapping[str, tuple[str, ...]]:
    placed = {each for questions in SUBJECTS.values() for each in questions}
    others = tuple(each for each in PREPARED if each not in placed)
    known = {subject: tuple(each for each in listed if each in PREPARED) for subject, listed in SUBJECTS.items()}
    return {**known, **({"More questions": others} if others else {})}


@page("ask/<str:question_id>/", rule=READERS, kept=True)
def question(request: HttpRequest, question_id: str) -> Screen:
    """One prepared question: the answer in sentences, its table, what must be said beside it, and what stands behind it."""
    asked = PREPARED.get(question_id)
    if asked is None:
        raise UsageProblem(f"There is no question {question_id}.", where="ask", fix="Choose one of those listed.")
    reply = told(request, question_id)
    return Screen(
        asked.asks,
        (
            *(Sentence(each) for each in reply.answer),
            *_caveats(reply),
            *_tables(asked, reply),
            *_certificates(reply),
            *_next(request, asked),
        ),
        way=(Link("Ask", reverse("ask")),),
    )


def _caveats(reply: Reply) -> list[Shown]:
    return [Heading(1, "To be read with it"), Bullets(reply.caveats)] if reply.caveats else []


def _tables(asked: PreparedQuestion, reply: Reply) -> list[Shown]:
    """The tables; of a long one the first rows are open, and all of it stands behind a line of words."""
    tables = tables_of(asked.asks, reply)
    found: list[Shown] = [Heading(1, "The figures")] if tables else []
    for table in tables:
        if len(table.rows) <= ROWS_SHOWN:
            found.append(_linked(table, reply))
        else:
            found.append(Folded(f"{table.caption}: all {len(table.rows)} rows", (table,)))
    return found


def _linked(table: TableBlock, reply: Reply) -> Shown:
    """The table, with links to its measures where its rows are of measures."""
    if table.columns[0] != "measure" or len(table.rows) != len(reply.table):
        return table
    return LinkedTable(table, tuple(reverse("measure", args=[row[0]]) for row in table.rows))


def _certificates(reply: Reply) -> list[Shown]:
    if not reply.certificates:
        return []
    told_of = Text("Each figure has a certificate: the rule, the period, the snapshot and the versions behind it.")
    links = tuple(Link(each, reverse("certificate", args=[each])) for each in dict.fromkeys(reply.certificates))
    return [Folded("What stands behind the figures", (told_of, Links(links)))]


def _next(request: HttpRequest, asked: PreparedQuestion) -> list[Shown]:
    """The screens on its subject, and the cases behind it for whoever may see them."""
    links = [Link(words, reverse(name)) for name, words in LEADS_TO.get(asked.id, ()) if opens(request, name)]
    if opens(request, "worklist") and may_be_listed(request, asked):
        links.append(Link("The cases behind it", reverse("worklist", args=[asked.id]), "a reason is asked for"))
    return [Heading(1, "Where to look next"), Links((*links, Link("Every question", reverse("ask"))))]


def make_ready(request: InSnapshot) -> None:
    """The answers of the seed questions, which take longest."""
    for each in ("where-is-domestic-abuse-worst", "which-families-are-destabilised-by-poverty"):
        told(request, each)
