"""The latest figure of a measure in words, by one rule for every page: of the last period that is mature, with its days."""

from __future__ import annotations

from typing import NamedTuple

from earlyhelp.release import Released, ReleasedRow, Status
from earlyhelp.reports.wording import days_of, interval_of, value_of, why_none

BY_GROUP = "told by group"
"""What stands for the figure of a measure that has one for each of several groups and none for all."""


class Latest(NamedTuple):
    """A figure in words, or why there is none; its interval, "" without one; its days; its row, None of groups alone."""

    value: str
    interval: str
    days: str
    row: ReleasedRow | None


def latest_of(released: Released) -> Latest:
    """The figure of all together in the last period that is mature, too few to say included; else of the last period.

    An earlier period is never shown in its place: where counts are small, what can be told is mostly none or all.
    """
    whole = [row for row in released.rows if not row.dims]
    if not whole:
        days = days_of(released.rows[-1], released.measure) if released.rows else "all days"
        groups = BY_GROUP if any(row.status is Status.OK for row in released.rows) else why_none(released.rows)
        return Latest(groups, "", days, None)
    row = ([each for each in whole if each.status is not Status.NOT_MATURE] or whole)[-1]
    measure = released.measure
    return Latest(value_of(row, measure), interval_of(row, measure), days_of(row, measure), row)
