"""People in the lists of partners: the headings under which they stand, and the facts of a person taken from them.

Every partner has ids of its own for the people it knows; who is who across partners is for linkage to say.
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.sources.layout import Cell, Fill, Fixed, Heading, PersonOf, Wording
from earlyhelp.standard import Column, person
from earlyhelp.standard.codelists import partner_event_types, risk_levels

FORENAME, SURNAME, BORN, SEX = "Forename", "Surname", "Date of birth", "Sex"
ADDRESS, POSTCODE, UPRN = "Address", "Postcode", "UPRN"
TYPES = Wording({value.code: value.label for value in partner_event_types.values})
"""Kinds of event as lists write them: in words."""
LEVELS = Wording({value.code: value.label for value in risk_levels.values})
"""Risk as lists write it: in words."""

NAMES = (
    Heading(
        FORENAME, also=("First name", "Given name", "Forenames", "First names", "Legal forename", "Christian name")
    ),
    Heading(SURNAME, also=("Last name", "Family name", "Legal surname", "Second name")),
    Heading(BORN, also=("DOB", "D.O.B.", "Birth date", "Date of birth (DD/MM/YYYY)", "Person birth date")),
    Heading(SEX, also=("Gender", "Gender / sex"), wordings=(Wording({"F": "Female", "M": "Male", "U": "Unknown"}),)),
)
HOME = (
    Heading(ADDRESS, also=("Address line 1", "Home address", "Current address", "Full address", "Property address")),
    Heading(POSTCODE, also=("Post code", "Home postcode", "Address postcode", "Property postcode")),
    Heading(UPRN, also=("Unique property reference number", "Property UPRN", "Address UPRN")),
)
_FILLS: Mapping[str, Column] = {
    FORENAME: person.forename,
    SURNAME: person.surname,
    BORN: person.dob,
    SEX: person.sex,
    ADDRESS: person.address_line,
    POSTCODE: person.postcode,
    UPRN: person.uprn,
}


def known_by(id_heading: str, *, child: bool = False, more: Mapping[Column, Cell] | None = None) -> Fill:
    """The person of a row, named as above. `child`: everybody in the list is one. `more`: what else the list tells."""
    cells: dict[Column, Cell] = {person.person_key: PersonOf(id_heading), person.source_person_id: id_heading}
    cells |= {column: heading for heading, column in _FILLS.items()}
    if child:
        cells[person.is_child] = Fixed("yes")
    return Fill(person, cells | dict(more or {}))
