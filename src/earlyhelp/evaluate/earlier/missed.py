"""Missed opportunities by plain rules: something was known, nothing was done or it took too long, and the family came back.

An opportunity is one event of a family without a step-up until then. It is missed where what the rule names follows in so
many days. Each rule says so in words; none says that anything else would have been right, or would have helped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import duckdb
import numpy as np

from earlyhelp.evaluate.earlier.looks import LOOK, STEP_UP, STEPPED, Span
from earlyhelp.evaluate.earlier.signs import AGAIN, LATE, TURNED_DOWN, WITH_NOTHING
from earlyhelp.evaluate.methods.effect import Effect, NotEstimable, effect
from earlyhelp.standard.sql import listed, literal, rows

YEAR, HALF_YEAR = 365, 183
MOST_REQUESTS = 3
FEWEST_YEARS = 3
"""A trend is told over so many years or more."""


@dataclass(frozen=True)
class MissedRule:
    """One plain rule. `event`: what is counted, `followed`: by what, both as a sentence says it after "families with".

    `events`: SQL of family_id, day and `until`, the last day on which what follows counts. `follow_up`: days after which a
    year is mature. `back`: coming back in any way counts and not a step-up alone.
    """

    name: str
    event: str
    followed: str
    events: str
    follow_up: int
    back: bool = False


_ASKED = "SELECT DISTINCT family_id, contact_date AS day FROM contact WHERE coalesce(decision_code, '') <> 'pending'"
RULES: tuple[MissedRule, ...] = (
    MissedRule(
        "assessed_nothing",
        "an early help assessment that was closed with nothing",
        "a request, early help or social care within 12 months",
        f"SELECT family_id, completion_date AS day, completion_date + {YEAR} AS until FROM eh_assessment "
        f"WHERE outcome_code IN ({listed(WITH_NOTHING)}) AND completion_date IS NOT NULL",
        YEAR,
        back=True,
    ),
    MissedRule(
        "turned_down",
        "a request closed, returned or answered with advice alone",
        "a step-up within 12 months",
        f"SELECT family_id, contact_date AS day, contact_date + {YEAR} AS until FROM contact "
        f"WHERE decision_code IN ({listed(TURNED_DOWN)})",
        YEAR,
    ),
    MissedRule(
        "waited",
        "a wait for help beyond the standard",
        "a step-up while they still waited, within 12 months",
        f"SELECT family_id, day, least(coalesce(left_on, day + {YEAR}), day + {YEAR}) AS until FROM ({LATE}) AS late",
        YEAR,
    ),
    MissedRule(
        "three_requests",
        "three requests or more within 12 months and no help in between",
        "a step-up within 12 months of the third",
        f"""
        SELECT asked.family_id, asked.day, asked.day + {YEAR} AS until FROM (
            SELECT family_id, day, lag(day, {MOST_REQUESTS - 1}) OVER (PARTITION BY family_id ORDER BY day) AS since
            FROM ({_ASKED}) AS each_day
        ) AS asked WHERE date_diff('day', since, day) <= {AGAIN} AND NOT EXISTS (
            SELECT 1 FROM family_help AS help WHERE help.family_id = asked.family_id AND help.start_date <= asked.day
            AND coalesce(help.end_date >= since, TRUE)
        )""",
        YEAR,
    ),
    MissedRule(
        "closed",
        "early help closed",
        "a step-up within 6 months",
        f"""
        SELECT help.family_id, help.end_date AS day, help.end_date + {HALF_YEAR} AS until FROM family_help AS help
        JOIN eh_episode AS last ON last.row_id = help.last_record
        WHERE help.end_date IS NOT NULL AND coalesce(last.end_reason_code, '') <> 'stepped_up'""",
        HALF_YEAR,
    ),
)
"""Every rule, in the order in which they are told."""
_BACK = f"""
    SELECT family_id, contact_date AS day FROM contact UNION ALL SELECT family_id, start_date FROM family_help
    UNION ALL SELECT family_id, day FROM {STEP_UP}
