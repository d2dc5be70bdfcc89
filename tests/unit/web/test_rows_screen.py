"""Worklists: a reason first, then the log, then the rows; a team manager's own team alone; never a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

LIST = "/worklists/which-requests-come-back/"
WHY = {"reason": "Planning this week's calls."}


def test_rows_are_shown_after_a_reason_and_the_look_is_on_record_first(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp import worklists

    head, seen = client_as("head"), []
    real = worklists.worklist_of
    monkeypatch.setattr(worklists, "worklist_of", lambda *told: (seen.append(audit()[-1]), real(*told))[1])
    assert "Show the rows" in words_of(head.get(LIST))
    assert "CON-" not in words_of(head.get(LIST))
    told = words_of(head.post(LIST, WHY))
    assert "216 rows." in told
    assert "CON-088373" in told
    assert "an earlier request was received 1 to 365 days before" in told
    assert seen[0]["event"] == "look"
    assert seen[0]["question"] == "which-requests-come-back"
    assert seen[0]["reason"] == WHY["reason"]
    assert seen[0]["account"] == "head@thornbridge.gov.uk"


def test_without_a_reason_nothing_is_shown_and_nothing_is_on_record(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    before = len(audit())
    answer = client_as("head").post(LIST, {"reason": "no"})
    assert answer.status_code == 422
    assert "CON-" not in words_of(answer)
    assert len(audit()) == before


def test_where_the_look_cannot_be_recorded_nothing_is_shown(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web import looking

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(looking, "record", full)
    with pytest.raises(OSError, match="no space"):
        client_as("head").post(LIST, WHY)


def test_rows_stand_in_the_order_of_their_days_and_the_next_part_is_asked_for(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    first, second = words_of(head.post(LIST, WHY)), words_of(head.post(LIST, {**WHY, "part": "2"}))
    assert "Rows 1 to 200 of 216" in first
    assert "Rows 201 to 216 of 216" in second
    assert first.index("1 April 2025") < first.index("2 April 2025")


def test_a_team_manager_sees_the_rows_of_the_own_team_alone(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    north = client_as("team_manager", team="early help front door", email="front@thornbridge.gov.uk")
    told = words_of(north.post(LIST, WHY))
    assert "Early Help Front Door" in told
    assert "216 rows" not in told
    assert audit()[-1]["team"] == "early help front door"
    other = client_as("team_manager", team="North", email="north@thornbridge.gov.uk")
    told = words_of(other.post(LIST, WHY))
    assert "CON-" not in told
    assert "No row of this list names the team North." in told
    assert "nobody is on this list" not in told
    none = client_as("team_manager", email="none@thornbridge.gov.uk")
    assert "no team is set for you" in words_of(none.post(LIST, WHY))


@pytest.mark.parametrize("role", ["viewer", "finance", "partner", "administrator"])
def test_who_may_not_see_rows_is_refused(role: str, client_as: Callable[..., Any]) -> None:
    client = client_as(role)
    assert client.get("/worklists/").status_code == 403
    assert client.post(LIST, WHY).status_code == 403


def test_rows_are_given_out_as_a_page_alone(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    assert head.post(f"{LIST}?download=t1.csv", WHY).status_code == 404
    assert head.post(f"{LIST}?format=json", WHY).status_code == 404


def test_families_after_a_sign_of_poverty_are_listed_only_where_the_council_switched_it_on(
    client_as: Callable[..., Any], council: Path
) -> None:
    families = "/worklists/which-families-are-destabilised-by-poverty/"
    answer = client_as("head").get(families)
    assert answer.status_code == 409
    assert "is switched off" in words_of(answer)
    assert client_as("team_manager").get(families).status_code == 404
    settings = council / "council.toml"
    before = settings.read_text()
    try:
        settings.write_text(before.replace("poverty = false", "poverty = true"))
        told = words_of(client_as("head").post(families, WHY))
        assert "A sign of poverty in the last 90 days" in told
    finally:
        settings.write_text(before)


def test_a_question_without_cases_has_no_list(client_as: Callable[..., Any]) -> None:
    assert client_as("head").get("/worklists/this-month/").status_code == 404
    assert client_as("head").get("/worklists/nothing/").status_code == 404
