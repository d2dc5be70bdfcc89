"""The first page of the day: what changed this month, in three sentences."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.reports.answers import PREPARED, Reply
from earlyhelp.reports.blocks import Bullets, Heading, TableBlock
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Link, LinkedTable, Links, Sentence
from earlyhelp.web.pages import opens, page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.workspace import moment, workspace


@page("", rule=READERS, menu="This month", place=10, name="month", kept=True)
def month(request: HttpRequest) -> Screen:
    """What changed this month beyond the usual ups and downs, in three sentences."""
    reply = told(request, "this-month")
    sentences = tuple(Sentence(each, _where(each, reply)) for each in reply.answer)
    rows = tuple(
        (str(row["name"]), f"{row['period_end']:%B %Y}" if row["period_end"] else "all days", str(row["in_words"]))
        for row in reply.table
    )
    watched = []
    if rows:
        table = TableBlock("The latest month of every measure watched", ("measure", "month", "figure"), rows, (2,))
        watched = [LinkedTable(table, tuple(reverse("measure", args=[str(row["measure"])]) for row in reply.table))]
    return Screen(
        "This month in three sentences",
        (
            *sentences,
            *([Bullets(reply.caveats)] if reply.caveats else []),
            Heading(1, "Where to look next"),
            Links(_next(request)),
            Heading(1, "Every measure watched"),
            *watched,
        ),
    )


def _next(request: HttpRequest) -> tuple[Link, ...]:
    """Where whoever reads it goes from here, among the pages that they may open."""
    more = f"where is domestic abuse worst, which services help, and {len(PREPARED) - 2} more"
    places = (
        ("ask", "Ask a prepared question", more),
        ("waiting", "Waiting room", "who waits, how long, and what it would take"),
        ("services", "What helps", "which services are associated with fewer step-ups"),
        ("places", "Place and need", "where need is, and whom help does not reach"),
        ("money", "Money", "what a family's help costs, and what a cut would bring"),
        ("measures", "Every measure", "how are we doing?"),
    )
    return tuple(Link(words, reverse(name), about) for name, words, about in places if opens(request, name))


def told(request: HttpRequest | InSnapshot, question: str) -> Reply:
    """The reply to a prepared question, kept for the snapshot."""
    return prepared(request, ("ask", question), lambda: answering.ask(workspace(), question, moment())[1])


def _where(sentence: str, reply: Reply) -> str:
    """The page of the measure that the sentence is about: the one whose name it begins with."""
    about = [row for row in reply.table if sentence.startswith(str(row["name"]))]
    return reverse("measure", args=[str(about[0]["measure"])]) if about else ""


def make_ready(request: InSnapshot) -> None:
    """The three sentences."""
    told(request, "this-month")
