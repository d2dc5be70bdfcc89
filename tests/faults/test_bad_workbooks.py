"""Workbooks as people leave them: cut short, locked, retitled, merged, full of formulas."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.faults.damaged import (
    CHILD,
    LIST_1,
    LIST_3,
    NAME,
    OTHER,
    Lists,
    annex_a,
    contact_list,
    in_first_sheet,
    locked_workbook,
    workbook,
)
from tests.staged import RECEIVED_ON, Staged, refusal, stage

from earlyhelp.pipeline import load
from earlyhelp.store.workspace import create_workspace

FIRST, SECOND = date(2025, 4, 1), date(2025, 4, 2)
REFERRAL = (*OTHER, SECOND, "2A", "No", "North", "W1")


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9, 0.999])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, kept: float) -> None:
    file = annex_a(tmp_path / "annex_a.xlsx")
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    assert "cut short" in refusal(tmp_path, file).error


def test_a_workbook_with_a_byte_changed_in_its_sheet_is_refused_or_whole(tmp_path: Path) -> None:
    file = annex_a(tmp_path / "annex_a.xlsx")
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 90
    content[place] ^= 0xFF
    file.write_bytes(content)
    assert refusal(tmp_path, file).where.startswith("annex_a.xlsx")


def test_a_workbook_with_a_password_is_refused_by_that_name(tmp_path: Path) -> None:
    refused = refusal(tmp_path, locked_workbook(tmp_path / "annex_a.xlsx"))
    assert "password" in refused.error
    assert "password" in refused.fix


def test_a_locked_workbook_under_the_name_of_an_old_one_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal(tmp_path, locked_workbook(tmp_path / "annex_a.xls")).error


@pytest.mark.parametrize("inside", [{}, {"word/document.xml": "<document/>"}, {"a.csv": "contact_id\n1\n"}])
def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path, inside: dict[str, str]) -> None:
    file = tmp_path / "annex_a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    assert refusal(tmp_path, file).where.startswith("annex_a.xlsx")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"</sheetData>", b""),
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"not XML at all",
        lambda xml: b"",
    ],
    ids=["an end tag missing", "half", "no XML", "empty"],
)
def test_a_sheet_that_is_not_well_formed_loses_no_row_in_silence(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    assert refusal(tmp_path, in_first_sheet(annex_a(tmp_path / "annex_a.xlsx"), change)).error


def test_entities_declared_in_a_sheet_are_not_expanded(tmp_path: Path) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "expanded"><!ENTITY b SYSTEM "secret.txt">]>'
    inline = b't="inlineStr"><is><t>&a;&b;</t></is></c>'

    def change(xml: bytes) -> bytes:
        body = xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?xml") else xml
        return declared + body.replace(b't="n"><v>6</v></c>', inline)

    rows = contact_list((*CHILD, FIRST, 6), (*OTHER, SECOND, "2A"))
    file = in_first_sheet(workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}), change)
    with zipfile.ZipFile(file) as archive:
        assert b"&a;&b;" in archive.read("xl/worksheets/sheet1.xml")
    workspace = create_workspace(tmp_path / "council", "E09000032")
    loaded = load(workspace, [file], RECEIVED_ON)
    for feed in loaded.feeds:
        staged = Staged(feed.report, workspace.feeds / feed.feed_id)
        assert staged.account[0] == 2
        assert not [row for row in staged.rows("contact") if "expanded" in str(row)]
    assert len(loaded.feeds) + len(loaded.refused) == 1


def test_a_missing_list_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lists: Lists = {"List_1": contact_list((*CHILD, FIRST, "6")), "List_3": [LIST_3, REFERRAL]}
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists))
    assert staged.parts == {"List_1": (1, 1, 0), "List_3": (1, 1, 0)}
    assert "List 2" in staged.report["parts_missing"]
    assert "List 3" not in staged.report["parts_missing"]


def test_sheets_under_other_names_are_known_by_their_headings(tmp_path: Path) -> None:
    lists: Lists = {
        "Contacts": contact_list((*CHILD, FIRST, "6")),
        "Refs (final)": [LIST_3, REFERRAL],
        "Notes": [("Hello",)],
    }
    staged = stage(tmp_path, workbook(tmp_path / "our lists.xlsx", lists))
    assert staged.parts == {"Contacts": (1, 1, 0), "Refs (final)": (1, 1, 0)}
    assert [each["part"] for each in staged.report["left_out"]] == ["Notes"]


def test_the_same_list_on_two_sheets_is_read_from_both(tmp_path: Path) -> None:
    lists: Lists = {"List_1": contact_list((*CHILD, FIRST, "6")), "List 1 (2)": contact_list((*OTHER, SECOND, "2A"))}
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists))
    assert staged.parts == {"List_1": (1, 1, 0), "List 1 (2)": (1, 1, 0)}


def test_a_copy_of_list_1_is_not_left_out_as_list_11(tmp_path: Path) -> None:
    rows = contact_list((*CHILD, FIRST, "6"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List 1 (1)": rows}))
    assert staged.parts == {"List 1 (1)": (1, 1, 0)}


def test_a_renamed_heading_that_is_needed_sets_its_list_aside_and_no_other(tmp_path: Path) -> None:
    renamed = tuple("When we heard" if heading == "Date of Contact" else heading for heading in LIST_1)
    lists: Lists = {"List_1": [renamed, (*CHILD, FIRST, "6"), (*OTHER, SECOND, "2A")], "List_3": [LIST_3, REFERRAL]}
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists))
    assert staged.parts == {"List_1": (2, 0, 2), "List_3": (1, 1, 0)}
    assert set(staged.set_aside.values()) == {"missing_column"}
    assert {row["column_name"] for row in staged.quarantine} == {"Date of Contact"}


def test_headings_with_a_slip_of_the_pen_are_known(tmp_path: Path) -> None:
    slips = ("date of contact", " Date of  Contact\n", "DATE OF CONTACT:", "Date of Contcat")
    lists: Lists = {
        f"List 1 {letter}": [[slip if each == "Date of Contact" else each for each in LIST_1], (*CHILD, FIRST, "6")]
        for letter, slip in zip("abcd", slips, strict=True)
    }
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists))
    assert staged.parts == dict.fromkeys(lists, (1, 1, 0))


def test_reordered_headings_read_the_same(tmp_path: Path) -> None:
    rows = [LIST_1, (*CHILD, FIRST, "6")]
    turned = [tuple(reversed(row)) for row in rows]
    (row,) = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": turned})).rows("contact")
    assert (row["contact_date"], row["source_code"]) == (FIRST, "6")


def test_the_headings_are_found_with_and_without_title_rows(tmp_path: Path) -> None:
    list_1 = contact_list((*CHILD, FIRST, "6"), (*OTHER, SECOND, "2A"))
    above = [("List 1: Contacts",), (), ("Extracted by the data team", 2025)]
    lists: Lists = {"List 1 a": list_1, "List 1 b": [*above[:1], *list_1], "List 1 c": [*above, *list_1]}
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists))
    assert staged.parts == dict.fromkeys(lists, (2, 2, 0))
    assert sorted(row["row_no"] for row in staged.rows("contact")) == [2, 3, 3, 4, 5, 6]


def test_a_list_of_headings_alone_is_empty_and_no_error(tmp_path: Path) -> None:
    assert stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": [LIST_1]})).account == (0, 0, 0)


def test_a_list_without_headings_is_refused_and_not_taken_for_data(tmp_path: Path) -> None:
    assert refusal(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": [(*CHILD, FIRST, "6")]})).error


def test_a_workbook_of_empty_sheets_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": [], "List_2": []})).error


def test_blank_rows_are_no_rows_and_a_total_below_them_is_set_aside(tmp_path: Path) -> None:
    rows = contact_list(
        (*CHILD, FIRST, "6"), (), (None, "", " "), (*OTHER, SECOND, "2A"), (), ("Total", None, None, None, 2)
    )
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}))
    assert staged.account == (3, 2, 1)
    assert staged.set_aside == {7: "missing_date"}


def test_excels_errors_in_a_date_are_set_aside_and_elsewhere_flagged(tmp_path: Path) -> None:
    errors = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?")
    rows = [LIST_3, *((*OTHER, error, "2A", "No", "North", "W1") for error in errors), (*REFERRAL[:8], "North", "#N/A")]
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_3": rows}))
    assert staged.account == (6, 1, 5)
    assert staged.set_aside == dict.fromkeys(range(2, 7), "spreadsheet_error")


def test_an_error_in_a_code_is_a_value_not_recorded_and_flagged(tmp_path: Path) -> None:
    rows = contact_list((*CHILD, FIRST, "#N/A"), (*OTHER, SECOND, "#REF!"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}))
    assert staged.account == (2, 2, 0)
    assert [row["source_code"] for row in staged.rows("contact")] == ["not_recorded", "not_recorded"]
    assert (2, "spreadsheet_error") in staged.flagged


def test_formulas_saved_without_their_values_are_noticed(tmp_path: Path) -> None:
    """openpyxl, like many exports, writes formulas and no values: to a reader the cell would look empty."""
    rows = contact_list((*CHILD, "=TODAY()-400", "6"), (*OTHER[:4], "=2025-2014", SECOND, "=A3"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}))
    assert staged.account == (2, 1, 1)
    assert staged.set_aside == {2: "spreadsheet_error"}
    assert (3, "spreadsheet_error") in staged.flagged


def test_formulas_saved_with_their_values_are_read(tmp_path: Path) -> None:
    rows = contact_list((*CHILD, "=DATE(2025,4,1)", "6"))
    file = workbook(tmp_path / "annex_a.xlsx", {"List_1": rows})
    in_first_sheet(
        file, lambda xml: xml.replace(b"</f><v></v>", b"</f><v>45748</v>").replace(b"</f><v/>", b"</f><v>45748</v>")
    )
    staged = stage(tmp_path, file)
    assert staged.account == (1, 1, 0)
    assert staged.rows("contact")[0]["contact_date"] == FIRST


def test_a_merged_id_counts_for_its_first_row_and_the_others_are_set_aside(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book["List_1"].merge_cells("A2:A3")

    rows = contact_list((*CHILD, FIRST, "6"), (*CHILD, SECOND, "6"), (*OTHER, SECOND, "6"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}, merge))
    assert staged.account == (3, 2, 1)
    assert staged.set_aside == {3: "missing_key"}


def test_a_merged_title_and_merged_headings_do_no_harm(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book["List_1"].merge_cells("A1:G1")
        book["List_1"].merge_cells("H2:J2")

    rows = [("List 1: Contacts",), (*LIST_1, "Comments"), (*CHILD, FIRST, "6", NAME)]
    assert stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}, merge)).account == (1, 1, 0)


def test_a_child_who_stands_in_a_list_on_two_days_is_in_twice_and_a_row_that_stands_twice_has_one_key(
    tmp_path: Path,
) -> None:
    rows = contact_list((*CHILD, FIRST, "6"), (*CHILD, FIRST, "6"), (*CHILD, SECOND, "6"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}))
    assert staged.account == (3, 3, 0)
    assert len({row["person_key"] for row in staged.rows("contact")}) == 1
    assert len({row["contact_id"] for row in staged.rows("contact")}) == 2


def test_rows_and_sheets_that_are_hidden_are_read(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["List_1"].row_dimensions[2].hidden = True
        book["List_3"].sheet_state = "veryHidden"

    lists: Lists = {"List_1": contact_list((*CHILD, FIRST, "6"), (*OTHER, SECOND, "2A")), "List_3": [LIST_3, REFERRAL]}
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", lists, hide))
    assert staged.parts == {"List_1": (2, 2, 0), "List_3": (1, 1, 0)}


def test_an_id_is_the_same_as_a_number_and_as_text(tmp_path: Path) -> None:
    numbers = contact_list(
        (1001, *CHILD[1:], FIRST, 6), (1001.0, *CHILD[1:], SECOND, 6), ("1001", *CHILD[1:], date(2025, 4, 3), "6")
    )
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": numbers}))
    assert len({row["person_key"] for row in staged.rows("contact")}) == 1
    assert {row["source_code"] for row in staged.rows("contact")} == {"6"}


def test_dates_are_right_in_a_workbook_that_counts_days_from_1904(tmp_path: Path) -> None:
    def count_from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    rows = contact_list((*CHILD, datetime(2025, 4, 1, 9, 30), "6"))
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}, count_from_1904))
    assert staged.rows("contact")[0]["contact_date"] == FIRST


def test_an_old_workbook_is_read_with_the_dirt_in_it(tmp_path: Path, shared: Path) -> None:
    staged = stage(tmp_path, shared / "samples" / "annex_a" / "cscdp_example-A-2005.xls")
    assert {name: account for name, account in staged.parts.items() if account[0]} == {
        "List_1": (1, 1, 0),
        "List_2": (12, 12, 0),
    }


def test_a_web_page_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "export.xls"
    file.write_text(f"<html><table><tr><td>Child Unique ID</td></tr><tr><td>{NAME}</td></tr></table></html>")
    assert refusal(tmp_path, file).where.startswith("export.xls")
