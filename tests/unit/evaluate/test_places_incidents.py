"""What counts as an incident, where it is counted, and what is not the same family."""

from __future__ import annotations

from datetime import date
from typing import Any

from earlyhelp.evaluate.places.areas import areas_of
from earlyhelp.evaluate.places.incidents import ELSEWHERE, Records, records_of
from spec.dataset import Rows, snapshot
from unit.evaluate.places_council import AREAS, AS_AT, CODE, notified, numbered, person, requested, tables

PEOPLE = [person("Ann", AREAS[0]), person("Ben", AREAS[0], "family of Ann"), person("Cal", AREAS[3])]


def read(events: list[dict[str, Any]], **others: Rows) -> Records:
    with snapshot(tables(PEOPLE, events, **others), AS_AT, checked=False) as con:
        return records_of(con, areas_of(con, CODE), AS_AT)


def places(records: Records, route: str = "notifications") -> list[str]:
    return [AREAS[area] if area != ELSEWHERE else "elsewhere" for area in records.routes[route].area]


def test_people_of_one_incident_reference_are_one_incident_on_whatever_day_each_was_told_of():
    told = read([
        notified("Ann", "2026-01-01", incident_reference="I1"),
        notified("Ben", "2026-01-02", incident_reference="I1"),
        notified("Ann", "2026-01-01", incident_reference="I2"),
    ])  # fmt: skip
    assert len(told.notifications) == 2


def test_without_a_reference_a_familys_notifications_of_one_day_are_one_incident():
    told = read([
        notified("Ann", "2026-01-01"), notified("Ben", "2026-01-01", family_id="family of Ann"), notified("Ann", "2026-01-02"),
    ])  # fmt: skip
    assert len(told.notifications) == 2


def test_an_incident_is_counted_where_it_happened_and_else_where_the_person_lives():
    told = read(
        [
            notified("Ann", "2026-01-01", AREAS[5]),
            notified("Cal", "2026-01-02"),
            notified("Cal", "2026-01-03", "E01999999"),
        ]
    )
    assert sorted(places(told)) == [AREAS[3], AREAS[5], "elsewhere"]


def test_a_family_without_a_named_person_is_placed_where_its_children_live():
    told = read([notified("", "2026-01-01", person_id=None, family_id="family of Cal")])
    assert places(told) == [AREAS[3]]


def test_whoever_is_not_named_counts_as_an_incident_and_is_never_the_family_of_another():
    nobody = {"person_id": None, "family_id": None}
    told = read([notified("", "2026-01-01", AREAS[1], **nobody), notified("", "2026-01-01", AREAS[1], **nobody)])
    assert len(told.notifications) == 2
    assert len(set(told.notifications.family.tolist())) == 2
    assert not told.notifications.linked.any()


def test_what_happens_after_the_day_the_data_is_as_at_is_not_known_yet():
    told = read([notified("Ann", "2026-03-31"), notified("Cal", "2026-04-01")])
    assert len(told.notifications) == 1
    assert told.last_day == date(2026, 3, 31)


def test_requests_by_the_police_would_tell_the_same_twice_and_are_left_out():
    requests = numbered([requested("Ann", "2026-01-01", source="6"), requested("Cal", "2026-01-01")], "contact_id")
    assert places(read([], contact=requests), "requests") == [AREAS[3]]


def test_every_other_route_is_read_by_its_own_rule():
    others = {
        "eh_episode": "episode_id | person_id | start_date\n E1 | Ann | 2026-01-01",
        "eh_need": "need_id | episode_id | person_id | framework | need_code\n N1 | E1 | Ann | SF2022 | SF8\n"
        "N2 | E1 | Ann | SF2022 | SF3",
        "social_care_event": "event_id | person_id | type | start_date | factors\n S1 | Cal | assessment | 2026-01-01 | 4B;3B\n"
        "S2 | Cal | assessment | 2026-01-01 | 4B\n S3 | Cal | referral | 2026-01-01 | 3B",
    }
    events = [
        notified("Cal", "2026-01-01", agency="health"),
        notified("Ann", "2026-01-01", agency="health", type="a_and_e"),
        notified("Ann", "2026-01-01", type="missing"),
    ]
    told = read(events, **others)
    counted = {name: len(each) for name, each in told.routes.items()}
    assert counted == {"notifications": 0, "requests": 0, "needs": 1, "factors": 1, "partners": 1, "health": 1}
    assert told.last_day is None
