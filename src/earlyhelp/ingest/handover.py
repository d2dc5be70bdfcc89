"""Rows of text on their way from Python into DuckDB: a plain CSV file that is written and read with one dialect.

An empty text and a missing one are the same, as in every source; all else arrives sign for sign.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from earlyhelp.standard import sql

USUAL_LINE = 1024 * 1024
"""Bytes of a line up to which nothing need be known of the lines of a file."""
_LONGEST_LINE = 256 * 1024 * 1024
_BUFFER = 128 * 1024 * 1024
"""Bytes DuckDB takes at once; with the usual 32 MB a large file costs it half as much time again, and as much memory."""


def write_rows(file: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows as text; None is written as nothing."""
    with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer(stream).writerows(rows)


def writer(stream: TextIO) -> Any:
    """A writer of the one dialect; every text is quoted, so that nothing in it can be taken for the end of a field."""
    return csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def numbered_cells(width: int) -> dict[str, str]:
    """The columns of a grid: the row's number, and its cells as text."""
    return {"row_no": "BIGINT"} | {f"c{index}": "VARCHAR" for index in range(width)}


def read_sql(file: Path, columns: Mapping[str, str]) -> str:
    """SQL for the rows of a file that `write_rows` wrote, with these columns and types."""
    longest = min(file.stat().st_size + 1, _LONGEST_LINE)
    return csv_sql(file, columns, ",", longest, line_end=r"\n")


def csv_sql(file: Path, columns: Mapping[str, str], delimiter: str, longest: int, line_end: str = "") -> str:
    """SQL that reads delimited text without headings and without guessing; any row out of line is an error.

    `longest`: bytes of the longest line, or more. `line_end`: how every line ends, where that is known.
    """
    ends = f"new_line = {sql.literal(line_end)}, " if line_end else ""
    types = ", ".join(f"{sql.literal(name)}: {sql.literal(kind)}" for name, kind in columns.items())
    line = 2 * max(USUAL_LINE, longest)
    return (
        f"read_csv({sql.literal(file)}, columns = {{{types}}}, delim = {sql.literal(delimiter)}, quote = '\"', escape = '\"', "
        f"{ends}header = false, auto_detect = false, null_padding = false, strict_mode = true, max_line_size = {line}, "
        f"buffer_size = {max(_BUFFER, 2 * line)})"
    )
