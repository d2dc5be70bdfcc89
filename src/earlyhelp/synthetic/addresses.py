"""Homes: invented streets, house numbers and postcodes, and who lived in which from when to when.

Postcodes begin with Q and a letter: no postcode area of the United Kingdom begins with Q. Property reference numbers begin
with 8 and have twelve digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from earlyhelp.standard import person_address
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.households import Households, first_and_last_child
from earlyhelp.synthetic.names import declared
from earlyhelp.synthetic.places import WARD_COLUMNS, WARD_ROWS, council_number
from earlyhelp.synthetic.population import Days, Ints, People, Places, Texts
from earlyhelp.synthetic.rows import standard_rows
from earlyhelp.synthetic.timeline import FIRST_DAY, MONTH_STARTS

_STREETS = 10
"""Streets of a small area; homes in the last of them are flats."""
_STREETS_OF_FLATS = 3
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_NEVER = np.datetime64("NaT", "D")
_FAR = np.datetime64("2100-01-01")


@dataclass(frozen=True)
class Homes:
    """Where families live: the first home of each family, then the second of those that move (`second`, -1 for others).

    Arrays of one value a home; `area` is a place in the council's small areas.
    """

    line: Texts
    postcode: Texts
    uprn: Texts
    area: Ints
    second: Ints


@dataclass(frozen=True)
class Stays:
    """Who lived where: arrays of one value a stay, in order of person and time. `until` is NaT while they live there.

    `person`: place in the children followed by the adults.
    """

    person: Ints
    home: Ints
    since: Days
    until: Days


def make_homes(people: People, places: Places, seed: int) -> Homes:
    """A home of its own for every family, and another for those that move."""
    movers = np.flatnonzero(people.move_month >= 0)
    area = np.concatenate([people.area, people.move_area[movers]])
    second = np.full(len(people.area), -1)
    second[movers] = len(people.area) + np.arange(len(movers))
    order = np.lexsort((chance(seed, "addresses", "homes").random(len(area)), area))
    slot = np.empty(len(area), dtype=np.int64)
    slot[order] = np.arange(len(area)) - np.searchsorted(area[order], area[order])
    street, along = slot % _STREETS, slot // _STREETS
    names = _street_names(len(places.lsoa), seed)[area, street].tolist()
    flats = (street >= _STREETS - _STREETS_OF_FLATS).tolist()
    line = [
        f"Flat {n % 6 + 1}, {n // 6 * 2 + 1} {name}" if flat else f"{n + 1} {name}"
        for n, name, flat in zip(along.tolist(), names, flats, strict=True)
    ]
    uprn = [f"8{council_number(places):03d}{a:03d}{s:05d}" for a, s in zip(area.tolist(), slot.tolist(), strict=True)]
    return Homes(np.array(line), _postcodes(places, area, street, along), np.array(uprn), area, second)


def _street_names(areas: int, seed: int) -> Texts:
    """The streets of each area (areas, streets); large councils have some names twice, as real ones do."""
    words = declared("place_words")
    first = [row["word"] for row in words if row["part"] == "street_first"]
    kind = [row["word"] for row in words if row["part"] == "street_kind"]
    names = np.array([f"{a} {b}" for a in first for b in kind])
    shuffled = chance(seed, "addresses", "streets").permutation(names)
    return shuffled[np.arange(areas * _STREETS).reshape(areas, _STREETS) % len(shuffled)]


def _postcodes(places: Places, area: Ints, street: Ints, along: Ints) -> Texts:
    """One district a ward, one sector a small area, one unit for twenty homes of a street."""
    letters = f"Q{chr(65 + council_number(places) % 26)}"
    sector = np.arange(len(places.lsoa)) % (WARD_ROWS * WARD_COLUMNS) + 1
    unit = (street * 37 + along // 20 * 7) % len(_UNIT_LETTERS) ** 2
    parts = zip(places.ward[area].tolist(), sector[area].tolist(), unit.tolist(), strict=True)
    return np.array([f"{letters}{w + 1} {s}{_UNIT_LETTERS[u // 20]}{_UNIT_LETTERS[u % 20]}" for w, s, u in parts])


def make_stays(people: People, households: Households, homes: Homes, seed: int) -> Stays:
    """Every stay of every child and adult. Children live in their family's home from birth, adults from some years before.

    A father in a new family lived with the old one until he left it. Families that leave the council end their stay.
    """
    since, until = _family_days(people, seed)
    children = len(people.child_key)
    person = np.arange(children + len(people.adult_key))
    family = np.concatenate([people.child_family, people.adult_family])
    joined = np.where(households.former_family >= 0, households.since, since[people.adult_family])
    begins = np.concatenate([np.maximum(people.born, since[people.child_family]), joined])
    once = np.flatnonzero(households.former_family >= 0)
    former = households.former_family[once]
    person, family = np.concatenate([person, children + once]), np.concatenate([family, former])
    begins = np.concatenate([begins, since[former]])
    ends = until[family]
    ends[len(ends) - len(once) :] = np.minimum(ends[len(ends) - len(once) :], households.former_until[once])
    moved = _moving_days(people)[family]
    first = begins < np.minimum(moved, ends)
    second = np.maximum(begins, moved) < ends
    last = np.minimum(moved, ends)
    stays = (
        np.concatenate([person[first], person[second]]),
        np.concatenate([family[first], homes.second[family[second]]]),
        np.concatenate([begins[first], np.maximum(begins, moved)[second]]),
        np.concatenate([last[first], ends[second]]),
    )
    order = np.lexsort((stays[2], stays[0]))
    who, home, start, stop = (each[order] for each in stays)
    return Stays(who, home, start, np.where(stop == _FAR, _NEVER, stop - np.timedelta64(1, "D")))


def _family_days(people: People, seed: int) -> tuple[Days, Days]:
    """The day each family came to its first home, up to nine years before it is first seen, and the day it left or 2100."""
    eldest, _ = first_and_last_child(people)
    before = chance(seed, "addresses", "since").integers(30, 3300, len(eldest)).astype("timedelta64[D]")
    left = people.left[eldest]
    came = np.minimum(people.born[eldest], np.datetime64(FIRST_DAY)) - before
    return came, np.where(np.isnat(left), _FAR, left)


def _moving_days(people: People) -> Days:
    """The first day of each family in its second home, 2100 for those that stay: the first of the month of the move."""
    return np.where(people.move_month >= 0, MONTH_STARTS[people.move_month], _FAR)


def address_records(people: People, places: Places, homes: Homes, stays: Stays) -> dict[str, pa.Table]:
    """The standard table `person_address`."""
    key = np.concatenate([people.child_key, people.adult_key])
    table = standard_rows(
        person_address,
        person_key=key[stays.person],
        address_line=homes.line[stays.home],
        postcode=homes.postcode[stays.home],
        uprn=homes.uprn[stays.home],
        lsoa=places.lsoa[homes.area[stays.home]],
        valid_from=stays.since,
        valid_to=stays.until,
    )
    return {"person_address": table}


def latest_home(stays: Stays, persons: int) -> Ints:
    """The home each person lived in last, -1 for those who never lived here."""
    home = np.full(persons, -1)
    home[stays.person] = stays.home  # stays are in order of time: the last one written stays
    return home
