"""The last day of which a file tells: when it was drawn, where nobody says so and no name does.

It is the latest day on which anything happened, but for days long after all others: of those a year or a month is mistyped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

LATE_SHARE = 0.02
"""The share of days after a day up to which they may be slips of the pen."""
_LONG_AFTER = timedelta(days=21)
"""What reaches less far beyond the days before it is their end, thin as the records of the last weeks may be."""
_GAP = timedelta(days=7)
_BUSIER = 4
"""How many times as much happens in as long a time before a day, where what comes after it is no more than slips."""


def last_day(times: Mapping[date, int]) -> date:
    """The latest of the days, without those that stand long after all others; `times`: how much happened on each.

    Days are left out behind a day where they are few of all, begin more than a week after it and reach three weeks beyond it,
    and as long a time before it holds more than four times as many. With fewer than fifty days in all none is.
    """
    last, few = max(times), _before_a_gap(times)
    while earlier := next((day for day in few if _ends_before_slips(day, last, times)), None):
        last = earlier
    return last


def _before_a_gap(times: Mapping[date, int]) -> list[date]:
    """The days, the latest first, after which nothing happened for a week, and then no more than may be slips."""
    found, later, after, most = [], max(times), 0, LATE_SHARE * sum(times.values())
    for day in sorted(times, reverse=True):
        if after > most:
            break
        if later - day > _GAP:
            found.append(day)
        later, after = day, after + times[day]
    return found


def _ends_before_slips(day: date, last: date, times: Mapping[date, int]) -> bool:
    """Whether what happened after `day`, up to `last`, looks mistyped."""
    reach = last - day
    if reach < _LONG_AFTER:
        return False
    before = sum(count for each, count in times.items() if day - reach < each <= day)
    since = sum(count for each, count in times.items() if day < each <= last)
    return _BUSIER * since < before
