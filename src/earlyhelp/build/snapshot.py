"""Writing what was built into a snapshot: standard tables in two halves, spells, and the facts of quality."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from earlyhelp.build import quality, tables
from earlyhelp.standard import TABLES
from earlyhelp.store.snapshots import ANALYSIS, IDENTITY, write_table

DERIVED = ("child_help", "family_help", "statutory_start", "profile")


def write_snapshot(con: duckdb.DuckDBPyConnection, folder: Path, lean: Mapping[str, str]) -> None:
    """Write every built table of `con` into a snapshot's folder; `lean` names the cheapest relation of each."""
    tables.count_organisations(con, lean["contact"])
    for table in TABLES.values():
        write_table(con, tables.analysis_sql(table), folder, ANALYSIS, table.table_name)
        if identity := tables.identity_sql(table, lean[table.table_name]):
            write_table(con, identity, folder, IDENTITY, table.table_name)
    for name in (*DERIVED, *quality.TABLES):
        write_table(con, f"SELECT * FROM {name} ORDER BY ALL", folder, ANALYSIS, name)
