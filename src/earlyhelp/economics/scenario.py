"""What a cut, an investment, a move of money or an end of a service brings: budget against what is displaced, by agency.

It claims nothing about a family. It can show that a cut is the cheaper choice: it is evidence only because it can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.break_even import Avoidable, LogRatio, Step, break_even_ratio, ladder
from earlyhelp.economics.discounting import discount_factors
from earlyhelp.economics.effects import UsedEffect, effect_used, prior_for, with_doubt
from earlyhelp.economics.scenario_file import ScenarioFile
from earlyhelp.economics.service_facts import Price, ServiceFacts
from earlyhelp.economics.simulation import (
    Draws,
    Inputs,
    ranges,
    rank_correlation,
    simulate,
    units_by_year,
)
from earlyhelp.economics.unit_costs import COUNCIL
from earlyhelp.errors import InputRefused

Floats = NDArray[np.float64]
EXTRAPOLATED = 0.5
"""The share of a service from which nothing that was observed tells what happens."""
FOLLOW_A_STEP_UP = frozenset({"in_need", "care"})
COUNCIL_PURSE, PUBLIC_PURSE = "council", "public purse"


@dataclass(frozen=True)
class Purse:
    """One purse over all the years, in present pounds. `budget`: taken out of it by the change (below 0: put in).

    `displaced`: what comes back on it, and `net`: budget less displaced, each 5th, 50th and 95th per cent of the draws.
    `saves`: share of draws in which net is above 0. `break_even`: the risk ratio at which both are equal; None: none.
    """

    name: str
    budget: float
    displaced: tuple[float, float, float]
    net: tuple[float, float, float]
    saves: float
    break_even: float | None


@dataclass(frozen=True)
class YearOfAgency:
    """One agency in one year, undiscounted: what the budget loses, and what is displaced on it (5, 50, 95 per cent)."""

    agency: str
    year: int
    budget: float
    displaced: tuple[float, float, float]


@dataclass(frozen=True)
class Projected:
    """What the scenario shows. `families`: a year, by service (below 0: gained). `events`: a year more, by outcome.

    `tornado`: rank correlation of each input with the net of council and public purse, the strongest first.
    """

    asked: ScenarioFile
    services: tuple[ServiceFacts, ...]
    prices: tuple[Price, ...]
    effects: tuple[tuple[UsedEffect, ...], ...]
    families: tuple[float, ...]
    purses: tuple[Purse, ...]
    years: tuple[YearOfAgency, ...]
    events: Mapping[str, tuple[float, float, float]]
    tornado: tuple[tuple[str, float, float], ...]
    steps: tuple[Step, ...]
    flags: tuple[str, ...]


def project(
    asked: ScenarioFile,
    services: Sequence[ServiceFacts],
    prices: Sequence[Price],
    name: str,
    episodes: Sequence[Avoidable] = (),
) -> Projected:
    """The scenario drawn. services: the one asked for, and for a move the one that gets the money; `name`: of its file;
    episodes: further ones whose break-even is told, and which enter no sum.

    Raises InputRefused where the ledger tells no cost of a service, where its families are not known or hidden, or
    where there is no outcome with both a risk and an effect.
    """
    known = [_checked(each, name) for each in services]
    priced = [each for each in prices if all(_effect(one, each.outcome, asked) for one in known)]
    if not priced:
        raise InputRefused(
            f"No outcome of {known[0].name} has a risk that may be shown and an effect.",
            where=f"{name}, scenario.service (rule an-outcome-is-known)",
            fix="Allow a prior, or wait until more families have been offered it.",
        )
    effects = tuple(tuple(_must(_effect(each, price.outcome, asked)) for price in priced) for each in known)
    families = _families_who_lose_it(asked, known)
    inputs = _inputs(asked, known, priced, effects, families)
    drawn = simulate(inputs, asked.draws, asked.seed, asked.parameters)
    purses = _purses(asked, known, priced, inputs, drawn)
    return Projected(
        asked,
        tuple(known),
        tuple(priced),
        effects,
        tuple(float(each) for each in families),
        purses,
        _years(asked, known, priced, drawn),
        _events(priced, drawn),
        _tornado(asked, known, priced, drawn),
        tuple(_steps(asked, known[0], priced, episodes)),
        tuple(_flags(asked, known, prices, priced)) + _of_the_prior(effects),
    )


def _checked(each: ServiceFacts, name: str) -> ServiceFacts:
    if each.annual_cost is None or each.annual_cost <= 0:
        raise InputRefused(
            f"The ledger holds no spending of {each.name} ({each.service}), or more income than spending.",
            where=f"{name}, scenario.service (rule cost-from-the-ledger)",
            fix="Load the ledger with the service's own number, or set annual_cost in the scenario.",
        )
    if each.families_a_year is None or each.families_a_year <= 0:
        raise InputRefused(
            f"How many families were offered {each.name} in the last year is not known, or too few to show.",
            where=f"{name}, scenario.service (rule families-are-known)",
            fix="Set families_a_year in the scenario.",
        )
    return each


def _must(effect: UsedEffect | None) -> UsedEffect:
    if effect is None:
        raise ValueError("an effect that was there is gone")
    return effect


def _effect(each: ServiceFacts, outcome: str, asked: ScenarioFile) -> UsedEffect | None:
    if outcome not in each.risks:
        return None
    # A step-up leads to being in need and to care; it tells nothing of the police being called again.
    any_step = each.any_step if outcome in FOLLOW_A_STEP_UP else None
    return effect_used(outcome, each.effects.get(outcome), any_step, asked.prior, asked.parameters)


def _moved(asked: ScenarioFile, services: Sequence[ServiceFacts]) -> float:
    """Pounds a year that leave the first service (below 0: are put into it)."""
    pounds = asked.share * (services[0].annual_cost or 0.0)
    return -pounds if asked.kind == "invest" else pounds


def _families_who_lose_it(asked: ScenarioFile, services: Sequence[ServiceFacts]) -> Floats:
    """Families a year that lose each service, by its share of money; below 0 for the service that gets it."""
    moved = _moved(asked, services)
    pounds = [moved, -moved][: len(services)]
    return np.array(
        [
            each * (service.families_a_year or 0.0) / service.annual_cost if service.annual_cost else 0.0
            for each, service in zip(pounds, services, strict=True)
        ]
    )


def _inputs(
    asked: ScenarioFile,
    services: Sequence[ServiceFacts],
    prices: Sequence[Price],
    effects: Sequence[Sequence[UsedEffect]],
    families: Floats,
) -> Inputs:
    profiles = [
        units_by_year(each.units_by_year(asked.horizon, asked.parameters["drop_off"]), asked.years) for each in prices
    ]
    return Inputs(
        families=families,
        events=np.array([[one.risks[price.outcome].events for price in prices] for one in services]),
        seen=np.array([[one.risks[price.outcome].seen for price in prices] for one in services]),
        log_ratio=np.array([[each.used.mean for each in row] for row in effects]),
        spread=np.array([[each.used.spread for each in row] for row in effects]),
        cost=np.array([each.pounds for each in prices]),
        variation=np.array([each.variation for each in prices]),
        same_year=np.stack([same for same, _ in profiles]),
        next_year=np.stack([following for _, following in profiles]),
    )


def _budget_by_year(asked: ScenarioFile, services: Sequence[ServiceFacts]) -> Floats:
    """Pounds that the council's budget loses in each year, (years,): nothing where money only moves."""
    found = np.zeros(asked.horizon)
    moved = 0.0 if asked.kind == "move" else _moved(asked, services)
    found[: asked.years] = moved * (asked.released_share if moved > 0 else 1.0)
    found[0] -= asked.one_off_cost
    return found


