"""Lists of a youth justice service: offences, cautions and convictions of children, one row an outcome.

No service publishes its list. The headings are those that case systems of youth justice usually export.
"""

from __future__ import annotations

from earlyhelp.sources.layout import PROPOSED, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.sources.partner_people import HOME, NAMES, TYPES, known_by
from earlyhelp.standard import partner_event, person

PERSON, REFERENCE, KIND, WHEN = "YOT ID", "Offence reference", "Outcome type", "Outcome date"
TO, AREA, ETHNICITY = "Intervention end date", "LSOA", "Ethnicity"

_outcomes = Part(
    "youth_justice_outcomes",
    (
        Heading(
            PERSON,
            also=(
                "YOT number", "YJS ID", "YJS number", "Youth justice ID", "Young person ID", "YP ID", "ChildView ID",
                "Careworks ID", "Person ID", "Client ID",
            ),
        ),
        *NAMES,
        Heading(ETHNICITY, also=("Ethnic origin", "Ethnic group")),
        *HOME,
        Heading(REFERENCE, also=("Offence ID", "Outcome ID", "Case reference", "Crime reference", "Court case number")),
        Heading("Offence", also=("Offence type", "Offence description", "Offence category")),
        Heading(
            KIND, also=("Outcome", "Disposal", "Disposal type", "Event type", "Decision", "Sentence"), wordings=(TYPES,)
        ),
        Heading(WHEN, also=("Disposal date", "Date of outcome", "Offence date", "Date of offence", "Sentence date")),
        Heading(TO, also=("Order end date", "End date", "Intervention closed")),
        Heading(AREA, also=("LSOA code", "Home LSOA")),
    ),
    (
        Fill(
            partner_event,
            {
                partner_event.event_id: MadeKey((PERSON, WHEN), label="youth_justice"),
                partner_event.person_key: PersonOf(PERSON),
                partner_event.incident_reference: REFERENCE,
                partner_event.agency: Fixed("youth_justice"),
                partner_event.type: KIND,
                partner_event.event_date: WHEN,
                partner_event.end_date: TO,
                partner_event.lsoa: AREA,
            },
        ),
        known_by(PERSON, child=True, more={person.ethnicity: ETHNICITY}),
    ),
    needed=(PERSON, KIND, WHEN),
    name=".*(youthjustice|youthoffending|yot|yjs).*",
)  # fmt: skip

youth_justice = Source(
    name="youth_justice",
    title="Youth justice: offences, cautions and convictions",
    publisher="Youth justice services",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(_outcomes,),
)
