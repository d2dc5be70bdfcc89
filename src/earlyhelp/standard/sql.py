"""Names and values in SQL, quoted so that no text of a file can be taken for anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheets."""
_NUMBER = "[+-]?[0-9][0-9,]*([.][0-9]+)?%?"


def name(text: str) -> str:
    """A column or table by its name."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value of SQL: text, a path, a number, a date, true or false; None is NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    text = "'" + str(value).replace("'", "''") + "'"
    return f"DATE {text}" if isinstance(value, date) else text


def listed(values: Iterable[object]) -> str:
    """Values with commas between them, for IN (...)."""
    return ", ".join(literal(value) for value in values)


def rows(values: Iterable[Sequence[object]]) -> str:
    """Rows for VALUES, each in its brackets; there must be at least one."""
    return ", ".join(f"({listed(row)})" for row in values)


def plain_text(text: str) -> str:
    """A text as a spreadsheet may open it: an apostrophe (sign 39) before what it would take for a formula. Numbers stay.

    text: SQL that is text, such as a column's name.
    """
    begins = " OR ".join(f"starts_with({text}, {literal(sign)})" for sign in FORMULA_SIGNS)
    runs = f"({begins}) AND NOT regexp_full_match(trim({text}), {literal(_NUMBER)})"
    return f"CASE WHEN {runs} THEN chr(39) || {text} ELSE {text} END"
