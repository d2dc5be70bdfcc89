"""The one door out: exact figures go in, figures that may be shown come out.

Primary suppression: numerator, value and interval are hidden together when the numerator is small, and the denominator
with them when it is small itself. A mean or a median of fewer than the policy asks for is hidden, and how many it is of
is told. A net is hidden when either of its parts is. Values and intervals are worked out
here, from the counts as published, so that nothing hidden can be worked back from a rate.

Secondary suppression: the rows of one question are protected together, as if all their totals were known: further rows
are hidden, with the same status, until no small count can be worked out or proved small (`protect.questions`).

What this does not do, since it looks at one question at a time (see docs/explanation/disclosure.md):

- two questions, two definitions or two snapshots may together tell what neither does;
- the rest of a share may be small where the share itself is not (20 of 22 tells of two);
- codes of which a record may have several (needs) have no total that they add up to, and are hidden one by one;
- what is counted may be fewer people than things: six requests about one child are shown;
- a median of ten or more is exact, and may be the days of one family;
- with a policy that hides 1 to 5 and a base of 5, a count shown as 5 is 6 or 7: the policies that round hide 1 to 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np

from earlyhelp.measures import ClosedGate, Figure, Figures, KindNotHeld, Measure, Statistic, splits_of
from earlyhelp.measures.measure import Matured
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.averages import of_too_few
from earlyhelp.release.protect.questions import also_hidden
from earlyhelp.standard import CodeList
from earlyhelp.statistics.differences import rate_ratio, share_difference
from earlyhelp.statistics.intervals import byar, rate, wilson

_Counts = tuple[float | None, float | None]
_Estimate = tuple[float | None, float | None, float | None]
NOTHING: _Estimate = (None, None, None)
COMPARING = (Statistic.GAP, Statistic.DISPARITY)
"""Statistics of a group compared with another."""


class Status(StrEnum):
    """What a row says when it shows no value: four different things, none of them zero."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    NOT_MATURE = "not_mature"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class ReleasedRow:
    """One figure that may be shown. What is hidden or unknown is None; `status` says which of the two."""

    measure: str
    period_start: date | None
    period_end: date | None
    dims: Mapping[str, str]
    labels: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    status: Status


@dataclass(frozen=True)
class Released:
    """The released rows of one question; the only form in which figures reach a screen, a report or a file.

    `missing`, `closed`: why there is no figure at all; `not_held`: why those of some kinds have no data.
    """

    measure: Measure
    policy: Policy
    rows: Sequence[ReleasedRow]
    missing: tuple[str, ...] = field(default=())
    closed: tuple[ClosedGate, ...] = field(default=())
    not_held: tuple[KindNotHeld, ...] = field(default=())


def publish(figures: Figures, policy: Policy) -> Released:
    """The figures as they may be shown under a policy, in their order.

    Where there are none, one row says so: `no_data`, with the missing columns or the closed gates, or of days of which
    there is nothing.
    """
    measure = figures.measure
    if not figures.figures:
        row = ReleasedRow(measure.id, None, None, {}, {}, None, None, None, None, None, Status.NO_DATA)
        return Released(measure, policy, (row,), figures.missing, figures.closed)
    lists = {name: split.codes for name, split in splits_of(measure).items()}
    statuses = [_status(measure, figure, policy) for figure in figures.figures]
    without_denominator = _hide_further(measure, figures.figures, statuses, policy)
    counts = [
        _shown(measure, figure, policy, status, place not in without_denominator)
        for place, (figure, status) in enumerate(zip(figures.figures, statuses, strict=True))
    ]
    values = _values(measure, figures.figures, counts, statuses, policy)
    rows = [
        _row(measure, figure, lists, shown, value, status)
        for figure, shown, value, status in zip(figures.figures, counts, values, statuses, strict=True)
    ]
    return Released(measure, policy, tuple(rows), not_held=figures.not_held)


def _status(measure: Measure, figure: Figure, policy: Policy) -> Status:
    """No data where nobody can tell; suppressed before what else a small count would give away."""
    if isinstance(measure.time, Matured) and not figure.mature:
        return Status.NOT_MATURE
    if figure.numerator is None or _lacks_denominator(measure, figure) or _lacks_comparison(measure, figure):
        return Status.NO_DATA
    if any(policy.hides(count) for count in _people_counted(measure, figure)):
        return Status.SUPPRESSED
    if measure.below.is_count_of_people and of_too_few(measure.statistic, figure.denominator, policy):
        return Status.SUPPRESSED
    return Status.OK if figure.mature else Status.NOT_MATURE


def _hide_further(
    measure: Measure, figures: Sequence[Figure], statuses: list[Status], policy: Policy
) -> frozenset[int]:
    """Suppress the further rows without which totals would give a small count away; those to show no denominator too."""
    suppressed = [status is Status.SUPPRESSED for status in statuses]
    if not any(suppressed):
        return frozenset()
    told = [status in (Status.OK, Status.SUPPRESSED) for status in statuses]
    further, without_denominator = also_hidden(measure, figures, suppressed, told, policy)
    for place in further:
        statuses[place] = Status.SUPPRESSED
    return without_denominator


def _people_counted(measure: Measure, figure: Figure) -> Iterator[float]:
    """The counts of a figure that tell of people: not of money or staff, and not the sum that a mean is made from."""
    if measure.above.is_count_of_people and measure.statistic is not Statistic.MEAN:
        yield figure.numerator or 0
    if measure.below.is_count_of_people:
        yield figure.denominator or 0
    if figure.against and measure.above.is_count_of_people:
        yield figure.against[0]
    if figure.against and measure.below.is_count_of_people:
        yield figure.against[1]
    yield from figure.net_of or ()


