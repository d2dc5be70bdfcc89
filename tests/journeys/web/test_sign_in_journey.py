"""Coming in: the first user of a new council, the second factor, the keyboard alone, the lock, the council's own accounts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from a_provider import Provider, providing
from hindrances import Heard, faults_of
from one_time_code import STEP, code
from served import PATIENCE, QUIET, Live, follow, serving, sign_in

import web_council

FIRST, OTHER = "first@thornbridge.gov.uk", "reader@thornbridge.gov.uk"
PASSWORD = web_council.PASSWORD


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The council's identity provider, which knows one person."""
    with providing(oid="0b1c-oid", email=OTHER) as found:
        yield found


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Live]:
    """A new council with nobody in it, served where a second factor is asked for."""
    folder = tmp_path_factory.mktemp("new") / "council"
    _earlyhelp("init", folder, "--council", "E06000999", "--name", "Newbridge (invented)")
    made = web_council.made(tmp_path_factory.getbasetemp())
    shutil.copytree(made / "web" / "static", folder / "web" / "static")  # so that they are not compressed again
    shutil.copy(made / "web" / "static.version", folder / "web")
    with serving(folder, EARLYHELP_SECOND_FACTOR="yes", **provider.settings) as served:
        yield served


def _earlyhelp(*words: object) -> str:
    command = [sys.executable, "-m", "earlyhelp", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=QUIET).stdout


@pytest.fixture
def page(browser: Any, new: Live) -> Iterator[Any]:
    """A page of a browser that was never here before."""
    context = browser.new_context(base_url=new.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def _heading(page: Any) -> str:
    return str(page.get_by_role("heading", level=1).inner_text())


def test_a_code_is_that_of_the_standard_s_own_example_published() -> None:
    """RFC 6238, appendix B: at 59 seconds the secret "12345678901234567890" gives 94287082, of which six digits are kept."""
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_the_first_user_comes_in_by_the_address_that_serve_printed_and_again_with_a_second_factor(
    page: Any, new: Live
) -> None:
    heard = Heard(page, new.host)
    address = re.search(r"http://\S+/welcome/\S+/", new.said())
    assert address is not None
    page.goto(address[0])
    page.get_by_label("Your e-mail address").fill(FIRST)
    page.get_by_label("A password").fill("password")
    follow(page, page.get_by_role("button", name="Begin"))
    assert page.title().startswith("Error: ")
    assert "15" in page.locator(".govuk-error-summary").inner_text()
    assert [*faults_of(page), *heard.told()] == []

    page.get_by_label("A password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Begin"))
    assert "/accounts/reauthenticate/" in page.url
    assert [*faults_of(page), *heard.told()] == []
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("main").get_by_role("button").first)
    assert page.url.endswith("/accounts/2fa/totp/activate/")
    assert [*faults_of(page), *heard.told()] == []
    secret = page.get_by_label("Authenticator secret").input_value()
    used = time.time()
    page.get_by_label("Authenticator code").fill(code(secret, used))
    follow(page, page.get_by_role("main").get_by_role("button").first)
    assert "recovery" in page.get_by_role("main").inner_text().casefold()
    assert [*faults_of(page), *heard.told()] == []

    page.goto("/data/")
    assert _heading(page) == "Data desk"
    follow(page, page.get_by_role("button", name="Sign out"))
    assert page.goto(address[0]).status == 404  # there is a first user now

    sign_in(page, new.url, FIRST)
    assert "/accounts/2fa/authenticate/" in page.url
    assert [*faults_of(page), *heard.told()] == []
    _wait_for_another_code(used)
    page.get_by_label("Code").fill(code(secret, time.time()))
    follow(page, page.get_by_role("main").get_by_role("button", name="Sign In"))
    page.goto("/users/")
    assert _heading(page) == "Users"


def _wait_for_another_code(used: float) -> None:
    """A code opens once."""
    time.sleep(max(0.0, (used // STEP + 1) * STEP - time.time() + 0.5))


def _focused(page: Any) -> str:
    told = page.evaluate("(() => { const e = document.activeElement; return e.id || e.innerText || e.tagName })()")
    return str(told).strip()


def _stands_out(page: Any) -> bool:
    """Whether what has the focus looks otherwise than without it: an outline, a shadow or another background."""
    return bool(
        page.evaluate(
            """(() => {
                const element = document.activeElement;
                const look = () => ["outlineStyle", "outlineWidth", "boxShadow", "backgroundColor"]
                    .map((each) => getComputedStyle(element)[each]).join();
                const focused = look();
                element.blur();
                const plain = look();
                element.focus();
                return focused !== plain;
            })()"""
        )
    )


def test_the_keyboard_alone_signs_in_skips_to_the_content_and_reaches_the_menu(
    page_as: Callable[..., Any], live: Live
) -> None:
    page = page_as()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to main content"
    assert page.get_by_text("Skip to main content").bounding_box()["height"] > 10  # it shows itself
    for _ in range(6):
        page.keyboard.press("Tab")
        assert _stands_out(page), _focused(page)
        if _focused(page) == "id_login":
            break
    page.keyboard.type(web_council.address_of("head"))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="This month").wait_for()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

    page.goto("/")
    order = []
    for _ in range(30):
        page.keyboard.press("Tab")
        order.append(_focused(page))
        assert _stands_out(page), order[-1]
    menu = [each.strip() for each in page.get_by_role("navigation", name="Menu").get_by_role("link").all_inner_texts()]
    assert len(menu) > 8
    assert [each for each in order if each in menu][: len(menu)] == menu


def test_five_wrong_passwords_lock_the_sign_in_and_the_page_says_for_how_long(
    page_as: Callable[..., Any], live: Live
) -> None:
    page = page_as()
    heard = Heard(page, live.host)
    for _ in range(5):
        sign_in(page, live.url, web_council.address_of("nobody"), "not the password at all")
    assert _heading(page) == "Too many tries"
    assert "15 minutes" in page.get_by_role("main").inner_text()
    assert [*faults_of(page), *heard.told()] == []
    sign_in(page, live.url, web_council.address_of("nobody"))
    assert _heading(page) == "Too many tries"


def test_whoever_the_council_s_provider_knows_comes_in_and_has_no_role_until_given_one(
    page: Any, new: Live, provider: Provider
) -> None:
    provider.email = "from.entra@thornbridge.gov.uk"
    page.goto("/accounts/login/")
    follow(page, page.get_by_role("button", name="Sign in with your council account"))
    assert provider.challenges[-1] == "S256"
    assert provider.verified == 1
    assert _heading(page) == "Your role does not open this page"
    page.goto("/account/")
    assert "from.entra@thornbridge.gov.uk" in page.get_by_role("main").inner_text()
    assert "none yet" in page.get_by_role("main").inner_text()


def test_the_same_e_mail_from_the_provider_does_not_take_over_an_account_that_is_here(
    page: Any, new: Live, provider: Provider
) -> None:
    _earlyhelp("user", "add", new.folder, OTHER, "--role", "viewer", "--password", PASSWORD)
    provider.oid, provider.email = "somebody-else", OTHER
    page.goto("/accounts/login/")
    follow(page, page.get_by_role("button", name="Sign in with your council account"))
    assert "another account" in page.get_by_role("main").inner_text()
    page.goto("/account/")
    assert "/accounts/login/" in page.url
