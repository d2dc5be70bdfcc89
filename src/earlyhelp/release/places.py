"""Where domestic abuse is worst, on its way out: of each area only what enough families stand behind.

Rules:

- An area's count, its rates, its change and its probabilities are hidden together where its notifications of the year,
  the families of them or its children are too few. A probability would give the count away.
- Where the total less the others would prove that wards are few, or small areas of a ward, the next smallest are hidden
  too. Of a ward that is hidden, one small area at least is too. So it is with every other count.
- Everything is worked out from the counts as they may be shown, rounded where the policy rounds.
- Repeats, the share that the police knew of and a change are each hidden where a count of their own, or what is left of
  it, is too small.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats
from earlyhelp.evaluate.places import (
    COUNCIL,
    HEALTH,
    NOTIFICATIONS,
    OTHER_ROUTES,
    SMALL_AREA,
    WARD,
    Hidden,
    Level,
    Places,
    Rates,
    hidden,
    rates,
    worst_of,
)
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.release.secondary import with_complements
from earlyhelp.statistics.intervals import wilson, z_score

Row = Mapping[str, Any]
_Counted = Callable[[Level], Sequence[Floats]]


@dataclass(frozen=True)
class ReleasedPlaces:
    """What may be shown. What is hidden or unknown is None in its row; `status` says which of the two.

    `rows`: a row a ward, the worst first, then a row a small area, the worst first; those that cannot be told come last.
    `council`: the row of the whole. `routes`: how else abuse came to notice. `worst`: how many areas are the worst, by
    level. `nowhere`, `unlinked`: notifications that no area, or no family, could be found for; None where few.
    """

    status: Status
    why_no_data: str = ""
    first: date | None = None
    last: date | None = None
    before_first: date | None = None
    council: Row | None = None
    rows: tuple[Row, ...] = ()
    routes: tuple[str, ...] = ()
    worst: Mapping[str, int] | None = None
    nowhere: float | None = 0
    unlinked: float | None = 0
    whole_year: bool = True
    two_years: bool = True
    stale: bool = False

    def level(self, name: str) -> tuple[Row, ...]:
        """The rows of wards or of small areas."""
        return tuple(row for row in self.rows if row["level"] == name)


def publish_places(found: Places, policy: Policy) -> ReleasedPlaces:
    """The answer as it may be shown under a policy."""
    if found.window is None or found.wards is None or found.small_areas is None or found.council is None:
        return ReleasedPlaces(Status.NO_DATA, found.why_no_data)
    levels = [_as_published(each, policy) for each in (found.wards, found.small_areas, found.council)]
    exact = (found.wards, found.small_areas, found.council)
    estimates = (
        rates(levels[0], found.dispersion),
        rates(levels[1], found.dispersion, around=levels[0]),
        rates(levels[2], found.dispersion),
    )
    wards, areas, whole = (
        _rows(one, shown, estimate, found, policy)
        for one, shown, estimate in zip(exact, levels, estimates, strict=True)
    )
    return ReleasedPlaces(
        Status.OK, "", found.window.first, found.window.last, found.window.before_first,
        council=whole[0],
        rows=(*wards, *areas),
        routes=found.routes,
        worst={WARD: worst_of(found.wards), SMALL_AREA: worst_of(found.small_areas)},
        nowhere=policy.shown(found.nowhere),
        unlinked=policy.shown(found.unlinked),
        whole_year=found.whole_year, two_years=found.two_years, stale=found.stale,
    )  # fmt: skip


def _as_published(level: Level, policy: Policy) -> Level:
    """The level with each count as the policy rounds it."""
    if not policy.round_to:
        return level
    names = ("children", "incidents", "families", "before", "notified", "otherwise", "both", "routes", "health")
    changed: dict[str, Any] = {name: _rounded(getattr(level, name), policy) for name in names}
    return replace(level, **changed)


def _rounded(counts: Floats, policy: Policy) -> Floats:
    flat = [each if np.isnan(each) else policy.rounded(each) for each in counts.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(counts.shape)


def _rows(exact: Level, level: Level, found: Rates, places: Places, policy: Policy) -> tuple[Row, ...]:
    """The rows of one level, the worst first. `exact` decides what is hidden, `level` is what is shown."""
    wards = places.wards if exact.name == SMALL_AREA else None
    few = too_few(exact, policy, wards)
    few_before = _too_few_of(lambda each: (each.before,), exact, policy, wards)
    few_repeats = _too_few_of(_repeated, exact, policy, wards)
    by_route = _by_route(exact, policy, wards)
    beside = hidden(level)
    told = [
        {
            **_named(level, place),
            **_rate(level, found, place, hide=bool(few[place]), policy=policy),
            **_change(exact, level, place, hide=bool(few[place] or few_before[place]) or not places.two_years),
            **_repeats(exact, place, policy, hide=bool(few_repeats[place]), mature=places.two_years),
            **_beside(exact, beside, place, policy),
            **{name: counts[place] for name, counts in by_route.items()},
        }
        for place in range(len(level))
    ]
    order = sorted(range(len(told)), key=lambda place: (*_worst_first(told[place]), level.codes[place]))
    return tuple(told[place] for place in order)


def _worst_first(row: Row) -> tuple[bool, float, float]:
    """Order of the rows: by the probability, then by the rate it rests on; what has none comes last."""
    rate = row["ratio_by_all_routes"] or row["shrunken"] or row["numerator"] or 0.0
    return row["status"] != Status.OK, -(row["probability_among_worst"] or 0.0), -rate


def too_few(level: Level, policy: Policy, wards: Level | None = None) -> Flags:
    """The areas whose notifications of the year may not be shown, with their complements.

    wards: where the level is small areas, the wards that are shown beside them.
    """
    return _too_few_of(lambda each: (each.incidents, each.families, each.children), level, policy, wards)


def _too_few_of(counted: _Counted, level: Level, policy: Policy, wards: Level | None) -> Flags:
    """The areas of which any count is too few, with their complements; the first of the counts is what adds up."""
    counts = counted(level)
    few = np.zeros(len(level), dtype=bool)
    for each in counts:
        few |= np.array([not np.isnan(count) and policy.hides(count) for count in each.tolist()], dtype=bool)
    above = None if wards is None else _too_few_of(counted, wards, policy, None)
    return with_complements(few, counts[0], level.group, policy.highest, above)


def _named(level: Level, place: int) -> dict[str, Any]:
    code = {WARD: "ward_code", SMALL_AREA: "lsoa", COUNCIL: "council"}[level.name]
    return {"level": level.name, code: level.codes[place], f"{code}_label": level.labels[place]}


def _rate(level: Level, found: Rates, place: int, *, hide: bool, policy: Policy) -> dict[str, Any]:
    """Count, rate, shrunken rate and the probabilities. Without children there is a count and no rate."""
    children = _known(level.children[place])
    told = {name: None if hide else _known(values[place]) for name, values in found._asdict().items()}
    status = Status.SUPPRESSED if hide else Status.NO_DATA if children is None else Status.OK
    by_all = told["by_all"] is not None
    return {
        "numerator": None if hide else float(level.incidents[place]),
        "denominator": None if children is None or policy.hides(children) else children,
        "value": told["value"],
        "lower": told["lower"],
        "upper": told["upper"],
        "shrunken": told["shrunken"],
        "shrunken_lower": told["shrunken_lower"],
        "shrunken_upper": told["shrunken_upper"],
        "status": str(status),
        "probability_among_worst": told["by_all"] if by_all else told["by_notifications"],
        "probability_rests_on": None if hide else "all_routes" if by_all else "notifications",
        "probability_by_notifications": told["by_notifications"],
        "ratio_by_all_routes": told["ratio"],
        "ratio_lower": told["ratio_lower"],
        "ratio_upper": told["ratio_upper"],
    }


def _change(exact: Level, level: Level, place: int, *, hide: bool) -> dict[str, Any]:
    """The year's notifications over those of the year before, with the interval that families' clusters give."""
    before, error = float(level.before[place]), float(exact.change_error[place])
    if hide or np.isnan(error) or not before:
        return {"before": None, "change": None, "change_lower": None, "change_upper": None}
    ratio = float(level.incidents[place]) / before
    reach = float(np.exp(z_score(0.95) * error))
    return {"before": before, "change": ratio, "change_lower": ratio / reach, "change_upper": ratio * reach}


def _repeats(level: Level, place: int, policy: Policy, *, hide: bool, mature: bool) -> dict[str, Any]:
    """The share of families told of again within a year."""
    followed, again = (float(each[place]) for each in level.repeats)
    known = Status.SUPPRESSED if hide else Status.OK if followed else Status.NO_DATA
    status = known if mature else Status.NOT_MATURE
    if status is not Status.OK:
        return {"repeat_families": None, "repeat": None, "repeat_lower": None, "repeat_upper": None,
                "repeat_status": str(status)}  # fmt: skip
    again, followed = policy.rounded(again), policy.rounded(followed)
    bounds = wilson(again, followed)
    return {"repeat_families": followed, "repeat": again / followed, "repeat_lower": bounds.lower,
            "repeat_upper": bounds.upper, "repeat_status": str(status)}  # fmt: skip


def _of_route(place: int, level: Level) -> Sequence[Floats]:
    return (level.routes[place],)


def _repeated(level: Level) -> Sequence[Floats]:
    followed, again = level.repeats
    return followed, again, followed - again


def _by_route(level: Level, policy: Policy, wards: Level | None) -> dict[str, list[float | None]]:
    """Families that each route tells of in two years, by area: None is too few, and a route that tells of nobody is absent."""
    counted: dict[str, _Counted] = {
        NOTIFICATIONS.name: lambda each: (each.notified,),
        HEALTH.name: lambda each: (each.health,),
    }
    counted |= {route.name: partial(_of_route, place) for place, route in enumerate(OTHER_ROUTES)}
    told = {}
    for name, of in counted.items():
        [counts], few = of(level), _too_few_of(of, level, policy, wards).tolist()
        if counts.any():
            shown = zip(counts.tolist(), few, strict=True)
            told[f"families_{name}"] = [None if hide else policy.rounded(count) for count, hide in shown]
    return told


def _beside(level: Level, beside: Hidden, place: int, policy: Policy) -> dict[str, Any]:
    """What others tell beside the police; nothing where either tells of few families."""
    others, both = float(level.otherwise[place]), float(level.both[place])
    few = any(policy.hides(each) for each in (others, level.notified[place]))
    few_both = any(policy.hides(each) for each in (both, others - both))
    few_health = policy.hides(level.health[place])
    told = {name: None if few else _known(values[place]) for name, values in beside._asdict().items()}
    return {
        "may_be_hidden": None if told["probability"] is None else bool(beside.listed[place]),
        "probability_hidden": told["probability"],
        "police_ratio": told["police_ratio"],
        "other_ratio": told["other_ratio"],
        "health_ratio": None if few_health else told["health_ratio"],
        "police_knew": None if few_both else told["knew"],
        "police_knew_lower": None if few_both else told["knew_lower"],
        "police_knew_upper": None if few_both else told["knew_upper"],
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
