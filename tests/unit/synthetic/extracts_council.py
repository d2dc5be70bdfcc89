"""A small council written without mess and with a lot of it, and readers of its files that know nothing of the product."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa
from lxml import etree
from openpyxl import load_workbook

from earlyhelp.synthetic import systems
from earlyhelp.synthetic.lives import live
from earlyhelp.synthetic.people import make_people, people_records
from earlyhelp.synthetic.places import make_places, place_records
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.schools import make_schools, school_records

SEED, CHILDREN = 11, 700
SOME_DAYS = {
    "annex_a": (date(2023, 6, 30), date(2023, 9, 30)),
    "cin_census": (date(2023, 3, 31), date(2026, 3, 31)),
    "ssda903": (date(2026, 3, 31),),
}
DRAWN = (*systems.COUNCILS["returns"], systems.MOSAIC, systems.ECLIPSE)
SYSTEMS = tuple(replace(each, days=SOME_DAYS.get(each.name, each.days)) for each in DRAWN)
_BLOCKS = ("Child", "CINdetails", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans")

Row = dict[str, str]
Rows = dict[int, Row]


@cache
def true_records() -> dict[str, pa.Table]:
    """Six years of a council drawn like Sutton."""
    profile = find_profile("Sutton")
    places = make_places(profile, CHILDREN, SEED)
    people = make_people(profile, places, CHILDREN, SEED)
    schools = make_schools(places, CHILDREN, SEED)
    return {
        **people_records(people, places, SEED),
        **place_records(places, people, profile, SEED),
        **school_records(schools, places, people, profile),
        **live(people, places, profile, SEED, school_urn=schools.urn).records,
    }


@dataclass(frozen=True)
class Read:
    """A part as it was read: the headings in the order of the file, and the rows by the number a person would count."""

    headings: list[str]
    rows: Rows


def read_all(folder: Path) -> dict[tuple[str, str], Read]:
    """Every part of every file under a folder, by the file's path and the part's name."""
    found: dict[tuple[str, str], Read] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        readers = {".xlsx": _sheets, ".csv": _table, ".xml": _blocks}
        found |= {(name, part): read for part, read in readers[path.suffix](path)}
    return found


def _sheets(path: Path) -> Iterator[tuple[str, Read]]:
    for sheet in load_workbook(path).worksheets:
        lines = [[_text(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
        rows = {n: dict(zip(lines[1], line, strict=True)) for n, line in enumerate(lines[2:], start=3)}
        yield sheet.title, Read(lines[1], rows)


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime) else "" if value is None else str(value)


def _table(path: Path) -> Iterator[tuple[str, Read]]:
    text = _decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=first.count)))
    rows = {n: dict(zip(lines[0], line, strict=True)) for n, line in enumerate(lines[1:], start=2)}
    yield path.stem.split("_", 2)[-1] if path.stem.startswith("ssda903") else path.stem, Read(lines[0], rows)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _blocks(path: Path) -> Iterator[tuple[str, Read]]:
    root = etree.parse(str(path)).getroot()
    for block in _BLOCKS:
        rows = {n: _leaves(element) for n, element in enumerate(root.iter(block), start=1)}
        yield block, Read(sorted({name for row in rows.values() for name in row}), rows)


def _leaves(element: etree._Element) -> Row:
    """The leaves of a block but not of the blocks in it, and the id of the child it stands in."""
    row: Row = {}
    for leaf in element.iter():
        inside = next(each for each in (leaf, *leaf.iterancestors()) if each.tag in _BLOCKS)
        if inside is element and not len(leaf) and leaf is not element:
            row[leaf.tag] = f"{row[leaf.tag]};{leaf.text}" if leaf.tag in row else leaf.text or ""
    child = next(each for each in (element, *element.iterancestors()) if each.tag == "Child")
    return row | {"LAchildID": child.findtext(".//LAchildID") or ""}
