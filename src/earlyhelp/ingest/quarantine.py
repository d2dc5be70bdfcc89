"""Rows that cannot be placed are set aside with the reason; values that are doubtful are flagged and stay.

Two tables are written while a file is read: `quarantine` (one row for each withheld source row, its content kept for the
data steward) and `issues` (one row for each doubtful value, by place and shape, without its content).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from earlyhelp.ingest.convert import Filled, PartConversion
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.recognise import Matched
from earlyhelp.sources import MadeKey, PersonOf, Read
from earlyhelp.standard import NOT_RECORDED, Column, Date

LIES_AHEAD = frozenset({"due_date", "expected_dob", "valid_to", "sustained_to", "coverage_end"})
"""Columns whose dates may lie in the future by their meaning."""


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Empty tables for what this file's rows break."""
    con.execute(
        "CREATE TABLE quarantine (part VARCHAR, row_no BIGINT, table_name VARCHAR, column_name VARCHAR, rule VARCHAR, "
        "found VARCHAR, expected VARCHAR, fix VARCHAR, content VARCHAR)"
    )
    con.execute(
        "CREATE TABLE issues "
        "(part VARCHAR, row_no BIGINT, table_name VARCHAR, column_name VARCHAR, rule VARCHAR, found VARCHAR)"
    )


def keep_broken(con: duckdb.DuckDBPyConnection, matched: Matched) -> None:
    """Set aside the rows whose cells could not be told apart."""
    rows = [
        (matched.grid.name, row.row, matched.part.table.table_name, None, row.rule, row.found, row.expected)
        for row in matched.grid.broken
        if row.row > matched.heading_row
    ]
    texts = [row.text for row in matched.grid.broken if row.row > matched.heading_row]
    if rows:
        con.executemany(
            "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row, PROBLEMS[row[4]].fix, text) for row, text in zip(rows, texts, strict=True)],
        )


def keep_all(con: duckdb.DuckDBPyConnection, conversion: PartConversion, missing: Sequence[str]) -> None:
    """Set aside every row of a list that lacks a needed column."""
    rule = PROBLEMS["missing_column"]
    con.execute(
        f"INSERT INTO quarantine SELECT ?, cells.row_no, ?, ?, ?, 'no such column', ?, ?, {_content(conversion)} "
        f"FROM {conversion.cells} AS cells JOIN {conversion.matched.grid.relation} AS raw USING (row_no)",
        [
            conversion.matched.grid.name,
            conversion.matched.part.table.table_name,
            ", ".join(missing),
            rule.rule,
            rule.expected,
            rule.fix,
        ],
    )


def withhold(con: duckdb.DuckDBPyConnection, filled: Filled, conversion: PartConversion) -> None:
    """Move the rows without a key or without a usable date of the event from the relation into quarantine."""
    fill = conversion.matched.part.fills[0]
    ordered = sorted(filled.table.withholding, key=lambda column: isinstance(fill.cells.get(column), MadeKey))
    absent = " OR ".join(f'"{column.column_name}" IS NULL' for column in ordered)
    which = " ".join(f"WHEN \"{column.column_name}\" IS NULL THEN '{column.column_name}'" for column in ordered)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE withheld AS SELECT row_no, CASE {which} END AS col, problems "
        f"FROM {filled.relation} WHERE {absent}"
    )
    for (name,) in con.execute("SELECT DISTINCT col FROM withheld").fetchall():
        _set_aside(con, filled, conversion, filled.table.columns[name])
    con.execute(f"DELETE FROM {filled.relation} WHERE row_no IN (SELECT row_no FROM withheld)")


def _set_aside(con: duckdb.DuckDBPyConnection, filled: Filled, conversion: PartConversion, column: Column) -> None:
    name = column.column_name
    broken = f"nullif(regexp_extract(withheld.problems, '(?:^|;){name}:([a-z_]+)', 1), '')"
    cell = conversion.matched.part.fills[0].cells.get(column)
    heading = cell if isinstance(cell, str) else cell.heading if isinstance(cell, PersonOf | Read) else None
    shape = conversion.shape_of(heading)
    missing = "missing_date" if column.type is Date else "missing_key"
    con.execute(
        f"INSERT INTO quarantine SELECT ?, row_no, ?, ?, coalesce({broken}, ?) AS rule, coalesce({shape}, 'nothing'), "
        f"{_told('rule', 'expected')}, {_told('rule', 'fix')}, {_content(conversion)} "
        f"FROM withheld JOIN {conversion.cells} AS cells USING (row_no) "
        f"JOIN {conversion.matched.grid.relation} AS raw USING (row_no) WHERE withheld.col = ?",
        [conversion.matched.grid.name, filled.table.table_name, heading or name, missing, name],
    )


def leave_out(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched) -> None:
    """Drop further facts of rows in quarantine, and facts that lack what they need; the latter are flagged."""
    part = matched.grid.name
    con.execute(f"DELETE FROM {filled.relation} WHERE row_no IN (SELECT row_no FROM quarantine WHERE part = ?)", [part])
    for column in filled.table.withholding:
        name = column.column_name
        con.execute(
            f"INSERT INTO issues SELECT ?, row_no, ?, ?, 'left_out', NULL FROM {filled.relation} WHERE \"{name}\" IS NULL",
            [part, filled.table.table_name, name],
        )
        con.execute(f'DELETE FROM {filled.relation} WHERE "{name}" IS NULL')


