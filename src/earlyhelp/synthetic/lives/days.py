"""Days as whole numbers since 1970, months from the start of the burn-in, and working days of England."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from earlyhelp.standard.calendar import working_day_table
from earlyhelp.synthetic.population import Days, Flags, Ints
from earlyhelp.synthetic.timeline import BUDGET_CUT, FIRST_DAY, LAST_DAY, LOCKDOWNS, MONTHS, NEW_FORM

BURN_IN = 48
"""Months lived before the first day, so that it finds open cases, a waiting list and the right number in need.

Long cases need this long to settle: after two years fewer families than usual can be referred again.
"""
ALL_MONTHS = BURN_IN + MONTHS
NEVER = 999_999
"""A day that does not come."""
YEAR = 365.25


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


FROM_5D = day_number(date(2022, 4, 1))
"""From this day the census knows early help as a source (5D) and a reason for closure (RC9)."""
FIRST, LAST, CUT, FORM = (day_number(day) for day in (FIRST_DAY, LAST_DAY, BUDGET_CUT, NEW_FORM))
STARTS: Ints = np.arange("2016-04", "2026-05", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
"""First day of every month of the burn-in and of the six years, and of the month after."""


def numbers(days: Days) -> Ints:
    """Days since 1970, `NEVER` for NaT."""
    days = days.astype("datetime64[D]")
    return np.where(np.isnat(days), NEVER, days.astype(np.int64))


def birthdays(born: Ints, years: int) -> Ints:
    """The day on which a child born on `born` reaches an age; for 29 February the day after the 28th in other years."""
    day = born.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    return (month + 12 * years).astype("datetime64[D]").astype(np.int64) + (day - month).astype(np.int64)


def month_of(days: Ints) -> Ints:
    """The month each day lies in, counted from the start of the burn-in."""
    return np.searchsorted(STARTS, days, side="right") - 1


def lockdown_share() -> np.ndarray:
    """Share of the days of each month, burn-in included, on which schools were closed to most."""
    days = np.arange(STARTS[0], STARTS[-1])
    closed: Flags = np.zeros(len(days), bool)
    for first, last in LOCKDOWNS:
        closed |= (days >= day_number(first)) & (days <= day_number(last))
    return np.bincount(month_of(days), closed) / np.diff(STARTS)


def working_days_after(days: Ints, n: Ints) -> Ints:
    """The n-th working day after each day; n is 0 or more, and 0 gives the day itself."""
    working = _working()
    place = np.searchsorted(working, days, side="right") + n - 1
    return np.where(n == 0, days, working[np.clip(place, 0, len(working) - 1)])


@cache
def _working() -> Ints:
    table = working_day_table(date(2015, 1, 1), date(2028, 12, 31))
    counted = np.array([count for _, count in table])
    first = day_number(table[0][0])
    return first + np.flatnonzero(np.diff(counted, prepend=counted[0] - 1))
