"""The line on the screen: stocks above, the requests of one year below, and the measures of each stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from earlyhelp import answering
from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.pathway import STAGES, Line
from earlyhelp.measures.periods import Period
from earlyhelp.release import policy
from earlyhelp.release.pathway import publish_lines

Clients = Callable[..., Any]


def shown(client: Any, address: str = "/line/") -> dict[str, Any]:
    found: dict[str, Any] = client.get(address, {"format": "json"} if "?" not in address else {}).json()
    return found


def blocks(screen: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in screen["blocks"] if each["kind"] == kind]


def test_the_line_is_two_charts_with_every_stage_and_what_became_of_the_requests(client_as: Clients) -> None:
    screen = shown(client_as("viewer"))
    to_help, from_help = blocks(screen, "Figure")
    told = [row[0] for chart in (to_help, from_help) for row in chart["table"]["rows"]]
    assert list(dict.fromkeys(told)) == [stage.words for stage in STAGES]
    [where] = blocks(screen, "TableBlock")
    assert where["columns"] == ["what became of them", "after", "which is", "requests"]
    assert all(row[3] for row in where["rows"])


def test_each_year_has_its_own_address_and_a_year_there_is_not_shows_the_latest(client_as: Clients) -> None:
    client = client_as("head")
    latest = shown(client)
    page = client.get("/line/").content.decode()
    earlier = shown(client, "/line/?year=2024-04-01&format=json")
    assert '<option value="2024-04-01"' in page
    assert [each["title"].partition(": ")[2] for each in blocks(earlier, "Figure")] == [
        "requests of 1 April 2024 to 31 March 2025"
    ] * 2
    assert blocks(shown(client, "/line/?year=gossip&format=json"), "Figure") == blocks(latest, "Figure")
    assert blocks(earlier, "Figure") != blocks(latest, "Figure")


@pytest.fixture
def told_line(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the line one of the given places; nothing of it is kept after the test."""

    def tell(joined_by_person: bool = False, **at: int) -> None:
        places = {place.code: at.get(place.code, 0) for stage in STAGES for place in stage.places}
        recorded = {stage.code: 0 for stage in STAGES if stage.step}
        counted = Line(Period(date(2024, 4, 1), date(2025, 3, 31)), places, recorded, joined_by_person)
        from earlyhelp.web import reading

        monkeypatch.setattr(reading, "KEPT", reading.Kept())
        monkeypatch.setattr(answering, "line", lambda workspace: publish_lines([counted], policy("dfe")))

    return tell


def test_where_no_early_help_is_on_record_of_those_accepted_it_is_not_said_that_none_was_helped(
    client_as: Clients, told_line: Callable[..., None]
) -> None:
    told_line(nfa=30, no_episode=218)
    said = [each["text"] for each in blocks(shown(client_as("viewer")), "Sentence")]
    assert said[1] == (
        "Of none of the 218 accepted is any early help on record: whether a worker has helped them cannot be told."
    )


def test_none_helped_is_said_where_those_accepted_are_known_to_wait(
    client_as: Clients, told_line: Callable[..., None]
) -> None:
    told_line(nfa=30, waiting=218)
    said = [each["text"] for each in blocks(shown(client_as("viewer")), "Sentence")]
    assert said[1] == "Of 218 accepted, 0 have been helped by a worker."


def test_requests_that_were_joined_by_person_and_day_are_said_to_be(
    client_as: Clients, told_line: Callable[..., None]
) -> None:
    told_line(joined_by_person=True, nfa=30, helped=200)
    notes = [each["text"] for each in blocks(shown(client_as("viewer")), "Note")]
    assert any(each.startswith("No early help episode names the requests of one system or more.") for each in notes)


def test_stocks_stand_above_and_lead_to_their_measures(client_as: Clients) -> None:
    [stocks] = blocks(shown(client_as("viewer")), "Numbers")
    assert [each["url"] for each in stocks["items"]] == [f"/measures/{each}/" for each in ("B1", "C11", "C1", "C6")]


def test_every_stage_leads_to_the_pages_of_its_measures(client_as: Clients) -> None:
    from earlyhelp.web.screens.line import STAGE_WORDS

    [measures] = blocks(shown(client_as("viewer")), "LinkedTable")
    assert {row[1] for row in measures["table"]["rows"]} == set(STAGE_WORDS.values())
    client = client_as("viewer")
    assert client.get(measures["urls"][0]).status_code == 200


def test_the_measures_of_each_stage_are_in_the_catalogue_and_every_stage_has_some(council: Path) -> None:
    from earlyhelp.web.screens.line import MEASURES_OF, STAGE_WORDS

    assert {each for measures in MEASURES_OF.values() for each in measures} <= CATALOGUE.keys()
    assert set(MEASURES_OF) == set(STAGE_WORDS) == {each.code for each in STAGES}


def test_charts_can_be_taken_as_pictures_and_tables_as_files(client_as: Clients) -> None:
    client = client_as("head")
    assert client.get("/line/?download=f1.svg")["Content-Type"] == "image/svg+xml"
    assert "Requests received" in client.get("/line/?download=f1.csv").content.decode("utf-8-sig")


def test_the_way_to_records_is_shown_to_whoever_may_see_some(client_as: Clients) -> None:
    ways = {
        role: "/worklists/" in client_as(role).get("/line/").content.decode() for role in ("team_manager", "finance")
    }
    assert ways == {"team_manager": True, "finance": False}


def test_partners_and_the_administrator_do_not_see_the_line(client_as: Clients) -> None:
    assert client_as("partner").get("/line/").status_code == 403
    assert client_as("administrator").get("/line/").status_code == 403
