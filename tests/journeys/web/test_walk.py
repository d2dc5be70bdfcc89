"""Every page, opened in a real browser by somebody who may: readable by all, with and without scripts, asking nobody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hindrances import Heard, faults_of
from served import Live, follow, sign_in

import web_addresses
import web_council

ROLES = ("analyst", "head", "steward", "team_manager", "finance", "partner", "viewer", "administrator")
NOT_FOR_READING = {"brand", "own_key", "paper_file", "partner_file", "release_file"}
"""Pages that answer with a file."""
SENDS = ("analyst", "head", "steward", "administrator")
"""Who opens the pages with forms, the first who may: for others there may be no form on them."""
OPENED_BY = {"release_figures": "head", "certificate": "viewer"}
"""Pages that their rule opens to more people than have something to see on them."""


FAULTY = """<html lang="en-GB"><head><title>Not ours</title></head><body><main><h1>One</h1><h1>Two</h1><img src="data:,">
<input><p style="color: #ddd">too pale to read</p><p style="width: 900px">too wide</p>
<script>console.error("broken"); fetch("http://elsewhere.invalid/")</script></main></body></html>"""


def test_each_fault_that_is_looked_for_is_told_of_a_page_that_has_it(browser: Any) -> None:
    page = browser.new_page()
    heard = Heard(page, "here")
    page.set_content(FAULTY)
    told = "\n".join([*faults_of(page), *heard.told()])
    for fault in ("2 headings", "its title", "axe image-alt", "axe label", "axe color-contrast", "pixels wide"):
        assert fault in told
    assert "console error: broken" in told
    assert "asks another host: elsewhere.invalid" in told
    page.close()


def _opened_by(pages: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Each page under one role that may open it: those with forms under who sends them, the others spread over all who may."""
    opened: dict[str, list[dict[str, Any]]] = {role: [] for role in ("", *ROLES)}
    for number, each in enumerate(pages):
        may = sorted(each["roles"], key=ROLES.index)
        if each["public"]:
            opened[""].append(each)
        elif each["name"] in OPENED_BY:
            opened[OPENED_BY[each["name"]]].append(each)
        elif each["posts"]:
            opened[next((role for role in SENDS if role in may), may[0])].append(each)
        else:
            opened[may[number % len(may)]].append(each)
    return opened


def _addresses(live: Live, role: str) -> list[str]:
    pages = [each for each in web_council.pages_of(live.folder) if each["name"] not in NOT_FOR_READING]
    mine = _opened_by(pages)[role]
    found = [web_addresses.addresses_of(SimpleNamespace(**each), live.folder) for each in mine]
    return [address for each in found for address in each if not address.startswith("/welcome/")]


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_page_can_be_read_by_all_and_asks_nobody_else(live: Live, page_as: Callable[..., Any], role: str) -> None:
    page = page_as(role)
    heard, faults = Heard(page, live.host), {}
    for address in _addresses(live, role):
        answer = page.goto(address)
        nothing = address.endswith("/none/")  # what this council has none of
        found = [f"status {answer.status}"] if answer.status != (404 if nothing else 200) else []
        found += [*faults_of(page), *heard.told()]
        if found:
            faults[address] = found
    assert faults == {}


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_page_says_the_same_without_scripts(live: Live, page_as: Callable[..., Any], role: str) -> None:
    page, faults = page_as(role, java_script_enabled=False, viewport={"width": 320, "height": 900}), {}
    for address in _addresses(live, role):
        page.goto(address)
        found = [*_faults_without_scripts(page)]
        if found:
            faults[address] = found
    assert faults == {}


def _faults_without_scripts(page: Any) -> list[str]:
    main = page.get_by_role("main")
    return [
        words
        for words, wrong in (
            ("nothing to read", len(main.inner_text()) < 40),
            ("no heading", not main.get_by_role("heading", level=1).is_visible()),
            ("a form without a button", main.locator("form:not(:has(button))").count() > 0),
            ("a button that waits for a script", main.locator("button:not(form button):visible").count() > 0),
            ("a chart without words", main.locator("figure:not(:has(noscript))").count() > 0),
        )
        if wrong
    ]


def _wrong_password(page: Any, live: Live) -> int:
    sign_in(page, live.url, web_council.address_of("viewer"), "not the password at all")
    return 200


def _not_there(page: Any, live: Live) -> int:
    return int(page.goto("/not-there/").status)


def _weak_password(page: Any, live: Live) -> int:
    page.goto("/accounts/password/change/")
    for label in ("Current Password", "New Password"):
        page.get_by_label(label, exact=True).fill("short")
    follow(page, page.get_by_role("main").get_by_role("button").first)
    return 200


def _refused(page: Any, live: Live) -> int:
    return int(page.goto("/users/").status)


def _old_form(page: Any, live: Live) -> int:
    """A form whose token is no longer that of the session, as after signing in anew in another tab."""
    page.goto(f"{live.url}/accounts/login/" if not page.context.cookies() else "/")
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(each => each.value = 'a'.repeat(64))"
    )
    return int(follow(page, page.locator("form[method=post] button").first).status)


def _empty_form(address: str) -> Callable[[Any, Live], int]:
    def send(page: Any, live: Live) -> int:
        page.goto(address)
        return int(follow(page, page.get_by_role("main").locator("form[method=post] button").first).status)

    return send


@pytest.mark.parametrize(
    ("role", "go", "status"),
    [
        ("", _wrong_password, 200),
        ("viewer", _not_there, 404),
        ("viewer", _refused, 403),
        ("viewer", _weak_password, 200),
        ("viewer", _old_form, 403),
        ("", _old_form, 403),
        ("administrator", _empty_form("/users/new/"), 422),
        ("analyst", _empty_form("/freeze/"), 422),
        ("analyst", _empty_form("/packs/receive/"), 422),
        ("steward", _empty_form("/data/review/pair/"), 422),
        ("head", _empty_form("/break-glass/"), 422),
        ("head", _empty_form("/waiting/families/"), 422),
    ],
)
def test_what_went_wrong_can_be_read_by_all(
    live: Live, page_as: Callable[..., Any], role: str, go: Callable[[Any, Live], int], status: int
) -> None:
    page = page_as(role)
    heard = Heard(page, live.host)
    assert go(page, live) == status
    assert [*faults_of(page), *heard.told()] == []
    if status == 422:
        assert page.title().startswith("Error: ")
        assert page.locator(".govuk-error-summary a").count() > 0
