"""The waiting list: one wait for each family and day of acceptance, how long it has lasted and what ended it.

Rules, all in one query:

- A wait begins on `start_date`, the day of acceptance. Children of one family who were accepted on the same day share
  one wait; a sibling who is accepted later begins another. A child without a family is a family of one.
- Allocated: the first day on which any of them has a worker (`allocated_date`, or `first_contact_date` where no worker's
  day is recorded: a family that has been visited does not wait). One that came before acceptance is there on that day.
- Escalated: the first day on which an episode of the wait closes as stepped up, or a statutory service begins for one
  of its children, after the day of acceptance. A service that began on that day is where the family came from.
- Left: the day on which the last of its episodes closes, when nobody was allocated.
- The first of these days ends the wait. On one and the same day escalation comes before allocation, and allocation
  before leaving.
- What happens after the day the data is as at is not known yet.

Left out, and counted: rows of systems that never record an allocation (they cannot tell who waits), rows whose end lies
before acceptance, and waits that closed with goals met though no allocation was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.splits import AGE_BANDS
from earlyhelp.standard import NOT_RECORDED, CodeList, ages, contact, eh_episode, person
from earlyhelp.standard.sql import listed, literal

NEEDS = (eh_episode.start_date, eh_episode.allocated_date)
"""The columns without which nobody can tell who waits."""
STEPPED_UP = "stepped_up"
MET_GOALS = ("outcomes_met", "partly_met")
"""Reasons for closing that only help can have led to: whoever closed with them was not waiting, whatever the dates say."""
SEVERAL = "several"
"""The value of a family whose children differ."""


class Ending(IntEnum):
    """What ended a wait; the numbers are the causes of `aalen_johansen`, 0 standing for not ended yet."""

    WAITING = 0
    ALLOCATED = 1
    ESCALATED = 2
    LEFT = 3


ENDED = (Ending.ALLOCATED, Ending.ESCALATED, Ending.LEFT)


@dataclass(frozen=True)
class Grouping:
    """One way to tell families on the list apart: its name, how a sentence says it, and the list its codes are from.

    `said`: how a value that is in no list is said, the value in the place of the braces.
    """

    name: str
    words: str
    codes: CodeList | None = None
    said: str = "{}"

    def label(self, value: str) -> str:
        """The value as a person reads it."""
        if value == SEVERAL:
            return "Children differ"
        return self.codes.label(value) if self.codes and value in self.codes.codes else self.said.format(value)


GROUPINGS = {
    each.name: each
    for each in (
        Grouping("need_code", "main need", eh_episode.need_code.code_list),
        Grouping("locality", "locality"),
        Grouping("referral_source_code", "who asked", contact.source_code.code_list),
        Grouping("level", "level of support", eh_episode.level.code_list),
        Grouping("youngest", "age of the youngest child", AGE_BANDS),
        Grouping("ethnicity", "ethnic group", person.ethnicity.code_list),
        Grouping("imd_decile", "deprivation of the area", said="decile {} (1 is the most deprived)"),
    )
}
"""What families on the list are told apart by, as it stood in the record of the wait. `youngest` is a band of ages."""


@dataclass(frozen=True, eq=False)
class Waits:
    """Every wait that the records can tell of: arrays of one length, a place a wait. Exact and about single families.

    `family`: a number that stands for the family in this result alone. `accepted`: the day the wait began. `days`: its
    length in days, up to its end or to `as_at`. `ending`: an `Ending`. `groups`: the value of each of `GROUPINGS`.
    `left_out`: how many rows or waits could not be told, by reason. `still_listed`: how many of all waits ended by
    escalation though the record still has the family on the list, neither allocated nor closed. `statutory_known`: false
    where there is no record of statutory services at all, so that only the reason for closing tells of an escalation.
    """

    as_at: date
    family: NDArray[np.int64]
    accepted: NDArray[np.datetime64]
    days: NDArray[np.int64]
    ending: NDArray[np.int64]
    groups: Mapping[str, NDArray[Any]]
    left_out: Mapping[str, int] = field(default_factory=dict)
    still_listed: int = 0
    statutory_known: bool = True

    def __len__(self) -> int:
        return len(self.days)

    @property
    def until(self) -> NDArray[np.datetime64]:
        """The day on which each wait ended, or `as_at`."""
        return self.accepted + self.days

    def only(self, kept: NDArray[np.bool_]) -> Waits:
        """The waits at the places where `kept` is true."""
        groups = {name: values[kept] for name, values in self.groups.items()}
        arrays = {name: getattr(self, name)[kept] for name in ("family", "accepted", "days", "ending")}
        return replace(self, groups=groups, **arrays)

    def accepted_since(self, first: date) -> Waits:
        """The waits that began on that day or later."""
        return self.only(self.accepted >= np.datetime64(first, "D"))


def missing_columns(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Those of the needed columns that hold nothing, as `table.column`; none where waits can be told."""
    counts = ", ".join(f"count({column.column_name})" for column in NEEDS)
    [found] = con.execute(f"SELECT {counts} FROM eh_episode").fetchall()
    return tuple(str(column) for column, filled in zip(NEEDS, found, strict=True) if not filled)


def waits(con: duckdb.DuckDBPyConnection, as_at: date) -> Waits:
    """All waits that began on or before `as_at`, in order of acceptance. See the rules at the top of this module.

    con: the standard tables with the spells and profiles that `build` makes. Nothing is written.
    """
    found = con.execute(f"{_with(as_at)} {_TOLD} ORDER BY accepted, family").fetchnumpy()
    return Waits(
        as_at,
        family=_whole(found["family_number"]),
        accepted=np.asarray(found["accepted"]).astype("datetime64[D]"),
        days=_whole(found["days"]),
        ending=_whole(found["ending"]),
        groups={name: np.asarray(found[name], dtype=object) for name in GROUPINGS},
        left_out=_left_out(con, as_at),
        still_listed=_count(con, f"{_with(as_at)} {_STILL_LISTED}"),
        statutory_known=con.execute("SELECT 1 FROM social_care_event LIMIT 1").fetchone() is not None,
    )


