"""Papers from the command line: a council's snapshot to Word, PDF, HTML and a workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook
from tests.journeys.conftest import Ended, earlyhelp
from tests.journeys.studied_council import AS_AT, write_council

from earlyhelp.reports.documents import DOCUMENTS


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council of 700 families with a service that helps and no ledger, loaded and run. Tests read it."""
    folder = tmp_path_factory.mktemp("papers") / "council"
    assert earlyhelp("init", folder, "--council", "E06000999", "--name", "Steps Borough").code == 0
    write_council(folder / "inbox", families=700)
    ended = earlyhelp("run", folder, "--as-at", AS_AT, "--json")
    assert ended.code == 0, ended.err or ended.out
    return folder


def make(council: Path, name: str, out: Path, *more: object) -> Ended:
    return earlyhelp("report", council, name, "--out", out, *more, "--json")


def test_papers_are_listed_with_what_they_hold_and_for_whom():
    listed = earlyhelp("report", "--list", "--json").json["papers"]
    assert [each["name"] for each in listed] == list(DOCUMENTS)
    assert [each["name"] for each in listed if each["of_one_service"]] == ["business-case"]
    assert all(name in earlyhelp("report", "--list").out for name in DOCUMENTS)


def test_the_evidence_paper_in_word_tells_of_each_service_and_goes_by_the_snapshots_day(council, tmp_path):
    out = tmp_path / "paper.docx"
    ended = make(council, "evidence-paper", out)
    assert ended.code == 0, ended.err
    assert ended.json["path"] == str(out)
    word = Document(str(out))
    headings = [each.text for each in word.paragraphs if each.style.name.startswith("Heading")]
    assert headings[:2] == ["In short", "The services side by side"]
    assert {"Family Steps", "Slow Steps", "Open Steps"} <= set(headings)
    assert word.core_properties.created.date() == AS_AT
    said = [each.text for each in word.paragraphs]
    assert said.count("What may not be said:") == headings.count("What may be said")
    assert any(
        each.startswith("Fewer first steps up to a statutory service than like families had: Family Steps")
        for each in said
    )


def test_the_business_case_says_what_is_missing_where_there_is_no_ledger(council, tmp_path):
    out = tmp_path / "case.html"
    ended = make(council, "business-case", out, "--service", "S01")
    assert ended.code == 0, ended.err
    page = html.fromstring(out.read_text("utf-8"))
    assert page.findtext(".//h1") == "Business case: Family Steps"
    said = page.text_content()
    assert "Steps Borough. As at 31 March 2026." in said
    assert "Stop it: it cannot be told what that would bring. The ledger holds no actual spending" in said
    certificates = page.xpath("//table[contains(caption, 'What stands behind')]//td[3]/text()")
    assert certificates
    told = earlyhelp("certificate", council, certificates[0], "--json")
    assert told.code == 0, told.err


def test_the_evidence_paper_and_the_studies_behind_it_tell_the_same(council, tmp_path):
    make(council, "evidence-paper", tmp_path / "paper.xlsx")
    book = load_workbook(tmp_path / "paper.xlsx")
    cells = [[cell.value for cell in row] for name in book.sheetnames[2:] for row in book[name].iter_rows()]
    [row] = [each for each in cells if each[0] == "Family Steps" and each[1] == "better than expected"]
    table = earlyhelp("ask", council, "which-services-help-most", "--json").json["table"]
    [asked] = [each for each in table if each["service_id"] == "S01"]
    assert row[2] == asked["in_words"].replace(" in 100 families", "")
    assert row[3] == asked["n_treated"]


def test_the_monthly_pack_is_a_pdf(council, tmp_path):
    out = tmp_path / "pack.pdf"
    ended = make(council, "monthly-pack", out)
    assert ended.code == 0, ended.err
    assert ended.json["headings"] == [
        "This month in three sentences", "Run charts", "The waiting list", "Every measure watched",
    ]  # fmt: skip
    assert out.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("arguments", "where", "fix"),
    [
        (["business-case", "--out", "case.docx"], "--service", "One of: S01"),
        (["business-case", "--service", "S99", "--out", "case.docx"], "--service", "One of: S01"),
        (["evidence-paper", "--service", "S01", "--out", "paper.docx"], "--service", "Leave it out"),
        (["evidence-paper", "--out", "paper.odt"], "paper.odt", "Name it so"),
        (["evidence-paper", "--out", "nowhere/paper.docx"], "nowhere", "Make it first"),
        (["evidence-paper"], "--out", ".docx or .pdf"),
        (["evidence-paper", "--out", "paper.pdf", "--template", "own.docx"], "--template", "leave it out"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(council, tmp_path, monkeypatch, arguments, where, fix):
    monkeypatch.chdir(tmp_path)
    ended = earlyhelp("report", council, *arguments, "--json")
    assert ended.code == 2
    problem = json.loads(ended.err or ended.out)
    assert where in problem["where"]
    assert fix in problem["fix"]
    assert not list(tmp_path.iterdir())


def test_a_template_that_is_no_word_file_is_refused(council, tmp_path):
    (tmp_path / "own.docx").write_text("not a Word file")
    ended = make(
        council, "business-case", tmp_path / "case.docx", "--service", "S01", "--template", tmp_path / "own.docx"
    )
    assert ended.code == 3
    assert not (tmp_path / "case.docx").exists()


def test_before_the_first_run_there_is_nothing_to_write_about(workspace, tmp_path):
    ended = make(workspace, "monthly-pack", tmp_path / "pack.docx")
    assert ended.code == 3
    assert not (tmp_path / "pack.docx").exists()
