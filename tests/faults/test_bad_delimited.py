"""Delimited text as it really arrives: every row is accepted or in quarantine, or the file is refused with a reason."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from tests.faults.damaged import CONTACT_HEADINGS, CONTACTS, annex_a, contacts
from tests.staged import refusal, stage

ACCENTED = f'{CONTACT_HEADINGS}\n1,a,2025-04-01,6,"Zoë’s café, £5"\n2,b,2025-04-02,2A,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_reads_the_same_in_every_encoding_a_council_may_use(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "contact.csv"
    file.write_bytes(ACCENTED.encode(encoding))
    staged = stage(tmp_path, file)
    assert staged.account == (2, 2, 0)
    assert [row["reason_raw"] for row in staged.rows("contact")] == ["Zoë’s café, £5", None]


def test_utf_16_with_its_mark_in_front_of_big_ends_reads_the_same(tmp_path: Path) -> None:
    file = tmp_path / "contact.csv"
    file.write_bytes(codecs.BOM_UTF16_BE + ACCENTED.encode("utf-16-be"))
    assert [row["reason_raw"] for row in stage(tmp_path, file).rows("contact")] == ["Zoë’s café, £5", None]


def test_a_stray_byte_in_a_file_of_utf_8_costs_no_row(tmp_path: Path) -> None:
    file = contacts(tmp_path, *CONTACTS)
    file.write_bytes(file.read_bytes().replace(b"Money", b"Mon\x81ey"))
    assert stage(tmp_path, file).account == (3, 3, 0)


def test_nul_bytes_are_dropped_and_the_rows_around_them_stay(tmp_path: Path) -> None:
    file = contacts(tmp_path, *CONTACTS)
    file.write_bytes(file.read_bytes().replace(b"Money", b"Mo\0ney").replace(b"\n3,", b"\0\n3,"))
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert [row["reason_raw"] for row in staged.rows("contact")][1:] == ["Money", "Housing"]
    assert any("NUL" in note for note in staged.report["notes"])


def test_a_row_with_a_cell_too_many_is_set_aside_whole(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path, *CONTACTS, "4,d,2025-04-04,6,Zebedee Quillfeather, born 2011-07-19"))
    assert staged.account == (4, 3, 1)
    assert staged.set_aside == {5: "ragged_row"}
    assert "Quillfeather" in staged.quarantine[0]["content"]
    assert "Quillfeather" not in staged.quarantine[0]["found"]


def test_a_row_with_a_cell_too_few_is_not_lost(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path, *CONTACTS, "4,d,2025-04-04,6", "5,e,2025-04-05,6,Debt"))
    read, accepted, quarantined = staged.account
    assert (read, accepted + quarantined) == (5, 5)
    assert {row["contact_id"] for row in staged.rows("contact")} >= {"1", "2", "3", "5"}


def test_a_row_torn_in_two_by_an_unquoted_line_break_loses_neither_piece(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path, *CONTACTS, "4,d,2025-04-04,6,Zebedee", "Quillfeather seen"))
    assert staged.account == (5, 4, 1)
    assert list(staged.set_aside) == [6]


def test_line_breaks_and_doubled_quotes_inside_quotation_marks_belong_to_the_value(tmp_path: Path) -> None:
    said = 'First line\nsecond, "so called"\r\nthird'
    quoted = said.replace('"', '""')
    file = contacts(tmp_path, CONTACTS[0], f'2,b,2025-04-02,2A,"{quoted}"', CONTACTS[2], "4,d,,6,")
    staged = stage(tmp_path, file)
    assert staged.account == (4, 3, 1)
    found = [row["reason_raw"] for row in staged.rows("contact")]
    assert found[1].replace("\r\n", "\n") == said.replace("\r\n", "\n")
    assert staged.set_aside == {5: "missing_date"}


def test_an_unclosed_quotation_mark_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    staged = stage(
        tmp_path, contacts(tmp_path, CONTACTS[0], '2,b,2025-04-02,2A,"Money', CONTACTS[2], "4,d,2025-04-04,6,")
    )
    assert staged.account == (4, 3, 1)
    assert staged.set_aside == {3: "unclosed_quote"}


def test_two_stray_quotation_marks_do_not_swallow_the_rows_between_them(tmp_path: Path) -> None:
    rows = ('2,b,2025-04-02,2A,5" nail', "3,c,2025-04-03,1A,", '4,d,2025-04-04,6,6" nail', "5,e,2025-04-05,6,")
    staged = stage(tmp_path, contacts(tmp_path, CONTACTS[0], *rows))
    assert staged.account[0] == 5
    assert {row["contact_id"] for row in staged.rows("contact")} >= {"1", "3", "5"}


def test_a_byte_order_mark_before_a_quoted_heading_is_no_part_of_it(tmp_path: Path) -> None:
    file = contacts(tmp_path, *CONTACTS, headings=CONTACT_HEADINGS.replace("contact_id", '"contact_id"'))
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert stage(tmp_path, file).account == (3, 3, 0)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_recognised_though_commas_stand_in_the_text(tmp_path: Path, delimiter: str) -> None:
    lines = [CONTACT_HEADINGS, *CONTACTS[:2], "3,c,2025-04-03,1A,"]
    file = tmp_path / "contact.csv"
    file.write_text("\n".join(line.replace(",", delimiter) for line in lines) + "Housing, debt, and a bed\n")
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert staged.rows("contact")[2]["reason_raw"] == "Housing, debt, and a bed"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_are_read(tmp_path: Path, ends: str) -> None:
    file = tmp_path / "contact.csv"
    file.write_bytes(ends.join([CONTACT_HEADINGS, *CONTACTS]).encode())
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert [row["row_no"] for row in staged.rows("contact")] == [2, 3, 4]


def test_blank_lines_are_no_rows_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path, CONTACTS[0], "", ",,,,", CONTACTS[1], "   ", CONTACTS[2], ""))
    assert staged.account == (3, 3, 0)
    assert [row["contact_id"] for row in staged.rows("contact")] == ["1", "2", "3"]


def test_empty_columns_behind_the_last_one_do_no_harm(tmp_path: Path) -> None:
    file = contacts(tmp_path, *(f"{row},,," for row in CONTACTS), headings=CONTACT_HEADINGS + ",,,")
    assert stage(tmp_path, file).account == (3, 3, 0)


def test_empty_cells_behind_the_last_column_do_no_harm(tmp_path: Path) -> None:
    assert stage(tmp_path, contacts(tmp_path, CONTACTS[0], f"{CONTACTS[1]},,,", CONTACTS[2])).account == (3, 3, 0)


def test_headings_alone_are_an_empty_list_and_no_error(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path))
    assert staged.account == (0, 0, 0)
    assert staged.rows("contact") == []


def test_titles_above_the_headings_are_no_rows(tmp_path: Path) -> None:
    file = contacts(tmp_path, CONTACT_HEADINGS, *CONTACTS, headings="Requests of the year,,,,\nPrinted 1 April,,,,")
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert [row["row_no"] for row in staged.rows("contact")] == [4, 5, 6]


def test_reordered_headings_with_capitals_and_spaces_read_the_same(tmp_path: Path) -> None:
    headings = "Reason Raw,CONTACT DATE, Contact ID ,source-code,Person_Key"
    staged = stage(tmp_path, contacts(tmp_path, "Money,2025-04-01,1,6,a", headings=headings))
    (row,) = staged.rows("contact")
    assert (row["contact_id"], row["person_key"], row["source_code"], row["reason_raw"]) == ("1", "a", "6", "Money")


def test_a_needed_heading_nobody_knows_is_named_in_the_refusal(tmp_path: Path) -> None:
    file = contacts(tmp_path, *CONTACTS, headings=CONTACT_HEADINGS.replace("contact_date", "when_it_came"))
    assert "contact_date" in refusal(tmp_path, file).error


def test_a_heading_that_stands_twice_is_reported_and_the_first_is_read(tmp_path: Path) -> None:
    file = contacts(tmp_path, *(f"{row},2024-12-31" for row in CONTACTS), headings=CONTACT_HEADINGS + ",contact_date")
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert str(staged.rows("contact")[0]["contact_date"]) == "2025-04-01"
    assert [part["columns_repeated"] for part in staged.report["parts"]] == [["contact_date"]]


def test_columns_nobody_asked_for_are_named_and_not_read(tmp_path: Path) -> None:
    file = contacts(tmp_path, *(f"{row},x" for row in CONTACTS), headings=CONTACT_HEADINGS + ",shoe_size")
    staged = stage(tmp_path, file)
    assert staged.account == (3, 3, 0)
    assert [part["columns_not_read"] for part in staged.report["parts"]] == [["shoe_size"]]


def test_a_row_that_stands_twice_is_in_twice_and_flagged_once(tmp_path: Path) -> None:
    staged = stage(tmp_path, contacts(tmp_path, *CONTACTS, CONTACTS[1]))
    assert staged.account == (4, 4, 0)
    assert [rule for _, rule in staged.flagged if rule == "repeated_key"] == ["repeated_key"]


def test_missing_keys_go_to_quarantine_and_missing_codes_do_not(tmp_path: Path) -> None:
    staged = stage(
        tmp_path, contacts(tmp_path, ",a,2025-04-01,6,", "2,,2025-04-01,6,", "3,c,2025-04-01,,", "4,d,2025-04-01,ZZ,")
    )
    assert staged.account == (4, 2, 2)
    assert staged.set_aside == {2: "missing_key", 3: "missing_key"}
    assert [row["source_code"] for row in staged.rows("contact")] == ["not_recorded", "unmapped"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b" \r\n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\0" * 5000, b"\0\n" * 10],
    ids=["nothing", "a line end", "white space", "utf-8 mark", "utf-16 mark", "big mark", "zeros", "zeros and lines"],
)
def test_a_file_without_content_is_refused_as_empty(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "contact.csv"
    file.write_bytes(content)
    refused = refusal(tmp_path, file)
    assert "empty" in refused.error or "no rows" in refused.error


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"SQLite format 3\0" + bytes(84),
        b"PAR1 cut short",
        b"PK\x03\x04 cut short",
        b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        b"{\\rtf1\\ansi Zebedee Quillfeather}",
        b'{"contact_id": 1, "name": "Zebedee Quillfeather"}',
        bytes(range(256)) * 64,
        b"Zebedee Quillfeather, born 2011-07-19\n" * 40,
        b"one column\n1\n2\n",
    ],
    ids="pdf,png,gzip,sqlite,parquet,zip,empty zip,ole,rtf,json,bytes,prose,column".split(","),  # noqa: SIM905
)
def test_another_kind_of_file_under_the_name_of_a_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "contact.csv"
    file.write_bytes(content)
    assert refusal(tmp_path, file).where.startswith("contact.csv")


def test_a_workbook_under_the_name_of_a_csv_is_read_as_the_workbook_it_is(tmp_path: Path) -> None:
    file = annex_a(tmp_path / "list.xlsx").rename(tmp_path / "list.csv")
    assert stage(tmp_path, file).account == (2, 2, 0)


def test_text_under_the_name_of_a_workbook_is_read_as_the_text_it_is(tmp_path: Path) -> None:
    file = contacts(tmp_path, *CONTACTS, name="contact.xls")
    assert stage(tmp_path, file).account == (3, 3, 0)


def test_a_folder_without_files_is_refused_and_hidden_files_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "contact.csv"
    folder.mkdir()
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "~$contact.xlsx").write_bytes(b"\0")
    assert "no files" in refusal(tmp_path, folder).error


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "from the case system"
    (folder / "deeper").mkdir(parents=True)
    contacts(folder / "deeper", *CONTACTS)
    assert stage(tmp_path, folder).account == (3, 3, 0)


def test_a_file_that_is_not_there_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path, tmp_path / "pipe.csv").where == "pipe.csv"
    (tmp_path / "second").mkdir()
    assert "no such file" in refusal(tmp_path / "second", tmp_path / "absent.csv").error


@pytest.mark.parametrize(
    "name", ["it's; DROP TABLE 'x'.csv", "line\nbreak.csv", "a" * 240 + ".csv", "caf\udce9.csv", "%s{0}.csv"]
)
def test_a_file_under_an_odd_name_is_read_all_the_same(tmp_path: Path, name: str) -> None:
    assert stage(tmp_path, contacts(tmp_path, *CONTACTS, name=name)).account == (3, 3, 0)
