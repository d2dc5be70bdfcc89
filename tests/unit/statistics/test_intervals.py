"""What intervals promise for every input, and agreement with slow second implementations that search for each bound."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.intervals import Interval, byar, exact_poisson, rate, wilson, z_score

thorough = settings(max_examples=150, deadline=None, derandomize=True)

confidences = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])
counts = st.integers(0, 400)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    denominator = draw(st.integers(1, 5000))
    return draw(st.integers(0, denominator)), denominator


# The slow second implementations: each bound is searched for, by halving, where its defining condition turns.


def turning_point(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where `holds` changes from true to false between `low` and `high`."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def slow_wilson(numerator: int, denominator: int, confidence: float) -> Interval[float]:
    """The shares p that a score test would not reject: |share - p| no more than z standard errors, taken at p."""
    share = numerator / denominator
    z = NormalDist().inv_cdf((1 + confidence) / 2)

    def rejected(p: float) -> bool:
        return (share - p) ** 2 * denominator > z**2 * p * (1 - p)

    return Interval(turning_point(rejected, 0, share), turning_point(lambda p: not rejected(p), share, 1))


def chance_of_at_most(count: int, mean: float) -> float:
    """The Poisson distribution, term by term."""
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def slow_exact_poisson(count: int, confidence: float) -> Interval[float]:
    """The means under which so many, and so few, events would still not be too rare."""
    tail = (1 - confidence) / 2
    highest = 10.0 + 3 * count
    too_many = turning_point(lambda mean: 1 - chance_of_at_most(count - 1, mean) < tail, 1e-12, highest)
    too_few = turning_point(lambda mean: chance_of_at_most(count, mean) > tail, 1e-12, highest)
    return Interval(too_many if count else 0.0, too_few)


@thorough
@given(shares(), confidences)
def test_wilson_agrees_with_a_search_for_the_shares_that_a_score_test_would_not_reject(share, confidence):
    assert wilson(*share, confidence) == pytest.approx(slow_wilson(*share, confidence), abs=1e-9)


@settings(thorough, max_examples=60)
@given(st.integers(0, 60), confidences)
def test_exact_limits_agree_with_a_search_through_the_poisson_distribution(count, confidence):
    assert exact_poisson(count, confidence) == pytest.approx(slow_exact_poisson(count, confidence), abs=1e-7)


@thorough
@given(counts, confidences)
def test_byar_agrees_with_its_equation_in_plain_numbers_and_below_10_with_the_exact_limits(count, confidence):
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    if count < 10:
        expected = exact_poisson(count, confidence)
    else:
        ends = [(count, -z), (count + 1, z)]
        expected = Interval(*(n * (1 - 1 / (9 * n) + reach / (3 * math.sqrt(n))) ** 3 for n, reach in ends))
    assert byar(count, confidence) == pytest.approx(expected, rel=1e-9)


# What holds of every interval.


@thorough
@given(shares(), confidences)
def test_a_share_lies_inside_its_interval_and_the_interval_inside_0_and_1(share, confidence):
    interval = wilson(*share, confidence)
    assert 0 <= interval.lower <= share[0] / share[1] <= interval.upper <= 1


@thorough
@given(counts, confidences)
def test_a_count_lies_inside_its_interval(count, confidence):
    for interval in (byar(count, confidence), exact_poisson(count, confidence)):
        assert 0 <= interval.lower <= count < interval.upper


@thorough
@given(shares(), st.integers(2, 50))
def test_more_data_at_the_same_share_narrow_the_interval(share, times):
    few, many = wilson(*share), wilson(share[0] * times, share[1] * times)
    assert many.upper - many.lower < few.upper - few.lower


@thorough
@given(shares(), counts, st.floats(0.01, 0.98), st.floats(0.005, 0.01))
def test_more_confidence_widens_the_interval(share, count, confidence, more):
    for narrow, wide in [
        (wilson(*share, confidence), wilson(*share, confidence + more)),
        (byar(count, confidence), byar(count, confidence + more)),
    ]:
        assert wide.lower <= narrow.lower < narrow.upper <= wide.upper
        assert wide.upper - wide.lower > narrow.upper - narrow.lower


@thorough
@given(st.integers(0, 2000), confidences)
def test_one_event_more_raises_both_bounds_also_across_the_switch_at_10(count, confidence):
    for limits in (byar, exact_poisson):
        fewer, more = limits(count, confidence), limits(count + 1, confidence)
        assert fewer.lower < more.lower
        assert fewer.upper < more.upper


@thorough
@given(shares())
def test_the_share_who_did_not_has_the_mirrored_interval(share):
    did, did_not = wilson(*share), wilson(share[1] - share[0], share[1])
    assert (1 - did_not.upper, 1 - did_not.lower) == pytest.approx(did, abs=1e-12)


# Edges.


def test_none_of_some_has_a_lower_bound_of_exactly_0_and_all_of_some_an_upper_bound_of_exactly_1():
    for denominator in range(1, 400):
        confidence = 1 - denominator / 401
        none, all_of_them = wilson(0, denominator, confidence), wilson(denominator, denominator, confidence)
        assert none.lower == 0 < none.upper
        assert all_of_them.lower < 1 == all_of_them.upper


def test_no_event_has_a_lower_bound_of_exactly_0_and_an_upper_bound_above_it():
    assert exact_poisson(0) == byar(0) == (0, pytest.approx(-math.log(0.025)))


def test_the_switch_to_byar_is_at_10_and_not_before():
    assert byar(9) == exact_poisson(9)
    assert byar(9.5) == exact_poisson(9.5)
    assert byar(10) != exact_poisson(10)


def test_a_share_of_nothing_is_missing_and_not_zero():
    assert np.isnan(wilson(0, 0)).all()


def test_a_rate_among_nobody_is_missing_and_not_zero():
    assert np.isnan(rate(0, 0, per=1000)).all()
    assert np.isnan(rate(3, 0, per=1000)).all()


@pytest.mark.parametrize("missing", [math.nan, None])
def test_a_missing_figure_has_a_missing_interval(missing):
    for interval in (wilson(missing, 10), wilson(1, missing), byar(missing), exact_poisson(missing)):
        assert np.isnan(interval).all()
    assert np.isnan(rate(missing, 10, per=1)).all()
    assert np.isnan(rate(1, missing, per=1)).all()


def test_a_rate_is_told_per_so_many_and_events_may_outnumber_people():
    per_person, per_thousand = rate(30, 20, per=1), rate(30, 20, per=1000)
    assert per_person == pytest.approx([limit / 20 for limit in byar(30)])
    assert per_thousand == pytest.approx([limit * 1000 for limit in per_person])
    assert rate(30, 20, per=1, confidence=0.5) == pytest.approx([limit / 20 for limit in byar(30, 0.5)])


def test_z_score_is_1_96_for_95_per_cent():
    assert z_score(0.95) == pytest.approx(1.959963984540054)


# Arrays.


def test_arrays_give_one_interval_a_place_and_equal_the_figures_one_by_one():
    numerators, denominators = np.array([0, 3, 12, 40, 0]), np.array([5, 9, 12, 90, 0])
    for together, alone in [
        (wilson(numerators, denominators), [wilson(n, d) for n, d in zip(numerators, denominators, strict=True)]),
        (byar(numerators), [byar(n) for n in numerators]),
        (exact_poisson(numerators), [exact_poisson(n) for n in numerators]),
        (
            rate(numerators, denominators, per=100),
            [rate(n, d, per=100) for n, d in zip(numerators, denominators, strict=True)],
        ),
    ]:
        np.testing.assert_array_equal(together.lower, [interval.lower for interval in alone])
        np.testing.assert_array_equal(together.upper, [interval.upper for interval in alone])


def test_single_figures_give_plain_numbers_and_a_table_of_figures_keeps_its_shape():
    assert [type(bound) for bound in wilson(np.int64(3), 9)] == [float, float]
    assert [type(bound) for bound in rate(3, np.int64(9), per=10)] == [float, float]
    assert wilson(np.ones((2, 3)), np.full((2, 3), 4)).lower.shape == (2, 3)
    assert byar(np.array([])).upper.shape == (0,)


# Refusals.


@pytest.mark.parametrize("bad", [-1, -0.5, math.inf, np.array([3, -1])])
@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (lambda bad: wilson(bad, 10), "numerator"),
        (lambda bad: wilson(0, bad), "denominator"),
        (exact_poisson, "count"),
        (byar, "count"),
        (lambda bad: rate(bad, 10, per=1), "count"),
        (lambda bad: rate(1, bad, per=1), "population"),
    ],
)
def test_a_negative_or_infinite_figure_is_refused_by_name(bad, limits, name):
    with pytest.raises(ValueError, match=f"a {name} is negative or infinite"):
        limits(bad)


def test_a_numerator_above_its_denominator_is_refused_and_one_equal_to_it_is_not():
    wilson(7, 7)
    for numerator, denominator in [(8, 7), (1, 0), (np.array([1, 8]), np.array([7, 7]))]:
        with pytest.raises(ValueError, match="larger than its denominator"):
            wilson(numerator, denominator)


@pytest.mark.parametrize("confidence", [0, 1, -0.95, 95, math.nan])
def test_a_confidence_that_is_no_share_between_0_and_1_is_refused(confidence):
    for limits in (byar, exact_poisson, lambda n, confidence: wilson(n, 9, confidence)):
        with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
            limits(3, confidence)


@pytest.mark.parametrize("per", [0, -1000, math.nan])
def test_a_rate_per_nobody_is_refused(per):
    with pytest.raises(ValueError, match="must be above 0"):
        rate(3, 10, per=per)
