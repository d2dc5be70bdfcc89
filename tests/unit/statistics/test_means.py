"""Means and changes on tables to check by eye, and agreement with the definition in plain numbers."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.means import mean, mean_change, mean_of_sums

thorough = settings(max_examples=150, deadline=None, derandomize=True)
scores = st.lists(st.integers(-50, 50), min_size=2, max_size=40)
counted = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 4)), min_size=1, max_size=20)

# The 97.5 % quantile of Student's distribution, as every table has it.
STUDENT = {1: 12.706205, 2: 4.302653, 4: 2.776445, 9: 2.262157, 30: 2.042272}


@thorough
@given(scores)
def test_the_mean_and_its_spread_agree_with_the_definition(values):
    found = mean(values)
    assert found.value == pytest.approx(statistics.fmean(values))
    t = (found.upper - found.lower) / 2
    if t and len(values) - 1 in STUDENT:
        error = statistics.stdev(values) / math.sqrt(len(values))
        assert t / error == pytest.approx(STUDENT[len(values) - 1], rel=1e-6)


@pytest.mark.parametrize("freedom", STUDENT)
def test_the_reach_is_students_quantile_times_the_standard_error(freedom):
    values = [0.0, 1.0] * freedom
    values = values[: freedom + 1]
    error = statistics.stdev(values) / math.sqrt(len(values))
    found = mean(values)
    assert (found.upper - found.value) / error == pytest.approx(STUDENT[freedom], rel=1e-6)
    assert (found.value - found.lower) / error == pytest.approx(STUDENT[freedom], rel=1e-6)


@thorough
@given(counted)
def test_a_count_repeats_a_value_so_many_times(rows):
    repeated = [value for value, count in rows for _ in range(count)]
    if repeated:
        together, one_by_one = mean(*zip(*rows, strict=True)), mean(repeated)
        assert together.value == pytest.approx(one_by_one.value)
        assert (together.lower is None) == (len(repeated) == 1) == (one_by_one.lower is None)
        if together.lower is not None:
            assert together[1:] == pytest.approx(one_by_one[1:], abs=1e-9)


@thorough
@given(scores, st.integers(-9, 9), st.integers(1, 9))
def test_another_unit_moves_the_mean_and_its_bounds_alike(values, shift, scale):
    plain, moved = mean(values), mean([scale * value + shift for value in values])
    assert moved == pytest.approx([scale * figure + shift for figure in plain], abs=1e-9)


@thorough
@given(scores)
def test_the_sums_of_a_group_say_as_much_as_its_values(values):
    found = mean_of_sums(len(values), sum(values), statistics.variance(values))
    assert found == pytest.approx(mean(values), abs=1e-9)


@thorough
@given(scores, st.integers(-9, 9))
def test_the_same_change_for_all_is_that_change_and_pairs_matter_not_the_two_means(values, change):
    found = mean_change(values, [value + change for value in values])
    assert found == pytest.approx((change, change, change), abs=1e-9)


def test_change_is_after_minus_before():
    assert mean_change([10, 10], [7, 8]).value == -2.5
    assert mean_change([7, 8], [10, 10]).value == 2.5


def test_counts_of_pairs_repeat_them():
    assert mean_change([1, 5], [2, 9], counts=[3, 1]).value == (3 * 1 + 4) / 4


def test_one_value_alone_has_a_mean_and_no_bounds():
    assert mean([7]) == mean([7, 9], counts=[1, 0]) == mean_of_sums(1, 7, None) == (7, None, None)


def test_large_values_close_together_keep_their_spread():
    assert mean([1e9, 1e9 + 1, 1e9 + 2]).upper - 1e9 == pytest.approx(1 + STUDENT[2] / math.sqrt(3), abs=1e-5)


def test_more_confidence_widens_the_interval():
    narrow, wide = mean([1, 2, 9], confidence=0.8), mean([1, 2, 9], confidence=0.95)
    assert wide.lower < narrow.lower < 4 < narrow.upper < wide.upper


# Refusals.


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mean([]), "at least one value"),
        (lambda: mean([3, 4], counts=[0, 0]), "at least one value"),
        (lambda: mean([1, math.nan]), "`values` holds a missing or infinite entry"),
        (lambda: mean([1, None]), "`values` holds a missing or infinite entry"),
        (lambda: mean([1, math.inf]), "`values` holds a missing or infinite entry"),
        (lambda: mean(3), "`values` must be one list"),
        (lambda: mean(np.ones((2, 2))), "`values` must be one list"),
        (lambda: mean([1, 2], counts=[1]), "hold 2 values, 1 counts"),
        (lambda: mean([1, 2], counts=[1, -1]), "whole numbers from 0 up"),
        (lambda: mean([1, 2], counts=[1, 0.5]), "whole numbers from 0 up"),
        (lambda: mean([1, 2], confidence=95), "confidence is a share between 0 and 1"),
        (lambda: mean([1, 2], confidence=1), "confidence is a share between 0 and 1"),
        (lambda: mean([1, 2], confidence=0), "confidence is a share between 0 and 1"),
        (lambda: mean_change([1, 2], [1]), "hold 2 before, 1 after"),
        (lambda: mean_change([1, math.nan], [1, 2]), "`before` holds a missing or infinite entry"),
        (lambda: mean_change([1, 2], [1, None]), "`after` holds a missing or infinite entry"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
