"""Numbers that follow a child from agency to agency, as the returns hold them."""

from __future__ import annotations

from earlyhelp.sources.layout import Fill, Fixed, PersonOf, Shaped
from earlyhelp.standard import person_identifier

UPN = r"[A-Z]\d{11}[\dA-Z]"
"""A letter, eleven digits, and a digit (a letter in a temporary number): thirteen signs."""
NO_UPN = r"(?i)UN\d{1,2}"
"""What returns put in place of a pupil number: UN1 to UN10 say why there is none."""


def pupil_number(person_heading: str, heading: str, kind: str = "upn") -> Fill:
    """The pupil number of a row's child as a row of its own; none where the return says why there is none."""
    return Fill(
        person_identifier,
        {
            person_identifier.person_key: PersonOf(person_heading),
            person_identifier.type: Fixed(kind),
            person_identifier.value: Shaped(heading, UPN),
        },
        when=heading,
        unless=NO_UPN,
    )
