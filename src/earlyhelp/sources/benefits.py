"""Lists of benefits, council tax and free school meals, as revenues and benefits offices export them.

No office publishes its list. The headings are those that such exports usually have.
"""

from __future__ import annotations

from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.sources.partner_people import HOME, NAMES, TYPES, known_by
from earlyhelp.standard import Column, partner_event

PERSON, REFERENCE, KIND = "Claimant ID", "Claim reference", "Benefit or event"
FROM, TO, AMOUNT, AREA = "Start date", "End date", "Amount", "LSOA"
STATUS = "Claim status"
MEALS_FROM, ARREARS_FROM = "Free school meals start date", "Council tax arrears since"

_PERSON = Heading(
    PERSON,
    also=(
        "Claimant reference", "Claimant number", "Customer ID", "Customer reference", "Person ID", "Person reference",
        "Liable person ID", "Client ID", "Party ID",
    ),
)  # fmt: skip
_REFERENCE = Heading(
    REFERENCE,
    also=("Claim number", "Claim ref", "Claim ID", "Account reference", "Account number", "Council tax reference"),
)
_TO = Heading(TO, also=("Date ended", "Entitlement end date", "Claim end date", "To date", "Date cleared", "Date to"))
_STATUS = Heading(STATUS, also=("Status", "Outcome", "Award status"))
_AMOUNT = Heading(
    AMOUNT,
    also=(
        "Weekly amount",
        "Award amount",
        "Amount (£)",
        "Reduction amount",
        "Balance",
        "Arrears",
        "Amount owed",
        "Debt",
    ),
)
_AREA = Heading(AREA, also=("LSOA code",))


def _event(kind: Cell, date: str) -> Fill:
    cells: dict[Column, Cell] = {
        partner_event.event_id: MadeKey((PERSON, date), label="benefits"),
        partner_event.person_key: PersonOf(PERSON),
        partner_event.incident_reference: REFERENCE,
        partner_event.agency: Fixed("benefits"),
        partner_event.type: kind,
        partner_event.event_date: date,
        partner_event.end_date: TO,
        partner_event.outcome: STATUS,
        partner_event.lsoa: AREA,
        partner_event.amount: AMOUNT,
    }
    return Fill(partner_event, cells)


_claims = Part(
    "benefits",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(
            KIND,
            also=("Benefit type", "Benefit", "Type of benefit", "Event type", "Event", "Change type"),
            wordings=(TYPES,),
        ),
        Heading(
            FROM,
            also=(
                "Benefit start date",
                "Claim start date",
                "Entitlement start date",
                "Award date",
                "Event date",
                "Date from",
            ),
        ),
        _TO,
        _AMOUNT,
        _STATUS,
        _AREA,
    ),
    (_event(KIND, FROM), known_by(PERSON)),
    needed=(PERSON, KIND, FROM),
    name="(?!.*(meals?|fsm|tax)).*(benefits?|claims?).*",
)

_meals = Part(
    "free_school_meals",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(MEALS_FROM, also=("FSM start date", "FSM eligible from", "Eligibility start date", "FSM from")),
        _TO,
        _AMOUNT,
        _STATUS,
        _AREA,
    ),
    (_event(Fixed("free_school_meals"), MEALS_FROM), known_by(PERSON)),
    needed=(PERSON, MEALS_FROM),
    name=".*(freeschoolmeals?|fsm).*",
)

_council_tax = Part(
    "council_tax_arrears",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(
            ARREARS_FROM,
            also=("Council tax arrears date", "Summons date", "Liability order date", "Date of liability order"),
        ),
        _TO,
        _AMOUNT,
        _STATUS,
        _AREA,
    ),
    (_event(Fixed("council_tax_arrears"), ARREARS_FROM), known_by(PERSON)),
    needed=(PERSON, ARREARS_FROM),
    name=".*(counciltax|ctax).*",
)

benefits = Source(
    name="benefits",
    title="Benefits, council tax arrears and free school meals",
    publisher="Revenues and benefits offices",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(_meals, _council_tax, _claims),
)
