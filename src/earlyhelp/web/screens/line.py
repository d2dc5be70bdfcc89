"""The line: from a request for support to a year after closing, as a flow and a table, with the measures of each stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.release import Status
from earlyhelp.release.pathway import ReleasedLine
from earlyhelp.reports import flow
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Choice, Empty, Filter, Link, LinkedTable, Links, Numbers, Sentence, Shown
from earlyhelp.web.figures import latest, latest_table
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.rows import MAY_SEE_ROWS
from earlyhelp.web.workspace import workspace

STOCKS = ("B1", "C11", "C1", "C6")
"""What there is at one moment: who waits, who has no worker, who is open, and who is open long."""
MEASURES_OF: dict[str, tuple[str, ...]] = {
    "request": ("A1", "A2", "A5", "A9"),
    "decision": ("A3", "A4", "A6", "A7", "A8", "A10"),
    "accepted": ("B1", "B2", "B3", "B4", "C9"),
    "helped": ("B5", "C11", "C3", "B9"),
    "assessed": ("B6", "E1", "E3", "E4"),
    "planned": ("B7", "E5", "D2"),
    "reviewed": ("B8", "D4", "D5", "E7"),
    "closed": ("C5", "C7", "C8", "F1", "F3", "G1"),
    "year_after": ("G2", "G3", "G5"),
}
"""The measures that tell more of each stage."""
UNIT = (
    "A request is about one person: one about three children is three requests. A request has come to a stage when that "
    "stage or a later one is recorded of it."
)


@page("line/", rule=READERS, menu="The line", place=30, kept=True)
def line(request: HttpRequest) -> Screen:
    """From request to 12 months after closing: who came to each stage, who is there still, and who left where."""
    found = told(request)
    chosen = next((each for each in found if _year(each) == request.GET.get("year", "")), found[0] if found else None)
    blocks = prepared(request, ("line", _year(chosen)), lambda: tuple(_blocks(request, chosen)))
    return Screen(
        "The line, from request to a year after closing",
        (*blocks, *_records(request)),
        lead="Above, how many families there are at each place; below, what became of the requests of one year.",
        filters=(Filter("year", "Requests of", tuple(map(_choice, found)), _year(chosen)),) if chosen else (),
    )


def _blocks(request: HttpRequest | InSnapshot, chosen: ReleasedLine | None) -> Iterator[Shown]:
    """What is the same for everybody who may read it."""
    yield Heading(1, "Families on the last day")
    yield Numbers(tuple(latest(request, each) for each in STOCKS))
    yield Heading(1, "Requests along the line")
    yield from _flow(chosen) if chosen else [_nothing()]
    yield Heading(1, "Measures of each stage")
    yield _measures(request)


def told(request: HttpRequest | InSnapshot) -> tuple[ReleasedLine, ...]:
    """The line of each year, kept for the snapshot."""
    return prepared(request, ("line",), lambda: answering.line(workspace()))


def _year(line: ReleasedLine | None) -> str:
    return line.start.isoformat() if line else ""


def _choice(line: ReleasedLine) -> Choice:
    return Choice(_year(line), flow.period_of(line))


def _nothing() -> Empty:
    words = "No request for support is recorded, so there is no line to follow."
    return Empty(words, (Link("Bring in requests", reverse("data"), "contacts and early help episodes"),))


def _flow(chosen: ReleasedLine) -> list[Shown]:
    """What the year tells in sentences, the line as two charts, and every place where requests stand."""
    return [
        *(Sentence(each) for each in _sentences(chosen)),
        Note(UNIT),
        *flow.how_joined(chosen),
        flow.figure(chosen, flow.TO_HELP, "From request to acceptance"),
        flow.figure(chosen, flow.FROM_HELP, "From acceptance to a year after closing"),
        *_unrecorded(chosen),
        flow.where_they_stand(chosen, f"What became of the requests of {flow.period_of(chosen)}"),
        *_hidden(chosen),
    ]


def _sentences(chosen: ReleasedLine) -> Iterable[str]:
    """How many asked, were accepted and were helped, where each may be told; and how a year after closing stands."""
    came = {stage.code: stage.came for stage in chosen.stages}
    start = f"Of {_number(came['request'])} requests received from {flow.period_of(chosen)}"
    if came["request"] and came["accepted"] is not None:
        yield f"{start}, {_number(came['accepted'])} were accepted for early help."
    if came["accepted"] and not chosen.tells_help:
        yield (
            f"Of none of the {_number(came['accepted'])} accepted is any early help on record: whether a worker has helped "
            "them cannot be told."
        )
    elif came["accepted"] and came["helped"] is not None:
        yield f"Of {_number(came['accepted'])} accepted, {_number(came['helped'])} have been helped by a worker."
    if came["closed"] and came["year_after"] == 0:
        yield "None of those that closed did so a year or more ago: what came after is not mature yet."


def _number(count: float | None) -> str:
    return flow.TOO_FEW if count is None else f"{count:,.0f}"


def _unrecorded(chosen: ReleasedLine) -> list[Shown]:
    """How many came past a stage without its record, which is not the same as that it did not happen."""
    said = [
        f"{stage.words}: of {_number(stage.came)}, {_number(stage.unrecorded)} went past without {stage.step} on record."
        for stage in chosen.stages
        if stage.step and stage.unrecorded != 0 and stage.came
    ]
    return (
        [Text("What is not recorded, which does not say that it was not done:"), Bullets(tuple(said))] if said else []
    )


def _hidden(chosen: ReleasedLine) -> list[Shown]:
    if chosen.status is not Status.SUPPRESSED:
        return []
    return [
        Note("Too few to say: a count is small, or would tell a small one together with the others. It is not zero.")
    ]


def _measures(request: HttpRequest | InSnapshot) -> LinkedTable:
    """A row a measure of each stage, with its latest figure."""
    wanted = [(stage, measure) for stage, measures in MEASURES_OF.items() for measure in measures]
    stages = [STAGE_WORDS[stage] for stage, _ in wanted]
    return latest_table(request, "Measures of each stage", [measure for _, measure in wanted], *stages)


def _records(request: HttpRequest) -> list[Shown]:
    """Where the records behind it are seen, for whoever may see some."""
    if not MAY_SEE_ROWS.allows(request.user.powers, signed_in=True):
        return []
    links = (
        Link("The families that wait", reverse("waiting_families"), "in order of the day accepted"),
        Link("Worklists", reverse("worklists"), "the cases behind the prepared questions"),
    )
    return [Heading(1, "The records behind it"), Links(links)]


STAGE_WORDS = {
    "request": "request",
    "decision": "decision",
    "accepted": "wait",
    "helped": "help",
    "assessed": "assessment",
    "planned": "plan",
    "reviewed": "review",
    "closed": "closing",
    "year_after": "12 months later",
}
"""Each stage in a word."""


def make_ready(request: InSnapshot) -> None:
    """The line of every year, and the page of the latest."""
    found = told(request)
    chosen = found[0] if found else None
    prepared(request, ("line", _year(chosen)), lambda: tuple(_blocks(request, chosen)))
