"""Released tables as files: CSV, a workbook and JSON, each with the policy's symbol, the base of rounding and a mark.

No text in them is ever taken for a formula: people name teams and services, and a spreadsheet runs what begins with a sign.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from earlyhelp.check.fix_list import plain_text
from earlyhelp.measures import Statistic
from earlyhelp.release.protect.averages import of_too_few
from earlyhelp.release.publish import Status
from earlyhelp.release.register_table import ReleasedTable, TableRow

Cell = str | float | int
NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_WIDE, _NARROW = 100, 18
_FIRST_ROW = 2


def mark(table: ReleasedTable, release: str) -> str:
    """What stands beside every figure that has left: under which release and policy, what is hidden, and the rounding."""
    is_too_few = of_too_few(table.statistic, table.highest + 1, table.rule)
    of_few = f", and for a {table.statistic} of fewer than {table.fewest_averaged}" if is_too_few else ""
    besides = ", and further counts so that none of these can be worked out" if table.rule.hides_others_too else ""
    rounding = f"counts are rounded to {table.round_to}" if table.round_to else "counts are exact"
    return (
        f"Release {release}, policy {table.policy}: {table.symbol} stands for counts of {table.lowest} to {table.highest}"
        f"{of_few}{besides}; {rounding}."
    )


def headings(table: ReleasedTable) -> list[str]:
    """The columns of a table: what it is of, periods, splits with their labels, numbers, and what marks them."""
    labels = {name for row in table.rows for name in row.labels}
    splits = [each for name in table.by for each in (name, f"{name}_label") if each == name or each in labels]
    about = ["measure", "name", "counts", "period_start", "period_end"]
    numbers = [each for each in NUMBERS if each != "denominator" or table.denominator]
    numbers = [each for each in numbers if each != "numerator" or table.statistic != Statistic.MEAN]
    return [*about, *splits, *numbers, "status", "symbol", "rounded_to", "policy", "release"]


def lines(table: ReleasedTable, release: str) -> list[list[Cell]]:
    """The rows in the order of `headings`; a hidden number is the policy's symbol, one that is not there its status."""
    always: dict[str, Cell] = {
        "measure": table.measure,
        "name": table.name,
        "counts": table.unit,
        "symbol": table.symbol,
        "rounded_to": table.round_to,
        "policy": table.policy,
        "release": release,
    }
    return [[_cell(table, row, name, always) for name in headings(table)] for row in table.rows]


def _cell(table: ReleasedTable, row: TableRow, name: str, always: dict[str, Cell]) -> Cell:
    if name in always:
        return always[name]
    if name in NUMBERS:
        return _number(table, row, name)
    told = {"period_start": row.start, "period_end": row.end, "status": row.status}
    return told.get(name, row.labels.get(name, row.dims.get(name, "")))


def _number(table: ReleasedTable, row: TableRow, name: str) -> Cell:
    value: float | None = getattr(row, name)
    if value is not None:
        return int(value) if value.is_integer() else value
    if row.is_hidden:
        return table.symbol
    return "" if row.status == Status.OK else row.status


def write_csv(table: ReleasedTable, release: str, target: Path) -> None:
    """Write the rows as CSV (UTF-8); no text is taken for a formula."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings(table))
        for line in lines(table, release):
            writer.writerow([plain_text(cell) if isinstance(cell, str) else cell for cell in line])


def write_xlsx(table: ReleasedTable, release: str, about: Sequence[str], target: Path, made: datetime) -> None:
    """Write a workbook of two sheets: what the table is, and the table. Nothing else is in it: no caches and no hidden cells.

    `about`: the title first, then what the first sheet says of it. Each cell is written as the text or the number it is, so
    that none becomes a formula or a link.
    """
    with xlsxwriter.Workbook(str(target)) as book:
        book.set_properties({"title": about[0], "author": table.about.council, "created": made})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        cover = book.add_worksheet("About")
        cover.set_column(0, 0, _WIDE)
        for row, line in enumerate((about[0], mark(table, release), *about[1:])):
            cover.write_string(row, 0, line, wrapped if row else bold)
        sheet = book.add_worksheet("Table")
        sheet.set_column(0, len(headings(table)) - 1, _NARROW)
        sheet.write_string(0, 0, f"{about[0]}. {mark(table, release)}", bold)
        told: list[list[Cell]] = [[*headings(table)], *lines(table, release)]
        for row, cells in enumerate(told, _FIRST_ROW):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, bold if row == _FIRST_ROW else None)
                else:
                    sheet.write_number(row, column, cell)


def write_as_json(table: ReleasedTable, release: str, about: Sequence[str], target: Path) -> None:
    """Write the table as JSON: hidden numbers are null with the status `suppressed`, and the symbol is told once."""
    content: dict[str, Any] = {
        "title": about[0],
        "mark": mark(table, release),
        "release": release,
        "council": table.about.council,
        "snapshot": table.about.snapshot,
        "as_at": table.about.as_at,
        "measure": table.measure,
        "definition": table.definition,
        "name": table.name,
        "unit": table.unit,
        "statistic": table.statistic,
        "numerator": table.numerator,
        "denominator": table.denominator,
        "policy": table.policy,
        "symbol": table.symbol,
        "rounded_to": table.round_to,
        "rows": [_as_json(row) for row in table.rows],
    }
    target.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _as_json(row: TableRow) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in NUMBERS}
    days = {"period_start": row.start or None, "period_end": row.end or None}
    return {**days, **row.dims, **row.labels, **numbers, "status": row.status}
