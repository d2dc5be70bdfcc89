"""What is to be mended, by whom: summed by team and worker, or record by record for the data steward."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.check.report import all_rules

HEADINGS = ("file", "part", "row", "table", "record", "column", "rule", "found", "what to do", "team", "worker")
Line = tuple[Any, ...]


def summary(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How every rule came out (`rules`) and how many records each team and worker has to mend (`fix_list`)."""
    results = con.execute("SELECT rule, outcome, records, reason FROM rule_record").fetchall()
    outcomes = {rule: rest for rule, *rest in results}
    broken = dict(con.execute("SELECT rule, count(DISTINCT row_id) FROM rule_break GROUP BY rule").fetchall())
    fixes = con.execute(
        "SELECT coalesce(team, 'no team'), coalesce(worker, 'no worker'), rule, count(DISTINCT row_id) "
        "FROM rule_break GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    rules = [
        {
            "rule": rule.code,
            "message": rule.message,
            "severity": rule.severity,
            "outcome": outcomes[rule.code][0],
            "records": outcomes[rule.code][1],
            "rows": broken.get(rule.code, 0),
            "reason": outcomes[rule.code][2],
        }
        for rule in all_rules()
        if rule.code in outcomes
    ]
    names = ("team", "worker", "rule", "records")
    return {"rules": rules, "fix_list": [dict(zip(names, fix, strict=True)) for fix in fixes]}


def of_rules(con: duckdb.DuckDBPyConnection) -> list[Line]:
    """A line for each record that breaks a rule."""
    words = {rule.code: rule.message for rule in all_rules()}
    rows = con.execute("SELECT table_name, record, rule, team, worker FROM rule_break ORDER BY ALL").fetchall()
    return [
        ("", "", "", table, at, "", rule, "", words.get(rule, ""), team, worker)
        for table, at, rule, team, worker in rows
    ]


def of_feeds(con: duckdb.DuckDBPyConnection, folder: Path, feeds: Sequence[Mapping[str, Any]]) -> list[Line]:
    """A line for each row in quarantine and each doubtful value of the staged feeds; shapes of values, not values."""
    lines: list[Line] = []
    for feed in feeds:
        place = folder / feed["feed_id"]
        for name, fix in (("quarantine", "fix"), ("issues", "''")):
            rows = con.read_parquet(str(place / f"{name}.parquet")).query(
                "kept", f"SELECT part, row_no, table_name, column_name, rule, found, {fix} FROM kept ORDER BY ALL"
            )
            lines += [
                (feed["path"], part, row, table, "", column, rule, found, what, "", "")
                for part, row, table, column, rule, found, what in rows.fetchall()
            ]
    return lines


def write(lines: Sequence[Line], target: Path) -> None:
    """Write the lines as CSV."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(lines)
