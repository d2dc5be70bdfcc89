"""What councils and their systems call the columns of the standard: one line of phrases a column, from general knowledge.

Phrases are separated by semicolons and compared word by word, after `headings` has brought words of one meaning together
(so that "Date closed", "closure dt" and "End date" are one). `TOPICS` are the words that tell which table a heading is
about. Each module holds the phrases of the tables that are about the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.ingest.mapping.vocabulary.episodes import EPISODES
from earlyhelp.ingest.mapping.vocabulary.front_door import FRONT_DOOR
from earlyhelp.ingest.mapping.vocabulary.outcomes import OUTCOMES
from earlyhelp.ingest.mapping.vocabulary.partners import PARTNERS
from earlyhelp.ingest.mapping.vocabulary.people import PEOPLE
from earlyhelp.ingest.mapping.vocabulary.services import SERVICES
from earlyhelp.standard import (
    Column,
    Table,
    allocation,
    attendance_period,
    complaint,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_plan_action,
    eh_review,
    eh_score,
    exclusion,
    family_member,
    feedback,
    partner_event,
    person,
    person_address,
    service,
    service_delivered,
    social_care_event,
    spend,
    worker,
)

TOPICS: Mapping[Table, str] = {
    contact: "contact request referral enquiry notification front door mash",
    eh_episode: "episode case caseload intervention involvement eh plan support",
    eh_assessment: "assessment eha caf",
    eh_plan_action: "action task",
    eh_review: "review meeting tac taf supervision audit",
    eh_need: "need",
    eh_outcome: "outcome",
    eh_score: "score scale star sdq",
    allocation: "allocation",
    feedback: "feedback survey questionnaire evaluation",
    complaint: "complaint compliment",
    person: "person",
    person_address: "address",
    family_member: "family member household relationship",
    service: "service commissioned contract programme",
    service_delivered: "session delivered delivery intervention attendance course group programme",
    worker: "staff",
    social_care_event: "statutory cin cp csc social care",
    attendance_period: "attendance absence",
    exclusion: "exclusion suspension",
    partner_event: "incident event offence arrears ppn police dash crime occurrence housing tenancy rent homelessness",
    spend: "spend cost budget expenditure ledger payment payments",
}
"""What a row of a list may be, each with words that tell it; of two that fit equally well the first is asked about."""

PERSON_NUMBERS = """
person id; child reference; person number; child unique id; mosaic id; lcs id; ehm id; client id; pupil id;
liquidlogic id; eclipse id; ics id; casefile person id; young person number; index child id; carefirst id; child
system id; social care id; synergy id; one id; person urn; swift id; council id; la child id; su id; admission number;
adm number; attendee id; yot id; csc id; cms id; school person id
"""
"""What the number of a person is called, in a list about anything."""
EPISODE_NUMBERS = """
episode id; case id; involvement id; period of involvement id; eh involvement id; engagement id; case urn; eh case
urn; eh case id; ecaf id; ehc id
"""
"""What the number of an episode is called, in a list about anything."""
FAMILY_NUMBERS = """
family id; family reference; household id; group id; mosaic group id; family group id; tf family id; sf family id;
family urn; ehm family id; mosaic family id
"""
"""What the number of a family is called, in a list about anything."""
PHRASES: Mapping[Column, str] = {**PEOPLE, **FRONT_DOOR, **EPISODES, **OUTCOMES, **SERVICES, **PARTNERS}
"""What each column is called, by early help itself and by those who work beside it."""
