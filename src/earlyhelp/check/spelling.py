"""What rules on spelling have in common: the same words in other capitals than usual, and words in one case alone."""

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


def in_one_case(column: Column, only: str = "TRUE") -> str:
    """SQL for the people whose words are all in capitals or without any, in a system in which most are not.

    `only`: SQL of a condition besides; by it alone nobody counts as unusual. Words of one or two letters tell nothing.
    """
    name = column.column_name
    return f"""
        WITH named AS (
            SELECT row_id, source_system, {name} IN (upper({name}), lower({name})) AS in_one_case, {only} AS is_told
            FROM {column.table_name} WHERE length({name}) > 2
        ), usual AS (
            SELECT source_system FROM named GROUP BY ALL HAVING avg(CAST(in_one_case AS INTEGER)) < 0.5
        )
        SELECT row_id, NULL AS team FROM named SEMI JOIN usual USING (source_system) WHERE in_one_case AND is_told
    """
