"""All services side by side on their way out: pounds rounded, counts as the policy shows them, every sentence guarded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.claims_guard import guarded
from earlyhelp.economics.envelope import Mix
from earlyhelp.economics.parameters import ParameterSet
from earlyhelp.economics.side_by_side import DEVIATIONS, Beside
from earlyhelp.release.findings import ReleasedFinding, rounded

Row = Mapping[str, Any]
TO_POUNDS = 100
NO_COST = "The ledger holds no actual spending of it in the year, or more income than spending."
OVERLAP = "The ranges of all services of which something was found overlap: nothing tells them apart, and their order is by name."
ONE = "Of one service alone something was found that may be shown, so that there is nothing to set beside it."
NOTHING = "Of no service was anything found that may be shown. What each would have to avoid is arithmetic, and claims nothing."
FISCAL = "Fiscal cost alone. Average costs hold staff and buildings that stay: they are not cashable."


@dataclass(frozen=True)
class ReleasedPortfolio:
    """What may be shown of all services: those with something found first, then the others, each by name.

    `rows`: a service each; `notes`: what must be said beside them; `parameters`: the hash of the parameter set. `mix`: what an
    envelope buys, where one was asked for.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    year: str
    parameters: str
    mix: Row | None = None

    def as_dict(self) -> dict[str, Any]:
        """The names under which other programs may rely on it."""
        return {
            "price_year": self.year,
            "services": list(self.rows),
            "notes": list(self.notes),
            "parameters": self.parameters,
            **({"mix": self.mix} if self.mix is not None else {}),
        }


def publish_portfolio(
    found: Sequence[Beside],
    claims: Mapping[str, ReleasedFinding],
    year: str,
    parameters: ParameterSet,
    mix: Mix | None = None,
) -> ReleasedPortfolio:
    """The services as they may be shown. claims: by service its study, released; year: of the prices and the ledger.

    mix: what an envelope buys. It rests on families and risks as they may be shown, and on nothing else.
    """
    names = {each.facts.service: each.facts.name for each in found}
    rows = [_row(each, claims[each.facts.service], names) for each in found]
    ordered = sorted(rows, key=lambda row: (row["risk_ratio"] is None, str(row["name"]).casefold(), row["service"]))
    return ReleasedPortfolio(tuple(ordered), (*_notes(found, names), FISCAL), year, parameters.hash, _mix(mix, names))


def _mix(mix: Mix | None, names: Mapping[str, str]) -> Row | None:
    """The envelope, and places by service in whole families; or why no mix is told."""
    if mix is None:
        return None
    told: dict[str, Any] = {"envelope": mix.envelope, "why_not": guarded(mix.why_not), "services": []}
    if mix.found is None:
        return told
    good = dict(zip(("fewer_5", "fewer_50", "fewer_95"), (round(each, 1) for each in mix.found.good), strict=True))
    services = [
        {
            "service": each.service,
            "name": names[each.service],
            "places": round(each.places),
            "places_now": round(now),
            "spent": round(each.spent / TO_POUNDS) * TO_POUNDS,
            "share_of_draws": round(each.share_of_draws, 2),
        }
        for each, now in zip(mix.found.services, mix.present, strict=True)
    ]
    services.sort(key=lambda row: str(row["name"]).casefold())
    return {**told, "services": services, **good, "same_mix": round(mix.found.same_mix, 2)}


def _row(each: Beside, claim: ReleasedFinding, names: Mapping[str, str]) -> Row:
    facts, named = each.facts, tuple(names.values())
    cost, families = facts.annual_cost, facts.families_a_year
    return {
        "service": facts.service,
        "name": facts.name,
        "annual_cost": None if cost is None else round(cost / TO_POUNDS) * TO_POUNDS,
        "cost_source": facts.cost_source,
        "families_a_year": families,
        "cost_a_family_offered": None if cost is None or cost <= 0 or not families else round(cost / families, -1),
        "why_no_cost": "" if each.steps else NO_COST,
        "break_even": [
            {
                "outcome": step.outcome,
                "basis": step.basis,
                "needed": round(step.needed, 1),
                **{name: rounded(getattr(step, name), 1) for name in ("avoided", "lower", "upper")},
                "sentence": guarded(step.sentence, each.design_grade or 1),
            }
            for step in each.steps
        ],
        **_ratio(each.found),
        "design_grade": each.design_grade,
        "fewer_than": list(each.fewer_than),
        "fewer_than_names": [names[other] for other in each.fewer_than],
        "why_no_effect": "" if each.found else _why(each, claim, named),
        "verdict": claim.verdict,
        "may_say": [guarded(sentence, claim.design_grade, named) for sentence in claim.may_say],
        "may_not_say": list(claim.may_not_say),
    }


def _why(each: Beside, claim: ReleasedFinding, names: tuple[str, ...]) -> str:
    """Why nothing is shown of what the service does."""
    said = each.facts.no_effect or next(iter(claim.gate["reasons"]), "Too few families had the outcome for a figure.")
    return guarded(said, claim.design_grade, names)


def _ratio(found: LogRatio | None) -> dict[str, float | None]:
    """The risk ratio of a first step-up with its 90 per cent range."""
    if found is None:
        return dict.fromkeys(("risk_ratio", "lower", "upper"))
    bounds = {"risk_ratio": found.ratio, "lower": found.bound(-DEVIATIONS), "upper": found.bound(DEVIATIONS)}
    return {name: round(value, 2) for name, value in bounds.items()}


def _notes(found: Sequence[Beside], names: Mapping[str, str]) -> list[str]:
    """Which services can be told apart; where none can, that there is no order."""
    told = [each for each in found if each.found]
    if len(told) < 2:
        return [ONE if told else NOTHING]
    apart = [(each.facts.name, [names[other] for other in each.fewer_than]) for each in told if each.fewer_than]
    if not apart:
        return [OVERLAP]
    return [
        guarded(
            f"{name}: its range lies wholly below that of {' and that of '.join(others)}. The families differ, so that this "
            "does not say which would do more for the same ones.",
            names=tuple(names.values()),
        )
        for name, others in apart
    ]
