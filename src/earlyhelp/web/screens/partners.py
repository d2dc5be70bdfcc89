"""Partners: who asks, who leads, who attends and who heard back, and a page for each school or agency with its figures alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import documenting
from earlyhelp.measures import Grain, Measure, Question, Statistic
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.release.partners import ReleasedPartner
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Content, Heading, Note
from earlyhelp.reports.by_group import bars, latest
from earlyhelp.reports.documents import DOCUMENTS
from earlyhelp.reports.wording import interval_of, value_of
from earlyhelp.web.access import Power, having
from earlyhelp.web.blocks import Empty, Folded, Link, LinkedTable, Links, Numbers, Shown
from earlyhelp.web.figures import latest as latest_figure
from earlyhelp.web.figures import latest_table, of_theme
from earlyhelp.web.looking import record_download
from earlyhelp.web.on_pages import advice
from earlyhelp.web.own_figures import id_of, owned_by
from earlyhelp.web.pages import page
from earlyhelp.web.paper_files import KINDS, paper_file
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.measure import asked
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, today, workspace

MAY_READ = having(Power.READ, Power.OWN)
"""A kept page is kept for one organisation: partners have the same powers, and each may open its own page alone."""
PAPER = "partner-page"
FIRST = ("A1", "A10", "D2", "D5")
"""What stands out: requests, feedback to whoever asked, who leads, and who comes."""
NONE = "none"


@page("partners/", rule=MAY_READ, menu="Partners", place=50, kept=True)
def partners(request: HttpRequest) -> Screen | HttpResponse:
    """Who asks, who leads, who attends and who heard back, by organisation. A partner is led to its own page."""
    if Power.READ not in request.user.powers:
        return _own_page(request)
    blocks = prepared(request, ("partners", "blocks"), lambda: tuple(_blocks(request)))
    return Screen("Partners", blocks, lead="Who asks for help, who gives it, and whether they hear back.")


def _blocks(request: HttpRequest | InSnapshot) -> Iterator[Shown]:
    """What readers see of all partners."""
    yield Numbers(tuple(latest_figure(request, each) for each in FIRST))
    yield Note(
        "Organisations are in the order of the alphabet, not of their figures. Schools are counted by their number."
    )
    yield from _listed(request, there_are(request))
    yield Heading(1, "Who leads and who attends")
    yield from bars(_part(request, "D1", "org_type"), "Assessments begun, by kind of organisation")
    yield from bars(_part(request, "D5", "org_type"), "Agencies invited to meetings that came, by who leads the help")
    yield Note("Which agencies came is not recorded, only how many: attendance is told by who leads the help.")
    yield Heading(1, "Measures of partnership")
    yield latest_table(request, "Measures of partnership", of_theme("Partnership"))


def there_are(request: HttpRequest | InSnapshot) -> tuple[ReleasedPartner, ...]:
    """The partners that may be named, kept for the snapshot."""
    return prepared(request, ("partners",), lambda: documenting.partners_there_are(workspace()))


def _part(request: HttpRequest | InSnapshot, measure: str, by: str) -> Part:
    answer = asked(request, measure, Question((by,), grain=Grain.YEAR))
    return Part(answer.released, answer.certificates)


def _listed(request: HttpRequest | InSnapshot, listed: Sequence[ReleasedPartner]) -> Iterator[Shown]:
    """The organisations, and behind a line of words the schools: what each asked for, heard and leads in the latest year."""
    organisations = [each for each in listed if each.kind != "school"]
    schools = [each for each in listed if each.kind == "school"]
    yield Heading(1, "By organisation")
    if not listed:
        step = Link("Bring in requests", reverse("data"), "with the name of whoever asked")
        yield Empty("The records name no organisation that asked or leads.", (step,))
    if organisations:
        asks = [_cells(request, each, "requestor_organisation") for each in ("A1", "A10")]
        leads = [_cells(request, each, "organisation") for each in ("C1", "D4", "F1")]
        columns = (
            "organisation",
            "requests",
            "told when due",
            "families led",
            "meetings held",
            "closed with goals met",
        )
        yield _table("Organisations, latest year", columns, organisations, [*asks, *leads])
    if schools:
        asks = [_cells(request, each, "school_urn") for each in ("A1", "A10")]
        table = _table("Schools, latest year", ("school", "requests", "told when due"), schools, asks)
        yield Folded(f"{len(schools):,} schools", (table,))


def _cells(request: HttpRequest | InSnapshot, measure: str, by: str) -> dict[str, str]:
    """By code: the latest figure with its interval, or why there is none."""
    part = _part(request, measure, by)
    return {
        str(row.dims[by]): _figure(row, part.released.measure)
        for row, _ in latest(part)
        if by in row.dims and row.status is not Status.NO_DATA
    }


def _figure(row: ReleasedRow, measure: Measure) -> str:
    """The value, and of what is no plain count its interval."""
    interval = "" if measure.statistic is Statistic.COUNT else interval_of(row, measure)
    return f"{value_of(row, measure)} ({interval})" if interval else value_of(row, measure)


def _table(
    caption: str, columns: Sequence[str], listed: Sequence[ReleasedPartner], cells: Sequence[dict[str, str]]
) -> LinkedTable:
    rows = [(each.name, *(found.get(each.code, NONE) for found in cells)) for each in listed]
    links = tuple(reverse("partner", args=[id_of(each)]) for each in listed)
    return LinkedTable(table_of(caption, columns, rows, range(1, len(columns))), links)


def _own_page(request: HttpRequest) -> Screen | HttpResponse:
    """A partner's own page, wherever it asks for all of them."""
    own = owned_by(request.user.organisation, there_are(request))
    exact = [each for each in own if each.code == request.user.organisation] or own
    if exact:
        return redirect("partner", id_of(exact[0]))
    words = "There are no figures of your organisation, or too few to say. The administrator sets which organisation is yours."
    return Screen("Partners", (Empty(words),))


