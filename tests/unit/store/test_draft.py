"""A snapshot while it is written: tables that are written beside the rest are as whole as those that are waited for."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from earlyhelp.store.files import read_json, whole_folder
from earlyhelp.store.snapshots import ANALYSIS, Draft, damaged_files

NUMBERS = "SELECT i AS row_id, 'team ' || i % 3 AS team FROM range(1000) AS numbers (i)"


def test_a_table_written_beside_the_rest_is_there_and_in_the_manifest_when_the_snapshot_is_finished(tmp_path: Path):
    with duckdb.connect() as con, whole_folder(tmp_path / "s", tmp_path / "work") as folder, Draft(folder) as draft:
        con.execute(f"CREATE TABLE numbers AS {NUMBERS}")
        draft.write_beside(con, "FROM numbers", ANALYSIS, "beside")
        draft.write(con, "FROM numbers", ANALYSIS, "awaited")
        draft.finish({})
    assert damaged_files(tmp_path / "s") == []
    assert set(read_json(tmp_path / "s" / "manifest.json")["files"]) == {
        "analysis/beside.parquet",
        "analysis/awaited.parquet",
    }
    counted = f"SELECT count(*), count(DISTINCT team), sum(row_id) FROM '{tmp_path}/s/analysis/%s.parquet'"
    assert [duckdb.execute(counted % name).fetchall() for name in ("beside", "awaited")] == [[(1000, 3, 499500)]] * 2


def written_until(folder: Path, query: str, *, fails: bool) -> None:
    """A snapshot with one table written beside another; `fails`: something else goes wrong before it is finished."""
    with (
        duckdb.connect() as con,
        whole_folder(folder / "s", folder / "work") as work,
        Draft(work) as draft,
    ):
        draft.write_beside(con, query, ANALYSIS, "beside")
        draft.write(con, NUMBERS, ANALYSIS, "awaited")
        if fails:
            raise ZeroDivisionError
        draft.finish({})


def test_a_table_that_cannot_be_written_beside_the_rest_stops_the_snapshot(tmp_path: Path):
    with pytest.raises(duckdb.ConversionException):
        written_until(tmp_path, f"SELECT CAST(team AS DATE) AS day FROM ({NUMBERS})", fails=False)
    assert not (tmp_path / "s").exists()
    assert not list((tmp_path / "work").iterdir())


def test_a_snapshot_that_fails_meanwhile_leaves_nothing_of_what_was_written_beside(tmp_path: Path):
    with pytest.raises(ZeroDivisionError):
        written_until(tmp_path, NUMBERS, fails=True)
    assert not (tmp_path / "s").exists()
    assert not list((tmp_path / "work").iterdir())
