"""What nobody in a council knows: potential outcomes, true effects, true abuse, needs, shocks, waits and the cut's toll."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.synthetic.hazards import NEEDS, SHOCK_MONTHS, SHOCKS
from earlyhelp.synthetic.lives.abuse import Incidents, heard_share
from earlyhelp.synthetic.lives.days import ALL_MONTHS, BURN_IN, FIRST, LAST, NEVER, STARTS, month_of
from earlyhelp.synthetic.lives.months import REASONS
from earlyhelp.synthetic.lives.needs import chance_in_month, hazards_of_arising
from earlyhelp.synthetic.lives.offers import COVARIATES, WINDOWS
from earlyhelp.synthetic.lives.partners_record import shock_days
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, keys, only, pick
from earlyhelp.synthetic.lives.shocks import at_work, log_ratios
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Ints
from earlyhelp.synthetic.services import SERVICES

_NAMES = ("none", *(service.service_id for service in SERVICES))
GROUPS = ("all", "with_abuse", "without_abuse")


def everything(history: History, struck: Flags, abuse: Incidents, absence: pa.Table) -> dict[str, pa.Table]:
    """Every table of the truth, by name."""
    return {
        "offers": offers(history),
        "effects": effects(history),
        "absence_effects": absence,
        "abuse": true_abuse(history.world, abuse),
        "area_abuse": area_abuse(history.world, abuse),
        "shocks": shocks(history.world, struck),
        "shock_effects": shock_effects(history.world, history.has, struck),
        "cut": cut(history),
        "needs": needs(history.world, history.has),
        "waits": waits(history),
    }


def _offered(history: History) -> Frame:
    """Allocated family episodes whose time zero lies in the six years and which the records hold."""
    allocated = history.months.log("allocated")
    kept = (
        (allocated["time_zero"] >= FIRST) & (allocated["time_zero"] <= LAST) & (history.lead[allocated["episode"]] >= 0)
    )
    return {name: values[kept] for name, values in allocated.items()}


def offers(history: History) -> pa.Table:
    """One row an allocated family episode: what was recorded before time zero, what was taken, all that could have been.

    `eligible` is false where help had been allocated in the 730 days before: no service is offered and no clock of its
    own runs, so that the potential outcomes are empty. `y_12_S01`: step-up within 365 days had S01 been offered.
    `propensity` of what was taken, `hazard` a month with no service. `followed_to`: last day on which the family has a
    child here, or the last day of the records; no step-up can be seen after it.
    """
    each, world = _offered(history), history.world
    chosen = each["eligible"]
    columns = {
        "episode_id": keys("E", history.lead[each["episode"]]),
        "family_key": pick(world.people.family_key, each["family"]),
        "time_zero": dates(each["time_zero"]),
        "eligible": pa.array(chosen),
        "service_id": pick(_NAMES[1:], each["service"]),
        **{name: pa.array(each["covariates"][:, place]) for place, name in enumerate(COVARIATES)},
        "propensity": only(each["propensity"], chosen),
        "hazard": only(each["hazard"], chosen),
        "motivation": pa.array(world.motivation[each["family"]]),
        "step_up_days": only(_taken(each), chosen & (_taken(each) < NEVER)),
        "followed_to": dates(np.minimum(each["gone"] - 1, LAST)),
    }
    for months, days in WINDOWS.items():
        for place, name in enumerate(_NAMES):
            columns[f"y_{months}_{name}"] = only(each["potential"][:, place] <= days, chosen)
    return pa.table(columns)


def _taken(each: Frame) -> Ints:
    return np.asarray(np.take_along_axis(each["potential"], each["service"][:, None] + 1, axis=1)[:, 0])


def effects(history: History) -> pa.Table:
    """One row a service, group and window: risk among its takers with it and with none, their difference and ratio."""
    each = _offered(history)
    each = {name: values[each["eligible"]] for name, values in each.items()}
    abuse = each["covariates"][:, COVARIATES.index("domestic_abuse")] > 0
    rows = []
    for place, service in enumerate(SERVICES):
        for group, members in zip(GROUPS, (abuse | True, abuse, ~abuse), strict=True):
            takers = (each["service"] == place) & members
            for months, days in WINDOWS.items():
                risk = (
                    (each["potential"][takers] <= days).mean(axis=0) if takers.any() else np.full(len(_NAMES), np.nan)
                )
                rows.append(
                    (
                        service.service_id,
                        group,
                        months,
                        int(takers.sum()),
                        float(risk[place + 1]),
                        float(risk[0]),
                        service.knowable,
                    )
                )
    ids, groups, windows, n, under, none, knowable = zip(*rows, strict=True)
    with_it, without = np.array(under), np.array(none)
    ratio = np.divide(with_it, without, out=np.full(len(rows), np.nan), where=without > 0)
    return pa.table({
        "service_id": pa.array(ids), "group": pa.array(groups), "months": pa.array(windows), "takers": pa.array(n),
        "risk": pa.array(with_it), "risk_with_none": pa.array(without), "risk_difference": pa.array(with_it - without),
        "risk_ratio": pa.array(ratio), "knowable": pa.array(knowable),
    })  # fmt: skip


def true_abuse(world: World, abuse: Incidents) -> pa.Table:
    """One row an incident of the six years, heard of or not."""
    kept = np.flatnonzero(abuse.day >= FIRST)
    return pa.table({
        "family_key": pick(world.people.family_key, abuse.family[kept]),
        "month": dates(STARTS[abuse.month[kept]]),
        "day": dates(abuse.day[kept]),
        "lsoa": pick(world.places.lsoa, abuse.area[kept]),
        "heard": pa.array(abuse.heard[kept]),
    })  # fmt: skip


def area_abuse(world: World, abuse: Incidents) -> pa.Table:
    """One row a small area: incidents, those heard of, families' years, true rate a 1,000 families, declared share heard."""
    kept, areas = abuse.day >= FIRST, len(world.places.lsoa)
    true = np.bincount(abuse.area[kept], minlength=areas)
    heard = np.bincount(abuse.area[kept & abuse.heard], minlength=areas)
    months = [np.bincount(world.homes(month), world.present[month] > 0, areas) for month in range(BURN_IN, ALL_MONTHS)]
    years = np.sum(months, axis=0) / 12
    rate = np.divide(1000.0 * true, years, out=np.full(areas, np.nan), where=years > 0)
    return pa.table({
        "lsoa": pick(world.places.lsoa, np.arange(areas)),
        "ward_code": pick(world.places.ward_codes, world.places.ward),
        "incidents": pa.array(true), "heard": pa.array(heard), "family_years": pa.array(years),
        "rate": pa.array(rate), "share_heard": pa.array(heard_share(world)),
    })  # fmt: skip


