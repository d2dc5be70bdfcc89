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

CHILD, CHILD_ID = "Child", "LAchildID"
_FILE_FACTS = {"ReferenceDate", "Year", "Collection"}


@dataclass
class Census:
    """Rows by repeating element (each a dict of leaf element to text), the header's facts, and elements nobody reads."""

    rows: dict[str, list[dict[str, str]]]
    facts: dict[str, str] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    namespaced: bool = False


def read_census(path: Path, parts: dict[str, list[str]]) -> Census:
    """The rows of every part (`parts`: element name to the leaf names it is read for). Refuses what is not a CIN return."""
    census = Census({name: [] for name in parts})
    try:
        for child in _children(path, census):
            _take(child, parts, census, _text_of(child, CHILD_ID))
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 0
        raise InputRefused(
            f"The XML is not well formed or is cut short at line {line}.",
            where=f"{path.name}, line {line}",
            fix="Produce the return again; do not edit it by hand.",
        ) from None
    if not census.rows[CHILD]:
        raise InputRefused(
            "The XML holds no Child element, so it is not a Children in Need return.",
            where=path.name,
            fix="Load the file that was made for the CIN census (Message, Children, Child).",
        )
    return census


def _children(path: Path, census: Census) -> Iterator[etree._Element]:
    events = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    checked = False
    for event, element in events:
        if not checked:
            _refuse_doctype(element, path)
            census.namespaced = "}" in str(element.tag)
            checked = True
        if event == "end" and isinstance(element.tag, str):
            name = _name(element)
            if name in _FILE_FACTS and element.text:
                census.facts.setdefault(name, element.text.strip())
            if name == CHILD:
                yield element
                _forget(element)


def _refuse_doctype(element: etree._Element, path: Path) -> None:
    if element.getroottree().docinfo.doctype:
        raise InputRefused(
            "The XML declares a document type, with which entities or outside files could be drawn in.",
            where=path.name,
            fix="Remove the <!DOCTYPE ...> line; a CIN return needs none.",
        )


def _forget(element: etree._Element) -> None:
    element.clear()
    while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(before)


def _take(element: etree._Element, parts: dict[str, list[str]], census: Census, child_id: str) -> None:
    """One row for a repeating element; elements that repeat inside it become rows of their own, with the child's id."""
    name = _name(element)
    row: dict[str, str] = {CHILD_ID: child_id} if child_id else {}
    waiting = list(_elements(element))
    nested = []
    while waiting:
        inner = waiting.pop(0)
        inner_name = _name(inner)
        if inner_name in parts:
            nested.append(inner)
        elif children := list(_elements(inner)):
            waiting = children + waiting
        else:
            _note_leaf(row, inner_name, (inner.text or "").strip(), parts[name], census)
    census.rows[name].append(row)
    for inner in nested:
        _take(inner, parts, census, child_id)


def _note_leaf(row: dict[str, str], name: str, text: str, read: list[str], census: Census) -> None:
    if name not in read:
        census.unread[name] += 1
    elif text and name != CHILD_ID:
        row[name] = f"{row[name]};{text}" if name in row else text


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in element if isinstance(inner.tag, str))


def _text_of(element: etree._Element, name: str) -> str:
    return next(((e.text or "").strip() for e in element.iter() if isinstance(e.tag, str) and _name(e) == name), "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
