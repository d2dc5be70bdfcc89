"""Cost and benefit of a service by the Treasury's model for local partnerships: by agency and year, kinds never merged.

Benefit of one outcome = population x engagement x retention x net impact x unit benefit x (1 - optimism bias), begun after
a lag and dropping off (HM Treasury, Supporting public service transformation, April 2014). Fiscal, economic and social
benefits are three accounts. No ratio is made without its interval and the grade of the design behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.discounting import discount_factors
from earlyhelp.economics.parameters import DECLARED, ParameterSet, optimism_bias
from earlyhelp.errors import InputRefused

Floats = NDArray[np.float64]
Account = Literal["fiscal", "economic", "social"]
ACCOUNTS: tuple[Account, ...] = ("fiscal", "economic", "social")


class Impact(NamedTuple):
    """Change of a share by the service, with its 95 per cent interval; above 0 where it is for the better.

    `net`: compared with what would have happened anyway. A gross one (before against after) needs a deadweight.
    """

    estimate: float
    lower: float
    upper: float
    net: bool = True


class Range(NamedTuple):
    """Present pounds with the bounds that the impacts' intervals leave."""

    estimate: float
    lower: float
    upper: float


class Ratio(NamedTuple):
    """Pounds of benefit for each pound of cost, never without its interval and the design grade (Maryland, 1 to 5)."""

    estimate: float
    lower: float
    upper: float
    design_grade: int

    @property
    def words(self) -> str:
        """As it is told."""
        return (
            f"{self.estimate:.2f} pounds for each pound (95 per cent interval {self.lower:.2f} to {self.upper:.2f}; design "
            f"grade {self.design_grade} on the Maryland scale)"
        )


@dataclass(frozen=True)
class Cost:
    """Money put in by one agency: pounds by year, year 0 first, in real prices; 0 or more. `evidence_grade`: 1 to 6."""

    name: str
    agency: str
    by_year: tuple[float, ...]
    evidence_grade: int = 1

    def __post_init__(self) -> None:
        if any(each < 0 for each in self.by_year):
            raise _refused(self.name, "costs-not-negative", "A cost is below 0.", "Give what is earned as a benefit.")


@dataclass(frozen=True)
class Benefit:
    """What one outcome is worth to one agency in one account.

    `population`: families or people it could reach in a year; `engagement`, `retention`: shares that start, and stay.
    `unit_benefit`: pounds for each outcome in each year that it lasts; `cashable`: the share that leaves a budget.
    `deadweight`: the share that would have come anyway: for gross impacts alone. `lag`: years until it begins;
    `lasts`: years that it goes on after; `drop_off`: share of it lost with each further year. `years_of_intake`: how many
    years families are taken in.
    """

    name: str
    agency: str
    account: Account
    population: float
    engagement: float
    retention: float
    impact: Impact
    unit_benefit: float
    evidence_grade: int
    design_grade: int
    cashable: float = 0.0
    deadweight: float | None = None
    lag: int = 0
    lasts: int = 1
    drop_off: float = 0.0
    years_of_intake: int = 1

    def __post_init__(self) -> None:
        self._check_impact()
        for name in ("engagement", "retention", "cashable", "drop_off"):
            if not 0 <= getattr(self, name) <= 1:
                raise _refused(f"{self.name}, {name}", "share-between-0-and-1", "It is no share.", "Give 0 to 1.")
        if (
            self.account not in ACCOUNTS
            or self.population < 0
            or self.unit_benefit < 0
            or self.lag < 0
            or self.lasts < 1
        ):
            raise _refused(
                self.name, "benefit-not-negative", "A figure is below 0, or the account is none.", "Correct it."
            )

    def _check_impact(self) -> None:
        impact = self.impact
        if impact.net and self.deadweight is not None:
            raise _refused(
                f"{self.name}, deadweight",
                "deadweight-once",
                "The impact is net of what would have happened anyway: deadweight would take it off twice.",
                "Leave deadweight out.",
            )
        if not impact.net and self.deadweight is None:
            raise _refused(
                f"{self.name}, deadweight",
                "gross-impact-needs-deadweight",
                "The impact is gross: part of it would have come anyway.",
                "Use an impact against a comparison group, or give the deadweight.",
            )
        if not impact.lower <= impact.estimate <= impact.upper:
            raise _refused(
                f"{self.name}, impact", "interval-holds-estimate", "The interval does not hold it.", "Mend it."
            )

    def by_year(self, impact: float, years: int, parameters: ParameterSet) -> Floats:
        """Undiscounted pounds by year, (years,), with the optimism bias of its evidence taken off (nothing where it harms)."""
        bias = optimism_bias(self.evidence_grade, parameters) if impact > 0 else 0.0
        reached = self.population * self.engagement * self.retention * (1 - (self.deadweight or 0.0))
        found = np.zeros(years)
        for intake in range(self.years_of_intake):
            for further in range(self.lasts):
                if (year := intake + self.lag + further) < years:
                    found[year] += reached * impact * self.unit_benefit * (1 - bias) * (1 - self.drop_off) ** further
        return found


class Line(NamedTuple):
    """One agency's pounds in one account and year; `present` as worth in year 0."""

    agency: str
    account: str
    year: int
    amount: float
    present: float


