"""What passes between us and Spark when measures are counted there. A stand-in counts in DuckDB; none of it needs Spark."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from earlyhelp.errors import EarlyHelpError, UsageProblem
from earlyhelp.link.thresholds import BOUNDS, SPELLS, read_under
from earlyhelp.measures import CATALOGUE, Figure, Figures, Grain, Period, Question, Standards, calculate, on_spark
from earlyhelp.measures.figures import ClosedGate, Estimate, KindNotHeld
from earlyhelp.measures.on_spark import (
    FOUND,
    Counted,
    _figures,
    asked_as_json,
    asked_of,
    count_on_spark,
    figures_as_json,
    standards_as_json,
    standards_of,
)
from earlyhelp.store import spark as spark_module
from earlyhelp.store.files import write_json
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.spark import Spark
from spec.dataset import snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


@pytest.fixture(scope="module")
def council() -> duckdb.DuckDBPyConnection:
    return snapshot(COUNCIL)


@pytest.fixture(scope="module")
def folder(council: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small council as a snapshot. Under the high bound one person has no spell of statutory help, else all is the same."""
    found = tmp_path_factory.mktemp("snapshot")
    (found / "analysis").mkdir()
    tables = {name: name for (name,) in council.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    tables |= {f"{name}_{bound}": name for name in SPELLS for bound in BOUNDS}
    for name, table in tables.items():
        kept = "person_id <> (SELECT min(person_id) FROM statutory_start)" if name == "statutory_start_high" else "TRUE"
        file = f"{found}/analysis/{name}.parquet"
        council.execute(f"COPY (SELECT * FROM \"{table}\" WHERE {kept}) TO '{file}' (FORMAT parquet)")
    return found


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """What Spark's process would be asked; DuckDB answers it."""
    heard: list[Mapping[str, Any]] = []

    def run(module: str, folder: Path, spark: Spark, asked: Mapping[str, Any], *, before: str) -> None:
        told = through_json(asked)
        heard.append({**told, "module": module, "before": before})
        con = read_tables(Path(told["analysis"]).parent, folder)
        found = [{"figures": [], "seconds": 0.5} for _ in told["wanted"]]
        for bound in ("", *BOUNDS):
            if bound:
                read_under(con, bound)
            for each, here in zip(told["wanted"], found, strict=True):
                if not bound or bound in each["bounds"]:
                    measure, question = asked_of(each)
                    figures = calculate(con, measure, standards_of(told["standards"]), question)
                    here["figures"].append(figures_as_json(figures))
        con.close()
        write_json(folder / FOUND, found)

    monkeypatch.setattr(on_spark, "run_on_spark", run)
    monkeypatch.setattr(spark_module, "find_spec", lambda name: object())
    return heard


@pytest.mark.parametrize("measure", DEFINED, ids=lambda each: f"{each.id}-{each.definition}")
def test_the_figures_of_every_measure_come_back_as_they_were_counted(measure, council):
    grain = None if measure.is_tally else max(measure.finest, Grain.YEAR, key=lambda each: each.months)
    figures = calculate(council, measure, STANDARDS, Question(grain=grain))
    assert _figures(measure, through_json(figures_as_json(figures))) == figures
    assert figures.figures


def test_whole_numbers_stay_whole_and_what_is_not_known_stays_unknown():
    told = Figure(
        Period(date(2024, 4, 1), date(2024, 6, 30)),
        {"team": "North", "age_band": "5-9"},
        None,
        7,
        mature=False,
        estimate=Estimate(1 / 3, None, 2.5),
        net_of=(4, 6),
        against=(1.5, 2),
    )
    figures = Figures(CATALOGUE["A1"], ("team", "age_band"), [told, Figure(None, {}, 3, None)])
    [found, other] = _figures(CATALOGUE["A1"], through_json(figures_as_json(figures))).figures
    assert (found, other) == (told, Figure(None, {}, 3, None))
    assert list(found.dims) == ["team", "age_band"]
    assert type(found.denominator) is int


def test_missing_columns_closed_gates_and_kinds_not_held_come_back_too():
    for figures in (
        Figures(CATALOGUE["A1"], (), missing=("contact.contact_date",)),
        Figures(CATALOGUE["A1"], (), closed=(ClosedGate("contact.team", 0.25, 0.8),)),
        Figures(CATALOGUE["G2"], ("type",), not_held=(KindNotHeld("social_care_event.type", "cp_plan", "A plan"),)),
    ):
        assert _figures(figures.measure, through_json(figures_as_json(figures))) == figures


@pytest.mark.parametrize(
    "asked",
    [
        Question(),
        Question(("team", "age_band"), date(2024, 4, 1), date(2025, 3, 31), Grain.QUARTER),
        Question(last=date(2025, 3, 31)),
    ],
)
def test_a_question_is_asked_as_it_was_put(asked):
    for measure in (CATALOGUE["A1"], CATALOGUE["A1"].defined_as("families")):
        assert asked_of(through_json(asked_as_json(measure, asked))) == (measure, asked)
    assert standards_of(through_json(standards_as_json(STANDARDS))) == STANDARDS


def test_each_question_is_counted_by_one_process_in_the_order_in_which_they_are_asked(folder, stand_in, tmp_path):
    wanted = [(CATALOGUE["B1"], Question()), (CATALOGUE["A1"], Question(("team",), grain=Grain.YEAR))]
    found = count_on_spark(folder, Spark("local[2]", tmp_path), STANDARDS, wanted)
    con = read_tables(folder, tmp_path)
    assert found == [Counted(calculate(con, measure, STANDARDS, asked), [], 0.5) for measure, asked in wanted]
    assert [each["module"] for each in stand_in] == ["earlyhelp.measures.spark_process"]
    assert list(tmp_path.iterdir()) == []


def test_a_measure_that_follows_people_is_counted_under_each_bound_unless_it_is_split(folder, stand_in, tmp_path):
    wanted = [(CATALOGUE["G9"], Question()), (CATALOGUE["G9"], Question(("sex",))), (CATALOGUE["A1"], Question())]
    followed, split, other = count_on_spark(folder, Spark("local[2]", tmp_path), STANDARDS, wanted)
    assert [len(each.under) for each in (followed, split, other)] == [2, 0, 0]
    low, high = followed.under
    assert low == followed.figures
    at_most, less = (sum(figure.denominator for figure in each.figures) for each in (low, high))
    assert 0 < less < at_most


def test_under_the_bounds_nothing_is_counted_where_the_snapshot_holds_no_spells_of_them(folder, tmp_path):
    bare = tmp_path / "bare"
    (bare / "analysis").mkdir(parents=True)
    for path in (folder / "analysis").iterdir():
        if not path.stem.endswith(("_low", "_high")):
            (bare / "analysis" / path.name).symlink_to(path)
    assert on_spark._bounds_wanted(bare / "analysis", CATALOGUE["G9"], Question()) == []
    assert on_spark._bounds_wanted(folder / "analysis", CATALOGUE["G9"], Question()) == ["low", "high"]


def test_a_question_that_cannot_be_asked_is_refused_before_spark_is_started(folder, stand_in, tmp_path):
    with pytest.raises(UsageProblem, match="cannot be split by shoe_size"):
        count_on_spark(folder, Spark("local[2]", tmp_path), STANDARDS, [(CATALOGUE["A1"], Question(("shoe_size",)))])
    assert stand_in == []


def test_where_spark_ends_early_it_is_said_that_nothing_was_counted(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(spark_module, "find_spec", lambda name: object())
    monkeypatch.setattr(spark_module.sys, "executable", "false")
    spark = Spark("local[2]", tmp_path, {"JAVA_HOME": "/java"})
    with pytest.raises(EarlyHelpError, match="Spark ended before it had counted"):
        count_on_spark(folder, spark, STANDARDS, [(CATALOGUE["A1"], Question())])
    assert list(tmp_path.iterdir()) == []
