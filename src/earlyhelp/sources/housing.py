"""Housing lists: rent arrears, homelessness, other events, and tenancies with the flags that Family Context agreed.

No council publishes its list. The headings are those that rent and homelessness systems usually export; the flags of a
tenancy (open, closed, no records) are the fields that Stockport and Leeds agreed to share, and have no date of their own.
"""

from __future__ import annotations

from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.sources.partner_people import HOME, NAMES, TYPES, known_by
from earlyhelp.standard import Column, partner_event

PERSON, REFERENCE = "Housing person ID", "Tenancy or case reference"
ARREARS_FROM, APPLIED, HAPPENED, AS_OF = "Arrears since", "Application date", "Event date", "Date current as of"
AMOUNT, CLOSED, STATUS, AREA = "Arrears amount", "Case closed date", "Case status", "LSOA"
NO_RECORDS = r"(?i)\s*(no records?( held)?|none( found)?|no|n|false|0|unknown|n/?a|-)\s*"
"""What a flag holds where there is nothing to tell."""

_PERSON = Heading(
    PERSON,
    also=(
        "Tenant ID", "Tenant reference", "Tenant number", "Customer ID", "Customer reference", "Applicant ID",
        "Applicant reference", "Party reference", "Person ID", "Person reference", "personId", "Main applicant ID",
    ),
)  # fmt: skip
_REFERENCE = Heading(
    REFERENCE,
    also=(
        "Tenancy reference", "Tenancy ref", "Tenancy number", "Rent account", "Rent account number", "Account reference",
        "Payment reference", "Case reference", "Case number", "Homelessness case reference", "H-CLIC reference",
    ),
)  # fmt: skip
_CLOSED = Heading(CLOSED, also=("Date case closed", "End date", "Date closed", "Closed date", "Date arrears cleared"))
_STATUS = Heading(STATUS, also=("Status", "Case outcome", "Repayment plan status", "Outcome"))
_AREA = Heading(AREA, also=("LSOA code", "Property LSOA"))
_AMOUNT = Heading(
    AMOUNT,
    also=(
        "Rent arrears", "Arrears", "Arrears balance", "Arrears (£)", "Arrears amount (£)", "Current balance", "Balance",
        "Account balance", "Amount owed", "Amount of arrears",
    ),
)  # fmt: skip


def _event(kind: Cell, date: str, more: dict[Column, Cell], *, when: str = "") -> Fill:
    cells: dict[Column, Cell] = {
        partner_event.event_id: MadeKey((PERSON, date), label=f"housing {when}".strip()),
        partner_event.person_key: PersonOf(PERSON),
        partner_event.agency: Fixed("housing"),
        partner_event.type: kind,
        partner_event.event_date: date,
    }
    return Fill(partner_event, cells | more, when=when, unless=NO_RECORDS if when else "")


_case: dict[Column, Cell] = {
    partner_event.incident_reference: REFERENCE,
    partner_event.end_date: CLOSED,
    partner_event.outcome: STATUS,
    partner_event.lsoa: AREA,
    partner_event.amount: AMOUNT,
}

_arrears = Part(
    "rent_arrears",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(
            ARREARS_FROM,
            also=(
                "Arrears start date", "Date arrears began", "Arrears from", "Arrears date", "Balance date",
                "Date of balance", "As at date", "Date of arrears", "Arrears as at",
            ),
        ),
        _AMOUNT,
        _CLOSED,
        _STATUS,
        _AREA,
    ),
    (_event(Fixed("rent_arrears"), ARREARS_FROM, _case), known_by(PERSON)),
    needed=(PERSON, ARREARS_FROM, AMOUNT),
    name=".*arrears.*",
)  # fmt: skip

_homelessness = Part(
    "homelessness",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(
            APPLIED,
            also=(
                "Date of application", "Homelessness application date", "Approach date", "Date of approach",
                "Case opened date", "Date case opened", "Duty start date", "Presentation date", "Date presented",
            ),
        ),
        Heading("Duty", also=("Duty owed", "Homelessness duty", "Decision", "Relief or prevention")),
        _CLOSED,
        _STATUS,
        _AREA,
    ),
    (
        _event(
            Fixed("homelessness"), APPLIED, {column: cell for column, cell in _case.items() if cell != AMOUNT}
        ),
        known_by(PERSON),
    ),
    needed=(PERSON, APPLIED),
    name=".*(homeless|hclic).*",
)  # fmt: skip

_events = Part(
    "housing_events",
    (
        _REFERENCE,
        _PERSON,
        *NAMES,
        *HOME,
        Heading(HAPPENED, also=("Date of event", "Start date", "Date", "Date opened", "Notice date", "Date of notice")),
        Heading("Event type", also=("Type", "Type of event", "Event", "Case type", "Category"), wordings=(TYPES,)),
        _AMOUNT,
        _CLOSED,
        _STATUS,
        _AREA,
    ),
    (_event("Event type", HAPPENED, _case), known_by(PERSON)),
    needed=(PERSON, HAPPENED, "Event type"),
    name="(?!.*(arrears|homeless|hclic|tenan)).*housing.+",
)

_FLAGS = {
    "Anti-social behaviour": ("anti_social_behaviour", ("antiSocialBehaviour", "ASB")),
    "Rent arrears": ("rent_arrears", ("rentArrears", "Arrears")),
    "Notice seeking possession": ("homelessness", ("noticeSeekingPossession", "NSP")),
    "Eviction": ("homelessness", ("Evicted",)),
}
_tenancies = Part(
    "tenancies",
    (
        _PERSON,
        *NAMES,
        *HOME,
        Heading("Service involvement", also=("serviceInvolvement",)),
        Heading("Landlord", also=("housingAssociation", "Housing association")),
        Heading("Contact name", also=("contactName",)),
        Heading("Contact phone", also=("contactPhone",)),
        Heading("Contact email", also=("contactEmail",)),
        Heading("Contact role", also=("contactRole",)),
        Heading("Tenancy start", also=("tenancyStart", "Tenancy start date")),
        *(Heading(flag, also=also) for flag, (_, also) in _FLAGS.items()),
        Heading(AS_OF, also=("Data current as of", "As at", "Extract date", "Coverage end date")),
    ),
    (
        known_by(PERSON),
        *(
            _event(Fixed(kind), AS_OF, {partner_event.outcome: flag}, when=flag)
            for flag, (kind, _) in _FLAGS.items()
        ),
    ),
    needed=(PERSON, "Tenancy start"),
    name="housing|.*tenanc(y|ies).*|.*tenants?.*",
    note="A flag is dated by the day for which the list is current; without that day the fact is left out and listed.",
)  # fmt: skip

housing = Source(
    name="housing",
    title="Housing: rent arrears, homelessness, events, tenancies",
    publisher="Housing departments and landlords",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(_arrears, _homelessness, _tenancies, _events),
)
