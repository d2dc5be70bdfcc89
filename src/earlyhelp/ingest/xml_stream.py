"""XML read element by element: a return of any size needs the memory of one child or pupil.

Entities, external references and document types are refused, and so is what is deeper than a return can be. Any namespace is
read by the elements' own names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from earlyhelp.errors import InputRefused

DEEPEST = 64
"""Elements within elements that a return may have; the returns that are read have fewer than twelve."""


@dataclass
class Header:
    """What a return says of itself: the first text of each element asked for, and whether its elements carry a namespace."""

    facts: dict[str, str] = field(default_factory=dict)
    namespaced: bool = False

    def notes(self) -> list[str]:
        """What the council should know of how the elements were told apart."""
        if not self.namespaced:
            return []
        return ["the elements carry a namespace, which the published return has not; they were read by their names"]


def streamed(
    path: Path, name: str, wanted: Collection[str], facts: Collection[str], header: Header
) -> Iterator[etree._Element]:
    """Every element with a wanted name, whole; it is forgotten when the next is asked for. Facts go into `header`.

    `name`: what the file is called. Raises InputRefused for XML that is cut short, not well formed, too deep, or that
    declares a document type.
    """
    try:
        yield from _elements(path, name, wanted, facts, header)
    except etree.XMLSyntaxError as problem:
        raise unsound(name, problem.lineno or 0) from None


def _elements(
    path: Path, name: str, wanted: Collection[str], facts: Collection[str], header: Header
) -> Iterator[etree._Element]:
    depth = 0
    for event, element in _events(path):
        if not depth:
            _refuse_doctype(element, name)
            header.namespaced = "}" in str(element.tag)
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            line = element.sourceline
            raise unsound(name, line if isinstance(line, int) else 0)
        if event == "end" and isinstance(element.tag, str):
            tag = local_name(element)
            if tag in facts and element.text:
                header.facts.setdefault(tag, element.text.strip())
            if tag in wanted:
                yield element
                _forget(element)


def _events(path: Path) -> Iterator[tuple[str, etree._Element]]:
    """Where elements begin and end."""
    return iter(
        etree.iterparse(
            str(path), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        )
    )


def first_named(path: Path, names: Collection[str]) -> str:
    """Which of some elements begins first in a file; empty where none does before the XML ends or breaks."""
    try:
        for event, element in _events(path):
            if isinstance(element.tag, str) and local_name(element) in names:
                return local_name(element)
            if element.getroottree().docinfo.internalDTD is not None:
                return ""
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError:
        return ""
    return ""


def unsound(name: str, line: int) -> InputRefused:
    """The refusal of XML that cannot be read to its end."""
    return InputRefused(
        f"The XML is cut short, not well formed, or deeper or longer than a return can be, at line {line}.",
        where=f"{name}, line {line}",
        fix="Produce the return again; do not edit it by hand.",
    )


def _refuse_doctype(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise InputRefused(
            "The XML declares a document type, with which entities or outside files could be drawn in.",
            where=name,
            fix="Remove the <!DOCTYPE ...> line; a return needs none.",
        )


def _forget(element: etree._Element) -> None:
    element.clear()
    while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(before)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def text_of(element: etree._Element) -> str:
    """The text of an element, bare of the space about it."""
    return (element.text or "").strip()


def inner_elements(element: etree._Element) -> Iterator[etree._Element]:
    """The elements directly within one; comments and instructions are passed over."""
    return (each for each in element if isinstance(each.tag, str))
