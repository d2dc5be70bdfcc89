"""The engine of the store: it spills when memory does not suffice, and no name can be read in what it spills."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from earlyhelp.store import snapshots
from earlyhelp.store.snapshots import read_tables, read_to_count
from earlyhelp.store.workspace import MEMORY_LIMIT, connect, half_of_the_memory

NAME = b"Zebedee Quillfeather"


def test_a_query_larger_than_memory_spills_encrypted_and_ends(tmp_path: Path) -> None:
    con = connect(tmp_path)
    con.execute("SET memory_limit = '60MB'")
    con.execute("SET threads = 1")
    con.execute(
        f"CREATE TABLE child AS SELECT i, '{NAME.decode()} ' || md5(i::VARCHAR) AS name FROM range(2000000) t(i)"
    )
    spilled = [path.read_bytes() for path in (tmp_path / "spill").rglob("*") if path.is_file()]
    assert sum(map(len, spilled)) > 1_000_000
    assert not any(NAME in content for content in spilled)
    numbered = "SELECT row_number() OVER (PARTITION BY left(name, 24) ORDER BY i) AS nth FROM child"
    assert con.execute(f"SELECT count(*) FROM ({numbered})").fetchall() == [(2_000_000,)]


def test_it_spills_where_the_scratch_folder_is_not_there_yet_and_leaves_nothing(tmp_path: Path) -> None:
    con = connect(tmp_path / "spill")
    con.execute("SET memory_limit = '60MB'")
    con.execute("SET threads = 1")
    con.execute("CREATE TABLE child AS SELECT i, md5(i::VARCHAR) AS name FROM range(2000000) t(i)")
    assert [path for path in (tmp_path / "spill").rglob("*") if path.is_file()]
    con.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _takes(con: duckdb.DuckDBPyConnection) -> float:
    """The bytes that a connection takes before it spills, as the engine tells them: to a tenth of its unit."""
    with con:
        number, unit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    return float(number) * {"MiB": 1024**2, "GiB": 1024**3}[unit]


@pytest.fixture
def a_snapshot(tmp_path: Path) -> Path:
    """One with a table of about a megabyte."""
    (tmp_path / "analysis").mkdir()
    duckdb.sql(f"COPY (SELECT md5(i::VARCHAR) AS note FROM range(30000) t(i)) TO '{tmp_path}/analysis/person.parquet'")
    return tmp_path


def test_counting_takes_the_usual_memory_where_the_tables_are_small(a_snapshot: Path) -> None:
    assert _takes(read_to_count(a_snapshot, a_snapshot / "spill", a_snapshot)) == pytest.approx(MEMORY_LIMIT, rel=0.1)


def test_counting_takes_memory_in_proportion_to_large_tables(a_snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "half_of_the_memory", lambda: 10**15)
    size = sum(file.stat().st_size for file in (a_snapshot / "analysis").iterdir())
    monkeypatch.setattr(snapshots, "_TIMES_THE_FILES", 4_000_000_000 // size)
    assert _takes(read_to_count(a_snapshot, a_snapshot / "spill", a_snapshot)) == pytest.approx(4e9, rel=0.1)


def test_counting_never_takes_more_than_half_of_what_the_engine_could(
    a_snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_TIMES_THE_FILES", 1_000_000_000)
    half = max(half_of_the_memory(), MEMORY_LIMIT)
    assert _takes(read_to_count(a_snapshot, a_snapshot / "spill", a_snapshot)) == pytest.approx(half, rel=0.1)
    assert half_of_the_memory() < _takes(duckdb.connect()) < 3 * half_of_the_memory()


def test_whoever_does_not_count_takes_the_usual_memory(a_snapshot: Path) -> None:
    assert _takes(read_tables(a_snapshot, a_snapshot / "spill")) == pytest.approx(MEMORY_LIMIT, rel=0.1)
