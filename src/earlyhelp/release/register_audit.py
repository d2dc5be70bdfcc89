"""The joint audit of the register: what a table tells beside every earlier release of the same counts.

A table of exact figures is attacked together with all earlier ones that overlap it: of the same snapshot as one system of
sums; of another snapshot as if nothing had changed, or, where they disagree, as a revision. Rounded tables are attacked
beside earlier exact ones alone: the difference of two rounded counts is a range, and no count.

Tables of different measures that declare to count the same records are one system too. A mean or a median of fewer than the
policy asks for stops a table by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from earlyhelp.release.protect.attack import Inconsistent
from earlyhelp.release.protect.averages import AVERAGES, of_too_few
from earlyhelp.release.protect.overlaps import Listing, Told, TooMany
from earlyhelp.release.protect.several import Finding, changes, findings
from earlyhelp.release.register_cells import Laid, Numbered, Places, Where, laid_out, whole_numbers
from earlyhelp.release.register_table import BELOW, ReleasedTable
from earlyhelp.standard import NOT_RECORDED, UNMAPPED

Box = Mapping[str, frozenset[str]]
NEW = ""
"""The release that is being audited, which has no number yet."""
MOST_ROUNDS = 12
MOST_TOGETHER = 1_500
"""Of so many counts, all measures of the same records are attacked as one; of more, two by two, as programmes grow slow."""
_UNKNOWN = frozenset((NOT_RECORDED, UNMAPPED))


class Earlier(NamedTuple):
    """A release that left before, with its tables."""

    release: str
    tables: tuple[ReleasedTable, ...]


@dataclass(frozen=True)
class RegisterAudit:
    """What the audit found. `counts`: attacked; `hidden`: figures hidden; `beside`: earlier releases of the same counts;
    `revised`: those of an earlier snapshot that tell other counts. `apart`: how many tell of something else. `together`:
    measures that count the same records and were laid on each other, `by_two` where there are many counts. `averages`:
    what is told of amounts.

    `leaks`: of each new table the places of rows that take part in telling a small count. `small`: how many small counts
    are told. `undone`: why the audit could not be done, where it could not.
    """

    counts: int
    rows: int
    hidden: int
    beside: tuple[str, ...]
    together: tuple[str, ...]
    by_two: bool
    averages: tuple[str, ...]
    revised: tuple[str, ...]
    apart: int
    rounded: bool
    leaks: Mapping[int, frozenset[int]]
    small: int
    highest: int
    undone: str = ""
    not_whole: bool = False
    withheld: int = 0

    @property
    def passed(self) -> bool:
        """Whether it was done and nothing small is told."""
        return not self.small and not self.undone

    @property
    def sentences(self) -> tuple[str, ...]:
        """The finding as a person reads it; names no cell."""
        return tuple(_sentences(self))


def audited(tables: Sequence[ReleasedTable], earlier: Sequence[Earlier], places: Places) -> RegisterAudit:
    """What the tables tell by themselves and beside the earlier releases.

    `tables`: as they would leave together. `places`: by split of place and code, the small areas it holds. Whoever compares
    them supposes that all records are of children; where that does not add up, some are of adults.
    """
    supposed = _audited(tables, earlier, places, adults=False)
    is_wrong = supposed.undone == _UNDONE[Inconsistent]
    return _audited(tables, earlier, places, adults=True) if is_wrong else supposed


def _audited(
    tables: Sequence[ReleasedTable], earlier: Sequence[Earlier], places: Places, *, adults: bool
) -> RegisterAudit:
    new = [Numbered(NEW, number, each) for number, each in enumerate(tables)]
    old = [Numbered(each.release, number, table) for each in earlier for number, table in enumerate(each.tables)]
    laid = laid_out([*new, *old], places, adults=adults)
    kinds = {kind: all_of for kind, all_of in laid.items() if any(each.release == NEW for each in all_of)}
    beside = [each.release for all_of in kinds.values() for each in all_of if each.release != NEW]
    leaks: dict[int, set[int]] = {}
    small, undone, revised = 0, "", list[str]()
    for number, row in _of_too_few(tables):
        leaks.setdefault(number, set()).add(row)
        small += 1
    for all_of in kinds.values():
        told = [each for each in all_of if each.release == NEW]
        before = [each for each in all_of if each.release != NEW]
        try:
            found, apart = _attacked_by_measure(told, before)
        except (Inconsistent, TooMany) as problem:
            undone = _UNDONE[type(problem)]
            continue
        small += len(found)
        revised += [each.release for each in apart]
        for place in _rows_of(found, told, before):
            leaks.setdefault(place.table, set()).add(place.row)
    return RegisterAudit(
        counts=sum(len(each.listing.cells) for all_of in kinds.values() for each in all_of if each.release == NEW),
        rows=sum(len(each.rows) for each in tables),
        hidden=sum(each.hidden for each in tables),
        beside=tuple(dict.fromkeys(beside)),
        together=_together(kinds.values()),
        by_two=any(_are_many(all_of) and len({each.rules for each in all_of}) > 1 for all_of in kinds.values()),
        averages=tuple(sorted({each.statistic for each in tables if each.statistic in AVERAGES})),
        revised=tuple(dict.fromkeys(revised)),
        apart=len(earlier) - len(set(beside)),
        rounded=bool(tables) and all(each.round_to for each in tables),
        leaks={number: frozenset(rows) for number, rows in leaks.items()},
        small=small,
        highest=_highest(tables),
        undone=undone,
        not_whole=any(len(whole_numbers(each)) < len(each.counts) for each in tables),
    )


def _of_too_few(tables: Sequence[ReleasedTable]) -> Iterator[tuple[int, int]]:
    """The table and the place of each shown row that is a mean or a median of too few."""
    for number, table in enumerate(tables):
        for place, row in enumerate(table.rows if BELOW in table.counts else ()):
            if row.value is not None and of_too_few(table.statistic, row.denominator, table.rule):
                yield number, place


def _together(kinds: Iterable[Sequence[Laid]]) -> tuple[str, ...]:
    """The measures of which some counts were seen together with those of another."""
    groups = [{each.measure for each in all_of} for all_of in kinds]
    return tuple(sorted({each for group in groups if len(group) > 1 for each in group}))


def _highest(tables: Sequence[ReleasedTable]) -> int:
    return max((each.highest for each in tables), default=0)


_UNDONE = {
    Inconsistent: "Figures of one snapshot do not add up as they should, so that nobody can say what they tell together.",
    TooMany: "The figures overlap with earlier releases in too many ways to be attacked together: split by less.",
}


def _attacked_by_measure(told: Sequence[Laid], before: Sequence[Laid]) -> tuple[list[Finding], list[Laid]]:
    """What is proved small of each measure by itself, and of all that count the same records together."""
    apart, found = list[Laid](), dict[frozenset[tuple[str, frozenset[str]]], Finding]()
    for rules, spared in _seen_together(told, before):
        now, then = ([each for each in laid if each.rules in rules] for laid in (told, before))
        if all(each.is_rounded for each in (*now, *then)):
            continue
        more, revised = _attacked(now, then, spared)
        found |= {frozenset(each.box.items()): each for each in more}
        apart += revised
    return list(found.values()), apart


def _seen_together(told: Sequence[Laid], before: Sequence[Laid]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The rules whose counts are attacked together, and the codes that are not asked about then.

    Each of the new ones by itself, and all together; where there are many counts, each new one with each other one. Of
    many records some lack a code, and measures that leave these out tell how many they are: nobody is known by that, and
    it is not asked about where only another measure tells it.
    """
    new = dict.fromkeys(each.rules for each in told)
    rules = dict.fromkeys(each.rules for each in (*told, *before))
    yield from ((frozenset((each,)), frozenset()) for each in new)
    if len(rules) > 1 and not _are_many((*told, *before)):
        yield frozenset(rules), _UNKNOWN
    else:
        pairs = dict.fromkeys(frozenset((one, other)) for one in new for other in rules if one != other)
        yield from ((each, _UNKNOWN) for each in pairs)


