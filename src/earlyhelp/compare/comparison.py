"""Own figures beside those of other councils: the same definition or none, funnel limits, spread, and a pooled estimate.

Councils are never ranked. Every figure here is made of packs that the reader holds, so that it tells the reader of no
council more than that council's own pack does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from earlyhelp.compare.pack import NAMED, SHARED, Pack, PackMeasure, PackRow
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.pooling import pool
from earlyhelp.measures import CATALOGUE, Measure, Statistic
from earlyhelp.release import Status
from earlyhelp.statistics.estimates import Floats
from earlyhelp.statistics.funnel import overdispersion, rate_limits, rate_scores, share_limits, share_scores

FEWEST_POOLED = 5
"""A pooled figure of fewer councils, passed on, would tell two of its members about a third."""
MISSING, OTHER_DEFINITION = "missing", "other_definition"
"""Further statuses of a council's figure: not in its pack, and not counted as ours is. Neither is zero."""
_NORMAL = 1.959963984540054
_FEWEST_TO_WIDEN = 10
_SHARES = (Statistic.SHARE, Statistic.MIX)


@dataclass(frozen=True)
class LeftOut:
    """A file that was not compared, and why."""

    file: str
    why: str


@dataclass(frozen=True)
class Line:
    """One council's figure. `place`: where it lies by the funnel (inside, above 95, below 99.8 ...); empty without one.

    `differs_in`: what its definition has otherwise, where it is not compared. `completeness`: of its emptiest column.
    """

    council: str
    name: str
    status: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    place: str = ""
    limits_95: tuple[float, float] | None = None
    limits_998: tuple[float, float] | None = None
    completeness: float | None = None
    differs_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spread:
    """How the councils' values lie: how many, the lowest, the quartiles, the highest."""

    councils: int
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True)
class PooledFigure:
    """What the councils' values say together (random effects): mean with 95 per cent interval; where one more would lie."""

    councils: int
    mean: float
    lower: float
    upper: float
    tau: float
    i_squared: float
    prediction_lower: float
    prediction_upper: float


@dataclass(frozen=True)
class MeasureCompared:
    """One measure, or one value of its split, over the councils; own line first. `target`: all that are comparable together."""

    measure: str
    definition: str
    name: str
    dims: Mapping[str, str]
    statistic: str
    unit: str
    better: str
    lines: tuple[Line, ...]
    target: float | None
    dispersion: float | None
    spread: Spread | None
    pooled: PooledFigure | None
    not_pooled: str


@dataclass(frozen=True)
class NamedThere:
    """The groups that one council's pack names, by code, and the last day of the year they are told of.

    `status`: ok; missing where its pack is older than that packs name groups; no_data where it tells nothing of these.
    """

    council: str
    name: str
    status: str
    end: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupsCompared:
    """The groups of a measure by one split that packs name without a count, over the councils; own line first."""

    measure: str
    by: str
    name: str
    lines: tuple[NamedThere, ...]


