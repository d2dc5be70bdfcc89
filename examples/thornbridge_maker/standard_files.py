"""Files in the standard's own layout: what neither Annex A nor the Safeguarding Dataset holds.

Requests with their decisions, the people they are about, needs, outcomes, services, feedback; and the council on paper.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from thornbridge_maker.days import EXTRACT_DAY, known
from thornbridge_maker.people import Child, Family
from thornbridge_maker.places import CHILDREN_BY_YEAR, LA_CODE, PLACES, SCHOOLS, SERVICES, WORKERS
from thornbridge_maker.records import Council, Request
from thornbridge_maker.rows import File, Value, table_file

SYSTEM = "liquidlogic"
_PERSON = (
    "person_key source_system source_person_id forename surname dob dob_accuracy expected_dob sex ethnicity disability "
    "first_language sen_status address_line postcode lsoa is_child"
)
_CONTACT = (
    "contact_id person_key family_key contact_date channel team source_code source_raw requestor_organisation "
    "school_urn reason_code reason_raw domestic_abuse level_requested level_decided avoidable decision_code "
    "decision_raw decision_date accepted_date feedback_date source_system recorded_date"
)


@dataclass(frozen=True)
class _Table:
    """One file: its headings, its key and event date, its rows."""

    name: str
    headings: str
    needed: str
    rows: Iterator[tuple[Value, ...]]


def person_key(child: Child) -> str:
    """The key under which the front door's files know a child."""
    return f"LL-{child.child_id}"


def standard_files(council: Council) -> list[File]:
    """All files of the standard layout, named after its tables."""
    tables = (
        _Table("person", _PERSON, "person_key", _people(council)),
        _Table("contact", _CONTACT, "contact_id person_key contact_date", (_request(r) for r in council.requests)),
        _Table("eh_need", "need_id episode_id person_key framework need_code identified_date evidence_type",
               "need_id episode_id", _needs(council)),
        _Table("eh_outcome", "need_id status achieved_date sustained_to evidence_type validated_measure",
               "need_id", _outcomes(council)),
        _Table("service_delivered", "delivery_id episode_id person_key service_id offered_date start_date end_date "
               "sessions_offered sessions_attended status", "delivery_id service_id", _deliveries(council)),
        _Table("feedback", "feedback_id episode_id respondent asked_date answered_date better",
               "feedback_id episode_id asked_date", _feedback(council)),
        _Table("place", "lsoa ward_code ward_name la_code locality children_0_17 imd_decile idaci_decile", "lsoa",
        _places()),
        _Table("population", "area_code year age_band sex count source", "area_code year age_band", _population()),
        _Table("school", "school_urn name phase ward_code roll fsm_share", "school_urn", _schools()),
        _Table("service", "service_id name organisation service_type commissioner start_date end_date annual_cost "
               "capacity evidence_level open_referral_id", "service_id", _services()),
        _Table("worker", "worker_id team locality role fte valid_from valid_to", "worker_id", _workers()),
    )  # fmt: skip
    made = [table_file(table.name, table.headings, table.rows, table.needed) for table in tables]
    for file in made:
        file.line_end = "\n"
    return made


def _people(council: Council) -> Iterator[tuple[Value, ...]]:
    """The children about whom the front door was ever asked."""
    asked = {id(request.child) for request in council.requests}
    for family in council.families:
        for child in family.children:
            if id(child) in asked:
                yield _person(child, family)


def _person(child: Child, family: Family) -> tuple[Value, ...]:
    return (
        person_key(child), SYSTEM, child.child_id, child.forename, child.surname, child.born,
        "exact" if child.born else "",
        child.due, child.sex, child.ethnicity, ";".join(child.disability), child.language, child.sen, family.address,
        family.postcode, family.place.lsoa, True,
    )  # fmt: skip


def _request(r: Request) -> tuple[Value, ...]:
    accepted = r.decided if r.decision == "early_help" else None
    return (
        r.request_id, person_key(r.child), r.family.key, r.day, r.channel, "Early Help Front Door", r.source,
        r.source_words,
        r.organisation, r.school.urn if r.school else "", r.need, r.reason, r.domestic_abuse, r.level_requested,
        r.level_decided, r.avoidable, r.decision, r.decision_words, r.decided, accepted, known(r.told, EXTRACT_DAY),
        SYSTEM,
        r.recorded,
    )  # fmt: skip


def _needs(council: Council) -> Iterator[tuple[Value, ...]]:
    for episode in council.episodes:
        for need in episode.needs:
            if need.identified <= EXTRACT_DAY:
                key = person_key(episode.child)
                yield need.need_id, episode.episode_id, key, "SF2022", need.code, need.identified, need.evidence


def _outcomes(council: Council) -> Iterator[tuple[Value, ...]]:
    """One row a need: not due while the episode is open; sustained where six months have passed without a return."""
    returns = {id(e): _returns_after(council, e.child, e.end) for e in council.episodes}
    for episode in council.episodes:
        for need in episode.needs:
            if need.identified > EXTRACT_DAY:
                continue
            held = need.achieved + timedelta(days=183) if need.achieved else None
            kept = known(held, EXTRACT_DAY) if held and not returns[id(episode)] else None
            yield need.need_id, need.status or "not_due", need.achieved, kept, need.evidence, need.validated


def _returns_after(council: Council, child: Child, end: date) -> bool:
    soon = end + timedelta(days=183)
    return any(e.child is child and end < e.accepted <= soon for e in council.episodes)


def _deliveries(council: Council) -> Iterator[tuple[Value, ...]]:
    for episode in council.episodes:
        for d in episode.deliveries:
            if d.offered <= EXTRACT_DAY:
                yield (
                    d.delivery_id, episode.episode_id, person_key(episode.child), d.service.service_id, d.offered,
                    d.start,
                    d.end, d.sessions_offered, d.sessions_attended, d.status,
                )  # fmt: skip


def _feedback(council: Council) -> Iterator[tuple[Value, ...]]:
    for episode in council.episodes:
        for f in episode.feedback:
            yield f.feedback_id, episode.episode_id, f.respondent, f.asked, f.answered, f.better


def _places() -> Iterator[tuple[Value, ...]]:
    for p in PLACES:
        yield p.lsoa, p.ward_code, p.ward, LA_CODE, p.locality, p.children, p.imd, p.idaci


def _population() -> Iterator[tuple[Value, ...]]:
    by_year = {**CHILDREN_BY_YEAR, 2026: sum(place.children for place in PLACES)}
    for year, count in by_year.items():
        yield LA_CODE, year, "0-17", "all", count, "Invented for the example"


def _schools() -> Iterator[tuple[Value, ...]]:
    for s in SCHOOLS:
        yield s.urn, s.name, s.phase, s.ward_code, s.roll, s.fsm_share


def _services() -> Iterator[tuple[Value, ...]]:
    for s in SERVICES:
        directory_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"thornbridge/{s.service_id}"))
        yield (
            s.service_id, s.name, s.organisation, s.service_type, s.commissioner, s.start, s.end, s.annual_cost,
            s.capacity,
            s.evidence_level, directory_id,
        )  # fmt: skip


def _workers() -> Iterator[tuple[Value, ...]]:
    for w in WORKERS:
        yield w.worker_id, w.team, w.locality, w.role, w.fte, w.start, w.end
