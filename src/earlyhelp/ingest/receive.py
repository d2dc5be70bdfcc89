"""Receiving one file: opened, recognised, converted, accounted for, and put in the store whole under the feed's own id."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.ingest.drift import drift_against
from earlyhelp.ingest.erased import keep_original
from earlyhelp.ingest.feed_report import report_of
from earlyhelp.ingest.feeding import Feeding
from earlyhelp.ingest.grid import Opened
from earlyhelp.ingest.kinds import kind_by_kind
from earlyhelp.ingest.mapping import SavedMaps, known_sources, read_maps
from earlyhelp.ingest.open_file import open_file, too_much
from earlyhelp.ingest.recognise import Recognised, recognise
from earlyhelp.ingest.staging import Staging
from earlyhelp.ingest.values import DateOrder
from earlyhelp.standard import sql
from earlyhelp.store.erasure import read_marks
from earlyhelp.store.files import flush_file, read_json, sha256_of, whole_folder, write_json
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.workspace import Workspace, connect

_DAY_IN_A_NAME = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


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
    arrival = replace(arrival, name=printable(arrival.name))
    earlier, maps = staged_feeds(workspace), read_maps(workspace.maps)
    with ThreadPoolExecutor(max_workers=1) as beside:
        fingerprint = beside.submit(_fingerprint, arrival.path, durable=arrival.move)
        alike = _of_its_size(earlier, arrival.path)  # where there is none, reading need not wait for the fingerprint
        report = _find_feed(alike, maps, fingerprint.result(), arrival.source) if alike else None
        already_loaded = report is not None
        if report is None:
            report = _receive_new(workspace, arrival, earlier, maps, fingerprint.result, progress)
    keep_original(workspace, arrival.path, report, move=arrival.move)
    return Feed(report["feed_id"], report, already_loaded)


def _fingerprint(path: Path, *, durable: bool) -> str:
    """The fingerprint of a file, which is made durable, too, where it is to be moved and not copied."""
    if not path.is_file():
        return ""
    if durable:
        flush_file(path)
    return sha256_of(path)


def _of_its_size(earlier: Sequence[dict[str, Any]], path: Path) -> list[dict[str, Any]]:
    """The reports of staged files of as many bytes, and of those of which nobody noted how many."""
    size = path.stat().st_size if path.is_file() else None
    return [report for report in earlier if report.get("bytes", size) == size]


def printable(name: str) -> str:
    """A file's name as it can be printed and stored: what is no letter or sign in any encoding becomes a question mark."""
    return "".join("?" if unicodedata.category(sign).startswith("C") else sign for sign in name)


def _find_feed(
    earlier: Sequence[dict[str, Any]], maps: SavedMaps, sha256: str, source: str | None
) -> dict[str, Any] | None:
    """The report of the feed these very bytes made before, read by the map that is saved now, or None."""
    for report in earlier:
        read_alike = report.get("map", "") == maps.fingerprint(report["source"])
        if report["sha256"] == sha256 and source in (None, report["source"]) and read_alike:
            return report
    return None


def staged_feeds(workspace: Workspace) -> list[dict[str, Any]]:
    """The reports of all staged feeds, in the order in which they were loaded."""
    reports = [read_json(path) for path in workspace.feeds.glob("*/feed.json")]
    return sorted(reports, key=lambda report: (report["number"], report["feed_id"]))


def _receive_new(
    workspace: Workspace,
    arrival: Arrival,
    earlier: Sequence[dict[str, Any]],
    maps: SavedMaps,
    fingerprint: Callable[[], str],
    progress: Callable[[str], None],
) -> dict[str, Any]:
    scratch = workspace.scratch("receive")
    con = connect(scratch)
    try:
        progress(f"reading {arrival.name}")
        opened = open_file(arrival.path, arrival.name, con, scratch)
        con.execute("SET preserve_insertion_order = false")  # rows carry their numbers from here on
        found = kind_by_kind(recognise(opened.grids, arrival.name, arrival.source, known_sources(maps)), con)
        sha256 = fingerprint()
        feeding = _feeding(workspace, arrival, found, sha256, earlier, maps)
        progress(f"checking {arrival.name}")
        with whole_folder(workspace.feeds / feeding.feed_id, workspace.work) as folder:
            staging = Staging(con, feeding, scratch, folder, read_marks(workspace))
            staged = staging.stage(found.matched, _stated(arrival, opened), _named(arrival))
            report = report_of(con, feeding, found, opened, staged) | {
                "path": arrival.name,
                "sha256": sha256,
                "bytes": arrival.path.stat().st_size,
                "number": feeding.number,
                "map": maps.fingerprint(found.source.name),
            }
            report |= {"erased": staged.erased} if staged.erased else {}
            report["drift"] = drift_against(report, earlier)
            _write(con, folder, report)
        return report
    except (duckdb.OutOfMemoryException, MemoryError):
        raise too_much(arrival.name, "memory") from None
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _write(con: duckdb.DuckDBPyConnection, folder: Path, report: dict[str, Any]) -> None:
    """Write what was withheld, what is doubtful, and the report."""
    for name in ("quarantine", "issues"):
        target = sql.literal(folder / f"{name}.parquet")
        con.execute(f"COPY (SELECT DISTINCT * FROM {name} ORDER BY ALL) TO {target} (FORMAT parquet)")
    write_json(folder / "feed.json", report)


def _feeding(
    workspace: Workspace,
    arrival: Arrival,
    found: Recognised,
    sha256: str,
    earlier: Sequence[dict[str, Any]],
    maps: SavedMaps,
) -> Feeding:
    name = found.source.name
    mapped = maps.fingerprint(name)
    pseudonyms: Pseudonyms = workspace.pseudonyms
    return Feeding(
        feed_id=f"{name}-{sha256[:16]}" + (f"-{mapped}" if mapped else ""),
        number=max((feed["number"] for feed in earlier), default=0) + 1,
        source=name,
        received_on=arrival.received_on,
        pseudonym=lambda text: pseudonyms.of("person", name, text),
        order=DateOrder(workspace.settings.date_orders.get(name, DateOrder.DAY_FIRST)),
        order_said=name in workspace.settings.date_orders,
        words=maps.words_of(name),
        dates=maps.dates_of(name),
    )


def _stated(arrival: Arrival, opened: Opened) -> date | None:
    """The day the extract was made, as given with the file, else as the file says; a day still to come is not believed."""
    if arrival.extract_date:
        return arrival.extract_date
    try:
        said = date.fromisoformat((opened.extract_date or "")[:10])
    except ValueError:
        return None
    return said if said <= arrival.received_on else None


def _named(arrival: Arrival) -> date | None:
    """The day in the name of the file, else of its folder, written year first; a day still to come is not believed."""
    for name in (arrival.name, arrival.path.parent.name):
        for found in _DAY_IN_A_NAME.finditer(name):
            try:
                day = date(*(int(part) for part in found.groups()))
            except ValueError:
                continue
            if day <= arrival.received_on:
                return day
    return None
