"""Intervals of linkage quality: known answers, and the exact law of many unlike chances as a slow oracle."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.link.estimates import Estimate, added, chapman, number_of_events, wilson, with_chance


@pytest.mark.parametrize(
    ("hits", "tries", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_method_3_of_newcombe_1998_table_1(hits, tries, lower, upper) -> None:
    found = wilson(hits, tries)
    assert (round(float(found.lower), 4), round(float(found.upper), 4)) == (lower, upper)


def test_nothing_tried_is_not_a_share_of_zero() -> None:
    assert all(math.isnan(each) for each in wilson(0, 0))


def test_chapman_from_its_formula_by_hand() -> None:
    """First 199, second 149, both 59: 200 * 150 / 60 - 1 = 499; variance 200 * 150 * 140 * 90 / (60^2 * 61)."""
    found = chapman(199, 149, 59)
    assert float(found.value) == 499
    reach = 1.959964 * math.sqrt(200 * 150 * 140 * 90 / (3600 * 61))
    assert float(found.upper) == pytest.approx(499 + reach, abs=1e-3)
    assert float(found.lower) == pytest.approx(499 - reach, abs=1e-3)


def test_chapman_says_nobody_is_missing_when_both_ways_find_the_same() -> None:
    assert [float(each) for each in chapman(40, 40, 40)] == [40, 40, 40]


def test_chapman_says_nothing_of_fewer_than_seven_found_twice() -> None:
    assert math.isnan(float(chapman(40, 40, 6).value))


def test_chapman_is_right_on_average_where_two_ways_miss_independently() -> None:
    draw = np.random.default_rng(7)
    one, other = (draw.random((4000, 300)) < share for share in (0.8, 0.6))
    found = chapman(one.sum(1), other.sum(1), (one & other).sum(1))
    assert float(np.mean(found.value)) == pytest.approx(300, abs=1)
    assert np.mean((found.lower <= 300) & (found.upper >= 300)) == pytest.approx(0.95, abs=0.03)


def exact_bounds(chances: list[float]) -> tuple[int, int]:
    """The slow way: the whole distribution of how many happen, one trial after the other."""
    law = np.ones(1)
    for chance in chances:
        law = np.append(law * (1 - chance), 0) + np.append(0, law * chance)
    below = np.cumsum(law)
    return int(np.searchsorted(below, 0.025)), int(np.searchsorted(below, 0.975))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.0, 0.6), min_size=1, max_size=80))
def test_bounds_of_many_unlike_chances_are_those_of_the_poisson_binomial_law(chances) -> None:
    p = np.asarray(chances)
    found = number_of_events(p.sum(), (p * (1 - p)).sum())
    least, most = exact_bounds(chances)
    assert abs(float(found.lower) - least) <= 1.2
    assert abs(float(found.upper) - most) <= 1.2
    assert 0 <= float(found.lower) <= float(found.value) <= float(found.upper)


def test_the_poisson_binomial_law_of_equal_chances_is_the_binomial() -> None:
    """1,000 pairs, each wrong with probability 0.02: 20 wrong, and 95 times in a hundred 12 to 29 (binomial quantiles)."""
    assert exact_bounds([0.02] * 1000) == (12, 29)
    found = number_of_events(1000 * 0.02, 1000 * 0.02 * 0.98)
    assert (round(float(found.lower)), round(float(found.upper))) == (12, 30)


def test_what_cannot_happen_is_none_for_sure() -> None:
    assert [float(each) for each in number_of_events(0.0, 0.0)] == [0, 0, 0]


def test_bounds_add_like_the_sides_of_a_right_angle() -> None:
    one, other = (Estimate(*map(np.asarray, each)) for each in ((10.0, 7.0, 16.0), (20.0, 16.0, 28.0)))
    assert [float(each) for each in added([one, other])] == [30, 25, 40]
    assert [float(each) for each in added([one, other], [1.0, 0.0])] == [10, 7, 16]


def test_chance_widens_what_is_expected() -> None:
    sure = Estimate(*map(np.asarray, (20.0, 20.0, 20.0)))
    alone, in_fours = with_chance(sure), with_chance(sure, 4.0)
    assert 11 < float(alone.lower) < 13 < 28 < float(alone.upper) < 30
    assert float(in_fours.lower) < float(alone.lower) < float(alone.upper) < float(in_fours.upper)
