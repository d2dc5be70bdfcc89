"""Control charts against published worked examples. Each test names its source; the figures are as printed there.

XmR Testing: the document by which NHS England's Making Data Count team has local charts checked against its single
chart tool, version 5.0. It takes shifts and trends of six.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from scipy.stats import kruskal

from earlyhelp.measures.signals.control_chart import ChartRules, Limits, Rule, limits, met, trends
from earlyhelp.measures.signals.seasons import kruskal_wallis

SIX = ChartRules(shift=6, trend=6)


def chart(figures: list[float], rules: ChartRules = SIX) -> Limits:
    found = limits([figures], rules)
    assert found is not None
    return found


def places(figures: list[float], rule: Rule, side: int) -> set[int]:
    """The points that a rule marks, counted from 1 as the document does."""
    spans = [span for found, span in met(figures, chart(figures), SIX) if found is rule and span.side == side]
    return {place + 1 for span in spans for place in range(span.first, span.last + 1)}


def test_limits_are_those_of_xmr_testing_process_limits():
    found = chart([20, 24, 20, 26, 22, 16, 18, 16, 31, 28, 34, 26, 30, 19, 18])
    assert round(found.moving_range, 2) == 5.43
    assert (round(found.lower, 2), round(found.mean, 2), round(found.upper, 2)) == (8.76, 23.20, 37.64)


def test_twelve_figures_make_no_limits_and_thirteen_do_as_in_xmr_testing_number_of_points():
    figures: list[float] = [30, 31, 25, 35, 34, 15, 21, 23, 30, 26, 26, 22]
    assert limits([figures], SIX) is None
    assert limits([[*figures, 25]], SIX) is not None


def test_limits_are_those_of_the_individuals_chart_in_the_nist_sematech_handbook_6_3_2_2():
    """Ten flow rates, printed as mean 50.81, moving range 1.8778, limits 45.8159 and 55.8041 (with 3 / 1.128 for 2.66).

    The handbook draws limits from ten figures; here all 2.66 mean moving ranges are added to its own mean.
    """
    figures = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    moving_range = sum(abs(later - earlier) for earlier, later in pairwise(figures)) / 9
    found = Limits(sum(figures) / 10, moving_range)
    assert (round(found.mean, 2), round(found.moving_range, 4)) == (50.81, 1.8778)
    assert found.lower == pytest.approx(45.8159, abs=0.002)
    assert found.upper == pytest.approx(55.8041, abs=0.002)


@pytest.mark.parametrize(
    ("screen", "lower", "upper"),
    [(True, -0.72, 4.6), (False, -3.06, 6.95)],
)
def test_screening_of_outlying_moving_ranges_is_that_of_nhsrplotthedots_deviations_from_excel_defaults(
    screen, lower, upper
):
    found = chart([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], ChartRules(screen=screen))
    assert (round(found.lower, 2), round(found.mean, 2), round(found.upper, 2)) == (lower, 1.94, upper)


CONFLICT: list[float] = [43, 41, 37, 36, 31, 23, 15, 13, 15, 18, 23, 27, 31, 36, 27, 19, 17, 27, 15, 22]


@pytest.mark.parametrize(
    ("rule", "side", "marked"),
    [
        (Rule.TREND, -1, set(range(1, 9))),
        (Rule.TREND, 1, set(range(8, 15))),
        (Rule.SHIFT, -1, set(range(6, 12))),
        (Rule.OUTSIDE, 1, {1, 2}),
        (Rule.OUTSIDE, -1, set()),
    ],
)
def test_rules_mark_the_points_that_xmr_testing_names_under_special_cause_conflict(rule, side, marked):
    assert places(CONFLICT, rule, side) == marked


def test_two_of_three_marks_points_3_and_4_of_the_conflict_and_with_them_1_and_2_beyond_the_limit():
    """The document lists points 3 and 4; since query 2.6a points beyond the limit count too, so 1 and 2 join them."""
    assert places(CONFLICT, Rule.TWO_OF_THREE, 1) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], [(0, 6, 1)]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [(1, 7, 1)]),
        ([7, 6, 5, 4, 3, 2, 1], [(0, 6, -1)]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [(1, 7, -1)]),
    ],
)
def test_trends_of_seven_are_those_of_the_tests_of_nhsrplotthedots(figures, found):
    assert [(span.first, span.last, span.side) for span in trends(figures, 7)] == found


def test_the_test_of_kruskal_and_wallis_is_scipys():
    groups = [[2.0, 3.5, 3.5, 8.0], [1.0, 3.5, 9.0], [12.0, 13.0, 8.0, 8.0, 20.0]]
    assert kruskal_wallis(groups) == pytest.approx(kruskal(*groups).pvalue, rel=1e-12)
