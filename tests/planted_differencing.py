"""Pairs of releases that are safe one by one and leak together, planted with what leaks; and pairs that do not.

Four kinds: age bands that differ by a boundary, quarters beside a year, a ward with and without one small area, and a
table released again after a few records came in. Every pair is drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from earlyhelp.release import policy
from earlyhelp.release.protect.attack import audit, released
from earlyhelp.release.protect.joint import Cell, joined, revision
from earlyhelp.release.protect.suppress import problem, suppress
from earlyhelp.release.protect.tables import Dimension, Relation, Table, crossed, flat

DFE = policy("dfe")
AGES = tuple(str(age) for age in range(18))
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
KINDS = ("age bands", "quarters and year", "areas", "revision")


class Grouped(NamedTuple):
    """One way of putting finest codes together: each group with its codes."""

    groups: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pair:
    """Two releases, the kind of the attack, and how many people their difference tells of."""

    kind: str
    leaks: int
    releases: tuple[list[Cell], list[Cell]]
    again: tuple[dict, dict, list[Relation]] | None = None

    def is_safe_alone(self) -> bool:
        """Whether neither release tells anything by itself."""
        if self.again:
            first, second, relations = self.again
            return all(audit(released(each, relations, DFE)).passed for each in (first, second))
        return all(audit(joined([each], DFE)).passed for each in self.releases)

    def is_caught(self) -> bool:
        """Whether the audit of both together stops them."""
        if self.again:
            return not revision(*self.again, DFE).passed
        return not audit(joined(self.releases, DFE)).passed


def pairs(number: int, seed: int = 20260101, *, leaking: bool = True) -> Iterator[Pair]:
    """So many pairs, the kinds in turn; where they do not leak, the difference tells of 10 or more people."""
    rng = np.random.default_rng(seed)
    makers = (_bands, _quarters, _areas, _revision)
    for place in range(number):
        leaks = int(rng.integers(1, 6)) if leaking else int(rng.integers(10, 40))
        yield makers[place % len(makers)](rng, leaks)


def _counts(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Counts of each finest code; some are small, and are never told by themselves."""
    return 8 + rng.poisson(rng.gamma(1.5, 6.0, shape))


def _bands(rng: np.random.Generator, leaks: int) -> Pair:
    """Children by ward and age band; the second release moves one boundary by a year."""
    wards = [f"W{place}" for place in range(int(rng.integers(3, 9)))]
    counts = _counts(rng, len(wards), len(AGES))
    edge = int(rng.integers(3, 14))
    counts[int(rng.integers(len(wards))), edge] = leaks
    first = _release(rng, counts, ("ward", flat(wards)), ("age", _cut(AGES, edge, 16)), finest=(wards, AGES))
    second = _release(rng, counts, ("ward", flat(wards)), ("age", _cut(AGES, edge + 1, 16)), finest=(wards, AGES))
    return Pair("age bands", leaks, (first, second))


def _cut(codes: tuple[str, ...], *edges: int) -> Dimension:
    bounds = (0, *edges, len(codes))
    groups = {f"{start}-{end}": codes[start:end] for start, end in pairwise(bounds)}
    return Dimension(codes, groups | {"all": tuple(groups)})


def _quarters(rng: np.random.Generator, leaks: int) -> Pair:
    """Three quarters by place, and later the year: the fourth is what is left."""
    places = [f"P{place}" for place in range(int(rng.integers(2, 7)))]
    counts = _counts(rng, len(places), len(MONTHS))
    quiet = int(rng.integers(len(places)))
    counts[quiet, 9:] = 0
    counts[quiet, int(rng.integers(9, 12))] = leaks
    quarters = Dimension(MONTHS, {f"Q{q + 1}": MONTHS[3 * q : 3 * q + 3] for q in range(3)})
    first = _release(rng, counts, ("place", flat(places)), ("month", quarters), finest=(places, MONTHS))
    year = Dimension(MONTHS, {"year": MONTHS})
    second = _release(rng, counts, ("place", flat(places)), ("month", year), finest=(places, MONTHS))
    return Pair("quarters and year", leaks, (first, second))


def _areas(rng: np.random.Generator, leaks: int) -> Pair:
    """Children by ward and need, once with and once without one small area."""
    areas = [f"A{place}" for place in range(int(rng.integers(6, 13)))]
    needs = [f"N{place}" for place in range(int(rng.integers(2, 6)))]
    counts = _counts(rng, len(areas), len(needs))
    counts[0, int(rng.integers(len(needs)))] = leaks
    half = len(areas) // 2
    wards = {"North": tuple(areas[:half]), "South": tuple(areas[half:])}
    without = {"North but one": tuple(areas[1:half]), "South": tuple(areas[half:])}
    first = _release(
        rng, counts, ("area", Dimension(tuple(areas), wards)), ("need", flat(needs)), finest=(areas, needs)
    )
    second = _release(
        rng, counts, ("area", Dimension(tuple(areas), without)), ("need", flat(needs)), finest=(areas, needs)
    )
    return Pair("areas", leaks, (first, second))


def _release(
    rng: np.random.Generator,
    counts: np.ndarray,
    *dimensions: tuple[str, Dimension],
    finest: tuple[list[str] | tuple[str, ...], ...],
) -> list[Cell]:
    """Every group of every dimension; of the finest codes only those of a dimension that stands by itself in groups."""
    whole = crossed([dimension for _, dimension in dimensions], counts)
    told = [
        place
        for place, key in enumerate(whole.keys)
        if all(
            node in dimension.groups or name in ("ward", "place", "need")
            for node, (name, dimension) in zip(key, dimensions, strict=True)
        )
    ]
    cells = []
    for place in told:
        box = {
            name: frozenset(dimension.members(node))
            for node, (name, dimension) in zip(whole.keys[place], dimensions, strict=True)
        }
        cells.append(Cell(box, float(whole.values[place])))
    assert not any(DFE.hides(cell.shown) for cell in cells)
    return cells


def _revision(rng: np.random.Generator, leaks: int) -> Pair:
    """A table with hidden cells, and the same after a few records of one ward and need came in."""
    wards, needs = [f"W{place}" for place in range(int(rng.integers(4, 9)))], ["a", "b", "c", "d"]
    counts = _counts(rng, len(wards), len(needs))
    counts[int(rng.integers(len(wards))), int(rng.integers(len(needs)))] = rng.integers(1, 6)
    later = counts.copy()
    later[int(rng.integers(len(wards))), int(rng.integers(len(needs)))] += leaks
    tables = [crossed([flat(wards), flat(needs)], each) for each in (counts, later)]
    first, second = (_shown(each) for each in tables)
    relations = [
        *(Relation((ward, "total"), tuple((ward, need) for need in needs)) for ward in (*wards, "total")),
        *(Relation(("total", need), tuple((ward, need) for ward in wards)) for need in (*needs, "total")),
    ]
    return Pair("revision", leaks, ([], []), (first, second, relations))


def _shown(table: Table) -> dict:
    hidden = suppress(problem(table, DFE)).hidden
    return {
        key: None if gone else float(value) for key, value, gone in zip(table.keys, table.values, hidden, strict=True)
    }
