"""The fix-list as a workbook: a first sheet that explains, a sheet for each team, and one for rows that no team can mend.

The same lines give the same bytes: the workbook's own dates of making are fixed by the day the figures are as at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from earlyhelp.check.fix_list import Line

NO_TEAM, NOT_PLACED, FIRST = "No team", "Files", "Read me"
MOST_ROWS = 1_000_000
"""Lines to a sheet; a spreadsheet holds 1,048,576 rows."""
LONGEST_NAME = 31
COLUMNS: Mapping[str, tuple[str, int]] = {
    "worker": ("Worker", 16),
    "severity": ("Severity", 10),
    "table": ("Kind of record", 20),
    "record": ("Record", 28),
    "column": ("Field", 28),
    "what_to_do": ("What to do", 80),
    "rule": ("Rule", 28),
    "found": ("Shape of what was found", 24),
    "file": ("File", 30),
    "part": ("Part of the file", 18),
    "row": ("Row", 10),
}
"""What a sheet shows of a line: heading and width of each column, what a worker needs first."""
_EXPLAINED = (
    "Each sheet holds what one team can put right in its own system. Mend the record there, not here: the next extract "
    "brings it.",
    "A record is named by the number its system gave it. There are no names, dates of birth or addresses in this file.",
    "An error is something that cannot be. A warning is something that seldom is: look, and leave it if it is right.",
    f"Sheet {NO_TEAM}: records for which no team is recorded. Sheet {NOT_PLACED}: rows and values of the files "
    "themselves, for the data steward.",
    "Record numbers lead to people. Keep this file as you keep the case system's own reports.",
)


def write_book(lines: Sequence[Line], target: Path, *, council: str, snapshot: str, as_at: date) -> None:
    """Write the lines as a workbook; no cell is ever taken for a formula or a link."""
    sheets = _sheets(lines)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(target), options) as book:
        book.set_properties({"title": "Fix-list", "created": datetime.combine(as_at, time())})
        bold = book.add_format({"bold": True})
        _write_first(book.add_worksheet(FIRST), bold, sheets, f"{council}, snapshot {snapshot}, as at {as_at}")
        for name, own in sheets.items():
            _write_sheet(book.add_worksheet(name), bold, own)


def _sheets(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines of each sheet by its name: teams in alphabetical order, then those without."""
    by_team: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        place = (0, line.team) if line.team else (1, NO_TEAM) if line.record else (2, NOT_PLACED)
        by_team.setdefault(place, []).append(line)
    sheets: dict[str, list[Line]] = {}
    taken = {FIRST.casefold()}
    for (_, team), own in sorted(by_team.items(), key=lambda each: each[0]):
        own.sort(key=lambda line: (line.worker, line.severity, line.rule, line.table, line.record, line.file, line.row))
        for start in range(0, len(own), MOST_ROWS):
            sheets[_sheet_name(team, taken)] = own[start : start + MOST_ROWS]
    return sheets


def _sheet_name(team: str, taken: set[str]) -> str:
    """A name that a workbook accepts and no other sheet has, whatever the case of its letters."""
    plain = re.sub(r"[\[\]:*?/\\\\\x00-\x1f]", " ", team).strip(" '")[:LONGEST_NAME] or "Team"
    name = plain
    number = 2
    while name.casefold() in taken or name.casefold() == "history":
        ending = f" ({number})"
        name, number = plain[: LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name


def _write_first(sheet: Any, bold: Any, sheets: Mapping[str, list[Line]], about: str) -> None:
    sheet.set_column(0, 0, 100)
    sheet.set_column(1, 3, 12)
    for row, cells in enumerate(_first_rows(sheets, about)):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell)
            else:
                sheet.write_string(row, place, cell, bold if row == 0 or cells[-1] == "warnings" else None)


def _first_rows(sheets: Mapping[str, list[Line]], about: str) -> Iterator[tuple[str | int, ...]]:
    yield ("Fix-list",)
    yield (about,)
    yield from ((sentence,) for sentence in _EXPLAINED)
    yield ("",)
    yield ("Sheet", "lines", "errors", "warnings")
    for name, lines in sheets.items():
        counts = Counter(line.severity for line in lines)
        yield name, len(lines), counts["error"], len(lines) - counts["error"]


def _write_sheet(sheet: Any, bold: Any, lines: Sequence[Line]) -> None:
    shown = [name for name in COLUMNS if any(getattr(line, name) for line in lines)]
    for place, name in enumerate(shown):
        sheet.set_column(place, place, COLUMNS[name][1])
        sheet.write_string(0, place, COLUMNS[name][0], bold)
    for row, line in enumerate(lines, start=1):
        for place, name in enumerate(shown):
            if cell := getattr(line, name):
                sheet.write_string(row, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(shown) - 1)
