"""A small council that a person can check by eye: two wards of three small areas, and families told of here and there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from earlyhelp.measures import Standards
from spec.dataset import Rows

CODE = "E06000999"
AS_AT = date(2026, 3, 31)
STANDARDS = Standards(AS_AT, area_code=CODE)
AREAS = [f"E0100000{number}" for number in range(1, 7)]
WARDS = ("E05000001", "E05000002")
NAMES = ("Northwell", "Southmere")

PLACES: Sequence[Mapping[str, Any]] = [
    {
        "lsoa": lsoa,
        "ward_code": WARDS[number // 3],
        "ward_name": NAMES[number // 3],
        "la_code": CODE,
        "children_0_17": 400,
    }
    for number, lsoa in enumerate(AREAS)
]


def person(name: str, lsoa: str | None, family: str | None = None) -> dict[str, Any]:
    """A child who lives in an area."""
    return {"person_id": name, "family_id": family or f"family of {name}", "lsoa": lsoa, "is_child": True}


def notified(name: str, day: str | date, lsoa: str | None = None, **more: Any) -> dict[str, Any]:
    """A police notification of domestic abuse about a person's family."""
    told = {
        "agency": "police",
        "type": "domestic_abuse",
        "event_date": str(day),
        "lsoa": lsoa,
        "incident_reference": None,
    }
    return {"person_id": name, "family_id": f"family of {name}"} | told | more


def requested(name: str, day: str, *, source: str = "2A") -> dict[str, Any]:
    """A request for support in which domestic abuse is mentioned."""
    return {"person_id": name, "contact_date": day, "source_code": source, "domestic_abuse": True}


def numbered(rows: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The rows with a number each, and every column that any of them has."""
    rows = list(rows)
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{key: str(number)} | {name: row.get(name) for name in columns} for number, row in enumerate(rows, start=1)]


def tables(people: Sequence[dict[str, Any]], events: Sequence[dict[str, Any]], **others: Rows) -> dict[str, Rows]:
    """The tables of the council with these people and these events of partners."""
    return {"place": PLACES, "person": people, "partner_event": numbered(events, "event_id"), **others}


def crowd(heard: Sequence[int], known: Sequence[int], both: Sequence[int]) -> dict[str, Rows]:
    """So many families in each area of whom the police told, anybody else told, and both (counted in each); none twice.

    The police told of each on a day of its own in the last year; others by a request, half of them by a need too.
    """
    people, events, requests, episodes, needs = [], [], [], [], []
    for lsoa, by_police, by_others, by_both in zip(AREAS, heard, known, both, strict=True):
        for number in range(by_police + by_others - by_both):
            name, day = f"{lsoa}-{number}", AS_AT - timedelta(days=number % 300)
            people.append(person(name, lsoa))
            if number < by_police:
                events.append(notified(name, day))
            if number >= by_police - by_both:
                requests.append(requested(name, str(day)))
                episodes.append({"episode_id": name, "person_id": name, "start_date": str(day)})
                needs.append({"episode_id": name, "need_code": "SF8", "framework": "SF2022", "person_id": name})
    return tables(
        people, events,
        contact=numbered(requests, "contact_id"), eh_episode=episodes[::2], eh_need=numbered(needs[::2], "need_id"),
    )  # fmt: skip
