"""Dates that do not exist, cannot be read, or say another day than was meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from earlyhelp.standard import Date
from earlyhelp.synthetic.faults.declared import CellFault, Struck
from earlyhelp.synthetic.faults.where import ENDS, Place, in_sheets

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_READ_AS_NUMBERS_FROM = date(1955, 1, 1)
"""Five digits before that are not taken for a day when a file is read, and no council holds such days of events."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _is_date(place: Place) -> bool:
    return place.kind is Date


def _in_sheets(place: Place) -> bool:
    return _is_date(place) and in_sheets(place)


def _needed(place: Place) -> bool:
    return _is_date(place) and place.withholds


def _is_end(place: Place) -> bool:
    return place.column in ENDS and bool(place.starts)


def _a_day(change: Callable[[date, Struck], str | None]) -> Callable[[Struck], str | None]:
    """A break that is made of the cell's day; it happens to clean dates alone."""

    def break_(struck: Struck) -> str | None:
        day = struck.day()
        return change(day, struck) if day else None

    return break_


def _written(struck: Struck, day: str, month: str, year: str) -> str:
    return struck.place.dates.replace("%d", day).replace("%m", month).replace("%Y", year)


def _no_such_day(day: date, struck: Struck) -> str:
    return _written(struck, *struck.one_of((("31", "02"), ("30", "02"), ("31", "04"), ("31", "11"))), str(day.year))


def _digits_of_year_swapped(day: date, struck: Struck) -> str | None:
    year = str(day.year)
    return _written(struck, f"{day.day:02}", f"{day.month:02}", f"{year[0]}{year[2]}{year[1]}{year[3]}")


def _swapped(day: date, struck: Struck) -> str | None:
    if day.day > 12 or day.day == day.month:
        return None
    return _written(struck, f"{day.month:02}", f"{day.day:02}", str(day.year))


def _as_number(day: date, struck: Struck) -> str | None:
    return str((day - _EXCEL_DAY_ZERO).days) if day >= _READ_AS_NUMBERS_FROM else None


def _before_start(struck: Struck) -> str | None:
    start = struck.day_beside(struck.place.starts)
    return (start - timedelta(days=1 + int(struck.luck * 60))).strftime(struck.place.dates) if start else None


def _in_the_two_thousands(change: Callable[[date, Struck], str | None]) -> Callable[[date, Struck], str | None]:
    """Only years from 2010 on become years that no reader takes: 2024 becomes 2204."""
    return lambda day, struck: change(day, struck) if day.year >= 2010 else None


FAULTS = (
    CellFault(
        "day that does not exist", "A day such as 31 February.",
        0.001, applies=_is_date, break_=_a_day(_no_such_day), quarantines=True,
    ),
    CellFault(
        "digits of the year swapped", "The year 2025 was typed as 2205.",
        0.0008, applies=_is_date, break_=_a_day(_in_the_two_thousands(_digits_of_year_swapped)), quarantines=True,
    ),
    CellFault(
        "event without a date", "The date of the event itself is missing.",
        0.0006, applies=_needed, break_=lambda struck: "", quarantines=True,
    ),
    CellFault(
        "end before start", "The end lies before the start.",
        0.002, applies=_is_end, break_=_before_start,
    ),
    CellFault(
        "year of two digits", "The date became text with points and a short year, as 12.03.24.",
        0.0008, applies=_in_sheets, break_=_a_day(lambda day, struck: f"{day:%d.%m.%y}"), kept=False, quarantines=True,
    ),
    CellFault(
        "day and month swapped on import", "A spreadsheet took the day for the month, where both are at most 12.",
        0.002, applies=_in_sheets, break_=_a_day(_swapped), kept=False,
    ),
    CellFault(
        "date as a day number", "The cell lost its format and shows the spreadsheet's number of the day.",
        0.002, applies=_in_sheets, break_=_a_day(_as_number), kept=False,
    ),
    CellFault(
        "date in words", "The month was written out.",
        0.002, applies=_is_date, break_=_a_day(lambda day, struck: f"{day.day} {_MONTHS[day.month - 1]} {day.year}"),
    ),
    CellFault(
        "date with a time", "A time of midnight hangs on the date.",
        0.003, applies=_in_sheets, break_=lambda struck: f"{struck.text} 00:00:00" if struck.day() else None, kept=False,
    ),
)  # fmt: skip
