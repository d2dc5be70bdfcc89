"""Prices of one financial year in those of another: HM Treasury's GDP deflators, as data with their date and forecasts.

Source: HM Treasury, GDP deflators at market prices, and money GDP; the rows say which release. Years run from April to
March. The importer (`importer.read_deflators`) reads a newer release.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from earlyhelp.errors import UsageProblem

_FINANCIAL_YEAR = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Deflators:
    """One release of the series.

    `index`: by financial year ("2025-26"), any base. `forecast`: the years that are forecasts and not outturn.
    `vintage`: the month of the release, as 2026-03. `source`, `url`, `retrieved`, `licence`: where it comes from.
    """

    index: Mapping[str, float]
    forecast: frozenset[str]
    vintage: str
    source: str
    url: str = ""
    retrieved: str = ""
    licence: str = ""

    def ratio(self, base: str, to: str) -> float:
        """By what prices of `base` are multiplied to be prices of `to`. Raises UsageProblem for a year that is not held."""
        return self.of(to) / self.of(base)

    def of(self, year: str) -> float:
        """The index of a financial year. Raises UsageProblem, naming the years there are."""
        try:
            return self.index[year]
        except KeyError:
            raise UsageProblem(
                f'There is no GDP deflator of the price year "{year}".',
                where=f"deflators of {self.vintage}",
                fix=f"Give a financial year from {min(self.index)} to {max(self.index)}, written as 2025-26.",
            ) from None


def is_financial_year(text: str) -> bool:
    """True for "2025-26", whose second year follows the first; not for "2025", "2025/26" or "2025-27"."""
    found = _FINANCIAL_YEAR.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def first_year(year: str) -> int:
    """2025 for "2025-26"."""
    return int(year[:4])


def _shipped() -> Deflators:
    text = (resources.files("earlyhelp.economics.unit_costs") / "deflators.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    provenance = {name: rows[0][name] for name in ("vintage", "source", "url", "retrieved", "licence")}
    return Deflators(
        index={row["financial_year"]: float(row["gdp_deflator"]) for row in rows},
        forecast=frozenset(row["financial_year"] for row in rows if row["is_forecast"] == "true"),
        **provenance,
    )


DEFLATORS = _shipped()
"""The release that comes with the product."""
