"""Ofsted's Annex A workbook, lists 1 to 8: the 2019 template and the later layouts seen since.

A child may repeat in lists 1 to 5; lists 6, 7 and 8 hold one row a child (guidance of August 2019, sheet Guidance).
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.sources.annex_a_words import (
    CATEGORIES_OF_ABUSE,
    DISABLED_OR_NOT,
    ETHNICITIES,
    GENDERS,
    LEGAL_STATUSES,
    NEEDS,
    REASONS_CEASED,
    REASONS_CLOSED,
    SOURCES_OF_REQUESTS,
    YES_NO,
)
from earlyhelp.sources.layout import Cell, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Read, Source
from earlyhelp.sources.statutory_codes import category_of_abuse, primary_need, reason_care_ceased, reason_case_closed
from earlyhelp.standard import Column, contact, eh_assessment, person, social_care_event

CHILD = "Child Unique ID"
GENDER = "Gender"
ETHNICITY = "Ethnicity"
BORN = "Date of Birth"
DISABLED = "Does the Child have a Disability"
TEAM = "Allocated Team"

_ABOUT_THE_CHILD = (
    Heading(CHILD, also=("Child ID", "Unique Child ID", "Child Unique Identifier", "LA Child ID", "Child's Unique ID")),
    Heading(GENDER, also=("Sex", "Gender / Sex"), wordings=(GENDERS,)),
    Heading(ETHNICITY, also=("Ethnic origin", "Ethnic group"), wordings=(ETHNICITIES,)),
    Heading(BORN, also=("DOB", "D.O.B.", "Birth date", "Date of birth or expected date of birth")),
    Heading("Age of Child (Years)", also=("Age", "Age (Years)", "Age of Child")),
)
_ALLOCATED = (
    Heading(TEAM, also=("Team", "Current allocated team")),
    Heading("Allocated Worker", also=("Worker", "Allocated social worker", "Current allocated worker")),
)
_DISABILITY = (
    Heading(DISABLED, also=("Disability", "Does the child have a disability? (Y/N)"), wordings=(DISABLED_OR_NOT,)),
)


def opposite(answer: str) -> str | None:
    """The answer turned round: no for a yes, yes for a no, so that "support needed?" fills "no further action"; else None."""
    first = answer.strip().casefold().removeprefix("a)").removeprefix("b)").strip()[:1]
    return {"y": "no", "n": "yes"}.get(first)


def _child(*, disability: bool) -> Fill:
    cells: dict[Column, Cell] = {
        person.person_key: PersonOf(CHILD),
        person.source_person_id: CHILD,
        person.dob: BORN,
        person.sex: GENDER,
        person.gender: GENDER,
        person.ethnicity: ETHNICITY,
        person.is_child: Fixed("yes"),
    }
    if disability:
        cells[person.disability] = DISABLED
    return Fill(person, cells)


def _event(kind: str, start: str, more: Mapping[Column, Cell], *, when: str = "", within_days: int = 0) -> Fill:
    cells: dict[Column, Cell] = {
        social_care_event.event_id: MadeKey((CHILD, start), label=kind),
        social_care_event.person_key: PersonOf(CHILD),
        social_care_event.type: Fixed(kind),
        social_care_event.team: TEAM,
        social_care_event.start_date: start,
        **more,
    }
    return Fill(social_care_event, cells, when=when, within_days=within_days)


def _called(number: int) -> str:
    return rf"(annexa)?list0?{number}([a-z].*)?"


_contacts = Part(
    "List 1",
    (
        *_ABOUT_THE_CHILD,
        Heading("Date of Contact", also=("Contact date",)),
        Heading("Contact Source", also=("Source of contact",), wordings=(SOURCES_OF_REQUESTS,)),
    ),
    (
        Fill(
            contact,
            {
                contact.contact_id: MadeKey((CHILD, "Date of Contact"), label="contact"),
                contact.person_key: PersonOf(CHILD),
                contact.contact_date: "Date of Contact",
                contact.source_code: "Contact Source",
            },
        ),
        _child(disability=False),
    ),
    needed=(CHILD, "Date of Contact"),
    name=_called(1),
)

_early_help = Part(
    "List 2",
    (
        *_ABOUT_THE_CHILD,
        Heading("Assessment start date", also=("EHA start date", "Start date")),
        Heading("Assessment completion date", also=("Assessment end date", "EHA completion date", "End date")),
        Heading("Organisation completing assessment", also=("Organisation", "Organisation that completed assessment")),
    ),
    (
        Fill(
            eh_assessment,
            {
                eh_assessment.assessment_id: MadeKey((CHILD, "Assessment start date"), label="assessment"),
                eh_assessment.person_key: PersonOf(CHILD),
                eh_assessment.start_date: "Assessment start date",
                eh_assessment.completion_date: "Assessment completion date",
                eh_assessment.organisation: "Organisation completing assessment",
                eh_assessment.org_type: "Organisation completing assessment",
            },
        ),
        _child(disability=False),
    ),
    needed=(CHILD, "Assessment start date"),
    name=_called(2),
    note="Ofsted lets each council choose the cohort and what the completion date means: state it in feed.definition_note.",
)

_referrals = Part(
    "List 3",
    (
        *_ABOUT_THE_CHILD,
        Heading("Date of referral", also=("Referral date",)),
        Heading("Referral Source", also=("Source of referral",), wordings=(SOURCES_OF_REQUESTS,)),
        Heading("Referral NFA?", also=("Referral NFA", "NFA"), wordings=(YES_NO,)),
        Heading("Number of Referrals in Last 12 Months", also=("Number of referrals in the last 12 months",)),
        *_ALLOCATED,
    ),
    (
        _event(
            "referral",
            "Date of referral",
            {social_care_event.source_code: "Referral Source", social_care_event.nfa: "Referral NFA?"},
        ),
        _child(disability=False),
    ),
    needed=(CHILD, "Date of referral"),
    name=_called(3),
)

_SUPPORT = "Was the child assessed as requiring LA children’s social care support"
_assessments = Part(
    "List 4",
    (
        *_ABOUT_THE_CHILD,
        *_DISABILITY,
        Heading("Continuous Assessment Start Date", also=("Assessment start date",)),
        Heading("Child Seen During Continuous Assessment", also=("Child seen during assessment",)),
        Heading("Continuous Assessment Date of Authorisation", also=("Assessment authorisation date",)),
        Heading(_SUPPORT, also=("Was the child assessed as being in need at assessment?",)),
        *_ALLOCATED,
    ),
    (
        _event(
            "assessment",
            "Continuous Assessment Start Date",
            {
                social_care_event.end_date: "Continuous Assessment Date of Authorisation",
                social_care_event.nfa: Read(_SUPPORT, opposite, written={"yes": "b) No", "no": "a) Yes"}),
            },
        ),
        _child(disability=True),
    ),
    needed=(CHILD, "Continuous Assessment Start Date"),
    name=_called(4),
)

_STRATEGY = "Strategy discussion initiating Section 47 Enquiry Start Date"
_CONFERENCE = "Date of Initial Child Protection Conference"
_enquiries = Part(
    "List 5",
    (
        *_ABOUT_THE_CHILD,
        *_DISABILITY,
        Heading(_STRATEGY, also=("Section 47 start date", "S47 start date", "Strategy discussion date")),
        Heading("Was an Initial Child Protection Conference deemed unnecessary?"),
        Heading(_CONFERENCE, also=("ICPC date", "Date of ICPC")),
        Heading("Did the Initial Child Protection Conference Result in a Child Protection Plan"),
        Heading("Number of Section 47 Enquiries in the last 12 months"),
        Heading("Number of ICPCs in the last 12 months"),
        *_ALLOCATED,
    ),
    (
        _event("s47", _STRATEGY, {}),
        _event("icpc", _CONFERENCE, {}, when=_CONFERENCE, within_days=25),
        _child(disability=True),
    ),
    needed=(CHILD, _STRATEGY),
    name=_called(5),
)

_in_need = Part(
    "List 6",
    (
        *_ABOUT_THE_CHILD,
        *_DISABILITY,
        Heading("CIN Start Date", also=("Child in need start date",)),
        Heading("Primary Need Code", also=("Primary need",), wordings=(NEEDS,)),
        Heading("Date Child Was Last Seen"),
        Heading("CIN Closure Date", also=("CIN end date", "Child in need closure date")),
        Heading("Reason for Closure", also=("Closure reason",), wordings=(REASONS_CLOSED,)),
        Heading("Case status", also=("Status",)),
        *_ALLOCATED,
    ),
    (
        _event(
            "cin_episode",
            "CIN Start Date",
            {
                social_care_event.end_date: "CIN Closure Date",
                social_care_event.outcome_code: reason_case_closed("Reason for Closure"),
                social_care_event.category: primary_need("Primary Need Code"),
            },
        ),
        _child(disability=True),
    ),
    needed=(CHILD, "CIN Start Date"),
    name=_called(6),
)

_protection = Part(
    "List 7",
    (
        *_ABOUT_THE_CHILD,
        *_DISABILITY,
        Heading("Child Protection Plan Start Date", also=("CPP start date",)),
        Heading("Initial Category of Abuse"),
        Heading("Latest Category of Abuse", wordings=(CATEGORIES_OF_ABUSE,)),
        Heading("Date of the Last Statutory Visit"),
        Heading("Was the Child Seen Alone?"),
        Heading("Date of latest review conference"),
        Heading("Child Protection Plan End Date", also=("CPP end date",)),
        Heading("Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)"),
        Heading("Number of Previous Child Protection Plans"),
        *_ALLOCATED,
    ),
    (
        _event(
            "cp_plan",
            "Child Protection Plan Start Date",
            {
                social_care_event.end_date: "Child Protection Plan End Date",
                social_care_event.category: category_of_abuse("Latest Category of Abuse"),
            },
        ),
        _child(disability=True),
    ),
    needed=(CHILD, "Child Protection Plan Start Date"),
    name=_called(7),
)

_in_care = Part(
    "List 8",
    (
        *_ABOUT_THE_CHILD,
        Heading("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"),
        *_DISABILITY,
        Heading("Date Started to be Looked After", also=("LAC start date", "CLA start date")),
        Heading("Child's Category of Need", also=("Category of need",), wordings=(NEEDS,)),
        Heading("Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"),
        Heading("Start date of current legal status"),
        Heading("Child's Legal Status", also=("Legal status",), wordings=(LEGAL_STATUSES,)),
        Heading("Date of Latest Statutory Review"),
        Heading("Date of Last Social Work Visit"),
        Heading("What is the permanence plan for this child?"),
        Heading("Date of Last IRO Visit / Contact to the Child"),
        Heading("Date of Last Health Assessment"),
        Heading("Date of Last Dental Check"),
        Heading("Number of Placements in the Last 12 months"),
        Heading("Date Ceased to be Looked After", also=("LAC end date", "CLA end date")),
        Heading("Reason Ceased to be Looked After", wordings=(REASONS_CEASED,)),
        Heading("Start Date of Most Recent Placement"),
        Heading("Placement Type"),
        Heading("Placement Provider"),
        Heading("Placement postcode"),
        Heading("URN of Placement"),
        Heading("Placement Location"),
        Heading("LA of Placement"),
        Heading("Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months"),
        Heading("Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months"),
        Heading("Was the child offered a Return Interview after their last missing episode (Y/N)?"),
        Heading("Did the child accept a Return Interview after their last missing episode (Y/N)?"),
        *_ALLOCATED,
    ),
    (
        _event(
            "looked_after",
            "Date Started to be Looked After",
            {
                social_care_event.end_date: "Date Ceased to be Looked After",
                social_care_event.outcome_code: reason_care_ceased("Reason Ceased to be Looked After"),
                social_care_event.category: primary_need("Child's Category of Need"),
                social_care_event.legal_status: "Child's Legal Status",
            },
        ),
        _child(disability=True),
    ),
    needed=(CHILD, "Date Started to be Looked After"),
    name=_called(8),
)

annex_a = Source(
    name="annex_a",
    title="Ofsted Annex A child-level data (lists 1 to 8)",
    publisher="Ofsted",
    status="published layout",
    formats=("xlsx", "xlsm", "xls", "csv"),
    parts=(_contacts, _early_help, _referrals, _assessments, _enquiries, _in_need, _protection, _in_care),
    left_out={
        _called(9): "care leavers: the standard has no table for them",
        _called(10): "adoption: the standard has no table for it",
        _called(11): "adopters: the standard has no table for them",
        "frontsheet|faqandchanges|guidance|codesused": "Ofsted's own guidance",
    },
)
