"""What funnel limits promise for every input, and agreement with slow second implementations in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.funnel import overdispersion, rate_limits, rate_scores, share_limits, share_scores

thorough = settings(max_examples=120, deadline=None, derandomize=True)
sizes = st.integers(1, 60)
targets = st.fractions("1/50", "49/50", max_denominator=50)
confidences = st.sampled_from([Fraction(95, 100), Fraction(998, 1000), Fraction(1, 2)])


# The slow second implementations: the distribution term by term.


def binomial(n: int, target: Fraction) -> list[Fraction]:
    return [math.comb(n, k) * target**k * (1 - target) ** (n - k) for k in range(n + 1)]


def poisson(expected: float) -> list[float]:
    most = int(expected + 20 * math.sqrt(expected) + 40)
    return [math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(most)]


def slow_lower(chances, tail):
    """Spiegelhalter's r - a: the smallest number whose chance of so few reaches the tail, less what it goes beyond."""
    so_few = 0
    for events, chance in enumerate(chances):
        so_few += chance
        if so_few >= tail:
            return events - (so_few - tail) / chance
    raise AssertionError("the chances must add up to 1")


def slow_upper(chances, tail):
    """The same from the top: the largest number whose chance of so many reaches the tail, plus what it goes beyond."""
    top = len(chances) - 1
    return top - slow_lower(chances[::-1], tail)


@thorough
@given(sizes, targets, confidences)
def test_share_limits_agree_with_the_binomial_distribution_term_by_term(n, target, confidence):
    chances, tail = binomial(n, target), (1 - confidence) / 2
    expected = [max(slow_lower(chances, tail) / n, 0), min(slow_upper(chances, tail) / n, 1)]
    assert share_limits(n, float(target), float(confidence)) == pytest.approx([float(e) for e in expected], abs=1e-9)


@thorough
@given(st.floats(0.05, 80), confidences)
def test_rate_limits_agree_with_the_poisson_distribution_term_by_term(expected, confidence):
    chances, tail = poisson(expected), float((1 - confidence) / 2)
    found = rate_limits(1000, expected, 1000, float(confidence))
    assert found == pytest.approx([max(slow_lower(chances, tail), 0), slow_upper(chances, tail)], abs=1e-6)


# What holds of all limits.


@thorough
@given(sizes, targets, confidences)
def test_a_share_lies_outside_exactly_when_so_few_or_so_many_are_too_rare(n, target, confidence):
    lower, upper = share_limits(n, float(target), float(confidence))
    chances, tail = binomial(n, target), (1 - confidence) / 2
    for events in range(n + 1):
        for rarity, outside in [
            (sum(chances[: events + 1]), events / n < lower - 1e-12),
            (sum(chances[events:]), events / n > upper + 1e-12),
        ]:
            assert outside == (rarity < tail) or abs(float(rarity - tail)) < 1e-9


@thorough
@given(sizes, targets, confidences)
def test_the_funnel_of_those_who_did_not_is_the_mirror_of_the_funnel_of_those_who_did(n, target, confidence):
    did, did_not = (share_limits(n, float(share), float(confidence)) for share in (target, 1 - target))
    assert (1 - did_not.upper, 1 - did_not.lower) == pytest.approx(did, abs=1e-9)


@thorough
@given(st.integers(1, 5000), targets)
def test_the_target_lies_inside_and_the_wider_limits_lie_outside_the_narrower(n, target):
    inner, outer = share_limits(n, float(target)), share_limits(n, float(target), 0.998)
    assert outer.lower <= inner.lower <= target <= inner.upper <= outer.upper
    inner, outer = rate_limits(n, 10, 1000), rate_limits(n, 10, 1000, 0.998)
    assert outer.lower <= inner.lower <= 10 <= inner.upper <= outer.upper


@thorough
@given(sizes, targets, st.floats(1, 30))
def test_dispersion_carries_each_limit_away_by_its_root_within_what_a_share_can_be(n, target, dispersion):
    plain, wide = share_limits(n, float(target)), share_limits(n, float(target), dispersion=dispersion)
    for limit, wider in zip(plain, wide, strict=True):
        assert wider == pytest.approx(np.clip(target + math.sqrt(dispersion) * (limit - float(target)), 0, 1))


def test_large_groups_have_the_limits_of_the_normal_distribution():
    spread = 1.959964 * math.sqrt(0.3 * 0.7 / 1e6)
    assert share_limits(1_000_000, 0.3) == pytest.approx((0.3 - spread, 0.3 + spread), abs=2e-6)
    spread = 1.959964 * math.sqrt(1e6)
    assert rate_limits(1e6, 1, 1) == pytest.approx((1 - spread / 1e6, 1 + spread / 1e6), abs=5e-6)


# Edges.


def test_a_group_of_nobody_has_missing_limits():
    assert np.isnan(share_limits(0, 0.4)).all()
    assert np.isnan(rate_limits(0, 4, 1000)).all()
    assert np.isnan(share_limits(math.nan, 0.4)).all()
    assert np.isnan(rate_limits(math.nan, 4, 1000)).all()


