"""A screen as an answer to a request: a page, JSON, or one of its tables or charts as a file; and problems in words."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from earlyhelp.errors import EarlyHelpError, Exit
from earlyhelp.web import exports
from earlyhelp.web.blocks import Form
from earlyhelp.web.looking import record_download
from earlyhelp.web.on_pages import advice, place
from earlyhelp.web.screen import Screen, flat

STATUS = {Exit.USAGE: 404, Exit.REFUSED: 404, Exit.GATE: 409, Exit.NOTHING_TO_DO: 409}


class Drawn(NamedTuple):
    """A screen with its HTML."""

    screen: Screen
    html: SafeString


def drawn(request: HttpRequest, screen: Screen, *, private: bool = False) -> Drawn:
    """The screen with the HTML of what stands between a page's head and its foot."""
    told = {"screen": screen, "private": private}
    return Drawn(screen, render_to_string("earlyhelp/drawn.html", told, request))


def answered(request: HttpRequest, name: str, found: Drawn, *, private: bool) -> HttpResponse:
    """The screen in the form that was asked for: HTML, `?format=json`, or `?download=t1.csv`.

    private: it holds records of people, and is given out as a page alone.
    """
    screen = found.screen
    if wanted := request.GET.get("download"):
        return _download(request, name, screen, wanted, private)
    if request.GET.get("format") == "json":
        if private or screen.mark:
            raise Http404
        return HttpResponse(json.dumps(plain(screen), default=str), content_type="application/json")
    told = {"screen": screen, "html": found.html}
    return _not_kept(render(request, "earlyhelp/screen.html", told, status=screen.status))


def problem_page(request: HttpRequest, problem: EarlyHelpError) -> HttpResponse:
    """The problem in words: what was found, where, and what to do."""
    status = STATUS.get(problem.exit_code, 500)
    words = {"error": problem.error, "where": place(problem.where), "fix": advice(problem.fix)}
    return _not_kept(render(request, "earlyhelp/problem.html", {"problem": words}, status=status))


def _download(request: HttpRequest, page: str, screen: Screen, wanted: str, private: bool) -> HttpResponse:
    """A table or chart of the screen as a file; exact figures and records of people are not given out so."""
    name, _, ending = wanted.partition(".")
    table, figure = screen.table_called(name), screen.figure_called(name)
    if private or screen.mark or ending not in exports.ENDINGS or table is None:
        raise Http404
    if ending in exports.PICTURES:
        if figure is None:
            raise Http404
        content = exports.picture(figure, ending)
    else:
        content = exports.table_file(table, exports.About.of(request, screen), ending)
    record_download(request, f"{page} {wanted}")
    answer = HttpResponse(content, content_type=exports.ENDINGS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{exports.file_name(screen.title, name, ending)}"'
    return _not_kept(answer)


def _not_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer


def plain(thing: Any) -> Any:
    """A screen as plain data: each block with the name of its kind. Forms are left out."""
    if isinstance(thing, Screen):
        blocks = [plain(each) for each in flat(thing.blocks) if not isinstance(each, Form)]
        return {"title": thing.title, "lead": thing.lead, "blocks": blocks}
    if is_dataclass(thing) and not isinstance(thing, type):
        return {"kind": type(thing).__name__, **{each.name: plain(getattr(thing, each.name)) for each in fields(thing)}}
    if isinstance(thing, dict):
        return {str(key): plain(value) for key, value in thing.items()}
    return [plain(each) for each in thing] if isinstance(thing, list | tuple) else thing
