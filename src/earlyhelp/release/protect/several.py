"""Any number of releases seen together, and what they give away: the attack on the system of all their counts.

A finding is a count that must lie in the hidden range: one that a release hides, or an atom that none tells, such as the
fourth quarter of a year beside three. Source: Fischetti and Salazar (2000), Journal of the American Statistical
Association 95:916-928, section 2 (the attacker's problem), over the cells of all releases at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from earlyhelp.release.protect.attack import Inconsistent, Seen, intervals, propagated
from earlyhelp.release.protect.overlaps import (
    Frame,
    Listing,
    Name,
    System,
    Told,
    add,
    bounds_of,
    cells_of,
    classes_of,
    relations_of,
)
from earlyhelp.release.protect.rounding import UNBOUNDED
from earlyhelp.release.protect.tables import Flags, Floats

LeftOver = Mapping[Frame, Mapping[str, set[int]]]
FEWEST_CANDIDATES = 5
"""So many counts must fit what stands behind a symbol that tells the hidden range itself, as symbols of rounded tables do."""


class Finding(NamedTuple):
    """A count that is proved small: its part along each thing, as codes."""

    box: Mapping[str, frozenset[str]]


def findings(
    new: Sequence[Listing],
    before: Sequence[Listing],
    highest: int,
    *,
    overlap: bool = False,
    spared: frozenset[str] = frozenset(),
) -> list[Finding]:
    """The counts that the new listings prove to be small together with those before, and that these do not prove alone.

    `highest`: the greatest count that may not be told of an atom nobody released; hidden cells go by their own policy.
    `overlap`: parts may overlap, so that a total is at most their sum. `spared`: codes that nobody is asked about. Raises
    Inconsistent where no table fits, TooMany.
    """
    listings = [*new, *before]
    system = System(classes_of(listings))
    add(system, listings, "now", overlap=overlap)
    asked, limits = _asked(system, listings, highest, "now", spared)
    small = _proved_small(system, asked, limits) | _narrowed(system, listings, highest, "now")
    found = {name: limits[place] for name, place in system.where.items() if place in small}
    if found and before:
        alone = System(system.classes)
        add(alone, before, "now", overlap=overlap)
        known = _known(alone, before, found)
        found = {name: limit for name, limit in found.items() if name not in known}
    return _told_once(system, found)


def _known(system: System, listings: Sequence[Listing], limits: Mapping[Name, float]) -> set[Name]:
    """Those of the variables that a system proves small, or of which it leaves fewer than five counts."""
    size = len(system.lower)
    asked, most = np.zeros(size, dtype=bool), np.zeros(size)
    for name, limit in limits.items():
        if name in system.where:
            asked[system.where[name]], most[system.where[name]] = True, limit
    lower, upper = propagated(relations_of(system), *bounds_of(system))
    few = asked & (upper - lower + 1 < FEWEST_CANDIDATES)
    asked[list(_told_small(system, cells_of(listings), "now"))] = False
    small = _proved_small(system, asked, most, every=True)
    return {name for name in limits if (place := system.where.get(name)) is not None and (place in small or few[place])}


def changes(
    now: Sequence[Listing],
    then: Sequence[Listing],
    highest: int,
    *,
    overlap: bool = False,
    spared: frozenset[str] = frozenset(),
) -> list[Finding]:
    """What a release tells beside one of an earlier snapshot that it does not agree with: small counts, and small changes.

    Whoever compares them supposes that no count moved by more than those shown in both did, and in no other direction.
    Where that does not hold, counts may have moved by anything.
    """
    try:
        return _changes(now, then, highest, overlap, spared, bounded=True)
    except Inconsistent:
        return _changes(now, then, highest, overlap, spared, bounded=False)


def _changes(
    now: Sequence[Listing],
    then: Sequence[Listing],
    highest: int,
    overlap: bool,
    spared: frozenset[str],
    *,
    bounded: bool,
) -> list[Finding]:
    system = System(classes_of([*now, *then]))
    for name, listings in (("now", now), ("then", then)):
        add(system, listings, name, overlap=overlap)
    both = [key for of, key in list(system.where) if of == "now"]
    both = [key for key in both if ("then", key) in system.where]
    known = [told for key in both if (told := _change(system, key)) is not None]
    limits = (min([0.0, *known]), max([0.0, *known])) if bounded else (-UNBOUNDED, UNBOUNDED)
    for key in both:
        change = system.variable(("change", key), *limits)
        system.rows.append([(system.where["then", key], 1.0), (change, 1.0), (system.where["now", key], -1.0)])
    asked, most = _asked(system, now, highest, "now", spared)
    asked_then, most_then = _asked(system, then, highest, "then", spared)
    small = _proved_small(system, asked | asked_then, np.maximum(most, most_then))
    small |= _small_changes(system, both, highest)
    return _told_once(system, [name for name, place in system.where.items() if place in small])


def _change(system: System, key: object) -> float | None:
    """By how much a count moved that is told exactly both times."""
    now, then = system.where["now", key], system.where["then", key]
    is_exact = all(system.lower[place] == system.upper[place] for place in (now, then))
    return system.lower[now] - system.lower[then] if is_exact else None


def _small_changes(system: System, keys: Sequence[object], highest: int) -> set[int]:
    """The counts that moved, by few, for certain: a change is a count of people too."""
    lower, upper = propagated(relations_of(system), *bounds_of(system))
    found = set()
    for key in keys:
        fewer, more = lower[system.where["change", key]], upper[system.where["change", key]]
        if max(fewer, -more) >= 1 and max(-fewer, more) <= highest:
            found.add(system.where["now", key])
    return found


def _asked(
    system: System, listings: Sequence[Listing], highest: int, name: str, spared: frozenset[str]
) -> tuple[Flags, Floats]:
    """Which variables are asked about, (n,): hidden cells, and atoms of released frames that none tells; and up to what.

    What a symbol by itself tells to be small is not asked about here: see `_narrowed`.
    """
    size = len(system.lower)
    asked, limits = np.zeros(size, dtype=bool), np.full(size, float(highest))
    cells = cells_of(listings)
    frames = {cell.frame for cell in cells}
    left_over = _left_over(system, listings, spared)
    for (of, key), place in system.where.items():
        if of == name and (key[0] == "both" or (key[0] in frames and len(key[1]) == 1)):
            asked[place] = not _is_left_over(key, left_over)
    for cell in sorted(cells, key=lambda each: not each.hidden):
        if not cell.hidden and cell.upper == UNBOUNDED:
            continue
        place = system.where[name, system.key(cell.box, cell.frame)]
        asked[place] = cell.hidden and not any(codes <= spared for codes in cell.box.values())
        limits[place] = cell.highest
    asked[list(_told_small(system, cells, name))] = False
    return asked, limits


def _left_over(system: System, listings: Sequence[Listing], spared: frozenset[str]) -> LeftOver:
    """By frame and thing the classes that every listing of the frame leaves over, and those of spared codes alone."""
    apart: dict[Frame, list[Listing]] = {}
    for listing in listings:
        for frame in {cell.frame for cell in listing.cells}:
            apart.setdefault(frame, []).append(listing)
    found = {
        frame: {thing: set(_inside(classes, spared)) for thing, classes in own.items()}
        for frame, own in (system.classes.items() if spared else ())
    }
    for frame, there in apart.items():
        for thing in frozenset(frame).intersection(*(each.rest for each in there)):
            codes = frozenset.intersection(*(each.rest[thing] for each in there))
            found.setdefault(frame, {}).setdefault(thing, set()).update(_inside(system.classes[frame][thing], codes))
    return found


def _is_left_over(key: Any, left_over: LeftOver) -> bool:
    """Whether a variable is what a share leaves over, or what a measure leaves out, as where nothing is recorded.

    The door shows both sides of a share that is not small itself; so this stops no release, as long as nobody hid it.
    """
    if key[0] != "both":
        frame, [atom] = key
        return any(atom[frame.index(thing)] in classes for thing, classes in left_over.get(frame, {}).items())
    _, *frames, block = key
    common = [thing for thing in frames[0] if thing in frames[1]]
    return any(
        part[side] <= left_over.get(frame, {}).get(thing, set())
        for side, frame in enumerate(frames)
        for thing, part in zip(common, block, strict=True)
    )


def _told_small(system: System, cells: Sequence[Told], name: str) -> set[int]:
    """The variables within a cell whose symbol stands for small counts alone, as in rounded tables: it tells no more."""
    small = [cell for cell in cells if cell.hidden and cell.upper <= cell.highest]
    if not small:
        return set()
    found = {system.where[name, system.key(cell.box, cell.frame)] for cell in small}
    for cell in small:
        for frame, own in system.classes.items():
            if set(cell.box) <= set(frame):
                along = [_inside(own[thing], cell.box.get(thing)) for thing in frame]
                found |= {system.where[name, (frame, frozenset((atom,)))] for atom in product(*along)}
    for (of, key), place in system.where.items():
        if of == name and key[0] == "both":
            box = _box(system, key)
            if any(
                set(cell.box) <= set(box) and all(box[each] <= cell.box[each] for each in cell.box) for cell in small
            ):
                found.add(place)
    return found


def _inside(classes: Mapping[str, int], codes: frozenset[str] | None) -> list[int]:
    """The classes that hold none but these codes; all without codes."""
    if codes is None:
        return sorted(set(classes.values()))
    outside = {number for code, number in classes.items() if code not in codes}
    return sorted(set(classes.values()) - outside)


def _proved_small(system: System, asked: Flags, limits: Floats, *, every: bool = False) -> set[int]:
    """The variables asked about that can be no more than their limit, and are not known to be nobody.

    Where passing bounds along finds some, programmes look for more only to find `every` one.
    """
    relations = relations_of(system)
    lower, upper = propagated(relations, *bounds_of(system))
    at_once = asked & (upper <= limits) & (upper >= 1)
    if at_once.any() and not every:
        return {int(place) for place in np.flatnonzero(at_once)}
    open_cells = asked & (upper > limits) & (lower <= limits)
    view = Seen(list(range(len(lower))), relations, lower, upper, open_cells, (1, int(limits.max(initial=1))))
    found = intervals(view, up_to=limits + 1.0, down_to=np.full(len(lower), UNBOUNDED))
    small = at_once | (open_cells & (found.upper <= limits) & (found.upper >= 1))
    return {int(place) for place in np.flatnonzero(small)}


def _narrowed(system: System, listings: Sequence[Listing], highest: int, name: str) -> set[int]:
    """Of what symbols by themselves tell to be small: that of which sums leave fewer than five counts, none 0 nor above."""
    told = _told_small(system, cells_of(listings), name)
    if not told:
        return set()
    lower, upper = propagated(relations_of(system), *bounds_of(system))
    few = (lower >= 1) & (upper <= highest) & (upper - lower + 1 < FEWEST_CANDIDATES)
    return {place for place in told if few[place]}


def _told_once(system: System, names: Iterable[Name]) -> list[Finding]:
    """The findings, each once: several variables may be of the same codes."""
    found = (_box(system, key) for _, key in names)
    return [Finding(box) for box in {frozenset(each.items()): each for each in found}.values()]


def _box(system: System, key: Any) -> dict[str, frozenset[str]]:
    """The codes that a variable is of, along each thing: of atoms and cells, and of what two frames both hold."""
    if key[0] == "both":
        _, frame, other, block = key
        along = {thing: part[0] for thing, part in zip((each for each in frame if each in other), block, strict=True)}
    else:
        frame, atoms = key
        along = {thing: {atom[place] for atom in atoms} for place, thing in enumerate(frame)}
    return {
        thing: frozenset(code for code, number in system.classes[frame][thing].items() if number in numbers)
        for thing, numbers in along.items()
    }
