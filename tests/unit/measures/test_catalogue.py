"""The catalogue, entry by entry: complete, published, answerable, honest about what is missing, split as it offers."""

from __future__ import annotations

import csv
import re
from dataclasses import fields
from datetime import date

import duckdb
import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import CATALOGUE, Figures, Grain, Measure, Question, Standards, Statistic, calculate, splits_of
from earlyhelp.measures.children import ALL_AGES, TOLD_BY
from earlyhelp.measures.measure import Catalogue, Open
from earlyhelp.measures.placement import with_setting
from earlyhelp.measures.splits import GROUPS_OF_CHILDREN, NAMED, PLACES
from earlyhelp.release import policy, publish
from earlyhelp.standard import TABLES, Boolean, Column
from spec.dataset import parse, snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]
OVER_NOTHING = {Statistic.COUNT, Statistic.BALANCE}
"""Statistics without a denominator."""
MAY_BE_EMPTY = {
    "results",
    "along",
    "reference",
    "only_by",
    "gate",
    "kinds",
    "denominator",
    "days",
    "always_by",
    "also_by",
    "definitions",
}


def named(measure: Measure) -> str:
    return f"{measure.id}-{measure.definition}"


each_definition = pytest.mark.parametrize("measure", DEFINED, ids=named)


@pytest.fixture(scope="module")
def council() -> duckdb.DuckDBPyConnection:
    return snapshot(COUNCIL)


@each_definition
def test_every_field_is_filled(measure: Measure):
    values = {each.name: getattr(measure, each.name) for each in fields(measure)}
    assert [name for name, value in values.items() if value in ("", (), {}) and name not in MAY_BE_EMPTY] == []
    assert bool(measure.denominator) == (measure.statistic not in OVER_NOTHING)
    sentences = (measure.why, measure.source, measure.numerator, *measure.traps)
    assert [each for each in sentences if not each.endswith(".")] == []
    assert measure.question.endswith("?")


@each_definition
def test_kinds_that_may_not_be_held_are_those_of_a_split_that_the_measure_is_never_without(measure: Measure, council):
    for column, kinds in measure.kinds.items():
        codes = [code for code, _ in council.execute(f"SELECT {column.column_name}, told FROM ({kinds})").fetchall()]
        assert set(codes) <= set(measure.always_by[column.column_name].codes)


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=named)
def test_every_measure_is_the_published_one_of_its_number(measure: Measure, shared):
    with (shared / "research" / "measures.csv").open(encoding="utf-8") as stream:
        published = {row["id"]: row for row in csv.DictReader(stream)}[measure.id]
    ours, theirs = ({*re.findall(r"[a-z0-9]+", name.lower())} for name in (measure.name, published["name"]))
    assert len(ours & theirs) >= min(len(ours), len(theirs)) / 2, f"{measure.name} is published as {published['name']}"
    assert measure.better == published["better"]


def test_no_two_measures_have_one_number():
    with pytest.raises(TypeError, match="A1"):
        Catalogue([CATALOGUE["A1"], CATALOGUE["A1"]])


def test_a_definition_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        CATALOGUE["A1"].defined_as("workers")


@each_definition
def test_every_definition_has_an_answer_in_a_council_that_has_the_data(measure: Measure, council):
    rows = publish(calculate(council, measure, STANDARDS, Question()), policy("none")).rows
    assert "ok" in {row.status for row in rows}
    assert all(row.numerator is not None and row.value is not None for row in rows if row.status == "ok")


@pytest.mark.parametrize("column", dict.fromkeys(column for each in DEFINED for column in each.needs), ids=str)
def test_without_a_column_that_it_needs_a_measure_is_no_data_and_names_the_column(column: Column):
    assert TABLES[column.table_name].columns[column.column_name] is column
    rows = parse(COUNCIL[column.table_name])
    con = snapshot({**COUNCIL, column.table_name: [row | {column.column_name: None} for row in rows]})
    for measure in (each for each in DEFINED if column in each.needs):
        released = publish(calculate(con, measure, STANDARDS, Question()), policy("none"))
        assert str(column) in released.missing, named(measure)
        assert [(row.status, row.numerator) for row in released.rows] == [("no_data", None)], named(measure)


@pytest.mark.parametrize("measure", [m for m in DEFINED if m.statistic is Statistic.RATE], ids=named)
def test_a_rate_without_any_count_of_children_names_both_columns_that_could_tell(measure: Measure):
    con = snapshot({**COUNCIL, "place": [], "population": []})
    told_by = TOLD_BY[:1] if measure.ages != ALL_AGES else TOLD_BY[1:] if measure.along in PLACES else TOLD_BY
    assert {*map(str, told_by)} <= {*calculate(con, measure, STANDARDS, Question()).missing}
    of_places = TOLD_BY[:1] if measure.ages != ALL_AGES else TOLD_BY[1:]
    assert {*map(str, of_places)} <= {*calculate(con, measure, STANDARDS, Question(("lsoa",))).missing}


@each_definition
def test_every_split_that_is_offered_can_be_asked_for_and_loses_nothing(measure: Measure, council):
    sums = {Statistic.BALANCE, Statistic.RATIO, Statistic.DISPARITY}
    of_all = counted(calculate(council, measure, STANDARDS, Question()))
    for name, split in splits_of(measure).items():
        figures = calculate(council, measure, STANDARDS, Question((name,)))
        assert_answered(figures, name)
        if not (measure.once or split.many or measure.statistic in sums):
            assert counted(figures) == of_all, name


