"""The waiting list: who waits, for how long, and what ended it, on rows that can be checked by eye and by an oracle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.waiting import GROUPINGS, Ending, Waits, missing_columns, waits
from spec.dataset import snapshot

AS_AT = date(2026, 3, 31)
HEADINGS = (
    "episode_id | person_id | family_id | start_date | allocated_date | first_contact_date | end_date | end_reason_code"
)
ANYONE = "9 | Zoe | Zorn | 2020-01-01 | 2020-01-01 | | |"
"""A family that was allocated at once, long ago: its system records allocations."""


def told(episodes: str, events: str = "", as_at: date = AS_AT, **tables: str) -> Waits:
    """The waits of some episodes, without that of `ANYONE`, who comes first."""
    rows = "\n".join([HEADINGS, ANYONE, *episodes.strip().splitlines()])
    given = {"eh_episode": rows} | tables
    if events:
        given["social_care_event"] = "event_id | person_id | type | start_date | nfa\n" + events
    found = waits(snapshot(given, as_at, checked=False), as_at)
    return found.only(found.accepted > found.accepted.min()) if len(found) else found


def endings(found: Waits) -> list[tuple[str, int]]:
    return [(Ending(ending).name.lower(), days) for ending, days in zip(found.ending, found.days, strict=True)]


def test_a_wait_ends_in_one_of_three_ways_or_goes_on():
    found = told("""
        1 | Ann | Archer | 2026-01-01 | 2026-01-11 | | |
        2 | Ben | Barr   | 2026-01-02 |            | | 2026-01-22 | stepped_up
        3 | Cat | Carr   | 2026-01-03 |            | | 2026-02-02 | declined
        4 | Dan | Dunn   | 2026-01-04 |            | | |
    """)
    assert endings(found) == [("allocated", 10), ("escalated", 20), ("left", 30), ("waiting", 86)]


def test_children_accepted_on_one_day_share_a_wait_and_a_later_one_begins_another():
    found = told("""
        1 | Ann | Archer | 2026-01-01 |            | | |
        2 | Ben | Archer | 2026-01-01 | 2026-01-15 | | |
        3 | Cat | Archer | 2026-02-01 |            | | |
    """)
    assert endings(found) == [("allocated", 14), ("waiting", 58)]
    assert len(set(found.family)) == 1


def test_a_family_has_left_when_the_last_of_its_episodes_closes_and_not_before():
    found = told("""
        1 | Ann | Archer | 2026-01-01 | | | 2026-01-05 | moved
        2 | Ben | Archer | 2026-01-01 | | | 2026-01-08 | moved
        3 | Cat | Carr   | 2026-01-02 | | | 2026-01-05 | moved
        4 | Dan | Carr   | 2026-01-02 | | | |
    """)
    assert endings(found) == [("left", 7), ("waiting", 88)]


def test_a_family_that_was_visited_does_not_wait_though_no_worker_was_recorded():
    assert endings(told("1 | Ann | Archer | 2026-01-01 | | 2026-01-09 | |")) == [("allocated", 8)]


def test_a_worker_named_or_a_visit_made_before_acceptance_is_no_wait():
    found = told("""
        1 | Ann | Archer | 2026-01-01 | 2025-12-31 |            | |
        2 | Ben | Barr   | 2026-01-02 |            | 2025-12-01 | |
    """)
    assert endings(found) == [("allocated", 0), ("allocated", 0)]


def test_a_statutory_start_on_or_before_the_day_of_allocation_is_an_escalation():
    found = told(
        """
        1 | Ann | Archer | 2026-01-01 | 2026-01-11 | | |
        2 | Ben | Barr   | 2026-01-02 | 2026-01-11 | | |
        3 | Cat | Carr   | 2026-01-03 | 2026-01-11 | | |
        """,
        """1 | Ann | referral    | 2026-01-11 | false
        2 | Ben | cin_episode | 2026-01-12 | false
        3 | Cat | referral    | 2026-01-05 | true""",
    )
    assert endings(found) == [("escalated", 10), ("allocated", 9), ("allocated", 8)]


def test_a_statutory_start_on_the_day_of_acceptance_is_where_the_family_came_from():
    found = told("1 | Ann | Archer | 2026-01-01 | | | |", "1 | Ann | referral | 2026-01-01 | false")
    assert endings(found) == [("waiting", 89)]


def test_what_happens_after_a_family_left_the_list_is_no_escalation_while_waiting():
    found = told("1 | Ann | Archer | 2026-01-01 | | | 2026-01-05 | declined", "1 | Ann | referral | 2026-01-06 | false")
    assert endings(found) == [("left", 4)]


def test_what_happens_after_the_day_the_data_is_as_at_is_not_known_yet():
    rows = """
        1 | Ann | Archer | 2026-01-01 | 2026-04-01 | | 2026-05-01 | declined
        2 | Ben | Barr   | 2026-04-01 |            | | |
    """
    assert endings(told(rows)) == [("waiting", 89)]
    assert endings(told(rows, as_at=date(2026, 4, 1))) == [("allocated", 90), ("waiting", 0)]


def test_rows_that_cannot_be_told_are_left_out_and_counted():
    found = told("""
        1 | Ann | Archer | 2026-01-01 |            | | 2026-02-01 | outcomes_met
        2 | Ben | Barr   | 2026-01-02 | 2025-12-31 | | 2026-01-01 | moved
        3 | Cat | Carr   | 2026-01-03 |            | | 2025-12-31 | moved
        4 | Dan | Dunn   | 2026-01-04 |            | | |
    """)
    assert endings(found) == [("waiting", 86)]
    assert found.left_out == {
        "episodes that end before they are accepted": 2,
        "families closed with goals met and no allocation recorded": 1,
    }


def test_a_system_that_never_records_allocations_cannot_tell_who_waits():
    rows = """
        episode_id | person_id | start_date | allocated_date | source_system
        1          | Ann       | 2026-01-01 | 2026-01-11     | mosaic
        2          | Ben       | 2026-01-01 |                | ssd
    """
    con = snapshot({"eh_episode": rows}, AS_AT, checked=False)
    found = waits(con, AS_AT)
    assert endings(found) == [("allocated", 10)]
    assert found.left_out == {"episodes of systems that record no allocation": 1}
    assert missing_columns(con) == ()


def test_a_column_that_nothing_fills_is_named():
    con = snapshot({"eh_episode": "episode_id | person_id | start_date\n1 | Ann | 2026-01-01"}, AS_AT, checked=False)
    assert missing_columns(con) == ("eh_episode.allocated_date",)
    assert missing_columns(snapshot({}, checked=False)) == ("eh_episode.start_date", "eh_episode.allocated_date")


def test_a_family_is_told_by_what_its_children_share():
    rows = """
        episode_id | person_id | family_id | contact_id | start_date | allocated_date | need_code | locality | level
        1          | Ann       | Archer    | 7          | 2026-01-01 | 2026-01-01     | SF1       | North    | targeted
        2          | Ben       | Archer    | 7          | 2026-01-01 |                | SF2       |          | targeted
    """
    people = """
        person_key | person_id | dob        | ethnicity | lsoa      | is_child
        1          | Ann       | 2012-03-01 | WBRI      | E01999001 | true
        2          | Ben       | 2020-03-01 |           | E01999001 | true
    """
    places = "lsoa | la_code | locality | imd_decile\nE01999001 | E06000999 | South | 3"
    contacts = "contact_id | person_id | contact_date | source_code\n7 | Ann | 2025-12-01 | 2A"
    con = snapshot({"eh_episode": rows, "person": people, "place": places, "contact": contacts}, AS_AT, checked=False)
    [values] = [{name: values[0] for name, values in waits(con, AS_AT).groups.items()}]
    assert values == {
        "need_code": "several",
        "locality": "several",  # recorded for Ann; for Ben, it is that of the place he lives in
        "referral_source_code": "2A",
        "level": "targeted",
        "youngest": "5-9",
        "ethnicity": "WBRI",
        "imd_decile": "3",
    }
    assert GROUPINGS["need_code"].label("several") == "Children differ"
    assert GROUPINGS["ethnicity"].label("WBRI") != "WBRI"
    assert GROUPINGS["youngest"].label("5-9") == "5 to 9"
    assert GROUPINGS["imd_decile"].label("3") == "decile 3 (1 is the most deprived)"
    assert GROUPINGS["locality"].label("North") == "North"


def test_nothing_recorded_is_not_recorded():
    found = told("1 | Ann | Archer | 2026-01-01 | | | |")
    assert {name: values[0] for name, values in found.groups.items()} == dict.fromkeys(GROUPINGS, "not_recorded")


@pytest.mark.parametrize(("born", "band"), [("2026-01-02", "under 1"), ("2026-02-01", "unborn"), ("2025-01-01", "1-4")])
def test_the_youngest_child_is_as_old_as_on_the_day_of_acceptance(born, band):
    people = f"person_key | person_id | dob\n1 | Ann | {born}\n2 | Ben | 2010-01-01"
    found = told("1 | Ann | Archer | 2026-01-01 | | | |\n2 | Ben | Archer | 2026-01-01 | | | |", person=people)
    assert found.groups["youngest"][0] == band


# The oracle: one family after the other, in plain Python, from the words of the module and not from its query.

FIRST = date(2026, 1, 1)
days = st.one_of(st.none(), st.integers(-2, 12).map(lambda n: FIRST + timedelta(days=n)))
reasons = st.sampled_from([None, "stepped_up", "declined", "outcomes_met"])
rows = st.fixed_dictionaries(
    {
        "family_id": st.sampled_from("ABCDEFGHIJKLMNOP"),
        "start_date": st.integers(0, 2).map(lambda n: FIRST + timedelta(days=n)),
        "allocated_date": days,
        "first_contact_date": days,
        "end_date": days,
        "end_reason_code": reasons,
    }
)


def oracle(episodes: list[dict[str, Any]], events: list[dict[str, Any]], as_at: date) -> list[tuple[str, int]]:
    by_wait: dict[tuple[date, str], list[dict[str, Any]]] = {}
    for row in episodes:
        helped = row["allocated_date"] or row["first_contact_date"]
        helped = helped and max(helped, row["start_date"])
        backwards = row["end_date"] and row["end_date"] < row["start_date"]
        if row["start_date"] <= as_at and not backwards:
            by_wait.setdefault((row["start_date"], row["family_id"]), []).append(row | {"helped": helped})
    return [each for key in sorted(by_wait) if (each := one_wait(key[0], by_wait[key], events, as_at))]


def one_wait(start: date, family: list[dict[str, Any]], events: list[dict[str, Any]], as_at: date):
    helped = [row["helped"] for row in family if row["helped"] and row["helped"] <= as_at]
    closed = [row for row in family if row["end_date"] and row["end_date"] <= as_at]
    stepped = [row["end_date"] for row in closed if row["end_reason_code"] == "stepped_up"]
    people = {row["person_id"] for row in family}
    stepped += [e["start_date"] for e in events if e["person_id"] in people and start < e["start_date"] <= as_at]
    if not helped and any(row["end_reason_code"] == "outcomes_met" for row in closed):
        return None
    ways = [(day, 0, "escalated") for day in stepped] + [(day, 1, "allocated") for day in helped]
    if len(closed) == len(family):
        ways.append((max(row["end_date"] for row in closed), 2, "left"))
    if not ways:
        return "waiting", (as_at - start).days
    day, _, how = min(ways)
    return how, (day - start).days


@given(st.lists(rows, min_size=20, max_size=40), st.lists(st.tuples(st.integers(1, 40), days), max_size=9), days)
@settings(max_examples=10, deadline=None)  # many families a council: making one takes most of the time
def test_waits_are_as_one_family_after_the_other_shows(episodes, begun, last):
    as_at = last or FIRST + timedelta(days=10)
    episodes = [row | {"episode_id": str(n), "person_id": f"P{n}"} for n, row in enumerate(episodes, start=1)]
    events = [{"person_id": f"P{n}", "start_date": day} for n, day in begun if day]
    always = dict.fromkeys(episodes[0]) | {
        "episode_id": "0", "person_id": "P0", "family_id": "first",
        "start_date": date(2020, 1, 1), "allocated_date": date(2020, 1, 1),
    }  # fmt: skip
    care = [event | {"event_id": str(n), "type": "referral"} for n, event in enumerate(events)]
    found = waits(snapshot({"eh_episode": [always, *episodes], "social_care_event": care}, checked=False), as_at)
    assert endings(found)[1:] == oracle(episodes, events, as_at)
