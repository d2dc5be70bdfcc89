"""Tables of the Standard Safeguarding Dataset as its extract script writes them, one CSV file a table.

The early help episodes went through a spreadsheet on the way: they have UK dates and a byte order mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from thornbridge_maker.chance import Chance
from thornbridge_maker.codes import SOURCE
from thornbridge_maker.days import EXTRACT_DAY, known
from thornbridge_maker.people import Child
from thornbridge_maker.records import Council, Episode
from thornbridge_maker.rows import File, Value, table_file

STAMP = "%Y-%m-%d 00:00:00"
_PERSON = (
    "pers_person_id pers_forename pers_surname pers_sex pers_gender pers_ethnicity pers_dob pers_common_child_id "
    "pers_legacy_id pers_upn_unknown pers_send_flag pers_expected_dob pers_death_date pers_is_mother pers_nationality"
)
_EPISODES = (
    "earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date earl_episode_reason "
    "earl_episode_end_reason earl_episode_organisation earl_episode_worker_id"
)
_EPISODE_KEY = "earl_episode_id earl_person_id earl_episode_start_date"
_CONTACTS = (
    "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code cont_contact_source_desc "
    "cont_contact_outcome_json"
)
_LINKED = (
    "link_table_id link_person_id link_identifier_type link_identifier_value link_valid_from_date link_valid_to_date"
)
_FLAGS = (
    "NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "NFA_FLAG", "NON_AGENCY_ADOPTION_FLAG",
    "PRIVATE_FOSTERING_FLAG", "ADVICE_FLAG", "MISSING_FLAG", "OLA_CP_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
)  # fmt: skip
_GENDER = {"M": "01", "F": "02", "U": "00"}


def ssd(council: Council) -> list[File]:
    """The five tables, each with the field names of the published specification."""
    episodes = [_episode(episode) for episode in council.episodes]
    family, members = "fami_family_id fami_person_id", _family(council)
    contact_key = "cont_contact_id cont_person_id cont_contact_date"
    person = table_file("ssd_person", _PERSON, _people(council), "pers_person_id", STAMP)
    person.encoding = "cp1252"
    early_help = table_file("ssd_early_help_episodes", _EPISODES, episodes, _EPISODE_KEY, "%d/%m/%Y")
    early_help.encoding = "utf-8-sig"
    linked = table_file("ssd_linked_identifiers", _LINKED, _identifiers(council), "link_person_id", STAMP)
    linked.delimiter = ";"
    contacts = table_file("ssd_contacts", _CONTACTS, _contacts(council), contact_key, STAMP)
    return [
        person,
        early_help,
        table_file("ssd_family", f"fami_table_id {family}", members, family),
        contacts,
        linked,
    ]


def _children(council: Council) -> Iterator[tuple[str, Child]]:
    """Every child under each id it has: three children have two."""
    for family in council.families:
        for child in family.children:
            yield child.child_id, child
            if second := council.known_twice.get(child.child_id):
                yield second, child


def _people(council: Council) -> Iterator[tuple[Value, ...]]:
    for child_id, child in _children(council):
        again = child_id != child.child_id
        no_upn = "" if child.upn else "UN1"
        nhs = "" if again else child.nhs_number
        forename = child.forename[:3] if again else child.forename
        yield (
            child_id, forename, child.surname, child.sex, _GENDER[child.sex], child.ethnicity, child.born, nhs, "",
            no_upn,
            "Y" if child.sen == "ehcp" else "N", child.due, None, "N", "",
        )  # fmt: skip


def _episode(episode: Episode) -> tuple[Value, ...]:
    """An episode as it stands: the worker is the last one in post, and a partner's worker is not on the system."""
    ended = known(episode.end, EXTRACT_DAY)
    held = [allocation for allocation in episode.allocations if allocation.start <= EXTRACT_DAY]
    return (
        episode.episode_id, episode.child.child_id, episode.accepted, ended, episode.reason,
        episode.end_words if ended else "", episode.organisation, held[-1].worker.worker_id if held else "",
    )  # fmt: skip


def _family(council: Council) -> Iterator[tuple[Value, ...]]:
    rows = [(family.key, child.child_id) for family in council.families for child in family.children]
    for number, (family_key, child_id) in enumerate(rows, start=7001):
        yield str(number), family_key, child_id


def _contacts(council: Council) -> Iterator[tuple[Value, ...]]:
    """All ten flags in every row, whatever was ticked. A child known twice has its second id on one police contact."""
    left = dict(council.known_twice)
    for contact in council.contacts:
        child_id = contact.child.child_id
        if contact.source == "6" and child_id in left:
            child_id = left.pop(child_id)
        _, group, label = SOURCE[contact.source]
        outcome = json.dumps({flag: "Y" if flag == contact.flag else "" for flag in _FLAGS})
        words = label if group == label else f"{group} - {label}"
        yield contact.contact_id, child_id, contact.day, contact.source, words, outcome


def _identifiers(council: Council) -> list[tuple[Value, ...]]:
    chance, rows = Chance("identifiers"), []
    for family in council.families:
        for child in family.children:
            held = [("Unique Pupil Number", child.upn), ("NHS Number", child.nhs_number)]
            if child.age_on(EXTRACT_DAY) >= 12 and chance.yes(0.06):
                held.append(("YOT Number", f"YJ{chance.whole(10000, 99999)}"))
            since = date(child.birthday.year + 4, 9, 1) if child.upn else None
            rows += [
                (child.child_id, kind, value, since if kind.startswith("Unique") else None)
                for kind, value in held
                if value
            ]
    return [(str(number), *row, None) for number, row in enumerate(rows, start=1)]
