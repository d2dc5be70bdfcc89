"""Papers: each document on the screen before it is taken as Word, PDF, HTML or a workbook; the inspection room; the blueprint."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from earlyhelp import documenting
from earlyhelp.reports.blocks import Bullets, Content, Heading, Text
from earlyhelp.reports.documents import DOCUMENTS, Document
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.actions import papers as making
from earlyhelp.web.blocks import Choice, Empty, Filter, Form, Link, LinkedTable, Links, Shown
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.looking import record_download
from earlyhelp.web.made_aside import (
    ASKS_EVERY,
    being_made,
    content_if_made,
    file_of,
    in_its_place,
    key_of,
    page_of,
    takes_long,
)
from earlyhelp.web.models import Run
from earlyhelp.web.pages import page
from earlyhelp.web.paper_files import KINDS, to_be_kept
from earlyhelp.web.paper_files import paper_file as of_paper
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, today, workspace

OF_MONEY = ("business-case",)
"""Papers for those who may work out costs."""
PROPOSING = (
    "What leaves is the paper as it stands now; later figures do not change it.",
    "Its figures are attacked beside all that left before. Where they would tell of a small number, it is refused.",
    "A second person must approve it before it can be written.",
)


@page("papers/", rule=READERS, menu="Papers", place=75, kept=True)
def papers(request: HttpRequest) -> Screen:
    """Every paper that can be written from the figures: for whom it is, and what it holds."""
    rows = tuple((_title(each), each.for_whom, each.holds) for each in DOCUMENTS.values())
    table = table_of("Papers", ("paper", "for whom", "what it holds"), rows)
    links = tuple(reverse("paper", args=[name]) for name in DOCUMENTS)
    return Screen("Papers", (LinkedTable(table, links),), lead="Read one here, then take it as Word, PDF or HTML.")


@page("papers/<str:name>/", rule=READERS, posts=True)
def paper(request: HttpRequest, name: str) -> Screen | HttpResponse:
    """One paper as it would be printed, with a link for each kind of file. One that takes long is prepared aside."""
    document = _document(request, name)
    chosen = _chosen(request, document)
    if document.about and not chosen:
        return _which(request, document)
    if request.method == "POST":
        making.make(request=request, document=name, about=chosen)
        return redirect(page_of(name, chosen))
    content = _content_or_none(request, document, chosen)
    if content is None:
        return _waiting(request, document, chosen)
    if request.htmx:  # a page of charts needs their script, which a part of a page does not bring
        return HttpResponseClientRedirect(request.get_full_path())
    blocks = (*_files(document, chosen), *_to_propose(request, document, chosen), *content.blocks)
    return _about_paper(request, document, chosen, Screen(content.title, blocks, lead=content.subtitle))


def _about_paper(request: HttpRequest, document: Document, chosen: str, screen: Screen) -> Screen:
    """The screen with the choice of what the paper is about, and the way to it."""
    filters: tuple[Filter, ...] = ()
    if about := document.about:
        choices = (Choice("", f"choose a {about}"), *_subjects(request, about))
        filters = (Filter("about", f"About which {about}", choices, chosen),)
    return replace(screen, filters=filters, way=(Link("Papers", reverse("papers")),))


def _which(request: HttpRequest, document: Document) -> Screen:
    """Asks what the paper is about."""
    about = document.about
    blocks: tuple[Shown, ...] = (Text(f"This paper is about one {about}. Choose which."),)
    if not _subjects(request, about):
        blocks = (Empty(f"The records name no {about}."),)
    return _about_paper(request, document, "", Screen(_title(document), blocks, lead=_purpose(document)))


def _waiting(request: HttpRequest, document: Document, chosen: str) -> Screen | HttpResponse:
    """What stands in the place of a paper that is being prepared; it asks again until that is there."""
    if request.htmx and "polled" not in (request.htmx.target or ""):  # a part of a page does not ask again by itself
        return HttpResponseClientRedirect(request.get_full_path())
    run = being_made(request, document, chosen)
    address = page_of(document.name, chosen)
    shown = Screen(
        _named(request, document, chosen),
        tuple(in_its_place(run, address)),
        lead=_purpose(document),
        poll=0 if run.is_over else ASKS_EVERY,
    )
    return _about_paper(request, document, chosen, shown)


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


def _chosen(request: HttpRequest, document: Document) -> str:
    """What the paper is to be about, empty where that is not said. Raises Http404 for what there is not."""
    chosen = request.GET.get("about", "") if document.about else ""
    if chosen and chosen not in [each.value for each in _subjects(request, document.about)]:
        raise Http404
    return chosen


def _content_or_none(request: HttpRequest, document: Document, chosen: str) -> Content | None:
    """The paper; None for one that takes long and was not made yet."""
    return content_if_made(request, document, chosen) if takes_long(document) else _content(request, document, chosen)


def _content(request: HttpRequest | InSnapshot, document: Document, chosen: str) -> Content:
    about = documenting.Subject(document.about, chosen)
    _, *key = key_of(request, document, chosen)
    return prepared(request, tuple(key), lambda: documenting.content_for(workspace(), document.name, moment(), about))


def _to_propose(request: HttpRequest, document: Document, chosen: str) -> tuple[Shown, ...]:
    """The way to propose the paper, for those who may."""
    if Power.PROPOSE not in request.user.powers:
        return ()
    address = reverse("propose_paper", args=[document.name])
    address = f"{address}?{urlencode({'about': chosen})}" if chosen else address
    return (Links((Link("Propose this paper for somebody outside", address, "somebody else must approve it"),)),)


def _files(document: Document, chosen: str) -> tuple[Shown, ...]:
    """Links to the paper as a file of each kind."""
    address = reverse("paper_file", args=[document.name])
    links = tuple(
        Link(f"Take it as {KINDS[ending[1:]][0]}", f"{address}?{urlencode({'as': ending[1:], 'about': chosen})}")
        for ending in document.endings
    )
    return (Links(links),)


@page("papers/<str:name>/file/", rule=READERS)
def paper_file(request: HttpRequest, name: str) -> HttpResponse:
    """One paper as a file; where it is not made yet, its page. Raises Http404 for a kind of file that it cannot be."""
    document, ending = _document(request, name), request.GET.get("as", "")
    chosen = _chosen(request, document)
    if f".{ending}" not in document.endings or (document.about and not chosen):
        raise Http404
    content = _content_or_none(request, document, chosen)
    if content is None:
        return redirect(page_of(name, chosen))
    file = file_of(request, document, chosen, ending) if takes_long(document) else None
    if isinstance(file, Run):
        messages.info(request, f"It is being written as {KINDS[ending][0]}. Take it in a few seconds.")
        return redirect(page_of(name, chosen))
    called = f"{name}-{chosen}" if chosen.isalnum() else name
    if file is not None:
        answer = to_be_kept(file, ending, called)
    else:
        answer = of_paper(content, ending, as_at_of(request) or today(), called)
    record_download(request, f"{called}.{ending}")
    return answer


class ToWhom(PlainForm):
    """For whom a paper is."""

    recipients = forms.CharField(
        label="For whom",
        help_text="For example: the scrutiny committee.",
        max_length=200,
        error_messages={"required": "Say for whom it is."},
    )


@page("papers/<str:name>/propose/", rule=having(Power.PROPOSE), posts=True)
def propose_paper(request: HttpRequest, name: str) -> Screen | HttpResponse:
    """Propose one paper for somebody outside, as it would be printed. The figures in it are attacked like a table's."""
    document = _document(request, name)
    chosen = _chosen(request, document)
    form = ToWhom(request.POST if request.method == "POST" and (chosen or not document.about) else None)
    if form.is_bound and form.is_valid():
        recipients = form.cleaned_data["recipients"]
        return redirect("run", making.propose(request=request, document=name, about=chosen, recipients=recipients).pk)
    shown: tuple[Shown, ...] = (Text(f"It is about one {document.about}. Choose which."),)
    if chosen or not document.about:
        read = Link("Read it first", page_of(name, chosen))
        shown = (Bullets(PROPOSING), read, Form(form, "Propose the paper"))
    screen = Screen(f"Propose a paper: {_named(request, document, chosen)}", shown, has_errors=bool(form.errors))
    screen = replace(screen, status=422 if form.errors else 200)
    return _about_paper(request, document, chosen, screen)


def _named(request: HttpRequest, document: Document, chosen: str) -> str:
    """The paper's title with the name of what it is about."""
    names = {each.value: each.words for each in _subjects(request, document.about)} if document.about else {}
    return document.title.replace("{about}", names.get(chosen, f"one {document.about}"))


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
