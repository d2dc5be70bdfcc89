"""What rules on swapped dates have in common: a day that would be another's if day and month changed places."""

from __future__ import annotations

from earlyhelp.standard import TABLES, Column

MOST_DAYS_TO_ENTRY, USUAL_DAYS_TO_ENTRY = 28, 14
"""What is entered later than the first is entered late; within the second, as things usually are."""


def swapped(day: str) -> str:
    """SQL for the day that a spreadsheet makes of one when it takes day for month; NULL where there is none or it is the same."""
    return (
        f"CASE WHEN day({day}) <= 12 AND day({day}) <> month({day}) "
        f"THEN make_date(year({day}), day({day}), month({day})) END"
    )


def told_on_swapped_day(day: Column, *alike: Column) -> str:
    """SQL for the records of which another file tells with day and month the other way round, both named.

    The other is of the same person and equal in the columns `alike`. Two records of one file are two events.
    """
    table, name = day.table_name, day.column_name
    team = "one.team" if "team" in TABLES[table].columns else "NULL AS team"
    same = ["person_id", *(column.column_name for column in alike)]
    told = f"""
        SELECT row_id, {"team, " if team == "one.team" else ""}feed_id, {", ".join(same)}, {name} AS told_day,
        {swapped(name)} AS other_day FROM {table} WHERE day({name}) <= 12 AND person_id IS NOT NULL
    """
    matching = " AND ".join(f"other.{column} = one.{column}" for column in same)
    return f"""
        WITH told AS ({told}) SELECT one.row_id, {team} FROM told AS one SEMI JOIN told AS other
        ON {matching} AND other.told_day = one.other_day AND other.feed_id IS DISTINCT FROM one.feed_id
    """


def from_several_files(day: Column) -> tuple[str, str]:
    """SQL that gives a row where several files tell of a table, without which `told_on_swapped_day` has nothing to find."""
    several = f"SELECT 1 FROM {day.table_name} HAVING min(feed_id) < max(feed_id)"
    return several, "one file tells of all of them"


def entered_as_if_swapped(day: Column) -> str:
    """SQL for the records entered before their day or long after, and soon after it if day and month changed places."""
    other = swapped(day.column_name)
    return f"""
        SELECT row_id, NULL AS team FROM {day.table_name}
        WHERE date_diff('day', {day.column_name}, recorded_date) NOT BETWEEN 0 AND {MOST_DAYS_TO_ENTRY}
        AND date_diff('day', {other}, recorded_date) BETWEEN 0 AND {USUAL_DAYS_TO_ENTRY}
    """
