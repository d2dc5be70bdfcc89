"""Behind a council's web server with TLS: what every answer carries, what is refused, and what the logs may hold."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import Asker, Told
from served import QUIET, Live, serving

import web_addresses
import web_council

HOST = "earlyhelp.council.gov.uk"
BEHIND = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
HERE = {"Origin": f"https://{HOST}", "Referer": f"https://{HOST}/"}
ELSEWHERE = {"Origin": "https://elsewhere.example", "Referer": "https://elsewhere.example/"}
DEPLOYED = {"EARLYHELP_HOSTS": HOST, "EARLYHELP_SECOND_FACTOR": "no"}


@pytest.fixture(scope="module")
def behind(bare_council: Callable[[str], Path]) -> Iterator[Live]:
    """The example council behind a web server, which is played by the headers that it would add."""
    folder = bare_council("behind")
    for role in ("viewer", "administrator"):
        command = [sys.executable, "-m", "earlyhelp", "user", "add", str(folder), web_council.address_of(role)]
        subprocess.run(
            [*command, "--role", role, "--password", web_council.PASSWORD],
            check=True,
            capture_output=True,
            env=QUIET | DEPLOYED,
        )
    with serving(folder, **DEPLOYED) as served:
        yield served


@pytest.fixture
def asker(behind: Live) -> Asker:
    """Somebody who asks through the web server."""
    return Asker(behind.url, BEHIND)


def test_django_finds_nothing_to_warn_of_in_a_deployment(tmp_path: Path) -> None:
    """`check --deploy` (docs.djangoproject.com, deployment checklist), a warning counted as a failure."""
    told = {"EARLYHELP_WORKSPACE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "earlyhelp.web.settings"}
    found = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        capture_output=True,
        text=True,
        env=QUIET | {"EARLYHELP_HOSTS": HOST} | told,
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert "no issues" in found.stdout


MAIN = ("/measures/A1/", "/measures/A1/?format=json", "/measures/A1/?download=t1.csv", "/calendar/", "/ask/")


def _every_address(asker: Asker, folder: Path) -> list[str]:
    """Every page that has an address, what is not there, what a form is sent to, and every file of a page's frame."""
    frame = asker.get("/measures/A1/").text
    assets = re.findall(r'(?:href|src|data-vega)="(/static/[^"]+)"', frame)
    assert len(assets) >= 6
    menu = re.findall(r'href="(/[^"#]*)"', asker.get("/pages/").text)
    others = ["/accounts/login/", "/not-there/", "/users/", "/measures/ZZ/", "/static/earlyhelp/none.css", "/brand.css"]
    examples = [each for found in web_addresses.EXAMPLES.values() for each in found(folder)]
    return sorted({*assets, *menu, *others, *examples})


def _missing(told: Told) -> list[str]:
    """The protections that an answer lacks."""
    headers = told.headers
    policy = headers.get("content-security-policy", "")
    wanted = {
        "HSTS of a year": "max-age=31536000" in headers.get("strict-transport-security", ""),
        "no sniffing": headers.get("x-content-type-options") == "nosniff",
        "no frame": headers.get("x-frame-options") == "DENY" or "frame-ancestors 'none'" in policy,
        "no address told to others": headers.get("referrer-policy") == "same-origin",
        "no inline script": "script-src 'self'" in policy and "unsafe" not in policy,
        "no other opener": headers.get("cross-origin-opener-policy") == "same-origin",
        "no name of the server's parts": "x-powered-by" not in headers,
    }
    return [name for name, there in wanted.items() if not there]


def test_every_answer_carries_the_headers_that_keep_it_safe_those_with_style_sheets_too(
    asker: Asker, behind: Live
) -> None:
    """Main pages as somebody who reads them; all others as the administrator, to whom most of them are refused."""
    assert asker.sign_in("viewer", **HERE).status == 302
    addresses, found = _every_address(asker, behind.folder), {each: asker.get(each) for each in MAIN}
    assert {each.status for each in found.values()} == {200}
    assert len(addresses) > 50
    administrator = Asker(behind.url, BEHIND)
    administrator.sign_in("administrator", **HERE)
    found |= {each: administrator.get(each) for each in addresses if each not in found}
    assert {address: lacks for address, told in found.items() if (lacks := _missing(told))} == {}
    assert [address for address, told in found.items() if told.status >= 500] == []
    pages = {address: told for address, told in found.items() if not address.startswith("/static/")}
    kept = {address for address, told in pages.items() if "no-store" not in told.headers.get("cache-control", "")}
    assert kept <= {"/brand.css"}


