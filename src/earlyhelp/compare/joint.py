"""What a receiver can work out of a pack, alone and with every earlier pack of the same council.

The receiver knows the rounding rule, that zeros are shown, how groups add up to totals and what is left of a share; and
holds each earlier pack. A count tells too much when it must be small and fewer than five counts fit: a hidden count, the
rest of a share, or by how much a count changed from one pack to the next, as that is a count of people too.
What other councils know adds nothing: a pack speaks of one council alone, and no figure is made of several.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from earlyhelp.compare.pack import SHARED, Groups, Pack, PackMeasure, PackRow, Shared
from earlyhelp.errors import GateClosed
from earlyhelp.measures import CATALOGUE, Statistic
from earlyhelp.release import Policy, Status
from earlyhelp.release.named_groups import least_named
from earlyhelp.release.protect.attack import Inconsistent, Seen, intervals
from earlyhelp.release.protect.rounding import range_of_shown
from earlyhelp.release.protect.tables import Relation, matrix

FEWEST_CANDIDATES = 5
"""So many counts must fit whatever small count is hidden: the base of the rounding, and the width of DfE's hidden range."""
NOT_NAMED = "not named"
"""The cases beside those of groups that are named, with the names of these."""
_WITH_REST = (Statistic.SHARE, Statistic.MIX, Statistic.MEDIAN)


class Place(NamedTuple):
    """The figures that are hidden together: of one measure, year and split."""

    measure: str
    definition: str
    end: str
    by: tuple[str, ...]


class Cell(NamedTuple):
    """One count of a pack: `above` and `below` the line of a figure, or the `rest` of the one less the other."""

    place: Place
    values: tuple[str, ...]
    side: str


Range = tuple[float, float]


