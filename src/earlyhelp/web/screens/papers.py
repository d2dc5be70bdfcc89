"""Papers: each document on the screen before it is taken as Word, PDF, HTML or a workbook; the inspection room; the blueprint."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from earlyhelp import documenting
from earlyhelp.reports.blocks import Content, Heading, Text
from earlyhelp.reports.documents import DOCUMENTS, Document
from earlyhelp.web.access import READERS, Power
from earlyhelp.web.blocks import Choice, Empty, Filter, Link, LinkedTable, Links, Shown
from earlyhelp.web.looking import record_download
from earlyhelp.web.pages import page
from earlyhelp.web.paper_files import KINDS
from earlyhelp.web.paper_files import paper_file as of_paper
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, today, workspace

OF_MONEY = ("business-case",)
"""Papers for those who may work out costs."""


@page("papers/", rule=READERS, menu="Papers", place=75, kept=True)
def papers(request: HttpRequest) -> Screen:
    """Every paper that can be written from the figures: for whom it is, and what it holds."""
    rows = tuple((_title(each), each.for_whom, each.holds) for each in DOCUMENTS.values())
    table = table_of("Papers", ("paper", "for whom", "what it holds"), rows)
    links = tuple(reverse("paper", args=[name]) for name in DOCUMENTS)
    return Screen("Papers", (LinkedTable(table, links),), lead="Read one here, then take it as Word, PDF or HTML.")


@page("papers/<str:name>/", rule=READERS)
def paper(request: HttpRequest, name: str) -> Screen:
    """One paper as it would be printed, with a link for each kind of file."""
    document = _document(request, name)
    about = document.about
    choices = _subjects(request, about) if about else ()
    chosen = request.GET.get("about", "")
    way = (Link("Papers", reverse("papers")),)
    filters = (
        (Filter("about", f"About which {about}", (Choice("", f"choose a {about}"), *choices), chosen),) if about else ()
    )
    if about and not chosen:
        blocks: tuple[Shown, ...] = (Text(f"This paper is about one {about}. Choose which."),)
        if not choices:
            blocks = (Empty(f"The records name no {about}."),)
        return Screen(_title(document), blocks, filters=filters, way=way, lead=_purpose(document))
    content = _content(request, document, chosen)
    return Screen(
        content.title, (*_files(document, chosen), *content.blocks), lead=content.subtitle, filters=filters, way=way
    )


def _title(document: Document) -> str:
    """The paper's title before it is known what it is about."""
    return document.title.replace("{about}", f"one {document.about}")


def _purpose(document: Document) -> str:
    return f"For {document.for_whom}: {document.holds}."


def _document(request: HttpRequest, name: str) -> Document:
    """Raises Http404 for a paper of money where the user may not work out costs."""
    document = documenting.document_called(name)
    if name in OF_MONEY and Power.COST not in request.user.powers:
        raise Http404
    return document


def _subjects(request: HttpRequest | InSnapshot, about: str) -> tuple[Choice, ...]:
    """What a paper can be about, by name."""
    return prepared(request, ("subjects", about), lambda: tuple(Choice(*each) for each in _listed(about)))


def _listed(about: str) -> list[tuple[str, str]]:
    if about == "partner":
        return [(each.code, each.name) for each in documenting.partners_there_are(workspace())]
    if about == "ward":
        return [(each.code, each.name or each.code) for each in documenting.wards_there_are(workspace())]
    return documenting.services_there_are(workspace())


def _content(request: HttpRequest | InSnapshot, document: Document, chosen: str) -> Content:
    named = {document.about: chosen} if document.about else {}
    key = ("paper", document.name, chosen)
    return prepared(request, key, lambda: documenting.content_for(workspace(), document.name, moment(), **named))


def _files(document: Document, chosen: str) -> tuple[Shown, ...]:
    """Links to the paper as a file of each kind."""
    address = reverse("paper_file", args=[document.name])
    links = tuple(
        Link(f"Take it as {KINDS[ending[1:]][0]}", f"{address}?as={ending[1:]}&about={chosen}")
        for ending in document.endings
    )
    return (Links(links),)


@page("papers/<str:name>/file/", rule=READERS)
def paper_file(request: HttpRequest, name: str) -> HttpResponse:
    """One paper as a file. Raises Http404 for a kind of file that it cannot be."""
    document, ending = _document(request, name), request.GET.get("as", "")
    chosen = request.GET.get("about", "")
    if f".{ending}" not in document.endings:
        raise Http404
    content = _content(request, document, chosen)
    called = f"{name}-{chosen}" if chosen.isalnum() else name
    answer = of_paper(content, ending, as_at_of(request) or today(), called)
    record_download(request, f"{called}.{ending}")
    return answer


@page("inspection/", rule=READERS, menu="Inspection", place=78, kept=True)
def inspection(request: HttpRequest) -> Screen:
    """What an inspector may ask, what answers it, and what cannot be answered and why."""
    return _shown(request, "inspection-pack", "Inspection room")


@page("blueprint/", rule=READERS, kept=True)
def blueprint(request: HttpRequest) -> Screen:
    """What services there are, for which needs, ages and areas; gaps, overlaps, and what they cost where it is known."""
    return _shown(request, "service-blueprint", "Service blueprint")


def _shown(request: HttpRequest, name: str, title: str) -> Screen:
    document = DOCUMENTS[name]
    content = _content(request, document, "")
    inside = [each for each in content.blocks if isinstance(each, Heading) and each.level == 1]
    lead = content.subtitle if inside else _purpose(document)
    return Screen(title, (*_files(document, ""), *content.blocks), lead=lead)


def make_ready(request: InSnapshot) -> None:
    """The inspection room and the blueprint, which take longest."""
    for name in ("inspection-pack", "service-blueprint"):
        _content(request, DOCUMENTS[name], "")
