"""The register of schools that the Department for Education publishes (Get Information about Schools): one row a school."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from earlyhelp.sources.layout import Fill, Heading, Part, Read, Source
from earlyhelp.standard import school

URN, PHASE, MEALS = "URN", "PhaseOfEducation (name)", "PercentageFSM"


def share_of_percentage(text: str) -> str | None:
    """A share from 0 to 1 for a percentage; what is no number stays as it stands."""
    bare = text.strip().removesuffix("%").strip()
    try:
        return format((Decimal(bare) / 100).normalize(), "f") if bare else None
    except InvalidOperation:
        return bare


def phase(text: str) -> str | None:
    """The phase; "Not applicable" stands with special schools and alternative provision, whose kind says what they are."""
    said = text.strip()
    return None if said.casefold() in ("", "not applicable") else said


_schools = Part(
    "edubasealldata",
    (
        Heading(URN, also=("School URN", "Unique reference number")),
        *(Heading(name) for name in ("LA (code)", "LA (name)", "EstablishmentNumber")),
        Heading("EstablishmentName", also=("School name", "Establishment name")),
        *(Heading(name) for name in ("TypeOfEstablishment (name)", "EstablishmentStatus (name)")),
        Heading(PHASE, also=("PhaseOfEducation", "Phase", "Phase of education")),
        Heading("NumberOfPupils", also=("Number of pupils", "Pupils on roll", "Roll")),
        Heading(MEALS, also=("Percentage FSM", "FSM percentage", "Percentage of pupils with free school meals")),
        Heading("Postcode"),
        Heading("AdministrativeWard (code)", also=("AdministrativeWard", "Ward code")),
        Heading("LSOA (code)"),
    ),
    (
        Fill(
            school,
            {
                school.school_urn: URN,
                school.name: "EstablishmentName",
                school.phase: Read(PHASE, phase),
                school.ward_code: "AdministrativeWard (code)",
                school.roll: "NumberOfPupils",
                school.fsm_share: Read(MEALS, share_of_percentage),
            },
        ),
    ),
    needed=(URN, "EstablishmentName"),
    name=".*(edubasealldata|giasfull|establishments?|schoolsregister|schools?list).*",
)

schools_register = Source(
    name="schools_register",
    title="Register of schools (Get Information about Schools)",
    publisher="Department for Education",
    status="published layout",
    formats=("csv", "txt", "xlsx"),
    parts=(_schools,),
)
