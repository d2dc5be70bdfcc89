"""Liquidlogic Early Help Module (System C): people, families, contacts, episodes, assessments and reviews.

No layout is published. The names of the warehouse's fields are those in the extracts for the Standard Safeguarding Dataset
(data-to-insight); a council's own reports say the same in words.
"""

from __future__ import annotations

from earlyhelp.sources.about_people import AT_HOME, NHS, UPN, headings_of, in_words, told_of
from earlyhelp.sources.layout import PROPOSED, Fill, Heading, Part, PersonOf, Read, Source
from earlyhelp.standard import (
    allocation,
    codelists,
    contact,
    eh_assessment,
    eh_episode,
    eh_review,
    family_member,
    person,
)

NOBODY = ("-1",)
"""The number of no person, in the warehouse."""
PERSON, FAMILY, EPISODE = "Person ID", "Family ID", "Episode ID"
_PERSON = Heading(PERSON, also=("DIM_PERSON_ID", "LL ID", "Liquidlogic ID", "EHM ID", "Child ID", "Client ID"))
_FAMILY = Heading(
    FAMILY, also=("DIM_LOOKUP_FAMILYOFRESIDENCE_ID", "Family number", "Family group ID", "Family of residence")
)
_EPISODE = Heading(EPISODE, also=("FACT_CAF_EPISODE_ID", "CAF episode ID", "EH episode ID", "Early help episode ID"))
_TEAM = Heading("Team", also=("Allocated team", "Responsible team", "Current team"))
_ORGANISATION = Heading(
    "Organisation",
    also=("DIM_LOOKUP_ORIGINATING_ORGANISATION_CODE", "Originating organisation", "Lead agency", "Agency"),
)


def birth_date_is(estimated: str) -> str | None:
    """How exact the date of birth is, from the system's yes or no to whether it is an estimate."""
    words = estimated.strip()
    return {"y": "estimated", "yes": "estimated", "n": "exact", "no": "exact"}.get(words.casefold(), words or None)


def _people() -> Part:
    about, *numbers = told_of(PERSON, *AT_HOME, numbers=(UPN, NHS))
    estimated = Read("DOB estimated", birth_date_is, written={"estimated": "Y", "exact": "N"})
    return Part(
        "ehm people",
        (_PERSON, *headings_of(*AT_HOME, numbers=(UPN, NHS)), Heading("DOB estimated", also=("Estimated DOB",))),
        (Fill(person, {**about.cells, person.dob_accuracy: estimated}), *numbers),
        needed=(PERSON,),
        name="(ehm|liquidlogic)(people|persons|children|clients)|dimperson",
        note="Leave out records that were merged into another.",
    )


_families = Part(
    "ehm families",
    (
        _FAMILY,
        _PERSON,
        Heading("Relationship", also=("Role", "Relationship to child"), wordings=in_words(codelists.family_roles)),
        Heading("Start date", also=("From",)),
        Heading("End date", also=("To",)),
    ),
    (
        Fill(
            family_member,
            {
                family_member.family_key: FAMILY,
                family_member.person_key: PersonOf(PERSON, NOBODY),
                family_member.role: "Relationship",
                family_member.from_date: "Start date",
                family_member.to_date: "End date",
            },
        ),
    ),
    needed=(FAMILY, PERSON),
    name="(ehm|liquidlogic)(families|familymembers)",
)

_contacts = Part(
    "ehm contacts",
    (
        Heading("Contact ID", also=("FACT_CONTACT_ID", "FACT_EHM_CONTACT_ID", "EHM contact ID")),
        _PERSON,
        _FAMILY,
        Heading("Contact date", also=("CONTACT_DTTM", "Date of contact", "Contact start date")),
        Heading(
            "Contact source",
            also=("DIM_LOOKUP_CONT_SORC_ID_DESC", "Source of contact", "Source"),
            wordings=in_words(codelists.referral_source),
        ),
        Heading("Contact reason", also=("Reason for contact", "Presenting need"), wordings=in_words(codelists.needs)),
        Heading("Contact outcome", also=("Outcome", "Decision"), wordings=in_words(codelists.contact_decisions)),
        Heading("Outcome date", also=("Decision date", "Date of decision")),
        _TEAM,
    ),
    (
        Fill(
            contact,
            {
                contact.contact_id: "Contact ID",
                contact.person_key: PersonOf(PERSON, NOBODY),
                contact.family_key: FAMILY,
                contact.contact_date: "Contact date",
                contact.source_code: "Contact source",
                contact.reason_code: "Contact reason",
                contact.decision_code: "Contact outcome",
                contact.decision_date: "Outcome date",
                contact.team: "Team",
            },
        ),
    ),
    needed=("Contact ID", PERSON, "Contact date"),
    name="(ehm|liquidlogic)contacts|fact(ehm)?contacts?",
)