def _are_many(laid: Iterable[Laid]) -> bool:
    return sum(len(each.listing.cells) for each in laid) > MOST_TOGETHER


def _attacked(told: Sequence[Laid], before: Sequence[Laid], spared: frozenset[str]) -> tuple[list[Finding], list[Laid]]:
    """What is proved small: as if nothing had changed between snapshots, and beside what disagrees with that, told last."""
    highest = max(each.highest for each in told)
    pooled, apart = list(before), list[Laid]()
    overlap = False
    while True:
        try:
            found = findings(_listings(told), _listings(pooled), highest, overlap=overlap, spared=spared)
            break
        except Inconsistent:
            other = _oldest_snapshot(told, pooled)
            if other is not None:
                apart += [each for each in pooled if each.snapshot == other]
                pooled = [each for each in pooled if each.snapshot != other]
            elif overlap or not any(each.once for each in told):
                raise
            else:
                overlap = True
    for snapshot in dict.fromkeys(each.snapshot for each in apart):
        then = _listings([each for each in apart if each.snapshot == snapshot])
        found += changes(_listings([*told, *pooled]), then, highest, overlap=overlap, spared=spared)
    return found, apart


def _oldest_snapshot(told: Sequence[Laid], pooled: Sequence[Laid]) -> str | None:
    """The snapshot of the first earlier table that is of another snapshot than the new ones."""
    own = {each.snapshot for each in told}
    return next((each.snapshot for each in pooled if each.snapshot not in own), None)


