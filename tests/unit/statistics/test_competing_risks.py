"""Competing risks on tables to check by eye, and agreement with slow second implementations in fractions."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.competing_risks import AalenJohansen, aalen_johansen
from earlyhelp.statistics.survival import kaplan_meier

thorough = settings(max_examples=120, deadline=None, derandomize=True)

PLACE, WITHDRAWN, STEP_UP = 1, 2, 3
endings = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=30)
weighted_endings = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 3)), max_size=20)
transforms = st.sampled_from(["log-log", "plain"])


def columns(rows):
    return [row[0] for row in rows], [row[1] for row in rows]


def curves(rows, **how) -> AalenJohansen:
    return aalen_johansen(*columns(rows), n_causes=3, **how)


# The slow second implementations: the definition, day by day, in fractions; what one wait more would change.


def slow_incidence(rows):
    """{cause: share ended by it} after each day on which one ended; rows of (day, cause, weight)."""
    left, ended, steps = Fraction(1), dict.fromkeys((1, 2, 3), Fraction(0)), []
    for day in sorted({day for day, cause, weight in rows if cause and weight}):
        at_risk = sum(weight for other, _, weight in rows if other >= day)
        today = {k: sum(w for other, cause, w in rows if other == day and cause == k) for k in ended}
        ended = {k: ended[k] + left * Fraction(today[k], at_risk) for k in ended}
        left *= 1 - Fraction(sum(today.values()), at_risk)
        steps.append((day, dict(ended), left))
    return steps


def slow_variance(rows, cause):
    """The delta method, with the numbers that end each day multinomial given those at risk."""
    steps = slow_incidence([(day, k, 1) for day, k in rows])
    variances = []
    for last in range(len(steps)):
        total, left = Fraction(0), Fraction(1)
        for day, ended, after in steps[: last + 1]:
            n = sum(1 for other, _ in rows if other >= day)
            d = sum(1 for other, k in rows if other == day and k)
            mine = sum(1 for other, k in rows if other == day and k == cause)
            ahead = steps[last][1][cause] - ended[cause]
            total += ahead**2 * Fraction(d, n * (n - d)) if n > d else 0
            total += left**2 * Fraction(mine * (n - mine), n**3) - 2 * ahead * left * Fraction(mine, n**2)
            left = after
        variances.append(float(total))
    return variances


def slow_effects(rows, changed):
    """How much each share would change, for one wait counted a little more: by counting it so."""
    little = Fraction(1, 10**6)
    more = [(day, k, w + little if i == changed else w) for i, (day, k, w) in enumerate(rows)]
    pairs = zip(slow_incidence(more), slow_incidence(rows), strict=True)
    return np.array([[float((up[1][k] - base[1][k]) / little) for k in (1, 2, 3)] for up, base in pairs])


@thorough
@given(weighted_endings)
def test_the_curves_agree_with_the_definition_in_fractions(rows):
    found, steps = curves(rows, weights=[row[2] for row in rows]), slow_incidence(rows)
    assert found.times.tolist() == [day for day, *_ in steps]
    expected = np.array([[float(ended[k]) for _, ended, _ in steps] for k in (1, 2, 3)])
    np.testing.assert_allclose(found.incidence, expected.reshape(3, -1), atol=1e-12)
    np.testing.assert_allclose(found.survival, [float(left) for *_, left in steps], atol=1e-12)


@thorough
@given(endings)
def test_the_standard_error_agrees_with_the_delta_method_in_fractions(rows):
    found = curves(rows)
    for k in (1, 2, 3):
        expected = np.sqrt(np.maximum(slow_variance(rows, k), 0))
        told = ~np.isnan(found.standard_error[k - 1])
        np.testing.assert_allclose(found.standard_error[k - 1][told], expected[told], atol=1e-9)


@settings(thorough, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=8), st.booleans()
)
def test_the_standard_error_gathers_what_each_wait_would_change(rows, robust):
    found = curves(rows, weights=[row[2] for row in rows], robust=robust)
    squares = [slow_effects(rows, i) ** 2 * (w**2 if robust else w) for i, (_, _, w) in enumerate(rows)]
    expected = np.sqrt(np.sum(squares, axis=0)).T.reshape(3, -1)
    told = ~np.isnan(found.standard_error)
    np.testing.assert_allclose(found.standard_error[told], expected[told], atol=1e-4)


# What holds of all curves.


@thorough
@given(weighted_endings)
def test_those_ended_by_each_cause_and_those_still_going_make_up_everyone(rows):
    found = curves(rows, weights=[row[2] for row in rows])
    np.testing.assert_allclose(found.incidence.sum(axis=0) + found.survival, 1)
    np.testing.assert_array_equal(
        found.events.sum(axis=0), found.at_risk - np.append(found.at_risk, 0)[1:] - left(found, rows)
    )


def left(found, rows):
    """How many were last seen, still going, from each ending day up to before the next."""
    edges = np.append(found.times, math.inf)
    gone = [(day, weight) for day, cause, weight in rows if cause == 0]
    return [sum(w for day, w in gone if a <= day < b) for a, b in pairwise(edges)]


@thorough
@given(endings)
def test_one_cause_alone_is_one_minus_kaplan_meier_with_its_standard_error(rows):
    days, ended = [day for day, _ in rows], [cause > 0 for _, cause in rows]
    found, survival = aalen_johansen(days, ended, n_causes=1), kaplan_meier(days, ended)
    np.testing.assert_allclose(found.incidence[0], 1 - survival.survival, atol=1e-12)
    np.testing.assert_allclose(found.standard_error[0], survival.standard_error, atol=1e-9)


@thorough
@given(endings)
def test_taking_other_causes_for_still_going_overstates_a_cause(rows):
    found = curves(rows)
    for k in (1, 2, 3):
        naive = kaplan_meier([day for day, _ in rows], [cause == k for _, cause in rows])
        for day, survival in zip(naive.times, naive.survival, strict=True):
            assert found.at(day).share[k - 1] <= 1 - survival + 1e-12


@thorough
@given(weighted_endings)
def test_a_weight_counts_a_wait_so_many_times(rows):
    together = curves(rows, weights=[row[2] for row in rows])
    one_by_one = curves([row[:2] for row in rows for _ in range(row[2])])
    for name in ("times", "at_risk", "survival", "events", "incidence", "standard_error"):
        np.testing.assert_allclose(getattr(together, name), getattr(one_by_one, name), atol=1e-9)
    assert together.last_day == one_by_one.last_day


@thorough
@given(endings, st.floats(0.1, 20))
def test_weights_of_one_size_change_nothing_when_they_say_how_much_each_counts(rows, size):
    plain, weighted = curves(rows), curves(rows, weights=[size] * len(rows), robust=True)
    np.testing.assert_allclose(weighted.incidence, plain.incidence, atol=1e-9)
    told = ~np.isnan(plain.standard_error)
    np.testing.assert_allclose(weighted.standard_error[told], plain.standard_error[told], atol=1e-7)


@thorough
@given(endings, transforms, st.sampled_from([0.8, 0.95, 0.998]))
def test_a_share_lies_inside_its_interval_and_the_interval_inside_0_and_1(rows, transform, confidence):
    found = curves(rows)
    lower, upper = found.band(confidence, transform)
    told = ~np.isnan(found.standard_error)
    assert np.all((lower[told] >= 0) & (lower[told] <= found.incidence[told] + 1e-12))
    assert np.all((found.incidence[told] <= upper[told] + 1e-12) & (upper[told] <= 1))
    assert np.isnan([lower[~told], upper[~told]]).all()


@thorough
@given(endings)
def test_the_order_of_the_rows_does_not_matter(rows):
    one, other = curves(rows), curves(rows[::-1])
    np.testing.assert_allclose(one.incidence, other.incidence, atol=1e-12)
    np.testing.assert_allclose(one.standard_error, other.standard_error, atol=1e-9)


# Tables to check by eye.


def five_families() -> AalenJohansen:
    return aalen_johansen([3, 5, 5, 8, 9], [PLACE, WITHDRAWN, 0, PLACE, 0])


def test_five_families_of_whom_two_found_a_place_one_withdrew_and_two_still_wait():
    # Day 3: one of five placed. Day 5: one of four withdraws, one is last seen. Day 8: one of two placed.
    found = five_families()
    assert found.times.tolist() == [3, 5, 8]
    assert found.at_risk.tolist() == [5, 4, 2]
    assert found.events.tolist() == [[1, 0, 1], [0, 1, 0]]
    assert found.survival == pytest.approx([4 / 5, 3 / 5, 3 / 10])
    assert found.incidence[0] == pytest.approx([1 / 5, 1 / 5, 1 / 5 + 3 / 5 * 1 / 2])
    assert found.incidence[1] == pytest.approx([0, 4 / 5 * 1 / 4, 1 / 5])
    assert found.last_day == 9


def test_with_all_seen_to_the_end_the_share_and_its_error_are_those_of_a_plain_share():
    found = aalen_johansen([1, 2, 3, 4], [PLACE, WITHDRAWN, PLACE, PLACE])
    assert found.incidence[0, -1] == pytest.approx(3 / 4)
    assert found.standard_error[0, -1] == pytest.approx(math.sqrt(3 / 4 * 1 / 4 / 4))


def test_bounds_on_the_two_scales_worked_by_hand():
    found = five_families()
    error = found.standard_error[0, 0]
    assert error == pytest.approx(math.sqrt(0.2 * 0.8 / 5))
    plain, loglog = found.at(3, transform="plain"), found.at(3)
    assert (plain.lower[0], plain.upper[0]) == (0, pytest.approx(0.2 + 1.959964 * error))
    power = math.exp(1.959964 * error / (0.2 * -math.log(0.2)))
    assert (loglog.lower[0], loglog.upper[0]) == (pytest.approx(0.2**power), pytest.approx(0.2 ** (1 / power)))


def test_shares_are_asked_for_by_day_and_hold_until_the_next_ending():
    found = five_families()
    assert found.at(4).share.tolist() == pytest.approx([1 / 5, 0])
    assert found.at([0, 3, 7, 9]).share.tolist() == [
        pytest.approx([0, 1 / 5, 1 / 5, 1 / 2]),
        pytest.approx([0, 0, 1 / 5, 1 / 5]),
    ]
    assert found.at(5).lower.shape == (2,)
    assert found.at([0, 3, 7, 9]).upper.shape == (2, 4)


def test_before_anything_has_ended_the_share_is_zero_and_has_no_bounds():
    found = five_families().at(2)
    assert found.share.tolist() == [0, 0]
    assert np.isnan([found.lower, found.upper]).all()


def test_a_cause_that_has_ended_none_yet_is_zero_without_bounds_which_is_not_certainty():
    found = aalen_johansen([1, 2, 5], [PLACE, PLACE, 0], n_causes=2).at(2)
    assert found.share.tolist() == pytest.approx([2 / 3, 0])
    assert np.isnan([found.lower[1], found.upper[1]]).all()
    assert not np.isnan([found.lower[0], found.upper[0]]).any()


def test_after_the_last_day_followed_nothing_is_known_of_those_still_going():
    assert np.isnan(five_families().at(10).share).all()
    assert np.isnan(five_families().at([9, 10]).share).tolist() == [[False, True]] * 2


def test_after_all_have_ended_the_shares_stand_for_good():
    found = aalen_johansen([1, 2], [PLACE, WITHDRAWN])
    assert found.at(900).share.tolist() == pytest.approx([1 / 2, 1 / 2])


def test_a_group_that_lacks_a_cause_has_a_row_for_it_when_told_how_many_there_are():
    assert aalen_johansen([1, 2], [1, 0]).incidence.shape == (1, 1)
    assert aalen_johansen([1, 2], [1, 0], n_causes=3).incidence.tolist() == [[0.5], [0], [0]]


@pytest.mark.parametrize("rows", [[], [(5, 0), (9, 0)]])
def test_where_nothing_has_ended_the_curves_have_no_step(rows):
    found = aalen_johansen(*columns(rows), n_causes=2)
    assert found.incidence.shape == found.standard_error.shape == found.band().lower.shape == (2, 0)
    assert found.last_day == max((day for day, _ in rows), default=0)
    assert found.at(0).share.tolist() == [0, 0]
    assert aalen_johansen(*columns(rows)).incidence.shape == (0, 0)


def test_a_weight_of_zero_leaves_a_wait_out_altogether():
    with_it = aalen_johansen([2, 4, 90], [1, 2, 2], weights=[1, 1, 0])
    without = aalen_johansen([2, 4], [1, 2])
    assert with_it.times.tolist() == without.times.tolist()
    assert with_it.incidence.tolist() == without.incidence.tolist()
    assert with_it.last_day == 4


def test_what_was_passed_in_is_left_as_it_was():
    durations, causes = np.array([3, 1, 2]), np.array([1, 2, 0])
    aalen_johansen(durations, causes)
    assert (durations.tolist(), causes.tolist()) == ([3, 1, 2], [1, 2, 0])


def test_a_million_waits_take_well_under_two_seconds():
    random = np.random.default_rng(20240229)
    durations, causes = random.integers(0, 1500, 1_000_000), random.integers(0, 4, 1_000_000)
    before = time.process_time()
    assert aalen_johansen(durations, causes).survival[-1] < 0.01
    assert time.process_time() - before < 2


# Refusals.


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"durations": [1, 2, 3], "causes": [1, 0]}, "match one to one"),
        ({"durations": [1, 2], "causes": [1, 0], "weights": [1]}, "match one to one"),
        ({"durations": [[1, 2]], "causes": [[1, 0]]}, "match one to one"),
        ({"durations": 3, "causes": 1}, "match one to one"),
        ({"durations": [1, 2], "causes": [1, 0.5]}, "`causes` must be 0 for still going"),
        ({"durations": [1, 2], "causes": [1, -1]}, "`causes` must be 0 for still going"),
        ({"durations": [1, 2], "causes": [1, None]}, "`causes` must be 0 for still going"),
        ({"durations": [1, 2], "causes": [1, math.inf]}, "`causes` must be 0 for still going"),
        ({"durations": [1, 2], "causes": [1, 3], "n_causes": 2}, "holds cause 3, and `n_causes` allows for 2"),
        ({"durations": [1, -2], "causes": [1, 0]}, "`durations` holds a missing, infinite or negative entry"),
        ({"durations": [1, 2.5], "causes": [1, 0]}, "whole days"),
        ({"durations": [1, 2], "causes": [1, 0], "weights": [1, None]}, "`weights` holds a missing"),
    ],
)
def test_rows_that_make_no_sense_are_refused_in_words(rows, words):
    with pytest.raises(ValueError, match=words):
        aalen_johansen(**rows)


@pytest.mark.parametrize("day", [-1, math.nan, [3, -1], [None]])
def test_a_day_before_the_start_is_refused(day):
    with pytest.raises(ValueError, match="`day` holds a missing or negative entry"):
        five_families().at(day)


def test_a_confidence_or_a_transform_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
        five_families().band(confidence=95)
    with pytest.raises(ValueError, match='"log-log" or "plain"'):
        five_families().band(transform="log")
