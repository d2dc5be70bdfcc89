"""One event told by several returns is one event.

A council's returns are drawn from one case system: the contact in Annex A list 1 is the contact in the Standard
Safeguarding Dataset. Where two of them tell of the same person, kind and day, the fuller telling is kept and the other
is superseded. Rows of case systems and partners themselves are never taken for one another.
"""

from __future__ import annotations

import duckdb

from earlyhelp.build.tables import replace
from earlyhelp.standard import Column, contact, eh_assessment, social_care_event

RETURNS = ("ssd", "cin_census", "ssda903", "annex_a")
"""Returns drawn from the council's case system, the fullest first; the system itself comes before them all."""

_DAY: tuple[tuple[Column, str], ...] = (
    (contact.contact_date, "''"),
    (eh_assessment.start_date, "''"),
    (social_care_event.start_date, "type"),
)


def told_by_returns(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables that a return fills beside another system, so that an event may be told twice."""
    found = set()
    for day, _ in _DAY:
        rows = con.execute(f'SELECT DISTINCT source_system FROM "{day.table_name}"').fetchall()
        systems = {system for (system,) in rows}
        if len(systems) > 1 and systems & set(RETURNS):
            found.add(day.table_name)
    return found


def drop_retellings(con: duckdb.DuckDBPyConnection, where: set[str]) -> dict[str, int]:
    """Take out rows in which a return tells what a fuller source tells; returns how many, by table."""
    return {day.table_name: _drop(con, day, kind) for day, kind in _DAY if day.table_name in where}


def _drop(con: duckdb.DuckDBPyConnection, day: Column, kind: str) -> int:
    table = day.table_name
    rank = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(RETURNS, start=1))
    before = con.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0]
    replace(
        con,
        table,
        f'SELECT * EXCLUDE (rank) FROM (SELECT *, CASE source_system {rank} ELSE 0 END AS rank FROM "{{before}}") '
        f"QUALIFY rank = 0 OR rank = min(rank) OVER (PARTITION BY person_id, {kind}, {day.column_name})",
    )
    after: int = con.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0]
    return int(before) - after
