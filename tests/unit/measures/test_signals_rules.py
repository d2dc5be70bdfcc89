"""The rules of a control chart: their boundaries, and agreement with slow oracles that look at every window of points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from earlyhelp.measures.signals.control_chart import ChartRules, Limits, Rule, Span, compared, limits, met, trends

thorough = settings(max_examples=200, deadline=None, derandomize=True)

TEN = Limits(mean=10, moving_range=3)
"""Mean 10, limits 2.02 and 17.98, outer thirds below 4.68 and above 15.32."""


SEVEN = ChartRules()


def spans(figures: list[float], rule: Rule, rules: ChartRules = SEVEN) -> list[tuple[int, ...]]:
    return [(span.first, span.last, span.side, span.count) for each, span in met(figures, TEN, rules) if each is rule]


# The limits


def test_a_chart_of_few_figures_by_hand():
    """13 figures, 10 and 12 in turn: seven 10s and six 12s make a mean of 142/13; every moving range is 2."""
    found = limits([[10, 12] * 6 + [10]], ChartRules())
    assert found == Limits(pytest.approx(142 / 13), 2)
    assert (found.lower, found.upper) == (pytest.approx(142 / 13 - 5.32), pytest.approx(142 / 13 + 5.32))


def test_no_moving_range_reaches_over_a_gap():
    """Between 10 and 50 lies a month without a figure; all moving ranges that there are, are 0."""
    assert limits([[10] * 7, [50] * 6], ChartRules()) == Limits(pytest.approx(370 / 13), 0)


def test_there_are_no_limits_with_fewer_than_six_moving_ranges():
    assert limits([[1, 2, 3, 4, 5, 6], *([[7]] * 7)], ChartRules()) is None
    assert limits([[1, 2, 3, 4, 5, 6, 7], *([[8]] * 6)], ChartRules()) == Limits(pytest.approx(76 / 13), 1)


def test_a_baseline_rests_on_the_first_figures_alone_also_over_a_gap():
    held = limits([[4, 6, 4, 6, 4], [6, 4, 6, 4, 6, 4, 6, 90, 80], [70]], ChartRules(baseline=12))
    assert held == Limits(5, 2)


def test_screening_keeps_moving_ranges_that_are_all_alike_and_one_that_is_just_outlying_enough_to_stay():
    assert limits([[5.0] * 13], ChartRules(screen=True)) == Limits(5, 0)
    level = [0, 1] * 10
    assert limits([[*level, 4.75]], ChartRules(screen=True)).moving_range == pytest.approx(1)
    assert limits([[*level, 4.75]], ChartRules()).moving_range == pytest.approx((19 + 3.75) / 20)
    assert limits([[*level, 4.65]], ChartRules(screen=True)).moving_range == pytest.approx((19 + 3.65) / 20)


@pytest.mark.parametrize("wrong", [{"shift": 5}, {"shift": 9}, {"trend": 5}, {"trend": 9}, {"baseline": 11}])
def test_lengths_that_the_nhs_tools_do_not_take_are_refused(wrong):
    with pytest.raises(ValueError, match=r"6, 7 or 8|at least 12"):
        ChartRules(**wrong)


def test_lengths_that_they_take_are_taken():
    for rules in (ChartRules(shift=6, trend=8), ChartRules(shift=8, trend=6), ChartRules(baseline=12)):
        assert limits([[1.0] * 13], rules) == Limits(1, 0)


def test_the_declared_rules_are_seven_seven_no_baseline_no_screening_and_thirty():
    assert ChartRules() == ChartRules(shift=7, trend=7, baseline=None, screen=False, least_denominator=30)


def test_limits_that_are_widened_lie_so_many_times_as_far_from_the_mean():
    narrow, wide = (limits([[10, 12] * 7], ChartRules(), widened=each) for each in (1, 1.5))
    assert (wide.mean, wide.upper - wide.mean) == (narrow.mean, pytest.approx(1.5 * (narrow.upper - narrow.mean)))


def test_of_one_process_in_two_orders_of_size_the_limits_are_as_much_larger():
    figures = [3.0, 5, 4, 8, 6, 2, 7, 5, 4, 6, 3, 5, 4]
    one, thousand = limits([figures], ChartRules()), limits([[1000 * each for each in figures]], ChartRules())
    assert thousand.upper == pytest.approx(1000 * one.upper)


# The boundaries


def test_a_figure_on_a_limit_is_usual_and_one_just_beyond_it_is_not():
    assert [TEN.outside(each) for each in (17.98, 17.99, 2.02, 2.01, 10)] == [0, 1, 0, -1, 0]


def test_a_figure_on_the_line_of_the_outer_third_is_not_in_it():
    assert [TEN.outer(each) for each in (15.32, 15.33, 4.68, 4.67, 18, 2, 10)] == [0, 1, 0, -1, 1, -1, 0]


def test_figures_that_differ_by_rounding_alone_are_equal():
    assert compared(0.1 + 0.2, 0.3) == 0
    assert compared(1e-13, 0) == 0
    assert (compared(0.3001, 0.3), compared(0.2999, 0.3)) == (1, -1)
    assert (compared(1e-6, 0), compared(-1e-6, 0)) == (1, -1)


def test_every_figure_alike_gives_no_signal_at_all():
    figures = [0.1] * 13
    assert list(met(figures, limits([figures], ChartRules()), ChartRules())) == []


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("length", [6, 7, 8])
def test_a_shift_takes_so_many_figures_on_one_side_and_no_fewer(side, length):
    rules = ChartRules(shift=length)
    run = [10 + side * (1 + place % 2) for place in range(length)]
    other = [10 - side]
    assert spans([*other, *run, *other], Rule.SHIFT, rules) == [(1, length, side, length)]
    assert spans([*other, *run[1:], *other], Rule.SHIFT, rules) == []


def test_a_figure_on_the_mean_ends_a_shift():
    assert spans([11, 12] * 3 + [10] + [11, 12] * 3, Rule.SHIFT) == []


@pytest.mark.parametrize("length", [6, 7, 8])
def test_a_trend_takes_so_many_figures_its_ends_included(length):
    rules = ChartRules(trend=length)
    rising = [5 + place for place in range(length)]
    assert spans([6, *rising, 5], Rule.TREND, rules) == [(1, length, 1, length)]
    assert spans([6, *rising[1:], 5], Rule.TREND, rules) == []


def test_a_pause_ends_a_trend_and_a_turn_belongs_to_both():
    assert spans([1, 2, 3, 4, 4, 5, 6, 7], Rule.TREND) == []
    up_and_down = [4, 5, 6, 7, 8, 9, 10, 9, 8, 7, 6, 5, 4]
    assert spans(up_and_down, Rule.TREND) == [(0, 6, 1, 7), (6, 12, -1, 7)]


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([9, 16, 11, 16, 9], [(1, 3, 1, 2)]),  # two of three, the third on the same side
        ([9, 16, 9, 16, 9], []),  # the third on the other side
        ([9, 16, 10, 16, 9], []),  # the third on the mean
        ([9, 16, 11, 12, 16], []),  # two of four
        ([9, 16, 16, 11, 9], [(1, 2, 1, 2)]),  # told from the first outer figure to the last
        ([9, 11, 16, 16, 9], [(2, 3, 1, 2)]),
        ([9, 16, 16, 9], []),  # no window of three on one side
        ([9, 16, 16, 16, 9], [(1, 3, 1, 3)]),
        ([9, 19, 11, 16, 9], [(1, 3, 1, 2)]),  # one beyond the limit counts
        ([11, 4, 9, 4, 11], [(1, 3, -1, 2)]),
        ([16, 11, 16, 11, 16], [(0, 4, 1, 3)]),  # windows that overlap are told once
        ([16, 16, 11, 16, 16], [(0, 4, 1, 4)]),
        ([16, 16, 11, 11, 16, 16], [(0, 1, 1, 2), (4, 5, 1, 2)]),  # windows that only touch are two
        ([16, 16, 11, 4, 4, 9], [(0, 1, 1, 2), (3, 4, -1, 2)]),
        ([16, 4, 16], []),
        ([16, 16], []),
    ],
)
def test_two_of_three_in_the_outer_third(figures, found):
    assert spans(figures, Rule.TWO_OF_THREE) == found


def test_each_figure_beyond_a_limit_is_a_signal_of_its_own():
    assert spans([18, 19, 10, 2], Rule.OUTSIDE) == [(0, 0, 1, 1), (1, 1, 1, 1), (3, 3, -1, 1)]


# The slow oracles: every point is looked at in every window that holds it


FIGURES = st.lists(st.integers(0, 20), max_size=30)


def slow_limits(stretches: list[list[int]]) -> tuple[Fraction, Fraction] | None:
    """Mean and mean moving range in exact fractions, from the sentence that defines them."""
    figures = [each for stretch in stretches for each in stretch]
    ranges = []
    for stretch in stretches:
        for place in range(1, len(stretch)):
            ranges.append(abs(stretch[place] - stretch[place - 1]))
    if len(figures) <= 12 or len(ranges) <= 5:
        return None
    return Fraction(sum(figures), len(figures)), Fraction(sum(ranges), len(ranges))


@thorough
@given(st.lists(st.lists(st.integers(0, 500), max_size=9), max_size=6))
def test_limits_agree_with_the_sentence_that_defines_them(stretches):
    found, expected = limits(stretches, ChartRules()), slow_limits(stretches)
    assert (found is None) == (expected is None)
    if found and expected:
        assert (found.mean, found.moving_range) == (
            pytest.approx(float(expected[0])),
            pytest.approx(float(expected[1])),
        )
        assert found.upper - found.mean == pytest.approx(2.66 * float(expected[1]))
        assert found.mean - found.lower == pytest.approx(2.66 * float(expected[1]))


def marked(figures: list[float], rule: Rule, rules: ChartRules) -> dict[int, int]:
    """The points a rule marks, with the side; for two of three, the outer ones."""
    found = {}
    for each, span in met(figures, TEN, rules):
        if each is rule:
            for place in range(span.first, span.last + 1):
                if rule is not Rule.TWO_OF_THREE or TEN.outer(figures[place]):
                    found[place] = span.side
    return found


@thorough
@given(FIGURES, st.sampled_from([6, 7, 8]))
@example([11] * 7, 7)
def test_a_shift_is_every_window_of_points_on_one_side(figures, length):
    expected = {}
    for start in range(len(figures) - length + 1):
        window = figures[start : start + length]
        if all(each > 10 for each in window):
            expected |= dict.fromkeys(range(start, start + length), 1)
        if all(each < 10 for each in window):
            expected |= dict.fromkeys(range(start, start + length), -1)
    assert marked(figures, Rule.SHIFT, ChartRules(shift=length)) == expected


@thorough
@given(
    st.lists(st.sampled_from([-1, 1, 1, 1, 1, 1, 0]), max_size=30), st.sampled_from([6, 7, 8]), st.sampled_from([1, -1])
)
def test_a_trend_is_every_window_of_points_that_only_rise_or_only_fall(steps, length, sign):
    figures = [50]
    for step in steps:
        figures.append(figures[-1] + sign * step)
    expected = set()
    for start in range(len(figures) - length + 1):
        window = figures[start : start + length]
        rises = [window[place + 1] > window[place] for place in range(length - 1)]
        falls = [window[place + 1] < window[place] for place in range(length - 1)]
        if all(rises) or all(falls):
            expected |= set(range(start, start + length))
    assert {p for span in trends(figures, length) for p in range(span.first, span.last + 1)} == expected


@thorough
@given(st.lists(st.sampled_from([1, 4, 4, 9, 10, 11, 16, 16, 19]), max_size=30))
def test_two_of_three_is_every_window_of_three_on_one_side_with_two_in_the_outer_third(figures):
    expected = {}
    for start in range(len(figures) - 2):
        window = {place: figures[place] for place in range(start, start + 3)}
        high = [place for place, each in window.items() if each > 15.32]
        low = [place for place, each in window.items() if each < 4.68]
        if min(window.values()) > 10 and len(high) >= 2:
            expected |= dict.fromkeys(high, 1)
        if max(window.values()) < 10 and len(low) >= 2:
            expected |= dict.fromkeys(low, -1)
    assert marked(figures, Rule.TWO_OF_THREE, ChartRules()) == expected


@thorough
@given(FIGURES)
def test_spans_of_one_rule_are_as_long_as_can_be_and_count_what_met_it(figures):
    for rule, span in met(figures, TEN, ChartRules()):
        assert isinstance(span, Span)
        sides = [TEN.side(each) for each in figures]
        assert 0 <= span.first <= span.last < len(figures)
        assert 1 <= span.count <= span.last - span.first + 1
        if rule is Rule.SHIFT:
            assert sides[span.first - 1 : span.first] != [span.side]
            assert sides[span.last + 1 : span.last + 2] != [span.side]
