"""Small tables of families, their help and what they were offered, as the studies of services read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from earlyhelp.evaluate.studies.offers import OFFERS, make_offers
from spec.dataset import Rows, insert, parse, snapshot

AS_AT = date(2026, 3, 31)
_FAMILIES = ("family_id", "from_date", "to_date")


def council(members: Rows = (), **tables: Rows) -> duckdb.DuckDBPyConnection:
    """A snapshot with these rows, and `offer` made of it.

    Everybody whom a row names belongs to a family of one, "family of Ann", unless `members` puts them elsewhere.
    """
    con = snapshot(tables, AS_AT, checked=False)
    con.execute("CREATE TABLE family_membership (person_id VARCHAR, family_id VARCHAR, from_date DATE, to_date DATE)")
    given = _read(members)
    named = {str(row["person_id"]) for rows in tables.values() for row in _read(rows) if row.get("person_id")}
    alone = sorted(named - {row["person_id"] for row in given})
    insert(con, "family_membership", [{"person_id": name, "family_id": f"family of {name}"} for name in alone])
    insert(con, "family_membership", given)
    make_offers(con)
    return con


def _read(rows: Rows) -> Sequence[Any]:
    return parse(rows) if isinstance(rows, str) else rows


def offers(con: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[Any, ...]]:
    """Who has an offer, with these columns of it, in order of time zero. Families go by the name of their one person."""
    asked = ", ".join(("replace(family_id, 'family of ', '')", *columns))
    return con.execute(f"SELECT {asked} FROM {OFFERS} ORDER BY offer").fetchall()
