"""The waiting room, and the list of families: for those who may see records, with a reason, on record before it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from page_words import words_of

from earlyhelp import answering, worklists
from earlyhelp.release import ReleasedWaiting, Status

Clients = Callable[..., Any]
REASON = {"reason": "planning this week's allocations"}


AHEAD = "With 2 more full-time workers, the list would be clear in 12 weeks (range 9 to 20)."
ENDED = "Half of the families that are allocated within a year wait 9 days (95% interval 7 to 12) or less."
GROUP = {
    "group": "x",
    "within_days": 182,
    "waits": 40.0,
    "mean_days": 20.0,
    "lower": 15.0,
    "upper": 25.0,
    "status": "ok",
}
LIST = ReleasedWaiting(
    Status.OK,
    (ENDED, AHEAD),
    ("A family whose children are accepted on different days has several waits.",),
    waiting_now=31.0,
    endings=({"ending": "allocated", "day": 28, "share": 0.8, "lower": 0.7, "upper": 0.9, "status": "ok"},),
    groups=tuple(
        {**GROUP, "by": by, "group_label": f"one {by}"} for by in ("need_code", "youngest", "locality", "level")
    ),
    ahead=({"extra": 2, "in_words": AHEAD},),
)


@pytest.fixture
def a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A waiting list about which something can be told; nothing of it is kept after the test."""
    from earlyhelp.web import reading

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(answering, "waiting_list", lambda workspace: LIST)
    monkeypatch.setattr("earlyhelp.web.screens.waiting.of_theme", lambda *themes: ("B1", "B2"))


def blocks(client: Any, kind: str) -> list[dict[str, Any]]:
    told = client.get("/waiting/?format=json").json()
    return [each for each in told["blocks"] if each["kind"] == kind]


def test_the_room_tells_the_list_what_it_would_take_and_how_waits_end(client_as: Clients, a_list: None) -> None:
    client = client_as("viewer")
    assert [each["text"] for each in blocks(client, "Heading")] == [
        "What it would take", "How waits end", "Who waits longest", "Measures of timeliness", "What must be said beside it",
    ]  # fmt: skip
    assert [each["words"] for each in blocks(client, "Numbers")[0]["items"]][:2] == [
        "Waiting list size", "Wait from acceptance to allocation",
    ]  # fmt: skip


def test_the_way_to_the_families_is_shown_to_whoever_may_see_records(client_as: Clients, a_list: None) -> None:
    ways = {
        role: "/waiting/families/" in client_as(role).get("/waiting/").content.decode() for role in ("head", "viewer")
    }
    assert ways == {"head": True, "viewer": False}


def test_more_workers_are_told_in_sentences_that_can_be_copied_and_only_there(client_as: Clients, a_list: None) -> None:
    client = client_as("viewer")
    assert [each["text"] for each in blocks(client, "Sentence")] == [AHEAD]
    assert blocks(client, "Bullets")[0]["items"] == [ENDED]


def test_charts_tell_how_waits_end_and_days_by_need_youngest_child_and_locality_first(
    client_as: Clients, a_list: None
) -> None:
    client = client_as("viewer")
    assert [each["title"] for each in blocks(client, "Figure")] == [
        "How waits end, as shares of families accepted",
        "Days waited by main need",
        "Days waited by age of the youngest child",
        "Days waited by locality",
        "Days waited by level of support",
    ]
    assert "Other groups" in client.get("/waiting/").content.decode()


