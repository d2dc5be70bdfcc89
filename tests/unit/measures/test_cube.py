"""The cube: what was counted once for a snapshot gives the very figures that `calculate` gives when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from earlyhelp.measures import CATALOGUE, Figures, Grain, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.cube import make_cube
from earlyhelp.measures.cube_reading import read_cube
from spec.dataset import snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
PLACED = [measure for measure in CATALOGUE.values() if not measure.is_tally]
CONTACTS = """
    contact_id | person_id | contact_date | team  | source_code
    1          | Ann       | 2023-02-10   | North | 1A
    2          | Ann       | 2023-02-20   | North | 1A
    3          | Ann       | 2024-02-29   | South | 2A
"""


@pytest.fixture(scope="module")
def council() -> Iterator[duckdb.DuckDBPyConnection]:
    with snapshot(COUNCIL) as con:
        assert make_cube(con, STANDARDS, CATALOGUE.values()) == {}
        yield con


def alike(found: Figures | None, expected: Figures) -> None:
    """The same figures, of the same types; sums and variances agree as far as the order of adding up allows."""
    assert found is not None
    assert (found.by, found.missing, found.closed) == (expected.by, expected.missing, expected.closed)
    assert [plain(each) for each in found.figures] == [plain(each) for each in expected.figures]


def plain(figure: object) -> tuple:
    period, dims, numerator, denominator, mature, estimate, net_of, against = figure
    kinds = type(numerator), type(denominator)
    numbers = [numerator, denominator, *(estimate or ()), *(net_of or ()), *(against or ())]
    close = [None if number is None else pytest.approx(number, rel=1e-9, abs=1e-9) for number in numbers]
    return period, dims, mature, kinds, estimate is None, net_of is None, against is None, close


def every_question(measure: Measure) -> Iterator[Question]:
    for grain in (each for each in Grain if each.months >= measure.finest.months):
        for by in ((), *((name,) for name in splits_of(measure))):
            yield Question(by, grain=grain)


@pytest.mark.parametrize("measure", PLACED, ids=lambda measure: measure.id)
def test_every_figure_of_the_cube_is_the_one_that_is_calculated(measure: Measure, council):
    for asked in every_question(measure):
        alike(read_cube(council, measure, STANDARDS, asked), calculate(council, measure, STANDARDS, asked))
