"""Every measure once more, in plain Python: slow, obvious, made from the words of the catalogue, not from its SQL.

What each measure counts is in `counted`, theme by theme; here is what all have in common: periods, splits, figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from earlyhelp.measures import Disclosure, Grain, Measure, Question, Statistic
from generative.counted import COUNTED, FOLLOWED
from generative.things import ONE_DAY, Row, Thing
from generative.worlds import AREA, World

Dims = tuple[str, ...]
NO_GROUP = ("not_recorded", "unmapped")


@dataclass(frozen=True)
class Expected:
    """A figure as the oracle sees it. `median`: what is worked out from single things, a median or a mean."""

    period: tuple[date, date]
    dims: Dims
    numerator: float | None
    denominator: float | None
    mature: bool
    median: Fraction | None = None
    against: tuple[float, float] | None = None


# Periods ---------------------------------------------------------------------------------------------


def period_of(day: date, grain: Grain, year_starts: int) -> tuple[int, int]:
    """The reporting year that a day lies in, and which month, quarter or year of it."""
    year = day.year if day.month >= year_starts else day.year - 1
    month = (day.month - year_starts) % 12
    return year, {Grain.MONTH: month, Grain.QUARTER: month // 3, Grain.YEAR: 0}[grain]


def periods(asked: Question, first: date, last: date, year_starts: int) -> list[tuple[date, date]]:
    """The periods of all days from the first to the last, by walking over them."""
    if last < first:
        return []
    if asked.grain is None:
        return [(first, last)]
    while not asked.first and period_of(first - ONE_DAY, asked.grain, year_starts) == period_of(
        first, asked.grain, year_starts
    ):
        first -= ONE_DAY
    found: list[tuple[date, date]] = []
    day = first
    while day <= last:
        if found and period_of(day, asked.grain, year_starts) == period_of(found[-1][0], asked.grain, year_starts):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
        day += ONE_DAY
    return found


def spans(
    world: World, measure: Measure, asked: Question, found: list[Thing], year_starts: int
) -> list[tuple[date, date]]:
    """The periods a question is about, nothing of them after the day the data is as at."""
    last = min(asked.last or world.as_at, world.as_at)
    compared = [thing for thing in found if measure.statistic is Statistic.DISPARITY and thing.side == "below"]
    seen = [thing.day for thing in found if thing not in compared and thing.day and thing.day <= last]
    first = asked.first or (min(seen) if seen else None)
    if first is None:
        return []
    grain = asked.grain or (Grain.YEAR if measure.finest is Grain.YEAR else None)
    followed = FOLLOWED.get((measure.id, measure.definition))
    if followed and not grain and not asked.last:
        mature = world.as_at - timedelta(days=followed)
        last = mature if mature >= first else last
    return periods(replace(asked, grain=grain), first, last, year_starts)


# Splits ----------------------------------------------------------------------------------------------


def values(world: World, thing: Thing, split: str) -> list[str]:
    """The values of a thing under one split; several only where a person has several."""
    if thing.dims and split in thing.dims:
        return [thing.dims[split]]
    if split not in ("age_band", "sex", "ethnicity", "disability", "ward_code", "imd_decile"):
        return [_text(thing.row.get(split))]
    person = next((row for row in world.rows("person") if row["person_id"] == thing.row["person_id"]), None)
    if split in ("ward_code", "imd_decile"):
        lsoa = person and person["lsoa"]
        return [_text(next((row[split] for row in world.rows("place") if row["lsoa"] == lsoa), None))]
    if person is None:
        return ["not_recorded"]
    if split == "age_band":
        return [_age_band(person["dob"] or person["expected_dob"], thing.day)]
    return sorted(set(_text(person[split]).split(";")))


def _age_band(born: date | None, day: date) -> str:
    if born is None:
        return "not_recorded"
    months = (day.year - born.year) * 12 + day.month - born.month
    if months < 0:
        return "unborn"
    bands = [(12, "under 1"), (60, "1-4"), (120, "5-9"), (192, "10-15"), (216, "16-17")]
    return next((band for limit, band in bands if months < limit), "18 and over")


def _text(value: object) -> str:
    return "not_recorded" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# Figures ---------------------------------------------------------------------------------------------


def answer(world: World, measure: Measure, asked: Question, year_starts: int) -> list[Expected]:
    """The figures that a question should get, in order."""
    found = list(COUNTED[measure.id, measure.definition](world))
    by = list(dict.fromkeys((*measure.fixed_splits, *asked.by)))
    wanted = spans(world, measure, asked, found, year_starts)
    placed = {span: _placed(world, found, span, by) for span in wanted}
    met = sorted({dims for here in placed.values() for dims in here}) if by else [()]
    if measure.statistic is Statistic.RATE:
        met = sorted({*met, *_reachable(world, measure, by, met)})
    if measure.statistic is Statistic.SLOPE:
        return [each for span in wanted for each in _slopes(world, measure, by, span, placed)]
    if measure.statistic in (Statistic.GAP, Statistic.DISPARITY):
        met = [dims for dims in met if dims[by.index(measure.along)] not in NO_GROUP]
    if measure.statistic is Statistic.BALANCE:
        rest = {dims[1:] for dims in met} if len(by) > 1 else {()}
        met = sorted((flow, *dims) for dims in rest for flow in ("started", "ended", "net"))
    return [_figure(world, measure, by, span, dims, placed[span]) for span in wanted for dims in met]


def _placed(world: World, found: list[Thing], span: tuple[date, date], by: list[str]) -> dict[Dims, list[Thing]]:
    here: dict[Dims, list[Thing]] = {}
    for thing in found:
        if thing.open_until is not None:
            is_in, day = thing.day <= span[1] < thing.open_until, span[1]
        else:
            is_in, day = span[0] <= thing.day <= span[1], thing.day
        if is_in:
            then = replace(thing, day=day, open_until=None)
            for dims in product(*(values(world, then, split) for split in by)):
                here.setdefault(dims, []).append(then)
    return here


def _figure(
    world: World,
    measure: Measure,
    by: list[str],
    span: tuple[date, date],
    dims: Dims,
    here: dict[Dims, list[Thing]],
) -> Expected:
    numerator, denominator, median = _counts(world, measure, by, span, dims, here)
    if _before_coverage(world, measure, span):
        numerator = None
    mature = span[1] + timedelta(days=FOLLOWED.get((measure.id, measure.definition), 0)) <= world.as_at
    if measure.statistic is Statistic.MEDIAN:
        mature = median is not None
    against = _against(measure, by, dims, here) if measure.statistic in (Statistic.GAP, Statistic.DISPARITY) else None
    return Expected(span, dims, numerator, denominator, mature, median, against)


def _against(measure: Measure, by: list[str], dims: Dims, here: dict[Dims, list[Thing]]) -> tuple[float, float] | None:
    """What a group is compared with: all other groups, or the reference group, or all together."""
    place = by.index(measure.along)
    rest = dims[:place] + dims[place + 1 :]
    beside = {each[place]: own for each, own in here.items() if each[:place] + each[place + 1 :] == rest}
    groups = {group: own for group, own in beside.items() if group not in NO_GROUP}
    if measure.statistic is Statistic.GAP:
        others = [own for group, own in groups.items() if group != dims[place]]
        told = [own for own in others if any(thing.counted is not None for thing in own)]
        return float(sum(_counted(own) for own in told)), float(sum(len({t.unit for t in own}) for own in told))
    chosen = [own for group, own in groups.items() if not measure.reference or group == measure.reference]
    sides = [(_side(own, "above", measure.above), _side(own, "below", measure.below)) for own in chosen]
    told_sides = [(above, below) for above, below in sides if above is not None and below is not None]
    return (sum(above for above, _ in told_sides), sum(below for _, below in told_sides)) if told_sides else None


def _counted(own: list[Thing]) -> int:
    return len({thing.unit for thing in own if thing.counted})


def _slopes(
    world: World,
    measure: Measure,
    by: list[str],
    span: tuple[date, date],
    placed: dict[tuple[date, date], dict[Dims, list[Thing]]],
) -> list[Expected]:
    """The slope along the deciles of which it is known how many children live there, by each other split."""
    place = by.index(measure.along)
    rest = (
        sorted({dims[:place] + dims[place + 1 :] for here in placed.values() for dims in here}) if len(by) > 1 else [()]
    )
    deciles = [each for each in map(str, range(1, 11)) if _children_of_places(world, measure, {measure.along: each})]
    found = []
    for others in rest:
        cells = [(*others[:place], decile, *others[place:]) for decile in deciles]
        counts = [len({thing.unit for thing in placed[span].get(cell, [])}) for cell in cells]
        people = [_children(world, measure, by, cell, span[1].year) for cell in cells]
        known = [(count, Fraction(of)) for count, of in zip(counts, people, strict=True) if of]
        slope = _slope([(Fraction(count) / of * measure.per, of) for count, of in known]) if len(known) > 2 else None
        numerator = None if slope is None or _before_coverage(world, measure, span) else sum(counts)
        of_all = float(sum(of for _, of in known)) if known else None
        found.append(Expected(span, others, numerator, of_all, True, slope))
    return found


def _slope(groups: list[tuple[Fraction, Fraction]]) -> Fraction:
    """Least squares through the groups' values at the middle of their range of the people, weighted by the people."""
    people = sum(of for _, of in groups)
    before, points = Fraction(0), []
    for value, of in groups:
        points.append(((before + of / 2) / people, value, of / people))
        before += of
    x_mean = sum(x * weight for x, _, weight in points)
    y_mean = sum(y * weight for _, y, weight in points)
    across = sum(weight * (x - x_mean) ** 2 for x, _, weight in points)
    return sum(weight * (x - x_mean) * (y - y_mean) for x, y, weight in points) / across


