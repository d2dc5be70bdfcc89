"""The places of the offer map: what a directory says of where a service is offered, as the council's own localities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

WHOLE_COUNCIL = "whole council"
_PLACES_OF_ALL = "council|borough|county|city|district|authority"
_WHOLE = re.compile(
    rf"(the )?(whole|entire|all( of)?( the)?|across( the)?)( ({_PLACES_OF_ALL}|areas?|wards?|localities))*"
    rf"|({_PLACES_OF_ALL})[- ]?wide|everywhere",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;,|]\s*")


@dataclass(frozen=True)
class Areas:
    """The council's localities in alphabetical order, and by each name of a place, in small letters, the locality it is in.

    `council`: the names of the council itself, in small letters. Without localities the whole council is one area.
    """

    localities: tuple[str, ...]
    locality_of: Mapping[str, str]
    council: frozenset[str]

    def of(self, text: str) -> tuple[str, ...]:
        """The localities that a directory's words name; a place that the council's list does not know stands by itself."""
        known = [self._of_one(text)] if text.casefold() in self.locality_of else map(self._of_one, _BETWEEN.split(text))
        return tuple(dict.fromkeys(area for areas in known for area in areas))

    def _of_one(self, words: str) -> tuple[str, ...]:
        plain = words.strip().casefold()
        if _WHOLE.fullmatch(plain) or plain in self.council:
            return self.localities or (WHOLE_COUNCIL,)
        return (self.locality_of.get(plain, words.strip()),) if plain else ()


def areas_of(con: duckdb.DuckDBPyConnection, area_code: str, council: str = "") -> Areas:
    """The areas of a council from the place table of a snapshot: localities, else none; wards belong to their locality."""
    rows = con.execute(
        "SELECT DISTINCT locality, ward_name, ward_code FROM place WHERE la_code = ? AND locality IS NOT NULL ORDER BY ALL",
        [area_code],
    ).fetchall()
    found = {name.casefold(): locality for locality, *names in rows for name in names if name}
    found |= {locality.casefold(): locality for locality, *_ in rows}
    localities = sorted({locality for locality, *_ in rows}, key=str.casefold)
    names = frozenset(each.casefold() for each in (area_code, council) if each)
    return Areas(tuple(localities), found, names)
