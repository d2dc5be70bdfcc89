"""Which source a file comes from, and which part of it each grid holds: by the names of sheets and the headings in them."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.ingest.grid import Grid
from earlyhelp.sources import SOURCES, Part, Source
from earlyhelp.sources.layout import plain

_NO_LIST = "no list of this source has these headings"
LIKENESS = 0.9
"""How alike two headings must be (0 to 1) to be taken as one when their words differ: a typing slip, not another word."""


@dataclass(frozen=True)
class Matched:
    """One grid taken as one part: in which row its headings stand, which raw column holds each, and what did not fit.

    `written`: each heading of the part as it stands in the file.
    """

    grid: Grid
    part: Part
    heading_row: int
    columns: dict[str, str]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    written: Mapping[str, str] = field(default_factory=dict)

    def as_written(self, heading: str) -> str:
        """A heading of the part as the file writes it."""
        return self.written.get(heading, heading)

    @property
    def missing_needed(self) -> tuple[str, ...]:
        """Needed headings that the grid has not: its rows cannot be placed."""
        return tuple(name for name in self.part.needed if name not in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """Published headings that the grid has not and whose values the standard could hold."""
        return tuple(
            h.name for h in self.part.headings if h.name not in self.columns and h.name in self.part.used_headings
        )


@dataclass(frozen=True)
class Recognised:
    """A file taken as one source: its parts, and the grids nobody reads, each with the reason."""

    source: Source
    matched: tuple[Matched, ...]
    left_out: tuple[tuple[str, str], ...]


def recognise(
    grids: Sequence[Grid], name: str, wanted: str | None = None, sources: Mapping[str, Source] = SOURCES
) -> Recognised:
    """The source whose parts fit the grids best; of those that fit as well, the first.

    Raises InputRefused when none does.
    """
    tried = [_taken_as(source, grids) for source in _sources(wanted, sources)]
    best = max(tried, key=_fit)
    if any(not each.missing_needed for each in best.matched):
        return best
    raise _not_recognised(tried, name)


def _sources(wanted: str | None, sources: Mapping[str, Source]) -> Sequence[Source]:
    if wanted is None:
        return list(sources.values())
    if wanted not in sources:
        raise UsageProblem(
            f"There is no source {wanted}.", where="--source", fix=f"Choose one of: {', '.join(sources)}."
        )
    return [sources[wanted]]


def _fit(recognised: Recognised) -> float:
    return sum(_score(each) for each in recognised.matched if not each.missing_needed)


def _score(matched: Matched) -> float:
    return _share(matched) + (0.5 if matched.part.is_called(matched.grid.name) else 0.0)


def _share(matched: Matched) -> float:
    """The share of the grid's headings that the part knows."""
    return len(matched.columns) / max(len(matched.columns) + len(matched.unknown), 1)


def _taken_as(source: Source, grids: Sequence[Grid]) -> Recognised:
    matched: list[Matched] = []
    left_out: list[tuple[str, str]] = []
    for grid in grids:
        reason = source.reason_to_leave(grid.name)
        found = None if reason else _best_part(source, grid)
        if found:
            matched.append(found)
        else:
            left_out.append((grid.name, reason or _NO_LIST))
    return Recognised(source, tuple(matched), tuple(left_out))


def _best_part(source: Source, grid: Grid) -> Matched | None:
    """The part a grid holds: the one of its name, unless that lacks what it needs and another knows more of the headings.

    A part that knows too few of the headings is taken only by its name.
    """
    called = source.part_called(grid.name)
    named = match_headings(grid, called) if called else None
    if named and not named.missing_needed:
        return named
    tries = [match_headings(grid, part) for part in source.parts]
    fitting = [each for each in tries if not each.missing_needed and _share(each) >= source.least_known]
    best = max(fitting, key=_share, default=None)
    if named and (best is None or _share(best) <= _share(named)):
        return named
    return best


def match_headings(grid: Grid, part: Part) -> Matched:
    """The row among the top rows that holds most of the part's headings, and where each heading stands in it."""
    rows = [(0, grid.headings)] if grid.headings is not None else [*grid.top, *grid.titled]
    best: tuple[int, Sequence[str], dict[str, int]] = (0, [], {})
    for number, row in rows:
        cells = row[: grid.width]
        if len(part.spellings & _spelt(tuple(cells)).keys()) > len(best[2]):
            places = _places(part, cells)
            best = max(best, (number, cells, places), key=lambda each: len(each[2]))
    number, cells, places = best
    if places and (part.is_called(grid.name) or _knows_a_third(places, cells)):
        places |= _near_places(part, cells, places)
    return _matched(grid, part, number, cells, places)


