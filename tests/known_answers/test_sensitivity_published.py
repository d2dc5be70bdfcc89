"""What it would take to overturn a finding, against published worked examples. Each test names the page.

`lead_pairs.csv`: lead in the blood, in micrograms per decilitre, of 33 children whose parents worked with lead, each
with a child of the same age and street: Morton and others (1982), American Journal of Epidemiology 115:549-555, as
printed in Rosenbaum (2002), Observational Studies, 2nd ed., Springer, p. 82. Facts, 33 pairs of whole numbers.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.sensitivity import e_value, e_value_of_difference, largest_gamma, signed_rank_bound


def lead_differences():
    with (Path(__file__).parent / "lead_pairs.csv").open(encoding="utf-8") as table:
        return np.array([int(row["exposed"]) - int(row["control"]) for row in csv.DictReader(table)])


@pytest.mark.parametrize(("gamma", "printed"), [(2, 0.0018), (3, 0.0136), (4.25, 0.0468)])
def test_upper_p_values_of_the_lead_pairs_are_those_of_rosenbaum_2002_page_115(gamma, printed):
    assert round(signed_rank_bound(lead_differences(), gamma), 4) == printed


def test_without_hidden_bias_the_lead_pairs_have_the_p_value_that_rosenbaum_prints_as_under_one_in_ten_thousand():
    assert signed_rank_bound(lead_differences(), 1) < 0.0001


def test_the_lead_pairs_stand_a_hidden_bias_of_four_and_a_quarter_but_not_of_four_and_a_half():
    found = largest_gamma(lambda gamma: signed_rank_bound(lead_differences(), gamma))
    assert 4.25 < found < 4.5
    assert signed_rank_bound(lead_differences(), found) == pytest.approx(0.05, abs=1e-8)


def test_e_values_of_breast_feeding_are_those_of_vanderweele_and_ding_2017():
    """Infant death from respiratory infection, bottle against breast: 3.9 (1.8 to 8.7) gives 7.26, and 3.0 for the limit.

    VanderWeele and Ding (2017), Annals of Internal Medicine 167:268-274.
    """
    found = e_value(3.9, 1.8, 8.7)
    assert (round(found.estimate, 2), round(found.limit, 2)) == (7.26, 3.0)


def test_e_value_of_children_looked_after_in_the_national_evaluation():
    """2.5 to 1.7 per cent looked after at 19 to 24 months, a ratio of 0.68: MHCLG (March 2019), programme of 2015-20."""
    assert round(e_value(0.68).estimate, 2) == 2.30
    assert round(e_value_of_difference(0.025, 0.017 - 0.025).estimate, 2) == 2.30