def _lacks_denominator(measure: Measure, figure: Figure) -> bool:
    """True where a share has nothing it is a share of, or a rate no population."""
    if measure.statistic in (Statistic.COUNT, Statistic.BALANCE, Statistic.DIFFERENCE):
        return False
    return not figure.denominator


def _lacks_comparison(measure: Measure, figure: Figure) -> bool:
    """True where a group has nobody to be compared with, or a ratio to none at all."""
    if measure.statistic not in COMPARING:
        return False
    above, below = figure.against or (0, 0)
    return not below or (measure.statistic is Statistic.DISPARITY and not above)


def _shown(measure: Measure, figure: Figure, policy: Policy, status: Status, tells_denominator: bool) -> _Counts:
    """Numerator and denominator as published, None where they are hidden; only counts of people are rounded."""
    below = figure.denominator if tells_denominator else None
    denominator = policy.shown(below) if below is not None and measure.below.is_count_of_people else below
    if status is Status.SUPPRESSED:
        return None, denominator
    if status is not Status.OK or figure.numerator is None:
        return None, None
    if figure.net_of:
        started, ended = (policy.rounded(count) for count in figure.net_of)
        return started - ended, None
    is_sum = measure.statistic is Statistic.MEAN or not measure.above.is_count_of_people
    return figure.numerator if is_sum else policy.rounded(figure.numerator), denominator


def _values(
    measure: Measure, figures: Sequence[Figure], counts: Sequence[_Counts], statuses: Sequence[Status], policy: Policy
) -> list[_Estimate]:
    """Value, lower and upper bound of each figure, from the counts as published; medians and means come with their own."""
    shown = [i for i, status in enumerate(statuses) if status is Status.OK]
    if measure.statistic in COMPARING:
        against = [_as_published(measure, figures[i].against or (0, 0), policy) for i in shown]
        estimates: Sequence[_Estimate] = _compared(measure, [counts[i] for i in shown], against)
    elif measure.statistic in (Statistic.MEDIAN, Statistic.MEAN, Statistic.SLOPE):
        estimates = [figures[i].estimate or NOTHING for i in shown]
    else:
        numerators, denominators = ([counts[i][place] or 0 for i in shown] for place in (0, 1))
        estimates = _from_counts(measure, numerators, denominators)
    values = [NOTHING] * len(figures)
    for i, estimate in zip(shown, estimates, strict=True):
        values[i] = (estimate[0], None, None) if figures[i].net_of else estimate
    return values


def _as_published(measure: Measure, against: _Counts, policy: Policy) -> tuple[float, float]:
    """What a group is compared with, rounded like any other count of people."""
    above, below = (
        policy.rounded(count or 0) if kind.is_count_of_people else count or 0
        for count, kind in zip(against, (measure.above, measure.below), strict=True)
    )
    return above, below


def _compared(
    measure: Measure, counts: Sequence[_Counts], against: Sequence[tuple[float, float]]
) -> Sequence[_Estimate]:
    """Each group compared: its share less that of the others, or its ratio over that of the reference.

    A reference group compared with itself is itself, without an interval.
    """
    if not counts:
        return []
    one = [np.array([each[place] or 0 for each in counts], dtype=float) for place in (0, 1)]
    other = [np.array([each[place] for each in against], dtype=float) for place in (0, 1)]
    compare = share_difference if measure.statistic is Statistic.GAP else rate_ratio
    found = compare(one[0], one[1], other[0], other[1])
    columns = [[None if np.isnan(number) else float(number) for number in each] for each in found]
    estimates = list(zip(*columns, strict=True))
    return [
        (own[0], None, None) if tuple(ours) == tuple(theirs) else (own[0], own[1], own[2])
        for own, ours, theirs in zip(estimates, counts, against, strict=True)
    ]


def _from_counts(measure: Measure, numerators: list[float], denominators: list[float]) -> list[_Estimate]:
    """Values and bounds, worked out all at once, since there may be many thousands of figures."""
    above, below = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    statistic = measure.statistic
    if statistic is Statistic.DIFFERENCE:
        return [(one - other, None, None) for one, other in zip(numerators, denominators, strict=True)]
    if statistic in (Statistic.SHARE, Statistic.MIX):
        values, bounds = (above / below).tolist(), wilson(above, below)
    elif statistic is Statistic.COUNT and not measure.above.is_count_of_people:
        return [(number, None, None) for number in numerators]
    elif statistic is Statistic.RATIO and not measure.above.is_count_of_people:
        return [(value, None, None) for value in (above / below * measure.per).tolist()]
    elif statistic in (Statistic.RATE, Statistic.RATIO):
        values, bounds = (above / below * measure.per).tolist(), rate(above, below, measure.per)
    else:
        values, bounds = numerators, byar(np.abs(above))  # a net may be negative, and loses its bounds
    return list(zip(values, bounds.lower.tolist(), bounds.upper.tolist(), strict=True))


def _row(
    measure: Measure,
    figure: Figure,
    lists: Mapping[str, CodeList | None],
    shown: _Counts,
    value: _Estimate,
    status: Status,
) -> ReleasedRow:
    start, end = figure.period or (None, None)
    labels = {f"{name}_label": codes.label(code) for name, code in figure.dims.items() if (codes := lists[name])}
    return ReleasedRow(measure.id, start, end, dict(figure.dims), labels, *shown, *value, status)
