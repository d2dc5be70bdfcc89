"""All services side by side: what each costs, what would pay for it, and what was found of it. Told apart, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from earlyhelp.economics.break_even import Avoidable, LogRatio, Step, ladder
from earlyhelp.economics.effects import with_doubt
from earlyhelp.economics.parameters import DECLARED, ParameterSet
from earlyhelp.economics.service_facts import Price, ServiceFacts

DEVIATIONS = 1.645
"""Standard deviations on each side of a 90 per cent range."""


@dataclass(frozen=True)
class Beside:
    """One service beside the others. `steps`: break-even, arithmetic first; none where the ledger holds no cost of it.

    `found`: the log risk ratio of a first step-up with the doubt of its design in it, and `design_grade` its Maryland grade;
    None where no study gives one to show. `fewer_than`: services whose whole 90 per cent range lies above its own.
    """

    facts: ServiceFacts
    steps: tuple[Step, ...]
    found: LogRatio | None = None
    design_grade: int | None = None
    fewer_than: tuple[str, ...] = ()


def side_by_side(
    services: Sequence[ServiceFacts],
    prices: Sequence[Price],
    episodes: Sequence[Avoidable] = (),
    parameters: ParameterSet = DECLARED,
) -> tuple[Beside, ...]:
    """Every service in the order given; episodes: further outcomes whose break-even is told."""
    found = {each.service: with_doubt(each.any_step, parameters) for each in services if each.any_step is not None}
    return tuple(
        Beside(
            each,
            tuple(_steps(each, prices, episodes, parameters)),
            found.get(each.service),
            each.any_step.design_grade if each.any_step is not None else None,
            fewer_than(each.service, found),
        )
        for each in services
    )


def fewer_than(service: str, found: dict[str, LogRatio]) -> tuple[str, ...]:
    """The services whose 90 per cent range lies wholly above that of this one, in their order; none where it has no range.

    Two ranges that share a value tell nothing of which is lower. Ranges that share none are far apart: the difference is
    then beyond chance at a level below the one of each range (Schenker and Gentleman 2001, American Statistician 55:182-186).
    """
    if service not in found:
        return ()
    highest = found[service].bound(DEVIATIONS)
    return tuple(name for name, other in found.items() if name != service and highest < other.bound(-DEVIATIONS))


def _steps(
    service: ServiceFacts, prices: Sequence[Price], episodes: Sequence[Avoidable], parameters: ParameterSet
) -> list[Step]:
    if not service.annual_cost or service.annual_cost <= 0:
        return []
    outcomes = [
        Avoidable(each.outcome, each.words, each.unit, each.pounds, each.units, _risk(service, each.outcome))
        for each in prices
        if each.pounds > 0 and each.units > 0
    ]
    local = {
        outcome: (with_doubt(each, parameters), each.design_grade)
        for outcome, each in service.effects.items()
        if service.families_a_year
    }
    return ladder(service.annual_cost, service.families_a_year or 0.0, [*outcomes, *episodes], {}, local)


def _risk(service: ServiceFacts, outcome: str) -> float | None:
    risk = service.risks.get(outcome)
    return risk.events / risk.seen if risk else None
