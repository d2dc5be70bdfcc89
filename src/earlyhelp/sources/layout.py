"""How a source is declared: its parts, their headings, and which column of the standard each heading fills.

A part is what a person would call a list: a sheet of a workbook, a CSV file, a repeating element of a return. Every row
of a part belongs to one table of the standard (its first fill) and is counted there, accepted or quarantined. The other
fills take further facts from the same row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from earlyhelp.standard import Column, Table


@dataclass(frozen=True)
class Heading:
    """A column of the source: the published heading, and other headings councils are known to use for it."""

    name: str
    also: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """All spellings in the form in which headings are compared."""
        return tuple(plain(each) for each in (self.name, *self.also))


@dataclass(frozen=True)
class Fixed:
    """A value that is the same on every row because the part says so (List 4 holds assessments)."""

    value: str


@dataclass(frozen=True)
class PersonOf:
    """The pseudonymous key of the person whose id in the source stands under a heading."""

    heading: str


@dataclass(frozen=True)
class MadeKey:
    """A key for a row that has none of its own: the same person, the same date, the n-th such row of the part.

    Stable between overlapping extracts, so that a row seen twice is known to be one.
    """

    headings: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class Read:
    """A value worked out from the text under a heading by a small function of that text alone."""

    heading: str
    by: Callable[[str], str | None]


Cell = str | Fixed | PersonOf | MadeKey | Read


@dataclass(frozen=True)
class Fill:
    """One row of a standard table made from one row of a part; with `when`, only where that heading holds a value."""

    table: Table
    cells: Mapping[Column, Cell]
    when: str = ""

    def __post_init__(self) -> None:
        for column in self.cells:
            if column.table_name != self.table.table_name:
                raise TypeError(f"{column} is not a column of {self.table.table_name}")


@dataclass(frozen=True)
class Part:
    """One list of a source.

    `headings`: every published heading, in order. `needed`: those without which its rows cannot be placed.
    `name`: a pattern for the sheet or file name.
    """

    title: str
    headings: tuple[Heading, ...]
    fills: tuple[Fill, ...]
    needed: tuple[str, ...]
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        known = {heading.name for heading in self.headings}
        for heading in self.used_headings | set(self.needed):
            if heading not in known:
                raise TypeError(f"{self.title}: no heading {heading!r} is declared")

    @property
    def table(self) -> Table:
        """The table to which each row of the part is counted."""
        return self.fills[0].table

    @cached_property
    def used_headings(self) -> frozenset[str]:
        """The headings whose values reach the standard."""
        return frozenset(name for fill in self.fills for name in headings_of(fill))

    def is_called(self, name: str) -> bool:
        """True when a sheet or file of that name is this part by its name."""
        return bool(self.name) and re.fullmatch(self.name, plain(name)) is not None


@dataclass(frozen=True)
class Source:
    """A supplier system or return that can be read.

    `status` says whether the layout is published, or proposed and to be confirmed. `formats` are file endings.
    `left_out` names parts that are recognised and hold nothing the standard has a place for, with the reason.
    """

    name: str
    title: str
    publisher: str
    status: str
    formats: tuple[str, ...]
    parts: tuple[Part, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def part_called(self, name: str) -> Part | None:
        """The part that a sheet, element or file of that name holds, or None."""
        return next((part for part in self.parts if part.is_called(name)), None)


def plain(text: str) -> str:
    """A heading or name without case, punctuation and spacing, for comparing."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold().replace("&", "and"))


def headings_of(fill: Fill) -> set[str]:
    """The headings one fill reads."""
    used = {fill.when} if fill.when else set()
    for cell in fill.cells.values():
        if isinstance(cell, str):
            used.add(cell)
        elif isinstance(cell, PersonOf | Read):
            used.add(cell.heading)
        elif isinstance(cell, MadeKey):
            used.update(cell.headings)
    return used