def shocks(world: World, struck: Flags) -> pa.Table:
    """One row a shock of the six years: family, kind, day."""
    parts = []
    for place in range(len(SHOCKS)):
        months, families = np.nonzero(struck[:, :, place])
        day = shock_days(world, months, families, place)
        parts.append((np.full(len(day), place), families, day))
    kind, family, day = (np.concatenate(each) for each in zip(*parts, strict=True))
    kept = day >= FIRST
    return pa.table({
        "family_key": pick(world.people.family_key, family[kept]),
        "shock": pick(list(SHOCKS), kind[kept]),
        "day": dates(day[kept]),
    })  # fmt: skip


def shock_effects(world: World, has: Flags, struck: Flags) -> pa.Table:
    """One row a shock and need: declared ratio of hazards, risk that the need arises within 12 months after, and without.

    Among families struck with a year to follow and the need absent in that month. `risk` is counted; `risk_without` is
    what their own hazards give, without this shock and with whichever others were at work in the month.
    """
    rows = []
    for place, (name, shock) in enumerate(SHOCKS.items()):
        months, families = np.nonzero(struck[BURN_IN : ALL_MONTHS - SHOCK_MONTHS, :, place])
        months = months + BURN_IN
        without = _risk_without(world, struck, months, families, place)
        year = months[:, None] + 1 + np.arange(SHOCK_MONTHS)
        for need in shock.ratios:
            at = NEEDS.index(need)
            free = ~has[months, families, at]
            risk = has[year[free], families[free, None], at].any(axis=1).mean() if free.any() else np.nan
            expected = without[free, at].mean() if free.any() else np.nan
            rows.append((name, need, shock.ratios[need], int(free.sum()), float(risk), float(expected)))
    names, needs_, ratios, n, risks, expecteds = zip(*rows, strict=True)
    return pa.table({
        "shock": pa.array(names), "need_code": pa.array(needs_), "declared_ratio": pa.array(ratios), "families": pa.array(n),
        "risk": pa.array(risks), "risk_without": pa.array(expecteds),
        "risk_difference": pa.array(np.array(risks) - np.array(expecteds)),
    })  # fmt: skip


