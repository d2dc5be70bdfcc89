"""The fix-list as a file: a sheet for each team, a first sheet that explains, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from earlyhelp.check import fix_book, fix_list
from earlyhelp.check.fix_list import Line

LINE = Line(
    "f.csv", "List 1", "7", "contact", "c1", "contact_date", "EH-241", "", "Correct it.", "North", "w1", "error"
)
AS_AT = date(2026, 3, 31)


def book(tmp_path: Path, *lines: Line) -> openpyxl.Workbook:
    fix_book.write_book(lines, tmp_path / "fix.xlsx", council="Testing", snapshot="s-1", as_at=AS_AT)
    return openpyxl.load_workbook(tmp_path / "fix.xlsx")


def test_each_team_has_a_sheet_and_what_has_no_team_comes_last(tmp_path):
    lines = [LINE._replace(team=team) for team in ("South", "North", "")]
    found = book(tmp_path, LINE._replace(team="", record=""), *lines)
    assert found.sheetnames == ["Read me", "North", "South", "No team", "Files"]


def test_a_sheet_shows_the_columns_that_hold_something_and_the_worker_first(tmp_path):
    headings, row = book(tmp_path, LINE)["North"].iter_rows(values_only=True)
    assert headings[:4] == ("Worker", "Severity", "Kind of record", "Record")
    assert "Shape of what was found" not in headings
    assert dict(zip(headings, row, strict=True))["What to do"] == "Correct it."


def test_the_first_sheet_says_how_many_errors_and_warnings_each_sheet_holds(tmp_path):
    found = book(tmp_path, LINE, LINE._replace(severity="warning"), LINE._replace(severity="warning"))
    assert ("North", 3, 1, 2) in list(found["Read me"].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("teams", "names"),
    [
        (["North: [A/B]?"], ["North   A B"]),
        (["north", "North"], ["North", "north (2)"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 27 + " (2)"]),
        (["Read me", "History", "'"], ["Team", "History (2)", "Read me (2)"]),
    ],
)
def test_a_team_of_any_name_gets_a_sheet_of_its_own(tmp_path, teams, names):
    assert book(tmp_path, *(LINE._replace(team=team) for team in teams)).sheetnames[1:] == names


def test_a_record_that_looks_like_a_formula_is_text_in_both_kinds_of_file(tmp_path):
    line = LINE._replace(record="=1+1")
    book(tmp_path, line)
    with zipfile.ZipFile(tmp_path / "fix.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert "=1+1" in "".join(sheets)
    assert "<f>" not in "".join(sheets)
    fix_list.write([line], tmp_path / "fix.csv")
    _, row = csv.reader((tmp_path / "fix.csv").read_text("utf-8").splitlines())
    assert "'=1+1" in row


def test_the_same_lines_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        book(tmp_path / name, LINE)
    assert (tmp_path / "one" / "fix.xlsx").read_bytes() == (tmp_path / "two" / "fix.xlsx").read_bytes()
