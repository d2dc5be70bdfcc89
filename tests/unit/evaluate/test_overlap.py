"""Who is left out for want of anybody like them, on tables to check by eye."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.overlap import (
    AMONG_ALL,
    LeftOut,
    crump_cutoff,
    left_out_by_group,
    overlap,
    reached,
    shared_places,
)

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


def _living(*counts: tuple[str, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Where so many treated and so many compared live: (place, treated, compared)."""
    place = np.concatenate([np.repeat(name, one + other) for name, one, other in counts])
    treated = np.concatenate([np.repeat([True, False], [one, other]) for _, one, other in counts])
    return place, treated


def test_groups_that_live_in_no_place_together_share_none_and_groups_spread_alike_share_all():
    assert shared_places(*_living(("A", 60, 0), ("B", 0, 200))) == 0
    assert shared_places(*_living(("A", 30, 100), ("B", 30, 100))) == 1


def test_what_the_shares_of_places_differ_by_is_told_beyond_what_a_lot_would_bring():
    """Of the treated 0.9 live in A, of the compared 0.2: they differ by 0.7, and by lot two such groups by some 0.05."""
    place, treated = _living(("A", 90, 40), ("B", 10, 160))
    luck = np.random.default_rng(1)
    by_lot = np.mean([abs(drawn[place == "A"].sum() / 100 - (~drawn)[place == "A"].sum() / 200)
                      for drawn in (luck.permutation(treated) for _ in range(4_000))])  # fmt: skip
    assert shared_places(place, treated) == pytest.approx(1 - (0.7 - by_lot) / (1 - by_lot), abs=0.005)


def test_weights_count_the_compared_as_they_stand_for_the_treated():
    place, treated = _living(("A", 90, 40), ("B", 10, 160))
    weights = np.where(treated, 1.0, np.where(place == "A", 0.9 / 40, 0.1 / 160))
    assert shared_places(place, treated, weights) == 1


@pytest.mark.parametrize("places", [8, 20, 80])
@pytest.mark.parametrize("offered", [40, 200])
def test_a_few_families_drawn_by_lot_from_many_places_share_them(offered: int, places: int):
    luck = np.random.default_rng(7)
    for _ in range(20):
        place = luck.integers(0, places, 900).astype(str)
        assert shared_places(place, luck.permutation(900) < offered) > 0.75


def test_families_whose_home_is_not_known_are_left_out_and_without_half_of_the_homes_nothing_is_told():
    place, treated = _living(("A", 60, 10), ("B", 10, 200), ("", 50, 50))
    assert shared_places(place, treated) == shared_places(place[place != ""], treated[place != ""])
    assert np.isnan(shared_places(*_living(("A", 10, 100), ("", 11, 0))))


@pytest.mark.parametrize(("others", "passed_over"), [(29, False), (30, True)])
def test_a_place_is_passed_over_where_a_lot_would_have_treated_three_of_it(others: int, passed_over: bool):
    """One in ten is treated: of 29 families a lot would treat 2.9."""
    place, treated = _living(("A", 20, 180 - others), ("B", 0, others))
    there = reached(place, treated)
    assert there[place == "A"].all()
    assert set(there[place == "B"]) == {not passed_over}
    assert reached(np.where(place == "B", "", place), treated).all(), "a home that is not known is no place"
