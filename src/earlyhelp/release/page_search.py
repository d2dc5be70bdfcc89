"""The search for further counts to hide on pages, so that no small one can be proved small; for tables of thousands of cells.

Two attacks tell which small counts are proved: bounds passed along the sums, and, where those prove none, programmes over
whole numbers (`protect.attack`). Of the counts that a bound rests on the cheapest is hidden, again and again; then those
that were hidden for nothing are shown. Which counts are fewest is not proved, unlike in `protect.suppress`, which takes
forty times as long at two thousand cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from earlyhelp.release.protect.attack import NDArrayInt, Seen, intervals, propagated
from earlyhelp.release.protect.rounding import UNBOUNDED
from earlyhelp.release.protect.tables import Flags, Floats, Table

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array


class _Bounds(NamedTuple):
    """The least and the most that each cell can be, (n,) each."""

    least: Floats
    most: Floats


@dataclass(frozen=True)
class Search:
    """A table with its small cells.

    `small`: (n,) to be protected; `open_to_hiding`: (n,) those that may be hidden; `costs`: (n,) what hiding one costs.
    `highest`: the greatest count of the hidden range. Whoever looks knows that a hidden cell is not 0.
    """

    table: Table
    small: Flags
    open_to_hiding: Flags
    costs: Floats
    highest: int

    def hide(self, hidden: Flags) -> Flags:
        """These and further cells, so that no small one can be proved small; all that may be hidden where that fails."""
        found = hidden.copy()
        while len(proved := self._proved_small(found)):
            fresh = self._hide_one_for_each(proved, found)
            if not fresh:
                return hidden | self.open_to_hiding
        fewer = self._taken_back(found, hidden)
        return found if len(self._proved_small(fewer)) else fewer

    def _hide_one_for_each(self, proved: NDArrayInt, hidden: Flags) -> set[int]:
        """Hide, in place, a further cell for each that is proved small, unless one that was hidden just now may do for it."""
        bounds, fresh = self._bounds(hidden), set[int]()
        for cell in proved.tolist():
            resting = set(self._rests_on(cell, bounds, hidden)) or self._nearest(cell, hidden)
            if not resting or not resting.isdisjoint(fresh):
                continue
            cheapest = min(resting, key=lambda each: (self.costs[each], each))
            fresh.add(cheapest)
        hidden[list(fresh)] = True
        return fresh

    def _taken_back(self, found: Flags, hidden: Flags) -> Flags:
        """As few of the further cells as bounds passed along let be hidden, the dearest shown first."""
        fewer, further = found.copy(), np.flatnonzero(found & ~hidden)
        for cell in further[np.argsort(-self.costs[further], kind="stable")].tolist():
            fewer[cell] = False
            fewer[cell] = bool(np.any(self.small & (self._bounds(fewer).most <= self.highest)))
        return fewer

    def _bounds(self, hidden: Flags) -> _Bounds:
        """What passing bounds along the sums tells."""
        values = self.table.values
        lower, upper = np.where(hidden, 1.0, values), np.where(hidden, UNBOUNDED, values)
        return _Bounds(*propagated(self.table.relations, lower, upper))

    def _proved_small(self, hidden: Flags) -> NDArrayInt:
        """The small cells that cannot be beyond the hidden range, by the first of the two attacks that finds any."""
        found = np.flatnonzero(self.small & (self._bounds(hidden).most <= self.highest))
        if len(found) or not self.small.any():
            return found
        values = self.table.values
        lower, upper = np.where(hidden, 1.0, values), np.where(hidden, UNBOUNDED, values)
        view = Seen(self.table.keys, self.table.relations, lower, upper, self.small, (1, self.highest), known=values)
        beyond, whatever = np.full(len(values), self.highest + 1.0), np.full(len(values), UNBOUNDED)
        return np.flatnonzero(self.small & (intervals(view, up_to=beyond, down_to=whatever).upper <= self.highest))

    @cached_property
    def _sums(self) -> tuple[csr_array, csc_array]:
        """The relations by sum, and by cell."""
        return self.table.relations.tocsr(), self.table.relations.tocsc()

    def _sums_of(self, cell: int) -> Iterator[tuple[NDArrayInt, Floats, float]]:
        """Each sum that a cell stands in: its cells, their signs (1 for a part), and the sign of the cell itself."""
        by_sum, by_cell = self._sums
        for place in range(by_cell.indptr[cell], by_cell.indptr[cell + 1]):
            each = by_cell.indices[place]
            within = slice(by_sum.indptr[each], by_sum.indptr[each + 1])
            yield by_sum.indices[within].astype(np.int64), by_sum.data[within], float(by_cell.data[place])

    def _rests_on(self, cell: int, bounds: _Bounds, hidden: Flags) -> Iterator[int]:
        """The shown cells that may be hidden and that the bound above a cell rests on, through other hidden ones too."""
        ahead, seen = [(cell, True)], {(cell, True)}
        while ahead:
            each, above = ahead.pop()
            for beside, is_above in self._binding(each, bounds, above=above):
                if not hidden[beside]:
                    if self.open_to_hiding[beside]:
                        yield beside
                elif (beside, is_above) not in seen:
                    seen.add((beside, is_above))
                    ahead.append((beside, is_above))

    def _binding(self, cell: int, bounds: _Bounds, *, above: bool) -> Iterator[tuple[int, bool]]:
        """The other cells of each sum that gives a cell its bound, with the side of theirs that it is made of.

        A part is at most what the total is at most, less what the other parts are at least.
        """
        own = (bounds.most if above else bounds.least)[cell]
        for cells, signs, sign in self._sums_of(cell):
            others = cells != cell
            of_most = (signs[others] != sign) == above
            ends = np.where(of_most, bounds.most[cells[others]], bounds.least[cells[others]])
            if np.all(np.abs(ends) < UNBOUNDED) and -sign * (signs[others] @ ends) == own:
                yield from zip(cells[others].tolist(), of_most.tolist(), strict=True)

    def _nearest(self, cell: int, hidden: Flags) -> set[int]:
        """The cells that may be hidden and are fewest sums away; empty where there is none."""
        reached, edge = {cell}, {cell}
        while edge:
            edge = {one for each in edge for cells, _, _ in self._sums_of(each) for one in cells.tolist()} - reached
            reached |= edge
            if found := {each for each in edge if self.open_to_hiding[each] and not hidden[each]}:
                return found
        return set()
