"""Statutory events: what early help hopes to make unnecessary, and sometimes rightly leads to."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import OnOrAfter
from earlyhelp.standard.types import Boolean, Code, Codes, Date, Key, Text


def _lists(heading: str, *numbers: int) -> str:
    """A heading that several lists of Annex A share."""
    return "; ".join(f"{number}: {heading}" for number in numbers)


@table(grain="one statutory event of one person")
class social_care_event(Row):
    """A referral, assessment, enquiry, conference, plan or period of care, from Annex A, the census or SSDA903."""

    event_id = Column(Key, "The event's own number, or one made from what names it in its return.", required=True)
    person_key = Column(
        Key,
        "Child concerned.",
        required=True,
        annex_a=_lists("Child Unique ID", 3, 4, 5, 6, 7, 8),
        cin="LAchildID",
        ssda903="episodes: CHILD",
    )
    type = Column(Code(codelists.social_care_event_types), "Kind of event.", required=True, special_category=True)
    team = Column(Text, "Team allocated.", annex_a=_lists("Allocated Team", 3, 4, 5, 6, 7, 8))
    start_date = Column(
        Date,
        "Day it happened or began.",
        required=True,
        quasi_identifier=True,
        annex_a=(
            "3: Date of referral; 4: Continuous Assessment Start Date; "
            "5: Strategy discussion initiating Section 47 Enquiry Start Date; "
            "5: Date of Initial Child Protection Conference; 6: CIN Start Date; "
            "7: Child Protection Plan Start Date; 8: Date Started to be Looked After"
        ),
        cin=(
            "CINreferralDate; AssessmentActualStartDate; S47ActualStartDate; DateOfInitialCPC; "
            "CINPlanStartDate; CPPstartDate"
        ),
        ssda903="episodes: DECOM",
    )
    end_date = Column(
        Date,
        "Day it ended; empty while it goes on.",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
        annex_a=(
            "4: Continuous Assessment Date of Authorisation; 6: CIN Closure Date; "
            "7: Child Protection Plan End Date; 8: Date Ceased to be Looked After"
        ),
        cin="AssessmentAuthorisationDate; CINclosureDate; CINPlanEndDate; CPPendDate",
        ssda903="episodes: DEC",
    )
    source_code = Column(
        Code(codelists.referral_source),
        "Who referred, by national code.",
        annex_a="3: Referral Source",
        cin="ReferralSource",
    )
    outcome_code = Column(
        Code(codelists.closure_reasons),
        "Why it ended.",
        special_category=True,
        annex_a="6: Reason for Closure; 8: Reason Ceased to be Looked After",
        cin="ReasonForClosure",
        ssda903="episodes: REC",
    )
    category = Column(
        Code(codelists.needs_statutory),
        "Primary need, or latest category of abuse of a child protection plan.",
        special_category=True,
        annex_a="6: Primary Need Code; 7: Latest Category of Abuse; 8: Child's Category of Need",
        cin="PrimaryNeedCode; LatestCategoryOfAbuse",
        ssda903="episodes: CIN",
    )
    nfa = Column(
        Boolean,
        "True when it led to no further action; for an enquiry, when no conference was needed.",
        annex_a="3: Referral NFA?; 5: Was an Initial Child Protection Conference deemed unnecessary?",
        cin="ReferralNFA; ICPCnotRequired",
    )
    factors = Column(
        Codes(codelists.assessment_factors),
        "Factors identified at the end of an assessment, one or several.",
        special_category=True,
        cin="AssessmentFactors",
    )
    legal_status = Column(
        Code(codelists.legal_status),
        "Legal status of a looked-after child; V3 and V4 are short breaks.",
        special_category=True,
        annex_a="8: Child's Legal Status",
        ssda903="episodes: LS",
    )
    start_reason = Column(
        Code(codelists.period_start_reason),
        "Why an episode of care began; S alone is an entry to care.",
        ssda903="episodes: RNE",
    )
