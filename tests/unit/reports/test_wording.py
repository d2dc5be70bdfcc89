"""Figures in words: what stands beside a figure that would mislead alone."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import policy, publish
from earlyhelp.reports.wording import days_of, over_years, when_of


def said(measure_id: str, first: date, definition: str = "rate") -> str:
    measure = CATALOGUE[measure_id].defined_as(definition)
    figure = Figure(Period(first, date(2026, 3, 31)), {}, 100, 10_000)
    return over_years(publish(Figures(measure, (), [figure]), policy("dfe")))


def test_a_rate_of_several_years_says_over_how_many():
    assert said("A1", date(2023, 4, 1)).startswith("This rate counts the events of 3.0 years together")


@pytest.mark.parametrize(
    ("measure", "first", "definition"),
    [("A1", date(2025, 4, 1), "rate"), ("A1", date(2023, 4, 1), "default"), ("C1", date(2023, 4, 1), "rate")],
    ids=["a year", "a count", "open on one day"],
)
def test_a_rate_of_a_year_or_of_one_day_and_a_count_say_nothing(measure, first, definition):
    assert said(measure, first, definition) == ""


@pytest.mark.parametrize(
    ("measure", "when"), [("A1", "1 April 2025 to 31 March 2026"), ("C1", "on 31 March 2026")], ids=["events", "a day"]
)
def test_a_figure_is_about_the_days_of_its_events_or_about_one_day(measure, when):
    wanted = CATALOGUE[measure]
    figure = Figure(Period(date(2025, 4, 1), date(2026, 3, 31)), {}, 100, None)
    [row] = publish(Figures(wanted, (), [figure]), policy("dfe")).rows
    assert when_of(row, wanted) == when


@pytest.mark.parametrize(
    ("measure", "last", "days"),
    [
        ("A1", date(2026, 3, 31), "year to 31 March 2026"),
        ("A1", date(2026, 1, 5), "1 April 2025 to 5 January 2026"),
        ("C1", date(2026, 1, 5), "on 5 January 2026"),
    ],
    ids=["a whole year", "a year that is not over", "open on one day"],
)
def test_only_a_whole_year_is_called_a_year(measure, last, days):
    wanted = CATALOGUE[measure]
    figure = Figure(Period(date(2025, 4, 1), last), {}, 100, None)
    [row] = publish(Figures(wanted, (), [figure]), policy("dfe")).rows
    assert days_of(row, wanted) == days


def test_nothing_is_said_where_there_are_no_figures():
    assert over_years(publish(Figures(CATALOGUE["A1"].defined_as("rate"), ()), policy("dfe"))) == ""
