"""The attack and the suppression against every table there is: small ones, written out number by number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.release import policy
from earlyhelp.release.protect.attack import Seen, intervals, propagated, seen
from earlyhelp.release.protect.optimum import optimum
from earlyhelp.release.protect.suppress import NotProtectable, check, low_enough, problem, suppress, view_of
from earlyhelp.release.protect.tables import Table, crossed, flat, nested

DFE = policy("dfe")
EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)
MOST = 9


def fillings(view: Seen) -> Iterator[tuple[float, ...]]:
    """Every table of whole numbers that fits what is seen."""
    relations = view.relations.toarray()
    ranges = [range(int(lower), int(upper) + 1) for lower, upper in zip(view.lower, view.upper, strict=True)]
    for counts in product(*ranges):
        if not np.any(relations @ np.array(counts)):
            yield counts


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Two rows and two or three columns, or a council of two wards of which one has two areas, by two needs."""
    if draw(st.booleans()):
        columns = draw(st.integers(2, 3))
        counts = draw(st.lists(st.integers(0, MOST), min_size=2 * columns, max_size=2 * columns))
        return crossed([flat("ab"), flat("xyz"[:columns])], np.array(counts, dtype=float).reshape(2, columns))
    counts = draw(st.lists(st.integers(0, MOST), min_size=6, max_size=6))
    places = nested({"council": ("north", "south"), "north": ("n1", "n2")})
    return crossed([places, flat("xy")], np.array(counts, dtype=float).reshape(3, 2))


@st.composite
def views(draw: st.DrawFn) -> Seen:
    """A table with four hidden cells at most, each known to be no more than `MOST`, so that all can be written out."""
    table = draw(tables())
    places = draw(st.sets(st.integers(0, len(table.values) - 1), min_size=1, max_size=4))
    hidden = np.isin(np.arange(len(table.values)), sorted(places)) & (table.values > 0) & (table.values <= MOST)
    view = seen(table, hidden, DFE)
    upper = np.where(hidden, MOST, view.upper)
    known = view.known if draw(st.booleans()) else None
    return Seen(view.keys, view.relations, view.lower, upper, hidden, view.small, known)


@EXAMPLES
@given(view=views())
def test_intervals_are_the_least_and_the_greatest_of_all_tables_that_fit(view):
    every = np.array(list(fillings(view)), dtype=float)
    found = intervals(view)
    hidden = view.hidden
    assert found.lower[hidden].tolist() == every.min(axis=0)[hidden].tolist()
    assert found.upper[hidden].tolist() == every.max(axis=0)[hidden].tolist()


@EXAMPLES
@given(view=views())
def test_bounds_passed_along_never_rule_out_a_table_that_fits(view):
    lower, upper = propagated(view.relations, view.lower, view.upper)
    for counts in fillings(view):
        assert np.all(lower <= counts)
        assert np.all(upper >= counts)


@EXAMPLES
@given(view=views())
def test_what_is_wide_enough_is_found_so_without_going_to_the_ends(view):
    every = np.array(list(fillings(view)), dtype=float)
    found = intervals(view, up_to=np.full(len(view.keys), 6.0))
    for place in np.flatnonzero(view.hidden):
        least, most = every[:, place].min(), every[:, place].max()
        assert least <= found.lower[place] <= found.upper[place] <= most
        assert (found.upper[place] >= 6) == (most >= 6)
        assert (found.lower[place] == found.upper[place]) == (least == most)


@EXAMPLES
@given(table=tables())
def test_a_pattern_that_is_given_back_passes_the_attack_of_programmes(table):
    given_table = problem(table, DFE)
    pattern = suppress(given_table)
    assert np.all(pattern.hidden >= pattern.primary)
    assert not pattern.hidden[table.values == 0].any()
    found = intervals(view_of(given_table, pattern.hidden))
    assert np.all(found.upper[pattern.primary] > 5)
    assert np.all((found.upper - found.lower)[pattern.primary] >= 5)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(counts=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_the_optimum_is_the_lightest_of_all_patterns(counts):
    table = crossed([flat("ab"), flat("xy")], np.array(counts, dtype=float).reshape(2, 2))
    given_table = problem(table, DFE)
    pattern = optimum(given_table, seconds=30)
    assert pattern.is_optimal
    assert abs(pattern.cost - lightest(given_table)) < 1e-6


def lightest(given_table) -> float:
    """The least weight over every choice of further cells that passes the check."""
    free, down_to = np.flatnonzero(given_table.open_to_hiding), low_enough(given_table)
    best = np.inf
    for choice in product((False, True), repeat=len(free)):
        hidden = given_table.primary.copy()
        hidden[free] = choice
        weight = float(given_table.weights[free][list(choice)].sum())
        if weight < best and protects(given_table, hidden, down_to):
            best = weight
    return best


def protects(given_table, hidden, down_to) -> bool:
    try:
        check(given_table, hidden, down_to)
    except NotProtectable:
        return False
    return True
