"""Attack, suppression and the lightest pattern on tables so small that each step can be followed by hand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
import scipy.optimize

from earlyhelp.release import policy
from earlyhelp.release.protect.attack import audit, intervals, released, seen
from earlyhelp.release.protect.optimum import optimum as lightest
from earlyhelp.release.protect.suppress import Pattern, Problem, problem
from earlyhelp.release.protect.suppress import suppress as protect
from earlyhelp.release.protect.tables import Relation, Table, crossed, flat, table

DFE, NHS = policy("dfe"), policy("nhs")
FREE = np.inf
PAIRS = [Relation("ab", ("a", "b")), Relation("bc", ("b", "c")), Relation("ac", ("a", "c"))]


def two_by_two(a: float, b: float, c: float) -> Table:
    """Three counts told two by two."""
    return table({"a": a, "b": b, "c": c, "ab": a + b, "bc": b + c, "ac": a + c}, PAIRS)


def square(counts: Sequence[Sequence[float]]) -> Table:
    """Two by two, or two by three, with totals."""
    return crossed([flat("ab"), flat("xyz"[: len(counts[0])])], np.array(counts, dtype=float))


def with_room(
    whole: Table, room: Sequence[float] | Mapping[str, float], also: Hashable = None, may_hide: set[str] | None = None
) -> Problem:
    """A table of which each cell may be so many more than it is and no further; unnamed ones may be any number.

    `also`: a cell that is hidden for another reason; `may_hide`: those that may be hidden, all without it.
    """
    open_cells = None if may_hide is None else np.array([key in may_hide for key in whole.keys])
    given = problem(whole, DFE, may_hide=open_cells)
    anyway = np.array([key == also for key in whole.keys])
    more = [room.get(str(key), FREE) for key in whole.keys] if isinstance(room, Mapping) else room
    most = whole.values + np.array(more)
    return replace(given, also=anyway, open_to_hiding=given.open_to_hiding & ~anyway, most=most)


def shown_by(given: Problem, pattern: Pattern) -> list[Hashable]:
    return [key for key, gone in zip(given.table.keys, pattern.hidden, strict=True) if not gone]


# The attack ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "is_narrow"), [(6, True), (7, False)])
def test_a_range_as_wide_as_the_hidden_one_is_not_narrow(most, is_narrow):
    """Of 30 a is known to be 3 to 7: as many counts as 1 to 5."""
    cells = {"a": None, "b": None, "total": 30}
    view = released(cells, [Relation("total", ("a", "b"))], DFE, bounds={"a": (3, most)})
    assert ("a" in audit(view).narrow) is is_narrow


def test_an_audit_says_how_many_seconds_it_took():
    nothing_hidden = seen(two_by_two(3, 5, 6), np.zeros(6, dtype=bool), DFE)
    assert 0 <= audit(nothing_hidden).seconds < 600


def test_three_counts_told_two_by_two_are_recoverable():
    found = audit(seen(two_by_two(3, 5, 6), np.arange(6) < 3, DFE))
    assert (found.recoverable, found.method) == (("a", "b", "c"), "whole numbers")


def test_no_search_is_made_for_what_is_shown():
    nothing_hidden = intervals(seen(two_by_two(12, 12, 20), np.zeros(6, dtype=bool), NHS))
    assert nothing_hidden.method == "passing bounds along"


def test_of_symbols_that_hang_together_each_range_is_worked_out_to_its_ends():
    """2, 2 and 6, and 4 and 8 of them two by two, all symbols for 1 to 7; a and c together are shown as 8 to 12."""
    found = intervals(seen(two_by_two(2, 2, 6), np.arange(6) < 5, NHS))
    assert found.lower.tolist() == [2, 1, 2, 3, 3, 8]
    assert found.upper.tolist() == [6, 3, 6, 7, 7, 12]


# Suppression --------------------------------------------------------------------------------------------------


def test_a_count_may_rise_to_just_beyond_the_hidden_range_and_no_further():
    """1 of at most 6 beside 60: 6 is not small."""
    whole = table({"a": 1, "b": 60, "total": 61}, [Relation("total", ("a", "b"))])
    given = with_room(whole, {"a": 5, "total": 10}, may_hide={"a", "b"})
    assert shown_by(given, protect(given)) == ["total"]


def test_a_ring_goes_through_hidden_cells_first_with_room_for_one_at_least_and_then_through_others_with_room_for_all():
    """Two by three with little room: the total of b and those of the columns stay."""
    given = with_room(square([[9, 7, 30], [2, 2, 4]]), [1, 10, 3, 1, 10, FREE, 3, 2, 5, 3, 1, FREE])
    assert shown_by(given, protect(given)) == [
        ("a", "total"), ("b", "total"), ("total", "x"), ("total", "y"), ("total", "z"), ("total", "total"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "room", "may_hide", "shown"),
    [
        # b is 4 of 20: a and c together, 16, may be 18, so b is 2 at least, and must reach 7
        ((7, 4, 9), {"b": 3, "c": 2, "ac": 2}, {"a", "c", "ac"}, ["abc", "c"]),
        # b is 4 of 19: a and c together may be 17, so b is 2 at least
        ((12, 4, 3), {"a": 1, "ac": 2, "abc": 3}, {"a", "ac"}, ["abc"]),
        # b is 4 of 11: a and c together may be 8, so b is 3 at least
        ((1, 4, 6), {"c": 3, "abc": 3, "ac": 1}, {"c", "ac"}, ["abc"]),
    ],
)
def test_where_sums_that_share_their_parts_keep_a_count_up_it_need_fall_no_further(counts, room, may_hide, shown):
    """What b can fall to follows from both sums, a, b and c and a and c alone, and from neither by itself."""
    a, b, c = counts
    relations = [Relation("abc", ("a", "b", "c")), Relation("ac", ("a", "c"))]
    whole = table({"a": a, "b": b, "c": c, "ac": a + c, "abc": a + b + c}, relations)
    given = with_room(whole, room, may_hide=may_hide)
    assert sorted(shown_by(given, protect(given)), key=str) == shown


@pytest.mark.parametrize(
    ("counts", "also", "room", "shown"),
    [
        ((20, 4, 5), None, {"a": 10, "c": 10, "ab": 2, "bc": 10}, ["a"]),
        ((1, 1, 6), "c", {}, ["bc"]),
        ((5, 12, 20), "bc", {}, ["b", "ac"]),
        ((2, 2, 6), None, {"a": 5, "b": 10, "c": 5, "bc": 10, "ac": 2}, ["ac"]),
    ],
)
def test_what_is_hidden_anyway_and_what_has_little_room_decide_which_totals_go(counts, also, room, shown):
    given = with_room(two_by_two(*counts), room, also)
    assert shown_by(given, protect(given)) == shown


@pytest.mark.parametrize(
    ("counts", "room", "shown"),
    [((4, 3, 4, 2), {"a": 3, "d": 5, "bc": 2}, ["all"]), ((20, 1, 5, 20), {}, ["a", "all"])],
)
def test_of_further_cells_those_that_prove_needless_are_shown_again_the_heaviest_first(counts, room, shown):
    a, b, c, d = counts
    cells = {"a": a, "b": b, "c": c, "d": d, "ab": a + b, "bc": b + c, "ac": a + c, "all": a + b + c + d}
    given = with_room(table(cells, [*PAIRS, Relation("all", ("ab", "c", "d"))]), room)
    assert shown_by(given, protect(given)) == shown


# The proof that nothing lighter protects ----------------------------------------------------------------------


def test_the_lightest_pattern_is_found_where_counts_have_little_room():
    """3 beside 20, 6 and 12: both rows give up y and their totals; the cheapest flows hide row a and both columns' totals."""
    given = with_room(square([[20, 3], [6, 12]]), [5, FREE, 3, 2, 10, 3, 5, FREE, 3])
    found, flows = lightest(given, seconds=20), protect(given)
    assert [key for key, gone in zip(given.table.keys, found.hidden, strict=True) if gone] == [
        ("a", "y"), ("a", "total"), ("b", "y"), ("b", "total"),
    ]  # fmt: skip
    assert found.is_optimal
    assert found.cost == pytest.approx(3.3212, abs=1e-4)
    assert flows.cost == pytest.approx(3.3697, abs=1e-4)


