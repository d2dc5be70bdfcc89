"""CPOMS: incidents that schools recorded, exported as CSV with their categories. No layout is published.

Schools choose their categories themselves, and an incident may have several. What happened is told in free text, which is
not read; of the categories the first that is a kind of event in the standard counts.
"""

from __future__ import annotations

import re

from earlyhelp.sources.about_people import NAMES, UPN, headings_of, told_of
from earlyhelp.sources.layout import PROPOSED, Fill, Fixed, Heading, Part, PersonOf, Read, Source, plain
from earlyhelp.standard import codelists, partner_event

STUDENT, CATEGORY = "Student ID", "Categories"
_KINDS = {
    plain(text): value.code
    for value in codelists.partner_event_types.values
    for text in (value.code, value.label, *value.aliases)
}


def kind_of_incident(categories: str) -> str | None:
    """The first of an incident's categories, or of their subcategories, that is a kind of event; else what they say."""
    pieces = [piece.strip() for piece in re.split(r"[;,|>\n]", categories)]
    known = (_KINDS[plain(piece)] for piece in pieces if plain(piece) in _KINDS)
    return next(known, categories.strip() or None)


cpoms = Source(
    name="cpoms",
    title="CPOMS: incidents recorded by schools",
    publisher="Raptor Technologies (CPOMS); headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "cpoms incidents",
            (
                Heading("Incident ID", also=("Incident number", "Incident reference", "ID")),
                Heading(STUDENT, also=("Pupil ID", "MIS ID", "Admission number", "Adno")),
                *headings_of(*NAMES, numbers=(UPN,)),
                Heading("School", also=("Establishment", "School name")),
                Heading("Incident date", also=("Date of incident", "Date/time of incident", "Date and time")),
                Heading(CATEGORY, also=("Category", "Category / subcategory", "Incident categories")),
                Heading("Level", also=("Level of concern", "Severity", "RAG")),
                Heading("Status", also=("Incident status",)),
                Heading("Incident", also=("Incident text", "Description", "Details")),
                Heading("Actions", also=("Action taken", "Actions taken")),
            ),
            (
                Fill(
                    partner_event,
                    {
                        partner_event.event_id: "Incident ID",
                        partner_event.person_key: PersonOf(STUDENT),
                        partner_event.agency: Fixed("school"),
                        partner_event.type: Read(CATEGORY, kind_of_incident),
                        partner_event.event_date: "Incident date",
                        partner_event.level: "Level",
                        partner_event.outcome: "Status",
                    },
                ),
                *told_of(STUDENT, *NAMES, numbers=(UPN,), child=True),
            ),
            needed=("Incident ID", STUDENT, "Incident date"),
            name="cpoms(incidents|export)?",
        ),
    ),
    note="The words of an incident are never read; its categories stay on the identity side, and as codes for analysis.",
)
