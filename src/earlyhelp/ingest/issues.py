"""Values that are doubtful are flagged and stay: where they stand, which rule they break, and their shape.

One table, `issues`, is written while a file is read: one row for each doubtful value, without its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from earlyhelp.ingest.cells import SHAPE
from earlyhelp.ingest.convert import Conversion, Filling
from earlyhelp.ingest.grid import SPREADSHEET_ERRORS
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.sources import MadeKey, heading_of
from earlyhelp.standard import NOT_RECORDED, Column, Date, sql


class Check(NamedTuple):
    """What must not hold of an accepted row: the column it is about, the rule, and the condition in SQL."""

    column: Column
    rule: str
    broken: str


def make_table(con: duckdb.DuckDBPyConnection) -> None:
    """An empty table for the doubtful values of one file."""
    con.execute(
        "CREATE TABLE issues "
        "(part VARCHAR, row_no BIGINT, table_name VARCHAR, column_name VARCHAR, rule VARCHAR, found VARCHAR)"
    )


def note_unread_values(con: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """An issue for every text that its reader could not, or only just, make a value of."""
    for name, (words, raw) in filling.dictionaries.items():
        if words.rules:
            about = _about(filling, filling.table.columns[name])
            con.execute(
                f"INSERT INTO issues SELECT {about[0]}, cells.row_no, {about[1]}, {about[2]}, problem, "
                f"{SHAPE.format(cell='said')} FROM {filling.cells} AS cells "
                f"JOIN {words.table} AS words ON words.cell = cells.{raw} WHERE problem IS NOT NULL AND {filling.only}"
            )


def note_spreadsheet_errors(con: duckdb.DuckDBPyConnection, conversion: Conversion) -> None:
    """An issue for every Excel error that stands where text is expected, or where nothing is read."""
    part = conversion.part
    for heading in conversion.spreadsheet_errors():
        raw = f"cells.{part.columns[heading]}"
        con.execute(
            f"INSERT INTO issues SELECT {sql.literal(part.grid.name)}, row_no, "
            f"{sql.listed([part.part.table.table_name, heading, 'spreadsheet_error'])}, {raw} "
            f"FROM {conversion.cells} AS cells WHERE {raw} IN ({sql.listed(SPREADSHEET_ERRORS)})"
        )


def note_left_out(con: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """An issue for every further fact of an accepted row that lacks its own key or date and is left out."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE facts AS FROM ({filling.lacking()}) AS facts ANTI JOIN {_withheld(filling)}"
    )
    for (name,) in con.execute("SELECT DISTINCT lacking FROM facts").fetchall():
        _note(con, filling, filling.table.columns[name], "left_out", "facts", f"lacking = {sql.literal(name)}")


def _withheld(filling: Filling) -> str:
    part = sql.literal(filling.part.grid.name)
    return f"(SELECT row_no FROM quarantine WHERE part = {part}) AS kept USING (row_no)"


def flag_rows(con: duckdb.DuckDBPyConnection, filling: Filling, extract_date: date | None) -> None:
    """Flag what must hold of accepted rows and does not; all checks are counted in one pass over the rows.

    `extract_date`: the day the extract was made, where it is known and not inferred from these very rows.
    """
    checks = list(_checks(filling, extract_date))
    if not checks:
        return
    counted = ", ".join(f"count(*) FILTER (WHERE {check.broken})" for check in checks)
    counts = con.execute(f"SELECT {counted} FROM {filling.relation}").fetchall()[0]
    for check, count in zip(checks, counts, strict=True):
        if count:
            _note(con, filling, check.column, check.rule, filling.relation, check.broken)


def _checks(filling: Filling, extract_date: date | None) -> Iterator[Check]:
    for name in filling.given:
        column = filling.table.columns[name]
        for rule in column.rules:
            yield Check(column, rule.rule, rule.broken_sql(name))
        # A required code that is blank never withholds the row, even where it is part of the key.
        if column.required and (column.coded or column not in filling.table.withholding):
            blank = f"{sql.name(name)} = {sql.literal(NOT_RECORDED)}" if column.coded else f"{sql.name(name)} IS NULL"
            yield Check(column, "blank_required", blank)
        if outdated := _outdated(filling, column):
            yield Check(column, "not_valid_in_year", outdated)
        if extract_date and filling.own and column.type is Date and not column.planned:
            yield Check(column, "after_extract_date", f"{sql.name(name)} > {sql.literal(extract_date)}")


