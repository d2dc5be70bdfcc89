"""Rank intervals: what can be told by hand, and that names come before ranks."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.ranks import DIFFERENT, NOT_DISTINGUISHABLE, rank_intervals

thorough = settings(max_examples=30, deadline=None, derandomize=True)
units = st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 1)), min_size=2, max_size=9)


def ranked(rows, **options):
    names = [f"unit {place}" for place in range(len(rows))]
    return rank_intervals(names, [m for m, _ in rows], [e for _, e in rows], seed=5, draws=500, **options)


def test_units_known_exactly_have_their_rank_and_nothing_else():
    found = rank_intervals(["c", "a", "b", "d"], [3, 1, 2, 4], [0, 0, 0, 0], seed=1)
    assert [(each.name, each.lower, each.upper) for each in found] == [
        ("a", 1, 1),
        ("b", 2, 2),
        ("c", 3, 3),
        ("d", 4, 4),
    ]
    assert [each.best_quarter for each in found] == [1, 0, 0, 0]
    assert {each.distinguishable for each in found} == {DIFFERENT}


def test_where_more_is_better_the_order_turns_round():
    found = rank_intervals(["a", "b"], [1, 2], [0, 0], seed=1, lowest_is_best=False)
    assert [each.lower for each in found] == [2, 1]


def test_units_that_are_all_alike_may_have_any_rank_and_none_is_told_apart():
    for error in (0.0, 1.0):
        found = rank_intervals(list("abcdefgh"), [0.3] * 8, [error] * 8, seed=2)
        assert {(each.lower, each.upper) for each in found} == {(1, 8)}
        assert {each.distinguishable for each in found} == {NOT_DISTINGUISHABLE}
        assert all(each.best_quarter == pytest.approx(0.25, abs=0.02) for each in found)


def test_of_two_units_the_chance_of_being_best_is_that_of_a_normal_difference():
    # The difference is 1 with a standard error of sqrt(0.6^2 + 0.8^2) = 1: the chance is 0.8413.
    found = rank_intervals(["a", "b"], [0, 1], [0.6, 0.8], seed=3, draws=40_000)
    assert found[0].best_quarter == pytest.approx(0.8413, abs=0.006)


@thorough
@given(units)
def test_names_alone_settle_the_order_and_the_quarter_is_always_filled(rows):
    found = ranked(rows)
    assert [each.name for each in found] == sorted(each.name for each in found)
    assert sum(each.best_quarter for each in found) == pytest.approx(max(1, len(rows) // 4))
    assert all(1 <= each.lower <= each.upper <= len(rows) for each in found)


@thorough
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 1)), min_size=3, max_size=3))
def test_the_order_in_which_units_are_given_changes_nothing(rows):
    answers = set()
    for order in permutations(range(3)):
        names = [f"unit {place}" for place in order]
        answers.add(rank_intervals(names, [rows[p][0] for p in order], [rows[p][1] for p in order], seed=5, draws=200))
    assert len(answers) == 1


def test_the_same_seed_gives_the_same_answer_and_another_seed_another():
    rows = [(0.0, 1.0), (0.1, 1.0), (0.2, 1.0)]
    assert ranked(rows) == ranked(rows)
    names, means = ["a", "b", "c"], [0, 0.1, 0.2]
    assert rank_intervals(names, means, [1, 1, 1], seed=1) != rank_intervals(names, means, [1, 1, 1], seed=2)


def test_sixty_providers_as_usual_have_ranks_that_span_more_than_a_third_of_the_list():
    """True spread 0.3, errors 0.17: as in a council of 60 providers; a league table of these would be noise."""
    generator = np.random.default_rng(4)
    shrunken = generator.normal(0, 0.26, 60)
    found = rank_intervals([f"{n:02d}" for n in range(60)], shrunken, np.full(60, 0.15), seed=6)
    assert np.median([each.upper - each.lower for each in found]) > 20
    assert sum(each.distinguishable == NOT_DISTINGUISHABLE for each in found) > 30


def test_a_single_unit_or_a_missing_figure_is_refused():
    with pytest.raises(NotEstimable, match="fewer than two"):
        rank_intervals(["a"], [1], [1], seed=1)
    with pytest.raises(NotEstimable, match="no estimate"):
        rank_intervals(["a", "b"], [1, np.nan], [1, 1], seed=1)
    with pytest.raises(ValueError, match="name of its own"):
        rank_intervals(["a", "a"], [1, 2], [1, 1], seed=1)
