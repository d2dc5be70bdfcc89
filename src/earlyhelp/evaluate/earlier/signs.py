"""What counts as a recorded sign before a family's first step-up: every kind declared once, with its words and its SQL."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.evaluate.poverty.signals import SIGNALS
from earlyhelp.standard.sql import listed

SIGN = "earlier_sign"
"""Name of the temporary table of signs: place (in `SIGNS`), family_id, day."""
TURNED_DOWN = ("nfa", "returned", "advice")
"""Decisions by which a request ends without any service."""
WITH_NOTHING = ("no_further_action", "universal")
"""Outcomes of an early help assessment after which nothing targeted follows."""
PERSISTENT = 10
"""Per cent of sessions: a pupil who misses as many or more is persistently absent (DfE, pupil absence statistics)."""
AGAIN = 365
"""A request so many days or fewer after another one comes again."""


@dataclass(frozen=True)
class Sign:
    """One kind of recorded event. `words`: as it stands in a list; `days`: SQL of `family_id` and `day`,
    in which {standard} stands for the days within which help should have begun.

    `in_order`: it takes part in sequences. The others part the same events in another way (by source, by repeats).
    `held_with`: the kinds that come with it, whose days tell from when such records are held; its own where empty.
    """

    name: str
    words: str
    days: str
    in_order: bool = True
    held_with: str = ""


_DECIDED = "SELECT family_id, contact_date AS day FROM contact WHERE decision_code IN ({codes})"
_ASKED = (
    "SELECT family_id, contact_date AS day FROM contact WHERE left(source_code, {length}) IN ({codes}) "
    "AND coalesce(decision_code, '') NOT IN ('statutory', 'pending')"
)
_TOLD = "SELECT family_id, event_date AS day FROM partner_event WHERE type IN ({codes})"
_ASSESSED = (
    "SELECT family_id, completion_date AS day FROM eh_assessment WHERE completion_date IS NOT NULL "
    "AND coalesce(outcome_code, '') {which} IN ({codes})"
)
WAITS = """
    SELECT family_id, start_date, min(coalesce(first_contact_date, allocated_date)) AS served,
    CASE WHEN count(end_date) = count(*) THEN max(end_date) END AS closed
    FROM eh_episode WHERE start_date IS NOT NULL AND family_id IS NOT NULL GROUP BY ALL
"""
"""SQL: one row a family and day of acceptance, with the day help began and the day all of it closed, NULL where it did not.

Help begins with the first contact or, where that is not recorded, the day a worker was named.
"""
LATE = (
    "SELECT family_id, CAST(start_date + {standard} AS DATE) AS day, least(served, closed) AS left_on "
    f"FROM ({WAITS}) AS wait WHERE coalesce(least(served, closed) > start_date + {{standard}}, TRUE)"
)
"""SQL: waits that went on for longer than the standard, from the day on which they were over it."""
_REPEATED = f"""
    SELECT family_id, day FROM (
        SELECT family_id, day, lag(day) OVER (PARTITION BY family_id ORDER BY day) AS before
        FROM (SELECT DISTINCT family_id, contact_date AS day FROM contact
              WHERE coalesce(decision_code, '') NOT IN ('statutory', 'pending'))
    ) AS asked WHERE date_diff('day', before, day) <= {AGAIN}
"""
_ABSENT = f"""
    SELECT family_id, CASE term WHEN 'autumn' THEN make_date(year, 12, 31) WHEN 'spring' THEN make_date(year + 1, 4, 1)
        WHEN 'summer' THEN make_date(year + 1, 7, 31) END AS day
    FROM (SELECT *, TRY_CAST(left(academic_year, 4) AS INTEGER) AS year FROM attendance_period) AS term
    WHERE possible > 0 AND 100 * (coalesce(authorised, 0) + coalesce(unauthorised, 0)) >= {PERSISTENT} * possible
"""
"""SQL: a term counts on its last day, since nobody knows of it before."""


def _decided(*codes: str) -> str:
    return _DECIDED.format(codes=listed(codes))


def _told(*codes: str) -> str:
    return _TOLD.format(codes=listed(codes))


def _asked(*codes: str) -> str:
    return _ASKED.format(codes=listed(codes), length=len(codes[0]))


SIGNS: tuple[Sign, ...] = (
    Sign("request_closed", "a request closed or returned", _decided("nfa", "returned"), held_with="contact"),
    Sign("request_advised", "a request answered with advice", _decided("advice"), held_with="contact"),
    Sign("request_universal", "a request passed to universal services", _decided("universal"), held_with="contact"),
    Sign("referral_closed", "a referral to social care closed without action",
         "SELECT family_id, start_date AS day FROM social_care_event WHERE type = 'referral' AND nfa"),
    Sign("help_begun", "early help accepted", "SELECT family_id, start_date AS day FROM family_help", held_with="help"),
    Sign("waited", "a wait for help beyond the standard", f"SELECT family_id, day FROM ({LATE}) AS late", held_with="help"),
    Sign("assessed", "an early help assessment",
         _ASSESSED.format(which="NOT", codes=listed(WITH_NOTHING)), held_with="assessment"),
    Sign("assessed_nothing", "an early help assessment closed with nothing",
         _ASSESSED.format(which="", codes=listed(WITH_NOTHING)), held_with="assessment"),
    Sign("help_closed", "early help closed",
         "SELECT family_id, end_date AS day FROM family_help WHERE end_date IS NOT NULL", held_with="help"),
    Sign("domestic_abuse", "a notice of domestic abuse", _told("domestic_abuse")),
    Sign("poverty", "a sign of poverty", _told(*SIGNALS)),
    Sign("health", "a notice from health", _told("a_and_e", "mental_health", "substance_misuse")),
    Sign("trouble", "a child missing, offending or in anti-social behaviour",
         _told("missing", "offence", "anti_social_behaviour")),
    Sign("exclusion", "a suspension or exclusion", "SELECT family_id, start_date AS day FROM exclusion"),
    Sign("absence", "a term with a tenth or more missed", _ABSENT),
    Sign("repeated", "a request within twelve months of another", _REPEATED, in_order=False, held_with="contact"),
    Sign("asked_family", "a request by the family or somebody they know", _asked("1"), in_order=False, held_with="contact"),
    Sign("asked_school", "a request by a school or nursery", _asked("2"), in_order=False, held_with="contact"),
    Sign("asked_health", "a request by health", _asked("3"), in_order=False, held_with="contact"),
    Sign("asked_housing", "a request by housing", _asked("4"), in_order=False, held_with="contact"),
    Sign("asked_council", "a request by another service of the council", _asked("5"), in_order=False, held_with="contact"),
    Sign("asked_police", "a request by the police", _asked("6"), in_order=False, held_with="contact"),
)  # fmt: skip
"""Every kind, in the order in which events of one day are put.

A request that was taken up by social care is the step-up and no sign of it.
"""


def days_of(sign: Sign, standard: int) -> str:
    """SQL of the days of one kind: family_id, day. standard: calendar days within which help should have begun."""
    return sign.days.replace("{standard}", str(standard))


def all_signs(standard: int) -> str:
    """SQL of every sign of every kind: place in `SIGNS`, family_id, day; one row a family, kind and day."""
    parts = (
        f"SELECT CAST({place} AS TINYINT) AS place, family_id, CAST(day AS DATE) AS day FROM ({days_of(sign, standard)}) AS told"
        for place, sign in enumerate(SIGNS)
    )
    return (
        f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) AS told WHERE family_id IS NOT NULL AND day IS NOT NULL"
    )
