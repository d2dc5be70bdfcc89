"""Which services help: the effect of each on the first step-up, drawn towards the others, and what may be said of it.

Never a league table: services come in the order of their names, in five groups. Those whose study was refused stay in
the list, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Effect, effect
from earlyhelp.evaluate.methods.pooling import Pooled, limited, pool
from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.statistics.multiple import benjamini_hochberg

FEWEST_EVENTS = 10
FALSE_DISCOVERY = 0.05
WORTHWHILE = 0.02
"""Two step-ups fewer in 100 families: the smallest difference taken to be worth having, unless a council sets another."""


@dataclass(frozen=True)
class ServiceEffect:
    """What the study of one service found, before it is set beside the others. Aggregates only.

    `effect`: the difference in the share of families with a first step-up, those offered the service less those compared
    (negative is fewer); None where the study was refused, and `refused` then says why. `events_offered`,
    `events_compared`: families with a step-up in each arm. `comparable`: whether the design gate passed (balance,
    variance ratio, effective sample). `maryland`: the grade of the design. `annual_cost`: pounds a year from the ledger;
    `offered_a_year`: families offered it in that year; None where it is not known.
    """

    service: str
    effect: Effect | None
    events_offered: float
    events_compared: float
    comparable: bool
    maryland: int = 2
    refused: str = ""
    annual_cost: float | None = None
    offered_a_year: float | None = None


class CostPerStepUp(NamedTuple):
    """Pounds spent on the service for each step-up avoided, with the bounds that its effect's interval leaves."""

    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class GroupedService:
    """One service beside the others: its own estimate, what remains of it after shrinkage, and what may be said.

    `q`: the probability of so large a difference by chance, adjusted for how many services were looked at.
    `probability_worthwhile`: the chance that the shrunken effect is at least the smallest worth having. `cost` is None
    wherever no figure may be given, and `cost_reason` then says why. Figures are None for services that are not told.
    """

    service: str
    group: Standing
    estimate: Effect | None
    shrunken: Effect | None
    q: float | None
    probability_worthwhile: float | None
    sentence: str
    cost: CostPerStepUp | None
    cost_reason: str


@dataclass(frozen=True)
class GroupedServices:
    """All services in the order of their names, the pool of those that can be told, and how they were tested."""

    services: tuple[GroupedService, ...]
    pooled: Pooled | None
    note: str


class _Figures(NamedTuple):
    """What the services together say of one that can be told."""

    shrunken: Effect
    q: float
    tested: int


def grouped(
    services: Sequence[ServiceEffect], *, worthwhile: float = WORTHWHILE, fewest_events: float = FEWEST_EVENTS
) -> GroupedServices:
    """Each service better than expected, as expected, worse, too few to say, or cannot tell; in the order of names.

    Too few to say: under `fewest_events` step-ups in either arm. Cannot tell: the study was refused, or the families
    compared are not alike. The others are pooled (`pool`), none carried further than one standard error from its own
    estimate (`limited`). Better: the 95 per cent interval of the shrunken effect lies under 0, and the service's own
    probability, adjusted for the number of services (Benjamini-Hochberg), is under 0.05. Worse: the same above 0.
    Expected is what like families had who were offered something else or nothing.

    worthwhile: the smallest difference worth having, as a share, 0 or more. Raises ValueError for a service named twice.
    """
    ordered = sorted(services, key=lambda each: each.service)
    if len({each.service for each in ordered}) != len(ordered):
        raise ValueError("each service has one effect: a name is given twice")
    told = [each for each in ordered if not _why_not(each, fewest_events)]
    pooled, figures = _together(told)
    return GroupedServices(
        tuple(_one(each, figures.get(each.service), worthwhile, fewest_events) for each in ordered), pooled, _note(told)
    )


def cost_per_step_up(annual_cost: float, offered_a_year: float, saved: Effect) -> CostPerStepUp:
    """Pounds for each step-up avoided: the cost of a family divided by the share of families that it keeps from one.

    annual_cost: pounds a year, above 0. offered_a_year: families, above 0. saved: the effect, whose whole interval lies
    under 0 (ValueError otherwise: the cost would have no upper bound).
    """
    if not (annual_cost > 0 and offered_a_year > 0 and saved.upper < 0):
        raise ValueError("a cost for each step-up needs a cost, families, and an effect that is fewer for certain")
    family = annual_cost / offered_a_year
    return CostPerStepUp(family / -saved.estimate, family / -saved.lower, family / -saved.upper)


