"""Counting and reading at once: what the fast parser reads meanwhile is believed only of a clean file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.ingest.cells import may_need_care
from earlyhelp.ingest.codes import BLANK_WORDS
from earlyhelp.ingest.delimited import read_delimited
from earlyhelp.ingest.handover import USUAL_LINE
from earlyhelp.standard import Key


def read(folder: Path, text: str) -> tuple[list[tuple[object, ...]], set[str]]:
    """The numbered rows of a file, and the tables that reading left behind."""
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    (scratch := folder / "scratch").mkdir()
    with duckdb.connect() as con:
        (grid,) = read_delimited(file, file.name, con, scratch).grids
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        return con.execute(f"SELECT * FROM {grid.relation} ORDER BY row_no").fetchall(), tables


def test_a_clean_file_is_read_by_the_fast_parser(tmp_path: Path):
    rows, tables = read(tmp_path, "a,b\n1,2\n3,4\n")
    assert rows == [(1, "a", "b"), (2, "1", "2"), (3, "3", "4")]
    assert tables == {"fast_read"}


@pytest.mark.parametrize("times", [1.5, 3])
def test_a_clean_line_that_is_longer_than_usual_is_read_as_fast(tmp_path: Path, times: float):
    long = "x" * int(times * USUAL_LINE)
    rows, tables = read(tmp_path, f"a,b\n1,{long}\n3,4\n")
    assert rows == [(1, "a", "b"), (2, "1", long), (3, "3", "4")]
    assert tables == {"fast_read"}


@pytest.mark.parametrize("text", ["a,b\n\n1,2\n3,4\n", 'a,b\n1,2 "m"\n3,4\n'])
def test_of_a_file_that_is_not_clean_nothing_is_kept_that_the_fast_parser_read(tmp_path: Path, text: str):
    rows, tables = read(tmp_path, text)
    assert [row[1:] for row in rows][-1] == ("3", "4")
    assert "fast_read" not in tables


@given(st.one_of(st.sampled_from(sorted(BLANK_WORDS)), st.text(max_size=14)), st.booleans())
def test_the_first_sign_never_hides_a_word_that_stands_for_nothing(text: str, capitals: bool):
    cell = text.upper() if capitals else text
    if "\0" not in cell:
        asked = f"SELECT {may_need_care('cell', Key, plain=True)} FROM (SELECT $1 AS cell)"
        (found,) = duckdb.execute(asked, [cell]).fetchall()
        assert found == (duckdb.execute("SELECT lower($1)", [cell]).fetchall()[0][0] in BLANK_WORDS,)
