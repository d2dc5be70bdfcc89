"""What becomes of families after time zero: each window's last day, who is not known, and who cannot be asked yet."""

from __future__ import annotations

from math import isnan
from types import SimpleNamespace

import pytest

from earlyhelp.evaluate.studies.absence import absence
from earlyhelp.evaluate.studies.comparison import compare
from earlyhelp.evaluate.studies.covariates import COVARIATES
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS, Followed, followed
from unit.evaluate.offers_council import AS_AT, council, offers

HELPED = """
    person_id | start_date | allocated_date | end_date   | end_reason_code
    Ann       | 2024-01-01 | 2024-01-11     | 2024-06-30 | outcomes_met
"""
OFFERED = "person_id | service_id | offered_date\n Ann | S01 | 2024-02-20"


OTHERS = "person_id | type | start_date\n Nobody | looked_after | 2020-01-01"
OTHERS_ABUSE = "\n Nobody | police | domestic_abuse | 2020-01-01"
"""Records of somebody else, which show that such events are recorded."""


def ann(outcome: str, as_at: str = str(AS_AT), **tables: str) -> Followed:
    """What became of Ann's family, offered a service on 20 February 2024, up to a day."""
    con = council(**({"eh_episode": HELPED, "service_delivered": OFFERED} | tables))
    return followed(con, OUTCOMES[outcome], as_at)


def happened(outcome: str, days: int, as_at: str = str(AS_AT), **tables: str) -> float | None:
    """1 or 0 within so many days, None where nobody can tell."""
    [value] = ann(outcome, as_at, **tables).within(days).tolist()
    return None if isnan(value) else value


def event(type_: str, day: str) -> str:
    return f"person_id | type | start_date\n Ann | {type_} | {day}"


def moved(day: str) -> str:
    """Ann's help, closed because the family moved away."""
    return HELPED.replace("2024-06-30 | outcomes_met", f"{day} | moved")


@pytest.mark.parametrize(
    ("day", "within"),
    [("2024-02-20", 0), ("2024-02-21", 1), ("2025-02-19", 1), ("2025-02-20", 0), ("2025-02-21", 0)],
)
def test_the_twelve_months_run_from_the_day_after_time_zero_to_day_365_and_not_to_day_366(day: str, within: int):
    """19 February 2025 is 365 days after 20 February 2024, a leap year."""
    assert WINDOWS[12] == 365
    assert happened("step_up", 365, social_care_event=event("cp_plan", day)) == within


@pytest.mark.parametrize(("months", "days"), WINDOWS.items())
def test_a_window_is_the_days_of_its_months(months: int, days: int):
    assert days == pytest.approx(months * 365.25 / 12, abs=0.75)


def test_the_first_step_up_counts_and_not_a_later_one():
    events = event("cp_plan", "2025-09-01") + "\n Ann | referral | 2024-03-01"
    assert ann("step_up", social_care_event=events).event.tolist() == [10]


def test_a_child_of_the_family_who_had_no_help_counts_too():
    con = council(
        eh_episode="person_id | family_id | start_date | allocated_date\n Ann | F1 | 2024-01-01 | 2024-01-11",
        service_delivered="person_id | family_id | service_id | offered_date\n Ann | F1 | S01 | 2024-02-20",
        social_care_event="person_id | type | start_date\n Ben | looked_after | 2024-03-01",
        members="person_id | family_id\n Ann | F1\n Ben | F1",
    )
    assert followed(con, OUTCOMES["care"], str(AS_AT)).event.tolist() == [10]


def test_a_statutory_event_counts_for_the_outcomes_that_name_it():
    counts_as = {
        "assessment": set(),
        "referral": {"step_up"},
        "cin_plan": {"step_up", "in_need"},
        "cp_plan": {"step_up", "in_need"},
        "looked_after": {"step_up", "in_need", "care"},
    }
    helped = "\n".join(f"{name} | 2024-01-01 | 2024-01-11" for name in counts_as)
    events = "\n".join(f"{name} | {name} | 2024-05-01" for name in counts_as)
    con = council(
        eh_episode=f"person_id | start_date | allocated_date\n{helped}",
        social_care_event=f"person_id | type | start_date\n{events}",
    )
    families = [name for (name,) in offers(con)]
    within = {name: followed(con, OUTCOMES[name], str(AS_AT)).within(365) for name in ("step_up", "in_need", "care")}
    found = {family: {name for name in within if within[name][place]} for place, family in enumerate(families)}
    assert found == counts_as


