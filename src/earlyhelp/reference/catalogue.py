"""Every publication that can be read, and which of them a file is, told by its headings alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from earlyhelp.errors import InputRefused
from earlyhelp.reference.about_children import ABOUT_CHILDREN
from earlyhelp.reference.about_money import ABOUT_MONEY
from earlyhelp.reference.about_places import ABOUT_PLACES
from earlyhelp.reference.publication import Publication

PUBLICATIONS: Mapping[str, Publication] = MappingProxyType(
    {each.id: each for each in (*ABOUT_CHILDREN, *ABOUT_PLACES, *ABOUT_MONEY)}
)
_ALIKE_ENOUGH = 0.5
"""A file that shares this part of its headings with a publication is told how it differs; less alike, it is no publication."""


def recognise(headings: tuple[str, ...], where: str) -> Publication:
    """The publication with exactly these headings, in any order.

    Raises InputRefused: for a heading that occurs twice; when the nearest publication has other headings, naming them; when
    nothing published here looks like it.
    """
    _all_different(headings, where)
    there = set(headings)
    for publication in PUBLICATIONS.values():
        if set(publication.headings) == there:
            return publication
    nearest = max(PUBLICATIONS.values(), key=lambda each: _likeness(set(each.headings), there))
    if _likeness(set(nearest.headings), there) >= _ALIKE_ENOUGH:
        raise changed_layout(nearest, headings, where)
    raise InputRefused(
        f"The {len(headings)} headings are those of no publication known here.",
        where=where,
        fix="See which files can be read: earlyhelp reference list",
    )


def as_declared(publication: Publication, headings: tuple[str, ...], where: str) -> None:
    """Raise InputRefused unless the headings are those of the publication, in any order."""
    _all_different(headings, where)
    if set(headings) != set(publication.headings):
        raise changed_layout(publication, headings, where)


def changed_layout(publication: Publication, headings: tuple[str, ...], where: str) -> InputRefused:
    """The error for a file whose headings are not the publication's: it names what is missing and what is new."""
    missing = [heading for heading in publication.headings if heading not in headings]
    new = [heading for heading in headings if heading not in publication.headings]
    parts = [f"missing: {_some(missing)}"] * bool(missing) + [f"not known: {_some(new)}"] * bool(new)
    return InputRefused(
        f"The layout is not that of '{publication.title}'; {'; '.join(parts)}.",
        where=where,
        fix=f"Take the file as published: {publication.instructions}",
    )


def _all_different(headings: tuple[str, ...], where: str) -> None:
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    if twice:
        raise InputRefused(
            f"The heading {_some(twice)} is there twice.", where=where, fix="Take the file as published."
        )


def _likeness(declared: set[str], there: set[str]) -> float:
    return len(declared & there) / len(declared | there)


def _some(items: list[str], most: int = 5) -> str:
    rest = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(item[:60] or "(blank)" for item in items[:most]) + rest
