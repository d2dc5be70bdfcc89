"""The cube: what was counted once for a snapshot gives the very figures that `calculate` gives when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.measures import CATALOGUE, Grain, Measure, Question, Standards, calculate, splits_of
from earlyhelp.measures.cube import FAILED, MOST_VALUES, make_cube, read_cube
from earlyhelp.measures.cube.medians import quantiles
from earlyhelp.measures.cube.units import pieces
from earlyhelp.measures.figures import Figure
from earlyhelp.statistics.survival import kaplan_meier
from generative.counted import GROUPS
from generative.things import STANDARDS as LOCAL
from generative.worlds import AREA, worlds
from spec.dataset import snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
PLACED = [measure for measure in CATALOGUE.values() if not measure.is_tally]
by_id = pytest.mark.parametrize("measure", PLACED, ids=lambda measure: measure.id)
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


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    with snapshot({"contact": CONTACTS}, checked=False) as con:
        yield con


def agree(con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards, asked: Question) -> None:
    """The same figures, of the same types; sums and variances agree as far as the order of adding up allows."""
    found, expected = read_cube(con, measure, standards, asked), calculate(con, measure, standards, asked)
    assert found is not None
    assert (found.by, found.missing, found.closed) == (expected.by, expected.missing, expected.closed)
    assert found.not_held == expected.not_held
    assert len(found.figures) == len(expected.figures), asked
    for one, other in zip(found.figures, expected.figures, strict=True):
        assert plain(one) == plain(other), asked
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-9, abs=1e-9), asked


def plain(figure: Figure) -> tuple[Any, ...]:
    """All of a figure but its numbers, of which it tells the types."""
    kinds = [tuple(type(each) for each in part or ()) for part in (figure.estimate, figure.net_of, figure.against)]
    return (
        figure.period,
        figure.dims,
        figure.mature,
        figure.met,
        type(figure.numerator),
        type(figure.denominator),
        kinds,
    )


def numbers(figure: Figure) -> list[float]:
    """The numbers of a figure that are known."""
    parts = (figure.estimate, figure.net_of, figure.against)
    told = [figure.numerator, figure.denominator, *(each for part in parts for each in part or ())]
    return [float(each) for each in told if each is not None]


def grains(measure: Measure) -> list[Grain]:
    return [each for each in Grain if each.months >= measure.finest.months]


def chosen_questions(measure: Measure) -> Iterator[Question]:
    """In total by one or two periods; by one, what is coded several times, what changes with the day, and some of the rest."""
    turn = PLACED.index(measure)
    yield from (
        Question(grain=grain)
        for grain in dict.fromkeys((grains(measure)[0], grains(measure)[turn % len(grains(measure))]))
    )
    for place, name in enumerate(splits_of(measure)):
        if name in ("disability", "age_band") or (turn + place) % 14 == 0:
            yield Question((name,), grain=grains(measure)[(turn + place) % len(grains(measure))])


@by_id
def test_figures_of_the_cube_are_the_ones_that_are_calculated(measure: Measure, council):
    for asked in chosen_questions(measure):
        agree(council, measure, STANDARDS, asked)


@pytest.mark.long
@by_id
def test_every_figure_of_the_cube_is_the_one_that_is_calculated(measure: Measure, council):
    for grain in grains(measure):
        for by in ((), *((name,) for name in splits_of(measure))):
            agree(council, measure, STANDARDS, Question(by, grain=grain))


@pytest.mark.parametrize("group", list(GROUPS)[::6])
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_on_made_up_councils_too(group: str, data: st.DataObject):
    on_a_made_up_council(group, data)


@pytest.mark.long
@pytest.mark.parametrize("group", GROUPS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_on_many_made_up_councils_too(group: str, data: st.DataObject):
    on_a_made_up_council(group, data)


def on_a_made_up_council(group: str, data: st.DataObject) -> None:
    ids, tables = GROUPS[group]
    world = data.draw(worlds(tables))
    standards = Standards(world.as_at, LOCAL, data.draw(st.sampled_from([4, 1, 9])), AREA)
    with snapshot(world.tables, world.as_at, checked=False) as con:
        assert make_cube(con, standards, [CATALOGUE[each] for each in ids]) == {}
        for measure in (CATALOGUE[each] for each in ids):
            by = data.draw(st.sampled_from([(), *((name,) for name in splits_of(measure))]))
            agree(con, measure, standards, Question(by, grain=data.draw(st.sampled_from(grains(measure)))))


def test_a_question_that_the_cube_does_not_hold_is_left_to_calculate(council):
    measure = CATALOGUE["A1"]
    other = replace(STANDARDS, as_at=date(2026, 3, 30))
    for asked in (
        Question(),
        Question(first=date(2023, 4, 1), grain=Grain.MONTH),
        Question(last=date(2024, 4, 1), grain=Grain.MONTH),
        Question(("team", "source_code"), grain=Grain.MONTH),
        Question(("colour",), grain=Grain.MONTH),
    ):
        assert read_cube(council, measure, STANDARDS, asked) is None
    by_month = Question(grain=Grain.MONTH)
    assert read_cube(council, measure, STANDARDS, by_month) is not None
    assert read_cube(council, measure, other, by_month) is None
    assert read_cube(council, measure.defined_as("children"), STANDARDS, by_month) is None
    assert read_cube(council, CATALOGUE["K1"], STANDARDS, by_month) is None
    assert read_cube(council, CATALOGUE["J1"], STANDARDS, by_month) is None


def test_a_snapshot_without_a_cube_is_left_to_calculate(small):
    assert read_cube(small, CATALOGUE["A1"], STANDARDS, Question(grain=Grain.MONTH)) is None


def test_a_measure_that_cannot_be_counted_is_named_and_the_others_are_counted(small):
    broken = replace(CATALOGUE["A1"], id="A99", rows="SELECT * FROM nowhere")
    assert make_cube(small, STANDARDS, [broken, CATALOGUE["A1"]]) == {"A99": "CatalogException"}
    told = small.execute("SELECT measure, status, problem FROM cube_measure ORDER BY measure").fetchall()
    assert told == [("A1", "told", None), ("A99", FAILED, "CatalogException")]
    assert read_cube(small, broken, STANDARDS, Question(grain=Grain.MONTH)) is None
    agree(small, CATALOGUE["A1"], STANDARDS, Question(("team",), grain=Grain.QUARTER))


def test_a_measure_whose_columns_are_empty_says_so_and_names_them(small):
    make_cube(small, STANDARDS, [CATALOGUE["A6"]])
    found = read_cube(small, CATALOGUE["A6"], STANDARDS, Question(grain=Grain.MONTH))
    assert found is not None
    assert found.missing == ("contact.decision_date",)


def test_a_split_of_more_values_than_the_cube_holds_is_left_to_calculate():
    def teams(count: int) -> list[dict[str, object]]:
        return [{"contact_id": str(n), "contact_date": "2024-01-01", "team": f"Team {n}"} for n in range(count)]

    for count, is_held in ((MOST_VALUES, True), (MOST_VALUES + 1, False)):
        with snapshot({"contact": teams(count)}, checked=False) as con:
            make_cube(con, STANDARDS, [CATALOGUE["A1"]])
            found = read_cube(con, CATALOGUE["A1"], STANDARDS, Question(("team",), grain=Grain.YEAR))
            assert (found is not None) == is_held


def test_the_rows_of_the_cube_are_what_was_met_and_nothing_else(small):
    make_cube(small, STANDARDS, [CATALOGUE["A1"]])
    rows = "SELECT split, value, period_start, numerator FROM cube WHERE grain = 'month' AND split IN ('', 'team') ORDER BY ALL"
    assert small.execute(rows).fetchall() == [
        ("", "", date(2023, 2, 1), 2),
        ("", "", date(2024, 2, 1), 1),
        ("team", "North", date(2023, 2, 1), 2),
        ("team", "South", date(2024, 2, 1), 1),
    ]


def test_a_family_open_twice_at_once_counts_once_and_one_that_comes_back_counts_again():
    episodes = """
        episode_id | person_id | family_id | start_date | end_date   | team
        1          | Ann       | Archer    | 2024-01-10 | 2024-04-10 | North
        2          | Ben       | Archer    | 2024-02-10 | 2024-03-10 | North
        3          | Ann       | Archer    | 2024-06-10 | 2024-07-10 | South
    """
    with snapshot({"eh_episode": episodes}, checked=False) as con:
        make_cube(con, STANDARDS, [CATALOGUE["C1"]])
        rows = "SELECT period_start, value, numerator FROM cube WHERE grain = 'month' AND split = 'team' ORDER BY ALL"
        assert con.execute(rows).fetchall() == [
            (date(2024, 1, 1), "North", 1),
            (date(2024, 2, 1), "North", 1),
            (date(2024, 3, 1), "North", 1),
            (date(2024, 6, 1), "South", 1),
        ]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    cells=st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=14), min_size=1, max_size=6
    ),
    q=st.sampled_from([0.5, 0.9]),
)
def test_quantiles_of_many_cells_are_those_of_each(cells: list[list[tuple[int, bool]]], q: float):
    rows = []
    for number, each in enumerate(cells):
        for day in sorted({day for day, _ in each}):
            ended = [has for other, has in each if other == day]
            rows.append((number, day, len(ended), sum(ended)))
    cell, *columns = (np.array(column) for column in zip(*rows, strict=True))
    days, followed, ending = (column.astype(float) for column in columns)
    for found, each in zip(quantiles(cell, days, followed, ending, q), cells, strict=True):
        curve = kaplan_meier([day for day, _ in each], [has for _, has in each])
        assert [None if np.isnan(bound) else float(bound) for bound in found] == list(curve.quantile(q))


def test_rows_alike_of_one_unit_cover_their_months_once_in_whatever_order_they_lie():
    con = duckdb.connect()
    for shuffled in range(5):  # 3,000 units, each with two stretches, each told of by fifteen rows that are alike
        con.execute(f"""
            CREATE OR REPLACE TABLE told AS
            SELECT i % 3000 AS unit_id, 'x' AS value, md5(i::VARCHAR) AS more,
                100 * (i // 3000 % 2) AS since, 20 + 100 * (i // 3000 % 2) AS until
            FROM range(90000) t(i) ORDER BY hash(i + {shuffled})
        """)
        for part in ("(FROM told)", "(FROM told WHERE hash(more) % 2 = 0)"):
            covered = pieces("unit_id, value", part)
            counted = con.execute(
                f"SELECT count(*), max(pieces), sum(months) FROM (SELECT count(*) AS pieces, sum(until - since) AS months "
                f"FROM ({covered}) GROUP BY unit_id)"
            ).fetchone()
            assert counted == (3000, 2, 3000 * 40)
    con.close()


@pytest.mark.parametrize(
    ("rows", "covered"),
    [
        ([(1, 5), (3, 8)], [(1, 5), (5, 8)]),  # the second brings what the first did not cover
        ([(1, 9), (3, 8)], [(1, 9)]),  # and nothing where it is within
        ([(1, 3), (3, 5)], [(1, 3), (3, 5)]),  # what touches is told as it is: sums by month are the same
        ([(1, 3), (1, 6)], [(1, 3), (3, 6)]),
    ],
)
def test_a_row_brings_the_months_that_none_before_it_has_covered(rows, covered):
    values = ", ".join(f"('A', {since}, {until})" for since, until in rows)
    with duckdb.connect() as con:
        found = con.execute(pieces("unit_id", f"(VALUES {values}) AS told(unit_id, since, until)")).fetchall()
    assert sorted((since, until) for _, since, until in found) == covered
