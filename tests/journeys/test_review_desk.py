"""A reviewer at the command line: the next pair, an answer, a second reviewer who is not told, and how far they agree."""

from __future__ import annotations

import csv
import io
import json
import shutil
import stat
from pathlib import Path

import pytest
from tests.journeys.conftest import Ended, earlyhelp

PEOPLE = """person_key,source_person_id,forename,surname,dob,sex,address_line,postcode
k1,1,Zebedee,Quillfeather,2011-07-19,M,13 Nowhere Lane,ZY1 2AB
k2,2,Zebedee,Quillfeather,2011-07-19,M,13 Nowhere Lane,ZY1 2AB
k3,3,Ottoline,Marchbanks,2009-03-02,F,4 Elsewhere Road,ZY3 4CD
k4,4,Ottoline,Marchbanks,2009-03-02,F,4 Elsewhere Road,ZY3 4CD
k5,5,Barnaby,Oxenholme,2013-05-24,M,8 Otherwhere Street,ZY5 6EF
k6,6,Barnaby,Oxenholme,2013-05-24,M,8 Otherwhere Street,ZY5 6EF
"""
NUMBERS = """person_key,type,value
k1,upn,Q801200001001
k2,upn,T801200001002
k3,upn,V801200001003
k4,upn,W801200001004
k5,upn,X801200001005
k6,upn,X801200001005
"""
CONTACTS = """contact_id,person_key,contact_date,source_code
1,k1,2025-04-01,6
2,k2,2025-05-01,6
"""
NAMES = ("Zebedee", "Quillfeather", "Ottoline", "Marchbanks", "2011-07-19", "Nowhere Lane", "Q801200001001")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council with two pairs of records that agree in all but the pupil number, one with requests, and a pair for sure."""
    folder = tmp_path_factory.mktemp("reviewed") / "council"
    assert earlyhelp("init", folder, "--council", "E09000032").code == 0
    for name, text in (("person", PEOPLE), ("person_identifier", NUMBERS), ("contact", CONTACTS)):
        (folder / "inbox" / f"{name}.csv").write_text(text)
    ended = earlyhelp("run", folder)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture
def council(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "council"))


def review(*arguments: object) -> Ended:
    return earlyhelp("review", *arguments)


def seen_twice(council: Path, percent: int) -> None:
    settings = council / "council.toml"
    before = settings.read_text()
    assert "second_review_percent = 10" in before
    settings.write_text(before.replace("second_review_percent = 10", f"second_review_percent = {percent}"))


def test_the_next_pair_shows_both_records_and_what_agrees_and_the_one_with_requests_comes_first(council: Path) -> None:
    ended = review("next", council, "--as", "Ann")

    assert ended.code == 0, ended.err
    for shown in ("Zebedee", "2011-07-19", "13 Nowhere Lane", "Q801200001001", "T801200001002", "the same house"):
        assert shown in ended.out
    assert "against: Each has a pupil or NHS number of their own." in ended.out
    assert "same|different|unsure --as Ann" in ended.out
    assert "Ottoline" not in ended.out


def test_what_the_model_thinks_is_not_shown(council: Path) -> None:
    told = review("next", council, "--as", "Ann", "--json").json

    assert set(told) == {"pair", "records", "evidence", "against"}
    assert told["records"]["forename"] == ["Zebedee", "Zebedee"]
    assert told["evidence"]["upn"] == "different"


def test_every_reading_is_in_the_audit_log_by_reviewer_and_pair_and_names_nobody(council: Path) -> None:
    pair = review("next", council, "--as", "Ann", "--json").json["pair"]

    log = (council / "log" / "audit.jsonl").read_text()
    event = json.loads(log.splitlines()[-1])

    assert (event["event"], event["reviewer"], event["pair"]) == ("review", "Ann", pair)
    assert event["account"]
    assert event["at"]
    assert not [name for name in NAMES if name in log]
    assert earlyhelp("doctor", council).code == 0


def test_an_answer_is_saved_for_its_owner_alone_and_the_next_pair_is_another(council: Path) -> None:
    first = review("next", council, "--as", "Ann", "--json").json["pair"]

    saved = review("decide", council, first, "different", "--as", "Ann", "--json")

    file = council / "reviews" / "decisions.jsonl"
    assert (saved.code, saved.json["decision"]) == (0, "different")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [name for name in NAMES if name in file.read_text()]
    assert review("next", council, "--as", "Ann", "--json").json["pair"] != first
    assert review("status", council, "--json").json["waiting"] == 1


def test_an_answer_that_is_withdrawn_makes_the_pair_wait_again_and_both_stay_on_record(council: Path) -> None:
    first = review("next", council, "--as", "Ann", "--json").json["pair"]
    review("decide", council, first, "same", "--as", "Ann")

    withdrawn = review("undo", council, "--as", "Ann", "--json")

    assert withdrawn.json == {"pair": first, "withdrawn": "same", "reviewer": "Ann"}
    assert review("next", council, "--as", "Ann", "--json").json["pair"] == first
    assert len((council / "reviews" / "decisions.jsonl").read_text().splitlines()) == 2
    assert review("undo", council, "--as", "Ann").code == 5


def test_a_second_reviewer_is_asked_without_being_told_and_a_dispute_is_settled_by_a_third(council: Path) -> None:
    seen_twice(council, 100)
    before = review("next", council, "--as", "Bob", "--json").json
    review("decide", council, before["pair"], "same", "--as", "Ann")

    after = review("next", council, "--as", "Bob", "--json").json
    assert after == before
    assert review("status", council, "--json").json["second_reviews"] == {"share": 1.0, "done": 0, "waiting": 1}

    review("decide", council, before["pair"], "different", "--as", "Bob")
    told = review("status", council, "--json").json
    assert told["second_reviews"] == {"share": 1.0, "done": 1, "waiting": 0}
    assert told["to_settle"] == [before["pair"]]
    assert told["agreement"][0]["status"] == "too_few"

    review("decide", council, before["pair"], "same", "--as", "Cat")
    told = review("status", council, "--json").json
    assert (told["to_settle"], told["decided"]["same"]) == ([], 1)


def test_where_nobody_is_to_be_seen_twice_a_decided_pair_is_offered_to_nobody(council: Path) -> None:
    seen_twice(council, 0)
    for reviewer in ("Ann", "Ann"):
        pair = review("next", council, "--as", reviewer, "--json").json["pair"]
        review("decide", council, pair, "same", "--as", reviewer)

    ended = review("next", council, "--as", "Bob")

    assert ended.code == 5
    assert "No pair waits" in ended.err


def test_the_loop_saves_each_key_before_the_next_pair_is_shown(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("x\ns\nd\n"))

    ended = review("next", council, "--as", "Ann", "--loop")

    lines = (council / "reviews" / "decisions.jsonl").read_text().splitlines()
    assert ended.code == 0, ended.err
    assert [json.loads(line)["decision"] for line in lines] == ["same", "different"]
    assert "No further pair waits." in ended.out
    assert len((council / "log" / "audit.jsonl").read_text().splitlines()) == 2


def test_the_loop_ends_with_q_and_keeps_what_was_answered(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("u\nq\n"))

    ended = review("next", council, "--as", "Ann", "--loop")

    assert ended.out.splitlines()[-1] == "1 saved."
    assert review("status", council, "--json").json["decided"]["unsure"] == 1


def test_the_sample_asks_about_a_sure_link_that_the_queue_passes_over_and_its_answer_says_so(council: Path) -> None:
    told = review("next", council, "--as", "Ann", "--sample", "--json").json
    assert told["records"]["forename"] == ["Barnaby", "Barnaby"]

    review("decide", council, told["pair"], "same", "--as", "Ann")

    (line,) = (council / "reviews" / "decisions.jsonl").read_text().splitlines()
    assert (json.loads(line)["sample"], json.loads(line)["grade"]) == (True, "certain")
    assert review("next", council, "--as", "Ann", "--sample").code == 5
    assert review("status", council, "--json").json["waiting_in_sample"] == 0


def test_status_says_in_words_what_waits_and_that_too_few_were_seen_twice(council: Path) -> None:
    ended = review("status", council)

    assert ended.out.startswith("Waiting: 2 in the queue, 1 in the sample")
    assert "too few to say" in ended.out
    assert not [name for name in NAMES if name in ended.out]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["decide", "R000000000000", "same", "--as", "Ann"], 3, "There is no such pair."),
        (["decide", "R000000000000", "perhaps", "--as", "Ann"], 2, "perhaps"),
        (["decide", "R000000000000", "same", "--as", "a\nb"], 2, "80 signs"),
        (["undo", "--as", "Nobody"], 5, "no answer to be withdrawn"),
        (["next", "--loop", "--json"], 2, "--loop"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(made: Path, arguments: list[str], code: int, says: str) -> None:
    command, *rest = arguments

    ended = review(command, made, *rest)

    assert (ended.code, says in ended.err + ended.out) == (code, True), ended


def test_the_same_answer_twice_is_saved_once(council: Path) -> None:
    pair = review("next", council, "--as", "Ann", "--json").json["pair"]
    first, again = (review("decide", council, pair, "same", "--as", "Ann") for _ in range(2))

    assert (first.code, again.code) == (0, 5)
    assert len((council / "reviews" / "decisions.jsonl").read_text().splitlines()) == 1


def test_before_the_first_run_there_is_nothing_to_review(workspace: Path) -> None:
    ended = review("next", workspace, "--as", "Ann")

    assert ended.code == 3
    assert "Nothing has been published" in ended.err


def test_an_answer_binds_the_next_run_and_the_link_says_who_gave_it(council: Path, tmp_path: Path) -> None:
    people = earlyhelp("run", council, "--json")
    assert people.code == 5  # nothing new yet
    pair = review("next", council, "--as", "Ann", "--json").json["pair"]
    review("decide", council, pair, "same", "--as", "Ann")

    ended = earlyhelp("run", council, "--json")

    assert ended.code == 0, ended.err
    earlyhelp("export", council, "person_link", "--out", tmp_path / "links.csv", "--identity", "--reason", "test")
    with (tmp_path / "links.csv").open(newline="") as stream:
        reviewed = [row for row in csv.DictReader(stream) if row["grade"] == "reviewed"]
    assert {(row["method"], row["reviewed_by"]) for row in reviewed} == {("reviewed", "Ann")}
    assert len(reviewed) == 2
    assert len({row["person_id"] for row in reviewed}) == 1
    assert earlyhelp("changes", council, "--json").json["people"][0]["kind"] == "merged"
