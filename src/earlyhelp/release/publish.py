"""The one door out: exact figures go in, figures that may be shown come out.

Primary suppression: numerator, value and interval are hidden together when the numerator is small, and the denominator
with them when it is small itself. A net is hidden when either of its parts is. Values and intervals are worked out
here, from the counts as published, so that nothing hidden can be worked back from a rate.

What this does not do, since it looks at one figure at a time:

- a hidden category can be worked out where all others and their total are shown (mixes, splits beside a total, months
  beside a quarter, one definition beside another): that takes secondary suppression over all that is released;
- the rest of a share may be small where the share itself is not (20 of 22 tells of two);
- what is counted may be fewer people than things: six requests about one child are shown;
- a median is exact, and may be the days of one family;
- rounded to 5, a count shown as 5 is 6 or 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np

from earlyhelp.measures import ClosedGate, Figure, Figures, Measure, Statistic, splits_of
from earlyhelp.statistics.intervals import byar, rate, wilson
from earlyhelp.measures.measure import Matured
from earlyhelp.release.policy import Policy
from earlyhelp.standard import CodeList

CHILDREN = 10_000
"""Rates are for each so many children."""

_Counts = tuple[float | None, float | None]
_Estimate = tuple[float | None, float | None, float | None]
NOTHING: _Estimate = (None, None, None)


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
    """The released rows of one question; the only form in which figures reach a screen, a report or a file."""

    measure: Measure
    policy: Policy
    rows: Sequence[ReleasedRow]
    missing: tuple[str, ...] = field(default=())
    closed: tuple[ClosedGate, ...] = field(default=())


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
    counts = [_shown(figure, policy, status) for figure, status in zip(figures.figures, statuses, strict=True)]
    values = _values(measure, figures.figures, counts, statuses)
    rows = [
        _row(measure, figure, lists, shown, value, status)
        for figure, shown, value, status in zip(figures.figures, counts, values, statuses, strict=True)
    ]
    return Released(measure, policy, tuple(rows))


def _status(measure: Measure, figure: Figure, policy: Policy) -> Status:
    """No data where nobody can tell; suppressed before what else a small count would give away."""
    if isinstance(measure.time, Matured) and not figure.mature:
        return Status.NOT_MATURE
    if figure.numerator is None or _lacks_denominator(measure, figure):
        return Status.NO_DATA
    if any(policy.hides(count) for count in (figure.numerator, figure.denominator or 0, *(figure.net_of or ()))):
        return Status.SUPPRESSED
    return Status.OK if figure.mature else Status.NOT_MATURE


def _lacks_denominator(measure: Measure, figure: Figure) -> bool:
    """True where a share has nothing it is a share of, or a rate no population."""
    if measure.statistic in (Statistic.COUNT, Statistic.BALANCE, Statistic.DIFFERENCE):
        return False
    return not figure.denominator


def _shown(figure: Figure, policy: Policy, status: Status) -> _Counts:
    """Numerator and denominator as published, None where they are hidden."""
    below = figure.denominator
    denominator = None if below is None or policy.hides(below) else policy.rounded(below)
    if status is Status.SUPPRESSED:
        return None, denominator
    if status is not Status.OK or figure.numerator is None:
        return None, None
    if figure.net_of:
        started, ended = (policy.rounded(count) for count in figure.net_of)
        return started - ended, None
    return policy.rounded(figure.numerator), denominator


def _values(
    measure: Measure, figures: Sequence[Figure], counts: Sequence[_Counts], statuses: Sequence[Status]
) -> list[_Estimate]:
    """Value, lower and upper bound of each figure, from the counts as published; a median comes with its own."""
    shown = [i for i, status in enumerate(statuses) if status is Status.OK]
    if measure.statistic is Statistic.MEDIAN:
        estimates: Sequence[_Estimate] = [figures[i].estimate or NOTHING for i in shown]
    else:
        numerators, denominators = ([counts[i][place] or 0 for i in shown] for place in (0, 1))
        estimates = _from_counts(measure.statistic, numerators, denominators)
    values = [NOTHING] * len(figures)
    for i, estimate in zip(shown, estimates, strict=True):
        values[i] = (estimate[0], None, None) if figures[i].net_of else estimate
    return values


def _from_counts(statistic: Statistic, numerators: list[float], denominators: list[float]) -> list[_Estimate]:
    """Values and bounds, worked out all at once, since there may be many thousands of figures."""
    above, below = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if statistic is Statistic.DIFFERENCE:
        return [(one - other, None, None) for one, other in zip(numerators, denominators, strict=True)]
    if statistic in (Statistic.SHARE, Statistic.MIX):
        values, bounds = (above / below).tolist(), wilson(above, below)
    elif statistic is Statistic.RATE:
        values, bounds = (above / below * CHILDREN).tolist(), rate(above, below, CHILDREN)
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