def test_a_referral_without_further_action_is_no_step_up():
    told = "person_id | type | start_date | nfa\n Ann | referral | 2024-05-01 | true"
    assert happened("step_up", 365, social_care_event=told) == 0


def test_another_notification_of_domestic_abuse_counts_and_other_notices_do_not():
    told = "person_id | agency | type | event_date\n Ann | police | {} | 2024-05-01"
    assert happened("abuse_again", 365, partner_event=told.format("domestic_abuse")) == 1
    assert happened("abuse_again", 365, partner_event=told.format("missing") + OTHERS_ABUSE) == 0


@pytest.mark.parametrize(("day", "within"), [("2025-02-18", None), ("2025-02-19", 0)])
def test_of_a_family_that_moved_away_before_the_window_ended_nobody_knows(day: str, within: float | None):
    assert happened("step_up", 365, eh_episode=moved(day), social_care_event=OTHERS) == within


def test_what_happened_before_a_family_moved_is_known():
    assert (
        happened("step_up", 365, eh_episode=moved("2024-06-30"), social_care_event=event("cp_plan", "2024-05-01")) == 1
    )


def test_a_family_that_moved_before_time_zero_and_came_back_is_known():
    earlier = "Ann | 2021-01-01 | 2021-01-11 | 2021-06-30 | moved"
    con = council(eh_episode=HELPED.rstrip(" ") + earlier, service_delivered=OFFERED, social_care_event=OTHERS)
    assert followed(con, OUTCOMES["step_up"], str(AS_AT)).within(365).tolist()[1] == 0


@pytest.mark.parametrize("stepped", ["", "\n Ann | cp_plan | 2024-05-01"])
@pytest.mark.parametrize(("as_at", "ripe"), [("2025-02-18", False), ("2025-02-19", True)])
def test_a_family_whose_window_is_not_over_is_left_out_whether_or_not_it_has_stepped_up(
    stepped: str, as_at: str, ripe: bool
):
    events = "person_id | type | start_date\n Nobody | cp_plan | 2020-01-01" + stepped
    found = happened("step_up", 365, as_at, social_care_event=events)
    assert found == (float(bool(stepped)) if ripe else None)


AGAIN = "Ann | 2024-10-08 | | |"
"""Accepted again 100 days after it closed on 30 June 2024."""


def test_help_again_is_counted_from_the_day_it_closed():
    found = ann("re_referral", eh_episode=HELPED.rstrip(" ") + AGAIN)
    assert found.event[0] == 100
    assert found.within(99)[0] == 0
    assert found.within(100)[0] == 1


def test_of_families_still_helped_nobody_can_ask_what_followed_the_closure():
    still = "person_id | start_date | allocated_date\n Ann | 2024-01-01 | 2024-01-11"
    assert happened("re_referral", 183, eh_episode=still) is None
    assert happened("step_up", 183, eh_episode=still, social_care_event=OTHERS) == 0


@pytest.mark.parametrize(("as_at", "ripe"), [("2025-06-29", False), ("2025-06-30", True)])
def test_a_closure_less_than_the_window_ago_is_left_out_whether_or_not_the_family_came_back(as_at: str, ripe: bool):
    """Counting those who came back, and not those who may yet, would make every share too high."""
    came_back = happened("re_referral", 365, as_at, eh_episode=HELPED.rstrip(" ") + AGAIN)
    stayed_away = happened("re_referral", 365, as_at)
    assert (came_back, stayed_away) == ((1, 0) if ripe else (None, None))


def test_a_closure_is_not_sustained_where_help_or_a_statutory_service_follows_it():
    assert happened("not_sustained", 365) == 0
    assert happened("not_sustained", 365, social_care_event=event("cp_plan", "2024-05-01")) == 0, "before it closed"
    assert happened("not_sustained", 365, social_care_event=event("cp_plan", "2024-07-10")) == 1
    assert happened("not_sustained", 365, eh_episode=HELPED.rstrip(" ") + AGAIN) == 1


