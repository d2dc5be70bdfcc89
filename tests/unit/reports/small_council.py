"""Snapshots of a few rows that a person can check by eye, with the identity side beside the analysis side as in the store.

Rows are given as text, one line a row and a bar between cells: see `spec.dataset`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb

from earlyhelp.build import quality, spells, tables
from earlyhelp.check import apply_rules
from earlyhelp.reports.returns import Drawn
from earlyhelp.standard import TABLES
from spec.dataset import Rows, whole_tables

AS_AT = date(2026, 3, 31)
NAMES_PEOPLE = {
    "person",
    "person_identifier",
    "family_member",
    "contact",
    "eh_assessment",
    "eh_episode",
    "eh_need",
    "eh_outcome",
}
"""The tables with an identity side that a return reads; of the others there is none to keep apart."""
DRAWN = Drawn(as_at=AS_AT, last=AS_AT, council="Testing E09000032", snapshot="s-1", salt="salt")


def both_sides(given: Mapping[str, Rows], *, checked: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection with every table of the standard as analysis reads it and, as `identity_<table>`, its other side."""
    con = whole_tables(given)
    _link(con)
    spells.make_spells(con)
    tables.make_profile(con)
    if checked:
        quality.make_tables(con, [], apply_rules(con, AS_AT), {table: table for table in TABLES})
    tables.find_seldom_named(con, "contact")
    for name in NAMES_PEOPLE | given.keys():
        table = TABLES[name]
        if tables.identity_columns(table):
            con.execute(f"CREATE TABLE identity_{name} AS {tables.identity_sql(table, name)}")
        con.execute(f"CREATE OR REPLACE TABLE {name} AS {tables.analysis_sql(table)}")
    return con


def _link(con: duckdb.DuckDBPyConnection) -> None:
    """Every key that a row names is linked to the person whom the row says it is."""
    held = [name for name, table in TABLES.items() if name != "person_link" and "person_key" in table.columns]
    keys = " UNION ".join(f"SELECT person_id, person_key FROM {name} WHERE person_key IS NOT NULL" for name in held)
    con.execute(f"INSERT INTO person_link BY NAME {keys}")
