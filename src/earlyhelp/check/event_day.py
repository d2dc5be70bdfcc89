"""The day on which what a record tells of happened or began."""

from __future__ import annotations

from earlyhelp.standard import Column, Table, feed


def event_day(table: Table) -> Column | None:
    """The date without which a row of the table cannot be placed; None for a table whose rows have no such day."""
    return None if table is feed else table.day
