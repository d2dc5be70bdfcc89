"""What partial pooling promises for every input, and agreement with a slow search over tau."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.pooling import limited, outlying, pool, reml_variance

thorough = settings(max_examples=100, deadline=None, derandomize=True)
pairs = st.lists(st.tuples(st.floats(-1, 1), st.floats(0.05, 1)), min_size=2, max_size=12)


def split(rows):
    return [y for y, _ in rows], [error for _, error in rows]


def log_likelihood(rows, between):
    """The restricted log-likelihood of tau squared, term by term."""
    weights = [1 / (error**2 + between) for _, error in rows]
    mean = sum(w * y for w, (y, _) in zip(weights, rows, strict=True)) / sum(weights)
    spread = sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, rows, strict=True))
    return 0.5 * (sum(map(math.log, weights)) - math.log(sum(weights)) - spread)


@thorough
@given(pairs)
def test_no_other_tau_nearby_or_on_a_coarse_grid_is_likelier(rows):
    found = pool(*split(rows)).tau ** 2
    best = log_likelihood(rows, found)
    nearby = [found * (1 + step) + extra for step in (-0.01, 0.01) for extra in (0, 1e-4)]
    assert all(log_likelihood(rows, other) <= best + 1e-7 for other in nearby)


@thorough
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=12), st.floats(0.05, 1))
def test_with_equal_errors_tau_is_what_chance_leaves_of_the_spread(estimates, error):
    found = pool(estimates, [error] * len(estimates))
    assert found.tau**2 == pytest.approx(max(0.0, np.var(estimates, ddof=1) - error**2), abs=1e-7)
    assert found.mean == pytest.approx(np.mean(estimates), abs=1e-9)


@thorough
@given(pairs)
def test_each_effect_is_drawn_towards_the_mean_and_never_past_it(rows):
    y, errors = split(rows)
    found = pool(y, errors)
    low, high = np.minimum(y, found.mean), np.maximum(y, found.mean)
    assert np.all((found.shrunken >= low - 1e-12) & (found.shrunken <= high + 1e-12))
    known = pool(y, errors, tau_known=True).shrunken_standard_error
    assert np.all(known <= found.shrunken_standard_error + 1e-9)
    assert np.all(found.shrunken_standard_error <= np.array(errors) + 1e-9)


@thorough
@given(pairs, st.floats(0.1, 100), st.floats(-5, 5))
def test_another_unit_or_another_zero_changes_nothing_but_the_numbers(rows, unit, shift):
    y, errors = split(rows)
    one, other = pool(y, errors), pool(unit * np.array(y) + shift, unit * np.array(errors))
    assert other.tau == pytest.approx(unit * one.tau, abs=2e-4 * unit)
    assert other.q == pytest.approx(one.q, abs=1e-6)
    if one.tau > 0.01:
        np.testing.assert_allclose(other.shrunken, unit * one.shrunken + shift, atol=1e-4 * unit)


def test_three_estimates_worked_by_hand():
    # Errors 1, estimates 0, 3, 6: mean 3, variance 9, so tau^2 = 8 and each keeps 8/9 of its way from the mean.
    found = pool([0, 3, 6], [1, 1, 1])
    assert found.tau**2 == pytest.approx(8)
    assert found.mean == pytest.approx(3)
    assert found.standard_error == pytest.approx(math.sqrt(3))  # sqrt((1 + 8) / 3)
    np.testing.assert_allclose(found.shrunken, [3 - 8 / 3, 3, 3 + 8 / 3])
    # tau^2 has the variance 2 / trace(PP) = 2 / (2/81) = 81, so not knowing it adds 2 (1/81) 81 / 9 = 2/9: more than 1.
    np.testing.assert_allclose(found.shrunken_standard_error, 1)
    known = pool([0, 3, 6], [1, 1, 1], tau_known=True)
    np.testing.assert_allclose(known.shrunken_standard_error, math.sqrt(8 / 9 + 3 / 81))
    assert (found.q, found.q_degrees) == (pytest.approx(18), 2)
    assert found.q_probability == pytest.approx(math.exp(-9))  # chi-squared with two degrees is exponential
    assert found.i_squared == pytest.approx(8 / 9)
    reach = 12.7062047 * math.sqrt(8 + 3)  # t with one degree of freedom
    assert (found.prediction_lower, found.prediction_upper) == pytest.approx((3 - reach, 3 + reach))


def test_the_hartung_knapp_error_of_estimates_that_agree_too_well_is_never_scaled_down_in_its_modified_form():
    # Errors 1, estimates -0.5, 0, 0.5: spread 0.25 where chance alone gives 1, so the plain form halves the error.
    y, errors = [-0.5, 0, 0.5], [1, 1, 1]
    normal = pool(y, errors).standard_error
    assert pool(y, errors, interval="hartung_knapp").standard_error == pytest.approx(normal / 2)
    modified = pool(y, errors, interval="modified_hartung_knapp")
    assert modified.standard_error == pytest.approx(normal)
    assert modified.upper == pytest.approx(4.30265273 * normal)  # t with two degrees of freedom


def test_estimates_that_all_agree_have_no_spread_and_share_one_value():
    found = pool([0.2, 0.2, 0.2], [0.1, 0.2, 0.3])
    assert (found.tau, found.q, found.i_squared) == (0, pytest.approx(0), 0)
    np.testing.assert_allclose(found.shrunken, 0.2)


def test_one_estimate_is_its_own_mean_and_its_spread_is_not_known():
    found = pool([0.3], [0.1])
    assert (found.mean, found.standard_error, list(found.shrunken)) == (0.3, pytest.approx(0.1), [0.3])
    assert found.lower == pytest.approx(0.3 - 0.1959964)
    assert math.isnan(found.tau)
    assert math.isnan(found.prediction_lower)


def test_two_estimates_have_no_prediction():
    assert math.isnan(pool([0.1, 0.5], [0.1, 0.1]).prediction_upper)


@pytest.mark.parametrize("errors", [[0.1, 0.0], [0.1, -1.0], [0.1, math.nan], [0.1, math.inf]])
def test_an_estimate_without_a_standard_error_is_refused_with_their_number(errors):
    with pytest.raises(NotEstimable, match="1 of 2 estimates") as refused:
        pool([0.1, 0.2], errors)
    assert refused.value.needed


def test_nothing_to_pool_is_refused():
    with pytest.raises(NotEstimable, match="no estimate"):
        pool([], [])


def test_an_estimate_far_from_the_others_is_found_and_the_others_are_not():
    found = outlying([0.0, 0.1, -0.1, 0.05, 3.0], [0.1] * 5)
    assert found.probability[4] < 1e-6
    assert np.all(found.probability[:4] > 0.3)
    assert found.mean_without[4] == pytest.approx(np.mean([0.0, 0.1, -0.1, 0.05]))


def test_two_estimates_cannot_be_set_against_the_others():
    with pytest.raises(NotEstimable, match="There are 2 estimates"):
        outlying([0, 1], [1, 1])


def test_limited_shrinkage_stops_at_one_standard_error_and_keeps_the_others():
    y, errors = np.array([-0.5, 0.0, 0.0, 0.0, 0.0, 0.0]), np.full(6, 0.2)
    pooled = pool(y, errors)
    assert pooled.shrunken[0] > -0.3
    shrunken, error = limited(pooled, y, errors)
    assert shrunken[0] == pytest.approx(-0.3)
    assert error[0] == pytest.approx(0.2)
    np.testing.assert_allclose(shrunken[1:], pooled.shrunken[1:])
    np.testing.assert_allclose(limited(pooled, y, errors, most=0)[0], y)


@pytest.mark.parametrize(("truth_spread", "least", "most"), [(0.0, 0.97, 1.0), (0.02, 0.94, 0.99), (0.05, 0.92, 0.98)])
def test_shrunken_intervals_hold_the_truth_at_least_about_as_often_as_they_say(truth_spread, least, most):
    """3,000 effects each. Where nothing varies the intervals are wider than they need be; they know no better."""
    held, _ = coverage(truth_spread)
    assert least < held < most


def test_intervals_that_take_tau_for_known_hold_the_truth_less_often():
    held, held_if_known = coverage(0.05)
    assert held_if_known < held


def coverage(truth_spread):
    generator = np.random.default_rng(11)
    held = np.zeros(2)
    for _ in range(200):
        truth = generator.normal(-0.02, truth_spread, 15)
        error = generator.uniform(0.02, 0.06, 15)
        estimates = truth + error * generator.normal(size=15)
        for place, known in enumerate([False, True]):
            found = pool(estimates, error, tau_known=known)
            held[place] += np.mean((found.shrunken_lower <= truth) & (truth <= found.shrunken_upper))
    return held / 200


def test_where_scoring_goes_to_and_fro_the_largest_likelihood_is_found_all_the_same():
    """Twelve services for which scoring did not settle in 500 steps, against every point of a fine grid."""
    y = np.array([0.1726544660, 0.09105504166, 0.09105504166, 0.007185648394, -0.134765625, -0.1859664518, -0.0625,
                  -0.078125, -0.041015625, -0.037109375, -0.0492182105, -0.0583296057])  # fmt: skip
    v = np.array([0.1, 0.1, 0.1, 0.05859375, 0.0564255013, 0.052734375, 0.08915509861, 0.08915509861, 0.056640625,
                  0.04537964755, 0.025, 0.02128176143]) ** 2  # fmt: skip

    def likelihood(between: float) -> float:
        w = 1 / (v + between)
        mean = (w @ y) / w.sum()
        return float(np.log(w).sum() - np.log(w.sum()) - w @ (y - mean) ** 2) / 2

    grid = np.linspace(0, 0.02, 20_001)
    best = grid[int(np.argmax([likelihood(each) for each in grid]))]
    assert reml_variance(y, v) == pytest.approx(best, abs=2e-6)
