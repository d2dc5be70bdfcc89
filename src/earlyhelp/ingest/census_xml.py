"""Reading the CIN census: each repeating element as a grid whose headings are the element's names.

The stream is read child by child, so that a return of any size needs the memory of one child; what `xml_stream` refuses is
refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.xml_stream import Header, inner_elements, local_name, streamed, text_of
from earlyhelp.sources import SOURCES

CHILD, CHILD_ID, COLLECTION = "Child", "LAchildID", "CIN"
HEADINGS: dict[str, list[str]] = {
    part.title: [heading.name for heading in part.headings] for part in SOURCES["cin_census"].parts
}
"""The leaf elements that are read of each repeating element, by the element's name."""
_OTHER_NAMES: dict[str, dict[str, str]] = {
    part.title: {name: heading.name for heading in part.headings for name in heading.also}
    for part in SOURCES["cin_census"].parts
}
"""What leaf elements were called in other years' returns, and under which name they are read."""
_FILE_FACTS = {"ReferenceDate", "Year", "Collection"}

Row = dict[str, str]


@dataclass
class Census:
    """Rows by repeating element (each a dict of leaf element to text), the header's facts, and elements nobody reads."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in HEADINGS})
    header: Header = field(default_factory=Header)
    unread: Counter[str] = field(default_factory=Counter)

    @property
    def facts(self) -> dict[str, str]:
        """What the header says, by its elements."""
        return self.header.facts

    def notes(self) -> list[str]:
        """What the council should know of how the file was read."""
        unread = [f"element {name} is not read ({count} times)" for name, count in sorted(self.unread.items())]
        return unread + self.header.notes()


def read_census(path: Path, name: str) -> Census:
    """The rows of every repeating element. Refuses what is not a Children in Need return, and XML that is not sound."""
    census = Census()
    for child in streamed(path, name, {CHILD}, _FILE_FACTS, census.header):
        _take(child, census, _text_of(child, CHILD_ID))
    _refuse_other_returns(census, name)
    return census


def _refuse_other_returns(census: Census, name: str) -> None:
    if census.facts.get("Collection", COLLECTION).upper() != COLLECTION:
        error = f"The header says that this is another collection than {COLLECTION}."
    elif not census.rows[CHILD]:
        error = "The XML holds no Child element, so it is not a Children in Need return."
    elif not any(CHILD_ID in row for row in census.rows[CHILD]):
        error = f"No Child element holds an {CHILD_ID}, so it is not a Children in Need return."
    else:
        return
    fix = "Load the file made for the CIN census (Message, Children, Child)."
    raise InputRefused(error, where=name, fix=fix)


def _take(element: etree._Element, census: Census, child_id: str) -> None:
    """One row for a repeating element; elements that repeat inside it become rows of their own, with the child's id."""
    part = local_name(element)
    found: dict[str, list[str]] = {}
    nested = []
    for inner in _facts_and_parts(element):
        if local_name(inner) in HEADINGS:
            nested.append(inner)
        elif text := text_of(inner):
            found.setdefault(local_name(inner), []).append(text)
    found = dict(_by_published_name(part, found))
    census.unread.update({leaf: len(texts) for leaf, texts in found.items() if leaf not in HEADINGS[part]})
    row = {leaf: ";".join(texts) for leaf, texts in found.items() if leaf in HEADINGS[part]}
    census.rows[part].append(row | ({CHILD_ID: child_id} if child_id else {}))
    for inner in nested:
        _take(inner, census, child_id)


def _by_published_name(part: str, found: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The leaf elements under the names they are read by; one under its present name goes before one of another year."""
    for name, texts in found.items():
        present = _OTHER_NAMES[part].get(name, name)
        if present == name or present not in found:
            yield present, texts


def _facts_and_parts(element: etree._Element) -> Iterator[etree._Element]:
    """The elements without elements in them, and those that repeat, in the order of the file; mere wrappers are opened."""
    for inner in inner_elements(element):
        if local_name(inner) not in HEADINGS and any(True for _ in inner_elements(inner)):
            yield from _facts_and_parts(inner)
        else:
            yield inner


def _text_of(element: etree._Element, name: str) -> str:
    return next((text_of(e) for e in element.iter() if isinstance(e.tag, str) and local_name(e) == name), "")
