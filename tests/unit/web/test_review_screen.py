"""The review of links: one pair a page, its answer saved, undone, seen by a second reviewer, and read by nobody unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from page_forms import stands_in, table_words
from page_words import words_of

ONE, OTHER = "one@thornbridge.gov.uk", "other@thornbridge.gov.uk"


@pytest.fixture
def reviewed(council: Path, served: Any, tmp_path: Path) -> Iterator[Path]:
    """The example council, in which reviewers may answer; every pair that is decided is shown to a second one."""
    from django.test import override_settings

    folder = tmp_path / "reviewed"
    shutil.copytree(council, folder)
    shutil.rmtree(folder / "reviews", ignore_errors=True)
    text = (folder / "council.toml").read_text()
    (folder / "council.toml").write_text(text.replace("second_review_percent = 10", "second_review_percent = 100"))
    with served(folder), override_settings(PRIVATE=folder / "web"):
        yield folder


@pytest.fixture
def reviewer(client_as: Callable[..., Any], reviewed: Path) -> Callable[..., Any]:
    """A data steward, by their address."""
    return lambda email=ONE: client_as("steward", email=email)


def _pair(answer: Any) -> str:
    return stands_in(answer)["pair"]


def _answers(folder: Path) -> list[Any]:
    from earlyhelp.store.decisions import history
    from earlyhelp.store.workspace import open_workspace

    return history(open_workspace(folder))


def test_a_pair_is_in_the_audit_log_before_it_is_shown(reviewer: Callable[..., Any], reviewed: Path) -> None:
    from earlyhelp.store.audit import records

    answer = reviewer().get("/data/review/pair/")
    told = words_of(answer)
    assert "Two records side by side" in told
    assert "Why this pair was suggested" in told
    assert answer["Cache-Control"] == "no-store"
    seen = [each for each in records(reviewed / "log" / "audit.jsonl") if each["event"] == "review"]
    assert [(each["pair"], each["account"]) for each in seen if each["account"] == ONE] == [(_pair(answer), ONE)]


def test_when_the_log_cannot_be_written_nothing_is_shown(
    reviewer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.link import review

    def full(*parts: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(review, "record", full)
    with pytest.raises(OSError, match="disk full"):
        reviewer().get("/data/review/pair/")


def test_an_answer_is_saved_and_the_next_pair_shown_and_the_last_can_be_withdrawn(
    reviewer: Callable[..., Any], reviewed: Path
) -> None:
    client = reviewer()
    first = _pair(client.get("/data/review/pair/"))
    following = client.post("/data/review/pair/", {"pair": first, "answer": "different"}, follow=True)
    assert "Saved. This is the next pair." in words_of(following)
    assert [(each.pair, each.decision, each.reviewer) for each in _answers(reviewed)] == [(first, "different", ONE)]
    assert _pair(following) != first
    undone = client.post("/data/review/", follow=True)
    assert "Your last answer is withdrawn." in words_of(undone)
    assert _pair(undone) == first, "it waits again, and matters most again"
    assert _answers(reviewed)[-1].decision == "withdrawn"


def test_no_answer_is_an_error_and_the_pair_stays(reviewer: Callable[..., Any], reviewed: Path) -> None:
    client = reviewer()
    first = _pair(client.get("/data/review/pair/"))
    answer = client.post("/data/review/pair/", {"pair": first})
    assert answer.status_code == 422
    assert "Choose same, different or not sure." in words_of(answer)
    assert _pair(answer) == first
    assert _answers(reviewed) == []


def test_a_second_reviewer_sees_the_pair_without_a_word_of_the_first_answer(
    reviewer: Callable[..., Any], reviewed: Path
) -> None:
    one, other = reviewer(ONE), reviewer(OTHER)
    answer = one.get("/data/review/pair/")
    first = _pair(answer)
    one.post("/data/review/pair/", {"pair": first, "answer": "different"}, follow=True)
    again = other.get("/data/review/pair/")
    assert _pair(again) == first
    assert table_words(again) == table_words(answer), "the second reads what the first read"
    other.post("/data/review/pair/", {"pair": first, "answer": "same"})
    assert [each.second for each in _answers(reviewed)] == [False, True]


def test_two_reviewers_are_not_given_the_same_pair_at_once(reviewer: Callable[..., Any]) -> None:
    assert _pair(reviewer(ONE).get("/data/review/pair/")) != _pair(reviewer(OTHER).get("/data/review/pair/"))


def test_a_pair_is_held_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    from earlyhelp.web.pair_locks import take

    file, now = tmp_path / "pairs.json", datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
    assert take(file, ["p1", "p2"], ONE, now) == "p1"
    assert take(file, ["p1", "p2"], OTHER, now) == "p2"
    assert take(file, ["p1"], OTHER, now) is None
    assert take(file, ["p1", "p2"], ONE, now) == "p1", "whoever holds it keeps it"
    assert take(file, ["p1"], OTHER, now + timedelta(minutes=16)) == "p1"


def test_how_far_the_review_has_come_is_told(reviewer: Callable[..., Any]) -> None:
    client = reviewer()
    assert "There is no answer of yours to withdraw." in words_of(client.post("/data/review/", follow=True))
    first = _pair(client.get("/data/review/pair/"))
    client.post("/data/review/pair/", {"pair": first, "answer": "same"})
    assert "Pairs decided 1" in words_of(client.get("/data/review/"))


@pytest.mark.parametrize("role", ["head", "analyst", "team_manager", "viewer", "administrator", "partner", "finance"])
def test_names_are_not_for_others(client_as: Callable[..., Any], role: str) -> None:
    for address in ("/data/review/", "/data/review/pair/"):
        assert client_as(role).get(address).status_code == 403


@pytest.mark.parametrize(
    ("words", "one", "other", "evidence", "tag"),
    [
        ("surname", "Walker", "WALKER", {}, "Same"),
        ("forename", "Zakaria", "Sakariye", {"forename": "another form"}, "Similar"),
        ("forename", "Amy", "Layla", {"forename": "different, each a name of its own"}, "Different"),
        ("born", "2015-07-13", "", {"birth": "not known of both"}, "Missing"),
        ("NHS number", "9998102111", "9998102112", {}, "Different"),
        ("known to", "Police", "Attendance", {}, "Not compared"),
    ],
)
def test_each_field_says_in_a_word_how_alike_the_two_are(
    council: Path, words: str, one: str, other: str, evidence: dict[str, str], tag: str
) -> None:
    from earlyhelp.link.side_by_side import SideBySide
    from earlyhelp.web.screens.review import fields_of

    (field,) = fields_of(SideBySide(((words, one, other),), tuple(evidence.items()), ()))
    assert field.alike == tag
