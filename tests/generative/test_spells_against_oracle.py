"""Spells, statutory starts and due days on made-up councils, against plain-Python oracles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.build.spells import make_spells
from earlyhelp.measures import CATALOGUE, Question, Standards, calculate
from generative import things
from generative.worlds import World, worlds
from spec.dataset import snapshot, whole_tables

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
MANY_EXAMPLES = settings(EXAMPLES, max_examples=10_000, derandomize=False)
WORLDS = worlds(("eh_episode", "social_care_event"))


@EXAMPLES
@given(world=WORLDS)
def test_spells_and_statutory_starts_agree_with_their_oracles(world: World):
    agree(world)


@pytest.mark.long
@MANY_EXAMPLES
@given(world=WORLDS)
def test_spells_and_statutory_starts_agree_with_their_oracles_on_ten_thousand_councils(world: World):
    agree(world)


def agree(world: World) -> None:
    con = whole_tables(world.tables)
    make_spells(con)
    episodes, events = world.rows("eh_episode"), world.rows("social_care_event")
    for table, who in (("child_help", "person_id"), ("family_help", "family_id")):
        expected = [
            (
                unit,
                each.start,
                each.end,
                *(number_of(episodes, row(each)) for row in (things.first_row, things.last_row)),
            )
            for unit, each in things.help_of(world, who)
        ]
        sql = f"SELECT {who}, start_date, end_date, first_record, last_record FROM {table}"
        assert in_order(con.execute(sql).fetchall()) == in_order(expected)
    starts = [(who, kind, day, number_of(events, row)) for who, kind, day, row in things.statutory_starts(world)]
    found = con.execute("SELECT person_id, type, start_date, record FROM statutory_start").fetchall()
    assert in_order(found) == in_order(starts)


def number_of(rows: list[dict[str, object]], row: object) -> int:
    """The row number that the dataset gives to a row."""
    return next(number for number, each in enumerate(rows, start=1) if each is row)


def in_order(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted(rows, key=str)


@settings(EXAMPLES, max_examples=20)
@given(
    starts=st.lists(st.dates(date(2019, 1, 1), date(2027, 12, 31)), min_size=5, max_size=40, unique=True),
    working_days=st.integers(1, 90),
)
def test_due_days_agree_with_counting_working_days_one_by_one(starts: list[date], working_days: int):
    rows = [
        {"assessment_id": str(number), "person_id": "Ann", "start_date": start, "completion_date": done}
        for number, start in enumerate(starts)
        for due in [things.due_day(start, working_days)]
        for done in [due + timedelta(days=number % 2)]  # every other one a day late
    ]
    with snapshot({"eh_assessment": rows}, checked=False) as con:
        [figure] = calculate(
            con, CATALOGUE["B6"], Standards(date(2029, 1, 1), {"assessment_working_days": working_days}), Question()
        ).figures
    assert figure.period is not None
    assert (figure.numerator, figure.denominator) == (sum(number % 2 == 0 for number in range(len(rows))), len(rows))
    assert figure.period.start == min(things.due_day(start, working_days) for start in starts)
