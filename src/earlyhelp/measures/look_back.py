"""How far back records reach: SQL for measures that look at what came in the 365 days before a thing."""

from __future__ import annotations

from earlyhelp.standard import Column

DAYS = 365
NOT_TOLD = f"The first {DAYS} days that the {{records}} cover are left out: what came before them is not seen, and is not zero."
"""What a measure says of its first year; `records` names what it looks back at."""


def told_from(first: Column) -> str:
    """SQL of one row, `told_from`: the first day of which the records cover the whole of the 365 days before it.

    `first`: the column whose earliest day shows where the records begin. They cover no day before it, nor any before the
    first that the feeds which brought them say they cover. NULL where nothing tells.
    """
    table, day = first.table_name, first.column_name
    return f"""
        SELECT CAST(greatest(shown.day, said.day) + INTERVAL {DAYS} DAY AS DATE) AS told_from
        FROM (SELECT min({day}) AS day FROM {table}) AS shown CROSS JOIN (
            SELECT min(coverage_start) AS day FROM feed WHERE feed_id IN (SELECT feed_id FROM {table})
        ) AS said
    """
