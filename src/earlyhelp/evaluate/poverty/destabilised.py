"""Which families are destabilised by poverty: every part of the study of one council put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, NotEstimable
from earlyhelp.evaluate.poverty.demand import Demand, demand
from earlyhelp.evaluate.poverty.families import Families, families, span
from earlyhelp.evaluate.poverty.follow_up import MAIN, OUTCOMES, Events, outcomes
from earlyhelp.evaluate.poverty.like_families import GROUPINGS, Grouping, groups
from earlyhelp.evaluate.poverty.shocks import Shocks, shocks
from earlyhelp.evaluate.poverty.signals import SIGNALS
from earlyhelp.evaluate.poverty.study import TELLING, Followed, event_study, p_value, q_values
from earlyhelp.evaluate.poverty.worklist import RuleChecked, rule_checked
from earlyhelp.statistics.multiple import holm

FEWEST_MONTHS = 25
"""A year before a shock, its month and a year after it."""
OF_GROUPS = ("request", "accepted", "social_care")
"""What is told of groups of families; other events are too few to part."""
POOLED = "any"


def poverty_plan() -> dict[str, object]:
    """What is fixed before the figures are read."""
    return {
        "study": "poverty-shock",
        "signs": list(SIGNALS),
        "outcomes": list(OUTCOMES),
        "main": list(MAIN),
        "estimand": "change in the share of families with an event in the 12 months after a sign of poverty against the 12 "
        "months before, less that of families like them without a sign",
        "method": "stacked event study on exact strata, errors clustered by family",
        "fewest_months": FEWEST_MONTHS,
    }


class Group(NamedTuple):
    """What followed the shocks of one group of families; the group as it was at the start of the month of the shock."""

    grouping: Grouping
    label: str
    followed: Followed


class Difference(NamedTuple):
    """Whether what followed differs between the groups of one grouping; `p` allows for how many groupings were tried."""

    grouping: Grouping
    outcome: str
    p: float


@dataclass(frozen=True)
class Poverty:
    """The answer for one council. Exact figures: `release` alone may pass them on.

    `months`: how many there are. `followed`: by kind of shock and event, with `q` beside it, in order. `moving`: kinds of
    shock before which requests were already moving apart; `steady`: the others, of families who had been alike in
    requests. `pooled`, with `pooled_q`, and `groups` are of the steady ones alone. `demand`: of any sign of poverty first.
    `rule`: how the worklist's rule would have done.
    """

    as_at: date
    months: int
    followed: tuple[Followed, ...]
    q: tuple[float, ...]
    moving: tuple[str, ...]
    steady: tuple[str, ...]
    pooled: tuple[Followed, ...]
    pooled_q: tuple[float, ...]
    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]
    demand: tuple[Demand, ...]
    rule: RuleChecked


def poverty(con: duckdb.DuckDBPyConnection, as_at: date) -> Poverty:
    """What is recorded of families around signs of poverty, and of demand after them.

    con: the standard tables with the spells, profiles and families that `build` makes; temporary tables are made beside
    them. Raises NotEstimable where there are no requests, signs of poverty or families, fewer than 25 months, or no shock
    that could be followed for a year and compared.
    """
    known_span = span(con, as_at)
    if known_span.months < FEWEST_MONTHS:
        raise NotEstimable(
            f"The records reach over {known_span.months} whole months.",
            f"At least {FEWEST_MONTHS} are needed: a year before a shock and a year after it.",
        )
    known = families(con, known_span)
    happened, struck = outcomes(con, known), shocks(con, known)
    found = event_study(
        known, happened, dict(zip(struck.names, struck.struck, strict=True)), struck.without, [*OUTCOMES]
    )
    if not found:
        raise NotEstimable(
            "No family with a sign of poverty could be followed for a year and compared with families like it.",
            "It takes signs of poverty at least a year after the records begin and a year before they end.",
        )
    moving, steady = _moving(found), _steady(found)
    together = np.any([struck.struck[struck.names.index(name)] for name in steady], axis=0) if steady else None
    pooled = _pooled(known, happened, struck, together)
    by_group = _groups(known, happened, struck, together)
    return Poverty(
        as_at,
        known_span.months,
        tuple(found),
        tuple(_q(found, moving)),
        moving,
        steady,
        tuple(pooled),
        tuple(q_values(pooled)),
        tuple(by_group),
        tuple(_differences(by_group)),
        tuple(demand(known, happened, struck)),
        rule_checked(con, as_at),
    )


def _moving(found: Sequence[Followed]) -> tuple[str, ...]:
    """Kinds of shock before which the difference in requests was already moving."""
    requests = [each for each in found if each.outcome == "request"]
    return tuple(each.shock for each in requests if not each.was_on_the_same_path)


def _steady(found: Sequence[Followed]) -> tuple[str, ...]:
    """Kinds of shock of enough families who had been alike, and on the same path, in requests of the year before."""
    requests = [each for each in found if each.outcome == "request" and each.is_enough]
    return tuple(each.shock for each in requests if each.was_on_the_same_path and each.was_alike)


def _q(found: Sequence[Followed], moving: Sequence[str]) -> list[float]:
    """The q value of each; what sentences are made of and the records of needs are two families of tests.

    Kinds of shock before which requests were already moving are not tested.
    """
    q = np.ones(len(found))
    tested = np.array([each.shock not in moving for each in found])
    main = np.array([each.outcome in MAIN for each in found])
    for chosen in (tested & main, tested & ~main):
        q[chosen] = q_values([each for each, mine in zip(found, chosen, strict=True) if mine])
    return q.tolist()


def _pooled(known: Families, happened: Events, struck: Shocks, together: Flags | None) -> list[Followed]:
    if together is None:
        return []
    return event_study(known, happened, {POOLED: together}, struck.without, MAIN)


def _groups(known: Families, happened: Events, struck: Shocks, together: Flags | None) -> list[Group]:
    if together is None:
        return []
    parts = {
        f"{each.name}:{place}": (each, label, np.zeros_like(together))
        for each in GROUPINGS
        for place, label in enumerate(each.labels)
    }
    for month in np.flatnonzero(together.any(axis=1)):
        for name, places in groups(known, happened, int(month)).items():
            for place in np.unique(places[together[month]]):
                parts[f"{name}:{place}"][2][month] = together[month] & (places == place)
    flags = {name: part for name, (_, _, part) in parts.items()}
    found = event_study(known, happened, flags, struck.without, OF_GROUPS)
    return [Group(*parts[each.shock][:2], each) for each in found]


def _differences(found: Sequence[Group]) -> list[Difference]:
    """Whether the change differs between groups (Cochran's Q), by grouping and event, by Holm's rule over all of them.

    Only groups with enough families count, and only those that were on the same path in the year before.

    Source: Cochran (1954), Biometrics 10:101-129, section 6.
    """
    tested = []
    for grouping in GROUPINGS:
        for outcome in OF_GROUPS:
            mine = [each.followed for each in found if each.grouping is grouping and each.followed.outcome == outcome]
            tested.append(
                Difference(grouping, outcome, _heterogeneity([each for each in mine if _may_be_compared(each)]))
            )
    adjusted = holm([each.p for each in tested])
    return [each._replace(p=float(p)) for each, p in zip(tested, adjusted, strict=True) if not np.isnan(p)]


def _may_be_compared(each: Followed) -> bool:
    return each.is_enough and each.was_on_the_same_path and each.change.standard_error > 0


def _heterogeneity(found: Sequence[Followed]) -> float:
    from scipy.special import chdtrc

    if len(found) < 2:
        return float("nan")
    value = np.array([each.change.estimate for each in found])
    weight = np.array([each.change.standard_error for each in found]) ** -2.0
    spread = np.sum(weight * (value - np.sum(weight * value) / np.sum(weight)) ** 2)
    return float(chdtrc(len(found) - 1, spread))


def tells(found: Followed, q: float) -> bool:
    """Whether a change may be told: more than chance explains, allowing for how many were looked at."""
    return q < TELLING and p_value(found.change) < TELLING
