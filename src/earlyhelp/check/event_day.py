"""The day on which what a record tells of happened or began."""

from __future__ import annotations

from earlyhelp.standard import TABLES, Column, Date, Table


def event_day(table: Table) -> Column | None:
    """The date without which a row of the table cannot be placed; None for a table whose rows have no such day."""
    return next((column for column in table.withholding if column.type is Date and table is not TABLES["feed"]), None)
