"""Families: by the council's family ids, else each person alone.

A record that names a family belongs to it. A record that names only a person belongs to the family that person was last
recorded in. A person in no recorded family is a family of one: never several strangers in one.
"""

from __future__ import annotations

import duckdb

from earlyhelp.standard import TABLES


def give_families(con: duckdb.DuckDBPyConnection, salt: str) -> None:
    """Make `family_of_key` (family_key, family_id), and `person_of`: `person_label` with each person's family."""
    keys = " UNION ".join(
        f'SELECT family_key FROM "{table}" WHERE family_key IS NOT NULL' for table in _tables_with_families()
    )
    con.execute(
        f"CREATE TABLE family_of_key AS SELECT family_key, 'F' || left(sha256('{salt}' || family_key), 24) "
        f"AS family_id FROM ({keys})"
    )
    con.execute(
        "CREATE TEMP TABLE family_of_person AS SELECT person_id, arg_max(family_id, "
        "(coalesce(from_date, DATE '0001-01-01'), family_key)) AS family_id "
        "FROM family_member JOIN person_label USING (person_key) JOIN family_of_key USING (family_key) GROUP BY person_id"
    )
    con.execute(
        "CREATE TABLE person_of AS SELECT person_label.*, "
        "coalesce(family_of_person.family_id, 'F' || substr(person_id, 2)) AS family_id "
        "FROM person_label LEFT JOIN family_of_person USING (person_id)"
    )


def _tables_with_families() -> list[str]:
    return [table.table_name for table in TABLES.values() if "family_key" in table.columns]
