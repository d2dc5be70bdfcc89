"""Inequality on tables to check by eye, and agreement with slow second implementations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.differences import rate_ratio, share_ratio
from earlyhelp.statistics.inequality import disparity_ratio, relative_index, slope_index, standard_error_of
from earlyhelp.statistics.intervals import Interval, wilson

thorough = settings(max_examples=120, deadline=None, derandomize=True)
groups = st.lists(st.tuples(st.floats(5, 90), st.integers(1, 9000), st.floats(0.05, 2)), min_size=3, max_size=12).map(
    lambda rows: tuple(np.array(column) for column in zip(*rows, strict=True))
)

EVEN = [100, 100, 100, 100, 100]
SMALL = [1, 1, 1, 1, 1]


def slow_line(values, populations):
    """(value at the most deprived end, slope): least squares solved as such, each row weighted by its people."""
    shares = np.array(populations) / np.sum(populations)
    places = [sum(shares[:i]) + shares[i] / 2 for i in range(len(shares))]
    root = np.sqrt(shares)
    design = np.column_stack([root, root * places])
    return np.linalg.lstsq(design, root * np.array(values), rcond=None)[0]


@thorough
@given(groups)
def test_the_indices_agree_with_least_squares_solved_as_such(rows):
    start, slope = slow_line(*rows[:2])
    assert slope_index(*rows).value == pytest.approx(slope, abs=1e-8)
    expected = (start + slope) / start if min(start, start + slope) > 0 else math.nan
    if min(abs(start), abs(start + slope)) > 1e-3:
        assert relative_index(*rows).value == pytest.approx(expected, rel=1e-6, nan_ok=True)


@settings(thorough, max_examples=12)
@given(groups)
def test_the_bounds_are_where_a_simulation_arrives_as_the_guidance_does_it(rows):
    values, populations, errors = rows
    draws = values + np.random.default_rng(1).normal(size=(40_000, len(values))) * errors
    lines = np.linalg.lstsq(*weighted(populations, draws), rcond=None)[0]
    slope = slope_index(*rows)
    found, reach = np.quantile(lines[1], [0.025, 0.975]), slope.upper - slope.lower
    np.testing.assert_allclose(found, slope[1:], atol=0.02 * reach)
    ratio = relative_index(*rows)
    if lines.min() > 0.5 and lines.sum(axis=0).min() > 0.5:
        found, reach = np.quantile(1 + lines[1] / lines[0], [0.025, 0.975]), ratio.upper - ratio.lower
        np.testing.assert_allclose(found, ratio[1:], atol=0.04 * reach)


def weighted(populations, draws):
    shares = np.array(populations) / np.sum(populations)
    root = np.sqrt(shares)
    return np.column_stack([root, root * (np.cumsum(shares) - shares / 2)]), (root * draws).T


@thorough
@given(groups)
def test_groups_in_the_other_order_turn_the_slope_and_the_ratio_round(rows):
    ahead, back = slope_index(*rows), slope_index(*(column[::-1] for column in rows))
    assert back == pytest.approx((-ahead.value, -ahead.upper, -ahead.lower), abs=1e-9)
    ahead, back = relative_index(*rows), relative_index(*(column[::-1] for column in rows))
    if np.isfinite([*ahead, *back]).all() and ahead.lower > 0.01:
        assert back == pytest.approx((1 / ahead.value, 1 / ahead.upper, 1 / ahead.lower), rel=1e-6)


@thorough
@given(groups, st.floats(0.1, 1000), st.integers(2, 9))
def test_another_unit_scales_the_slope_and_leaves_the_ratio_and_the_size_of_the_place_changes_neither(rows, unit, size):
    values, populations, errors = rows
    scaled = unit * values, size * populations, unit * errors
    assert slope_index(*scaled) == pytest.approx([unit * figure for figure in slope_index(*rows)], rel=1e-6, abs=1e-6)
    if abs(slow_line(*rows[:2])[0]) > 1e-3:
        assert relative_index(*scaled).value == pytest.approx(relative_index(*rows).value, rel=1e-6, nan_ok=True)


@thorough
@given(groups)
def test_the_figures_lie_inside_their_bounds_and_more_confidence_widens_them(rows):
    for index in (slope_index, relative_index):
        narrow, wide = index(*rows, confidence=0.8), index(*rows)
        if np.isfinite([*narrow, *wide]).all():
            assert wide.lower < narrow.lower <= narrow.value <= narrow.upper < wide.upper


# Tables to check by eye.


def test_the_same_figure_everywhere_has_no_slope_and_a_ratio_of_one():
    assert slope_index([7] * 5, EVEN, SMALL).value == pytest.approx(0)
    assert relative_index([7] * 5, EVEN, SMALL).value == pytest.approx(1)


def test_a_straight_line_is_found_also_with_groups_of_unlike_size():
    # Places 0.05, 0.25, 0.6, 0.9: the line from 50 (most deprived) to 10 (least).
    places = np.array([0.05, 0.25, 0.6, 0.9])
    rows = 50 - 40 * places, [10, 30, 40, 20], [1] * 4
    assert slope_index(*rows).value == pytest.approx(-40)
    assert relative_index(*rows).value == pytest.approx(10 / 50)


def test_below_zero_means_higher_where_deprivation_is_higher():
    assert slope_index([30, 25, 20, 15, 10], EVEN, SMALL).value < 0
    assert relative_index([30, 25, 20, 15, 10], EVEN, SMALL).value < 1


def test_places_are_answered_one_by_one():
    values = np.array([[30, 25, 20, 15, 10], [1, 2, 3, 4, 5]])
    for index in (slope_index, relative_index):
        together = index(values, EVEN, SMALL)
        alone = [index(row, EVEN, SMALL) for row in values]
        np.testing.assert_allclose(np.array(together).T, alone)
        assert [type(figure) for figure in alone[0]] == [float] * 3


@pytest.mark.parametrize(
    "rows",
    [
        ([1, math.nan, 3, 4, 5], EVEN, SMALL),
        ([1, 2, 3, 4, 5], [100, 0, 100, 100, 100], SMALL),
        ([1, 2, 3, 4, 5], [100, None, 100, 100, 100], SMALL),
    ],
)
def test_a_missing_figure_or_a_group_of_nobody_gives_no_index(rows):
    for index in (slope_index, relative_index):
        assert np.isnan(index(*rows)).all()


def test_missing_errors_leave_the_figure_without_bounds():
    for index in (slope_index, relative_index):
        found = index([1, 2, 3, 4, 5], EVEN, [1, 1, math.nan, 1, 1])
        assert np.isfinite(found.value)
        assert np.isnan(found[1:]).all()


def test_a_line_that_falls_below_zero_has_a_slope_and_no_ratio():
    rows = [40, 10, 1, 1, 1], EVEN, SMALL
    # (-0.4 x 40 - 0.2 x 10 + 0.2 x 1 + 0.4 x 1) / (2 x 0.16 + 2 x 0.04) = -17.4 / 0.4; the mean is 10.6.
    assert slope_index(*rows).value == pytest.approx(-43.5)
    assert np.isnan(relative_index(*rows)).all()


def test_a_ratio_to_what_may_as_well_be_zero_has_no_bounds():
    found = relative_index([5, 6, 7, 8, 9], EVEN, [6] * 5)
    assert found.value > 1
    assert np.isnan(found[1:]).all()


def test_a_standard_error_is_read_off_an_interval():
    assert standard_error_of(Interval(1 - 1.959964 * 3, 1 + 1.959964 * 3)) == pytest.approx(3, rel=1e-6)
    found = standard_error_of(wilson(np.array([40, 50]), np.array([100, 100]), 0.8), 0.8)
    assert found == pytest.approx([0.0490, 0.0500], abs=0.0005)


def test_disparity_ratios_are_those_of_each_group_with_the_one_compared_with():
    counts, people = np.array([30, 40, 10]), np.array([100, 200, 100])
    shares, rates = disparity_ratio(counts, people, 1), disparity_ratio(counts, people, 1, ratio=rate_ratio)
    assert shares.value.tolist() == rates.value.tolist() == pytest.approx([1.5, 1, 0.5])
    for group in (0, 2):
        figures = counts[group], people[group], 40, 200
        assert [column[group] for column in shares] == pytest.approx(share_ratio(*figures))
        assert [column[group] for column in rates] == pytest.approx(rate_ratio(*figures))
    assert np.isnan([shares.lower[1], shares.upper[1], rates.lower[1], rates.upper[1]]).all()


def test_disparity_ratios_of_several_places_are_answered_one_by_one():
    counts, people = np.array([[30, 40], [5, 0]]), np.array([[100, 200], [50, 50]])
    together = disparity_ratio(counts, people, 0)
    for row in range(2):
        np.testing.assert_array_equal(
            [column[row] for column in together], disparity_ratio(counts[row], people[row], 0)
        )


# Refusals.


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: slope_index([1, 2, 3], [1, 2], [1, 1, 1]), "the same groups, at least 3"),
        (lambda: slope_index([1, 2], [1, 2], [1, 1]), "the same groups, at least 3"),
        (lambda: relative_index(1, 2, 3), "the same groups, at least 3"),
        (lambda: slope_index([1, 2, 3], [1, -2, 3], [1, 1, 1]), "a population is negative or infinite"),
        (lambda: slope_index([1, 2, 3], [1, 2, 3], [1, -1, 1]), "a standard error is negative or infinite"),
        (lambda: slope_index([1, 2, 3], [1, 2, 3], [1, 1, 1], 95), "confidence is a share"),
        (lambda: relative_index([1, 2, 3], [1, 2, 3], [1, 1, 1], 95), "confidence is a share"),
        (lambda: disparity_ratio([1, 2], [3, 4], 2), "the reference one of them"),
        (lambda: disparity_ratio([1, 2], [3, 4], -1), "the reference one of them"),
        (lambda: disparity_ratio([1, 2], [3, 4, 5], 0), "the same groups"),
        (lambda: disparity_ratio([1, 9], [3, 4], 0), "larger than its denominator"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
