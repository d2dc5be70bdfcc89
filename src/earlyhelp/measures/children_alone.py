"""Who is a child: SQL of the records that measures of children count, without those of adults.

A child is somebody whom every source that says so calls one, whatever their age. An adult is somebody whom every source
that says so calls one. Of whom nobody says, or of whom sources differ, the month of birth decides: they come of age on the
first of the month in which they turn 18. Without a birth they are children; the unborn are, too.
"""

from __future__ import annotations

from earlyhelp.standard.ages import COMING_OF_AGE

ADULTS_LEFT_OUT = (
    "Of whoever is counted as a child: adults are left out, by what their records say or, failing that, from the month in "
    f"which they turn {COMING_OF_AGE}."
)
"""What every measure of children says of itself."""

_GROWN = f"""(
                SELECT person_id, CASE
                    WHEN NOT is_child THEN DATE '1900-01-01'
                    WHEN is_child IS NULL THEN CAST(birth_month + INTERVAL {COMING_OF_AGE} YEAR AS DATE)
                END AS came_of_age FROM profile
            ) AS grown"""
"""SQL of the first day on which somebody is no child any more; NULL for whoever stays one."""


def records_of_children(table: str, day: str = "start_date") -> str:
    """SQL that stands for a table of `person_id`: its records of those who are children on the day in column `day`."""
    return _relation(table, f"{table}.*", day)


def open_while_children(table: str) -> str:
    """SQL that stands for a table of `person_id`, `start_date` and `end_date`: its records of children, as a child's.

    Whoever comes of age while a record is open has it end that day.
    """
    columns = f"{table}.* EXCLUDE (end_date), least({table}.end_date, came_of_age) AS end_date"
    return _relation(table, columns, "start_date")


def _relation(table: str, columns: str, day: str) -> str:
    return f"""(
            SELECT {columns}
            FROM {table} {_whose(table)}
            WHERE came_of_age IS NULL OR {table}.{day} < came_of_age
        )"""


def _whose(table: str) -> str:
    """SQL that joins `grown`. Under a bound of linkage a spell may be of a person without a profile: its record tells."""
    if table != "child_help":
        return f"LEFT JOIN {_GROWN} ON grown.person_id = {table}.person_id"
    begun = f"LEFT JOIN eh_episode AS begun ON begun.row_id = {table}.first_record"
    return f"{begun}\n            LEFT JOIN {_GROWN} ON grown.person_id = begun.person_id"
