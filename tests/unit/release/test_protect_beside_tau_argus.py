"""Audit and lightest pattern beside those of tau-ARGUS, the program of statistical offices for tables; as an oracle only.

Its audit (`intervalle`) bounds each hidden cell by linear programmes of its own, and its optimum (`FullJJ`) is by the
authors of the method. The tests are skipped where the package `pytauargus` is not installed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from earlyhelp.release import policy
from earlyhelp.release.protect.attack import Seen, intervals, seen
from earlyhelp.release.protect.optimum import optimum
from earlyhelp.release.protect.suppress import Problem, high_enough, low_enough, problem, suppress
from earlyhelp.release.protect.tables import Table, crossed, flat, nested

tau_argus = pytest.importorskip("pytauargus._tauargus", reason="needs pytauargus, an oracle for tests")
DFE = policy("dfe")
FAR = 1_000_000
"""Above any count in these tables; its file has no sign for what has no bound."""


def write(file: Path, cells: list[str], table: Table) -> str:
    """A table in the layout that tau-ARGUS hands to its solvers; each cell with status, bounds and protection levels."""
    sums = [
        f"0 {len(row.indices)} : "
        + " ".join(f"{at} ({sign:g})" for at, sign in zip(row.indices, row.data, strict=True))
        for row in table.relations
    ]
    numbered = [f"{place} {cell}" for place, cell in enumerate(cells)]
    file.write_text("\n".join(["0", str(len(cells)), *numbered, str(len(sums)), *sums]) + "\n", encoding="utf-8")
    return str(file)


def by_tau_argus(view: Seen, table: Table, folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest count of each hidden cell, in the order of the cells."""
    cells = [
        f"{value:g} 1 {'u' if gone else 's'} {lower:g} {min(upper, FAR):g} 1 1 0"
        for value, gone, lower, upper in zip(table.values, view.hidden, view.lower, view.upper, strict=True)
    ]
    found = tau_argus.audit_jj(write(folder / "table.jj", cells, table))
    assert [each["cell"] for each in found] == np.flatnonzero(view.hidden).tolist()
    ends = np.array([(each["min"], each["max"]) for each in found])
    return ends[:, 0], np.where(ends[:, 1] > FAR / 2, np.inf, ends[:, 1])


def cost_by_tau_argus(given: Problem, folder: Path) -> float:
    """The weight of the further cells in its optimum, which must let each small cell go as far as ours must."""
    down_to = low_enough(given)
    up_to = high_enough(given, down_to)
    cells = []
    for place, value in enumerate(given.table.values):
        if given.primary[place]:
            how = f"u 1 {FAR} {value - down_to[place]:g} {up_to[place] - value:g} 0"
        else:
            how = f"s 1 {FAR} 0 0 0" if given.open_to_hiding[place] else f"z {value:g} {value:g} 0 0 0"
        cells.append(f"{value:g} {given.weights[place]:g} {how}")
    result = folder / "hidden.txt"
    assert tau_argus.HiTaSCtrl().full_jj(write(folder / "table.jj", cells, given.table), str(result), 1) == 0
    places = [int(line.split()[0]) for line in result.read_text("utf-8").splitlines()]
    return float(sum(given.weights[place] for place in places if not given.primary[place]))


def drawn(seed: int, sizes: tuple[int, ...]) -> Table:
    rng = np.random.default_rng(seed)
    dimensions = [flat([f"{letter}{at}" for at in range(many)]) for letter, many in zip("rcy", sizes, strict=False)]
    return crossed(dimensions, rng.poisson(rng.gamma(0.6, 30, sizes)))


def test_the_published_interval_of_the_hidden_investment_is_theirs_too(tmp_path: Path):
    """From 5 to 30, as in figure 1 of Fischetti and Salazar (2000)."""
    whole = crossed([flat(("I", "II", "III")), flat("ABC")], np.array([[20.0, 50, 10], [8, 19, 22], [17, 32, 12]]))
    hidden = np.array([key in {("II", "A"), ("II", "C"), ("III", "A"), ("III", "C")} for key in whole.keys])
    view = seen(whole, hidden, DFE, zeros_too=True)
    lower, upper = by_tau_argus(view, whole, tmp_path)
    place = np.flatnonzero(hidden).tolist().index(whole.keys.index(("II", "C")))
    assert (lower[place], upper[place]) == (5, 30)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("every_further_cell", [True, False])
def test_in_a_table_split_two_ways_every_interval_is_theirs(seed: int, every_further_cell: bool, tmp_path: Path):
    """With the small cells alone hidden, of which many can be worked out, and with the further ones."""
    whole = drawn(seed, (8, 6))
    pattern = suppress(problem(whole, DFE))
    view = seen(whole, pattern.hidden if every_further_cell else pattern.primary, DFE)
    lower, upper = by_tau_argus(view, whole, tmp_path)
    found = intervals(view)
    assert found.lower[view.hidden] == pytest.approx(lower, abs=1e-5)
    assert found.upper[view.hidden] == pytest.approx(upper, abs=1e-5)


@pytest.mark.parametrize("seed", range(2))
def test_in_wards_of_localities_by_need_every_interval_is_theirs(seed: int, tmp_path: Path):
    places = nested({"council": ("north", "south"), "north": ("n1", "n2", "n3"), "south": ("s1", "s2", "s3")})
    rng = np.random.default_rng(seed)
    whole = crossed([places, flat("uvwxy")], rng.poisson(rng.gamma(0.6, 20, (6, 5))))
    view = seen(whole, suppress(problem(whole, DFE)).hidden, DFE)
    lower, upper = by_tau_argus(view, whole, tmp_path)
    found = intervals(view)
    assert found.lower[view.hidden] == pytest.approx(lower, abs=1e-5)
    assert found.upper[view.hidden] == pytest.approx(upper, abs=1e-5)


@pytest.mark.parametrize("seed", range(2))
def test_split_three_ways_whole_numbers_are_never_wider_and_no_small_cell_is_proved_small_by_them(seed, tmp_path):
    """Its programmes allow parts of people, so that what they rule out is ruled out, and more may be."""
    whole = drawn(seed, (4, 3, 3))
    pattern = suppress(problem(whole, DFE))
    view = seen(whole, pattern.hidden, DFE)
    lower, upper = by_tau_argus(view, whole, tmp_path)
    found = intervals(view)
    assert np.all(found.lower[view.hidden] >= lower - 1e-5)
    assert np.all(found.upper[view.hidden] <= upper + 1e-5)
    assert np.all(upper[pattern.primary[view.hidden]] > DFE.highest)


@pytest.mark.parametrize("seed", range(6))
def test_the_lightest_pattern_weighs_what_theirs_does_and_the_quick_one_no_less(seed: int, tmp_path: Path):
    """Cells weigh their count and one; both find the optimum of the same programme by ways of their own."""
    whole = drawn(seed, (5, 5))
    given = problem(whole, DFE, weights=whole.values + 1)
    best = optimum(given, seconds=60)
    assert best.is_optimal
    assert best.cost == cost_by_tau_argus(given, tmp_path)
    assert suppress(given).cost >= best.cost
