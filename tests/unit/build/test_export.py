"""Standard tables as files: what a text in a record begins with is never run by the spreadsheet that opens it."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from earlyhelp.build.export import write_export
from earlyhelp.sources.writing import write_for_spreadsheets
from earlyhelp.standard import TABLES, sql
from spec.dataset import snapshot

TEXTS = ["=cmd|'/C calc'!A0", "@SUM(1)", "+1+2", "-1+2", "\tx", "North", "-12.5", "+44 7700", "", None]
PLAIN = ["'=cmd|'/C calc'!A0", "'@SUM(1)", "'+1+2", "'-1+2", "'\tx", "North", "-12.5", "'+44 7700", "", ""]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_no_text_of_an_export_is_taken_for_a_formula_and_parquet_keeps_it(tmp_path: Path):
    rows = "episode_id | person_id | start_date | locality\n 1 | Ann | 2026-01-01 | =HYPERLINK(1)\n 2 | Bob | 2026-01-02 | -"
    with snapshot({"eh_episode": rows}, "2026-03-31") as con:
        for ending in ("csv", "parquet"):
            assert write_export(con, TABLES["eh_episode"], tmp_path / f"out.{ending}", identity=False) == 2
    headings, *told = read(tmp_path / "out.csv")
    at = headings.index("locality")
    assert [row[at] for row in told] == ["'=HYPERLINK(1)", "'-"]
    assert [row[headings.index("start_date")] for row in told] == ["2026-01-01", "2026-01-02"]
    assert pq.read_table(tmp_path / "out.parquet")["locality"].to_pylist() == ["=HYPERLINK(1)", "-"]


def test_no_cell_of_a_list_for_spreadsheets_is_taken_for_a_formula(tmp_path: Path):
    cells = pa.table({"a": TEXTS, "=b": TEXTS, "number": range(len(TEXTS)), "nothing": [None] * len(TEXTS)})
    write_for_spreadsheets(cells, tmp_path / "list.csv")
    assert read(tmp_path / "list.csv")[1:] == [[each, each, str(place), ""] for place, each in enumerate(PLAIN)]


@pytest.mark.parametrize(("text", "plain"), list(zip(TEXTS, [*PLAIN[:-1], None], strict=True)))
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it_and_numbers_stay(text, plain):
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {sql.plain_text('cell')} FROM (SELECT $1::VARCHAR AS cell)", [text]).fetchall() == [
            (plain,)
        ]
