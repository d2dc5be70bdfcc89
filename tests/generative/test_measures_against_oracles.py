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
    "imd_decile",
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
EXAMPLES = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=SLOW)
MANY_EXAMPLES = settings(EXAMPLES, max_examples=300, derandomize=False)


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
    if measure.statistic in (Statistic.RATE, Statistic.SLOPE) and not _children_are_told(world, measure, asked):
        return True
    missing = (None, "not_recorded")
    told = [column for column in measure.needs if not column.sensitivity.on_identity_side]  # of those the rules tell
    return any(all(row.get(each.column_name) in missing for row in world.rows(each.table_name)) for each in told)


def _children_are_told(world: World, measure: Measure, asked: Question) -> bool:
    """Whether anybody tells how many children there are of each place or each sex; of both at once nobody does."""
    places = {"ward_code", "imd_decile"} & {*asked.by, measure.along}
    if {"sex", "ethnicity"} & {*asked.by}:
        return bool(world.rows("population")) and not places and measure.ages == "0-17"
    if measure.ages != "0-17":
        return bool(world.rows("population")) and not places
    return bool(world.rows("place") or (world.rows("population") and not places))


def as_plain(found: Figures) -> list[tuple[Any, ...]]:
    return [
        (
            tuple(figure.period or ()),
            dict(figure.dims),
            _rounded(figure.numerator),
            _rounded(figure.denominator),
            figure.mature,
            None if figure.estimate is None or figure.estimate.value is None else round(figure.estimate.value, 6),
            figure.against,
        )
        for figure in found.figures
    ]


def _rounded(count: float | None) -> float | None:
    """Counts are exact; sums of parts agree to nine places."""
    return None if count is None else round(count, 9)


def plain(expected: oracle.Expected, found: Figures) -> tuple[Any, ...]:
    dims = dict(zip(found.by, expected.dims, strict=True))
    median = None if expected.median is None else round(float(expected.median), 6)
    counts = (_rounded(expected.numerator), _rounded(expected.denominator), expected.mature)
    return (expected.period, dims, *counts, median, expected.against)