def _counts(
    world: World,
    measure: Measure,
    by: list[str],
    span: tuple[date, date],
    dims: Dims,
    here: dict[Dims, list[Thing]],
) -> tuple[float | None, float | None, Fraction | None]:
    """Numerator and denominator, and what is worked out from single things."""
    own = here.get(dims, [])
    units = {thing.unit for thing in own}
    counted = {thing.unit for thing in own if thing.counted}
    known = [thing.amount for thing in own if thing.amount is not None]
    match measure.statistic:
        case Statistic.SHARE | Statistic.GAP:
            nobody_tells = bool(own) and all(thing.counted is None for thing in own)
            return (None if nobody_tells else len(counted)), len(units), None
        case Statistic.MIX:
            rest = [i for i, name in enumerate(by) if name not in measure.always_by]
            same = [other for other in here if all(other[i] == dims[i] for i in rest)]
            return len(units), len({thing.unit for other in same for thing in here[other]}), None
        case Statistic.RATE:
            return len(units), _children(world, measure, by, dims, span[1].year), None
        case Statistic.MEDIAN:
            return len(counted), len(units), kaplan_meier_quantile(own, Fraction(str(measure.quantile)))
        case Statistic.MEAN:
            return (float(sum(known)), len(known), sum(known) / Fraction(len(known))) if known else (None, 0, None)
        case Statistic.RATIO | Statistic.DISPARITY:
            return _side(own, "above", measure.above), _side(own, "below", measure.below), None
        case Statistic.BALANCE if dims[:1] == ("net",):
            started, ended = (len(here.get((flow, *dims[1:]), [])) for flow in ("started", "ended"))
            return started - ended, None, None
    return len(units), None, None


