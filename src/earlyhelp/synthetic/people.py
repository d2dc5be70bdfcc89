"""The families of a synthetic council over six years: who is born, grows up, moves and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from earlyhelp.synthetic.addresses import address_records, make_homes, make_stays
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.households import make_households, membership_records
from earlyhelp.synthetic.identities import identifier_records, person_records
from earlyhelp.synthetic.names import draw_weighted
from earlyhelp.synthetic.population import Days, Flags, Floats, Ints, People, Places, Texts
from earlyhelp.synthetic.profiles import Profile
from earlyhelp.synthetic.schools import choose_schools, make_schools
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY, MONTH_STARTS, MONTHS

_OLDEST = date(FIRST_DAY.year - 18, FIRST_DAY.month, FIRST_DAY.day)
_EARLIEST = date(_OLDEST.year - 20, _OLDEST.month, _OLDEST.day)
"""Families whose first child was born before the window may have younger ones in it."""
_BIRTHS_A_FAMILY = np.array([0.22, 0.44, 0.21, 0.08, 0.035, 0.015])
"""Shares of mothers with one to six births in all, about those of England (ONS, childbearing)."""
_TWINS = 0.015
"""Births of two: 14 to 15 in 1,000 maternities (ONS, birth characteristics)."""
_GIRLS = 0.4875
_DISABLED_BOYS, _DISABLED_GIRLS = 0.13, 0.09
"""About 11 per cent of children together (DWP, Family Resources Survey)."""
_LEAVE_A_MONTH, _MOVE_IN_SIX_YEARS, _STAY_LOCAL = 0.0006, 0.32, 0.55
_THREE_GENERATIONS = 0.03
"""Families with a grandparent in the home besides the parents."""


@dataclass(frozen=True)
class _Children:
    """Children in order of family and birth; `twin` where the child before was born with them.

    `left`: the day on which their family moved away; those born later were never here.
    """

    family: Ints
    born: Days
    twin: Flags
    left: Days


def make_people(profile: Profile, places: Places, children: int, seed: int) -> People:
    """Families in which about `children` children aged 0 to 17 live in the council on any day of the six years.

    Birth days are uniform. Families are drawn into areas by the areas' children; lone parents somewhat more into deprived
    ones, and so are ethnic groups other than White British. A family moves at most once within the council.
    """
    born = _make_children(children, seed)
    families = int(born.family.max()) + 1 if len(born.family) else 0
    area, lone = _homes(profile, places, families, seed)
    move_month, move_area = _moves(places, area, lone, seed)
    ethnic = _ethnic_groups(profile, places, area, seed)
    female, disabled = _girls_and_disabled(places, born, area, seed)
    second = ~lone
    third = chance(seed, "people", "three generations").random(families) < _THREE_GENERATIONS
    adult_family = np.repeat(np.arange(families), 1 + second.astype(np.int64) + third)
    schools = make_schools(places, children, seed)
    return People(
        family_key=keys("F", 0, families, 6),
        area=area,
        move_month=move_month,
        move_area=move_area,
        lone_parent=lone,
        child_key=keys("P", 0, len(born.family), 7),
        child_family=born.family,
        born=born.born,
        female=female,
        disabled=disabled,
        ethnicity=ethnic[born.family],
        school=choose_schools(schools, places, area[born.family], born.born, disabled, seed),
        left=born.left,
        adult_key=keys("P", len(born.family), len(adult_family), 7),
        adult_family=adult_family,
        mother=np.diff(adult_family, prepend=-1) > 0,
    )


def keys(letter: str, after: int, count: int, digits: int) -> Texts:
    """Keys such as P0000001, `count` of them, numbered on from `after`."""
    return np.array([f"{letter}{i:0{digits}d}" for i in range(after + 1, after + count + 1)], dtype=f"<U{1 + digits}")


def _make_children(children: int, seed: int) -> _Children:
    """Everyone aged 0 to 17 on some day of the six years: births of families, from the first in the window on."""
    luck = chance(seed, "people", "births")
    born_a_family = (_BIRTHS_A_FAMILY * np.arange(1, 7)).sum() * (1 + _TWINS)
    days = (LAST_DAY - _EARLIEST).days
    staying = 1 - _LEAVE_A_MONTH * MONTHS / 2  # who has left by the middle of the six years is made up for by births
    families = max(1, round(children / staying / 18 / 365.25 * days / born_a_family))
    births = draw_weighted(_BIRTHS_A_FAMILY, luck.random(families)) + 1
    family = np.repeat(np.arange(families), births)
    first = np.cumsum(births) - births
    gaps = 330 + luck.gamma(2.0, 400.0, len(family))  # about three years, never within a pregnancy
    gaps[first] = luck.random(families) * days
    since = np.cumsum(gaps)
    since -= np.repeat(since[first] - gaps[first], births)
    twins = luck.random(len(family)) < _TWINS
    at = np.repeat(np.arange(len(family)), 1 + twins.astype(np.int64))
    born = np.datetime64(_EARLIEST) + 1 + np.floor(since[at]).astype("timedelta64[D]")
    inside = (born > np.datetime64(_OLDEST)) & (born <= np.datetime64(LAST_DAY))
    family, born, twin = family[at][inside], born[inside], (np.diff(at, prepend=-1) == 0)[inside]
    family = np.unique(family, return_inverse=True)[1]
    left = _leaving_days(family, born, int(family[-1]) + 1 if len(family) else 0, seed)[family]
    here = np.isnat(left) | (born < left)
    return _Children(family[here], born[here], twin[here], left[here])


def _homes(profile: Profile, places: Places, families: int, seed: int) -> tuple[Ints, Flags]:
    """The first small area of each family, and whether it has one parent at home."""
    luck = chance(seed, "people", "homes")
    area = draw_weighted(places.children, luck.random(families))
    share = 0.12 + 0.42 * profile.low_income_share  # England: 23 per cent of families with children (ONS, families)
    relative = np.exp(0.22 * places.deprivation)
    chances = share * relative / np.average(relative, weights=places.children)
    return area, luck.random(families) < chances[area]


def _moves(places: Places, area: Ints, lone: Flags, seed: int) -> tuple[Ints, Ints]:
    """The month of each family's move, -1 for those that stay, and the area they move to: half the time near by."""
    luck = chance(seed, "people", "moves")
    when, month, near, target = luck.random((4, len(area)))
    moves = when < _MOVE_IN_SIX_YEARS * np.where(lone, 1.3, 0.9)
    order = np.argsort(places.locality, kind="stable")
    ends = np.cumsum(places.children[order]).astype(np.float64)
    last = np.searchsorted(places.locality[order], np.arange(len(places.localities)), side="right") - 1
    stop = ends[np.maximum(last, 0)]
    start = np.concatenate([[0.0], stop[:-1]])
    home = places.locality[area]
    stays_near = near < _STAY_LOCAL
    at = np.where(stays_near, start[home] + target * (stop - start)[home], target * ends[-1])
    drawn = order[np.minimum(np.searchsorted(ends, at, side="right"), len(order) - 1)]
    return np.where(moves, 1 + (month * (MONTHS - 1)).astype(np.int64), -1), np.where(moves, drawn, area)


