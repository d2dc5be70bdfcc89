"""Code lists of early help itself: what was decided, agreed, assessed, delivered, and how it ended."""

from __future__ import annotations

from earlyhelp.standard.codelists.words.early_help import (
    assessment_outcomes_words,
    consent_words,
    contact_decisions_words,
    delivery_status_words,
    end_reasons_words,
    lead_qualification_words,
    outcome_status_words,
    review_types_words,
)
from earlyhelp.standard.types import CodeList, CodeValue, one_of

_OWN = "Early Help standard, version 1"
_ADCS = f"{_OWN}, after the categories of ADCS Safeguarding Pressures"

contact_decisions = CodeList(
    "contact_decisions",
    "Decisions on a request",
    (
        CodeValue(
            "advice",
            "Advice and information only",
            (
                "Advice",
                "Information and advice",
                "Information and guidance",
                "Advice given",
                "Signposted",
                "Signposting",
            ),
        ),
        CodeValue(
            "universal", "Passed to universal services", ("Universal", "Universal services", "Single agency support")
        ),
        CodeValue(
            "early_help",
            "Accepted for early help",
            (
                "Early help",
                "Pass to early help",
                "Early help referral",
                "EH referral",
                "Referred to early help",
                "Progress to early help",
                "Early help assessment",
                "Targeted early help",
            ),
        ),
        CodeValue(
            "statutory",
            "Passed to statutory social care",
            (
                "Statutory",
                "Social care",
                "Referral to social care",
                "Referral to CSC",
                "CIN referral",
                "Progress to referral",
                "New referral",
                "Step up",
                "Child protection enquiry",
            ),
        ),
        CodeValue(
            "returned", "Returned to whoever asked", ("Returned", "Returned to referrer", "Declined", "Rejected")
        ),
        CodeValue("nfa", "No further action", ("NFA", "No action", "Closed no further action")),
        CodeValue("pending", "Not decided yet", ("Pending", "Awaiting decision", "In progress", "Open")),
    ),
    source=_ADCS,
    words=contact_decisions_words,
)

consent = CodeList(
    "consent",
    "Consent",
    (
        CodeValue(
            "assess_and_share",
            "To assess and to share",
            ("Assess and share", "Full consent", "Consent given", "Yes", "Y", "Given"),
        ),
        CodeValue(
            "assess_only", "To assess only", ("Assess only", "Partial consent", "Assessment only", "Not to share")
        ),
        CodeValue("refused", "Refused", ("Consent refused", "Declined", "No", "N", "Withdrawn", "Not given")),
        CodeValue("not_recorded", "Not recorded", ("Unknown", "Not known", "Not stated")),
    ),
    source=_OWN,
    words=consent_words,
)

second_parent = CodeList(
    "second_parent",
    "Second parent in the assessment",
    (
        CodeValue("included", "Included", ("Yes", "Y", "Both parents", "Involved")),
        CodeValue("reason_recorded", "Left out, with a reason recorded", ("Reason recorded", "Not safe to include")),
        CodeValue("not_included", "Left out, no reason recorded", ("Not included", "No", "N", "Not involved")),
        CodeValue("none", "There is no second parent", ("No second parent", "Single parent", "Not applicable", "N/A")),
    ),
    source=_OWN,
)

assessment_outcomes = CodeList(
    "assessment_outcomes",
    "Outcomes of an early help assessment",
    (
        CodeValue(
            "early_help_plan",
            "Early help plan",
            (
                "Plan",
                "Support provided",
                "Support/intervention provided",
                "TAF",
                "Team around the family",
                "Early help",
            ),
        ),
        CodeValue("no_further_action", "No further action", ("NFA", "No support", "No additional needs")),
        CodeValue(
            "universal",
            "Universal services",
            ("Universal", "Referral to universal services", "Step down", "Stepped down", "Step down to universal"),
        ),
        CodeValue(
            "step_up",
            "Stepped up to social care",
            ("Step up", "Stepped up", "Referral to social care", "Escalated", "Escalated to social care"),
        ),
        CodeValue("single_agency", "Support from a single agency", ("Single agency", "Single agency support")),
        CodeValue("other", "Other", ("Other outcome", "Advice and information only", "Advice")),
    ),
    source=_ADCS,
    words=assessment_outcomes_words,
)

