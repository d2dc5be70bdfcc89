"""The standard's own layout: one file a table, CSV or Parquet, every column the records hold, codes as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from earlyhelp.sources.standard_layout import standard_layout
from earlyhelp.sources.writing.cells import Style
from earlyhelp.sources.writing.delimited import write_files, write_parquet
from earlyhelp.sources.writing.writer import Cells, Writer
from earlyhelp.standard import NOT_RECORDED

_STYLE = Style(not_recorded=NOT_RECORDED)


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder of CSV files named after the tables."""
    return write_files(cells, folder / f"standard_{as_at.isoformat()}")


def write_as_parquet(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder of Parquet files named after the tables."""
    into = folder / f"standard_{as_at.isoformat()}"
    into.mkdir(parents=True, exist_ok=True)
    paths = [into / f"{title}.parquet" for title in cells]
    for path, table in zip(paths, cells.values(), strict=True):
        write_parquet(table, path)
    return paths


WRITER = Writer(standard_layout, write, _STYLE)
PARQUET_WRITER = Writer(standard_layout, write_as_parquet, _STYLE, first_row=1)
