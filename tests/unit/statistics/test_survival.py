"""Survival curves on tables to check by eye, and agreement with a slow second implementation in fractions."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.survival import kaplan_meier

thorough = settings(max_examples=150, deadline=None, derandomize=True)

waits = st.lists(st.tuples(st.integers(0, 25), st.booleans()), max_size=40)
weighted_waits = st.lists(st.tuples(st.integers(0, 25), st.booleans(), st.integers(0, 4)), max_size=25)
transforms = st.sampled_from(["log", "log-log"])


def columns(rows):
    return [row[0] for row in rows], [row[1] for row in rows]


# The slow second implementation: the definition, day by day, in fractions.


def slow_steps(rows):
    """(day, at risk, ended, survival, sum for Greenwood or None) for each day on which one ended."""
    survival, spread, steps = Fraction(1), Fraction(0), []
    for day in sorted({day for day, ended in rows if ended}):
        at_risk = sum(1 for other, _ in rows if other >= day)
        ended = sum(1 for other, over in rows if other == day and over)
        survival *= Fraction(at_risk - ended, at_risk)
        spread = None if at_risk == ended else spread + Fraction(ended, at_risk * (at_risk - ended))
        steps.append((day, at_risk, ended, survival, spread))
    return steps


def slow_quantile(rows, q):
    """The first day at 1 - q or under; on a level stretch, midway to the next fall or to the last day followed."""
    steps = slow_steps(rows)
    for place, (day, _, _, survival, _) in enumerate(steps):
        if survival <= 1 - q:
            ends = [step[0] for step in steps[place + 1 :]] + [max(other for other, _ in rows)]
            return (day + ends[0]) / 2 if survival == 1 - q else day
    return None


def slow_bound(rows, q, transform, side):
    """The first day on which the edge of the band, worked out one day at a time, is at 1 - q or under."""
    z = side * NormalDist().inv_cdf(0.975)
    for day, _, _, survival, spread in slow_steps(rows):
        if spread is None:
            return None
        share, error = float(survival), math.sqrt(spread)
        if transform == "log":
            edge = min(1.0, math.exp(math.log(share) + z * error))
        else:
            edge = math.exp(-math.exp(math.log(-math.log(share)) + z * error / math.log(share)))
        if edge <= 1 - q:
            return day
    return None


@thorough
@given(waits)
def test_the_curve_agrees_with_the_definition_in_fractions(rows):
    curve, steps = kaplan_meier(*columns(rows)), slow_steps(rows)
    assert curve.times.tolist() == [day for day, *_ in steps]
    assert curve.at_risk.tolist() == [at_risk for _, at_risk, *_ in steps]
    assert curve.events.tolist() == [ended for _, _, ended, *_ in steps]
    np.testing.assert_allclose(curve.survival, [float(survival) for *_, survival, _ in steps], atol=1e-12)
    errors = [math.nan if spread is None else float(share) * math.sqrt(spread) for *_, share, spread in steps]
    np.testing.assert_allclose(curve.standard_error, errors, atol=1e-12)
    assert curve.last_day == max((day for day, _ in rows), default=0)


@thorough
@given(waits, st.fractions("1/20", "19/20", max_denominator=20), transforms)
def test_quantiles_and_their_bounds_agree_with_the_definition(rows, q, transform):
    found = kaplan_meier(*columns(rows)).quantile(float(q), transform=transform)
    assert found.estimate == slow_quantile(rows, q)
    assert found.lower == slow_bound(rows, q, transform, -1)
    assert found.upper == slow_bound(rows, q, transform, +1)


@thorough
@given(weighted_waits)
def test_a_weight_counts_a_wait_so_many_times(rows):
    repeated = [row for row in rows for _ in range(row[2])]
    weighted = kaplan_meier(*columns(rows), weights=[row[2] for row in rows])
    one_by_one = kaplan_meier(*columns(repeated))
    for name in ("times", "at_risk", "events", "survival", "standard_error"):
        np.testing.assert_allclose(getattr(weighted, name), getattr(one_by_one, name))
    assert weighted.last_day == one_by_one.last_day
    assert weighted.median() == one_by_one.median()


@thorough
@given(waits, transforms)
def test_the_curve_falls_from_1_to_no_less_than_0_inside_its_band(rows, transform):
    curve = kaplan_meier(*columns(rows))
    assert np.all(np.diff(curve.survival, prepend=1.0) < 0)
    assert np.all(curve.survival >= 0)
    lower, upper = curve.band(transform=transform)
    left = curve.survival > 0
    assert np.isnan([lower[~left], upper[~left]]).all()
    assert np.all((lower[left] >= 0) & (lower[left] < curve.survival[left]))
    assert np.all((curve.survival[left] < upper[left]) & (upper[left] <= 1))


@thorough
@given(waits)
def test_a_quantile_lies_between_its_bounds_and_a_higher_one_is_no_earlier(rows):
    curve = kaplan_meier(*columns(rows))
    quantiles = [curve.quantile(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)]
    for estimate, lower, upper in quantiles:
        assert lower is None or estimate is None or lower <= estimate
        assert upper is None or (estimate is not None and estimate <= upper)
    reached = [quantile.estimate for quantile in quantiles if quantile.estimate is not None]
    assert reached == sorted(reached)
    assert [quantile.estimate is None for quantile in quantiles] == sorted(q.estimate is None for q in quantiles)


@thorough
@given(waits)
def test_more_data_of_the_same_kind_leave_the_curve_and_narrow_its_band(rows):
    curve = kaplan_meier(*columns(rows))
    fourfold = kaplan_meier(*columns(rows * 4))
    np.testing.assert_allclose(fourfold.survival, curve.survival, atol=1e-12)
    np.testing.assert_allclose(2 * fourfold.standard_error, curve.standard_error, atol=1e-12)


@thorough
@given(waits)
def test_without_anyone_still_waiting_the_curve_is_the_plain_share_who_waited_longer(rows):
    assume(rows)
    days = [day for day, _ in rows]
    curve = kaplan_meier(days, [True] * len(days))
    np.testing.assert_allclose(curve.survival, [np.mean(np.array(days) > day) for day in curve.times], atol=1e-12)
    assert curve.median().estimate == pytest.approx(np.median(days))


# Tables to check by eye.


def test_five_families_of_whom_two_still_wait():
    # day 3: one of five allocated; day 5: one of four, and one still waiting when last seen; day 8: one of two.
    curve = kaplan_meier([3, 5, 5, 8, 9], [True, True, False, True, False])
    assert curve.times.tolist() == [3, 5, 8]
    assert curve.at_risk.tolist() == [5, 4, 2]
    assert curve.events.tolist() == [1, 1, 1]
    assert curve.survival == pytest.approx([4 / 5, 4 / 5 * 3 / 4, 4 / 5 * 3 / 4 * 1 / 2])
    assert curve.median().estimate == 8
    assert curve.last_day == 9


def test_the_median_of_an_even_number_lies_midway():
    assert kaplan_meier([2, 4, 10, 20], [True] * 4).median().estimate == 7


def test_a_hundred_that_end_one_by_one_have_their_median_midway_despite_rounding():
    assert kaplan_meier(np.arange(1, 101), np.ones(100)).median().estimate == 50.5


def test_a_curve_that_ends_level_at_one_half_has_its_median_midway_to_the_last_day_followed():
    assert kaplan_meier([4, 10], [True, False]).median().estimate == 7


def test_a_curve_that_stays_above_one_half_has_no_median_yet():
    assert kaplan_meier([4, 10, 10], [True, False, False]).median() == (None, 4, None)


def test_the_median_is_the_quantile_of_one_half_with_the_same_settings():
    curve = kaplan_meier(range(60), [True] * 60)
    assert curve.median(0.8, "log-log") == curve.quantile(0.5, 0.8, "log-log")
    assert curve.median(0.8, "log-log") != curve.quantile(0.5, 0.99, "log-log")
    assert curve.median() == curve.quantile(0.5, 0.95, "log")


def test_a_wait_may_end_on_its_first_day():
    curve = kaplan_meier([0, 0, 3], [True, True, True])
    assert (curve.times.tolist(), curve.median().estimate) == ([0, 3], 0)


@pytest.mark.parametrize("rows", [[], [(5, False), (9, False)]])
def test_where_nothing_has_ended_the_curve_has_no_step_and_no_quantile(rows):
    curve = kaplan_meier(*columns(rows))
    assert curve.times.size == curve.survival.size == 0
    assert curve.median() == curve.quantile(0.01) == (None, None, None)


def test_a_weight_of_zero_leaves_a_wait_out_altogether():
    with_it = kaplan_meier([2, 4, 90], [True, True, False], weights=[1, 1, 0])
    without = kaplan_meier([2, 4], [True, True])
    assert with_it.at_risk.tolist() == without.at_risk.tolist()
    assert with_it.last_day == without.last_day == 4


def test_what_was_passed_in_is_left_as_it_was():
    durations, ended = np.array([3, 1, 2]), np.array([True, False, True])
    kaplan_meier(durations, ended)
    assert (durations.tolist(), ended.tolist()) == ([3, 1, 2], [True, False, True])


def test_a_million_waits_take_well_under_a_second():
    random = np.random.default_rng(20240229)
    durations, ended = random.integers(0, 1500, 1_000_000), random.random(1_000_000) < 0.7
    before = time.process_time()
    assert kaplan_meier(durations, ended).median().estimate is not None
    assert time.process_time() - before < 1


# Refusals.


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, None])
@pytest.mark.parametrize("name", ["durations", "ended", "weights"])
def test_a_missing_infinite_or_negative_entry_is_refused_by_name(name, bad):
    rows = {"durations": [3, 4], "ended": [1, 0], "weights": [1, 1]}
    rows[name][1] = bad
    with pytest.raises(ValueError, match=f"`{name}` holds a missing, infinite or negative entry"):
        kaplan_meier(**rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"durations": [1, 2, 3], "ended": [1, 0]}, "match one to one, and hold 3 durations, 2 ended, 3 weights"),
        ({"durations": [1, 2], "ended": [1, 0], "weights": [1]}, "and hold 2 durations, 2 ended, 1 weights"),
        ({"durations": [1, 2.5], "ended": [1, 0]}, "whole days"),
        ({"durations": [1, 2], "ended": [1, 2]}, "true or false"),
        ({"durations": [1, 2], "ended": [1, 0.5]}, "true or false"),
        ({"durations": [[1, 2]], "ended": [[1, 0]]}, "`durations` must be one list"),
        ({"durations": 3, "ended": True}, "`durations` must be one list"),
    ],
)
def test_rows_that_make_no_sense_are_refused_in_words(rows, words):
    with pytest.raises(ValueError, match=words):
        kaplan_meier(**rows)


@pytest.mark.parametrize("q", [0, 1, -0.5, 50, math.nan])
def test_a_quantile_that_is_no_share_between_0_and_1_is_refused(q):
    with pytest.raises(ValueError, match="q is the share that has ended"):
        kaplan_meier([1], [True]).quantile(q)


def test_a_confidence_or_a_transform_that_does_not_exist_is_refused():
    curve = kaplan_meier([1, 2], [True, True])
    with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
        curve.band(confidence=95)
    with pytest.raises(ValueError, match='"log" or "log-log"'):
        curve.band(transform="plain")
