"""A unit cost at the prices of another year, by the GDP deflator, with a sentence wherever that misleads.

value at prices of t = value at prices of b x index of t / index of b (HM Treasury, The Green Book, on real prices).
Known answer: tests/known_answers/test_unit_costs_published.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from earlyhelp.economics.unit_costs.cost import UnitCost
from earlyhelp.economics.unit_costs.deflators import DEFLATORS, Deflators, first_year
from earlyhelp.errors import UsageProblem

DISTORTED = ("2020-21", "2021-22")
"""Years whose deflator is bent by how the output of closed schools and surgeries was measured."""
OLDEST = 10
"""Years beyond which a price says little about what the thing costs now."""
RESIDENTIAL_GAP = 0.37
"""The share by which the deflator leaves residential care too cheap: 2,947 pounds a week of 2013-14 becomes 3,878 in
2023-24; the National Audit Office found 318,400 a place and year, 6,123 a week."""


class Uprated(NamedTuple):
    """Pounds at the prices of `price_year`, and the sentences to be read with them; `ratio` is what was multiplied by."""

    value: float
    warnings: tuple[str, ...]
    ratio: float
    price_year: str


def uprated(cost: UnitCost, to: str, deflators: Deflators = DEFLATORS) -> Uprated:
    """The cost in pounds of the financial year `to` (as 2025-26), with what makes it misleading.

    Works backwards too. Raises UsageProblem for a placeholder, which has no price year, and for a year without deflator.
    """
    if not cost.price_year:
        raise UsageProblem(
            f'"{cost.name}" has no price year, so it cannot be put at the prices of another.',
            where=f"unit cost {cost.code}",
            fix="Give the council's own figure with its price year in economics/unit_costs.csv.",
        )
    ratio = deflators.ratio(cost.price_year, to)
    return Uprated(cost.value * ratio, tuple(_warnings(cost, to, deflators)), ratio, to)


def at_prices_of(cost: UnitCost, to: str, deflators: Deflators = DEFLATORS) -> UnitCost:
    """The same unit cost with every amount at the prices of `to`: value, average, marginal, cashable, range and shares."""
    ratio = uprated(cost, to, deflators).ratio

    def scaled(amount: float | None) -> float | None:
        return None if amount is None else amount * ratio

    return replace(
        cost,
        value=cost.value * ratio,
        price_year=to,
        average=scaled(cost.average),
        marginal=scaled(cost.marginal),
        cashable=scaled(cost.cashable),
        low=scaled(cost.low),
        high=scaled(cost.high),
        shares=MappingProxyType({agency: pounds * ratio for agency, pounds in cost.shares.items()}),
    )


def _warnings(cost: UnitCost, to: str, deflators: Deflators) -> Iterator[str]:
    if cost.price_year == to:
        return
    for year in (cost.price_year, to):
        if year in DISTORTED:
            yield (
                f"The deflator of {year} is distorted by how public services were measured while much was closed; "
                "figures put at or taken from prices of that year can be several per cent out."
            )
        if year in deflators.forecast:
            yield f"The deflator of {year} is a forecast (release {deflators.vintage}), and will change."
    if abs(first_year(to) - first_year(cost.price_year)) > OLDEST:
        yield (
            f"The price is of {cost.price_year}, more than {OLDEST} years from {to}: what is done for it, and what it "
            "costs, will have changed by more than prices."
        )
    if "year_assumed" in cost.flags:
        yield f"The source does not say of which year its prices are; {cost.price_year} is assumed."
    if "placement" in cost.flags and "local" not in cost.flags:
        yield _of_placements(cost)


def _of_placements(cost: UnitCost) -> str:
    ledger = "Use what the council's own ledger says a placement costs"
    if cost.thing == "residential_placement":
        return (
            f"Prices in general rise more slowly than those of residential care: on a figure of 2013-14 the deflator falls "
            f"short of the National Audit Office's 318,400 pounds a place in 2023-24 by about {RESIDENTIAL_GAP:.0%}. "
            f"{ledger}, or start from that figure."
        )
    return (
        f"Prices of placements rise faster than prices in general (of residential care, ten years left the uprated figure about "
        f"{RESIDENTIAL_GAP:.0%} short), so this is likely to be too low. {ledger}."
    )
