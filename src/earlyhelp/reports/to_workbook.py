"""The tables of a document as an accessible workbook: a cover, contents, and one marked-up table a sheet.

The form is that of the Government Analysis Function, Releasing statistics in spreadsheets (2023): one table a sheet, marked
up as a table with a name, its title in the first cell, no merged and no empty cells, notes on the cover. The library that
writes this form (gptables) rests on pandas, and where pandas is installed DuckDB loads it with the first question that has
a parameter, a second each time; so the form is written here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from earlyhelp.reports.blocks import Content, Figure, Note, TableBlock, Text

_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
LONGEST_INTRODUCTION = 12
"""So many paragraphs of the document stand on the cover."""
_INSTRUCTIONS = "This worksheet holds one table. Where there is no figure, the cell says why in words."
_NO_TABLE = "There is no table in this document: as yet it has nothing but words, which follow."
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}
"""A text that begins with an equals sign stays a text."""
_FIRST_ROW = 3
_WIDE, _NARROW = 90, 24


def write_workbook(content: Content, target: Path) -> None:
    """Write every table of the document, those behind charts among them; without any, a cover that says so."""
    found = tables(content)
    with xlsxwriter.Workbook(str(target), _PLAIN) as book:
        book.set_properties({"title": content.title, "author": content.author})
        bold = book.add_format({"bold": True, "font_size": 14})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _write_lines(book.add_worksheet("Cover"), content.title, _cover(content), bold, wrapped)
        if not found:
            return
        contents = book.add_worksheet("Contents")
        for number, each in enumerate(found, 1):
            _write_table(book.add_worksheet(f"Table {number}"), number, each, bold, wrapped)
        _write_contents(contents, found, bold)


def _cover(content: Content) -> list[str]:
    none = [] if tables(content) else [_NO_TABLE]
    return [content.subtitle, *none, *_introduction(content), *_notes(content)]


def _write_lines(sheet: Worksheet, title: str, lines: Sequence[str], bold: object, wrapped: object) -> None:
    sheet.set_column(0, 0, _WIDE)
    sheet.write_string(0, 0, title, bold)
    for row, line in enumerate((each for each in lines if each), 1):
        sheet.write_string(row, 0, line, wrapped)


def _write_contents(sheet: Worksheet, found: Sequence[TableBlock], bold: object) -> None:
    sheet.set_column(0, 0, _NARROW)
    sheet.set_column(1, 1, _WIDE)
    sheet.write_string(0, 0, "Contents", bold)
    for row, (number, each) in enumerate(enumerate(found, 1), 2):
        sheet.write_url(row, 0, f"internal:'Table {number}'!A1", string=f"Table {number}")
        sheet.write_string(row, 1, each.caption)
    heads = [{"header": "Worksheet"}, {"header": "What it holds"}]
    sheet.add_table(1, 0, len(found) + 1, 1, {"name": "contents", "autofilter": False, "columns": heads})


def _write_table(sheet: Worksheet, number: int, each: TableBlock, bold: object, wrapped: object) -> None:
    """The title, how to read it, and the table, marked up and named."""
    sheet.set_column(0, len(each.columns) - 1, _NARROW, wrapped)
    sheet.write_string(0, 0, f"Table {number}: {each.caption}", bold)
    sheet.write_string(1, 0, _INSTRUCTIONS)
    rows = [[_cell(cell) for cell in row] for row in each.rows]
    told = {
        "name": f"table_{number}",
        "autofilter": False,
        "columns": [{"header": heading} for heading in _apart(each.columns)],
        "data": rows,
    }
    sheet.add_table(_FIRST_ROW, 0, _FIRST_ROW + max(len(rows), 1), len(each.columns) - 1, told)


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings of which no two are the same, as a marked-up table must have them."""
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
    count: dict[str, int] = {}
    told = []
    for heading in headings:
        count[heading] = count.get(heading, 0) + 1
        told.append(f"{heading} ({count[heading]})" if seen[heading] > 1 else heading)
    return told


def tables(content: Content) -> list[TableBlock]:
    """Its tables in order, those of its charts in the place of the charts."""
    return [
        each.table if isinstance(each, Figure) else each
        for each in content.blocks
        if isinstance(each, Figure | TableBlock)
    ]


def _introduction(content: Content) -> list[str]:
    return [each.text for each in content.blocks if isinstance(each, Text)][:LONGEST_INTRODUCTION]


def _notes(content: Content) -> list[str]:
    return [each.text for each in content.blocks if isinstance(each, Note)][:LONGEST_INTRODUCTION]


def _cell(text: str) -> str | float:
    """A plain number as a number, so that it can be reckoned with; everything else as it is read."""
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else text
