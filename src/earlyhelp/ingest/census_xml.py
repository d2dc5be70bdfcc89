"""Reading the CIN census: each repeating element as a grid whose headings are the element's names.

The stream is read child by child, so that a return of any size needs the memory of one child. Entities, external
references and document types are refused; any namespace is read by the elements' own names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from earlyhelp.errors import InputRefused
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
    facts: dict[str, str] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    namespaced: bool = False

    def notes(self) -> list[str]:
        """What the council should know of how the file was read."""
        notes = [f"element {name} is not read ({count} times)" for name, count in sorted(self.unread.items())]
        if self.namespaced:
            notes.append(
                "the elements carry a namespace, which the published return has not; they were read by their names"
            )
        return notes


def read_census(path: Path, name: str) -> Census:
    """The rows of every repeating element. Refuses what is not a Children in Need return, and XML that is not sound."""
    census = Census()
    try:
        for child in _children(path, name, census):
            _take(child, census, _text_of(child, CHILD_ID))
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 0
        raise InputRefused(
            f"The XML is cut short, not well formed, or deeper or longer than a return can be, at line {line}.",
            where=f"{name}, line {line}",
            fix="Produce the return again; do not edit it by hand.",
        ) from None
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
    fix = "Load the file made for the CIN census (Message, Children, Child); of the school census, load its tables as CSV."
    raise InputRefused(error, where=name, fix=fix)


def _children(path: Path, name: str, census: Census) -> Iterator[etree._Element]:
    events = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    checked = False
    for event, element in events:
        if not checked:
            _refuse_doctype(element, name)
            census.namespaced = "}" in str(element.tag)
            checked = True
        if event == "end" and isinstance(element.tag, str):
            tag = _name(element)
            if tag in _FILE_FACTS and element.text:
                census.facts.setdefault(tag, element.text.strip())
            if tag == CHILD:
                yield element
                _forget(element)


def _refuse_doctype(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise InputRefused(
            "The XML declares a document type, with which entities or outside files could be drawn in.",
            where=name,
            fix="Remove the <!DOCTYPE ...> line; a CIN return needs none.",
        )


def _forget(element: etree._Element) -> None:
    element.clear()
    while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(before)


def _take(element: etree._Element, census: Census, child_id: str) -> None:
    """One row for a repeating element; elements that repeat inside it become rows of their own, with the child's id."""
    part = _name(element)
    found: dict[str, list[str]] = {}
    nested = []
    for inner in _facts_and_parts(element):
        if _name(inner) in HEADINGS:
            nested.append(inner)
        elif text := (inner.text or "").strip():
            found.setdefault(_name(inner), []).append(text)
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
    for inner in element:
        if not isinstance(inner.tag, str):
            continue
        if _name(inner) not in HEADINGS and any(isinstance(each.tag, str) for each in inner):
            yield from _facts_and_parts(inner)
        else:
            yield inner


def _text_of(element: etree._Element, name: str) -> str:
    return next(((e.text or "").strip() for e in element.iter() if isinstance(e.tag, str) and _name(e) == name), "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