def _side(own: list[Thing], side: str, kind: Disclosure) -> float | None:
    """The sum of one side of a ratio, each unit once with its largest amount; nothing recorded is none, nobody is 0."""
    largest: dict[object, Fraction] = {}
    for thing in own:
        if thing.side == side and thing.amount is not None:
            largest[thing.unit] = max(thing.amount, largest.get(thing.unit, thing.amount))
    if not largest:
        return 0.0 if kind.is_count_of_people else None
    return float(sum(largest.values()))


def _before_coverage(world: World, measure: Measure, span: tuple[date, date]) -> bool:
    feeds = world.rows("feed")
    return bool(feeds and world.rows(measure.of.table_name)) and span[1] < feeds[0]["coverage_start"]


def _children(world: World, measure: Measure, by: list[str], dims: Dims, year: int) -> float | None:
    places = [name for name in by if name in ("ward_code", "imd_decile")]
    if places and {"sex", "ethnicity"} & set(by):
        return None
    if places:
        return _children_of_places(world, measure, {name: dims[by.index(name)] for name in places})
    sex = dims[by.index("sex")] if "sex" in by else "all"
    published = [row for row in world.rows("population") if row["source"] == "ONS" and row["sex"] == sex]
    whole = [row for row in published if row["age_band"] == measure.ages and row["ethnicity"] is None]
    known = {row["year"]: row["count"] for row in whole} or _summed(published, measure.ages)
    if not known:
        return None if "sex" in by else _children_of_places(world, measure, {})
    return known[max((each for each in known if each <= year), default=min(known))]


