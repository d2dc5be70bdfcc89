"""Rows that cannot be placed are set aside with the reason and their content, for the data steward.

One table, `quarantine`, is written while a file is read: one row for each withheld source row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from earlyhelp.ingest.cells import SHAPE
from earlyhelp.ingest.convert import Conversion, Filling
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.recognise import Matched
from earlyhelp.sources import MadeKey
from earlyhelp.standard import Column, Date, sql

WHOLE = ("total_row",)
"""Reasons for which rows are set aside that have a key and a date."""


def make_table(con: duckdb.DuckDBPyConnection) -> None:
    """An empty table for the rows of one file that are withheld."""
    con.execute(
        "CREATE TABLE quarantine (part VARCHAR, row_no BIGINT, table_name VARCHAR, column_name VARCHAR, rule VARCHAR, "
        "found VARCHAR, expected VARCHAR, fix VARCHAR, content VARCHAR)"
    )


def keep_broken(con: duckdb.DuckDBPyConnection, part: Matched) -> int:
    """Set aside the rows below the headings whose cells could not be told apart; returns how many."""
    if not part.grid.broken:
        return 0
    kept = con.execute(
        f"INSERT INTO quarantine SELECT {sql.literal(part.grid.name)}, row_no, {sql.literal(part.part.table.table_name)}, "
        f"NULL, rule, found, expected, {_told('rule', 'fix')}, content "
        f"FROM {part.grid.broken} WHERE row_no > {part.heading_row}"
    )
    return int(kept.fetchall()[0][0])


def keep_unknown(con: duckdb.DuckDBPyConnection, conversion: Conversion) -> None:
    """Set aside every row of a kind that the source does not know."""
    part, kind, rule = conversion.part, conversion.part.part.kind, PROBLEMS["unknown_kind"]
    assert kind
    about = sql.listed([part.part.table.table_name, kind.heading, rule.rule])
    shape = f"coalesce({SHAPE.format(cell=f'cells.{part.columns[kind.heading]}')}, 'nothing')"
    con.execute(
        f"INSERT INTO quarantine SELECT {sql.literal(part.grid.name)}, row_no, {about}, {shape}, "
        f"{sql.listed([rule.expected, rule.fix])}, {_content(part)} FROM {conversion.cells} AS cells"
    )


def keep_all(con: duckdb.DuckDBPyConnection, conversion: Conversion) -> None:
    """Set aside every row of a list that lacks a needed column."""
    part, rule = conversion.part, PROBLEMS["missing_column"]
    about = [
        part.part.table.table_name,
        ", ".join(part.missing_needed),
        rule.rule,
        "no such column",
        rule.expected,
        rule.fix,
    ]
    con.execute(
        f"INSERT INTO quarantine SELECT {sql.literal(part.grid.name)}, row_no, {sql.listed(about)}, {_content(part)} "
        f"FROM {conversion.cells} AS cells"
    )


def keep(con: duckdb.DuckDBPyConnection, filling: Filling, rule: str, rows: Mapping[int, str]) -> None:
    """Set aside these rows of a part for this reason, whatever else is wrong with them; `rows`: number and heading of each."""
    if not rows:
        return
    part, table, told = filling.part, filling.table.table_name, PROBLEMS[rule]
    con.execute(
        f"INSERT INTO quarantine SELECT {sql.literal(part.grid.name)}, row_no, {sql.literal(table)}, nullif(heading, ''), "
        f"{sql.listed([rule, 'such a row', told.expected, told.fix])}, {_content(part)} "
        f"FROM (VALUES {sql.rows(rows.items())}) AS chosen (row_no, heading) JOIN {filling.cells} AS cells USING (row_no)"
    )


def set_aside(con: duckdb.DuckDBPyConnection, part: str) -> str:
    """SQL for the numbers of the rows of a part that are in quarantine, whole though they are; "" where there is none."""
    rows = f"SELECT row_no FROM quarantine WHERE part = {sql.literal(part)} AND rule IN ({sql.listed(WHOLE)})"
    return rows if con.execute(f"{rows} LIMIT 1").fetchall() else ""


def withhold(con: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """Set aside the rows of a part without a key or without a usable date of the event itself, with the first reason."""
    kept = set_aside(con, filling.part.grid.name)
    only = f"FROM ({filling.lacking()}) WHERE row_no NOT IN ({kept})" if kept else filling.lacking()
    con.execute(f"CREATE OR REPLACE TEMP TABLE withheld AS {only}")
    for (name,) in con.execute("SELECT DISTINCT lacking FROM withheld").fetchall():
        _set_aside(con, filling, filling.table.columns[name])


def _set_aside(con: duckdb.DuckDBPyConnection, filling: Filling, column: Column) -> None:
    part = filling.part
    cell = filling.fill.cells.get(column)
    heading = ", ".join(cell.headings) if isinstance(cell, MadeKey) else part.part.heading_for(column)
    raw = part.columns.get(heading or "")
    shape = f"coalesce({SHAPE.format(cell=f'cells.{raw}')}, 'nothing')" if raw else "'nothing'"
    missing = sql.literal("missing_date" if column.type is Date else "missing_key")
    words = filling.dictionaries.get(column.column_name)
    joined = f"LEFT JOIN {words[0].table} AS words ON words.cell = cells.{words[1]}" if words else ""
    rule = f"coalesce(words.problem, {missing})" if words else missing
    con.execute(
        f"INSERT INTO quarantine SELECT {sql.literal(part.grid.name)}, row_no, "
        f"{sql.listed([filling.table.table_name, heading or column.column_name])}, {rule} AS broken, {shape}, "
        f"{_told('broken', 'expected')}, {_told('broken', 'fix')}, {_content(part)} "
        f"FROM withheld JOIN {filling.cells} AS cells USING (row_no) {joined} WHERE lacking = {sql.literal(column.column_name)}"
    )


def count_kept(con: duckdb.DuckDBPyConnection, part: str) -> int:
    """How many rows of a part are in quarantine."""
    return int(con.execute(f"SELECT count(*) FROM quarantine WHERE part = {sql.literal(part)}").fetchall()[0][0])


def _content(part: Matched) -> str:
    cells = ", ".join(f"cells.c{index}" for index in range(part.grid.width))
    return f"CAST(to_json([{cells}]) AS VARCHAR)"


def _told(rule: str, what: str) -> str:
    told: Sequence[tuple[str, str]] = [(name, getattr(problem, what)) for name, problem in PROBLEMS.items()]
    cases = " ".join(f"WHEN {sql.literal(name)} THEN {sql.literal(words)}" for name, words in told)
    return f"CASE {rule} {cases} END"
