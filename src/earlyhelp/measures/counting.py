"""Counting: the one query of a measure over periods and splits, and the exact figures that come of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product, repeat
from typing import Any

import numpy as np

from earlyhelp.measures.children import Children
from earlyhelp.measures.engines import Engine
from earlyhelp.measures.figures import Estimate, Figure, Standards
from earlyhelp.measures.measure import Measure, Statistic
from earlyhelp.measures.periods import Period
from earlyhelp.measures.placement import Placement, with_setting
from earlyhelp.measures.splits import Split
from earlyhelp.statistics.means import mean_of_sums
from earlyhelp.statistics.survival import kaplan_meier

Dims = tuple[str, ...]
Counts = Mapping[date, Mapping[Dims, tuple[int | None, int]]]
"""By the first day of the period and by the values of the splits."""
STARTED, ENDED, NET = "started", "ended", "net"


def plain_figures(con: Engine, placed: Placement, children: Children | None) -> Iterator[Figure]:
    """A figure for each period and each combination of splits that was met in any; where nothing was, it is zero.

    Of a rate, for each place or group of children too, met or not.
    """
    measure, names = placed.measure, placed.names
    found = counts_of(con, placed)
    outside = [i for i, name in enumerate(names) if name not in measure.always_by]
    cells = met = combinations(found, names)
    if children:
        cells = children.beside_those_met(met, len(names), len(placed.spans))
    unmet = set(cells).difference(met)
    named = [dict(zip(names, dims, strict=True)) for dims in cells]

    def of_period(span: Period) -> Iterator[Figure]:
        here = found.get(span.start, {})
        counts = [here.get(dims, (0, 0)) for dims in cells]
        belows: Iterable[float | None] = repeat(None)
        if measure.statistic is Statistic.SHARE:
            belows = [everyone for _, everyone in counts]
        elif measure.statistic is Statistic.MIX:
            totals = _totals(here, outside)
            belows = [totals.get(tuple(dims[i] for i in outside), 0) for dims in cells]
        elif children:
            belows = [children.of(span.end.year, dims) for dims in cells]
        figures = map(Figure, repeat(span), named, [numerator for numerator, _ in counts], belows)
        if not unmet:
            return figures
        return (each._replace(met=dims not in unmet) for each, dims in zip(figures, cells, strict=True))

    return chain.from_iterable(map(of_period, placed.spans))


def balance_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """For each period and each other split: what started, what ended, and the net."""
    names = placed.names
    found = counts_of(con, placed)
    place = names.index("flow")
    rest_of = {dims[:place] + dims[place + 1 :] for dims in combinations(found, names)}
    others = sorted(rest_of) if len(names) > 1 else [()]
    for span, flow, rest in product(placed.spans, (ENDED, NET, STARTED), others):
        here, before, after = found.get(span.start, {}), rest[:place], rest[place:]
        started, ended = (here.get((*before, each, *after), (0, 0))[1] for each in (STARTED, ENDED))
        count = {STARTED: started, ENDED: ended, NET: started - ended}[flow]
        dims = dict(zip(names, (*before, flow, *after), strict=True))
        yield Figure(span, dims, count, None, net_of=(started, ended) if flow == NET else None)


def median_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """The Kaplan-Meier quantile of each period and split, with how many have ended of how many that were followed."""
    found = _medians(con, placed) if placed.known is None else placed.known
    nothing = (0, 0, Estimate(None, None, None))
    for span, dims in product(placed.spans, combinations(found, placed.names)):
        ended, followed, median = found.get(span.start, {}).get(dims, nothing)
        named = placed.named(dims)
        yield Figure(span, named, ended, followed, mature=median.value is not None, estimate=median)


def _medians(con: Engine, placed: Placement) -> Mapping[date, Mapping[Dims, tuple[int, int, Estimate]]]:
    """How many have ended, how many were followed, and the quantile, by period and split."""
    found = _by_period(con, placed, "list(days), list(ended)")
    return {
        start: {dims: _median(days, ended, placed) for dims, (days, ended) in here.items()}
        for start, here in found.items()
    }


def _median(days: Sequence[int], ended: Sequence[bool], placed: Placement) -> tuple[int, int, Estimate]:
    curve = kaplan_meier(np.asarray(days, dtype=float), np.asarray(ended, dtype=bool))
    return sum(ended), len(ended), Estimate(*curve.quantile(placed.measure.quantile))


def mean_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """The mean of each period and split, with the sum and how many amounts are recorded."""
    found = _by_period(con, placed, "CAST(sum(amount) AS DOUBLE), count(amount), var_samp(amount)")
    for span, dims in product(placed.spans, combinations(found, placed.names)):
        total, n, variance = found.get(span.start, {}).get(dims, (None, 0, None))
        estimate = Estimate(*mean_of_sums(n, total, variance)) if n else None
        yield Figure(span, placed.named(dims), total, n, estimate=estimate)


def ratio_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """What is above the line and what is below it, in each period and split."""
    found = sides_of(con, placed)
    for span, dims in product(placed.spans, combinations(found, placed.names)):
        above, below = found.get(span.start, {}).get(dims) or nothing_on(placed.measure)
        yield Figure(span, placed.named(dims), above, below)


def tally_figures(con: Engine, measure: Measure, chosen: Sequence[Split], standards: Standards) -> Iterator[Figure]:
    """The sums of a measure that has no periods."""
    split = "".join(f"{each.sql} AS by_{each.name}, " for each in chosen)
    sums = f"SELECT {split}sum(numerator), sum(denominator) FROM ({measure.rows}) AS counted GROUP BY ALL ORDER BY ALL"
    names = [each.name for each in chosen]
    for *dims, numerator, denominator in con.execute(with_setting(standards, sums)).fetchall():
        yield Figure(None, dict(zip(names, dims, strict=True)), numerator, denominator)


def counts_of(con: Engine, placed: Placement) -> Counts:
    """How many are in the numerator (None where no record could tell) and how many in all, by period and split."""
    units = "DISTINCT unit_id" if placed.measure.once else "*"
    numerator = everyone = f"count({units})"
    if placed.measure.statistic.is_share:
        numerator = f"CASE WHEN count(counted) > 0 THEN count({units}) FILTER (counted) END"
    return _by_period(con, placed, f"{numerator}, {everyone}")


def sides_of(con: Engine, placed: Placement) -> Mapping[date, Mapping[Dims, tuple[float | None, float | None]]]:
    """The sums above and below the line, by period and split; None where nothing is recorded of a side.

    Of people that is not so: nobody is nobody, and counts as none.
    """
    sides = (f"CAST(sum(amount) FILTER (side = '{side}') AS DOUBLE)" for side in ("above", "below"))
    found, none = _by_period(con, placed, ", ".join(sides)), nothing_on(placed.measure)
    return {
        start: {
            dims: (none[0] if above is None else above, none[1] if below is None else below)
            for dims, (above, below) in here.items()
        }
        for start, here in found.items()
    }


def nothing_on(measure: Measure) -> tuple[float | None, float | None]:
    """What a side of the line comes to of which there is no row: no people is none, no record of money is no data."""
    above, below = (0.0 if each.is_count_of_people else None for each in (measure.above, measure.below))
    return above, below


def _by_period(con: Engine, placed: Placement, aggregates: str) -> Mapping[date, Mapping[Dims, Any]]:
    """Aggregates over the rows of the measure, by the first day of the period and by the values of the splits."""
    if placed.known is not None:
        return placed.known
    found: dict[date, dict[Dims, Any]] = defaultdict(dict)
    splits = 1 + len(placed.names)
    for row in con.execute(placed.query(aggregates)).fetchall():
        found[row[0]][row[1:splits]] = row[splits:]
    return dict(found)


def combinations(found: Mapping[date, Mapping[Dims, object]], names: Sequence[str]) -> list[Dims]:
    """Every combination of splits that was met in any period, in order; without splits, the one that has none."""
    return sorted({dims for here in found.values() for dims in here}) if names else [()]


def _totals(here: Mapping[Dims, tuple[int | None, int]], places: Sequence[int]) -> Mapping[Dims, int]:
    """For a mix: all there are, by the values of the splits that it is not made of."""
    totals: dict[Dims, int] = defaultdict(int)
    for dims, (_, everyone) in here.items():
        totals[tuple(dims[i] for i in places)] += everyone
    return totals
