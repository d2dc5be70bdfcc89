"""The same measures on other engines: each query can be said in their words, and the words mean what DuckDB's mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
import sqlglot

from earlyhelp.measures import CATALOGUE, Grain, Measure, Period, Question, Standards, calculate, splits_of
from earlyhelp.measures.dialects import in_the_words_of
from earlyhelp.measures.engines import SparkTables, has_table, make_working_days
from earlyhelp.measures.placement import Placement
from spec.dataset import snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
SPANS = [Period(date(2023, month, 1), date(2023, month, 28)) for month in (4, 5)]
ENGINES = ("spark", "postgres")
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]


class Overheard:
    """A connection that keeps what it was asked."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.asked: dict[tuple[str, tuple[object, ...]], None] = {}

    def execute(self, query: str, parameters: Any = None, /) -> duckdb.DuckDBPyConnection:
        if "information_schema" not in query:  # each engine has a way of its own to say what tables there are
            self.asked[query, tuple(parameters or ())] = None
        return self.con.execute(query, parameters)


@pytest.fixture(scope="module")
def council() -> duckdb.DuckDBPyConnection:
    con = snapshot(COUNCIL)
    make_working_days(con)
    return con


@pytest.fixture(scope="module")
def tables(council: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    columns = "SELECT table_name, column_name, data_type FROM information_schema.columns"
    for table, column, type_ in council.execute(columns).fetchall():
        found.setdefault(table, {})[column] = type_
    return found


def queries(con: duckdb.DuckDBPyConnection, measure: Measure) -> Iterator[tuple[str, tuple[object, ...]]]:
    """All that is asked for a measure's total by quarter, and the query in which all its splits stand."""
    heard = Overheard(con)
    grain = None if measure.is_tally else max(measure.finest, Grain.QUARTER, key=lambda each: each.months)
    assert not calculate(heard, measure, STANDARDS, Question(grain=grain, first=date(2023, 4, 1))).missing
    yield from heard.asked
    if not measure.is_tally:
        yield Placement(measure, list(splits_of(measure).values()), SPANS, STANDARDS).query("count(*)"), ()


@pytest.mark.parametrize("measure", DEFINED, ids=lambda each: f"{each.id}-{each.definition}")
def test_every_query_of_every_measure_can_be_said_in_the_words_of_the_other_engines(measure, council, tables):
    for query, parameters in queries(council, measure):
        for engine in ENGINES:
            said = in_the_words_of(engine, query, parameters, tables)
            assert "EXCLUDE" not in said
            assert "?" not in said


@pytest.mark.parametrize(
    ("duck", "spark", "postgres"),
    [
        (
            "SELECT date_diff('year', a, b) FROM t",
            "SELECT (EXTRACT(YEAR FROM b) - EXTRACT(YEAR FROM a)) FROM t",
            "SELECT (EXTRACT(YEAR FROM b) - EXTRACT(YEAR FROM a)) FROM t",
        ),
        ("SELECT date_diff('day', a, b) FROM t", "SELECT DATEDIFF(DAY, a, b) FROM t", None),
        (
            "SELECT a / b, a // b FROM t",
            "SELECT CAST(a AS DOUBLE) / b, a DIV b FROM t",
            "SELECT CAST(a AS DOUBLE PRECISION) / b, DIV(a, b) FROM t",
        ),
        (
            "SELECT CAST(unnest(generate_series(a, b, INTERVAL 1 DAY)) AS DATE) AS day FROM t",
            "SELECT EXPLODE(SEQUENCE(a, b, INTERVAL '1' DAY)) AS day FROM t",
            "SELECT CAST(GENERATE_SERIES(a, b, INTERVAL '1 DAY') AS DATE) AS day FROM t",
        ),
        (
            "SELECT unnest(list_distinct(string_split(a, ';'))) AS code FROM t",
            "SELECT EXPLODE(ARRAY_DISTINCT(SPLIT(a, CONCAT('\\\\Q', ';', '\\\\E')))) AS code FROM t",
            "SELECT UNNEST(ARRAY(SELECT DISTINCT UNNEST(STRING_TO_ARRAY(a, ';')))) AS code FROM t",
        ),
        (
            "SELECT arg_min(n, source) FROM t",
            "SELECT MIN_BY(n, source) FROM t",
            "SELECT (ARRAY_AGG(n ORDER BY source ASC))[1] FROM t",
        ),
        ("SELECT make_date(2024, 4, 1)", "SELECT MAKE_DATE(2024, 4, 1)", None),
        (
            "SELECT a, sum(n) FROM (SELECT * FROM t) GROUP BY ALL ORDER BY ALL",
            None,
            "SELECT a, SUM(n) FROM (SELECT * FROM t) AS without_a_name_0 GROUP BY 1 ORDER BY 1, 2",
        ),
        (
            "SELECT date_diff('year', a, b) / c / d FROM t",
            "SELECT CAST(CAST((EXTRACT(YEAR FROM b) - EXTRACT(YEAR FROM a)) AS DOUBLE) / c AS DOUBLE) / d FROM t",
            None,
        ),
        ("SELECT count(x) FILTER (y) FROM t", "SELECT COUNT(x) FILTER(WHERE y) FROM t", None),
    ],
)
def test_what_the_engines_would_count_otherwise_is_said_in_other_words(duck, spark, postgres):
    for engine, expected in zip(ENGINES, (spark, postgres), strict=True):
        assert expected is None or in_the_words_of(engine, duck) == expected


def test_months_between_two_days_are_those_that_began():
    [(found,)] = duckdb.execute("SELECT date_diff('month', DATE '2023-12-31', DATE '2024-02-01')").fetchall()
    said = in_the_words_of("spark", "SELECT date_diff('month', DATE '2023-12-31', DATE '2024-02-01')")
    assert duckdb.execute(sqlglot.transpile(said, read="spark", write="duckdb")[0]).fetchall() == [(found,)] == [(2,)]


def test_all_columns_but_some_are_listed_for_an_engine_that_has_no_word_for_it():
    query = "SELECT t.* EXCLUDE (b), 1 AS b FROM t"
    assert in_the_words_of("spark", query) == "SELECT t.* EXCEPT (b), 1 AS b FROM t"
    said = in_the_words_of("postgres", query, tables={"t": {"a": "INT", "b": "INT", "c": "INT"}})
    assert said == "SELECT t.a AS a, t.c AS c, 1 AS b FROM t AS t"
    with pytest.raises(ValueError, match="not known"):
        in_the_words_of("postgres", query)


def test_parameters_are_written_in_the_order_in_which_they_are_read():
    query = "WITH one AS (SELECT ? AS a) SELECT ? AS b FROM one WHERE c = ? AND d = ?"
    said = in_the_words_of("spark", query, (1, "O'Brien", date(2024, 2, 29), None))
    first = "WITH one AS (SELECT 1 AS a) SELECT 'O\\'Brien' AS b FROM one "
    assert said == first + "WHERE c = CAST('2024-02-29' AS DATE) AND d = NULL"


@pytest.mark.parametrize("parameters", [(), (1, 2)])
def test_parameters_that_are_too_few_or_too_many_are_refused(parameters):
    with pytest.raises(ValueError, match="argument"):
        in_the_words_of("spark", "SELECT ?", parameters)


class Session:
    """Stands in for a session of Spark: it answers each query with the same rows, and keeps what it was asked."""

    def __init__(self, *rows: tuple[object, ...]) -> None:
        self.rows, self.asked, self.views = rows, [], {}
        self.catalog = SimpleNamespace(tableExists=lambda name: name in self.views)

    def sql(self, query: str) -> SimpleNamespace:
        self.asked.append(query)
        return SimpleNamespace(collect=lambda: list(self.rows), createOrReplaceTempView=self._view(query))

    def createDataFrame(self, table: Any) -> SimpleNamespace:  # noqa: N802 - the name that Spark gives it
        return SimpleNamespace(createOrReplaceTempView=self._view(table))

    def _view(self, content: object) -> Any:
        return lambda name: self.views.update({name: content})


def test_rows_come_back_from_spark_as_those_of_duckdb_do():
    found = SparkTables(Session((date(2024, 1, 1), Decimal("1.50"), None, 3))).execute("SELECT 1")
    assert found.fetchone() == (date(2024, 1, 1), 1.5, None, 3)
    assert found.fetchone() is None
    assert found.fetchall() == []


def test_spark_is_asked_once_for_what_does_not_change():
    session = Session((1,))
    tables = SparkTables(session)
    assert tables.execute("SELECT ?", [1]).fetchall() == tables.execute("SELECT ?", [1]).fetchall() == [(1,)]
    tables.execute("SELECT ?", [2])
    assert session.asked == ["SELECT 1", "SELECT 2"]


def test_the_working_days_of_spark_are_those_of_duckdb_and_are_made_once():
    session, con = Session(), duckdb.connect()
    for _ in range(2):
        make_working_days(SparkTables(session))
        make_working_days(con)
    days = session.views["working_days_until"]
    expected = con.execute("SELECT day, n FROM working_days_until ORDER BY day").fetchall()
    assert list(zip(days["day"].to_pylist(), days["n"].to_pylist(), strict=True)) == expected
    assert len(session.asked) == 1
    assert has_table(SparkTables(session), "nth_working_day")
    assert not has_table(con, "another")
