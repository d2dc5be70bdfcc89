"""Working days: the counting rule by example, and agreement with a slow second calendar written from the Act."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.standard.calendar import (
    FIRST_DAY,
    LAST_DAY,
    add_working_days,
    is_working_day,
    working_day_table,
    working_days_between,
)

thorough = settings(max_examples=200, deadline=None, derandomize=True)
ONE_DAY = timedelta(days=1)

days = st.dates(FIRST_DAY, LAST_DAY)
days_with_room = st.dates(FIRST_DAY + 200 * ONE_DAY, LAST_DAY - 200 * ONE_DAY)


# The slow second calendar: the Banking and Financial Dealings Act 1971, Schedule 1, and the proclamations since 1990.

MOVED = {  # the usual day -> the day kept instead
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
ADDED = {
    date(1999, 12, 31),
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}


def easter_sunday(year: int) -> date:
    """The Sunday after the full moon of the Church's tables on or after 21 March."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + skipped + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + (moon - weekday) * ONE_DAY


def monday(day: date, step: int) -> date:
    """The first Monday met from `day` on, going forward (step 1) or back (step -1)."""
    while day.weekday() != 0:
        day += step * ONE_DAY
    return day


@cache
def slow_holidays(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    usual = {
        easter - 2 * ONE_DAY,
        easter + ONE_DAY,
        monday(date(year, 5, 1), 1),
        monday(date(year, 5, 31), -1),
        monday(date(year, 8, 31), -1),
    }
    for feast in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while feast.weekday() > 4 or feast in usual:
            feast += ONE_DAY
        usual.add(feast)
    return frozenset({MOVED.get(day, day) for day in usual} | {day for day in ADDED if day.year == year})


def slow_is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in slow_holidays(day.year)


def slow_between(start: date, end: date) -> int:
    count = 0
    while start < end:
        start += ONE_DAY
        count += slow_is_working_day(start)
    return count


@pytest.mark.parametrize("year", range(FIRST_DAY.year, LAST_DAY.year + 1))
def test_every_day_of_every_year_agrees_with_the_calendar_written_from_the_act(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == slow_is_working_day(day), day
        day += ONE_DAY


@thorough
@given(days_with_room, st.integers(0, 120))
def test_counting_agrees_with_walking_day_by_day(start, length):
    end = start + length * ONE_DAY
    assert working_days_between(start, end) == slow_between(start, end)
    assert working_days_between(end, start) == -slow_between(start, end)


@thorough
@given(days_with_room, st.integers(1, 60))
def test_the_nth_working_day_after_a_day_is_a_working_day_that_many_away_and_the_first_of_them(day, n):
    due = add_working_days(day, n)
    assert is_working_day(due)
    assert working_days_between(day, due) == n
    assert working_days_between(day, due - ONE_DAY) == n - 1


@thorough
@given(days_with_room, st.integers(1, 60))
def test_counting_back_ends_on_the_working_day_before_which_n_less_1_lie(day, n):
    found = add_working_days(day, -n)
    assert found < day
    assert is_working_day(found)
    assert working_days_between(found, day - ONE_DAY) == n - 1


@thorough
@given(days, days, days)
def test_stretches_add_up_whatever_their_order(first, second, third):
    whole = working_days_between(first, third)
    assert working_days_between(first, second) + working_days_between(second, third) == whole


@thorough
@given(days_with_room, st.integers(0, 100))
def test_the_table_subtracted_counts_working_days(first, length):
    table = working_day_table(first, first + length * ONE_DAY)
    assert [day for day, _ in table] == [first + n * ONE_DAY for n in range(length + 1)]
    assert [up_to - table[0][1] for _, up_to in table] == [working_days_between(first, day) for day, _ in table]


# The counting rule by example. June 2024: Saturday 1, Sunday 2, Monday 3 ... Friday 7; no bank holiday.


@pytest.mark.parametrize(
    ("received", "decided", "took"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), 0),
        (date(2024, 6, 3), date(2024, 6, 4), 1),
        (date(2024, 6, 7), date(2024, 6, 8), 0),
        (date(2024, 6, 7), date(2024, 6, 10), 1),
        (date(2024, 6, 8), date(2024, 6, 10), 1),
        (date(2024, 6, 3), date(2024, 6, 10), 5),
        (date(2024, 5, 24), date(2024, 5, 28), 1),  # over the spring bank holiday of Monday 27 May
        (date(2024, 6, 4), date(2024, 6, 3), -1),
    ],
)
def test_the_day_of_receipt_never_counts_and_the_day_of_the_decision_does(received, decided, took):
    assert working_days_between(received, decided) == took


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (date(2024, 6, 3), 1, date(2024, 6, 4)),
        (date(2024, 6, 7), 1, date(2024, 6, 10)),
        (date(2024, 6, 8), 1, date(2024, 6, 10)),
        (date(2024, 6, 9), 1, date(2024, 6, 10)),
        (date(2024, 6, 3), 45, date(2024, 8, 5)),
        (date(2024, 6, 3), 0, date(2024, 6, 3)),
        (date(2024, 6, 8), 0, date(2024, 6, 8)),
        (date(2024, 6, 10), -1, date(2024, 6, 7)),
        (date(2024, 6, 9), -1, date(2024, 6, 7)),
    ],
)
def test_the_nth_working_day_after_or_before_a_day(day, n, found):
    assert add_working_days(day, n) == found


def test_a_time_of_day_does_not_matter():
    late, early = datetime.fromisoformat("2024-06-03T23:59"), datetime.fromisoformat("2024-06-04T00:01")
    assert is_working_day(late)
    assert working_days_between(late, early) == 1
    assert add_working_days(late, 0) == date(2024, 6, 3)


# The ends of the calendar.


def test_the_calendar_runs_from_the_first_day_of_1990_to_the_last_of_2060():
    table = working_day_table(date(1990, 1, 1), date(2060, 12, 31))
    assert table[:3] == [(date(1990, 1, 1), 0), (date(1990, 1, 2), 1), (date(1990, 1, 3), 2)]
    assert table[-1] == (date(2060, 12, 31), sum(slow_is_working_day(day) for day, _ in table))
    assert add_working_days(date(2060, 12, 30), 1) == date(2060, 12, 31)
    assert add_working_days(date(1990, 1, 3), -1) == date(1990, 1, 2)
    assert working_day_table(date(2024, 6, 3), date(2024, 6, 3)) == [(date(2024, 6, 3), table[12572][1])]


@pytest.mark.parametrize("outside", [date(1989, 12, 31), date(2061, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_with_its_span_and_without_the_day(outside):
    for question in (
        lambda: is_working_day(outside),
        lambda: working_days_between(outside, date(2024, 1, 1)),
        lambda: working_days_between(date(2024, 1, 1), outside),
        lambda: add_working_days(outside, 0),
        lambda: add_working_days(outside, 1),
        lambda: working_day_table(min(outside, FIRST_DAY), max(outside, FIRST_DAY)),
    ):
        with pytest.raises(ValueError, match="covers 1990-01-01 to 2060-12-31") as refusal:
            question()
        assert str(outside) not in str(refusal.value)


@pytest.mark.parametrize(("day", "n"), [(date(2060, 12, 31), 1), (date(1990, 1, 2), -1), (date(2024, 1, 1), 20_000)])
def test_an_answer_outside_the_calendar_is_refused(day, n):
    with pytest.raises(ValueError, match="the answer lies outside the calendar"):
        add_working_days(day, n)


def test_a_table_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="last day is before its first"):
        working_day_table(date(2024, 6, 4), date(2024, 6, 3))
