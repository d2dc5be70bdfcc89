"""Asking what came before step-ups, and writing the transparency record, as a user meets them."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import earlyhelp

QUESTION = "what-came-before-step-ups"


def test_the_question_is_listed_and_answered_with_what_it_cannot_be_used_for(thornbridge: Path):
    assert QUESTION in {each["question"] for each in earlyhelp("ask", thornbridge, "--json").json["questions"]}
    told = earlyhelp("ask", thornbridge, QUESTION, "--json")
    assert told.code == 0
    assert told.json["answer"]
    if told.json["table"]:
        assert any("cannot be used to predict" in each for each in told.json["caveats"])
    words = earlyhelp("ask", thornbridge, QUESTION)
    assert told.json["answer"][0] in " ".join(words.out.split())


def test_it_has_no_worklist_of_families(thornbridge: Path, tmp_path: Path):
    refused = earlyhelp("ask", thornbridge, QUESTION, "--rows", tmp_path / "rows.csv", "--reason", "curiosity")
    assert refused.code == 2
    assert not (tmp_path / "rows.csv").exists()


def test_before_any_request_is_held_the_answer_says_what_is_missing(workspace: Path):
    (workspace / "inbox" / "contact.csv").write_text(
        "contact_id,person_key,contact_date,decision_code\n1,p1,2025-04-01,advice\n"
    )
    assert earlyhelp("run", workspace).code == 0
    told = earlyhelp("ask", workspace, QUESTION, "--json")
    assert told.code == 0
    [sentence] = told.json["answer"]
    assert "24 months" in sentence
    assert told.json["table"] == []


def test_the_transparency_record_is_written_without_a_snapshot_and_listed_among_the_reports(
    workspace: Path, tmp_path: Path
):
    out = tmp_path / "record.md"
    told = earlyhelp("report", workspace, "transparency-record", "--out", out, "--json")
    assert told.code == 0
    assert told.json["path"] == str(out)
    assert out.read_text("utf-8").startswith("# Algorithmic Transparency record: ")
    [listed] = earlyhelp("report", "--list", "--json").json["documents"]
    assert listed["name"] == "transparency-record"
    assert "transparency-record" in earlyhelp("report").out


def test_the_record_is_markdown_and_nothing_else(workspace: Path, tmp_path: Path):
    assert earlyhelp("report", workspace, "transparency-record", "--out", tmp_path / "record.docx").code == 2
    assert earlyhelp("report", workspace, "transparency-record").code == 2
