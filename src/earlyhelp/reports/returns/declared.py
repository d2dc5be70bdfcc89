"""What a return is: whose layout, what it holds, of which days, and where each of its columns comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from earlyhelp.check.fix_list import Line
from earlyhelp.errors import UsageProblem
from earlyhelp.release import Policy
from earlyhelp.sources import Heading, Part, PersonOf, heading_of
from earlyhelp.standard import Column, person


@dataclass(frozen=True)
class Drawn:
    """What a return is drawn from, and what it may know beside the records.

    `as_at`: the day the snapshot is as at. `first` and `last`: the days asked for, both included; without `first` the
    return's own. `salt` makes ids of a return that nobody can lead back to records without the council's key. `files`: the
    name of the file by feed. `policy`: what of counts may be shown.
    """

    as_at: date
    last: date
    first: date | None = None
    council: str = ""
    snapshot: str = ""
    year_starts: int = 4
    salt: str = ""
    policy: Policy | None = None
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A column of a return: the list it stands in, its heading, and the columns of the standard it is taken from.

    `note` says what those do not: that it is worked out, how it is made coarser, or that nobody keeps it.
    """

    part: str
    heading: str
    comes_from: tuple[Column, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class LaidOut:
    """A return as it will be written: its lists by name, remarks in sentences, and what is not valid.

    `readiness`: how much of what is asked for is filled, as released; for returns that are validated. `about`: sentences
    that go with the file.
    """

    tables: Mapping[str, pa.Table]
    notes: tuple[str, ...] = ()
    invalid: tuple[Line, ...] = ()
    readiness: Mapping[str, object] | None = None
    about: str = ""


@dataclass(frozen=True)
class Return:
    """A return: `lay_out` gives its lists for what is drawn, `write` puts them into a file of one of `endings`.

    `period` says of which days it is; with `own_period` those cannot be chosen. `identity`: it reads the side of the
    store that names people. `validated`: what is not valid keeps it from being written, unless that is wanted.
    """

    name: str
    title: str
    holds: str
    publisher: str
    source: str
    period: str
    endings: tuple[str, ...]
    columns: tuple[Cell, ...]
    about_people: bool
    identity: bool
    lay_out: Callable[[duckdb.DuckDBPyConnection, Drawn], LaidOut]
    write: Callable[[LaidOut, Path], None]
    own_period: bool = False
    validated: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its lists, in order."""
        return tuple(dict.fromkeys(cell.part for cell in self.columns))

    def takes(self, drawn: Drawn) -> None:
        """Raises UsageProblem for days that the return cannot be drawn for."""
        if drawn.last > drawn.as_at:
            raise UsageProblem(
                f"The records are as at {drawn.as_at}: nothing is known of later days.",
                where="--to",
                fix=f"Give {drawn.as_at} or an earlier day.",
            )
        if drawn.first and self.own_period:
            raise UsageProblem(f"{self.title} covers {self.period}.", where="--from", fix="Leave --from out.")
        if drawn.first and drawn.first > drawn.last:
            raise UsageProblem("The first day is after the last.", where="--from", fix="Give an earlier day.")


def cells_of(part: Part, notes: Mapping[str, str]) -> tuple[Cell, ...]:
    """The columns of a list as its source declares it; `notes` for headings that are worked out."""
    return tuple(_cell(part, heading, notes) for heading in part.headings)


def _cell(part: Part, heading: Heading, notes: Mapping[str, str]) -> Cell:
    """What is written under a heading is what the first fill says that reads it; a person is shown by their number."""
    told = ([(c, cell) for c, cell in fill.cells.items() if heading_of(cell) == heading.name] for fill in part.fills)
    first = next((cells for cells in told if cells), [])
    columns = tuple(person.source_person_id if isinstance(cell, PersonOf) else column for column, cell in first)
    note = notes.get(heading.name, "")
    return Cell(part.title, heading.name, columns, note or ("" if columns else "Not held: left blank."))


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number:,} {one if number == 1 else many}"


def sentences(told: Iterable[tuple[int, str, str]]) -> tuple[str, ...]:
    """A sentence for each count that is not zero: its noun phrase for one and for many."""
    return tuple(f"{counted(number, one, many)}." for number, one, many in told if number)
