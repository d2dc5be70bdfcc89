"""Every measure on councils that Hypothesis makes up, against its plain-Python oracle: counts agree to the last one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.measures import CATALOGUE, Figures, Measure, Question, Standards, Statistic, calculate, splits_of
from generative import oracle
from generative.counted import COUNTED, GROUPS
from generative.things import STANDARDS
from generative.worlds import AREA, World, questions, worlds
from spec.dataset import snapshot

# Splits that the oracle knows; those a measure does not offer are left out for it.
SPLITS = (
    "source_code",
    "decision_code",
    "domestic_abuse",
    "org_type",
    "team",
    "end_reason_code",
    "source_system",
    "age_band",
    "sex",
    "disability",
    "ward_code",
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW)
MANY_EXAMPLES = settings(EXAMPLES, max_examples=1_500, derandomize=False)


def measures_of(group: str) -> list[Measure]:
    declared = [CATALOGUE[each] for each in GROUPS[group][0]]
    return [each.defined_as(name) for each in declared for name in ("default", *each.definitions)]


def test_every_measure_with_periods_has_an_oracle_and_is_in_a_group():
    placed = [each for each in CATALOGUE.values() if not each.is_tally]
    assert {(each.id, name) for each in placed for name in ("default", *each.definitions)} == set(COUNTED)
    assert {each.id for each in placed} == {each for ids, _ in GROUPS.values() for each in ids}


@pytest.mark.parametrize("group", GROUPS)
@EXAMPLES
@given(data=st.data())
def test_measures_agree_with_their_oracles(group: str, data: st.DataObject):
    agree(group, data)


@pytest.mark.long
@pytest.mark.parametrize("group", GROUPS)
@MANY_EXAMPLES
@given(data=st.data())
def test_measures_agree_with_their_oracles_on_ten_thousand_councils(group: str, data: st.DataObject):
    agree(group, data)


def agree(group: str, data: st.DataObject) -> None:
    world = data.draw(worlds(GROUPS[group][1]))
    standards = Standards(world.as_at, STANDARDS, data.draw(st.sampled_from([4, 1, 9])), AREA)
    with snapshot(world.tables, world.as_at, checked=False) as con:
        for measure in measures_of(group):
            offered = tuple(name for name in SPLITS if name in splits_of(measure))
            for asked in (Question(), data.draw(questions(world, offered, measure.finest))):
                found = calculate(con, measure, standards, asked)
                expected = (
                    [] if lacks(world, measure, asked) else oracle.answer(world, measure, asked, standards.year_starts)
                )
                assert as_plain(found) == [plain(each, found) for each in expected], (measure.id, found.by, asked)


def lacks(world: World, measure: Measure, asked: Question) -> bool:
    """Whether a column that the measure needs is empty throughout, or nobody tells how many children there are."""
    if measure.statistic is Statistic.RATE and not any(world.rows(table) for table in _tell_of_children(asked)):
        return True
    missing = (None, "not_recorded")
    return any(
        all(row[column.column_name] in missing for row in world.rows(column.table_name)) for column in measure.needs
    )


def _tell_of_children(asked: Question) -> tuple[str, ...]:
    """The tables that could tell how many children there are of each place or each sex; of both at once none."""
    if "sex" in asked.by:
        return () if "ward_code" in asked.by else ("population",)
    return ("place",) if "ward_code" in asked.by else ("place", "population")


def as_plain(found: Figures) -> list[tuple[Any, ...]]:
    return [
        (
            tuple(figure.period or ()),
            dict(figure.dims),
            figure.numerator,
            figure.denominator,
            figure.mature,
            None if figure.estimate is None or figure.estimate.value is None else round(figure.estimate.value, 9),
        )
        for figure in found.figures
    ]


def plain(expected: oracle.Expected, found: Figures) -> tuple[Any, ...]:
    dims = dict(zip(found.by, expected.dims, strict=True))
    median = None if expected.median is None else round(float(expected.median), 9)
    return (expected.period, dims, expected.numerator, expected.denominator, expected.mature, median)
