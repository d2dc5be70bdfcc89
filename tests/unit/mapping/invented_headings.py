"""Files of invented headings, as councils' teams write them: heading, values, and the column that it is for.

A line of "#" begins a file: what it is called, and the table that its rows belong to.
"""

from __future__ import annotations

FIRST = """
# EH tracker | eh_episode
YP Ref No | numbers | person_key
First Names | names | forename
Family Name | names | surname
D.o.B | dates | dob
M/F | M; F | sex
Ethnic Origin | White British; Black African | ethnicity
Date opened to EH | dates | start_date
Date closed | dates | end_date
Why closed | Outcomes met; Moved | end_reason_code
Lead Prof | A1; B2 | lead_practitioner_id
Hub | North; South | locality
Tier | Targeted | level
Post Code | SW1A 1AA | postcode
Case ref | numbers | episode_id
Main issue | Domestic abuse; Debt | need_code
Referred by | School; Police | referral_source_code
# front door | contact
EnquiryNumber | numbers | contact_id
PersonID | numbers | person_key
DateReceived | dates | contact_date
ReferrerType | School; GP | source_code
ReferrerOrg | Hill School; X | requestor_organisation
PresentingIssue | Housing; Debt | reason_code
DAFlag | Y; N | domestic_abuse
Outcome | NFA; Early help | decision_code
OutcomeDate | dates | decision_date
Threshold | Universal | level_decided
HowReceived | Phone | channel
Receiving Team | MASH | team
Referrer informed on | dates | feedback_date
Household ID | numbers | family_key
# EHA forms | eh_assessment
Form ID | numbers | assessment_id
Child ID | numbers | person_key
DOB | dates | dob
Date EHA started | dates | start_date
EHA due by | dates | due_date
EHA signed off | dates | completion_date
Completed by (agency) | Hill School | organisation
Author job title | Teacher | assessor_role
Consent given | Yes; No | consent
Date consent given | dates | consent_date
Whole family assessed? | Yes | whole_family
Child's views | Yes | child_voice
EHA outcome | Step up | outcome_code
Father included | Yes | second_parent
# reviews | eh_review
Meeting Ref | numbers | review_id
Case ID | numbers | episode_id
Type of meeting | TAF | type
Next review due | dates | due_date
Date TAF held | dates | held_date
Partners invited | 3 | agencies_invited
Partners attended | 2 | agencies_attended
# actions | eh_plan_action
Action No | numbers | action_id
Case No | numbers | episode_id
Date set | dates | created_date
By whom | School | owner_org
By when | dates | due_date
Done on | dates | done_date
# courses | service_delivered
Booking ref | numbers | delivery_id
Client ID | numbers | person_key
Programme | Triple P | service_id
Date offered | dates | offered_date
First session | dates | start_date
Last session | dates | end_date
Sessions planned | 8 | sessions_offered
No. of sessions attended | 3 | sessions_attended
Status | Completed | status
# staff | worker
Staff number | numbers | worker_id
Team name | North | team
Job title | FSW | role
WTE | 0.8 | fte
Date joined | dates | valid_from
Date left | dates | valid_to
Base | Hub A | locality
# satisfaction survey | feedback
Survey No | numbers | feedback_id
Case number | numbers | episode_id
Who responded | Parent | respondent
Date sent | dates | asked_date
Date returned | dates | answered_date
Are things better? | Yes | better
# outcome stars | eh_score
Reading ID | numbers | score_id
Case ref | numbers | episode_id
Which tool | Star | tool
Scale domain | Health | domain
Star score | 7 | score
Date of reading | dates | score_date
# police DA | partner_event
Incident No | numbers | event_id
Nominal ID | numbers | person_key
Incident Date | dates | event_date
Incident Type | Domestic abuse | type
DASH risk | High | level
Disposal | x | outcome
# suspensions | exclusion
Pupil ID | numbers | person_key
UPN | A123456789012 | value
Date suspended | dates | start_date
Sessions lost | 4 | sessions
Fixed or permanent | Permanent | category
Reason for suspension | x y z | reason
# spend | spend
Fin Year | 2024-25 | financial_year
Cost centre | North | team
Account description | Salaries | budget_line
Actual £ | 1200 | amount
Grant | SFG | funding_source
# service directory | service
Service ref | numbers | service_id
Name of service | Triple P | name
Delivered by | Barnardos | organisation
Contract value | 12000 | annual_cost
Places | 40 | capacity
Contract start | dates | start_date
Contract end | dates | end_date
# extract 3 | eh_episode
CLIENT_NO | numbers | person_key
FORENAME1 | names | forename
SURNAME | names | surname
BIRTH_DT | dates | dob
GENDER_CD | 1; 2 | sex
ETHNIC_CD | WBRI; BAFR | ethnicity
INVOLVEMENT_NO | numbers | episode_id
INVOLV_START_DT | dates | start_date
INVOLV_END_DT | dates | end_date
CLOSE_RSN | Outcomes met | end_reason_code
ALLOC_DT | dates | allocated_date
TEAM_NM | a | team
LEAD_AGENCY | School | organisation
FIRST_VISIT_DT | dates | first_contact_date
REF_DT | dates | request_date
FAMILY_ID | numbers | family_key
"""
SECOND = """
# Targeted Support caseload | eh_episode
Mosaic No | numbers | person_key
Child's first name | names | forename
Child's surname | names | surname
Child DoB | dates | dob
Gender | Male; Female | sex
Ethnicity (ONS) | White British; Indian | ethnicity
Disability Y/N | Y; N | disability
Home postcode | SW1A 1AA | postcode
Date case accepted | dates | accepted_date
Allocated on | dates | allocated_date
First home visit date | dates | first_contact_date
Intervention began | dates | start_date
Intervention ended | dates | end_date
Reason for ending support | Outcomes met | end_reason_code
Keyworker ID | W1; W2 | lead_practitioner_id
Team | North | team
Stepped down from CSC? | Yes | step_down
Source of referral | School; Police | referral_source_code
Primary need | Debt; Domestic abuse | need_code
Family number | numbers | family_key
# MASH log | contact
Log No. | numbers | contact_id
Child system ID | numbers | person_key
Date of enquiry | dates | contact_date
Enquiry from | School; GP | source_code
Name of referring org | Hill School; X | requestor_organisation
Presenting concern | Housing; Debt | reason_code
DV flagged | Y; N | domestic_abuse
MASH decision | NFA; Early help | decision_code
Decision made | dates | decision_date
RAG level | Universal | level_decided
Method | Phone | channel
# CAF register | eh_assessment
CAF Ref | numbers | assessment_id
Pupil ID | numbers | person_key
UPN | A123456789012 | value
CAF start | dates | start_date
CAF finish | dates | completion_date
Assessing agency | Hill School | organisation
Role of person completing | Teacher | assessor_role
Parental consent | Yes; No | consent
Result of CAF | Step up | outcome_code
Voice of the child captured | Yes | child_voice
# TAF meetings | eh_review
TAF no | numbers | review_id
EH case no | numbers | episode_id
Meeting kind | TAF | type
Planned for | dates | due_date
Took place on | dates | held_date
How many invited | 3 | agencies_invited
How many came | 2 | agencies_attended
# Action log | eh_plan_action
Task ref | numbers | action_id
Episode ref | numbers | episode_id
Raised on | dates | created_date
Responsible agency | School | owner_org
Deadline | dates | due_date
Date done | dates | done_date
# Parenting programme register | service_delivered
Enrolment no | numbers | delivery_id
Person ref | numbers | person_key
Course code | TP1; TP2 | service_id
Offered on | dates | offered_date
Start | dates | start_date
Finish | dates | end_date
Sessions available | 8 | sessions_offered
Sessions completed | 3 | sessions_attended
Take-up | Completed | status
# establishment list | worker
Employee No | numbers | worker_id
Team | North | team
Post title | FSW | role
FTE | 0.8 | fte
In post from | dates | valid_from
Left post | dates | valid_to
Locality | Hub A | locality
# family feedback | feedback
Questionnaire ID | numbers | feedback_id
EH ref | numbers | episode_id
Completed by | Parent | respondent
Sent out | dates | asked_date
Received back | dates | answered_date
# SDQ scores | eh_score
SDQ id | numbers | score_id
Case no. | numbers | episode_id
Questionnaire | SDQ | tool
Subscale | Conduct | domain
Total | 7 | score
Date completed | dates | score_date
# family composition | family_member
Household ref | numbers | family_key
Person ID | numbers | person_key
Relationship to index child | Mother; Sibling | role
Forename | names | forename
Surname | names | surname
DOB | dates | dob
# attendance | attendance_period
Pupil ID | numbers | person_key
Academic yr | 2024-25 | academic_year
Term | Autumn | term
Poss. sessions | 120 | possible
Auth. absence | 3 | authorised
Unauth. absence | 2 | unauthorised
School URN | 100123 | school_urn
# people | person
Client number | numbers | person_key
Given names | names | forename
Family name | names | surname
Known as | names | preferred_name
Birth date | dates | dob
Sex | M | sex
Ethnic group | WBRI; BAFR | ethnicity
Language spoken at home | Polish | first_language
SEND status | EHCP | sen_status
1st line of address | 1 High St | address_line
Postcode | SW1A 1AA | postcode
UPRN | 100023336956 | uprn
# complaints | complaint
Complaint No | numbers | complaint_id
Linked case | numbers | episode_id
Date complaint received | dates | received_date
Complaint/compliment | Complaint | kind
Subject | Delay | theme
# needs identified | eh_need
Need ref | numbers | need_id
Case number | numbers | episode_id
SF criterion | SF1 | need_code
Date identified | dates | identified_date
Evidence | School report | evidence_type
Framework | SF2022 | framework
# EHM_EXPORT | eh_episode
PERSON_ID | numbers | person_key
EPISODE_REF | numbers | episode_id
EPISODE_OPENED | dates | start_date
EPISODE_CLOSED | dates | end_date
EPISODE_CLOSE_REASON | Outcomes met | end_reason_code
ASSESSMENT_STARTED | dates | start_date
ASSESSMENT_COMPLETED | dates | completion_date
REFERRED_ON | dates | request_date
LEAD_PRACT | W1 | lead_practitioner_id
LEVEL_OF_NEED | Targeted | level
HUB_AREA | N | locality
"""

