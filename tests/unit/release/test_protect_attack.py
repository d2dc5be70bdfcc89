"""The attack audit: what an outsider works out of a release, told as data and in sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from earlyhelp.release import Policy, policy
from earlyhelp.release.protect import attack
from earlyhelp.release.protect.attack import Inconsistent, audit, intervals, propagated, released, seen, solved
from earlyhelp.release.protect.joint import Cell, joined, revision
from earlyhelp.release.protect.rates import numerators
from earlyhelp.release.protect.suppress import problem, suppress
from earlyhelp.release.protect.tables import Relation, crossed, flat, table

DFE = policy("dfe")
SUM = [Relation("total", ("a", "b", "c"))]
ROWS = [
    *(Relation((row, "total"), ((row, "x"), (row, "y"), (row, "z"))) for row in ("a", "b", "total")),
    *(Relation(("total", column), (("a", column), ("b", column))) for column in ("x", "y", "z", "total")),
]


def test_one_hidden_cell_beside_its_total_is_recoverable():
    found = audit(released({"a": None, "b": 12, "c": 9, "total": 24}, SUM, DFE))
    assert (found.cells, found.hidden, found.recoverable, found.provable) == (4, 1, ("a",), ())
    assert not found.passed


def test_two_hidden_cells_of_a_small_sum_are_provably_small_since_zeros_are_shown():
    cells = {"a": None, "b": None, "c": 9, "total": 15}
    found = audit(released(cells, SUM, DFE))
    assert (found.recoverable, found.provable) == ((), ("a", "b"))
    assert audit(released(cells, SUM, DFE, zeros_too=True)).passed


def test_a_small_cell_behind_the_symbol_of_another_is_safe():
    found = audit(released({"a": None, "b": None, "c": 9, "total": 24}, SUM, DFE))
    assert found.passed
    assert found.narrow == ()
    assert found.sentences == (
        "Of 4 cells 2 are hidden.",
        "An outsider can work out 0 of them exactly.",
        "An outsider can prove of 0 more that they are small.",
        "Of 0 more an outsider knows a narrower range than the policy hides.",
        "Settled by whole numbers.",
    )


def test_a_symbol_of_its_own_tells_that_a_cell_is_small_and_so_proves_nothing_new():
    found = audit(released({"a": None, "b": None, "c": 9, "total": 15}, SUM, DFE, others_too=False))
    assert found.passed
    assert audit(released({"a": None, "b": None, "c": 9, "total": 19}, SUM, DFE, others_too=False)).recoverable == (
        "a",
        "b",
    )


def test_a_range_narrower_than_the_hidden_one_is_told():
    cells = {"a": None, "b": None, "c": 9, "total": 24}
    found = audit(released(cells, SUM, DFE, bounds={"a": (4, 7)}))
    assert found.narrow == ("a", "b")


def test_rounding_keeps_a_hidden_cell_from_being_worked_out():
    nhs = policy("nhs")
    found = audit(released({"a": None, "b": 10, "c": 20, "total": 35}, SUM, nhs))
    assert found.passed
    exact = intervals(released({"a": None, "b": 10, "c": 20, "total": 35}, SUM, nhs))
    assert (exact.lower[0], exact.upper[0]) == (1, 7)


def test_a_ring_of_hidden_cells_is_settled_by_programmes_and_a_row_by_passing_bounds_along():
    ring = seen(crossed([flat("ab"), flat("xy")], np.array([[3.0, 9], [8, 20]])), np.arange(9) % 3 < 2, DFE)
    hidden = np.array([key[0] != "total" and key[1] != "total" for key in ring.keys])
    view = seen(crossed([flat("ab"), flat("xy")], np.array([[3.0, 9], [8, 20]])), hidden, DFE)
    assert audit(view).method == "whole numbers"
    assert audit(released({"a": None, "b": 12, "c": 9, "total": 24}, SUM, DFE)).method == "passing bounds along"


def test_a_percentage_of_a_shown_denominator_undoes_what_was_hidden():
    cells = {"a": None, "b": None, "c": 9, "total": 24}
    bounds = {"a": tuple(numerators(6.7, 1, 45))}
    assert audit(released(cells, SUM, DFE, bounds=bounds)).recoverable == ("a", "b")


def test_a_total_in_a_text_undoes_what_the_table_hid():
    cells = {"a": None, "b": 12, "c": 9}
    assert audit(released(cells, [], DFE)).passed
    assert not audit(released({**cells, "total": 24}, SUM, DFE)).passed


def test_a_rounded_table_shows_nothing_that_can_be_worked_out():
    whole = crossed([flat("ab"), flat("xy")], np.array([[3.0, 19], [28, 40]]))
    hidden = whole.values <= 7
    view = seen(whole, hidden, policy("nhs"))
    assert (view.lower[~hidden] <= whole.values[~hidden]).all()
    assert (view.upper[~hidden] - view.lower[~hidden]).tolist() == [4] * 8
    assert audit(view).passed


def test_where_fractions_would_fit_whole_numbers_settle_the_interval():
    """Three by three by three with every total known: the linear programme ends between whole numbers."""
    inner = [[[3, 3, 1], [2, 1, 2], [1, 3, 3]], [[1, 1, 3], [1, 3, 3], [2, 1, 0]], [[1, 1, 0], [2, 3, 1], [1, 0, 3]]]
    cube = crossed([flat("abc"), flat("xyz"), flat("uvw")], np.array(inner, dtype=float))
    hidden = np.array(["total" not in key for key in cube.keys]) & (cube.values > 0)
    found = intervals(seen(cube, hidden, DFE))
    assert found.method == "whole numbers"
    assert np.all(found.lower <= cube.values)
    assert np.all(found.upper >= cube.values)


def test_a_cell_that_nobody_released_is_unknown_and_not_asked_about():
    found = audit(released({"a": None, "b": 12, "total": 24}, SUM, DFE))
    assert (found.cells, found.hidden, found.passed) == (4, 1, True)


def test_a_cell_without_any_bound_goes_on_for_ever():
    found = intervals(released({"a": None, "b": None, "total": None}, [Relation("total", ("a", "b"))], DFE))
    assert found.upper.tolist() == [np.inf] * 3
    assert found.lower.tolist() == [1, 1, 2]


@pytest.mark.parametrize("total", [20, 14])
def test_what_cannot_be_true_is_said_so(total):
    with pytest.raises(Inconsistent):
        audit(released({"a": None, "b": 12, "c": 9, "total": total}, SUM, DFE))


def test_one_sum_that_cannot_be_true_is_said_so_among_others_that_can():
    cells = {"a": None, "b": 12, "c": 9, "total": 20, "d": None, "e": None, "other": 40}
    with pytest.raises(Inconsistent):
        audit(released(cells, [*SUM, Relation("other", ("d", "e"))], DFE))


def drawn(seed: int):
    """Twelve rows by eight columns, of which the usual few further cells are hidden beside the small ones."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.6, 30, (12, 8)))
    return crossed([flat([f"r{at}" for at in range(12)]), flat([f"c{at}" for at in range(8)])], counts)


