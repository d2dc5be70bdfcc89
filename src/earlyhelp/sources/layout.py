"""How a source is declared: its parts, their headings, and which column of the standard each heading fills.

A part is what a person would call a list: a sheet of a workbook, a CSV file, a repeating element of a return. Every row
of a part belongs to one table of the standard (its first fill) and is counted there, accepted or quarantined. The other
fills take further facts from the same row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from earlyhelp.standard import CodeList, Column, Table

PROPOSED = "proposed, to be confirmed by your export"
"""The status of a layout that nobody has published: headings as councils use them, which a column map may overrule."""


@dataclass(frozen=True)
class Wording:
    """How the source writes the codes of a heading: its text for a code of the standard; a code without one stands bare.

    Yes and no are the codes of a column that is true or false. `others`: the text for every code that has none of its own.
    `until`: the last collection so written (the year in which the reporting year ends); `called`: the heading's name then.
    """

    texts: Mapping[str, str]
    others: str = ""
    until: int | None = None
    called: str = ""


@dataclass(frozen=True)
class Heading:
    """A column of the source: the published heading, and other headings councils are known to use for it.

    `wordings`: how its codes are written, older wordings before later ones; none where they stand bare.
    """

    name: str
    also: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """All spellings in the form in which headings are compared."""
        return tuple(plain(each) for each in (self.name, *self.also))

    def wording(self, year: int) -> Wording:
        """How its codes are written in the collection of a year."""
        fitting = (each for each in self.wordings if each.until is None or year <= each.until)
        return next(fitting, Wording({}))

    def called(self, year: int) -> str:
        """Its name in the collection of a year."""
        return self.wording(year).called or self.name


@dataclass(frozen=True)
class Fixed:
    """A value that is the same on every row because the part says so (List 4 holds assessments)."""

    value: str


@dataclass(frozen=True)
class PersonOf:
    """The pseudonymous key of the person whose id in the source stands under a heading.

    `nobody`: what the source writes in place of an id where there is no person.
    """

    heading: str
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeKey:
    """A key for a row that has none of its own: the same person, the same date, the n-th such row of the part.

    Stable between overlapping extracts, so that a row seen twice is known to be one. `of`: the label of the key that an
    earlier fill made: this one is made of all that it is made of, too.
    """

    headings: tuple[str, ...]
    label: str = ""
    of: str = ""


@dataclass(frozen=True)
class KeyOf:
    """The key that was made for another row of the same source row, by the label of its `MadeKey`; an earlier fill makes it."""

    label: str


@dataclass(frozen=True)
class Joined:
    """Texts of several headings that together are one: what a person is known by who has no number.

    Nothing where the first of them is blank, or all but one. `instead`: headings that are added where one of them is blank.
    """

    headings: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """A value worked out from the text under a heading by a small function of that text alone.

    `written`: the way back, a text for each code that has one; where none is given the code itself is written.
    """

    heading: str
    by: Callable[[str], str | None]
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Among:
    """A code that can only be one of some codes of its list under this heading; `words` are spellings that hold here alone.

    "Neglect" is a code of its own among categories of abuse; as a primary need it is abuse or neglect.
    """

    heading: str
    codes: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def part_of(self, whole: CodeList) -> CodeList:
        """The part of the list that can stand under the heading, with the spellings that hold here."""
        values = (value for value in whole.values if value.code in self.codes)
        spelt = tuple(replace(value, aliases=(*value.aliases, *self.words.get(value.code, ()))) for value in values)
        return replace(whole, name=f"{whole.name} under {self.heading}", values=spelt)


@dataclass(frozen=True)
class Shaped:
    """A text that always has one shape under this heading; what has another is kept and flagged."""

    heading: str
    pattern: str


@dataclass(frozen=True)
class Named:
    """What the name of the sheet or file says, by a small function of that name alone: the term of a census."""

    by: Callable[[str], str | None]


@dataclass(frozen=True)
class Kind:
    """Which rows are a part's own, where one list holds rows of several kinds: the text under a heading tells.

    `name`: what the kind is called. `pattern`: what the text is like (a regular expression, compared as headings are,
    without case, punctuation and spacing); without one, every row that no other kind claims.
    """

    name: str
    heading: str
    pattern: str = ""


@dataclass(frozen=True)
class OwnNumber:
    """A number that siblings may share, made each person's own: the first to bear it keeps it, and the others get a mark.

    The number of a workflow stands on the rows of all the children in it, and the standard holds a record for each of them.
    `heading`: where it stands. `person`: the heading of the id of whom the row is about. `by`: the heading of the date that
    tells who came first; on one day it is the smaller id, so that the order of the file decides nothing. `among`: the kinds
    of row that show whose number it is; all where none are named. The mark is made of the person's pseudonym.
    """

    heading: str
    person: str
    by: str
    among: tuple[Kind, ...] = ()

    @property
    def told(self) -> str:
        """The name under which fills read it as if it were a heading."""
        return f"{self.heading} of each person"

    @property
    def headings(self) -> frozenset[str]:
        """The headings it is made of."""
        return frozenset({self.heading, self.person, self.by})


Cell = str | Fixed | PersonOf | MadeKey | KeyOf | Read | Among | Shaped | Named | OwnNumber


def heading_of(cell: Cell | None) -> str | None:
    """The one heading whose text a cell is read from; None for a cell that is fixed or made from several."""
    if isinstance(cell, str):
        return cell
    return cell.heading if isinstance(cell, PersonOf | Read | Among | Shaped | OwnNumber) else None


@dataclass(frozen=True)
class Fill:
    """One row of a standard table made from one row of a part.

    With `when`, only where that heading holds a value, and none that has the shape of `unless` (a regular expression for
    what stands there in place of a value). `within_days`: where it is another event of the same person than the part's
    first fill, how many days after that one it may have happened and still be written in its row. `recorded`: the heading of
    the day on which the row was entered, where the layout has one.
    """

    table: Table
    cells: Mapping[Column, Cell]
    when: str = ""
    unless: str = ""
    within_days: int = 0
    recorded: str = ""

    def __post_init__(self) -> None:
        for column, cell in self.cells.items():
            if column.table_name != self.table.table_name:
                raise TypeError(f"{column} is not a column of {self.table.table_name}")
            if isinstance(cell, Among) and not (column.code_list and set(cell.codes) <= set(column.code_list.codes)):
                raise TypeError(f"{column} does not take its codes from among {', '.join(cell.codes)}")

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings the fill reads."""
        used = {heading_of(cell) for cell in self.cells.values()} | {self.when, self.recorded}
        for cell in self.cells.values():
            used |= set(cell.headings) if isinstance(cell, MadeKey | OwnNumber) else set()
        return frozenset(heading for heading in used if heading)


