"""Users: added, changed and switched off by the administrator, who sees no data and gives nobody more than a colleague would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from page_words import words_of

LONG = "harbour lantern gravel 77"  # not a secret: made up here
NEW = {
    "email": "New.Person@thornbridge.gov.uk",
    "name": "New Person",
    "roles": ["viewer"],
    "team": "",
    "organisation": "",
}


def test_an_administrator_adds_somebody_and_that_is_on_record(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    administrator = client_as("administrator")
    answer = administrator.post("/users/new/", {**NEW, "password": LONG})
    assert answer.status_code == 302
    told = words_of(administrator.get("/users/"))
    assert "new.person@thornbridge.gov.uk New Person Viewer" in told
    assert (audit()[-1]["event"], audit()[-1]["user"]) == ("user added", "new.person@thornbridge.gov.uk")
    assert LONG not in str(audit())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"roles": ["owner"]}, "owner is not one of"),
        ({"roles": []}, "This field is required."),
        ({"roles": ["team_manager"]}, "Enter the team of the team manager."),
        ({"roles": ["partner"]}, "Enter the organisation of the partner."),
        ({"email": "administrator@thornbridge.gov.uk"}, "There is a user with this address."),
    ],
)
def test_what_is_wrong_with_a_new_user_is_said_beside_its_field(
    change: dict[str, Any], words: str, client_as: Callable[..., Any]
) -> None:
    answer = client_as("administrator").post("/users/new/", {**NEW, "password": LONG, **change})
    assert answer.status_code == 422
    assert words in words_of(answer)


def test_roles_team_and_organisation_are_changed(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    somebody = user_as("viewer")
    told = {"do": "roles", "name": "Sam", "roles": ["team_manager"], "team": "North", "organisation": ""}
    assert client_as("administrator").post(f"/users/{somebody.pk}/", told).status_code == 302
    somebody.refresh_from_db()
    assert (somebody.roles, somebody.team, somebody.name) == (["team_manager"], "North", "Sam")


def test_nobody_gives_a_role_to_themselves(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    own = user_as("administrator")
    told = {"do": "roles", "name": "", "roles": ["administrator", "head"], "team": "", "organisation": ""}
    answer = client_as("administrator").post(f"/users/{own.pk}/", told)
    assert answer.status_code == 422
    assert "You cannot give yourself a role." in words_of(answer)
    own.refresh_from_db()
    assert own.roles == ["administrator"]


def test_the_last_administrator_stays(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    client, own = client_as("administrator", "viewer"), user_as("administrator", "viewer")
    told = {"do": "roles", "name": "", "roles": ["viewer"], "team": "", "organisation": ""}
    answer = client.post(f"/users/{own.pk}/", told)
    assert answer.status_code == 422
    assert "Nobody would be left to look after users." in words_of(answer)
    user_as("administrator", email="second@thornbridge.gov.uk")
    assert client.post(f"/users/{own.pk}/", told).status_code == 302


def test_nobody_switches_themselves_off_or_ends_the_session_they_sit_in(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    client, own = client_as("administrator"), user_as("administrator")
    answer = client.post(f"/users/{own.pk}/", {"do": "off"})
    assert answer.status_code == 409
    assert "You cannot switch yourself off." in words_of(answer)
    elsewhere = client_as("administrator")
    assert client.post(f"/users/{own.pk}/", {"do": "sessions"}).status_code == 302
    assert client.get("/users/").status_code == 200
    assert elsewhere.get("/users/").status_code == 302


def test_who_is_switched_off_is_signed_out_and_who_is_back_signs_in(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    viewer, administrator, somebody = client_as("viewer"), client_as("administrator"), user_as("viewer")
    assert viewer.get("/glossary/").status_code == 200
    assert "Signed in now: 1 session." in words_of(administrator.get(f"/users/{somebody.pk}/"))
    administrator.post(f"/users/{somebody.pk}/", {"do": "off"})
    assert viewer.get("/glossary/").status_code == 302
    assert "no, switched off" in words_of(administrator.get("/users/"))
    administrator.post(f"/users/{somebody.pk}/", {"do": "on"})
    assert client_as("viewer").get("/glossary/").status_code == 200


def test_a_new_password_and_the_end_of_sessions_sign_out_everywhere(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    viewer, administrator, somebody = client_as("viewer"), client_as("administrator"), user_as("viewer")
    weak = administrator.post(f"/users/{somebody.pk}/", {"do": "password", "password": "password"})
    assert weak.status_code == 422
    assert viewer.get("/glossary/").status_code == 200
    assert administrator.post(f"/users/{somebody.pk}/", {"do": "password", "password": LONG}).status_code == 302
    assert viewer.get("/glossary/").status_code == 302
    somebody.refresh_from_db()
    assert somebody.check_password(LONG)
    again = client_as("viewer")
    administrator.post(f"/users/{somebody.pk}/", {"do": "sessions"})
    assert again.get("/glossary/").status_code == 302
    assert administrator.get("/users/").status_code == 200


@pytest.mark.parametrize(("team", "warned"), [("Nowhere", True), ("early help FRONT door", False)])
def test_a_team_that_no_record_names_is_told_to_whoever_gives_it(
    client_as: Callable[..., Any], user_as: Callable[..., Any], team: str, warned: bool
) -> None:
    manager = user_as("team_manager", team=team, email=f"{team[:5].strip()}@thornbridge.gov.uk")
    told = words_of(client_as("administrator").get(f"/users/{manager.pk}/"))
    assert (f"The records name no team {team}, so that this user's lists are empty." in told) is warned


def test_a_lost_second_factor_is_taken_away(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    from allauth.mfa.models import Authenticator

    somebody = user_as("steward")
    Authenticator.objects.create(user=somebody, type=Authenticator.Type.TOTP, data={})
    assert client_as("administrator").post(f"/users/{somebody.pk}/", {"do": "factor"}).status_code == 302
    assert not Authenticator.objects.filter(user=somebody).exists()


@pytest.mark.parametrize("role", ["head", "analyst", "steward", "viewer"])
def test_only_administrators_look_after_users(
    role: str, client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    client = client_as(role)
    assert client.get("/users/").status_code == 403
    assert client.post(f"/users/{user_as('viewer').pk}/", {"do": "off"}).status_code == 403


def test_an_administrator_sees_no_data(client_as: Callable[..., Any]) -> None:
    client = client_as("administrator")
    for address in ("/measures/A1/", "/releases/", "/worklists/", "/audit/", "/frozen/", "/messages/", "/packs/"):
        assert client.get(address).status_code == 403, address


def test_a_user_there_is_not_or_a_button_there_is_not_changes_nothing(
    client_as: Callable[..., Any], user_as: Any
) -> None:
    client, somebody = client_as("administrator"), user_as("viewer")
    assert client.get("/users/999999/").status_code == 404
    assert client.post(f"/users/{somebody.pk}/", {"do": "delete"}).status_code == 200
    somebody.refresh_from_db()
    assert somebody.is_active
