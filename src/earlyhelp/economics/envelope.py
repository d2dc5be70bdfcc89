"""Which mix of services an envelope buys: told only where the services that would lose are shown to do less for a pound.

The mix is that of `portfolio.best_mix`, in step-ups fewer. Most local studies are too weak for one: then none is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.portfolio import Candidate, Portfolio, best_mix
from earlyhelp.economics.side_by_side import Beside

Floats = NDArray[np.float64]
DRAWS = 4_000
TOO_FEW = "Of fewer than two services are cost, families, a risk and an effect known: there is no mix to choose."
OVERLAP = (
    "What a pound does in the services that would lose cannot be told from what it does in those that would not: their "
    "ranges overlap, so that no mix is told."
)
FRAGILE = "On fewer than half of the draws the same services are chosen: the choice is fragile, so that no mix is told."


@dataclass(frozen=True)
class Mix:
    """What an envelope buys. `found`: None where no mix may be told; `why_not` then says why. `names`: of the candidates."""

    envelope: float
    names: tuple[str, ...]
    present: tuple[float, ...] = ()
    found: Portfolio | None = None
    why_not: str = ""


def mix_within(services: Sequence[Beside], envelope: float, capacity: Mapping[str, float], seed: int) -> Mix:
    """The best mix for so many pounds a year. capacity: families a service can take in a year, where it is known.

    A service can have no more places than it has now, or than its capacity. Raises UsageProblem for an envelope below 0.
    """
    candidates = [each for each in (_candidate(one, capacity, seed) for one in services) if each is not None]
    names = tuple(each.service for each in candidates)
    if len(candidates) < 2:
        return Mix(envelope, names, why_not=TOO_FEW)
    now = {each.facts.service: each.facts.families_a_year or 0.0 for each in services}
    present = tuple(now[name] for name in names)
    found = best_mix(candidates, envelope, present=present)
    if found.fragile:
        return Mix(envelope, names, present, why_not=FRAGILE)
    if not _are_apart(candidates, found, present):
        return Mix(envelope, names, present, why_not=OVERLAP)
    return Mix(envelope, names, present, found)


def _candidate(each: Beside, capacity: Mapping[str, float], seed: int) -> Candidate | None:
    """A service as the programme reads it: what one place does, drawn from its risk and its effect; None where unknown."""
    facts = each.facts
    if each.found is None or facts.step_risk is None or not facts.families_a_year or (facts.annual_cost or 0) <= 0:
        return None
    luck = np.random.default_rng([seed, *facts.service.encode()])
    had, seen = facts.step_risk.events, facts.step_risk.seen
    risk = luck.beta(had + 0.5, max(seen - had, 0.0) + 0.5, DRAWS)
    ratio = np.exp(luck.normal(each.found.mean, each.found.spread, DRAWS))
    most = max(facts.families_a_year, capacity.get(facts.service, 0.0))
    return Candidate(facts.service, (facts.annual_cost or 0.0) / facts.families_a_year, most, risk * (1 - ratio))


def _are_apart(candidates: Sequence[Candidate], found: Portfolio, present: Sequence[float]) -> bool:
    """Whether every service with fewer places than now does less for a pound, range against range, than every other."""
    ranges = [np.percentile(each.good / each.pounds, (5, 95)) for each in candidates]
    loses = [chosen.places < now - 1e-6 for chosen, now in zip(found.services, present, strict=True)]
    losers = [one[1] for one, lost in zip(ranges, loses, strict=True) if lost]
    others = [one[0] for one, lost in zip(ranges, loses, strict=True) if not lost]
    return not losers or not others or max(losers) < min(others)
