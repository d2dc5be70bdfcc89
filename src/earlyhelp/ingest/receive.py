"""Receiving one file: read, recognised, converted, accounted for, and staged whole under the feed's own id.

For every part of every file: source rows read = rows accepted + rows in quarantine. The count of rows read comes from the
reader's grid, the other two from what was written; a feed whose account does not balance is not staged.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import EarlyHelpError
from earlyhelp.ingest import quarantine
from earlyhelp.ingest.convert import Filled, PartConversion, Reading, expand_problems
from earlyhelp.ingest.drift import drift_against
from earlyhelp.ingest.open_file import open_file
from earlyhelp.ingest.recognise import Matched, Recognised, recognise
from earlyhelp.ingest.values import DateOrder, shape
from earlyhelp.standard import Date, Table, person, stored_columns
from earlyhelp.store.files import keep_copy, read_json, sha256_of, whole_folder, write_json
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.workspace import Workspace, connect

FORMAT = 1
LONGEST_LISTED = 60


@dataclass(frozen=True)
class Arrival:
    """A file on its way in: where it lies, the name it arrived under, on which day, and what the sender said of it."""

    path: Path
    name: str
    received_on: date
    source: str | None = None
    extract_date: date | None = None
    move: bool = False


@dataclass(frozen=True)
class Feed:
    """One staged file. `report` is what `load --json` prints; `already_loaded` tells that nothing was done."""

    feed_id: str
    report: dict[str, Any]
    already_loaded: bool


def receive(workspace: Workspace, arrival: Arrival, progress: Callable[[str], None] = lambda step: None) -> Feed:
    """Stage one file, or find that it was staged before. Raises InputRefused for a file that cannot be read at all."""
    sha256 = sha256_of(arrival.path) if arrival.path.is_file() else ""
    if sha256 and (known := find_feed(workspace, sha256, arrival.source)):
        keep_copy(arrival.path, workspace.received / sha256, move=arrival.move)
        return Feed(known["feed_id"], known, already_loaded=True)
    scratch = workspace.scratch("receive")
    con = connect(scratch)
    try:
        progress(f"reading {arrival.name}")
        opened = open_file(arrival.path, arrival.name, con, scratch)
        found = recognise(opened.grids, arrival.name, arrival.source)
        reading = _reading(workspace, arrival, found, sha256)
        progress(f"checking {arrival.name}")
        report = _Staging(con, workspace, arrival, found, reading).stage(sha256, opened.notes, opened.extract_date)
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    keep_copy(arrival.path, workspace.received / sha256, move=arrival.move)
    return Feed(report["feed_id"], report, already_loaded=False)


def find_feed(workspace: Workspace, sha256: str, source: str | None = None) -> dict[str, Any] | None:
    """The report of the feed these very bytes made before, or None."""
    for report in staged_feeds(workspace):
        if report["sha256"] == sha256 and source in (None, report["source"]):
            return report
    return None


def staged_feeds(workspace: Workspace) -> list[dict[str, Any]]:
    """The reports of all staged feeds, in the order in which they were loaded."""
    reports = [read_json(path) for path in workspace.feeds.glob("*/feed.json")]
    return sorted(reports, key=lambda report: (report["number"], report["feed_id"]))


def _reading(workspace: Workspace, arrival: Arrival, found: Recognised, sha256: str) -> Reading:
    name = found.source.name
    pseudonyms: Pseudonyms = workspace.pseudonyms
    order = DateOrder(workspace.settings.date_orders.get(name, DateOrder.DAY_FIRST))
    return Reading(
        feed_id=f"{name}-{sha256[:16]}",
        source=name,
        received_on=arrival.received_on,
        pseudonym=lambda text: pseudonyms.of("person", name, text),
        order=order,
    )


class _Staging:
    """One feed on its way into the store; it exists for the time of `receive` only."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        workspace: Workspace,
        arrival: Arrival,
        found: Recognised,
        reading: Reading,
    ) -> None:
        self.con = con
        self.workspace = workspace
        self.arrival = arrival
        self.found = found
        self.reading = reading
        self.filled: list[tuple[int, int, Filled]] = []
        self.accounts: list[dict[str, Any]] = []
        quarantine.make_tables(con)

    def stage(self, sha256: str, notes: list[str], said: str | None) -> dict[str, Any]:
        """Convert every part, balance the account, and put the feed in place whole. Returns the feed's report."""
        for index, matched in enumerate(self.found.matched):
            self._convert(index, matched)
        extract_date, inferred = self._extract_date(said)
        self._after_extract(extract_date, inferred)
        earlier = staged_feeds(self.workspace)
        report = self._report(sha256, notes, extract_date, inferred, number=len(earlier) + 1)
        report["drift"] = drift_against(report, earlier)
        with whole_folder(self.workspace.feeds / self.reading.feed_id, self.workspace.work) as folder:
            self._write(folder, report)
        return report

    def _convert(self, index: int, matched: Matched) -> None:
        conversion = PartConversion(self.con, matched, index, self.reading)
        conversion.make_cells()
        read = self._count(conversion.cells)
        quarantine.keep_broken(self.con, matched)
        if matched.missing_needed:
            quarantine.keep_all(self.con, conversion, matched.missing_needed)
        else:
            self._convert_rows(index, matched, conversion)
        broken = sum(1 for row in matched.grid.broken if row.row > matched.heading_row)
        self.accounts.append(self._account(matched, read + broken))

    def _convert_rows(self, index: int, matched: Matched, conversion: PartConversion) -> None:
        made = [(number, fill, conversion.fill(number, fill)) for number, fill in enumerate(matched.part.fills)]
        for number, fill, filled in made:
            if filled is None:
                continue
            expand_problems(self.con, filled, conversion, fill)
            if filled.own:
                quarantine.withhold(self.con, filled, conversion)
            else:
                quarantine.leave_out(self.con, filled, matched)
            quarantine.flag_rows(self.con, filled, matched)
            self.filled.append((index, number, filled))

    def _account(self, matched: Matched, read: int) -> dict[str, Any]:
        own = next((f for i, n, f in self.filled if n == 0 and self.found.matched[i] is matched), None)
        accepted = self._count(own.relation) if own else 0
        name = matched.grid.name
        kept = self.con.execute("SELECT count(*) FROM quarantine WHERE part = ?", [name]).fetchall()[0][0]
        if read != accepted + kept:
            raise EarlyHelpError(
                f"The account does not balance: {read} rows read, {accepted} accepted, {kept} in quarantine.",
                where=f"{self.arrival.name}, {name}",
                fix="Please report this with the layout of the file; nothing of it was loaded.",
            )
        return {
            "part": name,
            "table": matched.part.table.table_name,
            "rows_read": read,
            "rows_accepted": accepted,
            "rows_quarantined": kept,
            "columns": sorted(matched.columns),
            "columns_missing": sorted(matched.missing),
            "columns_not_read": [heading for heading in matched.unknown if heading not in matched.repeated],
            "columns_repeated": list(matched.repeated),
        }

    def _extract_date(self, said: str | None) -> tuple[date | None, bool]:
        """The date given, else the date the file states, else its latest event (inferred)."""
        if self.arrival.extract_date:
            return self.arrival.extract_date, False
        if said and (stated := _as_date(said)) and stated <= self.arrival.received_on:
            return stated, False
        first_and_last = self._events_between()
        return (first_and_last[1] if first_and_last else None), True

    def _events_between(self) -> tuple[date, date] | None:
        """The first and the last day on which anything in the file happened, up to the day of loading."""
        spans = []
        for _, number, filled in self.filled:
            for name in filled.given if number == 0 else ():
                column = filled.table.columns[name]
                if column.type is Date and name not in quarantine.LIES_AHEAD and column.quasi_identifier:
                    spans.append(f'SELECT "{name}" AS day FROM {filled.relation}')
        if not spans:
            return None
        first, last = self.con.execute(
            f"SELECT min(day), max(day) FROM ({' UNION ALL '.join(spans)}) WHERE day <= ?", [self.arrival.received_on]
        ).fetchall()[0]
        return (first, last) if first else None

    def _after_extract(self, extract_date: date | None, inferred: bool) -> None:
        """An unborn child's date of birth is expected, not wrong; an event after a stated extract date is flagged."""
        if extract_date is None:
            return
        for index, number, filled in self.filled:
            matched = self.found.matched[index]
            if filled.table is person:
                quarantine.move_expected_births(self.con, filled, matched, extract_date)
            if number == 0 and not inferred:
                quarantine.flag_after_extract(self.con, filled, matched, extract_date)

    def _report(self, sha256: str, notes: list[str], extract: date | None, inferred: bool, number: int) -> dict[str, Any]:
        events = self._events_between()
        return {
            "format": FORMAT,
            "number": number,
            "feed_id": self.reading.feed_id,
            "path": self.arrival.name,
            "sha256": sha256,
            "source": self.found.source.name,
            "received_on": self.arrival.received_on.isoformat(),
            "extract_date": extract.isoformat() if extract else None,
            "extract_date_inferred": inferred,
            "coverage_start": events[0].isoformat() if events else None,
            "coverage_end": events[1].isoformat() if events else None,
            "coverage_inferred": True,
            "tables": self._tables(),
            "also_filled": self._also_filled(),
            "unmapped_values": self._unmapped(),
            "parts": self.accounts,
            "parts_missing": self._parts_missing(),
            "left_out": [{"part": name, "why": why} for name, why in self.found.left_out],
            "notes": notes,
        }

    def _tables(self) -> list[dict[str, Any]]:
        """The account by table of the standard, with the issues found; summed over the parts that fill the table."""
        tables: dict[str, dict[str, Any]] = {}
        for account in self.accounts:
            total = tables.setdefault(account["table"], {"table": account["table"], "parts": []})
            total["parts"].append({key: account[key] for key in ("part", *_COUNTS)})
            for key in _COUNTS:
                total[key] = total.get(key, 0) + account[key]
        for total in tables.values():
            parts = [part["part"] for part in total["parts"]]
            total["issues"] = quarantine.issue_counts(self.con, parts)
        return list(tables.values())

    def _also_filled(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for _, number, filled in self.filled:
            if number:
                name = filled.table.table_name
                counts[name] = counts.get(name, 0) + self._count(filled.relation)
        return counts

    def _unmapped(self) -> list[dict[str, Any]]:
        """Words no code list knows, the most frequent first. Long texts are masked: they may speak about people."""
        listed: list[dict[str, Any]] = []
        for _, _, filled in self.filled:
            for column in filled.table.coded_columns:
                rows = self.con.execute(
                    f'SELECT "{column.raw_name}", count(*) FROM {filled.relation} '
                    f"WHERE contains(\"{column.column_name}\", 'unmapped') GROUP BY 1"
                ).fetchall()
                listed += [_listed(filled.table, column.column_name, text, count) for text, count in rows if text]
        return sorted(listed, key=lambda each: (-each["count"], each["table"], each["column"], each["value"]))

    def _parts_missing(self) -> list[str]:
        """Lists of the source that a workbook or return should hold and this one has not; single files are no fault."""
        if len(self.found.matched) + len(self.found.left_out) < 2:
            return []
        held = {matched.part.title for matched in self.found.matched}
        return [part.title for part in self.found.source.parts if part.title not in held]

    def _write(self, folder: Path, report: dict[str, Any]) -> None:
        (folder / "rows").mkdir()
        for index, number, filled in self.filled:
            names = ", ".join(f'"{name}"' for name in stored_columns(filled.table))
            target = folder / "rows" / f"{filled.table.table_name}.{index:02d}.{number}.parquet"
            self.con.execute(
                f"COPY (SELECT {names}, {index} AS part_no, row_no FROM {filled.relation} ORDER BY row_no) "
                f"TO '{_sql_path(target)}' (FORMAT parquet, COMPRESSION zstd)"
            )
        for name in ("quarantine", "issues"):
            target = folder / f"{name}.parquet"
            self.con.execute(f"COPY (SELECT * FROM {name} ORDER BY ALL) TO '{_sql_path(target)}' (FORMAT parquet)")
        write_json(folder / "feed.json", report)

    def _count(self, relation: str) -> int:
        count: int = self.con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0]
        return count


_COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")


def _listed(table: Table, column: str, text: str, count: int) -> dict[str, Any]:
    value = text if len(text) <= LONGEST_LISTED else shape(text)
    return {"table": table.table_name, "column": column, "value": value, "count": count}


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _sql_path(path: Path) -> str:
    return str(path).replace("'", "''")

