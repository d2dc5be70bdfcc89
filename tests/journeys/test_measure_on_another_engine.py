"""measure --engine spark, as far as it goes without Spark: what is refused, and what is made of what Spark counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

from earlyhelp import answering
from earlyhelp.link.thresholds import under_each_bound
from earlyhelp.measures import Measure, Question, Standards, calculate
from earlyhelp.measures.on_spark import Counted
from earlyhelp.store import spark as spark_module
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.spark import Spark


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The measures that Spark was asked to count, each time it was started; DuckDB counted them in its place."""
    heard: list[str] = []

    def count(
        snapshot: Path, spark: Spark, standards: Standards, wanted: Sequence[tuple[Measure, Question]]
    ) -> list[Counted]:
        heard.append(" ".join(f"{measure.id}-{measure.definition}" for measure, _ in wanted) + f" on {spark.master}")
        con = read_tables(snapshot, spark.scratch)
        told = [(each, calculate(con, *each[:1], standards, each[1])) for each in wanted]
        [(last, asked)] = wanted[-1:]
        under = under_each_bound(con, lambda: calculate(con, last, standards, asked)) if last.id == "G3" else []
        con.close()
        return [Counted(figures, under, 0.0) for _, figures in told]

    monkeypatch.setattr(answering, "count_on_spark", count)
    monkeypatch.setattr(spark_module, "find_spec", lambda name: object())
    return heard


def test_where_spark_is_not_installed_the_command_ends_with_3_and_says_what_to_install(
    thornbridge: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(spark_module, "find_spec", lambda name: None)
    refused = earlyhelp("measure", thornbridge, "A1", "--engine", "spark")
    assert refused.code == 3
    assert refused.out == ""
    assert "pip install 'earlyhelp[spark]'" in refused.err


def test_a_master_without_spark_and_an_engine_there_is_not_are_refused(thornbridge: Path):
    alone = earlyhelp("measure", thornbridge, "A1", "--master", "local[2]", "--json")
    assert (alone.code, alone.json["fix"]) == (2, "Add --engine spark.")
    assert earlyhelp("measure", thornbridge, "A1", "--engine", "abacus").code == 2


def test_a_measure_or_a_definition_there_is_not_is_refused_before_spark_is_started(
    thornbridge: Path, counted: list[str]
):
    for wrong in (["A99"], ["A1", "--definition", "mine"]):
        assert earlyhelp("measure", thornbridge, *wrong, "--engine", "spark").code == 2
    assert counted == []


@pytest.mark.parametrize("asked", [["A1", "--by", "source_code", "--period", "quarter"], ["G3"]])
def test_what_spark_counted_is_released_as_ever_with_the_same_certificates_and_ranges(
    thornbridge: Path, counted: list[str], asked: list[str]
):
    here = earlyhelp("measure", thornbridge, *asked, "--json")
    there = earlyhelp("measure", thornbridge, *asked, "--engine", "spark", "--json")
    assert (there.code, there.json) == (0, here.json)
    assert all(row["certificate"] for row in there.json["rows"])
    assert counted == [f"{asked[0]}-default on local[*]"]


def test_all_definitions_are_counted_by_spark_started_once(thornbridge: Path, counted: list[str]):
    here = earlyhelp("measure", thornbridge, "A1", "--definition", "all", "--json")
    there = earlyhelp(
        "measure", thornbridge, "A1", "--definition", "all", "--engine", "spark", "--master", "x", "--json"
    )
    assert there.json == here.json
    assert counted == ["A1-default A1-children A1-families A1-rate on x"]
