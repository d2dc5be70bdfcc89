"""Area early warning: wards whose last three months lie above their own past, with few false alarms."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from earlyhelp.evaluate.earlier import what_came_before
from earlyhelp.evaluate.earlier.warnings import FALSE_ALARMS, PAST_QUARTERS, exceeded, watched
from earlyhelp.statistics.multiple import benjamini_hochberg
from unit.evaluate.earlier_council import AS_AT, STANDARDS, asked, child, council, looked, stepped

WARDS = 20


def test_months_are_counted_by_ward_in_quarters_that_end_with_the_last_whole_month():
    days = ("2026-01-01", "2026-03-31", "2025-12-31", "2025-10-01", "2025-09-30")
    con, known = looked(
        [child("Ann"), child("Ben", area=3)],
        contact=[asked("Ann", day, "early_help") for day in days],
        social_care_event=[stepped("Ben", "2025-05-05")],
    )
    found = {(each.series, each.label): each for each in watched(con, known.held, AS_AT)}
    ann = found["requests", "Northwell"]
    assert (ann.first, ann.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (ann.events, ann.past) == (2, (2, 1) + (0,) * (PAST_QUARTERS - 2))
    assert ann.expected == pytest.approx(3.5 / PAST_QUARTERS)
    ben = found["step_ups", "Southmere"]
    assert (ben.events, ben.past[3 - 1 : 4], sum(ben.past)) == (0, (1, 0), 1)


def test_records_of_less_than_two_years_of_quarters_warn_of_nothing():
    con, known = looked([child("Ann")], social_care_event=[stepped("Ann", "2024-01-01")])
    assert watched(con, date(2024, 2, 1), AS_AT) == []
    assert {len(each.past) for each in watched(con, date(2024, 1, 1), AS_AT)} == {8}
    assert {len(each.past) for each in watched(con, known.held, AS_AT)} == {PAST_QUARTERS}


def test_where_nobody_knows_where_families_live_no_ward_is_watched_and_all_else_is_told():
    con = council([child("Ann"), child("Ben")], social_care_event=[stepped("Ann", "2024-01-01")])
    con.execute("DELETE FROM place")
    found = what_came_before(con, STANDARDS)
    assert found.watched == ()
    assert [(each.by, each.step_ups) for each in found.unseen] == [("all", 1), ("age_band", 1), ("source_code", 1)]


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_where_nothing_changed_fewer_than_one_council_in_ten_is_warned_of_anything(spread: float):
    """300 councils of 20 wards; with `spread`, counts vary more than Poisson, as a gamma of that relative variance tells."""
    luck, warned = np.random.default_rng(6), 0
    for _ in range(300):
        usual = luck.gamma(4, 2, (WARDS, 1)) * np.ones((1, PAST_QUARTERS + 1))
        rate = usual * luck.gamma(1 / spread**2, spread**2, usual.shape) if spread else usual
        counts = luck.poisson(rate).astype(float)
        _, chance = exceeded(counts[:, 0], counts[:, 1:])
        warned += np.any(benjamini_hochberg(chance) <= FALSE_ALARMS)
    assert warned / 300 < 0.1


def test_a_ward_with_three_times_its_usual_count_is_found():
    luck = np.random.default_rng(7)
    counts = luck.poisson(8.0, (WARDS, PAST_QUARTERS + 1)).astype(float)
    counts[3, 0] = 26
    expected, chance = exceeded(counts[:, 0], counts[:, 1:])
    assert np.flatnonzero(benjamini_hochberg(chance) <= FALSE_ALARMS).tolist() == [3]
    assert expected[3] == pytest.approx((counts[3, 1:].sum() + 0.5) / PAST_QUARTERS)


def test_the_chance_of_so_many_or_more_falls_with_the_count_and_nothing_is_certain_to_be_exceeded():
    past = np.tile([4.0, 6.0, 5.0, 5.0] * 3, (30, 1))
    _, chance = exceeded(np.arange(30.0), past)
    assert np.all(np.diff(chance) < 0)
    assert chance[0] == 1.0


def test_a_ward_without_any_event_in_its_past_expects_almost_none():
    expected, chance = exceeded(np.array([0.0, 4.0]), np.zeros((2, 12)))
    assert expected.tolist() == [0.5 / 12] * 2
    assert (chance[0], chance[1] < 0.001) == (1.0, True)
