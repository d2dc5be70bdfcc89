"""The parts of totals hidden besides those that are few: one more where one stands alone, and none that tell of nobody."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.release.secondary import with_complements


def hidden(counts: list[float], groups: list[int], hidden_groups: list[bool] | None = None, few: int = 5) -> list[bool]:
    numbers = np.array(counts, dtype=float)
    gone = None if hidden_groups is None else np.array(hidden_groups)
    return with_complements((numbers > 0) & (numbers <= few), numbers, np.array(groups), few, gone).tolist()


def test_a_part_of_few_takes_the_smallest_other_of_its_total_with_it_and_no_zero():
    assert hidden([3, 0, 20, 12], [0, 0, 0, 0]) == [True, False, False, True]


def test_two_parts_of_few_hide_each_other():
    assert hidden([3, 4, 20], [0, 0, 0]) == [True, True, False]


def test_two_parts_so_few_that_what_is_left_tells_of_both_take_another_with_them():
    """1 and 1 of 24, beside 22: without it what is left is 2, and each is at least 1."""
    assert hidden([1, 1, 22], [0, 0, 0]) == [True, True, True]
    assert hidden([1, 4, 9, 10], [0, 0, 0, 0]) == [True, True, True, False]


def test_each_total_is_looked_at_by_itself():
    assert hidden([3, 20, 12, 30, 40], [0, 0, 1, 1, 1]) == [True, True, False, False, False]


def test_where_the_total_itself_is_hidden_its_parts_may_not_all_be_shown():
    assert hidden([20, 12, 30, 40], [0, 0, 1, 1], [True, False]) == [False, True, False, False]


def test_where_the_total_is_hidden_one_part_of_few_needs_no_other():
    assert hidden([3, 12, 20], [0, 0, 0], [True]) == [True, False, False]


def test_of_equal_parts_the_first_is_taken():
    assert hidden([3, 12, 12], [0, 0, 0]) == [True, True, False]


def test_a_part_of_few_beside_nobody_has_none_to_take():
    assert hidden([3, 0, 0], [0, 0, 0]) == [True, False, False]


def test_zeros_are_hidden_where_beside_them_a_total_that_is_not_few_would_prove_its_parts_to_be():
    assert hidden([3, 3, 0], [0, 0, 0]) == [True, True, True]
    assert hidden([3, 4, 0], [0, 0, 0]) == [True, True, False]


def test_where_a_total_of_nobody_is_hidden_its_parts_may_not_all_be_shown_either():
    assert hidden([0, 0, 40], [0, 0, 1], [True, False]) == [True, False, False]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), min_size=1, max_size=12))
def test_what_is_left_of_a_total_never_proves_that_a_part_is_few(parts: list[tuple[int, int]]):
    found = hidden([float(count) for count, _ in parts], [group for _, group in parts])
    for group in range(4):
        own = [(count, gone) for (count, at), gone in zip(parts, found, strict=True) if at == group]
        gone_counts = [count for count, gone in own if gone]
        assert all(gone for count, gone in own if 0 < count <= 5)
        assert 0 not in gone_counts or all(gone for _, gone in own), "zeros go last, and together"
        kept_apart = sum(gone_counts) - len(gone_counts) + 1 > 5 or all(gone for count, gone in own if count)
        assert not gone_counts or kept_apart