def _knows_a_third(places: Mapping[str, int], cells: Sequence[str]) -> bool:
    """Of a row in which fewer headings are known as they stand, the others are not guessed unless the name says the list."""
    return 3 * len(places) >= len(_spelt(tuple(cells)))


@lru_cache(maxsize=10_000)
def _spelt(cells: tuple[str, ...]) -> dict[str, int]:
    """The texts of a row in the form in which headings are compared, each with its first place."""
    spelt: dict[str, int] = {}
    for index, cell in enumerate(cells):
        spelt.setdefault(plain(cell), index)
    spelt.pop("", None)
    return spelt


def _places(part: Part, cells: Sequence[str]) -> dict[str, int]:
    """Headings that stand in the row in one of their known spellings, with their places."""
    spelt = _spelt(tuple(cells))
    places: dict[str, int] = {}
    for heading in part.headings:
        free = (spelt[s] for s in heading.spellings if s in spelt and spelt[s] not in places.values())
        if (place := next(free, None)) is not None:
            places[heading.name] = place
    return places


def _near_places(part: Part, cells: Sequence[str], taken: dict[str, int]) -> dict[str, int]:
    """Headings not found that are nearly one of the free cells; where two cells would do, neither is taken."""
    free = {
        index: plain(cell) for index, cell in enumerate(cells) if index not in taken.values() and len(plain(cell)) > 5
    }
    near: dict[str, int] = {}
    for heading in part.headings:
        if heading.name not in taken and free:
            fitting = [index for index, cell in free.items() if any(_alike(cell, s) for s in heading.spellings)]
            if len(fitting) == 1:
                near[heading.name] = fitting[0]
                del free[fitting[0]]
    return near


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> bool:
    """True when two headings differ by a slip of the pen. Digits must agree."""
    if abs(len(one) - len(other)) > 0.2 * max(len(one), len(other)) or _digits(one) != _digits(other):
        return False
    pair = difflib.SequenceMatcher(None, one, other)
    return pair.quick_ratio() >= LIKENESS and pair.ratio() >= LIKENESS


def _matched(grid: Grid, part: Part, number: int, cells: Sequence[str], places: dict[str, int]) -> Matched:
    taken = set(places.values())
    known = {spelling for heading in part.headings for spelling in heading.spellings}
    unread = [" ".join(cell.split()) for index, cell in enumerate(cells) if index not in taken and plain(cell)]
    repeated = tuple(cell for cell in unread if plain(cell) in known)
    written = {name: " ".join(cells[place].split()) for name, place in places.items()}
    columns = {name: f"c{place}" for name, place in places.items()}
    return Matched(grid, part, number, columns, tuple(unread), repeated, written)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _not_recognised(tried: Sequence[Recognised], name: str) -> InputRefused:
    """Why nothing fits: a list known and not read, a list that lacks a heading, or nothing that is known."""
    known = [(grid, why) for each in tried for grid, why in each.left_out if why != _NO_LIST and not each.matched]
    lacking = [m for each in tried for m in each.matched if m.columns and m.part.is_called(m.grid.name)]
    if lacking:
        worst = max(lacking, key=lambda matched: len(matched.columns))
        heads = ", ".join(worst.missing_needed)
        return InputRefused(
            f"{worst.part.title} was found, but not its heading{'s' if ',' in heads else ''} {heads}.",
            where=f"{name}, {worst.grid.name}",
            fix=f"Name the column as published, or {_map_it(name)}",
        )
    if known:
        grid, why = known[0]
        return InputRefused(
            f"Nothing in the file can be read: {why}.", where=f"{name}, {grid}", fix="Leave the file out."
        )
    looked_for = f"list of {tried[0].source.name}" if len(tried) == 1 else "layout that can be read"
    return InputRefused(
        f"The headings match no {looked_for}.",
        where=name,
        fix=f"Check that the headings stand in one row, or {_map_it(name)}. Layouts that can be read: earlyhelp sources.",
    )


def _map_it(name: str) -> str:
    return f"map the file: earlyhelp map DIR {shlex.quote(name)}"
