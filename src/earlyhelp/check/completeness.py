"""How many records hold each column, and how many of them a valid value: one pass over each table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from earlyhelp.standard import TABLES, UNMAPPED, Column, Table, sql


def count_fields(con: duckdb.DuckDBPyConnection, relations: Mapping[str, str]) -> dict[str, int]:
    """How many records each table has, and how many of them hold each column, by the name of the table or column.

    Makes `field_count`: for each column and source system, records, how many hold a valid value, and how many a value
    that nobody mapped to a code. `relations` names the relation to read for each table.
    """
    con.execute(
        "CREATE OR REPLACE TABLE field_count "
        "(table_name VARCHAR, field VARCHAR, source_system VARCHAR, records BIGINT, valid BIGINT, unmapped BIGINT)"
    )
    held: dict[str, int] = {}
    for table in TABLES.values():
        systems = _count(con, table, relations[table.table_name])
        _keep(con, table, systems)
        _keep_unmapped(con, table, systems, relations[table.table_name])
        named = [table.table_name, *map(str, table.columns.values())]
        held |= {name: sum(each[1][place] for each in systems) for place, name in enumerate(named)}
    return held


def _count(
    con: duckdb.DuckDBPyConnection, table: Table, relation: str
) -> list[tuple[str | None, Sequence[int], Sequence[int]]]:
    """For each source system: records and how many hold each column, and how many hold a valid value in each."""
    columns = list(table.columns.values())
    held = ", ".join(f'count("{column.column_name}")' for column in columns)
    coded = [column for column in columns if column.coded]
    placed = "".join(f", count(*) FILTER ({valid(column)})" for column in coded)
    rows = con.execute(f'SELECT source_system, count(*), {held}{placed} FROM "{relation}" GROUP BY ALL').fetchall()
    return [_told(columns, coded, row) for row in rows]


def _told(
    columns: Sequence[Column], coded: Sequence[Column], row: Sequence[Any]
) -> tuple[str | None, Sequence[int], Sequence[int]]:
    system, records, *counts = row
    held = counts[: len(columns)]
    valid = dict(zip(columns, held, strict=True)) | dict(zip(coded, counts[len(columns) :], strict=True))
    return system, [records, *held], list(valid.values())


def _keep(
    con: duckdb.DuckDBPyConnection, table: Table, systems: Sequence[tuple[str | None, Sequence[int], Sequence[int]]]
) -> None:
    rows = [
        (table.table_name, str(column), system, held[0], count, 0)
        for system, held, valid in systems
        for column, count in zip(table.columns.values(), valid, strict=True)
    ]
    if rows:
        con.execute(f"INSERT INTO field_count VALUES {sql.rows(rows)}")


def _keep_unmapped(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    systems: Sequence[tuple[str | None, Sequence[int], Sequence[int]]],
    relation: str,
) -> None:
    """Count the values without a code; only in columns that hold more values than valid ones is there any to count."""
    for place, column in enumerate(table.columns.values()):
        if column.coded and any(held[place + 1] > count[place] for _, held, count in systems):
            has = f"contains({sql.name(column.column_name)}, '{UNMAPPED}')"
            con.execute(
                f"UPDATE field_count SET unmapped = found.n FROM ("
                f'SELECT source_system AS system, count(*) AS n FROM "{relation}" WHERE {has} GROUP BY ALL) AS found '
                "WHERE field = ? AND source_system IS NOT DISTINCT FROM system",
                [str(column)],
            )


def valid(column: Column) -> str:
    """SQL for a value that is there and, in a coded column, placed on the list."""
    name = sql.name(column.column_name)
    if column.coded and column.coded.many:
        return f"{name} IS NOT NULL AND NOT contains({name}, 'unmapped') AND {name} <> 'not_recorded'"
    if column.coded:
        return f"{name} NOT IN ('unmapped', 'not_recorded')"
    return f"{name} IS NOT NULL"
