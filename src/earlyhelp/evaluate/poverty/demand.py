"""The share of demand that follows a shock: accepted requests of families with a sign of poverty in the six months before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, effect
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events
from earlyhelp.evaluate.poverty.like_families import Likeness, likeness, strata
from earlyhelp.evaluate.poverty.shocks import Shocks

WITHIN = 6
"""Whole months before the month of acceptance in which a sign counts as before it."""
LOOKED_AT = 36
"""The last so many months are looked at."""
ANY = "any"


class Demand(NamedTuple):
    """Families accepted for early help, each once in a month, and how many of them had a sign of poverty in the months before.

    Exact figures: `release` alone may pass them on. `shock`: the kind of sign, or `ANY`. `months`: how many are looked at.
    `accepted`: of all families. `after`: of families with the sign. `compared`: of those of them that could be compared,
    `expected`: how many there would be had they come as often as like families without any sign. `beyond`: `compared` less
    `expected`, as a share of `accepted`. `exposed`, `families`: months of families with the sign, and of all.
    """

    shock: str
    months: int
    accepted: int
    after: int
    compared: int
    expected: float
    beyond: Effect
    exposed: int
    families: int

    @property
    def share(self) -> float:
        """The share of accepted requests that follow such a sign."""
        return self.after / self.accepted


def demand(known: Families, happened: Events, shocks: Shocks) -> list[Demand]:
    """How much of the demand follows a sign of each kind, and of any kind first; empty where nothing was accepted."""
    row = happened.names.index("accepted")
    first, last = happened.covered[row]
    first = max(int(first), int(shocks.signs.covered[:, 0].min()) + WITHIN, int(last) + 1 - LOOKED_AT)
    names = (ANY, *shocks.names)
    sums = np.zeros((len(names), 5))
    accepted = families = 0
    for month in range(first, int(last) + 1):
        here, now = known.present[month], happened.any_in(month, month)[row]
        signs = shocks.signs.any_in(month - WITHIN, month - 1) & here
        any_sign = signs.any(axis=0)
        accepted, families = accepted + int(np.sum(now & here)), families + int(here.sum())
        levels = strata(known, happened, month)
        for place, exposed in enumerate((any_sign, *signs)):
            sums[place] += _month(levels, exposed, here & ~any_sign, now)
    months = max(int(last) + 1 - first, 0)
    return [_told(name, months, accepted, families, sums[i]) for i, name in enumerate(names) if accepted]


def _month(levels: tuple[Ints, ...], exposed: Flags, without: Flags, now: Flags) -> Floats:
    """Of one month: after a sign, compared of these, expected of these, variance of what is expected, and exposed families."""
    family = np.flatnonzero(exposed)
    compared, expected, variance = 0.0, 0.0, 0.0
    left = family
    for stratum in levels:
        like = likeness(stratum, left, without)
        found = like.of >= 0
        compared += float(now[left[found]].sum())
        mean, spread = _expected(like, now, np.bincount(like.of[found], minlength=len(like.size)))
        expected, variance, left = expected + mean, variance + spread, left[~found]
    return np.array([float(now[family].sum()), compared, expected, variance, float(len(family))])


def _expected(like: Likeness, now: Flags, exposed: Ints) -> tuple[float, float]:
    if not len(like.size):
        return 0.0, 0.0
    events = np.add.reduceat(now[like.family], like.start, dtype=np.int64)
    weight = exposed / like.size
    return float(np.sum(weight * events)), float(np.sum(weight**2 * events))


def _told(name: str, months: int, accepted: int, families: int, sums: Floats) -> Demand:
    after, compared, expected, variance, exposed = (float(each) for each in sums)
    error = float(np.sqrt(compared + variance)) / accepted  # both are counts, with their own number as variance
    beyond = effect("standardised", (compared - expected) / accepted, error)
    return Demand(name, months, accepted, round(after), round(compared), expected, beyond, round(exposed), families)
