"""The attack audit: what an outsider can work out of the hidden cells of a release, and whether that is too much.

Bounds are first passed along the relations until nothing moves; linear programmes settle what is left (HiGHS), and whole
numbers are insisted on wherever a programme's answer is none. Any answer of a programme is a table the outsider cannot
rule out, so that one answer settles many cells.

The outsider knows the relations, the shown cells, the rounding rule, that counts are whole and not negative, and that
zeros are shown. They are not supposed to run the suppression backwards.

Source: Fischetti and Salazar (2000), Journal of the American Statistical Association 95:916-928, section 2 (the
attacker's problem). Known answers: tests/known_answers/test_protect_published.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.rounding import range_of_shown, range_of_symbol
from earlyhelp.release.protect.tables import Flags, Floats, Relation, Table, matrix

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NDArrayInt = NDArray[np.int64]
_EPSILON = 1e-6
_NOTHING_FITS = 2
"""The solver's word for a programme without an answer."""
_FAR = 1e7
"""Beyond any count of people that a table holds."""
_SECONDS = 20.0
"""For one programme in whole numbers; after it the bounds of the linear one stand, which are never narrower."""


class Inconsistent(Exception):
    """No table at all fits what was released: a total is not the sum of its parts, or a rule was not kept."""


@dataclass(frozen=True)
class Seen:
    """What an outsider sees of n cells.

    `relations`: sparse (m, n), each row times the counts is zero. `lower`, `upper`: (n,) what each cell tells by itself.
    `hidden`: (n,) the cells that are asked about. `small`: the hidden range of the policy, both ends included.
    `known`: (n,) counts that fit, where they are at hand: they save programmes and change no answer. `unpublished`: (n,)
    those of `hidden` that no release tells of, such as the difference of two bands: only small ones are a finding.
    """

    keys: Sequence[Hashable]
    relations: csr_array
    lower: Floats
    upper: Floats
    hidden: Flags
    small: tuple[int, int]
    known: Floats | None = None
    unpublished: Flags | None = None


class Intervals(NamedTuple):
    """Of each cell, (n,): the least and the greatest count that fits all that is seen; `method` that settled the last."""

    lower: Floats
    upper: Floats
    method: str


