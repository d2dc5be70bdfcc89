"""Every measure finds on Spark what it finds in DuckDB. `make test-spark` runs these.

Two snapshots: the small council in which every measure has an answer, and some hundred councils that Hypothesis makes up,
stacked. In the stack each council's numbers, people, families and case systems bear its name, so that each measure runs
once over all councils and still tells of each, split by case system.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from earlyhelp.measures import CATALOGUE, Figures, Grain, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.engines import SparkTables
from earlyhelp.standard import TABLES, Key
from earlyhelp.store import spark_session
from earlyhelp.store.spark import Spark, variables
from generative.counted import GROUPS
from generative.things import STANDARDS
from generative.worlds import AREA, Rows, World, worlds
from spec.dataset import snapshot
from unit.measures.council import TABLES as COUNCIL

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="needs pyspark, which .venv-spark has: make test-spark"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),  # those through which Spark hands rows over
]

COUNCILS_PER_GROUP = 8
AS_AT = date(2025, 6, 30)
SHARED = ("place", "population")
"""Tables of the stack that are told once: all councils lie in one area."""
FEED: Rows = [{"feed_id": "feed", "source_system": "mosaic 1", "extract_date": AS_AT, "rows": 100}]
"""One feed for all, which does not say from when on: a first day covered by one would hide what others did before it."""
NAMES = {name for table in TABLES.values() for name, column in table.columns.items() if column.type is Key} | {
    "person_id",
    "family_id",
}
"""Columns whose values name something of one council alone."""
SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""Settings with which Spark does not plan and compile longer than it counts."""
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]


def drawn(group: str) -> list[World]:
    """Some councils with the tables that the measures of a group read, the same ones each time."""
    found: list[World] = []
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    @settings(
        max_examples=COUNCILS_PER_GROUP,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=checks,
    )
    @given(worlds(GROUPS[group][1]))
    def draw(world: World) -> None:
        found.append(world)

    draw()
    return found


def stacked(found: list[World]) -> dict[str, Rows]:
    """The rows of all councils by table, each council's under its own names."""
    rows: dict[str, Rows] = {}
    for number, world in enumerate(found):
        for table in world.tables.keys() - {*SHARED, "feed"}:
            rows.setdefault(table, []).extend(of_council(number, row) for row in world.tables[table])
    shared = {table: max((world.rows(table) for world in found), key=len) for table in SHARED}
    return {table: told for table, told in (rows | shared | {"feed": FEED}).items() if told}


def of_council(number: int, row: dict[str, Any]) -> dict[str, Any]:
    own = {name: f"{number}:{value}" for name, value in row.items() if name in NAMES and value is not None}
    if row.get("source_system") in ("mosaic", "eclipse"):  # others have a meaning of their own
        own["source_system"] = f"{row['source_system']} {number}"
    return row | own


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("spark")
    seen = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in variables(folder, Spark("local[2]", folder, seen)).items():
            environment.setenv(name, value)
        with spark_session.session(folder, {"master": "local[2]", "memory": "2g"}) as started:
            yield started


def on_spark(session: Any, con: duckdb.DuckDBPyConnection) -> SparkTables:
    """The tables of a connection as views that no other test sees."""
    own = session.newSession()
    for name, value in SMALL.items():
        own.conf.set(name, value)
    for (name,) in con.execute("SELECT table_name FROM information_schema.tables").fetchall():
        table = con.execute(f'SELECT * FROM "{name}"').to_arrow_table()
        own.createDataFrame(table).createOrReplaceTempView(name)
    return SparkTables(own)


def differences(con: duckdb.DuckDBPyConnection, spark: SparkTables, standards: Standards, ask: Any) -> dict[str, str]:
    """By measure and definition, what Spark says otherwise; nothing where all is the same."""
    found = {}
    for place, measure in enumerate(DEFINED):
        asked = ask(place, measure)
        expected, told = calculate(con, measure, standards, asked), calculate(spark, measure, standards, asked)
        if (plain(told), told.missing, told.closed) != (plain(expected), expected.missing, expected.closed):
            found[f"{measure.id} {measure.definition}"] = f"{asked}: {plain(told)} for {plain(expected)}"
        elif not all(map(is_same, numbers(told), numbers(expected))):
            found[f"{measure.id} {measure.definition}"] = f"{asked}: {numbers(told)} for {numbers(expected)}"
    return found


def is_same(told: float | None, expected: float | None) -> bool:
    """Whether both say the same number, or both say none: to 1e-9, so that a count is the same to the last one."""
    if told is None or expected is None:
        return told is expected
    return math.isclose(told, expected, rel_tol=1e-9, abs_tol=1e-9)


def plain(figures: Figures) -> list[tuple[Any, ...]]:
    """Of each figure, what must be the same to the letter."""
    return [(each.period, dict(each.dims), each.mature) for each in figures.figures]


def numbers(figures: Figures) -> list[float | None]:
    """All numbers of all figures."""
    nothing = (None, None, None)
    return [
        number
        for each in figures.figures
        for number in (
            each.numerator,
            each.denominator,
            *(each.estimate or nothing),
            *(each.net_of or nothing[:2]),
            *(each.against or nothing[:2]),
        )
    ]


def by_each_split_in_turn(place: int, measure: Measure) -> Question:
    """A question about quarters, or years: split by one of the splits, another one for the next measure."""
    offered = sorted(splits_of(measure))
    by = (offered[place % len(offered)],) if offered else ()
    return Question(by, first=date(2022, 1, 1), grain=None if measure.is_tally else coarser(measure, Grain.QUARTER))


def by_council(_place: int, measure: Measure) -> Question:
    """A question about quarters, or years: split by case system where the measure can be, and so by council."""
    by = ("source_system",) if "source_system" in splits_of(measure) else ()
    return Question(by, first=date(2020, 1, 1), grain=None if measure.is_tally else coarser(measure, Grain.QUARTER))


def coarser(measure: Measure, grain: Grain) -> Grain:
    return max(measure.finest, grain, key=lambda each: each.months)


def test_every_measure_finds_on_spark_what_it_finds_in_duckdb_of_the_small_council(session: Any) -> None:
    con = snapshot(COUNCIL)
    standards = Standards(date(2026, 3, 31), area_code="E06000999")
    assert differences(con, on_spark(session, con), standards, by_each_split_in_turn) == {}


def test_every_measure_finds_on_spark_what_it_finds_in_duckdb_of_a_hundred_made_up_councils(session: Any) -> None:
    found = [world for group in GROUPS for world in drawn(group)]
    assert len(found) > 100
    con = snapshot(stacked(found), AS_AT)
    assert differences(con, on_spark(session, con), Standards(AS_AT, STANDARDS, area_code=AREA), by_council) == {}


def test_a_row_with_several_codes_in_two_columns_counts_on_spark_under_each_code_of_one_with_each_of_the_other(
    session: Any,
) -> None:
    con = snapshot(
        {
            "social_care_event": "event_id | person_id | type | start_date | factors\n1 | Ann | cin_episode | 2024-01-01 | 1A;2B",
            "person": "person_key | person_id | disability\n1 | Ann | MOB;HEAR;VIS",
            "eh_episode": "episode_id | person_id | start_date | end_date\n1 | Ann | 2022-01-01 | 2022-12-01",
        },
        checked=False,
    )
    asked = Question(("disability", "factors"))
    engines = (con, on_spark(session, con))
    found = [calculate(engine, CATALOGUE["G9"], Standards(date(2026, 3, 31)), asked) for engine in engines]
    assert len(found[0].figures) == 6
    assert found[0] == found[1]
