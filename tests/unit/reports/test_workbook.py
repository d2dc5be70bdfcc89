"""An accessible workbook, whatever stands in the document: no formula, no link, no empty cell, no two headings alike."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports import to_workbook
from earlyhelp.reports.blocks import Block, Content, Heading, Note, TableBlock, Text
from earlyhelp.reports.to_workbook import NOTHING, write_workbook

MADE = datetime(2026, 3, 31)
BARE = Content("Paper", "", "Thornbridge", (Heading(1, "First"),))


def written(target: Path, *blocks: Block) -> dict[str, Worksheet]:
    """The sheets of the workbook that these blocks make, by name."""
    write_workbook(Content("Paper", "As at today.", "Thornbridge", (Heading(1, "First"), *blocks)), target, MADE)
    return {sheet.title: sheet for sheet in load_workbook(target)}


def cells(sheet: Worksheet) -> list[list[object]]:
    """The marked-up table of a sheet, its heads first."""
    [marked] = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[marked.ref]]


def test_title_how_to_read_it_and_one_marked_up_table_stand_on_each_sheet(tmp_path: Path):
    table = TableBlock("Waits", ("month", "days"), (("April 2026", "1,204"), ("May 2026", "too few to say")))
    sheets = written(tmp_path / "p.xlsx", Text("What it is."), table, Note("How it was counted."))
    assert list(sheets) == ["Cover", "Contents", "Table 1"]
    assert [row[0].value for row in sheets["Cover"].iter_rows()] == [
        "Paper", "Introductory information", "As at today.", "What it is.", "About these data", "How it was counted.",
    ]  # fmt: skip
    assert sheets["Table 1"]["A1"].value == "Table 1: Waits"
    assert "the cell says why in words" in sheets["Table 1"]["A2"].value
    assert cells(sheets["Table 1"]) == [["month", "days"], ["April 2026", 1204], ["May 2026", "too few to say"]]
    assert cells(sheets["Contents"])[1:] == [["Table 1", "Table 1: Waits"]]
    assert sheets["Contents"]["A4"].hyperlink.location == "'Table 1'!A1"


def test_a_cell_never_is_a_formula_a_link_or_a_note(tmp_path: Path):
    names = ("=1+1", "{=1+1}", "[Steps](https://example.org)", "$$note$$", "https://example.org")
    sheets = written(tmp_path / "p.xlsx", TableBlock("Services", ("name",), tuple((name,) for name in names)))
    found = [cell for row in sheets["Table 1"].iter_rows(min_row=4) for cell in row]
    assert [cell.value for cell in found] == [
        "=1+1", "{=1+1}", "[Steps] (https://example.org)", "$ $note$ $", "https://example.org",
    ]  # fmt: skip
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)


def test_what_a_heading_a_title_or_a_note_says_is_no_mark_either(tmp_path: Path):
    table = TableBlock("Worth $$$", ("of $$what$$",), (("care",),))
    sheets = written(
        tmp_path / "p.xlsx", table, Note("See [there](https://example.org) and [here](https://example.org).")
    )
    assert sheets["Table 1"]["A1"].value == "Table 1: Worth $ $ $"
    assert cells(sheets["Table 1"]) == [["of $ $what$ $"], ["care"]]
    assert sheets["Cover"]["A5"].value == "See [there] (https://example.org) and [here] (https://example.org)."
    assert sheets["Cover"]["A5"].hyperlink is None


def test_a_sign_alone_is_put_in_words(tmp_path: Path):
    sheets = written(tmp_path / "p.xlsx", TableBlock("T", ("a", "b", "c"), (("x", "–", "£5"), ("y", "-3", "..."))))
    assert cells(sheets["Table 1"])[1:] == [["x", NOTHING, "£5"], ["y", -3, NOTHING]]


def test_headings_alike_are_told_apart(tmp_path: Path):
    sheets = written(tmp_path / "p.xlsx", TableBlock("T", ("year", "all", "year"), (("1", "2", "3"),)))
    assert cells(sheets["Table 1"]) == [["year (1)", "all", "year (2)"], [1, 2, 3]]


def test_a_long_cell_goes_on_in_the_next_line_of_a_row_that_is_high_enough(tmp_path: Path):
    sheet = written(tmp_path / "p.xlsx", TableBlock("T", ("a", "b"), (("1", "word " * 60), ("2", "short"))))["Table 1"]
    assert sheet.column_dimensions["B"].width < 60
    assert sheet["B4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height > 70
    assert sheet.row_dimensions[5].height is None


def test_the_same_document_makes_the_same_file(tmp_path: Path):
    for name in ("first.xlsx", "second.xlsx"):
        write_workbook(BARE, tmp_path / name, MADE)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    assert load_workbook(tmp_path / "first.xlsx").properties.created == MADE


@pytest.mark.parametrize(
    ("code", "fix"), [(to_workbook.NOT_INSTALLED, "pip install 'earlyhelp[documents]'"), (1, "Write .docx or .html")]
)
def test_what_cannot_be_written_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code, fix):
    ended = subprocess.CompletedProcess([], code, "", "Traceback ...")
    monkeypatch.setattr(to_workbook.subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(EarlyHelpError) as told:
        write_workbook(BARE, tmp_path / "p.xlsx", MADE)
    assert fix in told.value.fix
    assert "Traceback" not in told.value.error


def test_a_process_that_never_ends_is_told_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(to_workbook, "_SECONDS", 0)
    with pytest.raises(EarlyHelpError, match="could not be written"):
        write_workbook(BARE, tmp_path / "p.xlsx", MADE)


def test_the_process_says_so_where_gptables_is_missing(tmp_path: Path):
    code = "import sys; sys.modules['gptables'] = None; import runpy; sys.argv = ['p', sys.argv[1]]; "
    code += "runpy.run_module('earlyhelp.reports.workbook_process', run_name='__main__')"
    told = json.dumps(to_workbook.laid_out(BARE))
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "p.xlsx")], input=told, text=True, check=False)
    assert done.returncode == to_workbook.NOT_INSTALLED
