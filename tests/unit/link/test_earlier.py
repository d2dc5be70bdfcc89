"""A second run compares only what is new, and finds the same people as one that compares everything."""

from __future__ import annotations

import duckdb
from tests.unit.link.worlds import SALT, groups, people

from earlyhelp.link import KEPT, give_people
from earlyhelp.link.model import shipped

FIRST = """who | source_system | forename | surname | dob | postcode
    mia   | mosaic     | Mia   | Thornton | 2014-02-01 | ZZ1 1AA
    tom   | mosaic     | Tom   | Ash      | 2009-07-21 | ZZ8 8BB
    eve   | police     | Eve   | Birch    | 2011-11-11 | ZZ3 3CC
    max   | attendance | Max   | Rowan    | 2012-12-12 | ZZ4 4DD
    mia2  | attendance | Mia   | Thornton | 2014-02-01 | ZZ1 1AA"""
LATER = """who | source_system | forename | surname | dob | postcode
    tom2  | police | Tom   | Ash      | 2009-07-21 | ZZ8 8BB"""


def second_run() -> tuple[duckdb.DuckDBPyConnection, int]:
    """A run after another that saw `FIRST`, and how many records it compared."""
    con = people(FIRST)
    for name, query in KEPT.items():
        told = "link_kept" if name == "link_candidate" else name
        con.execute(f"CREATE TEMP TABLE {told} AS {query}")
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


def test_a_record_that_changed_is_compared_again() -> None:
    con = people(FIRST)
    for name, query in KEPT.items():
        told = "link_kept" if name == "link_candidate" else name
        con.execute(f"CREATE TEMP TABLE {told} AS {query}")
    con.execute("UPDATE person SET forename = 'Ava', dob = DATE '2001-05-05' WHERE person_key = 'mia2'")

    give_people(con, SALT, shipped())

    assert con.execute("SELECT count(*) FROM link_fresh").fetchall() == [(1,)]
    assert frozenset({"mia2"}) in groups(con)
