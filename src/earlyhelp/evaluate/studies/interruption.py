"""What changed when something changed on one day: statutory starts by month, against places where nothing changed.

The study that a council asks of a cut: did referrals rise in the localities that lost posts, beside the others? The day,
the places and the kind of start are declared in `council.toml` before the figures are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, NotEstimable
from earlyhelp.evaluate.methods.interrupted import (
    InterruptedTimeSeries,
    excess_events,
    interrupted_time_series,
    placebo_breaks,
    power_sentence,
)
from earlyhelp.store.plans import hash_of

KINDS = ("referral", "cin_episode", "cp_plan", "looked_after")
LOCKDOWNS = ((date(2020, 3, 1), date(2021, 8, 31)),)
"""March 2020 to August 2021, when schools and services were shut for long: told to the model, not to the reader alone."""
SEED = 20260331
NEAR = 3
"""Months before a day, and after it took hold, within which another change cannot be told from the one that is studied."""

Event = tuple[date, str]
"""The day and the name of what a council declared to have changed."""


@dataclass(frozen=True)
class Interruption:
    """One declared break. `localities`: where it happened; empty where it was everywhere, and then nothing is compared.

    `phase_in`: months from the day on that are left out while it took hold. `kind`: of statutory start that is counted.
    """

    name: str
    day: date
    localities: tuple[str, ...] = ()
    phase_in: int = 0
    kind: str = "referral"

    def declaration(self) -> dict[str, Any]:
        """What is fixed before the figures are read."""
        return {
            "study": self.name,
            **asdict(self),
            "day": self.day.isoformat(),
            "counted": "statutory starts of children by month and locality of the home",
            "estimand": "ratio of the rate after the day to what it would have been, relative to the other localities",
            "method": "interrupted time series, quasi-Poisson, two harmonics, errors inflated for likeness of months",
        }

    @property
    def plan(self) -> str:
        """The hash of the declaration."""
        return hash_of(self.declaration())


@dataclass(frozen=True)
class Interrupted:
    """What was found. `excess`: children's starts above what would have been; `false_alarms`: of `placebos` other dates.

    `also`: what else the council declared to have changed in these months, long before the day or after.
    """

    study: Interruption
    fitted: InterruptedTimeSeries
    excess: Effect
    placebos: int
    false_alarms: int
    starts_after: int
    months_before: int
    months_after: int
    power: str
    also: list[Event] = field(default_factory=list)


def interrupted(
    con: duckdb.DuckDBPyConnection, study: Interruption, as_at: date, events: Sequence[Event] = ()
) -> Interrupted:
    """The change at the declared day; `events`: what else the council declared to have changed, and when.

    Raises NotEstimable with too few months, where no such locality is recorded, or where something else changed near the day.
    """
    others = [each for each in events if _called(each[1]) != _called(study.name)]
    _refuse_other_changes(study, others)
    months, counted, people, named = _monthly(con, study.kind, as_at)
    here = np.array([each in study.localities for each in named]) if study.localities else np.ones(len(named), bool)
    if not named or not set(study.localities) <= set(named):
        raise NotEstimable(
            "No home is recorded in some of the localities named.", f"Localities as recorded: {', '.join(named)}."
        )
    at = sum(month < study.day for month in months)
    own, beside = (counted[here].sum(axis=0), _people(people, here, months)), None
    if not here.all():
        beside = (counted[~here].sum(axis=0), _people(people, ~here, months))
    left_out = np.array([at <= place < at + study.phase_in for place in range(len(months))])
    shut = np.array([[float(_in_lockdown(month))] for month in months])
    beside_model = shut if 0 < shut.sum() < len(shut) and beside is None else None
    fitted = interrupted_time_series(*own, at, neighbours=beside, excluded=left_out, covariates=beside_model)
    placebos = placebo_breaks(*own, at, neighbours=beside, covariates=beside_model)
    return Interrupted(
        study,
        fitted,
        excess_events(fitted, SEED),
        len(placebos),
        sum(each.p_value < 0.05 for each in placebos),
        int(own[0][at:].sum()),
        at,
        len(months) - at,
        power_sentence(fitted),
        [each for each in others if months[0] <= each[0] <= as_at],
    )


def _called(name: str) -> str:
    """A name as a key: "Budget cut" is the study budget-cut."""
    return name.strip().lower().replace(" ", "-")


def _refuse_other_changes(study: Interruption, events: Sequence[Event]) -> None:
    first, last = (_months_on(study.day, months) for months in (-NEAR, study.phase_in + NEAR))
    for day, name in events:
        if first <= day < last:
            raise NotEstimable(
                f"{name} is declared as a change of {day:%-d %B %Y}, within {NEAR} months of the day: what it did to the "
                "figures cannot be told from what is studied.",
                f"A day near which nothing else changed. If it is the very change that is studied, call it {study.name}.",
            )


def _months_on(day: date, months: int) -> date:
    """The first of the month so many months after that of the day."""
    return date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)


def _people(people: Floats, here: Flags, months: list[date]) -> Floats:
    return np.full(len(months), max(float(people[here].sum()), 1.0))


def _in_lockdown(month: date) -> bool:
    return any(first <= month <= last for first, last in LOCKDOWNS)


def _monthly(con: duckdb.DuckDBPyConnection, kind: str, as_at: date) -> tuple[list[date], Floats, Floats, list[str]]:
    """Whole months from the first to the last, starts by locality and month, children by locality, and their names."""
    people: Mapping[str, float] = dict(
        con.execute(
            "SELECT locality, sum(children_0_17) FROM place WHERE locality IS NOT NULL GROUP BY locality ORDER BY locality"
        ).fetchall()
    )
    rows = con.execute(
        """
        SELECT locality, CAST(date_trunc('month', start_date) AS DATE) AS month, count(*) FROM statutory_start
        JOIN profile USING (person_id) JOIN place USING (lsoa)
        WHERE type = ? AND locality IS NOT NULL AND start_date <= ? GROUP BY ALL
        """,
        [kind, as_at],
    ).fetchall()
    if not rows:
        raise NotEstimable(
            f"No {kind.replace('_', ' ')} of a child with a known home is recorded.", "Statutory starts."
        )
    named, months = sorted(people), _whole_months(min(month for _, month, _ in rows), as_at)
    place, when = {each: i for i, each in enumerate(named)}, {each: i for i, each in enumerate(months)}
    events = np.zeros((len(named), len(months)))
    for locality, month, count in rows:
        if month in when:
            events[place[locality], when[month]] = count
    whole = _first_whole(events.sum(axis=0))
    return months[whole:], events[:, whole:], np.array([people[each] or 0.0 for each in named]), named


def _first_whole(starts: Floats) -> int:
    """The place of the first month that has half the usual starts of the last three years, or more.

    A system that was begun later holds of the years before only those who were still known then: no series.
    """
    return int(np.argmax(starts >= np.median(starts[-36:]) / 2))


def _whole_months(first: date, as_at: date) -> list[date]:
    """Firsts of months from `first` to the last month that is over by `as_at`."""
    months, month = [], first
    while (following := date(month.year + month.month // 12, month.month % 12 + 1, 1)) and (
        following - as_at
    ).days <= 1:
        months.append(month)
        month = following
    return months
