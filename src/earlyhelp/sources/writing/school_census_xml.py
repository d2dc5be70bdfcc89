"""The school census as schools send it: one XML a school, pupil by pupil, with all that hangs on each inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
from lxml import etree

from earlyhelp.sources.school_census import school_census
from earlyhelp.sources.writing.cells import Style
from earlyhelp.sources.writing.school_census import ROWS, census_term, on_roll
from earlyhelp.sources.writing.service_columns import PERSON
from earlyhelp.sources.writing.writer import Cells, Writer

_ROOT = "PupilOnRoll"
_PUPIL: Mapping[str, tuple[str, ...]] = {
    "PupilIdentifiers": ("UPN", "FormerUPN", "Surname", "Forename", "FormerSurname", "Sex", "DOB"),
    "PupilCharacteristics": ("Ethnicity", "Language"),
    "SpecialEducationalNeeds": ("SENprovision",),
    "Attendance/TermlyAttendance": ("SessionsPossible", "SessionsAuthorised", "SessionsUnauthorised"),
}
"""Leaves of a pupil by the elements they stand in."""
_TERMLY = "termly"
_NESTED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "fsmperiodsonroll": (
        "PupilCharacteristics/FSMperiods/FSMperiod",
        {"FSMstartDate": "fsmstartdate", "FSMendDate": "fsmenddate"},
    ),
    "addressesonroll": (
        "HomeInformation/Address",
        {"UniquePropertyReferenceNumber": "uniquepropertyreferencenumber", "PostCode": "postcode"},
    ),
    "termlyexclusionsonroll": (
        "Exclusions/TermlyExclusion",
        {"Category": "category", "Reason": "reason1", "StartDate": "startdate", "Sessions": "sessions"},
    ),
    "termlysessiondetailsonroll": (
        "Attendance/TermlyAttendance/SessionDetails/SessionDetail",
        {"AttendanceReason": "attendancereason", "AbsenceSessions": "sessions"},
    ),
}
"""Of each table whose rows stand in a pupil: the way to the element that is a row, and its leaves with their headings."""
_TERMS = {"autumn": "AUT", "spring": "SPR", "summer": "SUM"}
Row = dict[str, str | None]


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder for the census with a file for each school, `<number>_<year>_<term>.xml`; the files in that order."""
    called = f"{as_at.year}_{census_term(as_at)}"
    target = folder / f"school_census_{called}"
    target.mkdir(parents=True, exist_ok=True)
    nested = {title: _by_person(cells[title]) for title in _NESTED if title in cells}
    schools: dict[str, list[Row]] = defaultdict(list)
    for row in cells["pupilonroll"].to_pylist():
        schools[row["NativeId"] or ""].append(row)
    paths = [target / f"{urn or 'no_number'}_{called}.xml" for urn in sorted(schools)]
    for urn, path in zip(sorted(schools), paths, strict=True):
        _write_school(path, urn, schools[urn], nested, as_at)
    return paths


def _by_person(table: pa.Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        found[row[PERSON]].append(row)
    return found


def _write_school(
    path: Path, urn: str, pupils: list[Row], nested: Mapping[str, Mapping[str, list[Row]]], as_at: date
) -> None:
    with etree.xmlfile(str(path), encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("Message"):
            for block in (_header(urn, as_at), _school(urn)):
                xml.write("\n", block, pretty_print=True)
            with xml.element("Pupils"), xml.element("PupilsOnRoll"):
                for row in pupils:
                    xml.write("\n", _pupil(row, nested), pretty_print=True)


def _header(urn: str, as_at: date) -> etree._Element:
    element = etree.Element("Header")
    collection, source = etree.SubElement(element, "CollectionDetails"), etree.SubElement(element, "Source")
    told = {"Collection": "SC", "Term": _TERMS[census_term(as_at)], "Year": str(as_at.year)}
    for leaf, text in {**told, "ReferenceDate": as_at.isoformat()}.items():
        etree.SubElement(collection, leaf).text = text
    for leaf, text in {"SourceLevel": "S", "LEA": "999", "Estab": urn[-4:]}.items():
        etree.SubElement(source, leaf).text = text
    return element


def _school(urn: str) -> etree._Element:
    element = etree.Element("School")
    if urn:
        _put(element, "SchoolCharacteristics/URN", urn)
    return element


def _pupil(row: Row, nested: Mapping[str, Mapping[str, list[Row]]]) -> etree._Element:
    pupil = etree.Element(_ROOT)
    for block, leaves in _PUPIL.items():
        before = _TERMLY if block.startswith("Attendance") else ""
        for leaf in leaves:
            _put(pupil, f"{block}/{leaf}", row.get(before + leaf.lower()))
    for title, (way, nested_leaves) in _NESTED.items():
        for inner in nested.get(title, {}).get(row[PERSON] or "", ()):
            _nest(pupil, way, {leaf: inner[heading] for leaf, heading in nested_leaves.items()})
    return pupil


def _nest(pupil: etree._Element, way: str, leaves: Row) -> None:
    """A new element at the end of a way, with its leaves."""
    *outer, last = way.split("/")
    element = etree.SubElement(_way(pupil, outer), last)
    for leaf, text in leaves.items():
        _put(element, leaf, text)


def _put(element: etree._Element, way: str, text: str | None) -> None:
    """One leaf at the end of a way; nothing for a blank."""
    *outer, leaf = way.split("/")
    if text:
        etree.SubElement(_way(element, outer), leaf).text = text


def _way(element: etree._Element, steps: list[str]) -> etree._Element:
    for step in steps:
        inner = element.find(step)
        element = etree.SubElement(element, step) if inner is None else inner
    return element


XML_WRITER = Writer(school_census, write, Style(yes="true", no="false"), ROWS, on_roll, first_row=1)
