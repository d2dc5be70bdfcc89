"""Counts by ward and small area, repeats and changes, against slow obvious counting."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.places.areas import Areas
from earlyhelp.evaluate.places.incidents import ROUTES, Records, Told
from earlyhelp.evaluate.places.levels import Level, council, small_areas, wards, window_of
from earlyhelp.evaluate.places.repeat import repeats

LAST = date(2026, 3, 31)
WINDOW = window_of(LAST)
AREAS = Areas(("A1", "A2", "B1"), np.array([0, 0, 1]), ("A", "B"), np.array([100.0, np.nan, 300.0]), {"A": "Ashby"})

event = st.tuples(st.integers(-1, 2), st.integers(0, 4), st.integers(0, 1100))
"""Area, family and how many days ago."""


def told(rows: list[tuple[int, int, int]]) -> Told:
    area, family, ago = (np.array([row[place] for row in rows], dtype=np.int64) for place in range(3))
    return Told(area, family, np.ones(len(rows), dtype=bool), np.datetime64(LAST) - ago.astype("timedelta64[D]"))


def records(notified: list[tuple[int, int, int]], requested: list[tuple[int, int, int]]) -> Records:
    routes = {route.name: told([]) for route in ROUTES} | {"notifications": told(notified), "requests": told(requested)}
    return Records(AREAS, routes, date(2020, 1, 1), LAST)


def families(rows: list[tuple[int, int, int]], areas: set[int], since: int, until: int = 0) -> set[int]:
    return {family for area, family, ago in rows if area in areas and until <= ago < since}


def test_the_year_and_the_year_before_are_365_days_each_and_meet():
    assert (WINDOW.last - WINDOW.first).days == 364
    assert WINDOW.first - WINDOW.before_last == timedelta(days=1)
    assert (WINDOW.before_last - WINDOW.before_first).days == 364


@settings(max_examples=60)
@given(st.lists(event, max_size=12), st.lists(event, max_size=12))
def test_counts_are_those_of_slow_counting(notified, requested):
    for level, parts in (
        (wards(records(notified, requested), WINDOW), [{0, 1}, {2}]),
        (small_areas(records(notified, requested), WINDOW), [{0}, {1}, {2}]),
        (council(records(notified, requested), WINDOW), [{0, 1, 2}]),
    ):
        for place, areas in enumerate(parts):
            check(level, place, areas, notified, requested)


def check(level: Level, place: int, areas: set[int], notified, requested) -> None:
    police, others = families(notified, areas, 730), families(requested, areas, 730)
    assert level.incidents[place] == sum(area in areas and ago < 365 for area, _, ago in notified)
    assert level.before[place] == sum(area in areas and 365 <= ago < 730 for area, _, ago in notified)
    assert level.families[place] == len(families(notified, areas, 365))
    assert (level.notified[place], level.otherwise[place]) == (len(police), len(others))
    assert level.both[place] == len(police & others)


def test_a_ward_of_which_one_area_has_no_count_of_children_has_none_itself():
    level = wards(records([], []), WINDOW)
    assert np.isnan(level.children[0])
    assert level.children[1] == 300
    assert level.labels == ("Ashby", "B")


@settings(max_examples=80)
@given(st.lists(event, max_size=14))
def test_repeats_are_those_of_slow_counting(rows):
    rows = [row for row in rows if row[0] >= 0]
    found = repeats(told(rows), 3, WINDOW.before_first, WINDOW.before_last)
    followed, again = [0, 0, 0], [0, 0, 0]
    for family in {family for _, family, _ in rows}:
        own = sorted((-ago, area) for area, each, ago in rows if each == family)
        entered = [(day, area) for day, area in own if -730 < day <= -365]
        if entered:
            day, area = entered[0]
            followed[area] += 1
            again[area] += any(day < other <= day + 365 for other, _ in own)
    assert found.followed.tolist() == followed
    assert found.again.tolist() == again


def test_whoever_is_not_linked_is_in_no_repeat():
    rows = told([(0, 1, 500), (0, 1, 400)])
    nobody = Told(rows.area, rows.family, np.zeros(2, dtype=bool), rows.day)
    assert repeats(nobody, 3, WINDOW.before_first, WINDOW.before_last).followed.sum() == 0


def test_a_change_is_as_sure_as_poisson_where_each_family_is_told_of_once_and_less_sure_where_few_bring_all():
    once = [(0, family, 10) for family in range(20)] + [(0, 100 + family, 400) for family in range(10)]
    error = wards(records(once, []), WINDOW).change_error
    assert error[0] == pytest.approx(np.sqrt(1 / 20 + 1 / 10))
    assert np.isnan(error[1])
    few = [(0, family % 2, 10 + family) for family in range(20)] + [(0, 100 + family, 400) for family in range(10)]
    assert wards(records(few, []), WINDOW).change_error[0] == pytest.approx(np.sqrt(1 / 2 + 1 / 10))


def test_a_change_is_never_surer_than_single_incidents_would_make_it():
    steady = [(2, 1, 10), (2, 1, 400)]
    assert wards(records(steady, []), WINDOW).change_error[1] == pytest.approx(np.sqrt(2))
