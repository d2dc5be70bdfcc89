"""Writing a workbook with gptables, in a process of its own.

Run as a module by `write_workbook`: what stands in the workbook as JSON on standard input, the file to write as the argument.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from earlyhelp.reports.to_workbook import NOT_INSTALLED

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text that begins with an equals sign stays a text."""
_WIDEST, _WIDEST_TEXT = 360, 660
"""Pixels of the widest column of a table, and of a sheet of sentences: what is longer goes on in the next line of its cell."""
_LETTER, _LINE, _EDGE = 7, 20, 32
"""Pixels of a letter and of a line in the size of gptables, and what a cell keeps free at its sides."""
_ABOVE = 2
"""Rows above a table: its title and how to read it."""
_CONTENTS = "Contents"
_A4 = 9


def write(told: Mapping[str, Any], target: str) -> None:
    """Write the workbook that `laid_out` tells of."""
    import gptables

    sheets = {each["sheet"]: _sheet(each) for each in told["tables"]}
    cover = gptables.Cover(
        title=told["title"],
        intro=told["introduction"] or None,
        about=told["notes"] or None,
    )
    with warnings.catch_warnings(action="ignore"):  # that there is no sheet of notes: ours stand on the cover
        book = gptables.produce_workbook(
            target,
            sheets,
            cover=cover,
            contentsheet_label=_CONTENTS if sheets else None,
            auto_width=False,
            workbook_options=_PLAIN,
        )
    _fit(book.get_worksheet_by_name(cover.cover_label), [[line] for line in _cover_lines(told)], 0, _WIDEST_TEXT)
    if sheets:
        entries = [(each["sheet"], each["title"]) for each in told["tables"]]
        _fit(book.get_worksheet_by_name(_CONTENTS), [("Sheet name", ""), *entries], _ABOVE, _WIDEST_TEXT)
    for each in told["tables"]:
        _fit(book.get_worksheet_by_name(each["sheet"]), [each["columns"], *each["rows"]], _ABOVE)
    made = datetime.fromisoformat(told["made"])
    book.set_properties({"title": told["title"], "author": told["author"], "created": made})
    book.close()


def _sheet(each: Mapping[str, Any]) -> Any:
    """One table of `laid_out` as gptables has it; its first column names the rows."""
    import gptables
    import pandas as pd

    wrapped = {"columns": each["columns"], "format": {"text_wrap": 1, "valign": "top", "indent": 1}}
    return gptables.GPTable(
        table=pd.DataFrame(each["rows"], columns=each["columns"], dtype=object),
        table_name=each["name"],
        title=each["title"],
        instructions=each["instructions"],
        index_columns={2: 0},
        additional_formatting=[{"column": wrapped}],
    )


def _fit(sheet: Any, rows: Sequence[Sequence[str | float]], first: int, widest: int = _WIDEST) -> None:
    """Give each column the width of what it holds, up to the widest, and each row from `first` on the lines that this asks for.

    Excel finds the heights of rows itself; other programs print one line over the next. A print is one page wide.
    """
    widths = [min(max(_pixels(cell) for cell in cells), widest) for cells in zip(*rows, strict=True)]
    for place, width in enumerate(widths):
        sheet.set_column_pixels(place, place, width)
    for place, row in enumerate(rows, first):
        lines = max(ceil(_pixels(cell) / width) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.set_row_pixels(place, lines * _LINE)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _cover_lines(told: Mapping[str, Any]) -> list[str]:
    """What gptables puts on the cover, line by line: it heads the introduction and the notes."""
    parts = [["", *lines] for lines in (told["introduction"], told["notes"]) if lines]
    return [told["title"], *(line for part in parts for line in part)]


def _pixels(cell: str | float) -> int:
    return len(str(cell)) * _LETTER + _EDGE


def main(target: str) -> int:
    """Entry of the process: 0 with the file written, `NOT_INSTALLED` where gptables is missing."""
    told = json.loads(_without_marks(sys.stdin.read()))
    try:
        import gptables  # noqa: F401 - only to say plainly that it is missing
    except ImportError:
        return NOT_INSTALLED
    write(told, target)
    return 0


def _without_marks(told: str) -> str:
    """The JSON without what gptables takes for a link or a note; both stand inside its texts alone, where we have neither."""
    return re.sub(r"\](?=\()|\$(?=\$)", r"\g<0> ", told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
