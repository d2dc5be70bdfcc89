"""The same people under a lower and a higher threshold, and what measures then count."""

from __future__ import annotations

import duckdb
import pytest
from tests.unit.link.worlds import SALT, empty, people

from earlyhelp.link.families import give_families
from earlyhelp.link.family_rules import RECORDED
from earlyhelp.link.thresholds import (
    BOUNDS,
    SPELLS,
    UNDER_BOUNDS,
    label_people,
    people_under,
    ranges,
    read_under,
    spells_under,
    under_each_bound,
)

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


UNDER = "SELECT person_key, coalesce({0}, person_id) AS id FROM person_label LEFT JOIN person_bound USING (person_key)"


def shared(con: duckdb.DuckDBPyConnection, column: str) -> set[frozenset[str]]:
    found = con.execute(f"SELECT list(person_key) FROM ({UNDER.format(column)}) GROUP BY id").fetchall()
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
        told = dict(linked.execute(UNDER.format(column)).fetchall())
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


def make_spells(con: duckdb.DuckDBPyConnection) -> None:
    """A stand-in for the spells of `build`: whom episodes are about."""
    con.execute("CREATE TABLE child_help AS SELECT person_id FROM eh_episode")
    con.execute("CREATE TABLE family_help AS SELECT family_id FROM eh_episode")
    con.execute("CREATE TABLE statutory_start AS SELECT person_id FROM social_care_event")


@pytest.fixture
def built(linked: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The three records, of which the first and the third had help, after families were given and spells made."""
    give_families(linked, SALT)
    for table in ("eh_episode", "social_care_event"):
        linked.execute(f"INSERT INTO \"{table}\" BY NAME SELECT 1 AS row_id, unnest(['one', 'three']) AS person_key")
        linked.execute(
            f'CREATE OR REPLACE TABLE "{table}" AS SELECT told.*, person_id, family_id FROM "{table}" AS told '
            "LEFT JOIN person_of USING (person_key)"
        )
    label_people(linked, SALT)
    make_spells(linked)
    return linked


def people_of(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(f"SELECT count(DISTINCT person_id) FROM ({query})").fetchall()[0][0])


def test_a_snapshot_gets_the_spells_of_each_bound_and_keeps_its_own(built) -> None:
    queries = spells_under(built, SALT, make_spells)

    assert queries.keys() == UNDER_BOUNDS
    assert {name: people_of(built, queries[name]) for name in ("child_help_low", "child_help_high")} == {
        "child_help_low": 1,
        "child_help_high": 2,
    }
    assert people_of(built, "FROM child_help") == 2


def test_where_a_bound_moves_nobody_its_spells_are_the_ones_there_are(built) -> None:
    built.execute("UPDATE person_bound SET high = NULL")
    queries = spells_under(built, SALT, make_spells)

    assert "main.child_help" in queries["child_help_high"]
    assert "low.child_help" in queries["child_help_low"]


def test_families_of_a_bound_are_those_of_the_definition_that_was_chosen(built) -> None:
    built.execute(
        "INSERT INTO family_member BY NAME SELECT 1 AS row_id, 'the Thorntons' AS family_key, 'one' AS person_key"
    )

    spells_under(built, SALT, make_spells, RECORDED)

    assert built.execute("SELECT version FROM low.family_membership").fetchall() == [(RECORDED.full_name,)]


def test_figures_are_calculated_under_each_bound() -> None:
    con = duckdb.connect()
    for name in SPELLS:
        con.execute(f"CREATE VIEW {name} AS SELECT 0.95 AS least")
        for bound, least in BOUNDS.items():
            con.execute(f"CREATE VIEW {name}_{bound} AS SELECT {least} AS least")

    found = under_each_bound(con, lambda: float(con.execute("SELECT least FROM family_help").fetchall()[0][0]))

    assert found == list(BOUNDS.values())


def test_a_snapshot_without_spells_of_bounds_is_not_calculated_again() -> None:
    con = duckdb.connect()
    for name in SPELLS:
        con.execute(f"CREATE VIEW {name} AS SELECT 1 AS one")

    assert under_each_bound(con, lambda: 1) == []


@pytest.mark.parametrize(
    ("chosen", "under", "told"),
    [
        (0.2, [0.25, 0.18], (0.18, 0.25)),
        (0.2, [0.2, 0.2], (0.2, 0.2)),
        (0.2, [None, 0.18], None),
        (None, [0.25, 0.18], None),
        (0.2, [], None),
        (0.0, [0.0, 0.1], (0.0, 0.1)),
    ],
    ids=["both sides", "nothing moves", "hidden under one", "hidden", "no bounds", "zero is known"],
)
def test_a_range_is_told_where_all_of_it_is_known(chosen, under, told) -> None:
    assert ranges({"2024": chosen}, [{"2024": each} for each in under]) == {"2024": told}


def test_a_figure_that_there_is_not_under_a_bound_has_no_range() -> None:
    assert ranges({"2024": 0.2}, [{}, {"2024": 0.2}]) == {"2024": None}
