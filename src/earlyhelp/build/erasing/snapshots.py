"""A snapshot written again without a person: every table without their rows, everybody else's as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.build import quality, spells, tables
from earlyhelp.build.erasing.rows import columns_of, mark_rows, without_pointer
from earlyhelp.build.snapshot import DERIVED
from earlyhelp.check.completeness import count_fields
from earlyhelp.link.thresholds import UNDER_BOUNDS
from earlyhelp.standard import TABLES, person_link, sql
from earlyhelp.store.files import read_json
from earlyhelp.store.snapshots import ANALYSIS, IDENTITY, Draft, snapshot_name

_WHO = {"child_help": "person_id", "family_help": "family_id", "statutory_start": "person_id", "profile": "person_id"}
"""Whom a derived row is about: rows of people and families the person was none of stay as they are."""


@dataclass(frozen=True)
class Found:
    """What a snapshot holds of the person: rows by table, and the person_ids that no other record bears."""

    rows: Mapping[str, int]
    gone: frozenset[str]


def new_name(snapshot: str, erasure: str) -> str:
    """The name of a snapshot once it is written again."""
    return snapshot_name({"instead_of": snapshot, "erasure": erasure})


def find_in_snapshot(con: duckdb.DuckDBPyConnection, folder: Path) -> Found:
    """What the snapshot holds of the person.

    Leaves `erased_row`, `touched` (person_id, family_id) of the person's rows, and `fewer` (table_name, records_gone).
    """
    relations = {
        name: f"read_parquet({sql.literal(path)})"
        for name in TABLES
        if (path := _file(folder, ANALYSIS, name)).is_file()
    }
    mark_rows(con, relations)
    # What hung on a record of the person's in the feeds goes, too, where this snapshot has another version of that record.
    con.execute("INSERT INTO erased_row SELECT * FROM staged_row EXCEPT SELECT * FROM erased_row")
    con.execute("CREATE OR REPLACE TEMP TABLE touched (person_id VARCHAR, family_id VARCHAR)")
    for name, relation in relations.items():
        if {"person_id", "family_id"} <= set(columns_of(con, _file(folder, ANALYSIS, name))):
            con.execute(
                f"INSERT INTO touched SELECT DISTINCT person_id, family_id FROM {relation} WHERE {_is_mine(name)}"
            )
    links = relations[person_link.table_name]
    gone = con.execute(
        f"SELECT DISTINCT person_id FROM {links} SEMI JOIN erased_key USING (person_key) WHERE person_id NOT IN "
        f"(SELECT person_id FROM {links} ANTI JOIN erased_key USING (person_key))"
    ).fetchall()
    held = {name: _count(con, f"{relation} WHERE {_is_mine(name)}") for name, relation in relations.items()}
    con.execute("CREATE OR REPLACE TEMP TABLE fewer (table_name VARCHAR, records_gone BIGINT)")
    con.execute(f"INSERT INTO fewer VALUES {sql.rows(held.items())}")
    return Found({name: count for name, count in held.items() if count}, frozenset(each for (each,) in gone))


def borne_by_others(con: duckdb.DuckDBPyConnection, folder: Path) -> frozenset[str]:
    """The person_ids in a snapshot that records which are not the person's bear: a merger may have given them one of theirs."""
    links = f"read_parquet({sql.literal(_file(folder, ANALYSIS, person_link.table_name))})"
    found = con.execute(f"SELECT DISTINCT person_id FROM {links} ANTI JOIN erased_key USING (person_key)").fetchall()
    return frozenset(each for (each,) in found)


def _is_mine(table: str) -> str:
    """SQL that is true for a row of a standard table's analysis side that is the person's."""
    if TABLES[table] is person_link:
        return "person_key IN (FROM erased_key)"
    return f"row_id IN (SELECT row_id FROM erased_row WHERE table_name = {sql.literal(table)})"


