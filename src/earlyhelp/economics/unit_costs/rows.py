"""Unit costs as rows of a CSV file: read, checked, and refused together with the number of the row and the rule."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from pathlib import Path
from types import MappingProxyType

from earlyhelp.economics.unit_costs.cost import UnitCost, faults_of
from earlyhelp.errors import InputRefused

COLUMNS = tuple(each.name for each in fields(UnitCost))
Row = tuple[int, dict[str, str]]
"""The number of a row as a spreadsheet counts, the headings being row 1, and its cells by heading."""
NUMBERS = ("value", "average", "marginal", "cashable", "low", "high")
_MOST_TOLD = 10
_FIRST_ROW = 2


@dataclass(frozen=True)
class Refused:
    """A row that is not taken: its number as a spreadsheet counts, its code, why, in a sentence, and its sheet."""

    row: int
    code: str
    reason: str
    sheet: str = ""

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}row {self.row} ({self.code or 'no code'}): {self.reason}"


def read_rows(text: str, where: str, required: Iterable[str]) -> list[Row]:
    """The rows of a CSV file with headings; cells without blanks around them, cells beyond the last heading left out.

    Empty rows are passed over and still counted. Raises InputRefused for headings that are missing or unknown.
    """
    table = csv.reader(io.StringIO(text))
    headings = [heading.strip() for heading in next(table, [])]
    _refuse_headings(headings, where, required)
    cells = ((number, [cell.strip() for cell in row]) for number, row in enumerate(table, _FIRST_ROW))
    return [
        (number, {heading: row[place] if place < len(row) else "" for place, heading in enumerate(headings)})
        for number, row in cells
        if any(row)
    ]


def _refuse_headings(headings: list[str], where: str, required: Iterable[str]) -> None:
    wrong = [f"the heading {each} is missing" for each in required if each not in headings]
    wrong += [f'the heading "{each}" is not known' for each in headings if each not in COLUMNS]
    wrong += [f'the heading "{each}" is there twice' for each, times in Counter(headings).items() if times > 1]
    if wrong:
        raise InputRefused("; ".join(wrong), where=f"{where}, row 1", fix=f"The headings are: {', '.join(COLUMNS)}.")


def costs_of_rows(rows: Sequence[Row]) -> tuple[dict[str, UnitCost], list[Refused]]:
    """The sound costs by code, in the order of the rows, and those refused, each with every rule that it breaks.

    Of a code that stands in two rows, every row is refused: nobody can tell which one is meant.
    """
    times = Counter(row["code"] for _, row in rows)
    costs, refused = {}, []
    for number, row in rows:
        cost, faults = _cost(row)
        if times[row["code"]] > 1:
            faults.append(f'code: "{row["code"]}" stands in {times[row["code"]]} rows; each code has one.')
        refused += [Refused(number, row["code"], fault) for fault in faults]
        if cost and not faults:
            costs[cost.code] = cost
    return costs, refused


def _cost(row: Mapping[str, str]) -> tuple[UnitCost | None, list[str]]:
    faults: list[str] = []
    amounts = {name: _pounds(name, row.get(name, ""), faults) for name in NUMBERS}
    shares = dict(_shares(row.get("shares", ""), faults))
    if amounts["value"] is None:
        if not faults:
            faults.append("value: it is empty; a missing cost is not 0.")
        return None, faults
    words = {name: row.get(name, "") for name in COLUMNS if name not in (*NUMBERS, "shares", "flags")}
    flags = tuple(flag.strip() for flag in row.get("flags", "").split(";") if flag.strip())
    cost = UnitCost(**words, **amounts, shares=MappingProxyType(shares), flags=flags)  # type: ignore[arg-type]
    return cost, faults + list(faults_of(cost))


def _pounds(column: str, cell: str, faults: list[str]) -> float | None:
    if not cell:
        return None
    try:
        amount = float(cell.replace(",", "").removeprefix("£"))
    except ValueError:
        amount = float("nan")
    if not isfinite(amount):
        faults.append(f"{column}: this is no number of pounds.")
        return None
    return amount


def _shares(cell: str, faults: list[str]) -> Iterator[tuple[str, float]]:
    """Pairs of agency and pounds from "nhs:52;police:415"."""
    for each in filter(None, (part.strip() for part in cell.split(";"))):
        agency, _, pounds = each.partition(":")
        amount = _pounds("shares", pounds.strip(), faults)
        if amount is None or amount < 0:
            faults.append("shares: write agency:pounds, separated by semicolons, none below 0.")
        else:
            yield agency.strip(), amount


def refuse_missing(path: Path) -> None:
    """Raise InputRefused where there is no such file."""
    if not path.is_file():
        raise InputRefused("There is no such file.", where=path.name, fix="Check the name and the folder.")


def refuse(refused: list[Refused], where: str) -> None:
    """Raise InputRefused that names every refused row and rule, the first ten in full; nothing where none is refused."""
    if not refused:
        return
    told = "; ".join(str(each) for each in refused[:_MOST_TOLD])
    more = f"; and {len(refused) - _MOST_TOLD} more" if len(refused) > _MOST_TOLD else ""
    raise InputRefused(told + more, where=where, fix="Correct these rows; until then none of the file is used.")


def as_csv(costs: Iterable[UnitCost]) -> str:
    """The costs as the text of a CSV file that `read_rows` and `costs_of_rows` read back as the same costs."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([_cell(getattr(cost, column)) for column in COLUMNS] for cost in costs)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ";".join(f"{agency}:{_cell(pounds)}" for agency, pounds in value.items())
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)
