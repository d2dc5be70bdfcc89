"""Secondary suppression: which further cells must be hidden so that no small one can be worked out or proved small.

A small cell is protected when tables that fit all that is shown let it go from the least to beyond the greatest count
of the hidden range. For each small cell and each way, a linear programme finds the cheapest change of hidden cells that
takes it there (`protected` below); exact optima of small tables come of cuts from the attacker's programme.

Source: Fischetti and Salazar (2000), Journal of the American Statistical Association 95:916-928, sections 3 and 4 (the
cuts); Kelly, Golden and Assad (1992), Networks 22:397-417 (cheapest flows, one small cell after the other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.attack import Inconsistent, NDArrayInt, Seen, intervals, propagated, solved, together
from earlyhelp.release.protect.rings import rings
from earlyhelp.release.protect.rounding import UNBOUNDED
from earlyhelp.release.protect.tables import Flags, Floats, Table

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_EPSILON = 1e-6
_SECONDS = 3.0
"""For one change in whole numbers, where the cheapest in fractions is none."""
_FEW_CELLS = 400
"""Up to so many cells a programme looks at the whole table; of larger ones at what is near."""


class NotProtectable(Exception):
    """Hiding every cell that may be hidden is not enough: nothing of the table may be released as it is."""


@dataclass(frozen=True)
class Pattern:
    """Which of n cells to hide. `primary`: small; `hidden`: these and the further ones.

    `cost`: the weight of the further ones; `bound`: no pattern that protects weighs less (0 where nothing was proved).
    """

    primary: Flags
    hidden: Flags
    cost: float
    bound: float
    method: str

    @property
    def is_optimal(self) -> bool:
        """Whether it is proved that none weighs less."""
        return self.cost <= self.bound + _EPSILON

    @property
    def sentence(self) -> str:
        """How good the pattern is, in words."""
        further = int(self.hidden.sum() - self.primary.sum())
        if self.is_optimal:
            return f"{further} further cells are hidden; none fewer would protect."
        return f"{further} further cells are hidden, of weight {self.cost:.2f}; at least {self.bound:.2f} is needed."


@dataclass(frozen=True)
class Problem:
    """A table to be protected.

    `primary`: (n,) the small cells. `open_to_hiding`: (n,) cells that may be hidden besides. `weights`: (n,) what hiding
    one costs. `least`, `most`: (n,) the range that a hidden cell may take, as an outsider knows it without relations.
    `small`: the hidden range. `also`: (n,) cells that are hidden anyway and need no protection.
    """

    table: Table
    primary: Flags
    open_to_hiding: Flags
    weights: Floats
    least: Floats
    most: Floats
    small: tuple[int, int]
    also: Flags


def problem(
    table: Table,
    policy: Policy,
    *,
    may_hide: Flags | None = None,
    weights: Floats | None = None,
    zeros_too: bool = False,
) -> Problem:
    """The table as a problem: small cells are hidden, zeros are shown unless `zeros_too`, others may be hidden.

    Without `weights` the fewest cells are hidden, and of patterns of as few cells the one whose counts sum to least.
    """
    values = table.values
    primary = np.array([policy.hides(each) for each in values], dtype=bool)
    allowed = (np.ones(len(values), dtype=bool) if may_hide is None else may_hide) & ~primary
    if not zeros_too:
        allowed = allowed & (values != 0)
    return Problem(
        table,
        primary,
        allowed,
        fewest_then_least(values) if weights is None else weights,
        np.full(len(values), 0.0 if zeros_too else 1.0),
        np.full(len(values), UNBOUNDED),
        (policy.lowest, policy.highest),
        np.zeros(len(values), dtype=bool),
    )


def fewest_then_least(values: Floats) -> Floats:
    """Weights (n,) by which fewer cells always weigh less, and of as many those with the least sum."""
    weights: Floats = 1.0 + np.abs(values) / (1.0 + np.abs(values).sum())
    return weights


def suppress(given: Problem) -> Pattern:
    """A pattern that protects every small cell; the tables that prove it are checked before it is given back.

    Raises NotProtectable where none does: nothing may then be released.
    """
    if not given.primary.any():
        return Pattern(given.primary, given.primary | given.also, 0.0, 0.0, "nothing is small")
    found = _Flows(given)
    found.protect_all()
    found.take_back()
    hidden = found.hidden
    found.prove()
    return Pattern(given.primary, hidden, _cost(given, hidden), 0.0, "cheapest changes, each proved")


def _cost(given: Problem, hidden: Flags) -> float:
    return float(given.weights[hidden & ~given.primary & ~given.also].sum())


def view_of(given: Problem, hidden: Flags) -> Seen:
    """What an outsider sees of the table with those cells hidden."""
    values = given.table.values
    lower, upper = (np.where(hidden, range_, values) for range_ in (given.least, given.most))
    return Seen(given.table.keys, given.table.relations, lower, upper, given.primary, given.small, known=values)


def check(given: Problem, hidden: Flags, down_to: Floats) -> None:
    """Raises NotProtectable unless every small cell may be beyond the hidden range, and as low as it may be at all."""
    up_to = high_enough(given, down_to)
    found = intervals(view_of(given, hidden), up_to=up_to, down_to=down_to)
    reaches = (found.upper >= up_to) & (found.lower <= down_to)
    if not np.all(reaches[given.primary]):
        raise NotProtectable("A small cell could be worked out or proved small.")


def low_enough(given: Problem) -> Floats:
    """The count (n,) that each small cell must be able to fall to: the least hidden one, or more where zeros tell more.

    A total of two hidden parts is at least 2 where zeros are shown, whatever else is hidden.
    """
    movable = given.primary | given.also | given.open_to_hiding
    view = view_of(given, movable)
    lower, _ = propagated(view.relations, view.lower, view.upper)
    return np.maximum(lower, given.small[0])


def high_enough(given: Problem, down_to: Floats) -> Floats:
    """The count (n,) that each small cell must be able to rise to: beyond the hidden range, and as far as that is wide."""
    lowest, highest = given.small
    return np.maximum(highest + 1.0, down_to + (highest - lowest + 1.0))


@dataclass(eq=False)
class _Flow:
    """A change that leaves every shown cell and every total as they are: by how much each cell of `places` moves."""

    places: NDArrayInt
    amounts: Floats
    serves: list[tuple[int, bool]] = field(default_factory=list)

    def moves(self, cell: int) -> float:
        """By how much it moves one of its cells."""
        return float(self.amounts[np.searchsorted(self.places, cell)])


class _Flows:
    """Small cell after small cell, the cheapest change that protects it; hidden cells cost nothing more."""

    def __init__(self, given: Problem) -> None:
        self.given = given
        self.hidden = given.primary | given.also
        self.moving: dict[int, list[_Flow]] = {}
        """The changes that move a cell, by cell."""
        self.near = _Neighbourhoods(given)
        self.down_to = low_enough(given)
        self.rings = rings(given.table.relations, self.near.is_movable)

    def protect_all(self) -> None:
        """The smallest first, down and then up."""
        values, small = self.given.table.values, np.flatnonzero(self.given.primary)
        if self.rings is None:
            self.begin()
        for cell in small[np.argsort(values[small], kind="stable")]:
            allowed = self.hidden | self.given.open_to_hiding
            if not self._is_served(int(cell), False):
                self._serve_down(int(cell), allowed)
            if not self._is_served(int(cell), True):
                self._serve(int(cell), True, allowed)

    def begin(self) -> None:
        """Changes among the small cells alone, which cost nothing, each for as many as it can serve."""
        values, view = self.given.table.values, view_of(self.given, self.hidden)
        up_to = high_enough(self.given, self.down_to)
        for found in together(view, up_to, self.down_to):
            amounts = np.rint(found) - values
            if not np.any(self.given.table.relations @ amounts):  # else in fractions alone
                moved = np.flatnonzero(amounts)
                self._note(_Flow(moved, amounts[moved]))

    def _serve_down(self, cell: int, allowed: Flags) -> None:
        """The change that takes a cell down; where the lowest counts are ruled out whatever is hidden, as low as it goes."""
        try:
            self._serve(cell, False, allowed)
        except NotProtectable:
            every = self.near.movable
            self.down_to[cell] = self.given.table.values[cell] - self._furthest_down(cell, every)
            if not self._is_served(cell, False):
                self._serve(cell, False, allowed)

    def _furthest_down(self, cell: int, places: NDArrayInt) -> float:
        values, size = self.given.table.values[places], len(places)
        room = np.r_[np.maximum(self.given.most[places] - values, 0), np.maximum(values - self.given.least[places], 0)]
        own = int(np.searchsorted(places, cell))
        room[own] = 0.0
        cost = np.zeros(2 * size)
        cost[size + own] = -1.0
        relations = self.near.relations_of(places)
        sums = np.zeros(relations.shape[0])
        found = solved(cost, relations, (sums, sums), (np.zeros(2 * size), room))
        return float(np.floor(found.counts[size + own] + _EPSILON)) if found.is_whole else 0.0

    def _needed(self, cell: int, up: bool) -> float:
        value, down_to = self.given.table.values[cell], self.down_to
        return float((high_enough(self.given, down_to) if up else down_to)[cell] - value)

    def _is_served(self, cell: int, up: bool) -> bool:
        """Whether a change that is there already takes the cell far enough; if so, it is noted there."""
        needed = self._needed(cell, up)
        if (needed <= 0) if up else (needed >= 0):
            return True
        for flow in self.moving.get(cell, ()):
            moved = flow.moves(cell)
            if (moved >= needed) if up else (moved <= needed):
                flow.serves.append((cell, up))
                return True
        return False

    def _note(self, flow: _Flow) -> None:
        self.hidden[flow.places] = True
        for each in flow.places:
            self.moving.setdefault(int(each), []).append(flow)

    def _forget(self, flow: _Flow) -> None:
        for each in flow.places:
            self.moving[int(each)].remove(flow)

    def _serve(self, cell: int, up: bool, allowed: Flags, further: bool = True) -> None:
        """Find the cheapest change and hide what it moves. Raises NotProtectable where there is none.

        `further`: look beyond what is near.
        """
        if self.rings is not None:
            ring = self._ring(cell, up, allowed)
            if ring is not None:
                ring.serves.append((cell, up))
                self._note(ring)
                return
            if not further:
                raise NotProtectable("No ring is left.")
        for places in self.near.around(cell) if further else islice(self.near.around(cell), 1):
            flow = self._cheapest(cell, up, places[allowed[places]])
            if flow is not None:
                flow.serves.append((cell, up))
                self._note(flow)
                return
        raise NotProtectable("A small cell could be worked out or proved small.")

    def _ring(self, cell: int, up: bool, allowed: Flags) -> _Flow | None:
        """Rings through a cell that together move it as far as it must: first of hidden cells, then the cheapest of all."""
        left = abs(self._needed(cell, up))
        moved: dict[int, float] = {}
        for among, least_room in ((self.hidden, 1.0), (allowed, 0.0)):
            while left > 0:
                found = self._one_ring(cell, up, among, moved, least_room or left)
                if found is None:
                    break
                room = min(self._room(each, way > 0, moved) for each, way in found.items())
                amount = min(left, room)
                left -= amount
                for each, way in found.items():
                    moved[each] = moved.get(each, 0.0) + way * amount
        if left > 0:
            return None
        places = np.array(sorted(each for each, amount in moved.items() if amount), dtype=np.int64)
        return _Flow(places, np.array([moved[int(place)] for place in places], dtype=np.float64))

    def _one_ring(
        self, cell: int, up: bool, among: Flags, moved: Mapping[int, float], least_room: float
    ) -> dict[int, int] | None:
        """The cheapest ring through a cell along which every cell can move so far further."""
        assert self.rings is not None

        def price(other: int, moves_up: bool) -> float | None:
            if not among[other] or self._room(other, moves_up, moved) < least_room:
                return None
            return 0.001 if self.hidden[other] else float(self.given.weights[other])

        return None if price(cell, up) is None else self.rings.through(cell, up, price)

    def _room(self, cell: int, up: bool, moved: Mapping[int, float]) -> float:
        """How far a cell can move from where the rings so far have taken it."""
        count = self.given.table.values[cell] + moved.get(cell, 0.0)
        return float(self.given.most[cell] - count if up else count - self.given.least[cell])

    def _cheapest(self, cell: int, up: bool, places: NDArrayInt) -> _Flow | None:
        """The cheapest change of some cells: first with none moving further than the small one, then with all they can."""
        given, needed = self.given, abs(self._needed(cell, up))
        values, size = given.table.values[places], len(places)
        room = np.r_[np.maximum(given.most[places] - values, 0), np.maximum(values - given.least[places], 0)]
        price = np.where(self.hidden[places], 0.001, given.weights[places])
        own = int(np.searchsorted(places, cell))
        moving, still = (own, size + own) if up else (size + own, own)
        if room[moving] < needed:
            return None
        least = np.zeros(2 * size)
        least[moving], room[still] = needed, 0.0
        relations = self.near.relations_of(places)
        for furthest in (needed, 4 * needed):
            most = np.minimum(room, furthest)
            most[moving] = needed
            found = self._solved(np.r_[price, price], relations, (least, most))
            if found is not None:
                amounts = np.rint(found[:size] - found[size:])
                moved = np.flatnonzero(amounts)
                return _Flow(places[moved], amounts[moved])
        return None

    def _solved(self, price: Floats, relations: csr_array, bounds: tuple[Floats, Floats]) -> Floats | None:
        sums = np.zeros(relations.shape[0])
        try:
            found = solved(price, relations, (sums, sums), bounds, gap=0.3, seconds=_SECONDS)
        except Inconsistent:
            return None
        return found.counts if found.is_whole else None

    def prove(self) -> None:
        """Each small cell has a change that takes it far enough both ways, moves hidden cells alone and keeps all sums.

        Raises NotProtectable where one has none: nothing is then given back.
        """
        values, relations = self.given.table.values, self.given.table.relations
        changed = {id(flow): flow for flows in self.moving.values() for flow in flows}
        for flow in changed.values():
            counts, amounts = values[flow.places] + np.rint(flow.amounts), np.zeros(len(values))
            amounts[flow.places] = np.rint(flow.amounts)
            inside = (counts >= self.given.least[flow.places]) & (counts <= self.given.most[flow.places])
            if not inside.all() or not self.hidden[flow.places].all() or np.any(relations @ amounts):
                raise NotProtectable("A change that should protect a small cell does not fit what is shown.")
        for cell in np.flatnonzero(self.given.primary):
            if not (self._is_served(int(cell), True) and self._is_served(int(cell), False)):
                raise NotProtectable("A small cell could be worked out or proved small.")

    def take_back(self) -> None:
        """Show again, the heaviest first, each further cell without which every change can be replaced at no cost."""
        further = np.flatnonzero(self.hidden & ~self.given.primary & ~self.given.also)
        for cell in further[np.argsort(-self.given.weights[further], kind="stable")]:
            self._try_without(int(cell))

    def _try_without(self, cell: int) -> None:
        """Show a cell again; where some change that moved it cannot be replaced, hide it as before."""
        resting = list(self.moving[cell])
        served = [each for flow in resting for each in flow.serves]
        for flow in resting:
            self._forget(flow)
        self.hidden[cell] = False
        try:
            for each in served:
                if not self._is_served(*each):
                    self._serve(*each, self.hidden, further=False)
        except NotProtectable:
            for flow in resting:
                self._note(flow)


class _Neighbourhoods:
    """The cells near a cell: first those two relations away, then further ones, at last all."""

    def __init__(self, given: Problem) -> None:
        from scipy.sparse import csr_array, hstack

        self.cells = len(given.table.values)
        movable = given.primary | given.also | given.open_to_hiding
        self.movable = np.flatnonzero(movable)
        self.relations = given.table.relations
        self.by_cell = csr_array(self.relations.T)
        self.columns = self.relations.tocsc()
        self._stack: Callable[..., csr_array] = hstack
        self.is_movable = movable

    def around(self, cell: int) -> Iterator[NDArrayInt]:
        """Ever larger neighbourhoods, in order of place."""
        if len(self.movable) <= _FEW_CELLS:
            yield self.movable
            return
        reached = np.array([cell])
        for steps in (3, 1):
            for _ in range(steps):
                rows = np.unique(self.by_cell[reached].indices)
                reached = np.unique(self.relations[rows].indices)
                reached = reached[self.is_movable[reached]]
            yield reached.astype(np.int64)
        yield self.movable

    def relations_of(self, places: NDArrayInt) -> csr_array:
        """The relations that the cells stand in, for what they gain and, beside it, for what they lose."""
        own = self.columns[:, places].tocsr()
        own = own[np.flatnonzero(np.diff(own.indptr))]
        return self._stack([own, -own], format="csr")
