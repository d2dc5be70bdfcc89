"""Outcomes and voice: nothing is told of change without those of whom no change is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from earlyhelp.measures import CATALOGUE

Clients = Callable[..., Any]


def told(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/outcomes/?format=json").json()["blocks"]
    return found


def between(blocks: list[dict[str, Any]], first: str) -> list[dict[str, Any]]:
    """The blocks under one heading."""
    at = next(place for place, each in enumerate(blocks) if each.get("text") == first)
    rest = blocks[at + 1 :]
    end = next((place for place, each in enumerate(rest) if each["kind"] == "Heading"), len(rest))
    return rest[:end]


def test_missing_pairs_come_before_the_change(client_as: Clients) -> None:
    under = between(told(client_as("viewer")), "Distance travelled")
    words = [str(each) for each in under]
    pairs = next(at for at, each in enumerate(words) if "by whether both scores are there" in each)
    change = next(at for at, each in enumerate(words) if "Mean change" in each)
    assert pairs < change


def test_the_ten_headline_outcomes_each_have_a_row(client_as: Clients) -> None:
    under = between(told(client_as("viewer")), "Needs met at closing, by the ten headline outcomes")
    figures = [each for each in under if each["kind"] == "Figure"]
    for figure in figures:
        [order] = {
            tuple(layer["encoding"]["y"]["sort"])
            for layer in figure["spec"]["layer"]
            if "sort" in layer["encoding"]["y"]
        }
        assert len(order) == 10
    assert figures or "there is nothing to draw" in str(under)


def test_what_families_say_stands_beside_how_many_answer_and_by_team(client_as: Clients) -> None:
    under = between(told(client_as("viewer")), "What families say")
    [numbers] = [each for each in under if each["kind"] == "Numbers"]
    assert [each["url"] for each in numbers["items"]] == ["/measures/I1/", "/measures/I2/"]
    assert "by team" in str(under)


def test_childrens_voice_stands_beside_audits(client_as: Clients) -> None:
    under = between(told(client_as("viewer")), "Children's voice beside the quality of the work")
    [numbers] = [each for each in under if each["kind"] == "Numbers"]
    assert [each["url"] for each in numbers["items"]] == ["/measures/E3/", "/measures/I3/", "/measures/E6/"]
    assert "does not say that they were listened to" in str(under)


def test_every_measure_of_outcomes_and_voice_is_listed(client_as: Clients) -> None:
    [table] = [each for each in told(client_as("viewer")) if each["kind"] == "LinkedTable"]
    wanted = [each.id for each in CATALOGUE.values() if each.theme in ("Outcomes", "Voice")]
    assert [url.split("/")[2] for url in table["urls"]] == wanted


def test_the_page_claims_no_cause(client_as: Clients) -> None:
    page = client_as("viewer").get("/outcomes/").content.decode()
    assert "associated with the help; it is not shown to come of it" in page


def test_partners_do_not_see_it(client_as: Clients) -> None:
    assert client_as("partner").get("/outcomes/").status_code == 403
