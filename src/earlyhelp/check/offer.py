"""The offer map: what a council offers, by need, age, level, place and provider, with the gaps and what is offered twice.

It is read from the service table, whichever directory filled it. What a record does not say is never read as none: it
stands under `not_recorded`, and words that no code list knows under `unmapped`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import duckdb

from earlyhelp.check.offer_area import Areas, areas_of
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, codelists, sql
from earlyhelp.standard.ages import AGE_BANDS

OF_CHILDREN = tuple(name for name, first, _ in AGE_BANDS if first < 18)
UNSAID = (NOT_RECORDED, UNMAPPED)


@dataclass(frozen=True)
class Service:
    """One service that runs on the day. `provider` is None where no organisation is named.

    `needs`, `areas`: codes and places, or `not_recorded` or `unmapped` alone. `level`: a code or one of those two.
    `ages`: lowest and highest in years, each None where the record names no such end; None where it names neither.
    """

    service_id: str
    name: str
    provider: str | None
    needs: tuple[str, ...]
    ages: tuple[float | None, float | None] | None
    level: str
    areas: tuple[str, ...]

    @property
    def bands(self) -> tuple[str, ...]:
        """The age bands it reaches into. An end that the record does not name is no limit."""
        if self.ages is None:
            return (NOT_RECORDED,)
        lowest, highest = self.ages
        return tuple(
            name
            for name, first, last in AGE_BANDS
            if (lowest is None or lowest < last + 1) and (highest is None or highest >= first)
        )

    @property
    def cells(self) -> Iterator[tuple[str, str, str, str]]:
        """Every need, age band, level and area in which it is offered."""
        return product(self.needs, self.bands, (self.level,), self.areas)


@dataclass(frozen=True)
class Offer:
    """What a council offers on a day: the services that run, the areas it is made of, and how many run no more."""

    services: tuple[Service, ...]
    areas: tuple[str, ...]
    not_running: int

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """What can stand in each dimension, in the order in which it is shown."""
        return {
            "need": codelists.needs.codes,
            "age_band": OF_CHILDREN,
            "level": codelists.levels.codes,
            "area": self.areas,
        }


def offer_of(con: duckdb.DuckDBPyConnection, as_at: date, area_code: str, council: str = "") -> Offer:
    """What the council offers on the day, from the tables of a snapshot.

    A service told of by several directories is one, known by its id in the Open Referral UK directory; the council's own
    list is believed first. Left out: services that have ended or not begun, and those a directory calls not active.
    """
    named = areas_of(con, area_code, council)
    rows = con.execute(_SERVICES, [as_at, as_at]).fetchall()
    services = tuple(_service(named, *row) for *row, runs in rows if runs)
    said = {area for each in services for area in each.areas if area not in UNSAID}
    others = sorted(said - set(named.localities), key=str.casefold)
    return Offer(services, (*named.localities, *others), sum(1 for *_, runs in rows if not runs))


def _first_said(column: str) -> str:
    said = f"{column} IS NOT NULL AND CAST({column} AS VARCHAR) <> {sql.literal(NOT_RECORDED)}"
    order = (
        f"CAST({column} AS VARCHAR) = {sql.literal(UNMAPPED)}, source_system <> 'standard', source_system, service_id"
    )
    return f"first({column} ORDER BY {order}) FILTER ({said}) AS {column}"


_TOLD = ("name", "organisation", "need_codes", "minimum_age", "maximum_age", "level", "area")
_SERVICES = f"""
    SELECT directory_id, {", ".join(_TOLD)},
    coalesce(start_date <= ?, TRUE) AND coalesce(end_date >= ?, TRUE) AND coalesce(status, 'active') IN ('active', 'unmapped')
    FROM (
        SELECT coalesce(open_referral_id, service_id) AS directory_id,
        {", ".join(_first_said(column) for column in (*_TOLD, "start_date", "end_date", "status"))}
        FROM service GROUP BY directory_id
    ) ORDER BY lower(name), directory_id
"""


def _service(
    named: Areas,
    service_id: str,
    name: str | None,
    organisation: str | None,
    need_codes: str | None,
    minimum_age: float | None,
    maximum_age: float | None,
    level: str | None,
    area: str | None,
) -> Service:
    needs = tuple(dict.fromkeys(code for code in (need_codes or NOT_RECORDED).split(";") if code))
    ages = None if minimum_age is None and maximum_age is None else (minimum_age, maximum_age)
    return Service(
        service_id,
        name or service_id,
        organisation,
        tuple(code for code in needs if code not in UNSAID) or needs[:1],
        ages,
        level or NOT_RECORDED,
        named.of(area) if area else (NOT_RECORDED,),
    )


def families_by_need(con: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, tuple[int, int]] | None:
    """For each need, the families that recorded it in the year up to the day, and those whose record of it has no day.

    The day is that on which the need was identified, else that on which its episode began. A person without a family
    counts as one. None where no need of anybody is recorded at all: then nobody can tell. Exact: `release` says what may
    be shown.
    """
    if not con.execute("SELECT 1 FROM eh_need LIMIT 1").fetchone():
        return None
    found = {need: (year, undated) for need, year, undated in con.execute(_FAMILIES, [as_at, as_at]).fetchall()}
    return {need: found.get(need, (0, 0)) for need in (*codelists.needs.codes, *UNSAID)}


_FAMILIES = """
    SELECT need_code, count(DISTINCT whose) FILTER (day <= CAST(? AS DATE) AND day > CAST(? AS DATE) - INTERVAL 1 YEAR),
    count(DISTINCT whose) FILTER (day IS NULL)
    FROM (
        SELECT need_code, coalesce(eh_need.family_id, eh_need.person_id, eh_need.need_id) AS whose,
        coalesce(identified_date, episode.start_date) AS day
        FROM eh_need LEFT JOIN (
            SELECT episode_id, source_system, min(start_date) AS start_date FROM eh_episode GROUP BY ALL
        ) AS episode USING (episode_id, source_system)
    ) GROUP BY need_code
"""


def cells_of(services: Sequence[Service]) -> list[dict[str, Any]]:
    """One row for each need, age band, level and area in which anything is offered: services and providers, by name."""
    found: dict[tuple[str, str, str, str], list[Service]] = {}
    for service in services:
        for cell in service.cells:
            found.setdefault(cell, []).append(service)
    order = [*codelists.needs.codes, *(name for name, *_ in AGE_BANDS), *codelists.levels.codes]
    places = {value: place for place, value in enumerate(order)}
    ordered = sorted(found, key=lambda cell: [(places.get(value, len(order)), value) for value in cell])
    return [_cell(cell, found[cell]) for cell in ordered]


def _cell(cell: tuple[str, str, str, str], services: Sequence[Service]) -> dict[str, Any]:
    need, band, level, area = cell
    providers = sorted({each.provider for each in services if each.provider}, key=str.casefold)
    return {
        "need": need,
        "need_label": codelists.needs.label(need),
        "age_band": band,
        "level": level,
        "level_label": codelists.levels.label(level),
        "area": area,
        "services": len(services),
        "providers": len(providers),
        "names": [each.name for each in services],
        "provider_names": providers,
    }