def test_the_only_cookie_is_the_session_s_and_it_is_bound_to_this_host_and_to_tls(asker: Asker) -> None:
    told = [asker.get("/accounts/login/"), asker.sign_in("viewer", **HERE), asker.get("/calendar/")]
    cookies = [each for answer in told for each in answer.cookies]
    assert cookies
    for each in cookies:
        assert each.startswith("__Host-session=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(each.split("; "))
        assert "Domain" not in each


def test_without_tls_a_browser_is_led_to_it_and_another_name_of_the_server_is_refused(behind: Live) -> None:
    plain = Asker(behind.url, {"Host": HOST}).get("/accounts/login/")
    assert (plain.status, plain.headers["location"]) == (301, f"https://{HOST}/accounts/login/")
    for told in (BEHIND, {}):
        refused = Asker(behind.url, told | {"Host": "elsewhere.example"}).get("/accounts/login/")
        assert (refused.status, "elsewhere" in refused.text) == (400, False)
        assert "This request cannot be answered" in refused.text


def test_whoever_asks_for_the_head_alone_gets_the_length_of_the_page_without_it(asker: Asker, behind: Live) -> None:
    for address in ("/accounts/login/", "/brand.css"):
        before, head = behind.said(), asker.head(address)
        assert (head.status, head.text) == (asker.get(address).status, "")
        assert int(head.headers["content-length"]) > 0
        assert "no-body" not in behind.said()[len(before) :]


def test_a_form_of_another_site_is_refused_with_a_session_and_even_with_its_token(asker: Asker) -> None:
    assert asker.sign_in("administrator", **HERE).status == 302
    told = {"email": "new@council.gov.uk", "roles": "viewer", "password": web_council.PASSWORD}
    assert asker.post("/users/new/", told, **HERE).status == 403  # no token
    assert asker.post("/users/new/", told, **ELSEWHERE).status == 403
    assert asker.send("/users/new/", told, **ELSEWHERE).status == 403
    assert "new@council.gov.uk" not in asker.get("/users/").text
    assert asker.send("/users/new/", told, **HERE).status == 302
    assert "new@council.gov.uk" in asker.get("/users/").text


def test_a_lock_after_wrong_passwords_is_for_who_tried_them_and_not_for_the_person(behind: Live) -> None:
    address = {"login": web_council.address_of("viewer"), "password": "not the password at all"}
    attacker = Asker(behind.url, BEHIND | {"X-Forwarded-For": "198.51.100.7"})
    told = [attacker.send("/accounts/login/", address, **HERE).status for _ in range(6)]
    assert told[-1] == 429
    forged = Asker(behind.url, BEHIND | {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert forged.sign_in("viewer", **HERE).status == 429
    assert Asker(behind.url, BEHIND).sign_in("viewer", **HERE).status == 302


def test_the_log_holds_no_address_with_what_was_asked_no_e_mail_and_no_traceback(behind: Live) -> None:
    asker = Asker(behind.url, BEHIND)
    asker.sign_in("viewer", **HERE)
    for address in ("/calendar/?by=Smith", "/measures/Smith/?by=Smith", "/not-there/Smith/", "/users/?by=Smith"):
        asker.get(address)
    Asker(behind.url, BEHIND | {"Host": "smith.example"}).get("/?by=Smith")
    Asker(behind.url, {"Host": HOST, "Content-Length": "Smith"}).get("/?by=Smith")  # the web server's own complaint
    asker.post("/users/new/", {"email": "jo.smith@council.gov.uk"}, **ELSEWHERE)
    said = behind.said()
    assert "request" in said
    assert [word for word in ("smith", "@", "?", "traceback", "203.0.113.9") if word in said.casefold()] == [], said
