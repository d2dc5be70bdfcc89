"""Scenarios on their way out: every count that one rests on is hidden or rounded before it is used, and pounds are rounded.

What the economics is fed with is what may be shown: families and risks under the policy. So nothing that comes out of
it can tell of fewer families than may be told of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from earlyhelp.economics.break_even import Avoidable, LogRatio, Step, first_step
from earlyhelp.economics.claims_guard import guarded
from earlyhelp.economics.effects import Local, UsedEffect, log_ratio_of_difference
from earlyhelp.economics.elasticities import CrossCheck
from earlyhelp.economics.parameters import PARAMETERS
from earlyhelp.economics.scenario import Projected, Purse, YearOfAgency
from earlyhelp.economics.scenario_file import ScenarioFile
from earlyhelp.economics.scenario_words import sentences_of, sentences_of_studied
from earlyhelp.economics.service_facts import Price, Risk
from earlyhelp.economics.simulation import PERCENTILES
from earlyhelp.economics.studied_cut import Displaced
from earlyhelp.economics.unit_costs import AGENCIES
from earlyhelp.evaluate.services import FEWEST_EVENTS
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.release.findings import rounded
from earlyhelp.release.policy import Policy

Row = Mapping[str, Any]
TO_POUNDS = 100
"""Pounds are told to the nearest hundred: closer would promise what no draw holds."""
TOO_FEW = "Too few families had it for a risk to be shown."


@dataclass(frozen=True)
class ReleasedScenario:
    """What may be shown of a scenario. `content`: the names that other programs rely on; `sentences`: what may be said."""

    content: Row
    sentences: tuple[str, ...]
    flags: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The names under which other programs may rely on it."""
        return {**self.content, "says": list(self.sentences), "flags": list(self.flags)}


@dataclass(frozen=True)
class ReleasedBreakEven:
    """What one service would have to avoid to pay for itself: arithmetic alone, with no word on whether it does.

    `annual_cost`: pounds, None where the ledger tells none; `cost_source`: from where. `families_a_year`: None where not
    known or too few to show. `steps`: a row an outcome, empty without a cost.
    """

    service: str
    name: str
    annual_cost: float | None
    cost_source: str
    families_a_year: float | None
    steps: tuple[Row, ...] = ()


def publish_break_even(
    service: str,
    name: str,
    cost: float | None,
    source: str,
    families: int,
    avoidable: Sequence[Avoidable],
    policy: Policy,
) -> ReleasedBreakEven:
    """What the service would have to avoid, as it may be shown. avoidable: outcomes with the price of a unit of each."""
    told = None if cost is None or cost <= 0 else cost_told(cost)
    shown = families_shown(families, policy)
    steps = [first_step(told, shown or 0.0, each) for each in avoidable] if told else []
    rows = tuple(
        {
            "outcome": each.outcome,
            "words": of.words,
            "unit": of.unit,
            "pounds": round(of.pounds),
            "basis": each.basis,
            "needed": round(each.needed, 1),
            "avoided": None,
            "lower": None,
            "upper": None,
            "sentence": guarded(each.sentence),
        }
        for each, of in zip(steps, avoidable if told else (), strict=True)
    )
    return ReleasedBreakEven(service, name, told, source, shown, rows)


def cost_told(amount: float) -> float:
    """What a service costs in a year as it is told: what is worked out of it on one page agrees with the next."""
    return _pounds(amount)


def families_shown(count: int, policy: Policy) -> float | None:
    """How many families as a scenario may use them; None where hidden or none."""
    return policy.shown(count) if count > 0 else None


def risk_shown(share: float, families: float, whose: str, policy: Policy) -> Risk | None:
    """A share of families as a scenario may use it, to a thousandth; None where the families behind it are too few.

    share: who had the outcome; families: of so many (the effective number, where they are weighted).
    """
    with_it, without = share * families, (1 - share) * families
    if families <= 0 or policy.hides(with_it) or policy.hides(without):
        return None
    shown = policy.rounded(families)
    return Risk(round(share, 3) * shown, shown, whose)


