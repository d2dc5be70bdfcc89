"""The record-level return on early help: the standard's own tables without anything that names a person.

No national collection of early help is laid down yet. This is what one could carry today: `CARRIED` says which tables and
columns, `LEFT_OUT` why the other tables stay at home. Ids are pseudonyms made for the return alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from earlyhelp.check import readiness
from earlyhelp.measures.periods import Grain, periods
from earlyhelp.release import policy, publish_readiness
from earlyhelp.reports.returns.carried import BIRTH_MONTH, CARRIED, Carried
from earlyhelp.reports.returns.declared import Cell, Drawn, LaidOut, Return, counted
from earlyhelp.reports.returns.files import write_lists
from earlyhelp.reports.returns.return_rows import chosen, find_rows, left_behind
from earlyhelp.reports.returns.validation import invalid_lines
from earlyhelp.standard import VERSION, Column, Key, person, reference, service, sql

PUBLIC_IDS = (service.service_id.column_name,)
"""Keys of things that are no person's, wherever they stand: they stay as they are."""


def lay_out_return(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> LaidOut:
    """The tables of the return for the reporting year of the last day (or since the first day asked for), validated."""
    ready = next(each for each in readiness.readiness(con) if each["return"] == "standard")
    first = drawn.first or periods(drawn.last, drawn.last, Grain.YEAR, drawn.year_starts)[0].start
    find_rows(con, first, drawn.last)
    tables = {each.table.table_name: con.execute(_rows(each, drawn.salt)).to_arrow_table() for each in CARRIED.values()}
    invalid = invalid_lines(con, drawn.files)
    rows = ", ".join(counted(table.num_rows, f"row of {name}", f"rows of {name}") for name, table in tables.items())
    return LaidOut(
        tables,
        left_behind(con),
        invalid=tuple(invalid),
        readiness=publish_readiness(ready, drawn.policy or policy("dfe")),
        about=_about(drawn, f"{first} to {drawn.last}", rows, len(invalid)),
    )


def _rows(carried: Carried, salt: str) -> str:
    """SQL for the rows of a table as the return shows them, in the order of their values."""
    shown = [f'{_value(column, salt)} AS "{column.column_name}"' for column in carried.columns]
    shown += [BIRTH_MONTH] if carried.table is person else ["source_system", "recorded_date"]
    return f"SELECT DISTINCT {', '.join(shown)} FROM {chosen(carried)} ORDER BY ALL"


def _is_made_anew(column: Column) -> bool:
    return column.type is Key and column.column_name not in PUBLIC_IDS


def _value(column: Column, salt: str) -> str:
    """A code, date or number as it is; an id as a pseudonym, of the linked person and family where it is theirs."""
    name = column.column_name
    if not _is_made_anew(column):
        return f'"{name}"'
    value = {"person_key": "person_id", "family_key": "family_id"}.get(name, name)
    about = str(reference(column) or column)
    return (
        f"CASE WHEN {value} IS NOT NULL THEN 'N' || left(sha256({sql.literal(f'{salt}|{about}|')} || {value}), 24) END"
    )


def _about(drawn: Drawn, days: str, rows: str, invalid: int) -> str:
    return "\n".join(
        [
            f"Return on early help: {drawn.council}",
            f"Days: {days}. Snapshot {drawn.snapshot}, as at {drawn.as_at}.",
            f"The Early Help standard dataset, version {VERSION}: files named after its tables, its own column names.",
            f"Holds {rows}.",
            f"Validated by the rules of the standard before it was written: {counted(invalid, 'fault', 'faults')}.",
            "There are no names, dates of birth, addresses or numbers of any system. Ids are pseudonyms of this return.",
            "",
        ]
    )


def _columns() -> Iterator[Cell]:
    for each in CARRIED.values():
        for column in each.columns:
            yield Cell(each.table.table_name, column.column_name, (column,), _note(column))
        if each.table is person:
            yield Cell(
                person.table_name, BIRTH_MONTH, (person.dob, person.expected_dob), "First day of the month of birth."
            )
        else:
            yield Cell(each.table.table_name, "source_system", (), "The system that the record comes from.")
            yield Cell(
                each.table.table_name, "recorded_date", (), "Day the record was entered, where the source has it."
            )


def _note(column: Column) -> str:
    if not _is_made_anew(column):
        return ""
    whose = {"person_key": " of the linked person", "family_key": " of the linked family"}
    return f"Pseudonym{whose.get(column.column_name, '')}, made for this return."


RETURN = Return(
    name="national-return",
    title="National return: record-level early help",
    holds="Requests, assessments, episodes, needs, outcomes and services of the people helped, without anything that names them.",
    publisher="Early Help Evidence",
    source=(
        "The Early Help standard dataset, version 1. No national collection of early help is published: the layout is that of "
        "the standard, which `earlyhelp load` reads."
    ),
    period="the reporting year that holds the day (--to; by default the day of the snapshot), or since --from",
    endings=(".zip",),
    columns=tuple(_columns()),
    about_people=True,
    identity=False,
    lay_out=lay_out_return,
    write=write_lists,
    validated=True,
)
