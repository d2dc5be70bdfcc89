"""A staged feed written again without a person: its rows, its quarantine, its doubtful values and its account."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.build.erasing.rows import POINTS_TO_A_PERSON, columns_of, without_pointer
from earlyhelp.ingest import erased
from earlyhelp.ingest.feed_report import listable
from earlyhelp.ingest.issues import issue_counts
from earlyhelp.standard import TABLES, sql
from earlyhelp.store.files import second_name, write_json
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.parquet import AS_PARQUET
from earlyhelp.store.residue import Sought
from earlyhelp.store.row_ids import ROWS_OF_A_FEED, place_sql

Rows = Mapping[str, str]


@dataclass(frozen=True)
class Rewritten:
    """What was done to a feed. `cut`: rows of the file that are the person's; `named`: another's row names the person."""

    report: dict[str, Any]
    rows: int
    quarantined: int
    issues: int
    cut: frozenset[int]
    named: bool

    def told(self) -> dict[str, Any]:
        """As the result of the command shows it."""
        about = {"feed_id": self.report["feed_id"], "path": self.report["path"], "rows": self.rows}
        return {**about, "quarantine_rows": self.quarantined, "issues": self.issues}


def rewrite_feed(
    con: duckdb.DuckDBPyConnection,
    feed: Mapping[str, Any],
    live: Path,
    prepared: Path,
    staged: Rows,
    sought: Sought,
    pseudonyms: Pseudonyms,
) -> Rewritten | None:
    """Write the feed without the person to `prepared`; None (and nothing written) where it holds nothing of the person.

    Reads `erased_key` and `erased_row`. A source row of the person's becomes a row in quarantine without content, so that
    the account of the feed balances as before.
    """
    _mine(con, int(feed["number"]))
    _hold(con, live)
    hidden = _hidden(con, feed, sought, pseudonyms)
    pointed = [file for file in sorted((live / "rows").glob("*.parquet")) if _points(con, file)]
    rows, named = _told(con, "SELECT count(*) FROM mine"), bool(pointed) or _is_named(con)
    if not (rows or hidden or pointed):
        return None
    (prepared / "rows").mkdir(parents=True)
    for file in sorted((live / "rows").glob("*.parquet")):
        _write_rows(con, file, prepared / "rows" / file.name, rewrite=file in pointed)
    cut, issues = _set_aside(con, feed, hidden)
    for name in ("quarantine", "issues"):
        target = sql.literal(prepared / f"{name}.parquet")
        con.execute(f"COPY (SELECT DISTINCT * FROM {name} ORDER BY ALL) TO {target} (FORMAT parquet)")
    report = _report(con, feed, staged)
    write_json(prepared / "feed.json", report)
    return Rewritten(report, rows, len(hidden), issues, cut, named)


def same_rows(live: Path, prepared: Path) -> None:
    """The feed with all of its rows under second names, without its report."""
    (prepared / "rows").mkdir(parents=True)
    for file in sorted(live.rglob("*.parquet")):
        second_name(file, prepared / file.relative_to(live))


def _mine(con: duckdb.DuckDBPyConnection, number: int) -> None:
    """Make `mine`: the person's rows in this feed, with their part, fill and place."""
    part, fill, row = place_sql("row_id")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE mine AS SELECT table_name, row_id, {part} AS part, {fill} AS fill, {row} AS row_no "
        f"FROM erased_row WHERE row_id // {ROWS_OF_A_FEED} = {number}"
    )


def _hold(con: duckdb.DuckDBPyConnection, live: Path) -> None:
    """Make the tables `quarantine` and `issues` as they lie in the feed."""
    for name in ("quarantine", "issues"):
        held = f"read_parquet({sql.literal(live / f'{name}.parquet')})"
        con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM {held}")


def _hidden(
    con: duckdb.DuckDBPyConnection, feed: Mapping[str, Any], sought: Sought, pseudonyms: Pseudonyms
) -> list[str]:
    """The contents of rows in quarantine that name the person: by an id under this source, an identifier, or in full."""
    told = con.execute("SELECT DISTINCT content FROM quarantine WHERE content IS NOT NULL").fetchall()
    contents, keys = [text for (text,) in told], set(sought.keys)
    by_id = erased.contents_naming(
        contents, lambda cell: pseudonyms.of("person", feed["source"], cell), keys.__contains__
    )
    return sorted({*by_id, *(text for text in contents if sought.in_text(text))})


def _points(con: duckdb.DuckDBPyConnection, file: Path) -> bool:
    """True for a file in which another person's row is said to be a duplicate of the person's."""
    if POINTS_TO_A_PERSON not in columns_of(con, file):
        return False
    held = f"read_parquet({sql.literal(file)})"
    stays = "row_id NOT IN (SELECT row_id FROM mine)"
    asked = f"SELECT 1 FROM {held} WHERE {POINTS_TO_A_PERSON} IN (FROM erased_key) AND {stays} LIMIT 1"
    return bool(con.execute(asked).fetchall())


