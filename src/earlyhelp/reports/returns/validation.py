"""Validation of the national return: every row of it that breaks a rule of the standard, and every value that is no code.

The rules were applied to the whole snapshot when it was made; here they are held against the rows that the return
carries. Warnings tell of what seldom is, and keep nothing from being sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from earlyhelp.build.tables import replace
from earlyhelp.check import all_rules, fix_list
from earlyhelp.check.completeness import valid
from earlyhelp.check.fix_list import Line
from earlyhelp.reports.returns.carried import CARRIED, Carried
from earlyhelp.reports.returns.return_rows import chosen
from earlyhelp.standard import TABLES, UNMAPPED, Column, sql

NOT_FILLED, NO_CODE = "required_value_missing", "no_code_for_the_word"
WHAT_TO_DO = {
    NOT_FILLED: "The standard requires it of every record. Enter it in the case system: the next extract brings it.",
    NO_CODE: "No code of the standard stands for the source's word. Map the word (earlyhelp map), or correct it there.",
}


def invalid_lines(con: duckdb.DuckDBPyConnection, files: Mapping[str, str]) -> list[Line]:
    """A line for each fault of a row in `return_row`: the record by its own number, the field, and what to do.

    `con` holds the analysis side of a snapshot, `files` the name of the file by feed. Leaves in `rule_break` only the
    faults of the return.
    """
    replace(con, "rule_break", _BREAKS.format(before="{before}", rules=sql.rows(_rules_that_bind())))
    lines = fix_list.of_rules(con, files)
    for carried in CARRIED.values():
        for column in carried.columns:
            lines += _of_column(con, carried, column, files)
    return lines


_BREAKS = (
    'SELECT broken.* FROM "{before}" AS broken SEMI JOIN (VALUES {rules}) AS binding (rule) USING (rule) '
    "SEMI JOIN return_row USING (table_name, row_id)"
)


def _rules_that_bind() -> Iterator[tuple[str]]:
    """The rules that are errors and judge a column that the return carries."""
    carried = {column for each in CARRIED.values() for column in each.columns}
    return ((rule.code,) for rule in all_rules() if rule.severity == "error" and rule.about[0] in carried)


def _of_column(
    con: duckdb.DuckDBPyConnection, carried: Carried, column: Column, files: Mapping[str, str]
) -> Iterator[Line]:
    told = ", ".join(_told(carried))
    for fault, condition in _faults(column).items():
        rows = con.execute(f"SELECT {told} FROM {chosen(carried)} WHERE {condition} ORDER BY ALL").fetchall()
        for record, team, worker, feed, place in rows:
            part, _, row = (place or "").rpartition(":")
            yield Line(
                files.get(feed, ""),
                part,
                row,
                carried.table.table_name,
                record or "",
                column.column_name,
                f"{column}:{fault}",
                "",
                f"{column}: {WHAT_TO_DO[fault]}",
                team or "",
                worker or "",
                "error",
            )


def _told(carried: Carried) -> Iterator[str]:
    """SQL for what a line tells of a row: its key, who can mend it, and where in the files it stands."""
    columns = carried.table.columns
    keys = [sql.name(each.column_name) for each in carried.table.key if not each.sensitivity.on_identity_side]
    yield f"concat_ws(' ', {', '.join(keys)})"
    yield "team" if "team" in columns else "NULL"
    yield "lead_practitioner_id" if "lead_practitioner_id" in columns else "NULL"
    yield from ("feed_id", "source_record_id")


def _faults(column: Column) -> dict[str, str]:
    """By fault the condition under which a value of the column has it; a key and a day are always there."""
    name = sql.name(column.column_name)
    unmapped = f"contains({name}, '{UNMAPPED}')" if column.coded else "FALSE"
    faults = {NO_CODE: unmapped} if column.coded else {}
    if column.required and column not in TABLES[column.table_name].withholding:
        faults[NOT_FILLED] = f"NOT coalesce({valid(column)}, FALSE) AND NOT coalesce({unmapped}, FALSE)"
    return faults
