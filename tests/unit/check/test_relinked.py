"""Mergers and splits between two snapshots, from who is together before and after."""

from __future__ import annotations

from pathlib import Path

import duckdb

from earlyhelp.check.relinked import relinked, relinked_lines


def snapshot(folder: Path, people: dict[str, str]) -> Path:
    """An analysis folder whose links say which key is which person."""
    folder.mkdir()
    listed = ", ".join(f"('{key}', '{person}')" for key, person in people.items())
    duckdb.sql(f"SELECT * FROM (VALUES {listed}) AS told (person_key, person_id)").write_parquet(
        str(folder / "person_link.parquet")
    )
    return folder


def test_two_who_became_one_are_a_merger(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "before", {"a": "P1", "b": "P2", "c": "P3"})
    after = snapshot(tmp_path / "after", {"a": "P1", "b": "P1", "c": "P3"})

    assert relinked(duckdb.connect(), before, after) == [{"kind": "merged", "people": 1}]


def test_one_who_became_two_is_a_split_and_the_file_says_into_whom(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "before", {"a": "P1", "b": "P1"})
    after = snapshot(tmp_path / "after", {"a": "P1", "b": "P9"})
    con = duckdb.connect()

    assert relinked(con, before, after) == [{"kind": "split", "people": 1}]
    assert [line[2:4] for line in relinked_lines(con, before, after)] == [
        ("P1", "split into P1"),
        ("P1", "split into P9"),
    ]


def test_a_new_record_of_a_known_person_is_neither(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "before", {"a": "P1"})
    after = snapshot(tmp_path / "after", {"a": "P1", "b": "P1", "c": "P2"})

    assert relinked(duckdb.connect(), before, after) == []
