"""Open families through time: SQL for snapshots of something that is so on some days and not on others."""

from __future__ import annotations


def open_families(stretches: str, counted: str) -> str:
    """SQL of every open episode, cut into stretches of days through which it is `counted` or is not.

    `stretches`: SQL with `family_id` and `source_system` of an episode, `from_day` and `to_day` (empty while it goes on):
    the days on which something is so of it. `counted`: SQL of `n`, of how many stretches of the family a day is part.
    Families come as the unit. Episodes of a source system of which no stretch is known are left out.
    """
    return f"""
        WITH stretch AS (
            {stretches}
        ),
        help AS (
            SELECT * FROM eh_episode
            WHERE (end_date IS NULL OR end_date > start_date)
            AND source_system IN (SELECT source_system FROM stretch)
        ),
        turn AS ( /* the days on which n may change; a stretch without any day changes nothing */
            SELECT family_id, day, sum(step) AS step FROM (
                SELECT family_id, start_date AS day, 0 AS step FROM help
                UNION ALL
                SELECT family_id, CASE step WHEN 1 THEN from_day ELSE to_day END AS day, step
                FROM stretch CROSS JOIN (VALUES (1), (-1)) AS edge(step)
                WHERE (to_day IS NULL AND step = 1) OR from_day < to_day
            ) AS turned GROUP BY family_id, day
        ),
        state AS (
            SELECT family_id, day, lead(day) OVER (PARTITION BY family_id ORDER BY day) AS next_day,
            sum(step) OVER (PARTITION BY family_id ORDER BY day) AS n
            FROM turn
        )
        SELECT help.*, help.family_id AS unit_id, greatest(start_date, day) AS from_day,
        least(end_date, next_day) AS to_day, {counted} AS counted
        FROM help JOIN state ON state.family_id = help.family_id
        AND (end_date IS NULL OR day < end_date) AND (next_day IS NULL OR next_day > start_date)
    """
