"""The schools of a synthetic council, and which school each child goes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from earlyhelp.standard import school
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.names import declared
from earlyhelp.synthetic.places import council_number, lattice_position, lives_here
from earlyhelp.synthetic.population import Days, Flags, Floats, Ints, People, Places, Texts
from earlyhelp.synthetic.profiles import Profile
from earlyhelp.synthetic.rows import standard_rows

MIDDLE_DAY = np.datetime64("2023-03-31")
"""A child has one school for the six years: that of the phase they are in on this day. Rolls are those of this day."""
_FIRST_SECONDARY_BIRTH = np.datetime64("2011-08-31")
"""The youngest who is in year 7 on the middle day."""
_PUPILS = {"primary": (7 / 18, 330), "secondary": (5 / 18, 1_050), "special": (0.018 * 12 / 18, 110)}
"""The share of children aged 0 to 17 who are of an age for each phase, and the pupils of a usual school of it."""
_TITLES = {"primary": "Primary School", "secondary": "Academy", "special": "School", "ap": "Pupil Referral Unit"}
_ELSEWHERE = 0.07
"""Children of school age in independent schools, in schools of other councils, or taught at home."""
_TO_SPECIAL = 0.16
"""Disabled children who go to a special school: about 1.8 per cent of all, as in England."""
_FIRST_CHOICES = np.array([0.6, 0.25, 0.15])
"""Shares that go to the nearest, second and third nearest school."""


@dataclass(frozen=True)
class Schools:
    """The schools of a council: arrays of one value a school. `area`: the small area each stands in."""

    urn: Texts
    name: Texts
    phase: Texts
    area: Ints


def make_schools(places: Places, children: int, seed: int) -> Schools:
    """Primary, secondary and special schools for so many children, and one pupil referral unit.

    Reference numbers begin with 9, which no school of England has.
    """
    luck = chance(seed, "schools")
    numbers = {phase: max(1, round(children * share / pupils)) for phase, (share, pupils) in _PUPILS.items()}
    phase = np.repeat([*numbers, "ap"], [*numbers.values(), 1])
    areas = np.concatenate([_spread(n, len(places.lsoa), luck) for n in (*numbers.values(), 1)])
    words = luck.permutation(np.array(_school_words(places)))
    titles = [f"{words[i % len(words)]} {_TITLES[kind]}" for i, kind in enumerate(phase.tolist())]
    first = council_number(places) * 300
    urn = np.array([f"{900_000 + (first + i) % 100_000}" for i in range(len(phase))])
    return Schools(urn, np.array(titles), phase, areas)


def _spread(schools: int, areas: int, luck: np.random.Generator) -> Ints:
    """Areas for so many schools, evenly over the council, so that no quarter goes without."""
    return ((np.arange(schools) + luck.random(schools)) * areas / schools).astype(np.int64)


def _school_words(places: Places) -> list[str]:
    words = declared("place_words")
    saints = [f"St {row['word']}'s" for row in words if row["part"] == "school_saint"]
    streets = [row["word"] for row in words if row["part"] == "street_first"]
    return [*places.ward_names, *saints, *(f"{word} {kind}" for word in streets for kind in ("Lane", "Road"))]


def choose_schools(schools: Schools, places: Places, area: Ints, born: Days, disabled: Flags, seed: int) -> Ints:
    """The school of each child, -1 for those who go elsewhere or were never of school age within the six years.

    Most go to one of the three nearest of the phase they are in on the middle day.
    """
    luck = chance(seed, "schools", "choice")
    elsewhere, special, choice = luck.random((3, len(area)))
    chosen = np.where(
        born > _FIRST_SECONDARY_BIRTH,
        _near(schools, places, "primary", area, choice),
        _near(schools, places, "secondary", area, choice),
    )
    at_special = disabled & (special < _TO_SPECIAL)
    chosen[at_special] = _near(schools, places, "special", area[at_special], choice[at_special])
    of_school_age = (born > np.datetime64("2004-03-31")) & (born <= np.datetime64("2022-03-31"))
    return np.where(of_school_age & (elsewhere >= _ELSEWHERE), chosen, -1)


def _near(schools: Schools, places: Places, phase: str, area: Ints, luck: Floats) -> Ints:
    """A school of the phase near each area: the nearest, second or third nearest."""
    row, column = lattice_position(places)
    these = np.flatnonzero(schools.phase == phase)
    at = schools.area[these]
    apart = (2 * (row[:, None] - row[at])) ** 2 + (column[:, None] - column[at]) ** 2  # cells are twice as high as wide
    nearest = np.argsort(apart, axis=1, kind="stable")[:, : len(_FIRST_CHOICES)]
    rank = np.minimum(np.searchsorted(np.cumsum(_FIRST_CHOICES), luck, side="right"), nearest.shape[1] - 1)
    chosen: Ints = these[nearest[area, rank]]
    return chosen


def school_records(schools: Schools, places: Places, people: People, profile: Profile) -> dict[str, pa.Table]:
    """The standard table `school`. The share with free school meals follows the areas that the pupils come from."""
    pupils = lives_here(people, MIDDLE_DAY)
    born = people.born[pupils]
    of_age = (born <= np.datetime64("2019-03-31")) & (born > np.datetime64("2007-03-31")) & (people.school[pupils] >= 0)
    pupils = pupils[of_age]
    roll = np.bincount(people.school[pupils], minlength=len(schools.urn))
    poor = _low_income(places, profile)[people.area[people.child_family[pupils]]]
    meals = np.bincount(people.school[pupils], weights=poor, minlength=len(schools.urn)) / np.maximum(roll, 1)
    table = standard_rows(
        school,
        school_urn=schools.urn,
        name=schools.name,
        phase=schools.phase,
        ward_code=np.array(places.ward_codes)[places.ward[schools.area]],
        roll=roll,
        fsm_share=pa.array(np.round(meals, 3), mask=roll == 0),
    )
    return {"school": table}


def _low_income(places: Places, profile: Profile) -> Floats:
    """The share of children in low-income families in each area, whose mean over children is the profile's."""
    relative = np.exp(profile.deprivation_spread * places.deprivation)
    share: Floats = profile.low_income_share * relative / np.average(relative, weights=places.children)
    return np.minimum(share, 0.95)
