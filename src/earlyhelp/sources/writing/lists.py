"""Sources written as plain lists: a folder for the day with a CSV file a list, or a workbook with a sheet a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from earlyhelp.sources.layout import Source, heading_of
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.kinds import in_one_list
from earlyhelp.sources.writing.workbook import write_workbook
from earlyhelp.sources.writing.writer import Cells, Writer
from earlyhelp.standard import Date, Integer, Number

AS_PEOPLE_WRITE = Style(dates="%d/%m/%Y", yes="Yes", no="No")
"""Day before month, and yes or no in words."""
NEVER = Rows(where="FALSE")
"""A list that is read where a council has it, and never written: another list holds the same."""


def as_files(
    source: Source,
    rows: Mapping[str, Rows] | None = None,
    *,
    of_kinds: str = "",
    style: Style = AS_PEOPLE_WRITE,
    named_in_full: bool = False,
) -> Writer:
    """The writer of a source that gives a CSV file a list.

    `of_kinds`: the name of the list that holds several kinds of row. `named_in_full`: files bear the name of the source and
    the day, as their folder does. Lists whose rows are `NEVER` shown have no file.
    """
    never = {title for title, shown in (rows or {}).items() if shown is NEVER}

    def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
        called = f"{source.name}_{as_at.isoformat()}"
        prefix = f"{called}_" if named_in_full else ""
        return write_files(in_one_list(cells, source, of_kinds), folder / called, prefix)

    return Writer(source, write, style, rows or {}, lambda cells: without(cells, never))


def without(cells: Mapping[str, pa.Table], never: Collection[str]) -> dict[str, pa.Table]:
    """The lists that are written at all."""
    return {title: table for title, table in cells.items() if title not in never}


def as_workbook(source: Source) -> Writer:
    """The writer of a source that gives one workbook, in which dates are dates and numbers numbers."""

    def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{source.name}_{as_at.isoformat()}.xlsx"
        write_workbook(cells, path, dates=_headings_of(source, Date), numbers=_headings_of(source, Integer, Number))
        return [path]

    return Writer(source, write, AS_PEOPLE_WRITE)


def _headings_of(source: Source, *kinds: object) -> set[str]:
    cells = [each for part in source.parts for fill in part.fills for each in fill.cells.items()]
    return {heading for column, cell in cells if column.type in kinds and (heading := heading_of(cell))}
