"""What a reader hands over: a grid of text for each sheet, file or repeating element, its rows numbered as in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from earlyhelp.errors import InputRefused

SPREADSHEET_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#FORMULA")
"""What Excel shows where a formula failed; #FORMULA is our mark for one that was saved without ever being calculated."""
TOP_ROWS = 30
"""How many filled rows from the top are looked through for the headings."""
MOST_COLUMNS = 4_000
"""A list of more columns is none: Annex A has forty, and a file of delimiters alone has thousands."""


class BrokenRow(NamedTuple):
    """A row whose cells cannot be told apart, kept as text for quarantine."""

    row_no: int
    rule: str
    found: str
    expected: str
    content: str


BROKEN_COLUMNS = {name: "BIGINT" if name == "row_no" else "VARCHAR" for name in BrokenRow._fields}


@dataclass(frozen=True)
class Grid:
    """One sheet, file or repeating element.

    `relation`: a table or view of DuckDB with `row_no` and `c0`, `c1` ... (text as it stands, empty cells NULL); rows that
    hold nothing at all are not in it. `broken`: a table of the rows that could not be taken apart, or empty.
    `top`: the first filled rows, as (row number, cells), among which the headings are looked for; a reader that knows the
    headings gives them in `headings`, and every row is data. `plain`: every cell is known to read as it stands.
    """

    name: str
    relation: str
    width: int
    top: Sequence[tuple[int, Sequence[str]]] = ()
    headings: Sequence[str] | None = None
    broken: str = ""
    plain: bool = False

    @cached_property
    def titled(self) -> list[tuple[int, list[str]]]:
        """The rows of `top`, in which a heading that stands over several columns has what spans it in the row above before it.

        Under "Referral" and "Closure", two headings "Date" are "Referral Date" and "Closure Date", and a heading "Reason" beside
        the one is "Closure Reason". Left as they are: other headings, and a row in which what stands above tells none apart.
        """
        rows = [(number, list(cells[: self.width])) for number, cells in self.top]
        above = [[], *(cells for _, cells in rows)]
        return [(number, _told_apart(cells, band)) for (number, cells), band in zip(rows, above, strict=False)]


def _told_apart(cells: Sequence[str], band: Sequence[str]) -> list[str]:
    """The headings, with what spans them before those that are repeated or say little; all as they are where it tells nothing."""
    if _filled(band) >= _filled(cells):
        return list(cells)
    spanning = _spread(band, len(cells))
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(" ".join(cell.split()).casefold(), []).append(place)
    repeated = [found for text, found in places.items() if text and len(found) > 1]
    apart = [found for found in repeated if len({spanning[place].casefold() for place in found} - {""}) == len(found)]
    if not apart:
        return list(cells)
    little = [found for text, found in places.items() if text in _SAYS_LITTLE and len(found) == 1]
    named = {place for found in (*apart, *little) for place in found}
    return [f"{spanning[n]} {cell}".strip() if n in named else cell for n, cell in enumerate(cells)]


_LITTLE = (
    "agency by code date decision id level no number outcome reason ref result source stage status type who worker"
)
_SAYS_LITTLE = frozenset(_LITTLE.split())
"""Headings that say what they are only together with what spans them."""


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _spread(band: Sequence[str], width: int) -> list[str]:
    """What spans each column: the last text at or before it."""
    spread: list[str] = []
    for place in range(width):
        own = band[place].strip() if place < len(band) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


@dataclass(frozen=True)
class Opened:
    """A file as read: its grids, what was noticed on the way, and the date the file itself says it was made for."""

    grids: Sequence[Grid]
    notes: Sequence[str] = field(default=())
    extract_date: str | None = None


def too_wide(where: str, columns: int) -> InputRefused:
    """The refusal of a file or sheet of more columns than any list has."""
    return InputRefused(
        f"It has {columns:,} columns, and {MOST_COLUMNS:,} is the most.",
        where=where,
        fix="Delete the columns beside the data, or check that the delimiter is right.",
    )
