"""What comparisons of two groups promise for every input, and where they have no answer."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.differences import rate_ratio, share_difference, share_ratio
from earlyhelp.statistics.intervals import wilson

thorough = settings(max_examples=150, deadline=None, derandomize=True)
confidences = st.sampled_from([0.5, 0.8, 0.95, 0.998])
counts, populations = st.integers(1, 500), st.floats(0.5, 1e6)


@st.composite
def shares(draw: st.DrawFn, least: int = 0) -> tuple[int, int]:
    denominator = draw(st.integers(max(1, least), 2000))
    return draw(st.integers(least, denominator)), denominator


def slow_log_interval(ratio: Fraction, variance: Fraction, confidence: float) -> list[float]:
    """The ratio and its bounds, on the scale of logarithms, in plain numbers."""
    middle, reach = math.log(ratio), NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(variance)
    return [float(ratio), math.exp(middle - reach), math.exp(middle + reach)]


@thorough
@given(shares(least=1), shares(least=1), confidences)
def test_share_ratio_agrees_with_its_equation_in_plain_numbers(first, second, confidence):
    (a, n), (b, m) = first, second
    if (a, b) != (n, m):
        variance = Fraction(1, a) - Fraction(1, n) + Fraction(1, b) - Fraction(1, m)
        expected = slow_log_interval(Fraction(a * m, b * n), variance, confidence)
        assert share_ratio(*first, *second, confidence) == pytest.approx(expected, rel=1e-7)


@thorough
@given(counts, st.integers(1, 10**6), counts, st.integers(1, 10**6), confidences)
def test_rate_ratio_agrees_with_its_equation_in_plain_numbers(a, n, b, m, confidence):
    expected = slow_log_interval(Fraction(a * m, b * n), Fraction(1, a) + Fraction(1, b), confidence)
    assert rate_ratio(a, n, b, m, confidence) == pytest.approx(expected, rel=1e-9)


@thorough
@given(shares(), shares(), confidences)
def test_a_difference_lies_inside_its_interval_and_the_interval_inside_minus_1_and_1(first, second, confidence):
    found = share_difference(*first, *second, confidence)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert -1 <= found.lower <= found.value <= found.upper <= 1


@thorough
@given(shares(), shares())
def test_groups_taken_the_other_way_round_have_the_mirrored_difference(first, second):
    one, other = share_difference(*first, *second), share_difference(*second, *first)
    assert one == pytest.approx((-other.value, -other.upper, -other.lower), abs=1e-12)


@thorough
@given(shares(least=1), shares(least=1), counts, populations, counts, populations)
def test_groups_taken_the_other_way_round_have_the_inverse_ratio(first, second, a, n, b, m):
    for one, other in [
        (share_ratio(*first, *second), share_ratio(*second, *first)),
        (rate_ratio(a, n, b, m), rate_ratio(b, m, a, n)),
    ]:
        assert one == pytest.approx((1 / other.value, 1 / other.upper, 1 / other.lower), nan_ok=True)


@thorough
@given(shares())
def test_compared_with_next_to_certainty_the_bounds_are_those_of_the_share_itself(share):
    found, alone = share_difference(*share, 0, 10**12), wilson(*share)
    assert found[1:] == pytest.approx(alone, abs=1e-6)


@thorough
@given(shares(least=1), shares(least=1), st.floats(0.01, 0.98), st.floats(0.005, 0.01))
def test_more_confidence_widens_the_interval(first, second, confidence, more):
    for method in (share_difference, share_ratio, rate_ratio):
        narrow, wide = (method(*first, *second, each) for each in (confidence, confidence + more))
        if not math.isnan(narrow.lower):
            assert wide.lower <= narrow.lower <= narrow.upper <= wide.upper


# Zeros and what is missing.


def test_none_in_either_group_is_a_difference_of_zero_with_bounds():
    found = share_difference(0, 20, 0, 30)
    assert found.value == 0
    assert found.lower < 0 < found.upper


def test_none_in_the_first_group_is_a_ratio_of_shares_of_zero_without_bounds():
    found = share_ratio(0, 20, 3, 30)
    assert found.value == 0
    assert np.isnan(found[1:]).all()


@thorough
@given(populations, st.integers(1, 50), populations, confidences)
def test_no_event_in_the_first_group_is_a_rate_ratio_up_to_where_none_of_all_has_the_chance_left_outside(
    n, b, m, confidence
):
    found = rate_ratio(0, n, b, m, confidence)
    share_of_first = found.upper * n / (found.upper * n + m)
    assert found[:2] == (0, 0)
    assert (1 - share_of_first) ** b == pytest.approx((1 - confidence) / 2, rel=1e-6)


def test_none_in_the_second_group_is_no_ratio_not_even_when_there_are_none_in_the_first():
    for count in (0, 4):
        assert np.isnan([share_ratio(count, 20, 0, 30), rate_ratio(count, 20, 0, 30)]).all()


def test_all_of_both_groups_is_a_ratio_of_one_without_bounds_for_that_is_not_certain():
    found = share_ratio(20, 20, 30, 30)
    assert found.value == 1
    assert np.isnan(found[1:]).all()


def test_all_of_one_group_has_bounds():
    assert np.isfinite(share_ratio(20, 20, 3, 30)).all()


@pytest.mark.parametrize("figures", [(0, 0, 3, 30), (3, 30, 0, 0), (math.nan, 3, 3, 30), (1, 3, 3, None)])
def test_a_group_of_nobody_or_a_missing_figure_gives_no_answer(figures):
    for method in (share_difference, share_ratio, rate_ratio):
        assert np.isnan(method(*figures)).all()


def test_events_may_outnumber_people_in_a_rate():
    assert rate_ratio(30, 20, 10, 20).value == 3


def test_arrays_give_one_answer_a_place_and_single_figures_plain_numbers():
    a, n, b, m = np.array([0, 3, 9]), np.array([4, 5, 9]), np.array([2, 0, 1]), np.array([4, 5, 0])
    for method in (share_difference, share_ratio):
        together = method(a, n, np.minimum(b, m), m)
        alone = [method(*figures) for figures in zip(a, n, np.minimum(b, m), m, strict=True)]
        np.testing.assert_array_equal(np.array(together).T, alone)
        assert [type(figure) for figure in method(1, 2, np.int64(1), 2)] == [float] * 3
    together = rate_ratio(a, n, b, m)
    np.testing.assert_array_equal(np.array(together).T, [rate_ratio(*f) for f in zip(a, n, b, m, strict=True)])
    assert [type(figure) for figure in rate_ratio(1, 2, np.int64(1), 2)] == [float] * 3


# Refusals.


@pytest.mark.parametrize("method", [share_difference, share_ratio, rate_ratio])
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("bad", [-1, math.inf])
def test_a_negative_or_infinite_figure_is_refused(method, place, bad):
    figures = [1, 2, 1, 2]
    figures[place] = bad
    with pytest.raises(ValueError, match="negative or infinite"):
        method(*figures)


@pytest.mark.parametrize("method", [share_difference, share_ratio])
@pytest.mark.parametrize("figures", [(3, 2, 1, 2), (1, 2, 3, 2), (1, 0, 1, 2)])
def test_a_numerator_above_its_denominator_is_refused(method, figures):
    with pytest.raises(ValueError, match="larger than its denominator"):
        method(*figures)


@pytest.mark.parametrize("method", [share_difference, share_ratio, rate_ratio])
def test_a_confidence_that_is_no_share_between_0_and_1_is_refused(method):
    with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
        method(1, 2, 1, 2, 95)
