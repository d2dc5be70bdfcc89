"""What the measures of data quality count, made while the whole dataset is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.standard import TABLES as STANDARD
from earlyhelp.standard import Column, stored_columns

TABLES = ("field_count", "rule_record", "rule_break", "feed_total")


_JUDGED = ("rule", "table_name", "outcome", "records", "reason")
_JUDGED_SCHEMA = pa.schema([(name, pa.int64() if name == "records" else pa.string()) for name in _JUDGED])


def make_tables(
    con: duckdb.DuckDBPyConnection,
    feeds: Sequence[Mapping[str, Any]],
    found: Sequence[Any],
    lean: Mapping[str, str] | None = None,
) -> None:
    """Make `field_count`, `rule_record`, `rule_break` and `feed_total`.

    `field_count`: for each column and source system, records and how many hold a valid value. `rule_record`: for each
    rule that applied, how many records it judged. `rule_break`: one row for each record that broke a rule.
    `feed_total`: for each feed, rows read, rows in the store, and the sender's own total.
    """
    _field_counts(con, lean or {})
    _rule_results(con, found)
    _feed_totals(con, feeds)


def _field_counts(con: duckdb.DuckDBPyConnection, lean: Mapping[str, str]) -> None:
    con.execute(
        "CREATE TABLE field_count "
        "(table_name VARCHAR, field VARCHAR, source_system VARCHAR, records BIGINT, valid BIGINT)"
    )
    for table in STANDARD.values():
        columns = [c for name, c in stored_columns(table).items() if name in table.columns]
        valid = ", ".join(f"count(*) FILTER ({_valid(c)})" for c in columns)
        relation = lean.get(table.table_name, table.table_name)
        rows = con.execute(
            f'SELECT source_system, count(*), {valid} FROM "{relation}" GROUP BY source_system'
        ).fetchall()
        counts = [
            (table.table_name, str(column), system, records, count)
            for system, records, *counted in rows
            for column, count in zip(columns, counted, strict=True)
        ]
        if counts:
            con.executemany("INSERT INTO field_count VALUES (?, ?, ?, ?, ?)", counts)


def _valid(column: Column) -> str:
    """A value is valid when it is there and, in a coded column, placed on the list."""
    name = f'"{column.column_name}"'
    if column.coded and column.coded.many:
        return f"{name} IS NOT NULL AND NOT contains({name}, 'unmapped') AND {name} <> 'not_recorded'"
    if column.coded:
        return f"{name} NOT IN ('unmapped', 'not_recorded')"
    return f"{name} IS NOT NULL"


def _rule_results(con: duckdb.DuckDBPyConnection, found: Sequence[Any]) -> None:
    con.execute(
        "CREATE TABLE rule_record (rule VARCHAR, table_name VARCHAR, outcome VARCHAR, records BIGINT, reason VARCHAR)"
    )
    judged = [(r.rule.code, r.rule.table, str(r.outcome), r.records, r.reason) for r in found]
    con.register(
        "judged", pa.Table.from_pylist([dict(zip(_JUDGED, row, strict=True)) for row in judged], _JUDGED_SCHEMA)
    )
    con.execute("INSERT INTO rule_record SELECT * FROM judged")
    con.unregister("judged")
    con.execute(
        "CREATE TABLE rule_break "
        "(rule VARCHAR, table_name VARCHAR, row_id BIGINT, team VARCHAR, worker VARCHAR, record VARCHAR)"
    )
    for result in found:
        if result.rows:
            _add_breaks(con, result)


def _add_breaks(con: duckdb.DuckDBPyConnection, result: Any) -> None:
    """One row for each record, with its worker where the table has one and its key, by which it is found."""
    table = STANDARD[result.rule.table]
    worker = next((name for name in ("lead_practitioner_id", "worker_id") if name in table.columns), None)
    key = " || ' ' || ".join(f"coalesce(CAST(\"{column.column_name}\" AS VARCHAR), '')" for column in table.key)
    con.register("broken_rows", pa.table({"row_id": [r for r, _ in result.rows], "team": _texts(result.rows)}))
    con.execute(
        f"INSERT INTO rule_break SELECT ?, ?, row_id, broken_rows.team, {worker or 'NULL'}, {key} "
        f'FROM broken_rows JOIN "{table.table_name}" USING (row_id)',
        [result.rule.code, table.table_name],
    )
    con.unregister("broken_rows")


def _texts(rows: Sequence[tuple[int, str | None]]) -> pa.Array:
    return pa.array([team for _, team in rows], pa.string())


def _feed_totals(con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]]) -> None:
    con.execute(
        "CREATE TABLE feed_total (feed_id VARCHAR, source_system VARCHAR, table_name VARCHAR, extract_date DATE, "
        "rows_read BIGINT, rows_accepted BIGINT, rows_quarantined BIGINT, control_total BIGINT)"
    )
    rows = [
        (
            f["feed_id"],
            f["source"],
            t["table"],
            f["extract_date"],
            t["rows_read"],
            t["rows_accepted"],
            t["rows_quarantined"],
        )
        for f in feeds
        for t in f["tables"]
    ]
    if rows:
        con.executemany("INSERT INTO feed_total VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", rows)
    con.execute(
        "UPDATE feed_total SET control_total = feed.control_total FROM feed WHERE feed.feed_id = feed_total.feed_id"
    )
