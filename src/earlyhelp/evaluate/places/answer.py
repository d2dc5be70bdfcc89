"""Where is domestic abuse worst: the counts that answer it, and what may and may not be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.small_areas import clustered, year_to_year
from earlyhelp.evaluate.places.areas import areas_of
from earlyhelp.evaluate.places.incidents import OTHER_ROUTES, Records, Told, records_of
from earlyhelp.evaluate.places.levels import Level, Window, council, small_areas, wards, window_of
from earlyhelp.measures import Standards

STALE = 92
"""Records that end more than so many days before the data's own day are said to be old."""


@dataclass(frozen=True, eq=False)
class Places:
    """All that is known: exact counts of families, so that `release` alone may pass them on.

    Without notifications or areas, `why_no_data` says so and the rest is None. `dispersion`: how much more than Poisson
    the notifications of an area vary. `nowhere`: notifications of the year outside the council or nobody knows where.
    `unlinked`: those that name no family. `routes`: the other routes that tell of anything. `whole_year`, `two_years`:
    whether the notifications held reach back so far. `stale`: whether they end long before the day the data is as at.
    """

    as_at: date
    why_no_data: str = ""
    window: Window | None = None
    council: Level | None = None
    wards: Level | None = None
    small_areas: Level | None = None
    dispersion: float = 1.0
    nowhere: int = 0
    unlinked: int = 0
    routes: tuple[str, ...] = ()
    whole_year: bool = True
    two_years: bool = True
    stale: bool = False


def where_worst(con: duckdb.DuckDBPyConnection, standards: Standards) -> Places:
    """The counts of the last year that the police's notifications cover, and of the year before, by area.

    con: the standard tables with the profiles of `build`; nothing is written. Where no notification or no small area is
    held, the answer says so and holds no figure: that is no data, and not zero.
    """
    areas = areas_of(con, standards.area_code)
    if not len(areas):
        return Places(standards.as_at, "No small areas of this council are held, so that nothing can be placed.")
    records = records_of(con, areas, standards.as_at)
    if records.last_day is None or not len(records.notifications):
        return Places(standards.as_at, "No police notifications of domestic abuse are held.")
    return _counted(records, records.last_day, standards.as_at)


def _counted(records: Records, last_day: date, as_at: date) -> Places:
    window = window_of(last_day)
    year = records.notifications.within(window.first, window.last)
    held = records.first_day or window.last
    told = {name: len(each.within(window.before_first, window.last)) for name, each in records.routes.items()}
    areas, two_years = small_areas(records, window), held <= window.before_first + timedelta(days=31)
    return Places(
        as_at,
        window=window,
        council=council(records, window),
        wards=wards(records, window),
        small_areas=areas,
        dispersion=_dispersion(areas, year, two_years=two_years),
        nowhere=int(np.sum(year.area < 0)),
        unlinked=int(np.sum(~year.linked)),
        routes=tuple(route.words for route in OTHER_ROUTES if told[route.name]),
        whole_year=held <= window.first + timedelta(days=31),
        two_years=two_years,
        stale=(as_at - last_day).days > STALE,
    )


def _dispersion(areas: Level, year: Told, *, two_years: bool) -> float:
    """From how much areas change between the two years; where that cannot be told, from what single families bring."""
    changing = year_to_year(areas.incidents, areas.before) if two_years else np.nan
    by_family = clustered(np.unique(year.family, return_counts=True)[1].astype(np.float64))
    return by_family if np.isnan(changing) else changing