_episodes = Part(
    "ehm episodes",
    (
        _EPISODE,
        _PERSON,
        _FAMILY,
        Heading("Episode start date", also=("EPISODE_START_DTTM", "EH start date", "Date opened")),
        Heading("Allocated date", also=("Date allocated", "Date of allocation")),
        Heading("Episode end date", also=("EPISODE_END_DTTM", "EH end date", "Date closed")),
        Heading(
            "Start reason", also=("START_REASON", "Reason for episode", "Main need"), wordings=in_words(codelists.needs)
        ),
        Heading(
            "End reason",
            also=("DIM_LOOKUP_CAF_EP_ENDRSN_ID_CODE", "Closure reason", "Reason for closure", "Episode end reason"),
            wordings=in_words(codelists.end_reasons),
        ),
        Heading("Level", also=("Level of need", "Threshold", "Tier"), wordings=in_words(codelists.levels)),
        _ORGANISATION,
        _TEAM,
        Heading("Locality", also=("Area", "Cluster", "Hub")),
        Heading("Worker ID", also=("Lead practitioner ID", "Lead worker ID", "Allocated worker ID")),
    ),
    (
        Fill(
            eh_episode,
            {
                eh_episode.episode_id: EPISODE,
                eh_episode.person_key: PersonOf(PERSON, NOBODY),
                eh_episode.family_key: FAMILY,
                eh_episode.start_date: "Episode start date",
                eh_episode.allocated_date: "Allocated date",
                eh_episode.end_date: "Episode end date",
                eh_episode.need_code: "Start reason",
                eh_episode.end_reason_code: "End reason",
                eh_episode.level: "Level",
                eh_episode.organisation: "Organisation",
                eh_episode.org_type: "Organisation",
                eh_episode.team: "Team",
                eh_episode.locality: "Locality",
                eh_episode.lead_practitioner_id: "Worker ID",
            },
        ),
        Fill(
            allocation,
            {
                allocation.episode_id: EPISODE,
                allocation.worker_id: "Worker ID",
                allocation.from_date: "Episode start date",
                allocation.to_date: "Episode end date",
            },
            when="Worker ID",
        ),
    ),
    needed=(EPISODE, PERSON, "Episode start date"),
    name="(ehm|liquidlogic)episodes|factcafepisode",
    note="The worker is the one at the time of the extract: the allocation is taken to hold for the whole episode.",
)

_assessments = Part(
    "ehm assessments",
    (
        Heading("Assessment ID", also=("EHA ID", "Form ID", "EH assessment ID")),
        _PERSON,
        _FAMILY,
        _EPISODE,
        Heading("Assessment start date", also=("Date started", "EHA start date")),
        Heading("Assessment due date", also=("Due date", "Target date")),
        Heading("Assessment completion date", also=("Date completed", "EHA completion date", "Authorised date")),
        Heading(
            "Assessment outcome", also=("EHA outcome", "Outcome"), wordings=in_words(codelists.assessment_outcomes)
        ),
        Heading("Consent", also=("Consent status", "Consent given"), wordings=in_words(codelists.consent)),
        _ORGANISATION,
    ),
    (
        Fill(
            eh_assessment,
            {
                eh_assessment.assessment_id: "Assessment ID",
                eh_assessment.person_key: PersonOf(PERSON, NOBODY),
                eh_assessment.family_key: FAMILY,
                eh_assessment.episode_id: EPISODE,
                eh_assessment.start_date: "Assessment start date",
                eh_assessment.due_date: "Assessment due date",
                eh_assessment.completion_date: "Assessment completion date",
                eh_assessment.outcome_code: "Assessment outcome",
                eh_assessment.consent: "Consent",
                eh_assessment.organisation: "Organisation",
                eh_assessment.org_type: "Organisation",
            },
        ),
    ),
    needed=("Assessment ID", PERSON, "Assessment start date"),
    name="(ehm|liquidlogic)(assessments|ehas?)",
)

_reviews = Part(
    "ehm reviews",
    (
        Heading("Review ID", also=("TAF ID", "Meeting ID")),
        _EPISODE,
        Heading("Review type", also=("Meeting type", "Type of review"), wordings=in_words(codelists.review_types)),
        Heading("Review due date", also=("Due date", "Planned date")),
        Heading("Review date", also=("Date held", "Meeting date", "Actual date")),
    ),
    (
        Fill(
            eh_review,
            {
                eh_review.review_id: "Review ID",
                eh_review.episode_id: EPISODE,
                eh_review.type: "Review type",
                eh_review.due_date: "Review due date",
                eh_review.held_date: "Review date",
            },
        ),
    ),
    needed=("Review ID", EPISODE),
    name="(ehm|liquidlogic)(reviews|tafmeetings)",
)

liquidlogic = Source(
    name="liquidlogic",
    title="Liquidlogic Early Help Module: people, families, contacts, episodes, assessments, reviews",
    publisher="System C (Liquidlogic); headings proposed after the Standard Safeguarding Dataset's extracts",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(_people(), _families, _contacts, _episodes, _assessments, _reviews),
    note="Here an early help episode is a row of the system's own, not a chain of steps or a period of a classification.",
)
