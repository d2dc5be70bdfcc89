"""The ten needs of every family, month by month: they arise and ease, and poverty shocks make some arise more."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from earlyhelp.synthetic.hazards import NEED_HAZARDS, NEEDS
from earlyhelp.synthetic.lives.days import ALL_MONTHS
from earlyhelp.synthetic.lives.shocks import at_work, log_ratios
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints

_HAZARDS = [NEED_HAZARDS[need] for need in NEEDS]
_ARISES = np.array([each.arises for each in _HAZARDS])
_EASES = np.array([each.eases for each in _HAZARDS], np.float32)
_RISK = np.array([each.risk for each in _HAZARDS])
_DEPRIVATION = np.array([each.deprivation for each in _HAZARDS])
_LONE = np.array([each.lone_parent for each in _HAZARDS])


def hazards_of_arising(world: World, families: Ints, month: int) -> Floats:
    """Hazard a month that each need arises without any shock: (families, needs)."""
    logs = np.outer(world.risk[families], _RISK) + np.outer(world.deprivation(families, month), _DEPRIVATION)
    return _ARISES * np.exp(logs + np.outer(world.people.lone_parent[families], _LONE))


def needs_of_families(world: World, struck: Flags) -> Flags:
    """Whether each family has each need in each month: (months, families, needs)."""
    has = np.zeros((ALL_MONTHS, world.families, len(NEEDS)), bool)
    possible, everyone = possible_needs(world), np.arange(world.families)
    hazard = hazards_of_arising(world, everyone, 0)
    now = world.draw("needs", "first").random(hazard.shape) < hazard / (hazard + _EASES)
    arises, home = chance_in_month(hazard), world.homes(0)
    for month in range(ALL_MONTHS):
        here = world.homes(month)
        moving = np.flatnonzero(here != home)
        hazard[moving], home = hazards_of_arising(world, moving, month), here
        arises[moving] = chance_in_month(hazard[moving])
        chance_now = _with_shocks(arises, hazard, at_work(struck, month))
        luck = world.draw("needs", month).random(hazard.shape, np.float32)
        now = np.where(now, luck >= _EASES, luck < chance_now) & possible[month]
        has[month] = now
    return has


def chance_in_month(hazard: Floats) -> Floats:
    """Chance that what has this hazard happens in a month."""
    return np.asarray(-np.expm1(-hazard), dtype=np.float32)


def _with_shocks(arises: Floats, hazard: Floats, working: Flags) -> Floats:
    struck = np.flatnonzero(working.any(axis=1))
    raised = arises.copy()
    raised[struck] = chance_in_month(hazard[struck] * np.exp(working[struck].astype(np.float64) @ log_ratios()))
    return raised


def possible_needs(world: World) -> Flags:
    """Whether each family can have each need in a month: it has children, of the ages that the need is of."""
    can = np.repeat((world.present > 0)[:, :, None], len(NEEDS), axis=2)
    for place, each in enumerate(_HAZARDS):
        if each.ages is not None:
            can[:, :, place] &= world.with_ages(*each.ages)
    return can


def pattern_of(has: Flags) -> npt.NDArray[np.int16]:
    """Which of the 1,024 sets of needs each family has: needs SF1 to SF10 as bits, the first the lowest."""
    pattern: npt.NDArray[np.int16] = np.zeros(has.shape[:-1], np.int16)
    for place in range(len(NEEDS)):
        pattern |= has[..., place].astype(np.int16) << place
    return np.asarray(pattern)


EVERY_PATTERN: Flags = (np.arange(2 ** len(NEEDS))[:, None] >> np.arange(len(NEEDS))) % 2 == 1
"""The needs of each set: (sets, needs). What depends on needs alone is reckoned once a set and looked up."""
