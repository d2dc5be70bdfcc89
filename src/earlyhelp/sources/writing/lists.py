"""Sources written as plain lists: a folder for the day with a CSV file a list, or a workbook with a sheet a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from earlyhelp.sources.layout import Source, heading_of
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.kinds import in_one_list
from earlyhelp.sources.writing.workbook import write_workbook
from earlyhelp.sources.writing.writer import Cells, Writer
from earlyhelp.standard import Date, Integer, Number

AS_PEOPLE_WRITE = Style(dates="%d/%m/%Y", yes="Yes", no="No")
"""Day before month, and yes or no in words."""


def as_files(source: Source, rows: Mapping[str, Rows] | None = None, *, of_kinds: str = "") -> Writer:
    """The writer of a source that gives a CSV file a list. `of_kinds`: the name of the list that holds several kinds of row."""

    def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
        return write_files(in_one_list(cells, source, of_kinds), folder / f"{source.name}_{as_at.isoformat()}")

    return Writer(source, write, AS_PEOPLE_WRITE, rows or {})


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
