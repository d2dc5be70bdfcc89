"""A newer release of HM Treasury's GDP deflators, read from the table as published (CSV or workbook)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from earlyhelp.economics.unit_costs.deflators import Deflators, first_year, is_financial_year
from earlyhelp.economics.unit_costs.rows import refuse_missing
from earlyhelp.errors import InputRefused
from earlyhelp.ingest.workbook import read_workbook

_BASE = re.compile(r"(\d{4}-\d{2})\s*=\s*100")
_DAY = re.compile(
    r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})"
)
_TREASURY = "HM Treasury, GDP deflators at market prices, and money GDP"


def read_deflators(path: Path, *, vintage: str = "", last_outturn: str = "", retrieved: str = "") -> Deflators:
    """HM Treasury's table of GDP deflators as published (CSV or workbook): the index by financial year, and its forecasts.

    vintage: the month of the release (2026-03); by default that of the newest day that its notes name. last_outturn: the
    last year that is no forecast; by default the base year, which the Treasury sets to it.
    Raises InputRefused where the table is not found, a year is missing between two others, or the release has no date.
    """
    refuse_missing(path)
    rows, base, index = _found(path)
    _refuse_index(index, path.name)
    outturn = last_outturn or base
    return Deflators(
        index=index,
        forecast=frozenset(year for year in index if first_year(year) > first_year(outturn)),
        vintage=vintage or _vintage(rows, path.name),
        source=_TREASURY,
        url="https://www.gov.uk/government/collections/gdp-deflators-at-market-prices-and-money-gdp",
        retrieved=retrieved,
        licence="Open Government Licence v3.0",
    )


def _found(path: Path) -> tuple[list[list[str]], str, dict[str, float]]:
    for rows in _tables(path):
        if found := _index(rows):
            return rows, *found
    raise InputRefused(
        "No table of deflators was found: financial years with an index beside them, headed such as 2024-25 = 100.",
        where=path.name,
        fix="Fetch the CSV or workbook of GDP deflators from HM Treasury and give it unchanged.",
    )


def _tables(path: Path) -> Iterator[list[list[str]]]:
    if path.suffix.lower() != ".csv":
        yield from (sheet.rows for sheet in read_workbook(path, path.name))
        return
    try:
        yield list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        yield list(csv.reader(path.read_text("cp1252", "replace").splitlines()))


def _index(rows: list[list[str]]) -> tuple[str, dict[str, float]] | None:
    """The base year and the index by year, from the column headed "2024-25 = 100" beside the financial years."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row[1:], start=1):
            if (base := _BASE.search(cell)) and is_financial_year(base[1]):
                return base[1], dict(_years(rows[number + 1 :], column))
    return None


def _years(rows: Iterable[list[str]], column: int) -> Iterator[tuple[str, float]]:
    for row in rows:
        if len(row) > column and is_financial_year(row[column - 1].strip()):
            try:
                yield row[column - 1].strip(), float(row[column].replace(",", ""))
            except ValueError:
                continue  # a year without an index: missed below, where it lies between two others


def _refuse_index(index: Mapping[str, float], name: str) -> None:
    years = sorted(first_year(year) for year in index)
    gaps = sorted(set(range(years[0], years[-1])) - set(years)) if years else []
    if not years or gaps or min(index.values()) <= 0:
        missing = ", ".join(f"{year}-{(year + 1) % 100:02d}" for year in gaps)
        raise InputRefused(
            f"The table has no index of {missing}." if gaps else "The table holds no index above 0.",
            where=name,
            fix="Fetch the table again and give it unchanged.",
        )


def _vintage(rows: Iterable[list[str]], name: str) -> str:
    days = [datetime.strptime(day, "%d %B %Y") for row in rows for cell in row for day in _DAY.findall(cell)]
    if not days:
        raise InputRefused(
            "The table does not say when it was released.", where=name, fix="Say the month of the release, as 2026-03."
        )
    return max(days).strftime("%Y-%m")
