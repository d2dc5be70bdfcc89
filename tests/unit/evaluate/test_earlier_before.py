"""What was recorded before step-ups: kinds, sequences with how many families with them did not step up, and how long before."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.earlier.before import LONGEST, make_compared, recorded, sequences, timing
from earlyhelp.evaluate.earlier.signs import SIGNS
from earlyhelp.statistics.differences import share_ratio
from unit.evaluate.earlier_council import asked, assessed, before, child, helped, looked, stepped, told

DAY = "2024-05-15"
NAMES = [sign.name for sign in SIGNS]


SINCE_2020 = {
    "partner_event": told("Zoe", "2020-01-01"),
    "eh_episode": helped("Zoe", "2020-01-01"),
    "eh_assessment": assessed("Zoe", "2020-01-01", "early_help_plan"),
    "attendance_period": {"person_id": "Zoe", "term": "autumn", "authorised": 20, "academic_year": "2019-20",
                          "possible": 100, "unauthorised": 0},
}  # fmt: skip
"""Says from when such records are held; of a family without a child."""


def before_ann(**tables):
    """Ann, who stepped up, three families like her, and what is recorded, held from 2020 on."""
    tables = {name: [*([SINCE_2020[name]] if name in SINCE_2020 else []), *rows] for name, rows in tables.items()}
    con, known = looked(
        [child(name) for name in ("Ann", "Ben", "Cy", "Di")], social_care_event=[stepped("Ann", DAY)], **tables
    )
    make_compared(con)
    return con, known


def kinds(con, known) -> dict[str, tuple[int, ...]]:
    return {
        NAMES[each.place]: (each.stepped, each.stepped_of, each.like, each.like_of) for each in recorded(con, known)
    }


def sequence_of_ann(con, known) -> tuple[str, ...]:
    [found] = [each for each in sequences(con, known) if each.stepped]
    return tuple(NAMES[place] for place in found.kinds)


def test_families_with_each_kind_of_sign_are_counted_among_the_stepped_up_and_those_like_them():
    con, known = before_ann(
        contact=[asked("Ann", before(DAY, 100)), asked("Ann", before(DAY, 90)), asked("Ben", before(DAY, 400), "advice")],
        partner_event=[told("Ann", before(DAY, 50)), told("Cy", before(DAY, 60)), told("Di", before(DAY, 70))],
    )  # fmt: skip
    found = kinds(con, known)
    assert found["request_closed"] == (1, 1, 0, 3)
    assert found["request_advised"] == (0, 1, 1, 3)
    assert found["domestic_abuse"] == (1, 1, 2, 3)
    assert found["repeated"] == (1, 1, 0, 3)
    assert found["asked_school"] == (1, 1, 1, 3)
    assert "exclusion" not in found, "of what no record is held nothing is told: that is no data, and not zero"


def test_signs_are_told_in_order_and_repeats_without_another_between_them_once():
    con, known = before_ann(
        contact=[asked("Ann", before(DAY, days)) for days in (300, 290, 100)],
        partner_event=[told("Ann", before(DAY, 200))],
    )
    assert sequence_of_ann(con, known) == ("request_closed", "domestic_abuse", "request_closed")


def test_signs_of_one_day_are_put_in_the_order_in_which_kinds_are_declared():
    con, known = before_ann(contact=[asked("Ann", before(DAY, 50))], partner_event=[told("Ann", before(DAY, 50))])
    assert sequence_of_ann(con, known) == ("request_closed", "domestic_abuse")


def test_of_a_long_history_the_last_four_are_told():
    days = (("nfa", 500), ("advice", 400), ("nfa", 300), ("universal", 200), ("advice", 100))
    con, known = before_ann(contact=[asked("Ann", before(DAY, each), decision) for decision, each in days])
    assert sequence_of_ann(con, known) == ("request_advised", "request_closed", "request_universal", "request_advised")


def test_help_a_wait_beyond_the_standard_an_assessment_with_nothing_and_the_close_are_signs_of_their_own():
    con, known = before_ann(
        eh_episode=[helped("Ann", "2023-10-01", end_date="2024-01-31", first_contact_date="2023-11-30")],
        eh_assessment=[
            assessed("Ann", "2023-12-10", "no_further_action"),
            assessed("Ben", "2023-12-10", "early_help_plan"),
        ],
    )
    assert sequence_of_ann(con, known) == ("help_begun", "waited", "assessed_nothing", "help_closed")
    assert kinds(con, known)["assessed"] == (0, 1, 1, 3)


def test_help_that_began_within_the_standard_is_no_wait():
    con, known = before_ann(
        eh_episode=[helped("Ann", "2023-10-01", end_date="2024-01-31", allocated_date="2023-10-15")]
    )
    assert sequence_of_ann(con, known) == ("help_begun", "help_closed")


def test_a_term_with_a_tenth_missed_counts_on_its_last_day_when_it_is_known():
    term = {"academic_year": "2023-24", "possible": 100, "unauthorised": 0}
    con, known = before_ann(
        attendance_period=[
            {"person_id": "Ann", "term": "autumn", "authorised": 10, **term},
            {"person_id": "Ben", "term": "autumn", "authorised": 9, **term},
            {"person_id": "Ann", "term": "summer", "authorised": 50, **term},
        ]
    )
    assert kinds(con, known)["absence"] == (1, 1, 0, 3)
    assert timing(con).median == (date(2024, 5, 15) - date(2023, 12, 31)).days


def test_of_families_with_the_same_history_on_a_past_day_those_who_did_and_did_not_step_up_are_told():
    """On 31 March 2025 four families have one notice of abuse behind them; one of them stepped up within a year after."""
    past = date(2025, 3, 31)
    children = [child(f"C{n}") for n in range(6)]
    con, known = looked(
        children,
        partner_event=[told(f"C{n}", past - timedelta(days=100)) for n in range(4)],
        social_care_event=[stepped("C0", past + timedelta(days=30)), stepped("C5", past + timedelta(days=366))],
    )
    make_compared(con)
    abuse = (NAMES.index("domestic_abuse"),)
    found = {each.kinds: each for each in sequences(con, known)}
    assert (found[abuse].past, found[abuse].came) == (4, 1)
    nothing_then = [(6, 2), (6, 3), (6, 4)]  # on each of three earlier past days all six had nothing recorded
    assert (found[()].past, found[()].came) == (2 + sum(all_ for all_, _ in nothing_then), 0)
    assert found[()].words == "nothing recorded"


def test_days_from_the_first_sign_are_told_of_step_ups_with_a_sign_alone():
    children = [child(name) for name in ("Ann", "Ben", "Cy")]
    con, _ = looked(
        children,
        contact=[asked("Ann", before(DAY, 100)), asked("Ann", before(DAY, 40)), asked("Ben", before(DAY, 300))],
        social_care_event=[stepped(name, DAY) for name in ("Ann", "Ben", "Cy")],
    )
    assert timing(con) == (2, 150.0, 200.0, 250.0)


def test_records_that_begin_late_are_looked_at_as_far_as_they_reach():
    con, known = looked(
        [child("Ann"), child("Ben"), child("Cy")],
        partner_event=[told("Ben", "2022-01-01"), told("Ben", "2024-06-01")],
        social_care_event=[stepped("Ann", "2023-06-01"), stepped("Ben", "2024-09-01")],
    )
    make_compared(con)
    [found] = [each for each in recorded(con, known) if NAMES[each.place] == "domestic_abuse"]
    assert found.since == date(2024, 1, 1)
    assert (found.stepped, found.stepped_of) == (1, 1), "Ann's step-up came before the notices could be looked back on"


def slow_sequence(events: list[tuple[int, str]]) -> tuple[str, ...]:
    """By hand: in order of day and of declaration, repeats once, the last four."""
    order = [name for _, name in sorted(events, key=lambda each: (-each[0], NAMES.index(each[1])))]
    kept = [name for place, name in enumerate(order) if place == 0 or order[place - 1] != name]
    return tuple(kept[-LONGEST:])


events = st.lists(
    st.tuples(st.integers(8, 730), st.sampled_from(["nfa", "advice", "universal"])), min_size=1, max_size=8, unique=True
)


@settings(max_examples=12, deadline=None)
@given(events)
def test_any_history_is_told_as_a_slow_count_tells_it(history: list[tuple[int, str]]):
    names = {"nfa": "request_closed", "advice": "request_advised", "universal": "request_universal"}
    con, known = before_ann(contact=[asked("Ann", before(DAY, days), decision) for days, decision in history])
    assert sequence_of_ann(con, known) == slow_sequence([(days, names[decision]) for days, decision in history])


def test_a_sign_that_falls_by_lot_is_as_frequent_among_like_families_and_a_planted_one_is_found():
    """Of 400 children 80 step up; abuse is told of every fifth by lot, and a suspension before half of the step-ups alone."""
    luck = np.random.default_rng(8)
    names = [f"C{n}" for n in range(400)]
    born = [f"{luck.integers(2011, 2014)}-01-01" for _ in names]
    days = {name: date(2023, 1, 1) + timedelta(days=int(luck.integers(0, 1100))) for name in names[:80]}
    by_lot = [
        (name, date(2020, 1, 1) + timedelta(days=int(luck.integers(0, 2200)))) for name in names for _ in range(2)
    ]
    planted = [
        {"person_id": name, "start_date": str(day - timedelta(days=100)), "category": "suspension"}
        for name, day in list(days.items())[::2]
    ]
    con, known = looked(
        [child(name, each) for name, each in zip(names, born, strict=True)],
        social_care_event=[stepped(name, day) for name, day in days.items()],
        partner_event=[told(name, day) for name, day in by_lot],
        exclusion=[{"person_id": "Zoe", "start_date": "2020-01-01", "category": "suspension"}, *planted],
    )
    make_compared(con)
    found = {NAMES[each.place]: each for each in recorded(con, known)}
    abuse, suspended = found["domestic_abuse"], found["exclusion"]
    ratio = share_ratio(abuse.stepped, abuse.stepped_of, abuse.like, abuse.like_of)
    assert abuse.like_of > 300
    assert ratio.lower < 1 < ratio.upper
    assert suspended.stepped == 40
    assert suspended.like < 0.1 * suspended.like_of
