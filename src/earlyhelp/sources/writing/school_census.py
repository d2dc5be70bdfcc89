"""The school census of the term in which a day lies: the pupils who had sessions in the term before, and what hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from earlyhelp.sources.school_census import SCHOOL, school_census
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.lists import NEVER, without
from earlyhelp.sources.writing.service_columns import PERSON, RECORD
from earlyhelp.sources.writing.writer import Cells, Writer, those_in

AUTUMN, SUMMER = 9, 5
"""Months from which a day lies in the census of the autumn, and of the summer; before them it is that of the spring."""
_TERM = f"CASE WHEN month(day.as_at) >= {AUTUMN} THEN 'summer' WHEN month(day.as_at) >= {SUMMER} THEN 'spring' ELSE 'autumn' END"
_YEAR = "(year(day.as_at) - 1) || '-' || lpad(CAST(year(day.as_at) % 100 AS VARCHAR), 2, '0')"
_NOT_WRITTEN = (
    "pupilnolongeronroll",
    "termlysessiondetailsoffroll",
    "termlyexclusionsoffroll",
    "fsmperiodsoffroll",
    "addressesoffroll",
    SCHOOL,
)


def _of_the_term(row: str) -> str:
    return f"{row}.academic_year = {_YEAR} AND {row}.term = {_TERM}"


_PERIODS = f"FROM known_attendance_period AS a WHERE a.person_key = own.person_key AND {_of_the_term('a')}"


def _told(column: str) -> str:
    return f"(SELECT max(a.{column}) {_PERIODS})"


ROWS: Mapping[str, Rows] = {
    "pupilonroll": Rows(
        where=f"EXISTS (SELECT 1 {_PERIODS})",
        worked_out={
            "termlysessionspossible": _told("possible"),
            "termlysessionsauthorised": _told("authorised"),
            "termlysessionsunauthorised": _told("unauthorised"),
            "NativeId": _told("school_urn"),
        },
    ),
    "termlysessiondetailsonroll": Rows(where=_of_the_term("own")),
    **{
        table: Rows(worked_out={f"{table}tableid": f"own.{RECORD}"})
        for table in ("termlyexclusionsonroll", "fsmperiodsonroll")
    },
    **dict.fromkeys(_NOT_WRITTEN, NEVER),
}


def on_roll(cells: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The pupils on roll and what is told of them; nobody is listed as no longer on roll."""
    shown = without(cells, _NOT_WRITTEN)
    pupils = shown.get("pupilonroll")
    if pupils is None:
        return shown
    return {title: those_in(table, PERSON, pupils, PERSON) for title, table in shown.items()}


def census_term(as_at: date) -> str:
    """The term of the census in which a day lies."""
    return "autumn" if as_at.month >= AUTUMN else "summer" if as_at.month >= SUMMER else "spring"


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder for the census, one CSV file a table, named after the year, the term and the table."""
    name = f"{as_at.year}_{census_term(as_at)}"
    return write_files(cells, folder / f"school_census_{name}", f"{name}_")


WRITER = Writer(school_census, write, Style(dates="%Y-%b-%d 00:00:00", yes="True", no="False"), ROWS, on_roll)
