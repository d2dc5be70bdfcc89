"""The same people under a lower and a higher threshold, and what measures then count."""

from __future__ import annotations

import duckdb
import pytest
from tests.unit.link.worlds import SALT, empty, people

from earlyhelp.link.families import give_families
from earlyhelp.link.thresholds import BOUNDS, SPELLS, label_people, people_under, read_under

HEAD = "who | source_system | forename | surname | dob | postcode\n"
ROWS = "\n".join(f"{who} | mosaic | Mia | Thornton | 2014-02-01 | ZZ1 1AA" for who in ("one", "two", "three"))


@pytest.fixture
def linked() -> duckdb.DuckDBPyConnection:
    """Three records: the first two are one person with probability 0.95, the third is of them with 0.6."""
    con = people(HEAD + ROWS, con=empty())
    con.execute("DELETE FROM link_edge")
    for left, right, probability in ((1, 2, 0.95), (2, 3, 0.6)):
        con.execute(
            "INSERT INTO link_edge VALUES (?, ?, log2(? / (1 - ?)), 'model')", [left, right, probability, probability]
        )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_cluster AS FROM (VALUES (1, 1), (2, 1), (3, 3)) AS told(unique_id, cluster)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE person_of_key AS SELECT person_key, CASE WHEN person_key = 'three' THEN 'three' ELSE 'one' "
        "END AS label, 1 AS records, 1.0 AS score, 'model' AS method FROM link_record"
    )
    return con


def shared(con: duckdb.DuckDBPyConnection, column: str) -> set[frozenset[str]]:
    found = con.execute(f"SELECT list(person_key) FROM person_bound GROUP BY {column}").fetchall()
    return {frozenset(keys) for (keys,) in found}


def test_the_low_bound_joins_what_is_doubtful_and_the_high_one_parts_it(linked) -> None:
    assert label_people(linked, SALT) == {"chosen": 2, "low": 1, "high": 3}
    assert shared(linked, "low") == {frozenset({"one", "two", "three"})}
    assert shared(linked, "high") == {frozenset({"one"}), frozenset({"two"}), frozenset({"three"})}


def test_the_links_in_use_stay_as_they_are_and_so_do_ids_that_no_threshold_moves(linked) -> None:
    before = linked.execute("SELECT * FROM link_cluster ORDER BY ALL").fetchall()
    chosen = dict(linked.execute("SELECT person_key, person_id FROM person_label").fetchall())
    label_people(linked, SALT)

    assert linked.execute("SELECT * FROM link_cluster ORDER BY ALL").fetchall() == before
    for column in BOUNDS:
        told = dict(linked.execute(f"SELECT person_key, {column} FROM person_bound").fetchall())
        assert told["one"] == chosen["one"]


def test_under_a_bound_events_have_its_ids_and_afterwards_their_own(linked) -> None:
    give_families(linked, SALT)
    for table in ("eh_episode", "social_care_event"):
        linked.execute(f"INSERT INTO \"{table}\" BY NAME SELECT 1 AS row_id, 'three' AS person_key")
        linked.execute(
            f'CREATE OR REPLACE TABLE "{table}" AS SELECT told.*, person_id, family_id FROM "{table}" AS told '
            "LEFT JOIN person_of USING (person_key)"
        )
    label_people(linked, SALT)
    ids = dict(linked.execute("SELECT person_key, person_id FROM person_label").fetchall())
    chosen = linked.execute("SELECT person_id, family_id FROM social_care_event").fetchall()

    with people_under(linked, "low", SALT):
        for table in ("eh_episode", "social_care_event"):
            assert linked.execute(f"SELECT person_id FROM {table}").fetchall() == [(ids["one"],)]
        linked.execute("CREATE TABLE child_help AS SELECT person_id FROM eh_episode")
    assert linked.execute("SELECT person_id FROM low.child_help").fetchall() == [(ids["one"],)]
    assert linked.execute("SELECT person_id, family_id FROM social_care_event").fetchall() == chosen
    assert linked.execute("SELECT count(DISTINCT person_id) FROM person_label").fetchall() == [(2,)]


def test_measures_read_the_spells_of_a_bound() -> None:
    con = duckdb.connect()
    for name in SPELLS:
        con.execute(f"CREATE VIEW {name} AS SELECT 'chosen' AS which")
        con.execute(f"CREATE VIEW {name}_high AS SELECT 'high' AS which")
    read_under(con, "high")

    assert {con.execute(f"SELECT which FROM {name}").fetchall()[0] for name in SPELLS} == {("high",)}
