"""A table as an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3): one sheet of the table, one that tells what it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from earlyhelp.reports.blocks import TableBlock

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def spreadsheet(table: TableBlock, about: Sequence[tuple[str, str]]) -> bytes:
    """The file. Every cell is text, so nothing in it can run."""
    sheets = _sheet("Table", [table.columns, *table.rows]) + _sheet("About", [("Table", table.caption), *about])
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0" office:version="1.3">'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), KIND, zipfile.ZIP_STORED)  # first and as it is, as the format asks
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", _MANIFEST)
    return made.getvalue()


def _sheet(name: str, rows: Iterable[Sequence[str]]) -> str:
    written = "".join(f"<table:table-row>{''.join(_cell(each) for each in row)}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)}>{written}</table:table>"


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