def _shares(prices: Sequence[Price], agencies: Sequence[str]) -> Floats:
    """Share of each outcome's cost on each agency, (O, A)."""
    return np.array(
        [
            [each.by_agency.get(agency, 0.0) / each.pounds if each.pounds else 0.0 for agency in agencies]
            for each in prices
        ]
    )


def _agencies(prices: Sequence[Price]) -> list[str]:
    return list(dict.fromkeys(agency for each in prices for agency in each.by_agency))


def _purses(
    asked: ScenarioFile, services: Sequence[ServiceFacts], prices: Sequence[Price], inputs: Inputs, drawn: Draws
) -> tuple[Purse, ...]:
    budget = float(_budget_by_year(asked, services) @ discount_factors(asked.horizon, "standard", asked.parameters))
    perfect = _if_perfect(inputs, asked)
    return tuple(_purse(name, budget, asked, prices, drawn, perfect) for name in (COUNCIL_PURSE, PUBLIC_PURSE))


def _on_purse(name: str, prices: Sequence[Price], drawn: Draws, asked: ScenarioFile) -> Floats:
    """Present pounds displaced on a purse in each draw, (D,)."""
    agencies = _agencies(prices)
    on_it = np.array([agency in COUNCIL if name == COUNCIL_PURSE else True for agency in agencies], dtype=float)
    share = _shares(prices, agencies) @ on_it
    return np.asarray(drawn.present_value(asked.parameters).sum(axis=1) @ share)


def _if_perfect(inputs: Inputs, asked: ScenarioFile) -> Draws | None:
    """The draws had the service kept every family from every outcome; None where money moves."""
    if asked.kind == "move":
        return None
    nothing = np.zeros_like(inputs.log_ratio)
    perfect = Inputs(**{**vars(inputs), "log_ratio": nothing - 50, "spread": nothing})
    return simulate(perfect, asked.draws, asked.seed, asked.parameters)


def _purse(
    name: str, budget: float, asked: ScenarioFile, prices: Sequence[Price], drawn: Draws, perfect: Draws | None
) -> Purse:
    displaced = _on_purse(name, prices, drawn, asked)
    net, even = budget - displaced, None
    if perfect is not None:
        even = break_even_ratio(abs(budget), abs(float(_on_purse(name, prices, perfect, asked).mean())))
    return Purse(name, budget, _three(displaced), _three(net), float((net > 0).mean()), even)