def rewrite_snapshot(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    draft: Draft,
    feeds: Mapping[str, Mapping[str, Any]],
    gone: frozenset[str],
) -> None:
    """Write every table of a snapshot to the draft without the person, after `find_in_snapshot`. `feeds`: new reports."""
    con.execute("CREATE OR REPLACE TEMP TABLE gone_id (id VARCHAR)")
    con.execute("INSERT INTO gone_id SELECT person_key FROM erased_key")
    if gone:
        con.execute(f"INSERT INTO gone_id VALUES {sql.rows([each] for each in sorted(gone))}")
    for side in (ANALYSIS, IDENTITY):
        for path in sorted((folder / side).glob("*.parquet")):
            if path.stem in UNDER_BOUNDS:
                continue  # the next run makes them anew
            query = _without(con, folder, side, path.stem, feeds)
            if query:
                draft.write(con, query, side, path.stem)
            else:
                draft.keep(path, side, path.stem)


def _without(
    con: duckdb.DuckDBPyConnection, folder: Path, side: str, name: str, feeds: Mapping[str, Mapping[str, Any]]
) -> str:
    """SQL for a table of the snapshot without the person; empty where it holds nothing of them."""
    file = _file(folder, side, name)
    held = f"read_parquet({sql.literal(file)})"
    if side == ANALYSIS and name in DERIVED:
        return _derived(con, folder, name, held)
    if side == ANALYSIS and name in quality.TABLES:
        return _quality(con, folder, name, held, feeds)
    if name not in TABLES:
        return _any_column(con, file, held)
    if side == IDENTITY and TABLES[name] is person_link:
        stay = _count(con, f"read_parquet({sql.literal(_file(folder, ANALYSIS, name))}) WHERE NOT ({_is_mine(name)})")
        return f"SELECT * FROM {held} LIMIT {stay}"
    chosen = without_pointer(columns_of(con, file))
    if chosen == "*" and not _count(con, f"{held} WHERE {_is_mine(name)}"):
        return ""
    return f"SELECT {chosen} FROM {held} WHERE NOT coalesce({_is_mine(name)}, FALSE)"


def _any_column(con: duckdb.DuckDBPyConnection, file: Path, held: str) -> str:
    """A table that is none of the standard's (of linkage, of reviews): rows that bear a key of the person's anywhere go."""
    texts = [sql.name(name) for name, kind in columns_of(con, file).items() if kind == "VARCHAR"]
    mine = " OR ".join(f"{text} IN (FROM gone_id)" for text in texts)
    return (
        f"SELECT * FROM {held} WHERE NOT coalesce({mine}, FALSE)"
        if texts and _count(con, f"{held} WHERE {mine}")
        else ""
    )


def _derived(con: duckdb.DuckDBPyConnection, folder: Path, name: str, held: str) -> str:
    """Spells and profiles: of those the person's records were part of worked out again, of all others as they were."""
    who = _WHO[name]
    among = f"{who} IN (SELECT {who} FROM touched)"
    if not _count(con, f"{held} WHERE {among}"):
        return ""
    _make_again(con, folder)
    return f"SELECT * FROM (FROM {held} WHERE NOT {among} UNION ALL BY NAME FROM {name} WHERE {among}) ORDER BY ALL"


