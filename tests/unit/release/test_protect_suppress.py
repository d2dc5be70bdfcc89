"""Which further cells are hidden, what proves that they are enough, and what is said where nothing is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from earlyhelp.release import policy
from earlyhelp.release.protect.attack import audit, intervals, seen
from earlyhelp.release.protect.optimum import optimum
from earlyhelp.release.protect.suppress import NotProtectable, check, low_enough, problem, suppress, view_of
from earlyhelp.release.protect.tables import crossed, flat, nested
from planted_differencing import KINDS, pairs

DFE = policy("dfe")


def table(counts: list[list[float]]):
    return crossed([flat("abcdefgh"[: len(counts)]), flat("uvwxyz"[: len(counts[0])])], np.array(counts, dtype=float))


def drawn(seed: int, rows: int = 12, columns: int = 8, mean: float = 18):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.6, mean / 0.6, (rows, columns)))
    return crossed([flat([f"r{i}" for i in range(rows)]), flat([f"c{i}" for i in range(columns)])], counts)


def test_one_small_cell_takes_a_ring_of_three_others_with_it_the_smallest_there_are():
    whole = table([[3, 40, 50], [40, 7, 90], [50, 90, 8]])
    pattern = suppress(problem(whole, DFE))
    hidden = {key for key, gone in zip(whole.keys, pattern.hidden, strict=True) if gone}
    assert hidden == {("a", "u"), ("a", "v"), ("b", "u"), ("b", "v")}
    assert pattern.primary.sum() == 1
    assert pattern.sentence.startswith("3 further cells are hidden")
    assert pattern.cost == pytest.approx(3 + 87 / (1 + whole.values.sum()))


def test_a_table_without_small_cells_is_shown_whole():
    pattern = suppress(problem(table([[30, 40], [50, 0]]), DFE))
    assert not pattern.hidden.any()
    assert (pattern.cost, pattern.bound, pattern.is_optimal) == (0, 0, True)
    assert pattern.sentence == "0 further cells are hidden; none fewer would protect."


def test_small_cells_can_protect_each_other():
    pattern = optimum(problem(table([[5, 5, 30], [5, 5, 30], [30, 30, 30]]), DFE), seconds=20)
    assert pattern.hidden.sum() == pattern.primary.sum() == 4


def test_zeros_are_never_hidden_unless_that_is_allowed():
    whole = table([[3, 0, 40], [0, 9, 50], [30, 0, 40]])
    assert not suppress(problem(whole, DFE)).hidden[whole.values == 0].any()
    given = problem(whole, DFE, zeros_too=True)
    assert given.open_to_hiding[whole.values == 0].all()


def test_a_total_of_two_small_parts_cannot_be_less_than_two_and_need_not():
    whole = table([[1, 1, 0], [30, 40, 50], [60, 70, 80]])
    given = problem(whole, DFE)
    place = whole.keys.index(("a", "total"))
    assert low_enough(given)[place] == 2
    assert low_enough(problem(whole, DFE, zeros_too=True))[place] == 1, "where zeros are hidden, of one part alone"
    assert suppress(given).hidden[place]


def test_where_nothing_may_be_hidden_besides_nothing_is_released():
    whole = table([[3, 40], [50, 60]])
    nothing = np.zeros(len(whole.values), dtype=bool)
    for attempt in (suppress, lambda given: optimum(given, seconds=5)):
        with pytest.raises(NotProtectable):
            attempt(problem(whole, DFE, may_hide=nothing))


def test_what_is_known_of_a_hidden_cell_counts_against_the_pattern():
    given = problem(table([[3, 40, 50], [40, 7, 90], [50, 90, 8]]), DFE)
    pattern = suppress(given)
    known = replace(given, most=np.where(given.primary, 5.0, given.most))
    with pytest.raises(NotProtectable):
        check(known, pattern.hidden, low_enough(known))
    with pytest.raises(NotProtectable):
        suppress(known)


@pytest.mark.parametrize("seed", range(6))
def test_what_the_usual_way_leaves_open_is_closed(seed):
    """Against primary cells alone, and against hiding the next smallest of each row and column."""
    whole = drawn(seed)
    given = problem(whole, DFE)
    pattern = suppress(given)
    check(given, pattern.hidden, low_enough(given))
    assert audit(seen(whole, pattern.hidden, DFE), exact=True).passed
    assert not audit(seen(whole, pattern.primary, DFE)).passed


@pytest.mark.parametrize("seed", range(4))
def test_the_lightest_pattern_is_proved_and_no_heavier_than_the_quick_one(seed):
    given = problem(drawn(seed, 6, 6), DFE)
    best, quick = optimum(given, seconds=60), suppress(given)
    assert best.is_optimal
    assert best.bound - 1e-6 <= best.cost <= quick.cost + 1e-6
    assert "none fewer" in best.sentence


def test_without_time_the_quick_pattern_is_given_with_what_is_proved():
    given = problem(drawn(1), DFE)
    ticks = iter(range(1000))
    pattern = optimum(given, seconds=1, clock=lambda: float(next(ticks)))
    assert not pattern.is_optimal
    assert "is needed" in pattern.sentence
    assert pattern.cost == suppress(given).cost


def test_hierarchies_are_protected_at_every_level():
    rng = np.random.default_rng(4)
    wards = {"council": ("north", "south"), "north": ("n1", "n2", "n3"), "south": ("s1", "s2", "s3")}
    counts = rng.poisson(rng.gamma(0.6, 20, (6, 5)))
    whole = crossed([nested(wards), flat("uvwxy")], counts)
    pattern = suppress(problem(whole, DFE))
    assert audit(seen(whole, pattern.hidden, DFE), exact=True).passed


def test_a_table_of_many_cells_is_looked_at_near_each_small_one():
    whole = drawn(2, 40, 16, mean=30)
    given = problem(whole, DFE)
    assert (given.primary | given.open_to_hiding).sum() > 400
    pattern = suppress(given)
    assert audit(seen(whole, pattern.hidden, DFE)).passed


def three_ways(rows: int, columns: int, years: int, seed: int = 1):
    rng = np.random.default_rng(seed)
    sizes = (rows, columns, years)
    dimensions = [flat([f"{letter}{at}" for at in range(many)]) for letter, many in zip("rcy", sizes, strict=True)]
    return crossed(dimensions, rng.poisson(rng.gamma(0.6, 25, sizes)))


@pytest.mark.parametrize("sizes", [(4, 3, 2), (9, 6, 4)])
def test_a_table_split_three_ways_is_protected_by_programmes(sizes):
    """Of 60 and of 350 cells, totals included."""
    whole = three_ways(*sizes)
    pattern = suppress(problem(whole, DFE))
    assert audit(seen(whole, pattern.hidden, DFE)).passed
    assert not audit(seen(whole, pattern.primary, DFE)).passed


def test_small_cells_that_protect_each_other_three_ways_take_no_others_with_them():
    whole = crossed([flat("ab"), flat("xy"), flat("uv")], np.full((2, 2, 2), 4.0))
    only_inner = np.array(["total" not in key for key in whole.keys])
    pattern = suppress(problem(whole, DFE, may_hide=only_inner))
    assert pattern.hidden.sum() == 8


def test_a_cell_that_the_totals_around_it_hold_up_need_not_fall_to_one():
    """Its row and column are shown, and the others there cannot rise far enough."""
    whole = table([[17, 1, 3, 0], [0, 14, 3, 16], [3, 0, 4, 2], [0, 16, 0, 5]])
    only_inner = np.array(["total" not in key for key in whole.keys])
    given = problem(whole, DFE, may_hide=only_inner)
    pattern = suppress(given)
    found = intervals(view_of(given, pattern.hidden))
    assert np.all((found.upper - found.lower)[pattern.primary] > 4)
    assert np.all(found.upper[pattern.primary] > 5)


def test_a_change_that_does_not_keep_the_sums_is_noticed_before_anything_is_given_back(monkeypatch):
    from earlyhelp.release.protect.rings import Rings

    monkeypatch.setattr(Rings, "through", lambda self, cell, up, price: {cell: 1 if up else -1})
    with pytest.raises(NotProtectable, match="does not fit"):
        suppress(problem(table([[3, 40, 50], [40, 7, 90], [50, 90, 8]]), DFE))


def test_a_ring_that_would_use_a_cell_twice_is_left_to_programmes(monkeypatch):
    from earlyhelp.release.protect.rings import Rings

    given = problem(table([[3, 40, 50], [40, 7, 90], [50, 90, 8]]), DFE)
    by_rings = suppress(given)
    monkeypatch.setattr(Rings, "through", lambda self, cell, up, price: None)
    by_programmes = suppress(given)
    assert by_programmes.cost == pytest.approx(by_rings.cost)


def test_two_hundred_planted_differencing_attacks_are_all_caught_and_each_release_alone_is_safe():
    planted = list(pairs(200))
    assert {each.kind for each in planted} == set(KINDS)
    assert [each.kind for each in planted if not each.is_safe_alone()] == []
    assert [each.kind for each in planted if not each.is_caught()] == []


def test_differences_of_many_people_in_bands_periods_and_areas_are_no_false_alarm():
    alarms = [each.kind for each in pairs(80, leaking=False) if each.kind != "revision" and each.is_caught()]
    assert alarms == []