def _why_not(each: ServiceEffect, fewest: float) -> tuple[Standing, str] | None:
    """The group and the reason of a service that cannot be told."""
    if each.refused:
        return Standing.CANNOT_TELL, each.refused
    if each.effect is None or not (np.isfinite(each.effect.estimate) and each.effect.standard_error > 0):
        return Standing.CANNOT_TELL, "The study gave no estimate with a standard error."
    if not each.comparable:
        return Standing.CANNOT_TELL, "The families compared are not alike enough for a difference to mean anything."
    if min(each.events_offered, each.events_compared) < fewest:
        return Standing.TOO_FEW, f"Fewer than {fewest:g} step-ups among those offered it, or among those compared."
    return None


def _together(told: Sequence[ServiceEffect]) -> tuple[Pooled | None, dict[str, _Figures]]:
    from scipy.special import ndtr

    found = [each.effect for each in told if each.effect is not None]
    if not found:
        return None, {}
    y, error = (np.array(column) for column in zip(*((e.estimate, e.standard_error) for e in found), strict=True))
    pooled = pool(y, error)
    shrunken, shrunken_error = limited(pooled, y, error)
    q = benjamini_hochberg(2 * ndtr(-np.abs(y / error)))
    return pooled, {
        each.service: _Figures(effect("shrunken", mean, spread), float(adjusted), len(told))
        for each, mean, spread, adjusted in zip(told, shrunken, shrunken_error, q, strict=True)
    }


def _one(each: ServiceEffect, figures: _Figures | None, worthwhile: float, fewest: float) -> GroupedService:
    from scipy.special import ndtr

    why = _why_not(each, fewest)
    if why or figures is None:
        group, sentence = why or (Standing.CANNOT_TELL, "")
        reason = "No cost for a step-up avoided: the effect is not known."
        return GroupedService(each.service, group, None, None, None, None, sentence, None, reason)
    group = _group(figures)
    cost, reason = _cost(each, figures.shrunken, group)
    chance = float(ndtr((-worthwhile - figures.shrunken.estimate) / figures.shrunken.standard_error))
    sentence = _sentence(each, figures, group)
    return GroupedService(each.service, group, each.effect, figures.shrunken, figures.q, chance, sentence, cost, reason)


def _group(figures: _Figures) -> Standing:
    if figures.q >= FALSE_DISCOVERY or figures.shrunken.lower <= 0 <= figures.shrunken.upper:
        return Standing.AS_EXPECTED
    return Standing.BETTER if figures.shrunken.upper < 0 else Standing.WORSE


def _cost(each: ServiceEffect, shrunken: Effect, group: Standing) -> tuple[CostPerStepUp | None, str]:
    if group is Standing.AS_EXPECTED:
        return None, "No cost for a step-up avoided: it is not shown that any is avoided."
    if group is Standing.WORSE:
        return None, "No cost for a step-up avoided: more families stepped up, not fewer."
    if not (each.annual_cost and each.offered_a_year):
        return None, "No cost for a step-up avoided: the ledger holds no cost, or no number of families, for a year."
    return cost_per_step_up(each.annual_cost, each.offered_a_year, shrunken), ""


def _sentence(each: ServiceEffect, figures: _Figures, group: Standing) -> str:
    found = figures.shrunken
    if group is Standing.AS_EXPECTED:
        certain = found.lower <= 0 <= found.upper
        why = (
            "" if certain else f" It does not stand once {figures.tested} services are looked at (q = {figures.q:.2f})."
        )
        span = f"{_in_100(found.lower)} and {_in_100(found.upper)} step-ups in 100 families than among like families"
        return f"No effect shown: the difference lies between {span}.{why} This is no proof that there is none."
    near, far = sorted((found.lower, found.upper), key=abs)
    more = "fewer" if group is Standing.BETTER else "more"
    size = f"{abs(found.estimate) * 100:.1f} {more} first step-ups in 100 families"
    bounds = f"({abs(near) * 100:.1f} to {abs(far) * 100:.1f})"
    if each.maryland < 3:
        return f"Being offered it is associated with {size} {bounds} than among like families."
    return f"Being offered it was followed by {size} {bounds} than the change among like families would leave."


def _in_100(share: float) -> str:
    return f"{abs(share) * 100:.1f} {'fewer' if share < 0 else 'more'}"


def _note(told: Sequence[ServiceEffect]) -> str:
    if not told:
        return "No service can be told."
    return (
        f"Services looked at together: {len(told)}. Each is drawn towards their mean as far as chance explains it, and "
        f"called better or worse only where at most {FALSE_DISCOVERY:.0%} of such calls would be false. The list is in "
        "the order of names, not of merit."
    )
