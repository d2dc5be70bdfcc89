"""People as several systems know them, a few rows that a person can check by eye, and who linkage takes to be one."""

from __future__ import annotations

import duckdb
from tests.spec.dataset import parse

from earlyhelp.link import give_people
from earlyhelp.standard import TABLES, stored_columns

SALT = "a key for tests"


def people(
    rows: str, decisions: tuple[tuple[str, str, str], ...] = (), con: duckdb.DuckDBPyConnection | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection in which the people of a text table (see `tests.spec.dataset`) have been recognised.

    Beside the columns of `person` a row may hold `upn`, `former_upn` and `nhs_number`. `who` is the key; what systems call a
    person is `id`.
    """
    con = con or empty()
    first = con.execute("SELECT count(*) FROM person").fetchall()[0][0]
    for number, row in enumerate(parse(rows), start=first + 1):
        _add(con, number, {name: value for name, value in row.items() if value})
    if decisions:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE link_decision (person_key_l VARCHAR, person_key_r VARCHAR, decision VARCHAR)"
        )
        con.executemany("INSERT INTO link_decision VALUES (?, ?, ?)", decisions)
    give_people(con, SALT)
    return con


def empty() -> duckdb.DuckDBPyConnection:
    """The standard's tables without a row."""
    con = duckdb.connect()
    for name, table in TABLES.items():
        columns = ", ".join(f'"{column}" {each.type.duckdb}' for column, each in stored_columns(table).items())
        con.execute(f'CREATE TABLE "{name}" (row_id BIGINT, {columns})')
    return con


def _add(con: duckdb.DuckDBPyConnection, number: int, row: dict[str, str]) -> None:
    key = row.pop("who")
    for kind in ("upn", "former_upn", "nhs_number"):
        if value := row.pop(kind, None):
            con.execute(
                "INSERT INTO person_identifier BY NAME SELECT ? AS person_key, ? AS type, ? AS value",
                [key, kind, value],
            )
    told = {
        "row_id": number,
        "person_key": key,
        "source_person_id": row.pop("id", key),
        "source_system": "mosaic",
    } | row
    columns = ", ".join(f'? AS "{name}"' for name in told)
    con.execute(f"INSERT INTO person BY NAME SELECT {columns}", list(told.values()))


def by_hand(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_record` a table of what it shows, for tests that set what records say."""
    con.execute(
        "CREATE TEMP TABLE shown AS FROM link_record; DROP VIEW link_record; ALTER TABLE shown RENAME TO link_record"
    )


def groups(con: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    """Who was taken to be one person: the keys of each."""
    found = con.execute("SELECT list(person_key) FROM person_label GROUP BY person_id").fetchall()
    return {frozenset(keys) for (keys,) in found}


def ids(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The person's id by key."""
    return dict(con.execute("SELECT person_key, person_id FROM person_label").fetchall())
