"""The cheapest ring of cells: a change of one amount, up and down in turn, that leaves every sum as it is.

Where every cell stands in two sums at most, a change that protects is a ring through the small cell, and the cheapest one
is a shortest path: from one of its sums to the other, cell by cell. It is found without a programme.

Source: Kelly, Golden and Assad (1992), Networks 22:397-417. Checked by what it is for: `suppress` proves every change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from earlyhelp.release.protect.tables import Flags, Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_OUTSIDE = -1
"""Where a cell leads that stands in one sum alone: its change need not be made up for."""
_State = tuple[int, int]
"""A sum that a change has put out of balance, and which way."""
MOST_ENTRIES = 4_000_000


class Rings(NamedTuple):
    """Each movable cell with the sums it stands in (sum, sign), and each sum with its cells."""

    sums_of: dict[int, list[tuple[int, int]]]
    cells_of: Mapping[int, list[int]]

    def through(self, cell: int, up: bool, price: Callable[[int, bool], float | None]) -> dict[int, int] | None:
        """The cells of the cheapest ring, each 1 (up) or -1 (down); None where there is none.

        `price`: what it costs to move a cell up or down, or None where it cannot move so far.
        """
        sign = 1 if up else -1
        ends = [(at, own * sign) for at, own in self.sums_of[cell]]
        if not ends:
            return {cell: sign}
        closing = (ends[1][0], -ends[1][1]) if len(ends) > 1 else (_OUTSIDE, 0)
        found = self._path(ends[0], closing, cell, price)
        return None if found is None else {cell: sign, **found}

    def _path(
        self, start: _State, closing: _State, without: int, price: Callable[[int, bool], float | None]
    ) -> dict[int, int] | None:
        """The moves on the cheapest way from a sum out of balance to where its change is made up for."""
        best: dict[_State, float] = {start: 0.0}
        came: dict[_State, tuple[_State, int, int]] = {}
        waiting: list[tuple[float, _State]] = [(0.0, start)]
        while waiting:
            cost, state = heappop(waiting)
            if state == closing:
                return _walked(came, start, state)
            if cost > best[state]:
                continue
            for cell, move, following in self._steps(state):
                own = None if cell == without else price(cell, move > 0)
                if own is not None and cost + own < best.get(following, np.inf):
                    best[following] = cost + own
                    came[following] = state, cell, move
                    heappush(waiting, (cost + own, following))
        return None

    def _steps(self, state: _State) -> Iterator[tuple[int, int, _State]]:
        """The cells that can make up for a sum, how each then moves, and the sum that this puts out of balance."""
        at, which_way = state
        for cell in self.cells_of[at]:
            sums = self.sums_of[cell]
            if at == _OUTSIDE:
                [(other, sign)] = sums
                yield cell, 1, (other, sign)
                yield cell, -1, (other, -sign)
                continue
            here = 0 if sums[0][0] == at else 1
            move = -which_way * sums[here][1]
            if len(sums) == 1:
                yield cell, move, (_OUTSIDE, 0)
            else:
                other, sign = sums[1 - here]
                yield cell, move, (other, sign * move)


def _walked(came: Mapping[_State, tuple[_State, int, int]], start: _State, end: _State) -> dict[int, int] | None:
    """The moves on the way; None where one cell would have to move twice."""
    moves: dict[int, int] = {}
    state = end
    while state != start:
        state, cell, move = came[state]
        if cell in moves:
            return None
        moves[cell] = move
    return moves


def rings(relations: csr_array, movable: Flags) -> Rings | None:
    """The movable cells as rings can be made of them; None where some stands in more than two sums that say something.

    A sum that follows from others says nothing.
    """
    places = np.flatnonzero(movable)
    if relations.shape[0] * len(places) > MOST_ENTRIES:
        return None
    dense = relations[:, places].toarray()
    kept = _independent(dense)
    if not len(kept) or np.count_nonzero(dense[kept], axis=0).max(initial=0) > 2:
        return None
    sums_of = {
        int(place): [(int(at), int(dense[kept[at], column])) for at in np.flatnonzero(dense[kept, column])]
        for column, place in enumerate(places)
    }
    cells_of = {at: [int(places[column]) for column in np.flatnonzero(dense[row])] for at, row in enumerate(kept)}
    cells_of[_OUTSIDE] = [cell for cell, sums in sums_of.items() if len(sums) == 1]
    return Rings(sums_of, cells_of)


def _independent(dense: Floats) -> list[int]:
    """The rows that do not follow from shorter ones."""
    kept: list[int] = []
    basis = np.zeros((0, dense.shape[1]))
    for row in np.argsort(np.count_nonzero(dense, axis=1), kind="stable"):
        rest = dense[row] - basis.T @ (basis @ dense[row])
        length = float(np.sqrt(rest @ rest))
        if length > 1e-9:
            basis = np.vstack([basis, rest / length])
            kept.append(int(row))
    return kept
