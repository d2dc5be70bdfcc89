"""The lightest pattern that protects a small table, with the proof: cuts from the attacker's programme, then whole numbers.

Source: Fischetti and Salazar (2000), Journal of the American Statistical Association 95:916-928, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from earlyhelp.release.protect.attack import NDArrayInt
from earlyhelp.release.protect.suppress import (
    NotProtectable,
    Pattern,
    Problem,
    check,
    high_enough,
    low_enough,
    suppress,
)
from earlyhelp.release.protect.tables import Flags, Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_EPSILON = 1e-6


def optimum(given: Problem, seconds: float, clock: Callable[[], float] = monotonic) -> Pattern:
    """The lightest pattern, or after so many seconds the best one found, with the weight that none can go below.

    Raises NotProtectable where no pattern protects.
    """
    best = suppress(given)
    if best.cost == 0:
        return replace(best, bound=0.0)
    until = clock() + seconds
    search = _Cuts(given, until, clock)
    bound, hidden = search.run()
    if hidden is None:
        return replace(best, bound=bound, method="cheapest flows; cuts ended without a pattern")
    check(given, hidden, search.down_to)
    cost = float(given.weights[hidden & ~given.primary & ~given.also].sum())
    return Pattern(given.primary, hidden, cost, bound, "cuts from the attacker's programme")


@dataclass
class _Cuts:
    """The programme of which cells to hide (one number from 0 to 1 each), and the cuts found so far."""

    given: Problem
    until: float
    clock: Callable[[], float]
    rows: list[tuple[NDArrayInt, Floats, float]] = field(default_factory=list)
    down_to: Floats = field(init=False)
    bound: float = 0.0

    def __post_init__(self) -> None:
        self.down_to = low_enough(self.given)
        self.free = np.flatnonzero(self.given.open_to_hiding)
        """The cells that may be hidden besides."""
        self.attacker = _Attacker(self.given, self.down_to)
        self._two_in_each_relation()

    def run(self) -> tuple[float, Flags | None]:
        """The proved bound, and the pattern that reaches it; None where time ran out before there was one."""
        for whole in (False, True):
            while self.clock() < self.until:
                share = self._lightest(whole)
                if not self._cut(share) and self.clock() < self.until:
                    if whole:
                        return self.bound, share > 0.5
                    break
        return self.bound, None

    def _lightest(self, whole: bool) -> Floats:
        """The lightest choice that keeps every cut: (n,) from 0 to 1, in whole numbers or not."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        columns, coefficients, needed = zip(*self.rows, strict=True)
        filled = np.concatenate(coefficients), np.concatenate(columns), np.cumsum([0, *map(len, columns)])
        cuts = csr_array(filled, shape=(len(needed), len(self.free)))
        constraint = LinearConstraint(cuts, needed, np.inf)
        cost = self.given.weights[self.free]
        seconds = max(1.0, self.until - self.clock())
        kinds = np.full(len(cost), int(whole))
        found = milp(
            cost,
            constraints=constraint,
            bounds=Bounds(0, 1),
            integrality=kinds,
            options={"time_limit": seconds, "mip_rel_gap": 1e-9},
        )
        if found.x is None:
            raise NotProtectable("No pattern protects every small cell.")
        self.bound = max(self.bound, float(found.mip_dual_bound if whole else found.fun))
        share = (self.given.primary | self.given.also).astype(np.float64)
        share[self.free] = np.rint(found.x) if whole else found.x
        return share

    def _cut(self, share: Floats) -> bool:
        """Add a cut for each small cell that the choice leaves open; True where there was one."""
        before = len(self.rows)
        for cell, up, needed in self.attacker.tasks:
            weights = self.attacker.attacked(cell, up, needed, share)
            if weights is not None:
                self._note(weights, needed)
            if self.clock() > self.until:
                break
        return len(self.rows) > before

    def _note(self, weights: Floats, needed: float) -> None:
        """What is hidden anyway brings what it brings; the rest must bring what is then still needed."""
        anyway = weights[self.given.primary | self.given.also].sum()
        own, rest = weights[self.free], needed - anyway
        used = np.flatnonzero(own > _EPSILON)
        self.rows.append((used, np.minimum(own[used], rest), rest))

    def _two_in_each_relation(self) -> None:
        """A small cell that stands alone among the hidden of a relation needs another there."""
        places = {int(cell): place for place, cell in enumerate(self.free)}
        hidden = self.given.primary | self.given.also
        relations = self.given.table.relations
        for cells in np.split(relations.indices, relations.indptr[1:-1]):
            if hidden[cells].sum() == 1 and self.given.primary[cells].any():
                others = np.array([places[int(each)] for each in cells if int(each) in places], dtype=np.int64)
                self.rows.append((others, np.ones(len(others)), 1.0))
        if not self.rows:
            self.rows.append((np.array([], dtype=np.int64), np.array([]), 0.0))


class _Attacker:
    """How far each small cell can move when cells are hidden in full, in part or not at all."""

    def __init__(self, given: Problem, down_to: Floats) -> None:
        values = given.table.values
        self.given = given
        self.places = np.flatnonzero(given.primary | given.also | given.open_to_hiding)
        self.relations: csr_array = given.table.relations[:, self.places]
        self.furthest = 8.0 * (given.small[1] + 1)
        """No cell need move further than this so that a small one moves by the hidden range."""
        self.room_down = np.minimum(values - given.least, self.furthest)[self.places]
        self.room_up = np.minimum(given.most - values, self.furthest)[self.places]
        self.tasks = [
            (int(cell), up, needed)
            for cell in np.flatnonzero(given.primary)
            for up, goal in ((True, high_enough(given, down_to)[cell]), (False, down_to[cell]))
            if (needed := float(goal - values[cell] if up else values[cell] - goal)) > 0
        ]

    def attacked(self, cell: int, up: bool, needed: float, share: Floats) -> Floats | None:
        """What each cell must bring, (n,) for a cut, where the cell cannot move as far as needed; None where it can."""
        from scipy.optimize import linprog

        own = int(np.searchsorted(self.places, cell))
        sign = -1.0 if up else 1.0
        cost = np.zeros(len(self.places))
        cost[own] = sign
        lower, upper = -self.room_down * share[self.places], self.room_up * share[self.places]
        lower[own], upper[own] = (0.0, needed) if up else (-needed, 0.0)
        sums = np.zeros(self.relations.shape[0])
        bounds = np.column_stack([lower, upper])
        found = linprog(  # type: ignore[call-overload]  # its stubs do not know that it takes sparse matrices
            cost, A_eq=self.relations, b_eq=sums, bounds=bounds, method="highs-ds"
        )
        if -found.fun >= needed - _EPSILON:
            return None
        brings = np.abs(found.lower.marginals) * self.room_down + np.abs(found.upper.marginals) * self.room_up
        brings[own] = 0.0
        weights = np.zeros(len(share))
        weights[self.places] = brings
        return weights
