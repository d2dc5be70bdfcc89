"""What became of every row received, held against the council's own totals; each difference explained as far as known.

Rows received = records counted + repeated or added up + superseded + told by a fuller return + of a later extract + in
quarantine by rule. The account is of files and rows, like that of `load`, and exact: it is for the people who keep the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.check.control_totals import ControlTotal
from earlyhelp.check.event_day import event_day
from earlyhelp.standard import TABLES, Table, sql
from earlyhelp.store.files import read_json

FATES: Mapping[str, str] = {
    "repeated": "rows that repeat a record of the same file",
    "added_up": "lines of an account that are added to another of the same name",
    "superseded": "rows of which a later extract holds a newer version",
    "retold": "rows whose event a fuller source tells of too",
    "newer_version": "newer versions of records, in an extract that came after the snapshot was made: run again",
    "later_extract": "records of an extract that came after the snapshot was made: run again",
}
"""What becomes of an accepted row that is not counted."""
MADE_BY_EACH_RUN = ("feed", "person_link")
Feeds = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Held:
    """What one source holds under the name of one list or table: its staged files, and the parts they come from."""

    table: Table
    files: tuple[Path, ...]
    parts: tuple[tuple[str, str, Path], ...]


def accounts(con: duckdb.DuckDBPyConnection, folder: Path, snapshot: Path, feeds: Feeds) -> list[dict[str, Any]]:
    """For each list of each source: rows received, what became of them, and records counted. All add up exactly.

    `folder` holds the staged feeds, `snapshot` is the folder of the snapshot. `not_accounted` is zero in a sound store.
    Lists about feeds and links are left out: each run makes those anew.
    """
    names = dict.fromkeys(
        (feed["source"], part["list"])
        for feed in feeds
        for part in feed["parts"]
        if part["table"] not in MADE_BY_EACH_RUN
    )
    return [_account(con, _held(folder, feeds, *name), snapshot, feeds, *name) for name in sorted(names)]


def _account(
    con: duckdb.DuckDBPyConnection, held: Held, snapshot: Path, feeds: Feeds, source: str, name: str
) -> dict[str, Any]:
    total = ControlTotal(0, source, name, "", 0, "rows")
    found = _found(con, held, snapshot, feeds, total)
    received = found["counted"] + sum(row["rows"] for row in found["lost"])
    read = sum(p["rows_read"] for f in feeds if f["source"] == source for p in f["parts"] if p["list"] == name)
    fates = {row["why"]: 0 for row in found["lost"]} | dict.fromkeys(FATES, 0) | {"quarantined": 0}
    for row in found["lost"]:
        fates["quarantined" if row["why"] == "quarantine" else row["why"]] += row["rows"]
    fates.pop("quarantine", None)
    counted = found["counted"]
    told = {"source": source, "list": name, "rows_read": read, **fates, "records_counted": counted}
    return told | {"not_accounted": read - received}


def reconcile(
    con: duckdb.DuckDBPyConnection, folder: Path, snapshot: Path, feeds: Feeds, totals: Iterable[ControlTotal]
) -> list[dict[str, Any]]:
    """For each control total: what we count, the difference, what explains it, and what nothing explains.

    total = records counted + the rows of `explained` + `unexplained`, always. A row in quarantine has no usable day:
    of a period's total it explains nothing for certain, and is told as `of_no_known_day`.
    """
    return [_reconciled(con, folder, snapshot, feeds, total) for total in totals]


def _reconciled(
    con: duckdb.DuckDBPyConnection, folder: Path, snapshot: Path, feeds: Feeds, total: ControlTotal
) -> dict[str, Any]:
    held = _held(folder, feeds, total.source, total.held)
    told = {"source": total.source, "list": total.held, "period": total.period, "total": total.total}
    told |= {"counts": total.counts}
    if total.first and event_day(held.table) is None:
        return told | {"records_counted": None, "words": f"Rows of {held.table} have no day, so none is of a period."}
    found = _found(con, held, snapshot, feeds, total)
    certain = [row for row in found["lost"] if row["rows"] and not (total.first and row["why"] == "quarantine")]
    unplaced = sum(row["rows"] for row in found["lost"] if total.first and row["why"] == "quarantine")
    unexplained = total.total - found["counted"] - sum(row["rows"] for row in certain)
    told |= {
        "records_counted": found["counted"],
        "difference": total.total - found["counted"],
        "explained": certain,
        "unexplained": unexplained,
        "of_no_known_day": unplaced,
    }
    return told | {"words": _in_words(unexplained, unplaced)}


def _in_words(unexplained: int, unplaced: int) -> str:
    if not unexplained:
        return "The totals agree, or every difference is explained."
    if unexplained > 0:
        more = f" {unplaced:,} rows in quarantine have no usable day and may be of this period." if unplaced else ""
        return f"The council counts {unexplained:,} that no extract holds.{more}"
    return f"The extracts hold {-unexplained:,} that the council does not count."


def _held(folder: Path, feeds: Feeds, source: str, name: str) -> Held:
    """The staged files of a list or a table; a list's own rows only, a table's from whichever list fills it."""
    own = [feed for feed in feeds if feed["source"] == source]
    files: dict[Path, None] = {}
    parts: list[tuple[str, str, Path]] = []
    table = name if name in TABLES else ""
    for feed in own:
        place = folder / feed["feed_id"]
        for number, part in enumerate(feed["parts"]):
            if name.casefold() == part["list"].casefold() or name == part["table"]:
                parts.append((feed["feed_id"], part["part"], place / "quarantine.parquet"))
                table = table or part["table"]
                files |= dict.fromkeys(sorted((place / "rows").glob(f"{part['table']}.{number:02d}.0.parquet")))
        if name in TABLES:
            files |= dict.fromkeys(sorted((place / "rows").glob(f"{name}.*.parquet")))
    return Held(TABLES[table or "feed"], tuple(files), tuple(parts))


def _found(
    con: duckdb.DuckDBPyConnection, held: Held, snapshot: Path, feeds: Feeds, total: ControlTotal
) -> dict[str, Any]:
    """Records counted, and the rows that are not, by what became of them: the last for a reason, then by rule."""
    _make_fates(con, held, snapshot, feeds, total)
    fates = dict(con.execute(f"SELECT fate, {_COUNTED[total.counts]} FROM row_fate GROUP BY fate").fetchall())
    lost = [{"why": fate, "rule": "", "rows": fates.get(fate, 0), "words": FATES[fate]} for fate in _TOLD[total.counts]]
    distinct = "count(*)" if total.counts == "rows" else "count(DISTINCT (part, content))"
    kept = con.execute(f"SELECT rule, {distinct} FROM kept_row GROUP BY rule ORDER BY rule").fetchall()
    lost += [
        {"why": "quarantine", "rule": rule, "rows": count, "words": f"rows in quarantine: {rule}"}
        for rule, count in kept
    ]
    return {"counted": fates.get("counted", 0), "lost": lost}


_COUNTED = {"rows": "count(*)", "records": "count(DISTINCT key)"}
_TOLD = {"rows": tuple(FATES), "records": ("retold", "later_extract")}
"""What explains a difference: a version of a record more is a row more, and no record more."""


def lines(
    con: duckdb.DuckDBPyConnection, folder: Path, snapshot: Path, feeds: Feeds, totals: Iterable[ControlTotal]
) -> list[tuple[str, ...]]:
    """One line for each row that explains a difference: source, list, period, file, place in it, why, rule."""
    names = {feed["feed_id"]: feed["path"] for feed in feeds}
    listed: list[tuple[str, ...]] = []
    for total in totals:
        _make_fates(con, _held(folder, feeds, total.source, total.held), snapshot, feeds, total)
        rows = con.execute(
            "SELECT feed_id, place, fate, '' FROM row_fate WHERE fate <> 'counted' UNION ALL "
            "SELECT feed_id, part || ':' || row_no, 'quarantine', rule FROM kept_row ORDER BY ALL"
        ).fetchall()
        about = (total.source, total.held, total.period)
        listed += [(*about, names.get(feed, ""), place, why, rule) for feed, place, why, rule in rows]
    return listed


LINE_HEADINGS = ("source", "list", "period", "file", "place in the file", "why it is not counted", "rule")


def _make_fates(con: duckdb.DuckDBPyConnection, held: Held, snapshot: Path, feeds: Feeds, total: ControlTotal) -> None:
    """Make `row_fate`: what became of each accepted row of the total; and `kept_row`: its rows in quarantine."""
    folder = held.parts[0][2].parents[1] if held.parts else snapshot
    name = f"fate_{held.table}"
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [name]).fetchone():
        con.execute(f'CREATE TEMP TABLE "{name}" AS {_fates_sql(held.table, folder, snapshot, feeds)}')
    among = f"file IN ({sql.listed(held.files)})" if held.files else "FALSE"
    among += f" AND day BETWEEN {sql.literal(total.first)} AND {sql.literal(total.last)}" if total.first else ""
    con.execute(f'CREATE OR REPLACE TEMP TABLE row_fate AS SELECT * FROM "{name}" WHERE {among}')
    kept = [
        f"SELECT {sql.literal(feed)} AS feed_id, part, row_no, rule, content FROM read_parquet({sql.literal(file)}) "
        f"WHERE part = {sql.literal(part)}"
        for feed, part, file in held.parts
    ]
    nothing = "SELECT '' AS feed_id, '' AS part, 0::BIGINT AS row_no, '' AS rule, '' AS content WHERE FALSE"
    con.execute(f"CREATE OR REPLACE TEMP TABLE kept_row AS {' UNION ALL '.join([nothing, *kept])}")


def _fates_sql(table: Table, folder: Path, snapshot: Path, feeds: Feeds) -> str:
    """SQL for the rows of a table in every staged feed, each with its key, day, file and fate.

    A record's latest version in the snapshot's feeds stands for it, unless another version came to be the one that
    survived; where none survived, a fuller source tells of the event.
    """
    files = [file for feed in feeds for file in sorted((folder / feed["feed_id"] / "rows").glob(f"{table}.*.parquet"))]
    if not files:
        return "SELECT '' AS key, '' AS feed_id, '' AS place, NULL::DATE AS day, '' AS file, '' AS fate WHERE FALSE"
    inputs = read_json(snapshot / "manifest.json")["inputs"]
    made_of = {feed["feed_id"] for feed in inputs}
    order = [(f["feed_id"], f["extract_date"], f["number"], f["feed_id"] in made_of) for f in feeds]
    key = ", ".join(f"coalesce(CAST(\"{column.column_name}\" AS VARCHAR), '')" for column in table.key)
    day, again = event_day(table), "added_up" if table.summed else "repeated"
    # A file holds only the columns that its list has.
    wanted = {column.column_name: column.type.duckdb for column in (*table.key, *([day] if day else []))}
    empty = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in wanted.items())
    latest = "PARTITION BY key ORDER BY survives DESC, is_in DESC, drawn DESC NULLS LAST, number DESC, row_id DESC"
    return (
        "SELECT key, feed_id, place, day, file, CASE WHEN survives THEN 'counted' "
        "WHEN NOT is_in THEN CASE WHEN survived THEN 'newer_version' ELSE 'later_extract' END "
        f"WHEN nth = 1 THEN 'retold' WHEN feed_id = kept_feed THEN '{again}' ELSE 'superseded' END AS fate FROM ("
        f"SELECT *, row_number() OVER ({latest}) AS nth, first_value(feed_id) OVER ({latest}) AS kept_feed, "
        "bool_or(survives) OVER (PARTITION BY key) AS survived FROM ("
        f"SELECT row_id, feed_id, source_record_id AS place, concat_ws(chr(31), source_system, {key}) AS key, "
        f"{sql.name(day.column_name) if day else 'NULL::DATE'} AS day, filename AS file, drawn, number, is_in, "
        f"row_id IN (SELECT row_id FROM read_parquet({sql.literal(snapshot / 'analysis' / f'{table}.parquet')})) "
        f"AS survives FROM (SELECT {empty} WHERE FALSE UNION ALL BY NAME "
        f"SELECT * FROM read_parquet([{sql.listed(files)}], union_by_name = true, filename = true)) "
        f"JOIN (VALUES {sql.rows(order)}) AS fed(feed_id, drawn, number, is_in) USING (feed_id)))"
    )
