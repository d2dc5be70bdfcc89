"""The council's own flow, by week: who joined the list, who was allocated, who left it, and how many workers there were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.waiting.waits import Ending, Waits
from earlyhelp.standard.sql import literal
from earlyhelp.statistics.survival import kaplan_meier

WEEKS = 52
"""Weeks of flow that are read: one year, so that every season is in it once."""
FEWEST_WEEKS = 13
"""With fewer weeks of records the flow says too little about a year to come."""
LONGEST_WEEKS = 104
"""Families that have waited this many weeks or more are kept together: the oldest are taken first anyway."""

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Priority:
    """Which families go first: those whose value of a grouping is one of these. Plain rules, never a score."""

    grouping: str
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Flow:
    """The list week by week, in order, the last week ending on the day the data is as at. Exact; not to be shown.

    Rows are weeks, columns classes of priority, the first to be served first (one class without priorities).
    `arrivals`: families accepted; `allocated`, `escalated`, `left`: waits that ended so, of one class or another;
    `waiting_before`, `waiting_after`: on the list when the week began and when it was over.
    `list_now`: rows are classes, columns weeks waited so far, the last one for `LONGEST_WEEKS` and more.
    `workers`: full-time equivalents at the end of each week, or None where nobody tells who works there.
    """

    arrivals: Whole
    allocated: Whole
    escalated: Whole
    left: Whole
    waiting_before: Whole
    waiting_after: Whole
    list_now: Whole
    workers: NDArray[np.float64] | None

    def __len__(self) -> int:
        return len(self.allocated)

    @property
    def busy(self) -> NDArray[np.bool_]:
        """The weeks that ended with families on the list, and so show all that the service could do."""
        return self.waiting_after > 0

    @property
    def capacity(self) -> tuple[Whole, NDArray[np.float64]]:
        """How many families could be allocated in a week: the numbers, in order, and the chance of each; none without weeks.

        A week that ended with nobody waiting shows only that the service could do at least what it did: it counts like a
        wait that has not ended, by Kaplan-Meier over numbers instead of days. Chance that is left goes to the most seen.
        """
        curve = kaplan_meier(self.allocated, self.busy)
        chances = -np.diff(curve.survival, prepend=1.0, append=0.0)
        numbers = np.append(curve.times, curve.last_day).astype(np.int64)
        return numbers[chances > 0], chances[chances > 0]

    @property
    def per_worker_week(self) -> float | None:
        """Families that one full-time worker can take on in a week; None where it cannot be told."""
        if self.workers is None or not self.workers.sum() > 0:
            return None
        numbers, chances = self.capacity
        return float(numbers @ chances / self.workers.mean())


def flow(waits: Waits, workers: NDArray[np.float64] | None = None, priority: Priority | None = None) -> Flow:
    """The flow of the last `WEEKS` complete weeks, or of as many as there have been since the first acceptance.

    workers: as `weekly_workers` gives them, for `WEEKS` weeks. Raises KeyError for a priority by a grouping there is not.
    """
    weeks = _complete_weeks(waits)
    first = _first(waits, priority)
    classes = [first, ~first] if priority else [np.ones(len(waits), dtype=bool)]
    ago = _weeks_ago(waits, waits.until)
    ends = {ending: _by_week(ago[waits.ending == ending], weeks) for ending in Ending}
    joined = _weeks_ago(waits, waits.accepted)
    arrivals = np.stack([_by_week(joined[each], weeks) for each in classes], axis=1)
    going = int(np.sum(waits.ending == Ending.WAITING))
    net = arrivals.sum(axis=1) - sum(ends[ending] for ending in Ending if ending)
    after = going - np.concatenate([net[::-1].cumsum()[::-1][1:], [0]]) if weeks else net
    return Flow(
        arrivals=arrivals,
        allocated=ends[Ending.ALLOCATED],
        escalated=ends[Ending.ESCALATED],
        left=ends[Ending.LEFT],
        waiting_before=after - net,
        waiting_after=after,
        list_now=np.stack([_list_now(waits.only(each)) for each in classes]),
        workers=None if workers is None else workers[len(workers) - weeks :],
    )


def weekly_workers(con: duckdb.DuckDBPyConnection, as_at: date, weeks: int = WEEKS) -> NDArray[np.float64] | None:
    """Full-time equivalents at the end of each week, the last of them `as_at`; None where nobody tells.

    Counted are workers who have ever held an episode (`allocation`), with their `fte` in `worker` on that day; a worker
    without one counts as full-time. Without any of them in `worker`, those who held an episode on that day count as 1.
    """
    days = [literal(as_at) + f" - {7 * ago}" for ago in range(weeks - 1, -1, -1)]
    for sql in (_STAFF, _HOLDERS):
        found = np.array(_column(con, sql.format(days=", ".join(f"({day})" for day in days))), dtype=np.float64)
        if found.any():
            return found
    return None


_STAFF = """
    SELECT coalesce(sum(coalesce(fte, 1)) FILTER (worker_id IS NOT NULL), 0) FROM (VALUES {days}) AS week(day)
    LEFT JOIN (SELECT * FROM worker SEMI JOIN allocation USING (worker_id)) AS staff
    ON coalesce(valid_from <= day, TRUE) AND coalesce(valid_to >= day, TRUE) GROUP BY day ORDER BY day
"""
_HOLDERS = """
    SELECT count(DISTINCT worker_id) FROM (VALUES {days}) AS week(day)
    LEFT JOIN allocation ON from_date <= day AND coalesce(to_date >= day, TRUE) GROUP BY day ORDER BY day
"""


def _column(con: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    return [row[0] for row in con.execute(sql).fetchall()]


def _complete_weeks(waits: Waits) -> int:
    if not len(waits):
        return 0
    days = (np.datetime64(waits.as_at, "D") - waits.accepted.min()).astype(int) + 1
    return min(int(days) // 7, WEEKS)


def _first(waits: Waits, priority: Priority | None) -> NDArray[np.bool_]:
    if priority is None:
        return np.ones(len(waits), dtype=bool)
    return np.isin(waits.groups[priority.grouping], priority.values)


def _weeks_ago(waits: Waits, days: NDArray[np.datetime64]) -> Whole:
    """How many weeks lie between the week of each day and the last one: 0 for the seven days up to `as_at`."""
    return np.asarray((np.datetime64(waits.as_at, "D") - days).astype(np.int64) // 7, dtype=np.int64)


def _by_week(ago: Whole, weeks: int) -> Whole:
    counts = np.bincount(ago[ago < weeks], minlength=weeks)[:weeks]
    return np.asarray(counts[::-1], dtype=np.int64)


def _list_now(waits: Waits) -> Whole:
    waited = np.minimum(waits.days[waits.ending == Ending.WAITING] // 7, LONGEST_WEEKS)
    return np.asarray(np.bincount(waited, minlength=LONGEST_WEEKS + 1), dtype=np.int64)
