"""The engine of the store: it spills when memory does not suffice, and no name can be read in what it spills."""

from __future__ import annotations

from pathlib import Path

from earlyhelp.store.workspace import connect

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