def effect_shown(found: Comparison, design_grade: int, policy: Policy) -> Local | None:
    """The effect that a comparison found, as it may be shown; None where there is none or too few had the outcome."""
    events = min(found.events_treated, found.events_compared)
    if not found.estimates or found.risk_compared is None or events < FEWEST_EVENTS:
        return None
    if policy.hides(found.events_treated) or policy.hides(found.events_compared):
        return None
    first = found.estimates[0]
    risk, difference, lower, upper = (
        round(each, 3) for each in (found.risk_compared, first.estimate, first.lower, first.upper)
    )
    ratio = log_ratio_of_difference(risk, difference, lower, upper)
    return Local(ratio, design_grade) if ratio and ratio.spread > 0 else None


def publish_scenario(found: Projected, checks: Sequence[CrossCheck] = ()) -> ReleasedScenario:
    """The scenario as it may be shown: pounds to the nearest hundred, every sentence past the claims guard."""
    names = tuple(each.name for each in found.services)
    content = {
        "scenario": _scenario(found),
        "percentiles": list(PERCENTILES),
        "services": [_service(found, place) for place in range(len(found.services))],
        "by_agency_and_year": [_agency_year(each, found.asked.begins) for each in found.years],
        "purses": [_purse(each) for each in found.purses],
        "events_a_year": [
            {"outcome": name, "words": _price(found.prices, name).words, **_tenths(three)}
            for name, three in found.events.items()
        ],
        "effects": [
            {"service": service.service, **_effect(each)}
            for service, row in zip(found.services, found.effects, strict=True)
            for each in row
        ],
        "prices": [_price_row(each) for each in found.prices],
        "tornado": [
            {"input": name, "council": round(one, 2), "public_purse": round(other, 2)}
            for name, one, other in found.tornado
        ],
        "break_even": [_break_even(each, found) for each in found.steps],
        "cross_checks": [_cross_check(each) for each in checks],
        "not_priced": ["economic", "social"],
        **_made_with(found.asked),
    }
    sentences = tuple(guarded(each, _grade(found), names) for each in sentences_of(found))
    return ReleasedScenario(content, sentences, tuple(guarded(each, names=names) for each in found.flags))


def _scenario(found: Projected) -> dict[str, Any]:
    asked = found.asked
    return {
        "kind": asked.kind,
        "service": asked.service,
        "service_name": found.services[0].name,
        "to": asked.to or None,
        "to_name": found.services[1].name if len(found.services) > 1 else None,
        "share": asked.share,
        "from": asked.begins,
        "years": asked.years,
        "looked_at_years": asked.horizon,
        "price_year": found.prices[0].price_year,
    }


def _agency_year(told: YearOfAgency, begins: str) -> dict[str, Any]:
    return {
        "agency": told.agency,
        "agency_words": AGENCIES.label(told.agency),
        "year": _year(begins, told.year),
        "account": "fiscal",
        "out_of_the_budget": _pounds(told.budget),
        **_three("displaced", told.displaced),
    }


def _break_even(told: Step, found: Projected) -> dict[str, Any]:
    return {
        "outcome": told.outcome,
        "basis": told.basis,
        "needed": round(told.needed, 1),
        **{name: rounded(getattr(told, name), 1) for name in ("avoided", "lower", "upper")},
        "sentence": guarded(told.sentence, _grade(found)),
    }


def _cross_check(told: CrossCheck) -> dict[str, Any]:
    return {
        "study": told.study.name,
        "lower": rounded(told.lower, 1),
        "upper": rounded(told.upper, 1),
        "sentence": guarded(told.sentence),
    }


def _made_with(asked: ScenarioFile) -> dict[str, Any]:
    """What the figures rest on, by which anybody can make them again."""
    return {
        "seed": asked.seed,
        "draws": asked.draws,
        "parameters": asked.parameters.hash,
        "changed_parameters": dict(asked.parameters.changed),
        "unverified_parameters": [each.name for each in PARAMETERS.values() if not each.verified],
    }


