"""Requests for support: who asks about whom in a month, what is recorded, and whether it passes the threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from earlyhelp.synthetic.hazards import NEEDS, PLACE_OF, REQUESTORS
from earlyhelp.synthetic.lives.days import STARTS, lockdown_share
from earlyhelp.synthetic.lives.needs import EVERY_PATTERN, pattern_of
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints

CODES = tuple(each.code for each in REQUESTORS)
POLICE, STEP_DOWN = CODES.index("6"), len(CODES)
SOURCES = (*CODES, "5A", "5D")
"""National codes of who asks; social care (a step down) and early help (a step up) come after the requestors."""
FROM_EARLY_HELP = STEP_DOWN + 1
_SEES = np.array([[each.sees.get(need, 0.0) for each in REQUESTORS] for need in NEEDS])
_WEIGHTS = np.array([each.weight for each in REQUESTORS])
_GRAVITY = np.array([0.7, 0.8, 0.8, 1.1, 0.9, 1.5, 1.1, 1.2, 0.7, 0.6])
"""How much each recorded need, SF1 to SF10, counts towards the threshold of early help."""


@dataclass(frozen=True)
class Asking:
    """The hazards of asking, before their intercept. `pattern`: set of needs, (months, families)."""

    world: World
    pattern: npt.NDArray[np.int16]
    ages: dict[int, Flags]
    lockdown: Floats
    steady: Floats

    @classmethod
    def of(cls, world: World, has: Flags) -> Asking:
        """Everything that hazards of asking rest on."""
        ages = {place: world.with_ages(*each.ages) for place, each in enumerate(REQUESTORS) if each.ages}
        return cls(world, pattern_of(has), ages, lockdown_share(), np.exp(world.declared.requests.risk * world.risk))

    def by_requestor(self, month: int, usual: bool = False) -> Floats:
        """Weight of each requestor asking about each family, (requestors, families); `usual` leaves out the season."""
        weight = _WEIGHTS * (self.world.declared.requests.unseen + EVERY_PATTERN @ _SEES)
        if not usual:
            weight = weight * self._season(month)
        seen = np.take(weight.T, self.pattern[month], axis=1)
        for place, families in self.ages.items():
            seen[place] *= families[month]
        return seen * np.where(self.world.present[month] > 0, self.steady, 0)

    def _season(self, month: int) -> Floats:
        august = STARTS[month].astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 == 7
        closed = self.lockdown[month]
        factors = [(1 - closed + closed * each.lockdown) * (each.august if august else 1) for each in REQUESTORS]
        return np.array(factors)


def recorded_needs(draw: np.random.Generator, world: World, has: Flags, police: Flags) -> Flags:
    """The needs that the record of a request shows: most that are there, and a few that are not."""
    requests = world.declared.requests
    seen = np.where(has, draw.random(has.shape) < requests.recorded, draw.random(has.shape) < requests.mistaken)
    seen[police, PLACE_OF["SF8"]] = True
    return seen


def gravity(draw: np.random.Generator, world: World, seen: Flags) -> Floats:
    """How grave the record makes a request look, which the threshold is set on."""
    return seen @ _GRAVITY + draw.normal(0, world.declared.requests.noise, len(seen))


def main_need(draw: np.random.Generator, seen: Flags, source: Ints) -> Ints:
    """The presenting need: one of those recorded, rather one that this requestor sees; any where none is."""
    sees = np.ones((len(SOURCES), len(NEEDS)))
    sees[: len(CODES)] += _SEES.T
    luck = draw.random(seen.shape)
    return np.asarray(np.argmax(np.where(seen, sees[source] * luck, luck / 1000), axis=1))


def requestor(draw: np.random.Generator, weights: Floats) -> Ints:
    """Who asks, by weight (requestors, families): (families,)."""
    upto = np.cumsum(weights, axis=0)
    return np.asarray((draw.random(weights.shape[1]) * upto[-1] >= upto[:-1]).sum(axis=0))
