"""Signals in words. Each test shows the whole sentence, as a reader gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from charted import USUAL, series
from test_signals_seasons import years

from earlyhelp.measures.measure import Better, Statistic
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.measures.signals.control_chart import ChartRules
from earlyhelp.measures.signals.reading import Event, LeftOut, read
from earlyhelp.measures.signals.sentences import RIGHT_WAY, WHY_LEFT_OUT, figure, sentences, three_sentences, when

SEASON_UNKNOWN = "The time of year could not be allowed for: that takes 3 figures of each month of the year."
HELD = ChartRules(baseline=12)


def said(figures, rules=None, **more):
    return sentences(read(series(figures, **more), rules))


# One sentence for each rule


def test_a_month_above_the_limits():
    assert said([*USUAL, 142], HELD)[0] == (
        "Requests for support stood at 142 in January 2026, above the 95 to 136 that usual variation would give."
    )


def test_a_month_below_the_limits_with_the_way_it_should_go_and_its_unit():
    assert said([*USUAL, 60], HELD, better=Better.LOWER, unit="requests")[0] == (
        "Requests for support stood at 60 requests in January 2026, below the 95 to 136 that usual variation would give; "
        "lower is better."
    )


def test_a_shift():
    assert said([*USUAL, *[118, 121] * 3, 119], HELD, better=Better.HIGHER)[0] == (
        "Requests for support stayed above the average of 115.2 for 8 months in a row, from December 2025 to July 2026; "
        "higher is better."
    )
    assert said([*USUAL, *[112, 109] * 3, 113], HELD)[0] == (
        "Requests for support stayed below the average of 115.2 for 7 months in a row, from January 2026 to July 2026."
    )


def test_two_of_three_in_the_outer_third():
    assert said([*USUAL, 130, 120, 131], HELD)[0] == (
        "Requests for support came close to the upper limit of usual variation, or went beyond it, "
        "in 2 of the 3 months from January 2026 to March 2026."
    )
    assert said([*USUAL, 110, 99, 98], HELD, better=Better.HIGHER)[0] == (
        "Requests for support came close to the lower limit of usual variation, or went beyond it, "
        "in 2 months in a row, from February 2026 to March 2026; higher is better."
    )


def test_a_trend():
    assert said([*USUAL, 110, 112, 113, 114, 116, 117, 118], HELD, unit="requests")[0] == (
        "Requests for support rose month by month from 110 in January 2026 to 118 requests in July 2026."
    )
    assert said([*USUAL, 120, 118, 117, 116, 114, 113, 112], HELD)[0] == (
        "Requests for support fell month by month from 120 in January 2026 to 112 in July 2026."
    )


def test_a_signal_for_the_time_of_year():
    figures = years(4)
    figures[-5] = 80
    assert said(figures[:-4], first=date(2022, 1, 1)) == (
        "Requests for support stood at 80 in August 2025, above the 29 to 56 that usual variation would give, "
        "allowing for the time of year.",
    )


def test_a_shift_and_a_trend_for_the_time_of_year_tell_no_average_and_no_figures_that_another_month_would_not_have():
    lifted = [each + (6 if place >= 40 else 0) for place, each in enumerate(years(4))]
    [shift] = [each for each in said(lifted, first=date(2022, 1, 1)) if "stayed" in each]
    assert shift == (
        "Requests for support stayed above the average for 9 months in a row, from April 2025 to December 2025, "
        "allowing for the time of year."
    )
    climbing = [each + (8 * (place - 40) if place >= 40 else 0) for place, each in enumerate(years(4))]
    [trend] = [each for each in said(climbing, first=date(2022, 1, 1)) if "month by month" in each]
    assert trend.startswith("Requests for support rose month by month from ")
    assert trend.endswith(" to December 2025, allowing for the time of year.")
    assert not any(digit in trend.replace("2025", "") for digit in "0123456789")


def test_several_signals_are_told_by_the_order_of_the_rules():
    told = said([*USUAL, 117, 119, 121, 124, 130, 135, 200], HELD)
    assert [sentence.split("support ")[1].split()[0] for sentence in told[:4]] == ["stood", "stayed", "came", "rose"]


# When there is nothing to say, and what limits what is said


def test_nothing_has_changed():
    assert said([*USUAL, 115]) == ("Nothing has changed more than usual.", SEASON_UNKNOWN)


def test_of_a_signal_that_is_over_it_is_said_that_there_was_one():
    assert said([200, *USUAL])[0] == "Nothing has changed more than usual of late, though it did before."


def test_nothing_is_said_of_the_time_of_year_where_it_was_looked_for_or_where_there_is_none():
    assert said(years(3), first=date(2023, 1, 1)) == ("Nothing has changed more than usual.",)
    assert said([*USUAL, 115], grain=Grain.YEAR, first=date(2000, 4, 1)) == ("Nothing has changed more than usual.",)


def test_too_few_months():
    assert said(USUAL) == (
        "Months that can be used: 12; it takes 13, most of them in a row, to tell a change from usual variation.",
    )


def test_too_few_months_since_an_event():
    assert said([*USUAL, 115, 140], events=[Event(date(2026, 2, 1), "the new form")]) == (
        "Months that can be used since the new form on 1 February 2026: 1; "
        "it takes 13, most of them in a row, to tell a change from usual variation.",
    )


def test_what_was_not_used_and_why():
    figures = [*USUAL, "suppressed", "suppressed", "no_data", "not_mature", 115]
    assert said(figures)[-1] == "Months not used: 2 too small to show, 1 not mature, 1 without data."
    assert (
        said([0.5] * 3, statistic=Statistic.SHARE, n=29, grain=Grain.QUARTER)[-1]
        == "Quarters not used: 3 based on too few."
    )


def test_every_reason_to_leave_a_point_out_has_its_words():
    assert set(WHY_LEFT_OUT) == set(LeftOut)


def test_every_way_that_can_be_a_concern_has_its_words():
    assert set(RIGHT_WAY) == set(Better) - {Better.CONTEXT, Better.EVEN}


# Figures and dates


@pytest.mark.parametrize(
    ("statistic", "number", "decimals", "text"),
    [
        (Statistic.COUNT, 1204, 0, "1,204"),
        (Statistic.COUNT, 131.6, 1, "131.6"),
        (Statistic.COUNT, 131.96, 1, "132"),
        (Statistic.COUNT, 100, 0, "100"),
        (Statistic.COUNT, 0, 0, "0"),
        (Statistic.DIFFERENCE, -12, 0, "-12"),
        (Statistic.DIFFERENCE, -0.04, 1, "0"),
        (Statistic.SHARE, 0.625, 1, "62.5%"),
        (Statistic.MIX, 0.6, 1, "60%"),
        (Statistic.RATE, 38.04, 1, "38"),
        (Statistic.MEDIAN, 34.5, 1, "34.5"),
    ],
)
def test_a_figure_as_it_is_read(statistic, number, decimals, text):
    assert figure(series([], statistic=statistic), number, decimals) == text


@pytest.mark.parametrize(
    ("start", "end", "grain", "text"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), Grain.MONTH, "March 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), Grain.QUARTER, "January to March 2026"),
        (date(2025, 12, 1), date(2026, 2, 28), Grain.QUARTER, "December 2025 to February 2026"),
        (date(2025, 4, 1), date(2026, 3, 31), Grain.YEAR, "April 2025 to March 2026"),
    ],
)
def test_a_period_in_words(start, end, grain, text):
    assert when(Period(start, end), grain) == text


def test_a_run_of_quarters_is_told_from_the_first_to_the_last():
    figures = [*USUAL, *[118, 121] * 3, 119]
    assert said(figures, HELD, grain=Grain.QUARTER, first=date(2021, 1, 1))[0] == (
        "Requests for support stayed above the average of 115.2 for 8 quarters in a row, "
        "from October to December 2023 to July to September 2025."
    )


def test_a_share_is_told_in_percent_with_as_many_decimals_as_tell_it_from_the_limit_and_a_limit_no_higher_than_all():
    shares = [0.9, 0.94, 0.92, 0.9, 0.95, 0.93, 0.9, 0.94, 0.91, 0.95, 0.9, 0.93]
    assert said([*shares, 0.5], HELD, statistic=Statistic.SHARE, n=100, name="Plans on time", better=Better.HIGHER)[
        0
    ] == (
        "Plans on time stood at 50% in January 2026, below the 83% to 100% that usual variation would give; "
        "higher is better."
    )
    assert said([*shares, 0.832], HELD, statistic=Statistic.SHARE, n=100, name="Plans on time")[0] == (
        "Plans on time stood at 83.2% in January 2026, below the 83.3% to 100% that usual variation would give."
    )


def test_a_figure_just_beyond_the_upper_limit_is_told_with_the_decimals_that_tell_it_apart():
    assert said([*USUAL, 136], HELD)[0] == (
        "Requests for support stood at 136 in January 2026, above the 94.6 to 135.7 that usual variation would give."
    )


@pytest.mark.parametrize(
    "run",
    [
        [0.8014, 0.8016, 0.8018, 0.802, 0.8021, 0.8022, 0.8024],
        [0.8014, 0.80141, 0.80142, 0.80143, 0.80144, 0.80145, 0.8016],
    ],
)
def test_the_ends_of_a_trend_are_told_with_the_decimals_that_tell_them_apart(run):
    told = said([*[0.7, 0.9] * 6, *run], HELD, statistic=Statistic.SHARE, n=100, name="Plans on time")
    assert "Plans on time rose month by month from 80.1% in January 2026 to 80.2% in July 2026." in told


def test_a_count_has_no_limit_below_zero_and_a_difference_may_have_one():
    low = [4, 9, 2, 8, 3, 9, 4, 8, 2, 9, 3, 8]
    assert "above the 0 to " in said([*low, 90], HELD)[0]
    assert "above the -9 to " in said([*low, 90], HELD, statistic=Statistic.DIFFERENCE)[0]


def test_where_figures_never_varied_the_limits_are_one_figure():
    assert said([*[7] * 12, 9], HELD)[0] == (
        "Requests for support stood at 9 in January 2026, above the 7 that usual variation would give."
    )


def test_rates_and_means_are_told_with_a_decimal():
    figures = [each / 10 for each in USUAL]
    assert said([*figures, 20.25], HELD, statistic=Statistic.RATE, unit="per 10,000 children")[0] == (
        "Requests for support stood at 20.2 per 10,000 children in January 2026, "
        "above the 9.5 to 13.6 that usual variation would give."
    )


# This month in three sentences


def measures(**figures):
    """A catalogue of such series by measure, in this order, each with its baseline held."""
    return {
        name: each if not isinstance(each, list) else series(each, name=name.capitalize())
        for name, each in figures.items()
    }


QUIET = [*USUAL, 115]
HIGH = [*USUAL, 200]
SHIFT = [*USUAL, *[118, 121] * 3, 119]
TWO = [*USUAL, 130, 120, 131]
TREND = [*USUAL, 110, 112, 113, 114, 116, 117, 118]


def first_words(told):
    return [" ".join(sentence.split()[:2]) for sentence in told]


def test_when_nothing_has_changed_that_is_all_there_is_to_say():
    assert three_sentences(measures(one=QUIET, two=QUIET)) == ("Nothing has changed more than usual.",)


def test_when_nobody_can_tell_it_is_not_said_that_nothing_changed():
    assert three_sentences(measures(one=USUAL, two=USUAL[:3])) == (
        "For 2 of 2 measures there are too few figures to tell.",
    )
    assert three_sentences({}) == ()


def test_one_signal_and_the_rest_as_usual():
    told = three_sentences(measures(one=QUIET, two=HIGH, three=USUAL), HELD)
    assert told == (
        "Two stood at 200 in January 2026, above the 95 to 136 that usual variation would give.",
        "Nothing else has changed more than usual.",
        "For 1 of 3 measures there are too few figures to tell.",
    )


def test_when_every_measure_has_changed_nothing_else_is_left_to_say():
    assert first_words(three_sentences(measures(one=HIGH, two=HIGH), HELD)) == ["One stood", "Two stood"]


def test_there_are_three_sentences_at_most_and_one_a_measure():
    many = measures(a=HIGH, b=HIGH, c=HIGH, d=HIGH, e=USUAL)
    assert first_words(three_sentences(many, HELD)) == ["A stood", "B stood", "C stood"]
    assert first_words(three_sentences(measures(a=[*USUAL, 117, 119, 121, 124, 130, 135, 200], b=QUIET), HELD)) == [
        "A stood",
        "Nothing else",
    ]


def test_the_most_recent_comes_first_then_the_rule_then_the_concern_then_the_catalogue():
    until_july = {"first": date(2025, 1, 1)}
    july = {
        "trend": series(TREND, name="Trend", **until_july),
        "two": series([*USUAL, 110, 120, 111, 119, 130, 120, 131], name="Two", **until_july),
        "shift": series(SHIFT, name="Shift", **until_july),
    }
    assert first_words(three_sentences(july, HELD)) == ["Shift stayed", "Two came", "Trend rose"]
    earlier = {"high": series(HIGH, name="High")}
    assert first_words(three_sentences(earlier | july, HELD)) == ["Shift stayed", "Two came", "Trend rose"]
    assert first_words(three_sentences(earlier | {"trend": july["trend"]}, HELD)) == ["Trend rose", "High stood"]


def test_a_concern_comes_before_an_improvement_and_that_before_neither():
    high = series(HIGH)
    told = three_sentences(
        {
            "context": replace(high, name="Context"),
            "good": replace(high, name="Good", better=Better.HIGHER),
            "bad": replace(high, name="Bad", better=Better.LOWER),
        },
        HELD,
    )
    assert first_words(told) == ["Bad stood", "Good stood", "Context stood"]