def test_a_share_of_none_or_of_all_families_is_told_without_an_interval(
    client_as: Clients, a_list: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    endings = tuple({**LIST.endings[0], "share": share, "lower": None, "upper": None} for share in (0.0, 1.0))
    monkeypatch.setattr(answering, "waiting_list", lambda workspace: replace(LIST, endings=endings))
    shown = client_as("viewer").get("/waiting/")
    assert shown.status_code == 200
    [figure] = (each for each in blocks(client_as("viewer"), "Figure") if each["title"].startswith("How waits end"))
    assert [row[2:] for row in figure["table"]["rows"]] == [["0.0%", "none"], ["100.0%", "none"]]


def test_where_nobody_can_tell_who_waits_the_page_says_what_is_missing_and_where_to_bring_it(
    client_as: Clients,
) -> None:
    [empty] = blocks(client_as("viewer"), "Empty")
    assert "nobody can tell who waits" in empty["words"]
    assert empty["steps"][0]["url"] == "/data/"


def test_every_measure_of_timeliness_leads_to_its_page(client_as: Clients) -> None:
    [table] = blocks(client_as("viewer"), "LinkedTable")
    assert [url.split("/")[2] for url in table["urls"]] == [f"B{number}" for number in range(1, 11)]


@pytest.mark.parametrize("role", ["viewer", "finance", "partner", "administrator"])
def test_whoever_may_not_see_records_does_not_see_the_families(client_as: Clients, role: str) -> None:
    assert client_as(role).get("/waiting/families/").status_code == 403
    assert client_as(role).post("/waiting/families/", REASON).status_code == 403


def test_a_reason_is_asked_for_before_anything_is_shown(client_as: Clients, audit: Callable[[], list[Any]]) -> None:
    client, before = client_as("head"), len(audit())
    asked = client.get("/waiting/families/")
    refused = client.post("/waiting/families/", {"reason": "no"})
    assert (asked.status_code, refused.status_code) == (200, 422)
    assert "<table" not in (asked.content + refused.content).decode()
    assert len(audit()) == before


def test_the_look_is_on_record_before_the_rows_are_fetched(
    client_as: Clients, audit: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    fetch = worklists.waiting_families
    monkeypatch.setattr(worklists, "waiting_families", lambda *told: seen.append(audit()[-1]) or fetch(*told))
    assert client_as("head").post("/waiting/families/", REASON).status_code == 200
    assert [(each["event"], each["reason"], each["account"]) for each in seen] == [
        ("look", REASON["reason"], "head@thornbridge.gov.uk")
    ]


def test_rows_are_in_order_of_the_day_accepted_and_hold_no_names(
    client_as: Clients, council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(monkeypatch)
    told = client_as("analyst").post("/waiting/families/", REASON).content.decode()
    assert re.findall(r">(F0\d)<", told) == ["F01", "F02", "F03"]
    assert "1 February 2026" in told
    assert "Nobody is scored" in client_as("analyst").get("/waiting/families/").content.decode()


def test_a_lead_practitioner_beside_a_family_that_waits_is_explained(
    client_as: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lead, explained in ((None, False), ("W01", True)):
        rows = [(date(2026, 2, 1), "F01", "mosaic", "r1", "1", None, "North team", lead)]
        monkeypatch.setattr(worklists, "worklist", lambda *told, rows=rows: rows)
        told = words_of(client_as("analyst").post("/waiting/families/", REASON))
        assert ("the record names one and no day of allocation" in told) is explained


def test_a_team_manager_sees_the_rows_of_the_own_team_alone(
    client_as: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(monkeypatch)
    manager = client_as("team_manager", team="north TEAM", email="north@thornbridge.gov.uk")
    told = manager.post("/waiting/families/", REASON).content.decode()
    assert re.findall(r">(F0\d)<", told) == ["F01", "F03"]
    assert "You see the rows of north TEAM alone." in manager.get("/waiting/families/").content.decode()


def test_that_no_row_names_the_own_team_is_never_told_as_nobody_waits(
    client_as: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(monkeypatch)
    west = client_as("team_manager", team="West team", email="west@thornbridge.gov.uk")
    told = words_of(west.post("/waiting/families/", REASON))
    assert "No row of this list names the team West team. Its rows name other teams." in told
    assert "Nobody waits today" not in told


def test_rows_that_name_no_team_are_told_of_to_the_manager_of_one(
    client_as: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(date(2026, 2, 1), "F01", "mosaic", "r1", "1", None, "North team", None),
            (date(2026, 2, 2), "F02", "mosaic", "r2", "2", None, None, None)]  # fmt: skip
    monkeypatch.setattr(worklists, "worklist", lambda *told: rows)
    said = "Some rows of this list name no team, and are not shown here: ask whoever sees all teams whose they are."
    for team in ("North team", "West team"):
        manager = client_as("team_manager", team=team, email=f"{team[:4].lower()}@thornbridge.gov.uk")
        assert said in words_of(manager.post("/waiting/families/", REASON))
    assert said not in words_of(client_as("head").post("/waiting/families/", REASON))


def test_nobody_waits_is_said_where_the_whole_list_is_empty(
    client_as: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklists, "worklist", lambda *told: [])
    manager = client_as("team_manager", team="North team", email="north@thornbridge.gov.uk")
    assert "Nobody is on this list today, in any team." in words_of(manager.post("/waiting/families/", REASON))


def test_a_team_manager_without_a_team_sees_nobody(client_as: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(monkeypatch)
    told = (
        client_as("team_manager", email="nowhere@thornbridge.gov.uk")
        .post("/waiting/families/", REASON)
        .content.decode()
    )
    assert not re.findall(r">(F0\d)<", told)
    assert "No team is set for you" in told


def test_the_list_is_never_given_as_a_file(client_as: Clients) -> None:
    client = client_as("head")
    assert client.get("/waiting/families/?format=json").status_code == 404
    assert client.post("/waiting/families/?download=t1.csv", REASON).status_code == 404


def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three families that wait, two of them of the team North, before teams are looked at."""
    rows = [
        (date(2026, 2, 1), "F01", "mosaic", "r1", "1", None, "North team", None),
        (date(2026, 2, 2), "F02", "mosaic", "r2", "2", None, "South team", None),
        (date(2026, 3, 1), "F03", "mosaic", "r3", "3", None, "NORTH TEAM", None),
    ]
    monkeypatch.setattr(worklists, "worklist", lambda *told: rows)