@pytest.mark.parametrize(
    ("counts", "room", "shown"),
    [
        ([[4, 5], [2, 0]], [10, 2, FREE, 10, 2, FREE, 3, 2, 5], [("b", "y")]),
        ([[3, 1], [3, 5]], [FREE, 10, FREE, 3, FREE, FREE, 2, 2, 10], [("total", "total")]),
    ],
)
def test_a_cell_is_hidden_once_and_what_is_small_itself_costs_nothing(counts, room, shown):
    """All but one must be hidden: no cell can give twice what it has, and what is small gives what it has for nothing."""
    given = with_room(square(counts), room)
    found = lightest(given, seconds=20)
    assert shown_by(given, found) == shown
    assert found.is_optimal


def test_at_the_very_end_of_its_time_nothing_is_proved_and_the_cheapest_flows_stand():
    given = problem(square([[20, 3], [6, 12]]), DFE)
    found = lightest(given, seconds=0, clock=lambda: 5.0)
    assert (found.bound, found.is_optimal) == (0, False)
    assert found.hidden.tolist() == protect(given).hidden.tolist()
    assert "ended without a pattern" in found.method


@pytest.mark.parametrize(("seconds", "left"), [(20, 17), (3.5, 1)])
def test_whole_numbers_are_sought_in_the_time_that_is_left_of_which_a_second_is_always_there(
    monkeypatch, seconds, left
):
    """The clock stands at 100 when the search begins, and at 103 from then on; a proof is one to a billionth."""
    asked, solver, moments = [], scipy.optimize.milp, iter([100.0])

    def watched(*arguments, **more):
        asked.append(more.get("options", {}))
        return solver(*arguments, **more)

    monkeypatch.setattr(scipy.optimize, "milp", watched)
    lightest(problem(square([[20, 3], [6, 12]]), DFE), seconds, clock=lambda: next(moments, 103.0))
    proofs = [each for each in asked if "mip_rel_gap" in each]
    assert {(each["time_limit"], each["mip_rel_gap"]) for each in proofs} == {(left, 1e-9)}