def _three(drawn: Floats) -> tuple[float, float, float]:
    lower, middle, upper = (float(each) for each in ranges(drawn))
    return lower, middle, upper


def _years(
    asked: ScenarioFile, services: Sequence[ServiceFacts], prices: Sequence[Price], drawn: Draws
) -> tuple[YearOfAgency, ...]:
    agencies = _agencies(prices)
    by_outcome = drawn.amounts.sum(axis=1)
    by_agency = np.einsum("doy,oa->day", by_outcome, _shares(prices, agencies))
    found, budget = ranges(by_agency), _budget_by_year(asked, services)
    budget_of = "council_social_care"
    named = agencies if budget_of in agencies else [*agencies, budget_of]
    return tuple(
        YearOfAgency(
            agency,
            year,
            float(budget[year]) if agency == budget_of else 0.0,
            tuple(float(each) for each in found[:, agencies.index(agency), year]) if agency in agencies else (0.0,) * 3,  # type: ignore[arg-type]
        )
        for agency in named
        for year in range(asked.horizon)
    )


def _events(prices: Sequence[Price], drawn: Draws) -> dict[str, tuple[float, float, float]]:
    return {each.outcome: _three(drawn.events.sum(axis=1)[:, place]) for place, each in enumerate(prices)}


def _tornado(
    asked: ScenarioFile, services: Sequence[ServiceFacts], prices: Sequence[Price], drawn: Draws
) -> tuple[tuple[str, float, float], ...]:
    """Every input that is drawn with its rank correlation with both nets, the strongest first."""
    named: list[tuple[str, Floats]] = [("how soon it follows", drawn.first_year)]
    named += [(f"what a unit costs: {each.words}", drawn.cost[:, place]) for place, each in enumerate(prices)]
    for row, service in enumerate(services):
        of = f" ({service.name})" if len(services) > 1 else ""
        named.append((f"families who lose it for the money{of}", drawn.elasticity[:, row]))
        # One draw moves all outcomes of a service together, so that any of them stands for all.
        named.append((f"what the service does{of}", drawn.ratio[:, row, 0]))
        for place, each in enumerate(prices):
            named.append((f"risk without it: {each.words}{of}", drawn.risk[:, row, place]))
    columns = np.column_stack([column for _, column in named])
    council, public = (
        rank_correlation(columns, -_on_purse(name, prices, drawn, asked)) for name in (COUNCIL_PURSE, PUBLIC_PURSE)
    )
    rows = [(name, float(one), float(other)) for (name, _), one, other in zip(named, council, public, strict=True)]
    return tuple(sorted(rows, key=lambda row: -abs(row[2])))


def _steps(
    asked: ScenarioFile, service: ServiceFacts, prices: Sequence[Price], episodes: Sequence[Avoidable]
) -> list[Step]:
    """Break-even of the whole service: arithmetic first, then what is known from elsewhere, then what was found here."""
    outcomes = [
        Avoidable(
            each.outcome,
            each.words,
            each.unit,
            each.pounds,
            each.units,
            service.risks[each.outcome].events / service.risks[each.outcome].seen,
        )
        for each in prices
        if each.pounds > 0 and each.units > 0
    ]
    care = prior_for("care", "national", asked.parameters)
    local: dict[str, tuple[LogRatio, int]] = {
        outcome: (with_doubt(each, asked.parameters), each.design_grade) for outcome, each in service.effects.items()
    }
    cost, families = service.annual_cost or 0.0, service.families_a_year or 0.0
    return ladder(cost, families, [*outcomes, *episodes], {"care": care} if care else {}, local)


def _of_the_prior(effects: Sequence[Sequence[UsedEffect]]) -> tuple[str, ...]:
    """That the national evaluation is of one kind of help, where it enters."""
    if not any(each.prior and each.prior.mean < 0 for row in effects for each in row):
        return ()
    return (
        "The national evaluation is of key work with whole families who had many needs. For another kind of service its "
        'figure for care is likely to be too good: set prior = "sceptical" and look at both.',
    )


def _flags(
    asked: ScenarioFile, services: Sequence[ServiceFacts], prices: Sequence[Price], priced: Sequence[Price]
) -> list[str]:
    flags = []
    if asked.share > EXTRAPOLATED:
        flags.append(
            f"Extrapolated: {asked.share:.0%} of the service is more than half, and what happens then was never observed."
        )
    for each in services:
        if each.no_effect:
            flags.append(f"{each.name}: nothing could be found here. {each.no_effect}")
    for price in prices:
        if price not in priced:
            why = next((one.left_out[price.outcome] for one in services if price.outcome in one.left_out), "")
            flags.append(f"Not counted: {price.words}. {why or 'Its effect is not known.'}")
        else:
            flags += [f"{price.words}: {warning}" for warning in price.warnings]
    if any(each.basis == "average" for each in priced):
        flags.append(
            "Unit costs are averages: what is displaced is work and places, and not all of it is money that could be kept."
        )
    return flags