@dataclass(frozen=True)
class Comparison:
    """Own figures of one reference year beside those of others. `year`: its first and last day.

    `groups`: who asks, who leads and the systems cases are recorded in, as far as packs name them.
    """

    council: str
    year: tuple[str, str]
    councils: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    measures: tuple[MeasureCompared, ...]
    groups: tuple[GroupsCompared, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON has it."""
        return asdict(self)


def compared(own: Pack, others: Sequence[Pack], left_out: Sequence[LeftOut] = ()) -> Comparison:
    """Own figures beside those of the other councils, measure by measure, for the reference year of the own pack.

    A figure of another definition is named and not compared. Missing, suppressed, not mature and zero stay apart.
    """
    packs = [own, *sorted(others, key=lambda each: each.council)]
    keys = dict.fromkeys(each.key for each in SHARED)
    found = [
        _compared(CATALOGUE[key[0]].defined_as(key[1]), own.measures[key], dims, packs)
        for key in keys
        if key in own.measures
        for dims in _places(own, packs, key)
    ]
    names = {pack.council: pack.name or pack.council for pack in packs}
    groups = tuple(_groups_compared(each.measure, each.by, packs) for each in NAMED)
    return Comparison(own.council, own.year, names, tuple(left_out), tuple(found), groups)


def _groups_compared(measure: str, by: str, packs: Sequence[Pack]) -> GroupsCompared:
    return GroupsCompared(measure, by, CATALOGUE[measure].name, tuple(_named(each, measure, by) for each in packs))


def _named(pack: Pack, measure: str, by: str) -> NamedThere:
    name = pack.name or pack.council
    if pack.groups is None:
        return NamedThere(pack.council, name, MISSING)
    found = pack.groups.get((measure, by))
    if found is None:
        return NamedThere(pack.council, name, str(Status.NO_DATA))
    return NamedThere(pack.council, name, str(Status.OK), found.end, found.codes)


_Dims = tuple[tuple[str, str], ...]


def _places(own: Pack, packs: Sequence[Pack], key: tuple[str, str]) -> Iterator[_Dims]:
    """The values of the splits that any council tells for the year; a count by groups is no comparison of councils."""
    is_count = own.measures[key].statistic == Statistic.COUNT
    found = {
        row.dims
        for pack in packs
        if key in pack.measures
        for row in pack.measures[key].rows
        if row.end == own.year[1] and not (is_count and row.dims)
    }
    yield from sorted(found)


def _compared(measure: Measure, ours: PackMeasure, dims: _Dims, packs: Sequence[Pack]) -> MeasureCompared:
    key, end = (measure.id, measure.definition), packs[0].year[1]
    lines = [_line(pack, pack.measures.get(key), ours, dims, end) for pack in packs]
    told = [each for each in lines if each.status == Status.OK and each.value is not None]
    target = _target(measure, told)
    dispersion = _dispersion(measure, told, target)
    lines = _with_limits(measure, lines, target, dispersion)
    pooled, why_not = _pooled(measure, told)
    return MeasureCompared(
        measure.id,
        measure.definition,
        measure.name,
        dict(dims),
        str(measure.statistic),
        measure.unit,
        str(measure.better),
        tuple(lines),
        target,
        dispersion,
        _spread([each.value for each in told if each.value is not None]),
        pooled,
        why_not,
    )


def _line(pack: Pack, theirs: PackMeasure | None, ours: PackMeasure, dims: _Dims, end: str) -> Line:
    name = pack.name or pack.council
    row = next((each for each in theirs.rows if (each.dims, each.end) == (dims, end)), None) if theirs else None
    if theirs is None or row is None:
        return Line(pack.council, name, MISSING)
    if (theirs.meaning, theirs.statistic) != (ours.meaning, ours.statistic):
        return Line(pack.council, name, OTHER_DEFINITION, differs_in=_differences(theirs, ours))
    return _figure(pack.council, name, row, theirs)


def _figure(council: str, name: str, row: PackRow, measure: PackMeasure) -> Line:
    filled = [share for share in measure.completeness.values() if share is not None]
    return Line(
        council,
        name,
        row.status,
        row.value,
        row.lower,
        row.upper,
        row.numerator,
        row.denominator,
        completeness=min(filled, default=None),
    )


def _differences(theirs: PackMeasure, ours: PackMeasure) -> tuple[str, ...]:
    """What a definition has otherwise than ours, as far as a pack tells."""
    names = sorted(set(theirs.settings) | set(ours.settings))
    found = [
        f"{name} is {theirs.settings.get(name, 'not used')} there and {ours.settings.get(name, 'not used')} here"
        for name in names
        if theirs.settings.get(name) != ours.settings.get(name)
    ]
    if theirs.unit != ours.unit:
        found.append("it counts another unit")
    return tuple(found) or ("its rule, its families or the version of its software are others",)


def _has_funnel(measure: Measure) -> bool:
    return measure.statistic in (*_SHARES, Statistic.RATE)


def _target(measure: Measure, told: Sequence[Line]) -> float | None:
    """All comparable councils together, from their rounded counts; None where that tells nothing."""
    below = sum(each.denominator or 0 for each in told)
    if not _has_funnel(measure) or len(told) < 2 or not below:
        return None
    scale = measure.per if measure.statistic is Statistic.RATE else 1
    return sum(each.numerator or 0 for each in told) / below * scale


def _dispersion(measure: Measure, told: Sequence[Line], target: float | None) -> float | None:
    """How much more the councils vary than by chance, where it is well above 1; the limits are widened by its root."""
    if not target or len(told) < _FEWEST_TO_WIDEN or (measure.statistic in _SHARES and target >= 1):
        return None
    above, below = (np.array([getattr(each, side) for each in told], float) for side in ("numerator", "denominator"))
    is_share = measure.statistic in _SHARES
    scores = share_scores(above, below, target) if is_share else rate_scores(above, below, target, measure.per)
    found = overdispersion(scores)
    return found if found > 1 + 2 * float(np.sqrt(2 / len(told))) else None


def _with_limits(measure: Measure, lines: Sequence[Line], target: float | None, dispersion: float | None) -> list[Line]:
    if target is None:
        return list(lines)
    return [_placed(measure, line, target, dispersion or 1.0) if line.value is not None else line for line in lines]


def _placed(measure: Measure, line: Line, target: float, dispersion: float) -> Line:
    limits = [_limits(measure, line.denominator or 0, target, confidence, dispersion) for confidence in (0.95, 0.998)]
    assert line.value is not None
    place = "inside"
    for name, (lower, upper) in zip(("95", "99.8"), limits, strict=True):
        place = f"above {name}" if line.value > upper else f"below {name}" if line.value < lower else place
    told = {**vars(line), "place": place, "limits_95": limits[0], "limits_998": limits[1]}
    return Line(**told)


def _limits(
    measure: Measure, denominator: int, target: float, confidence: float, dispersion: float
) -> tuple[float, float]:
    lower, upper = limits(measure, np.array([float(denominator)]), target, confidence, dispersion)
    return round(float(lower[0]), 4), round(float(upper[0]), 4)


def limits(
    measure: Measure, sizes: Floats, target: float, confidence: float, dispersion: float = 1.0
) -> tuple[Floats, Floats]:
    """The lower and upper limits of chance of a share or a rate around the target, for each size of council."""
    goal = np.full_like(sizes, target)
    if measure.statistic is Statistic.RATE:
        found = rate_limits(sizes, goal, measure.per, confidence, dispersion)
    else:
        found = share_limits(sizes, goal, confidence, dispersion)
    return found.lower, found.upper


def _spread(values: Sequence[float]) -> Spread | None:
    if len(values) < 2:
        return None
    quartiles = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    return Spread(len(values), *(round(float(each), 4) for each in quartiles))


def _pooled(measure: Measure, told: Sequence[Line]) -> tuple[PooledFigure | None, str]:
    """The pooled value by random effects, or why there is none. Errors are those of the released intervals."""
    if measure.statistic is Statistic.COUNT:
        return None, "Counts of councils of different size are not pooled."
    estimates = [
        (each.value, (each.upper - each.lower) / (2 * _NORMAL))
        for each in told
        if each.value is not None and each.lower is not None and each.upper is not None and each.upper > each.lower
    ]
    if len(estimates) < FEWEST_POOLED:
        return None, f"{len(estimates)} councils have a figure with an interval; {FEWEST_POOLED} are needed."
    try:
        found = pool(*zip(*estimates, strict=True), interval="modified_hartung_knapp")
    except NotEstimable as problem:
        return None, problem.reason
    numbers = (
        found.mean,
        found.lower,
        found.upper,
        found.tau,
        found.i_squared,
        found.prediction_lower,
        found.prediction_upper,
    )
    return PooledFigure(found.number, *(round(each, 4) for each in numbers)), ""
