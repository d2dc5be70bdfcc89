"""What is written beside the inbox: the list of planted faults, the counts a loader must reach, and the README."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

from thornbridge_maker.days import EXTRACT_DAY, FIRST_DAY
from thornbridge_maker.faults import FLAGGED, QUARANTINED, REPAIRED, Planted
from thornbridge_maker.places import LA_CODE
from thornbridge_maker.records import Council
from thornbridge_maker.rows import File, Row, Sheet

TEMPLATE = Path(__file__).with_name("readme_template.md")
HEADINGS = ("file", "sheet", "row", "column", "fault", "expected_result", "expected_value")
WHAT = {
    "annex_a_2025-03.xlsx": "Ofsted Annex A, lists 1 to 8, on 31 March 2025; ids as numbers",
    "annex_a_2026-03.xlsx": "Ofsted Annex A, lists 1 to 8, on 31 March 2026; ids as text, and a front sheet",
    "cin_2023-24.xml": "Children in Need census with GenderCurrent",
    "cin_2024-25.xml": "Children in Need census with Sex",
    "cin_2025-26.xml": "Children in Need census with Sex",
    "ssda903_2025-26_header.csv": "SSDA903: children looked after in the year",
    "ssda903_2025-26_episodes.csv": "SSDA903: their episodes of care",
    "ssda903_2025-26_missing.csv": "SSDA903: times they were missing or away",
    "ssd_person.csv": "Standard Safeguarding Dataset: children (cp1252)",
    "ssd_early_help_episodes.csv": "Standard Safeguarding Dataset: early help episodes (byte order mark, UK dates)",
    "ssd_family.csv": "Standard Safeguarding Dataset: who belongs to which family",
    "ssd_contacts.csv": "Standard Safeguarding Dataset: contacts at the social care front door",
    "ssd_linked_identifiers.csv": "Standard Safeguarding Dataset: pupil, NHS and youth justice numbers (semicolons)",
    "person.csv": "Standard layout: the children about whom the early help front door was asked",
    "contact.csv": "Standard layout: requests at the early help front door, with decisions",
    "eh_need.csv": "Standard layout: needs found in each episode",
    "eh_outcome.csv": "Standard layout: what became of each need",
    "service_delivered.csv": "Standard layout: services offered and given",
    "feedback.csv": "Standard layout: families and professionals asked after closure",
    "place.csv": "Standard layout: 24 small areas in six wards",
    "population.csv": "Standard layout: children aged 0 to 17",
    "school.csv": "Standard layout: schools, one of which never asks for help",
    "service.csv": "Standard layout: six services",
    "worker.csv": "Standard layout: sixteen workers in four teams",
}


def write_report(council: Council, files: list[File], planted: list[Planted], folder: Path) -> None:
    """Write `planted_faults.csv`, `expected.json` and `README.md` into the folder above the inbox."""
    by_name = {file.name: file for file in files}
    (folder / "planted_faults.csv").write_bytes(_faults_csv(planted, by_name).encode())
    expected = json.dumps(_expected(council, files), indent=1) + "\n"
    (folder / "expected.json").write_bytes(expected.encode())
    (folder / "README.md").write_bytes(_readme(council, files, planted).encode())


def _faults_csv(planted: list[Planted], files: dict[str, File]) -> str:
    """One row a fault, in the order of the files, sheets and rows."""
    rows = [_fault_row(each, files[each.file]) for each in planted]
    order = {name: place for place, name in enumerate(files)}
    rows.sort(key=lambda row: (order[row[0]], row[1], int(row[2] or 0), row[3]))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([HEADINGS, *rows])
    return out.getvalue()


def _fault_row(each: Planted, file: File) -> tuple[str, ...]:
    sheet = file.sheet(each.sheet) if each.sheet else None
    number = sheet.number_of(each.row) if sheet and isinstance(each.row, Row) else each.row
    shown = (sheet.called or sheet.name) if sheet and len(file.sheets) > 1 else ""
    return each.file, shown, str(number or ""), each.column, each.fault, each.result, each.should_read


def _counts(sheet: Sheet) -> dict[str, int]:
    rows = [row for row in sheet.rows if not row.blank]
    return {"rows": len(rows), "quarantined": sum(row.held_back for row in rows)}


def _expected(council: Council, files: list[File]) -> dict[str, object]:
    """Rows and quarantined rows of each file and of each sheet or element in it."""
    counted: dict[str, object] = {}
    for file in files:
        parts = {sheet.called or sheet.name: _counts(sheet) for sheet in file.sheets}
        total: dict[str, object] = {
            name: sum(part[name] for part in parts.values()) for name in ("rows", "quarantined")
        }
        counted[file.name] = {**total, "parts": parts} if len(parts) > 1 else total
    return {
        "council": LA_CODE,
        "first_day": FIRST_DAY.isoformat(),
        "extract_date": EXTRACT_DAY.isoformat(),
        "files": counted,
        "known_twice": council.known_twice,
    }


def _readme(council: Council, files: list[File], planted: list[Planted]) -> str:
    children = sum(len(family.children) for family in council.families)
    return TEMPLATE.read_text(encoding="utf-8").format(
        children=children,
        families=len(council.families),
        episodes=len(council.episodes),
        requests=len(council.requests),
        files="\n".join(_file_line(file) for file in files),
        faults="\n".join(_fault_lines(planted)),
        results=", ".join(f"{count} {result}" for result, count in _by_result(planted)),
    )


def _file_line(file: File) -> str:
    rows = sum(_counts(sheet)["rows"] for sheet in file.sheets)
    held = sum(_counts(sheet)["quarantined"] for sheet in file.sheets)
    return f"| `{file.name}` | {WHAT[file.name]} | {rows} | {held} |"


def _by_result(planted: list[Planted]) -> list[tuple[str, int]]:
    counts = Counter(each.result for each in planted)
    return [(result, counts[result]) for result in (QUARANTINED, REPAIRED, FLAGGED)]


def _fault_lines(planted: list[Planted]) -> list[str]:
    """One line for each kind of fault and what comes of it: where it lies, and how often."""
    counts = Counter((each.fault, each.result) for each in planted)
    files: dict[tuple[str, str], list[str]] = {}
    for each in planted:
        files.setdefault((each.fault, each.result), []).append(f"`{each.file}`")
    return [
        f"| {fault} | {', '.join(dict.fromkeys(files[fault, result]))} | {count} | {result} |"
        for (fault, result), count in sorted(counts.items())
    ]
