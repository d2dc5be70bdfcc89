"""What changed between two snapshots: records new, gone and altered, by table and month of their event.

A record is known by the system it comes from and the key of its table. It is altered when any column that analysis can
read differs; which load brought it and whom it was linked to do not count. A record that is new, of an event on or
before the day the earlier snapshot was as at, was recorded late.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.check.event_day import event_day
from earlyhelp.errors import NothingToDo
from earlyhelp.standard import TABLES, Table, sql, stored_columns
from earlyhelp.store.workspace import Workspace

_NOT_THE_RECORD = ("feed_id", "source_system", "source_record_id")
COUNTS = ("new", "gone", "altered", "late")


def snapshot_before(workspace: Workspace) -> str:
    """The snapshot before the current one: as at the latest day up to its own, then of the latest feed.

    Raises NothingToDo where the current one is the only one.
    """
    current = workspace.snapshot_folder().name
    ranks = {path.name: _rank(workspace, path.name) for path in workspace.snapshots.iterdir() if path.is_dir()}
    earlier = [name for name, rank in ranks.items() if name != current and rank <= ranks[current]]
    if not earlier:
        raise NothingToDo("There is no snapshot before the current one.", where=current, fix="Run on a later extract.")
    return max(earlier, key=lambda name: (ranks[name], (workspace.snapshots / name).stat().st_mtime_ns))


def _rank(workspace: Workspace, name: str) -> tuple[str, int]:
    manifest = workspace.manifest(name)
    return manifest["as_at"], max((each["number"] for each in manifest["inputs"]), default=0)


def changed(con: duckdb.DuckDBPyConnection, before: Path, after: Path, before_as_at: date) -> list[dict[str, Any]]:
    """A row for each table and month in which anything changed: how many records are new, gone, altered, and late.

    `before` and `after` are the analysis folders of two snapshots; `month` is the first day of the month of the event
    as the later snapshot tells it, None where records have none. Exact: `release` says what may be shown.
    """
    rows: list[dict[str, Any]] = []
    for table in _compared():
        _compare(con, table, before, after)
        counted = con.execute(
            "SELECT date_trunc('month', day)::DATE AS month, count(*) FILTER (kind = 'new'), "
            "count(*) FILTER (kind = 'gone'), count(*) FILTER (kind = 'altered'), "
            "count(*) FILTER (kind = 'new' AND day <= ?) FROM changed_record GROUP BY month ORDER BY month",
            [before_as_at],
        ).fetchall()
        rows += [
            {"table": table.table_name, "month": month} | dict(zip(COUNTS, counts, strict=True))
            for month, *counts in counted
        ]
    return rows


def lines(con: duckdb.DuckDBPyConnection, before: Path, after: Path, before_as_at: date) -> list[tuple[str, ...]]:
    """A line for each record that changed: table, system, record, kind of change, day of the event, recorded late."""
    listed: list[tuple[str, ...]] = []
    for table in _compared():
        _compare(con, table, before, after)
        found = con.execute(
            "SELECT source_system, record, kind, coalesce(CAST(day AS VARCHAR), ''), kind = 'new' AND day <= ? "
            "FROM changed_record ORDER BY ALL",
            [before_as_at],
        ).fetchall()
        listed += [(table.table_name, *row, "yes" if late else "") for *row, late in found]
    return listed


LINE_HEADINGS = ("table", "system", "record", "change", "day of the event", "recorded late")


def _compared() -> list[Table]:
    """The tables whose records can be known again without their identity; feeds and links are made by each run."""
    hidden = {name for name, table in TABLES.items() if any(c.sensitivity.on_identity_side for c in table.key)}
    return [table for name, table in TABLES.items() if name not in hidden | {"feed", "person_link"}]


def _compare(con: duckdb.DuckDBPyConnection, table: Table, before: Path, after: Path) -> None:
    """Make `changed_record`: the records of a table that are not the same in both snapshots."""
    for name, folder in (("was", before), ("became", after)):
        con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {_records(con, table, folder / f'{table}.parquet')}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_record AS SELECT source_system, record, "
        "CASE WHEN was.content IS NULL THEN 'new' WHEN became.content IS NULL THEN 'gone' ELSE 'altered' END AS kind, "
        "coalesce(became.day, was.day) AS day FROM was FULL JOIN became USING (source_system, record) "
        "WHERE was.content IS DISTINCT FROM became.content"
    )


def _records(con: duckdb.DuckDBPyConnection, table: Table, file: Path) -> str:
    """SQL for one row a record: its key, its day, and a fingerprint of all that analysis can read of it."""
    there = _columns(con, file)
    content = ", ".join(sql.name(name) for name in stored_columns(table) if name in there - set(_NOT_THE_RECORD))
    key = ", ".join(f"coalesce(CAST(\"{column.column_name}\" AS VARCHAR), '')" for column in table.key)
    day = event_day(table)
    return (
        f"SELECT source_system, concat_ws(' ', {key}) AS record, "
        f"{f'any_value({sql.name(day.column_name)})' if day else 'NULL::DATE'} AS day, "
        f"max(hash({content})) AS content FROM read_parquet({sql.literal(file)}) GROUP BY ALL"
    )


def _columns(con: duckdb.DuckDBPyConnection, file: Path) -> set[str]:
    return {str(each[0]) for each in con.execute(f"DESCRIBE FROM read_parquet({sql.literal(file)})").fetchall()}
