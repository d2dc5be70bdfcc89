"""Who is looked back on: families on the day of their first step-up, families like them on that day, and all of a year ago.

Rules:

- A family's step-up is the first day on which any of its children came to a statutory service, in all the records held.
- The 24 months before that day are looked at, and of them the last week is left out: what is recorded then often tells
  of the same event, and would make a trigger look like a sign.
- Like families have the youngest child in the same age band and live in the same fifth of deprivation. They are drawn from
  those without a step-up up to the end of that month, the draw being the same each time: up to five for each step-up, looked
  back on from the same day (density sampling: Prentice and Breslow 1978, Biometrika 65:153-158).
- To tell how many families with a history did not step up, every family without a step-up is looked back on from the day
  one, two, three ... years before the day the data is as at, and followed for twelve months.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import duckdb

from earlyhelp.evaluate.earlier.signs import SIGN, all_signs
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.standard.ages import age_band_cases
from earlyhelp.standard.sql import listed, literal

BACK = 730
"""Days before a step-up that are looked at."""
LEFT_OUT = 7
"""Of them, the last so many are left out."""
FOLLOWED = 365
"""Days for which families of a past day are followed."""
LIKE = 5
"""Like families for each step-up, where there are so many."""
STRAY = 0.01
"""This share of the earliest requests is not taken for the beginning of records: single rows bear impossible dates."""
STEP_UP, LOOK = "earlier_step_up", "earlier_look"
"""Temporary tables: step-ups (family_id, day, source_code) and looks (look, who, family_id, day, band, fifth)."""
STEPPED, ALIKE, PAST = "stepped", "like", "past"
"""Whose looks: of families that stepped up, of those like them, of all families of a past day."""


_SPREAD, _PRIME = 1_566_083_941, 2_147_483_647
"""They shuffle families anew in each month (multiplicative congruential generator: Park and Miller 1988, CACM 31:1192-1201)."""


class Span(NamedTuple):
    """From when requests are held, the first day of step-ups that can be looked back on for 24 months, and the last day."""

    held: date
    first: date
    last: date


def span(con: duckdb.DuckDBPyConnection, as_at: date) -> Span:
    """The days that can be studied.

    Raises NotEstimable where no request or no step-up is held, or requests reach back less than 24 months.
    """
    [(held,)] = con.execute(
        f"SELECT quantile_disc(contact_date, {STRAY}) FROM contact WHERE contact_date <= ? AND family_id IS NOT NULL",
        [as_at],
    ).fetchall()
    if held is None:
        raise NotEstimable("No requests for support are held.", "Load the requests of three years or more.")
    first = held + timedelta(days=BACK)
    if first > as_at:
        raise NotEstimable(
            "The requests held reach back less than 24 months, so that what came before a step-up cannot be seen.",
            "Load the requests of three years or more.",
        )
    return Span(held, first, as_at)


def past_days(known: Span) -> list[date]:
    """The past days from which all families are followed: one, two, three ... years of 365 days before the last."""
    years = range(1, (known.last - known.first).days // FOLLOWED + 1)
    return [known.last - timedelta(days=FOLLOWED * year) for year in years]


def make_looks(con: duckdb.DuckDBPyConnection, known: Span, standard: int) -> None:
    """Make the temporary tables of signs, step-ups, homes and looks, and `earlier_told`: look, place and day of each sign.

    standard: calendar days within which help should begin. Raises NotEstimable where nobody stepped up in the days studied.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE {STEP_UP} AS {_STEP_UPS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {SIGN} AS {all_signs(standard)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE earlier_home AS {_HOMES}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE earlier_family AS {_families(known)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {LOOK} AS {_looks(known)}")
    [(stepped,)] = con.execute(f"SELECT count(*) FROM {LOOK} WHERE who = '{STEPPED}'").fetchall()
    if not stepped:
        raise NotEstimable(
            "No family had its first step-up to a statutory service 24 months or more after the records begin.",
            "Load social care events and the requests of three years or more.",
        )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE earlier_told AS SELECT look, place, sign.day FROM {LOOK} AS look "
        f"JOIN {SIGN} AS sign ON sign.family_id = look.family_id AND sign.day BETWEEN look.day - {BACK} "
        f"AND look.day - {LEFT_OUT + 1}"
    )


_STEP_UPS = """
    SELECT family_id, begun.start_date AS day, arg_max(source_code, (type = 'referral', source_code)) AS source_code
    FROM (
        SELECT event.family_id, begun.start_date, begun.type, event.source_code
        FROM statutory_start AS begun JOIN social_care_event AS event ON event.row_id = begun.record
        WHERE event.family_id IS NOT NULL
        QUALIFY rank() OVER (PARTITION BY event.family_id ORDER BY begun.start_date) = 1
    ) AS begun GROUP BY ALL
"""
_HOMES = """
    SELECT row_number() OVER (ORDER BY family_id) AS number, family_id, lsoa, ward_code, ward_name, locality,
    CAST(coalesce((imd_decile + 1) // 2, 0) AS TINYINT) AS fifth
    FROM (
        SELECT family_id, coalesce(min(profile.lsoa) FILTER (profile.is_child), min(profile.lsoa)) AS lsoa
        FROM person JOIN profile USING (person_id) WHERE family_id IS NOT NULL GROUP BY family_id
    ) AS home LEFT JOIN (
        SELECT lsoa, min(ward_code) AS ward_code, min(ward_name) AS ward_name, min(locality) AS locality,
        min(imd_decile) AS imd_decile FROM place GROUP BY lsoa
    ) AS area USING (lsoa)
"""


def _month(day: str, *, whole: bool = False) -> str:
    """SQL: the number of the month of a day; with `whole`, of the first month that starts on the day or after it."""
    later = f" + CAST(day({day}) > 1 AS INTEGER)" if whole else ""
    return f"(year({day}) * 12 + month({day}){later})"


def _families(known: Span) -> str:
    """SQL: families by month with a child under 18 at its start: number, month, band of the youngest, fifth (0 not known).

    Months are numbered through the years. Only families without a step-up before the month; `stepped` is its month, NULL
    where there is none.
    """
    first, last = _month(literal(known.first)), _month(literal(known.last))
    return f"""
        WITH child AS (
            SELECT DISTINCT number, {_month("birth_month")} AS born,
            greatest({_month("birth_month")}, {_month("from_date", whole=True)}, {first}) AS since,
            least({_month("birth_month")} + 216, {_month("to_date", whole=True)}, {last} + 1) AS until
            FROM family_membership JOIN profile USING (person_id) JOIN earlier_home USING (family_id)
            WHERE birth_month IS NOT NULL AND coalesce(is_child, TRUE)
        ), youngest AS (
            SELECT number, month, max(born) AS born
            FROM (SELECT number, born, unnest(range(since, until)) AS month FROM child WHERE since < until) AS lived
            GROUP BY number, month
        )
        SELECT number, month, CASE {age_band_cases("(month - born) // 12")} END AS band, fifth, {_month("step_up.day")} AS stepped
        FROM youngest JOIN earlier_home USING (number) LEFT JOIN {STEP_UP} AS step_up USING (family_id)
        WHERE coalesce({_month("step_up.day")} >= month, TRUE)
    """


def _looks(known: Span) -> str:
    first, last = literal(known.first), literal(known.last)
    shuffled = f"number * (month * {_SPREAD} % {_PRIME}) % {_PRIME}, number"
    cell = "PARTITION BY month, band, family.fifth ORDER BY"
    return f"""
        WITH stepped AS (
            SELECT step_up.family_id, step_up.day, month, band, family.fifth,
            row_number() OVER ({cell} home.number) - 1 AS place
            FROM {STEP_UP} AS step_up LEFT JOIN earlier_home AS home USING (family_id)
            LEFT JOIN earlier_family AS family ON family.number = home.number AND month = {_month("step_up.day")}
            WHERE step_up.day BETWEEN {first} AND {last}
        ), candidate AS (
            SELECT number, month, band, fifth, row_number() OVER ({cell} {shuffled}) - 1 AS place,
            count(*) OVER (PARTITION BY month, band, family.fifth) AS many FROM earlier_family AS family
            WHERE coalesce(stepped > month, TRUE)
        ), past AS (
            SELECT unnest(CAST([{listed(past_days(known))}] AS DATE[])) AS day
        ), looked AS (
            SELECT '{STEPPED}' AS who, family_id, day, band, fifth FROM stepped
            UNION ALL
            SELECT '{ALIKE}', home.family_id, stepped.day, stepped.band, stepped.fifth FROM stepped
            JOIN candidate ON candidate.month = stepped.month AND candidate.band = stepped.band
            AND candidate.fifth = stepped.fifth AND (candidate.place + many - {LIKE} * stepped.place % many) % many < {LIKE}
            JOIN earlier_home AS home USING (number)
            UNION ALL
            SELECT '{PAST}', home.family_id, past.day, band, family.fifth FROM past
            JOIN earlier_family AS family ON month = {_month("past.day")} JOIN earlier_home AS home USING (number)
            LEFT JOIN {STEP_UP} AS step_up USING (family_id) WHERE coalesce(step_up.day > past.day, TRUE)
        )
        SELECT row_number() OVER (ORDER BY who, day, family_id) AS look, * FROM looked
    """
