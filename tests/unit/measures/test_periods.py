"""Periods: months, quarters and years of a reporting year, with both ends included."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.measures import Grain, Period
from earlyhelp.measures.periods import periods

DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("grain", "year_starts", "found"),
    [
        (None, 4, [("2024-02-10", "2024-05-02")]),
        (Grain.MONTH, 4, [("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-31"), ("2024-04-01", "2024-04-30")]),
        (Grain.QUARTER, 4, [("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-05-02")]),
        (Grain.YEAR, 4, [("2023-04-01", "2024-03-31"), ("2024-04-01", "2024-05-02")]),
        (Grain.YEAR, 1, [("2024-01-01", "2024-05-02")]),
        (Grain.QUARTER, 12, [("2023-12-01", "2024-02-29"), ("2024-03-01", "2024-05-02")]),
    ],
)
def test_the_periods_that_hold_some_days(grain, year_starts, found):
    expected = [Period(date.fromisoformat(start), date.fromisoformat(end)) for start, end in found]
    assert periods(date(2024, 2, 10), date(2024, 5, 2), grain, year_starts)[: len(expected)] == expected


def test_years_begin_in_april_unless_told_otherwise():
    assert periods(date(2024, 4, 1), date(2024, 4, 1), Grain.YEAR)[0].start == date(2024, 4, 1)
    assert periods(date(2024, 3, 31), date(2024, 3, 31), Grain.YEAR)[0].start == date(2023, 4, 1)


def test_no_days_have_no_periods():
    assert periods(date(2024, 2, 10), date(2024, 2, 9), Grain.MONTH) == []


@given(DAYS, DAYS, st.sampled_from(Grain), st.integers(1, 12))
def test_periods_follow_each_other_day_on_day_and_hold_all_days(one, other, grain, year_starts):
    first, last = sorted((one, other))
    found = periods(first, last, grain, year_starts)
    assert found[0].start <= first <= found[0].end
    assert found[-1].end == last
    for earlier, later in pairwise(found):
        assert earlier.end + timedelta(days=1) == later.start
    assert all(each.start.day == 1 and (each.start.month - year_starts) % grain.months == 0 for each in found)
