"""The Treasury's model for local partnerships, on figures that a person can check by eye."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.cost_benefit import ACCOUNTS, Benefit, Cost, Impact, Ratio, cost_benefit, payback
from earlyhelp.economics.parameters import DECLARED
from earlyhelp.errors import InputRefused

NET = Impact(0.1, 0.05, 0.15)
# 200 families, half begin, four in five of them stay: 80 reached; one in ten is changed: 8, worth 1,000 pounds each.
BENEFIT = Benefit("care avoided", "council_social_care", "fiscal", 200, 0.5, 0.8, NET, 1_000, 1, 2)
COST = Cost("the service", "council_social_care", (4_000.0,))


def test_population_engagement_retention_impact_and_unit_benefit_multiply():
    found = cost_benefit([COST], [BENEFIT], 1)
    assert found.benefits["fiscal"] == pytest.approx((8_000, 4_000, 12_000))
    assert found.cost == 4_000
    assert found.net("fiscal") == pytest.approx(4_000)


def test_benefits_are_lowered_and_costs_raised_by_the_grade_of_their_evidence():
    found = cost_benefit([replace(COST, evidence_grade=3)], [replace(BENEFIT, evidence_grade=6)], 1)
    assert found.cost == pytest.approx(4_400)
    assert found.benefits["fiscal"].estimate == pytest.approx(4_800)


def test_a_harm_is_not_made_smaller_by_optimism_bias():
    harmful = replace(BENEFIT, impact=Impact(-0.1, -0.15, -0.05), evidence_grade=6)
    assert cost_benefit([COST], [harmful], 1).benefits["fiscal"].estimate == pytest.approx(-8_000)


def test_lag_drop_off_and_intake_place_benefits_in_their_years():
    slow = replace(BENEFIT, lag=1, lasts=2, drop_off=0.5, years_of_intake=2)
    amounts = slow.by_year(0.1, 4, parameters=DECLARED)
    assert amounts == pytest.approx([0, 8_000, 4_000 + 8_000, 4_000])


def test_deadweight_is_refused_where_the_impact_is_net_already():
    with pytest.raises(InputRefused, match="twice") as refused:
        replace(BENEFIT, deadweight=0.3)
    assert refused.value.where == "care avoided, deadweight (rule deadweight-once)"


def test_a_gross_impact_needs_a_deadweight_and_is_lowered_by_it():
    gross = Impact(0.1, 0.05, 0.15, net=False)
    with pytest.raises(InputRefused, match="gross"):
        replace(BENEFIT, impact=gross)
    found = cost_benefit([COST], [replace(BENEFIT, impact=gross, deadweight=0.25)], 1)
    assert found.benefits["fiscal"].estimate == pytest.approx(6_000)


def test_accounts_stand_apart_and_no_figure_adds_them_up():
    found = cost_benefit([COST], [BENEFIT, replace(BENEFIT, account="social", unit_benefit=500)], 1)
    assert [found.benefits[each].estimate for each in ACCOUNTS] == pytest.approx([8_000, 0, 4_000])
    assert set(found.ratios) == {"fiscal", "social"}
    told = {value for value in vars(found).values() if isinstance(value, float)}
    assert not any(value == pytest.approx(12_000) for value in told)


def test_a_ratio_has_an_interval_and_a_grade_and_says_both():
    ratio = cost_benefit([COST], [BENEFIT, replace(BENEFIT, agency="nhs", design_grade=1)], 1).ratios["fiscal"]
    assert ratio == pytest.approx(Ratio(4.0, 2.0, 6.0, 1)), "the weakest design counts"
    assert (
        ratio.words
        == "4.00 pounds for each pound (95 per cent interval 2.00 to 6.00; design grade 1 on the Maryland scale)"
    )
    with pytest.raises(TypeError):
        Ratio(4.0)


def test_lines_tell_each_agency_account_and_year_and_add_up_to_what_is_told():
    found = cost_benefit([COST], [BENEFIT, replace(BENEFIT, agency="nhs", lasts=2)], 2)
    fiscal = [each for each in found.lines if each.account == "fiscal"]
    assert {(each.agency, each.year) for each in fiscal} == {
        (agency, year) for agency in ("nhs", "council_social_care") for year in (0, 1)
    }
    assert sum(each.present for each in fiscal) == pytest.approx(found.benefits["fiscal"].estimate)
    assert sum(each.present for each in found.lines if each.account == "cost") == pytest.approx(found.cost)


def test_only_the_cashable_share_is_told_as_cashable():
    assert cost_benefit([COST], [replace(BENEFIT, cashable=0.25)], 1).cashable == pytest.approx(2_000)


@pytest.mark.parametrize(
    ("costs", "benefits", "years"),
    [
        ([100, 0, 0], [0, 50, 50], 3.0),
        ([100, 0, 0], [0, 50, 100], 2.5),
        ([100, 0, 0], [0, 50, 40], None),
        ([100, 0], [200, 0], 0.5),
        ([100, 0, 300, 0], [0, 200, 0, 400], 3.5),
        ([0, 0], [0, 0], 0.0),
    ],
)
def test_payback_is_the_last_time_that_it_all_comes_back(costs, benefits, years):
    assert payback(np.array(costs, float), np.array(benefits, float)) == (
        None if years is None else pytest.approx(years)
    )


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=8))
def test_payback_is_there_exactly_where_all_of_it_came_back(rows):
    costs, benefits = (np.array(column) for column in zip(*rows, strict=True))
    found = payback(costs, benefits)
    assert (found is not None) == (np.cumsum(benefits - costs)[-1] >= 0)
    assert found is None or 0 <= found <= len(rows)


@pytest.mark.parametrize(
    "broken",
    [{"engagement": 1.2}, {"population": -1}, {"unit_benefit": -1}, {"lasts": 0}, {"impact": Impact(0.1, 0.2, 0.3)},
     {"account": "public value"}],
)  # fmt: skip
def test_a_figure_that_cannot_be_is_refused_with_its_rule(broken):
    with pytest.raises(InputRefused) as refused:
        replace(BENEFIT, **broken)
    assert "(rule " in refused.value.where


def test_a_cost_below_0_and_no_cost_at_all_are_refused():
    with pytest.raises(InputRefused, match="below 0") as refused:
        Cost("the service", "nhs", (100.0, -1.0))
    assert refused.value.where == "the service (rule costs-not-negative)"
    with pytest.raises(InputRefused):
        cost_benefit([], [BENEFIT], 1)
    with pytest.raises(InputRefused):
        cost_benefit([Cost("long", "nhs", (1.0, 1.0))], [BENEFIT], 1)
