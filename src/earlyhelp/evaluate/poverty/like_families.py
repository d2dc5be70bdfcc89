"""Like families: exact groups of families that are alike before a shock, and how far back one looks for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Ints
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events
from earlyhelp.standard.ages import AGE_BANDS

FEWEST_LIKE = 10
"""A family is compared with at least so many like it."""
SCHOOL_AGE = 2
"""The place of the first age band (5-9) of children of school age."""
EARLIER = (-36, -13)
"""Months, counted from the shock, in which earlier needs are looked for.

They end a year before it: were families made alike on the year before the shock as well, that year could no longer show
whether they had been on the same path.
"""


@dataclass(frozen=True)
class Grouping:
    """One way to tell families apart: its name, how a sentence says it, and the words of each of its groups."""

    name: str
    words: str
    labels: tuple[str, ...]


CHILDREN = Grouping("children", "number of children", ("one child", "two children", "three children or more"))
YOUNGEST = Grouping("youngest", "age of the youngest child", tuple(f"youngest {name}" for name, _, _ in AGE_BANDS[:-1]))
DEPRIVATION = Grouping(
    "deprivation",
    "deprivation of the area",
    ("area not known", "most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth"),
)
KNOWN = Grouping("known", "earlier contact", ("no earlier request", "an earlier request", "several earlier requests"))
ADULTS = Grouping("adults", "adults in the family", ("one adult or none known", "two adults or more"))
GROUPINGS = (CHILDREN, YOUNGEST, DEPRIVATION, KNOWN, ADULTS)


def groups(known: Families, happened: Events, month: int) -> dict[str, Ints]:
    """The group of each family at the start of a month, by the name of the grouping: (families,) places in its labels."""
    requests = _months_with(happened, "request", month)
    return {
        CHILDREN.name: np.clip(known.children[month], 1, 3).astype(np.int64) - 1,
        YOUNGEST.name: np.minimum(known.age_band(month), len(YOUNGEST.labels) - 1),
        DEPRIVATION.name: (known.decile[month].astype(np.int64) + 1) // 2,
        KNOWN.name: np.minimum(requests, 2),
        ADULTS.name: (known.adults[month] > 1).astype(np.int64),
    }


def strata(known: Families, happened: Events, month: int) -> tuple[Ints, ...]:
    """The exact stratum of each family at the start of a month, from the finest to the coarsest: (families,) numbers.

    All have what was recorded in the two years that end a year before: months with a request (none, one, several), any
    start in social care, any domestic abuse notification. The first adds the small area, number of children and whether
    the youngest is of school age; the second the decile of deprivation, number of children, age band of the youngest
    and adults; the third the decile and school age; the last the fifth of deprivation and school age.
    """
    told = groups(known, happened, month)
    many, adults = told[CHILDREN.name], told[ADULTS.name]
    at_school = (told[YOUNGEST.name] >= SCHOOL_AGE).astype(np.int64)
    area, decile = (each[month].astype(np.int64) for each in (known.area, known.decile))
    parts = [told[KNOWN.name]]
    parts += [(_months_with(happened, name, month) > 0).astype(np.int64) for name in ("social_care", "domestic_abuse")]
    before = _together(parts)
    return (
        _together([before, area, decile, many, at_school]),
        _together([before, decile, many, told[YOUNGEST.name], adults]),
        _together([before, decile, at_school]),
        _together([before, told[DEPRIVATION.name], at_school]),
    )


def _months_with(happened: Events, name: str, month: int) -> Ints:
    """In how many of the earlier months each family had an event; months before the records count as none for all."""
    kind = happened.names.index(name)
    low, high = (max(0, month + each) for each in (EARLIER[0], EARLIER[1] + 1))
    return happened.upto[kind, high].astype(np.int64) - happened.upto[kind, low]


def _together(parts: list[Ints]) -> Ints:
    """One number for each combination of the parts."""
    code = np.zeros_like(parts[0])
    for part in parts:
        code = code * (int(part.max(initial=0)) + 1) + part
    return code


@dataclass(frozen=True, eq=False)
class Likeness:
    """Which families are compared with which in one month.

    `family`: families of the comparison group, in order of `cell`; `start`: where each cell begins among them; `size`:
    how many it holds. `of`: for each struck family, the place of its cell, -1 where fewer than `FEWEST_LIKE` are in it.
    """

    family: Ints
    start: Ints
    size: Ints
    of: Ints

    @property
    def cell(self) -> Ints:
        """The cell of each family of the comparison group."""
        return np.repeat(np.arange(len(self.size)), self.size)


def likeness(stratum: Ints, struck: Ints, without: Flags) -> Likeness:
    """The cells of the strata that hold a struck family and at least `FEWEST_LIKE` families without a shock.

    stratum: (families,) of each family. struck: (m,) places of struck families. without: (families,).
    """
    wanted, of = np.unique(stratum[struck], return_inverse=True)
    pool = np.flatnonzero(without & np.isin(stratum, wanted))
    at = np.searchsorted(wanted, stratum[pool])
    size = np.bincount(at, minlength=len(wanted))
    enough = size >= FEWEST_LIKE
    place = np.where(enough, np.cumsum(enough) - 1, -1)
    kept = enough[at]
    order = np.argsort(at[kept], kind="stable")
    size = size[enough]
    return Likeness(pool[kept][order], np.cumsum(size) - size, size, place[of].astype(np.int64))