def flag_rows(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched) -> None:
    """Flag what the standard says must hold of accepted rows and does not."""
    for name in filled.given:
        column = filled.table.columns[name]
        for rule in column.rules:
            _flag(con, filled, matched, column, rule.rule, rule.broken_sql(name))
        if column.required and column not in filled.table.withholding:
            blank = f"\"{name}\" = '{NOT_RECORDED}'" if column.coded else f'"{name}" IS NULL'
            _flag(con, filled, matched, column, "blank_required", blank)
        if column.coded:
            _flag_years(con, filled, matched, column)
    if filled.own:
        _flag_repeated(con, filled, matched)


def _flag_years(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched, column: Column) -> None:
    """Codes used in a year in which the list did not hold them; the year is that of the row's own date."""
    dates = [each.column_name for each in filled.table.withholding if each.type is Date]
    if not dates or column.coded is None:
        return
    year = f'(year("{dates[0]}") + CASE WHEN month("{dates[0]}") >= 4 THEN 1 ELSE 0 END)'
    for value in column.coded.codes.values:
        limits = [f"{year} < {value.valid_from}"] if value.valid_from else []
        limits += [f"{year} > {value.valid_to}"] if value.valid_to else []
        if limits:
            condition = f"\"{column.column_name}\" = '{value.code}' AND ({' OR '.join(limits)})"
            _flag(con, filled, matched, column, "not_valid_in_year", condition)


def _flag_repeated(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched) -> None:
    if any(isinstance(cell, MadeKey) for cell in matched.part.fills[0].cells.values()):
        return
    key = ", ".join(f'"{column.column_name}"' for column in filled.table.key)
    first = filled.table.key[0]
    repeated = (
        f"row_no IN (SELECT row_no FROM (SELECT row_no, row_number() OVER (PARTITION BY {key} ORDER BY row_no DESC) AS nth "
        f"FROM {filled.relation} SEMI JOIN (SELECT {key} FROM {filled.relation} GROUP BY ALL HAVING count(*) > 1) "
        f"USING ({key})) WHERE nth > 1)"
    )
    _flag(con, filled, matched, first, "repeated_key", repeated)


def flag_after_extract(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched, extract_date: date) -> None:
    """Flag dates later than the day the extract was made, save those that may lie ahead by their meaning."""
    for name in filled.given:
        column = filled.table.columns[name]
        if column.type is Date and name not in LIES_AHEAD:
            _flag(con, filled, matched, column, "after_extract_date", f"\"{name}\" > DATE '{extract_date}'")


def move_expected_births(con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched, extract_date: date) -> None:
    """A date of birth after the extract was made is that of an unborn child: it becomes the expected one."""
    born = filled.table.columns["dob"]
    ahead = f"dob > DATE '{extract_date}'"
    _flag(con, filled, matched, born, "expected_birth", ahead)
    con.execute(f"UPDATE {filled.relation} SET expected_dob = coalesce(expected_dob, dob), dob = NULL WHERE {ahead}")


def _flag(
    con: duckdb.DuckDBPyConnection, filled: Filled, matched: Matched, column: Column, rule: str, condition: str
) -> None:
    con.execute(
        f"INSERT INTO issues SELECT ?, row_no, ?, ?, ?, NULL FROM {filled.relation} WHERE {condition}",
        [matched.grid.name, filled.table.table_name, _heading_of(column, matched), rule],
    )


def _heading_of(column: Column, matched: Matched) -> str:
    for fill in matched.part.fills:
        cell = fill.cells.get(column)
        if isinstance(cell, str):
            return cell
        if isinstance(cell, PersonOf | Read):
            return cell.heading
    return column.column_name


def issue_counts(con: duckdb.DuckDBPyConnection, parts: Sequence[str]) -> list[dict[str, Any]]:
    """What was found in these parts, by rule and column: the rows in quarantine, then the doubtful values."""
    kept = con.execute(
        "SELECT rule, column_name, count(*) FROM quarantine WHERE list_contains(?, part) GROUP BY ALL", [list(parts)]
    ).fetchall()
    seen = con.execute(
        "SELECT rule, column_name, count(*) FROM issues ANTI JOIN quarantine USING (part, row_no, column_name) "
        "WHERE list_contains(?, part) GROUP BY ALL",
        [list(parts)],
    ).fetchall()
    found = [{"rule": rule, "column": column, "count": count, "severity": "error"} for rule, column, count in kept]
    found += [
        {"rule": rule, "column": column, "count": count, "severity": PROBLEMS[rule].severity}
        for rule, column, count in seen
    ]
    return sorted(found, key=lambda each: (each["severity"], -each["count"], each["rule"], each["column"] or ""))


def _content(conversion: PartConversion) -> str:
    cells = ", ".join(f"raw.c{index}" for index in range(conversion.matched.grid.width))
    return f"CAST(to_json([{cells}]) AS VARCHAR)"


def _told(rule: str, what: str) -> str:
    cases = " ".join(f"WHEN '{name}' THEN '{_quoted(getattr(p, what))}'" for name, p in PROBLEMS.items())
    return f"CASE {rule} {cases} END"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