@dataclass(frozen=True)
class Carried:
    """What stands under `heading` in another row of the same chain: in that of the first of `kinds` that the chain has.

    Rows of a chain have the same text under `chain`, or the same number there, which is then each person's own. Of several
    rows of a kind the earliest by the date under `by` speaks, or with `last` the latest; then the one that stands first, or
    last.
    """

    heading: str
    kinds: tuple[Kind, ...]
    chain: str | OwnNumber
    by: str
    last: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """The headings it is made of."""
        chain = {self.chain} if isinstance(self.chain, str) else self.chain.headings
        return frozenset({self.heading, *chain, self.by, *(kind.heading for kind in self.kinds)})


@dataclass(frozen=True)
class Part:
    """One list of a source, or the rows of one kind in a list of several.

    `headings`: every published heading, in order. `needed`: those without which its rows cannot be placed.
    `name`: a pattern for the sheet or file name. `kind`: which rows are its own; all where there is none. `carried`: what
    other rows of the chain say, by the name under which fills read it as if it were a heading. `joined`: texts of several
    headings as one, by the name under which fills read it so. `refused`: what the
    publisher's own validator would refuse in a row, given the texts under its headings; empty for a sound one.
    """

    title: str
    headings: tuple[Heading, ...]
    fills: tuple[Fill, ...]
    needed: tuple[str, ...]
    name: str = ""
    note: str = ""
    kind: Kind | None = None
    carried: Mapping[str, Carried] = field(default_factory=dict)
    joined: Mapping[str, Joined] = field(default_factory=dict)
    refused: Callable[[Mapping[str, str]], str] | None = None

    def __post_init__(self) -> None:
        published = {heading.name for heading in self.headings}
        made_of = {heading for carried in self.carried.values() for heading in carried.headings}
        made_of = made_of.union(*((*each.headings, *each.instead) for each in self.joined.values()))
        if self.joined and self.kind:
            raise TypeError(f"{self.title}: texts are not joined in lists of several kinds")
        for heading in made_of | ({self.kind.heading} if self.kind else set()):
            if heading not in published:
                raise TypeError(f"{self.title}: no heading {heading!r} is declared")
        known = published | set(self.carried) | set(self.joined)
        for heading in self.used_headings | set(self.needed):
            if heading not in known:
                raise TypeError(f"{self.title}: no heading {heading!r} is declared")

    @property
    def table(self) -> Table:
        """The table to which each row of the part is counted."""
        return self.fills[0].table

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every spelling of every heading, in the form in which headings are compared."""
        return frozenset(spelling for heading in self.headings for spelling in heading.spellings)

    @cached_property
    def used_headings(self) -> frozenset[str]:
        """The headings whose values reach the standard, and those of which they are made."""
        used = {heading for fill in self.fills for heading in fill.headings}
        behind = [carried.headings for name, carried in self.carried.items() if name in used]
        behind += [frozenset((*each.headings, *each.instead)) for name, each in self.joined.items() if name in used]
        return frozenset(used).union(*behind, {self.kind.heading} if self.kind else ())

    def heading_for(self, column: Column) -> str | None:
        """The heading a column of the standard is read from in this part, or None."""
        headings = (heading_of(fill.cells.get(column)) for fill in self.fills)
        return next((heading for heading in headings if heading), None)

    def is_called(self, name: str) -> bool:
        """True when a sheet or file of that name is this part by its name."""
        return bool(self.name) and re.fullmatch(self.name, _called(name)) is not None


@dataclass(frozen=True)
class Source:
    """A supplier system or return that can be read.

    `status` says whether the layout is published, or proposed and to be confirmed. `formats` are file endings.
    `left_out` names parts that are recognised and hold nothing the standard has a place for, with the reason.
    `least_known`: the share of a list's headings from which on it is taken for a part that it is not named after.
    """

    name: str
    title: str
    publisher: str
    status: str
    formats: tuple[str, ...]
    parts: tuple[Part, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    least_known: float = 0.5

    def part_called(self, name: str) -> Part | None:
        """The part that a sheet, element or file of that name holds, or None."""
        return next((part for part in self.parts if part.is_called(name)), None)

    def kinds_beside(self, part: Part) -> tuple[Part, ...]:
        """The parts for the kinds of row in the list of a part, itself among them; none where all rows are of one kind."""
        headings = [heading.name for heading in part.headings]
        alike = (each for each in self.parts if [heading.name for heading in each.headings] == headings)
        return tuple(each for each in alike if each.kind) if part.kind else ()

    def reason_to_leave(self, name: str) -> str:
        """Why a sheet or file of that name is not read; empty when nothing speaks against it."""
        if self.part_called(name):
            return ""
        return next((why for pattern, why in self.left_out.items() if re.fullmatch(pattern, _called(name))), "")


def _called(name: str) -> str:
    """The name of a sheet or file without the number that a copy is given: "List 1 (2)" is a list 1."""
    return plain(re.sub(r"\s*\(\d+\)$", "", name))


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A heading or name without case, punctuation and spacing, for comparing."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold().replace("&", "and"))