def publish_studied(found: Displaced, asked: ScenarioFile) -> ReleasedScenario:
    """What a cut that was made displaced, as it may be shown, under the names of a scenario."""
    months = f"{found.cut.months} months after {found.cut.day}"
    content = {
        "scenario": {"kind": "cut", "study": found.cut.study, "annual_cost": _pounds(found.cut.annual_cost),
                     "months": found.cut.months, "price_year": found.prices[0].price_year},
        "percentiles": list(PERCENTILES),
        "referrals": _tenths(found.referrals),
        "effects": [{"outcome": "referral", "local": _ratio(found.cut.local), "used": _ratio(found.cut.used)}],
        "design_grade": found.cut.design_grade,
        "by_agency_and_year": [
            {"agency": agency, "agency_words": AGENCIES.label(agency), "year": months, "account": "fiscal",
             "out_of_the_budget": _pounds(found.purses[0].budget) if agency == "council_social_care" else 0.0,
             **_three("displaced", three)}
            for agency, three in found.by_agency.items()
        ],
        "purses": [_purse(each) for each in found.purses],
        "follows": [
            {"outcome": name, "share": round(risk.events / risk.seen, 3), "children": round(risk.seen)}
            for name, risk in found.cut.follows.items()
        ],
        "prices": [_price_row(each) for each in found.prices],
        "tornado": [], "break_even": [], "cross_checks": [], "not_priced": ["economic", "social"],
        "seed": asked.seed, "draws": asked.draws, "parameters": asked.parameters.hash,
        "changed_parameters": dict(asked.parameters.changed),
    }  # fmt: skip
    warnings = tuple(guarded(f"{each.words}: {one}") for each in found.prices for one in each.warnings)
    sentences = tuple(guarded(each, found.cut.design_grade, (found.cut.where,)) for each in sentences_of_studied(found))
    return ReleasedScenario(content, sentences, warnings)


def _grade(found: Projected) -> int:
    """The weakest design behind it: 1 where there is nothing local at all."""
    return min(each.design_grade or 1 for row in found.effects for each in row)


def _pounds(amount: float) -> float:
    return float(round(amount / TO_POUNDS) * TO_POUNDS)


def _three(name: str, values: Sequence[float]) -> dict[str, float]:
    return {f"{name}_{int(each)}": _pounds(value) for each, value in zip(PERCENTILES, values, strict=True)}


def _tenths(values: Sequence[float]) -> dict[str, float | None]:
    return {f"more_{int(each)}": rounded(value, 1) for each, value in zip(PERCENTILES, values, strict=True)}


def _year(begins: str, place: int) -> str:
    """The twelve months from the first one on, such as 2026-04 to 2027-03."""
    year, month = int(begins[:4]) + place, int(begins[5:])
    last = (year, 12) if month == 1 else (year + 1, month - 1)
    return f"{year}-{month:02d} to {last[0]}-{last[1]:02d}"


def _service(found: Projected, place: int) -> dict[str, Any]:
    each = found.services[place]
    return {
        "service": each.service,
        "name": each.name,
        "annual_cost": _pounds(each.annual_cost or 0.0),
        "cost_source": each.cost_source,
        "families_a_year": each.families_a_year,
        "families_without_it": rounded(found.families[place], 1),
        "risks": [
            {
                "outcome": name,
                "risk": round(risk.events / risk.seen, 3),
                "families": round(risk.seen),
                "whose": risk.whose,
            }
            for name, risk in each.risks.items()
        ],
    }


def _purse(each: Purse) -> dict[str, Any]:
    return {
        "purse": each.name,
        "account": "fiscal",
        "out_of_the_budget": _pounds(each.budget),
        **_three("displaced", each.displaced),
        **_three("net", each.net),
        "probability_that_it_saves": round(each.saves, 2),
        "break_even_risk_ratio": rounded(each.break_even, 2),
    }


def _effect(each: UsedEffect) -> dict[str, Any]:
    return {
        "outcome": each.outcome,
        "design_grade": each.design_grade,
        "basis": each.basis,
        **{name: _ratio(getattr(each, name)) for name in ("local", "prior", "used")},
    }


def _ratio(found: LogRatio | None) -> dict[str, float] | None:
    """A risk ratio with its 90 per cent range."""
    if found is None:
        return None
    bounds = {"risk_ratio": found.ratio, "lower": found.bound(-1.645), "upper": found.bound(1.645)}
    return {name: round(value, 2) for name, value in bounds.items()}


def _price(prices: Sequence[Price], outcome: str) -> Price:
    return next(each for each in prices if each.outcome == outcome)


def _price_row(each: Price) -> dict[str, Any]:
    return {
        "outcome": each.outcome,
        "words": each.words,
        "unit": each.unit,
        "units_an_event": round(each.units, 1),
        "by_agency": {agency: round(pounds) for agency, pounds in each.by_agency.items()},
        "basis": each.basis,
        "cashable": None,
        "price_year": each.price_year,
        "source": each.source,
        "variation": each.variation,
    }
