"""Who is left out for want of anybody like them, on tables to check by eye."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.overlap import AMONG_ALL, LeftOut, crump_cutoff, left_out_by_group, overlap

thorough = settings(max_examples=100, deadline=None, derandomize=True)

#                  treated                        compared
CHANCE = np.array([0.05, 0.30, 0.60, 0.90, 0.97, 0.02, 0.10, 0.40, 0.92, 0.96])
TREATED = np.array([1] * 5 + [0] * 5, dtype=bool)


def test_kept_are_those_within_the_range_of_both_groups_and_below_the_bound():
    # Both reach from 0.05 (treated) to 0.96 (compared); the bound of 0.95 is nearer.
    found = overlap(CHANCE, TREATED)
    assert CHANCE[found.kept].tolist() == [0.05, 0.30, 0.60, 0.90, 0.10, 0.40, 0.92]
    assert found[1:] == (4, 1, 3, 2)


def test_the_rule_for_the_effect_among_all_keeps_chances_from_a_tenth_to_nine_tenths():
    found = overlap(CHANCE, TREATED, bounds=AMONG_ALL)
    assert CHANCE[found.kept].tolist() == [0.30, 0.60, 0.90, 0.10, 0.40]
    assert found[1:] == (3, 2, 2, 3)


@thorough
@given(st.lists(st.tuples(st.integers(1, 99), st.booleans()), min_size=2, max_size=40))
def test_everybody_is_kept_or_counted_as_left_out_and_nobody_kept_is_beyond_the_other_group(rows):
    chance, treated = np.array([row[0] / 100 for row in rows]), np.array([row[1] for row in rows])
    try:
        found = overlap(chance, treated)
    except NotEstimable:
        return
    assert found.treated_kept + found.treated_left_out == treated.sum()
    assert found.compared_kept + found.compared_left_out == (~treated).sum()
    assert found.treated_kept == (found.kept & treated).sum()
    assert found.compared_kept == (found.kept & ~treated).sum()
    for group, other in ((treated, ~treated), (~treated, treated)):
        for value in chance[found.kept & group]:
            assert chance[other].min() <= value <= chance[other].max()


def test_groups_without_a_common_range_are_refused():
    with pytest.raises(NotEstimable, match="No treated unit is like any compared one"):
        overlap(np.array([0.8, 0.9, 0.1, 0.2]), np.array([1, 1, 0, 0], dtype=bool))


@pytest.mark.parametrize("treated", [np.ones(10, bool), np.zeros(10, bool)])
def test_a_group_alone_is_refused(treated):
    with pytest.raises(NotEstimable, match="One of the two groups is empty"):
        overlap(CHANCE, treated)


def test_who_is_left_out_is_counted_by_group():
    groups = np.array([7, 7, 7, 9, 9, 9, 7, 7, 7, 7])
    kept = overlap(CHANCE, TREATED).kept
    assert left_out_by_group(kept, TREATED, groups) == [LeftOut(7, 3, 0, 4, 1), LeftOut(9, 2, 1, 1, 1)]


def test_the_cutoff_of_crump_worked_by_hand():
    # 1/(e(1-e)) is 4, 4, 4 and 101.01. Sums over squared numbers: 4, 2, 1.33, 7.06, so three are best kept; their mean
    # is 4, so 1/(a(1-a)) = 8 and a = 1/2 - sqrt(1/4 - 1/8) = 0.1464: the one at 0.01 goes.
    assert crump_cutoff(np.array([0.5, 0.01, 0.5, 0.5])) == pytest.approx(0.5 - np.sqrt(0.125))


def test_the_cutoff_of_crump_is_0_where_all_are_best_kept():
    # 1/(e(1-e)) is 4, 4 and 6.25: 4, 2, 1.58.
    assert crump_cutoff(np.array([0.5, 0.5, 0.2])) == 0


@thorough
@given(st.lists(st.integers(1, 99), min_size=1, max_size=30))
def test_no_other_symmetrical_cut_gives_less_variance_than_crumps(percents):
    chance = np.array(percents) / 100

    def variance(cut):
        kept = chance[np.minimum(chance, 1 - chance) >= cut - 1e-9]
        return (1 / (kept * (1 - kept))).sum() / len(kept) ** 2 if len(kept) else np.inf

    assert variance(crump_cutoff(chance)) <= min(variance(cut / 100) for cut in range(51)) + 1e-9


def test_crumps_cutoff_of_nobody_is_refused():
    with pytest.raises(NotEstimable, match="no units"):
        crump_cutoff(np.array([]))
