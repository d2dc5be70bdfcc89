"""What rules on the day of entry have in common: whether a system tells of it, and what was entered before its day."""

from __future__ import annotations

from earlyhelp.standard import TABLES, Column


def says_when_entered(day: Column, what: str = "record") -> tuple[str, str]:
    """SQL that gives a row where the records of a day say when they were entered, and the reason where none does."""
    told = f"SELECT 1 FROM {day.table_name} WHERE recorded_date IS NOT NULL LIMIT 1"
    return told, f"no {what} says when it was entered"


def entered_before(day: Column) -> str:
    """SQL for the records entered before the day that they tell of."""
    team = "team" if "team" in TABLES[day.table_name].columns else "NULL AS team"
    return f"SELECT row_id, {team} FROM {day.table_name} WHERE recorded_date < {day.column_name}"
