"""What a declaration of a fault says, and how the faults of cells are struck into the cells of a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.synthetic.faults.luck import Marks, luck_of
from earlyhelp.synthetic.faults.where import Place, Titled
from earlyhelp.synthetic.population import Flags, Ints

Any_ = TypeVar("Any_")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. `about`: what it is, in a sentence. `rate`: how often, of what it can happen to."""

    name: str
    about: str
    rate: float


@dataclass(frozen=True)
class PersonFault(Fault):
    """Something wrong in what a register holds of a person.

    `break_`: from the person's columns (and `earlier_address`, `earlier_postcode`) and luck to the columns that change;
    None where it cannot happen to this person. Of the faults of one `group` a person has one at most.
    """

    group: str = ""
    break_: Callable[[Mapping[str, Any], float], Mapping[str, Any] | None] = lambda row, luck: None


class Struck(NamedTuple):
    """A cell that a fault strikes: its text, luck from 0 to 1, where it stands, and the text under another heading of its row."""

    text: str
    luck: float
    place: Place
    beside: Callable[[str], str | None]

    def one_of(self, options: Sequence[Any_]) -> Any_:
        """One of some options, by luck."""
        return options[min(int(self.luck * len(options)), len(options) - 1)]

    def day(self) -> date | None:
        """The day that the cell's text names, if it is a clean date."""
        return self.place.day_of(self.text)

    def day_beside(self, heading: str) -> date | None:
        """The day under another heading of the row, if there is a clean one."""
        text = self.beside(heading) if heading else None
        return self.place.day_of(text) if text else None


@dataclass(frozen=True)
class CellFault(Fault):
    """Something wrong in a cell.

    `applies`: where it can happen. `break_`: the new text (empty for a blank), None where it cannot happen to this text.
    `kept`: it lies in the record, so that every extract of the system shows it. `lasts`: from that many to so many days
    after the day under `Place.learnt` it is corrected. `quarantines`: a row cannot be placed if the cell is needed for that.
    """

    applies: Callable[[Place], bool] = lambda place: False
    break_: Callable[[Struck], str | None] = lambda struck: None
    kept: bool = True
    lasts: tuple[int, int] | None = None
    quarantines: bool = False


@dataclass(frozen=True)
class RowFault(Fault):
    """A row that is missing, or there twice. `sources`: where; empty for every source whose rows stand in lists.

    `chosen`: from the recording days of the rows (NaT where unknown), their luck, the chance and the extract's day to the
    rows it happens to. `adds`: they are there once more; otherwise they are missing.
    """

    sources: tuple[str, ...] = ()
    adds: bool = False
    chosen: Callable[[np.ndarray, np.ndarray, float, date], Flags] = lambda recorded, luck, chance, day: luck < chance


@dataclass(frozen=True)
class FileFault(Fault):
    """Something wrong with a whole file or sheet. `kinds`: kinds of file it happens to.

    `columns`: from the headings and luck to what stands over the columns, in the order of the file (a name that is no
    heading is an added column). `written`: how the text is written, as encoding and delimiter.
    """

    kinds: tuple[str, ...] = ()
    columns: Callable[[Sequence[Titled], float], Sequence[tuple[str, str]] | None] | None = None
    written: Mapping[str, str] = field(default_factory=dict)


class Hit(NamedTuple):
    """A cell that was struck: row (from 0), column, which fault, and what stood there and stands there."""

    row: int
    heading: str
    fault: str
    was: str
    became: str
    quarantines: bool


class Drawn(NamedTuple):
    """For one extract: the marks of its rows' records and persons, the council's seed, its mess, the file and the day."""

    record: Marks
    person: Marks
    seed: int
    mess: float
    file: str
    day: date


def strike(
    cells: pa.Table, places: Sequence[Place], faults: Sequence[CellFault], drawn: Drawn, spared: Mapping[str, set[int]]
) -> tuple[pa.Table, list[Hit]]:
    """The cells with faults struck into them, and each of these. A cell has one fault at most, a blank one none.

    `spared`: rows, by heading, that are damaged already.
    """
    hits: list[Hit] = []
    for place in places:
        column = cells[place.heading].combine_chunks()
        free = np.array(pc.fill_null(pc.greater(pc.utf8_length(column), 0), False).to_numpy(zero_copy_only=False))
        free[list(spared.get(place.heading, ()))] = False
        found: list[Hit] = []
        for fault in faults:
            if fault.applies(place):
                found += _struck_by(fault, place, cells, column, free, drawn)
        if found:
            cells = replace_cells(cells, place.heading, {hit.row: hit.became for hit in found})
            hits += found
    return cells, hits


def _struck_by(
    fault: CellFault, place: Place, cells: pa.Table, column: pa.Array, free: Flags, drawn: Drawn
) -> list[Hit]:
    rows, luck = _chosen(fault, place, free, drawn)
    hits = []
    for row, lucky in zip(rows.tolist(), luck.tolist(), strict=True):

        def beside(heading: str, row: int = row) -> str | None:
            text: str | None = cells[heading][row].as_py()
            return text

        struck = Struck(column[row].as_py(), lucky, place, beside)
        became = fault.break_(struck) if _still_there(fault, struck, drawn.day) else None
        if became is not None and became != struck.text:
            free[row] = False
            quarantines = fault.quarantines and place.withholds
            hits.append(Hit(row, place.heading, fault.name, struck.text, became, quarantines))
    return hits


def _chosen(fault: CellFault, place: Place, free: Flags, drawn: Drawn) -> tuple[Ints, np.ndarray]:
    """The rows that a fault strikes under a heading, with luck for each of them."""
    of = drawn.person if place.about_person else drawn.record
    purpose = (fault.name, str(place.column)) if fault.kept else (fault.name, drawn.file, place.part, place.heading)
    rows = np.flatnonzero(free & (luck_of(of, drawn.seed, *purpose) < fault.rate * drawn.mess))
    return rows, luck_of(of[rows], drawn.seed, "then", *purpose)


def _still_there(fault: CellFault, struck: Struck, day: date) -> bool:
    if fault.lasts is None:
        return True
    learnt = struck.day_beside(struck.place.learnt)
    first, last = fault.lasts
    return learnt is not None and day < learnt + timedelta(days=first + int(struck.luck * (last - first)))


def replace_cells(cells: pa.Table, heading: str, new: Mapping[int, str]) -> pa.Table:
    """The cells with other texts in some rows of a column; an empty text is a blank."""
    place = cells.column_names.index(heading)
    column = cells.column(place).combine_chunks()
    taken = np.arange(len(column))
    rows = list(new)
    taken[rows] = len(column) + np.arange(len(rows))
    texts = pa.array([text or None for text in new.values()], column.type)
    return cells.set_column(place, heading, pa.concat_arrays([column, texts]).take(pa.array(taken)))