def _listings(laid: Sequence[Laid]) -> list[Listing]:
    return [each.listing for each in laid]


def _rows_of(found: Sequence[Finding], told: Sequence[Laid], before: Sequence[Laid]) -> set[Where]:
    """The shown rows of the new tables that tell of what was found.

    Of each finding: the rows whose boxes overlap it; where there are none, as when an earlier table told of days more or
    tells the total, the smallest of those that overlap the count told before that holds it, the one that fewest overlap.
    """
    shown = [cell for each in told for cell in each.listing.cells if not cell.hidden and cell.upper < inf]
    held = [cell for each in (*told, *before) for cell in each.listing.cells]
    rows: set[Where] = set()
    for one in found:
        near = _overlapping(shown, one.box)
        if not near:
            beside = [_overlapping(shown, cell.box) for cell in held if _holds(cell.box, one.box)]
            fewest: list[Told] = min((each for each in beside if each), key=lambda each: len(each), default=[])
            near = sorted(fewest, key=lambda cell: (cell.lower <= 0, cell.lower))[:1]
        rows |= {cell.place for cell in near if isinstance(cell.place, Where)}
    return rows


def _overlapping(cells: Sequence[Told], box: Box) -> list[Told]:
    return [cell for cell in cells if all(codes & box[name] for name, codes in cell.box.items() if name in box)]


def _holds(outer: Box, inner: Box) -> bool:
    return all(name in inner and inner[name] <= codes for name, codes in outer.items())


def safe_beside(
    tables: Sequence[ReleasedTable], earlier: Sequence[Earlier], places: Places
) -> tuple[list[ReleasedTable], RegisterAudit]:
    """The tables with as many further rows hidden as it takes for the audit to pass, and the audit of them as they are then.

    Rows are hidden that tell of what was found, until nothing is. Where that does not end, or nothing would be left, the
    tables come back as they were, with the audit that they failed.
    """
    first = found = audited(tables, earlier, places)
    now, withheld = list(tables), 0
    for _ in range(MOST_ROUNDS):
        if found.passed or found.undone or not found.leaks:
            break
        withheld += sum(len(rows) for rows in found.leaks.values())
        now = [each.without(sorted(found.leaks.get(number, ()))) for number, each in enumerate(now)]
        found = audited(now, earlier, places)
    if first.passed or not found.passed or not any(_shows(each) for each in now):
        return list(tables), first
    return now, replace(found, withheld=withheld)


def _shows(table: ReleasedTable) -> bool:
    return any(row.numerator is not None or row.value is not None for row in table.rows)


def _sentences(found: RegisterAudit) -> Iterator[str]:
    if not found.rows:
        yield "It rests on no table of a measure, so that there was nothing to lay beside earlier releases."
        return
    yield f"{found.counts} counts in {found.rows} figures were looked at; {found.hidden} figures are hidden."
    if found.withheld:
        further = "1 of them is" if found.withheld == 1 else f"{found.withheld} of them are"
        yield f"{further} hidden since they would have told of 1 to {found.highest} people beside an earlier release."
    yield from _beside(found)
    if found.undone:
        yield found.undone
    else:
        yield f"Small counts (1 to {found.highest}) that can be worked out or proved: {found.small}."
    if found.small:
        yield "It may be able to leave rounded (under the policy open-data), by fewer splits, or for longer periods."
    if found.not_whole:
        yield "Not attacked: counts that are no whole numbers."
    if found.averages:
        yield "A mean or a median is told of enough people only, and a mean without its sum; nothing more is checked of either."
    yield (
        "Not checked: the rest of a share, what a measure leaves out, and of how many another measure tells that something is "
        "not recorded; other measures of the same people that do not declare to count the same records; figures that left by "
        "another way than this register."
    )


def _beside(found: RegisterAudit) -> Iterator[str]:
    if found.beside:
        yield f"Earlier releases of the same counts, seen together with this one: {', '.join(found.beside)}."
    else:
        yield "No earlier release tells of the same counts."
    if found.together:
        how = "laid on each other two by two, since there are many counts" if found.by_two else "laid on each other"
        yield f"Measures that count the same records by their declarations, {how}: {', '.join(found.together)}."
    if found.revised:
        yield f"Of another snapshot, and seen as a revision since counts have changed: {', '.join(found.revised)}."
    if found.apart:
        yield f"Earlier releases of other counts, or by other rules: {found.apart}."
    if found.rounded:
        yield (
            "All counts are rounded, so that a difference of two of them is a range and no count: they were attacked beside "
            "earlier exact figures alone."
        )
