"""The time of year: when a pattern is sought, when it is found, and what is then told of the figures."""

from __future__ import annotations

from datetime import date
from statistics import fmean, linear_regression, median

import numpy as np
import pytest
from charted import series
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kruskal

from earlyhelp.measures.periods import Grain
from earlyhelp.measures.signals.control_chart import ChartRules, Rule, limits
from earlyhelp.measures.signals.reading import read
from earlyhelp.measures.signals.seasons import NO_PATTERN, Pattern, Season, kruskal_wallis, pattern, widening

SCHOOL_YEAR = [100, 104, 110, 96, 102, 98, 80, 40, 118, 112, 108, 72]
"""Requests by month, January first: few in August and December, many in September."""

WOBBLE = [3, -3, 2, -2, 1, -1, -3, 3, -2, 2, -1, 1, -3, 3, 0]


def years(count: int, effects: list[float] = SCHOOL_YEAR) -> list[float]:  # type: ignore[assignment]
    return [effects[place % 12] + WOBBLE[place % 15] for place in range(12 * count)]


def sought(figures, months=None, in_year=12):
    places = list(range(len(figures)))
    return pattern(months or [place % 12 + 1 for place in places], places, figures, in_year)


def test_holidays_are_no_signal_once_there_are_three_years_of_them():
    figures = years(3)
    reading = read(series(figures, first=date(2023, 1, 1)))
    assert reading.processes[0].season is Season.ALLOWED_FOR
    assert reading.signals == []


def test_a_month_that_is_unusual_for_its_time_of_year_is_found_though_others_are_higher():
    figures = years(4)
    figures[-5] = 80  # an August with as many as a July
    reading = read(series(figures, first=date(2022, 1, 1)))
    outside = [signal for signal in reading.signals if signal.rule is Rule.OUTSIDE]
    assert [(signal.last.start, signal.side, signal.seasonal) for signal in outside] == [(date(2025, 8, 1), 1, True)]
    assert outside[0].lower < outside[0].mean < outside[0].upper < 80 < min(years(4)[8:11])


def test_limits_are_told_for_the_month_and_hold_all_usual_figures_of_that_month():
    figures = years(4)
    process = read(series(figures, first=date(2022, 1, 1))).processes[0]
    august = process.pattern.with_season(process.limits.mean, 8)
    assert august == pytest.approx(np.mean([figures[place] for place in range(7, 48, 12)]), abs=1.5)


@pytest.mark.parametrize(("months", "season"), [(35, Season.TOO_FEW), (36, Season.ALLOWED_FOR)])
def test_a_pattern_takes_three_figures_of_each_month(months, season):
    assert read(series(years(4)[:months], first=date(2022, 1, 1))).processes[0].season is season


def test_a_gap_makes_one_month_too_few():
    figures = years(3)
    gone = [*figures[:20], None, *figures[21:]]
    assert read(series(gone, first=date(2023, 1, 1))).processes[0].season is Season.TOO_FEW


def test_a_month_that_never_comes_is_too_few():
    months = [place % 11 + 1 for place in range(44)]
    assert sought(years(4)[:44], months)[0] is Season.TOO_FEW


def test_quarters_have_seasons_from_three_years_on_and_years_have_none():
    quarters = [100, 60, 110, 130] * 5
    process = read(
        series([each + WOBBLE[i] for i, each in enumerate(quarters[:15])], grain=Grain.QUARTER, first=date(2021, 4, 1))
    ).processes[0]
    assert process.season is Season.ALLOWED_FOR
    assert set(process.pattern.effects) == {1, 4, 7, 10}
    assert read(series(quarters, grain=Grain.YEAR, first=date(2001, 4, 1))).processes[0].season is Season.NOT_FOUND
    assert sought([1.0, 2, 3], [4, 4, 4], in_year=1) == (Season.NOT_FOUND, NO_PATTERN)


def test_without_a_pattern_nothing_is_taken_out():
    figures = np.random.default_rng(7).normal(100, 10, 48).tolist()
    assert sought(figures) == (Season.NOT_FOUND, NO_PATTERN)
    assert all(NO_PATTERN.without(5, month) == NO_PATTERN.with_season(5, month) == 5 for month in range(1, 13))


def test_figures_all_alike_have_no_pattern():
    assert sought([0.1] * 36) == (Season.NOT_FOUND, NO_PATTERN)


