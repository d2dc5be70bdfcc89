"""Counting records without a parser, and reading what a fast parser cannot be trusted with."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.ingest.delimited import find_delimiter
from earlyhelp.ingest.ragged import Layout, records
from earlyhelp.ingest.record_count import Count, count_records
from earlyhelp.ingest.text_file import as_utf8, find_encoding

SIGNS = st.text(alphabet='ab1 ,;"\n\té', max_size=8)
ROWS = st.lists(st.lists(SIGNS, min_size=1, max_size=4), max_size=8)
SAME_FILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def written(folder: Path, text: str | bytes, name: str = "text.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def counted(folder: Path, text: str, delimiter: str = ",") -> Count:
    return count_records(written(folder, text), delimiter)


@SAME_FILE
@given(ROWS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_the_count_of_a_well_written_file_is_that_of_a_slow_parser(tmp_path, rows, end_of_last, line_end):
    """Rows that hold nothing at all are left out of both. No file has lone carriage returns by then."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end).writerows(rows)
    text = stream.getvalue() if end_of_last else stream.getvalue().removesuffix(line_end)
    read = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    found = counted(tmp_path, text)
    assert (found.records, found.balanced) == (len(read), True)


@pytest.mark.parametrize(
    ("text", "records", "balanced", "clean"),
    [
        ("", 0, True, True),
        ("a,b\n1,2\n", 2, True, True),
        ("a,b\n1,2", 2, True, True),
        ("a,b\r\n1,2\r\n", 2, True, True),
        ('a,b\n"1\n2",3\n', 2, True, True),
        ('a,b\n"say ""no""",3\n', 2, True, True),
        ("a,b\n\n1,2\n", 2, True, False),
        ("a,b\n\r\n1,2\n\r", 2, True, False),
        ('a,b\n1,5" pipe\n', 1, False, False),
        ('a,b\n"1,2\n3,4\n', 1, False, False),
        ('a,b\nx"y"z,2\n', 2, True, False),
    ],
)
def test_what_the_bytes_say_of_records_quotes_and_blanks(tmp_path, text, records, balanced, clean):
    found = counted(tmp_path, text)
    assert (found.clean, found.balanced) == (clean, balanced)
    if balanced:
        assert found.records == records


def test_pieces_of_a_large_file_are_counted_as_one(tmp_path):
    row = '1,"two\nlines","' + "x" * 300 + '"\n'
    assert counted(tmp_path, row * 10_000).records == 10_000


def test_the_longest_line_is_known_before_it_is_read(tmp_path):
    assert counted(tmp_path, "a\n" + "x" * 999 + "\nb").longest == 1000
    assert counted(tmp_path, "a\n" + "x" * 999).longest == 999


@pytest.mark.parametrize(
    ("start", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a\tb\n1, 2 and 3\t4\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("alone\n1\n", ","),
        ("Contacts; April, 2024\na,b\n1,2\n3,4\n", ","),
        ('a;b\n"x,y,z";1\n"u,v,w";2\n', ";"),
    ],
)
def test_the_delimiter_is_the_mark_that_divides_the_rows_alike(start, delimiter):
    assert find_delimiter(start) == delimiter


LAYOUT = Layout(",", headings_row=1, width=2, named=2)


def read(folder: Path, text: str) -> list[tuple[int, list[str], bool]]:
    return [(each.number, each.fields, each.torn) for each in records(written(folder, text), LAYOUT)]


def test_a_quote_that_is_never_closed_costs_its_own_row_and_no_other(tmp_path):
    text = 'a,b\n1,"torn\n2,x\n3,y\n'
    assert read(tmp_path, text) == [
        (1, ["a", "b"], False),
        (2, ["1", "torn"], True),
        (3, ["2", "x"], False),
        (4, ["3", "y"], False),
    ]


def test_two_quotes_that_are_never_closed_do_not_swallow_the_rows_between_them(tmp_path):
    found = read(tmp_path, 'a,b\n1,"torn\n2,x\n3,"torn too\n4,y\n')
    assert [(number, torn) for number, _, torn in found] == [(1, False), (2, True), (3, False), (4, True), (5, False)]


def test_a_line_break_in_a_well_formed_field_starts_no_new_row(tmp_path):
    assert read(tmp_path, 'a,b\n1,"two\nlines"\n2,x\n')[1:] == [(2, ["1", "two\nlines"], False), (3, ["2", "x"], False)]


def test_a_mark_of_inches_is_no_quotation(tmp_path):
    assert read(tmp_path, 'a,b\n1,5" pipe\n')[1] == (2, ["1", '5" pipe'], False)


def test_blank_lines_are_counted_as_excel_counts_them(tmp_path):
    assert [number for number, fields, _ in read(tmp_path, "a,b\n\n1,2\n") if fields] == [1, 3]


@SAME_FILE
@given(st.text(alphabet='a1,"\n', max_size=40))
def test_every_sign_of_any_text_is_in_exactly_one_record(tmp_path, text):
    found = list(records(written(tmp_path, text), LAYOUT))
    assert "".join(each.text for each in found) == text
    assert [each.number for each in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("é".encode(), "utf-8"),
        ("é".encode("utf-8-sig"), "utf-8-sig"),
        ("é".encode("cp1252"), "cp1252"),
        (b"caf\xe9 \x81", "latin-1"),
        ("id,name\n1,é\n".encode("utf-16"), "utf-16"),
        ("id,name\n1,x\n".encode("utf-16-le"), "utf-16-le"),
        ("id,name\n1,x\n".encode("utf-16-be"), "utf-16-be"),
        ("id,name\n1,x\n".encode("utf-32"), "utf-32"),
        (b"id,name\n1,x\0\0\0\n", "utf-8"),
    ],
)
def test_the_encoding_is_known_by_its_mark_or_by_its_bytes(tmp_path, content, encoding):
    assert find_encoding(written(tmp_path, content)) == encoding


@pytest.mark.parametrize(
    ("content", "text", "notes"),
    [
        (b"a,b\n1,2\n", "a,b\n1,2\n", ()),
        ("a,é\n".encode("utf-8-sig"), "a,é\n", ("read as utf-8-sig",)),
        ("a,é\r\n".encode("utf-16"), "a,é\n", ("read as utf-16",)),
        (b"a,\xe9\r\n", "a,é\n", ("read as cp1252",)),
        (b"a,b\r1,2\r", "a,b\n1,2\n", ()),
        (b"a,b\0\n", "a,b\n", ("NUL characters were dropped",)),
    ],
)
def test_any_text_becomes_utf_8_with_one_kind_of_line_end(tmp_path, content, text, notes):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    made = as_utf8(written(tmp_path, content), "text.csv", scratch)
    assert (made.path.read_text("utf-8"), made.notes) == (text, notes)
