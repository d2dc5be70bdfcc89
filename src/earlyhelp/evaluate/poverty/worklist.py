"""The worklist of families after a sign of poverty: one plain rule, and how that rule would have done in the past.

There is no score in it and no order but that of the day of the sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb

from earlyhelp.evaluate.poverty.families import STRAY
from earlyhelp.evaluate.poverty.signals import SIGNALS
from earlyhelp.standard import NOT_RECORDED, codelists
from earlyhelp.standard.sql import listed, literal, rows

DAYS = 90
RULE = (
    f"A sign of poverty in the last {DAYS} days, a child under 18 in the family, and neither early help nor social care "
    "open for it on that day."
)
HEADINGS = ("since", "unit", "sign", "source_system", "source_record_id", "could_be_offered")
"""What the worklist brings of a family: the day and kind of its first sign in these days, where its record is, and the names
of services that are offered now and are for such needs."""
FOLLOWED = 365
"""Days within which a listed family comes to early help or social care, or does not."""

_TYPES = listed(SIGNALS)
_CARE = "'cin_episode', 'cin_plan', 'cp_plan', 'looked_after'"
_OPEN = f"""
    SELECT family_id, start_date, end_date FROM family_help
    UNION ALL
    SELECT family_id, start_date, end_date FROM social_care_event WHERE type IN ({_CARE}) AND family_id IS NOT NULL
"""
"""SQL: stretches of early help and of social care by family; an empty last day means open."""
_CAME = """
    SELECT family_id, start_date AS day, 'early help' AS to_what FROM family_help
    UNION ALL
    SELECT family_id, begun.start_date, 'social care' FROM statutory_start AS begun
    JOIN social_care_event AS event ON event.row_id = begun.record WHERE family_id IS NOT NULL
"""
"""SQL: days on which a family comes to early help, a referral is taken up, or a statutory service begins."""
_CHILD = """
    SELECT DISTINCT family_id, person_id, birth_month, coalesce(from_date, birth_month) AS from_date,
    coalesce(to_date, DATE '9999-12-31') AS to_date, sex, ethnicity, disability
    FROM family_membership JOIN profile USING (person_id) WHERE coalesce(is_child, TRUE) AND birth_month IS NOT NULL
"""


def _is_open(family: str, day: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM opened WHERE opened.family_id = {family}.family_id AND opened.start_date <= {day} "
        f"AND (opened.end_date IS NULL OR opened.end_date >= {day}))"
    )


def _has_child(family: str, day: str) -> str:
    return f"EXISTS (SELECT 1 FROM child WHERE child.family_id = {family}.family_id AND {_a_child(day)})"


def _a_child(day: str) -> str:
    return (
        f"child.birth_month <= {day} AND child.birth_month + INTERVAL 18 YEAR > {day} "
        f"AND child.from_date <= {day} AND child.to_date >= {day}"
    )


def worklist(con: duckdb.DuckDBPyConnection, as_at: date) -> list[tuple[Any, ...]]:
    """One row a family that the rule lists on the day, in order of the day of its first sign; columns as `HEADINGS`.

    Exact and about single families: only for a role that may see rows, with a record in the audit log.
    """
    day = literal(as_at)
    words = rows(
        (each.type, codelists.partner_event_types.label(each.type), ";".join(each.needs)) for each in SIGNALS.values()
    )
    return con.execute(f"""
        WITH opened AS ({_OPEN}), child AS ({_CHILD}), sign AS (
            SELECT family_id, event_date, type, source_system, source_record_id FROM partner_event
            WHERE type IN ({_TYPES}) AND family_id IS NOT NULL AND event_date BETWEEN {day} - {DAYS - 1} AND {day}
            QUALIFY row_number() OVER (PARTITION BY family_id ORDER BY event_date, row_id) = 1
        ), kind (type, label, needs) AS (VALUES {words}), offer AS (
            SELECT kind.type, string_agg(DISTINCT name, '; ' ORDER BY name) AS names FROM kind JOIN service
            ON list_has_any(string_split(need_codes, ';'), string_split(needs, ';'))
            WHERE coalesce(status, 'active') IN ('active', '{NOT_RECORDED}') AND coalesce(start_date <= {day}, TRUE)
            AND coalesce(end_date >= {day}, TRUE) GROUP BY kind.type
        )
        SELECT event_date, family_id, label, source_system, source_record_id, coalesce(names, '')
        FROM sign JOIN kind USING (type) LEFT JOIN offer USING (type)
        WHERE NOT {_is_open("sign", day)} AND {_has_child("sign", day)} ORDER BY event_date, family_id
    """).fetchall()  # fmt: skip


class RuleForGroup(NamedTuple):
    """How the rule would have done for one group of families, by eldest child; `by` "all" is every family.

    `families`: with a child and nothing open, a year before the day the data is as at; `came`: of these, within a year.
    `listed`: listings that can be followed for a year; `listed_came`: of these, within a year. `started`: families that
    came anew in the last year; `found`: of these, listed in the year before they came.
    """

    by: str
    group: str
    families: int
    came: int
    listed: int
    listed_came: int
    started: int
    found: int


@dataclass(frozen=True)
class RuleChecked:
    """What the rule lists today and how it would have done, over all and by group. Exact figures.

    `listed_now`: families on it today. `since`: the first day of the past that is looked at.
    """

    listed_now: int
    since: date | None
    groups: tuple[RuleForGroup, ...]


def rule_checked(con: duckdb.DuckDBPyConnection, as_at: date) -> RuleChecked:
    """The rule tried on the past, by ethnic group and sex of the eldest child, and disability of any child.

    A family is listed on the day of a sign when it has had none in the 90 days before, a child, and nothing open. It came
    when early help began, a referral was taken up or a statutory service began in the 365 days after. A family came anew
    where nothing was open the day before; its first such day in the last year counts. Where disability is recorded for
    nobody there are no such groups.
    """
    begin = f"SELECT quantile_disc(event_date, {STRAY}) FROM partner_event WHERE type IN ({_TYPES})"
    [(since,)] = con.execute(begin).fetchall()
    con.execute(f"CREATE OR REPLACE TEMP TABLE opened AS {_OPEN}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE child AS {_CHILD}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE came AS {_CAME}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE listing AS {_listings(since or as_at)}")
    parts = " UNION ALL ".join((_base(as_at), _followed(as_at), _found(as_at)))
    con.execute(f"CREATE OR REPLACE TEMP TABLE tried AS {_described(parts)}")
    found = con.execute(" UNION ALL ".join(_counts(by, column) for by, column in BY.items())).fetchall()
    order = list(BY)
    groups = sorted((RuleForGroup(*row) for row in found), key=lambda each: (order.index(each.by), each.group))
    return RuleChecked(len(worklist(con, as_at)), since, tuple(groups))


BY = {"all": "'all families'", "ethnicity": "ethnicity", "sex": "sex", "disability": "disability"}
"""What groups are told apart by, and SQL of a family's group."""