def _outdated(filling: Filling, column: Column) -> str:
    """The condition under which a code is used in a year in which its list did not hold it; empty where none can be."""
    if filling.table.day is None or column.code_list is None:
        return ""
    day = sql.name(filling.table.day.column_name)
    year = f"(year({day}) + CASE WHEN month({day}) >= 4 THEN 1 ELSE 0 END)"
    conditions = []
    for value in column.code_list.values:
        limits = [f"{year} < {value.valid_from}"] if value.valid_from else []
        limits += [f"{year} > {value.valid_to}"] if value.valid_to else []
        if limits:
            conditions.append(
                f"({sql.name(column.column_name)} = {sql.literal(value.code)} AND ({' OR '.join(limits)}))"
            )
    return " OR ".join(conditions)


def flag_repeated(con: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """Flag rows that repeat the key of an earlier row or, where rows have no key of their own, an earlier row itself."""
    made = [column for column, cell in filling.fill.cells.items() if isinstance(cell, MadeKey)]
    if made:
        if filling.repeats:
            column = next(column for column in filling.table.withholding if column not in made)
            _note(con, filling, column, "repeated_row", f"{filling.repeats} ANTI JOIN {_withheld(filling)}", "TRUE")
        return
    column, named, rule = filling.table.key[0], filling.table.key, "repeated_key"
    if filling.table.summed:  # lines of an account are added up: only one of the same amount may be told twice
        named, rule = (*named, filling.table.summed), "repeated_line"
    listed = ", ".join(sql.name(each.column_name) for each in named)
    if con.execute(f"SELECT 1 FROM {filling.relation} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1").fetchall():
        nth = f"row_number() OVER (PARTITION BY {listed} ORDER BY row_no) AS nth"
        _note(con, filling, column, rule, f"(SELECT row_no, {nth} FROM {filling.relation})", "nth > 1")


def note(con: duckdb.DuckDBPyConnection, filling: Filling, rule: str, rows: Mapping[int, str]) -> None:
    """An issue for each of these rows; `rows`: number and heading of each."""
    if rows:
        part, table = sql.literal(filling.part.grid.name), sql.literal(filling.table.table_name)
        con.execute(
            f"INSERT INTO issues SELECT {part}, row_no, {table}, nullif(heading, ''), {sql.literal(rule)}, NULL "
            f"FROM (VALUES {sql.rows(rows.items())}) AS chosen (row_no, heading)"
        )


def note_expected_births(con: duckdb.DuckDBPyConnection, filling: Filling, extract_date: date) -> None:
    """A note for every date of birth that lies after the extract: that of an unborn child."""
    born = filling.table.columns["dob"]
    _note(con, filling, born, "expected_birth", f"({filling.select(['dob'])})", f"dob > {sql.literal(extract_date)}")


def _note(
    con: duckdb.DuckDBPyConnection, filling: Filling, column: Column, rule: str, rows: str, condition: str
) -> None:
    part, table, heading = _about(filling, column)
    con.execute(
        f"INSERT INTO issues SELECT {part}, row_no, {table}, {heading}, {sql.literal(rule)}, NULL "
        f"FROM {rows} WHERE {condition}"
    )


def _about(filling: Filling, column: Column) -> tuple[str, str, str]:
    own = heading_of(filling.fill.cells.get(column))
    heading = own or filling.part.part.heading_for(column) or column.column_name
    return sql.literal(filling.part.grid.name), sql.literal(filling.table.table_name), sql.literal(heading)


def issue_counts(con: duckdb.DuckDBPyConnection, parts: Sequence[str]) -> list[dict[str, Any]]:
    """What was found in these parts, by rule and column, in rows: those in quarantine, then the doubtful values."""
    among = f"part IN ({sql.listed(parts)})"
    kept = con.execute(f"SELECT rule, column_name, count(*) FROM quarantine WHERE {among} GROUP BY ALL").fetchall()
    seen = con.execute(
        "SELECT rule, column_name, count(DISTINCT (part, row_no)) FROM issues "
        f"ANTI JOIN quarantine USING (part, row_no, column_name) WHERE {among} GROUP BY ALL"
    ).fetchall()
    found = [(rule, column, count, "error") for rule, column, count in kept]
    found += [(rule, column, count, PROBLEMS[rule].severity) for rule, column, count in seen]
    named = [dict(zip(("rule", "column", "count", "severity"), each, strict=True)) for each in found]
    return sorted(named, key=lambda each: (each["severity"], -each["count"], each["rule"], each["column"] or ""))
