"""Reading a series: what is used, what is left out and why, where baselines start anew, and what a signal means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from charted import USUAL, points, series
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.measure import Better, Statistic
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.measures.signals.control_chart import ChartRules, Rule, limits
from earlyhelp.measures.signals.reading import Direction, Event, LeftOut, Point, direction, read, series_of
from earlyhelp.measures.signals.seasons import Season

thorough = settings(max_examples=60, deadline=None, derandomize=True)

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def found(reading):
    """Each signal as (rule, side, first month, last month)."""
    return [
        (s.rule, s.side, s.points[0].period.start.isoformat()[:7], s.last.start.isoformat()[:7])
        for s in reading.signals
    ]


# What a point is


@pytest.mark.parametrize(
    ("value", "status", "complaint"),
    [
        (None, "ok", "has a value when its status is ok"),
        (0, "suppressed", "has a value when its status is ok"),
        (3, "not_mature", "has a value when its status is ok"),
        (None, "unknown", "the status of a point must be one of"),
        (float("nan"), "ok", "finite"),
        (float("inf"), "ok", "finite"),
    ],
)
def test_a_value_that_does_not_go_with_its_status_is_refused(value, status, complaint):
    with pytest.raises(ValueError, match=complaint):
        Point(MARCH, value, status)


def test_zero_is_a_figure():
    assert Point(MARCH, 0).value == 0
    assert read(series([0] * 13)).processes[0].limits.mean == 0


@pytest.mark.parametrize(
    "second",
    [
        MARCH,
        Period(date(2026, 3, 15), date(2026, 4, 14)),
        Period(date(2026, 3, 31), date(2026, 4, 30)),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_points_out_of_order_or_overlapping_are_refused(second):
    with pytest.raises(ValueError, match="the points of A1 must be in order of time, one a month"):
        replace(series([]), points=[Point(MARCH, 1), Point(second, 2)])


# What is used


def test_nothing_that_is_no_figure_is_in_the_mean_or_becomes_zero():
    figures = [*USUAL, "suppressed", "not_mature", "no_data", *USUAL]
    reading = read(series(figures))
    assert reading.processes[0].limits == limits([USUAL, USUAL], ChartRules())
    assert [(point.period.start.month, why) for point, why in reading.left_out] == [
        (1, LeftOut.SUPPRESSED),
        (2, LeftOut.NOT_MATURE),
        (3, LeftOut.NO_DATA),
    ]
    assert reading.processes[0].count == 24


@pytest.mark.parametrize("gap", ["suppressed", None])
def test_a_month_without_a_figure_ends_a_run_whether_it_has_a_point_or_none(gap):
    high, low = [130, 131] * 3 + [130], [100, 101] * 6
    assert (Rule.SHIFT, 1, "2026-01", "2026-07") in found(read(series([*low, *high])))
    assert Rule.SHIFT not in [
        rule for rule, side, *_ in found(read(series([*low, *high[:4], gap, *high[4:]]))) if side > 0
    ]


def test_an_unfinished_month_is_left_out():
    whole = series([*USUAL, 115, 20])
    cut = replace(whole.points[-1], period=Period(date(2026, 2, 1), date(2026, 2, 27)))
    reading = read(replace(whole, points=[*whole.points[:-1], cut]))
    assert reading.left_out == [(cut, LeftOut.UNFINISHED)]
    assert reading.newest.period.start == date(2026, 1, 1)
    assert read(whole).left_out == []


def test_a_quarter_and_a_year_are_whole_too():
    assert read(series([5] * 13, grain=Grain.QUARTER, first=date(2020, 4, 1))).left_out == []
    assert read(series([5] * 13, grain=Grain.YEAR, first=date(2010, 4, 1))).left_out == []
    assert len(read(series([5] * 13, grain=Grain.YEAR, first=date(2010, 4, 1))).processes[0].stretches) == 1


def test_a_share_of_fewer_than_thirty_is_left_out_and_one_of_thirty_is_not():
    shares = series([0.5] * 13, statistic=Statistic.SHARE, n=30)
    assert read(shares).left_out == []
    few = [replace(point, n=29) for point in shares.points]
    assert {why for _, why in read(replace(shares, points=few)).left_out} == {LeftOut.FEW}
    assert read(replace(shares, points=few), ChartRules(least_denominator=29)).left_out == []


def test_twelve_months_have_no_limits_and_no_signals_and_thirteen_have():
    figures = [*USUAL[:-1], 400]
    assert read(series(figures)).processes[0].too_few
    assert (read(series(figures)).judged, read(series(figures)).signals) == (False, [])
    thirteen = read(series([115, *figures]))
    assert (thirteen.judged, found(thirteen)[0]) == (True, (Rule.OUTSIDE, 1, "2026-01", "2026-01"))


def test_of_no_points_there_is_nothing_to_read():
    reading = read(series([]))
    assert (reading.newest, reading.judged, reading.current, reading.processes[0].count) == (None, False, [], 0)


# Events


FORM = Event(date(2026, 1, 1), "the new form")


def test_a_baseline_starts_anew_at_an_event():
    before, after = [*USUAL, 115], [each + 100 for each in [*USUAL, 115]]
    reading = read(series([*before, *after], events=[Event(date(2026, 2, 1), "the new form")]))
    assert [process.limits for process in reading.processes] == [
        limits([before], ChartRules()),
        limits([after], ChartRules()),
    ]
    assert [process.since and process.since.name for process in reading.processes] == [None, "the new form"]
    assert reading.signals == []
    assert found(read(series([*before, *after]))) != []


def test_after_an_event_there_are_no_limits_until_there_are_thirteen_months():
    reading = read(series([*USUAL, 115, 300, 301], first=date(2024, 12, 1), events=[FORM]))
    assert [process.too_few for process in reading.processes] == [False, True]
    assert (reading.processes[1].count, reading.judged, reading.current) == (2, False, [])
    assert reading.newest.value == 301


def test_an_event_without_any_month_after_it_is_still_the_latest_process():
    reading = read(series(USUAL, events=[FORM]))
    assert [process.count for process in reading.processes] == [12, 0]
    assert reading.newest.value == USUAL[-1]


def test_an_event_before_the_first_month_leaves_no_empty_process_before_it():
    reading = read(series(USUAL, events=[Event(date(2020, 1, 1), "lockdown")]))
    assert [(process.since.name, process.count) for process in reading.processes] == [("lockdown", 12)]


@pytest.mark.parametrize(
    ("day", "left_out", "counts"),
    [
        (date(2025, 3, 1), [], [2, 10]),
        (date(2025, 3, 2), [3], [2, 9]),
        (date(2025, 3, 31), [3], [2, 9]),
        (date(2025, 4, 1), [], [3, 9]),
    ],
)
def test_the_month_within_which_an_event_falls_is_left_out(day, left_out, counts):
    reading = read(series(USUAL, events=[Event(day, "the new form")]))
    assert [point.period.start.month for point, why in reading.left_out if why is LeftOut.EVENT] == left_out
    assert [process.count for process in reading.processes] == counts


def test_events_are_taken_in_order_of_time_and_no_run_reaches_over_one():
    rising = [100 + place for place in range(26)]
    middle = Event(date(2026, 2, 1), "the new form")
    later = Event(date(2027, 3, 1), "lockdown")
    reading = read(series(rising, events=[later, middle]))
    assert [process.count for process in reading.processes] == [13, 13, 0]
    trends = [each[2:] for each in found(reading) if each[0] is Rule.TREND]
    assert trends == [("2026-02", "2027-02"), ("2025-01", "2026-01")]


# Signals


def test_signals_come_the_latest_first_and_within_a_month_by_rule():
    reading = read(series([*USUAL, 117, 119, 121, 124, 130, 135, 200]), ChartRules(baseline=12))
    assert [each[0] for each in found(reading)] == [Rule.OUTSIDE, Rule.SHIFT, Rule.TWO_OF_THREE, Rule.TREND]
    ends = [signal.last.end for signal in reading.signals]
    assert ends == sorted(ends, reverse=True)


def test_only_a_signal_in_which_the_latest_month_takes_part_is_current():
    assert [signal.rule for signal in read(series([*USUAL, 200])).current] == [Rule.OUTSIDE]
    past = read(series([200, *USUAL]))
    assert (len(past.signals), past.current) == (1, [])


def test_a_signal_tells_the_limits_it_was_held_against():
    reading = read(series([*USUAL, 200]))
    expected = limits([[*USUAL, 200]], ChartRules())
    [signal] = reading.signals
    assert (signal.mean, signal.lower, signal.upper) == (expected.mean, expected.lower, expected.upper)
    assert (signal.count, [point.value for point in signal.points], signal.seasonal) == (1, [200], False)


def test_a_baseline_is_held_for_the_months_that_follow():
    grown = [*USUAL, *[each + 30 for each in USUAL]]
    held = read(series(grown), ChartRules(baseline=12))
    assert held.processes[0].limits.mean == pytest.approx(sum(USUAL) / 12)
    assert (Rule.SHIFT, 1, "2025-12", "2026-12") in found(held)


@pytest.mark.parametrize(
    ("better", "before", "after", "means"),
    [
        (Better.HIGHER, 10, 12, Direction.IMPROVEMENT),
        (Better.HIGHER, 10, 8, Direction.CONCERN),
        (Better.HIGHER, 10, 10, Direction.NEITHER),
        (Better.LOWER, 10, 12, Direction.CONCERN),
        (Better.LOWER, 10, 8, Direction.IMPROVEMENT),
        (Better.CONTEXT, 10, 12, Direction.NEITHER),
        (Better.CONTEXT, 10, 8, Direction.NEITHER),
        (Better.EVEN, 10, 12, Direction.NEITHER),
        (Better.ZERO, 2, 5, Direction.CONCERN),
        (Better.ZERO, -2, -5, Direction.CONCERN),
        (Better.ZERO, 5, -2, Direction.IMPROVEMENT),
        (Better.ZERO, 5, -5, Direction.NEITHER),
        (Better.BAND, 10, 12, Direction.CONCERN),
        (Better.BAND, 10, 8, Direction.CONCERN),
        (Better.BAND, 13, 11, Direction.IMPROVEMENT),
    ],
)
def test_what_a_move_means_by_the_way_the_measure_should_go(better, before, after, means):
    assert direction(better, before, after, usual=10) is means


@pytest.mark.parametrize("better", [Better.HIGHER, Better.LOWER])
@pytest.mark.parametrize(
    "figures", [[*USUAL, 200], [*USUAL, 20], [*[90, 110] * 6, *range(90, 97)], [*[90, 110] * 6, *range(110, 103, -1)]]
)
def test_each_rule_points_the_way_its_figures_went(better, figures):
    good = 1 if better is Better.HIGHER else -1
    for signal in read(series(figures, better=better)).signals:
        assert signal.direction is (Direction.IMPROVEMENT if signal.side == good else Direction.CONCERN)


@pytest.mark.parametrize(("run", "means"), [(range(-6, 6), Direction.IMPROVEMENT), (range(-5, 7), Direction.CONCERN)])
def test_a_trend_is_read_from_its_first_figure_to_its_last(run, means):
    """Where zero is right, from -6 to 5 is nearer and from -5 to 6 is farther, though both pass through zero."""
    figures = [*run, 0, 0]
    [trend] = [
        signal
        for signal in read(series(figures, better=Better.ZERO, statistic=Statistic.DIFFERENCE)).signals
        if signal.rule is Rule.TREND
    ]
    assert (len(trend.points), trend.direction) == (12, means)


def test_every_way_a_measure_may_be_meant_to_move_can_be_read():
    for better in Better:
        assert direction(better, 1, 2, 1) in Direction


# From released rows


@dataclass(frozen=True)
class Row:
    period_start: date | None
    period_end: date | None
    value: float | None
    denominator: float | None
    status: str


def test_released_rows_become_a_series_in_order_of_time():
    rows = [
        Row(date(2025, 2, 1), date(2025, 2, 28), None, 12, "suppressed"),
        Row(date(2025, 1, 1), date(2025, 1, 31), 0.25, 40, "ok"),
        Row(None, None, 0.3, 52, "ok"),
        Row(None, date(2025, 3, 31), 0.3, 52, "ok"),
        Row(date(2025, 3, 1), None, 0.3, 52, "ok"),
    ]
    measure = CATALOGUE["B6"]
    made = series_of(measure, rows, Grain.MONTH, [FORM], name="On time in the North team")
    assert made.points == [
        Point(Period(date(2025, 1, 1), date(2025, 1, 31)), 0.25, "ok", 40),
        Point(Period(date(2025, 2, 1), date(2025, 2, 28)), None, "suppressed", 12),
    ]
    assert (made.measure, made.name, made.better, made.statistic) == (
        "B6",
        "On time in the North team",
        measure.better,
        Statistic.SHARE,
    )
    assert (list(made.events), made.unit, series_of(measure, [], Grain.MONTH).name) == ([FORM], "", measure.name)


@pytest.mark.parametrize(
    ("statistic", "per", "unit", "n"),
    [
        (Statistic.COUNT, 1, "", None),
        (Statistic.MIX, 1, "", 40),
        (Statistic.MEDIAN, 1, "days", None),
        (Statistic.RATE, 10_000, "per 10,000 children", 40),
        (Statistic.RATIO, 100, "per 100", None),
        (Statistic.RATIO, 2, "per 2", None),
        (Statistic.RATIO, 1, "", None),
    ],
)
def test_the_unit_of_a_figure_and_what_is_a_denominator_follow_from_the_statistic(statistic, per, unit, n):
    measure = replace(CATALOGUE["A1"], statistic=statistic, per=per)
    made = series_of(measure, [Row(*MARCH, 3, 40, "ok")], Grain.MONTH)
    assert (made.unit, made.points[0].n) == (unit, n)


# Properties


@thorough
@given(st.lists(st.one_of(st.integers(80, 120), st.just("suppressed")), min_size=13, max_size=40))
def test_moving_all_figures_up_moves_the_limits_and_keeps_the_signals(figures):
    moved = [each if isinstance(each, str) else each + 1000 for each in figures]
    one, other = (read(series(each, statistic=Statistic.DIFFERENCE)) for each in (figures, moved))
    assert found(one) == found(other)
    assert one.processes[0].season is other.processes[0].season
    if one.judged and other.judged:
        assert other.processes[0].limits.mean == pytest.approx(one.processes[0].limits.mean + 1000)


@thorough
@given(st.lists(st.integers(80, 120), min_size=13, max_size=30))
def test_a_series_upside_down_has_the_same_signals_on_the_other_side(figures):
    one = read(series(figures, statistic=Statistic.DIFFERENCE, better=Better.HIGHER))
    other = read(series([-each for each in figures], statistic=Statistic.DIFFERENCE, better=Better.LOWER))
    turned = [(rule, -side, first, last) for rule, side, first, last in found(other)]
    assert turned == found(one)
    assert [signal.direction for signal in one.signals] == [signal.direction for signal in other.signals]


def test_a_season_is_sought_with_three_years_only():
    assert read(series(USUAL * 2)).processes[0].season is Season.TOO_FEW
    assert read(series([100, 110, 105] * 12)).processes[0].season is not Season.TOO_FEW
    assert len(points(USUAL, date(2025, 1, 1), Grain.MONTH)) == 12
