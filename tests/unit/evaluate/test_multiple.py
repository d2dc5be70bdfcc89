"""Several studies tested together: q values and Holm's p values on lists to check by eye."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.multiple import benjamini_hochberg, holm

thorough = settings(max_examples=100, deadline=None, derandomize=True)
some_p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)

# Thrombolysis after heart attack, 15 outcomes: Benjamini and Hochberg (1995), section 4; data of Neuhaus and others.
FIFTEEN = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


def test_of_the_fifteen_tests_of_benjamini_and_hochberg_1995_four_are_called():
    assert (benjamini_hochberg(FIFTEEN) <= 0.05).tolist() == [True] * 4 + [False] * 11


def test_of_the_fifteen_tests_holm_calls_the_first_three_as_the_paper_says_of_bonferroni():
    assert (holm(FIFTEEN) <= 0.05).tolist() == [True] * 3 + [False] * 12


def test_q_values_of_the_fifteen_tests_by_hand():
    # 15 x 0.0095 / 4; then 0.0278 and 0.0298 share 15 x 0.0298 / 7.
    found = benjamini_hochberg(FIFTEEN)
    assert found[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert found[5] == found[6] == pytest.approx(15 * 0.0298 / 7)
    assert found[-1] == 1


def test_holm_of_three_by_hand_in_the_order_given():
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_a_test_without_a_p_value_is_left_as_it_is_and_not_counted():
    for adjust in (benjamini_hochberg, holm):
        found = adjust([0.01, np.nan, 0.02])
        assert np.isnan(found[1])
        assert found[[0, 2]] == pytest.approx(adjust([0.01, 0.02]))


def test_no_tests_have_no_q_values():
    assert benjamini_hochberg([]).size == 0
    assert holm([]).size == 0


@thorough
@given(some_p_values)
def test_q_values_are_the_smallest_level_at_which_the_step_up_rule_calls_the_test(p_values):
    ranked, tests = sorted(p_values), len(p_values)
    slow = [
        min(1.0, *(tests * ranked[j] / (j + 1) for j in range(tests) if ranked[j] >= p_value)) for p_value in p_values
    ]
    assert benjamini_hochberg(p_values) == pytest.approx(slow)


@thorough
@given(some_p_values)
def test_holm_is_never_smaller_than_the_q_value_nor_the_p_value(p_values):
    assert np.all(holm(p_values) >= benjamini_hochberg(p_values) - 1e-12)
    assert np.all(benjamini_hochberg(p_values) >= np.array(p_values) - 1e-12)


@pytest.mark.parametrize("bad", [[1.2], [-0.1], [[0.1]]])
def test_what_is_no_list_of_p_values_is_refused(bad):
    for adjust in (benjamini_hochberg, holm):
        with pytest.raises(ValueError, match="p value"):
            adjust(bad)
