"""A screen as it was reported: shown as plain data when it is frozen, and made into blocks again when it is looked at."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

import earlyhelp.web
from earlyhelp.reports import blocks as paper
from earlyhelp.reports.blocks import Text
from earlyhelp.web import blocks, reading
from earlyhelp.web.answering_requests import plain
from earlyhelp.web.pages import Page
from earlyhelp.web.screen import Screen

GONE = "This part of the page can no longer be shown."


def page_at(address: str) -> tuple[Page, dict[str, Any]]:
    """The page at an address of ours with the parts of its address. Raises Http404 where there is none."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        raise Http404 from None
    page = getattr(found.func, "page", None)
    if not isinstance(page, Page):
        raise Http404
    return page, found.kwargs


def screen_at(request: HttpRequest, address: str) -> Screen:
    """What the page at that address shows to this user now.

    Raises Http404 for a page they may not open, one about people or with exact figures, one that is still being made, and
    what is no page of figures.
    """
    page, parts = page_at(address)
    if page.private or not page.needs_snapshot or not page.rule.allows(request.user.powers, signed_in=True):
        raise Http404
    path, _, query = address.partition("?")
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.POST = QueryDict(query), QueryDict()
    asked.META = {**request.META, "QUERY_STRING": query, "PATH_INFO": path, "REQUEST_METHOD": "GET"}
    screen = page.shows(asked, **parts) if reading.snapshot_of(request) else None
    if not isinstance(screen, Screen) or screen.mark or screen.poll or screen.status != 200:
        raise Http404
    return screen


def as_data(screen: Screen) -> dict[str, Any]:
    """The screen as JSON keeps it, without its forms; what is folded away stays so."""
    told = {"title": screen.title, "lead": screen.lead, "blocks": _without_forms(screen.blocks)}
    kept: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return kept


def _without_forms(shown: tuple[Any, ...]) -> list[Any]:
    return [
        {"kind": "Folded", "summary": each.summary, "blocks": _without_forms(each.blocks)}
        if isinstance(each, blocks.Folded)
        else plain(each)
        for each in shown
        if not isinstance(each, blocks.Form)
    ]


def as_blocks(told: Mapping[str, Any]) -> tuple[Any, ...]:
    """The blocks of a kept screen. One of a kind that there is no more says so."""
    return tuple(_made(each) for each in told["blocks"])


def _made(told: Any) -> Any:
    if isinstance(told, list):
        return tuple(_made(each) for each in told)
    if not isinstance(told, dict) or "kind" not in told:
        return told
    kind = _kinds().get(str(told["kind"]))
    if kind is None:
        return Text(GONE)
    try:
        return kind(**{each.name: _field(each, told[each.name]) for each in fields(kind) if each.name in told})
    except (TypeError, ValueError):
        return Text(GONE)


def _field(field: Any, value: Any) -> Any:
    """What a field holds: a specification of a chart stays plain data, all else becomes blocks again."""
    return value if str(field.type).startswith(("Mapping", "dict")) else _made(value)


def _kinds() -> dict[str, Any]:
    """Every kind of block there is, by name: of papers, of screens, and of single subjects."""
    modules = [paper, blocks]
    for each in iter_modules(earlyhelp.web.__path__):
        if each.name.startswith("blocks_of_"):
            modules.append(import_module(f"{earlyhelp.web.__name__}.{each.name}"))
    return {name: kind for module in modules for name, kind in vars(module).items() if _is_kind(kind)}


def _is_kind(thing: Any) -> bool:
    return isinstance(thing, type) and is_dataclass(thing)
