"""The waiting-harm clock: how long families wait, what ends it, who waits longest, and what more workers would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import duckdb
import numpy as np

from earlyhelp.measures.figures import Standards
from earlyhelp.measures.waiting.escalation import DAYS, Endings, endings
from earlyhelp.measures.waiting.flow import Priority, flow, weekly_workers
from earlyhelp.measures.waiting.forecast import Forecast, forecast
from earlyhelp.measures.waiting.groups import Comparison, comparisons
from earlyhelp.measures.waiting.waits import Ending, Waits, missing_columns, waits

ACCEPTED_WITHIN = 730
"""Days back from which waits are told: two years, long enough for small councils and short enough to be about now."""


@dataclass(frozen=True)
class OnTheList:
    """The list on the day the data is as at: waits, families among them, and waits longer than each of `DAYS`.

    `still_listed`: waits besides these that ended by escalation though the record still has the family on the list; the
    size of the list (measure B1) counts such families too.
    """

    waits: int
    families: int
    longer_than: Mapping[int, int]
    still_listed: int


@dataclass(frozen=True)
class Waiting:
    """All that is known of the waiting list. Exact figures and counts of families: `release` alone may pass them on.

    `missing`: the columns that hold nothing and without which nobody can tell who waits; then everything else is None,
    which is no data and not zero. `first_day`: the waits told in `endings` and `groups` began on it or later, until
    `as_at`; `now` and `forecast` rest on all. `left_out`: rows and waits that could not be told, by reason.
    `statutory_known`: false where no record of statutory services was given, so that only the reason for closing tells
    of an escalation and the share escalated is a lower bound.
    """

    as_at: date
    first_day: date
    missing: tuple[str, ...] = ()
    accepted: int = 0
    now: OnTheList | None = None
    endings: Endings | None = None
    groups: tuple[Comparison, ...] | None = None
    forecast: Forecast | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    statutory_known: bool = True

    @property
    def status(self) -> str:
        """`no_data` where a column is missing or nobody was accepted since `first_day`, else `ok`."""
        return "ok" if self.accepted and not self.missing else "no_data"

    @property
    def why_no_data(self) -> str:
        """Why there is no data, for a person to read; empty where there is."""
        if self.missing:
            return f"Nothing fills {', '.join(self.missing)}, so that nobody can tell who waits."
        since = f"{self.first_day.day} {self.first_day:%B %Y}"
        return "" if self.accepted else f"No family is recorded as accepted since {since}."

    @property
    def caveats(self) -> tuple[str, ...]:
        """What a reader must know beside the figures, but for what was left out (`left_out`), which is counted."""
        told = []
        if not self.statutory_known:
            told.append(
                "No record of statutory services was given: escalations are those that closing reasons tell of."
            )
        return (*told, *_ALWAYS)


_ALWAYS = (
    "A family that escalates while it waits might have done so with a worker too: the wait is not shown to be the cause.",
    "A family whose children are accepted on different days has several waits.",
)


def waiting(
    con: duckdb.DuckDBPyConnection,
    standards: Standards,
    *,
    extra_workers: Sequence[float] = (0, 1, 2, 3),
    priority: Priority | None = None,
    seed: int = 0,
) -> Waiting:
    """The list as at `standards.as_at`, how waits ended, who waits longest, and the list played on.

    con: the standard tables with the spells and profiles of `build`; nothing is written. extra_workers: scenarios, 0 for
    as now. priority: families that are served first, by a recorded value. seed: the same seed gives the same ranges.
    Where a needed column holds nothing, or nobody was accepted, the answer says so and holds no figure.
    """
    first_day = standards.as_at - timedelta(days=ACCEPTED_WITHIN)
    if missing := missing_columns(con):
        return Waiting(standards.as_at, first_day, missing)
    every = waits(con, standards.as_at)
    recent = every.accepted_since(first_day)
    told = Waiting(
        standards.as_at,
        first_day,
        accepted=len(recent),
        now=_on_the_list(every),
        left_out=every.left_out,
        statutory_known=every.statutory_known,
    )
    if not len(recent):
        return told
    past = flow(every, weekly_workers(con, standards.as_at), priority)
    return _with_figures(told, recent, forecast(past, extra_workers, seed=seed), seed)


def _with_figures(told: Waiting, recent: Waits, ahead: Forecast, seed: int) -> Waiting:
    return replace(told, endings=endings(recent, seed), groups=comparisons(recent), forecast=ahead)


def _on_the_list(every: Waits) -> OnTheList:
    still = every.only(every.ending == Ending.WAITING)
    longer = {day: int(np.sum(still.days > day)) for day in DAYS}
    return OnTheList(len(still), len(np.unique(still.family)), longer, every.still_listed)
