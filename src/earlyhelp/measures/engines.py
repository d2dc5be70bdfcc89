"""Where a measure is counted: in DuckDB, which is the default, or with the same SQL on Apache Spark.

All that counts asks an engine to execute a query and reads its rows. A connection of DuckDB is such an engine as it is.
`SparkTables` is another: it has each query said in Spark's words (`dialects`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

import duckdb
import numpy as np

from earlyhelp.standard.calendar import FIRST_DAY, LAST_DAY, working_day_table


class Answer(Protocol):
    """The rows that a query found."""

    def fetchall(self) -> list[Any]:
        """All rows, each a tuple of Python's own values."""

    def fetchone(self) -> Any:
        """The next row, or None where there is none."""


class Engine(Protocol):
    """What can hold a snapshot's tables of analysis and count in them: a connection of DuckDB, or `SparkTables`."""

    def execute(self, query: str, parameters: Any = None, /) -> Answer:
        """The rows of a query in DuckDB's words, with a value for each `?`."""


class SparkTables:
    """A snapshot's tables of analysis on Apache Spark: temporary views of a session, under the standard's names.

    The views must be as DuckDB has them, column by column, and must not change: what was asked once is remembered.
    """

    def __init__(self, session: Any) -> None:
        self.session = session
        self._known: dict[tuple[str, tuple[object, ...]], list[tuple[Any, ...]]] = {}

    def execute(self, query: str, parameters: Sequence[object] | None = None, /) -> Rows:
        """The rows of a query in DuckDB's words. Raises what Spark raises, and sqlglot's errors for what it cannot say."""
        from earlyhelp.measures.dialects import in_the_words_of

        asked = query, tuple(parameters or ())
        if asked not in self._known:
            found = self.session.sql(in_the_words_of("spark", *asked)).collect()
            self._known[asked] = [tuple(_plain(value) for value in row) for row in found]
        return Rows(self._known[asked])

    def has_table(self, name: str) -> bool:
        """Whether there is a view or a table of that name."""
        return bool(self.session.catalog.tableExists(name))

    def make_working_days(self) -> None:
        """Make the views `working_days_until` and `nth_working_day`."""
        import pyarrow as pa

        days, numbers = zip(*working_day_table(FIRST_DAY, LAST_DAY), strict=True)
        table = pa.table({"day": pa.array(days, pa.date32()), "n": pa.array(numbers, pa.int64())})
        self.session.createDataFrame(table).createOrReplaceTempView("working_days_until")
        self.session.sql(_NTH_WORKING_DAY).createOrReplaceTempView("nth_working_day")


class Rows:
    """Rows that were found, to be read as those of DuckDB are."""

    def __init__(self, found: Sequence[tuple[Any, ...]]) -> None:
        self._left = list(found)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows not read yet."""
        found, self._left = self._left, []
        return found

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, or None."""
        return self._left.pop(0) if self._left else None


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


_NTH_WORKING_DAY = "SELECT n, min(day) AS day FROM working_days_until GROUP BY n"


def has_table(engine: Engine, name: str) -> bool:
    """Whether the dataset holds a table of that name, or a view."""
    if isinstance(engine, SparkTables):
        return engine.has_table(name)
    named = "SELECT 1 FROM information_schema.tables WHERE table_name = ?"
    return engine.execute(named, [name]).fetchone() is not None


def make_working_days(engine: Engine) -> None:
    """`working_days_until` (day, n: working days up to it) and `nth_working_day` (n, day), once an engine."""
    if has_table(engine, "working_days_until"):
        return
    if isinstance(engine, SparkTables):
        engine.make_working_days()
    else:
        assert isinstance(engine, duckdb.DuckDBPyConnection)
        _make_working_days_in_duckdb(engine)


def _make_working_days_in_duckdb(con: duckdb.DuckDBPyConnection) -> None:
    table = working_day_table(FIRST_DAY, LAST_DAY)
    numbers = np.array([number for _, number in table], dtype=np.int64)
    con.register("calendar_days", {"since": np.arange(len(table)), "n": numbers})
    con.execute(
        "CREATE TEMP TABLE working_days_until AS "
        f"SELECT DATE '{FIRST_DAY}' + CAST(since AS INTEGER) AS day, n FROM calendar_days"
    )
    con.execute(f"CREATE TEMP TABLE nth_working_day AS {_NTH_WORKING_DAY}")
    con.unregister("calendar_days")
