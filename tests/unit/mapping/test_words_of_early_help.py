"""What early help teams write in their own lists, and the code it stands for: one line a text, as forms and trackers have it."""

from __future__ import annotations

import pytest

from earlyhelp.ingest.codes import propose
from earlyhelp.standard import TABLES

SURELY = """
# eh_episode.end_reason_code
Step up to CSC | stepped_up
Stepped up to Children's Social Care | stepped_up
Step up to CIN | stepped_up
Escalated to statutory | stepped_up
Escalated to Section 47 | stepped_up
Moved to CIN plan | stepped_up
Child became looked after | stepped_up
Referred to MASH - CP concerns | stepped_up
Transfer to Social Work team | stepped_up
Step down to universal | universal
Stepped down - school to continue | universal
Closed - step down to single agency | universal
Universal services to support | universal
Family disengaged from support | disengaged
Did not engage with worker | disengaged
No response to contact | disengaged
Unable to make contact with family | disengaged
Non engagement by parents | disengaged
Closed due to lack of engagement | disengaged
Parent withdrew consent | consent_withdrawn
Consent withdrawn by family | consent_withdrawn
Family no longer want support | consent_withdrawn
Closed at family's request | consent_withdrawn
Moved out of borough | moved
Family moved out of area | moved
Transferred to another LA | moved
Moved to another local authority | moved
Family declined support | declined
Parents refused early help | declined
Consent not given | declined
Did not consent | declined
Outcomes achieved - planned closure | outcomes_met
All goals met | outcomes_met
Needs addressed | outcomes_met
Plan completed successfully | outcomes_met
Successful outcome achieved | outcomes_met
Closed - needs met | outcomes_met
Some outcomes met | partly_met
Goals partially achieved | partly_met
Closed - NFA | other
Duplicate record | other
Opened in error | other
Child deceased | other
# eh_episode.need_code
Domestic abuse - historic | SF8
DV in the household | SF8
Parental domestic violence | SF8
Coercive control by ex partner | SF8
Child's emotional wellbeing | SF3
Child mental health (anxiety) | SF3
Low mood and self harm | SF3
ASD diagnosis support | SF3
Awaiting CAMHS assessment | SF3
Bereavement | SF3
Parental substance misuse | SF4
Drug use by parent | SF4
Alcohol - mother | SF4
Poor school attendance | SF1
School refusal | SF1
At risk of exclusion | SF1
SEN / EHCP support | SF1
Parenting support needed | SF5
Boundaries and routines | SF5
Parental separation and conflict | SF5
Young carer for mum | SF5
Child on parent violence | SF5
Sexual exploitation concerns | SF6
Risk of CCE | SF6
Neglect concerns | SF6
Missing from home episodes | SF6
Anti social behaviour in community | SF7
Youth offending | SF7
Gang involvement | SF7
At risk of eviction | SF9
Overcrowded housing | SF9
Homeless family | SF9
Debt and budgeting | SF10
Financial hardship | SF10
Benefits advice | SF10
Parent unemployed | SF10
Speech and language delay | SF2
Pregnancy support | SF2
Toilet training | SF2
# contact.decision_code
Advice given, no further action | advice
NFA - advice given | nfa
Accepted for early help by MASH | early_help
Information & advice provided | advice
Signposted to children's centre | advice
Progress to Early Help Assessment | early_help
Allocated to Family Support | early_help
Refer to Early Help Hub | early_help
Progress to C&F assessment | statutory
Section 47 enquiry | statutory
Strategy discussion | statutory
Passed to MASH | statutory
Progress to social care referral | statutory
Returned - more information needed | returned
Insufficient information | returned
No further action required | nfa
Single agency response | universal
Universal support from school | universal
Awaiting triage decision | pending
# eh_assessment.outcome_code
Early Help Plan agreed | early_help_plan
TAF to be convened | early_help_plan
Family support allocated | early_help_plan
No further action needed | no_further_action
No additional needs identified | no_further_action
Step up to social care (s17) | step_up
Refer to MASH | step_up
Escalated to CSC | step_up
Single agency support - school | single_agency
Universal services will support | universal
# eh_episode.level
Level 3 - Targeted | targeted
Targeted support | targeted
Tier 2 (community) | community
Level 4 statutory | statutory
L2 | community
T3 - Targeted | targeted
Complex | targeted
Level 3 - Child in Need | statutory
# service_delivered.status
Completed programme | completed
Dropped out after 2 sessions | dropped_out
Currently attending | started
Not yet started - on waiting list | waiting
Parent did not start | never_started
DNA all sessions | never_started
# eh_review.type
TAF 1 | team_around_family
TAF review meeting | team_around_family
Home visit to family | visit
Supervision with manager | supervision
6 week review | review
# partner_event.type
DA - Standard risk | domestic_abuse
Domestic incident no crime | domestic_abuse
MERLIN DV | domestic_abuse
Missing child report | missing
Rent arrears over 8 weeks | rent_arrears
Assault on a neighbour | offence
Attended A&E | a_and_e
"""
"""Under each heading, texts of that column with the code that is applied without asking.# eh_episode.end_reason_code
Part success | partly_met
Mum says consent no longer given | consent_withdrawn
# contact.decision_code
Info given to parent, no action | advice
Returned to requester - more info needed | returned
Closed - no further action required | nfa
Targeted Youth Support | early_help
# eh_assessment.outcome_code
Assessment completed - NFA | no_further_action
Single service response | single_agency
Opened in error | other
Moved out of area before completion | other
# service_delivered.status
Started, did not finish | dropped_out
Successful completion | completed
Booked on the next course | waiting
Commenced 4 of 10 weeks | started
Failed to attend any sessions | never_started
# family_member.role
Mother's partner | partner
Mum's boyfriend | partner
Fiance of mother | partner
Birth mother | parent
Father (non resident) | parent
Mother - main carer | parent
Father of unborn | parent
Maternal grandmother | grandparent
Grandad | grandparent
MGM | grandparent
Step-mother | carer
Legal guardian | carer
Half brother (older) | sibling
Sister of index child | sibling
Primary child | child
Young Person | child
Mother's sister | other
Family friend | other
# eh_assessment.consent
Consent to assess and share | assess_and_share
Agreed to EHA and information sharing | assess_and_share
Written consent obtained | assess_and_share
Consents to EHA but not to share | assess_only
Agreed to assessment, no info sharing | assess_only
Do not share, EHA agreed | assess_only
Assessment only | assess_only
Parent refused consent | refused
Did not consent | refused
Consent not given | refused
Consent withdrawn by mum | refused
No record of consent | not_recorded
# eh_outcome.status
Outcome met | achieved
Goal achieved and sustained | achieved
Yes - achieved | achieved
Green - achieved | achieved
Partially achieved | partly
Some progress | partly
Improved but not fully met | partly
Need unmet | not_achieved
Outcome not met at closure | not_achieved
No improvement | not_achieved
Not yet due - ongoing | not_due
Too early to say | not_due
# eh_episode.lead_qualified
Senior Social Worker | social_worker
ASYE | social_worker
Social Worker in School | social_worker
Student Social Worker | other
Social Work Assistant | other
Non-SW family worker | other
Health Visitor | other
Deputy Head / DSL | other
Intensive Family Support Worker | other
"""

