"""Whom linkage takes for one person now and did not before, and the other way round.

An id that stays may stand for fewer or more records than before: what counts is who is together. A merger or a split is
undone by a reviewer's decision on the two records (`earlyhelp review`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.standard import sql

KINDS = ("merged", "split")


def relinked(con: duckdb.DuckDBPyConnection, before: Path, after: Path) -> list[dict[str, Any]]:
    """How many people two of which became one (`merged`), and how many became several (`split`): {"kind", "people"}.

    `before` and `after` are the analysis folders of two snapshots; only keys that both know are compared. Exact: `release`
    says what may be shown.
    """
    _compare(con, before, after)
    found = dict(con.execute("SELECT kind, count(DISTINCT whole) FROM relinked GROUP BY kind").fetchall())
    return [{"kind": kind, "people": found[kind]} for kind in KINDS if kind in found]


def relinked_lines(con: duckdb.DuckDBPyConnection, before: Path, after: Path) -> list[tuple[str, ...]]:
    """A line for each part of a person merged or split: table, system, id before, what became of it, and two empty cells."""
    _compare(con, before, after)
    return con.execute(
        "SELECT 'person', 'linkage', was, kind || ' into ' || became, '', '' FROM relinked ORDER BY ALL"
    ).fetchall()


def _compare(con: duckdb.DuckDBPyConnection, before: Path, after: Path) -> None:
    """Make `relinked` (kind, was, became, whole): who was which person, and is now; `whole` is the one of several parts."""
    was, became = (f"read_parquet({sql.literal(folder / 'person_link.parquet')})" for folder in (before, after))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE relinked AS WITH both_know AS ("
        f"SELECT DISTINCT was.person_id AS was, became.person_id AS became FROM {was} AS was JOIN {became} AS became "
        "USING (person_key)), parted AS (SELECT *, count(*) OVER (PARTITION BY became) AS parts, "
        "count(*) OVER (PARTITION BY was) AS pieces FROM both_know) "
        "SELECT 'merged' AS kind, was, became, became AS whole FROM parted WHERE parts > 1 "
        "UNION ALL SELECT 'split', was, became, was FROM parted WHERE pieces > 1"
    )
