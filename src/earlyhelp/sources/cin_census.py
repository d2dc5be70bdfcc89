"""The Children in Need census (XML), reporting years 2021 to 2026, as the Department for Education publishes its schema.

2022 adds plan dates and factor 24A, 2023 adds referral source 5D and closure RC9, 2025 turns GenderCurrent into Sex.
An element that repeats (Child, CINdetails, Assessments ...) is a part; each row carries the child's id.
"""

from __future__ import annotations

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source, Wording
from earlyhelp.sources.statutory_codes import category_of_abuse, primary_need, reason_case_closed
from earlyhelp.standard import person, social_care_event

CHILD = "LAchildID"
REFERRED = "CINreferralDate"
GENDER_CURRENT = Wording({"M": "1", "F": "2", "U": "0"}, until=2024, called="GenderCurrent")


def _headings(*names: str) -> tuple[Heading, ...]:
    return tuple(Heading(name) for name in (CHILD, *names))


_children = Part(
    "Child",
    (
        Heading(CHILD),
        Heading("UPN"),
        Heading("FormerUPN"),
        Heading("UPNunknown"),
        Heading("PersonBirthDate"),
        Heading("ExpectedPersonBirthDate"),
        Heading("Sex", also=("GenderCurrent",), wordings=(GENDER_CURRENT,)),
        Heading("PersonDeathDate"),
        Heading("Ethnicity"),
        Heading("Disability"),
    ),
    (
        Fill(
            person,
            {
                person.person_key: PersonOf(CHILD),
                person.source_person_id: CHILD,
                person.dob: "PersonBirthDate",
                person.expected_dob: "ExpectedPersonBirthDate",
                person.death_date: "PersonDeathDate",
                person.sex: "Sex",
                person.ethnicity: "Ethnicity",
                person.disability: "Disability",
                person.is_child: Fixed("yes"),
            },
        ),
        pupil_number(CHILD, "UPN"),
        pupil_number(CHILD, "FormerUPN", kind="former_upn"),
    ),
    needed=(CHILD,),
    name="child",
)

_details = Part(
    "CINdetails",
    _headings(
        REFERRED,
        "ReferralSource",
        "PrimaryNeedCode",
        "CINclosureDate",
        "ReasonForClosure",
        "DateOfInitialCPC",
        "ReferralNFA",
    ),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, REFERRED), label="referral"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("referral"),
                social_care_event.start_date: REFERRED,
                social_care_event.source_code: "ReferralSource",
                social_care_event.nfa: "ReferralNFA",
                social_care_event.category: primary_need("PrimaryNeedCode"),
            },
        ),
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, REFERRED), label="cin_episode"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("cin_episode"),
                social_care_event.start_date: REFERRED,
                social_care_event.end_date: "CINclosureDate",
                social_care_event.outcome_code: reason_case_closed("ReasonForClosure"),
                social_care_event.nfa: "ReferralNFA",
                social_care_event.category: primary_need("PrimaryNeedCode"),
            },
            within_days=70,
        ),
    ),
    needed=(CHILD, REFERRED),
    name="cindetails",
)

_assessments = Part(
    "Assessments",
    _headings(
        "AssessmentActualStartDate",
        "AssessmentInternalReviewDate",
        "AssessmentAuthorisationDate",
        "AssessmentFactors",
    ),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "AssessmentActualStartDate"), label="assessment"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("assessment"),
                social_care_event.start_date: "AssessmentActualStartDate",
                social_care_event.end_date: "AssessmentAuthorisationDate",
                social_care_event.factors: "AssessmentFactors",
            },
        ),
    ),
    needed=(CHILD, "AssessmentActualStartDate"),
    name="assessments",
)

_plans = Part(
    "CINPlanDates",
    _headings("CINPlanStartDate", "CINPlanEndDate"),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "CINPlanStartDate"), label="cin_plan"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("cin_plan"),
                social_care_event.start_date: "CINPlanStartDate",
                social_care_event.end_date: "CINPlanEndDate",
            },
        ),
    ),
    needed=(CHILD, "CINPlanStartDate"),
    name="cinplandates",
)

_enquiries = Part(
    "Section47",
    _headings("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "S47ActualStartDate"), label="s47"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("s47"),
                social_care_event.start_date: "S47ActualStartDate",
            },
        ),
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "DateOfInitialCPC"), label="icpc"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("icpc"),
                social_care_event.start_date: "DateOfInitialCPC",
            },
            when="DateOfInitialCPC",
            within_days=25,
        ),
    ),
    needed=(CHILD, "S47ActualStartDate"),
    name="section47",
)

_protection = Part(
    "ChildProtectionPlans",
    _headings(
        "CPPstartDate",
        "CPPendDate",
        "InitialCategoryOfAbuse",
        "LatestCategoryOfAbuse",
        "NumberOfPreviousCPP",
        "CPPreviewDate",
    ),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "CPPstartDate"), label="cp_plan"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("cp_plan"),
                social_care_event.start_date: "CPPstartDate",
                social_care_event.end_date: "CPPendDate",
                social_care_event.category: category_of_abuse("LatestCategoryOfAbuse"),
            },
        ),
    ),
    needed=(CHILD, "CPPstartDate"),
    name="childprotectionplans",
)

cin_census = Source(
    name="cin_census",
    title="Children in Need census",
    publisher="Department for Education",
    status="published layout",
    formats=("xml",),
    parts=(_children, _details, _assessments, _plans, _enquiries, _protection),
    note="A referral also opens a CIN episode, which is a child in need only if it was not closed RC8 or RC9 and not NFA.",
)
