"""Months, quarters and years of the council's reporting year, both ends included."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Its length in months."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


class Period(NamedTuple):
    """From the first to the last day, both included."""

    start: date
    end: date


def is_whole(period: Period, grain: Grain) -> bool:
    """Whether a period is a month, quarter or year to its last day: one that was cut short on the last day seen is not."""
    return period.end == _months_later(period.start, grain.months) - timedelta(days=1)


def periods(first: date, last: date, grain: Grain | None, year_starts: int = 4) -> list[Period]:
    """The periods that hold the days from `first` to `last`; one period of those very days where there is no grain.

    Years start in month `year_starts` (April, as the government's), quarters are that year's. The last period ends on
    `last` even where its month goes on, so that nothing is said of days not yet seen.
    """
    if last < first:
        return []
    if grain is None:
        return [Period(first, last)]
    found = []
    start = _start_of(first, grain, year_starts)
    while start <= last:
        following = _months_later(start, grain.months)
        found.append(Period(start, min(following - timedelta(days=1), last)))
        start = following
    return found


def _start_of(day: date, grain: Grain, year_starts: int) -> date:
    since = (day.month - year_starts) % grain.months
    return _months_later(date(day.year, day.month, 1), -since)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
