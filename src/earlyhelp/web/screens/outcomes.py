"""Outcomes and voice: how far families came, which needs were met, what they and their children say, and how many do not."""

from __future__ import annotations

from django.http import HttpRequest

from earlyhelp.measures import Grain, Question
from earlyhelp.release import ReleasedRow
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.reports.by_group import EVERYBODY, bars, label_of, latest, with_missing
from earlyhelp.reports.wording import interval_of, value_of
from earlyhelp.standard import eh_need
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Numbers, Shown
from earlyhelp.web.figures import latest as latest_figure
from earlyhelp.web.figures import latest_table, of_theme
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.measure import asked
from earlyhelp.web.tables import table_of

FIRST = ("F1", "F4", "E8", "I1")
"""What stands out: goals met, every need met, both scores there, and families who say that things are better."""


@page("outcomes/", rule=READERS, menu="Outcomes", place=60, kept=True)
def outcomes(request: HttpRequest) -> Screen:
    """How far families came, with those of whom nobody knows in grey; needs met; and what families and children say."""
    blocks: list[Shown] = [
        Numbers(tuple(latest_figure(request, each) for each in FIRST)),
        *_distance(request),
        *_needs(request),
        *_families(request),
        *_children(request),
        Heading(1, "Measures of outcomes and voice"),
        latest_table(request, "Measures of outcomes and voice", of_theme("Outcomes", "Voice")),
    ]
    lead = "Change while a family is helped is associated with the help; it is not shown to come of it."
    return Screen("Outcomes and voice", tuple(blocks), lead=lead)


def _part(request: HttpRequest | InSnapshot, measure: str, by: str = "", definition: str = "default") -> Part:
    """The figures of each year, in total or by one thing."""
    answer = asked(request, measure, Question((by,) if by else (), grain=Grain.YEAR), definition)
    return Part(answer.released, answer.certificates)


def _distance(request: HttpRequest | InSnapshot) -> list[Shown]:
    """First how many have both scores, then how far those came: the one is not to be read without the other."""
    both = [_part(request, "E8"), _part(request, "F2", definition="both_scores")]
    return [
        Heading(1, "Distance travelled"),
        Text("A change is known where a family was scored twice on one scale. Those without a pair are not in it."),
        *with_missing(
            both, "Families that closed, by whether both scores are there", "both scores", "no pair of scores"
        ),
        *bars(_part(request, "F2"), "Mean change between the two scores"),
        Note("By scale: families that were scored on it at all. A change of more than 0 is for the better."),
    ]


def _needs(request: HttpRequest | InSnapshot) -> list[Shown]:
    codes = eh_need.need_code.code_list
    assert codes is not None
    ten = {code: codes.label(code) for code in (f"SF{number}" for number in range(1, 11))}
    return [
        Heading(1, "Needs met at closing, by the ten headline outcomes"),
        *bars(_part(request, "F3"), "Families whose need of that kind was met", groups=ten),
        Note("A need whose outcome nobody recorded counts as not met, for nobody can say that it was."),
    ]


def _families(request: HttpRequest | InSnapshot) -> list[Shown]:
    """What families say, never without how many were asked and answered."""
    closed = [_part(request, "I2", definition="closures")]
    return [
        Heading(1, "What families say"),
        Numbers((latest_figure(request, "I1"), latest_figure(request, "I2"))),
        *with_missing(closed, "Families that closed, by whether they answered", "answered", "did not answer"),
        *bars(_part(request, "I2", "team"), "Of those asked, families who answered, by team"),
        Note(
            "Where few answer, those who are content answer most. Teams whose intervals overlap cannot be told apart."
        ),
    ]


def _children(request: HttpRequest | InSnapshot) -> list[Shown]:
    """Whether children's views are on record, beside what audits say of the work: the one is not the other."""
    voice, audit = _part(request, "E3", "org_type"), _part(request, "E6", "org_type")
    found = [{label_of(row): row for row, _ in latest(part)} for part in (voice, audit)]
    groups = [each for each in dict.fromkeys((*found[0], *found[1])) if each != EVERYBODY]
    rows = [
        (each, *(_cell(part, told.get(each)) for part, told in zip((voice, audit), found, strict=True)))
        for each in groups
    ]
    columns = ("kind of organisation", "child's views recorded", "audits graded good or better")
    caption = "Children's views on record beside the quality of the work, latest year"
    return [
        Heading(1, "Children's voice beside the quality of the work"),
        Numbers(tuple(latest_figure(request, each) for each in ("E3", "I3", "E6"))),
        *([table_of(caption, columns, rows, (1, 2))] if rows else []),
        Note(
            "That views are recorded does not say that they were listened to: read it beside audits. Views are told by who "
            "assessed, audits by who leads; few cases are audited."
        ),
    ]


def _cell(part: Part, row: ReleasedRow | None) -> str:
    if row is None:
        return "no data"
    interval = interval_of(row, part.released.measure)
    return value_of(row, part.released.measure) + (f" ({interval})" if interval else "")


def make_ready(request: InSnapshot) -> None:
    """The figures that the page asks for beside those of the catalogue."""
    for part in (_distance, _needs, _families, _children):
        part(request)
