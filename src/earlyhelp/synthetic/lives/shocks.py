"""Poverty shocks: when they happen, and which work in a month."""

from __future__ import annotations

import numpy as np

from earlyhelp.synthetic.hazards import NEEDS, PLACE_OF, SHOCK_MONTHS, SHOCKS
from earlyhelp.synthetic.lives.days import ALL_MONTHS
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats


def poverty_shocks(world: World) -> Flags:
    """Whether each shock strikes each family in each month: (months, families, shocks)."""
    struck = np.zeros((ALL_MONTHS, world.families, len(SHOCKS)), bool)
    everyone = np.arange(world.families)
    chances = np.array([shock.chance for shock in SHOCKS.values()])
    steep = np.array([shock.deprivation for shock in SHOCKS.values()])
    for month in range(ALL_MONTHS):
        hazard = chances * np.exp(np.outer(world.deprivation(everyone, month) + 0.15 * world.risk, steep))
        luck = world.draw("shocks", month).random(hazard.shape, np.float32)
        struck[month] = (luck < hazard) & (world.present[month] > 0)[:, None]
    return struck


def log_ratios() -> Floats:
    """Log of the declared ratio of each shock on the arising of each need: (shocks, needs)."""
    ratios = np.ones((len(SHOCKS), len(NEEDS)))
    for row, shock in enumerate(SHOCKS.values()):
        for need, ratio in shock.ratios.items():
            ratios[row, PLACE_OF[need]] = ratio
    return np.log(ratios)


def at_work(struck: Flags, month: int) -> Flags:
    """Whether each shock works in a month: it struck in one of the twelve months before."""
    working = np.zeros(struck.shape[1:], bool)
    for earlier in range(max(0, month - SHOCK_MONTHS), month):
        working |= struck[earlier]
    return working
