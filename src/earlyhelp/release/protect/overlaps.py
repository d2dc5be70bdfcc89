"""Counts of several releases as one system of sums: what they have in common is cut into atoms, and each count is a sum of them.

A frame is what counts are split by (place and days, age and days). Within a frame the atoms are the finest parts that its
counts leave whole; what the counts of another frame hold besides is an atom too, such as the fourth quarter of a year beside
three. Frames meet where their common splits do: what can be put together on both sides is the same count. Where few atoms
come of it, all splits are crossed with each other as well, so that nothing is overlooked; else three tables of two splits
each could together tell what no two of them do. What a complete release does not list within its days is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from earlyhelp.release.protect.attack import Inconsistent
from earlyhelp.release.protect.rounding import UNBOUNDED
from earlyhelp.release.protect.tables import Floats, matrix

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Frame = tuple[str, ...]
"""The things that counts are split by, in order of name."""
Atom = tuple[int, ...]
Key = tuple[Frame, frozenset[Atom]]
Classes = Mapping[Frame, Mapping[str, Mapping[str, int]]]
"""By frame, thing and code: the class of codes that no count of the frame parts."""
Codes = Mapping[str, frozenset[str]]
Name = tuple[str, Any]
"""What a variable is called: of which system it is, and its key there."""

TIME = "time"
"""Days, or single days: a release lists everything of its own and nothing of others."""
MOST_ATOMS = 60_000
FEW_ATOMS = 600
"""Up to so many, all things are crossed with each other."""
REST = ""
"""The codes that no count of a frame names, where a release of it is not complete or is limited to some codes."""


class TooMany(Exception):
    """The releases overlap in too many ways to be seen together."""


@dataclass(frozen=True)
class Told:
    """One count of a release. `box`: its finest codes along each thing it is split by.

    `lower`, `upper`: what it tells by itself. `hidden`: it is a symbol. `highest`: the greatest count its policy hides.
    `place`: where it stands, as whoever asks knows it.
    """

    box: Mapping[str, frozenset[str]]
    lower: float
    upper: float
    hidden: bool
    highest: int
    place: object = None

    @property
    def frame(self) -> Frame:
        """The things it is split by."""
        return tuple(sorted(self.box))


@dataclass(frozen=True)
class Listing:
    """Counts of one kind in one release. `complete`: all are of one frame, and what they do not list is nobody.

    `within`: by thing the codes that alone are counted, outside of which a complete listing tells of nobody; `domain`: by
    thing all the codes there are; `rest`: by thing the codes that a share leaves over or that a measure leaves out.
    """

    cells: tuple[Told, ...]
    complete: bool = True
    within: Codes = field(default_factory=dict)
    domain: Codes = field(default_factory=dict)
    rest: Codes = field(default_factory=dict)


class Meeting(NamedTuple):
    """What two frames both hold: by common thing, the classes of the one beside those of the other that are the same codes."""

    one: Frame
    other: Frame
    along: tuple[tuple[tuple[frozenset[int], frozenset[int]], ...], ...]


@dataclass
class System:
    """Variables and the relations between them, as they grow. `where`: by name the variable."""

    classes: Classes
    where: dict[Name, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[list[tuple[int, float]]] = field(default_factory=list)

    def variable(self, name: Name, lower: float = 0.0, upper: float = UNBOUNDED) -> int:
        """The variable of that name, bounded by all that was told of it. Raises Inconsistent where that is nothing."""
        place = self.where.setdefault(name, len(self.lower))
        if place == len(self.lower):
            self.lower.append(lower)
            self.upper.append(upper)
        self.lower[place] = max(self.lower[place], lower)
        self.upper[place] = min(self.upper[place], upper)
        if self.lower[place] > self.upper[place]:
            raise Inconsistent("Two releases tell one count in two ways.")
        return place

    def total(self, name: Name, parts: Sequence[int], overlap: bool) -> None:
        """A variable as the sum of others; with `overlap`, as at most their sum."""
        row = [*((part, 1.0) for part in parts), (self.variable(name), -1.0)]
        if overlap:
            row.append((self.variable(("overlap", (name, parts[0]))), -1.0))
        self.rows.append(row)

    def atoms(self, frame: Frame) -> list[Atom]:
        """Every atom of a frame."""
        return list(product(*(sorted(set(self.classes[frame][name].values())) for name in frame)))

    def key(self, box: Mapping[str, frozenset[str]], frame: Frame) -> Key:
        """The atoms of its frame that a box is made of."""
        own = self.classes[frame]
        along = [sorted({own[name][code] for code in box[name]}) for name in frame]
        return frame, frozenset(product(*along))


def cells_of(listings: Sequence[Listing]) -> list[Told]:
    """Every count of the listings."""
    return [cell for listing in listings for cell in listing.cells]


def classes_of(listings: Sequence[Listing]) -> dict[Frame, dict[str, dict[str, int]]]:
    """How every frame of the listings is cut. Raises TooMany for more than `MOST_ATOMS` atoms."""
    sets: dict[Frame, dict[str, set[frozenset[str]]]] = {}
    for cell in cells_of(listings):
        own = sets.setdefault(cell.frame, {name: set() for name in cell.frame})
        for name, codes in cell.box.items():
            own[name].add(codes)
    _part_by_limits(sets, listings)
    open_frames = {cell.frame for listing in listings if not listing.complete for cell in listing.cells}
    found = {
        frame: {name: _cut(boxes, _others(sets, frame, name), frame in open_frames) for name, boxes in own.items()}
        for frame, own in sets.items()
    }
    crossed = _crossed(sets, bool(open_frames))
    if len(sets) > 1 and _size(crossed) <= FEW_ATOMS:
        found[tuple(crossed)] = crossed
    if sum(_size(each) for each in found.values()) > MOST_ATOMS:
        raise TooMany("The releases overlap in too many ways to be seen together.")
    return found


def _part_by_limits(sets: dict[Frame, dict[str, set[frozenset[str]]]], listings: Sequence[Listing]) -> None:
    """Part every frame where limited counts end; beside these, anything may be of codes that only others name, or nobody."""
    named: dict[str, frozenset[str]] = {}
    limits = [each for listing in listings for own in (listing.within, listing.domain) for each in own.items()]
    told = [(thing, codes) for own in sets.values() for thing, boxes in own.items() for codes in boxes]
    for thing, codes in (*limits, *told):
        named[thing] = named.get(thing, frozenset((REST,))) | codes
    limited = {cell.frame for listing in listings if listing.within for cell in listing.cells}
    for frame, own in sets.items():
        for thing, codes in limits:
            if thing in own:
                own[thing].add(codes)
        for thing in own.keys() - {TIME} if frame in limited else ():
            own[thing].add(named[thing])


def _crossed(sets: Mapping[Frame, Mapping[str, set[frozenset[str]]]], is_open: bool) -> dict[str, dict[str, int]]:
    """All things crossed, each cut by every count of every frame."""
    every: dict[str, set[frozenset[str]]] = {}
    for own in sets.values():
        for name, boxes in own.items():
            every.setdefault(name, set()).update(boxes)
    return {name: _cut(every[name], set(), is_open and name != TIME) for name in sorted(every)}


def _size(classes: Mapping[str, Mapping[str, int]]) -> int:
    return prod(max(own.values(), default=0) + 1 for own in classes.values())


def _others(sets: Mapping[Frame, Mapping[str, set[frozenset[str]]]], frame: Frame, name: str) -> set[frozenset[str]]:
    """The sets of codes of other frames that a frame covers in part: what they hold besides."""
    covered = frozenset().union(*sets[frame][name])
    others = {codes for each, own in sets.items() if each != frame for codes in own.get(name, ())}
    return {codes - covered for codes in others if not codes.isdisjoint(covered)}


def _cut(boxes: set[frozenset[str]], others: set[frozenset[str]], is_open: bool) -> dict[str, int]:
    """By code the class of codes that stand in the same sets."""
    inside: dict[str, list[int]] = {}
    for number, codes in enumerate(sorted((*boxes, *others), key=sorted)):
        for code in codes:
            inside.setdefault(code, []).append(number)
    numbers: dict[tuple[int, ...], int] = {}
    found = {code: numbers.setdefault(tuple(inside[code]), len(numbers)) for code in sorted(inside)}
    return {**found, REST: len(numbers)} if is_open and REST not in found else found


def add(system: System, listings: Sequence[Listing], name: str, *, overlap: bool) -> None:
    """Put what the listings tell, and how it adds up, into a system; `name` keeps it apart from what else is there.

    Raises Inconsistent where one count is told in two ways.
    """
    for frame in system.classes:
        for atom in system.atoms(frame):
            system.variable((name, (frame, frozenset((atom,)))))
    for cell in cells_of(listings):
        key = system.key(cell.box, cell.frame)
        known = (name, key) in system.where
        system.variable((name, key), cell.lower, cell.upper)
        if not known:
            parts = [system.where[name, (cell.frame, frozenset((atom,)))] for atom in sorted(key[1])]
            system.total((name, key), parts, overlap)
    for frame, atom in _nobody(system, listings):
        system.variable((name, (frame, frozenset((atom,)))), 0.0, 0.0)
    for one, other in combinations(sorted(system.classes), 2):
        _link(system, meeting(system.classes, one, other), name, overlap)


def _nobody(system: System, listings: Sequence[Listing]) -> Iterator[tuple[Frame, Atom]]:
    """The atoms within the days of a complete listing that it does not list."""
    for listing in listings:
        if not listing.complete or not listing.cells:
            continue
        frame = listing.cells[0].frame
        told = {atom for cell in listing.cells for atom in system.key(cell.box, frame)[1]}
        time = frame.index(TIME) if TIME in frame else None
        days = {atom[time] for atom in told} if time is not None else set()
        inside = [
            (place, _classes_of(system.classes[frame][thing], listing.within[thing]))
            for place, thing in enumerate(frame)
            if thing in listing.within
        ]
        for atom in system.atoms(frame):
            is_counted = all(atom[place] in classes for place, classes in inside)
            if is_counted and atom not in told and (time is None or atom[time] in days):
                yield frame, atom


def _classes_of(own: Mapping[str, int], codes: frozenset[str]) -> set[int]:
    return {number for code, number in own.items() if code in codes}


def meeting(classes: Classes, one: Frame, other: Frame) -> Meeting:
    """The smallest parts that both frames can put together, along each thing that both are split by."""
    common = [name for name in one if name in other]
    return Meeting(one, other, tuple(tuple(_same(classes[one][name], classes[other][name])) for name in common))


def _same(one: Mapping[str, int], other: Mapping[str, int]) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """Sets of classes of the one that hold the very codes of a set of classes of the other, each as small as can be."""
    codes: tuple[dict[int, set[str]], dict[int, set[str]]] = ({}, {})
    for side, own in zip(codes, (one, other), strict=True):
        for code, number in own.items():
            side.setdefault(number, set()).add(code)
    left = set(codes[0])
    while left:
        first, second = {left.pop()}, set[int]()
        while True:
            held = set[str]().union(*(codes[0][each] for each in first))
            grown = {other[code] for code in held if code in other}
            back = {one[code] for each in grown for code in codes[1][each] if code in one} | first
            if grown == second and back == first:
                break
            first, second = back, grown
        left -= first
        if held == set[str]().union(*(codes[1][each] for each in second)):
            yield frozenset(first), frozenset(second)


def _link(system: System, met: Meeting, name: str, overlap: bool) -> None:
    """Each part that both frames hold, as the sum of the atoms of the one and of those of the other."""
    common = [each for each in met.one if each in met.other]
    for block in product(*met.along):
        key = (name, ("both", met.one, met.other, block))
        for side, frame in enumerate((met.one, met.other)):
            chosen = {thing: part[side] for thing, part in zip(common, block, strict=True)}
            along = [sorted(chosen.get(thing, set(system.classes[frame][thing].values()))) for thing in frame]
            system.total(key, [system.where[name, (frame, frozenset((atom,)))] for atom in product(*along)], overlap)


def relations_of(system: System) -> csr_array:
    """The relations of a system, a row each."""
    return matrix(system.rows, len(system.lower))


def bounds_of(system: System) -> tuple[Floats, Floats]:
    """What each variable tells by itself, (n,) and (n,), nothing of it without end."""
    far = 1e7
    lower = np.maximum(np.array(system.lower, dtype=np.float64), -far)
    return lower, np.minimum(np.array(system.upper, dtype=np.float64), far)
