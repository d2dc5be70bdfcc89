"""Worklists: whom a measure counts, in order of the event that put them there; by its plain rule, never by severity."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb

from earlyhelp.errors import UsageProblem
from earlyhelp.measures.calculate import missing_columns
from earlyhelp.measures.engines import make_working_days
from earlyhelp.measures.figures import Standards
from earlyhelp.measures.measure import Measure, Open, Statistic
from earlyhelp.measures.placement import with_setting

FOUND_BY = ("source_system", "source_record_id", "episode_id", "contact_id", "team", "lead_practitioner_id")
"""What a worklist brings of a row, where it has it, so that whoever works with the family finds the record."""
HEADINGS = ("since", "unit", *FOUND_BY)


def worklist(
    con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards, days: int = 365
) -> list[tuple[Any, ...]]:
    """The rows that a measure counts, one tuple each in the order of `HEADINGS`, the latest event last.

    `since`: the day of the event that put the row there; `unit`: the pseudonym of who is counted, or of whom a counted
    record is about. Of what is so at a moment, those for whom it is so on the day the data is as at; of what happens on
    a day, the last `days` of them.
    Empty where a needed column holds nothing. Exact and about single people: only for a role that may see rows, with a
    record in the audit log. Raises UsageProblem for a measure that counts no single things.
    """
    if measure.is_tally or measure.statistic not in (Statistic.SHARE, Statistic.COUNT):
        raise UsageProblem(
            f"{measure.id} counts no single cases, so it has no worklist.", where="--rows", fix="Ask G6."
        )
    if missing_columns(con, measure):
        return []
    if measure.working_days:
        make_working_days(con)
    there = _columns(con, measure, standards)
    found = ", ".join(name if name in there else f"NULL AS {name}" for name in FOUND_BY)
    first = standards.as_at - timedelta(days=days - 1)
    select = (
        f"SELECT {_since(measure)} AS since, {_whom(there)} AS unit, {found} FROM ({measure.rows}) AS listed "
        f"WHERE {_on(measure, first, standards.as_at)}{' AND counted' if 'counted' in there else ''} "
        "ORDER BY ALL"
    )
    return con.execute(with_setting(standards, select)).fetchall()


def _columns(con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards) -> dict[str, bool]:
    """The columns of the measure's rows, each with whether it holds numbers."""
    described = con.execute(with_setting(standards, f"SELECT * FROM ({measure.rows}) LIMIT 0")).description
    return {str(name): kind == duckdb.NUMBER for name, kind, *_ in described or ()}


def _whom(there: dict[str, bool]) -> str:
    """The column of pseudonyms: where records are counted, by their place in the snapshot, that of their person."""
    return "person_id" if there["unit_id"] and "person_id" in there else "unit_id"


def _since(measure: Measure) -> str:
    return "from_day" if isinstance(measure.time, Open) else "day"


def _on(measure: Measure, first: date, as_at: date) -> str:
    if isinstance(measure.time, Open):
        return f"from_day <= DATE '{as_at}' AND (to_day IS NULL OR to_day > DATE '{as_at}')"
    return f"day BETWEEN DATE '{first}' AND DATE '{as_at}'"
