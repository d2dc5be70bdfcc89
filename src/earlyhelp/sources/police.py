"""Police lists: notifications of domestic abuse (MERLIN, PPN and their like), other events, and offences.

No force publishes its extract. The headings are those that council copies of such notifications use, and for offences
the fields that Stockport and Leeds agreed to share (Family Context). The three grades are those of the DASH checklist.
"""

from __future__ import annotations

import re

from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Read, Source
from earlyhelp.sources.partner_people import HOME, LEVELS, NAMES, TYPES, known_by
from earlyhelp.standard import Column, partner_event
from earlyhelp.standard.codelists import risk_levels

PERSON = "Police person ID"
REFERENCE = "Incident reference"
HAPPENED, LEVEL, AREA, REPORTED = "Incident date", "DASH level", "LSOA of incident", "Report date"
_MEDIUM_FROM, _HIGH_FROM, _MOST = 10, 14, 27
"""Ticks on the DASH checklist from which risk is medium and high, as Plymouth's threshold (14 goes to a MARAC)."""

_PERSON = Heading(
    PERSON,
    also=(
        "Nominal ID", "Nominal number", "Nominal reference", "Person URN", "Police nominal", "Niche person ID",
        "Niche occurrence person ID", "PIN", "PNC ID", "CONNECT person ID", "Person ID", "Person reference", "personId",
    ),
)  # fmt: skip
_REFERENCE = Heading(
    REFERENCE,
    also=(
        "Incident number", "Incident ID", "Incident no", "Occurrence number", "Occurrence reference", "Crime number",
        "Crime reference", "MERLIN reference", "MERLIN number", "MERLIN ref", "PPN reference", "PPN number",
        "Notification reference", "Notification ID", "Log number", "VPA reference", "VIST reference", "Report number",
    ),
)  # fmt: skip
_HAPPENED = Heading(
    HAPPENED,
    also=(
        "Date of incident", "Incident date and time", "Incident date/time", "Date/time of incident", "Occurrence date",
        "Occurred on", "Date occurred", "Date from", "Start date of incident", "Notification date", "Date of notification",
    ),
)  # fmt: skip
_LEVEL = Heading(
    LEVEL,
    also=(
        "DASH risk", "DASH risk level", "DASH grading", "DASH score", "DARA level", "Risk level", "Risk grading",
        "Risk category", "Risk assessment", "BRAG", "RAG", "Risk",
    ),
    wordings=(LEVELS,),
)  # fmt: skip
_AREA = Heading(AREA, also=("Incident LSOA", "LSOA", "LSOA code", "Location LSOA"))
_ABOUT = (
    Heading(REPORTED, also=("Date reported", "Reported on", "Date of report", "Date created")),
    Heading("Role", also=("Role in incident", "Person role", "Involvement", "Linked as", "Victim or suspect")),
)


def dash_level(text: str) -> str | None:
    """The grade of a DASH assessment, which lists give as a word or as the number of ticks; other words as they stand."""
    said = text.strip()
    ticks = re.fullmatch(r"(\d{1,2})(\.0)?(\s*/\s*2[0-9])?", said)
    if ticks and int(ticks[1]) <= _MOST:
        count = int(ticks[1])
        return "high" if count >= _HIGH_FROM else "medium" if count >= _MEDIUM_FROM else "standard"
    word = re.sub(r"\b(dash|dara|risk|level|grading)\b", " ", said.casefold()).strip(" :-")
    return word if word in risk_levels.codes else said or None


def _event(kind: Cell, date: str, more: dict[Column, Cell], recorded: str = "") -> Fill:
    cells: dict[Column, Cell] = {
        partner_event.event_id: MadeKey((PERSON, date), label="police"),
        partner_event.person_key: PersonOf(PERSON),
        partner_event.incident_reference: REFERENCE,
        partner_event.agency: Fixed("police"),
        partner_event.type: kind,
        partner_event.event_date: date,
    }
    return Fill(partner_event, cells | more, recorded=recorded)


_graded: dict[Column, Cell] = {
    partner_event.level: Read(LEVEL, dash_level, written=dict(LEVELS.texts)),
    partner_event.lsoa: AREA,
}

_domestic_abuse = Part(
    "domestic_abuse_notifications",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        _HAPPENED,
        *_ABOUT,
        _LEVEL,
        Heading("Children present", also=("Children present Y/N", "Child present", "Children in household")),
        Heading("Consent", also=("Consent to share", "Consent given")),
        Heading("Officer", also=("Reporting officer", "Officer in case", "OIC")),
        Heading("Summary", also=("Narrative", "Circumstances", "Details", "Report text", "Police checks summary")),
        _AREA,
    ),
    (_event(Fixed("domestic_abuse"), HAPPENED, _graded, REPORTED), known_by(PERSON)),
    needed=(PERSON, HAPPENED),
    name=".*(domesticabuse|domesticviolence|merlin|ppn|danotification|dash).*",
    note="An incident has a row for each person it names: count incidents by incident_reference. The summary is not read.",
)

_events = Part(
    "police_events",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        _HAPPENED,
        *_ABOUT,
        Heading(
            "Event type",
            also=(
                "Incident type",
                "Type of incident",
                "Incident category",
                "Event category",
                "Notification type",
                "Type",
            ),
            wordings=(TYPES,),
        ),
        _LEVEL,
        _AREA,
    ),
    (_event("Event type", HAPPENED, _graded, REPORTED), known_by(PERSON)),
    needed=(PERSON, HAPPENED, "Event type"),
    name=".*policeevents?.*|.*policeincidents?.*|.*(missing|asb).*",
)

_OFFENCE_DATE = "Date of offence"
_offences = Part(
    "offences",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(_OFFENCE_DATE, also=("Offence date", "dateOfOffence")),
        Heading("Type of offence", also=("Offence type", "Offence", "typeOfOffence")),
        Heading("Nature of involvement", also=("natureOfInvolvement", "Convict or suspect", "Involvement in offence")),
    ),
    (_event(Fixed("offence"), _OFFENCE_DATE, {}), known_by(PERSON)),
    needed=(PERSON, _OFFENCE_DATE),
    name=".*offences?.*",
    note="Which offence it was is not read: the standard holds that there was one.",
)

police = Source(
    name="police",
    title="Police notifications: domestic abuse (MERLIN, PPN), other events, offences",
    publisher="Police forces",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(_domestic_abuse, _events, _offences),
    note="Forces use their own version of the DASH checklist; a number of ticks is graded as in Plymouth (10 and 14).",
)
