"""Schools from which nothing was heard in a year, though requests were to be expected of them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from earlyhelp.evaluate.reach.helped import year_up_to
from earlyhelp.measures import CATALOGUE, Standards
from earlyhelp.measures.worklists import HEADINGS, worklist

FEWEST_REQUESTS = 5
"""A school of which so many requests a year are to be expected sends none by chance in fewer than one year in 100."""


@dataclass(frozen=True)
class SilentSchools:
    """Silent schools by name, each with the requests to be expected of it; without schools, `why_not` says what is missing.

    `asked_of`: schools from which at least `FEWEST_REQUESTS` were to be expected. `requests`: all that schools of the
    register sent in the year.
    """

    silent: tuple[tuple[str, float], ...] = ()
    asked_of: int = 0
    requests: float = 0
    why_not: str = ""


def silent_schools(con: duckdb.DuckDBPyConnection, standards: Standards) -> SilentSchools:
    """The schools that measure D3 finds silent on the day of the data, of those from which enough was to be expected.

    Expected of a school: all requests and assessments of the year that name a school of the register, shared out over the
    pupils with free school meals (roll times their share), as D3 does. A school without either is not asked of.
    """
    first, last = year_up_to(standards.as_at)
    rows = con.execute(
        f"""
        WITH register AS (
            SELECT school_urn, coalesce(min(name), school_urn) AS name, min(roll * fsm_share) AS pupils FROM school
            GROUP BY school_urn
        ), event AS (
            SELECT school_urn, contact_date AS day FROM contact UNION ALL SELECT school_urn, start_date FROM eh_assessment
        )
        SELECT school_urn, name, requests * pupils / sum(pupils) OVER (), requests FROM register CROSS JOIN (
            SELECT count(*) AS requests FROM event JOIN register USING (school_urn)
            WHERE pupils > 0 AND day BETWEEN DATE '{first}' AND DATE '{last}'
        ) WHERE pupils > 0 ORDER BY name, school_urn
        """
    ).fetchall()
    if not rows:
        return SilentSchools(why_not="The roll of schools and their pupils with free school meals are not held.")
    if not rows[0][3]:
        return SilentSchools(why_not="No request of the year names the school that it came from.")
    unit = HEADINGS.index("unit")
    silent = {row[unit] for row in worklist(con, CATALOGUE["D3"], standards)}
    asked = [(urn, name, expected) for urn, name, expected, _ in rows if expected >= FEWEST_REQUESTS]
    found = tuple((name, float(expected)) for urn, name, expected in asked if urn in silent)
    return SilentSchools(found, len(asked), float(rows[0][3]))
