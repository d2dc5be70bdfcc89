"""A real browser before the application that `earlyhelp serve` starts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from served import CHROMIUM, PATIENCE, SWITCHES, Live, serving

import web_council

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def bare_council(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a copy of the example council, run, with the web's own tables and without a user."""

    def copy(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name) / "thornbridge"
        return Path(shutil.copytree(web_council.made(tmp_path_factory.getbasetemp()), folder))

    return copy


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The example council in its first week, served. Tests of a browser share it: none may depend on another's traces."""
    first_week = web_council.furnished(tmp_path_factory.getbasetemp())
    with serving(shutil.copytree(first_week, tmp_path_factory.mktemp("live") / "thornbridge")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs chromium: tools/system_packages.sh chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield started
        started.close()


def signed_in(live: Live, role: str) -> dict[str, Any]:
    """What a browser keeps of somebody who signed in with that role. Signing in itself has its own journeys."""
    session = {"name": "sessionid", "value": web_council.session_of(live.folder, role), "domain": "127.0.0.1"}
    kept = {"path": "/", "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [session | kept], "origins": []}


@pytest.fixture
def page_as(browser: Any, live: Live) -> Iterator[Callable[..., Any]]:
    """Opens a page of a browser, signed in with a role; with none, not signed in. Addresses are those of the live council."""
    opened = []

    def open_page(role: str = "", **options: Any) -> Any:
        state = {"storage_state": signed_in(live, role)} if role else {}
        context = browser.new_context(**{"viewport": WIDE, "base_url": live.url} | state | options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_page
    for each in opened:
        each.close()
