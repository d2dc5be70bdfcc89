"""What is to be mended, by whom: summed by team and worker, or record by record for the data steward.

A line names a record by the numbers its system gave it, never by a name, a date of birth or an address, and shows the
shape of a wrong value, never the value.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from earlyhelp.check.report import all_rules
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.standard import sql

HEADINGS = (
    "file",
    "part",
    "row",
    "table",
    "record",
    "column",
    "rule",
    "found",
    "what to do",
    "team",
    "worker",
    "severity",
)


class Line(NamedTuple):
    """One thing to mend: where it stands in the files or the dataset, the rule it breaks, and who can mend it."""

    file: str
    part: str
    row: str
    table: str
    record: str
    column: str
    rule: str
    found: str
    what_to_do: str
    team: str
    worker: str
    severity: str


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


def of_rules(con: duckdb.DuckDBPyConnection, files: Mapping[str, str]) -> list[Line]:
    """A line for each record that breaks a rule; `files` gives the name of the file by feed."""
    rules = {rule.code: rule for rule in all_rules()}
    rows = con.execute(
        "SELECT rule, table_name, record, team, worker, feed_id, place FROM rule_break ORDER BY ALL"
    ).fetchall()
    lines = []
    for code, table, record, team, worker, feed, place in rows:
        rule, (part, row) = rules[code], _place(place)
        column = ", ".join(each.column_name for each in rule.about if each.table_name == table)
        lines.append(
            Line(
                files.get(feed, ""),
                part,
                row,
                table,
                record or "",
                column,
                code,
                "",
                rule.message,
                team or "",
                worker or "",
                rule.severity,
            )
        )
    return lines


def _place(place: str | None) -> tuple[str, str]:
    """Part and row of the file, from the place intake gave the record; the source's own number stands as it is."""
    part, _, row = (place or "").rpartition(":")
    return (part, row) if part and row.isdigit() else ("", place or "")


def of_feeds(con: duckdb.DuckDBPyConnection, folder: Path, feeds: Sequence[Mapping[str, Any]]) -> list[Line]:
    """A line for each row in quarantine and each doubtful value of the staged feeds; shapes of values, not values."""
    lines: list[Line] = []
    for feed in feeds:
        place = folder / feed["feed_id"]
        for name, fix in (("quarantine", "fix"), ("issues", "NULL")):
            rows = con.execute(
                f"SELECT part, row_no, table_name, column_name, rule, found, {fix} "
                f"FROM read_parquet({sql.literal(place / f'{name}.parquet')}) ORDER BY ALL"
            ).fetchall()
            lines += [_of_feed(feed["path"], name, *row) for row in rows]
    return lines


def _of_feed(
    file: str, kind: str, part: str, row: int, table: str, column: str | None, rule: str, found: str | None, fix: str
) -> Line:
    severity = "error" if kind == "quarantine" else PROBLEMS[rule].severity
    what = fix or PROBLEMS[rule].fix
    return Line(file, part, str(row), table, "", column or "", rule, found or "", what, "", "", severity)


def write(lines: Sequence[Line], target: Path) -> None:
    """Write the lines as CSV."""
    write_rows(HEADINGS, lines, target)


def write_rows(headings: Sequence[str], lines: Sequence[Sequence[str]], target: Path) -> None:
    """Write headings and lines as CSV; no cell is taken for a formula."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows([plain_text(cell) for cell in line] for line in lines)


def plain_text(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(sql.FORMULA_SIGNS) else cell
