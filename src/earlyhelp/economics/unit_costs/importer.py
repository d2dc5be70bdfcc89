"""The Greater Manchester Unit Cost Database, read from the workbook that a council fetches itself.

As published in version 3.0: a sheet `Introduction`, which says the edition and the licence, and a sheet a theme.
On a theme's sheet a row with a code in the third column is a cost: then detail, unit, two columns of agency, the fiscal
value in pounds and the financial year of its prices. Codes are used again for other things in other editions, so a cost
is known by edition and code together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from earlyhelp.economics.unit_costs.cost import UnitCost, faults_of
from earlyhelp.economics.unit_costs.deflators import is_financial_year
from earlyhelp.economics.unit_costs.rows import Refused, refuse_missing
from earlyhelp.errors import InputRefused
from earlyhelp.ingest.workbook import Sheet, read_workbook

EditionCode = tuple[str, str]
"""Edition and code: ("3.0", "SS1.0")."""
THEMES = {
    "Crime": "council_other",
    "Education & Skills": "council_education",
    "Employment & Economy": "council_other",
    "Health": "council_other",
    "Housing": "council_housing",
    "Social Services": "council_social_care",
}
"""The sheets of costs, and what part of the council "local authority" means there."""
_CODE, _DETAIL, _UNIT, _AGENCY, _AGENCY_TOO, _VALUE, _YEAR = range(2, 9)
_IS_CODE = re.compile(r"[A-Z][A-Z&]*\d+\.\d+(\.\d+)*")
_EDITION = re.compile(r"\bv(?:ersion)?\.?\s*(\d+(?:\.\d+)+)", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"Creative Commons Attribution 4\.0", re.IGNORECASE)
MOST = 1_000_000.0
"""Pounds for one of anything, above which a value is taken for the digits of a formula run together: no fiscal cost of a
person, a year or an event in the editions read comes near it."""
_AGENCY_WORDS = (
    ("local authorit", ""),
    ("council", ""),
    ("nhs", "nhs"),
    ("health service", "nhs"),
    ("police", "police"),
    ("criminal justice", "justice"),
    ("cjs", "justice"),
    ("court", "justice"),
    ("prison", "justice"),
    ("probation", "justice"),
    ("ministry of justice", "justice"),
    ("moj", "justice"),
    ("dwp", "dwp"),
    ("work and pensions", "dwp"),
    ("hmrc", "hmrc"),
    ("school", "schools"),
    ("dfe", "schools"),
    ("department for education", "schools"),
    ("multiple", "several"),
    ("various", "several"),
    ("housing provider", "several"),
    ("registered provider", "several"),
)
"""Words of the agency columns and the code they mean; "" is the part of the council that the sheet is about."""
_HORIZON_WORDS = (
    ("hour", "hour"),
    ("week", "week"),
    ("six months", "six_months"),
    ("month", "month"),
    ("year", "year"),
    ("annum", "year"),
    ("annual", "year"),
    ("day", "day"),
)


class Imported(NamedTuple):
    """A workbook as read: its edition and licence, the sound costs by edition and code, and the rows refused."""

    edition: str
    licence: str
    costs: Mapping[EditionCode, UnitCost]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class _Book:
    edition: str
    licence: str
    retrieved: str


def read_unit_cost_database(path: Path, retrieved: str = "") -> Imported:
    """The unit costs of a Unit Cost Database workbook, and which rows were refused and why.

    retrieved: the month it was fetched, as 2026-11. A cost with a code of three parts (SS5.0.1) is a part of the one with
    the first two (SS5.0). Refused are values that are no number, below 0 or above a million pounds, years that are none,
    agencies nobody knows, and every row of a code that stands twice.
    Raises InputRefused where the workbook has no Introduction with an edition, or no sheet of costs.
    """
    refuse_missing(path)
    sheets = {sheet.name.strip(): sheet for sheet in read_workbook(path, path.name)}
    book = _book(sheets, path.name, retrieved)
    themes = [sheets[name] for name in THEMES if name in sheets]
    if not themes:
        raise _not_the_database(path.name, f"it has no sheet {' or '.join(THEMES)}")
    given = [row for sheet in themes for row in _coded_rows(sheet)]
    times = Counter(cells[_CODE] for _, _, cells in given)
    costs: dict[EditionCode, UnitCost] = {}
    refused: list[Refused] = []
    for sheet, number, cells in given:
        cost, faults = _imported(book, sheet, cells, times)
        if times[cells[_CODE]] > 1:
            faults.append(f"the code stands in {times[cells[_CODE]]} rows, and nobody can tell which is meant.")
        refused += [Refused(number, cells[_CODE], fault, sheet) for fault in faults]
        if cost and not faults:
            costs[book.edition, cells[_CODE]] = cost
    return Imported(book.edition, book.licence, _with_known_parents(costs), tuple(refused))


def _book(sheets: Mapping[str, Sheet], name: str, retrieved: str) -> _Book:
    if "Introduction" not in sheets:
        raise _not_the_database(name, "it has no sheet Introduction")
    words = " ".join(cell for row in sheets["Introduction"].rows for cell in row if cell)
    if not (edition := _EDITION.search(words)):
        raise _not_the_database(name, "its Introduction names no edition, such as v3.0")
    licence = "CC BY 4.0, Greater Manchester Combined Authority"
    stated = licence if _CREATIVE_COMMONS.search(words) else "Not stated in the workbook: ask before passing it on"
    return _Book(edition[1], stated, retrieved)


def _not_the_database(name: str, why: str) -> InputRefused:
    return InputRefused(
        f"This is not the Unit Cost Database as it was published in version 3.0: {why}.",
        where=name,
        fix="Fetch the workbook from the Greater Manchester Combined Authority and give it unchanged.",
    )


def _coded_rows(sheet: Sheet) -> Iterator[tuple[str, int, list[str]]]:
    """Sheet, row number and the cells up to the year, of every row that has a code."""
    for number, row in enumerate(sheet.rows, start=1):
        cells = [" ".join(cell.split()) for cell in (*row, *[""] * (_YEAR + 1))[: _YEAR + 1]]
        if _IS_CODE.fullmatch(cells[_CODE]):
            yield sheet.name.strip(), number, cells


def _imported(book: _Book, theme: str, cells: list[str], times: Mapping[str, int]) -> tuple[UnitCost | None, list[str]]:
    faults: list[str] = []
    value = _value(cells[_VALUE], faults)
    year = _price_year(cells[_YEAR], faults)
    bearer = " / ".join(filter(None, (cells[_AGENCY], cells[_AGENCY_TOO])))
    agency = _agency(bearer, THEMES[theme], faults)
    if value is None or faults:
        return None, faults
    code = cells[_CODE]
    whole = ".".join(code.split(".")[:2])
    cost = UnitCost(
        code=_our_code(book.edition, code),
        name=cells[_DETAIL],
        unit=cells[_UNIT],
        value=value,
        price_year=year,
        agency=agency,
        kind="fiscal",
        horizon=_horizon(cells[_UNIT], cells[_DETAIL]),
        thing=_our_code(book.edition, code),
        source=f"Greater Manchester Unit Cost Database v{book.edition} {code}, sheet {theme}",
        confidence="medium",
        parent=_our_code(book.edition, whole) if whole != code and whole in times else "",
        average=value,
        bearer=bearer,
        url="https://www.greatermanchester-ca.gov.uk/what-we-do/research/research-cost-benefit-analysis/",
        retrieved=book.retrieved,
        licence=book.licence,
        flags=("imported",),
    )
    return cost, list(faults_of(cost))


def _our_code(edition: str, code: str) -> str:
    return f"ucd_{edition}_{code}"


def _with_known_parents(costs: dict[EditionCode, UnitCost]) -> dict[EditionCode, UnitCost]:
    """The costs, a part whose whole was refused standing alone."""
    known = {cost.code for cost in costs.values()}
    return {key: cost if cost.parent in known else replace(cost, parent="") for key, cost in costs.items()}


def _value(cell: str, faults: list[str]) -> float | None:
    try:
        value = float(cell.replace(",", "").removeprefix("£"))
    except ValueError:
        faults.append("the value is empty." if not cell else f'the value "{cell[:40]}" is no number.')
        return None
    if not 0 <= value <= MOST:
        faults.append(
            f"the value {value:,.0f} lies outside 0 to {MOST:,.0f} pounds; the digits of a formula may have run together."
        )
        return None
    return value


def _price_year(cell: str, faults: list[str]) -> str:
    """2010-11 from "2010/11", "2010-11" or "2010/2011"."""
    found = re.match(r"(\d{4})\s*[/-]\s*(?:\d{2})?(\d{2})$", cell)
    year = f"{found[1]}-{found[2]}" if found else ""
    if not is_financial_year(year):
        faults.append(f'the price year "{cell[:20]}" is no financial year, such as 2024/25.')
    return year


def _agency(bearer: str, council: str, faults: list[str]) -> str:
    words = bearer.lower()
    named = {code or council for word, code in _AGENCY_WORDS if word in words}
    if not named:
        faults.append(f'the agency "{bearer[:60]}" is not known.' if bearer else "the agency is empty.")
        return ""
    return named.pop() if len(named) == 1 else "several"


def _horizon(unit: str, detail: str) -> str:
    if "lifetime" in f"{unit} {detail}".lower():
        return "lifetime"
    return next((horizon for word, horizon in _HORIZON_WORDS if word in unit.lower()), "event")
