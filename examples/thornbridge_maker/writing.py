"""Writing files so that the same content always gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from thornbridge_maker.rows import File, Row, Sheet, Value

_STAMP = datetime(2026, 4, 1, 9, 0)
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_BEFORE_NFA = ("Assessments", "CINPlanDates", "Section47")
_GROUPED = {
    "Disability": "Disabilities",
    "AssessmentFactors": "FactorsIdentifiedAtAssessment",
    "CPPreviewDate": "Reviews",
}
_CHARACTERISTICS = ("Ethnicity", "Disability")


def write(file: File, folder: Path) -> None:
    """Write one file in the form that its ending names."""
    writers = {".csv": _csv_bytes, ".xlsx": _workbook_bytes, ".xml": _census_bytes}
    path = folder / file.name
    path.write_bytes(writers[path.suffix](file))


def _text(value: Value, dates: str) -> str:
    if isinstance(value, date):
        return value.strftime(dates)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _csv_bytes(file: File) -> bytes:
    sheet, out = file.sheets[0], io.StringIO(newline="")
    writer = csv.writer(out, delimiter=file.delimiter, lineterminator=file.line_end)
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow(_csv_cells(row, sheet, file.dates))
    return out.getvalue().encode(file.encoding)


def _csv_cells(row: Row, sheet: Sheet, dates: str) -> list[str]:
    """The cells of a row; text that should have been quoted falls apart at its comma."""
    cells = []
    for heading in sheet.headings:
        text = _text(row.cells[heading], dates)
        cells += text.split(",") if heading == row.extra_cell else [text]
    return cells


def _workbook_bytes(file: File) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Thornbridge, an invented council"
    book.properties.created = book.properties.modified = _STAMP
    if file.front_sheet:
        front = book.create_sheet("Front_Sheet")
        for line in file.front_sheet:
            front.append([line])
    for sheet in file.sheets:
        _fill(book.create_sheet(sheet.called or sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _fill(page: Worksheet, sheet: Sheet) -> None:
    """Row 1 the title, row 2 the headings, then the data, as in Ofsted's template."""
    page.append([sheet.title])
    page.append([sheet.reworded.get(heading, heading) for heading in sheet.headings])
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        for place, heading in enumerate(sheet.headings, start=1):
            cell = page.cell(number, place, row.cells[heading])
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"


def _without_clock(workbook: bytes) -> bytes:
    """The same workbook without the time of writing in its properties and zip entries, and in one canonical spelling.

    Entries are canonical XML and stored, not compressed: XML writers and builds of zlib differ in the bytes they make.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, date_time=_STAMP.timetuple()[:6])
            new.writestr(entry, _DECLARATION + ElementTree.canonicalize(content.decode()).encode())
    return out.getvalue()


def _census_bytes(file: File) -> bytes:
    message = ElementTree.Element("Message")
    header = ElementTree.SubElement(message, "Header")
    details, source = ElementTree.SubElement(header, "CollectionDetails"), ElementTree.SubElement(header, "Source")
    for name, text in file.header.items():
        _leaf(details if name in ("Collection", "Year", "ReferenceDate") else source, name, text)
    children = ElementTree.SubElement(message, "Children")
    for row in file.sheet("Child").rows:
        _child(children, row)
    ElementTree.indent(message, " ")
    whole: bytes = ElementTree.tostring(message, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"


def _child(parent: ElementTree.Element, row: Row) -> None:
    child = ElementTree.SubElement(parent, "Child")
    identifiers = ElementTree.SubElement(child, "ChildIdentifiers")
    characteristics = ElementTree.SubElement(child, "ChildCharacteristics")
    for name, value in row.cells.items():
        _put(characteristics if name in _CHARACTERISTICS else identifiers, name, value)
    for nested in row.nested:
        _details(ElementTree.SubElement(child, nested.element), nested)


def _details(element: ElementTree.Element, row: Row) -> None:
    """CINdetails in the order of the schema: its dates, most blocks, ReferralNFA, and then the protection plans."""
    for name, value in row.cells.items():
        if name != "ReferralNFA":
            _put(element, name, value)
    _blocks(element, [nested for nested in row.nested if nested.element in _BEFORE_NFA])
    _put(element, "ReferralNFA", row.cells["ReferralNFA"])
    _blocks(element, [nested for nested in row.nested if nested.element not in _BEFORE_NFA])


def _blocks(parent: ElementTree.Element, rows: list[Row]) -> None:
    for row in rows:
        element = ElementTree.SubElement(parent, row.element)
        for name, value in row.cells.items():
            _put(element, name, value)


def _put(parent: ElementTree.Element, name: str, value: Value) -> None:
    """One element, a group of elements for several values, or none for no value."""
    if isinstance(value, tuple):
        if value:
            group = ElementTree.SubElement(parent, _GROUPED[name])
            for each in value:
                _leaf(group, name, each)
    elif value not in (None, ""):
        _leaf(parent, name, _text(value, "%Y-%m-%d"))


def _leaf(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text
