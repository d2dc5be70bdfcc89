"""What the measures of data quality count, made while the whole dataset is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from earlyhelp.standard import TABLES as STANDARD
from earlyhelp.standard import eh_episode, sql

TABLES = ("field_count", "rule_record", "rule_break", "feed_total")


def make_tables(
    con: duckdb.DuckDBPyConnection,
    feeds: Sequence[Mapping[str, Any]],
    found: Sequence[Any],
    relations: Mapping[str, str],
) -> None:
    """Make `rule_record`, `rule_break` and `feed_total` (`field_count` is there: the rules needed it).

    `rule_record`: for each rule that applied, how many records it judged. `rule_break`: one row for each record that
    broke a rule. `feed_total`: for each feed, rows read, rows in the store, and the sender's own total. `relations`: for
    each table the cheapest relation that has its own columns (`tables.lean`).
    """
    _rule_results(con, found, relations)
    _feed_totals(con, feeds)


def _rule_results(con: duckdb.DuckDBPyConnection, found: Sequence[Any], relations: Mapping[str, str]) -> None:
    con.execute(
        "CREATE TABLE rule_record (rule VARCHAR, table_name VARCHAR, outcome VARCHAR, records BIGINT, reason VARCHAR)"
    )
    judged = [(r.rule.code, r.rule.table, str(r.outcome), r.records, r.reason) for r in found]
    if judged:
        con.execute(f"INSERT INTO rule_record VALUES {sql.rows(judged)}")
    con.execute(
        "CREATE TABLE rule_break (rule VARCHAR, table_name VARCHAR, row_id BIGINT, team VARCHAR, worker VARCHAR, "
        "record VARCHAR, source_system VARCHAR, feed_id VARCHAR, place VARCHAR)"
    )
    con.execute(f"CREATE TEMP TABLE last_help AS {_LAST_HELP}")
    for result in found:
        if result.rows:
            _add_breaks(con, result, relations)
    con.execute("DROP TABLE last_help")


_FEW_ROWS = 1_000
"""Up to so many rows are handed over as text."""
_LAST_HELP = (
    "SELECT DISTINCT ON (person_id) person_id, team, lead_practitioner_id AS worker FROM eh_episode "
    "WHERE person_id IS NOT NULL ORDER BY person_id, end_date IS NULL DESC, start_date DESC, row_id"
)
"""The team and worker that hold a child's early help, or held it last."""


def _add_breaks(con: duckdb.DuckDBPyConnection, result: Any, relations: Mapping[str, str]) -> None:
    """One row for each record, with who can mend it and the key by which it is found.

    Keys of the identity side are left out. A record without a team or worker of its own is its episode's, else that of
    the child's latest early help.
    """
    table = STANDARD[result.rule.table]
    key = " || ' ' || ".join(
        f"coalesce(CAST(told.\"{column.column_name}\" AS VARCHAR), '')"
        for column in table.key
        if not column.sensitivity.on_identity_side
    )
    worker = next((name for name in ("lead_practitioner_id", "worker_id") if name in table.columns), None)
    teams = ["broken_rows.team", *(["told.team"] if "team" in table.columns else [])]
    workers = [f"told.{worker}"] if worker else []
    joins, relation = "", relations[table.table_name]
    if "episode_id" in table.columns and table is not eh_episode:
        joins += f" LEFT JOIN ({_EPISODES}) AS episode ON (number, system) = (told.episode_id, told.source_system)"
        teams, workers = [*teams, "episode.team"], [*workers, "episode.worker"]
    if "person_key" in table.columns and "team" not in table.columns:
        joins += " LEFT JOIN last_help ON last_help.person_id = told.person_id"
        relation = table.table_name
        teams, workers = [*teams, "last_help.team"], [*workers, "last_help.worker"]
    _name_broken_rows(con, result.rows)
    con.execute(
        f"INSERT INTO rule_break SELECT ?, ?, row_id, {_first(teams)}, {_first(workers)}, {key}, told.source_system, "
        f'told.feed_id, told.source_record_id FROM broken_rows JOIN "{relation}" AS told USING (row_id){joins}',
        [result.rule.code, table.table_name],
    )
    con.execute("DROP TABLE broken_rows")


_EPISODES = (
    "SELECT episode_id AS number, source_system AS system, any_value(team) AS team, "
    "any_value(lead_practitioner_id) AS worker FROM eh_episode GROUP BY ALL"
)


def _first(columns: Sequence[str]) -> str:
    return f"coalesce({', '.join(columns)})" if columns else "NULL"


def _name_broken_rows(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[int, str | None]]) -> None:
    """Make `broken_rows`; pyarrow is imported only when many rows broke a rule, for it takes time."""
    con.execute("CREATE TEMP TABLE broken_rows (row_id BIGINT, team VARCHAR)")
    if len(rows) <= _FEW_ROWS:
        con.execute(f"INSERT INTO broken_rows VALUES {sql.rows(rows)}")
        return
    import pyarrow as pa

    row_ids, teams = zip(*rows, strict=True)
    held = pa.table({"row_id": pa.array(row_ids, pa.int64()), "team": pa.array(teams, pa.string())})
    con.register("many_rows", held)
    con.execute("INSERT INTO broken_rows FROM many_rows")
    con.unregister("many_rows")


def _feed_totals(con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]]) -> None:
    con.execute(
        "CREATE TABLE feed_total (feed_id VARCHAR, source_system VARCHAR, table_name VARCHAR, extract_date DATE, "
        "rows_read BIGINT, rows_accepted BIGINT, rows_quarantined BIGINT, control_total BIGINT)"
    )
    counts = ("rows_read", "rows_accepted", "rows_quarantined")
    rows = [
        (feed["feed_id"], feed["source"], table["table"], feed["extract_date"], *(table[name] for name in counts), None)
        for feed in feeds
        for table in feed["tables"]
    ]
    if rows:
        con.execute(f"INSERT INTO feed_total VALUES {sql.rows(rows)}")
    con.execute(
        "UPDATE feed_total SET control_total = feed.control_total FROM feed WHERE feed.feed_id = feed_total.feed_id"
    )
