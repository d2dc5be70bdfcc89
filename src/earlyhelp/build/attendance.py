"""Marks of the register summed to one row a pupil and term, where nothing says the sums already.

The autumn term ends with the year and the spring term with Easter Sunday, as the Department for Education collects them.
"""

from __future__ import annotations

from datetime import date, timedelta

import duckdb

from earlyhelp.build.tables import is_view
from earlyhelp.standard import attendance_period, attendance_session, sql
from earlyhelp.standard.codelists.attendance import AUTHORISED, NOT_COUNTED, PRESENT, UNAUTHORISED

FIRST_MONTH = 8
"""A school year begins in August: schools may open before September."""


def sum_sessions(con: duckdb.DuckDBPyConnection) -> int:
    """Add to `attendance_period` the terms that only marks tell of; how many rows were added.

    Sessions possible are those with a mark that counts, one a mark where no number stands. Only feeds that hold marks of
    presence are summed: a list of absences alone does not say how many sessions were possible. Marks that tell neither
    day nor term are left. A pupil of several schools has one row a term, under the school with most sessions.
    """
    if con.execute(f'SELECT 1 FROM "{attendance_session}" LIMIT 1').fetchone() is None:
        return 0
    con.execute(f"CREATE OR REPLACE TEMP TABLE summed_session AS {_summed(_easter_sundays(con))}")
    added = int(con.execute("SELECT count(*) FROM summed_session").fetchall()[0][0])
    if added:
        _add(con)
    return added


def _add(con: duckdb.DuckDBPyConnection) -> None:
    name = attendance_period.table_name
    kind = "VIEW" if is_view(con, name) else "TABLE"
    con.execute(f'CREATE TABLE with_sums AS FROM "{name}" UNION ALL BY NAME FROM summed_session')
    con.execute(f'DROP {kind} "{name}"')
    con.execute(f'ALTER TABLE with_sums RENAME TO "{name}"')


def _summed(easter: str) -> str:
    """SQL for the rows to be added, as `attendance_period` stores them."""
    counted = _is((*PRESENT, *AUTHORISED, *UNAUTHORISED))
    told = {
        "row_id": "min(row_id)",
        "feed_id": "arg_min(feed_id, row_id)",
        "source_record_id": "arg_min(source_record_id, row_id)",
        "possible": _sessions(counted),
        "authorised": _sessions(_is(AUTHORISED)),
        "unauthorised": _sessions(_is(UNAUTHORISED)),
        "school_urn": "mode(school_urn)",
    }
    key = ("source_system", "person_key", "academic_year", "term")
    columns = ", ".join([*key, *(f"{value} AS {name}" for name, value in told.items())])
    said = f'SELECT {", ".join(key)} FROM "{attendance_period}"'
    return (
        f"SELECT {columns} FROM ({_with_terms(easter)}) ANTI JOIN ({said}) USING ({', '.join(key)}) "
        f"WHERE academic_year IS NOT NULL AND term IS NOT NULL AND ({counted} OR {_is(NOT_COUNTED)}) GROUP BY ALL"
    )


def _with_terms(easter: str) -> str:
    """SQL for the marks of feeds that hold marks of presence, each with its school year and term as far as known."""
    began = f"year(session_date) - CAST(month(session_date) < {FIRST_MONTH} AS INTEGER)"
    year = f"({began}) || '-' || lpad(CAST(({began} + 1) % 100 AS VARCHAR), 2, '0')"
    term = (
        f"CASE WHEN month(session_date) >= {FIRST_MONTH} THEN 'autumn' WHEN session_date <= easter THEN 'spring' "
        "WHEN session_date IS NOT NULL THEN 'summer' END"
    )
    registers = f'SELECT DISTINCT feed_id FROM "{attendance_session}" WHERE {_is(PRESENT)}'
    return (
        "SELECT marks.row_id, marks.feed_id, marks.source_system, marks.source_record_id, marks.person_key, marks.mark, "
        "marks.school_urn, coalesce(marks.sessions, 1) AS sessions, "
        f"coalesce(marks.academic_year, {year}) AS academic_year, coalesce(marks.term, {term}) AS term "
        f'FROM "{attendance_session}" AS marks LEFT JOIN ({easter}) AS e ON e.of_year = year(marks.session_date) '
        f"WHERE marks.feed_id IN ({registers})"
    )


def _easter_sundays(con: duckdb.DuckDBPyConnection) -> str:
    """SQL for the Easter Sunday of each year in which there are marks."""
    from holidays import country_holidays  # here, as it takes longer to load than many commands take to run

    found = con.execute(
        f'SELECT DISTINCT year(session_date) FROM "{attendance_session}" WHERE session_date IS NOT NULL'
    )
    years = sorted(year for (year,) in found.fetchall())
    mondays = country_holidays("GB", subdiv="ENG", years=years).get_named("Easter Monday") if years else []
    rows: list[tuple[int, date]] = [(monday.year, monday - timedelta(days=1)) for monday in mondays]
    if not rows:
        return "SELECT 0 AS of_year, DATE '1900-01-01' AS easter WHERE FALSE"
    return f"SELECT * FROM (VALUES {sql.rows(rows)}) AS sundays (of_year, easter)"


def _is(marks: tuple[str, ...]) -> str:
    return f"mark IN ({sql.listed(marks)})"


def _sessions(condition: str) -> str:
    return f"CAST(coalesce(sum(sessions) FILTER (WHERE {condition}), 0) AS BIGINT)"
