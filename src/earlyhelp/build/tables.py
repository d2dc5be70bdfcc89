"""The standard tables as the store keeps them: who each row is about, identity on one side, analysis on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from earlyhelp.standard import TABLES, Column, Table, contact, linked_columns, person, person_link, stored_columns

FEWEST_NAMED = 6
"""An organisation named on fewer requests stays on the identity side: its figures would be suppressed anyway."""


def give_ids(con: duckdb.DuckDBPyConnection) -> None:
    """Add `person_id` and `family_id` to every table that holds a person or a family; a view stays a view."""
    for table in TABLES.values():
        if linked_columns(table) and table is not person_link:
            replace(con, table.table_name, _linked_sql(table, empty=_is_empty(con, table.table_name)))


def replace(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Put the result of `sql` in the place of a table, which `sql` calls `{before}`; a view stays a view."""
    if is_view(con, name):
        before = f"{name}__before"
        while is_view(con, before):
            before += "_before"
        con.execute(f'ALTER VIEW "{name}" RENAME TO "{before}"')
        con.execute(f'CREATE VIEW "{name}" AS {sql.format(before=before)}')
    else:
        con.execute(f'CREATE OR REPLACE TABLE "{name}" AS {sql.format(before=name)}')


def is_view(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """True for a table that is read from its files each time."""
    return (
        con.execute(f"SELECT 1 FROM duckdb_views() WHERE view_name = '{name}' AND NOT internal").fetchone() is not None
    )


def _is_empty(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    return con.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is None


@dataclass(frozen=True)
class Lean:
    """What can be had more cheaply than the finished tables by whoever needs no family, or neither person nor family.

    `relations`: for each table the cheapest relation with all of its rows and its own columns: a large table's before
    linkage. `persons`: the cheapest with the person besides. `files`: of `relations`, the ones that one staged file holds
    as it is.
    """

    relations: Mapping[str, str]
    persons: Mapping[str, str]
    files: Mapping[str, Path]


def lean(con: duckdb.DuckDBPyConnection, retold: Mapping[str, int], files: Mapping[str, Path]) -> Lean:
    """The lean relations of all tables; `files`: the staged file that held a table before anything was retold."""
    large = {table for table in TABLES if not retold.get(table) and is_view(con, f"{table}__before")}
    relations = {table: f"{table}__before" if table in large else table for table in TABLES}
    persons = {table: _of_persons(con, table) if table in large else table for table in TABLES}
    return Lean(relations, persons, {table: file for table, file in files.items() if table in large})


def _of_persons(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """The name of a view of a large table with the person and without the family; the table's own where it has but one."""
    if not {"person_key", "family_key"} <= set(TABLES[table].columns):
        return table
    view = f"{table}__person"
    con.execute(
        f'CREATE VIEW "{view}" AS SELECT told.*, person_of.person_id '
        f'FROM "{table}__before" AS told LEFT JOIN person_of USING (person_key)'
    )
    return view


def _linked_sql(table: Table, *, empty: bool) -> str:
    if empty:
        nobody = ", ".join(f"CAST(NULL AS VARCHAR) AS {column}" for column in linked_columns(table))
        return f'SELECT *, {nobody} FROM "{{before}}"'
    has_person, has_family = "person_key" in table.columns, "family_key" in table.columns
    joins = " LEFT JOIN person_of USING (person_key)" if has_person else ""
    joins += " LEFT JOIN family_of_key USING (family_key)" if has_family else ""
    family = ["family_of_key.family_id"] * has_family + ["person_of.family_id"] * has_person
    ids = {"person_id": "person_of.person_id" if has_person else "NULL", "family_id": f"coalesce({', '.join(family)})"}
    chosen = ", ".join(f"{ids[column]} AS {column}" for column in linked_columns(table))
    return f'SELECT told.*, {chosen} FROM "{{before}}" AS told{joins}'


def all_columns(table: Table) -> dict[str, Column]:
    """Every column of a built table: stored ones and those linkage added."""
    return stored_columns(table) | linked_columns(table)


def identity_columns(table: Table) -> list[str]:
    """The columns that analysis may not read."""
    return [name for name, column in all_columns(table).items() if column.sensitivity.on_identity_side]


def analysis_sql(table: Table) -> str:
    """SQL for the side of a table that analysis reads, with what stands in for what it may not read."""
    name = table.table_name
    hidden = set(identity_columns(table))
    shown = [f'"{column}"' for column in all_columns(table) if column not in hidden]
    stands_in = _STANDS_IN.get(name, {})
    shown += [f"{sql} AS {column}" for column, sql in stands_in.items()]
    return f'SELECT row_id, {", ".join(shown)} FROM "{name}"'


def identity_sql(table: Table, relation: str) -> str:
    """SQL for the identity side of a table that has one, read from `relation`."""
    listed = ", ".join(f'"{column}"' for column in identity_columns(table))
    return f'SELECT row_id, {listed} FROM "{relation}"'


_STANDS_IN: Mapping[str, Mapping[str, str]] = {
    person.table_name: {"birth_month": "CAST(date_trunc('month', coalesce(dob, expected_dob)) AS DATE)"},
    contact.table_name: {
        contact.requestor_organisation.column_name: (
            "CASE WHEN requestor_organisation IN (SELECT requestor_organisation FROM seldom_named) THEN 'unmapped' "
            "ELSE requestor_organisation END"
        )
    },
}
"""What analysis sees instead: the month of birth for the date, and organisations only where they are named often."""


def find_seldom_named(con: duckdb.DuckDBPyConnection, contacts: str) -> None:
    """Make `seldom_named`: the organisations that few requests name."""
    con.execute(
        "CREATE TABLE seldom_named AS SELECT requestor_organisation "
        f'FROM "{contacts}" WHERE requestor_organisation IS NOT NULL '
        f"GROUP BY requestor_organisation HAVING count(*) < {FEWEST_NAMED}"
    )


def make_profile(con: duckdb.DuckDBPyConnection) -> None:
    """Make `profile`: one row a person, with the latest known of what figures are split by.

    Where one source says that somebody is a child and another that they are not, `is_child` is NULL, as where none says.
    """
    con.execute(
        "CREATE TABLE profile AS SELECT person_id, "
        "min(CAST(date_trunc('month', coalesce(dob, expected_dob)) AS DATE)) AS birth_month, "
        "coalesce(max(sex) FILTER (sex IN ('M', 'F')), max(sex)) AS sex, "
        "coalesce(max(ethnicity) FILTER (ethnicity NOT IN ('NOBT', 'REFU', 'unmapped', 'not_recorded')), "
        "max(ethnicity)) AS ethnicity, max(disability) AS disability, max(lsoa) AS lsoa, "
        "CASE WHEN bool_or(is_child) = bool_and(is_child) THEN bool_or(is_child) END AS is_child "
        "FROM person GROUP BY person_id"
    )
