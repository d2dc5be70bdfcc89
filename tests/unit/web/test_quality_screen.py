"""Can these numbers be trusted: what everybody reads of it, what exact counts are for, and the fix-list as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

REASON = "To mend the records of our team before the return."


@pytest.mark.parametrize("role", ["head", "viewer", "finance", "team_manager", "steward"])
def test_everybody_who_reads_figures_reads_how_far_they_can_be_trusted(
    client_as: Callable[..., Any], role: str
) -> None:
    told = words_of(client_as(role).get("/quality/"))
    for words in ("Rules that pass", "Recording delay", "Readiness for national returns", "Linkage", "Rules"):
        assert words in told
    assert client_as(role).get("/quality/rules/").status_code == 200
    assert client_as(role).get("/quality/linkage/").status_code == 200
    assert client_as(role).get("/data/systems/").status_code == 200


def test_exact_counts_are_for_those_who_may_see_them_and_cannot_be_taken_away(client_as: Callable[..., Any]) -> None:
    analyst = client_as("analyst")
    assert "Every row is accounted for." in words_of(analyst.get("/quality/counts/"))
    assert client_as("viewer").get("/quality/counts/").status_code == 403
    assert analyst.get("/quality/counts/?download=t1.csv").status_code == 404
    assert analyst.get("/quality/counts/?format=json").status_code == 404
    assert "In exact counts" not in words_of(client_as("viewer").get("/quality/"))


def test_every_outcome_of_a_rule_is_told(client_as: Callable[..., Any], council: Path) -> None:
    from collections import Counter

    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    counted = Counter(each["outcome"] for each in desk.check(open_workspace(council))["rules"])
    told = words_of(client_as("viewer").get("/quality/"))
    for outcome in ("failed", "passed", "not applicable", "broken"):
        assert f"{outcome} {counted[outcome]}" in told


def test_the_fix_list_is_given_for_a_reason_which_stands_in_the_log_before_it(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    analyst = client_as("analyst")
    before = len(audit())
    short = analyst.post("/quality/fix-list/", {"reason": "because", "ending": "csv"})
    assert short.status_code == 422
    assert "Say it in a few words more." in words_of(short)
    assert len(audit()) == before
    answer = analyst.post("/quality/fix-list/", {"reason": REASON, "ending": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="fix-list.csv"'
    assert answer["Cache-Control"] == "no-store"
    event = audit()[-1]
    assert (event["event"], event["reason"], event["account"]) == ("fix-list", REASON, "analyst@thornbridge.gov.uk")
    assert len(_lines(answer)) > 1


def _lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_team_manager_takes_the_records_of_their_own_team_and_no_other(client_as: Callable[..., Any]) -> None:
    every = _lines(client_as("analyst").post("/quality/fix-list/", {"reason": REASON, "ending": "csv"}))
    teams = sorted({each["team"] for each in every if each["team"]})
    assert teams, "the example council has a team with something to mend"
    manager = client_as("team_manager", team=teams[0])
    own = _lines(manager.post("/quality/fix-list/", {"reason": REASON, "ending": "csv"}))
    assert own == [each for each in every if each["team"].casefold() == teams[0].casefold()]


def test_a_team_manager_without_a_team_gets_nothing(client_as: Callable[..., Any], audit: Any) -> None:
    manager, before = client_as("team_manager", email="nowhere@thornbridge.gov.uk"), len(audit())
    answer = manager.post("/quality/fix-list/", {"reason": REASON, "ending": "csv"})
    assert "no team is set for you" in words_of(answer)
    assert len(audit()) == before


@pytest.mark.parametrize("role", ["viewer", "finance", "partner", "administrator"])
def test_the_fix_list_is_not_for_those_who_see_no_records(client_as: Callable[..., Any], role: str) -> None:
    assert client_as(role).post("/quality/fix-list/", {"reason": REASON, "ending": "csv"}).status_code == 403


def test_columns_whose_words_have_no_code_are_told_to_everybody_as_they_may_be_shown(
    client_as: Callable[..., Any],
) -> None:
    blocks = client_as("viewer").get("/quality/?format=json").json()["blocks"]
    [table] = [each for each in blocks if each.get("caption", "").startswith("Words without a code")]
    assert table["columns"] == ["column", "records without a code"]
    assert table["rows"], "the example council has words that nobody mapped"
    assert not any(row[1] in ("0.0%", "no data") for row in table["rows"])


def test_a_list_in_a_layout_of_the_councils_own_is_among_what_is_held(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp import desk
    from earlyhelp.web import reading

    own = {"title": "eh_cases_export", "held": True, "own": True, "latest_extract": "2026-01-05",
           "tables": ["eh_episode"], "filled": {"eh_episode.start_date": 1.0}, "could_fill": []}  # fmt: skip
    real = desk.systems
    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(desk, "systems", lambda served: {**real(served), "systems": [own]})
    told = words_of(client_as("viewer").get("/data/systems/"))
    assert "Records of 1 system or list of your own are held" in told
    assert "eh_cases_export 5 January 2026 eh_episode" in told
