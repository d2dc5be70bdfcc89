"""The log-rank test and restricted means against what R prints, and against a table a day worked by hand.

`lung` and `aml` are the data sets of R's package survival; see tests/known_answers/test_survival_published.py.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.log_rank import log_rank, restricted_mean
from earlyhelp.statistics.multiple import holm
from earlyhelp.statistics.survival import kaplan_meier

LUNG = Path(__file__).parents[2] / "known_answers" / "lung.csv"
MAINTAINED = ["9", "13", "13+", "18", "23", "28+", "31", "34", "45+", "48", "161+"]
NOT_MAINTAINED = ["5", "5", "8", "8", "12", "16+", "23", "27", "30", "33", "43", "45"]


def lung() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with LUNG.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    return (
        np.array([int(row["days"]) for row in rows]),
        np.array([row["died"] == "1" for row in rows]),
        np.array([row["sex"] for row in rows]),
    )


def test_survdiff_of_lung_by_sex_as_r_prints_it():
    """survdiff(Surv(time, status) ~ sex, data = lung)."""
    test = log_rank(*lung())
    assert test.groups == ("1", "2")
    assert test.observed == (112, 53)
    assert [round(each, 1) for each in test.expected] == [91.6, 73.4]
    assert (round(test.chi_squared, 1), test.degrees, round(test.p, 3)) == (10.3, 1, 0.001)
    assert round(test.p, 5) == 0.00131


def test_survdiff_of_aml_as_r_prints_it():
    """survdiff(Surv(time, status) ~ x, data = aml): Chisq = 3.4 on 1 degrees of freedom, p = 0.07."""
    times = MAINTAINED + NOT_MAINTAINED
    groups = ["Maintained"] * len(MAINTAINED) + ["Nonmaintained"] * len(NOT_MAINTAINED)
    test = log_rank([int(each.rstrip("+")) for each in times], [not each.endswith("+") for each in times], groups)
    assert test.observed == (7, 11)
    assert [round(each, 2) for each in test.expected] == [10.69, 7.31]
    assert (round(test.chi_squared, 1), test.degrees, round(test.p, 2)) == (3.4, 1, 0.07)


@pytest.mark.parametrize(("sex", "mean", "error"), [("1", 326, 22.9), ("2", 461, 34.7)])
def test_restricted_means_of_lung_as_r_prints_them(sex, mean, error):
    """print(survfit(Surv(time, status) ~ sex, data = lung), rmean = "common"): upper limit 1022."""
    days, died, sexes = lung()
    found = restricted_mean(kaplan_meier(days[sexes == sex], died[sexes == sex]), within=1022)
    assert round(found.mean) == mean
    assert round(found.standard_error, 1) == error
    assert found.lower < found.mean < found.upper


def by_hand(waits: list[tuple[int, bool, bool]]) -> tuple[Fraction, Fraction]:
    """Ends seen less expected in the first of two groups, and the variance: one fourfold table an ending day."""
    difference = variance = Fraction(0)
    for day in sorted({days for days, ended, _ in waits if ended}):
        n = sum(days >= day for days, _, _ in waits)
        mine = sum(days >= day and first for days, _, first in waits)
        ends = sum(days == day and ended for days, ended, _ in waits)
        seen = sum(days == day and ended and first for days, ended, first in waits)
        difference += seen - Fraction(ends * mine, n)
        if n > 1:
            variance += Fraction(mine * (n - mine) * ends * (n - ends), n * n * (n - 1))
    return difference, variance


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.booleans()), max_size=25))
@settings(max_examples=150, deadline=None)
def test_two_groups_are_compared_as_a_table_a_day_compares_them(waits):
    difference, variance = by_hand(waits)
    test = log_rank(*np.array([(days, ended, not first) for days, ended, first in waits]).reshape(-1, 3).T)
    expected = float(difference**2 / variance) if variance else 0.0
    assert test.chi_squared == pytest.approx(expected, abs=1e-9)
    assert test.p == 1 if not variance else 0 < test.p <= 1


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from("abc")), min_size=1, max_size=30),
    st.permutations("abc"),
)
@settings(max_examples=100, deadline=None)
def test_the_test_of_three_groups_does_not_depend_on_what_they_are_called(waits, names):
    days, ended, groups = zip(*waits, strict=True)
    other = log_rank(days, ended, [dict(zip("abc", names, strict=True))[group] for group in groups])
    test = log_rank(days, ended, groups)
    assert other.degrees == test.degrees
    assert other.chi_squared == pytest.approx(test.chi_squared, abs=1e-7)
    assert sum(test.observed) == pytest.approx(sum(test.expected))


def test_one_group_alone_differs_from_nothing():
    test = log_rank([1, 2, 3], [True, True, True], ["North"] * 3)
    assert (test.degrees, test.p) == (0, 1)


def test_a_group_that_was_gone_before_anything_ended_is_no_degree_of_freedom():
    test = log_rank([3, 9, 5, 9, 1, 1], [True, True, True, True, False, False], list("aabbcc"))
    assert test.degrees == 1
    assert test == log_rank([3, 9, 5, 9], [True] * 4, list("aabb"))._replace(
        groups=("a", "b", "c"), observed=test.observed, expected=test.expected
    )


def test_where_all_end_on_one_day_nothing_can_differ():
    test = log_rank([5, 5, 5], [True] * 3, list("aab"))
    assert (test.chi_squared, test.degrees, test.p) == (0, 0, 1)


def test_lists_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="match one to one"):
        log_rank([1, 2], [True], ["a", "b"])


def test_the_mean_of_waits_that_are_all_over_is_their_plain_mean_with_long_ones_cut_at_the_limit():
    curve = kaplan_meier([10, 20, 30, 100], [True] * 4)
    assert restricted_mean(curve, within=50).mean == pytest.approx((10 + 20 + 30 + 50) / 4)
    assert restricted_mean(curve, within=200).mean == pytest.approx(40)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_a_restricted_mean_of_ended_waits_is_the_mean_of_the_days_inside_the_limit(days, within):
    found = restricted_mean(kaplan_meier(days, [True] * len(days)), within)
    assert found.mean == pytest.approx(np.minimum(days, within).mean())
    # Greenwood's variance of an uncensored mean is the plain one, divided by n and not by n - 1.
    assert found.standard_error == pytest.approx(np.minimum(days, within).std() / np.sqrt(len(days)), abs=1e-9)
    assert 0 <= found.lower <= found.mean <= found.upper <= within


def test_a_limit_of_no_days_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        restricted_mean(kaplan_meier([1], [True]), within=0)


def test_holm_raises_the_smallest_most():
    """p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R: 0.03 0.06 0.06 0.02."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert tuple(holm([])) == ()
    assert tuple(holm([0.9, 0.8])) == (1, 1)
