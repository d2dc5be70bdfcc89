"""The rows that a map would not take as they stand: where each fault is, what was expected there, and what to do.

What stands in the file is given to whoever may see names; to others its shape. Nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.ingest.cells import tidied
from earlyhelp.ingest.erased import RULE as ERASED
from earlyhelp.ingest.kinds import kind_by_kind
from earlyhelp.ingest.mapping.as_source import known_sources
from earlyhelp.ingest.mapping.map_files import read_maps
from earlyhelp.ingest.mapping.saved import SavedMap
from earlyhelp.ingest.mapping.trial import trial_of
from earlyhelp.ingest.open_file import open_file
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.receive import Arrival, receive
from earlyhelp.ingest.recognise import Matched, recognise
from earlyhelp.ingest.values import shape
from earlyhelp.standard import sql
from earlyhelp.store.workspace import Workspace, connect

MOST = 20_000
"""Faults that are told of one file: more are a fault of the file, and not of its rows."""
LONGEST_VALUE = 200
_NOTES = tuple(each.rule for each in PROBLEMS.values() if each.severity == "note")


def faulty_rows(
    workspace: Workspace, path: Path, scratch: Path, draft: SavedMap, received_on: date, *, identity: bool
) -> dict[str, Any]:
    """`rows`: the faults in the order of the file, the first `MOST`; `faults`: how many there are.

    Each row: part, row (as numbered in the source), heading, rule, expected, fix, dropped, and value: what stands there with
    `identity`, else its shape; nothing for people who were erased. Raises InputRefused for a file that cannot be read so.
    """
    trial = trial_of(workspace, scratch, draft)
    feed = receive(trial, Arrival(path, path.name, received_on))
    con = connect(scratch)
    try:
        _gather(con, trial.feeds / feed.feed_id)
        _add_values(con, trial, path, scratch)
        rows = con.execute(f"FROM faulty ORDER BY part, row_no, heading, rule LIMIT {MOST}").fetchall()
        names = [each[0] for each in con.description or ()]
        [(faults,)] = con.execute("SELECT count(*) FROM faulty").fetchall()
    finally:
        con.close()
    return {"faults": faults, "rows": [_told(dict(zip(names, each, strict=True)), identity) for each in rows]}


def _gather(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """A table of every fault: the rows in quarantine, then the doubtful values of those that are in."""
    kept, doubtful = (f"read_parquet({sql.literal(folder / f'{name}.parquet')})" for name in ("quarantine", "issues"))
    con.execute(
        f"CREATE TABLE faulty AS SELECT part, row_no, column_name AS heading, rule, found, TRUE AS dropped, "
        f"CAST(NULL AS VARCHAR) AS value FROM {kept} UNION ALL SELECT part, row_no, column_name, rule, found, FALSE, NULL "
        f"FROM {doubtful} ANTI JOIN {kept} AS kept USING (part, row_no, column_name) WHERE rule NOT IN ({sql.listed(_NOTES)})"
    )


def _add_values(con: duckdb.DuckDBPyConnection, trial: Workspace, path: Path, scratch: Path) -> None:
    """What stands in the file at each fault, but in the rows of people who were erased."""
    opened = open_file(path, path.name, con, scratch)
    found = kind_by_kind(recognise(opened.grids, path.name, None, known_sources(read_maps(trial.maps))), con)
    erased = f"SELECT part, row_no FROM faulty WHERE rule = {sql.literal(ERASED)}"
    for matched in found.matched:
        for heading, raw in _told_headings(con, matched):
            con.execute(
                f"UPDATE faulty SET value = cells.{raw} FROM {matched.grid.relation} AS cells "
                f"WHERE cells.row_no = faulty.row_no AND part = {sql.literal(matched.grid.name)} "
                f"AND heading = {sql.literal(heading)} AND (part, faulty.row_no) NOT IN ({erased})"
            )


def _told_headings(con: duckdb.DuckDBPyConnection, matched: Matched) -> Iterator[tuple[str, str]]:
    """The headings of a list under which there are faults, with their raw columns."""
    asked = f"SELECT DISTINCT heading FROM faulty WHERE part = {sql.literal(matched.grid.name)}"
    for (heading,) in con.execute(asked).fetchall():
        if heading in matched.columns:
            yield heading, matched.columns[heading]


def _told(each: dict[str, Any], identity: bool) -> dict[str, Any]:
    problem, text = PROBLEMS[each["rule"]], tidied(each["value"] or "")[:LONGEST_VALUE]
    return {
        "part": each["part"],
        "row": each["row_no"],
        "heading": each["heading"] or "",
        "rule": each["rule"],
        "expected": problem.expected,
        "fix": problem.fix,
        "dropped": each["dropped"],
        "value": (text if identity else shape(text)) or each["found"] or "",
    }
