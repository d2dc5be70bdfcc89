"""Control totals: how many records a council itself counts in a source, as a small CSV that it gives.

Columns: `source` (a name of `earlyhelp sources`), `list` (a list of that source, or a table of the standard), `period`
(empty for all, `2025-26`, `2025-Q1` of the calendar year, `2025-04`, or `2025-04-01 to 2025-06-30`), `total`; and, if
wanted, `counts`: `records` (each record once, the default) or `rows` (rows of the files).
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from earlyhelp.errors import InputRefused
from earlyhelp.sources import Part, Source
from earlyhelp.standard import TABLES
from earlyhelp.store.files import private_file, typed_text
from earlyhelp.store.workspace import Workspace

FILE_NAME = "control_totals.csv"
LARGEST = 10_000
"""Lines there may be; a control file is typed by hand or drawn from a report."""
BASES = ("records", "rows")


@dataclass(frozen=True)
class ControlTotal:
    """One total as the council gave it. `first` and `last` are None for a total of all periods."""

    line: int
    source: str
    held: str
    period: str
    total: int
    counts: str = "records"
    first: date | None = None
    last: date | None = None


def totals_of(workspace: Workspace, file: Path | None, sources: Mapping[str, Source]) -> list[ControlTotal]:
    """The totals in a file; without one, those that came through the inbox, or none."""
    kept = workspace.store / FILE_NAME
    if file is None and not kept.is_file():
        return []
    return read_control_totals(file or kept, sources, workspace.settings.year_starts)


def take_from_inbox(workspace: Workspace, sources: Mapping[str, Source]) -> None:
    """Take control totals out of the inbox; those that cannot be read stay there, and InputRefused says why."""
    waiting = workspace.inbox / FILE_NAME
    if waiting.is_file():
        read_control_totals(waiting, sources, workspace.settings.year_starts)
        with private_file(workspace.store / FILE_NAME) as partial:
            shutil.copyfile(waiting, partial)
        waiting.unlink()


def read_control_totals(path: Path, sources: Mapping[str, Source], year_starts: int) -> list[ControlTotal]:
    """The totals in a file, in its order; years begin with the month `year_starts`.

    Raises InputRefused, naming the line, for a file that is not one of control totals or names what there is not.
    """
    rows = list(csv.reader(typed_text(path, "file of control totals", "CSV UTF-8").splitlines()))
    places = _places(rows[0] if rows else [], path.name)
    filled = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not filled or len(filled) > LARGEST:
        raise _refused(path.name, 1, f"there are {len(filled):,} totals", f"Give from 1 to {LARGEST:,}.")
    return [_read(path.name, number, row, places, sources, year_starts) for number, row in filled]


def _places(headings: Sequence[str], file: str) -> dict[str, int]:
    called = [heading.strip().casefold() for heading in headings]
    plain = {"list" if name in ("table", "table or list") else name: place for place, name in enumerate(called)}
    if missing := [name for name in ("source", "list", "total") if name not in plain]:
        raise _refused(file, 1, f"the columns {', '.join(missing)} are missing", "Headings: source,list,period,total")
    return plain


def _read(
    file: str, line: int, row: Sequence[str], places: Mapping[str, int], sources: Mapping[str, Source], starts: int
) -> ControlTotal:
    cell = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    if cell["source"] not in sources:
        raise _refused(file, line, f"there is no source {cell['source']!r}", f"One of: {', '.join(sources)}.")
    source = sources[cell["source"]]
    if not own_parts(source, cell["list"]) and cell["list"] not in TABLES:
        lists = ", ".join(part.title for part in source.parts)
        raise _refused(file, line, f"{source.name} has no list {cell['list']!r}", f"A table, or one of: {lists}.")
    if cell["list"] in ("feed", "person_link"):
        raise _refused(file, line, f"{cell['list']} is made by each run", "Name a list of records.")
    total = cell["total"].replace(",", "").replace(" ", "")
    if not re.fullmatch(r"\d{1,12}", total):
        raise _refused(file, line, "the total is not a whole number", "Write it as 1234.")
    counts = cell.get("counts", "") or "records"
    if counts not in BASES:
        raise _refused(file, line, f"counts is {counts!r}", f"One of: {', '.join(BASES)}.")
    period = cell.get("period", "")
    span = _span(period, starts)
    if span is None:
        raise _refused(file, line, f"{period!r} is no period", "Write 2025-26, 2025-Q1, 2025-04 or two days with to.")
    return ControlTotal(line, source.name, cell["list"], period, int(total), counts, *span)


def own_parts(source: Source, held: str) -> list[Part]:
    """The parts of a source whose list, or whose table, has that name."""
    return [part for part in source.parts if held.casefold() in (part.title.casefold(), part.table.table_name)]


def _span(period: str, year_starts: int) -> tuple[date | None, date | None] | None:
    """First and last day of a period; two times None for all, None for what is no period."""
    if period.casefold() in ("", "all"):
        return None, None
    if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2}) *(?:to|/) *(\d{4}-\d{2}-\d{2})", period):
        return _days(found[1], found[2])
    if found := re.fullmatch(r"(\d{4})[-/](\d{2})", period):
        return _year_or_month(int(found[1]), int(found[2]), year_starts)
    if found := re.fullmatch(r"(\d{4})-?Q([1-4])", period, re.IGNORECASE):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3)
    return _months(int(period), 1, 12) if re.fullmatch(r"\d{4}", period) else None


def _days(first: str, last: str) -> tuple[date, date] | None:
    try:
        span = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return span if span[0] <= span[1] else None


def _year_or_month(year: int, second: int, year_starts: int) -> tuple[date, date] | None:
    """2025-04 is a month, and 2025-26 a year, which begins with the council's month; 2011-12 is a month."""
    if 1 <= second <= 12:
        return _months(year, second, 1)
    return _months(year, year_starts, 12) if second == (year + 1) % 100 else None


def _months(year: int, month: int, months: int) -> tuple[date, date] | None:
    if not 1900 <= year <= 2200:
        return None
    after = month - 1 + months
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _refused(file: str, line: int, what: str, fix: str) -> InputRefused:
    return InputRefused(f"The control totals cannot be read: {what}.", where=f"{file}, line {line}", fix=fix)