def _partner(request: HttpRequest, partner: str) -> ReleasedPartner:
    """The partner of that id. Raises Http404 for one there is not, or that is not the user's to read."""
    listed = there_are(request)
    may = listed if Power.READ in request.user.powers else owned_by(request.user.organisation, listed)
    found = next((each for each in may if id_of(each) == partner), None)
    if found is None:
        raise Http404
    return found


def content(request: HttpRequest | InSnapshot, each: ReleasedPartner) -> Content:
    """The partner's page as the document that is sent to it, kept for the snapshot."""
    key = ("partner", each.code)
    about = documenting.Subject("partner", each.code)
    return prepared(request, key, lambda: documenting.content_for(workspace(), PAPER, moment(), about))


@page("partners/<str:partner>/", rule=MAY_READ)
def partner(request: HttpRequest, partner: str) -> Screen:
    """One school or agency: its own figures beside the council's whole, and nothing of any other."""
    each = _partner(request, partner)
    shown = content(request, each)
    way = (Link("Partners", reverse("partners")),) if Power.READ in request.user.powers else ()
    told = (Note(advice(block.text)) if isinstance(block, Note) else block for block in shown.blocks)
    blocks = (*told, Heading(1, "To send or keep"), Links(tuple(_files(each))))
    return Screen(shown.title, blocks, lead=shown.subtitle.partition(" Snapshot")[0], way=way)


def _files(each: ReleasedPartner) -> Iterator[Link]:
    address = reverse("partner_file", args=[id_of(each)])
    for ending, (words, _) in KINDS.items():
        if f".{ending}" in DOCUMENTS[PAPER].endings:
            yield Link(f"This page as {words}", f"{address}?as={ending}", f"about {each.name} alone")


@page("partners/<str:partner>/file/", rule=MAY_READ)
def partner_file(request: HttpRequest, partner: str) -> HttpResponse:
    """The page of one partner as a file. Raises Http404 for a kind of file that it cannot be."""
    each, ending = _partner(request, partner), request.GET.get("as", "pdf")
    if ending not in KINDS or f".{ending}" not in DOCUMENTS[PAPER].endings:
        raise Http404
    shown = content(request, each)
    record_download(request, f"{PAPER}.{ending} {each.code}")
    name = re.sub(r"[^a-z0-9]+", "-", each.name.casefold()).strip("-") or "partner"
    return paper_file(shown, ending, as_at_of(request) or today(), f"early-help-{name}")


def make_ready(request: InSnapshot) -> None:
    """What readers see of all partners."""
    prepared(request, ("partners", "blocks"), lambda: tuple(_blocks(request)))