def _risk_without(world: World, struck: Flags, months: Ints, families: Ints, place: int) -> np.ndarray:
    risk = np.zeros((len(months), len(NEEDS)))
    others = log_ratios()
    others[place] = 0
    for month in np.unique(months):
        now = months == month
        working = at_work(struck, int(month))[families[now]].astype(np.float64)
        hazard = hazards_of_arising(world, families[now], int(month)) * np.exp(working @ others)
        risk[now] = 1 - (1 - chance_in_month(hazard)) ** SHOCK_MONTHS
    return risk


def cut(history: History) -> pa.Table:
    """One row a locality and month from the cut on: referrals that its ratio alone caused, of families and of children.

    Exact by thinning: each referral knows whether it would have come at the old hazard. What longer queues add is not
    in it.
    """
    cases, rows, world = history.cases, history.case_rows, history.world
    caused = np.flatnonzero(cases["by_cut"] & (cases["day"] <= LAST))
    children = np.bincount(rows["case"], minlength=len(cases["day"]))[caused]
    month = month_of(cases["day"][caused])
    locality = world.places.locality[world.area(cases["family"][caused], month)]
    places, begin = len(world.places.localities), int(month_of(np.array([STARTS[BURN_IN + 48]]))[0])
    cell = (month - begin) * places + locality
    size = (ALL_MONTHS - begin) * places
    return pa.table({
        "month": dates(np.repeat(STARTS[begin:ALL_MONTHS], places)),
        "locality": pick(world.places.localities, np.tile(np.arange(places), ALL_MONTHS - begin)),
        "cut": pa.array(np.tile(history.staff.cut, ALL_MONTHS - begin)),
        "families": pa.array(np.bincount(cell, minlength=size)),
        "children": pa.array(np.bincount(cell, children, size).astype(np.int64)),
    })  # fmt: skip


def needs(world: World, has: Flags) -> pa.Table:
    """One row a true spell of a need: first month, and first month without it (empty while it lasts)."""
    in_years = has[BURN_IN:].transpose(1, 2, 0)
    edge = np.zeros((*in_years.shape[:2], 1), bool)
    step = np.diff(np.concatenate([edge, in_years, edge], axis=2).view(np.int8), axis=2)
    family, need, begins = np.nonzero(step == 1)
    ends = np.nonzero(step == -1)[2]
    months = STARTS[BURN_IN:]
    return pa.table({
        "family_key": pick(world.people.family_key, family),
        "need_code": pick(NEEDS, need),
        "first_month": dates(months[begins]),
        "gone_by": dates(np.where(ends < len(months) - 1, months[ends], NEVER)),
        "began_before": pa.array((begins == 0) & has[BURN_IN - 1, family, need]),
    })  # fmt: skip


def waits(history: History) -> pa.Table:
    """One row an accepted family: when, until when, and how the wait ended: allocated, left_unserved or still_waiting."""
    families = history.families
    kept = np.flatnonzero((history.lead >= 0) & (families["accepted"] <= LAST))
    allocated, end = families["allocated"][kept], families["end"][kept]
    state = np.where(allocated <= LAST, 0, np.where(end <= LAST, 1, 2))
    until = np.minimum(allocated, np.where(state == 1, end, NEVER))
    return pa.table({
        "episode_id": keys("E", history.lead[kept]),
        "family_key": pick(history.world.people.family_key, families["family"][kept]),
        "locality": pick(history.world.places.localities, families["locality"][kept]),
        "accepted": dates(families["accepted"][kept]),
        "until": dates(until),
        "state": pick(("allocated", "left_unserved", "still_waiting"), state),
        "reason": pick(REASONS, np.where(state == 1, families["reason"][kept], -1)),
    })  # fmt: skip
