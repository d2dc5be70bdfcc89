"""What several rules have in common: something dated after a closure, after the extract, or long before a birth."""

from __future__ import annotations

from earlyhelp.standard import Column

DAYS_BEFORE_BIRTH = 280
"""Help for an unborn child begins within nine months of its birth."""
BORN = "SELECT person_id, max(dob) AS born FROM person GROUP BY person_id"
"""Each person's date of birth, the latest where records differ."""


def after_closure(day: Column, *, only: str = "TRUE") -> str:
    """SQL for the records (those that meet `only`, in which they are `told`) dated after their episode had closed."""
    return f"""
        SELECT told.row_id, episode.team FROM {day.table_name} AS told
        JOIN eh_episode AS episode USING (episode_id, source_system)
        WHERE told.{day.column_name} > episode.end_date AND {only}
    """


def after_extract(day: Column) -> str:
    """SQL for the records dated after the day on which their extract was drawn."""
    return f"""
        SELECT told.row_id, told.team FROM {day.table_name} AS told JOIN feed USING (feed_id)
        WHERE told.{day.column_name} > feed.extract_date
    """


def long_before_birth(day: Column, team: str = "team") -> str:
    """SQL for the records dated more than nine months before the child was born; `team`: theirs, NULL where they have none."""
    return f"""
        SELECT row_id, {team} AS team FROM {day.table_name} JOIN ({BORN}) AS told USING (person_id)
        WHERE date_diff('day', {day.column_name}, born) > {DAYS_BEFORE_BIRTH}
    """
