"""A second run compares only what is new, and finds the same people as one that compares everything."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.unit.link.worlds import SALT, groups, people

from earlyhelp import link
from earlyhelp.errors import NothingToDo
from earlyhelp.link import KEPT, give_people, recall, told_of
from earlyhelp.link.model import shipped
from earlyhelp.pipeline import run
from earlyhelp.store.workspace import create_workspace

FIRST = """who | source_system | forename | surname | dob | postcode
    mia   | mosaic     | Mia   | Thornton | 2014-02-01 | ZZ1 1AA
    tom   | mosaic     | Tom   | Ash      | 2009-07-21 | ZZ8 8BB
    eve   | police     | Eve   | Birch    | 2011-11-11 | ZZ3 3CC
    max   | attendance | Max   | Rowan    | 2012-12-12 | ZZ4 4DD
    mia2  | attendance | Mia   | Thornton | 2014-02-01 | ZZ1 1AA"""
LATER = """who | source_system | forename | surname | dob | postcode
    tom2  | police | Tom   | Ash      | 2009-07-21 | ZZ8 8BB"""


CHANGES = {
    "forename": "'Zoe'",
    "surname": "'Ash'",
    "former_surname": "'Ash'",
    "preferred_name": "'Zoe'",
    "dob": "DATE '2011-01-09'",
    "dob_accuracy": "'estimated'",
    "death_date": "DATE '2024-01-09'",
    "sex": "'M'",
    "postcode": "'ZZ9 9ZZ'",
    "address_line": "'3 Weir Road'",
    "uprn": "'100000000001'",
}


def second_run() -> tuple[duckdb.DuckDBPyConnection, int]:
    """A run after another that saw `FIRST`, and how many records it compared."""
    con = seen(FIRST)
    people(LATER, con=con)  # fills the tables; everything is compared
    give_people(con, SALT, shipped())
    return con, con.execute("SELECT count(*) FROM link_fresh").fetchall()[0][0]


def test_only_new_records_are_compared_and_the_same_people_are_found() -> None:
    con, compared = second_run()

    assert compared == 1
    assert groups(con) == {
        frozenset({"mia", "mia2"}),
        frozenset({"tom", "tom2"}),
        frozenset({"eve"}),
        frozenset({"max"}),
    }


def seen(rows: str) -> duckdb.DuckDBPyConnection:
    """A connection after a run over these people, with what it left for the next one."""
    con = people(rows)
    for name, query in KEPT.items():
        told = "link_kept" if name == "link_candidate" else name
        con.execute(f"CREATE TEMP TABLE {told} AS {query}")
    return con


def test_a_record_that_changed_is_compared_again() -> None:
    con = seen(FIRST)
    con.execute("UPDATE person SET forename = 'Ava', dob = DATE '2001-05-05' WHERE person_key = 'mia2'")

    give_people(con, SALT, shipped())

    assert con.execute("SELECT count(*) FROM link_fresh").fetchall() == [(1,)]
    assert frozenset({"mia2"}) in groups(con)


@pytest.mark.parametrize("column", CHANGES)
def test_whatever_is_compared_counts_as_changed(column: str) -> None:
    con = seen(FIRST)
    con.execute("UPDATE person SET address_line = '3 Mill Lane'")
    give_people(con, SALT, shipped())
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_seen AS {KEPT['link_seen']}")

    con.execute(f"UPDATE person SET {column} = {CHANGES[column]} WHERE person_key = 'mia2'")
    give_people(con, SALT, shipped())

    assert con.execute("SELECT count(*) FROM link_fresh").fetchall() == [(1,)]


def snapshot(folder: Path, linkage: dict[str, object]) -> Path:
    """What a run over `FIRST` left in a folder, with this said of the linkage in its manifest."""
    con = people(FIRST)
    (folder / "identity").mkdir()
    for name, query in KEPT.items():
        con.execute(f"COPY ({query}) TO '{folder / 'identity' / name}.parquet'")
    told = {"version": "1", "duckdb": duckdb.__version__, "linkage": linkage}
    (folder / "manifest.json").write_text(json.dumps(told))
    return folder


@pytest.mark.parametrize(
    ("rules", "is_taken_over"),
    [({}, True), ({"rules": "0123456789abcdef"}, False), ({"rules": None}, False)],
    ids=["the same rules", "other rules", "none told"],
)
def test_pairs_that_were_judged_by_other_rules_are_not_taken_over(
    tmp_path: Path, rules: dict[str, object], is_taken_over: bool
) -> None:
    told = told_of(shipped()) or {}
    left = snapshot(tmp_path, {name: value for name, value in {**told, **rules}.items() if value is not None})

    assert (recall(duckdb.connect(), left, "1") == shipped()) is is_taken_over


def test_a_run_by_other_rules_makes_a_new_snapshot_of_the_same_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = create_workspace(tmp_path / "council", "E09000032")
    (council.inbox / "person.csv").write_text("person_key,forename,surname,dob\nmia,Mia,Thornton,2014-02-01\n")
    run(council, date(2026, 1, 5))
    first = council.current

    with pytest.raises(NothingToDo):
        run(council, date(2026, 1, 5))
    monkeypatch.setattr(link, "rules", lambda: "those of a later day")
    run(council, date(2026, 1, 5))

    assert council.current != first
