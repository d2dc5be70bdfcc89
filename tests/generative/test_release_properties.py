"""What leaves by the one door, for every measure of the catalogue: no small count, and nothing that gives one away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures import CATALOGUE, Estimate, Figure, Figures, Measure, Period, Statistic
from earlyhelp.release import POLICIES, Policy, ReleasedRow, Status, policy, publish

DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
COUNTS = st.integers(0, 14) | st.integers(0, 400)
EXAMPLES = settings(max_examples=30, deadline=None, derandomize=True)

each_definition = pytest.mark.parametrize("measure", DEFINED, ids=lambda each: f"{each.id}-{each.definition}")


@st.composite
def figures(draw: st.DrawFn, measure: Measure) -> Figures:
    """Any figures that counting could give for the measure."""
    made = [_balance(draw) if measure.statistic is Statistic.BALANCE else [_figure(draw, measure)] for _ in range(4)]
    return Figures(measure, (), [each for some in made for each in some])


def _figure(draw: st.DrawFn, measure: Measure) -> Figure:
    numerator, more = draw(COUNTS), draw(COUNTS)
    below: float | None = numerator + more
    if measure.statistic is Statistic.COUNT:
        below = None
    elif measure.statistic is Statistic.RATE:
        below = draw(st.none() | st.integers(0, 9).map(float) | st.floats(0.5, 90_000))
    elif measure.statistic in (Statistic.DIFFERENCE, Statistic.RATIO):
        below = draw(COUNTS)
    known = draw(st.integers(0, 9)) > 0
    mature = draw(st.integers(0, 3)) > 0
    median = draw(st.none() | st.integers(0, 900)) if measure.statistic is Statistic.MEDIAN else None
    estimate = Estimate(median, median, None) if measure.statistic is Statistic.MEDIAN else None
    if measure.statistic is Statistic.MEAN:
        estimate = Estimate(numerator / below, None, None) if below else None
        return Figure(YEAR, {}, numerator if known and below else None, below, mature, estimate)
    mature = mature if estimate is None else median is not None
    return Figure(YEAR, {}, numerator if known else None, below, mature, estimate)


def _balance(draw: st.DrawFn) -> list[Figure]:
    started, ended = draw(COUNTS), draw(COUNTS)
    return [
        Figure(YEAR, {"flow": "ended"}, ended, None),
        Figure(YEAR, {"flow": "net"}, started - ended, None, net_of=(started, ended)),
        Figure(YEAR, {"flow": "started"}, started, None),
    ]


@each_definition
@EXAMPLES
@given(data=st.data())
def test_under_the_default_policy_nothing_that_is_released_carries_a_count_of_one_to_five(measure, data):
    for row in publish(data.draw(figures(measure)), policy("dfe")).rows:
        shown = [row.numerator, row.denominator]
        shown += [row.value] if measure.statistic in (Statistic.COUNT, Statistic.BALANCE) else []
        assert [each for each in shown if each is not None and 0 < abs(each) < 6] == []


@each_definition
@EXAMPLES
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)), base=st.sampled_from([0, 5, 10, 7]))
def test_what_is_released_hangs_together(measure, data, name, base):
    applied, exact = policy(name, base), data.draw(figures(measure))
    released = publish(exact, applied)
    for row, figure in zip(released.rows, exact.figures, strict=True):
        no_value_without_its_counts(row, measure)
        nothing_but_what_the_status_says(row)
        no_zero_that_is_none(row, figure)
        rounded_to_the_base(row, applied)
        value_of_published_counts(row, measure)
    net_of_published_parts(released.rows)


def no_value_without_its_counts(row: ReleasedRow, measure: Measure) -> None:
    if row.numerator is None:
        assert (row.value, row.lower, row.upper) == (None, None, None)
    elif measure.statistic not in (Statistic.COUNT, Statistic.BALANCE):
        assert row.denominator is not None


def nothing_but_what_the_status_says(row: ReleasedRow) -> None:
    assert (row.status is Status.OK) == (row.numerator is not None) == (row.value is not None)
    if row.status in (Status.NOT_MATURE, Status.NO_DATA):
        assert row.denominator is None


def no_zero_that_is_none(row: ReleasedRow, figure: Figure) -> None:
    assert (row.numerator == 0) <= (figure.numerator == 0 or figure.net_of is not None)
    assert (row.denominator == 0) <= (figure.denominator == 0)


def rounded_to_the_base(row: ReleasedRow, applied: Policy) -> None:
    if applied.round_to:
        shown = [each for each in (row.numerator, row.denominator) if each is not None]
        assert [each for each in shown if each % applied.round_to] == []


def value_of_published_counts(row: ReleasedRow, measure: Measure) -> None:
    if row.value is None or measure.statistic is Statistic.MEDIAN:
        return
    assert row.numerator is not None
    worked_out = {
        Statistic.SHARE: lambda: row.numerator / row.denominator,
        Statistic.MIX: lambda: row.numerator / row.denominator,
        Statistic.RATE: lambda: row.numerator / row.denominator * 10_000,
        Statistic.DIFFERENCE: lambda: row.numerator - row.denominator,
    }.get(measure.statistic, lambda: row.numerator)
    assert row.value == pytest.approx(worked_out(), rel=1e-12)
    if row.lower is not None:
        assert row.lower <= row.value <= row.upper


def net_of_published_parts(rows: tuple[ReleasedRow, ...]) -> None:
    """A net is shown only where both its parts are, and is their difference as published."""
    for ended, net, started in (rows[i : i + 3] for i in range(0, len(rows), 3) if rows[0].dims):
        if net.numerator is not None:
            assert net.numerator == started.numerator - ended.numerator
