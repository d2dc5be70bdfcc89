"""Files of released tables: hidden counts stand as the policy's symbol, beside its mark, and no text is ever a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.register_tables import QUARTERS, WARDS, YEAR, table

from earlyhelp.release.register_files import headings, lines, mark, write_as_json, write_csv, write_xlsx
from earlyhelp.release.register_table import ReleasedTable, table_from
from earlyhelp.reports.blocks_kept import content_from, content_kept
from earlyhelp.reports.released_table import said_of, table_content
from earlyhelp.reports.to_html import html_page
from earlyhelp.standard.sql import FORMULA_SIGNS

MADE = datetime(2026, 4, 1)
COUNTS = {(YEAR, (ward,)): float(count) for ward, count in zip(WARDS, (0, 3, 8, 20, 21, 1022), strict=True)}
DFE = table(("ward_code",), COUNTS)
SIGNS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "=cmd|'/c calc'!A0", "-1+1", "@SUM(1)", '=HYPERLINK("x")'])
TEXTS = st.one_of(SIGNS, st.builds("".join, st.tuples(SIGNS, st.text(max_size=8))), st.text(max_size=8)).map(
    lambda text: "".join(each for each in text if each in "\t\r" or each.isprintable())
)
EXAMPLES = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def told(made: ReleasedTable, name: str) -> list[object]:
    return [line[headings(made).index(name)] for line in lines(made, "R1")]


@pytest.mark.parametrize(
    ("rule", "symbol", "shown", "rounded_to"),
    [
        ("dfe", "c", [0, "c", "c", 20, 21, 1022], 0),
        ("nhs", "*", [0, "*", 10, 20, 20, 1020], 5),
        ("opensafely", "[REDACTED]", [0, "[REDACTED]", 10, 20, 20, 1020], 5),
        ("open-data", "c", [0, "c", 10, 20, 20, 1020], 5),
    ],
)
def test_hidden_counts_stand_as_the_symbol_of_the_policy(rule: str, symbol: str, shown: list, rounded_to: int):
    made = table(("ward_code",), COUNTS, rule=rule)
    assert told(made, "numerator") == shown
    assert told(made, "symbol") == [symbol] * 6
    assert told(made, "rounded_to") == [rounded_to] * 6
    assert told(made, "policy") == [rule] * 6
    assert f"policy {rule}: {symbol} stands for counts of 1 to" in mark(made, "R1")


def test_the_mark_says_whether_counts_are_exact_and_others_hidden_besides():
    assert mark(DFE, "R4") == (
        "Release R4, policy dfe: c stands for counts of 1 to 5, and further counts so that none of these can be worked out; "
        "counts are exact."
    )
    assert mark(table((), {(YEAR, ()): 20.0}, rule="nhs"), "R1").endswith("counts of 1 to 7; counts are rounded to 5.")


def test_not_mature_and_no_data_are_neither_hidden_nor_zero():
    rows = (DFE.rows[0], replace(DFE.rows[3], numerator=None, value=None, lower=None, upper=None, status="not_mature"))
    made = replace(DFE, rows=rows)
    assert told(made, "numerator") == [0, "not_mature"]
    assert told(made, "status") == ["ok", "not_mature"]


def test_a_count_has_no_column_of_denominators_and_labels_stand_beside_their_codes():
    by_band = table(("age_band",), {(YEAR, ("5-9",)): 20.0})
    assert "denominator" not in headings(DFE)
    assert told(by_band, "age_band_label") == ["5 to 9"]
    assert "ward_code_label" not in headings(DFE)


def test_values_are_told_to_so_few_decimals_that_they_tell_no_more_than_their_counts():
    assert [row.lower for row in DFE.rows] == [round(row.lower, 1) if row.lower else row.lower for row in DFE.rows]


@EXAMPLES
@given(text=TEXTS, label=TEXTS)
def test_no_text_is_taken_for_a_formula_in_csv(text: str, label: str, tmp_path: Path):
    made = named(text, label)
    write_csv(made, "=R1", tmp_path / "table.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "table.csv").read_text("utf-8"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert not any(cell.startswith(FORMULA_SIGNS) for cell in cells)
    assert all(row[-1] == "'=R1" for row in rows[1:])


@EXAMPLES
@given(text=TEXTS, label=TEXTS)
def test_no_text_is_taken_for_a_formula_a_link_or_a_number_in_a_workbook(text: str, label: str, tmp_path: Path):
    made, file = named(text, label), tmp_path / "table.xlsx"
    write_xlsx(made, "R1", [f"={label}", text], file, MADE)
    with zipfile.ZipFile(file) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in each or b"<f " in each or b"hyperlink" in each for each in sheets)
    sheet = openpyxl.load_workbook(file)["Table"]
    kinds = {sheet.cell(row=4, column=1 + headings(made).index(name)).data_type for name in ("ward_code", "name")}
    assert kinds <= {"s", "n"}  # an empty text is an empty cell
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def named(text: str, label: str) -> ReleasedTable:
    rows = tuple(replace(row, dims={"ward_code": text}, labels={"ward_code_label": label}) for row in DFE.rows)
    return replace(DFE, name=text, rows=rows)


def test_negative_numbers_stay_numbers(tmp_path: Path):
    net = replace(DFE, rows=(replace(DFE.rows[3], numerator=-12.0, value=-12.0),))
    write_csv(net, "R1", tmp_path / "net.csv")
    assert ",-12," in (tmp_path / "net.csv").read_text("utf-8")
    write_xlsx(net, "R1", ["Net"], tmp_path / "net.xlsx", MADE)
    sheet = openpyxl.load_workbook(tmp_path / "net.xlsx")["Table"]
    assert sheet.cell(row=4, column=1 + headings(net).index("numerator")).value == -12


def test_codes_keep_their_leading_zeros_in_a_workbook(tmp_path: Path):
    made = replace(DFE, rows=(replace(DFE.rows[3], dims={"ward_code": "0012"}),))
    write_xlsx(made, "R1", ["Wards"], tmp_path / "wards.xlsx", MADE)
    sheet = openpyxl.load_workbook(tmp_path / "wards.xlsx")["Table"]
    assert sheet.cell(row=4, column=1 + headings(made).index("ward_code")).value == "0012"


def test_a_workbook_holds_its_mark_and_nothing_that_was_hidden(tmp_path: Path):
    """The exact counts 3 and 8 are hidden: no cell, no property and no cache of the file holds them."""
    write_xlsx(DFE, "R1", ["Requests", "Made for a test."], tmp_path / "table.xlsx", MADE)
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    assert book["About"]["A2"].value == mark(DFE, "R1")
    assert mark(DFE, "R1") in book["Table"]["A1"].value
    numbers = {cell.value for row in book["Table"].iter_rows() for cell in row if isinstance(cell.value, int | float)}
    assert {3, 8} & numbers == set()
    assert book.properties.created == MADE


def test_json_tells_hidden_counts_as_nothing_with_their_status_and_nothing_of_how_zeros_stand(tmp_path: Path):
    write_as_json(DFE.without([0]), "R1", ["Requests"], tmp_path / "table.json")
    text = (tmp_path / "table.json").read_text("utf-8")
    content = json.loads(text)
    assert [row["numerator"] for row in content["rows"]] == [None, None, None, 20, 21, 1022]
    assert [row["status"] for row in content["rows"]] == ["suppressed"] * 3 + ["ok"] * 3
    assert content["mark"] == mark(DFE, "R1")
    assert "zeros" not in text


def test_a_page_shows_the_symbol_the_mark_and_escapes_names():
    content = table_content(named("<script>alert(1)</script>", "=1"), "R1", ["Requests", *said_of(DFE)])
    page = html_page(content)
    assert "<script>" not in page
    assert "policy dfe: c stands for" in page
    assert page.count(">c<") == 2 * 4  # two hidden rows with four numbers each


def test_a_table_and_a_document_are_the_same_after_they_were_kept():
    made = table(("ward_code",), {(span, (ward,)): 9.0 for span in QUARTERS for ward in WARDS})
    assert table_from(json.loads(json.dumps(made.as_dict()))) == made
    content = table_content(made, "R1", ["Requests", *said_of(made)])
    assert content_from(json.loads(json.dumps(content_kept(content)))) == content


def test_a_workbook_can_be_read_as_it_opens(tmp_path: Path):
    """The title is bold, what is said of it wraps in one wide column; the table has its headings in bold, and room."""
    write_xlsx(DFE, "R1", ["Requests", "Made for a test."], tmp_path / "table.xlsx", MADE)
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    about, sheet = book["About"], book["Table"]
    assert [about[f"A{row}"].value for row in (1, 3, 4)] == ["Requests", "Made for a test.", None]
    assert [about[f"A{row}"].font.b for row in (1, 2, 3)] == [True, False, False]
    assert [bool(about[f"A{row}"].alignment.wrap_text) for row in (1, 2, 3)] == [False, True, True]
    assert about.column_dimensions["A"].width > 90
    wide = sheet.column_dimensions["A"]
    assert 15 < wide.width < 25
    assert (wide.min, wide.max) == (1, len(headings(DFE))), "every column of the table, and no other"
    assert [cell.value for cell in sheet[3]] == headings(DFE)
    assert {cell.font.b for cell in sheet[3]} == {True}
    assert {cell.font.b for cell in sheet[4]} == {False}
    assert sheet["A1"].font.b


def test_json_can_be_read_by_people_with_names_as_they_are_written(tmp_path: Path):
    write_as_json(replace(DFE, name="Prośby"), "R1", ["Requests"], tmp_path / "table.json")
    text = (tmp_path / "table.json").read_text("utf-8")
    assert "Prośby" in text
    assert text.splitlines()[1] == '  "title": "Requests",'
