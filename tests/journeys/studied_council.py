"""A council of one-child families in the standard's own layout, with what its services do planted in its records."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

AS_AT = date(2026, 3, 31)
SERVICES: Sequence[Mapping[str, object]] = (
    {"service_id": "S01", "name": "Family Steps", "level": "targeted", "annual_cost": 200_000},
    {"service_id": "S02", "name": "Slow Steps", "level": "targeted", "annual_cost": 90_000},
    {"service_id": "S03", "name": "Open Steps", "annual_cost": 40_000},
    {"service_id": "S04", "name": "Few Steps", "level": "targeted", "annual_cost": 10_000},
    {"service_id": "S05", "name": "Idle Steps", "level": "targeted"},
)
"""S01 takes 20 of 100 families from a step up, the others do nothing; S03 names nobody for whom it is; S05 is never offered."""
UNLISTED = "S77"
"""A service that was delivered and stands in no directory."""
OFFERED = {"": 0.5, "S01": 0.25, "S02": 0.15, "S03": 0.095, "S04": 0.003, UNLISTED: 0.002}
TAKEN_FROM = 0.2


@dataclass(frozen=True)
class Family:
    """One family of one child: when it was helped, its need, what it was offered, and when it stepped up, if it did."""

    number: int
    start: date
    needy: bool
    service: str
    stepped_up: date | None

    @property
    def keys(self) -> dict[str, Any]:
        """The names of its child, itself and its episode."""
        return {"person_key": f"P{self.number}", "family_key": f"F{self.number}", "episode_id": f"E{self.number}"}


def draw(families: int, seed: int) -> list[Family]:
    """Families by lot: those in need are offered S01 more often, and step up more whatever they are offered."""
    luck = np.random.default_rng(seed)
    drawn = []
    for number in range(families):
        start, needy = AS_AT - timedelta(days=int(luck.integers(1000, 2200))), bool(luck.random() < 0.5)
        chances = np.array(list(OFFERED.values())) * ([0.8, 1.4, 1, 1, 1, 1] if needy else [1.2, 0.6, 1, 1, 1, 1])
        service = str(luck.choice(list(OFFERED), p=chances / chances.sum()))
        risk = 0.3 + 0.1 * needy - TAKEN_FROM * (service == "S01")
        day = start + timedelta(days=int(luck.integers(40, 380)))
        drawn.append(Family(number, start, needy, service, day if luck.random() < risk else None))
    return drawn


def write_council(inbox: Path, families: int = 1_600, seed: int = 4, *, offers: bool = True) -> None:
    """Write the records of so many families as CSV files; without `offers`, no service was delivered to anybody."""
    drawn = draw(families, seed)
    for table, rows in _records(drawn).items():
        if offers or table != "service_delivered":
            _write(inbox / f"{table}.csv", rows)


def _records(drawn: Sequence[Family]) -> dict[str, Iterable[Mapping[str, object]]]:
    return {
        "person": (
            {"person_key": each.keys["person_key"], "dob": _after(each, -3000), "is_child": True} for each in drawn
        ),
        "family_member": (
            {"family_key": each.keys["family_key"], "person_key": each.keys["person_key"], "role": "child"}
            for each in drawn
        ),
        "eh_episode": (
            {
                **each.keys,
                "start_date": each.start,
                "allocated_date": _after(each, 5),
                "end_date": _after(each, 200),
                "need_code": "SF5" if each.needy else "SF2",
                "level": "targeted",
            }
            for each in drawn
        ),
        "service": SERVICES,
        "service_delivered": (
            {
                **each.keys,
                "delivery_id": f"D{each.number}",
                "service_id": each.service,
                "offered_date": _after(each, 25),
            }
            for each in drawn
            if each.service
        ),
        "social_care_event": (
            {
                "event_id": f"V{each.number}",
                "person_key": each.keys["person_key"],
                "type": "cin_plan",
                "start_date": each.stepped_up,
            }
            for each in drawn
            if each.stepped_up
        ),
    }


def _after(family: Family, days: int) -> date:
    return family.start + timedelta(days=days)


def _write(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    held = list(rows)
    headings = list(dict.fromkeys(name for row in held for name in row))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, headings)
        writer.writeheader()
        writer.writerows(held)
