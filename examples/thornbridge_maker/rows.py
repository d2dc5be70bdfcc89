"""Files before they are written: rows that can still be spoilt, and that remember what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

Value = str | int | float | date | bool | tuple[str, ...] | None


@dataclass(eq=False)
class Row:
    """One row, or one element of an XML file with the rows nested in it.

    `held_back`: a loader must quarantine it. `extra_cell`: the column whose text fell apart into two cells.
    """

    cells: dict[str, Value]
    element: str = ""
    nested: list[Row] = field(default_factory=list)
    spoilt: bool = False
    held_back: bool = False
    extra_cell: str = ""

    @property
    def blank(self) -> bool:
        """True when no cell holds anything."""
        return not any(value not in (None, "") for value in self.cells.values())

    def walk(self) -> Iterator[Row]:
        """The row and all rows nested in it, in the order in which they are written."""
        yield self
        for row in self.nested:
            yield from row.walk()


@dataclass(eq=False)
class Sheet:
    """One list: a sheet of a workbook, a CSV file, or all elements of one name in an XML file.

    `needed`: the key, then the date of the event itself; without a usable value in each, a row cannot be placed.
    `first_row`: the row number, as Excel shows it, of the first row of data; XML elements are counted from 1.
    """

    name: str
    headings: tuple[str, ...]
    rows: list[Row]
    needed: tuple[str, ...]
    first_row: int = 2
    title: str = ""
    called: str = ""
    reworded: dict[str, str] = field(default_factory=dict)

    def number_of(self, row: Row) -> int:
        """The row number as Excel shows it."""
        return self.first_row + next(place for place, other in enumerate(self.rows) if other is row)


@dataclass(eq=False)
class File:
    """One file of the inbox. `dates` is how its dates are written; the next three fields are for CSV files."""

    name: str
    sheets: list[Sheet]
    dates: str = "%Y-%m-%d"
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"
    front_sheet: tuple[str, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def table_file(
    name: str, headings: str, rows: Iterable[tuple[Value, ...]], needed: str, dates: str = "%Y-%m-%d"
) -> File:
    """A CSV file from rows whose values stand in the order of the headings."""
    columns = tuple(headings.split())
    made = [Row(dict(zip(columns, values, strict=True))) for values in rows]
    return File(f"{name}.csv", [Sheet(name, columns, made, tuple(needed.split()))], dates=dates)
