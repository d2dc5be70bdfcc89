"""Reviewers' decisions: saved one by one, never overwritten, what stands of them, and what a run takes from them."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.errors import EarlyHelpError
from earlyhelp.store import decisions
from earlyhelp.store.decisions import Decision, standing
from earlyhelp.store.workspace import Workspace, create_workspace

ANSWERS = ("same", "different", "unsure")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return create_workspace(tmp_path / "council", "E09000032")


def said(*lines: str) -> list[Decision]:
    """Lines like "Ann same" or "Bob different second" of one pair; a third record may stand before: "c Ann same"."""
    return [one(number, *line.split()) for number, line in enumerate(lines)]


def one(number: int, *words: str) -> Decision:
    pair = "c" if words[0] == "c" else "b"
    reviewer, decision, *more = words[1:] if pair == "c" else words
    at = f"2026-01-01T{number // 60:02d}:{number % 60:02d}:00+00:00"
    return Decision(f"R{pair}", "a", pair, decision, reviewer, at, second="second" in more)


def save(workspace: Workspace, *lines: str) -> Path:
    """Save the lines, and give the file."""
    for each in said(*lines):
        decisions.save(workspace, lambda told, each=each: each)
    return workspace.root / "reviews" / "decisions.jsonl"


@pytest.mark.parametrize(
    ("lines", "stands"),
    [
        (["Ann same"], "same"),
        (["Ann unsure"], "unsure"),
        (["Ann unsure", "Bob different"], "different"),
        (["Ann same", "Bob unsure"], "same"),
        (["Ann same", "Ann different"], "different"),
        (["Ann same", "Bob same second"], "same"),
        (["Ann same", "Bob different second"], "disputed"),
        (["Ann same", "Bob different"], "disputed"),
        (["Ann same", "Bob different second", "Cat different"], "different"),
        (["Ann same", "Bob different second", "Cat same"], "same"),
        (["Ann same", "Bob different second", "Bob same"], "same"),
        (["Ann same", "Bob different second", "Ann different"], "different"),
        (["Ann same", "Bob different second", "Cat unsure"], "disputed"),
        (["Ann same", "Bob different second", "Bob withdrawn"], "same"),
        (["Ann same", "Ann different", "Ann withdrawn"], "same"),
        (["Ann same", "Bob withdrawn"], "same"),
    ],
)
def test_what_stands_of_a_pair(lines: list[str], stands: str) -> None:
    (found,) = standing(said(*lines)).values()

    assert found.decision == stands


def test_a_pair_whose_only_answer_was_withdrawn_stands_as_if_nobody_had_answered() -> None:
    assert standing(said("Ann same", "Ann withdrawn")) == {}


def test_pairs_stand_each_for_itself() -> None:
    found = standing(said("Ann same", "c Ann different", "Bob same"))

    assert {keys: each.decision for keys, each in found.items()} == {("a", "b"): "same", ("a", "c"): "different"}
    assert found["a", "b"].reviewers == {"Ann", "Bob"}
    assert found["a", "b"].answer.reviewer == "Ann"


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob"]), st.sampled_from([*ANSWERS, "withdrawn"])), max_size=12))
def test_a_withdrawal_leaves_what_would_stand_had_the_answer_not_been_given(lines: list[tuple[str, str]]) -> None:
    told = said(*(" ".join(line) for line in lines))
    left: list[Decision] = []
    for each in told:  # the slow way: take the reviewer's last line out of the list
        if each.decision != "withdrawn":
            left.append(each)
        elif mine := [number for number, other in enumerate(left) if other.reviewer == each.reviewer]:
            del left[mine[-1]]

    assert standing(told) == standing(left)


def test_a_second_review_stands_behind_the_first_answer_as_it_was_then() -> None:
    lines = ["Ann same", "Bob different second", "Ann different", "c Ann same", "c Bob same second", "c Bob withdrawn"]

    found = decisions.second_reviews(said(*lines))

    assert [(first.reviewer, first.decision, second.decision) for first, second in found] == [
        ("Ann", "same", "different")
    ]


def test_every_line_stays_in_the_file_and_its_owner_alone_reads_it(workspace: Workspace) -> None:
    file = save(workspace, "Ann same", "Bob different", "Ann withdrawn")

    assert decisions.history(workspace) == said("Ann same", "Bob different", "Ann withdrawn")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_before_the_first_answer_there_is_nothing(workspace: Workspace) -> None:
    assert decisions.history(workspace) == []
    assert decisions.fingerprint(workspace) == ""


def test_wherever_a_kill_cuts_the_last_line_all_others_are_kept_and_the_next_is_whole(workspace: Workspace) -> None:
    file = save(workspace, "Ann same", "Bob different", "Cat unsure")
    content = file.read_bytes()
    start = content[:-1].rfind(b"\n") + 1
    for cut in range(start, len(content)):
        file.write_bytes(content[:cut])

        assert decisions.history(workspace) == said("Ann same", "Bob different")

    decisions.save(workspace, lambda told: replace(told[0], reviewer="Dan"))
    assert [each.reviewer for each in decisions.history(workspace)] == ["Ann", "Bob", "Dan"]


@pytest.mark.parametrize("line", ["{", "[]", '{"pair": "R1"}', "", "same"])
def test_a_line_that_was_never_saved_here_is_told_by_its_number_and_nothing_in_it(
    workspace: Workspace, line: str
) -> None:
    file = save(workspace, "Ann same")
    file.write_text(file.read_text() + line + "\n")

    with pytest.raises(EarlyHelpError, match=r"^Line 2 ") as found:
        decisions.history(workspace)

    assert "fix" in found.value.as_dict()
    with pytest.raises(EarlyHelpError):
        save(workspace, "Bob same")
    assert file.read_text().endswith(line + "\n")


def test_an_answer_that_is_refused_leaves_no_line(workspace: Workspace) -> None:
    file = save(workspace, "Ann same")
    before = file.read_bytes()

    def refused(told: Sequence[Decision]) -> Decision:
        raise EarlyHelpError("No.")

    with pytest.raises(EarlyHelpError):
        decisions.save(workspace, refused)

    assert file.read_bytes() == before


def test_a_run_gets_what_is_settled_and_nothing_else(workspace: Workspace) -> None:
    save(workspace, "Ann same", "c Ann different", "c Bob same", "Bob same")
    con = duckdb.connect()

    assert decisions.load_into(con, workspace) == 1
    rows = con.execute("SELECT person_key_l, person_key_r, decision, reviewed_by FROM link_decision").fetchall()
    assert rows == [("a", "b", "same", "Ann")]
    reviewers = con.execute(
        "SELECT person_key, reviewed_by, strftime(reviewed_at, '%H:%M') FROM link_reviewer"
    ).fetchall()
    assert sorted(reviewers) == [("a", "Ann", "00:00"), ("b", "Ann", "00:00")]


def test_without_reviews_the_tables_are_there_and_empty(workspace: Workspace) -> None:
    con = duckdb.connect()

    assert decisions.load_into(con, workspace) == 0
    assert con.execute(
        "SELECT (SELECT count(*) FROM link_decision), (SELECT count(*) FROM link_reviewer)"
    ).fetchall() == [(0, 0)]


def test_the_fingerprint_changes_with_what_binds_a_run_and_with_nothing_else(workspace: Workspace) -> None:
    save(workspace, "Ann same")
    first = decisions.fingerprint(workspace)

    save(workspace, "c Bob unsure")
    unsure = decisions.fingerprint(workspace)
    save(workspace, "c Bob different")
    more = decisions.fingerprint(workspace)
    save(workspace, "c Bob withdrawn")

    assert first == unsure == decisions.fingerprint(workspace) != more


def test_an_erased_person_is_in_no_line(workspace: Workspace) -> None:
    file = save(workspace, "Ann same", "c Ann different", "Bob same")

    assert decisions.erase(workspace, {"b"}) == 2
    assert [each.person_key_r for each in decisions.history(workspace)] == ["c"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert decisions.erase(workspace, {"b"}) == 0
