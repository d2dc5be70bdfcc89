"""Writing cells as a workbook: a sheet a part, a title above the headings, real dates where a cell is a date.

The same cells give the same bytes: the workbook's own dates of making are fixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from xlsxwriter import Workbook

from earlyhelp.sources.writing.service_columns import cells_only

MANY_CELLS = 1_000_000
"""From here on a workbook is written row by row in bounded memory, which takes half as long again as with shared texts."""
_UK_DATE = re.compile(r"\d{2}/\d{2}/\d{4}")
_WHOLE_NUMBER = re.compile(r"-1|0|[1-9]\d{0,8}")
_EXCEL_DAY_ZERO, _EXCEL_SOUND_FROM = date(1899, 12, 30), date(1900, 3, 1)
_STAMP = datetime(2000, 1, 1)


def write_workbook(
    cells: Mapping[str, pa.Table],
    path: Path,
    *,
    titles: Mapping[str, str] | None = None,
    dates: Iterable[str] = (),
    numbers: Iterable[str] = (),
) -> None:
    """Write each part as a sheet of its name: a title in the first row where there is one, then the headings, then the rows.

    Under the headings in `dates` a text that is a date (31/12/2024) becomes a real date, and under those in `numbers` a
    whole number a number; any other text stays text, so that damage to a cell reaches the file as it is.
    """
    size = sum(table.num_rows * table.num_columns for table in cells.values())
    with Workbook(str(path), {"constant_memory": size > MANY_CELLS, "strings_to_urls": False}) as book:
        book.set_properties({"created": _STAMP})
        look = book.add_format({"num_format": "dd/mm/yyyy"})
        kinds = dict.fromkeys(dates, "date") | dict.fromkeys(numbers, "number")
        for name, table in cells.items():
            _write_sheet(book.add_worksheet(name), cells_only(table), (titles or {}).get(name, ""), kinds, look)


def _write_sheet(sheet: Any, table: pa.Table, title: str, kinds: Mapping[str, str], look: Any) -> None:
    above = [[title], table.column_names] if title else [table.column_names]
    for number, texts in enumerate(above):
        for place, text in enumerate(texts):
            sheet.write_string(number, place, text)
    place_kinds = [kinds.get(name, "") for name in table.column_names]
    row = len(above)
    for batch in table.to_batches(max_chunksize=10_000):
        for texts in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            _write_row(sheet, row, texts, place_kinds, look)
            row += 1


def _write_row(sheet: Any, row: int, texts: Iterable[str | None], kinds: Iterable[str], look: Any) -> None:
    """One row, left to right; a blank cell is not written at all."""
    for place, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if not text:
            continue
        if kind == "date" and (number := day_number(text)):
            sheet.write_number(row, place, number, look)
        elif kind == "number" and _WHOLE_NUMBER.fullmatch(text):
            sheet.write_number(row, place, int(text))
        else:
            sheet.write_string(row, place, text)


@lru_cache(maxsize=100_000)
def day_number(text: str) -> int | None:
    """Excel's number of the day that a text such as 31/12/2024 names; None for any other text and before March 1900."""
    if not _UK_DATE.fullmatch(text):
        return None
    try:
        day = date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None
    return (day - _EXCEL_DAY_ZERO).days if day >= _EXCEL_SOUND_FROM else None