"""


class Missed(NamedTuple):
    """Exact counts of one rule in one year: families with the event (each once, by its first), and those it was followed for.

    `year`: the day on which it starts. `mature`: everyone could be followed; where not, the counts are no figure.
    """

    rule: str
    year: date
    families: int
    followed: int
    mature: bool


class Share(NamedTuple):
    """Of `step_ups` in the days studied, those before which the rule (or, where `rule` is "any", any rule) had applied."""

    rule: str
    after: int
    step_ups: int


def make_missed(con: duckdb.DuckDBPyConnection, standard: int, as_at: date) -> None:
    """Make `earlier_missed`: rule, family_id, day, until and `followed`, one row an opportunity of a family not stepped up yet.

    standard: calendar days within which help should begin. Needs the tables of `looks`.
    """
    events = " UNION ALL ".join(
        f"SELECT '{rule.name}' AS rule, {rule.back} AS back, family_id, CAST(day AS DATE) AS day, CAST(until AS DATE) AS until "
        f"FROM ({rule.events.replace('{standard}', str(standard))}) AS told"
        for rule in RULES
    )
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE earlier_missed AS
        WITH event AS (
            SELECT DISTINCT event.* FROM ({events}) AS event LEFT JOIN {STEP_UP} AS step_up USING (family_id)
            WHERE event.day <= {literal(as_at)} AND event.family_id IS NOT NULL AND coalesce(step_up.day > event.day, TRUE)
        ), back AS (
            SELECT DISTINCT rule, family_id, event.day FROM event JOIN ({_BACK}) AS again USING (family_id)
            WHERE event.back AND again.day > event.day AND again.day <= until
        )
        SELECT event.rule, event.family_id, event.day, until,
        CASE WHEN event.back THEN back.day IS NOT NULL ELSE coalesce(step_up.day <= until, FALSE) END AS followed
        FROM event LEFT JOIN back USING (rule, family_id, day)
        LEFT JOIN {STEP_UP} AS step_up ON step_up.family_id = event.family_id
    """)


def missed_by_year(con: duckdb.DuckDBPyConnection, known: Span, year_starts: int) -> list[Missed]:
    """Every rule in every whole year of records, the latest years told as not mature where follow-up is not over.

    A family counts once in a year. Years start in month `year_starts`.
    """
    shift = year_starts - 1
    start = f"CAST(date_trunc('year', day - INTERVAL {shift} MONTH) + INTERVAL {shift} MONTH AS DATE)"
    follow_up = rows((rule.name, rule.follow_up) for rule in RULES)
    found = con.execute(f"""
        WITH rule (name, follow_up) AS (VALUES {follow_up}), first AS (
            SELECT rule, {start} AS year, arg_min(followed, day) AS followed FROM earlier_missed GROUP BY rule, year, family_id
        )
        SELECT rule, year, count(*), count(*) FILTER (followed), any_value(year + INTERVAL 1 YEAR + follow_up * INTERVAL 1 DAY)
        FROM first JOIN rule ON name = rule WHERE year >= {literal(known.held - timedelta(days=31))}
        AND year + INTERVAL 1 YEAR <= {literal(known.last + timedelta(days=1))} GROUP BY rule, year ORDER BY year
    """).fetchall()  # fmt: skip
    by_rule = [rule.name for rule in RULES]
    told = [
        Missed(rule, year, families, followed, over.date() <= known.last + timedelta(days=1))
        for rule, year, families, followed, over in found
    ]
    return sorted(told, key=lambda each: (by_rule.index(each.rule), each.year))


def shares_of_step_ups(con: duckdb.DuckDBPyConnection) -> list[Share]:
    """Of all step-ups in the days studied, those that followed an opportunity of each rule in its time, and of any rule last."""
    found = con.execute(f"""
        WITH after AS (
            SELECT DISTINCT rule, look.look FROM earlier_missed AS missed JOIN {LOOK} AS look USING (family_id)
            WHERE who = '{STEPPED}' AND missed.day < look.day AND look.day <= missed.until
        )
        SELECT rule, count(*) FROM after GROUP BY rule UNION ALL SELECT 'any', count(DISTINCT look) FROM after
    """).fetchall()
    [(step_ups,)] = con.execute(f"SELECT count(*) FROM {LOOK} WHERE who = '{STEPPED}'").fetchall()
    counts = dict(found)
    return [Share(name, counts.get(name, 0), step_ups) for name in (*(rule.name for rule in RULES), "any")]


def trend(numerators: list[int], denominators: list[int]) -> Effect:
    """The change of a share from one year to the next, as a difference of shares, with its 95 per cent interval.

    With y of n in year t, p = sum(y) / sum(n) and d = t - sum(n t) / sum(n): slope sum(d y) / sum(n d^2), standard error
    sqrt(p (1 - p) / sum(n d^2)). The slope over its error, squared, is the chi-squared of the test for a trend in shares.

    numerators, denominators: one a year, in order, without gaps. Raises NotEstimable for fewer than three years, or where
    nobody or everybody was followed.
    Source: Armitage (1955), Biometrics 11:375-386. Known answer: tests/unit/evaluate/test_earlier_missed.py.
    """
    y, n = np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    if len(n) < FEWEST_YEARS:
        raise NotEstimable(f"There are {len(n)} mature years.", f"A trend is told over {FEWEST_YEARS} years or more.")
    if not 0 < y.sum() < n.sum():
        raise NotEstimable("Nobody or everybody was followed by it.", "A trend needs some of each.")
    year = np.arange(len(n), dtype=np.float64)
    away = year - (n @ year) / n.sum()
    share, spread = y.sum() / n.sum(), n @ away**2
    return effect("trend", float(away @ y / spread), float(np.sqrt(share * (1 - share) / spread)))
