"""Domestic abuse as it happens, and the part of it that the police hear of, which differs by area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from earlyhelp.synthetic.hazards import PLACE_OF
from earlyhelp.synthetic.lives.days import ALL_MONTHS, STARTS
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints

LEVELS = ("standard", "medium", "high")


@dataclass(frozen=True)
class Incidents:
    """True incidents, in order of month and family: one value an incident. `area` is the small area of the home."""

    family: Ints
    month: Ints
    day: Ints
    area: Ints
    heard: Flags
    level: Ints


def heard_share(world: World) -> Floats:
    """Share of incidents that the police hear of, by small area."""
    abuse, draw = world.declared.abuse, world.draw("abuse", "heard")
    wards = draw.normal(0, abuse.ward_spread, len(world.places.ward_codes))
    areas = draw.normal(0, abuse.area_spread, len(world.places.lsoa))
    odds = np.log(abuse.heard / (1 - abuse.heard)) + wards[world.places.ward] + areas
    return 1 / (1 + np.exp(-odds))


def incidents(world: World, has: Flags) -> Incidents:
    """Every true incident of the burn-in and the six years."""
    abuse, draw = world.declared.abuse, world.draw("abuse", "incidents")
    months, families = np.nonzero(has[:, :, PLACE_OF["SF8"]])
    many = draw.poisson(abuse.incidents, len(families))
    month, family = np.repeat(months, many), np.repeat(families, many)
    length = np.diff(STARTS)[month]
    day = STARTS[month] + (draw.random(len(month)) * length).astype(np.int64)
    area = world.area(family, month)
    heard = draw.random(len(family)) < heard_share(world)[area]
    level = np.searchsorted(np.cumsum(abuse.levels)[:-1], draw.random(len(family)), side="right")
    # A family that leaves within the month has no incident here after that day.
    row, _ = world.children(family, day)
    here = np.unique(row)
    return Incidents(family[here], month[here], day[here], area[here], heard[here], level[here])


def heard_by_month(world: World, all_incidents: Incidents) -> Flags:
    """Whether the police heard of at least one incident of each family in each month: (months, families)."""
    heard = np.zeros((ALL_MONTHS, world.families), bool)
    heard[all_incidents.month[all_incidents.heard], all_incidents.family[all_incidents.heard]] = True
    return heard
