"""The SSDA903 return of a collection year: children looked after in it, their episodes of care, when they were missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from earlyhelp.sources.ssda903 import ssda903
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.service_columns import PERSON
from earlyhelp.sources.writing.writer import Cells, Writer, financial_year, those_in

_OPEN_IN_YEAR = "coalesce(own.end_date, day.as_at) >= day.year_start"
_NUMBER = "coalesce(fill1.value, CASE WHEN own.dob <= day.as_at - INTERVAL 5 YEAR THEN 'UN5' ELSE 'UN1' END)"

ROWS: Mapping[str, Rows] = {
    "header": Rows(worked_out={"UPN": _NUMBER}),
    "episodes": Rows(where=_OPEN_IN_YEAR),
    "missing": Rows(where=_OPEN_IN_YEAR, worked_out={"DOB": "strftime(about.dob, '%d/%m/%Y')", "MISSING": "'M'"}),
}


def _looked_after(cells: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """What is told of the children who have an episode in the year."""
    if not {"header", "episodes"} <= set(cells):
        return cells
    episodes = those_in(cells["episodes"], PERSON, cells["header"], PERSON)
    return {title: those_in(table, PERSON, episodes, PERSON) for title, table in cells.items()}


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder for the collection year, one CSV file a table."""
    year = financial_year(as_at)
    return write_files(cells, folder / f"ssda903_{year}", f"ssda903_{year}_")


WRITER = Writer(ssda903, write, Style(dates="%d/%m/%Y"), ROWS, _looked_after)