@pytest.mark.parametrize("measure", [each for each in CATALOGUE.values() if not each.is_tally], ids=named)
def test_every_period_that_is_offered_can_be_asked_for_with_a_split(measure: Measure, council):
    first_split = next(iter(splits_of(measure)), "")
    for grain in (each for each in Grain if each.months >= measure.finest.months):
        figures = calculate(council, measure, STANDARDS, Question((first_split,) if first_split else (), grain=grain))
        assert_answered(figures, first_split)


def assert_answered(figures: Figures, name: str) -> None:
    """Every figure stands under the split, unless the scale is what the statistic runs along; in order, none twice."""
    assert (
        not name
        or name in figures.by
        or (figures.measure.statistic is Statistic.SLOPE and name == figures.measure.along)
    )
    assert figures.figures, name
    assert all(figure.dims.keys() == set(figures.by) for figure in figures.figures)
    assert_in_order(figures)


def counted(figures: Figures) -> float:
    return sum(figure.numerator or 0 for figure in figures.figures)


def assert_in_order(figures: Figures) -> None:
    order = [(figure.period or (), tuple(figure.dims.values())) for figure in figures.figures]
    assert order == sorted(order)
    assert len(order) == len(set(order))


@each_definition
def test_all_splits_at_once_can_be_asked_for(measure: Measure, council):
    is_rate = measure.statistic in (Statistic.RATE, Statistic.SLOPE)
    offered = [
        name for name in splits_of(measure) if not (is_rate and name in GROUPS_OF_CHILDREN)
    ]  # not known by place
    figures = calculate(council, measure, STANDARDS, Question(tuple(offered)))
    assert figures.figures
    assert_in_order(figures)


@each_definition
def test_a_split_that_is_not_offered_is_refused_with_those_that_are(measure: Measure, council):
    with pytest.raises(UsageProblem) as problem:
        calculate(council, measure, STANDARDS, Question(("shoe_size",)))
    assert "shoe_size" in problem.value.error
    assert all(name in problem.value.fix for name in splits_of(measure))


@pytest.mark.parametrize("measure", [m for m in DEFINED if not (m.is_tally or m.only_by)], ids=named)
def test_every_code_yes_or_no_and_named_column_of_the_counted_table_is_a_split(measure: Measure):
    columns = measure.of.columns.items()
    wanted = {name for name, column in columns if column.coded or column.type is Boolean or name in NAMED}
    assert wanted <= splits_of(measure).keys()


@pytest.mark.parametrize("measure", [m for m in DEFINED if m.about_person and not (m.is_tally or m.only_by)], ids=named)
def test_what_is_known_of_the_person_and_the_place_is_a_split_unless_children_of_each_group_are_not_known(measure):
    offered = splits_of(measure).keys()
    assert {"lsoa", "ward_code", "locality", "imd_decile"} <= offered
    of_person = {"age_band", "sex", "ethnicity", "disability"}
    is_rate = measure.statistic in (Statistic.RATE, Statistic.SLOPE)
    of_children = set() if measure.along in PLACES else {"sex", "ethnicity"}
    assert offered & of_person == (of_children if is_rate else of_person)


@pytest.mark.parametrize("measure", [m for m in DEFINED if not m.is_tally], ids=named)
def test_the_rows_of_a_measure_give_what_its_statistic_needs(measure: Measure, council):
    calculate(council, measure, STANDARDS, Question())  # makes the calendar, where the rows read it
    columns = {each[0] for each in council.execute(with_setting(STANDARDS, f"FROM ({measure.rows})")).description}
    days = {"from_day", "to_day"} if isinstance(measure.time, Open) else {"day"}
    extra = {
        Statistic.SHARE: {"counted"},
        Statistic.MEDIAN: {"days", "ended"},
        Statistic.MEAN: {"amount"},
        Statistic.RATIO: {"amount", "side"},
        Statistic.DISPARITY: {"amount", "side"},
        Statistic.GAP: {"counted"},
    }.get(measure.statistic, set())
    person = {"person_id"} if measure.about_person else set()
    assert columns >= {"unit_id"} | person | days | extra | measure.always_by.keys()


@pytest.mark.parametrize("measure", [m for m in DEFINED if m.days], ids=named)
def test_days_alone_are_the_days_of_the_rows(measure: Measure, council):
    day = "from_day" if isinstance(measure.time, Open) else "day"
    above = " AND side = 'above'" if measure.statistic is Statistic.DISPARITY else ""
    [alone], [of_rows] = (
        council.execute(
            with_setting(STANDARDS, f"SELECT list(DISTINCT {day} ORDER BY {day}) FROM ({sql}) WHERE {told}")
        ).fetchall()
        for sql, told in ((measure.days, f"{day} IS NOT NULL"), (measure.rows, f"{day} IS NOT NULL{above}"))
    )
    assert alone == of_rows


def test_the_order_of_the_catalogue_is_the_published_one():
    assert list(CATALOGUE) == sorted(CATALOGUE, key=lambda each: (each[0], int(each[1:])))
