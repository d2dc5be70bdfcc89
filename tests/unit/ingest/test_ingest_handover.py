"""Text goes from Python into DuckDB and back sign for sign; names and values in SQL stay names and values."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.ingest.cells import Key, Text, may_need_care, tidied, trimmed, with_care
from earlyhelp.ingest.handover import numbered_cells, read_sql, write_rows
from earlyhelp.ingest.words import Dictionaries
from earlyhelp.standard import sql

SIGNS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.fixture
def con():
    with duckdb.connect() as con:
        yield con


@SAME_FOLDER
@given(rows=st.lists(st.tuples(SIGNS, SIGNS), max_size=6))
def test_rows_of_any_text_arrive_as_they_were_sent(con, tmp_path, rows):
    file = tmp_path / "rows.csv"
    write_rows(file, [(number, *row) for number, row in enumerate(rows)])
    found = con.execute(f"FROM {read_sql(file, numbered_cells(2))}").fetchall()
    assert found == [(number, one or None, two or None) for number, (one, two) in enumerate(rows)]


def test_a_field_of_five_megabytes_arrives_whole(con, tmp_path):
    file = tmp_path / "rows.csv"
    write_rows(file, [(1, "x" * 5_000_000), (2, "y")])
    found = con.execute(f"SELECT row_no, length(c0) FROM {read_sql(file, numbered_cells(1))}").fetchall()
    assert found == [(1, 5_000_000), (2, 1)]


@SAME_FOLDER
@given(text=SIGNS)
def test_a_text_in_sql_is_that_text_whatever_it_holds(con, text):
    assert con.execute(f"SELECT {sql.literal(text)}").fetchall() == [(text,)]
    assert con.execute(f"SELECT 1 AS {sql.name(text + 'x')}").description[0][0] == text + "x"


@pytest.mark.parametrize("value", [None, True, 3, 2.5, date(2024, 3, 1), "it's"])
def test_a_value_in_sql_is_that_value(con, value):
    assert con.execute(f"SELECT {sql.literal(value)}").fetchall() == [(value,)]


@SAME_FOLDER
@given(
    text=st.text(alphabet="aZ #\u00a0\u200b\t-né", max_size=5)
    | st.sampled_from(["NULL", "n/a", "#N/A", " #REF! ", "x "])
)
def test_a_cell_that_needs_no_care_reads_the_same_with_and_without_it(con, text):
    """The cheap look may cry wolf; it never overlooks a cell. Trimming is the same in SQL and in Python."""
    cell = sql.literal(text)
    for kind in (Key, Text):
        [(careful, read)] = con.execute(f"SELECT {may_need_care(cell, kind)}, {with_care(cell, kind)}").fetchall()
        assert careful or read == (text or None)
    assert con.execute(f"SELECT {trimmed(cell)}").fetchall() == [(tidied(text) or None,)]


def test_each_distinct_text_is_read_once_and_told_how_often_it_stands_there(con, tmp_path):
    con.execute("CREATE TABLE cells AS SELECT unnest(['5', ' 5 ', 'five', 'five', NULL, '7.0']) AS c0")
    asked = []

    def reader_for(times):
        asked.append(times)
        return lambda text: (None, "not_a_number") if text == "five" else (float(text), None)

    words = Dictionaries(con, "cells", tmp_path)
    made = words.of("c0", "number", "DOUBLE", "try_cast(nullif(cell, ' 5 ') AS DOUBLE)", reader_for)
    assert made is words.of("c0", "number", "DOUBLE", "NULL", reader_for)
    assert asked == [{"five": 2, "5": 1}]
    assert made.rules == {"not_a_number"}
    rows = con.execute(f"SELECT cell, said, value, problem FROM {made.table} ORDER BY cell").fetchall()
    assert rows == [
        (" 5 ", "5", 5.0, None),
        ("5", "5", 5.0, None),
        ("7.0", "7.0", 7.0, None),
        ("five", "five", None, "not_a_number"),
    ]
