"""The true records as they could be known on a day: what began later is not there, what ended later is still open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb

from earlyhelp.standard import (
    Column,
    Date,
    Table,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_plan_action,
    eh_review,
    family_member,
    person,
    person_address,
    person_identifier,
    service_delivered,
    social_care_event,
    stored_columns,
    worker,
)

_BEGINS = {
    column.table_name: column
    for column in (
        person_identifier.valid_from,
        person_address.valid_from,
        family_member.from_date,
        eh_need.identified_date,
        service_delivered.offered_date,
        worker.valid_from,
    )
}
"""The date from which a row is known, where the standard does not require one."""
_LEARNT = {
    social_care_event.end_date: (social_care_event.outcome_code, social_care_event.factors),
    eh_episode.end_date: (eh_episode.end_reason_code, eh_episode.end_reason_raw),
    eh_assessment.completion_date: (eh_assessment.outcome_code, eh_assessment.outcome_raw),
    contact.decision_date: (contact.decision_code, contact.decision_raw, contact.level_decided),
}
"""What is learnt on the day under a date, and not before."""
_AHEAD = (person.dob, person.expected_dob, eh_assessment.due_date, eh_plan_action.due_date, eh_review.due_date)
"""Dates that are known before they come."""


def tables_there(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The names of the tables and views of a connection, those registered from memory included."""
    named = con.execute("SELECT view_name FROM duckdb_views() UNION SELECT table_name FROM duckdb_tables()")
    return frozenset(str(row[0]) for row in named.fetchall())


def event_date(table: Table) -> Column | None:
    """The date on which what a row tells of happened or began; None for what has none."""
    return table.day or _BEGINS.get(table.table_name)


def known(con: duckdb.DuckDBPyConnection, table: Table, as_at: date | None) -> str:
    """SQL for the rows of a table as known on a day (as they stand, without one), with every stored column of the standard.

    A column that the records do not hold is empty, and so is a table. An unborn child has no date of birth yet, but an
    expected one.
    """
    name = table.table_name
    if name not in tables_there(con):
        return f"SELECT {', '.join(_empty(*column) for column in stored_columns(table).items())} WHERE FALSE"
    held = {str(row[0]) for row in con.execute(f'DESCRIBE "{name}"').fetchall()}
    columns = ", ".join(
        f'{_value(table, each, column, held, as_at)} AS "{each}"' for each, column in stored_columns(table).items()
    )
    begins = event_date(table)
    there = ""
    if as_at and begins and begins.column_name in held:
        there = f" WHERE {begins.column_name} IS NULL OR {begins.column_name} <= {_day(as_at)}"
    return f'SELECT {columns} FROM "{name}"{there}'


def _empty(name: str, column: Column) -> str:
    return f'CAST(NULL AS {column.type.duckdb}) AS "{name}"'


def _value(table: Table, name: str, column: Column, held: Collection[str], as_at: date | None) -> str:
    value = f'CAST("{name}" AS {column.type.duckdb})' if name in held else f"CAST(NULL AS {column.type.duckdb})"
    if as_at and column is person.expected_dob and "dob" in held:
        return f"coalesce({value}, CASE WHEN dob > {_day(as_at)} THEN dob END)"
    if as_at is None or name not in held:
        return value
    if column.type is Date and (column not in _AHEAD or column is person.dob):
        return f'CASE WHEN "{name}" <= {_day(as_at)} THEN {value} END'
    if later := _learnt_later(table, name, held, as_at):
        return f"CASE WHEN {later} THEN NULL ELSE {value} END"
    return value


def _learnt_later(table: Table, name: str, held: Collection[str], as_at: date) -> str:
    """SQL that is true where the column was not learnt yet on the day; empty for what is known at once."""
    for when, learnt in _LEARNT.items():
        about = {each.column_name for each in learnt} | {each.raw_name for each in learnt if each.coded}
        if when.table_name == table.table_name and name in about and when.column_name in held:
            return f"{when.column_name} > {_day(as_at)}"
    if table is social_care_event and name == social_care_event.nfa.column_name and "end_date" in held:
        return f"type = 'assessment' AND end_date > {_day(as_at)}"
    return ""


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
