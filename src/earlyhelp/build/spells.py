"""Periods put together from records: early help of a child and of a family, and statutory involvement.

Two records belong to one spell when the later starts on or before the day the earlier ended: both ends are inclusive,
so an episode of care that starts the day the last one ended carries it on, and one that starts a day later is a new
spell. An end date of NULL means open. A spell names its first and its last record by row number, since a key is a
record's name in one source system only.
"""

from __future__ import annotations

import duckdb

NOT_IN_NEED = ("RC8", "RC9")
"""Closed after assessment: the child was found not to be in need (CIN census guide 2023-24, reasons for closure)."""
SHORT_BREAKS = ("V3", "V4")
"""Series of short breaks, which are not counted as being looked after (SSDA903 guide, legal status)."""
CARRIED_ON = ("L", "P", "T", "B", "U")
"""The episode continues an earlier one: its first day is no entry to care (SSDA903 guide, reason for new episode)."""

REASONS_OF_ONE_DAY = (
    "stepped_up",
    "outcomes_met",
    "partly_met",
    "universal",
    "disengaged",
    "consent_withdrawn",
    "moved",
    "other",
    "declined",
)
"""Reasons for closing, the one that counts first: of episodes that closed on one day it speaks for the child or the family.

A step-up is never hidden by what became of a brother or sister. Then comes help that was had, in the order of the list of
reasons, and last an offer that was declined: who had help beside it was helped. A reason that nobody told, or that is not
mapped, counts after all of these.
"""

SOUND = "start_date IS NOT NULL AND (end_date IS NULL OR end_date >= start_date)"
"""A record that ends before it starts has no length: it is on the fix-list, and left out of spells."""
_OPEN_END = "DATE '9999-12-31'"


def merged(relation: str, who: str, carried: str = "", place: str = "0") -> str:
    """SQL for spells: rows of `relation` that meet are joined, for each value of `who`.

    `relation` has `who`, start_date, end_date, `record` (what stands for the row) and `named` (text by which rows of
    the same days come in one order). Gives who, start_date, end_date, `first_record` (of the row that starts first)
    and `last_record` (of the row that ends last). `carried` names a further column to keep apart by. `place`: SQL of a
    row's place among those that end on one day, of which the one of the lowest place ends last.
    """
    by = f"{who}, {carried}" if carried else who
    reach = (
        f"max(coalesce(end_date, {_OPEN_END})) OVER (PARTITION BY {by} ORDER BY start_date, end_date, named "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    return (
        f"SELECT {by}, min(start_date) AS start_date, "
        "CASE WHEN bool_or(end_date IS NULL) THEN NULL ELSE max(end_date) END AS end_date, "
        "arg_min(record, (start_date, named)) AS first_record, "
        f"arg_max(record, (coalesce(end_date, {_OPEN_END}), -({place}), named)) AS last_record "
        f"FROM (SELECT *, sum(CASE WHEN reach IS NULL OR start_date > reach THEN 1 ELSE 0 END) OVER "
        f"(PARTITION BY {by} ORDER BY start_date, end_date, named ROWS UNBOUNDED PRECEDING) AS spell "
        f"FROM (SELECT *, {reach} AS reach FROM ({relation}))) GROUP BY {by}, spell"
    )


_PLACES = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(REASONS_OF_ONE_DAY))
_PLACE_OF_REASON = f"CASE end_reason_code {_PLACES} ELSE {len(REASONS_OF_ONE_DAY)} END"


def make_spells(con: duckdb.DuckDBPyConnection) -> None:
    """Make `child_help` and `family_help` (early help of a child, of a family) and `statutory_start`."""
    for table, who in (("child_help", "person_id"), ("family_help", "family_id")):
        episodes = (
            f"SELECT {who}, start_date, end_date, row_id AS record, concat_ws('|', episode_id, source_system) AS named, "
            f"end_reason_code FROM eh_episode WHERE {SOUND} AND {who} IS NOT NULL"
        )
        con.execute(f"CREATE TABLE {table} AS {merged(episodes, who, place=_PLACE_OF_REASON)}")
    con.execute(f"CREATE TABLE statutory_start AS {_starts()}")


def _starts() -> str:
    """One row each time a child comes to a statutory service: a referral taken up, and the start of each spell.

    `record` is the row of `social_care_event` that it began with. An assessed case that was closed RC8 or RC9 and a
    referral without further action are no start, nor are short breaks; a period of care that is first seen in the
    middle began on a day that nobody tells.
    """
    kinds = (
        "SELECT person_id, CASE WHEN type = 'cin_plan' THEN 'cin_episode' ELSE type END AS type, start_date, end_date, "
        f"row_id AS record, {_NAMED} AS named FROM social_care_event WHERE {SOUND} AND ({_IN_SERVICE})"
    )
    return (
        f"SELECT spell.person_id, spell.type, spell.start_date, first_record AS record "
        f"FROM ({merged(kinds, 'person_id', carried='type')}) AS spell "
        f"JOIN social_care_event AS begun ON begun.row_id = first_record "
        f"WHERE coalesce(begun.start_reason, '') NOT IN {CARRIED_ON} "
        f"UNION ALL SELECT person_id, type, start_date, arg_min(row_id, {_NAMED}) AS record FROM social_care_event "
        "WHERE type = 'referral' AND start_date IS NOT NULL AND coalesce(nfa, FALSE) = FALSE "
        "GROUP BY person_id, type, start_date"
    )


_NAMED = "concat_ws('|', event_id, source_system)"
_IN_SERVICE = (
    "type IN ('cin_plan', 'cp_plan') "
    f"OR (type = 'cin_episode' AND NOT coalesce(nfa, FALSE) AND coalesce(outcome_code, '') NOT IN {NOT_IN_NEED}) "
    f"OR (type = 'looked_after' AND coalesce(legal_status, '') NOT IN {SHORT_BREAKS})"
)
