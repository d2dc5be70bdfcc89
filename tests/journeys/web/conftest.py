"""A real browser before the application that `earlyhelp serve` starts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from served import CHROMIUM, SWITCHES, Live, serving, sign_in

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


@pytest.fixture(scope="session")
def signed_in(browser: Any, live: Live, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The session of a user with a role, signed in through the form once: what a browser keeps of it, as a file."""
    folder = tmp_path_factory.mktemp("sessions")

    def kept(role: str) -> Path:
        file = folder / f"{role}.json"
        if not file.exists():
            context = browser.new_context(viewport=WIDE)
            sign_in(context.new_page(), live.url, web_council.address_of(role))
            context.storage_state(path=file)
            context.close()
        return file

    return kept


@pytest.fixture
def page_as(browser: Any, live: Live, signed_in: Callable[[str], Path]) -> Iterator[Callable[..., Any]]:
    """Opens a page of a browser, signed in with a role; with none, not signed in. Addresses are those of the live council."""
    opened = []

    def open_page(role: str = "", **options: Any) -> Any:
        state = {"storage_state": signed_in(role)} if role else {}
        context = browser.new_context(**{"viewport": WIDE, "base_url": live.url} | state | options)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context.new_page()

    yield open_page
    for each in opened:
        each.close()
