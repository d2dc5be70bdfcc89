"""Who comes in: every page has a rule, every role gets what it may have, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earlyhelp.web.access import ANYONE, POWERS, SIGNED_IN, Power, Role, having, powers_of
from web_council import PASSWORD


def test_every_role_has_its_powers_and_only_the_administrator_looks_after_users() -> None:
    assert set(POWERS) == set(Role)
    assert {role for role in Role if Power.USERS in POWERS[role]} == {Role.ADMINISTRATOR}
    assert POWERS[Role.ADMINISTRATOR] == {Power.USERS}


def test_names_are_for_the_steward_alone() -> None:
    assert {role for role in Role if Power.IDENTITY in POWERS[role]} == {Role.STEWARD}


def test_a_role_there_is_not_gives_nothing() -> None:
    assert powers_of(["owner", "HEAD"]) == frozenset()


@pytest.mark.parametrize(
    ("rule", "powers", "signed_in", "allowed"),
    [
        (ANYONE, set(), False, True),
        (SIGNED_IN, set(), False, False),
        (SIGNED_IN, set(), True, True),
        (having(Power.COST), {Power.READ}, True, False),
        (having(Power.COST), {Power.COST}, False, False),
        (having(Power.COST, Power.READ), {Power.READ}, True, True),
    ],
)
def test_a_rule_lets_in_whom_it_names(rule: Any, powers: set[Power], signed_in: bool, allowed: bool) -> None:
    assert rule.allows(powers, signed_in=signed_in) is allowed


def _every_view() -> list[tuple[str, Any]]:
    from django.urls import get_resolver
    from django.urls.resolvers import URLPattern, URLResolver

    def walk(patterns: list[Any]) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        for each in patterns:
            if isinstance(each, URLResolver):
                found += walk(each.url_patterns)
            elif isinstance(each, URLPattern):
                found.append((each.name or "", each.callback))
        return found

    return walk(get_resolver().url_patterns)


def test_every_address_has_a_page_with_a_rule_or_is_a_page_for_signing_in(council: Path) -> None:
    from earlyhelp.web.gate import RULES_OF_SIGNING_IN, rule_of

    views = _every_view()
    assert len(views) > 20
    ours = [name for name, view in views if getattr(view, "page", None) is not None]
    from earlyhelp.web.pages import PAGES

    assert sorted(ours) == sorted(PAGES)
    open_to_all = sorted(name for name, view in views if (rule := rule_of(view, name)) and rule.public)
    assert open_to_all == sorted(
        {"accessibility", "brand", "privacy", "welcome"}
        | {name for name, rule in RULES_OF_SIGNING_IN.items() if rule.public and name in dict(views)}
    )


def test_what_a_library_brings_and_nobody_named_is_not_there(council: Path, client_as: Callable[..., Any]) -> None:
    for address in ("/accounts/signup/", "/accounts/email/", "/accounts/password/reset/", "/accounts/3rdparty/"):
        assert client_as("administrator").get(address).status_code == 404, address


def test_who_is_not_signed_in_is_led_to_the_sign_in(client_as: Callable[..., Any]) -> None:
    answer = client_as().get("/measures/?by=x")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/measures/%3Fby%3Dx"


def test_a_refusal_says_what_the_page_is_for_and_is_in_the_audit_log(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = client_as("administrator").get("/measures/")
    assert answer.status_code == 403
    assert "read released figures" in answer.content.decode()
    assert audit()[-1] | {"at": "", "seal": ""} == {
        "account": "administrator@thornbridge.gov.uk",
        "address": "/measures/",
        "at": "",
        "event": "refused",
        "seal": "",
    }


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/change/", "/accounts/reauthenticate/"])
def test_no_page_offers_a_new_password_by_e_mail_which_there_is_not(
    client_as: Callable[..., Any], address: str
) -> None:
    client = client_as() if "login" in address else client_as("viewer")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "password/reset" not in answer.content.decode()


def test_five_wrong_passwords_lock_the_sign_in(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    user, client = user_as("viewer"), client_as()
    told = [client.post("/accounts/login/", {"login": user.email, "password": "wrong"}).status_code for _ in range(6)]
    assert told[0] == 200
    assert told[-1] == 429


def test_a_lock_is_for_one_account_and_not_for_all_colleagues_behind_one_network_address(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    tried, other = user_as("viewer").email, user_as("analyst").email
    told = [
        client_as().post("/accounts/login/", {"login": spelt, "password": "wrong"}).status_code
        for spelt in (tried, tried.upper(), f" {tried}", tried, tried, tried)
    ]
    assert told[-1] == 429
    assert client_as().post("/accounts/login/", {"login": tried, "password": PASSWORD}).status_code == 429
    assert client_as().post("/accounts/login/", {"login": other, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("is_known", [True, False], ids=["an account", "what may be a password"])
def test_a_sign_in_that_was_locked_is_on_record_once(
    client_as: Callable[..., Any],
    user_as: Callable[..., Any],
    audit: Callable[[], list[dict[str, Any]]],
    is_known: bool,
) -> None:
    typed = user_as("viewer").email if is_known else "correct.horse@battery.staple"
    before = len(audit())
    for _ in range(8):
        wrong = {"login": typed, "password": "wrong"}
        client_as().post("/accounts/login/", wrong, REMOTE_ADDR=f"198.51.100.{7 + is_known}")
    [told] = audit()[before:]
    assert (told["event"], told["account"]) == ("sign-in locked", "nobody")
    assert told["user"] == (typed if is_known else "nobody known here")


def test_sixty_colleagues_behind_one_network_address_sign_in_within_a_minute(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    email = user_as("viewer").email
    told = {client_as().post("/accounts/login/", {"login": email, "password": PASSWORD}).status_code for _ in range(60)}
    assert told == {302}


def test_a_session_left_alone_for_a_quarter_of_an_hour_is_over(client_as: Callable[..., Any]) -> None:
    client = client_as("viewer")
    assert client.get("/measures/").status_code == 200
    session = client.session
    session["last"] -= 15 * 60 + 1
    session.save()
    assert client.get("/measures/").status_code == 302


def test_a_session_is_over_after_eight_hours_whatever_happens(client_as: Callable[..., Any]) -> None:
    client = client_as("viewer")
    client.get("/measures/")
    session = client.session
    session["began"] -= 8 * 3600 + 1
    session.save()
    assert client.get("/measures/").status_code == 302


def test_who_sees_people_needs_a_second_factor_where_it_is_asked_for(client_as: Callable[..., Any]) -> None:
    from django.test import override_settings

    with override_settings(SECOND_FACTOR_ASKED=True):
        answer = client_as("head").get("/measures/")
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")
        assert client_as("viewer").get("/measures/").status_code == 200


def test_a_user_without_a_role_sees_nothing(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user_as(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").status_code == 403
    assert client.get("/account/").status_code == 200


def test_who_may_not_read_the_first_page_begins_at_the_first_that_is_theirs(client_as: Callable[..., Any]) -> None:
    assert client_as("administrator").get("/")["Location"] == "/users/"
    assert client_as("partner").get("/")["Location"] == "/partners/"


def test_where_the_council_hides_nothing_every_page_of_figures_says_so_and_no_file_is_given(
    client_as: Callable[..., Any], council: Path
) -> None:
    from earlyhelp.web import reading

    settings = council / "council.toml"
    text = settings.read_text()
    try:
        settings.write_text(text.replace('policy = "dfe"', 'policy = "none"'))
        reading.KEPT = reading.Kept()
        client = client_as("viewer")
        assert "Exact figures: not to be passed on." in client.get("/measures/A1/").content.decode()
        assert client.get("/measures/A1/?download=f1.csv").status_code == 404
    finally:
        settings.write_text(text)
        reading.KEPT = reading.Kept()