def _ethnic_groups(profile: Profile, places: Places, area: Ints, seed: int) -> Texts:
    """The ethnic group of each family: the profile's shares, tilted towards deprived areas for all but White British."""
    luck = chance(seed, "people", "ethnicity")
    codes = np.array(list(profile.ethnicity))
    shares = np.array(list(profile.ethnicity.values()), dtype=np.float64)
    other = np.where(codes == "WBRI", 0.0, shares)
    chances = _tilted(places, float(other.sum() / shares.sum()), 0.3)
    is_other = luck.random(len(area)) < chances[area]
    drawn = draw_weighted(other, luck.random(len(area)))
    return np.where(is_other, codes[drawn], "WBRI")


def _tilted(places: Places, share: float, slope: float) -> Floats:
    """A share in each area whose log-odds rise with deprivation and whose mean over children is `share`."""
    low, high = -20.0, 20.0
    for _ in range(60):  # halves the range of the log-odds of an area of mean deprivation until it is one number
        middle = (low + high) / 2
        chances: Floats = 1 / (1 + np.exp(-(middle + slope * places.deprivation)))
        too_high = np.average(chances, weights=places.children) > share
        low, high = (low, middle) if too_high else (middle, high)
    return chances


def _girls_and_disabled(places: Places, born: _Children, area: Ints, seed: int) -> tuple[Flags, Flags]:
    luck = chance(seed, "people", "children")
    first, identical, unwell = luck.random((3, len(born.family)))
    female = first < _GIRLS
    same = np.flatnonzero(born.twin & (identical < 1 / 3))  # a third of twins are identical
    female[same] = female[same - 1]
    tilt: Floats = np.exp(0.15 * places.deprivation)
    tilt /= np.average(tilt, weights=places.children)
    disabled = unwell < np.where(female, _DISABLED_GIRLS, _DISABLED_BOYS) * tilt[area[born.family]]
    return female, disabled


def _leaving_days(family: Ints, born: Days, families: int, seed: int) -> Days:
    """The day on which each family moves out of the council, or NaT: at one rate from the first child's birth on."""
    luck = chance(seed, "people", "leaving")
    first = born[np.searchsorted(family, np.arange(families))]
    formed = np.maximum(np.searchsorted(MONTH_STARTS, first, side="right"), 1)
    months = formed + luck.exponential(1 / _LEAVE_A_MONTH, families)
    day = MONTH_STARTS[np.minimum(months, MONTHS).astype(np.int64)] + luck.integers(0, 28, families)
    return np.where(months >= MONTHS, np.datetime64("NaT"), day)


def people_records(people: People, places: Places, seed: int) -> dict[str, pa.Table]:
    """The standard tables `person`, `person_identifier`, `person_address` and `family_member` of these people.

    Names, numbers, roles and homes are drawn from the seed and do not touch what `make_people` drew.
    """
    households = make_households(people, seed)
    homes = make_homes(people, places, seed)
    stays = make_stays(people, households, homes, seed)
    return {
        **person_records(people, places, households, homes, stays, seed),
        **identifier_records(people, seed),
        **address_records(people, places, homes, stays),
        **membership_records(people, households),
    }
