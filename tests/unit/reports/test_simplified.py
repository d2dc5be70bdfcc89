"""Outlines with fewer points: never far from what they stand for, and alike for both neighbours of an edge."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.reports.simplified import simplified

LEFT = [(0, 0), (10, 0), (11, 3), (10, 6), (10, 10), (0, 10)]
RIGHT = [(10, 0), (20, 0), (20, 10), (10, 10), (10, 6), (11, 3)]


def edges(ring) -> set[frozenset]:
    return {frozenset((point, ring[place - 1])) for place, point in enumerate(ring)}


def away(point, start, end) -> float:
    """How far a point is from the stretch between two, the slow and obvious way."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    along = ((point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (end[1] - start[1])) / length**2
    share = min(1.0, max(0.0, along))
    foot = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
    return hypot(point[0] - foot[0], point[1] - foot[1])


def test_a_bend_smaller_than_the_tolerance_goes_and_a_larger_one_stays():
    [fine, _] = simplified([LEFT, RIGHT], 0.5)
    [coarse, _] = simplified([LEFT, RIGHT], 1.5)
    assert (11, 3) in fine
    assert sorted(coarse) == [(0, 0), (0, 10), (10, 0), (10, 10)]


@pytest.mark.parametrize("tolerance", [0.5, 1.0, 1.5])
def test_two_neighbours_keep_the_edge_they_share_whichever_way_they_run_along_it(tolerance):
    left, right = simplified([LEFT, RIGHT], tolerance)
    shared = edges(left) & edges(right)
    assert {(10, 0), (10, 10)} <= {point for edge in shared for point in edge}
    turned, other = simplified([LEFT[::-1], [*RIGHT[3:], *RIGHT[:3]]], tolerance)
    assert edges(turned) == edges(left)
    assert edges(other) == edges(right)


def test_where_three_areas_meet_the_point_stays_however_coarse():
    below = [(0, 0), (0, -5), (20, -5), (20, 0), (10, 0)]
    rings = simplified([LEFT, RIGHT, below], 100)
    assert all((10, 0) in ring for ring in rings)


def test_an_area_that_fills_a_hole_keeps_the_edge_of_the_hole():
    around = [(x, y) for x, y in [(2, 2), (4, 2), (5, 3), (5, 5), (3, 6), (2, 4)]]
    hole, inside = simplified([around, [*around[::-1][2:], *around[::-1][:2]]], 0.9)
    assert edges(hole) == edges(inside)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=14, unique=True),
    st.floats(0.1, 6.0),
)
def test_no_point_lies_further_from_the_simplified_ring_than_the_tolerance(ring, tolerance):
    [found] = simplified([ring], tolerance)
    assert set(found) <= set(ring)
    closed = list(zip(found, [*found[1:], found[0]], strict=True))
    assert all(min(away(point, *stretch) for stretch in closed) <= tolerance + 1e-9 for point in ring)
