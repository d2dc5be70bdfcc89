"""The families of a council as the simulation needs them: where they live each month, and who is a child there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.hazards import Hazards
from earlyhelp.synthetic.lives.days import ALL_MONTHS, BURN_IN, STARTS, birthdays, numbers
from earlyhelp.synthetic.population import Flags, Floats, Ints, People, Places, Texts
from earlyhelp.synthetic.profiles import Profile


@dataclass(frozen=True)
class World:
    """People, places and what is declared of them. Months count from the start of the burn-in, days from 1970."""

    people: People
    places: Places
    profile: Profile
    seed: int
    declared: Hazards
    school_urn: Texts

    def draw(self, *purpose: str | int) -> np.random.Generator:
        """A generator for one purpose."""
        return chance(self.seed, "lives", *purpose)

    @cached_property
    def families(self) -> int:
        """Number of families."""
        return len(self.people.family_key)

    @cached_property
    def risk(self) -> Floats:
        """Latent risk of each family, standard normal; nobody records it."""
        return self.draw("risk").standard_normal(self.families)

    @cached_property
    def motivation(self) -> Floats:
        """Motivation of each family, standard normal; nobody records it."""
        return self.draw("motivation").standard_normal(self.families)

    @cached_property
    def born(self) -> Ints:
        """Day of birth of each child."""
        return numbers(self.people.born)

    @cached_property
    def gone(self) -> Ints:
        """First day on which each child is no child of the council any more: 18th birthday, or day of moving away."""
        return np.minimum(birthdays(self.born, 18), numbers(self.people.left))

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.people.child_family, kind="stable")

    @cached_property
    def _first(self) -> Ints:
        return np.searchsorted(self.people.child_family[self._order], np.arange(self.families + 1))

    @cached_property
    def mother(self) -> Ints:
        """Place of the first carer of each family among the adults, -1 without one."""
        found = np.full(self.families, -1)
        who = np.flatnonzero(self.people.mother)[::-1]
        found[self.people.adult_family[who]] = who
        return found

    def area(self, families: Ints, months: Ints | int) -> Ints:
        """Small area of each family in a month."""
        moved = (self.people.move_month[families] >= 0) & (
            np.asarray(months) - BURN_IN >= self.people.move_month[families]
        )
        return np.where(moved, self.people.move_area[families], self.people.area[families])

    def homes(self, month: int) -> Ints:
        """Small area of every family in a month."""
        move = self.people.move_month
        return np.where((move >= 0) & (month - BURN_IN >= move), self.people.move_area, self.people.area)

    def deprivation(self, families: Ints, month: int) -> Floats:
        """Log of need of the area of each family, by the profile's spread."""
        return self.profile.deprivation_spread * self.places.deprivation[self.area(families, month)]

    def children(self, families: Ints, days: Ints) -> tuple[Ints, Ints]:
        """The children of each family on its day: places in `families`, and the children, in order."""
        first = self._first[families]
        many = self._first[families + 1] - first
        row = np.repeat(np.arange(len(families)), many)
        child = self._order[np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())]
        here = (self.born[child] <= days[row]) & (days[row] < self.gone[child])
        return row[here], child[here]

    @cached_property
    def present(self) -> Ints:
        """Children of each family on the first day of each month: (months, families)."""
        return self._count(lambda start: (self.born <= start) & (start < self.gone))

    def with_ages(self, youngest: int, oldest: int) -> Flags:
        """Whether each family has a child of these ages (both included) on the first day of each month."""
        since, until = birthdays(self.born, youngest), np.minimum(birthdays(self.born, oldest + 1), self.gone)
        return self._count(lambda start: (since <= start) & (start < until)) > 0

    def _count(self, who: Callable[[int], Flags]) -> Ints:
        family = self.people.child_family
        each = (np.bincount(family[who(int(start))], minlength=self.families) for start in STARTS[:ALL_MONTHS])
        return np.stack([count.astype(np.int8) for count in each])

    @cached_property
    def average_children(self) -> float:
        """Children of the council in the middle of the six years."""
        return float(self.present[BURN_IN:].sum(axis=1).mean())


def at_most(rows: Ints, values: Ints, n: int) -> Ints:
    """The largest value of each of `n` rows, -1 for a row without any."""
    largest = np.full(n, -1)
    np.maximum.at(largest, rows, values)
    return largest
