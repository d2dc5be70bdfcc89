"""What hinders a reader of a page: looked for in a real browser, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

AXE = {"resultTypes": ["violations", "incomplete"], "preload": False, "selectors": False}
NOT_YET_DRAWN = '[data-spec]:not([data-drawn="true"]):not([data-drawn="failed"])'

SETTLED = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
"""Resolves when the page has been laid out again after its width changed, and its scripts have heard of it."""


class Heard:
    """What a browser's page complains of, and where it asks: kept until it is told."""

    def __init__(self, page: Any, host: str) -> None:
        self._faults: list[str] = []
        self._host = host
        page.on("console", lambda said: self._complaint(said.type, said.text))
        page.on("pageerror", lambda error: self._faults.append(f"a script failed: {error}"))
        page.on("request", lambda request: self._asks(request.url))

    def _complaint(self, kind: str, text: str) -> None:
        if (
            kind in ("warning", "error") and "status of 4" not in text
        ):  # the status of a refused page is looked at itself
            self._faults.append(f"console {kind}: {text[:200]}")

    def _asks(self, url: str) -> None:
        where = urlsplit(url)
        if where.scheme not in ("data", "blob") and where.netloc != self._host:
            self._faults.append(f"asks another host: {where.netloc}")

    def told(self) -> list[str]:
        """What was heard since this was last asked, each once."""
        faults, self._faults = list(dict.fromkeys(self._faults)), []
        return faults


def faults_of(page: Any) -> Iterator[str]:
    """What hinders a reader of the page that is open, wide and at the width of a telephone; nothing where it is sound."""
    yield from _of_charts(page)
    yield from _of_its_frame(page)
    yield from _of_axe(page)
    yield from _of_width(page)


def _of_charts(page: Any) -> Iterator[str]:
    page.locator(NOT_YET_DRAWN).first.wait_for(state="detached")
    failed = page.locator('[data-drawn="failed"]').count()
    if failed:
        yield f"{failed} charts were not drawn"


def _of_its_frame(page: Any) -> Iterator[str]:
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} headings of the first rank"
    if not page.title().endswith("Early Help Evidence") or page.title().startswith(" "):
        yield f"its title is {page.title()!r}"
    if page.locator("main").count() != 1:
        yield "no main content, or more than one"


def _of_axe(page: Any) -> Iterator[str]:
    """Faults that axe is sure of, and what it is not sure of, but for the contrast of what it cannot see.

    The colours of charts are tested by calculation (tests/unit/web/test_assets.py).
    """
    found = Axe().run(page, options=AXE).response
    for each in found["violations"]:
        yield f"axe {each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
    for each in found["incomplete"]:
        seen = [node for node in each["nodes"] if each["id"] != "color-contrast" or not _cannot_be_seen(node)]
        if seen:
            yield f"axe is not sure of {each['id']}: {[node['html'][:160] for node in seen[:3]]}"


def _cannot_be_seen(node: Any) -> bool:
    """Letters of a chart, and cells of a table that is wider than its place: those in sight have the same colours."""
    why = {check["data"].get("messageKey") for check in node["any"] if check["data"]}
    partly = why <= {"elmPartiallyObscured", "shortTextContent"}
    return node["html"].startswith("<text") or (partly and node["html"].startswith(("<th", "<td")))


def _of_width(page: Any) -> Iterator[str]:
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 900})
    found = page.evaluate(f"{SETTLED}.then(() => document.documentElement.scrollWidth)")
    if found > 320:
        yield f"it is {found} pixels wide where 320 are there"
    page.set_viewport_size(wide)
