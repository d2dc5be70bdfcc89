"""Asking: prepared questions, rival definitions, and a certificate after later records came in."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

HEAD = "contact_id,person_key,contact_date,decision_code\n"
FIRST = HEAD + "".join(f"{n},p{n},2025-04-{n:02},advice\n" for n in range(1, 13))
LATE = HEAD + "".join(f"{n},p{n},2025-04-{n - 12:02},advice\n" for n in range(13, 21))


def test_the_questions_are_listed_and_one_that_the_data_cannot_carry_says_what_is_missing(thornbridge: Path):
    listed = earlyhelp("ask", thornbridge, "--json").json["questions"]
    assert {"this-month", "where-is-domestic-abuse-worst", "which-services-help-most"} <= {
        q["question"] for q in listed
    }
    told = earlyhelp("ask", thornbridge, "which-services-help-most", "--json").json
    assert told["answer"][0].startswith("No service can be shown to have fewer")
    assert {row["status"] for row in told["table"]} == {"no_data"}
    assert all(row["why"] for row in told["table"])


@pytest.mark.parametrize(
    "question",
    ["how-are-we-doing", "this-month", "what-waiting-does", "who-waits-longest", "where-is-domestic-abuse-worst"],
)
def test_an_answer_has_sentences_a_table_caveats_and_certificates(thornbridge: Path, question: str):
    told = earlyhelp("ask", thornbridge, question, "--json")
    assert told.code == 0
    assert told.json["question"] == question
    assert told.json["answer"]
    assert {"table", "caveats", "certificates"} <= told.json.keys()
    words = earlyhelp("ask", thornbridge, question)
    assert words.code == 0
    assert told.json["answer"][0] in " ".join(words.out.split())


def test_a_question_there_is_not_names_those_there_are(thornbridge: Path):
    refused = earlyhelp("ask", thornbridge, "who-is-to-blame", "--json")
    assert refused.code == 2
    assert "this-month" in refused.json["fix"]


def test_rival_definitions_stand_side_by_side_with_how_far_they_lie_apart(thornbridge: Path):
    told = earlyhelp("measure", thornbridge, "A1", "--definition", "all", "--json").json
    assert [each["definition"] for each in told["definitions"]] == ["default", "children", "families", "rate"]
    [spread] = told["spread"]
    assert spread["highest_definition"] == "default"
    assert spread["lowest"] < spread["highest"]
    words = earlyhelp("measure", thornbridge, "A1", "--definition", "all").out
    assert "definitions of A1 lie between" in words


def test_a_certificate_says_what_the_figure_is_now_and_which_late_records_moved_it(workspace: Path):
    (workspace / "inbox" / "contact.csv").write_text(FIRST)
    assert earlyhelp("run", workspace).code == 0
    [row] = earlyhelp("measure", workspace, "A1", "--json").json["rows"]
    before = earlyhelp("certificate", workspace, row["certificate"], "--json").json
    assert before["same"]
    assert "now" not in before
    assert before["data"]["completeness"] == {"contact.contact_date": 1.0}
    (workspace / "inbox" / "contact.csv").write_text(LATE)
    assert earlyhelp("run", workspace).code == 0
    told = earlyhelp("certificate", workspace, row["certificate"], "--json").json
    assert told["same"], "its own snapshot never changes"
    assert told["now"]["moved"]
    assert [(each["table"], each["month"], each["new"]) for each in told["now"]["records"]] == [
        ("contact", "2025-04-01", 8)
    ]
    assert "now       on snapshot" in earlyhelp("certificate", workspace, row["certificate"]).out


def test_the_cases_behind_a_question_are_written_for_their_owner_alone_and_the_reading_is_recorded(
    thornbridge: Path, tmp_path: Path
):
    out = tmp_path / "bounce.csv"
    assert earlyhelp("ask", thornbridge, "which-children-bounce", "--rows", out).code == 2
    assert not out.exists()
    told = earlyhelp("ask", thornbridge, "which-children-bounce", "--rows", out, "--reason", "team meeting", "--json")
    assert told.code == 0
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert len(rows) == told.json["rows"]
    assert [row["since"] for row in rows] == sorted(row["since"] for row in rows), (
        "by the day of the event, never by severity"
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert '"event": "worklist"' in (thornbridge / "log" / "audit.jsonl").read_text("utf-8")
    assert earlyhelp("ask", thornbridge, "this-month", "--rows", out, "--reason", "no cases").code == 2


def test_figures_counted_ahead_are_those_that_are_counted_when_asked(workspace: Path):
    (workspace / "inbox" / "contact.csv").write_text(FIRST + LATE.removeprefix(HEAD))
    assert earlyhelp("run", workspace).code == 0
    asked = ("measure", workspace, "A1", "--by", "decision_code", "--period", "month", "--json")
    before = earlyhelp(*asked).json
    told = earlyhelp("cube", workspace, "--json")
    assert told.code == 0
    assert told.json["failed"] == {}
    assert earlyhelp(*asked).json == before
    assert earlyhelp("cube", workspace, "--json").code == 5