def _listings(since: date) -> str:
    return f"""
        SELECT family_id, event_date AS day FROM (
            SELECT DISTINCT family_id, event_date, date_diff('day', lag(event_date) OVER (
                PARTITION BY family_id ORDER BY event_date), event_date) AS quiet
            FROM (SELECT DISTINCT family_id, event_date FROM partner_event
                WHERE type IN ({_TYPES}) AND family_id IS NOT NULL AND event_date >= {literal(since)})
        ) AS sign WHERE coalesce(quiet > {DAYS}, TRUE)
        AND NOT {_is_open("sign", "sign.event_date")} AND {_has_child("sign", "sign.event_date")}
    """


def _came_within(family: str, day: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM came WHERE came.family_id = {family}.family_id AND came.day > {day} "
        f"AND came.day <= {day} + {FOLLOWED})"
    )


def _base(as_at: date) -> str:
    day = f"({literal(as_at)} - {FOLLOWED})"
    return f"""
        SELECT 'family' AS part, family_id, {day} AS day, {_came_within("home", day)} AS hit
        FROM (SELECT DISTINCT family_id FROM child WHERE {_a_child(day)}) AS home WHERE NOT {_is_open("home", day)}
    """


def _followed(as_at: date) -> str:
    return f"""
        SELECT 'listed' AS part, family_id, day, {_came_within("listing", "listing.day")} AS hit
        FROM listing WHERE day <= {literal(as_at)} - {FOLLOWED}
    """


def _found(as_at: date) -> str:
    last = literal(as_at)
    return f"""
        SELECT 'started' AS part, family_id, day, EXISTS (
            SELECT 1 FROM listing WHERE listing.family_id = start.family_id
            AND listing.day BETWEEN start.day - {FOLLOWED} AND start.day - 1
        ) AS hit FROM (
            SELECT family_id, min(day) AS day FROM came
            WHERE day > {last} - {FOLLOWED} AND day <= {last} AND NOT {_is_open("came", "(came.day - 1)")} GROUP BY family_id
        ) AS start
    """


def _described(parts: str) -> str:
    """SQL: each row with the sex and ethnic group of the family's eldest child, and whether any child is disabled."""
    return f"""
        WITH part AS ({parts})
        SELECT part.part, part.family_id, part.day, any_value(part.hit) AS hit,
        arg_min(sex, child.birth_month) AS sex,
        arg_min(CASE WHEN ethnicity = 'CHNE' THEN 'Asian' ELSE CASE left(ethnicity, 1)
            WHEN 'W' THEN 'White' WHEN 'M' THEN 'Mixed' WHEN 'A' THEN 'Asian' WHEN 'B' THEN 'Black' WHEN 'O' THEN 'Other'
        END END, child.birth_month) AS ethnicity,
        CASE WHEN bool_or(coalesce(disability, 'NONE') NOT IN ('NONE', '{NOT_RECORDED}', 'unmapped')) THEN 'a disabled child'
            WHEN (SELECT count(disability) FROM child) > 0 THEN 'no disabled child' END AS disability
        FROM part JOIN child ON child.family_id = part.family_id AND {_a_child("part.day")} GROUP BY ALL
    """


def _counts(by: str, column: str) -> str:
    def of(part: str) -> str:
        return f"count(*) FILTER (part = '{part}'), count(*) FILTER (part = '{part}' AND hit)"

    return (
        f"SELECT '{by}', {column} AS told, {of('family')}, {of('listed')}, {of('started')} FROM tried "
        "WHERE told IS NOT NULL GROUP BY told"
    )
