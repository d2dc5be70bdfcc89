"""measure --engine spark tells what measure tells, and leaves nothing behind. `make test-spark` runs these."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.journeys.conftest import EXAMPLE, earlyhelp

from earlyhelp import answering
from earlyhelp.measures import CATALOGUE, Figures, Question, Statistic, calculate
from earlyhelp.measures.on_spark import count_on_spark
from earlyhelp.store.files import read_json
from earlyhelp.store.spark import Spark, run_on_spark, working_folder
from earlyhelp.store.workspace import Workspace, open_workspace

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="needs pyspark, which .venv-spark has: make test-spark"),
]

ON_SPARK = ("--engine", "spark", "--master", "local[2]", "--json")
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]
ONE_OF_EACH_STATISTIC = {measure.statistic: measure for measure in reversed(DEFINED)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example council, run, in a folder with a space in its path."""
    folder = tmp_path_factory.mktemp("councils") / "the example"
    assert earlyhelp("init", folder, "--council", "E06000999").code == 0
    for file in EXAMPLE.iterdir():
        shutil.copy(file, folder / "inbox")
    assert earlyhelp("run", folder, "--json").code in (0, 3)
    return open_workspace(folder)


def test_all_definitions_split_by_quarter_are_told_as_the_embedded_engine_tells_them_certificates_and_all(
    example: Workspace,
) -> None:
    asked = ("measure", example.root, "A1", "--definition", "all", "--by", "age_band", "--period", "quarter")
    here, there = earlyhelp(*asked, "--json"), earlyhelp(*asked, *ON_SPARK)
    assert there.code == 0, there.out
    assert there.json == here.json
    assert len(there.json["definitions"]) > 1
    assert list(example.counting.iterdir()) == []


def test_a_measure_that_follows_people_comes_with_the_range_of_linkage(example: Workspace) -> None:
    here, there = (earlyhelp("measure", example.root, "G3", *more) for more in (["--json"], ON_SPARK))
    assert there.json == here.json


def test_one_measure_of_each_statistic_is_read_from_the_files_of_a_snapshot_as_duckdb_reads_it(
    example: Workspace,
) -> None:
    seen = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    wanted = [(measure, Question(grain=measure.grain_of(None))) for measure in ONE_OF_EACH_STATISTIC.values()]
    with answering.opened(example) as reading:
        spark = Spark("local[2]", example.counting, seen, memory="2g")
        found = count_on_spark(example.snapshot_folder(), spark, reading.standards, wanted)
        expected = [calculate(reading.con, measure, reading.standards, asked) for measure, asked in wanted]
    assert ONE_OF_EACH_STATISTIC.keys() == set(Statistic)
    told = {measure.id: (each.figures, ours) for (measure, _), each, ours in zip(wanted, found, expected, strict=True)}
    assert {name: pair for name, pair in told.items() if not are_the_same(*pair)} == {}


def are_the_same(one: Figures, other: Figures) -> bool:
    """Whether two answers are equal, numbers to 1e-9."""
    return plain(one) == plain(other) and numbers(one) == pytest.approx(numbers(other), rel=1e-9, nan_ok=True)


def plain(figures: Figures) -> tuple[object, ...]:
    each = [(figure.period, dict(figure.dims), figure.mature, figure.estimate is None) for figure in figures.figures]
    return (figures.measure.id, figures.by, figures.missing, figures.closed, each)


def numbers(figures: Figures) -> list[float]:
    """All numbers of all figures; what is not known is no number."""
    nothing = (None, None, None)
    told = [
        (each.numerator, each.denominator, *(each.estimate or nothing), *(each.net_of or ()), *(each.against or ()))
        for each in figures.figures
    ]
    return [float("nan") if number is None else number for each in told for number in each]


def test_no_row_can_be_read_in_what_spark_writes_while_it_counts(tmp_path: Path) -> None:
    seen = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    spark = Spark("local[2]", tmp_path, {**seen, "PYTHONPATH": str(Path(__file__).parent)}, memory="1g")
    readable = {}
    for as_counting_does in (False, True):
        with working_folder(spark) as folder:
            run_on_spark("shuffled_rows", folder, spark, {"as_counting_does": as_counting_does}, before="it had ended")
            files, readable[as_counting_does] = read_json(folder / "found.json")
            assert files
    assert readable[True] == 0 < readable[False], "without the settings of counting the name can be read"


def test_a_master_that_spark_does_not_know_is_told_by_the_kind_of_the_trouble(example: Workspace) -> None:
    ended = earlyhelp("measure", example.root, "A1", "--engine", "spark", "--master", "nowhere", "--json")
    assert ended.code == 1
    assert "Spark ended before it had counted" in ended.json["error"]
    assert "--master nowhere" in ended.json["where"]
    assert list(example.counting.iterdir()) == []
