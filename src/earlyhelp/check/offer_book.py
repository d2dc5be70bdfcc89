"""The offer map as a file: a CSV of one list after another, told apart by its first column, or a workbook, a sheet a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from earlyhelp.check.fix_list import write_rows
from earlyhelp.errors import UsageProblem
from earlyhelp.store.files import private_file

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "needs": (
        "need",
        "need_label",
        "services",
        "providers",
        "per_10000",
        "families",
        "families_without_a_day",
        "status",
    ),
    "offer": (
        "need",
        "need_label",
        "age_band",
        "level",
        "area",
        "services",
        "providers",
        "names",
        "provider_names",
    ),
    "gaps": ("dimension", "need", "need_label", "age_band", "level", "area", "may_be_filled_by"),
    "overlaps": ("needs", "services", "providers", "ages", "level", "areas", "sure"),
    "services": (
        "service_id",
        "name",
        "provider",
        "needs",
        "minimum_age",
        "maximum_age",
        "age_bands",
        "level",
        "areas",
    ),
}
"""The lists of the map and what is shown of each, in this order."""


def write_offer(found: Mapping[str, Any], target: Path) -> int:
    """Write the released offer maps of all councils; returns the number of rows.

    Raises UsageProblem for a file that is neither .csv nor .xlsx, or whose folder is not there.
    """
    if target.suffix not in (".csv", ".xlsx"):
        raise UsageProblem("The file is to end in .csv or .xlsx.", where=target.name, fix="Name it so.")
    if not target.parent.is_dir():
        raise UsageProblem("The folder for the file is not there.", where=str(target.parent), fix="Make it first.")
    lists = {name: list(_rows(found["councils"], name)) for name in HEADINGS}
    with private_file(target) as partial:
        if target.suffix == ".xlsx":
            _write_book(lists, partial, max(each["as_at"] for each in found["councils"]))
        else:
            _write_csv(lists, partial)
    return sum(map(len, lists.values()))


def _rows(councils: Iterable[Mapping[str, Any]], name: str) -> Iterator[list[Any]]:
    for council in councils:
        for row in council[name]:
            yield [council["council"], *(row[heading] for heading in HEADINGS[name])]


def _text(value: Any) -> str:
    """A cell as text: several values joined, a figure as it stands, nothing for what is hidden or unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(_text(each) or "not recorded" for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _write_csv(lists: Mapping[str, Sequence[Sequence[Any]]], target: Path) -> None:
    columns = list(dict.fromkeys(heading for headings in HEADINGS.values() for heading in headings))
    lines = []
    for name, rows in lists.items():
        for council, *cells in rows:
            told = dict(zip(HEADINGS[name], cells, strict=True))
            lines.append([name, _text(council), *(_text(told.get(column)) for column in columns)])
    write_rows(["list", "council", *columns], lines, target)


def _write_book(lists: Mapping[str, Sequence[Sequence[Any]]], target: Path, as_at: Any) -> None:
    from xlsxwriter import Workbook  # here, as it takes longer to load than the command to run

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(target), options) as book:
        book.set_properties({"title": "Offer map", "created": datetime.combine(as_at, time())})
        bold = book.add_format({"bold": True})
        for name, rows in lists.items():
            sheet = book.add_worksheet(name.capitalize())
            sheet.set_column(0, len(HEADINGS[name]), 18)
            for place, heading in enumerate(("council", *HEADINGS[name])):
                sheet.write_string(0, place, heading.replace("_", " "), bold)
            for line, cells in enumerate(rows, start=1):
                for place, cell in enumerate(cells):
                    if isinstance(cell, int | float) and not isinstance(cell, bool):
                        sheet.write_number(line, place, cell)
                    else:
                        sheet.write_string(line, place, _text(cell))
            sheet.freeze_panes(1, 0)
