"""Workbooks, XML, JSON and Parquet are taken apart in a process of its own, with a cap on memory and time.

A hostile or damaged file can at worst end that process; the run goes on and the file is refused with a reason.
Run as a module by `open_file`: `python -m earlyhelp.ingest.confined KIND FILE NAME OUT`; what it read lies in OUT.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from earlyhelp import own_process
from earlyhelp.errors import EarlyHelpError
from earlyhelp.ingest.grid import MOST_COLUMNS, TOP_ROWS, too_wide
from earlyhelp.ingest.handover import write_rows

MEMORY_LIMIT = 4 * 1024**3
SECONDS_LIMIT = 600


def read_into(kind: str, path: Path, name: str, out: Path) -> dict[str, Any]:
    """Read the file and leave its grids in `out`; returns what `open_file` needs to know of them.

    Each reader loads its own libraries: the process lives for one file.
    """
    readers = {"workbook": _read_workbook, "xml": _read_xml, "parquet": _read_parquet, "json": _read_json}
    return readers[kind](path, name, out)


def _read_workbook(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.workbook import read_workbook

    grids = []
    for index, sheet in enumerate(read_workbook(path, name)):
        filled = [(number, row) for number, row in enumerate(sheet.rows, start=1) if any(cell.strip() for cell in row)]
        width = max((len(row) for _, row in filled), default=0)
        if width > MOST_COLUMNS:
            raise too_wide(f"sheet {sheet.name}", width)
        file = f"{index}.csv"
        write_rows(out / file, ([number, *row, *[""] * (width - len(row))] for number, row in filled))
        grids.append({"name": sheet.name, "file": file, "width": width, "top": filled[:TOP_ROWS], "headings": None})
    return {"grids": grids}


def _read_xml(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.school_census_xml import MARKS_OF_IT
    from earlyhelp.ingest.xml_stream import first_named

    of_schools = first_named(path, {*MARKS_OF_IT, "Children", "Child"}) in MARKS_OF_IT
    return _read_school_census(path, name, out) if of_schools else _read_cin_census(path, name, out)


def _read_school_census(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.school_census_xml import read_return

    grids, found = read_return(path, name, out)
    return {"grids": grids, "notes": found.notes(), "extract_date": found.header.facts.get("ReferenceDate")}


def _read_cin_census(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.census_xml import HEADINGS, read_census

    census = read_census(path, name)
    grids = []
    for index, (part, headings) in enumerate(HEADINGS.items()):
        file = f"{index}.csv"
        rows = enumerate(census.rows[part], start=1)
        write_rows(out / file, ([number, *map(row.get, headings)] for number, row in rows))
        grids.append({"name": part, "file": file, "width": len(headings), "top": [], "headings": headings})
    return {"grids": grids, "notes": census.notes(), "extract_date": census.facts.get("ReferenceDate")}


def _read_parquet(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.parquet_file import copy_as_text

    headings = copy_as_text(path, name, out / "0.csv")
    grid = {"name": Path(name).stem, "file": "0.csv", "width": len(headings), "top": [], "headings": headings}
    return {"grids": [grid]}


def _read_json(path: Path, name: str, out: Path) -> dict[str, Any]:
    from earlyhelp.ingest.open_referral import HEADINGS, read_directory
    from earlyhelp.sources.open_referral import SERVICES

    found = read_directory(path, name)
    write_rows(out / "0.csv", ([number, *map(row.get, HEADINGS)] for number, row in found.rows))
    grid = {"name": SERVICES, "file": "0.csv", "width": len(HEADINGS), "top": [], "headings": HEADINGS}
    if found.broken:
        write_rows(out / "broken.csv", found.broken)
        grid["broken"] = "broken.csv"
    return {"grids": [grid], "notes": found.notes}


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, SECONDS_LIMIT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main(arguments: list[str]) -> int:
    """Entry of the confined process: 0 with `meta.json` written, or 3 with the refusal as JSON on standard output."""
    kind, path, name, out = arguments
    _limit()
    try:
        meta = read_into(kind, Path(path), name, Path(out))
    except EarlyHelpError as refused:
        print(json.dumps(refused.as_dict()))
        return 3
    (Path(out) / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return 0


if __name__ == "__main__":
    own_process.begin()
    sys.exit(main(sys.argv[1:]))
