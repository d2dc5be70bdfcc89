"""What leaves by the one door, for every measure of the catalogue: no small count, and nothing that gives one away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures import CATALOGUE, Estimate, Figure, Figures, Measure, Period, Statistic
from earlyhelp.measures.measure import Matured
from earlyhelp.release import POLICIES, Policy, ReleasedRow, Status, policy, publish

DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]
COMPARING = (Statistic.GAP, Statistic.DISPARITY)
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
COUNTS = st.integers(0, 14) | st.integers(0, 400)
EXAMPLES = settings(max_examples=30, deadline=None, derandomize=True)


def kind(measure: Measure) -> tuple[object, ...]:
    """All of a measure that release looks at."""
    return (measure.statistic, measure.above, measure.below, measure.per, isinstance(measure.time, Matured))


KINDS = {kind(measure): measure for measure in reversed(DEFINED)}
"""The first measure of each kind there is."""
each_kind = pytest.mark.parametrize("measure", KINDS.values(), ids=lambda each: f"{each.id}-{each.definition}")


@st.composite
def figures(draw: st.DrawFn, measure: Measure) -> Figures:
    """Any figures that counting could give for the measure."""
    made = [_balance(draw) if measure.statistic is Statistic.BALANCE else [_figure(draw, measure)] for _ in range(4)]
    return Figures(measure, (), [each for some in made for each in some])


def _figure(draw: st.DrawFn, measure: Measure) -> Figure:
    numerator, below = draw(COUNTS), _below(draw, measure)
    if measure.statistic in PARTS_OF_A_WHOLE:
        below = numerator + draw(COUNTS)
    known = draw(st.integers(0, 9)) > 0
    mature = draw(st.integers(0, 3)) > 0
    estimate = _estimate(draw, measure, numerator, below)
    if measure.statistic is Statistic.MEDIAN:
        mature = estimate is not None and estimate.value is not None
    if measure.statistic in (Statistic.MEAN, Statistic.SLOPE):
        known, mature = known and estimate is not None, True
    against = _against(draw, measure) if measure.statistic in COMPARING else None
    return Figure(YEAR, {}, numerator if known else None, below, mature, estimate, against=against)


PARTS_OF_A_WHOLE = (Statistic.SHARE, Statistic.MIX, Statistic.MEDIAN, Statistic.GAP)


def _below(draw: st.DrawFn, measure: Measure) -> float | None:
    if measure.statistic is Statistic.COUNT:
        return None
    if measure.statistic in (Statistic.RATE, Statistic.SLOPE):
        return draw(st.none() | st.integers(0, 9).map(float) | st.floats(0.5, 90_000))
    return draw(COUNTS)


def _estimate(draw: st.DrawFn, measure: Measure, numerator: int, below: float | None) -> Estimate | None:
    if measure.statistic is Statistic.MEDIAN:
        median = draw(st.none() | st.integers(0, 900))
        return Estimate(median, median, None)
    if measure.statistic is Statistic.MEAN:
        return Estimate(numerator / below, None, None) if below else None
    return Estimate(-3.0, -5.0, -1.0) if measure.statistic is Statistic.SLOPE and below else None


def _against(draw: st.DrawFn, measure: Measure) -> tuple[float, float] | None:
    above, more = draw(COUNTS), draw(COUNTS)
    return draw(st.none() | st.just((float(above), float(above + more))))


def _balance(draw: st.DrawFn) -> list[Figure]:
    started, ended = draw(COUNTS), draw(COUNTS)
    return [
        Figure(YEAR, {"flow": "ended"}, ended, None),
        Figure(YEAR, {"flow": "net"}, started - ended, None, net_of=(started, ended)),
        Figure(YEAR, {"flow": "started"}, started, None),
    ]


@each_kind
@EXAMPLES
@given(data=st.data())
def test_under_the_default_policy_nothing_that_is_released_carries_a_count_of_one_to_five(measure, data):
    for row in publish(data.draw(figures(measure)), policy("dfe")).rows:
        shown = [row.denominator] if measure.below.is_count_of_people else []
        if measure.above.is_count_of_people and measure.statistic is not Statistic.MEAN:
            shown.append(row.numerator)
            shown += [row.value] if measure.statistic in (Statistic.COUNT, Statistic.BALANCE) else []
        assert [each for each in shown if each is not None and 0 < abs(each) < 6] == []


@each_kind
@EXAMPLES
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)), base=st.sampled_from([0, 5, 10, 7]))
def test_what_is_released_hangs_together(measure, data, name, base):
    applied, exact = policy(name, base), data.draw(figures(measure))
    released = publish(exact, applied)
    for row, figure in zip(released.rows, exact.figures, strict=True):
        no_value_without_its_counts(row, measure)
        nothing_but_what_the_status_says(row)
        no_zero_that_is_none(row, figure)
        rounded_to_the_base(row, applied, measure)
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


def rounded_to_the_base(row: ReleasedRow, applied: Policy, measure: Measure) -> None:
    if applied.round_to:
        is_sum = measure.statistic is Statistic.MEAN or not measure.above.is_count_of_people
        counts = [] if is_sum else [row.numerator]
        counts += [row.denominator] if measure.below.is_count_of_people else []
        shown = [each for each in counts if each is not None]
        assert [each for each in shown if each % applied.round_to] == []


def value_of_published_counts(row: ReleasedRow, measure: Measure) -> None:
    from_records = (Statistic.MEDIAN, Statistic.MEAN, Statistic.SLOPE)
    if row.value is None or measure.statistic in (*from_records, *COMPARING):
        return
    assert row.numerator is not None
    worked_out = {
        Statistic.SHARE: lambda: row.numerator / row.denominator,
        Statistic.MIX: lambda: row.numerator / row.denominator,
        Statistic.RATE: lambda: row.numerator / row.denominator * measure.per,
        Statistic.RATIO: lambda: row.numerator / row.denominator * measure.per,
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
