"""From the text of a column to typed values, as sets: each distinct text is read once and joined back to its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.ingest.codes import is_blank_word, read_code
from earlyhelp.ingest.grid import SPREADSHEET_ERRORS
from earlyhelp.ingest.values import (
    DateOrder,
    day_and_month,
    read_boolean,
    read_date,
    read_integer,
    read_number,
    read_postcode,
)
from earlyhelp.standard import Boolean, CodeType, Date, DateTime, Integer, Number, Postcode, Type

WHITE_SPACE = " \t\r\n\u00a0\u200b\ufeff"
_ARROW = {"DATE": pa.date32(), "BOOLEAN": pa.bool_(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string()}
_AT_ONCE = {
    "DATE": r"CASE WHEN regexp_full_match(cell, '(19\d\d|20[012]\d)-\d\d-\d\d') THEN try_cast(cell AS DATE) END",
    "DOUBLE": r"CASE WHEN regexp_full_match(cell, '-?\d{1,15}(\.\d{1,9})?') THEN try_cast(cell AS DOUBLE) END",
    "BIGINT": r"CASE WHEN regexp_full_match(cell, '-?\d{1,15}') THEN try_cast(cell AS BIGINT) END",
}
Reading = tuple[Any, str | None]


@dataclass
class Dictionary:
    """For one column of text: a table `cell, value, problem` with one row for each distinct text."""

    con: duckdb.DuckDBPyConnection
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, relation: str, column: str, kind: Type, name: str, read: Callable[[str], Reading]) -> str:
        """Name of the dictionary of a column read as `kind` by `read`; the same question is answered from memory."""
        asked = (f"{relation}.{column}", name)
        if asked not in self.made:
            self.made[asked] = f"words_{len(self.made)}_of_{relation}"
            self._make(relation, column, kind, self.made[asked], read)
        return self.made[asked]

    def _make(self, relation: str, column: str, kind: Type, table: str, read: Callable[[str], Reading]) -> None:
        at_once = _AT_ONCE.get(kind.duckdb, f"CAST(NULL AS {kind.duckdb})")
        self.con.execute(
            f"CREATE TEMP TABLE {table} AS SELECT cell, {at_once} AS value, CAST(NULL AS VARCHAR) AS problem "
            f"FROM (SELECT DISTINCT {column} AS cell FROM {relation}) WHERE cell IS NOT NULL"
        )
        cells = [cell for (cell,) in self.con.execute(f"SELECT cell FROM {table} WHERE value IS NULL").fetchall()]
        if not cells:
            return
        readings = [read(cell) for cell in cells]
        found = pa.table(
            {
                "cell": pa.array(cells, pa.string()),
                "value": pa.array([value for value, _ in readings], _ARROW[kind.duckdb]),
                "problem": pa.array([problem for _, problem in readings], pa.string()),
            }
        )
        self.con.register("found_words", found)
        self.con.execute(f"DELETE FROM {table} WHERE value IS NULL")
        self.con.execute(f"INSERT INTO {table} SELECT cell, value, problem FROM found_words")
        self.con.unregister("found_words")


def reader_of(
    kind: Type, order: DateOrder, latest: date, ambiguous: frozenset[str] = frozenset()
) -> Callable[[str], Reading]:
    """How a text becomes a value of that type. A blank word is a missing value; an Excel error is a problem."""
    plain = _plain_reader(kind, order, latest)

    def read(text: str) -> Reading:
        if text in SPREADSHEET_ERRORS:
            return None, "spreadsheet_error"
        if is_blank_word(text):
            return None, None
        if text in ambiguous:
            return None, "ambiguous_date"
        return plain(text)

    return read


def _plain_reader(kind: Type, order: DateOrder, latest: date) -> Callable[[str], Reading]:
    if isinstance(kind, CodeType):
        return lambda text: read_code(text, kind)
    readers: dict[Type, Callable[[str], Reading]] = {
        Date: lambda text: _date_reading(text, order, latest),
        DateTime: lambda text: _date_reading(text, order, latest),
        Boolean: read_boolean,
        Integer: read_integer,
        Number: read_number,
        Postcode: read_postcode,
    }
    return readers[kind]


def _date_reading(text: str, order: DateOrder, latest: date) -> tuple[date | None, str | None]:
    found = read_date(text, order)
    if found.value and found.value > latest:
        return None, "impossible_date"
    rewritten = found.value is not None and day_and_month(text) is None and not text[:4].isdigit()
    serial = found.value is not None and text.replace(".", "").isdigit()
    return found.value, "date_rewritten" if rewritten or serial else found.problem


def unclear_order(con: duckdb.DuckDBPyConnection, relation: str, column: str, order: DateOrder) -> frozenset[str]:
    """The texts of a date column that could be two days, where the rest of the column speaks against the declared order.

    Dates with a number above 12 tell the order. Where at least as many of them contradict the declared order as bear it
    out, the dates that tell nothing are not guessed at.
    """
    if con.execute(f"SELECT 1 FROM {relation} WHERE {column} SIMILAR TO '[0-9]{{1,2}}[-/. ].*' LIMIT 1").fetchone() is None:
        return frozenset()
    rows = con.execute(f"SELECT {column}, count(*) FROM {relation} WHERE {column} IS NOT NULL GROUP BY 1").fetchall()
    told = {"day": 0, "month": 0}
    unclear = []
    for text, count in rows:
        if pair := day_and_month(text):
            first, second = pair
            if first > 12 or second > 12:
                told["day" if first > 12 else "month"] += count
            elif first != second:
                unclear.append(text)
    against, bearing = (told["month"], told["day"]) if order is DateOrder.DAY_FIRST else (told["day"], told["month"])
    return frozenset(unclear) if against and against >= bearing else frozenset()


def trimmed(column: str) -> str:
    """SQL for the text of a raw column without white space around it; empty is NULL."""
    return f"nullif(trim({column}, '{WHITE_SPACE}'), '')"


def text_value(cell: str) -> str:
    """SQL for a text column: an Excel error is no text."""
    errors = ", ".join(f"'{error}'" for error in SPREADSHEET_ERRORS)
    return f"CASE WHEN starts_with({cell}, '#') AND {cell} IN ({errors}) THEN NULL ELSE {cell} END"


SHAPE = (
    "left(regexp_replace(regexp_replace(regexp_replace({cell}, '\\p{{N}}', '9', 'g'), "
    "'\\p{{Lu}}', 'A', 'g'), '[^\\P{{L}}A]', 'a', 'g'), 24)"
)
"""SQL that masks a value as `values.shape` does."""
