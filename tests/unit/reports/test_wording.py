"""Figures in words: what stands beside a figure that would mislead alone."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.economics.claims_guard import faults
from earlyhelp.measures import CATALOGUE, Figure, Figures, Period, splits_of
from earlyhelp.release import policy, publish
from earlyhelp.reports.wording import days_of, not_recorded, over_years, split_words, when_of


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


def test_what_is_not_recorded_is_told_by_what_it_means_and_then_by_its_name():
    assert not_recorded(["contact.level_requested", "eh_episode.end_date"]) == (
        "Not recorded: level of support asked for (contact.level_requested); day it closed (eh_episode.end_date)."
    )


def test_a_result_of_a_later_stage_keeps_its_own_words():
    assert (
        not_recorded(["break_even (worked out by economics)"]) == "Not recorded: break_even (worked out by economics)."
    )


def test_every_column_that_a_measure_needs_has_words_that_a_reader_knows():
    for measure in CATALOGUE.values():
        for column in measure.needs:
            assert not_recorded([str(column)]) != f"Not recorded: {column}."


def test_what_a_measure_needs_can_be_said_in_any_paper():
    """The guard of claims reads every paper: words that sound like a cause would keep it from being written."""
    for measure in CATALOGUE.values():
        said = not_recorded([str(column) for column in measure.needs]).replace("_", "")
        assert not faults(said, names=["a service"]), measure.id


def test_no_split_is_called_by_a_short_form_or_by_the_name_of_a_code():
    for measure in CATALOGUE.values():
        words = [split_words(name) for name in splits_of(measure)]
        assert not [each for each in words if each.endswith((" code", " urn", " id"))], measure.id
        assert not {"lsoa", "imd decile", "nfa", "sen status", "org type"} & set(words)


def test_no_two_splits_of_a_measure_are_called_alike():
    for measure in CATALOGUE.values():
        words = [split_words(name) for name in splits_of(measure)]
        assert len(words) == len(set(words)), measure.id