def test_a_missing_target_has_missing_limits():
    assert np.isnan(share_limits(5, math.nan)).all()
    assert np.isnan(rate_limits(5, math.nan, 1000)).all()
    assert np.isnan(share_scores([1], [2], math.nan)).all()
    assert np.isnan(rate_scores([1], [2], math.nan, 1000)).all()


def test_at_a_target_of_none_a_single_one_lies_outside_and_at_a_target_of_all_a_single_one_missing():
    assert share_limits(20, 0).lower == 0 < share_limits(20, 0).upper < 1 / 20
    assert 19 / 20 < share_limits(20, 1).lower < share_limits(20, 1).upper == 1
    assert rate_limits(1000, 0, 1000).upper < 1


def test_arrays_give_limits_a_place_and_single_figures_plain_numbers():
    sizes = np.array([0, 5, 80, 900])
    for together, alone in [
        (share_limits(sizes, 0.2, 0.998), [share_limits(n, 0.2, 0.998) for n in sizes]),
        (rate_limits(sizes, 3, 100, dispersion=2), [rate_limits(n, 3, 100, dispersion=2) for n in sizes]),
    ]:
        np.testing.assert_array_equal(together.lower, [limits.lower for limits in alone])
        np.testing.assert_array_equal(together.upper, [limits.upper for limits in alone])
    targets = np.array([0.1, 0.2, 0.5, 0.9])
    by_target = share_limits(40, targets)
    assert by_target.upper.tolist() == [share_limits(40, target).upper for target in targets]
    assert [type(limit) for limit in share_limits(7, 0.2)] == [float, float]
    assert rate_limits(np.ones((2, 3)), 3, 100).lower.shape == (2, 3)


def test_scores_say_how_many_standard_errors_above_the_target():
    assert share_scores([60, 40, 0], [100, 100, 0], 0.5).tolist() == pytest.approx([2, -2, math.nan], nan_ok=True)
    assert rate_scores([25, 4, 1], [1600, 1600, 0], 10, 1000).tolist() == pytest.approx(
        [2.25, -3, math.nan], nan_ok=True
    )


@settings(thorough, max_examples=30)
@given(st.integers(0, 10_000))
def test_by_chance_alone_the_dispersion_is_about_one_and_with_a_tenth_pulled_in_at_each_end_about_two_thirds(seed):
    counts = np.random.default_rng(seed).binomial(400, 0.3, 2000)
    scores = share_scores(counts, np.full(2000, 400), 0.3)
    assert overdispersion(scores, winsorised=0) == pytest.approx(1, abs=0.2)
    assert overdispersion(scores) == pytest.approx(0.68, abs=0.1)


def test_a_few_groups_far_out_do_not_widen_the_limits_much():
    near = [-1.5, -1, -0.5, -0.2, 0, 0, 0.3, 0.6, 1, 1.4]
    assert overdispersion([*near, 30]) < 1.2 < 80 < overdispersion([*near, 30], winsorised=0)


def test_missing_scores_are_left_out_and_without_any_there_is_no_dispersion():
    assert overdispersion([1, math.nan, -1]) == overdispersion([1, -1])
    assert math.isnan(overdispersion([]))
    assert math.isnan(overdispersion([math.nan]))


# Refusals.


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: share_limits(-1, 0.5), "a denominator is negative or infinite"),
        (lambda: share_limits(np.array([2, 2.5]), 0.5), "whole numbers"),
        (lambda: share_limits(5, 1.5), "target of a share"),
        (lambda: share_limits(5, -0.5), "a target is negative or infinite"),
        (lambda: share_limits(5, 0.5, confidence=95), "confidence is a share"),
        (lambda: share_limits(5, 0.5, dispersion=-1), "dispersion"),
        (lambda: share_limits(5, 0.5, dispersion=math.nan), "dispersion"),
        (lambda: rate_limits(math.inf, 3, 1000), "a population is negative or infinite"),
        (lambda: rate_limits(5, -3, 1000), "a target is negative or infinite"),
        (lambda: rate_limits(5, 3, 0), "must be above 0"),
        (lambda: rate_limits(5, 3, math.nan), "must be above 0"),
        (lambda: share_limits(5, np.array([0.5, 1.5])), "target of a share"),
        (lambda: share_scores([1, 3], [2, 2], 0.5), "larger than its denominator"),
        (lambda: share_scores([1, 1], [2, 2], [0.5, 1]), "target of a share"),
        (lambda: rate_scores([1, 1], [2, 2], [3, 0], 10), "target of a rate"),
        (lambda: share_scores([1], [2], 0), "target of a share"),
        (lambda: rate_scores([1], [2], 0, 1000), "target of a rate"),
        (lambda: rate_scores([1], [2], 3, -1), "must be above 0"),
        (lambda: overdispersion([1], winsorised=0.5), "under one half"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
