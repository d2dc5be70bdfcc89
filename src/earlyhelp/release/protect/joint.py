"""Two releases, or more, seen together: what neither tells alone, and their difference does.

Bands that differ by one year, quarters beside a year, an area beside the same area without one place: each released cell
is a box, a set of finest codes along every dimension. The places where boxes of all releases overlap are the atoms;
every released cell is a sum of atoms, and an atom that must be small is a finding though nobody released it.

A revision is the same table twice. Whoever compares the two supposes that no hidden cell moved by more than the shown
ones did, and in no other direction.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np

from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.attack import Audit, Inconsistent, Seen, audit, intervals, propagated
from earlyhelp.release.protect.rounding import UNBOUNDED, range_of_shown, range_of_symbol
from earlyhelp.release.protect.tables import Relation, matrix


class Cell(NamedTuple):
    """A released cell: its finest codes along each dimension (all of them where one is left out), and its count or None."""

    box: Mapping[str, frozenset[str]]
    shown: float | None


_Atoms = frozenset[tuple[int, ...]]
MOST_ATOMS = 200_000
"""More overlaps than this are no table that somebody reads."""


def joined(releases: Sequence[Iterable[Cell]], policy: Policy) -> Seen:
    """What is seen of all releases together: their cells, and every overlap of them.

    The codes that are named are taken to be all there are. Raises Inconsistent where one count is told in two ways, and
    ValueError for more than `MOST_ATOMS` overlaps.
    """
    cells = [cell for release in releases for cell in release]
    classes = _classes(cells)
    if np.prod([float(len(set(each.values()))) for each in classes.values()]) > MOST_ATOMS:
        raise ValueError("The releases overlap in too many ways to be seen together.")
    ranges = _ranges(cells, classes, policy)
    every = [tuple(sorted(set(each.values()))) for each in classes.values()]
    atoms = [frozenset({atom}) for atom in product(*every)]
    sums = [cell for cell in ranges if len(cell) > 1]
    keys: list[_Atoms] = [*atoms, *sums]
    places = {next(iter(atom)): place for place, atom in enumerate(atoms)}
    rows = [[*((places[atom], 1.0) for atom in cell), (len(atoms) + at, -1.0)] for at, cell in enumerate(sums)]
    lower, upper = np.array([ranges.get(key, (0.0, UNBOUNDED)) for key in keys], dtype=np.float64).T
    unpublished = np.array([key not in ranges for key in keys])
    symbols = {atoms_of(cell.box, classes) for cell in cells if cell.shown is None}
    hidden = unpublished | np.array([key in symbols for key in keys])
    small = (policy.lowest, policy.highest)
    return Seen(keys, matrix(rows, len(keys)), lower, upper, hidden, small, unpublished=unpublished)


def _classes(cells: Sequence[Cell]) -> dict[str, dict[str, int]]:
    """By dimension and code: the class of codes that every box has all of or none of."""
    sets: dict[str, dict[frozenset[str], None]] = {}
    for cell in cells:
        for name, codes in cell.box.items():
            sets.setdefault(name, {})[codes] = None
    found: dict[str, dict[str, int]] = {}
    for name, boxes in sets.items():
        numbers: dict[tuple[bool, ...], int] = {}
        for code in sorted(frozenset().union(*boxes)):
            found.setdefault(name, {})[code] = numbers.setdefault(tuple(code in each for each in boxes), len(numbers))
    return found


def atoms_of(box: Mapping[str, frozenset[str]], classes: Mapping[str, Mapping[str, int]]) -> _Atoms:
    """The overlaps that a box is made of."""
    along = [
        {number for code, number in own.items() if name not in box or code in box[name]}
        for name, own in classes.items()
    ]
    return frozenset(product(*along))


def _ranges(
    cells: Sequence[Cell], classes: Mapping[str, Mapping[str, int]], policy: Policy
) -> dict[_Atoms, tuple[float, float]]:
    """What all releases together tell of each cell by itself."""
    symbol = range_of_symbol(policy, others_too=policy.hides_others_too)
    found: dict[_Atoms, tuple[float, float]] = {}
    for cell in cells:
        own = symbol if cell.shown is None else range_of_shown(cell.shown, policy)
        atoms = atoms_of(cell.box, classes)
        before = found.get(atoms, (0.0, UNBOUNDED))
        found[atoms] = max(own[0], before[0]), min(own[1], before[1])
        if found[atoms][0] > found[atoms][1]:
            raise Inconsistent("Two releases tell one count in two ways: see them as a revision.")
    return found


def revision(
    first: Mapping[Hashable, float | None],
    second: Mapping[Hashable, float | None],
    relations: Sequence[Relation],
    policy: Policy,
) -> Audit:
    """The attack on one table released twice: on its hidden cells, and on changes that tell of a few.

    A cell is told of as ("first", key), ("second", key) or ("change", key). A change is a finding where it must have
    happened and be small. Where the supposition about hidden cells does not hold, they may have changed by anything.
    """
    try:
        return _audit_of_changes(_twice(first, second, relations, policy, bounded=True))
    except Inconsistent:
        return _audit_of_changes(_twice(first, second, relations, policy, bounded=False))


def _twice(
    first: Mapping[Hashable, float | None],
    second: Mapping[Hashable, float | None],
    relations: Sequence[Relation],
    policy: Policy,
    *,
    bounded: bool,
) -> Seen:
    symbol = range_of_symbol(policy, others_too=policy.hides_others_too)
    both = [key for key in first if key in second]
    changes = [
        after - before for key in both if (before := first[key]) is not None and (after := second[key]) is not None
    ]
    limits = (min([0.0, *changes]), max([0.0, *changes])) if bounded else (-UNBOUNDED, UNBOUNDED)
    ranges: dict[Hashable, tuple[float, float]] = {}
    for name, cells in (("first", first), ("second", second)):
        ranges |= {
            (name, key): symbol if value is None else range_of_shown(value, policy) for key, value in cells.items()
        }
    ranges |= {("change", key): limits for key in both}
    keys = list(ranges)
    places = {key: place for place, key in enumerate(keys)}
    rows = [
        [*((places[name, part], 1.0) for part in each.parts), (places[name, each.total], -1.0)]
        for name, cells in (("first", first), ("second", second))
        for each in relations
        if each.total in cells and all(part in cells for part in each.parts)
    ]
    rows += [[(places["first", key], 1.0), (places["change", key], 1.0), (places["second", key], -1.0)] for key in both]
    hidden = [*(value is None for value in (*first.values(), *second.values())), *(False for _ in both)]
    lower, upper = np.array([ranges[key] for key in keys], dtype=np.float64).T
    small = (policy.lowest, policy.highest)
    return Seen(keys, matrix(rows, len(keys)), lower, upper, np.array(hidden), small)


def _audit_of_changes(view: Seen) -> Audit:
    """The audit of the hidden cells, and with it the changes that must be small and not none."""
    found = audit(view)
    lower, upper = propagated(view.relations, view.lower, view.upper)
    is_change = np.array([isinstance(key, tuple) and key[0] == "change" for key in view.keys])
    asked = replace(view, hidden=is_change & (lower < upper), lower=lower, upper=upper)
    ends = intervals(asked)
    least = np.maximum(ends.lower, -ends.upper)
    most = np.maximum(np.abs(ends.lower), np.abs(ends.upper))
    small = is_change & (least >= max(view.small[0], 1)) & (most <= view.small[1])
    exact = tuple(view.keys[int(place)] for place in np.flatnonzero(small & (least == most)))
    ranged = tuple(view.keys[int(place)] for place in np.flatnonzero(small & (least != most)))
    return replace(found, recoverable=(*found.recoverable, *exact), provable=(*found.provable, *ranged))
