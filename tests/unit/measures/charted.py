"""Series for the tests of signals: months from a first one on, each a figure or what is said instead of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from earlyhelp.measures.measure import Better, Statistic
from earlyhelp.measures.periods import Grain, periods
from earlyhelp.measures.signals.reading import Event, Point, Series

USUAL = [115, 110, 120, 118, 108, 122, 112, 117, 109, 121, 114, 116]
"""A year without a signal: nothing lies on one side for long."""


def points(figures: Sequence[float | str | None], first: date, grain: Grain, n: float | None = None) -> list[Point]:
    """One point a period; a word is a status, None is a period of which there is no point at all."""
    spans = periods(first, date(2100, 12, 31), grain, first.month)
    return [
        Point(span, None, each) if isinstance(each, str) else Point(span, each, n=n)
        for span, each in zip(spans, figures, strict=False)
        if each is not None
    ]


def series(
    figures: Sequence[float | str | None],
    *,
    first: date = date(2025, 1, 1),
    grain: Grain = Grain.MONTH,
    better: Better = Better.CONTEXT,
    statistic: Statistic = Statistic.COUNT,
    name: str = "Requests for support",
    unit: str = "",
    n: float | None = None,
    events: Sequence[Event] = (),
) -> Series:
    """A series of such points."""
    return Series("A1", name, statistic, better, grain, points(figures, first, grain, n), unit, events)
