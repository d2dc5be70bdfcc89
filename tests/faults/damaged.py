"""Files as no council should send them and every council once has; each builder is small enough to read."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

NAME, BORN, NHS_NUMBER = "Zebedee Quillfeather", "2011-07-19", "9434765919"
"""The made-up child of whom no message may speak."""

CONTACT_HEADINGS = "contact_id,person_key,contact_date,source_code,reason_raw"
CONTACTS = (
    f"1,{NHS_NUMBER},2025-04-01,6,{NAME} born {BORN}",
    "2,b,2025-04-02,2A,Money",
    "3,c,2025-04-03,1A,Housing",
)
LIST_1 = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Date of Contact",
    "Contact Source",
)
LIST_3 = (*LIST_1[:5], "Date of referral", "Referral Source", "Referral NFA?", "Allocated Team", "Allocated Worker")
CHILD = (NHS_NUMBER, "a) Male", "a) WBRI", date(2011, 7, 19), 13)
OTHER = ("1002", "b) Female", "a) WBRI", date(2014, 2, 3), 11)

Lists = Mapping[str, Sequence[Sequence[Any]]]
"""Rows by the name of their sheet."""

SIX_HUNDRED_MB = 600 * 1024 * 1024


def contacts(folder: Path, *rows: str, headings: str = CONTACT_HEADINGS, name: str = "contact.csv") -> Path:
    """A file of requests in the standard layout."""
    file = folder / name
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return file


def dated(folder: Path, *dates: str) -> Path:
    """Requests numbered from 1 whose date stands as given; the first stands in row 2 of the file."""
    rows = [f'{number},p{number},"{text}",6,' for number, text in enumerate(dates, start=1)]
    return contacts(folder, *rows)


def workbook(file: Path, sheets: Lists, change: Callable[[Workbook], None] | None = None) -> Path:
    """A workbook with these rows on these sheets, changed by hand before it is saved."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    if change:
        change(book)
    book.save(file)
    return file


def contact_list(*rows: Sequence[Any]) -> list[Sequence[Any]]:
    """List 1 with its headings."""
    return [LIST_1, *rows]


def annex_a(file: Path) -> Path:
    """A sound workbook: two contacts, one of a child who may not be named."""
    return workbook(file, {"List_1": contact_list((*CHILD, date(2025, 4, 1), "6"), (*OTHER, date(2025, 4, 2), "2A"))})


def in_first_sheet(file: Path, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with the XML of its first sheet changed."""
    parts = _unpacked(file)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name.endswith("sheet1.xml") else content)
    return file


def bomb(file: Path, *, lying: bool = False) -> Path:
    """A workbook of 3 MB whose first sheet unpacks to 600 MB; a lying one says that it unpacks to a thousand bytes."""
    parts = _unpacked(annex_a(file))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as entry:
                if name.endswith("sheet1.xml"):
                    _write_padded(entry, content)
                else:
                    entry.write(content)
    if lying:
        size = next(info.file_size for info in zipfile.ZipFile(file).infolist() if info.filename.endswith("sheet1.xml"))
        file.write_bytes(file.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    return file


def _write_padded(entry: Any, content: bytes) -> None:
    """The sheet with 600 MB of spaces between its rows."""
    head, tail = content.split(b"</sheetData>")
    entry.write(head)
    for _ in range(SIX_HUNDRED_MB >> 20):
        entry.write(b" " * (1 << 20))
    entry.write(b"</sheetData>" + tail)


def _unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def locked_workbook(file: Path) -> Path:
    """What Excel writes for a workbook with a password: a compound file of the key's words and the locked package.

    Built by hand after [MS-CFB] version 3: sector 0 holds the allocation table, sector 1 the directory, then come two
    streams of eight sectors.
    """
    chains = [_TABLE, _END, *range(3, 10), _END, *range(11, 18), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *chains, *[_FREE] * (128 - len(chains)))
    directory = (
        _entry("Root Entry", kind=5, start=_END, size=0, child=1)
        + _entry("EncryptionInfo", kind=2, start=2, size=4096, right=2)
        + _entry("EncryptedPackage", kind=2, start=10, size=4096)
        + _entry("", kind=0, start=0, size=0)
    )
    file.write_bytes(header + table + directory + os.urandom(8192))
    return file


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    about = struct.pack("<HBB3I", len(raw), kind, 1, _FREE, right, child)
    return raw.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)


CHILD_XML = f"""<Child>
  <ChildIdentifiers><LAchildID>{NHS_NUMBER}</LAchildID><PersonBirthDate>{BORN}</PersonBirthDate>
    <Sex>M</Sex><Nickname>{NAME}</Nickname></ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
  <CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>5D</ReferralSource></CINdetails>
</Child>"""


def child_xml(number: int, referred: str = "2025-06-01", source: str = "1A", more: str = "") -> str:
    """One child with one referral."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID><PersonBirthDate>2014-02-03</PersonBirthDate>"
        f"<Sex>F</Sex></ChildIdentifiers><CINdetails><CINreferralDate>{referred}</CINreferralDate>"
        f"<ReferralSource>{source}</ReferralSource>{more}</CINdetails></Child>"
    )


def census(*children: str, root: str = "Message", before: str = "", collection: str = "CIN") -> str:
    """A CIN census of these children; `before` stands in front of the root element, `root` may carry attributes."""
    return (
        f"{before}<{root}><Header><CollectionDetails><Collection>{collection}</Collection><Year>2026</Year>"
        f"<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>"
        f"<Children>{''.join(children)}</Children></{re.split(' ', root)[0]}>"
    )
