"""Writing the cells of the Children in Need census as one XML, nested as its schema nests them, child by child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from lxml import etree

from earlyhelp.sources.writing.service_columns import PERSON, RECORD, WITHIN

Row = dict[str, str | None]
_GROUPS = {
    "Ethnicity": "ChildCharacteristics",
    "Disability": "ChildCharacteristics/Disabilities",
    "AssessmentFactors": "FactorsIdentifiedAtAssessment",
    "CPPreviewDate": "Reviews",
}
"""Elements that stand in another of their row; several values, separated by semicolons, repeat the element."""
_IDENTIFIERS = "ChildIdentifiers"
_CHILD_ID = "LAchildID"
_AFTER_NFA = "ChildProtectionPlans"


def write_census(cells: Mapping[str, pa.Table], path: Path, header: Mapping[str, Mapping[str, str]]) -> None:
    """Write the return: `header` by block, then every child with its CINdetails and what belongs to each.

    Details stand in the child of the same person and, where it is there twice, of the same id; what is nested in details
    stands in the record that it names, and is left out where no such record is written.
    """
    details, nested = _by_child(cells), _by_record(cells)
    with etree.xmlfile(str(path), encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("Message"):
            xml.write("\n", _blocks("Header", header), pretty_print=True)
            with xml.element("Children"):
                for number, row in enumerate(_rows(cells["Child"])):
                    xml.write("\n", _child(row, details.get(number, []), nested), pretty_print=True)


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _by_child(cells: Mapping[str, pa.Table]) -> dict[int, list[Row]]:
    """The rows of CINdetails by the place of the child's row to which each belongs."""
    places: dict[Any, int] = {}
    for number, row in enumerate(_rows(cells["Child"].select([PERSON, _CHILD_ID]))):
        places.setdefault((row[PERSON], row[_CHILD_ID]), number)
        places.setdefault(row[PERSON], number)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(cells["CINdetails"]):
        place = places.get((row[PERSON], row[_CHILD_ID]), places.get(row[PERSON]))
        if place is not None:
            found[place].append(row)
    return found


def _by_record(cells: Mapping[str, pa.Table]) -> dict[Any, list[tuple[str, Row]]]:
    """Everything nested in details by the record it is nested in, in the order of the schema."""
    found: dict[Any, list[tuple[str, Row]]] = defaultdict(list)
    for part, table in cells.items():
        if WITHIN in table.column_names:
            for row in _rows(table):
                found[row[WITHIN]].append((part, row))
    return found


def _blocks(name: str, blocks: Mapping[str, Mapping[str, str]]) -> etree._Element:
    element = etree.Element(name)
    for block, leaves in blocks.items():
        inner = etree.SubElement(element, block)
        for leaf, text in leaves.items():
            etree.SubElement(inner, leaf).text = text
    return element


def _child(row: Row, details: list[Row], nested: Mapping[Any, list[tuple[str, Row]]]) -> etree._Element:
    child = etree.Element("Child")
    etree.SubElement(child, _IDENTIFIERS)
    etree.SubElement(child, "ChildCharacteristics")
    for name, text in row.items():
        _put(child if name in _GROUPS else child[0], name, text)
    for detail in details:
        _details(etree.SubElement(child, "CINdetails"), detail, nested.get(detail[RECORD], []))
    return child


def _details(element: etree._Element, row: Row, nested: list[tuple[str, Row]]) -> None:
    """One block of details in the order of the schema: its own leaves, most blocks, ReferralNFA, then protection plans."""
    leaves = {name: text for name, text in row.items() if name != _CHILD_ID}
    last = leaves.pop("ReferralNFA", None)
    _leaves(element, leaves)
    for part, inner in nested:
        if part != _AFTER_NFA:
            _leaves(etree.SubElement(element, part), inner)
    _put(element, "ReferralNFA", last)
    for part, inner in nested:
        if part == _AFTER_NFA:
            _leaves(etree.SubElement(element, part), inner)


def _leaves(element: etree._Element, row: Row) -> None:
    for name, text in row.items():
        if name != _CHILD_ID:
            _put(element, name, text)


def _put(element: etree._Element, name: str, text: str | None) -> None:
    """One leaf, or a leaf for each of several values in their group; nothing for a blank or a column of service."""
    if not text or name.startswith("_"):
        return
    if name not in _GROUPS:
        etree.SubElement(element, name).text = text
        return
    for step in _GROUPS[name].split("/"):
        inner = element.find(step)
        element = etree.SubElement(element, step) if inner is None else inner
    for value in text.split(";") if name != "Ethnicity" else [text]:
        etree.SubElement(element, name).text = value