def test_a_family_that_moved_away_at_closure_is_not_known_to_have_stayed_away():
    assert happened("re_referral", 365, eh_episode=moved("2024-06-30")) is None


def test_every_outcome_has_words_and_a_direction_and_says_what_it_rests_on():
    notified = f"person_id | agency | type | event_date{OTHERS_ABUSE}"
    con = council(eh_episode=HELPED, service_delivered=OFFERED, social_care_event=OTHERS, partner_event=notified)
    assert not OUTCOMES.keys() & {each.name for each in COVARIATES}, "what is looked for is not what is balanced on"
    for name, outcome in OUTCOMES.items():
        assert outcome.name == name
        assert outcome.words.strip()
        assert outcome.better in ("fewer", "more")
        assert followed(con, outcome, str(AS_AT)).within(183).tolist() == [0], (
            "nothing recorded of the family in a window that is over is none"
        )


@pytest.mark.parametrize(
    ("held", "known"),
    [
        ("looked_after", {"step_up", "in_need", "care"}),
        ("cin_plan", {"step_up", "in_need"}),
        ("referral", {"step_up"}),
        ("s47", set()),
    ],
)
def test_of_a_kind_that_is_recorded_of_nobody_it_is_not_known_that_a_family_had_none(held: str, known: set[str]):
    others = f"person_id | type | start_date\n Nobody | {held} | 2020-01-01"
    found = {name: happened(name, 365, social_care_event=others) for name in ("step_up", "in_need", "care")}
    assert found == {name: 0 if name in known else None for name in found}
    assert happened("abuse_again", 365) is None


def test_an_outcome_that_is_recorded_of_nobody_is_refused_with_what_is_missing():
    cohort = SimpleNamespace(outcomes={"care": ann("care", social_care_event=event("cp_plan", "2024-05-01"))})
    refused = compare(cohort, None, "care", 12, 365, seed=0)
    assert (refused.estimates, refused.known_treated) == ((), 0)
    assert refused.refused == "The records hold nothing of this kind, of anybody: a child coming into care."


# Sessions missed at school ----------------------------------------------------------------------------------


def sessions(*rows: str) -> str:
    return "\n".join(
        ("person_id | academic_year | term | possible | authorised | unauthorised", *(f"Ann | {row}" for row in rows))
    )


def shares(*rows: str) -> tuple[float | None, ...]:
    """Earlier, before and after the offer of 20 February 2024."""
    found = absence(council(eh_episode=HELPED, service_delivered=OFFERED, attendance_period=sessions(*rows)))
    return tuple(None if isnan(each[0]) else float(each[0]) for each in (found.earlier, found.before, found.after))


def test_terms_over_before_the_offer_are_before_it_terms_begun_after_it_are_after_and_that_between_is_neither():
    told = shares(
        "2022-23 | autumn | 100 | 20 | 10",  # ends 31 December 2022: earlier
        "2023-24 | autumn | 100 | 10 | 5",  # ends 31 December 2023: before
        "2023-24 | spring | 100 | 99 | 1",  # January to April 2024: the offer lies in it
        "2023-24 | summer | 100 | 2 | 3",  # begins 16 April 2024: after
    )
    assert told == pytest.approx((0.30, 0.15, 0.05))


def test_the_share_is_of_all_sessions_of_the_terms_together():
    assert shares("2023-24 | autumn | 300 | 30 | 0", "2022-23 | summer | 100 | 50 | 0")[1] == pytest.approx(0.2)


def test_the_year_after_ends_after_365_days():
    assert shares("2024-25 | spring | 100 | 50 | 0")[2] == pytest.approx(0.5), "it begins on 1 January 2025"
    assert shares("2024-25 | summer | 100 | 50 | 0")[2] is None, "it begins on 16 April 2025"


def test_without_sessions_on_record_a_share_is_not_known_and_not_zero():
    assert shares("2019-20 | autumn | 100 | 10 | 0", "2023-24 | autumn | 0 | 0 | 0") == (None, None, None)
    assert shares("2023-24 | autumn | 100 | 0 | 0")[1] == 0


def test_a_year_that_is_not_written_as_a_school_year_is_left_out():
    assert shares("2023 | autumn | 100 | 10 | 0") == (None, None, None)
