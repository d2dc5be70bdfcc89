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
        SELECT {who}, recent, CASE WHEN happened AND NOT recent THEN over_on ELSE day END AS from_day,
        CASE WHEN recent THEN least(next_day, over_on) ELSE next_day END AS to_day
        FROM (
            SELECT {who}, day, happened, CAST(day + ({days} + 1) * INTERVAL 1 DAY AS DATE) AS over_on,
            lead(day) OVER (PARTITION BY {who} ORDER BY day) AS next_day
            FROM (
                SELECT DISTINCT {who}, DATE '1900-01-01' AS day, FALSE AS happened FROM ({everybody}) AS everybody
                UNION ALL
                SELECT DISTINCT {who}, day, TRUE AS happened FROM ({events}) AS event
            ) AS point CROSS JOIN setting
        ) AS point CROSS JOIN (VALUES (TRUE), (FALSE)) AS side(recent)
        WHERE CASE WHEN recent THEN happened ELSE NOT happened OR next_day IS NULL OR next_day > over_on END
    """
