"""A small council that a person can check by eye: three wards of two small areas, and children helped here and there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from earlyhelp.measures import Standards
from spec.dataset import Rows

CODE = "E06000999"
AS_AT = date(2026, 3, 31)
STANDARDS = Standards(AS_AT, area_code=CODE)
WARDS = ("E05000001", "E05000002", "E05000003")
NAMES = ("Northwell", "Southmere", "Eastbrook")
AREAS = [f"E0100000{number}" for number in range(1, 7)]
DECILES = (1, 1, 5, 5, 10, 10)


def places(deciles: Sequence[int | None] = DECILES, children: int | None = 500) -> list[dict[str, Any]]:
    """Six small areas, two a ward, of 500 children each."""
    return [
        {
            "lsoa": lsoa,
            "ward_code": WARDS[number // 2],
            "ward_name": NAMES[number // 2],
            "la_code": CODE,
            "children_0_17": children,
            "idaci_decile": deciles[number],
        }
        for number, lsoa in enumerate(AREAS)
    ]


def child(name: str, lsoa: str | None, family: str = "", **more: Any) -> dict[str, Any]:
    """A child who lives in an area."""
    about = {"sex": "F", "ethnicity": "WBRI", "dob": "2016-05-01", "is_child": True} | more
    return {"person_id": name, "family_id": family or f"family of {name}", "lsoa": lsoa, **about}


def helped(name: str, start: str = "2025-06-01", end: str | None = None, family: str = "") -> dict[str, Any]:
    """An episode of a child."""
    return {"episode_id": f"help of {name} from {start}", "person_id": name, "family_id": family or f"family of {name}",
            "start_date": start, "end_date": end}  # fmt: skip


def crowd(families: Sequence[int]) -> dict[str, Rows]:
    """So many families helped in the first area of each ward, a child in each."""
    names = [(f"{ward}-{n}", AREAS[2 * ward]) for ward, many in enumerate(families) for n in range(many)]
    return tables([child(*each) for each in names], [helped(name) for name, _ in names])


def tables(
    people: Sequence[Mapping[str, Any]], episodes: Sequence[Mapping[str, Any]], **others: Rows
) -> dict[str, Rows]:
    """The tables of the council with these people and episodes."""
    return {"place": places(), "person": people, "eh_episode": episodes} | others


def population(year: int = 2025, **counts: float) -> list[dict[str, Any]]:
    """Children of the council: of an ethnic group by its code, of a sex as M or F, of ages as ages_0_4."""
    rows = []
    for name, n in counts.items():
        ages = name.removeprefix("ages_").replace("_", "-") if name.startswith("ages_") else "0-17"
        group = {
            "sex": name if name in ("M", "F") else "all",
            "ethnicity": name if len(name) == 4 and ages == "0-17" else "all",
        }
        rows.append({"area_code": CODE, "year": year, "age_band": ages, "count": n, "source": "Census", **group})
    return rows
