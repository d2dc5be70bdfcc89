"""Tables as cells with linear relations: margins, hierarchies, periods, and relations handed in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.periods import Period

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TOTAL = "total"


class Relation(NamedTuple):
    """A cell that is the sum of others."""

    total: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True)
class Table:
    """Cells and how they add up.

    `keys`: what each of the n cells is of. `values`: (n,) whole numbers, exact. `relations`: sparse (m, n); each row
    times the values is zero: 1 for each part, -1 for the total.
    """

    keys: Sequence[Hashable]
    values: Floats
    relations: csr_array

    @property
    def places(self) -> dict[Hashable, int]:
        """Where each cell stands."""
        return {key: place for place, key in enumerate(self.keys)}


def table(counts: Mapping[Hashable, float], relations: Iterable[Relation]) -> Table:
    """The cells with the relations handed in. Raises ValueError where a total is not the sum of its parts."""
    keys = tuple(counts)
    values = np.array([counts[key] for key in keys], dtype=np.float64)
    places = {key: place for place, key in enumerate(keys)}
    rows = [[*((places[part], 1.0) for part in each.parts), (places[each.total], -1.0)] for each in relations]
    found = Table(keys, values, matrix(rows, len(keys)))
    if np.any(found.relations @ values):
        raise ValueError("A total is not the sum of its parts.")
    return found


def matrix(rows: Sequence[Sequence[tuple[int, float]]], cells: int) -> csr_array:
    """Rows of (cell, coefficient) as a sparse matrix of so many columns."""
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([place for row in rows for place, _ in row], dtype=np.int32)
    coefficients = np.array([coefficient for row in rows for _, coefficient in row], dtype=np.float64)
    return csr_array((coefficients, columns, starts), shape=(len(rows), cells))


@dataclass(frozen=True)
class Dimension:
    """One way a table is split: its finest codes, and the groups that others are summed to, each with its direct parts."""

    leaves: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Codes and groups; the codes first."""
        return (*self.leaves, *self.groups)

    def members(self, node: str) -> tuple[str, ...]:
        """The finest codes that a code or group holds."""
        parts = self.groups.get(node)
        return (node,) if parts is None else tuple(leaf for part in parts for leaf in self.members(part))


def flat(leaves: Sequence[str], total: str = TOTAL) -> Dimension:
    """Codes beside their total."""
    return Dimension(tuple(leaves), {total: tuple(leaves)})


def nested(groups: Mapping[str, Sequence[str]]) -> Dimension:
    """A hierarchy (small areas in wards in localities in the council): each group with its direct parts."""
    parts = [part for each in groups.values() for part in each]
    return Dimension(
        tuple(part for part in parts if part not in groups), {name: tuple(each) for name, each in groups.items()}
    )


def crossed(dimensions: Sequence[Dimension], counts: Floats) -> Table:
    """The table of every code and group of each dimension with every one of the others.

    `counts`: one axis a dimension, in the order of its leaves. Keys are tuples, one code or group a dimension.
    """
    from scipy.sparse import csr_array, eye_array, kron, vstack

    def all_of(matrices: Sequence[csr_array]) -> csr_array:
        return reduce(lambda one, other: csr_array(kron(one, other, format="csr")), matrices)

    memberships = [_membership(each) for each in dimensions]
    sizes = [len(each.nodes) for each in dimensions]
    values = np.asarray(all_of(memberships) @ np.asarray(counts, dtype=np.float64).ravel())
    blocks = []
    for place, each in enumerate(dimensions):
        around = [csr_array(eye_array(size)) for size in sizes]
        blocks.append(all_of([*around[:place], _sums(each), *around[place + 1 :]]))
    return Table(_keys([each.nodes for each in dimensions]), values, csr_array(vstack(blocks, format="csr")))


def _keys(nodes: Sequence[Sequence[str]]) -> tuple[Hashable, ...]:
    keys: list[tuple[str, ...]] = [()]
    for each in nodes:
        keys = [(*key, node) for key in keys for node in each]
    return tuple(keys)


def _membership(dimension: Dimension) -> csr_array:
    places = {leaf: place for place, leaf in enumerate(dimension.leaves)}
    rows = [[(places[leaf], 1.0) for leaf in dimension.members(node)] for node in dimension.nodes]
    return matrix(rows, len(places))


def _sums(dimension: Dimension) -> csr_array:
    places = {node: place for place, node in enumerate(dimension.nodes)}
    rows = [
        [*((places[part], 1.0) for part in parts), (places[group], -1.0)] for group, parts in dimension.groups.items()
    ]
    return matrix(rows, len(places))


def periods_in_periods(periods: Iterable[Period]) -> list[Relation]:
    """For each period that shorter ones fill day by day: the relation of it to them, the longest that fit."""
    listed = sorted(set(periods))
    found = []
    for whole in listed:
        inside = [each for each in listed if each != whole and whole.start <= each.start and each.end <= whole.end]
        if parts := _filling(whole, inside):
            found.append(Relation(whole, parts))
    return found


def _filling(whole: Period, inside: Sequence[Period]) -> tuple[Period, ...]:
    longest = {each.start: each for each in inside}  # of one first day the longer come later
    parts, day = [], whole.start
    while day in longest:
        parts.append(longest[day])
        day = parts[-1].end + timedelta(days=1)
    return tuple(parts) if parts and parts[-1].end == whole.end else ()


def groups_of_months(periods: Sequence[Period], year_starts: int = 4) -> list[tuple[int, ...]]:
    """The places of periods that are asked for together: quarters, reporting years, and all; each of two periods or more."""
    groups: dict[tuple[str, int], list[int]] = {}
    for place, each in enumerate(periods):
        months = each.start.year * 12 + each.start.month - year_starts
        for name in (("quarter", months // 3), ("year", months // 12), ("all", 0)):
            groups.setdefault(name, []).append(place)
    return sorted({tuple(each) for each in groups.values() if len(each) > 1})