def _is_named(con: duckdb.DuckDBPyConnection) -> bool:
    """True when a source row of somebody else's also tells of the person, as a child's row tells of a parent."""
    own = "SELECT part, row_no FROM mine WHERE fill = 0"
    return bool(con.execute(f"SELECT 1 FROM mine ANTI JOIN ({own}) USING (part, row_no) LIMIT 1").fetchall())


def _write_rows(con: duckdb.DuckDBPyConnection, file: Path, target: Path, *, rewrite: bool) -> None:
    """The rows of a file without the person's; the file itself under a second name where there are none."""
    held = f"read_parquet({sql.literal(file)})"
    if not rewrite and not con.execute(f"SELECT 1 FROM {held} SEMI JOIN mine USING (row_id) LIMIT 1").fetchall():
        second_name(file, target)
        return
    chosen = without_pointer(columns_of(con, file))
    con.execute(
        f"COPY (SELECT {chosen} FROM {held} WHERE row_id NOT IN (SELECT row_id FROM mine)) "
        f"TO {sql.literal(target)} {AS_PARQUET}"
    )


def _set_aside(
    con: duckdb.DuckDBPyConnection, feed: Mapping[str, Any], hidden: list[str]
) -> tuple[frozenset[int], int]:
    """Put the person's source rows into quarantine without content; their numbers, and how many doubtful values went."""
    earlier = _erased(con)
    con.execute("CREATE OR REPLACE TEMP TABLE gone (part VARCHAR, row_no BIGINT, table_name VARCHAR)")
    for index, part in enumerate(feed["parts"]):
        con.execute(
            f"INSERT INTO gone SELECT DISTINCT {sql.listed([part['part']])}, row_no, {sql.listed([part['table']])} "
            f"FROM mine WHERE fill = 0 AND part = {index}"
        )
    con.execute(f"INSERT INTO quarantine SELECT part, row_no, table_name, {erased.told()} FROM gone")
    erased.hide(con, hidden)
    without = f"SELECT part, row_no FROM quarantine WHERE rule = '{erased.RULE}'"
    before = _told(con, "SELECT count(*) FROM issues")
    con.execute(f"DELETE FROM issues WHERE (part, row_no) IN ({without})")
    return _erased(con) - earlier, before - _told(con, "SELECT count(*) FROM issues")


def _erased(con: duckdb.DuckDBPyConnection) -> frozenset[int]:
    """The numbers of the source rows that are in quarantine as erased."""
    rows = con.execute(f"SELECT DISTINCT row_no FROM quarantine WHERE rule = '{erased.RULE}'").fetchall()
    return frozenset(row for (row,) in rows)


def _report(con: duckdb.DuckDBPyConnection, feed: Mapping[str, Any], staged: Rows) -> dict[str, Any]:
    """The feed's report with its account moved from accepted to quarantine, and its words without the person's."""
    report = copy.deepcopy(dict(feed))
    moved = dict(con.execute("SELECT part, count(*) FROM gone GROUP BY 1").fetchall())
    parts = [part for table in report["tables"] for part in table["parts"]]
    for part in [*report["parts"], *parts]:
        _move(part, moved.get(part["part"], 0))
    for table in report["tables"]:
        _move(table, sum(moved.get(part["part"], 0) for part in table["parts"]))
        table["issues"] = issue_counts(con, [part["part"] for part in table["parts"]])
    further = con.execute("SELECT table_name, count(*) FROM mine WHERE fill <> 0 GROUP BY 1").fetchall()
    for table, count in further:
        report["also_filled"][table] -= count
    words = _words(con, staged)
    for listed in ("unmapped_values", "mapped_values"):
        report[listed] = _fewer(report.get(listed, []), words)
    report["erased"] = len(_erased(con))
    return report


def _move(account: dict[str, Any], rows: int) -> None:
    account["rows_accepted"] -= rows
    account["rows_quarantined"] += rows


def _words(con: duckdb.DuckDBPyConnection, staged: Rows) -> Counter[tuple[str, str, str]]:
    """What the person's rows said in coded columns, as reports list it: by table, column and word, how often."""
    words: Counter[tuple[str, str, str]] = Counter()
    for (table,) in con.execute("SELECT DISTINCT table_name FROM mine").fetchall():
        for name, column in TABLES[table].columns.items():
            if column.coded:
                raw, held = sql.name(column.raw_name), f"{staged[table]} SEMI JOIN mine USING (row_id)"
                said = con.execute(f"SELECT {raw}, count(*) FROM {held} WHERE {raw} IS NOT NULL GROUP BY 1").fetchall()
                for text, count in said:
                    words[table, name, listable(text)] += count
    return words


def _fewer(listed: list[dict[str, Any]], words: Counter[tuple[str, str, str]]) -> list[dict[str, Any]]:
    left = [{**e, "count": e["count"] - words[e["table"], e["column"], e["value"]]} for e in listed]
    return [each for each in left if each["count"] > 0]


def _told(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])
