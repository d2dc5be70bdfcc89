"""Reading workbooks (.xlsx, .xlsm, .xls): every sheet as text, with real dates as ISO and what a formula failed to give marked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from earlyhelp.errors import InputRefused

LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_RATIO = 120
RATIO_MATTERS_FROM = 30 * 1024 * 1024
MOST_CELLS = 60_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Sheet(NamedTuple):
    """A sheet's name and its rows from the first row of the sheet on; every cell is text, an empty cell is ''."""

    name: str
    rows: list[list[str]]


def read_workbook(path: Path) -> list[Sheet]:
    """Every visible and hidden sheet of a workbook. Refuses a locked, torn or oversized file, saying which."""
    _refuse_bombs(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            marks = _marks(path)
            return [_sheet(workbook, name, marks.get(name, {})) for name in workbook.sheet_names]
    except PasswordError:
        raise InputRefused(
            "The workbook is protected with a password.",
            where=path.name,
            fix="Open it in Excel, remove the password (File, Info, Protect Workbook), save and load it again.",
        ) from None
    except CalamineError as problem:
        raise _torn(path, problem) from None


def _sheet(workbook: CalamineWorkbook, name: str, marks: dict[tuple[int, int], str]) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InputRefused(
            f"A sheet claims {sheet.total_height:,} rows by {sheet.total_width:,} columns.",
            where=f"sheet {name}",
            fix="Delete the empty rows and columns below and beside the data, save and load it again.",
        )
    rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), mark in marks.items():
        _put(rows, row, column, mark)
    return Sheet(name, rows)


def _put(rows: list[list[str]], row: int, column: int, mark: str) -> None:
    if row < len(rows) and column < len(rows[row]) and not rows[row][column]:
        rows[row][column] = mark


def as_text(cell: Any) -> str:
    """A cell as a person reads it: 1001.0 is "1001", a date is ISO, midnight is left off, True is "TRUE"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _refuse_bombs(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _OLE:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            packed, unpacked = _sizes(archive)
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise _torn(path, problem) from None
    if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * LARGEST_RATIO):
        raise InputRefused(
            f"The workbook holds {packed // 1024:,} KB that unpack to {unpacked // 1024:,} KB: it is damaged or hostile.",
            where=path.name,
            fix="Ask for the extract again, or save it as CSV.",
        )


def _sizes(archive: zipfile.ZipFile) -> tuple[int, int]:
    entries = archive.infolist()
    return sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)


def _torn(path: Path, problem: Exception) -> InputRefused:
    return InputRefused(
        f"The file cannot be read as a workbook: it is cut short, damaged or of another kind ({type(problem).__name__}).",
        where=path.name,
        fix="Open it in Excel; if it opens, save it under a new name as .xlsx and load that; if not, ask for it again.",
    )


def _marks(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that hold an Excel error, or a formula that was never calculated, by sheet and (row, column) from zero."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        return {name: dict(_sheet_marks(archive, entry)) for name, entry in _sheet_files(archive).items()}


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        book = etree.fromstring(archive.read("xl/workbook.xml"), _safe())
        links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _safe())
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    names = {str(s.get("name")): targets.get(s.get(relation), "") for s in book.iter(f"{_MAIN}sheet")}
    inside = set(archive.namelist())
    paths = {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in names.items()}
    return {name: entry for name, entry in paths.items() if entry in inside}


def _sheet_marks(archive: zipfile.ZipFile, entry: str) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(entry) as stream:
        if not _may_hold_formulas(stream.read()):
            return
    with archive.open(entry) as stream:
        for _, cell in etree.iterparse(stream, tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
            value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
            mark = _mark(cell.get("t"), value, formula)
            if mark and (place := _CELL.fullmatch(cell.get("r") or "")):
                yield (int(place[2]) - 1, _column_number(place[1])), mark
            cell.clear()


def _may_hold_formulas(xml: bytes) -> bool:
    return b't="e"' in xml or b"<f" in xml


def _mark(kind: str | None, value: Any, formula: Any) -> str:
    text = (value.text or "") if value is not None else ""
    if kind == "e":
        return text or "#N/A"
    return "#FORMULA" if formula is not None and not text else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _safe() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
