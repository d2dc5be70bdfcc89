"""Families: groups of people by the rules of a definition, joined into families with ids that stay.

A record that names a family belongs to it. A record that names only a person belongs to that person's main family. A person in
no family is a family of one: never several strangers in one.
"""

from __future__ import annotations

import duckdb
import numpy as np

from earlyhelp.link.components import joined
from earlyhelp.link.family_rules import DEFAULT, MOST_IN_FAMILY, FamilyDefinition, FamilyRule
from earlyhelp.link.homes import find_homes
from earlyhelp.link.pseudonyms import id_sql
from earlyhelp.standard import TABLES, family_member


def give_families(
    con: duckdb.DuckDBPyConnection, salt: str, definition: FamilyDefinition = DEFAULT
) -> FamilyDefinition:
    """Make `family_of_key`, `family_membership` and `person_of`, and say by which definition.

    `family_of_key` (family_key, family_id): one row for each family id of a source, but for collective ones.
    `family_membership` (person_id, family_id, from_date, to_date, rule, version): everybody in a family of the definition, once
    a family; whoever is in none is a family of one. `person_of`: `person_label` with `family_id`, the person's main family.
    `link_warning` (what, records): what is too large to be a family. `salt` is the key of the ids.

    The id of a family comes from the key of the recorded family whose records are the oldest, else from its first member: it
    stays while others join.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE family_label AS FROM person_label")
    con.execute("CREATE TABLE IF NOT EXISTS link_warning (what VARCHAR, records BIGINT)")
    _read_members(con)
    if definition.reads_homes:
        find_homes(con)
        _warn(con, "People at an address of too many to be a family", "SELECT sum(people) FROM communal_home")
    _gather(con, definition)
    _join(con, definition.joins)
    _choose(con, definition)
    _give_ids(con, salt, definition)
    return definition


def _read_members(con: duckdb.DuckDBPyConnection) -> None:
    """Make `recorded_member`: who is in which family by a list of members or a record of help; and `collective_key`.

    A family id of too many people is nobody's family, and is left out.
    """
    both = [t for t in TABLES.values() if {"family_key", "person_key"} <= t.columns.keys() and t is not family_member]
    named = " UNION ALL ".join(
        f'SELECT family_key, person_key, row_id FROM "{table.table_name}" SEMI JOIN person USING (person_key)'
        for table in both
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE recorded_member AS {_RECORDED.format(named=named)}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE collective_key AS SELECT family_key, count(DISTINCT person_id) AS people "
        f"FROM recorded_member GROUP BY family_key HAVING people > {MOST_IN_FAMILY}"
    )
    con.execute("DELETE FROM recorded_member WHERE family_key IN (SELECT family_key FROM collective_key)")
    _warn(con, "People under a family id of too many to be a family", "SELECT sum(people) FROM collective_key")


def _warn(con: duckdb.DuckDBPyConnection, what: str, count: str) -> None:
    """Add a warning, where there is something to warn of."""
    con.execute(
        f"INSERT INTO link_warning SELECT '{what}', records FROM ({count}) AS counted (records) WHERE records > 0"
    )


def _gather(con: duckdb.DuckDBPyConnection, definition: FamilyDefinition) -> None:
    """Make `family_group`: one row for each person in each group that the definition gathers."""
    groups = " UNION ALL ".join(f"SELECT *, '{rule.name}' AS rule FROM ({rule.sql})" for rule in definition.gathers)
    con.execute(f"CREATE OR REPLACE TEMP TABLE family_group AS {_GROUPS.format(groups=groups)}")


def _join(con: duckdb.DuckDBPyConnection, rule: FamilyRule | None) -> None:
    """Make `family_of_group` (group_key, family): groups of one family get one number, from 0 on."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE group_place AS SELECT group_key, row_number() OVER (ORDER BY group_key) - 1 AS place "
        "FROM (SELECT DISTINCT group_key FROM family_group)"
    )
    pairs = con.execute(
        f"SELECT l.place AS l, r.place AS r FROM ({rule.sql if rule else _NO_PAIRS}) AS pair "
        "JOIN group_place AS l USING (group_key) JOIN group_place AS r ON r.group_key = same_as"
    ).fetchnumpy()
    count = int(con.execute("SELECT count(*) FROM group_place").fetchall()[0][0])
    family = joined(np.asarray(pairs["l"], np.int64), np.asarray(pairs["r"], np.int64), count)
    con.register("found_families", {"place": np.arange(count), "family": family})
    con.execute(
        "CREATE OR REPLACE TEMP TABLE family_of_group AS SELECT group_key, family, place FROM group_place "
        "JOIN found_families USING (place)"
    )
    con.unregister("found_families")
    _take_apart(con)


def _take_apart(con: duckdb.DuckDBPyConnection) -> None:
    """Where joined groups are too many people for a family, each group is one by itself."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE too_large AS SELECT family, count(DISTINCT person_id) AS people FROM family_of_group "
        f"JOIN family_group USING (group_key) GROUP BY family HAVING people > {MOST_IN_FAMILY}"
    )
    con.execute("UPDATE family_of_group SET family = -1 - place WHERE family IN (SELECT family FROM too_large)")
    _warn(con, "People in families that would be too large together", "SELECT sum(people) FROM too_large")


def _choose(con: duckdb.DuckDBPyConnection, definition: FamilyDefinition) -> None:
    """Make `family_place`: each person once in each of their families, `main` where it is the main one."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE family_place AS SELECT *, '{definition.full_name}' AS version, "
        f"row_number() OVER (PARTITION BY person_id ORDER BY {definition.main.sql}) = 1 AS main FROM ({_PLACES})"
    )