@dataclass(frozen=True)
class CostBenefit:
    """What went in and what came back, in present pounds by account. Accounts are not added up, here or anywhere.

    `cost`: all agencies. `benefits`: by account, estimate with bounds. `ratios`: by account, where there is any benefit.
    `payback`: years until what comes back in the fiscal account meets what went in; None where it does not.
    `cashable`: the part of the fiscal estimate that leaves a budget. `lines`: costs (account "cost") and benefits.
    """

    cost: float
    benefits: dict[Account, Range]
    ratios: dict[Account, Ratio]
    payback: float | None
    cashable: float
    lines: tuple[Line, ...] = field(repr=False, default=())

    def net(self, account: Account) -> float:
        """Present pounds of one account less all the cost: below 0 where it does not pay for itself there."""
        return self.benefits[account].estimate - self.cost


def cost_benefit(
    costs: Sequence[Cost], benefits: Sequence[Benefit], years: int, parameters: ParameterSet = DECLARED
) -> CostBenefit:
    """Costs and benefits over so many years, year 0 first.

    Bounds take all impacts at their lower, and at their upper bound at once: wider than were they independent. The grade
    of a ratio is the weakest of its benefits. Raises InputRefused for no costs, or costs that run beyond the years.
    """
    if not costs or max(len(each.by_year) for each in costs) > years:
        raise _refused("costs", "costs-within-years", "There is no cost, or one beyond the years.", "Give every cost.")
    factors = discount_factors(years, "standard", parameters)
    spent = _spent(costs, years, parameters)
    cost = float(spent @ factors)
    found = {account: _account(account, benefits, years, factors, parameters) for account in ACCOUNTS}
    return CostBenefit(
        cost,
        found,
        {account: _ratio(account, benefits, found[account], cost) for account in ACCOUNTS if found[account].estimate},
        payback(spent * factors, _fiscal(benefits, years, parameters) * factors),
        sum(_sum([each], years, factors, parameters) * each.cashable for each in benefits if each.account == "fiscal"),
        tuple(_lines(costs, benefits, years, factors, parameters)),
    )


def _spent(costs: Sequence[Cost], years: int, parameters: ParameterSet) -> Floats:
    """Pounds by year, raised by the optimism bias of their evidence."""
    found = np.zeros(years)
    for each in costs:
        found[: len(each.by_year)] += np.array(each.by_year) * (1 + optimism_bias(each.evidence_grade, parameters))
    return found


def _fiscal(benefits: Sequence[Benefit], years: int, parameters: ParameterSet) -> Floats:
    every = [each.by_year(each.impact.estimate, years, parameters) for each in benefits if each.account == "fiscal"]
    return np.sum(every, axis=0) if every else np.zeros(years)


def _sum(benefits: Sequence[Benefit], years: int, factors: Floats, parameters: ParameterSet, bound: int = 0) -> float:
    """Present pounds of these benefits at the estimate (0), the lower (1) or the upper bound (2) of every impact."""
    return float(sum(each.by_year(each.impact[bound], years, parameters) @ factors for each in benefits))


def _account(
    account: Account, benefits: Sequence[Benefit], years: int, factors: Floats, parameters: ParameterSet
) -> Range:
    own = [each for each in benefits if each.account == account]
    return Range(*(_sum(own, years, factors, parameters, bound) for bound in (0, 1, 2)))


def _ratio(account: Account, benefits: Sequence[Benefit], found: Range, cost: float) -> Ratio:
    grade = min(each.design_grade for each in benefits if each.account == account)
    return Ratio(found.estimate / cost, found.lower / cost, found.upper / cost, grade)


def _lines(
    costs: Sequence[Cost], benefits: Sequence[Benefit], years: int, factors: Floats, parameters: ParameterSet
) -> list[Line]:
    amounts: dict[tuple[str, str], Floats] = {}
    for cost in costs:
        key = (cost.agency, "cost")
        amounts[key] = amounts.get(key, np.zeros(years)) + _spent([cost], years, parameters)
    for benefit in benefits:
        key = (benefit.agency, benefit.account)
        by_year = benefit.by_year(benefit.impact.estimate, years, parameters)
        amounts[key] = amounts.get(key, np.zeros(years)) + by_year
    return [
        Line(agency, account, year, float(amount), float(amount * factors[year]))
        for (agency, account), by_year in sorted(amounts.items())
        for year, amount in enumerate(by_year)
    ]


def payback(costs: Floats, benefits: Floats) -> float | None:
    """Years until all that came back meets all that went in, told within the year as if spread evenly; None where never.

    costs, benefits: (years,) pounds. A sum that meets it and falls behind again has not paid back at the first time.
    """
    gap = np.cumsum(benefits - costs)
    if gap[-1] < 0:
        return None
    behind = np.flatnonzero(gap < 0)
    if not len(behind):
        return float(costs[0] / benefits[0]) if benefits[0] > 0 else 0.0
    last = int(behind[-1])
    return float(last + 1 - gap[last] / (gap[last + 1] - gap[last]))


def pound_for_pound(net_benefit: float, cost: float) -> float:
    """Benefit for each pound of cost, from a net benefit (benefit less cost): 1 + net / cost.

    The arithmetic of a published figure, to be checked against; what is told of our own is a `Ratio`. Known answer: the
    national evaluation of the Troubled Families Programme (MHCLG, March 2019), tests/known_answers.
    """
    if cost <= 0:
        raise ValueError("a cost is above 0")
    return 1 + net_benefit / cost


def _refused(where: str, rule: str, error: str, fix: str) -> InputRefused:
    return InputRefused(error, where=f"{where} (rule {rule})", fix=fix)
