"""How a page is declared, and how it answers: one rule, one function, one screen, in HTML, JSON or a file.

A page is declared by `@page(route, rule=...)` over a function from a request to a `Screen`. The gate lets in whom the rule
allows; the answer is made of the screen, whichever its form, so that HTML and files cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path

from earlyhelp.errors import EarlyHelpError
from earlyhelp.web import reading, screens
from earlyhelp.web.access import Rule
from earlyhelp.web.answering_requests import Drawn, answered, drawn, problem_page
from earlyhelp.web.screen import Screen, nothing_yet

P = ParamSpec("P")
Shows = Callable[Concatenate[HttpRequest, P], "Screen | HttpResponse"]


class Unkept(Exception):
    """An answer that is no screen, such as the way to another page. It is for one request alone, since it carries cookies."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True)
class Page:
    """One page: its address, name, who may open it, its place in the navigation, and the function that shows it.

    `menu`: its words in the navigation, empty for none; `place` orders them. `needs_snapshot`: without published figures
    it shows what to do first. `private`: it holds records of people; it is never kept, downloaded or frozen.
    `kept`: its screen is the same for all who have the same powers, organisation and team, until another snapshot is served.
    """

    route: str
    name: str
    rule: Rule
    shows: Callable[..., Screen | HttpResponse]
    menu: str = ""
    place: int = 99
    needs_snapshot: bool = True
    private: bool = False
    kept: bool = False
    posts: bool = False

    @property
    def doc(self) -> str:
        """What the page is for, in its function's own words."""
        return (self.shows.__doc__ or "").strip()

    def view(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The answer to a request that the gate let in."""
        if request.method not in (("GET", "HEAD", "POST") if self.posts else ("GET", "HEAD")):
            return HttpResponseNotAllowed(["GET", "HEAD", *(["POST"] if self.posts else [])])
        try:
            found = reading.of_one_snapshot(request, lambda: self._drawn(request, parts))
        except EarlyHelpError as problem:
            return problem_page(request, problem)
        return found if isinstance(found, HttpResponse) else answered(request, self.name, found, private=self.private)

    def _drawn(self, request: HttpRequest, parts: dict[str, Any]) -> Drawn | HttpResponse:
        """The screen with its HTML; a kept one is made and drawn once for all who are alike."""
        if not self.kept or request.method == "POST":
            return self._made(request, parts)
        user = request.user
        who = (user.powers, user.organisation, user.team) if user.is_authenticated else ()
        key = ("screen", self.name, request.get_full_path_info(), who, reading.changes_beside())
        try:
            return reading.prepared(request, key, lambda: self._kept(request, parts))
        except Unkept as answer:
            return answer.response

    def _kept(self, request: HttpRequest, parts: dict[str, Any]) -> Drawn:
        found = self._made(request, parts)
        if isinstance(found, HttpResponse):
            raise Unkept(found)
        return found

    def _made(self, request: HttpRequest, parts: dict[str, Any]) -> Drawn | HttpResponse:
        if self.needs_snapshot and not reading.snapshot_of(request):
            return drawn(request, nothing_yet(request))
        found = self.shows(request, **parts)
        if isinstance(found, HttpResponse):
            return found
        if self.needs_snapshot and not found.mark:
            found = replace(found, mark=reading.mark_of_policy())
        return drawn(request, found, private=self.private)


PAGES: dict[str, Page] = {}
"""Every page by its name, filled by importing the screens."""


def page(route: str, *, rule: Rule, name: str = "", **more: Any) -> Callable[[Shows[P]], Shows[P]]:
    """Declares the function a page. The rule has no default: a page without one cannot be made.

    Raises ValueError for a second page of the same name.
    """

    def declare(shows: Shows[P]) -> Shows[P]:
        called = name or shows.__name__
        if called in PAGES:
            raise ValueError(f"two pages are called {called}")
        PAGES[called] = Page(route, called, rule, shows, **more)
        return shows

    return declare


def all_pages() -> dict[str, Page]:
    """Every page, after importing the modules of `screens`."""
    for module in iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    return PAGES


def patterns() -> list[URLPattern]:
    """The address of every page, for Django. What the gate needs to know hangs on the view."""
    return [path(each.route, _bound(each), name=each.name) for each in all_pages().values()]


def _bound(each: Page) -> Callable[..., HttpResponse]:
    @wraps(each.shows)
    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        return each.view(request, **parts)

    view.page = each  # type: ignore[attr-defined]
    return view


def in_menu() -> Iterator[Page]:
    """The pages of the navigation in order."""
    yield from sorted((each for each in PAGES.values() if each.menu), key=lambda each: each.place)


def opens(request: HttpRequest, name: str) -> bool:
    """Whether there is a page of that name, and whoever asks may open it: no link should lead where one is refused."""
    user = request.user
    powers = user.powers if user.is_authenticated else frozenset()
    return name in PAGES and PAGES[name].rule.allows(powers, signed_in=user.is_authenticated)


def second_factor_asked() -> bool:
    """Whether roles that see people must have a second factor here."""
    return bool(settings.SECOND_FACTOR_ASKED)
