"""What partners tell the council: incidents, poverty, other signals; attendance and exclusions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.standard import partner_event
from earlyhelp.synthetic.hazards import PLACE_OF, SHOCKS, SIGNALS
from earlyhelp.synthetic.lives.abuse import LEVELS, Incidents
from earlyhelp.synthetic.lives.days import BURN_IN, FIRST, LAST, NEVER, STARTS
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, only, pick, standard_table
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Ints

_AGENCIES = ("police", "health", "housing", "benefits", "school", "youth_justice")
_LASTS = ("benefit_cap", "rent_arrears", "out_of_work_benefit", "council_tax_arrears")


def partner_events(world: World, has: Flags, struck: Flags, abuse: Incidents) -> pa.Table:
    """One row an event, by kind and then by month and family."""
    parts = [_abuse(abuse)]
    parts += [_shocks(world, struck, place) for place in range(len(SHOCKS))]
    parts += [_signals(world, has, place) for place in range(len(SIGNALS))]
    each = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    row, _ = world.children(each["family"], each["day"])
    kept = np.zeros(len(each["day"]), bool)
    kept[row] = True
    return _table(world, {name: values[kept & (each["day"] >= FIRST)] for name, values in each.items()})


def _part(
    family: Ints, day: Ints, kind: int, about_child: bool = False, amount: float = -1, level: Ints | None = None
) -> Frame:
    n = len(family)
    return {
        "family": family, "day": day, "kind": np.full(n, kind), "about_child": np.full(n, about_child),
        "amount": np.full(n, amount), "level": np.full(n, -1) if level is None else level,
    }  # fmt: skip


_KINDS = (
    ("police", "domestic_abuse"),
    *((each.agency, each.event_type) for each in SHOCKS.values()),
    *((each.agency, each.event_type) for each in SIGNALS),
)


def _abuse(abuse: Incidents) -> Frame:
    told = abuse.heard
    return _part(abuse.family[told], abuse.day[told], 0, level=abuse.level[told])


def shock_days(world: World, months: Ints, families: Ints, place: int) -> Ints:
    """Day of each shock within its month."""
    within = world.draw("shocks", "days", place).random(len(months))
    return STARTS[months] + (within * np.diff(STARTS)[months]).astype(np.int64)


def _shocks(world: World, struck: Flags, place: int) -> Frame:
    shock = list(SHOCKS.values())[place]
    months, families = np.nonzero(struck[:, :, place])
    day = shock_days(world, months, families, place)
    return _part(families, day, 1 + place, shock.agency == "school", shock.amount or -1)


def _signals(world: World, has: Flags, place: int) -> Frame:
    signal, draw = SIGNALS[place], world.draw("signals", place)
    months, families = np.nonzero(has[BURN_IN:, :, PLACE_OF[signal.need]])
    told = draw.random(len(months)) < signal.chance
    months, families = months[told] + BURN_IN, families[told]
    day = STARTS[months] + (draw.random(len(months)) * np.diff(STARTS)[months]).astype(np.int64)
    return _part(
        families, day, 1 + len(SHOCKS) + place, signal.about == "child", 620 if "arrears" in signal.event_type else -1
    )


def _table(world: World, each: Frame) -> pa.Table:
    draw, n = world.draw("records", "partner"), len(each["day"])
    child, adult = _oldest(world, each["family"], each["day"]), world.mother[each["family"]]
    lasts = np.isin([kind for _, kind in _KINDS], _LASTS)[each["kind"]]
    end = np.where(lasts, each["day"] + draw.integers(40, 500, n), NEVER)
    month = np.searchsorted(STARTS, each["day"], side="right") - 1
    agency = np.array([_AGENCIES.index(agency) for agency, _ in _KINDS])
    person = np.where(each["about_child"], len(world.people.adult_key) + child, adult)
    return standard_table(
        partner_event,
        event_id=keys("V", np.arange(n)),
        person_key=pick([*world.people.adult_key, *world.people.child_key], person),
        family_key=pick(world.people.family_key, each["family"]),
        agency=pick(_AGENCIES, agency[each["kind"]]),
        type=pick([kind for _, kind in _KINDS], each["kind"]),
        event_date=dates(each["day"]),
        end_date=dates(end),
        level=pick(LEVELS, each["level"]),
        outcome=pick(("ongoing", "completed"), np.where(lasts, (end <= LAST).astype(np.int64), -1)),
        lsoa=pick(world.places.lsoa, world.area(each["family"], month)),
        amount=only(np.round(each["amount"] * draw.lognormal(0, 0.4, n), 2), each["amount"] > 0),
        recorded_date=entered(draw, each["day"]),
    )


def _oldest(world: World, family: Ints, day: Ints) -> Ints:
    """The oldest child of each family on its day."""
    row, child = world.children(family, day)
    order = np.lexsort((-world.born[child], row))
    oldest = np.full(len(family), -1)
    oldest[row[order]] = child[order]
    return oldest
