"""Differences and ratios of two groups against published tables. Each test names the table; the figures are as printed."""

from __future__ import annotations

import pytest

from earlyhelp.statistics.differences import rate_ratio, share_difference, share_ratio


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_share_difference_is_method_10_of_newcombe_1998_statistics_in_medicine_17_873_table_ii(
    first, second, lower, upper
):
    found = share_difference(*first, *second)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


def test_share_ratio_is_the_katz_interval_that_scipy_documents_for_relative_risk():
    """`relative_risk(10, 75, 12, 225).confidence_interval()`, in the reference of scipy.stats."""
    found = share_ratio(10, 75, 12, 225)
    assert found == pytest.approx((2.5, 1.1261564003469628, 5.549850800541033), rel=1e-12)


def test_share_ratio_worked_by_hand():
    # 2/4 over 1/4: ratio 2, variance 1/2 - 1/4 + 1 - 1/4 = 1, so the bounds are 2 exp(-+ 1.959964).
    assert share_ratio(2, 4, 1, 4) == pytest.approx((2, 0.281727, 14.198132), rel=1e-5)


def test_rate_ratio_is_that_of_breast_cancer_after_fluoroscopies_in_rothman_1998_modern_epidemiology_page_238():
    """41 cases in 28,010 years of women exposed, 15 in 19,017 of others; bounds as the tests of the R package episheet
    have them: 1.855 (1.03 to 3.35).
    """
    found = rate_ratio(41, 28010, 15, 19017)
    assert found.value == pytest.approx(1.855, abs=0.001)
    assert (round(found.lower, 2), round(found.upper, 2)) == (1.03, 3.35)


def test_rate_ratio_worked_by_hand():
    # 4 in 100 over 4 in 200: ratio 2, variance 1/2, so the bounds are 2 exp(-+ 1.959964 x 0.707107): 2 over and times 3.998438.
    assert rate_ratio(4, 100, 4, 200) == pytest.approx((2, 0.500195, 7.996876), rel=1e-5)


def test_rate_ratio_of_no_event_has_the_exact_upper_limit_that_r_has_it():
    """`binom.test(0, 3)` has 0.7075982 at most: odds of 2.419952, here times 30 over 20 people (`poisson.test` likewise)."""
    assert rate_ratio(0, 20, 3, 30) == pytest.approx((0, 0, 2.419952 * 1.5), rel=1e-6)