@dataclass(frozen=True)
class Audit:
    """What an attack on a release found.

    `recoverable`: hidden cells of which only one count fits. `provable`: hidden cells that must be small, or nobody,
    which no symbol told. `narrow`: further ones whose interval is narrower than the hidden range.
    """

    cells: int
    hidden: int
    recoverable: tuple[Hashable, ...]
    provable: tuple[Hashable, ...]
    narrow: tuple[Hashable, ...]
    method: str
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing hidden can be worked out or proved small."""
        return not self.recoverable and not self.provable

    @property
    def sentences(self) -> tuple[str, ...]:
        """The finding as a person reads it; names no cell."""
        return (
            f"Of {self.cells} cells {self.hidden} are hidden.",
            f"An outsider can work out {len(self.recoverable)} of them exactly.",
            f"An outsider can prove of {len(self.provable)} more that they are small.",
            f"Of {len(self.narrow)} more an outsider knows a narrower range than the policy hides.",
            f"Settled by {self.method}.",
        )


def seen(
    table: Table, hidden: Flags, policy: Policy, *, others_too: bool | None = None, zeros_too: bool = False
) -> Seen:
    """What is seen of a table when those cells are hidden: the others exact or rounded, as the policy shows them."""
    others_too = policy.hides_others_too if others_too is None else others_too
    lower, upper = table.values.copy(), table.values.copy()
    if policy.round_to:
        ranges = [range_of_shown(policy.rounded(each), policy) for each in table.values[~hidden]]
        lower[~hidden], upper[~hidden] = [least for least, _ in ranges], [most for _, most in ranges]
    lower[hidden], upper[hidden] = range_of_symbol(policy, others_too=others_too, zeros_too=zeros_too)
    small = (policy.lowest, policy.highest)
    return Seen(table.keys, table.relations, lower, upper, hidden, small, known=table.values)


def released(
    cells: Mapping[Hashable, float | None],
    relations: Sequence[Relation],
    policy: Policy,
    *,
    others_too: bool | None = None,
    zeros_too: bool = False,
    bounds: Mapping[Hashable, tuple[float, float]] | None = None,
) -> Seen:
    """What is seen of released cells alone: a number, or None for a hidden one.

    `others_too`: whether others than small ones stand behind the symbol; without it, what the policy says.
    A total told in a text is a cell like any other. `bounds`: what else is known of a cell, such as the range a
    percentage leaves. A cell that a relation names and nobody released is unknown and not asked about.
    """
    others_too = policy.hides_others_too if others_too is None else others_too
    named = dict.fromkeys(name for each in relations for name in (*each.parts, each.total))
    keys = tuple(dict.fromkeys((*cells, *named)))
    symbol = range_of_symbol(policy, others_too=others_too, zeros_too=zeros_too)
    own = [
        (0.0, np.inf)
        if key not in cells
        else symbol
        if (value := cells[key]) is None
        else range_of_shown(value, policy)
        for key in keys
    ]
    more = [(bounds or {}).get(key, (0.0, np.inf)) for key in keys]
    lower, upper = (np.array(each, dtype=np.float64) for each in zip(*own, strict=True))
    least, most = (np.array(each, dtype=np.float64) for each in zip(*more, strict=True))
    places = {key: place for place, key in enumerate(keys)}
    rows = [[*((places[part], 1.0) for part in each.parts), (places[each.total], -1.0)] for each in relations]
    hidden = np.array([key in cells and cells[key] is None for key in keys])
    small = (policy.lowest, policy.highest)
    return Seen(keys, matrix(rows, len(keys)), np.maximum(lower, least), np.minimum(upper, most), hidden, small)


def audit(view: Seen, *, exact: bool = False) -> Audit:
    """The attack on all hidden cells. Raises Inconsistent where nothing fits what is seen.

    `exact`: work out every interval to its ends; without it, each cell is done with as soon as it is known to be safe.
    """
    started = monotonic()
    lowest, highest = view.small
    found = intervals(view, up_to=None if exact else np.full(len(view.keys), highest + 1.0))
    unpublished = np.zeros(len(view.keys), dtype=bool) if view.unpublished is None else view.unpublished
    is_small = (found.upper <= highest) & (found.upper >= max(lowest, 1))
    asked = view.hidden & (is_small | ~unpublished)
    known = asked & (found.lower == found.upper)
    proved = asked & ~known & (found.upper <= highest) & (view.upper > highest)
    narrow = asked & ~known & ~proved & (found.upper - found.lower < highest - lowest)
    told = [tuple(view.keys[int(place)] for place in np.flatnonzero(each)) for each in (known, proved, narrow)]
    seconds = round(monotonic() - started, 3)
    return Audit(len(view.keys), int(view.hidden.sum()), told[0], told[1], told[2], found.method, seconds)


def intervals(view: Seen, *, up_to: Floats | None = None, down_to: Floats | None = None) -> Intervals:
    """The feasible interval of each hidden cell; of the others, what passing bounds along tells.

    `up_to`, `down_to`: (n,) counts from which on a cell is done with; its interval is then at least what is given. With
    `up_to` alone a cell is low enough when its interval is wider than the hidden range. Raises Inconsistent where
    nothing fits.
    """
    lower, upper = _bounded(view)
    open_cells = view.hidden & (lower < upper)
    inner_lower, inner_upper, method = lower.copy(), upper.copy(), METHODS[0]
    for part in _parts(view.relations, lower, upper, open_cells):
        search = _Search(part, view, up_to, down_to)
        search.run()
        inner_lower[part.places], inner_upper[part.places] = search.told_lower, search.told_upper
        method = max(method, search.method, key=METHODS.index)
    return Intervals(_without_end(inner_lower), _without_end(inner_upper), method)


def _without_end(ends: Floats) -> Floats:
    """The ends, of which those that are only bounded since programmes need a bound are not bounded."""
    return np.where(np.abs(ends) > _FAR / 2, np.copysign(np.inf, ends), ends)


def _bounded(view: Seen) -> tuple[Floats, Floats]:
    """Bounds passed along, none of them infinite."""
    return propagated(view.relations, np.maximum(view.lower, -_FAR), np.minimum(view.upper, _FAR))


METHODS = ("passing bounds along", "whole numbers", "linear programmes")
"""From the surest; linear programmes alone may leave an interval wider than whole numbers would."""


def propagated(relations: csr_array, lower: Floats, upper: Floats, rounds: int = 60) -> tuple[Floats, Floats]:
    """Bounds passed along the relations until nothing moves: a part is the total less the other parts.

    Exact where no cells form a ring. Raises Inconsistent where a lower bound passes an upper one.
    """
    found = relations.tocoo()
    row, column, is_part = found.coords[0].astype(np.int64), found.coords[1], ~np.signbit(found.data)
    lower, upper = lower.copy(), upper.copy()
    for _ in range(rounds):
        least, most = _sides(is_part, lower[column], upper[column])
        other_least, other_most = _of_the_others(row, least, -np.inf), _of_the_others(row, most, np.inf)
        new_lower = np.where(is_part, -other_most, other_least)
        new_upper = np.where(is_part, -other_least, other_most)
        before = lower.copy(), upper.copy()
        np.maximum.at(lower, column, np.ceil(new_lower - _EPSILON))
        np.minimum.at(upper, column, np.floor(new_upper + _EPSILON))
        if np.any(lower > upper):
            raise Inconsistent("No table fits what was released.")
        if np.array_equal(before[0], lower) and np.array_equal(before[1], upper):
            break
    return lower, upper


def _sides(is_part: Flags, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """The least and the most that each entry adds to its relation: a part what it is, the total as much less."""
    return np.where(is_part, lower, -upper), np.where(is_part, upper, -lower)


def _of_the_others(row: NDArrayInt, amounts: Floats, unbounded: float) -> Floats:
    """Of each entry: the sum of the other entries of its relation; `unbounded` where one of those has no bound."""
    infinite = ~np.isfinite(amounts)
    finite = np.where(infinite, 0.0, amounts)
    sums = np.bincount(row, finite)[row] - finite
    others_infinite = np.bincount(row, infinite)[row] > infinite
    return np.where(others_infinite, unbounded, sums)


@dataclass(frozen=True)
class _Part:
    """Cells that hang together and are not settled: where they stand, their relations, and which are asked about."""

    places: NDArrayInt
    relations: csr_array
    sums: Floats
    lower: Floats
    upper: Floats
    asked: Flags


def _parts(relations: csr_array, lower: Floats, upper: Floats, asked: Flags) -> list[_Part]:
    """The unsettled cells, part by part; settled ones are taken to the other side of each relation."""
    from scipy.sparse.csgraph import connected_components

    if not asked.any():
        return []
    free = lower < upper
    settled = np.where(free, 0.0, lower)
    sums = -(relations @ settled)
    inside = relations[:, free]
    together = abs(inside).T @ abs(inside)
    count, label = connected_components(together, directed=False)
    places = np.flatnonzero(free)
    parts = []
    for each in range(count):
        chosen = places[label == each]
        if not asked[chosen].any():
            continue
        own = relations[:, chosen]
        rows = np.flatnonzero(np.diff(own.indptr))
        parts.append(_Part(chosen, own[rows], sums[rows], lower[chosen], upper[chosen], asked[chosen]))
    return parts


def together(view: Seen, up_to: Floats, down_to: Floats) -> list[Floats]:
    """Two tables that fit, (n,) counts each: the first with as many hidden cells as can be up, the second down."""
    assert view.known is not None
    lower, upper = _bounded(view)
    found = [view.known.copy(), view.known.copy()]
    asked = view.hidden & (lower < upper)
    for part in _parts(view.relations, lower, upper, asked):
        for place, up in enumerate((True, False)):
            search = _Search(part, view, up_to, down_to)
            waiting = search.waiting(up)
            if len(waiting):
                found[place][part.places] = search.solve_together(waiting, up)
    return found


class _Search:
    """The search for the intervals of one part: tables that fit, found by programmes, until every cell is settled."""

    def __init__(self, part: _Part, view: Seen, up_to: Floats | None, down_to: Floats | None) -> None:
        self.part = part
        self.up_to = None if up_to is None else up_to[part.places]
        self.down_to = None if down_to is None else down_to[part.places]
        self.width = view.small[1] - view.small[0] + 1
        self.lower, self.upper = part.lower.copy(), part.upper.copy()
        """What has been proved."""
        size = len(part.places)
        self.seen_lower, self.seen_upper = np.full(size, np.inf), np.full(size, -np.inf)
        """What tables that fit reach."""
        self.method = "whole numbers"
        if view.known is not None and self._fits(view.known[part.places]):
            self.keep(view.known[part.places])

    @property
    def told_lower(self) -> Floats:
        """Reached where asked for; proved elsewhere."""
        return np.where(self.part.asked, self.seen_lower, self.lower)

    @property
    def told_upper(self) -> Floats:
        """Reached where asked for; proved elsewhere."""
        return np.where(self.part.asked, self.seen_upper, self.upper)

    def run(self) -> None:
        """Many cells at once as long as that settles some, then cell by cell."""
        for up in (True, False):
            waiting = self.waiting(up)
            while self.up_to is not None and len(waiting) > 1:
                self.solve_together(waiting, up)
                before, waiting = len(waiting), self.waiting(up)
                if len(waiting) > 0.9 * before:
                    break
            for cell in waiting:
                if cell in self.waiting(up):
                    self._solve_one(int(cell), up)

    def waiting(self, up: bool) -> NDArrayInt:
        """The cells whose upper (or lower) end is not settled."""
        open_end = self.seen_upper < self.upper if up else self.seen_lower > self.lower
        if self.up_to is not None:
            open_end &= self.seen_upper < self.up_to if up else self.seen_lower > self._low_enough()
        return np.flatnonzero(open_end & self.part.asked)

    def _low_enough(self) -> Floats:
        """The count from which on each cell is low enough: its own, or as far below the highest as the range is wide."""
        return self.seen_upper - self.width if self.down_to is None else self.down_to

    def solve_together(self, cells: NDArrayInt, up: bool) -> Floats:
        """One table that fits in which as many of the cells as can be are as far out as they need to be."""
        from scipy.sparse import csr_array, eye_array, hstack, vstack

        part, size, many = self.part, len(self.part.places), len(cells)
        sign = 1.0 if up else -1.0
        picked = csr_array((np.ones(many), (np.arange(many), cells)), shape=(many, size))
        assert self.up_to is not None
        reach = (np.minimum(self.up_to, self.upper) if up else np.maximum(self._low_enough(), self.lower))[cells]
        matrix_of = csr_array(
            vstack(
                [
                    hstack([part.relations, csr_array((part.relations.shape[0], many))]),
                    hstack([sign * picked, -sign * eye_array(many)]),
                ],
                format="csr",
            )
        )
        sums = (np.r_[part.sums, np.zeros(many)], np.r_[part.sums, np.full(many, np.inf)])
        lower = np.r_[part.lower, np.where(up, -np.inf, reach)]
        upper = np.r_[part.upper, np.where(up, reach, np.inf)]
        cost = np.r_[np.zeros(size), np.full(many, -sign)]
        found = solved(cost, matrix_of, sums, (lower, upper), whole=size, gap=0.01)
        self.keep(found.counts[:size])
        return found.counts[:size]

    def _solve_one(self, cell: int, up: bool) -> None:
        """The greatest (or least) count of one cell."""
        cost = np.zeros(len(self.part.places))
        cost[cell] = -1.0 if up else 1.0
        part = self.part
        found = solved(cost, part.relations, (part.sums, part.sums), (part.lower, part.upper))
        self.keep(found.counts)
        if up:
            self.upper[cell] = self.seen_upper[cell] = min(self.upper[cell], np.floor(_EPSILON - found.bound))
        else:
            self.lower[cell] = self.seen_lower[cell] = max(self.lower[cell], np.ceil(found.bound - _EPSILON))
        if not found.is_proved:
            self.method = "linear programmes"

    def _fits(self, counts: Floats) -> bool:
        inside = bool(np.all(counts >= self.part.lower) and np.all(counts <= self.part.upper))
        return inside and np.allclose(self.part.relations @ counts, self.part.sums, rtol=0, atol=_EPSILON)

    def keep(self, counts: Floats) -> None:
        """A table that fits: every cell reaches what it has there. One that is not of whole numbers tells nothing."""
        if _are_whole(counts):
            self.seen_lower = np.minimum(self.seen_lower, np.rint(counts))
            self.seen_upper = np.maximum(self.seen_upper, np.rint(counts))


def _are_whole(counts: Floats) -> bool:
    return np.allclose(counts, np.rint(counts), rtol=0, atol=_EPSILON)


class Solved(NamedTuple):
    """The cheapest counts of a programme; `bound`: nothing costs less. Whether they are whole, and proved to be cheapest."""

    counts: Floats
    bound: float
    is_whole: bool
    is_proved: bool


def solved(
    cost: Floats,
    relations: csr_array,
    sums: tuple[Floats, Floats],
    bounds: tuple[Floats, Floats],
    *,
    whole: int | None = None,
    gap: float = 0.0,
    seconds: float = _SECONDS,
) -> Solved:
    """The cheapest counts that keep sums and bounds; `whole`: how many of the first must be whole numbers.

    First as a linear programme; where its answer has fractions, again in whole numbers, within `gap` (a share) of the
    cheapest and for so many seconds. Raises Inconsistent where nothing fits.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    first, limits = slice(whole), Bounds(*bounds)
    constraints = LinearConstraint(relations, *sums)
    found = milp(cost, constraints=constraints, bounds=limits, options={"presolve": False})
    if found.x is None:
        raise Inconsistent("No table fits what was released.")
    if _are_whole(found.x[first]):
        return Solved(found.x, float(found.fun), True, True)
    kinds = np.zeros(len(cost), dtype=np.int64)
    kinds[first] = 1
    again = milp(
        cost,
        constraints=constraints,
        bounds=limits,
        integrality=kinds,
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    if again.status == _NOTHING_FITS:
        raise Inconsistent("No table of whole numbers fits what was released.")
    if again.x is None:
        return Solved(found.x, float(found.fun), False, False)
    return Solved(again.x, float(again.mip_dual_bound), True, again.status == 0)