def _reachable(world: World, measure: Measure, by: list[str], met: list[Dims]) -> Iterator[Dims]:
    """Every place, or each sex, of which it is told how many children it has, beside what was met of the other splits."""
    of_children = [name for name in by if name in ("ward_code", "imd_decile", "sex")]
    told = {name: sorted({_text(row[name]) for row in world.rows("place")}) for name in of_children if name != "sex"}
    told["sex"] = ["F", "M"]
    rest = [{name: value for name, value in zip(by, dims, strict=True) if name not in of_children} for dims in met]
    if len(of_children) == len(by):
        rest = [{}]
    for values, others in product(product(*(told[name] for name in of_children)), rest):
        here = {**others, **dict(zip(of_children, values, strict=True))}
        dims = tuple(here[name] for name in by)
        if of_children and "not_recorded" not in values and _children(world, measure, by, dims, world.as_at.year):
            yield dims


def _children_of_places(world: World, measure: Measure, places: dict[str, str]) -> float | None:
    """Children of all ages in places of some kind; of younger ones the made-up publication tells nothing by place."""
    if measure.ages != "0-17":
        return None
    own = [row for row in world.rows("place") if row["la_code"] == AREA]
    there = [row for row in own if all(str(row[name]) == place for name, place in places.items())]
    return sum(row["children_0_17"] or 0 for row in there) or None


def _summed(published: list[Row], ages: str) -> dict[int, float]:
    """Children under 5, whom the made-up publication tells of in two bands."""
    years = {row["year"] for row in published if row["age_band"] in ("under 1", "1-4") and ages == "0-4"}
    return {
        year: sum(row["count"] for row in published if row["year"] == year and row["age_band"] in ("under 1", "1-4"))
        for year in years
    }


def kaplan_meier_quantile(own: list[Thing], share: Fraction) -> Fraction | None:
    """The day by which a share has ended: exact fractions, one day after the other."""
    alive, left = Fraction(1), 1 - share
    reached_on = None
    for day in range(max((thing.days for thing in own), default=-1) + 1):
        at_risk = sum(thing.days >= day for thing in own)
        ended = sum(thing.days == day and bool(thing.counted) for thing in own)
        alive *= 1 - Fraction(ended, at_risk)
        if reached_on is not None and ended:
            return Fraction(reached_on + day, 2)
        if alive < left:
            return Fraction(day)
        if alive == left and reached_on is None:
            reached_on = day
    return None if reached_on is None else Fraction(reached_on + max(thing.days for thing in own), 2)
