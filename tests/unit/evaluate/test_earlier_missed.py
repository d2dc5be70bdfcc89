"""Missed opportunities: each rule by the rows that show it, mature years alone, the share of step-ups, and the trend."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.evaluate.earlier.missed import RULES, make_missed, missed_by_year, shares_of_step_ups, trend
from earlyhelp.evaluate.methods.effect import NotEstimable
from unit.evaluate.earlier_council import AS_AT, STANDARD, asked, assessed, before, child, helped, looked, stepped

DAY = "2024-05-15"


def missed(**tables):
    """Ann with what is recorded of her, and Zed, who steps up without anything before it."""
    events = [stepped("Zed", "2025-01-10"), *tables.pop("social_care_event", [])]
    con, known = looked([child("Ann"), child("Zed")], social_care_event=events, **tables)
    make_missed(con, STANDARD, AS_AT)
    return con, known


def followed(rule: str, **tables) -> list[tuple[date, bool]]:
    con, _ = missed(**tables)
    return con.execute(
        "SELECT day, followed FROM earlier_missed WHERE rule = ? AND family_id = 'family of Ann' ORDER BY day", [rule]
    ).fetchall()


@pytest.mark.parametrize(
    ("outcome", "days", "expected"),
    [("no_further_action", 365, [True]), ("universal", 366, [False]), ("early_help_plan", 30, [])],
)
def test_assessed_closed_with_nothing_and_back_within_12_months(outcome: str, days: int, expected: list[bool]):
    found = followed(
        "assessed_nothing",
        eh_assessment=[assessed("Ann", str(before(DAY, days)), outcome)],
        contact=[asked("Ann", DAY, "early_help")],
    )
    assert [hit for _, hit in found] == expected


@pytest.mark.parametrize(
    ("decision", "days", "expected"),
    [
        ("nfa", 365, [True]),
        ("advice", 20, [True]),
        ("returned", 366, [False]),
        ("universal", 20, []),
        ("early_help", 20, []),
    ],
)
def test_a_request_turned_down_and_a_step_up_within_12_months(decision: str, days: int, expected: list[bool]):
    found = followed(
        "turned_down",
        contact=[asked("Ann", before(DAY, days), decision)],
        social_care_event=[stepped("Ann", DAY)],
    )
    assert [hit for _, hit in found] == expected


@pytest.mark.parametrize(
    ("served", "step", "expected"),
    [
        (None, "2024-03-01", [True]),
        ("2024-02-20", "2024-03-01", [False]),
        ("2024-01-15", "2024-03-01", []),
        (None, "2024-01-10", []),
    ],
)
def test_waited_more_than_the_standard_and_stepped_up_while_waiting(
    served: str | None, step: str, expected: list[bool]
):
    """Accepted on 1 January, so that a wait is beyond 14 days from 15 January."""
    found = followed(
        "waited",
        eh_episode=[helped("Ann", "2024-01-01", first_contact_date=served)],
        social_care_event=[stepped("Ann", step)],
    )
    assert [hit for _, hit in found] == expected
    assert all(day == date(2024, 1, 15) for day, _ in found)


def test_three_requests_in_12_months_without_help_count_from_the_third():
    days = [asked("Ann", before(DAY, each)) for each in (400, 300, 100)]
    found = followed("three_requests", contact=days, social_care_event=[stepped("Ann", DAY)])
    assert found == [(before(DAY, 100), True)]


@pytest.mark.parametrize("days", [(500, 300, 100), (300, 300, 100)])
def test_requests_over_more_than_12_months_or_of_one_day_are_not_three(days: tuple[int, ...]):
    assert followed("three_requests", contact=[asked("Ann", before(DAY, each)) for each in days]) == []


def test_three_requests_with_help_in_between_are_no_missed_opportunity():
    found = followed(
        "three_requests",
        contact=[asked("Ann", before(DAY, each)) for each in (300, 200, 100)],
        eh_episode=[helped("Ann", str(before(DAY, 250)), end_date=str(before(DAY, 220)))],
    )
    assert found == []


@pytest.mark.parametrize(
    ("days", "reason", "expected"),
    [(183, "outcomes_met", [True]), (184, "disengaged", [False]), (30, "stepped_up", [])],
)
def test_help_closed_and_a_step_up_within_6_months(days: int, reason: str, expected: list[bool]):
    episode = helped("Ann", "2023-06-01", end_date=str(before(DAY, days)), end_reason_code=reason)
    found = followed("closed", eh_episode=[episode], social_care_event=[stepped("Ann", DAY)])
    assert [hit for _, hit in found] == expected


def test_what_comes_after_the_first_step_up_is_no_opportunity():
    assert followed("turned_down", contact=[asked("Ann", DAY)], social_care_event=[stepped("Ann", DAY)]) == []


def test_a_family_counts_once_in_a_year_by_its_first_and_years_that_are_not_over_with_follow_up_are_not_mature():
    con, known = missed(
        contact=[asked("Ann", day) for day in ("2022-05-01", "2022-12-01", "2023-05-01", "2025-05-01")],
        social_care_event=[stepped("Ann", "2025-12-31")],
    )
    found = [each for each in missed_by_year(con, known, 4) if each.rule == "turned_down"]
    assert [(each.year.year, each.families, each.followed, each.mature) for each in found] == [
        (2022, 1, 0, True),
        (2023, 1, 0, True),
        (2025, 1, 1, False),
    ]
    assert {(each.year.month, each.year.day) for each in found} == {(4, 1)}


def test_the_share_of_step_ups_is_of_those_in_the_days_studied_and_each_counts_once_under_any_rule():
    con, _ = missed(
        contact=[asked("Ann", before(DAY, 100)), asked("Ann", before(DAY, 90)), asked("Ann", before(DAY, 80))],
        social_care_event=[stepped("Ann", DAY)],
    )
    shares = {each.rule: (each.after, each.step_ups) for each in shares_of_step_ups(con)}
    assert shares == {"assessed_nothing": (0, 2), "turned_down": (1, 2), "waited": (0, 2), "three_requests": (1, 2),
                      "closed": (0, 2), "any": (1, 2)}  # fmt: skip


def test_every_rule_is_declared_once_with_words_that_a_sentence_can_carry_on():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(
        words == words.strip(". ") and words[0].islower() for rule in RULES for words in (rule.event, rule.followed)
    )


def test_the_trend_of_the_smokers_is_that_of_a_textbook():
    """Smokers among lung cancer patients in four studies: Fleiss (1981), Statistical Methods for Rates and Proportions,
    p. 139, as in the examples of R's prop.trend.test, which gives X-squared = 8.2249.
    """
    found = trend([83, 90, 129, 70], [86, 93, 136, 82])
    assert (found.estimate / found.standard_error) ** 2 == pytest.approx(8.2249, abs=5e-5)
    assert found.estimate < 0


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=3, max_size=8))
def test_a_trend_is_the_weighted_slope_of_the_shares(years: list[tuple[int, int]]):
    """Against numpy's weighted least squares."""
    some, of = [min(each) for each in years], [max(each) for each in years]
    if not 0 < sum(some) < sum(of):
        return
    slope = np.polyfit(np.arange(len(of)), np.array(some) / np.array(of), 1, w=np.sqrt(of))[0]
    assert trend(some, of).estimate == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize(("some", "of"), [([1, 2], [9, 9]), ([0, 0, 0], [9, 9, 9]), ([9, 9, 9], [9, 9, 9])])
def test_two_years_or_no_difference_at_all_have_no_trend(some: list[int], of: list[int]):
    with pytest.raises(NotEstimable):
        trend(some, of)
