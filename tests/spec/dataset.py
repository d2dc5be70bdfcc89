"""A snapshot of the standard tables, as analysis reads them, made from a few rows that a person can check by eye.

Rows are given as text, one line a row and a bar between cells, an empty cell for what is missing:

    episode_id | person_id | start_date | end_date
    1          | Ann       | 2024-01-01 | 2024-03-01

Headings are the standard's own; a wrong one fails. What is not given is filled in plainly: keys are numbers, a person
without a family is a family of one, and all comes from the source system `standard`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from earlyhelp.build import quality, spells
from earlyhelp.build.tables import all_columns, identity_columns, make_profile
from earlyhelp.check import apply_rules
from earlyhelp.measures import CATALOGUE
from earlyhelp.standard import TABLES, Key, Table

Row = Mapping[str, object]
Rows = str | Sequence[Row]

STANDS_IN = {"requestor_organisation"}
"""Columns of the identity side that analysis knows under the same name, with other values; here, the values given."""

RESULTS = {each.results.table: each.results.columns for each in CATALOGUE.values() if each.results}
"""What later stages work out, by table: there only where it is given."""


def parse(text: str) -> list[dict[str, str | None]]:
    """The rows of a text table, by heading."""
    headings, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    assert all(len(line) == len(headings) for line in lines), f"a row does not have {len(headings)} cells:\n{text}"
    return [{name: cell or None for name, cell in zip(headings, line, strict=True)} for line in lines]


def snapshot(
    tables: Mapping[str, Rows], as_at: date = date(2026, 3, 31), *, checked: bool = True
) -> duckdb.DuckDBPyConnection:
    """A connection that holds the given rows and all that `check` and `build` make of them, identity left out.

    Rows of derived tables may be given too, such as `feed_total`: they are added to what was made. With `checked` off,
    no rule is run, which takes half the time and leaves the measures of data quality without their tables.
    """
    con = whole_tables({name: rows for name, rows in tables.items() if name in TABLES})
    spells.make_spells(con)
    make_profile(con)
    if checked:
        quality.make_tables(con, [], apply_rules(con, as_at), {table: table for table in TABLES})
    con.execute("; ".join(_analysis_alone(table) for table in TABLES.values()))
    for name in tables.keys() - TABLES.keys():
        if results := RESULTS.get(name):
            con.execute(f"CREATE TABLE {name} ({', '.join(f'{each} {type_}' for each, type_ in results.items())})")
        insert(con, name, _rows(tables[name]))
    return con


def _analysis_alone(table: Table) -> str:
    hidden = [name for name in identity_columns(table) if name not in STANDS_IN]
    left_out = f"EXCLUDE ({', '.join(hidden)})" if hidden else ""
    return f'CREATE OR REPLACE TABLE "{table}" AS SELECT * {left_out} FROM "{table}"'


def whole_tables(tables: Mapping[str, Rows]) -> duckdb.DuckDBPyConnection:
    """A connection with every table of the standard, identity and all, filled with the given rows."""
    con = duckdb.connect()
    con.execute(
        "; ".join(_created(table) for table in TABLES.values())
    )  # at once: one by one takes longer than the rest
    for table in TABLES.values():
        rows = _rows(tables.get(table.table_name, ()))
        insert(con, table.table_name, [_filled_in(table, row, number) for number, row in enumerate(rows, start=1)])
    return con


def _created(table: Table) -> str:
    columns = ", ".join(f'"{name}" {column.type.duckdb}' for name, column in all_columns(table).items())
    return f'CREATE TABLE "{table}" (row_id BIGINT, {columns})'


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Add rows to a table; all of them give the same columns."""
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
        con.execute(
            f'INSERT INTO "{table}" ({columns}) VALUES {places}', [row[name] for row in rows for name in rows[0]]
        )


def _rows(given: Rows) -> Sequence[Row]:
    return parse(given) if isinstance(given, str) else given


def _filled_in(table: Table, row: Row, number: int) -> Row:
    columns = all_columns(table)
    plain: dict[str, object] = {"feed_id": "feed", "source_system": "standard"} if table is not TABLES["feed"] else {}
    plain |= {column.column_name: str(number) for column in table.key if column.type is Key}
    if "person_id" in row:
        person = row["person_id"]
        plain |= {"person_key": person, "family_id": person and f"family of {person}"}
    return {"row_id": number} | {name: value for name, value in plain.items() if name in columns} | dict(row)
