"""The Standard Safeguarding Dataset as its extract gives it: one CSV file a table, everything the system holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from earlyhelp.sources.ssd import ssd
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.writer import Cells, Writer

ROWS: Mapping[str, Rows] = {
    "ssd_person": Rows(
        worked_out={
            "pers_upn_unknown": "CASE WHEN own.is_child AND fill1.value IS NULL THEN 'UN1' END",
            "pers_is_mother": "CASE WHEN own.is_child THEN 'N' END",
        }
    ),
    "ssd_family": Rows(worked_out={"fami_table_id": "row_number() OVER (ORDER BY own._record)"}),
    "ssd_linked_identifiers": Rows(worked_out={"link_table_id": "row_number() OVER (ORDER BY own._record)"}),
}


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder for the day of the extract, one CSV file a table, called as the table is."""
    return write_files(cells, folder / f"ssd_{as_at.isoformat()}")


WRITER = Writer(ssd, write, Style(dates="%Y-%m-%d"), ROWS)
