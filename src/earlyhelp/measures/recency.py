"""Whether something was done lately: SQL of stretches of days, for measures of what is open at the end of a period."""

from __future__ import annotations


def since_last(who: str, everybody: str, events: str, days: str) -> str:
    """SQL of stretches of days that cover all time, for each `who`: `from_day`, `to_day` and whether it was `recent`.

    Recent are the day of an event and the `days` after it; on the day after those it is not recent any more, until the
    next event. A stretch is so from `from_day` on and not from `to_day` on, which is NULL for the last one.
    `everybody`: SQL of all there are, with the column `who`; `events`: SQL with `who` and `day`, none of them NULL.
    `days`: a number, or a column of `setting`.
    """
    return f"""
        SELECT {who}, recent, from_day, lead(from_day) OVER (PARTITION BY {who} ORDER BY from_day) AS to_day
        FROM (
            SELECT {who}, CASE WHEN recent THEN day ELSE over_on END AS from_day, recent
            FROM (
                SELECT {who}, day, over_on, lead(day) OVER (PARTITION BY {who} ORDER BY day) AS next_day,
                lag(over_on) OVER (PARTITION BY {who} ORDER BY day) AS over_before
                FROM (
                    SELECT DISTINCT {who}, day, CAST(day + ({days} + 1) * INTERVAL 1 DAY AS DATE) AS over_on
                    FROM ({events}) AS event CROSS JOIN setting
                ) AS each_day
            ) AS event CROSS JOIN (VALUES (TRUE), (FALSE)) AS side(recent)
            WHERE CASE WHEN recent THEN over_before IS NULL OR over_before < day
            ELSE next_day IS NULL OR next_day > over_on END
            UNION ALL
            SELECT DISTINCT {who}, DATE '1900-01-01' AS from_day, FALSE AS recent FROM ({everybody}) AS everybody
        ) AS turn
    """
