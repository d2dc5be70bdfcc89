"""One row for each record: the latest version of what several feeds say about the same thing.

A record is known by the system it comes from and the key of its table. The feed drawn later wins; within a feed the
later row, but for lines of an account, which are added up: a ledger has a line a month, or one a payment. Of a person, the
latest known value of each column is kept, because lists differ in what they tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.standard import TABLES, Column, Table, person, person_link, sql, stored_columns
from earlyhelp.store.row_ids import ROWS_OF_A_FEED

LARGE = 200_000
"""From so many rows on a table is read from its files each time instead of being held in memory."""
REPEATED = frozenset({"repeated_key", "repeated_row"})
"""What intake says of a row that has the key of another."""
_NEWNESS = f"feed_order.place * {ROWS_OF_A_FEED} + row_id % {ROWS_OF_A_FEED}"
"""Higher for the feed drawn later, then for the feed loaded later, then for the later row."""


_StagedFile = tuple[Mapping[str, Any], Path]


@dataclass(frozen=True)
class RecordCount:
    """Rows staged for a table, and how many of them were superseded by a later version of the same record.

    `file`: the one staged file that holds the table as it is, where the table is a view of it.
    """

    staged: int
    superseded: int
    file: Path | None = None


def gather(con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, RecordCount]:
    """Make one table (or view) in `con` for each table of the standard, from the staged rows of all feeds.

    Returns the counts by table. Tables no feed fills are empty; a large one without repeated records is a view of its
    files.
    """
    drawn = sorted(feeds, key=lambda feed: (feed["extract_date"] or "", feed["number"]))
    con.execute("CREATE TEMP TABLE feed_order (number BIGINT, place BIGINT)")
    if drawn:
        order = ((feed["number"], place) for place, feed in enumerate(drawn))
        con.execute(f"INSERT INTO feed_order VALUES {sql.rows(order)}")
    # Links are made by linkage and never taken over from another workspace's export.
    gathered = [table for table in TABLES.values() if table is not person_link]
    staged = _staged_files(feeds, folder)
    return {table.table_name: _gather_table(con, table, staged.get(table.table_name, [])) for table in gathered}


def _staged_files(feeds: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, list[_StagedFile]]:
    """The files that hold rows of each table, with the feed each came in."""
    staged: dict[str, list[_StagedFile]] = {}
    for feed in feeds:
        for file in sorted((folder / feed["feed_id"] / "rows").glob("*.parquet")):
            staged.setdefault(file.name.split(".")[0], []).append((feed, file))
    return staged


def _gather_table(con: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[_StagedFile]) -> RecordCount:
    name, columns = table.table_name, stored_columns(table)
    empty = f"SELECT CAST(NULL AS BIGINT) AS row_id, {_typed_nulls(columns)} WHERE FALSE"
    if not parts:
        con.execute(f'CREATE TABLE "{name}" AS {empty}')
        return RecordCount(0, 0)
    files = [file for _, file in parts]
    held = f"read_parquet([{sql.listed(files)}], union_by_name = true)"
    rows = f"{empty} UNION ALL BY NAME SELECT * EXCLUDE (row_no) FROM {held}"
    con.execute(f"CREATE OR REPLACE TEMP VIEW staged AS {rows}")
    staged = con.execute("SELECT count(*) FROM staged").fetchall()[0][0]
    key = ", ".join(f'"{c}"' for c in dict.fromkeys(["source_system", *(column.column_name for column in table.key)]))
    if (not table.summed and _told_once(parts, name)) or not _holds_repeated(con, key):
        listed = ", ".join(["row_id", *(f'"{c}"' for c in columns)])
        large = staged > LARGE
        kind = "VIEW" if large else "TABLE"
        con.execute(f'CREATE {kind} "{name}" AS SELECT {listed} FROM ({rows})')
        return RecordCount(staged, 0, files[0] if large and len(files) == 1 else None)
    con.execute(f'CREATE TABLE "{name}" AS {_latest_sql(table, list(columns), key)}')
    kept = con.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
    return RecordCount(staged, staged - kept)


def _told_once(parts: Sequence[_StagedFile], table: str) -> bool:
    """True when the rows of one part alone fill the table and intake found no row of it told twice."""
    if len(parts) != 1:
        return False
    feed, _ = parts[0]
    own = [part for part in feed["tables"] if part["table"] == table]
    return bool(own) and REPEATED.isdisjoint(issue["rule"] for part in own for issue in part["issues"])


def _holds_repeated(con: duckdb.DuckDBPyConnection, key: str) -> bool:
    repeated = f"SELECT 1 FROM (SELECT {key} FROM staged GROUP BY ALL HAVING count(*) > 1) LIMIT 1"
    return con.execute(repeated).fetchone() is not None


def _typed_nulls(columns: Mapping[str, Column]) -> str:
    return ", ".join(f'CAST(NULL AS {column.type.duckdb}) AS "{name}"' for name, column in columns.items())


def _latest_sql(table: Table, columns: Sequence[str], key: str) -> str:
    told = f"staged JOIN feed_order ON feed_order.number = row_id // {ROWS_OF_A_FEED}"
    if table.summed:
        return _summed_sql(table.summed.column_name, columns, key, told)
    if table is not person:
        latest = f"SELECT arg_max(row_id, {_NEWNESS}) AS row_id FROM {told} GROUP BY {key}"
        return f"SELECT row_id, {', '.join(_named(columns))} FROM staged SEMI JOIN ({latest}) AS latest USING (row_id)"
    keys = key.replace('"', "").split(", ")
    kept = [f'"{c}"' if c in keys else f'arg_max("{c}", {_NEWNESS}) AS "{c}"' for c in columns]
    return f"SELECT min(row_id) AS row_id, {', '.join(kept)} FROM {told} GROUP BY {key}"


def _summed_sql(amount: str, columns: Sequence[str], key: str, told: str) -> str:
    """Of lines of an account one for each key: what the feed drawn last says, its lines under one key added up."""
    nth = f"row_number() OVER (PARTITION BY {key} ORDER BY {_NEWNESS} DESC) AS nth"
    total = f'sum("{amount}") OVER (PARTITION BY {key}, feed_order.number) AS total'
    shown = ", ".join("total AS " + name if name == f'"{amount}"' else name for name in _named(columns))
    return f"SELECT row_id, {shown} FROM (SELECT staged.*, {nth}, {total} FROM {told}) WHERE nth = 1"


def _named(columns: Sequence[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


def tell_feeds(con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]]) -> None:
    """Fill the feed table with this workspace's feeds, and what a council said of a file that it names by its hash."""
    con.execute("CREATE TEMP TABLE told AS SELECT * FROM feed")
    con.execute("DELETE FROM feed")
    for each in feeds:
        con.execute(
            "INSERT INTO feed BY NAME SELECT ? AS feed_id, ? AS source_system, CAST(? AS DATE) AS extract_date, "
            "coalesce(said.coverage_start, CAST(? AS DATE)) AS coverage_start, "
            "coalesce(said.coverage_end, CAST(? AS DATE)) AS coverage_end, said.coverage_area, said.definition_note, "
            "? AS rows, said.control_total, own.sha256 FROM (SELECT CAST(? AS VARCHAR) AS sha256) AS own "
            "LEFT JOIN (SELECT DISTINCT ON (sha256) * FROM told) AS said ON said.sha256 = own.sha256",
            [
                each["feed_id"],
                each["source"],
                each["extract_date"],
                each["coverage_start"],
                each["coverage_end"],
                sum(table["rows_read"] for table in each["tables"]),
                each["sha256"],
            ],
        )
    con.execute("DROP TABLE told")
