"""The records of a snapshot put together again for returns that name people: both sides of the store, one row a child.

A return shows a child under the council's own number, with the latest that any of its systems knows. A record of the case
system keeps its own number even where linkage found two numbers to be one child; one of another system is shown under the
number of the child it was linked to. A word that no code stands for is shown as the source wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from earlyhelp.build.export import with_identity
from earlyhelp.build.tables import identity_columns, replace
from earlyhelp.standard import (
    NOT_RECORDED,
    UNMAPPED,
    Column,
    Table,
    family_member,
    person,
    person_identifier,
    sql,
)
from earlyhelp.standard.codelists import CASE_SYSTEM

SAYS_NOTHING = {person.sex: ("U",), person.ethnicity: ("NOBT",)}
"""Codes that mean that nobody has said it yet: any other answer of the same person's is better."""
DRAWN = (
    "LEFT JOIN (SELECT feed_id, max(extract_date) AS extract_date FROM feed GROUP BY feed_id) AS drawn "
    "ON drawn.feed_id = told.feed_id"
)
"""The day on which the extract of each record (`told`) was drawn."""
NEWNESS = ("coalesce(drawn.extract_date, DATE '0001-01-01')", "told.row_id")
_OWN = (person.person_key, person.source_person_id, person.is_duplicate_of)


def put_together(con: duckdb.DuckDBPyConnection, *tables: Table) -> None:
    """Put whole records in the place of the analysis side of `person` and `tables`, whose identity side `con` holds too.

    `person_key` becomes one for each child and number, and `person` has one row for each. `family_member` and
    `person_identifier` say each thing once.
    """
    replace(con, person.table_name, with_identity(con, person, '"{before}"'))
    con.execute(f"CREATE TEMP TABLE number_of AS {_NUMBERS}")
    for table in tables:
        if identity_columns(table):
            replace(con, table.table_name, with_identity(con, table, '"{before}"'))
        replace(con, table.table_name, _given_to_children(table))
    con.execute(f"CREATE TEMP TABLE known_child AS {_children().format(before=person.table_name)}")
    replace(con, person.table_name, "SELECT * FROM known_child")


_RANK = " ".join(f"WHEN {sql.literal(name)} THEN {place}" for place, name in enumerate(CASE_SYSTEM))
_HELPED = len(CASE_SYSTEM)
"""The rank of a number that episodes are held under: of a list that the council mapped itself nobody says what system it is."""
_PSEUDONYM = "[0-9a-f]{32}"
_NUMBERS = f"""
    WITH link AS (SELECT DISTINCT person_id, person_key FROM person_link),
    helped AS (SELECT DISTINCT person_key FROM eh_episode),
    told AS (
        SELECT person_key, link.person_id, source_person_id, row_id,
            CASE source_system {_RANK} ELSE {_HELPED} + (helped.person_key IS NULL)::INTEGER END AS rank
        FROM person JOIN link USING (person_key) LEFT JOIN helped USING (person_key)
        WHERE source_person_id <> person_key OR NOT regexp_full_match(source_person_id, '{_PSEUDONYM}')
    ),
    own AS (
        SELECT person_key, arg_min(source_person_id, (rank, -row_id)) AS number
        FROM told WHERE rank <= {_HELPED} GROUP BY person_key
    ),
    linked AS (SELECT person_id, arg_min(source_person_id, (rank, -row_id)) AS number FROM told GROUP BY person_id)
    SELECT person_id, person_key, coalesce(own.number, linked.number, person_key) AS number,
        concat_ws(' ', person_id, coalesce(own.number, linked.number, person_key)) AS child
    FROM link LEFT JOIN own USING (person_key) LEFT JOIN linked USING (person_id)
"""
"""For each key the number under which a return shows the person, and `child`, one for each person and number.

It is the case system's: the record's own, else the linked person's. A person whom no list describes, or of whom every list
tells the name and no number, is shown under the key by which records name them.
"""


def _given_to_children(table: Table) -> str:
    shown = [f"{_as_said(column)} AS {name}" for name, column in table.columns.items() if _as_said(column) != name]
    shown.append("coalesce(child, person_key) AS person_key")
    return (
        f'SELECT * EXCLUDE (child) REPLACE ({", ".join(shown)}) FROM "{{before}}" '
        f"LEFT JOIN (SELECT person_key, child FROM number_of) AS whose USING (person_key){_ONCE.get(table, '')}"
    )


_ONCE: Mapping[Table, str] = {
    family_member: " QUALIFY row_number() OVER (PARTITION BY family_key, child "
    "ORDER BY to_date DESC NULLS FIRST, from_date NULLS LAST, row_id) = 1",
    person_identifier: " QUALIFY row_number() OVER (PARTITION BY child, type, value "
    "ORDER BY valid_to DESC NULLS FIRST, valid_from NULLS LAST, row_id) = 1",
}
"""Tables that several systems fill with the same thing, and which of the rows stands for it."""


def _as_said(column: Column, relation: str = "") -> str:
    """The code, or the source's own word where there is none for it."""
    name = f"{relation}{column.column_name}"
    if not column.coded or column.coded.many:
        return name
    return f"CASE WHEN {name} = '{UNMAPPED}' THEN coalesce({relation}{column.raw_name}, {name}) ELSE {name} END"


def _children() -> str:
    """One row a child and number: what is known under that number comes before what linkage brings."""
    newest = ("told.child = own.child", *NEWNESS)
    facts = ", ".join(_facts(newest))
    return (
        "SELECT own.child AS person_key, any_value(own.person_id) AS person_id, min(told.row_id) AS row_id, "
        f"any_value(own.number) AS source_person_id, {facts} "
        "FROM (SELECT DISTINCT child, number, person_id FROM number_of) AS own LEFT JOIN "
        '(SELECT * FROM "{before}" JOIN (SELECT person_key, person_id AS whose, child FROM number_of) AS key '
        f"USING (person_key)) AS told ON told.whose = own.person_id {DRAWN} GROUP BY own.child"
    )


def _facts(newest: tuple[str, ...]) -> Iterator[str]:
    for name, column in person.columns.items():
        if column not in _OWN:
            yield f"{latest_known(column, _as_said(column, 'told.'), newest)} AS {name}"


def latest_known(column: Column, value: str, newest: tuple[str, ...] = NEWNESS) -> str:
    """SQL for the latest that is known of a person: `value` of the newest of their records (`told`) that says something.

    The records are joined with `DRAWN`. `newest`: what orders them, the last by it speaking first.
    """
    latest = f"arg_max({value}, ({', '.join(newest)}))"
    if not column.coded:
        return latest
    weak = sql.listed((NOT_RECORDED, UNMAPPED, *SAYS_NOTHING.get(column, ())))
    return f"coalesce({latest} FILTER (told.{column.column_name} NOT IN ({weak})), {latest})"
