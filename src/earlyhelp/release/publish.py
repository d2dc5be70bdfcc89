"""The one door out: exact figures go in, figures that may be shown come out.

Numerator, value and interval are hidden together when the numerator is small, and all of them with the denominator when
the denominator is. Values and intervals are worked out here, from the counts as published, so that nothing hidden can be
worked back from a rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from earlyhelp.measures import Figure, Figures, Measure, Statistic, splits_of
from earlyhelp.measures.intervals import byar, rate, wilson
from earlyhelp.measures.measure import Matured
from earlyhelp.release.policy import Policy

CHILDREN = 10_000
"""Rates are for each so many children."""


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


def publish(figures: Figures, policy: Policy) -> Released:
    """The figures as they may be shown under a policy."""
    measure = figures.measure
    if figures.missing:
        row = ReleasedRow(measure.id, None, None, {}, {}, None, None, None, None, None, Status.NO_DATA)
        return Released(measure, policy, (row,), figures.missing)
    hidden = _hidden_parts(figures, policy)
    rows = [_row(measure, figure, policy, hidden) for figure in figures.figures]
    return Released(measure, policy, tuple(rows))


def _row(measure: Measure, figure: Figure, policy: Policy, hidden: frozenset[object]) -> ReleasedRow:
    status = _status(measure, figure, policy, hidden)
    numerator = denominator = value = lower = upper = None
    if status is Status.OK:
        assert figure.numerator is not None
        numerator = policy.rounded(figure.numerator)
        denominator = None if figure.denominator is None else policy.rounded(figure.denominator)
        value, lower, upper = _estimate(measure, figure, numerator, denominator)
    elif status is Status.SUPPRESSED and _may_show_denominator(measure, figure, policy):
        denominator = policy.rounded(figure.denominator or 0)
    return ReleasedRow(
        measure.id,
        figure.period.start if figure.period else None,
        figure.period.end if figure.period else None,
        dict(figure.dims),
        _labels(measure, figure),
        numerator,
        denominator,
        value,
        lower,
        upper,
        status,
    )


def _status(measure: Measure, figure: Figure, policy: Policy, hidden: frozenset[object]) -> Status:
    if isinstance(measure.time, Matured) and not figure.mature:
        return Status.NOT_MATURE
    if figure.numerator is None or _nothing_below(measure, figure):
        return Status.NO_DATA
    if policy.hides(figure.numerator) or (figure.denominator is not None and policy.hides(figure.denominator)):
        return Status.SUPPRESSED
    if any(_part(figure, name) in hidden for name in figure.sum_of):
        return Status.SUPPRESSED
    return Status.OK if figure.mature else Status.NOT_MATURE


def _nothing_below(measure: Measure, figure: Figure) -> bool:
    """True where a share has nothing it is a share of, or a rate no population."""
    if measure.statistic is Statistic.RATE:
        return not figure.denominator
    return figure.denominator == 0 and measure.statistic is not Statistic.DIFFERENCE


def _may_show_denominator(measure: Measure, figure: Figure, policy: Policy) -> bool:
    return figure.denominator is not None and not policy.hides(figure.denominator) and not figure.sum_of


def _hidden_parts(figures: Figures, policy: Policy) -> frozenset[object]:
    """Which parts of sums are hidden: a sum of a hidden and a shown part would give the hidden one away."""
    return frozenset(
        _part(figure, flow)
        for figure in figures.figures
        if (flow := figure.dims.get("flow")) and figure.numerator is not None and policy.hides(figure.numerator)
    )


def _part(figure: Figure, flow: str) -> tuple[object, ...]:
    rest = tuple(sorted((name, value) for name, value in figure.dims.items() if name != "flow"))
    return (figure.period, rest, flow)


def _estimate(
    measure: Measure, figure: Figure, numerator: float, denominator: float | None
) -> tuple[float | None, float | None, float | None]:
    """Value and interval from the published counts; a median comes with its own."""
    if measure.statistic is Statistic.MEDIAN:
        estimate = figure.estimate
        return (estimate.value, estimate.lower, estimate.upper) if estimate else (None, None, None)
    if measure.statistic in (Statistic.COUNT, Statistic.BALANCE):
        if figure.sum_of:
            return numerator, None, None
        bounds = byar(numerator)
        return numerator, float(bounds.lower), float(bounds.upper)
    assert denominator is not None
    if measure.statistic is Statistic.DIFFERENCE:
        return numerator - denominator, None, None
    if denominator == 0:
        return None, None, None
    if measure.statistic is Statistic.RATE:
        bounds = rate(numerator, denominator, CHILDREN)
        return numerator / denominator * CHILDREN, float(bounds.lower), float(bounds.upper)
    numerator = min(numerator, denominator)
    bounds = wilson(numerator, denominator)
    return numerator / denominator, float(bounds.lower), float(bounds.upper)


def _labels(measure: Measure, figure: Figure) -> dict[str, str]:
    offered = splits_of(measure)
    return {
        f"{name}_label": codes.label(value)
        for name, value in figure.dims.items()
        if (codes := offered[name].codes) is not None
    }
