"""Intervals against published tables. Each test names the table; the figures are as printed there."""

from __future__ import annotations

import pytest

from earlyhelp.statistics.intervals import byar, exact_poisson, rate, wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_method_3_of_newcombe_1998_table_1(numerator, denominator, lower, upper):
    interval = wilson(numerator, denominator)
    assert (round(interval.lower, 4), round(interval.upper, 4)) == (lower, upper)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0.000, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (9, 4.115, 17.085),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (50, 37.111, 65.919),
        (100, 81.364, 121.627),
    ],
)
def test_exact_limits_are_those_of_the_tables_of_the_poisson_distribution_after_garwood_1936(count, lower, upper):
    interval = exact_poisson(count)
    assert (round(interval.lower, 3), round(interval.upper, 3)) == (lower, upper)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # 10 (1 - 1/90 - 1.959964/(3 x 3.162278))^3 = 10 x 0.782291^3, and 11 (1 - 1/99 + 0.196984)^3 = 11 x 1.186883^3
        (10, 4.787, 18.391),
        # 65 (1 - 1/585 - 0.081035)^3 = 65 x 0.917256^3, and 66 (1 - 1/594 + 0.080418)^3 = 66 x 1.078735^3
        (65, 50.163, 82.849),
        # 100 (1 - 1/900 - 0.065332)^3 = 100 x 0.933557^3, and 101 (1 - 1/909 + 0.065008)^3 = 101 x 1.063908^3
        (100, 81.362, 121.628),
    ],
)
def test_byar_is_the_equation_of_breslow_and_day_1987_page_69_worked_by_hand(count, lower, upper):
    interval = byar(count)
    assert (round(interval.lower, 3), round(interval.upper, 3)) == (lower, upper)


def test_byar_is_within_a_fifth_of_a_per_cent_of_the_exact_limits_from_10_up_as_phe_2018_says():
    for count in range(10, 1000):
        published, exact = byar(count), exact_poisson(count)
        assert published.lower == pytest.approx(exact.lower, rel=0.002)
        assert published.upper == pytest.approx(exact.upper, rel=0.002)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_counts_below_10_have_exact_limits_as_phe_2018_says(count):
    assert byar(count) == exact_poisson(count)


def test_a_rate_has_the_limits_of_its_count_as_phe_2018_says():
    limits = rate(65, 25000, per=10000)
    assert (round(limits.lower, 3), round(limits.upper, 3)) == (20.065, 33.14)  # 50.163 and 82.849, times 0.4
