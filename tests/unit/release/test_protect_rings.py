"""Rings of cells: the cheapest change that keeps every sum, found as a shortest path."""

from __future__ import annotations

import numpy as np
import pytest

from earlyhelp.release.protect.rings import rings
from earlyhelp.release.protect.tables import Relation, crossed, flat, table

INSIDE = crossed([flat("abc"), flat("xyz")], np.full((3, 3), 9.0))


def among(found, prices: dict[object, float], cell: object, up: bool = True):
    """The keys of the cheapest ring, each with the way it moves; cells without a price cannot move."""
    places = INSIDE.places
    by_place = {places[key]: price for key, price in prices.items()}
    ring = found.through(places[cell], up, lambda place, _: by_place.get(place))
    return None if ring is None else {INSIDE.keys[place]: way for place, way in ring.items()}


def prices(**other: float) -> dict[object, float]:
    """One for each inner cell, unless said otherwise, as row and column."""
    inner = {key: 1.0 for key in INSIDE.keys if "total" not in key}
    return inner | {tuple(key): price for key, price in other.items()}


def test_a_ring_goes_up_and_down_in_turn_and_keeps_every_sum():
    found = rings(INSIDE.relations, np.ones(16, dtype=bool))
    ring = among(found, prices(by=0.1, cx=5.0, cy=5.0, az=5.0, bz=5.0, cz=5.0), ("a", "x"))
    assert ring == {("a", "x"): 1, ("a", "y"): -1, ("b", "x"): -1, ("b", "y"): 1}
    down = among(found, prices(by=0.1, cx=5.0, cy=5.0, az=5.0, bz=5.0, cz=5.0), ("a", "x"), up=False)
    assert down == {key: -way for key, way in ring.items()}


def test_a_longer_ring_is_taken_where_it_costs_less():
    cheap = {"ax": 0.1, "ay": 0.1, "by": 0.1, "bz": 0.1, "cz": 0.1, "cx": 0.1}
    ring = among(rings(INSIDE.relations, np.ones(16, dtype=bool)), prices(bx=9.0, az=9.0, cy=9.0, **cheap), ("a", "x"))
    assert len(ring) == 6
    changes = np.zeros(16)
    for key, way in ring.items():
        changes[INSIDE.places[key]] = way
    assert not np.any(INSIDE.relations @ changes)


def test_totals_take_part_like_any_cell():
    only = {("a", "x"): 1.0, ("a", "total"): 1.0, ("total", "x"): 1.0, ("total", "total"): 1.0}
    ring = among(rings(INSIDE.relations, np.ones(16, dtype=bool)), only, ("a", "x"))
    assert ring == dict.fromkeys(only, 1)


def test_without_other_cells_that_can_move_there_is_no_ring():
    found = rings(INSIDE.relations, np.ones(16, dtype=bool))
    assert among(found, {("a", "x"): 1.0, ("a", "y"): 1.0, ("b", "x"): 1.0}, ("a", "x")) is None


def test_a_cell_of_no_sum_moves_by_itself():
    lone = table({"a": 1, "b": 2, "c": 3, "total": 3}, [Relation("total", ("a", "b"))])
    found = rings(lone.relations, np.ones(4, dtype=bool))
    assert found.through(2, True, lambda place, up: 1.0) == {2: 1}


@pytest.mark.parametrize("up", [True, False])
def test_a_cell_of_one_sum_moves_against_another_of_it(up):
    pair = table({"a": 1, "b": 2, "total": 3}, [Relation("total", ("a", "b"))])
    found = rings(pair.relations, np.array([True, True, False]))
    way = 1 if up else -1
    assert found.through(0, up, lambda place, _: 1.0) == {0: way, 1: -way}


def test_a_table_split_three_ways_has_no_rings():
    cube = crossed([flat("ab"), flat("xy"), flat("uv")], np.ones((2, 2, 2)))
    assert rings(cube.relations, np.ones(27, dtype=bool)) is None


