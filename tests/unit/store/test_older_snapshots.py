"""A snapshot that an earlier version made is read with what the standard has gained since: there, and empty."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from earlyhelp.standard import TABLES
from earlyhelp.store.snapshots import layout, read_tables


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A snapshot from when episodes had four columns, and the standard one table for analysis and one of names."""
    for side, name, columns in (
        (
            "analysis",
            "eh_episode",
            "1 AS row_id, 'E1' AS episode_id, 'P1' AS person_id, DATE '2024-05-01' AS start_date",
        ),
        ("identity", "person", "1 AS row_id, 'Ann' AS forename"),
    ):
        (tmp_path / side).mkdir()
        duckdb.sql(f"COPY (SELECT {columns}) TO '{tmp_path / side / name}.parquet'")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "0.0.1"}))
    return tmp_path


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]


def test_columns_that_came_later_are_there_and_hold_nothing(older: Path):
    with read_tables(older, older / "spill") as con:
        assert con.execute("SELECT episode_id, start_date, end_date FROM eh_episode").fetchall()[0][2] is None
        assert con.execute("SELECT count(*), count(team), count(episode_id) FROM eh_episode").fetchall() == [(1, 0, 1)]


def test_tables_that_came_later_are_there_and_have_no_rows(older: Path):
    with read_tables(older, older / "spill") as con:
        for name in TABLES:
            assert con.execute(f"SELECT count(*) FROM {name}").fetchall() == [(1 if name == "eh_episode" else 0,)]


def test_what_names_people_stays_out_unless_it_is_asked_for(older: Path):
    with read_tables(older, older / "spill") as con:
        assert "forename" not in _columns(con, "person")
        with pytest.raises(duckdb.CatalogException):
            con.execute("FROM identity_person")
    with read_tables(older, older / "spill", identity=True) as con:
        assert con.execute("SELECT forename, surname FROM identity_person").fetchall() == [("Ann", None)]


def test_only_the_tables_asked_for_are_there(older: Path):
    with read_tables(older, older / "spill", only=["service"]) as con:
        assert con.execute("SELECT count(*) FROM service").fetchall() == [(0,)]
        with pytest.raises(duckdb.CatalogException):
            con.execute("FROM eh_episode")


def test_a_snapshot_of_today_s_layout_is_read_as_it_is(older: Path):
    (older / "manifest.json").write_text(json.dumps({"layout": layout()}))
    with read_tables(older, older / "spill") as con:
        assert _columns(con, "eh_episode") == ["row_id", "episode_id", "person_id", "start_date"]
