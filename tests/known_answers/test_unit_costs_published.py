"""Unit costs at other prices against published and independently worked figures. Each test names its source."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from earlyhelp.economics.unit_costs import DEFLATORS, UNIT_COSTS, unit_cost, uprated
from earlyhelp.economics.unit_costs.uprating import RESIDENTIAL_GAP

UPRATED = list(csv.DictReader((Path(__file__).parent / "unit_costs_uprated.csv").read_text("utf-8").splitlines()))


def test_a_child_looked_after_in_2011_12_at_prices_of_2013_14_is_within_a_pound_in_a_thousand_of_the_database():
    """Unit Cost Database v1.2 SS1.0: 44,676 pounds (2011-12); its own figure for 2013-14 is 46,389, by older deflators."""
    found = 44_676 * DEFLATORS.ratio("2011-12", "2013-14")
    assert round(found) == 46_396
    assert found == pytest.approx(46_389, rel=0.001)


@pytest.mark.parametrize("row", UPRATED, ids=[row["code"] for row in UPRATED])
def test_every_national_cost_at_prices_of_2025_26_is_as_worked_out_apart_from_this_code(row):
    """unit_costs_uprated.csv: worked out by another hand from HM Treasury's deflators of March 2026, to the penny."""
    found = uprated(unit_cost(row["code"]), "2025-26")
    assert found.value == pytest.approx(float(row["value_2025_26"]), abs=0.0051)
    assert found.ratio == pytest.approx(float(row["ratio"]), abs=5.1e-5)


def test_every_national_cost_with_a_price_year_was_worked_out_apart():
    assert {row["code"] for row in UPRATED} == {cost.code for cost in UNIT_COSTS.values() if cost.price_year}


def test_the_parts_of_a_domestic_violence_incident_come_to_the_whole():
    """Unit Cost Database CR2.0 (Walby 2009): 1,171 + 581 + 415 + 193 + 110 = 2,470 pounds, prices of 2008-09."""
    parts = [cost.value for cost in UNIT_COSTS.values() if cost.parent == "domestic_violence_incident"]
    assert sum(parts) == unit_cost("domestic_violence_incident").value == 2470


def test_the_public_services_element_of_domestic_abuse_is_its_share_of_the_published_total():
    """Home Office RR107: 34,015 pounds a victim, of 66.2 billion 4.7 billion are public and other services."""
    assert unit_cost("domestic_abuse_public_services").value == pytest.approx(34_015 * 4.7 / 66.2, abs=0.5)


def test_uprating_leaves_residential_care_more_than_a_third_below_what_the_national_audit_office_found():
    """2,947 pounds a week (2013-14) is 3,878 in 2023-24; NAO (2025): 318,400 a place and year, 6,123 a week."""
    by_deflator = uprated(unit_cost("residential_private_home_week"), "2023-24").value
    found = unit_cost("residential_place_year").value / 52
    assert round(by_deflator) == 3878
    assert round(1 - by_deflator / found, 2) == RESIDENTIAL_GAP
