"""Releases laid on each other: what they tell together, held against every table that fits, and revisions of one table."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.release import Policy, policy
from earlyhelp.release.protect.attack import audit, intervals
from earlyhelp.release.protect.joint import Cell, joined, revision
from earlyhelp.release.protect.tables import Relation

DFE, NHS = policy("dfe"), policy("nhs")
AGES, SEXES = ("0", "1", "2"), ("f", "m")
ATOMS = tuple(product(range(3), range(2)))
SOME_AGES = [frozenset(each) for each in ("0", "1", "2", "01", "12", "012")]
SOME_SEXES = [frozenset(each) for each in ("f", "m", "fm")]
EVERYBODY = (SOME_AGES[-1], SOME_SEXES[-1])
APART = [(SOME_AGES[3], EVERYBODY[1]), (SOME_AGES[0], EVERYBODY[1]), (EVERYBODY[0], SOME_SEXES[1])]
"""Boxes that set every age and both sexes apart."""


def inside(box: tuple[frozenset[str], frozenset[str]]) -> frozenset[tuple[int, int]]:
    return frozenset((age, sex) for age, sex in ATOMS if AGES[age] in box[0] and SEXES[sex] in box[1])


@cache
def ways(total: int) -> np.ndarray:
    """Every way in which so many children can be in the six cells, (ways, 6)."""
    bars = np.array(list(combinations(range(total + 5), 5)))
    return np.diff(np.c_[np.full(len(bars), -1), bars, np.full(len(bars), total + 5)], axis=1) - 1


def of(tables: np.ndarray, atoms: frozenset[tuple[int, int]]) -> np.ndarray:
    return tables[:, [ATOMS.index(atom) for atom in atoms]].sum(axis=1)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    counts=st.lists(st.integers(0, 2), min_size=6, max_size=6),
    more=st.sets(st.tuples(st.sampled_from(SOME_AGES), st.sampled_from(SOME_SEXES)), max_size=5),
    hidden=st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_each_count_lies_between_the_least_and_the_greatest_of_all_tables_that_fit(counts, more, hidden):
    """Three ages by two sexes; the total is shown, other boxes are shown or hidden, and zeros are never hidden."""
    told = {EVERYBODY: float(sum(counts))}
    for box, gone in zip([*APART, *sorted(more - {EVERYBODY, *APART}, key=str)], hidden, strict=False):
        count = of(np.array([counts]), inside(box))[0]
        told[box] = None if gone and count else float(count)
    fitting = ways(sum(counts))
    for box, shown in told.items():
        found = of(fitting, inside(box))
        fitting = fitting[found >= 1 if shown is None else found == shown]
    view = joined([[Cell({"age": box[0], "sex": box[1]}, shown)] for box, shown in told.items()], DFE)
    found = intervals(view)
    for place in np.flatnonzero(view.hidden):
        every = of(fitting, view.keys[place])
        assert (found.lower[place], found.upper[place]) == (every.min(), every.max()), view.keys[place]


def box(**codes: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(each.split()) for name, each in codes.items()}


def test_a_total_tells_nothing_of_parts_that_may_be_nobody():
    releases = [[Cell(box(ward="a b"), 6.0)], [Cell(box(ward="b c"), 30.0)]]
    assert audit(joined(releases, DFE)).passed


def test_a_ward_of_nobody_is_shown_as_nobody_whatever_else_is_told():
    releases = [[Cell(box(ward="a"), 0.0), Cell(box(ward="b"), 30.0)], [Cell(box(ward="a b"), 30.0)]]
    assert audit(joined(releases, DFE)).passed


def test_beside_a_rounded_total_a_hidden_count_stays_anywhere_in_the_hidden_range():
    """15 is 13 to 17 and 10 is 8 to 12, so that what is hidden is 1 to 9 by the difference, and 1 to 7 by its symbol."""
    view = joined([[Cell(box(ward="a"), 10.0), Cell(box(ward="b"), None)], [Cell(box(ward="a b"), 15.0)]], NHS)
    found = intervals(view)
    assert (found.lower[1], found.upper[1]) == (1, 7)
    assert not audit(view).recoverable


# One table twice ---------------------------------------------------------------------------------------------

SUM = [Relation("total", ("a", "b", "c"))]


def recoverable(first: dict[str, float | None], second: dict[str, float | None], relations=()) -> set[object]:
    return set(revision(first, second, relations, DFE).recoverable)


def test_where_nothing_that_is_shown_moved_a_count_hidden_before_is_the_one_shown_now():
    assert ("first", "a") in recoverable({"a": None, "b": 12.0}, {"a": 7.0, "b": 12.0})


@pytest.mark.parametrize("after", [13.0, 11.0])
def test_where_a_shown_count_moved_by_one_a_hidden_one_may_have_moved_or_not(after):
    """A was 7 before, or one less or more: two candidates, and neither is proved."""
    assert ("first", "a") not in recoverable({"a": None, "b": 12.0}, {"a": 7.0, "b": after})


@pytest.mark.parametrize("after", [12.0, 18.0])
def test_a_hidden_count_is_known_within_as_far_as_a_shown_one_moved_and_the_same_way(after):
    """B moved by three, so that a was 8 or one, two or three less (or more) before: narrower than the hidden range."""
    found = revision({"a": None, "b": 15.0}, {"a": 8.0, "b": after}, (), DFE)
    assert found.narrow == (("first", "a"),)


@pytest.mark.parametrize("gone", ["c", "total"])
def test_a_cell_that_one_of_the_tables_leaves_out_takes_part_in_no_sum_of_it(gone):
    first = {"a": 12.0, "b": 12.0, "c": 9.0, "total": 33.0}
    second = {name: count for name, count in first.items() if name != gone}
    assert revision(first, second, SUM, DFE).passed


@pytest.mark.parametrize(("moved", "told"), [(5, True), (6, False), (-5, True), (-6, False), (1, True)])
def test_a_change_of_one_to_five_is_a_finding_and_one_of_six_is_none(moved, told):
    first = {"a": 20.0, "b": 12.0, "c": 9.0, "total": 41.0}
    found = revision(first, first | {"a": 20.0 + moved, "total": 41.0 + moved}, SUM, DFE)
    assert (("change", "a") in found.recoverable) == told
    assert found.passed == (not told)


def test_a_hidden_count_whose_change_its_total_tells_is_a_finding():
    """Hidden in both, of a total that rose by two while all others stayed."""
    first = {"a": None, "b": None, "c": 9.0, "total": 40.0}
    found = revision(first, first | {"total": 42.0}, SUM, DFE)
    assert ("change", "total") in found.recoverable
    assert ("change", "a") not in found.recoverable
    alone = revision(
        {"a": None, "b": 20.0, "c": 9.0, "total": None}, {"a": None, "b": 20.0, "c": 11.0, "total": None}, SUM, DFE
    )
    assert ("change", "a") not in (*alone.recoverable, *alone.provable), "it may not have changed at all"


@pytest.mark.parametrize("after", [25.0, 35.0])
def test_a_rounded_count_that_moved_by_one_step_is_told_to_have_moved_by_few_up_or_down(after):
    first = {"a": 30.0, "b": 20.0, "c": 20.0, "total": 70.0}
    assert revision(first, first | {"a": after}, SUM, NHS).provable == (("change", "a"), ("change", "total"))


def test_where_a_policy_shows_ones_a_change_of_one_is_no_finding_and_one_of_two_is():
    mine = Policy("two to five", 2, 5, secondary=True)
    assert revision({"a": 12.0}, {"a": 13.0}, (), mine).passed
    assert not revision({"a": 12.0}, {"a": 14.0}, (), mine).passed