def test_growth_is_no_season_and_does_not_hide_one():
    assert sought([100.0 + 2 * place for place in range(36)])[0] is Season.NOT_FOUND
    grown = [each + 3 * place for place, each in enumerate(years(4))]
    season, found = sought(grown)
    assert season is Season.ALLOWED_FOR
    assert found.effects == pytest.approx(
        dict(enumerate([each - np.mean(SCHOOL_YEAR) for each in SCHOOL_YEAR], 1)), abs=5
    )


def test_a_gap_has_its_length_on_the_line_that_takes_out_growth():
    """Two steps a month, with a year missing: on the true places the line is exact and nothing is left over."""
    places = [*range(24), *range(36, 60)]
    season, _ = pattern([place % 12 + 1 for place in places], places, [2.0 * place for place in places], 12)
    assert season is Season.NOT_FOUND
    figures = [2.0 * place + SCHOOL_YEAR[place % 12] for place in places]
    _, found = pattern([place % 12 + 1 for place in places], places, figures, 12)
    assert found.effects[9] - found.effects[8] == pytest.approx(118 - 40, abs=2)


def slow_effects(places: list[int], figures: list[float]) -> dict[int, float]:
    """Month by month, in plain words: what is left over the straight line, its middle, less the mean of the middles."""
    slope, start = linear_regression(places, figures)
    left = [(place % 12 + 1, each - start - slope * place) for place, each in zip(places, figures, strict=True)]
    middles = {month: median([each for of, each in left if of == month]) for month in range(1, 13)}
    return {month: middle - fmean(middles.values()) for month, middle in middles.items()}


@pytest.mark.parametrize("gone", [[], [13, 14, 30]])
def test_effects_agree_with_a_slow_calculation_also_in_a_series_that_grows_faster_and_faster(gone):
    places = [place for place in range(60) if place not in gone]
    figures = [SCHOOL_YEAR[place % 12] + WOBBLE[place % 15] + place**2 / 30 for place in places]
    season, found = pattern([place % 12 + 1 for place in places], places, figures, 12)
    assert season is Season.ALLOWED_FOR
    assert found.effects == pytest.approx(slow_effects(places, figures))
    spread: list[float | None] = [None] * 60
    for place, each in zip(places, figures, strict=True):
        spread[place] = each
    assert read(series(spread, first=date(2021, 1, 1))).processes[0].pattern.effects == pytest.approx(found.effects)


def test_effects_add_up_to_nothing_and_are_what_the_month_differs_by():
    _, found = sought(years(4))
    assert sum(found.effects.values()) == pytest.approx(0)
    assert found.effects[8] == pytest.approx(40 - np.mean(SCHOOL_YEAR), abs=2)


def test_one_odd_figure_does_not_make_its_month_odd():
    figures = years(3)
    odd = [each + 60 if place == 31 else each for place, each in enumerate(figures)]
    assert sought(odd)[1].effects[8] == pytest.approx(sought(figures)[1].effects[8], abs=6)


def test_limits_are_wider_by_what_taking_out_the_season_took_from_the_variation():
    assert widening(Season.ALLOWED_FOR, 36, 12) == pytest.approx(1.2)
    assert widening(Season.NOT_FOUND, 36, 12) == widening(Season.TOO_FEW, 36, 12) == 1
    figures = years(3)
    process = read(series(figures, first=date(2023, 1, 1))).processes[0]
    left = [process.pattern.without(each, place % 12 + 1) for place, each in enumerate(figures)]
    assert process.limits == limits([left], ChartRules(), widened=1.2)
    assert process.limits.moving_range == pytest.approx(1.2 * limits([left], ChartRules()).moving_range)


def test_taking_the_season_out_and_putting_it_in_again_gives_the_figure():
    of_months = Pattern({1: 0.5, 2: -1.5})
    assert (of_months.without(30, 1), of_months.with_season(30, 1)) == (29.5, 30.5)
    assert of_months.with_season(of_months.without(30, 2), 2) == 30


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=2, max_size=6))
def test_the_chance_of_groups_as_different_is_scipys_and_1_where_all_are_equal(groups):
    flat = [each for group in groups for each in group]
    if len(set(flat)) == 1:
        assert kruskal_wallis(groups) == 1
    else:
        assert kruskal_wallis(groups) == pytest.approx(kruskal(*groups).pvalue, rel=1e-9, abs=1e-12)


def test_the_limit_of_chance_is_one_in_a_hundred(monkeypatch):
    for chance, season in [(0.0099, Season.ALLOWED_FOR), (0.01, Season.NOT_FOUND)]:
        monkeypatch.setattr("earlyhelp.measures.signals.seasons.kruskal_wallis", lambda groups, chance=chance: chance)
        assert sought(years(3))[0] is season
