"""Families whom a service did nothing for, and whom two common comparisons make it look good with.

Each function returns `Families` made from a seed, the same for the same seed. The service changes no outcome in either,
so a sound study of them ends in "no effect shown", and a study that ends otherwise is wrong.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Families(NamedTuple):
    """One row a family. `outcome` is (families, months); `month` counts from the offer, 0 being the month that follows it.

    `at_threshold`: met the threshold at the offer. `offered`: was offered the service (only at the threshold). `completed`
    and `dropped_out`: of the offered, those who stayed to the end and those who left early of their own accord; the rest
    of the offered were stepped up before they could finish. `band`: what was known before the offer and led to it, the
    contacts of the three months before, in bands from 0.
    """

    family: NDArray[np.int64]
    month: NDArray[np.int64]
    outcome: NDArray[np.float64]
    at_threshold: NDArray[np.bool_]
    offered: NDArray[np.bool_]
    completed: NDArray[np.bool_]
    dropped_out: NDArray[np.bool_]
    band: NDArray[np.int64]

    def before(self, months: int = 12) -> NDArray[np.float64]:
        """The mean outcome of each family over so many months before the offer."""
        return self.outcome[:, (self.month < 0) & (self.month >= -months)].mean(axis=1)

    def after(self, months: int = 12) -> NDArray[np.float64]:
        """The mean outcome of each family over so many months from the offer on."""
        return self.outcome[:, (self.month >= 0) & (self.month < months)].mean(axis=1)

    def stepped_up(self, months: int = 12) -> NDArray[np.bool_]:
        """Whether each family had an outcome within so many months of the offer."""
        return self.outcome[:, (self.month >= 0) & (self.month < months)].any(axis=1)


def selected_at_crisis(seed: int, families: int = 12_000) -> Families:
    """Families offered a service after a bad spell: their monthly contacts fall by 30 per cent without it doing anything.

    Contacts are Poisson around a family's own level and a passing state, of which 0.6 is left after a month. Families
    with 4 or more contacts in three months are at the threshold, about one in twelve; of them the service is offered to
    40, 55 or 70 per cent by band (4, 5 to 6, 7 or more contacts). Spells fade: the offered had 30 per cent fewer contacts
    in the 12 months after than in the 12 before, and like families of the same band without an offer had too. The offered
    as a whole fall more than the others at the threshold, who were in milder spells. 24 months, -12 to 11.
    """
    random = np.random.default_rng(seed)
    month = np.arange(-12, 12)
    state = random.standard_normal(families)
    level = random.gamma(2.0, 0.2, families)
    outcome = np.empty((families, len(month)))
    for place in range(len(month)):
        outcome[:, place] = random.poisson(level * np.exp(0.9 * state - 0.9**2 / 2))
        state = 0.6 * state + 0.8 * random.standard_normal(families)
    recent = outcome[:, (month >= -3) & (month < 0)].sum(axis=1)
    band = np.digitize(recent, [4, 5, 7])
    offered = random.random(families) < np.array([0.0, 0.40, 0.55, 0.70])[band]
    completed = offered & (random.random(families) < 0.6)
    return Families(
        np.arange(families),
        month,
        outcome,
        recent >= 4,
        offered,
        completed,
        offered & ~completed,
        band.astype(np.int64),
    )


def completers_against_others(seed: int, families: int = 6_000) -> Families:
    """Families at one threshold, half of them offered a three-month service: completing looks protective, and is not.

    Each family is stepped up with its own constant chance a month (a gamma, 2 per cent on average). To complete, a family
    must not leave, and must not have been stepped up in the three months: the months that a completer is bound to survive are
    immortal time. Completers have 0.63 of the step-ups in 12 months that other offered families have; the offered have
    1.00 of those not offered. The outcome is 1 in the month of the first step-up; months 0 to 11.
    """
    random = np.random.default_rng(seed)
    month = np.arange(12)
    chance = random.gamma(6.0, 0.02 / 6.0, families)
    waited = random.geometric(chance) - 1
    outcome = (waited[:, None] == month).astype(np.float64)
    offered = random.random(families) < 0.5
    leaves = random.random(families) < 0.47
    completed = offered & ~leaves & (waited >= 3)
    everyone = np.ones(families, dtype=bool)
    dropped_out = offered & leaves
    return Families(
        np.arange(families),
        month,
        outcome,
        everyone,
        offered,
        completed,
        dropped_out,
        np.zeros(families, dtype=np.int64),
    )
