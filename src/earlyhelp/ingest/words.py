"""Each distinct text of a column is read once; the rows get its value by a join.

A column of a million dates holds a few thousand different ones: reading is Python, at ease, and the rest is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from earlyhelp.ingest.cells import Reader, tidied
from earlyhelp.ingest.handover import read_sql, write_rows
from earlyhelp.standard import NOT_RECORDED, sql

FEW_WORDS, MANY_ROWS = 5_000, 100_000
"""A column of many rows and few words is joined and written by the numbers of its words, which saves a third of the time."""

_DATED = ("DATE", "TIMESTAMP")


@dataclass(frozen=True)
class Words:
    """The dictionary of one column: a table of its distinct texts (`cell`), trimmed (`said`), read (`value`, `problem`).

    `rules`: the problems that occur. `unmapped`: some word has no code. `reworded`: the code of some word is another text.
    """

    table: str
    rules: frozenset[str] = frozenset()
    unmapped: bool = False
    reworded: bool = False


class Dictionaries:
    """The dictionaries of one part, each made when it is first asked for."""

    def __init__(self, con: duckdb.DuckDBPyConnection, cells: str, scratch: Path) -> None:
        self._con = con
        self._cells = cells
        self._scratch = scratch
        self._made: dict[tuple[str, str], Words] = {}

    def of(
        self, column: str, about: str, sql_type: str, at_once: str, reader_for: Callable[[Mapping[str, int]], Reader]
    ) -> Words:
        """The dictionary of a column read as `about` says; the same question is answered from memory.

        `at_once`: SQL for the texts that need no reading. `reader_for`: given all others and how often each occurs, how
        one of them is read.
        """
        asked = (column, about)
        if asked not in self._made:
            table = f"words_{len(self._made)}_of_{self._cells}"
            self._made[asked] = self._make(table, column, sql_type, at_once, reader_for)
        return self._made[asked]

    def _make(
        self, table: str, column: str, sql_type: str, at_once: str, reader_for: Callable[[Mapping[str, int]], Reader]
    ) -> Words:
        self._con.execute(
            f"CREATE TEMP TABLE {table} AS SELECT cell, cell AS said, {at_once} AS value, CAST(NULL AS VARCHAR) AS problem, "
            f"times FROM (SELECT {column} AS cell, count(*) AS times FROM {self._cells} GROUP BY 1) WHERE cell IS NOT NULL"
        )
        unread = self._unread(table)
        if not unread:
            return Words(table)
        if sql_type in _DATED and self._are_all_early(table):
            self._con.execute(f"UPDATE {table} SET value = NULL")
            unread = self._unread(table)
        return self._read(table, sql_type, unread, reader_for)

    def _unread(self, table: str) -> list[tuple[str, int]]:
        return self._con.execute(f"SELECT cell, times FROM {table} WHERE value IS NULL").fetchall()

    def _are_all_early(self, table: str) -> bool:
        """Whether every date that was read falls on the 12th or earlier: it is read again, beside the texts it stands among."""
        return bool(self._con.execute(f"SELECT max(day(value)) <= 12 FROM {table}").fetchall()[0][0])

    def _read(
        self,
        table: str,
        sql_type: str,
        unread: list[tuple[str, int]],
        reader_for: Callable[[Mapping[str, int]], Reader],
    ) -> Words:
        said = [tidied(cell) or None for cell, _ in unread]
        times: dict[str, int] = {}
        for text, (_, count) in zip(said, unread, strict=True):
            if text:
                times[text] = times.get(text, 0) + count
        read = reader_for(times)
        readings = {text: read(text) for text in times}
        values = [readings[text][0] if text else None for text in said]
        problems = [readings[text][1] if text else None for text in said]
        file = self._scratch / f"{table}.csv"
        write_rows(file, zip((cell for cell, _ in unread), said, values, problems, strict=True))
        found = read_sql(file, {"cell": "VARCHAR", "said": "VARCHAR", "value": sql_type, "problem": "VARCHAR"})
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT cell, said, value, problem FROM {table} "
            f"WHERE value IS NOT NULL UNION ALL FROM {found}"
        )
        if sql_type == "VARCHAR" and len(unread) <= FEW_WORDS and sum(times.values()) >= MANY_ROWS:
            self._number_words(table)
        rules = frozenset(problem for problem in problems if problem)
        unmapped = any(isinstance(value, str) and "unmapped" in value for value in values)
        reworded = any(value not in (None, text) for text, value in zip(said, values, strict=True))
        return Words(table, rules, unmapped, reworded)

    def _number_words(self, table: str) -> None:
        """Make the words an ENUM of the engine, in which the code of a blank has a place too; in all else it is text."""
        words = (
            f"SELECT said AS word FROM {table} UNION SELECT value FROM {table} UNION SELECT {sql.literal(NOT_RECORDED)}"
        )
        self._con.execute(f"CREATE TYPE {table}_word AS ENUM (SELECT word FROM ({words}) WHERE word IS NOT NULL)")
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT cell, CAST(said AS {table}_word) AS said, "
            f"CAST(value AS {table}_word) AS value, problem FROM {table}"
        )