@pytest.fixture
def programmes(monkeypatch) -> list[int]:
    """How many programmes have been solved, one entry each."""
    solved_so_far = list[int]()

    def counted(*given, **how):
        solved_so_far.append(1)
        return solved(*given, **how)

    monkeypatch.setattr(attack, "solved", counted)
    return solved_so_far


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("has_counts", [True, False])
def test_one_programme_settles_many_cells(programmes, seed, has_counts):
    """Some thirty hidden cells with two ends each: a programme for each end would be sixty."""
    whole = drawn(seed)
    hidden = suppress(problem(whole, DFE)).hidden
    view = seen(whole, hidden, DFE)
    programmes.clear()
    assert audit(view if has_counts else replace(view, known=None)).passed
    assert hidden.sum() >= 29
    assert len(programmes) <= 8
    programmes.clear()
    ends = intervals(view if has_counts else replace(view, known=None))
    assert len(programmes) <= 20
    assert np.all(ends.lower <= whole.values)
    assert np.all(ends.upper >= whole.values)


def test_what_the_counts_at_hand_show_to_be_wide_enough_takes_no_programme(programmes):
    """Both ends of a pair of 24 hidden together: one table that fits is at hand, and each end needs one more at most."""
    table_at_hand = table({"a": 12, "b": 12, "c": 9, "total": 33}, SUM)
    view = seen(table_at_hand, np.array([True, True, False, False]), DFE)
    assert audit(view).passed
    assert len(programmes) <= 2


def test_what_cannot_be_true_of_a_ring_is_said_so():
    cells = {(row, column): None for row in "ab" for column in "xyz"}
    totals = {("a", "total"): 9, ("b", "total"): 9, ("total", "x"): 3, ("total", "y"): 3, ("total", "z"): 3}
    with pytest.raises(Inconsistent):
        audit(released(cells | totals | {("total", "total"): 18}, ROWS, DFE))


