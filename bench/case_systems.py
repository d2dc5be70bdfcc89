"""What survives the mess of a case system's own reports: episodes, days and codes of Mosaic and Eclipse against the truth.

    python bench/case_systems.py --children 300 --seed 1

A council is invented and its case system's reports are written twice, clean and with the usual mess, each as at the day
before the change of system and on the last day. Both are loaded, and nothing else is. Counted is, of each table:

- rows: how many of the true records that the reports can show are there, told by person and day; where the day is not the
  true one, the records of a person that are left over are paired in order of time, once by the record's own number;
- days and codes: in how many of the pairs each is as it truly is. What the layout cannot say shows in the clean column.

Rows that no true record stands behind are counted as surplus: those of the mess that repeats rows, and of ids mistaken. Rows
set aside by intake, with the reason, stand beside: a record that is in neither has vanished.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from earlyhelp.pipeline import load
from earlyhelp.sources import SOURCES, Fixed
from earlyhelp.standard import NOT_RECORDED, TABLES, Date, Table
from earlyhelp.store.workspace import Workspace, create_workspace
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.extracts import write_extracts
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.systems import ECLIPSE, MOSAIC, System
from earlyhelp.synthetic.timeline import LAST_DAY

SYSTEMS = (MOSAIC, ECLIPSE)
Row = Mapping[str, Any]


@dataclass
class Survived:
    """Of one table: true records, those found, rows too many, rows set aside, and by column how many are right of how many."""

    true: int = 0
    found: int = 0
    surplus: int = 0
    set_aside: int = 0
    right: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def survived(council: Council, system: System, mess: float, folder: Path) -> dict[str, Survived]:
    """What survives in each table with events that the system holds, from its reports written with that mess."""
    planted = write_extracts(council.records, folder / "made", council.seed, mess, systems=(system,), processes=1)
    workspace = create_workspace(folder / "workspace", council.code)
    files = sorted(path for path in (folder / "made").rglob("*") if path.is_file())
    load(workspace, files, LAST_DAY, source=system.source)
    ids: dict[str, set[str]] = defaultdict(set)
    for row in planted.registers.people.select(["register", "id", "person_key"]).to_pylist():
        if row["register"] == system.register:
            ids[row["person_key"]].add(row["id"])
    who = {workspace.pseudonyms.of("person", system.source, i): person for person, known in ids.items() for i in known}
    tables = [TABLES[name] for name in system.tables if TABLES[name].day is not None and name != "person"]
    return {table.table_name: _compared(table, council, workspace, who, ids, system.source) for table in tables}


def _compared(
    table: Table, council: Council, workspace: Workspace, who: Mapping[str, str], ids: Any, source: str
) -> Survived:
    read = _by_person(_rows(workspace, table), lambda row: who.get(row["person_key"], ""))
    shown = _kinds(table, source)
    true = _by_person(
        (
            row
            for row in council.records[table.table_name].to_pylist()
            if row["person_key"] in ids and (not shown or row["type"] in shown)
        ),
        lambda row: row["person_key"],
    )
    told = [c for c in table.columns.values() if (c.type is Date or c.coded) and not c.column_name.endswith("_raw")]
    found = Survived(true=sum(map(len, true.values())), set_aside=_set_aside(workspace, table))
    for person in {*true, *read}:
        pairs, surplus = _paired(table, true.get(person, []), read.get(person, []))
        found.found += len(pairs)
        found.surplus += surplus
        for here, there in pairs:
            for column in told:
                name = column.column_name
                if here.get(name) is not None and here[name] != NOT_RECORDED and name in there:
                    found.right[name][0] += there[name] == here[name]
                    found.right[name][1] += 1
    return found


def _kinds(table: Table, source: str) -> set[str]:
    """The kinds of event that a layout can show; none where the table has no kinds or the layout any."""
    fills = (fill for part in SOURCES[source].parts for fill in part.fills if fill.table is table)
    cells = (cell for fill in fills for column, cell in fill.cells.items() if column.column_name == "type")
    return {cell.value for cell in cells if isinstance(cell, Fixed)}


def _set_aside(workspace: Workspace, table: Table) -> int:
    """Rows of a table in quarantine; one that two reports show is counted in each."""
    files = sorted(workspace.feeds.glob("*/quarantine.parquet"))
    return sum(row == table.table_name for file in files for row in pq.read_table(file)["table_name"].to_pylist())


def _rows(workspace: Workspace, table: Table) -> Iterator[Row]:
    """Each record as the latest report tells it: by its key, of which the last row stands."""
    latest: dict[Any, Row] = {}
    for file in sorted(workspace.feeds.glob(f"*/rows/{table.table_name}.*.parquet"), key=_extract_day):
        for row in pq.read_table(file).to_pylist():
            latest[tuple(row[column.column_name] for column in table.key)] = row
    return iter(latest.values())


def _extract_day(file: Path) -> tuple[str, str]:
    report = json.loads((file.parents[1] / "feed.json").read_text(encoding="utf-8"))
    return report["extract_date"] or "", str(file)


def _by_person(rows: Iterator[Row], person: Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[person(row)].append(row)
    return found


def _paired(table: Table, true: list[Row], read: list[Row]) -> tuple[list[tuple[Row, Row]], int]:
    """True records with the rows that tell of them, by kind and day, then in order of time; how many rows are left over."""
    assert table.day
    day, kind = table.day.column_name, "type"
    pairs, left, rest = [], [], list(read)
    for exact in (True, False):
        waiting = sorted(left if not exact else true, key=lambda row: row[day] or date.max)
        left = []
        for row in waiting:
            alike = (r for r in rest if r.get(kind) == row.get(kind) and (r[day] == row[day] or not exact))
            match = min(alike, key=lambda r: abs(((r[day] or date.max) - (row[day] or date.max)).days), default=None)
            if match is None:
                left.append(row)
            else:
                rest.remove(match)
                pairs.append((row, match))
    return pairs, len(rest)


def main() -> None:
    """Print one table a system."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--children", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--system", choices=[each.name for each in SYSTEMS])
    options = asked.parse_args()
    council = make_council(find_profile("Lambeth"), options.children, options.seed, 0)
    for system in SYSTEMS:
        if options.system in (None, system.name):
            with tempfile.TemporaryDirectory() as folder:
                clean, messy = (
                    survived(council, system, mess, Path(folder) / name) for name, mess in (("c", 0), ("m", 1))
                )
            print("\n".join(lines(system.name, clean, messy)))


def lines(name: str, clean: Mapping[str, Survived], messy: Mapping[str, Survived]) -> Iterator[str]:
    """The table of one system, in Markdown."""
    yield f"| {name} | true | clean | with mess |"
    yield "|---|---:|---:|---:|"
    for table, one in clean.items():
        other = messy[table]
        rows = " | ".join(f"{each.found}, {each.surplus} too many, {each.set_aside} set aside" for each in (one, other))
        yield f"| {table}: records | {one.true} | {rows} |"
        for column in one.right:
            told = " | ".join(f"{each.right[column][0]} of {each.right[column][1]}" for each in (one, other))
            yield f"| {table}: {column} |  | {told} |"
    yield ""


if __name__ == "__main__":
    main()
