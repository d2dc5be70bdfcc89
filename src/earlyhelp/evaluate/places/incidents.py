"""What the records tell of domestic abuse: police notifications, and every other way in which it comes to notice.

Rules:

- A notification is one incident: people of one incident reference count once; without a reference, a family's
  notifications of one day are one.
- It is counted where it happened and, where that is not recorded, where the person lives; every other telling is counted
  where the person lives.
- A family is the linked family; a person without one is a family of one. What names nobody counts as an incident, and
  never as the same family as another.
- Requests that the police made are left out of the other ways: they would tell the same twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Flags, Ints
from earlyhelp.evaluate.places.areas import Areas
from earlyhelp.standard.sql import listed


class Route(NamedTuple):
    """A way in which domestic abuse, or what often goes with it, comes to the council's notice.

    `words`: how a sentence says it. `rows`: SQL with person_id, family_id, day, and lsoa or NULL.
    """

    name: str
    words: str
    rows: str


FACTORS = ("3A", "3B", "3C")
"""Factors of an assessment that tell of domestic abuse: of the child, of a parent or carer, of another in the household."""
HEALTH_EVENTS = ("a_and_e", "mental_health", "substance_misuse")

NOTIFICATIONS = Route(
    "notifications",
    "police notifications",
    """
    SELECT min(person_id) AS person_id, min(family_id) AS family_id, min(event_date) AS day, min(lsoa) AS lsoa
    FROM partner_event WHERE agency = 'police' AND type = 'domestic_abuse'
    GROUP BY coalesce(incident_reference, coalesce(family_id, person_id, CAST(row_id AS VARCHAR)) || ' ' || event_date)
    """,
)
OTHER_ROUTES = (
    Route(
        "requests",
        "requests for support by others than the police",
        """
        SELECT person_id, family_id, contact_date AS day, NULL AS lsoa FROM contact
        WHERE domestic_abuse AND coalesce(source_code, '') <> '6'
        """,
    ),
    Route(
        "needs",
        "needs recorded in early help",
        """
        SELECT coalesce(eh_need.person_id, eh_episode.person_id) AS person_id,
        coalesce(eh_need.family_id, eh_episode.family_id) AS family_id,
        coalesce(identified_date, eh_episode.start_date) AS day, NULL AS lsoa
        FROM eh_need LEFT JOIN eh_episode USING (episode_id) WHERE eh_need.need_code = 'SF8'
        """,
    ),
    Route(
        "factors",
        "factors of social care assessments",
        f"""
        SELECT person_id, family_id, coalesce(end_date, start_date) AS day, NULL AS lsoa FROM social_care_event
        WHERE type = 'assessment' AND list_has_any(string_split(factors, ';'), [{listed(FACTORS)}])
        """,
    ),
    Route(
        "partners",
        "partners other than the police",
        """
        SELECT person_id, family_id, event_date AS day, NULL AS lsoa FROM partner_event
        WHERE agency <> 'police' AND type = 'domestic_abuse'
        """,
    ),
)
HEALTH = Route(
    "health",
    "health events that often go with it",
    f"""
    SELECT person_id, family_id, event_date AS day, NULL AS lsoa FROM partner_event
    WHERE agency = 'health' AND type IN ({listed(HEALTH_EVENTS)})
    """,
)
ROUTES = (NOTIFICATIONS, *OTHER_ROUTES, HEALTH)
ELSEWHERE = -1
"""The area of what happened outside the council, or nobody knows where."""


@dataclass(frozen=True, eq=False)
class Told:
    """What one route tells: arrays of one length, a place a telling; about single families, so never shown.

    `area`: place in the council's small areas, or `ELSEWHERE`. `family`: a number, the same for a family in every route;
    `linked`: false where nobody is named, so that the family may be one told of before.
    """

    area: Ints
    family: Ints
    linked: Flags
    day: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.day)

    def within(self, first: date, last: date) -> Told:
        """What is told of the days from `first` to `last`, both included."""
        return self.only((self.day >= np.datetime64(first)) & (self.day <= np.datetime64(last)))

    def only(self, kept: Flags) -> Told:
        """The tellings that are kept."""
        return Told(self.area[kept], self.family[kept], self.linked[kept], self.day[kept])


@dataclass(frozen=True, eq=False)
class Records:
    """All routes, and from when to when the police's notifications are held. No notification at all: both are None."""

    areas: Areas
    routes: dict[str, Told] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None

    @property
    def notifications(self) -> Told:
        """The police's notifications, one an incident."""
        return self.routes[NOTIFICATIONS.name]


_HOMES = """
    SELECT family_id, coalesce(min(profile.lsoa) FILTER (profile.is_child), min(profile.lsoa)) AS lsoa
    FROM person JOIN profile USING (person_id) GROUP BY family_id
"""
_HELD = """
    SELECT min(coalesce(coverage_start, event_date)), max(greatest(coalesce(coverage_end, event_date), event_date))
    FROM partner_event LEFT JOIN feed USING (feed_id) WHERE agency = 'police' AND type = 'domestic_abuse'
"""


def records_of(con: duckdb.DuckDBPyConnection, areas: Areas, as_at: date) -> Records:
    """What the standard tables hold of domestic abuse up to `as_at`; what lies after it is not known yet.

    con: the standard tables and `profile`; nothing is written.
    """
    routes = " UNION ALL ".join(
        f"SELECT '{route.name}' AS route, person_id, family_id, day, lsoa FROM ({route.rows}) AS told"
        for route in ROUTES
    )
    found = con.execute(
        f"""
        SELECT route, coalesce(told.family_id, told.person_id) AS family, day,
        coalesce(nullif(nullif(told.lsoa, 'not_recorded'), 'unmapped'), profile.lsoa, home.lsoa) AS lsoa
        FROM ({routes}) AS told LEFT JOIN profile USING (person_id)
        LEFT JOIN ({_HOMES}) AS home ON home.family_id = told.family_id
        WHERE day <= ? ORDER BY ALL
        """,
        [as_at],
    ).fetchnumpy()
    first, last = con.execute(_HELD).fetchall()[0]
    told = _told(found, areas)
    return Records(areas, told, first, min(last, as_at) if last else None)


def _told(found: dict[str, NDArray[np.object_]], areas: Areas) -> dict[str, Told]:
    names = np.ma.filled(np.ma.asarray(found["family"]), "").astype(str)
    linked = names != ""
    _, family = np.unique(names, return_inverse=True)
    family = np.where(linked, family, -1 - np.arange(len(names)))  # whoever is not named is nobody else
    at = {lsoa: place for place, lsoa in enumerate(areas.lsoa)}
    codes = np.ma.filled(np.ma.asarray(found["lsoa"]), "").astype(str)
    area = np.array([at.get(code, ELSEWHERE) for code in codes], dtype=np.int64)
    day = np.ma.getdata(found["day"]).astype("datetime64[D]")
    every = Told(area, family.astype(np.int64), linked, day)
    route = np.asarray(found["route"]).astype(str)
    return {each.name: every.only(route == each.name) for each in ROUTES}