def test_bounds_stop_moving():
    view = released({"a": None, "b": None, "c": 9, "total": 24}, SUM, DFE)
    lower, upper = propagated(view.relations, view.lower, view.upper)
    assert (lower.tolist(), upper.tolist()) == ([1, 1, 9, 24], [14, 14, 9, 24])


def box(**codes: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(each.split()) for name, each in codes.items()}


def test_two_bandings_tell_of_the_year_between_them():
    one = [Cell(box(age="0 1 2 3 4"), 27.0), Cell(box(age="5 6 7 8 9"), 33.0)]
    other = [Cell(box(age="0 1 2 3 4 5"), 30.0), Cell(box(age="6 7 8 9"), 30.0)]
    assert audit(joined([one], DFE)).passed
    assert audit(joined([other], DFE)).passed
    assert len(audit(joined([one, other], DFE)).recoverable) == 1


@pytest.mark.parametrize(("between", "passes"), [(1.0, True), (2.0, False), (5.0, False), (6.0, True)])
def test_a_difference_is_a_finding_from_the_least_count_that_the_policy_hides(between, passes):
    mine = Policy("two to five", 2, 5, secondary=True)
    releases = [[Cell(box(age="0 1"), 27.0)], [Cell(box(age="0 1 2"), 27.0 + between)]]
    assert audit(joined(releases, mine)).passed == passes


def test_a_difference_of_many_is_no_finding():
    one, other = [Cell(box(age="0 1 2"), 27.0)], [Cell(box(age="0 1 2 3"), 50.0)]
    assert audit(joined([one, other], DFE)).passed


def test_a_later_release_that_shows_what_an_earlier_one_hid_is_a_finding():
    one = [Cell(box(ward="a"), None), Cell(box(ward="b"), None), Cell(box(ward="a b"), 30.0)]
    assert audit(joined([one], DFE)).passed
    found = audit(joined([one, [Cell(box(ward="b"), 27.0)]], DFE))
    assert len(found.recoverable) == 2


def test_a_dimension_left_out_is_all_of_its_codes():
    one = [Cell(box(ward="a"), 30.0)]
    other = [Cell(box(ward="a", sex="m"), 27.0), Cell(box(ward="a", sex="f x"), None)]
    assert len(audit(joined([one, other], DFE)).recoverable) == 1


def test_one_count_told_in_two_ways_is_a_revision():
    with pytest.raises(Inconsistent, match="revision"):
        joined([[Cell(box(ward="a"), 30.0)], [Cell(box(ward="a"), 31.0)]], DFE)


def test_releases_that_overlap_in_too_many_ways_are_refused():
    names = [f"d{place}" for place in range(9)]
    cells = [Cell({name: frozenset({str(code)}) for name in names}, 30.0) for code in range(5)]
    with pytest.raises(ValueError, match="too many ways"):
        joined([cells], DFE)


def test_a_record_that_came_in_between_two_releases_is_a_finding():
    first = {"a": 12.0, "b": 12.0, "c": 9.0, "total": 33.0}
    found = revision(first, first | {"a": 13.0, "total": 34.0}, SUM, DFE)
    assert found.recoverable == (("change", "a"), ("change", "total"))
    assert revision(first, first, SUM, DFE).passed
    assert revision(first, first | {"a": 22.0, "total": 43.0}, SUM, DFE).passed


def test_two_patterns_of_one_table_undo_each_other():
    first = {"a": None, "b": None, "c": 9.0, "total": 24.0}
    second = {"a": None, "b": 12.0, "c": None, "total": 24.0}
    found = revision(first, second, SUM, DFE)
    assert ("first", "a") in found.recoverable


def test_where_a_hidden_cell_changed_more_than_all_shown_ones_it_may_have_changed_by_anything():
    first = {"a": None, "b": 12.0, "c": 9.0, "total": 24.0}
    second = {"a": 20.0, "b": 12.0, "c": 9.0, "total": None}
    assert revision(first, second, SUM, DFE).recoverable == (("first", "a"), ("second", "total"))


def test_a_change_known_within_a_small_range_is_a_finding():
    nhs = policy("nhs")
    first = {"a": 30.0, "b": 20.0, "c": 20.0, "total": 70.0}
    assert revision(first, first, SUM, nhs).passed
    later = first | {"a": 35.0}
    assert revision(first, later, SUM, nhs).provable == (("change", "a"), ("change", "total"))
