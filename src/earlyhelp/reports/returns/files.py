"""Writing the lists of a return: one CSV file, an archive of CSV files, or a workbook with a sheet a list."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from earlyhelp.errors import UsageProblem
from earlyhelp.reports.returns.declared import LaidOut
from earlyhelp.sources.writing import write_for_spreadsheets

ABOUT = "readme.txt"
"""What the file of an archive is called that says what the archive is; intake leaves files of that name alone."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, the one with the headings included."""
_STAMP = (1980, 1, 1, 0, 0, 0)
_OWNER_ALONE = 0o600 << 16


def write_lists(laid_out: LaidOut, target: Path) -> None:
    """Write a .csv of the one list there is, a .zip with a CSV file a list, or an .xlsx with a sheet a list.

    The same lists give the same bytes, and no cell of a .csv is taken for a formula. Raises UsageProblem for a list that is
    too long for a sheet.
    """
    if target.suffix == ".csv":
        (table,) = laid_out.tables.values()
        write_for_spreadsheets(table, target)
    elif target.suffix == ".zip":
        _write_archive(laid_out, target)
    else:
        refuse_too_long(laid_out.tables)
        from earlyhelp.sources.writing import write_workbook

        write_workbook(laid_out.tables, target)


def refuse_too_long(tables: Mapping[str, pa.Table]) -> None:
    """Raises UsageProblem when a list has more rows than a sheet can hold under a title and its headings."""
    for name, table in tables.items():
        if table.num_rows > MOST_ROWS - 2:
            raise UsageProblem(
                f"{name} has {table.num_rows:,} rows, more than a sheet of a workbook holds.",
                where="--out",
                fix="Name a .zip file, or ask for fewer days with --from.",
            )


def _write_archive(laid_out: LaidOut, target: Path) -> None:
    """Each list becomes a CSV file in a folder that its owner alone can open, until it is in the archive."""
    parts = target.with_name(f"{target.name}.parts")
    parts.mkdir(mode=0o700)
    try:
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            if laid_out.about:
                archive.writestr(_entry(ABOUT), laid_out.about)
            for name, table in laid_out.tables.items():
                part = parts / f"{name}.csv"
                write_for_spreadsheets(table, part)
                with part.open("rb") as held, archive.open(_entry(part.name), "w", force_zip64=True) as stream:
                    shutil.copyfileobj(held, stream)
                part.unlink()
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _STAMP)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _OWNER_ALONE
    return entry
