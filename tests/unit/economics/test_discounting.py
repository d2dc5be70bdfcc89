"""Discounting: factors by year against a plain loop, and the parameters they rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.discounting import discount_factors, present_value
from earlyhelp.economics.parameters import PARAMETERS, ParameterSet, distributional_weight, optimism_bias


def year_by_year(years: int) -> list[float]:
    """The slow and obvious way: each year divides by one more rate."""
    factors, value = [], 1.0
    for year in range(years):
        if year:
            value /= 1.035 if year <= 30 else 1.03 if year <= 75 else 1.025
        factors.append(value)
    return factors


@given(st.integers(1, 120))
def test_factors_are_those_of_a_plain_loop(years):
    assert discount_factors(years) == pytest.approx(year_by_year(years))


def test_year_0_is_worth_what_it_is_and_later_years_less():
    assert present_value([100.0]) == 100.0
    assert present_value([0.0, 100.0]) == pytest.approx(100 / 1.035)
    assert present_value([0.0, 100.0], "health") == pytest.approx(100 / 1.015)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10), st.floats(-5, 5))
def test_present_value_is_linear(amounts, times):
    assert present_value([times * each for each in amounts]) == pytest.approx(times * present_value(amounts), abs=1e-3)


def test_a_changed_rate_changes_the_factors_and_the_hash():
    changed = ParameterSet({"discount_rate": 0.0})
    assert discount_factors(3, parameters=changed).tolist() == [1.0, 1.0, 1.0]
    assert changed.hash != ParameterSet().hash
    assert ParameterSet({"discount_rate": 0.035}).hash == ParameterSet().hash, "the same values are the same set"


@pytest.mark.parametrize("changed", [{"discount": 0.03}, {"discount_rate": -0.1}, {"discount_rate": float("nan")}])
def test_a_parameter_that_there_is_not_or_that_cannot_be_is_refused(changed):
    with pytest.raises(ValueError, match="discount"):
        ParameterSet(changed)


@pytest.mark.parametrize("each", PARAMETERS.values(), ids=lambda each: each.name)
def test_every_parameter_says_what_it_is_where_it_comes_from_and_lies_within_its_bounds(each):
    assert each.words
    assert each.unit
    assert each.source
    assert each.vintage.isdigit()
    assert each.lowest <= each.value <= each.highest


def test_a_grade_or_an_income_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="1 to 6"):
        optimism_bias(7)
    with pytest.raises(ValueError, match="above 0"):
        distributional_weight(0, 30_000)


def test_weaker_evidence_is_never_marked_down_less():
    grid = [optimism_bias(grade) for grade in range(1, 7)]
    assert grid == sorted(grid)


def test_no_years_are_refused():
    with pytest.raises(ValueError, match="one year"):
        discount_factors(0)
