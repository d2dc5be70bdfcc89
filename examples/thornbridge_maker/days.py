"""The three years of the example, and arithmetic with days."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_DAY = date(2023, 4, 1)
EXTRACT_DAY = date(2026, 3, 31)
YEAR_ENDS = (date(2024, 3, 31), date(2025, 3, 31), date(2026, 3, 31))
_CLOSED = {(12, 25), (12, 26), (1, 1)}


def working_day(day: date) -> date:
    """The day itself, or the next one on which the front door is staffed."""
    while day.weekday() > 4 or (day.month, day.day) in _CLOSED:
        day += timedelta(days=1)
    return day


def later(day: date, days: int) -> date:
    """The working day on or after `days` days later."""
    return working_day(day + timedelta(days=days))


def working_days_later(day: date, count: int) -> date:
    """The day `count` working days later."""
    for _ in range(count):
        day = working_day(day + timedelta(days=1))
    return day


def known(day: date | None, as_at: date) -> date | None:
    """The day if it had come by `as_at`, else None: nobody writes down what has not happened."""
    return day if day is not None and day <= as_at else None


def months_before(as_at: date, months: int) -> date:
    """The day after the same month-end `months` earlier: six months before 31 March is 1 October."""
    first = as_at + timedelta(days=1)
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def age(born: date, on: date) -> int:
    """Age last birthday; -1 before birth, as Annex A has it."""
    if born > on:
        return -1
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