end_reasons = CodeList(
    "end_reasons",
    "Reasons an episode ended",
    (
        CodeValue(
            "outcomes_met",
            "Goals met",
            (
                "Outcomes met",
                "All outcomes met",
                "Needs met",
                "Outcomes achieved",
                "Goals achieved",
                "Plan completed",
                "Successful outcome",
                "Closed: outcomes met",
            ),
        ),
        CodeValue(
            "partly_met",
            "Goals partly met",
            ("Partly met", "Outcomes partly met", "Needs partly met", "Partially met", "Some outcomes met"),
        ),
        CodeValue(
            "stepped_up",
            "Stepped up to social care",
            (
                "Stepped up",
                "Step up",
                "Step-up",
                "Escalated",
                "Escalated to social care",
                "Step up to social care",
                "Transferred to social care",
                "Referred to social care",
            ),
        ),
        CodeValue(
            "universal",
            "Stepped down to universal services",
            (
                "Universal",
                "Universal services",
                "Step down",
                "Stepped down",
                "Step-down",
                "Step down to universal services",
                "Single agency support",
            ),
        ),
        CodeValue(
            "disengaged",
            "Family disengaged",
            (
                "Disengaged",
                "Disengagement",
                "Non-engagement",
                "Did not engage",
                "Not engaging",
                "Family not engaging",
                "No contact",
                "Unable to contact",
            ),
        ),
        CodeValue(
            "consent_withdrawn",
            "Consent withdrawn",
            ("Withdrew consent", "Family withdrew consent", "Withdrawal of consent", "Withdrew"),
        ),
        CodeValue(
            "moved", "Family moved away", ("Moved", "Moved away", "Moved out of area", "Left area", "Transferred out")
        ),
        CodeValue(
            "declined",
            "Offer declined before help began",
            ("Declined", "Support declined", "Declined support", "Consent refused", "Refused", "Consent declined"),
        ),
        CodeValue(
            "other", "Other", ("Other reason", "NFA", "No further action", "Died", "Duplicate", "Opened in error")
        ),
    ),
    source=f"{_OWN}, after the end reason of ssd_early_help_episodes",
    words=end_reasons_words,
)

lead_qualification = CodeList(
    "lead_qualification",
    "Qualification of the lead practitioner",
    (
        CodeValue(
            "social_worker", "Social worker", ("Qualified social worker", "SW", "Registered social worker", "Yes", "Y")
        ),
        CodeValue(
            "other",
            "Alternatively qualified",
            ("Other", "Family worker", "Not a social worker", "Family support worker", "No", "N"),
        ),
    ),
    source=f"{_OWN}, after the balance of practitioners asked for by the Families First Partnership programme",
    words=lead_qualification_words,
)

outcome_status = CodeList(
    "outcome_status",
    "Whether a need was met",
    (
        CodeValue("achieved", "Achieved", ("Met", "Fully met", "Yes", "Y", "Resolved")),
        CodeValue("partly", "Partly achieved", ("Partly met", "Partially met", "Partial", "Improved")),
        CodeValue("not_achieved", "Not achieved", ("Not met", "No", "N", "No change", "Worse")),
        CodeValue("not_due", "Not due yet", ("Not due", "Ongoing", "In progress", "Open")),
    ),
    source=_OWN,
    words=outcome_status_words,
)

review_types = CodeList(
    "review_types",
    "Kinds of review",
    (
        CodeValue("review", "Plan review", ("Review", "Review meeting", "Plan review meeting")),
        CodeValue(
            "team_around_family",
            "Team around the family meeting",
            ("TAF", "TAC", "Team around the child", "TAF meeting", "TAF review", "Team around the family"),
        ),
        CodeValue("visit", "Visit or direct contact", ("Visit", "Home visit", "Contact", "Direct work")),
        CodeValue("supervision", "Supervision", ("Management oversight", "Case supervision")),
        CodeValue("audit", "Case audit", ("Audit", "Quality assurance", "QA audit")),
    ),
    source=_OWN,
    words=review_types_words,
)

audit_grades = CodeList(
    "audit_grades",
    "Grades of a case audit",
    (
        CodeValue("outstanding", "Outstanding", ("1",)),
        CodeValue("good", "Good", ("2",)),
        CodeValue("requires_improvement", "Requires improvement", ("3", "RI", "Requires improvement to be good")),
        CodeValue("inadequate", "Inadequate", ("4",)),
    ),
    source=f"{_OWN}, after Ofsted's four grades",
)

delivery_status = CodeList(
    "delivery_status",
    "How far a service got",
    (
        CodeValue("waiting", "Waiting to start", ("Waiting", "On waiting list", "Waiting list", "Referred")),
        CodeValue("started", "Started", ("Active", "In progress", "Open", "Attending")),
        CodeValue("completed", "Completed", ("Complete", "Finished", "Programme completed")),
        CodeValue("dropped_out", "Dropped out", ("Disengaged", "Did not complete", "Withdrew", "Non-completion")),
        CodeValue("never_started", "Never started", ("Did not start", "DNS", "Not started")),
        CodeValue("declined", "Declined", ("Offer declined", "Refused")),
    ),
    source=_OWN,
    words=delivery_status_words,
)

respondents = CodeList(
    "respondents",
    "Who was asked",
    (
        CodeValue("parent", "Parent or carer", ("Parent", "Carer", "Mother", "Father", "Adult")),
        CodeValue("child", "Child or young person", ("Child", "Young person", "YP")),
        CodeValue("professional", "Professional", ("Practitioner", "Partner", "Referrer", "School")),
    ),
    source=_OWN,
)

feedback_answers = one_of(
    "feedback_answers",
    much_better="Things are much better",
    better="Things are better",
    same="Things are the same",
    worse="Things are worse",
    much_worse="Things are much worse",
)

complaint_kinds = one_of("complaint_kinds", complaint="Complaint", compliment="Compliment")
