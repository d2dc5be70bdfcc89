"""Place and need: where domestic abuse is told of most, whom help reaches, what follows poverty; a map, and one page a ward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering, documenting
from earlyhelp.reference.areas import SMALL_AREA, WARD
from earlyhelp.reports.answers import Reply
from earlyhelp.reports.blocks import Bullets, Content, Figure, Heading, Note, TableBlock, Text
from earlyhelp.reports.place_maps import (
    abuse_map,
    abuse_table,
    code_of,
    low_income_map,
    reach_map,
    reach_table,
)
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Choice, Empty, Filter, Folded, Link, LinkedTable, Links, Sentence, Shown
from earlyhelp.web.file_links import file_links
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.month import told
from earlyhelp.web.workspace import moment, workspace

ABUSE, REACH, POVERTY = (
    "where-is-domestic-abuse-worst",
    "who-are-we-not-reaching",
    "which-families-are-destabilised-by-poverty",
)
MAPS = (
    Choice("abuse", "domestic abuse told of by the police"),
    Choice("reach", "families helped, beside need"),
    Choice("low-income", "children in low income"),
)
AREAS = (Choice("wards", "wards"), Choice("small-areas", "small areas"))
HOW_TO_ADD = (
    "Boundaries are added once, on the machine that holds this workspace. Save the boundaries of your wards and small areas "
    "from the Office for National Statistics as GeoJSON in one folder, then: earlyhelp reference add DIR FOLDER. The map is "
    "there after the next run, or once the application is started again."
)
SENTENCES_SHOWN = 4
Row = Mapping[str, Any]


@page("places/", rule=READERS, menu="Places", place=45, kept=True)
def places(request: HttpRequest) -> Screen:
    """Where need is told of, whom help reaches, and what follows signs of poverty: in sentences, on a map and by ward."""
    shown = _chosen(request, "map", MAPS)
    areas = _chosen(request, "areas", AREAS) if shown == "abuse" else "wards"
    drawn = _drawn(request, shown, areas)
    filters = (Filter("map", "On the map", MAPS, shown), Filter("areas", "Areas", AREAS, areas))
    return Screen(
        "Places",
        (
            *drawn,
            *_abuse(request),
            *_reach(request),
            *_poverty(request),
        ),
        lead="A place with a high figure is no statement about any family who lives there.",
        filters=filters if shown == "abuse" else filters[:1],
    )


def _chosen(request: HttpRequest, name: str, choices: Sequence[Choice]) -> str:
    """The choice in the page's address; what is none of them counts as the first."""
    asked = request.GET.get(name, "")
    return asked if asked in {each.value for each in choices} else choices[0].value


def _drawn(request: HttpRequest, shown: str, areas: str) -> tuple[Shown, ...]:
    """The map; without boundaries, how to add them; without figures, that there are none."""
    kind = SMALL_AREA if areas == "small-areas" else WARD
    rows = _rows(request, ABUSE if shown == "abuse" else REACH, kind)
    if not rows:
        return (Empty(f"The records tell of no {AREAS[kind == SMALL_AREA].words}, so that there is no map."),)
    found = answering.outlines_of(workspace(), kind, [code_of(row) for row in rows])
    figure = _figures(areas)[shown](rows, found)
    if figure is None:
        return _no_map(bool(found), shown)
    missing = sum(code_of(row) not in found for row in rows)
    without = (
        f" Of {missing} of {len(rows)} areas no boundary is held: they stand in the table alone." if missing else ""
    )
    return (figure, Note(f"Boundaries as published, on the British National Grid, a little simplified.{without}"))


def _figures(areas: str) -> Mapping[str, Callable[[Sequence[Row], Mapping[str, Any]], Figure | None]]:
    words = "small areas" if areas == "small-areas" else "wards"
    return {
        "abuse": lambda rows, found: abuse_map(rows, found, words),
        "reach": reach_map,
        "low-income": low_income_map,
    }


def _no_map(has_outlines: bool, shown: str) -> tuple[Shown, ...]:
    if has_outlines or shown == "low-income":
        why = (
            "No public statistics tell how many children of each ward are in low income, so that there is no map of it."
        )
        return (Empty(why, (Link("What public figures are held", reverse("public_profile")),)),)
    return (Empty("No boundaries of these areas are held, so that there is no map. The tables have the same figures."),
            Folded("How to add boundaries", (Text(HOW_TO_ADD),)))  # fmt: skip


def _rows(request: HttpRequest | InSnapshot, question: str, kind: str) -> list[Row]:
    """The rows of an answer that are of wards, or of small areas."""
    name = "lsoa" if kind == SMALL_AREA else "ward_code"
    return [row for row in told(request, question).table if row.get(name)]


def _abuse(request: HttpRequest) -> list[Shown]:
    reply, wards = told(request, ABUSE), _rows(request, ABUSE, WARD)
    table = [_linked(abuse_table(wards, "by ward"), wards)] if wards else []
    return [Heading(1, "Where is domestic abuse worst?"), *_answer(reply), *table, *_besides(reply, ABUSE)]


def _reach(request: HttpRequest) -> list[Shown]:
    reply, wards = told(request, REACH), _rows(request, REACH, WARD)
    table = [_linked(reach_table(wards), wards)] if wards and "expected" in wards[0] else []
    return [Heading(1, "Who are we not reaching?"), *_answer(reply), *table, *_besides(reply, REACH)]


def _poverty(request: HttpRequest) -> list[Shown]:
    reply = told(request, POVERTY)
    return [Heading(1, "Which families are destabilised by poverty?"), *_answer(reply), *_besides(reply, POVERTY)]


def _answer(reply: Reply) -> list[Shown]:
    """The first sentences to be copied; the others behind a line of words."""
    first, others = reply.answer[:SENTENCES_SHOWN], reply.answer[SENTENCES_SHOWN:]
    more = [Folded("More of the answer", tuple(Sentence(each) for each in others))] if others else []
    return [*(Sentence(each) for each in first), *more]


def _besides(reply: Reply, question: str) -> list[Shown]:
    caveats = [Folded("What this can and cannot say", (Bullets(reply.caveats),))] if reply.caveats else []
    return [*caveats, Links((Link("The whole answer", reverse("question", args=[question]), "every table of it"),))]


def _linked(table: TableBlock, rows: Sequence[Row]) -> LinkedTable:
    """The table, each ward leading to its own page."""
    return LinkedTable(table, tuple(reverse("ward", args=[code_of(row)]) for row in rows))


@page("places/<str:ward_code>/", rule=READERS, kept=True)
def ward(request: HttpRequest, ward_code: str) -> Screen:
    """One ward: its figures beside the council's, with no small count."""
    content = _profile(request, ward_code)
    return Screen(
        content.title,
        (*content.blocks, Heading(1, "On paper"), Links(file_links("ward-profile", "This page", ward_code))),
        lead=content.subtitle,
        way=(Link("Places", reverse("places")),),
    )


def _profile(request: HttpRequest, ward_code: str) -> Content:
    """The ward's profile, kept for the snapshot. Raises UsageProblem for a ward there is not."""
    key, about = ("paper", "ward-profile", ward_code), documenting.Subject("ward", ward_code)
    return prepared(request, key, lambda: documenting.content_for(workspace(), "ward-profile", moment(), about))


def make_ready(request: InSnapshot) -> None:
    """The three answers."""
    for each in (ABUSE, REACH, POVERTY):
        told(request, each)
