"""What a council says of its own extracts: the days each file covers and how many rows were put into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from earlyhelp.standard import feed
from earlyhelp.store.files import sha256_of
from earlyhelp.synthetic.rows import standard_rows
from earlyhelp.synthetic.systems import System
from earlyhelp.synthetic.timeline import FIRST_DAY


@dataclass(frozen=True)
class Covered:
    """One file as whoever drew it describes it: its source, the day, the first and last day it covers, its rows."""

    file: Path
    source: str
    drawn: date
    first: date
    last: date
    rows: int | None = None


def coverage_records(covered: Sequence[Covered]) -> pa.Table:
    """The standard table `feed`: one row a file, which it names by its fingerprint. The order is that of the files."""
    return standard_rows(
        feed,
        feed_id=[each.file.name for each in covered],
        source_system=[each.source for each in covered],
        extract_date=[each.drawn for each in covered],
        coverage_start=[each.first for each in covered],
        coverage_end=[each.last for each in covered],
        control_total=[each.rows for each in covered],
        sha256=[sha256_of(each.file) for each in covered],
    )


def covered_by(folder: Path, systems: Sequence[System]) -> list[Covered]:
    """What each file that systems were drawn into covers: a workbook half a year, a return a year, all else all years."""
    return [each for system in systems for each in _of_a_system(folder / system.name, system)]


def _of_a_system(folder: Path, system: System) -> Iterator[Covered]:
    for day in system.days:
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and _is_drawn_on(path, folder, day)):
            yield Covered(file, system.source, day, max(FIRST_DAY, _first(system, day)), day)


def _is_drawn_on(file: Path, folder: Path, day: date) -> bool:
    """True when the file or its folder is named after the day, or after the reporting year that ends on it."""
    year = f"{day.year - 1}-{day.year % 100:02d}"
    named = file.relative_to(folder).as_posix()
    return day.isoformat() in named or (day.month == 3 and f"_{year}" in named)


def _first(system: System, day: date) -> date:
    if system.source == "annex_a":
        return (day.replace(day=1) - timedelta(days=150)).replace(day=1)
    if system.source in ("cin_census", "ssda903"):
        return date(day.year - 1, 4, 1)
    return FIRST_DAY
