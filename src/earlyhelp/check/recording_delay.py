"""Recording delay: days from the event to the day it was entered, by source and team."""

from __future__ import annotations

from typing import Any

import duckdb

from earlyhelp.check.event_day import event_day
from earlyhelp.standard import TABLES, Column, Table

_COLUMNS = ("table", "source_system", "team", "records", "dated", "median_days", "ninety_percent_days")


def recording_delay(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """A row for each table and source, and for each of its teams: median and 90th percentile of the delay in days.

    `records`: all records; `dated`: those that say when they were entered, on which the delay rests. A `team` of None
    is all teams. Tables in which no record says it have no row. Exact figures: `release` says what may be shown.
    """
    rows: list[tuple[Any, ...]] = []
    for table in TABLES.values():
        if (day := event_day(table)) and "recorded_date" in _columns(con, table):
            rows += con.execute(_delay_sql(table, day)).fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _columns(con: duckdb.DuckDBPyConnection, table: Table) -> set[str]:
    return {str(column[0]) for column in con.execute(f'DESCRIBE "{table}"').fetchall()}


def _delay_sql(table: Table, day: Column) -> str:
    teams = ", (source_system, team)" if "team" in table.columns else ""
    team = "team" if teams else "NULL"
    shown = "CASE WHEN GROUPING(team) = 1 THEN NULL ELSE coalesce(team, 'no team') END" if teams else "NULL"
    return (
        f"SELECT '{table}', source_system, {shown} AS shown, count(*), count(delay), "
        "quantile_disc(delay, 0.5), quantile_disc(delay, 0.9) FROM ("
        f'SELECT source_system, {team} AS team, recorded_date - "{day.column_name}" AS delay FROM "{table}"'
        f") GROUP BY GROUPING SETS ((source_system){teams}) HAVING count(delay) > 0 ORDER BY ALL NULLS FIRST"
    )
