"""Worklists: the cases that a measure counts, by its plain rule, in order of the event that put them there."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import CATALOGUE, Question, Standards, Statistic, calculate
from earlyhelp.measures.worklists import HEADINGS, worklist
from spec.dataset import snapshot
from unit.measures.council import TABLES

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
HAVE = [
    each for each in CATALOGUE.values() if not each.is_tally and each.statistic in (Statistic.SHARE, Statistic.COUNT)
]


def test_those_who_have_waited_long_on_the_day_the_longest_first():
    episodes = """
        episode_id | person_id | family_id | start_date | allocated_date | team
        1          | Ann       | Archer    | 2026-02-20 |                | North
        2          | Ben       | Barr      | 2026-01-20 |                | South
        3          | Cat       | Carr      | 2026-03-20 |                | North
        4          | Dan       | Dunn      | 2026-01-20 | 2026-03-31     | North
    """
    with snapshot({"eh_episode": episodes}, checked=False) as con:
        rows = worklist(con, CATALOGUE["B3"], STANDARDS)
    told = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    assert [(row["since"], row["unit"], row["team"]) for row in told] == [
        (date(2026, 2, 18), "Barr", "South"),
        (date(2026, 3, 21), "Archer", "North"),
    ]


REQUESTS = """
    contact_id | person_id | contact_date
    1          | Ann       | 2025-04-01
    2          | Ann       | 2026-03-30
    3          | Ann       | 2026-03-31
"""


def test_of_what_happens_on_a_day_the_last_so_many_days_are_listed():
    with snapshot({"contact": REQUESTS}, checked=False) as con:
        assert len(worklist(con, CATALOGUE["A1"], STANDARDS, days=2)) == 2
        assert len(worklist(con, CATALOGUE["A1"], STANDARDS, days=365)) == 3


def test_a_request_is_listed_under_its_child_so_that_two_of_one_child_are_seen_to_be():
    with snapshot({"contact": REQUESTS}, checked=False) as con:
        assert [row[1] for row in worklist(con, CATALOGUE["A1"], STANDARDS, days=365)] == ["Ann", "Ann", "Ann"]


def test_a_measure_whose_column_nobody_fills_lists_nobody():
    with snapshot({"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2026-01-01"}, checked=False) as con:
        assert worklist(con, CATALOGUE["B3"], STANDARDS) == []


def test_a_measure_without_cases_is_refused():
    with snapshot({}, checked=False) as con, pytest.raises(UsageProblem, match="K1"):
        worklist(con, CATALOGUE["K1"], STANDARDS)


@pytest.fixture(scope="module")
def council():
    return snapshot(TABLES)


@pytest.mark.parametrize("measure", HAVE, ids=lambda each: each.id)
def test_a_worklist_holds_as_many_units_as_the_measure_counts(measure, council):
    """Of the same days and without a split; parts of a measure that is never without one are summed."""
    asked = Question(first=date(2000, 1, 1), last=STANDARDS.as_at)
    figures = calculate(council, measure, STANDARDS, asked)
    rows = worklist(council, measure, STANDARDS, days=10_000)
    if not measure.fixed_splits:
        listed = len({row[1] for row in rows}) if measure.once else len(rows)
        assert listed == sum(figure.numerator or 0 for figure in figures.figures)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
