"""Means and changes against what R prints. The data are those of Student (1908), Biometrika 6:1-25: R's `sleep`."""

from __future__ import annotations

import pytest

from earlyhelp.statistics.means import mean, mean_change

# Hours of sleep gained by ten patients under each of two drugs.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_mean_change_is_the_paired_t_test_of_sleep_as_r_prints_it():
    """`t.test(extra ~ group, data = sleep, paired = TRUE)`: -1.58, from -2.4598858 to -0.7001142, group 1 minus 2."""
    change = mean_change(SECOND, FIRST)
    assert [round(figure, 7) for figure in change] == [-1.58, -2.4598858, -0.7001142]


def test_the_means_of_the_two_drugs_are_0_75_and_2_33_as_student_1908_and_r_print_them():
    assert [round(mean(drug).value, 2) for drug in (FIRST, SECOND)] == [0.75, 2.33]


def test_a_mean_worked_by_hand():
    # 2, 4 and 9: mean 5, variance (9 + 1 + 16)/2 = 13; the t quantile with 2 degrees of freedom is 4.302653,
    # so the reach is 4.302653 x 2.081666 = 8.956686.
    assert mean([2, 4, 9]) == pytest.approx((5, -3.956686, 13.956686), abs=1e-5)
