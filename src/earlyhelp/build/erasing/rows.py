"""Which rows are a person's: those under the person's keys, and those that hang on a record of the person's alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.ingest.erased import hangs_on
from earlyhelp.standard import TABLES, Table, person_link, references, sql, stored_columns

POINTS_TO_A_PERSON = "is_duplicate_of"
"""A column of another person's row that may hold the key; it is emptied, and the row stays."""


def know_keys(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> None:
    """Make `erased_key`, the keys of the person."""
    con.execute("CREATE OR REPLACE TEMP TABLE erased_key (person_key VARCHAR)")
    con.execute(f"INSERT INTO erased_key VALUES {sql.rows([key] for key in sorted(keys))}")


def staged_relations(
    con: duckdb.DuckDBPyConnection, folder: Path, feeds: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """A view for each table that any feed fills, over the staged rows of all feeds, with every column of the table."""
    files: dict[str, list[Path]] = {}
    for feed in feeds:
        for file in sorted((folder / feed["feed_id"] / "rows").glob("*.parquet")):
            files.setdefault(file.name.split(".")[0], []).append(file)
    for name, held in files.items():
        _view(con, f"staged_{name}", TABLES[name], f"read_parquet([{sql.listed(held)}], union_by_name = true)")
    return {name: f"staged_{name}" for name in files}


def _view(con: duckdb.DuckDBPyConnection, view: str, table: Table, rows: str) -> None:
    empty = ", ".join(f"CAST(NULL AS {c.type.duckdb}) AS {sql.name(n)}" for n, c in stored_columns(table).items())
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT CAST(NULL AS BIGINT) AS row_id, {empty} WHERE FALSE "
        f"UNION ALL BY NAME SELECT * FROM {rows}"
    )


def mark_rows(con: duckdb.DuckDBPyConnection, relations: Mapping[str, str]) -> None:
    """Make `erased_row` (table_name, row_id): the person's rows in these relations, by table of the standard.

    A row without a person of its own that names a record (an episode, a need, a request) goes when that record does. A
    record's number is its name in one system only: a row of another system goes when no record that stays bears it.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE erased_row (table_name VARCHAR, row_id BIGINT)")
    known = {TABLES[name]: relation for name, relation in relations.items() if TABLES[name] is not person_link}
    for table, relation in known.items():
        if "person_key" in table.columns:
            con.execute(
                f"INSERT INTO erased_row SELECT {sql.literal(table)}, row_id FROM {relation} SEMI JOIN erased_key "
                "USING (person_key)"
            )
    while any(_mark_hanging(con, table, relations) for table in known):
        pass


def _mark_hanging(con: duckdb.DuckDBPyConnection, table: Table, relations: Mapping[str, str]) -> bool:
    """Mark the rows of a table that hang on marked ones; True when there were any more."""
    added = 0
    targets = {column.column_name: target for column, target in references(table).items()}
    for name in hangs_on(table):
        target = targets[name]
        if target.table_name in relations:
            added += _mark(con, table, name, target.table_name, target.column_name, relations)
    return added > 0


def _mark(
    con: duckdb.DuckDBPyConnection, table: Table, name: str, target: str, key: str, relations: Mapping[str, str]
) -> int:
    gone = f"SELECT row_id FROM erased_row WHERE table_name = {sql.literal(target)}"
    if not con.execute(f"{gone} LIMIT 1").fetchall():
        return 0
    for side, condition in (("going", "IN"), ("staying", "NOT IN")):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {side} AS SELECT DISTINCT CAST({sql.name(key)} AS VARCHAR) AS id, "
            f"source_system AS system FROM {relations[target]} WHERE {sql.name(key)} IS NOT NULL AND row_id {condition} ({gone})"
        )
    nobody = "person_key IS NULL AND " if "person_key" in table.columns else ""
    id_ = f"CAST({sql.name(name)} AS VARCHAR)"
    mine = f"({id_}, source_system)"
    found = con.execute(
        f"INSERT INTO erased_row SELECT {sql.literal(table)}, row_id FROM {relations[table.table_name]} AS told "
        f"WHERE {nobody}{id_} IN (SELECT id FROM going) AND {mine} NOT IN (SELECT (id, system) FROM staying) "
        f"AND ({mine} IN (SELECT (id, system) FROM going) OR {id_} NOT IN (SELECT id FROM staying)) "
        f"AND row_id NOT IN (SELECT row_id FROM erased_row WHERE table_name = {sql.literal(table)})"
    )
    return int(found.fetchall()[0][0])


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The number of marked rows of each table that has any."""
    return dict(con.execute("SELECT table_name, count(*) FROM erased_row GROUP BY 1 ORDER BY 1").fetchall())


def without_pointer(columns: Iterable[str]) -> str:
    """SQL after SELECT for all columns, with what points to the erased person emptied."""
    if POINTS_TO_A_PERSON not in columns:
        return "*"
    return (
        f"* REPLACE (CASE WHEN {POINTS_TO_A_PERSON} IN (FROM erased_key) THEN NULL ELSE {POINTS_TO_A_PERSON} END "
        f"AS {POINTS_TO_A_PERSON})"
    )


def columns_of(con: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    """The columns of a Parquet file with their types."""
    told = con.execute(f"DESCRIBE FROM read_parquet({sql.literal(file)})").fetchall()
    return {str(name): str(kind) for name, kind, *_ in told}