def test_without_any_sum_there_are_no_rings():
    lone = table({"a": 1, "b": 2}, [])
    assert rings(lone.relations, np.ones(2, dtype=bool)) is None


def test_a_table_too_large_to_be_written_out_has_no_rings():
    wide = crossed([flat([str(at) for at in range(1200)]), flat("xyz")], np.ones((1200, 3)))
    assert rings(wide.relations, np.ones(len(wide.values), dtype=bool)) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_cheapest_ring_is_the_cheapest_change_of_one(seed):
    """Against a linear programme: what each cell gains or loses, at its price, so that all sums stay."""
    from scipy.optimize import linprog

    rng = np.random.default_rng(seed)
    price = rng.uniform(1, 9, 16)
    found = rings(INSIDE.relations, np.ones(16, dtype=bool)).through(0, True, lambda place, _: float(price[place]))
    whole = INSIDE.relations.toarray()
    bounds = [(1, 1) if at == 0 else (0, 0) if at == 16 else (0, None) for at in range(32)]
    best = linprog(np.r_[price, price], A_eq=np.hstack([whole, -whole]), b_eq=np.zeros(8), bounds=bounds)
    assert sum(price[place] for place in found) == pytest.approx(best.fun)


def test_a_cell_that_can_move_one_way_only_takes_part_in_rings_that_go_that_way():
    """The cheapest ring takes y of b up; where that cell can only fall, another column is taken."""
    found = rings(INSIDE.relations, np.ones(16, dtype=bool))
    places, own = INSIDE.places, prices(by=0.1)

    def falls_only(place: int, up: bool) -> float | None:
        return None if up and place == places["b", "y"] else own.get(INSIDE.keys[place])

    free = found.through(places["a", "x"], True, lambda place, up: own.get(INSIDE.keys[place]))
    bound = found.through(places["a", "x"], True, falls_only)
    assert free[places["b", "y"]] == 1
    assert bound.get(places["b", "y"], -1) == -1
    assert len(bound) == 4


@pytest.mark.parametrize("up", [True, False])
def test_two_cells_of_one_sum_each_make_up_for_a_cell_of_two(up):
    """What the outside takes from one of them it gives to the other."""
    cells = {"c": 9, "x": 20, "y": 30, "cx": 29, "cy": 39}
    whole = table(cells, [Relation("cx", ("c", "x")), Relation("cy", ("c", "y"))])
    found = rings(whole.relations, np.array([True, True, True, False, False]))
    way = 1 if up else -1
    assert found.through(0, up, lambda place, _: 1.0) == {0: way, 1: -way, 2: -way}


def test_a_sum_that_is_told_twice_says_nothing_new_and_there_are_rings():
    cells = {"a": 5, "b": 6, "c": 7, "d": 8, "ab": 11, "ac": 12, "all": 26, "every": 26}
    pairs = [Relation("ab", ("a", "b")), Relation("ac", ("a", "c"))]
    both = [Relation(name, ("a", "b", "c", "d")) for name in ("all", "every")]
    whole = table(cells, [Relation("every", ("a", "b", "c", "d")), *both, *pairs])
    movable = np.array([True] * 4 + [False] * 4)
    assert rings(whole.relations, movable) is None, "a stands in three sums that say something"
    once = table(cells, [*both, pairs[0]])
    assert rings(once.relations, movable) is not None


def test_of_two_ways_round_the_cheaper_one_is_taken_whichever_comes_first():
    found = rings(INSIDE.relations, np.ones(16, dtype=bool))
    for cheap, dear in (("y", "z"), ("z", "y")):
        costs = {("a", cheap): 1.0, ("b", cheap): 1.0, ("a", dear): 1.1, ("b", dear): 1.1}
        ring = among(found, {("a", "x"): 1.0, ("b", "x"): 1.0, **costs}, ("a", "x"))
        assert set(ring) == {("a", "x"), ("b", "x"), ("a", cheap), ("b", cheap)}