def _give_ids(con: duckdb.DuckDBPyConnection, salt: str, definition: FamilyDefinition) -> None:
    """Make `family_of_key` and `family_membership`, with ids in the place of numbers."""
    keys = " UNION ".join(
        f'SELECT family_key FROM "{table.table_name}" WHERE family_key IS NOT NULL'
        for table in TABLES.values()
        if "family_key" in table.columns
    )
    of_key = id_sql(salt, "'family ' || family_key")
    of_home = id_sql(salt, "'home ' || first_group")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE family_named AS SELECT family, 'F' || CASE WHEN family_key IS NOT NULL THEN "
        f"{of_key} WHEN founder IS NOT NULL THEN substr(founder, 2) ELSE {of_home} END AS family_id FROM ({_FOUNDERS})"
    )
    con.execute(
        f"CREATE TABLE family_of_key AS SELECT family_key, coalesce(family_id, 'F' || {of_key}) AS family_id "
        f"FROM ({keys}) ANTI JOIN collective_key USING (family_key) LEFT JOIN ({definition.records.sql}) USING (family_key) "
        "LEFT JOIN family_named USING (family)"
    )
    con.execute(
        "CREATE TABLE family_membership AS SELECT person_id, family_id, from_date, to_date, rule, version "
        "FROM family_place JOIN family_named USING (family)"
    )
    con.execute(_PERSON_OF)


_RECORDED = """
    WITH listed AS (
        SELECT family_key, person_key, from_date, to_date, row_id, 'recorded' AS rule, CASE
            WHEN role IN ('child', 'sibling') THEN TRUE
            WHEN role IN ('parent', 'carer', 'grandparent', 'partner') THEN FALSE END AS is_child
        FROM family_member
        UNION ALL
        SELECT family_key, person_key, NULL, NULL, row_id, 'named', NULL
        FROM (SELECT family_key, person_key, min(row_id) AS row_id FROM ({named}) WHERE family_key IS NOT NULL GROUP BY ALL)
        ANTI JOIN family_member USING (family_key, person_key)
    )
    SELECT family_key, family_label.person_id, from_date, to_date, min(rule) AS rule,
        min(coalesce(known.row_id, listed.row_id)) AS founded,
        coalesce(bool_or(listed.is_child), bool_or(known.is_child)) AS is_child
    FROM listed JOIN family_label USING (person_key)
    LEFT JOIN (SELECT person_key, min(row_id) AS row_id, bool_or(is_child) AS is_child FROM person GROUP BY person_key) AS known
    USING (person_key) GROUP BY family_key, family_label.person_id, from_date, to_date
"""
"""A family is as old as the oldest record of its members: records of people keep their numbers when a newer extract comes."""
_GROUPS = """
    SELECT group_key, any_value(family_key) AS family_key, person_id, min(from_date) AS from_date, max(from_date) AS joined_date,
        CASE WHEN bool_and(to_date IS NOT NULL) THEN max(to_date) END AS to_date, min(founded) AS founded,
        bool_or(is_child) AS is_child, max(rule) AS rule,
        max(coalesce(to_date, DATE '9999-12-31')) AS ends
    FROM ({groups}) GROUP BY group_key, person_id
"""
_NO_PAIRS = "SELECT NULL AS group_key, NULL AS same_as WHERE FALSE"
_PLACES = """
    WITH member AS (
        SELECT *, max(family_key) OVER (PARTITION BY family) IS NOT NULL AS recorded,
            count(*) FILTER (NOT is_child) OVER (PARTITION BY family) AS adults,
            min(founded) OVER (PARTITION BY family) AS oldest
        FROM family_group JOIN family_of_group USING (group_key)
        QUALIFY family_key IS NOT NULL OR NOT bool_or(family_key IS NOT NULL) OVER (PARTITION BY person_id, family)
    )
    SELECT person_id, family, min(from_date) AS from_date, max(joined_date) AS joined_date,
        CASE WHEN bool_and(to_date IS NOT NULL) THEN max(to_date) END AS to_date, max(ends) AS ends, max(rule) AS rule,
        any_value(recorded) AS recorded, any_value(adults) AS adults, any_value(oldest) AS oldest, min(founded) AS founded,
        max(family_key) AS family_key
    FROM member GROUP BY person_id, family
"""
"""Each person once in each of their families. What a system says of when they were in it goes before their addresses."""
_FOUNDERS = """
    SELECT family, arg_min(family_key, (founded, family_key)) AS family_key, min(group_key) AS first_group,
        any_value(founder) AS founder
    FROM family_group JOIN family_of_group USING (group_key) LEFT JOIN (
        SELECT family, arg_min(person_id, (founded, person_id)) AS founder FROM family_place WHERE main GROUP BY family
    ) USING (family) GROUP BY family
"""
"""A family that no system records has the number of its first member whose main family it is, and so keeps it when others join
a person who was alone. A second home that is nobody's main one has one of its own."""
_PERSON_OF = """
    CREATE TABLE person_of AS SELECT family_label.*, coalesce(family_id, 'F' || substr(person_id, 2)) AS family_id
    FROM family_label LEFT JOIN (SELECT person_id, family_id FROM family_place JOIN family_named USING (family) WHERE main)
    USING (person_id)
"""
