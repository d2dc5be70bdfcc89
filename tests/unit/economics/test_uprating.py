"""Unit costs at the prices of another year: the arithmetic, and the sentences where it misleads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.unit_costs import DEFLATORS, UNIT_COSTS, at_prices_of, unit_cost, uprated
from earlyhelp.economics.unit_costs.deflators import Deflators, is_financial_year
from earlyhelp.errors import UsageProblem

years = st.sampled_from(sorted(DEFLATORS.index))
dated = st.sampled_from([cost for cost in UNIT_COSTS.values() if cost.price_year])
MADE_UP = Deflators({"2020-21": 50.0, "2021-22": 75.0, "2022-23": 100.0}, frozenset({"2022-23"}), "2022-03", "Made up")


def warnings(code, to):
    return " ".join(uprated(unit_cost(code), to).warnings)


def test_prices_rise_by_the_ratio_of_the_two_indices():
    assert MADE_UP.ratio("2020-21", "2022-23") == 2
    assert MADE_UP.ratio("2022-23", "2021-22") == 0.75


@given(dated, years, years)
def test_going_by_way_of_a_third_year_changes_nothing(cost, way, to):
    there = at_prices_of(at_prices_of(cost, way), to)
    assert there.value == pytest.approx(uprated(cost, to).value, rel=1e-12)


@given(dated, years)
def test_every_amount_of_a_cost_is_put_at_the_prices_of_the_year(cost, to):
    then = at_prices_of(cost, to)
    ratio = DEFLATORS.ratio(cost.price_year, to)
    assert then.price_year == to
    assert then.average == pytest.approx(cost.average * ratio)
    assert (then.marginal, then.cashable) == (None, None)
    assert sum(then.borne_by().values()) == pytest.approx(sum(cost.borne_by().values()) * ratio)


def test_what_a_council_knows_of_margin_cash_and_range_is_put_at_the_prices_of_the_year_too():
    known = replace(
        unit_cost("gp_consultation"), price_year="2020-21", marginal=20.0, cashable=10.0, low=40.0, high=60.0
    )
    then = at_prices_of(known, "2022-23", MADE_UP)
    assert (then.value, then.marginal, then.cashable, then.low, then.high) == (96, 40, 20, 80, 120)


@given(dated)
def test_in_its_own_year_a_cost_stays_as_it_is_and_nothing_misleads(cost):
    assert uprated(cost, cost.price_year)[:2] == (cost.value, ())


def test_a_placeholder_has_no_price_year_and_cannot_be_uprated():
    with pytest.raises(UsageProblem, match="no price year"):
        uprated(unit_cost("police_call_out"), "2025-26")


def test_a_year_without_a_deflator_is_refused_with_those_there_are():
    with pytest.raises(UsageProblem, match='"2199-00"') as told:
        uprated(unit_cost("arrest"), "2199-00")
    assert "2000-01" in told.value.fix


@pytest.mark.parametrize(
    ("code", "to", "distorted"),
    [
        ("social_worker_needed_year", "2023-24", "2020-21"),  # from prices of 2020-21
        ("robbery_total", "2021-22", "2021-22"),  # from prices of 2019-20
    ],
)
def test_a_base_or_target_year_in_which_much_was_closed_is_warned_of(code, to, distorted):
    assert f"The deflator of {distorted} is distorted" in warnings(code, to)


def test_years_before_and_after_are_not_warned_of():
    assert "distorted" not in warnings("robbery_total", "2023-24")


def test_a_forecast_is_warned_of_with_the_release_it_is_from():
    assert "The deflator of 2025-26 is a forecast (release 2026-03)" in warnings("gp_consultation", "2025-26")
    assert "forecast" not in warnings("robbery_total", "2024-25")


def test_a_price_of_more_than_ten_years_ago_is_warned_of_and_one_of_ten_is_not():
    assert "more than 10 years" in warnings("ambulance_call_out", "2024-25")  # a price of 2013-14
    assert "more than 10 years" not in warnings("ambulance_call_out", "2023-24")


def test_a_placement_is_warned_of_and_residential_care_with_the_gap_that_was_found():
    assert "Prices of placements rise faster" in warnings("foster_care_week", "2023-24")
    residential = warnings("residential_private_home_week", "2023-24")
    assert "318,400" in residential
    assert "37%" in residential
    assert "ledger" in residential
    assert "placement" not in warnings("ambulance_call_out", "2023-24")


def test_a_price_year_that_is_assumed_is_said_to_be():
    assert "is assumed" in warnings("permanent_exclusion_lifetime", "2024-25")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("2025-26", True), ("1999-00", True), ("2025-27", False), ("2025", False), ("2025/26", False), ("", False)],
)
def test_a_financial_year_is_two_years_that_follow_each_other(text, is_one):
    assert is_financial_year(text) is is_one
