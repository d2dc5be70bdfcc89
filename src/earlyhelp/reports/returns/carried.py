"""What the national return carries: the tables and columns, and which of their rows; and why the other tables stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from earlyhelp.standard import (
    Column,
    Table,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_review,
    family_member,
    person,
    service,
    service_delivered,
    social_care_event,
)

BIRTH_MONTH = "birth_month"
"""The first day of the month of birth, in the place of the date, which names people too easily."""


@dataclass(frozen=True)
class Carried:
    """A table of the return: its columns, and in SQL over its row, `first_day` and `last_day` which rows are carried.

    `place`: rows are chosen in this order, so that a choice may rest on those before: `return_row` and `return_person` hold
    them. `brings_people`: whoever its rows are about is in the return.
    """

    table: Table
    columns: tuple[Column, ...]
    which: str
    place: int
    brings_people: bool = False


def _within(begin: str, end: str) -> str:
    return f"{begin} <= last_day AND ({end} IS NULL OR {end} >= first_day)"


def _of(table: Table, key: str) -> str:
    """True for rows that name a record of a table that is carried."""
    name = table.table_name
    return (
        f"{key} IN (SELECT {key} FROM \"{name}\" SEMI JOIN (SELECT row_id FROM return_row WHERE table_name = '{name}') "
        "AS chosen USING (row_id))"
    )


_ABOUT_SOMEBODY_HELPED = "person_id IN (SELECT person_id FROM return_person)"

CHOSEN_BY: Mapping[Table, tuple[Table, str]] = {
    eh_need: (eh_episode, "episode_id"),
    eh_review: (eh_episode, "episode_id"),
    eh_outcome: (eh_need, "need_id"),
}
"""Tables whose rows come with the record that they name: a row that names none of any extract stays behind."""

CARRIED: Mapping[str, Carried] = {
    each.table.table_name: each
    for each in (
        Carried(
            person,
            (person.person_key, person.sex, person.ethnicity, person.disability, person.lsoa, person.is_child),
            _ABOUT_SOMEBODY_HELPED,
            place=4,
        ),
        Carried(
            family_member,
            (
                family_member.family_key,
                family_member.person_key,
                family_member.role,
                family_member.from_date,
                family_member.to_date,
            ),
            _ABOUT_SOMEBODY_HELPED,
            place=4,
        ),
        Carried(
            contact,
            (
                contact.contact_id,
                contact.person_key,
                contact.family_key,
                contact.contact_date,
                contact.source_code,
                contact.reason_code,
                contact.domestic_abuse,
                contact.level_requested,
                contact.level_decided,
                contact.decision_code,
                contact.decision_date,
                contact.accepted_date,
            ),
            "contact_date BETWEEN first_day AND last_day",
            place=1,
            brings_people=True,
        ),
        Carried(
            eh_assessment,
            (
                eh_assessment.assessment_id,
                eh_assessment.person_key,
                eh_assessment.family_key,
                eh_assessment.episode_id,
                eh_assessment.start_date,
                eh_assessment.due_date,
                eh_assessment.completion_date,
                eh_assessment.org_type,
                eh_assessment.consent,
                eh_assessment.whole_family,
                eh_assessment.child_voice,
                eh_assessment.outcome_code,
            ),
            _within("start_date", "completion_date"),
            place=1,
            brings_people=True,
        ),
        Carried(
            eh_episode,
            (
                eh_episode.episode_id,
                eh_episode.person_key,
                eh_episode.family_key,
                eh_episode.contact_id,
                eh_episode.request_date,
                eh_episode.accepted_date,
                eh_episode.allocated_date,
                eh_episode.first_contact_date,
                eh_episode.start_date,
                eh_episode.plan_start_date,
                eh_episode.end_date,
                eh_episode.need_code,
                eh_episode.level,
                eh_episode.referral_source_code,
                eh_episode.step_down,
                eh_episode.end_reason_code,
                eh_episode.org_type,
                eh_episode.lead_qualified,
            ),
            _within("start_date", "end_date"),
            place=1,
            brings_people=True,
        ),
        Carried(
            eh_need,
            (
                eh_need.need_id,
                eh_need.episode_id,
                eh_need.person_key,
                eh_need.family_key,
                eh_need.framework,
                eh_need.need_code,
                eh_need.identified_date,
            ),
            _of(*CHOSEN_BY[eh_need]),
            place=2,
            brings_people=True,
        ),
        Carried(
            eh_outcome,
            (
                eh_outcome.need_id,
                eh_outcome.status,
                eh_outcome.achieved_date,
                eh_outcome.sustained_to,
                eh_outcome.validated_measure,
            ),
            _of(*CHOSEN_BY[eh_outcome]),
            place=3,
        ),
        Carried(
            eh_review,
            (
                eh_review.review_id,
                eh_review.episode_id,
                eh_review.type,
                eh_review.due_date,
                eh_review.held_date,
                eh_review.agencies_invited,
                eh_review.agencies_attended,
                eh_review.child_voice,
            ),
            _of(*CHOSEN_BY[eh_review]),
            place=2,
        ),
        Carried(
            service_delivered,
            (
                service_delivered.delivery_id,
                service_delivered.episode_id,
                service_delivered.person_key,
                service_delivered.family_key,
                service_delivered.service_id,
                service_delivered.offered_date,
                service_delivered.start_date,
                service_delivered.end_date,
                service_delivered.sessions_offered,
                service_delivered.sessions_attended,
                service_delivered.status,
            ),
            f"({_of(eh_episode, 'episode_id')} OR ({_within('coalesce(start_date, offered_date)', 'end_date')}))",
            place=2,
            brings_people=True,
        ),
        Carried(
            service,
            (
                service.service_id,
                service.name,
                service.service_type,
                service.minimum_age,
                service.maximum_age,
            ),
            _of(service_delivered, "service_id"),
            place=3,
        ),
        Carried(
            social_care_event,
            (
                social_care_event.event_id,
                social_care_event.person_key,
                social_care_event.type,
                social_care_event.start_date,
                social_care_event.end_date,
                social_care_event.source_code,
                social_care_event.outcome_code,
                social_care_event.nfa,
            ),
            f"{_ABOUT_SOMEBODY_HELPED} AND {_within('start_date', 'end_date')}",
            place=4,
        ),
    )
}
"""In the order of the standard. Every column is a code, a date, a number, true or false, or an id that is made a pseudonym."""

LEFT_OUT: Mapping[str, str] = {
    "feed": "tells of files, not of people or help",
    "person_identifier": "holds nothing but numbers that name people",
    "person_address": "holds addresses; the small area stands in the table of people",
    "person_link": "linkage is the council's own; ids of the return already are the linked people's",
    "allocation": "who held a case is the council's own management",
    "eh_score": "tools differ from council to council: scores cannot be put together",
    "eh_plan_action": "plans are the council's own practice",
    "feedback": "is given to the council in confidence",
    "complaint": "is dealt with under the council's own procedure",
    "worker": "is about staff",
    "spend": "is collected in the Section 251 returns",
    "partner_event": "belongs to the agency that shared it, for the purpose for which it shared it",
    "school": "is a public register",
    "attendance_session": "is collected from schools daily",
    "attendance_period": "is collected in the school census",
    "exclusion": "is collected in the school census",
    "place": "is public",
    "population": "is public",
}
"""Tables that the return does not carry, each with the reason."""
