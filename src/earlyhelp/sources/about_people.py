"""What lists of people have in common, whatever the system: names, date of birth, address, numbers that others gave them.

A source picks what its lists hold, under these names; each comes with the other names that councils are known to use.
"""

from __future__ import annotations

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import Cell, Fill, Fixed, Heading, PersonOf, Wording
from earlyhelp.standard import Column, codelists, person, person_identifier
from earlyhelp.standard.types import CodeList

UPN, NHS = "UPN", "NHS number"


def in_words(codes: CodeList) -> tuple[Wording, ...]:
    """The wording of a system that shows the label where the standard has the code."""
    return (Wording({value.code: value.label for value in codes.values}),)


_ABOUT: dict[Column, Heading] = {
    person.forename: Heading(
        "First name", also=("Forename", "Forenames", "First names", "Given name", "Child forename")
    ),
    person.surname: Heading("Last name", also=("Surname", "Family name", "Child surname")),
    person.dob: Heading("Date of birth", also=("DOB", "D.O.B.", "Birth date", "DoB / EDD", "BIRTH_DTTM", "Child DOB")),
    person.sex: Heading("Gender", also=("Sex", "GENDER_MAIN_CODE"), wordings=in_words(codelists.sex)),
    person.ethnicity: Heading(
        "Ethnicity",
        also=("Ethnic origin", "Ethnic group", "ETHNICITY_MAIN_CODE"),
        wordings=in_words(codelists.ethnicity),
    ),
    person.first_language: Heading("First language", also=("Language", "Home language")),
    person.address_line: Heading("Address", also=("Home address", "Address line 1", "Current address", "Full address")),
    person.postcode: Heading("Postcode", also=("Post code", "Home postcode")),
}
_NUMBERS = {
    UPN: Heading(UPN, also=("Unique pupil number",)),
    NHS: Heading(NHS, also=("NHS no", "NHS no.", "NHS")),
}


def headings_of(*columns: Column, numbers: tuple[str, ...] = ()) -> tuple[Heading, ...]:
    """The headings of these facts about a person, and of these numbers."""
    return (*(_ABOUT[column] for column in columns), *(_NUMBERS[name] for name in numbers))


def told_of(number: str, *columns: Column, numbers: tuple[str, ...] = (), child: bool = False) -> tuple[Fill, ...]:
    """The person whose own number stands under `number`, with these facts, and a row for each number others gave them.

    `child`: everybody in the list is a child.
    """
    cells: dict[Column, Cell] = {person.person_key: PersonOf(number), person.source_person_id: number}
    cells |= {column: _ABOUT[column].name for column in columns}
    if child:
        cells[person.is_child] = Fixed("yes")
    return Fill(person, cells), *(_number(number, kind) for kind in numbers)


def _number(heading: str, kind: str) -> Fill:
    if kind == UPN:
        return pupil_number(heading, UPN)
    cells: dict[Column, Cell] = {
        person_identifier.person_key: PersonOf(heading),
        person_identifier.type: Fixed("nhs_number"),
        person_identifier.value: NHS,
    }
    return Fill(person_identifier, cells, when=NHS)


NAMES = (person.forename, person.surname, person.dob)
KNOWN = (*NAMES, person.sex, person.ethnicity)
AT_HOME = (*KNOWN, person.address_line, person.postcode)
"""What most lists hold of a person: names and birth; with sex and ethnicity; with the address too."""
