"""Families beside those to be expected: a share by a plain model, an interval, and false calls under control."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from earlyhelp.evaluate.reach import (
    BY_CHILDREN,
    BY_NEED,
    BY_OWN_PATTERN,
    Need,
    Reached,
    beside_expected,
    beside_need,
    seen_from,
)
from earlyhelp.evaluate.reach.beside import expected_of
from earlyhelp.evaluate.reach.need import LOW_INCOME, NOTHING
from earlyhelp.statistics.multiple import benjamini_hochberg


def need(children: list[float], poor: list[float], told_by: str = LOW_INCOME) -> Need:
    codes, nothing = tuple(f"W{place:02}" for place in range(len(children))), np.full(len(children), np.nan)
    return Need(codes, codes, np.array(children, dtype=float), np.array(poor, dtype=float), nothing, nothing, told_by)


def of(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_expected_is_the_total_shared_out_as_children_in_low_income_live():
    wards = need([1000, 1000, 2000], [300, 100, 100])
    assert expected_of(of(20, 20, 10), wards, 1.0).tolist() == pytest.approx([30, 10, 10])
    assert expected_of(of(20, 20, 10), wards, 0.0).tolist() == pytest.approx([12.5, 12.5, 25])


def test_a_ward_without_known_need_takes_no_part_and_cannot_be_told():
    wards = need([1000, 1000, 1000], [300, 100, np.nan])
    found = beside_need(of(20, 20, 99), wards).by[BY_NEED]
    assert found.expected[:2].tolist() == pytest.approx([30, 10])
    assert np.isnan(found.ratio[2])
    assert found.standings[2] is Reached.CANNOT_TELL


def test_where_no_low_income_is_told_children_alone_are_the_yardstick():
    found = beside_need(of(30, 10), need([1000, 3000], [np.nan, np.nan], NOTHING))
    assert list(found.by) == [BY_CHILDREN]
    assert found.by[BY_CHILDREN].expected.tolist() == [10, 30]
    assert found.by[BY_CHILDREN].standings == (Reached.MORE, Reached.FEWER)


def test_the_interval_is_that_of_the_count_over_the_expected():
    """Observed 10 with 20 expected: Byar's limits of 10 are 4.79 and 18.39 (Public Health England 2018, appendix 2)."""
    found = beside_expected(of(10), of(20))
    assert (found.ratio[0], found.lower[0], found.upper[0]) == pytest.approx((0.5, 4.79 / 20, 18.39 / 20), abs=3e-4)


def test_none_at_all_where_many_are_expected_is_fewer_and_where_few_are_is_too_few_to_say():
    found = beside_expected(of(0, 0, 4), of(20, 4.9, 4.9))
    assert found.standings == (Reached.FEWER, Reached.TOO_FEW, Reached.TOO_FEW)
    assert (found.ratio[0], found.lower[0]) == (0, 0)


@given(
    st.lists(st.tuples(st.integers(0, 80), st.floats(5, 60)), min_size=1, max_size=6), st.sampled_from((0.0, 0.1, 0.5))
)
def test_q_is_that_of_twice_the_smaller_tail_of_a_count_around_the_expected(
    pairs: list[tuple[int, float]], spread: float
):
    """The slow way: the tails of scipy's Poisson and negative binomial distributions, ward by ward."""
    tails = []
    for n, e in pairs:
        law = stats.nbinom(1 / spread**2, 1 / (1 + e * spread**2)) if spread else stats.poisson(e)
        tails.append(min(1.0, 2 * min(law.cdf(n), law.sf(n - 1))))
    found = beside_expected(of(*(n for n, _ in pairs)), of(*(e for _, e in pairs)), spread=spread)
    assert found.q.tolist() == pytest.approx(benjamini_hochberg(tails).tolist(), abs=1e-9)


@pytest.mark.parametrize(("size", "wards"), [(6.0, 4), (20.0, 1), (20.0, 24), (60.0, 24)])
def test_what_would_be_seen_is_the_largest_count_that_alone_stands_out_among_the_wards(size: float, wards: int):
    """The slow way: one ward after another count, the others as expected."""
    expected = np.full(wards, size)
    seen = [
        n
        for n in range(int(size))
        if beside_expected(of(n, *[size] * (wards - 1)), expected).standings[0] is Reached.FEWER
    ]
    assert seen_from(expected) == pytest.approx(max(seen) / size) if seen else np.isnan(seen_from(expected))


