"""What rules on spelling have in common: the same words in other capitals than usual."""

from __future__ import annotations

from earlyhelp.standard import TABLES, Column


def in_other_capitals(column: Column) -> str:
    """SQL for the records whose words stand oftener in other capitals in the same column.

    Of spellings that stand as often, one in capitals and small letters is the usual one.
    """
    table, name = column.table_name, f'"{column.column_name}"'
    team = "team" if "team" in TABLES[table].columns else "NULL AS team"
    return f"""
        WITH told AS (
            SELECT {name} AS spelling, lower({name}) AS words, count(*) AS records FROM {table}
            WHERE {name} IS NOT NULL GROUP BY ALL
        ), unusual AS (
            SELECT spelling FROM told QUALIFY 1 < row_number() OVER (
                PARTITION BY words ORDER BY records DESC, spelling IN (upper(spelling), words), spelling
            )
        )
        SELECT row_id, {team} FROM {table} SEMI JOIN unusual ON {name} = spelling
    """
