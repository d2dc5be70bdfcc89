"""Rates of every area for each 1,000 children: as counted, shrunken, and the probability to be among the worst."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, NotEstimable
from earlyhelp.evaluate.methods.shared_component import shared_component
from earlyhelp.evaluate.methods.small_areas import among_worst, nested_draws, rate_draws
from earlyhelp.evaluate.places.levels import SMALL_AREA, Level
from earlyhelp.statistics.intervals import rate

PER = 1_000
WORST_WARDS = 3
FEWEST_WARDS = 9
"""Wards from which three are called the worst: of fewer, three would be most of them, and one is."""
WORST_SHARE = 0.1
"""Of small areas, the worst tenth."""
SEED = 7
_BOUNDS = (0.025, 0.975)


class Rates(NamedTuple):
    """Arrays of one length, a place an area; NaN where nobody can tell.

    `value` with `lower` and `upper`: notifications for each 1,000 children as counted, the interval widened for how much
    more than by chance areas change from year to year. `shrunken` with its own bounds: what the rate is likely to be,
    given what all areas say. `by_notifications`: probability to be among the worst by that rate. `by_all`: probability to
    be among the worst by what notifications and all other routes of two years have in common, and `ratio` with its bounds
    that common rate over the typical area's. Where there are no more areas than are called the worst, there is no
    probability.
    """

    value: Floats
    lower: Floats
    upper: Floats
    shrunken: Floats
    shrunken_lower: Floats
    shrunken_upper: Floats
    by_notifications: Floats
    by_all: Floats
    ratio: Floats
    ratio_lower: Floats
    ratio_upper: Floats


def worst_of(level: Level) -> int:
    """How many areas are the worst: three wards (of fewer than nine, one), or a tenth of the small areas and at least one."""
    if level.name == SMALL_AREA:
        return max(math.ceil(WORST_SHARE * len(level)), 1)
    return WORST_WARDS if len(level) >= FEWEST_WARDS else 1


def rates(level: Level, dispersion: float, around: Level | None = None, seed: int = SEED) -> Rates:
    """The rates of a level. dispersion: how much more than Poisson notifications vary; NaN where nobody can tell.

    around: the wards, where small areas are to be shrunken towards the ward they lie in. Areas whose children nobody
    tells are left out of everything, and those of a ward of which nobody tells are shrunken towards the council.
    """
    factor = 1.0 if np.isnan(dispersion) else max(dispersion, 1.0)
    with np.errstate(invalid="ignore"):
        value = level.incidents / level.children * PER
    bounds = rate(level.incidents / factor, level.children / factor, PER)
    known = ~np.isnan(level.children)
    drawn = _draws(level, known, factor, around, seed)
    worst, nothing = worst_of(level), np.full(len(level), np.nan)
    if drawn is None:
        return Rates(value, bounds.lower, bounds.upper, *(nothing,) * 8)
    lower, upper = np.quantile(drawn, _BOUNDS, axis=0) * PER
    by_notifications = _of_all(among_worst(drawn, worst), known) if known.sum() > worst else nothing
    return Rates(
        value, bounds.lower, bounds.upper,
        _of_all(drawn.mean(axis=0) * PER, known), _of_all(lower, known), _of_all(upper, known),
        by_notifications, *_by_all(level, known, worst, seed),
    )  # fmt: skip


def _draws(level: Level, known: Flags, factor: float, around: Level | None, seed: int) -> Floats | None:
    """Draws of the rates of the areas whose children are known, or None where nothing can be compared."""
    try:
        if around is None or np.isnan(around.children).any():
            return rate_draws(level.incidents[known], level.children[known], seed=seed, dispersion=factor)
        groups = rate_draws(around.incidents, around.children, seed=seed, dispersion=factor)
        return nested_draws(
            level.incidents[known], level.children[known], level.group[known], groups, seed=seed, dispersion=factor
        )
    except NotEstimable:
        return None


def _by_all(level: Level, known: Flags, worst: int, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """By what all routes have in common: probability to be among the worst, and the rate over the typical area's."""
    counts = np.vstack([level.notified[None, :], level.routes])[:, known]
    try:
        common = shared_component(counts, level.children[known], seed=seed).common
    except NotEstimable:
        nothing = np.full(len(level), np.nan)
        return nothing, nothing, nothing, nothing
    lower, middle, upper = np.exp(np.quantile(common, (_BOUNDS[0], 0.5, _BOUNDS[1]), axis=0))
    among = among_worst(common, worst) if known.sum() > worst else np.full(int(known.sum()), np.nan)
    found = [_of_all(each, known) for each in (among, middle, lower, upper)]
    return found[0], found[1], found[2], found[3]


def _of_all(values: Floats, known: Flags) -> Floats:
    """The values at their places, NaN at the others."""
    placed = np.full(len(known), np.nan)
    placed[known] = values
    return placed
