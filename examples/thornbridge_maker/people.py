"""Families and their children: who they are and where they live, before anything happens to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from thornbridge_maker.chance import Chance
from thornbridge_maker.days import EXTRACT_DAY, FIRST_DAY, age
from thornbridge_maker.names import COMMUNITIES, Names
from thornbridge_maker.places import LA_NUMBER, PLACES, SCHOOLS, STREETS, Place, School, postcode

FAMILIES = 172
UNBORN = {11: "social_care_first", 88: "early_help"}  # families that expect a child, by number, and where they turn
_SIZES = {1: 36, 2: 36, 3: 19, 4: 7, 5: 2}
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_DISABILITIES = {
    ("NONE",): 84,
    ("AUT",): 5,
    ("LD",): 3,
    ("BEH",): 3,
    ("LD", "AUT"): 2,
    ("COMM",): 1,
    ("MOB", "PC"): 1,
    ("HEAR",): 1,
}


@dataclass(eq=False)
class Child:
    """One child. `due` is the expected date of birth of a child not yet born, and then `born` is None."""

    child_id: str
    forename: str
    surname: str
    sex: str
    born: date | None
    due: date | None
    ethnicity: str
    disability: tuple[str, ...]
    language: str
    sen: str
    school: School | None = None
    upn: str = ""
    nhs_number: str = ""

    @property
    def birthday(self) -> date:
        """Date of birth, or the expected one."""
        born = self.born or self.due
        assert born is not None
        return born

    def age_on(self, day: date) -> int:
        """Age in whole years on a day."""
        return age(self.birthday, day)


@dataclass(eq=False)
class Family:
    """One household. `key` is the family number of the case system."""

    key: str
    place: Place
    address: str
    postcode: str
    children: list[Child] = field(default_factory=list)

    def children_on(self, day: date) -> list[Child]:
        """The children under 18 on a day; an unborn child counts in the six months before birth."""
        return [
            child for child in self.children if child.age_on(day) < 18 and child.birthday < day + timedelta(days=183)
        ]


def make_families() -> list[Family]:
    """All families of the example, with their children."""
    taken: set[str] = set()
    return [_family(number, taken) for number in range(FAMILIES)]


def _family(number: int, taken: set[str]) -> Family:
    chance = Chance(f"family/{number}")
    place = chance.weighted({place: place.children * (12 - place.imd) for place in PLACES})
    address = f"{chance.whole(1, 140)} {chance.one_of(STREETS)}"
    family = Family(
        f"F{20400 + 7 * number + chance.whole(0, 6)}", place, address, postcode(place.postcode_district, chance)
    )
    community = chance.weighted({code: weight for code, (weight, _) in COMMUNITIES.items()})
    names = COMMUNITIES[community][1]
    surname, language = chance.one_of(names.surnames), chance.one_of(names.languages)
    ethnicity = chance.weighted({community: 95.0, "NOBT": 3.0, "REFU": 2.0})
    for birthday in _birthdays(chance, expecting=number in UNBORN):
        child = _child(chance, names, surname, birthday, _new_id(chance, taken))
        child.ethnicity, child.language = ethnicity, language
        _place_in_school(child, place, chance)
        family.children.append(child)
    return family


def _birthdays(chance: Chance, *, expecting: bool) -> list[date]:
    """Birthdays from the youngest to the oldest; children under 17 when the three years begin or born in them."""
    count = chance.weighted(_SIZES)
    youngest = FIRST_DAY - timedelta(days=chance.days(-500, 2100, 5900))
    days = [EXTRACT_DAY + timedelta(days=chance.whole(25, 110))] if expecting else []
    for turn in range(count):
        days.append(youngest - timedelta(days=turn * chance.whole(560, 1500)))
    return [day for turn, day in enumerate(days) if age(day, FIRST_DAY) < 17 or turn == 0]


def _child(chance: Chance, names: Names, surname: str, birthday: date, child_id: str) -> Child:
    unborn = birthday > EXTRACT_DAY
    sex = "U" if unborn else chance.one_of("MF")
    forename = "Unborn" if unborn else chance.one_of(names.girls if sex == "F" else names.boys)
    disability = ("NONE",) if unborn else chance.weighted(_DISABILITIES)
    support = (
        {"none": 78.0, "support": 17.0, "ehcp": 5.0}
        if disability == ("NONE",)
        else {"none": 15, "support": 40, "ehcp": 45}
    )
    return Child(
        child_id=child_id,
        forename=forename,
        surname=chance.one_of(names.surnames) if chance.yes(0.12) else surname,
        sex=sex,
        born=None if unborn else birthday,
        due=birthday if unborn else None,
        ethnicity="",
        disability=disability,
        language="",
        sen="none" if unborn else chance.weighted(support),
        nhs_number="" if unborn or chance.yes(0.3) else _nhs_number(chance),
    )


def _new_id(chance: Chance, taken: set[str]) -> str:
    while True:
        child_id = f"4{chance.whole(100000, 999999)}"
        if child_id not in taken:
            taken.add(child_id)
            return child_id


def _place_in_school(child: Child, place: Place, chance: Chance) -> None:
    """A school of the right phase, near home more often than not, and a pupil number with it."""
    years = child.age_on(EXTRACT_DAY) if child.born else -1
    if years < 4:
        return
    phase = "primary" if years < 11 else "secondary"
    if child.sen == "ehcp" and chance.yes(0.5):
        phase = "special"
    near = {school: 6.0 if school.ward_code == place.ward_code else 2.0 if school.locality == place.locality else 0.3
            for school in SCHOOLS if school.phase == phase}  # fmt: skip
    child.school = chance.weighted(near)
    child.upn = _upn(chance, child.school, years)


def _upn(chance: Chance, school: School, years: int) -> str:
    """A pupil number of the right shape: check letter, council 999, school, year of entry, serial number."""
    digits = f"{LA_NUMBER}{school.urn[-4:]}{(26 - max(0, years - 4)) % 100:02}{chance.whole(0, 999):03}"
    total = sum(weight * int(digit) for weight, digit in enumerate(digits, start=2))
    return _UPN_LETTERS[total % 23] + digits


def _nhs_number(chance: Chance) -> str:
    """A number in the 999 range, which the NHS keeps for tests, with its check digit."""
    while True:
        digits = f"999{chance.whole(0, 999999):06}"
        check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)
