"""Where a fault can happen: the headings of a part that are read, what stands under them, and in what kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from earlyhelp.sources import Among, Cell, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Read, Shaped, heading_of
from earlyhelp.sources.writing import Writer
from earlyhelp.standard import (
    CodeType,
    Column,
    Date,
    Key,
    Type,
    eh_assessment,
    eh_episode,
    person,
    social_care_event,
)
from earlyhelp.standard.constraints import OnOrAfter
from earlyhelp.synthetic.faults.words import Words

ENDS = (social_care_event.end_date, eh_episode.end_date, eh_assessment.completion_date)
FORMATS: Mapping[str, str] = {"annex_a": "xlsx", "cin_census": "xml"}
"""The kind of file a source is written as, where it is not CSV."""


@dataclass(frozen=True)
class Place:
    """A heading of a part, by its name in the file, and the column of the standard it is read into.

    `format`: csv, xlsx or xml. `withholds`: a row without a value here cannot be placed. `about_person`: a fact of the
    person and not of the row's event. `texts`: what stands for each code. `dates`: how dates are written. `starts`:
    the heading of the date that must not be later than this one. `learnt`: the heading of the date with which this is learnt.
    `words`: local words by the text they stand for.
    """

    source: str
    format: str
    part: str
    heading: str
    column: Column
    withholds: bool
    about_person: bool
    dates: str
    texts: Mapping[str, str] = field(default_factory=dict)
    starts: str = ""
    learnt: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def kind(self) -> Type:
        """The type of the column."""
        return self.column.type

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of the code that each text stands for."""
        codes = self.column.code_list
        return {text: codes.label(code) for code, text in self.texts.items()} if codes else {}

    def day_of(self, text: str) -> date | None:
        """The day a text names in the way this source writes dates; None for any other text."""
        try:
            return datetime.strptime(text, self.dates).date()
        except ValueError:
            return None


@dataclass(frozen=True)
class Titled:
    """A heading as it stands in a file, and other spellings that councils are known to use."""

    name: str
    also: tuple[str, ...] = ()


def format_of(source: str) -> str:
    """The kind of file that a source is written as: csv, xlsx or xml."""
    return FORMATS.get(source, "csv")


def places_of(writer: Writer, part: Part, year: int, words: Words) -> list[Place]:
    """Where faults can happen in a part as written in the collection of a year, in the order of its headings.

    Left out: what is worked out from other cells, what has no column, and the ids by which the blocks of an XML are nested.
    """
    rows = writer.rows.get(part.title)
    derived = {*rows.worked_out, *rows.repeated} if rows else set()
    found = []
    for heading in part.headings:
        read = next(_readings(part, heading.name), None)
        if read and heading.name not in derived and not _nests(writer, read[1], read[2]):
            found.append(_place(writer, part, heading, year, words, *read))
    return found


def _readings(part: Part, heading: str) -> Iterator[tuple[Fill, Column, Cell]]:
    for fill in part.fills:
        for column, cell in fill.cells.items():
            if heading_of(cell) == heading:
                yield fill, column, cell


def _nests(writer: Writer, column: Column, cell: Cell) -> bool:
    return format_of(writer.source.name) == "xml" and column.type is Key and isinstance(cell, PersonOf)


def _place(
    writer: Writer, part: Part, heading: Heading, year: int, words: Words, fill: Fill, column: Column, cell: Cell
) -> Place:
    own = fill is part.fills[0]
    texts = _texts(column, cell, heading, year)
    return Place(
        source=writer.source.name,
        format=format_of(writer.source.name),
        part=part.title,
        heading=heading.called(year),
        column=column,
        withholds=_withholds(part, heading.name),
        about_person=fill.table is person,
        dates=writer.style.dates,
        texts=texts,
        starts=_starts(fill, column) if own else "",
        learnt=_learnt(fill) if own else "",
        words=words.by_text(column, texts),
    )


def _withholds(part: Part, heading: str) -> bool:
    """True where the part's own rows need a value under the heading to be placed, directly or for a made key.

    A required code that is missing is taken as not recorded, even where it is part of a key.
    """
    fill = part.fills[0]
    needed: set[str] = set()
    for column in (each for each in fill.table.withholding if not each.coded):
        cell = fill.cells.get(column)
        made = set(cell.headings) if isinstance(cell, MadeKey) else {heading_of(cell) or ""}
        needed |= made
    return heading in needed


def _texts(column: Column, cell: Cell, heading: Heading, year: int) -> Mapping[str, str]:
    """What the source writes for each code that can stand under the heading."""
    codes = column.code_list
    if not codes or isinstance(cell, Fixed | Shaped):
        return {}
    wording = heading.wording(year)
    said = dict(cell.written) if isinstance(cell, Read) else dict(wording.texts)
    allowed = cell.codes if isinstance(cell, Among) else codes.codes
    if isinstance(cell, Read) or wording.others:
        return said
    return {code: said.get(code, code) for code in allowed if _in_use(column, code, year)}


def _in_use(column: Column, code: str, year: int) -> bool:
    codes = column.code_list
    return codes is not None and any(value.code == code and value.valid_in(min(year, 2026)) for value in codes.values)


def _starts(fill: Fill, column: Column) -> str:
    rule = next((each for each in column.rules if isinstance(each, OnOrAfter)), None)
    other = fill.table.columns.get(rule.other) if rule and column.type is Date else None
    return (heading_of(fill.cells.get(other)) or "") if other else ""


def _learnt(fill: Fill) -> str:
    end = next((column for column in ENDS if column in fill.cells), None)
    return (heading_of(fill.cells[end]) or "") if end else ""


def is_coded(place: Place) -> bool:
    """True for a code, or several."""
    return isinstance(place.kind, CodeType)


def in_sheets(place: Place) -> bool:
    """True for what people open in a spreadsheet: workbooks and CSV."""
    return place.format != "xml"
