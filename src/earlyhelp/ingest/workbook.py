"""Reading workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): every sheet as text, with real dates as ISO and failed formulas marked."""

from __future__ import annotations

import copy
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
_PIECE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Marks = dict[tuple[int, int], str]


class Sheet(NamedTuple):
    """A sheet's name and its rows from the first row of the sheet on; every cell is text, an empty cell is ''."""

    name: str
    rows: list[list[str]]


def read_workbook(path: Path, name: str) -> Iterator[Sheet]:
    """Every visible and hidden sheet of a workbook, one at a time. Refuses a locked, torn or oversized file, saying which."""
    with path.open("rb") as stream:
        is_old = stream.read(4) == _OLE
    if is_old and _is_locked(path):
        raise _locked(name)
    if not is_old:
        _refuse_bombs(path, name)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            marked = {} if is_old else _marks(path)
            for sheet in workbook.sheet_names:
                yield _sheet(workbook, sheet, marked.get(sheet, {}))
    except PasswordError:
        raise _locked(name) from None
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError) as problem:
        raise _torn(name, problem) from None


def _sheet(workbook: CalamineWorkbook, name: str, marks: Marks) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InputRefused(
            f"A sheet claims {sheet.total_height:,} rows by {sheet.total_width:,} columns.",
            where=f"sheet {name}",
            fix="Delete the empty rows and columns below and beside the data, save and load it again.",
        )
    rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), mark in marks.items():
        if row < len(rows) and column < len(rows[row]) and not rows[row][column]:
            rows[row][column] = mark
    return Sheet(name, rows)


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


def _is_locked(path: Path) -> bool:
    """True where an encrypted package lies in the old container, as Excel writes workbooks with a password to open."""
    content = path.read_bytes()
    return any(mark in content for mark in _LOCKED)


def _locked(name: str) -> InputRefused:
    return InputRefused(
        "The workbook is protected with a password.",
        where=name,
        fix="Open it in Excel, remove the password (File, Info, Protect Workbook), save and load it again.",
    )


def _torn(name: str, problem: Exception) -> InputRefused:
    return InputRefused(
        f"The file cannot be read as a workbook: it is cut short, damaged or of another kind ({type(problem).__name__}).",
        where=name,
        fix="Open it in Excel; if it opens, save it under a new name as .xlsx and load that; if not, ask for it again.",
    )


def _refuse_bombs(path: Path, name: str) -> None:
    """Refuse what unpacks to far more than a workbook does, by what its directory says and by what it really holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            packed, unpacked = sum(e.compress_size for e in entries), sum(e.file_size for e in entries)
            if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * LARGEST_RATIO):
                raise _bomb(name, f"{packed // 1024:,} KB that unpack to {unpacked // 1024:,} KB")
            if not all(_holds_what_it_says(archive, entry) for entry in entries):
                raise _bomb(name, "more than its own directory says")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError, EOFError) as problem:
        raise _torn(name, problem) from None
    except RuntimeError:  # what zipfile says of an entry that is encrypted
        raise _locked(name) from None


def _bomb(name: str, holds: str) -> InputRefused:
    return InputRefused(
        f"The workbook holds {holds}: it is damaged or hostile.",
        where=name,
        fix="Ask for the extract again, or save it as CSV.",
    )


def _holds_what_it_says(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """True when an entry unpacks to the size in the directory and no further; at most one byte more is looked at."""
    longer = copy.copy(entry)
    longer.file_size, longer.CRC = entry.file_size + 1, None  # type: ignore[assignment]  # no check: the calamine has its own
    with archive.open(longer) as stream:
        return sum(len(piece) for piece in iter(lambda: stream.read(_PIECE), b"")) == entry.file_size


def _marks(path: Path) -> dict[str, Marks]:
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
    names = {str(sheet.get("name")): targets.get(sheet.get(_LINK), "") for sheet in book.iter(f"{_MAIN}sheet")}
    inside = set(archive.namelist())
    paths = {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in names.items()}
    return {name: entry for name, entry in paths.items() if entry in inside}


def _sheet_marks(archive: zipfile.ZipFile, entry: str) -> Iterator[tuple[tuple[int, int], str]]:
    if not _may_hold_formulas(archive, entry):
        return
    with archive.open(entry) as stream:
        for _, cell in etree.iterparse(stream, tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
            mark = _mark(cell.get("t"), cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f"))
            if mark and (place := _CELL.fullmatch(cell.get("r") or "")):
                yield (int(place[2]) - 1, _column_number(place[1])), mark
            _forget(cell)


def _forget(cell: etree._Element) -> None:
    """Let go of a cell and, once its row is done, of the row: a sheet is read in the memory of one row."""
    cell.clear()
    row = cell.getparent()
    while row is not None and (before := row.getprevious()) is not None and (parent := row.getparent()) is not None:
        parent.remove(before)


def _may_hold_formulas(archive: zipfile.ZipFile, entry: str) -> bool:
    with archive.open(entry) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            if b't="e"' in tail + piece or b"<f" in tail + piece:
                return True
            tail = piece[-4:]
    return False


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