THIRD = """
# Family Support caseload | eh_episode
Child's Mosaic No | numbers | person_key
Case Ref | numbers | episode_id
Forename(s) | names | forename
Last name | names | surname
Birth date | dates | dob
Sex at birth | Male; Female | sex
Ethnic group | White British; Indian | ethnicity
Home Postcode | SW1A 1AA | postcode
Request received on | dates | request_date
Allocated on | dates | allocated_date
First home visit | dates | first_contact_date
Support began | dates | start_date
Support ended | dates | end_date
Reason support ended | Needs met; Disengaged | end_reason_code
Team holding case | North; South | team
Family Support Worker | A1; B2 | lead_practitioner_id
Tier of need | Targeted; Universal | level
Main presenting need | Domestic abuse; Debt | need_code
Who referred | School; Police | referral_source_code
Step down? | Y; N | step_down
Family ID | numbers | family_key
# Contacts into MASH | contact
Contact Ref | numbers | contact_id
Child ref | numbers | person_key
Date contact received | dates | contact_date
Contact source | School; Police | source_code
Agency of referrer | Hill School; X | requestor_organisation
Contact reason | Housing; Debt | reason_code
Contact method | Phone; Email | channel
Contact outcome | NFA; Early help | decision_code
Date of contact outcome | dates | decision_date
Threshold decision | Universal; Targeted | level_decided
DV flag | Y; N | domestic_abuse
Team dealing | MASH; Duty | team
# Assessments completed | eh_assessment
EHA ref | numbers | assessment_id
UPN | H801200001001 | value
Pupil ID | numbers | person_key
Start of assessment | dates | start_date
Assessment finished on | dates | completion_date
Assessing agency | School; Health | organisation
Job title of assessor | Health visitor; Teacher | assessor_role
Consent obtained | Y; N | consent
Consent date | dates | consent_date
Child's views recorded | Y; N | child_voice
Outcome of assessment | Early help plan; NFA | outcome_code
# TAF meetings | eh_review
Meeting ref | numbers | review_id
EH case number | numbers | episode_id
Meeting type | TAF; Review | type
Review due by | dates | due_date
Date meeting held | dates | held_date
No. agencies invited | numbers | agencies_invited
No. agencies present | numbers | agencies_attended
# Actions | eh_plan_action
Action ref | numbers | action_id
Episode ref | numbers | episode_id
Date action set | dates | created_date
To be done by | dates | due_date
Date actioned | dates | done_date
Responsible agency | School; Health | owner_org
# SDQ scores | eh_score
Episode no | numbers | episode_id
Client ref | numbers | person_key
Questionnaire | SDQ; Star | tool
Sub-scale | Emotional; Conduct | domain
Total score | 12; 15 | score
Date of questionnaire | dates | score_date
# Courses attended | service_delivered
Enrolment no | numbers | delivery_id
Child No | numbers | person_key
Course name | Triple P; Incredible Years | service_id
First attended | dates | start_date
Last attended | dates | end_date
Sessions booked | numbers | sessions_offered
Sessions attended | numbers | sessions_attended
# Staff list | worker
Staff no | numbers | worker_id
Job role | Practitioner; Manager | role
FTE | 1; 0.5 | fte
Team name | North; South | team
Date started in post | dates | valid_from
Date left post | dates | valid_to
# Attendance | attendance_period
Pupil UPN | H801200001001 | person_key
School year | 2024/25 | academic_year
Term | Autumn; Spring | term
Sessions possible | numbers | possible
Authorised absences | numbers | authorised
Unauthorised absences | numbers | unauthorised
# Police incidents | partner_event
Incident ref | numbers | event_id
Child ID | numbers | person_key
Date of incident | dates | event_date
Type of incident | Domestic abuse | type
DASH risk | High; Medium | level
Force | Met; Kent | agency
# Feedback forms | feedback
Form ref | numbers | feedback_id
Case no | numbers | episode_id
Completed by | Parent; Child | respondent
Date sent | dates | asked_date
Date returned | dates | answered_date
Have things improved | Y; N | better
# Budget | spend
Financial yr | 2024/25 | financial_year
Cost centre | 123; 456 | team
Spend £ | 1200; 900 | amount
Grant | Core; SFP | funding_source
"""
