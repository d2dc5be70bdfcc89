"""Who is offered which service, and what would have become of them with every other and with none.

An offer is drawn from what is recorded before it (and for one service from motivation). Its outcome is one clock: the
step-up comes after E / (hazard x hazard ratio) months, E one unit exponential number that all services share, so that
every potential outcome of a family is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from earlyhelp.synthetic.hazards import NEEDS, PLACE_OF
from earlyhelp.synthetic.lives.days import NEVER, YEAR
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints
from earlyhelp.synthetic.services import SERVICES, Service

COVARIATES = (
    *NEEDS, "n_needs", "level", "deprivation_decile", "youngest_age", "previous_episodes", "domestic_abuse",
)  # fmt: skip
"""What is recorded before an offer. `level` is 1 for family help; the decile is 1 in the most deprived tenth."""
USUAL = np.array([0.0] * len(NEEDS) + [3.0, 0.0, 5.0, 6.0, 0.0, 0.0])
"""The family at which log-odds and hazards are declared; needs count from none."""
WINDOWS = {6: 183, 12: 365, 18: 548, 24: 730}
"""Months of follow-up, and the days that count as them: a step-up is in when it is so many days after the offer or fewer."""
NONE = -1
"""The place that stands for no service."""
LONGEST_TO_OFFER = 42


@dataclass(frozen=True)
class Offers:
    """One offer, or none, an episode: `service` (place in SERVICES or NONE), `time_zero`, `propensity` of what was taken.

    `hazard` a month without a service; `step_up`: days from time zero to the step-up under none and then under every
    service, (offers, 1 + services), NEVER beyond two years' use.
    """

    service: Ints
    time_zero: Ints
    propensity: Floats
    hazard: Floats
    step_up: Ints

    def taken(self) -> Ints:
        """Days from time zero to the step-up under what the family took."""
        return np.take_along_axis(self.step_up, self.service[:, None] + 1, axis=1)[:, 0]


def linear(weights: dict[str, float] | object, covariates: Floats) -> Floats:
    """Sum of declared log weights over covariates, less their usual values."""
    assert isinstance(weights, dict)
    return (covariates - USUAL) @ np.array([weights.get(name, 0.0) for name in COVARIATES])


def propensities(world: World, covariates: Floats, motivation: Floats, days: Ints) -> Floats:
    """Chance of none and of each service: (families, 1 + services)."""
    odds = np.zeros((len(covariates), 1 + len(SERVICES)))
    for place, service in enumerate(SERVICES, start=1):
        chosen = service.log_odds + linear(service.selection, covariates) + service.motivation * motivation
        odds[:, place] = np.where(_running(service, days), chosen, -np.inf)
    weights = np.exp(odds)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _running(service: Service, days: Ints) -> Flags:
    first = (service.start - date(1970, 1, 1)).days
    last = NEVER if service.end is None else (service.end - timedelta(LONGEST_TO_OFFER) - date(1970, 1, 1)).days
    return (first <= days) & (days <= last)


def hazard_ratios(with_abuse: Flags) -> Floats:
    """Hazard ratio of none and of each service for families with and without recorded abuse: (families, 1 + services)."""
    ratios = np.ones((len(with_abuse), 1 + len(SERVICES)))
    for place, service in enumerate(SERVICES, start=1):
        among = service.hazard_ratio if service.with_abuse is None else service.with_abuse
        ratios[:, place] = np.where(with_abuse, among, service.hazard_ratio)
    return ratios


def make_offers(world: World, month: int, families: Ints, covariates: Floats, allocated: Ints) -> Offers:
    """An offer, or none, to each family allocated on its day."""
    draw, clock = world.draw("offers", month), world.declared.clock
    motivation = world.motivation[families]
    chances = propensities(world, covariates, motivation, allocated)
    luck, wait, life = draw.random(len(families)), draw.random(len(families)), draw.exponential(1, len(families))
    service = (luck[:, None] >= np.cumsum(chances, axis=1)[:, :-1]).sum(axis=1) - 1
    delay = np.where(service == NONE, 0, (wait * LONGEST_TO_OFFER).astype(np.int64))
    logs = linear(clock.covariates, covariates) + clock.motivation * motivation
    hazard = clock.hazard * np.exp(logs)
    months = life[:, None] / (hazard[:, None] * hazard_ratios(covariates[:, COVARIATES.index("domestic_abuse")] > 0))
    step_up = np.ceil(np.minimum(months * YEAR / 12, NEVER)).astype(np.int64)
    taken = chances[np.arange(len(families)), service + 1]
    return Offers(
        service, allocated + delay, taken, hazard, np.where(step_up > clock.one_offer_in_days, NEVER, step_up)
    )


def covariates_of(needs: Flags, level: Ints, decile: Ints, youngest: Floats, previous: Ints, abuse: Flags) -> Floats:
    """What is recorded of each family before its offer: (families, covariates)."""
    others = (needs.sum(axis=1), level, decile, np.floor(youngest), previous, abuse)
    return np.column_stack([needs[:, [PLACE_OF[need] for need in NEEDS]], *others]).astype(np.float64)