@dataclass(frozen=True)
class AuditResult:
    """`checked`: what was looked at, in sentences that name no cell. `leaks`: the places that tell too much."""

    checked: tuple[str, ...]
    leaks: tuple[Place, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing tells too much."""
        return not self.leaks


@dataclass(frozen=True)
class _Told:
    """What a pack tells of each count: by itself, and how counts add up. `meanings`: by measure, what was counted."""

    cells: Mapping[Cell, Range]
    relations: tuple[Relation, ...]
    meanings: Mapping[tuple[str, str], str]


def audited(pack: Pack, earlier: Sequence[Pack]) -> AuditResult:
    """Whether a receiver who holds the earlier packs could work out a small count from this one.

    pack: as it would be sent. earlier: every pack of the same council that left before. Of a pack of the same snapshot
    the counts are the same counts, so that both ranges hold; of another, the difference is what is asked about.
    """
    new = _told(pack)
    before = [(each, _told(each)) for each in earlier]
    same = [told for each, told in before if each.context["snapshot"] == pack.context["snapshot"]]
    found = _worked_out(new, same, pack.policy)
    small = pack.policy.highest
    leaks = {cell.place for cell, span in found.items() if _tells(span, small)}
    differences = 0
    for each, told in before:
        if each.context["snapshot"] != pack.context["snapshot"]:
            old = _worked_out(told, [], each.policy)
            shared = [cell for cell in found if cell in old and _means_the_same(cell, new, told)]
            differences += len(shared)
            leaks |= {cell.place for cell in shared if _tells(_difference(found[cell], old[cell]), small)}
    return AuditResult(_sentences(new, len(earlier), differences, len(leaks)), tuple(sorted(leaks)))


def _told(pack: Pack) -> _Told:
    cells: dict[Cell, Range] = {}
    relations: list[Relation] = []
    for measure in pack.measures.values():
        for rows in _groups(measure):
            cells |= _ranges(measure, rows, pack.policy)
        relations += _sums(measure, cells)
    for key, told in (pack.groups or {}).items():
        relations += _named(Shared(key[0], by=key[1]), told, pack.policy, cells)
    rests = [cell for cell in cells if cell.side == "rest"]
    relations += [Relation(_on(cell, "below"), (_on(cell, "above"), cell)) for cell in rests]
    meanings = {key: each.meaning for key, each in pack.measures.items()}
    return _Told(cells, tuple(relations), meanings)


def _groups(measure: PackMeasure) -> Iterator[list[PackRow]]:
    """The rows of each year and split."""
    groups: dict[tuple[str, tuple[str, ...]], list[PackRow]] = {}
    for row in measure.rows:
        groups.setdefault((row.end, tuple(name for name, _ in row.dims)), []).append(row)
    yield from groups.values()


def _ranges(measure: PackMeasure, rows: Sequence[PackRow], policy: Policy) -> dict[Cell, Range]:
    """What each count of one group tells by itself.

    Where all of a group is hidden, above and below the line, it may have been withheld whole: none of it need be small.
    """
    told = [row for row in rows if row.status in (Status.OK, Status.SUPPRESSED)]
    is_count = measure.statistic == Statistic.COUNT
    withheld = all(row.numerator is None and row.denominator is None for row in told) and not (
        is_count and len(told) == 1
    )
    cells: dict[Cell, Range] = {}
    for row in told:
        place = Place(measure.measure, measure.definition, row.end, tuple(name for name, _ in row.dims))
        values = tuple(value for _, value in row.dims)
        cells[Cell(place, values, "above")] = _range(row.numerator, policy, withheld)
        if not is_count:
            cells[Cell(place, values, "below")] = _range(row.denominator, policy, withheld)
        if measure.statistic in _WITH_REST:
            cells[Cell(place, values, "rest")] = (0.0, np.inf)
    return cells


def _range(shown: int | None, policy: Policy, withheld: bool) -> Range:
    if shown is not None:
        return range_of_shown(shown, policy)
    return (0.0, np.inf) if withheld else (float(policy.lowest), float(policy.highest))


def _sums(measure: PackMeasure, cells: Mapping[Cell, Range]) -> Iterator[Relation]:
    """How the groups of a split add up to their total."""
    for each in SHARED:
        if each.key != (measure.measure, measure.definition) or not each.adds_up:
            continue
        for end in dict.fromkeys(row.end for row in measure.rows):
            yield from _sum(measure, each.by, end, cells)


def _sum(measure: PackMeasure, by: str, end: str, cells: Mapping[Cell, Range]) -> Iterator[Relation]:
    if measure.statistic == Statistic.MIX:
        parts = [cell for cell in cells if _is_of(cell.place, measure, end) and cell.side == "above"]
        if parts:
            whole = _on(parts[0], "below")
            yield Relation(whole, tuple(parts))
            yield from (Relation(whole, (_on(part, "below"),)) for part in parts[1:])
        return
    for side in ("above", "below"):
        parts = [cell for cell in cells if cell.side == side and _is_of(cell.place, measure, end, (by,))]
        total = Cell(Place(measure.measure, measure.definition, end, ()), (), side)
        if parts and total in cells:
            yield Relation(total, tuple(parts))


def _named(shared: Shared, told: Groups, policy: Policy, cells: dict[Cell, Range]) -> list[Relation]:
    """What is known of groups named without a count, put to the cells: each is so many at the least; with the rest, all.

    A group that is not named may be nobody, so that it sets no bound from below. Where the groups are told with figures,
    their names follow from these and tell nothing more.
    """
    place = Place(shared.measure, "default", told.end, (shared.by,))
    if any(cell.place == place for cell in cells):
        return []
    side = "above" if CATALOGUE[shared.measure].statistic is Statistic.COUNT else "below"
    named = [Cell(place, (code,), side) for code in told.codes]
    cells |= {cell: (float(least_named(policy)), np.inf) for cell in named}
    total = Cell(place._replace(by=()), (), side)
    if total not in cells:
        return []
    together = [tuple(named)] if shared.adds_up else [(cell,) for cell in named]
    sums = []
    for parts in together:
        rest = Cell(place, (NOT_NAMED, *(code for cell in parts for code in cell.values)), side)
        cells[rest] = (0.0, np.inf)
        sums.append(Relation(total, (*parts, rest)))
    return sums


def _is_of(place: Place, measure: PackMeasure, end: str, by: tuple[str, ...] | None = None) -> bool:
    of = (place.measure, place.definition, place.end) == (measure.measure, measure.definition, end)
    return of and (by is None or place.by == by)


def _on(cell: Cell, side: str) -> Cell:
    return cell._replace(side=side)


def _worked_out(told: _Told, same: Sequence[_Told], policy: Policy) -> dict[Cell, Range]:
    """The range of each count once everything that is told is put together.

    Raises GateClosed where the figures of a pack do not add up, or two packs of one snapshot disagree: then nobody can
    tell what they give away.
    """
    cells = dict(told.cells)
    for other in same:
        for cell, (least, most) in other.cells.items():
            if cell in cells and _means_the_same(cell, told, other):
                cells[cell] = max(cells[cell][0], least), min(cells[cell][1], most)
    keys = tuple(cells)
    places: dict[Hashable, int] = {cell: place for place, cell in enumerate(keys)}
    rows = [[*((places[part], 1.0) for part in each.parts), (places[each.total], -1.0)] for each in told.relations]
    lower, upper = (np.array([cells[key][end] for key in keys]) for end in (0, 1))
    asked = lower <= policy.highest
    view = Seen(keys, matrix(rows, len(keys)), lower, upper, asked, (policy.lowest, policy.highest))
    try:
        found = intervals(view)
    except Inconsistent:
        raise GateClosed(
            "The figures of the pack do not add up, alone or with an earlier pack of the same snapshot: no audit is possible.",
            where="pack",
            fix="earlyhelp check DIR; then make a new snapshot: earlyhelp run DIR",
        ) from None
    return {key: (float(found.lower[place]), float(found.upper[place])) for place, key in enumerate(keys)}


def _means_the_same(cell: Cell, one: _Told, other: _Told) -> bool:
    key = (cell.place.measure, cell.place.definition)
    return one.meanings.get(key) == other.meanings.get(key)


def _difference(new: Range, old: Range) -> Range:
    return new[0] - old[1], new[1] - old[0]


def _tells(span: Range, small: int) -> bool:
    """Whether the count must be small, or the change of it, and fewer than five fit."""
    least, most = span if span[0] > 0 else (-span[1], -span[0])
    return 1 <= least <= most <= small and most - least + 1 < FEWEST_CANDIDATES


def _sentences(new: _Told, earlier: int, differences: int, leaks: int) -> tuple[str, ...]:
    return (
        f"{len(new.cells)} counts were attacked: each by itself, what is left of each share, and "
        f"{len(new.relations)} sums of groups and totals.",
        f"Earlier packs: {earlier}. {differences} times a count was subtracted from the same count in one of them.",
        f"Groups of figures that tell of a small count, of which fewer than {FEWEST_CANDIDATES} are possible: {leaks}.",
        "Not checked: other tables that left by another way than packs.",
    )
