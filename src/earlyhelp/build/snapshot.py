"""Writing what was built into a snapshot: standard tables in two halves, spells, and the facts of quality."""

from __future__ import annotations

import duckdb

from earlyhelp.build import quality, tables
from earlyhelp.build.tables import Lean
from earlyhelp.standard import TABLES, Table
from earlyhelp.store.snapshots import ANALYSIS, IDENTITY, Draft

DERIVED = ("child_help", "family_help", "statutory_start", "profile")


def write_tables(con: duckdb.DuckDBPyConnection, draft: Draft, lean: Lean) -> None:
    """Write the standard tables into a snapshot; large ones are begun first, and written while the caller goes on."""
    tables.find_seldom_named(con, lean.relations["contact"])
    for table in TABLES.values():
        if _is_large(table, lean):
            draft.write_beside(con, tables.analysis_sql(table), ANALYSIS, table.table_name)
    for table in TABLES.values():
        if not _is_large(table, lean):
            draft.write(con, tables.analysis_sql(table), ANALYSIS, table.table_name)
        _write_identity(con, table, draft, lean)


def _is_large(table: Table, lean: Lean) -> bool:
    return lean.relations[table.table_name] != table.table_name


def write_facts(con: duckdb.DuckDBPyConnection, draft: Draft) -> None:
    """Write spells and the facts of quality into a snapshot."""
    for name in (*DERIVED, *quality.TABLES):
        draft.write(con, f"SELECT * FROM {name} ORDER BY ALL", ANALYSIS, name)


def _write_identity(con: duckdb.DuckDBPyConnection, table: Table, draft: Draft, lean: Lean) -> None:
    """The identity side of a table; a staged file that holds it already gets a second name instead of a copy."""
    name = table.table_name
    if not tables.identity_columns(table):
        return
    if name in lean.files:
        draft.keep(lean.files[name], IDENTITY, name)
    else:
        draft.write(con, tables.identity_sql(table, lean.relations[name]), IDENTITY, name)
