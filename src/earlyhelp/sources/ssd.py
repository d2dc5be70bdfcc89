"""The Standard Safeguarding Dataset (data-to-insight): its early help, contact, person, family and identifier tables as CSV.

The SSD holds early help *episodes*, where Annex A list 2 asks for assessments; both are kept, in tables of their own.
"""

from __future__ import annotations

import json

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import Fill, Heading, Part, PersonOf, Read, Source
from earlyhelp.standard import (
    allocation,
    contact,
    eh_episode,
    family_member,
    person,
    person_identifier,
)

_OUTCOMES = (
    ("NEW_REFERRAL_FLAG", "statutory"),
    ("EXISTING_REFERRAL_FLAG", "statutory"),
    ("CP_ENQUIRY_FLAG", "statutory"),
    ("OLA_CP_FLAG", "statutory"),
    ("ADVICE_FLAG", "advice"),
    ("NFA_FLAG", "nfa"),
)
_DECISIONS = {decision: json.dumps({flag: "Y"}) for flag, decision in reversed(_OUTCOMES)}
_KINDS = {
    "case_id": "Case Number",
    "upn": "Unique Pupil Number",
    "nhs_number": "NHS Number",
    "youth_justice": "YOT Number",
}
_IDENTIFIERS = {
    "case number": "case_id",
    "unique pupil number": "upn",
    "nhs number": "nhs_number",
    "yot number": "youth_justice",
}


def contact_decision(outcome: str) -> str | None:
    """The decision that the SSD's outcome flags stand for, the furthest-reaching first; a plain word is passed through."""
    text = outcome.strip()
    if not text.startswith("{"):
        return text or None
    try:
        flags = json.loads(text)
    except ValueError:
        return text
    raised = {
        str(name).strip() for name, value in flags.items() if str(value).strip().upper() in ("Y", "1", "TRUE", "YES")
    }
    if not raised:
        return None
    return next((decision for flag, decision in _OUTCOMES if flag in raised), "; ".join(sorted(raised)))


def identifier_type(name: str) -> str | None:
    """The standard's word for a kind of identifier; an unknown kind is passed through to be listed as unmapped."""
    return _IDENTIFIERS.get(" ".join(name.split()).strip("'\"").casefold(), name.strip() or None)


def _ehcp_only(flag: str) -> str | None:
    """The SSD asks only whether the child has a plan; a no is not the same as no needs. Other words are passed through."""
    plain = flag.strip().casefold()
    if plain in ("n", "no"):
        return None
    return "ehcp" if plain in ("y", "yes") else flag.strip() or None


def _headings(names: str) -> tuple[Heading, ...]:
    return tuple(Heading(name) for name in names.split())


_person = Part(
    "ssd_person",
    _headings(
        "pers_legacy_id pers_person_id pers_upn pers_forename pers_surname pers_sex pers_gender pers_ethnicity pers_dob "
        "pers_single_unique_id pers_common_child_id pers_upn_unknown pers_send_flag pers_expected_dob pers_death_date "
        "pers_is_mother pers_nationality"
    ),
    (
        Fill(
            person,
            {
                person.person_key: PersonOf("pers_person_id"),
                person.source_person_id: "pers_person_id",
                person.forename: "pers_forename",
                person.surname: "pers_surname",
                person.sex: "pers_sex",
                person.gender: "pers_gender",
                person.ethnicity: "pers_ethnicity",
                person.dob: "pers_dob",
                person.expected_dob: "pers_expected_dob",
                person.death_date: "pers_death_date",
                person.sen_status: Read(
                    "pers_send_flag", _ehcp_only, written={"ehcp": "Y", "none": "N", "support": "N"}
                ),
            },
        ),
        pupil_number("pers_person_id", "pers_upn"),
    ),
    needed=("pers_person_id",),
    name="(ssd)?person",
)

_episodes = Part(
    "ssd_early_help_episodes",
    _headings(
        "earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date earl_episode_reason "
        "earl_episode_end_reason earl_episode_organisation earl_episode_worker_id"
    ),
    (
        Fill(
            eh_episode,
            {
                eh_episode.episode_id: "earl_episode_id",
                eh_episode.person_key: PersonOf("earl_person_id"),
                eh_episode.start_date: "earl_episode_start_date",
                eh_episode.end_date: "earl_episode_end_date",
                eh_episode.reason_raw: "earl_episode_reason",
                eh_episode.need_code: "earl_episode_reason",
                eh_episode.end_reason_code: "earl_episode_end_reason",
                eh_episode.organisation: "earl_episode_organisation",
                eh_episode.org_type: "earl_episode_organisation",
                eh_episode.lead_practitioner_id: "earl_episode_worker_id",
            },
        ),
        Fill(
            allocation,
            {
                allocation.episode_id: "earl_episode_id",
                allocation.worker_id: "earl_episode_worker_id",
                allocation.from_date: "earl_episode_start_date",
                allocation.to_date: "earl_episode_end_date",
            },
            when="earl_episode_worker_id",
        ),
    ),
    needed=("earl_episode_id", "earl_person_id", "earl_episode_start_date"),
    name="(ssd)?earlyhelp(episodes)?",
    note="The worker is the one at the time of the extract: the allocation is taken to hold for the whole episode.",
)

_contacts = Part(
    "ssd_contacts",
    _headings(
        "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code cont_contact_source_desc "
        "cont_contact_outcome_json"
    ),
    (
        Fill(
            contact,
            {
                contact.contact_id: "cont_contact_id",
                contact.person_key: PersonOf("cont_person_id"),
                contact.contact_date: "cont_contact_date",
                contact.source_code: "cont_contact_source_code",
                contact.source_raw: "cont_contact_source_desc",
                contact.decision_code: Read("cont_contact_outcome_json", contact_decision, written=_DECISIONS),
            },
        ),
    ),
    needed=("cont_contact_id", "cont_person_id", "cont_contact_date"),
    name="(ssd)?contacts?",
)

_family = Part(
    "ssd_family",
    _headings("fami_table_id fami_family_id fami_person_id"),
    (
        Fill(
            family_member,
            {family_member.family_key: "fami_family_id", family_member.person_key: PersonOf("fami_person_id")},
        ),
    ),
    needed=("fami_family_id", "fami_person_id"),
    name="(ssd)?family",
)

_identifiers = Part(
    "ssd_linked_identifiers",
    _headings(
        "link_table_id link_person_id link_identifier_type link_identifier_value link_valid_from_date link_valid_to_date"
    ),
    (
        Fill(
            person_identifier,
            {
                person_identifier.person_key: PersonOf("link_person_id"),
                person_identifier.type: Read("link_identifier_type", identifier_type, written=_KINDS),
                person_identifier.value: "link_identifier_value",
                person_identifier.valid_from: "link_valid_from_date",
                person_identifier.valid_to: "link_valid_to_date",
            },
        ),
    ),
    needed=("link_person_id", "link_identifier_type", "link_identifier_value"),
    name="(ssd)?linkedidentifiers?",
)

ssd = Source(
    name="ssd",
    title="Standard Safeguarding Dataset: early help, contacts, person, family, identifiers",
    publisher="Data to Insight",
    status="published layout",
    formats=("csv", "txt", "xlsx"),
    parts=(_person, _episodes, _contacts, _family, _identifiers),
    left_out={
        "ssd(involvements|professionals|department)": (
            "this table of the dataset is not read yet: it does not say which early help episode a worker held"
        ),
        "ssd[a-z0-9]+": "this table of the dataset is not read yet; its statutory tables come with the returns",
    },
)
