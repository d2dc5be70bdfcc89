"""Where domestic abuse may be hidden from the police: what others tell of an area, beside what the police tell of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, NotEstimable
from earlyhelp.evaluate.methods.small_areas import rate_draws
from earlyhelp.evaluate.places.levels import Level
from earlyhelp.statistics.intervals import wilson

LIKELY = 0.8
"""An area is listed from this probability on: one in five of those listed may be there by chance."""
_SEED = 11


class Hidden(NamedTuple):
    """Arrays of one length, a place an area; NaN where nobody can tell. All of two years.

    `probability`: that others tell of more families there, over what they tell of the council, than the police do over
    what they tell of the council. `police_ratio`, `other_ratio`, `health_ratio`: the shrunken rate of families over the
    council's, by the police, by anybody else, and with health events. `knew`: of families of whom others told, the share of
    whom the police told too, with `knew_lower` and `knew_upper`.
    """

    probability: Floats
    police_ratio: Floats
    other_ratio: Floats
    health_ratio: Floats
    knew: Floats
    knew_lower: Floats
    knew_upper: Floats

    @property
    def listed(self) -> Flags:
        """The areas where abuse may be hidden."""
        return self.probability >= LIKELY


def hidden(level: Level, seed: int = _SEED) -> Hidden:
    """What others tell beside what the police tell, for each area of a level.

    Plain rule: an area is listed where, given what all areas say, it is likely (`LIKELY`) that its rate of families known
    by another route stands higher beside the council's than its rate of families notified. So it rests on low
    notifications for what else is known, and not on how much abuse there is. `knew` is the share on which estimates by
    capture and recapture rest; it is no share of all abuse, since those whom nobody tells of are in neither list.
    Source: rates as in `rate_draws`; Wilson's interval; Hook and Regal (1995), Epidemiologic Reviews 17:243-264, for
    why two lists that depend on each other tell too little of what is in neither.
    """
    known = ~np.isnan(level.children)
    drawn = [
        _ratios(counts[known], level.children[known], seed + place)
        for place, counts in enumerate((level.notified, level.otherwise, level.health))
    ]
    with np.errstate(invalid="ignore"):
        share = level.both / np.where(level.otherwise > 0, level.otherwise, np.nan)
    bounds = wilson(level.both, level.otherwise)
    police, others, health = drawn
    more = None if police is None or others is None else others > police
    return Hidden(
        probability=_placed(more, known),
        police_ratio=_placed(police, known),
        other_ratio=_placed(others, known),
        health_ratio=_placed(health, known),
        knew=share,
        knew_lower=bounds.lower,
        knew_upper=bounds.upper,
    )


def _ratios(families: Floats, children: Floats, seed: int) -> Floats | None:
    """Draws of each area's rate over that of all: (draws, areas); None where nothing can be compared."""
    try:
        drawn = rate_draws(families, children, seed=seed)
    except NotEstimable:
        return None
    ratios: Floats = drawn / (families.sum() / children.sum())
    return ratios


def _placed(drawn: Floats | Flags | None, known: Flags) -> Floats:
    """The mean over the draws at the places of the areas known, NaN at the others."""
    placed = np.full(len(known), np.nan)
    if drawn is not None:
        placed[known] = drawn.mean(axis=0)
    return placed
