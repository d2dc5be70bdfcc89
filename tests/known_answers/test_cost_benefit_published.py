"""Published figures of cost and benefit, worked out again.

MHCLG, National evaluation of the Troubled Families Programme 2015 to 2020, March 2019, as told in Local Government Chronicle
and Civil Service World, 20 March 2019: for the families of 2017-18, net economic benefit 366 million pounds and 2.28 for
each pound; net fiscal benefit 147 million and 1.51. Its cost is not told: 286 to 288 million fit both. Care within 19
to 24 months was 1.7 per cent with the programme, and 2.5 among those compared.

HM Treasury, The Green Book, annex on discounting, table of long-term discount factors: the factors at 3.5 per cent.
"""

from __future__ import annotations

from math import log

import pytest

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.cost_benefit import Benefit, Cost, Impact, cost_benefit, pound_for_pound
from earlyhelp.economics.discounting import discount_factors
from earlyhelp.economics.effects import combined, log_ratio_of_difference
from earlyhelp.economics.parameters import PARAMETERS, distributional_weight, optimism_bias


@pytest.mark.parametrize("cost", [286e6, 287e6])
def test_the_national_evaluation_gave_back_2_28_and_1_51_for_each_pound(cost):
    assert round(pound_for_pound(366e6, cost), 2) == 2.28
    assert round(pound_for_pound(147e6, cost), 2) == 1.51


def test_the_model_with_the_programmes_cost_and_benefits_gives_its_net_benefits_and_ratios():
    cost, families = 287e6, 124_000

    def benefit(account, net):
        whole = Impact(1.0, 0.5, 1.5)
        return Benefit("programme", "several", account, families, 1.0, 1.0, whole, (cost + net) / families, 1, 3)

    found = cost_benefit(
        [Cost("programme", "council_social_care", (cost,))], [benefit("economic", 366e6), benefit("fiscal", 147e6)], 1
    )
    assert found.net("economic") == pytest.approx(366e6)
    assert found.net("fiscal") == pytest.approx(147e6)
    assert round(found.ratios["economic"].estimate, 2) == 2.28
    assert round(found.ratios["fiscal"].estimate, 2) == 1.51
    assert "social" not in found.ratios


def test_care_of_1_7_against_2_5_per_cent_is_the_ratio_of_0_68_that_scenarios_begin_with():
    found = log_ratio_of_difference(0.025, -0.008, -0.010, -0.006)
    assert found is not None
    assert round(found.ratio, 2) == PARAMETERS["prior_care_ratio"].value == 0.68


@pytest.mark.parametrize(
    ("year", "factor"),
    [
        (0, 1.0),
        (1, 0.9662),
        (5, 0.8420),
        (10, 0.7089),
        (30, 0.3563),
        (31, 0.3459),
        (50, 0.1973),
        (75, 0.0942),
        (100, 0.0508),
    ],
)
def test_long_term_discount_factors_are_those_of_the_green_book(year, factor):
    assert discount_factors(101)[year] == pytest.approx(factor, abs=0.00006)


def test_a_household_of_15_000_pounds_has_a_weight_of_3_01_where_the_median_is_35_000():
    assert round(distributional_weight(15_000, 35_000), 2) == 3.01


def test_optimism_is_taken_off_between_nothing_and_two_fifths():
    """The guidance of the Unit Cost Database (version 1.2): between 0 and 40 per cent by quality, source and age."""
    assert [optimism_bias(1), optimism_bias(6)] == [0.0, 0.4]


def test_a_local_ratio_of_0_50_drawn_to_the_national_one_is_0_63_with_0_41_to_0_97():
    """Textbook weighing of two normals (Gelman and others, Bayesian Data Analysis, 3rd edition, section 2.5), by hand:
    weights 4.938 and 16; mean (4.938 x -0.6931 + 16 x -0.3857) / 20.938 = -0.4582; spread 0.2185.
    """
    found = combined(LogRatio(log(0.50), 0.45), LogRatio(log(0.68), 0.25))
    assert round(found.ratio, 2) == 0.63
    assert [round(found.bound(each), 2) for each in (-1.96, 1.96)] == [0.41, 0.97]