def _make_again(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the derived tables in `con` from what stays of the analysis side, once a snapshot."""
    for name in DERIVED:
        con.execute(f"DROP TABLE IF EXISTS {name}")
    for name in ("eh_episode", "social_care_event", "person"):
        held = f"read_parquet({sql.literal(_file(folder, ANALYSIS, name))})"
        born = ", birth_month AS dob, CAST(NULL AS DATE) AS expected_dob" if name == "person" else ""
        con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT *{born} FROM {held} WHERE NOT {_is_mine(name)}")
    spells.make_spells(con)
    tables.make_profile(con)


def _quality(
    con: duckdb.DuckDBPyConnection, folder: Path, name: str, held: str, feeds: Mapping[str, Mapping[str, Any]]
) -> str:
    if name == "rule_break":
        return f"SELECT * FROM {held} AS told ANTI JOIN erased_row USING (table_name, row_id)"
    if name == "rule_record":
        return _judged(con, folder, held)
    if name == "field_count":
        return _filled(con, folder, held)
    return _totals(con, held, feeds)


def _judged(con: duckdb.DuckDBPyConnection, folder: Path, held: str) -> str:
    """How many records each rule judged, without the person's; a rule that only theirs broke has passed."""
    breaks = f"read_parquet({sql.literal(_file(folder, ANALYSIS, 'rule_break'))})"
    broken = f"rule IN (SELECT rule FROM {breaks} ANTI JOIN erased_row USING (table_name, row_id))"
    return (
        "SELECT told.* REPLACE (CASE WHEN records > 0 THEN greatest(records - coalesce(fewer.records_gone, 0), 0) "
        f"ELSE records END AS records, CASE WHEN outcome = 'failed' AND NOT {broken} THEN 'passed' ELSE outcome END "
        f"AS outcome) FROM {held} AS told LEFT JOIN fewer USING (table_name)"
    )


def _filled(con: duckdb.DuckDBPyConnection, folder: Path, held: str) -> str:
    """How many records hold each column, without the person's: what they held is counted and taken off."""
    con.execute("CREATE OR REPLACE TEMP TABLE filled_before AS FROM " + held)
    relations = {name: _mine_whole(con, folder, name) for name in TABLES}
    count_fields(con, relations)
    return (
        "SELECT told.* REPLACE (told.records - coalesce(mine.records, 0) AS records, "
        "told.valid - coalesce(mine.valid, 0) AS valid, told.unmapped - coalesce(mine.unmapped, 0) AS unmapped) "
        "FROM filled_before AS told LEFT JOIN field_count AS mine ON "
        "(mine.table_name, mine.field) = (told.table_name, told.field) "
        "AND mine.source_system IS NOT DISTINCT FROM told.source_system WHERE told.records > coalesce(mine.records, 0)"
    )


def _mine_whole(con: duckdb.DuckDBPyConnection, folder: Path, name: str) -> str:
    """A view of the person's rows of a table, both sides together, with every column of the standard."""
    view, columns = f"mine_of_{name}", tables.all_columns(TABLES[name])
    empty = ", ".join(f"CAST(NULL AS {column.type.duckdb}) AS {sql.name(each)}" for each, column in columns.items())
    rows = f"SELECT {empty} WHERE FALSE"
    shown, hidden = (_file(folder, side, name) for side in (ANALYSIS, IDENTITY))
    if shown.is_file():
        beside = ""
        if hidden.is_file() and TABLES[name] is not person_link:
            more = [sql.name(c) for c in columns_of(con, hidden) if c not in columns_of(con, shown)]
            listed = ", ".join(["row_id", *more])
            beside = f" LEFT JOIN (SELECT {listed} FROM read_parquet({sql.literal(hidden)})) USING (row_id)"
        rows += f" UNION ALL BY NAME SELECT * FROM read_parquet({sql.literal(shown)}){beside} WHERE {_is_mine(name)}"
    con.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {rows}")
    return view


def _totals(con: duckdb.DuckDBPyConnection, held: str, feeds: Mapping[str, Mapping[str, Any]]) -> str:
    """Rows accepted and in quarantine as the feeds' new accounts say."""
    con.execute("CREATE OR REPLACE TEMP TABLE said (feed_id VARCHAR, table_name VARCHAR, a BIGINT, q BIGINT)")
    rows = [
        (feed, table["table"], table["rows_accepted"], table["rows_quarantined"])
        for feed, report in feeds.items()
        for table in report["tables"]
    ]
    if not rows:
        return ""
    con.execute(f"INSERT INTO said VALUES {sql.rows(rows)}")
    return (
        "SELECT told.* REPLACE (coalesce(a, rows_accepted) AS rows_accepted, coalesce(q, rows_quarantined) AS "
        f"rows_quarantined) FROM {held} AS told LEFT JOIN said USING (feed_id, table_name) ORDER BY ALL"
    )


def new_manifest(
    folder: Path, name: str, feeds: Mapping[str, Mapping[str, Any]], erasure: Mapping[str, Any]
) -> dict[str, Any]:
    """The manifest of the snapshot as written again: whose place it takes, and the erasure, which names nobody."""
    before = read_json(folder / "manifest.json")
    inputs: Sequence[Mapping[str, Any]] = [
        {key: feeds.get(each["feed_id"], each).get(key, value) for key, value in each.items()}
        for each in before["inputs"]
    ]
    made = {key: value for key, value in before.items() if key != "files"}
    erasures = [*before.get("erasures", []), {**erasure, "instead_of": before["snapshot"]}]
    return {**made, "snapshot": name, "inputs": inputs, "erasures": erasures}


def _file(folder: Path, side: str, name: str) -> Path:
    return folder / side / f"{name}.parquet"


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
