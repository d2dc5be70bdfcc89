"""Writing what was built into a snapshot: standard tables in two halves, spells, and the facts of quality."""

from __future__ import annotations

from pathlib import Path

import duckdb

from earlyhelp.build import quality, tables
from earlyhelp.build.tables import Lean
from earlyhelp.standard import TABLES, Table
from earlyhelp.store.snapshots import ANALYSIS, IDENTITY, keep_table, write_table

DERIVED = ("child_help", "family_help", "statutory_start", "profile")


def write_snapshot(con: duckdb.DuckDBPyConnection, folder: Path, lean: Lean) -> None:
    """Write every built table of `con` into a snapshot's folder."""
    tables.find_seldom_named(con, lean.relations["contact"])
    for table in TABLES.values():
        write_table(con, tables.analysis_sql(table), folder, ANALYSIS, table.table_name)
        _write_identity(con, table, folder, lean)
    for name in (*DERIVED, *quality.TABLES):
        write_table(con, f"SELECT * FROM {name} ORDER BY ALL", folder, ANALYSIS, name)


def _write_identity(con: duckdb.DuckDBPyConnection, table: Table, folder: Path, lean: Lean) -> None:
    """The identity side of a table; a staged file that holds it already gets a second name instead of a copy."""
    name = table.table_name
    if not tables.identity_columns(table):
        return
    if name in lean.files:
        keep_table(lean.files[name], folder, IDENTITY, name)
    else:
        write_table(con, tables.identity_sql(table, lean.relations[name]), folder, IDENTITY, name)