def _whole(values: Any) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])


def _left_out(con: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, int]:
    sql = f"""{_with(as_at)} SELECT
        (SELECT count(*) FROM child WHERE NOT tells),
        (SELECT count(*) FROM child WHERE tells AND NOT possible),
        (SELECT count(*) FROM ended WHERE NOT recorded)
    """
    [counts] = con.execute(sql).fetchall()
    reasons = (
        "episodes of systems that record no allocation",
        "episodes that end before they are accepted",
        "families closed with goals met and no allocation recorded",
    )
    return {reason: count for reason, count in zip(reasons, counts, strict=True) if count}


def _shared(column: str) -> str:
    """SQL of the value that all children of a wait have who have one."""
    value = f"nullif(CAST({column} AS VARCHAR), '{NOT_RECORDED}')"
    return (
        f"CASE count(DISTINCT {value}) WHEN 0 THEN '{NOT_RECORDED}' WHEN 1 THEN min({value}) ELSE '{SEVERAL}' END "
        f"AS {column}"
    )


_AGE = "date_diff('month', born, accepted) // 12"
_BAND = (
    f"CASE WHEN born IS NULL THEN '{NOT_RECORDED}' WHEN born > accepted THEN 'unborn' "
    f"{ages.age_band_cases(_AGE)} END AS youngest"
)
_SHARED = tuple(name for name in GROUPINGS if name != "youngest")


def _with(as_at: date) -> str:
    """The tables of the query: `child` (a row an episode), `wait` (a row a wait) and `ended` (with its last day)."""
    return f"""
    WITH setting AS (SELECT {literal(as_at)} AS as_at),
    asked AS (SELECT contact_id, source_system, min(source_code) AS source_code FROM contact GROUP BY ALL),
    area AS (SELECT lsoa, min(locality) AS locality, min(imd_decile) AS imd_decile FROM place GROUP BY lsoa),
    child AS (
        SELECT episode.row_id, episode.person_id, start_date AS accepted, episode.need_code, episode.level,
        coalesce('family ' || episode.family_id, 'person ' || episode.person_id, 'row ' || episode.row_id) AS family,
        CASE WHEN coalesce(allocated_date, first_contact_date) < start_date THEN start_date
        ELSE coalesce(allocated_date, first_contact_date) END AS helped, end_date, end_reason_code, as_at,
        episode.source_system IN (SELECT source_system FROM eh_episode WHERE allocated_date IS NOT NULL) AS tells,
        coalesce(end_date >= start_date, TRUE) AS possible,
        coalesce(episode.locality, area.locality) AS locality, area.imd_decile, profile.ethnicity,
        coalesce(nullif(referral_source_code, '{NOT_RECORDED}'), asked.source_code) AS referral_source_code,
        CASE WHEN coalesce(profile.is_child, TRUE) THEN profile.birth_month END AS born
        FROM eh_episode AS episode CROSS JOIN setting
        LEFT JOIN profile ON profile.person_id = episode.person_id
        LEFT JOIN area ON area.lsoa = profile.lsoa
        LEFT JOIN asked ON asked.contact_id = episode.contact_id AND asked.source_system = episode.source_system
        WHERE start_date <= as_at
    ),
    begun AS (
        SELECT child.row_id, min(statutory_start.start_date) AS begun FROM child
        JOIN statutory_start ON statutory_start.person_id = child.person_id
        AND statutory_start.start_date > child.accepted AND statutory_start.start_date <= as_at
        GROUP BY child.row_id
    ),
    known AS (
        SELECT child.*, CASE WHEN helped <= as_at THEN helped END AS served,
        CASE WHEN end_date <= as_at THEN end_date END AS closed,
        least(begun, CASE WHEN end_reason_code = '{STEPPED_UP}' AND end_date <= as_at THEN end_date END) AS stepped
        FROM child LEFT JOIN begun USING (row_id) WHERE tells AND possible
    ),
    wait AS (
        SELECT family, accepted, any_value(as_at) AS as_at, min(served) AS served, min(stepped) AS stepped,
        CASE WHEN bool_and(closed IS NOT NULL) THEN max(closed) END AS closed,
        bool_or(closed IS NOT NULL AND coalesce(end_reason_code IN ({listed(MET_GOALS)}), FALSE)) AS met_goals,
        max(born) AS born,
        {", ".join(_shared(name) for name in _SHARED)}
        FROM known GROUP BY family, accepted
    ),
    ended AS (
        SELECT *, least(served, stepped, closed) AS until, dense_rank() OVER (ORDER BY family) AS family_number,
        served IS NOT NULL OR NOT met_goals AS recorded
        FROM wait
    )"""


_STILL_LISTED = (
    "SELECT count(*) FROM ended WHERE recorded AND served IS NULL AND closed IS NULL AND stepped IS NOT NULL"
)
_TOLD = f"""
    SELECT family_number, accepted, date_diff('day', accepted, coalesce(until, as_at)) AS days,
    CASE WHEN until IS NULL THEN {Ending.WAITING:d} WHEN until = stepped THEN {Ending.ESCALATED:d}
    WHEN until = served THEN {Ending.ALLOCATED:d} ELSE {Ending.LEFT:d} END AS ending,
    {_BAND}, {", ".join(_SHARED)}
    FROM ended WHERE recorded
"""
