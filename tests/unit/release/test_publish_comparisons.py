"""Means, ratios and groups compared, on their way out: what is hidden when a part of them is small."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Estimate, Figure, Figures, Period, Statistic
from earlyhelp.release import policy, publish
from earlyhelp.statistics.differences import rate_ratio, share_difference
from earlyhelp.statistics.intervals import rate

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
GAP, DISPARITY, COST = CATALOGUE["H4"], CATALOGUE["H2"], CATALOGUE["J1"]
MEAN = next(each for each in CATALOGUE.values() if each.statistic is Statistic.MEAN)


def shown(measure, figure: Figure, name: str = "dfe", base: int = 0):
    [row] = publish(Figures(measure, tuple(figure.dims), [figure]), policy(name, base)).rows
    return row


def test_a_gap_is_a_share_less_the_share_of_the_others():
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 10, 40, against=(60.0, 120.0)))
    assert (row.value, row.status) == (-0.25, "ok")
    assert row.lower < row.value < row.upper


@pytest.mark.parametrize("against", [(3.0, 120.0), (0.0, 4.0)])
def test_a_gap_is_hidden_when_the_others_are_few(against):
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 10, 40, against=against))
    assert (row.value, row.numerator, row.status) == (None, None, "suppressed")


def test_a_group_with_nobody_to_compare_it_with_is_no_data():
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 10, 40, against=(0.0, 0.0)))
    assert (row.value, row.status) == (None, "no_data")


def test_a_gap_of_rounded_counts_is_worked_out_from_what_is_told_of_both_groups():
    """18 of 41 is told as 20 of 40, and 62 of 118 others as 60 of 120: whoever divides gets what is shown."""
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 18, 41, against=(62.0, 118.0)), base=5)
    expected = share_difference(20.0, 40.0, 60.0, 120.0)
    assert (row.numerator, row.denominator) == (20, 40)
    assert (row.value, row.lower, row.upper) == pytest.approx(tuple(expected))


def test_a_disparity_of_rounded_counts_is_worked_out_from_what_is_told_of_both_groups():
    row = shown(DISPARITY, Figure(YEAR, {"ethnicity": "ABAN"}, 18, 1_001, against=(42.0, 4_003.0)), base=5)
    expected = rate_ratio(20.0, 1_000.0, 40.0, 4_005.0)
    assert (row.numerator, row.denominator) == (20, 1_000)
    assert (row.value, row.lower, row.upper) == pytest.approx(tuple(expected))


def test_a_gap_to_others_of_whom_none_did_is_the_whole_share():
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 10, 40, against=(0.0, 120.0)))
    assert (row.value, row.status) == (0.25, "ok")


def test_a_group_of_whom_none_did_has_a_gap_of_the_others_share():
    row = shown(GAP, Figure(YEAR, {"ethnicity": "ABAN"}, 0, 40, against=(60.0, 120.0)))
    assert (row.value, row.status) == (-0.5, "ok")


@pytest.mark.parametrize("measure", [GAP, DISPARITY], ids=["gap", "disparity"])
def test_a_group_that_nobody_compared_with_another_is_no_data(measure):
    row = shown(measure, Figure(YEAR, {"ethnicity": "ABAN"}, 10, 40))
    assert (row.value, row.numerator, row.status) == (None, None, "no_data")


def test_where_no_group_can_be_compared_there_is_a_row_for_each_and_no_value():
    figures = [Figure(YEAR, {"ethnicity": code}, 3, 40, against=(60.0, 120.0)) for code in ("ABAN", "AIND")]
    rows = publish(Figures(GAP, ("ethnicity",), figures), policy("dfe")).rows
    assert [(row.value, row.status) for row in rows] == [(None, "suppressed")] * 2


def test_a_disparity_is_a_ratio_of_rates_and_the_reference_has_no_interval():
    figure = Figure(YEAR, {"ethnicity": "ABAN"}, 20, 1_000, against=(40.0, 4_000.0))
    row = shown(DISPARITY, figure)
    assert row.value == pytest.approx(2.0)
    assert row.lower < 2 < row.upper
    same = shown(DISPARITY, figure._replace(against=(20.0, 1_000.0)))
    assert (same.value, same.lower, same.upper) == (1.0, None, None)


def test_a_group_of_which_nobody_is_helped_is_zero_times_the_reference_up_to_the_exact_limit():
    row = shown(DISPARITY, Figure(YEAR, {"ethnicity": "ABAN"}, 0, 1_000, against=(40.0, 4_000.0)))
    assert (row.numerator, row.value, row.lower, row.status) == (0, 0, 0, "ok")
    assert row.upper == pytest.approx((0.025 ** (-1 / 40) - 1) * 4)


def test_a_disparity_to_a_reference_without_anybody_is_no_data():
    row = shown(DISPARITY, Figure(YEAR, {"ethnicity": "ABAN"}, 20, 1_000, against=(0.0, 4_000.0)))
    assert row.status == "no_data"


def test_pounds_are_shown_however_few_and_families_are_hidden_where_few():
    assert shown(COST, Figure(YEAR, {}, 4, 10)).value == pytest.approx(0.4)
    hidden = shown(COST, Figure(YEAR, {}, 40_000, 4))
    assert (hidden.value, hidden.numerator, hidden.denominator, hidden.status) == (None, None, None, "suppressed")


def test_pounds_are_not_rounded_to_the_base_of_counts_and_families_are():
    row = shown(COST, Figure(YEAR, {}, 40_003, 42), base=5)
    assert (row.numerator, row.denominator) == (40_003, 40)


def test_a_mean_of_few_is_hidden_whatever_its_sum():
    few = shown(MEAN, Figure(YEAR, {}, 900.0, 4, estimate=Estimate(225.0, 200.0, 250.0)))
    many = shown(MEAN, Figure(YEAR, {}, 3.0, 40, estimate=Estimate(0.075, 0.01, 0.14)))
    assert (few.value, few.status) == (None, "suppressed")
    assert (many.value, many.lower, many.upper) == (0.075, 0.01, 0.14)


def test_people_for_each_hundred_come_with_an_interval_and_pounds_for_each_without():
    people = shown(CATALOGUE["I4"], Figure(YEAR, {}, 20, 50))
    assert (people.value, people.lower, people.upper) == (40, *rate(20, 50, 100))
    pounds = shown(CATALOGUE["J3"], Figure(YEAR, {}, 600, 1_200))
    assert (pounds.value, pounds.lower, pounds.upper) == (50, None, None)


def test_a_sum_of_pounds_has_no_interval_and_is_never_small():
    row = shown(CATALOGUE["J5"], Figure(YEAR, {}, 3.5, None))
    assert (row.numerator, row.value, row.lower, row.upper, row.status) == (3.5, 3.5, None, None, "ok")
