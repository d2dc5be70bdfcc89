"""A table or chart of a screen as a file, with what it is, whose, and as at when; cells that a spreadsheet would run are text."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.reports.charts import png, svg
from earlyhelp.standard.sql import FORMULA_SIGNS
from earlyhelp.web import reading
from earlyhelp.web.screen import Screen
from earlyhelp.web.workspace import workspace

PICTURES = ("png", "svg")
ENDINGS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_RUNS = (*FORMULA_SIGNS, "\0")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")


@dataclass(frozen=True)
class About:
    """What a file tells of itself: whose figures, the page, the snapshot, the day, and the policy they were released under."""

    council: str
    title: str
    address: str
    snapshot: str
    as_at: date | None
    policy: str

    @classmethod
    def of(cls, request: HttpRequest, screen: Screen) -> About:
        """What is told of a screen of this request."""
        told = workspace().settings
        return cls(
            told.name or told.ons_code,
            screen.title,
            request.path,
            reading.snapshot_of(request) or "",
            reading.as_at_of(request),
            told.policy,
        )

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each thing told, with its name."""
        day = f"{self.as_at:%-d %B %Y}" if self.as_at else "no day"
        return [
            ("Council", self.council),
            ("Page", self.title),
            ("Address", self.address),
            ("Snapshot", self.snapshot or "none"),
            ("As at", day),
            ("Released under the policy", self.policy),
        ]


def safe(cell: str) -> str:
    """The cell as a spreadsheet may open it: what would run as a formula has an apostrophe before it. Numbers stay."""
    if cell.startswith(_RUNS) and not _NUMBER.fullmatch(cell.strip()):
        return f"'{cell}"
    return cell


def file_name(title: str, name: str, ending: str) -> str:
    """A name for the file, of small letters and hyphens."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60]
    return f"{words or 'page'}-{name}.{ending}"


def table_file(table: TableBlock, about: About, ending: str) -> bytes:
    """The table as CSV, or as a workbook with a sheet that tells what it is."""
    if ending == "xlsx":
        return _workbook(table, about)
    if ending == "ods":
        from earlyhelp.web.open_document import spreadsheet

        return spreadsheet(table, about.lines)
    return _csv(table)


def picture(figure: Figure, ending: str) -> bytes:
    """The chart as a picture; the one specification that the page draws too."""
    return png(figure.spec) if ending == "png" else svg(figure.spec).encode()


def _csv(table: TableBlock) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([safe(each) for each in table.columns])
    rows.writerows([safe(each) for each in row] for row in table.rows)
    return ("﻿" + text.getvalue()).encode()


def _workbook(table: TableBlock, about: About) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": table.caption, "author": about.council, "company": about.council})
    told, figures = book.add_worksheet("About"), book.add_worksheet("Table")
    bold = book.add_format({"bold": True})
    for place, (name, value) in enumerate([("Table", table.caption), *about.lines]):
        told.write_string(place, 0, name, bold)
        told.write_string(place, 1, value)
    told.set_column(0, 1, 40)
    columns: list[Any] = [{"header": each} for each in table.columns]
    for place, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            figures.write_string(place, column, cell)
    figures.add_table(0, 0, len(table.rows), len(table.columns) - 1, {"columns": columns, "name": "figures"})
    figures.set_column(0, len(table.columns) - 1, 24)
    book.close()
    return made.getvalue()
