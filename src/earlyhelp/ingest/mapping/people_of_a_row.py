"""Several people of whom each row of a list tells side by side: "Child 1 Name", "Child 1 DOB", "Child 2 Name" ...

Lists of families are kept so. Such a child seldom has a number: it is known by the name, the birth and the family together.
"""

from __future__ import annotations

from dataclasses import replace

from earlyhelp.ingest.mapping.saved import SavedList, SavedPerson
from earlyhelp.sources import Joined
from earlyhelp.standard import Column, person

CHILD, SIBLING = "child", "sibling"
HOME = (person.address_line, person.postcode, person.uprn, person.lsoa)
"""What a row says of where the family lives, which is so for everybody in it."""
_NAMES = (person.forename, person.surname)
_BIRTHS = (person.dob, person.expected_dob)


def who(one: SavedPerson) -> str:
    """What tells which person of the row it is: the heading of a number, else the name under which the joined text is read."""
    return _number(one) or f"{first_heading(one)} (person)"


def first_heading(one: SavedPerson) -> str:
    """The heading under which something stands where the row has such a person: the number's, else the name's."""
    named = [heading for heading, filled in one.columns.items() if set(filled) & set(_NAMES)]
    return _number(one) or next(iter([*named, *one.columns]))


def joined(told: SavedList) -> dict[str, Joined]:
    """For each person of a row without a number the headings whose texts together stand for one: name, birth and family.

    Where one of them is blank, the number of the row's own record is added: two children who are called alike, or not named yet,
    are not one.
    """
    family = [heading for heading, filled in told.columns.items() if _is_family(filled)]
    number = tuple(heading for heading, filled in told.columns.items() if told.table.key[0] in filled)
    return {
        who(one): Joined(tuple(dict.fromkeys((first_heading(one), *_known_by(one), *family))), number)
        for one in told.people
        if not _number(one)
    }


def _known_by(one: SavedPerson) -> list[str]:
    return [heading for heading, filled in one.columns.items() if set(filled) & {*_NAMES, *_BIRTHS}]


def of_person(told: SavedList, one: SavedPerson) -> SavedList:
    """The list as if it told of that person alone; who is known by name and birth has no number that could be shown."""
    own = [told.table.columns["person_key"]] if "person_key" in told.table.columns else []
    keys = (*own, person.person_key, *([person.source_person_id] if _number(one) else []))
    others = {heading: tuple(each for each in filled if each not in keys) for heading, filled in told.columns.items()}
    columns = {**others, **one.columns, who(one): tuple(dict.fromkeys((*one.columns.get(who(one), ()), *keys)))}
    return replace(told, columns=columns, people=())


def _number(one: SavedPerson) -> str:
    return next((heading for heading, filled in one.columns.items() if person.person_key in filled), "")


def _is_family(filled: tuple[Column, ...]) -> bool:
    return any(column.column_name == "family_key" for column in filled)
