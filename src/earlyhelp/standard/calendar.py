"""England's clocks, and its working days: all but Saturdays, Sundays, Christmas Day, Good Friday and bank holidays.

Bank holidays are those of the Banking and Financial Dealings Act 1971, section 1 and Schedule 1, with the days that
royal proclamation moves or adds under that section. Children's legislation gives "working day" this meaning, for
example the Children Act 2004 (Joint Area Reviews) Regulations 2005, regulation 1(3). The dates come from the library
`holidays`: years to come follow the rule, and a one-off holiday is known once the installed version holds it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import cache

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2060, 12, 31)


def clock_time(moment: datetime) -> datetime:
    """What clocks in England show at a moment in Coordinated Universal Time; both without a time zone.

    One hour more from one o'clock on the last Sunday of March to one o'clock on the last Sunday of October.
    Source: Summer Time Act 1972, section 1, as amended by the Summer Time Order 2002 (SI 2002/262).
    """
    begins, ends = (_last_sunday(moment.year, month) for month in (3, 10))
    return moment + timedelta(hours=1) if begins <= moment < ends else moment


def _last_sunday(year: int, month: int) -> datetime:
    """One o'clock on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=last.isoweekday() % 7)


def is_working_day(day: date) -> bool:
    """True when `day` is a working day in England. Raises ValueError outside 1990 to 2060."""
    return _up_to(day) > _before(day)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`.

    `start` itself never counts, whichever day of the week it is: a request received on a Friday and decided on the
    Monday took 1 working day, one decided the same day took 0. Negative when `end` is before `start`, so that two dates
    the wrong way round can be seen. Raises ValueError outside 1990 to 2060.
    """
    return _up_to(end) - _up_to(start)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`: the last day on which something due within n working days is on time.

    `day` itself never counts, so one working day after a Friday, a Saturday or a Sunday is the Monday. With n = 0 it is
    `day`, working day or not; with a negative n the working days before `day` are counted back.
    Raises ValueError when `day` or the answer lies outside 1990 to 2060.
    """
    if n == 0:
        return date.fromordinal(_ordinal(day))
    place = _up_to(day) + n - 1 if n > 0 else _before(day) + n
    if not 0 <= place < len(_working_days()):
        raise ValueError(f"the answer lies outside the calendar, which covers {FIRST_DAY} to {LAST_DAY}")
    return date.fromordinal(_working_days()[place])


@cache
def working_day_table(first: date, last: date) -> list[tuple[date, int]]:
    """Each day from `first` to `last`, both included, with the number of working days from 1990 up to and including it.

    The number at the end less the number at the start is `working_days_between` the two: a query joins the table on
    both dates and subtracts. Every table counts from 1 January 1990, so tables of different spans agree.
    Raises ValueError outside 1990 to 2060, or when `last` is before `first`.
    """
    start, end = _ordinal(first), _ordinal(last)
    if end < start:
        raise ValueError("the table's last day is before its first")
    return [(date.fromordinal(day), bisect_right(_working_days(), day)) for day in range(start, end + 1)]


def _up_to(day: date) -> int:
    return bisect_right(_working_days(), _ordinal(day))


def _before(day: date) -> int:
    return bisect_left(_working_days(), _ordinal(day))


def _ordinal(day: date) -> int:
    if not FIRST_DAY.toordinal() <= day.toordinal() <= LAST_DAY.toordinal():
        raise ValueError(f"a day lies outside the calendar of working days, which covers {FIRST_DAY} to {LAST_DAY}")
    return day.toordinal()


@cache
def _working_days() -> tuple[int, ...]:
    """Ordinals of the working days, in order."""
    from holidays import country_holidays  # here, as it takes longer to load than many commands take to run

    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    bank_holidays = {day.toordinal() for day in country_holidays("GB", subdiv="ENG", years=years)}
    days = range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)
    return tuple(day for day in days if date.fromordinal(day).weekday() < 5 and day not in bank_holidays)