def test_wards_too_small_for_any_to_be_seen_have_no_such_ratio():
    assert np.isnan(seen_from(np.full(30, 5.0)))
    assert np.isnan(seen_from(np.full(3, 2.0)))


def test_counts_that_come_together_tell_as_much_as_there_are_groups():
    plain, together = beside_expected(of(20), of(40)), beside_expected(of(40), of(80), dispersion=2.0)
    assert together.ratio == pytest.approx(plain.ratio)
    assert together.q == pytest.approx(plain.q)
    assert together.upper == pytest.approx(plain.upper)


TWO_KINDS = need([1000] * 10, [100] * 5 + [400] * 5)


def test_the_slope_is_the_power_by_which_help_follows_low_income():
    """Two kinds of ward: 10 and 20 families each 1,000 children at shares of 0.1 and 0.4, so b = log(2) / log(4) = 1/2."""
    slope = beside_need(of(*[10] * 5, *[20] * 5), TWO_KINDS).slope
    assert slope is not None
    assert slope.value == pytest.approx(0.5)
    # Poisson: the variance of a log rate ratio of 50 and 100 events is 1/50 + 1/100, over log(4)^2.
    assert slope.upper - slope.value == pytest.approx(1.959964 * np.sqrt(1 / 50 + 1 / 100) / np.log(4), rel=1e-6)


def test_help_in_proportion_to_low_income_has_slope_one_and_both_yardsticks_expect_the_same():
    found = beside_need(of(*[10] * 5, *[40] * 5), TWO_KINDS)
    assert found.slope is not None
    assert found.slope.value == pytest.approx(1.0)
    assert found.by[BY_OWN_PATTERN].expected.tolist() == pytest.approx(found.by[BY_NEED].expected.tolist())
    assert set(found.by[BY_NEED].standings) == {Reached.AS_EXPECTED}
    assert all(found.agrees(place) for place in range(10))


def test_a_council_that_helps_all_its_poor_wards_too_little_does_not_hide_it_by_its_own_pattern():
    found = beside_need(of(*[40] * 5, *[40] * 5), TWO_KINDS)
    assert found.slope is not None
    assert found.slope.value == pytest.approx(0.0, abs=1e-9)
    assert {*found.by[BY_OWN_PATTERN].standings} == {Reached.AS_EXPECTED}
    assert found.by[BY_NEED].ratio[9] == pytest.approx(40 / 64)
    assert found.spread[BY_NEED] > 0.3, "wards differ, and that is told"


def test_with_few_wards_there_is_neither_a_slope_nor_a_spread():
    found = beside_need(of(10, 20, 30), need([1000] * 3, [100, 200, 300]))
    assert found.slope is None
    assert list(found.by) == [BY_NEED]
    assert np.isnan(found.spread[BY_NEED])


def test_no_family_at_all_leaves_nothing_to_be_said():
    found = beside_need(np.zeros(10), TWO_KINDS)
    assert found.slope is None
    assert set(found.by[BY_NEED].standings) == {Reached.CANNOT_TELL}


def test_of_wards_as_expected_few_are_called_apart_and_of_missed_ones_many_are():
    """60 councils of 24 wards: with no ward missed, and with three wards that have half of what they should."""
    luck = np.random.default_rng(3)
    wards = need([2000] * 24, luck.integers(100, 1000, 24).tolist())
    due = wards.poor / wards.poor.sum() * 2400
    called = hits = 0
    for _ in range(60):
        alike = beside_need(luck.poisson(due).astype(float), wards).by[BY_NEED]
        called += sum(each in (Reached.FEWER, Reached.MORE) for each in alike.standings)
        missed = due * np.where(np.arange(24) < 3, 0.5, 1.0)
        found = beside_need(luck.poisson(missed).astype(float), wards).by[BY_NEED]
        hits += sum(each is Reached.FEWER for each in found.standings[:3])
    assert called / 60 < 0.2, "wards called apart in a council without any"
    assert hits / 180 > 0.7