OPEN = """
# eh_episode.end_reason_code
Closed
Case closed by panel
Closed to TAF
Outcomes not met
Needs not met, step up considered
Moved to North team
Disengaged and moved out of area
# eh_episode.need_code
Behaviour
Other
Support
No mental health concerns
No alcohol issues
No drug use in the home
Health visiting
DV and substance misuse
# contact.decision_code
Not early help
Closed
# eh_assessment.outcome_code
Assessment completed
Not step up
# eh_episode.level
Early Help - Level 2/3
3
Level of need not known
# service_delivered.status
DNA
DNA's after start
# contact.decision_code
NFA for social care - early help
No role for CSC, EH to consider
# family_member.role
Parent/Carer
Ex-partner
Step son
Mother-in-law
Aunt - kinship carer
# eh_assessment.consent
Awaiting consent
Consent not required
Mum consented, dad refused
Agree to the assessment but do not agree to it being shared
# eh_outcome.status
2 of 5 met
Green
60% achieved
Closed
Met with family
# eh_episode.lead_qualified
Lead practitioner
Family Help Lead Practitioner
# partner_event.type
Incident
"""
"""Texts that say too little, two things, or what is not the case: somebody is asked."""


def _listed(text: str) -> list[tuple[str, str, str]]:
    """Column, text and code of every line; the code is empty where none is given."""
    found, column = [], ""
    for line in filter(None, text.splitlines()):
        if line.startswith("#"):
            column = line.removeprefix("# ")
        else:
            said, _, code = line.partition(" | ")
            found.append((column, said, code))
    return found


def _placed(column: str, text: str):
    table, _, name = column.partition(".")
    return propose(TABLES[table].columns[name].code_list, text)


@pytest.mark.parametrize(("column", "text", "code"), _listed(SURELY))
def test_what_teams_write_has_its_code(column: str, text: str, code: str):
    placing = _placed(column, text)
    assert (placing.code, placing.sure) == (code, True)


@pytest.mark.parametrize(("column", "text", "_"), _listed(OPEN))
def test_what_says_too_little_or_two_things_is_asked_about(column: str, text: str, _: str):
    assert not _placed(column, text).sure
