"""Figures that compare groups: a group with all others, with a reference group, and all along a scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from earlyhelp.measures.children import Children
from earlyhelp.measures.counting import Dims, combinations, counts_of, nothing_on, sides_of
from earlyhelp.measures.engines import Engine
from earlyhelp.measures.figures import Estimate, Figure
from earlyhelp.measures.placement import Placement
from earlyhelp.standard import NOT_RECORDED, UNMAPPED
from earlyhelp.statistics.inequality import FEWEST_GROUPS, slope_index, standard_error_of
from earlyhelp.statistics.intervals import rate

NO_GROUP = (NOT_RECORDED, UNMAPPED)
"""Those of whom nobody knows the group are compared with nobody, and are not part of the others either."""


def gap_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """Each group's counts, beside those of all other groups together, in each period and by each other split."""
    found = counts_of(con, placed)
    place = placed.names.index(placed.measure.along)
    for span, dims in product(placed.spans, _groups(combinations(found, placed.names), place)):
        here = found.get(span.start, {})
        numerator, denominator = here.get(dims, (0, 0))
        others = [counts for each, counts in here.items() if _is_other_group(each, dims, place)]
        known = [(above, below) for above, below in others if above is not None]
        against = (float(sum(above for above, _ in known)), float(sum(below for _, below in known)))
        yield Figure(span, placed.named(dims), numerator, denominator, against=against)


def disparity_figures(con: Engine, placed: Placement) -> Iterator[Figure]:
    """Each group's two sides, beside those of the reference group (or of all together), in each period and split."""
    found, measure = sides_of(con, placed), placed.measure
    place = placed.names.index(measure.along)
    for span, dims in product(placed.spans, _groups(combinations(found, placed.names), place)):
        here = {each: sides for each, sides in found.get(span.start, {}).items() if each[place] not in NO_GROUP}
        above, below = here.get(dims) or nothing_on(measure)
        yield Figure(span, placed.named(dims), above, below, against=_reference(here, dims, place, measure.reference))


def slope_figures(con: Engine, placed: Placement, children: Children | None) -> Iterator[Figure]:
    """The slope index of inequality along a scale, from its most deprived end, in each period and by each other split."""
    assert children is not None
    found, names = counts_of(con, placed), placed.names
    place = names.index(placed.measure.along)
    rest = sorted({dims[:place] + dims[place + 1 :] for dims in combinations(found, names)}) if len(names) > 1 else [()]
    groups = sorted(children.places_along(place) - set(NO_GROUP), key=int)
    for span, others in product(placed.spans, rest):
        named = dict(zip((name for name in names if name != placed.measure.along), others, strict=True))
        cells = [(*others[:place], group, *others[place:]) for group in groups]
        counts = [found.get(span.start, {}).get(cell, (0, 0))[1] for cell in cells]
        people = [children.of(span.end.year, cell) for cell in cells]
        yield _with_slope(Figure(span, named, sum(counts), _sum(people)), _slope(counts, people, placed.measure.per))


def _with_slope(figure: Figure, slope: Estimate | None) -> Figure:
    """The figure with its slope; no data where a scale has too few groups of which it is known how many they are."""
    return figure._replace(estimate=slope) if slope else figure._replace(numerator=None)


def _slope(counts: Sequence[int], people: Sequence[float | None], per: int) -> Estimate | None:
    known = [(count, of) for count, of in zip(counts, people, strict=True) if of]
    if len(known) < FEWEST_GROUPS:
        return None
    events, population = (np.array(each, dtype=float) for each in zip(*known, strict=True))
    errors = standard_error_of(rate(events, population, per))
    found = slope_index(events / population * per, population, errors)
    return Estimate(float(found.value), float(found.lower), float(found.upper))


def _sum(people: Sequence[float | None]) -> float | None:
    known = [each for each in people if each]
    return sum(known) if known else None


def _groups(dims: Sequence[Dims], place: int) -> list[Dims]:
    return [each for each in dims if each and each[place] not in NO_GROUP]


def _is_other_group(each: Dims, dims: Dims, place: int) -> bool:
    """Whether it stands beside the group in all but the group itself, which is known."""
    same = each[:place] + each[place + 1 :] == dims[:place] + dims[place + 1 :]
    return same and each[place] != dims[place] and each[place] not in NO_GROUP


def _reference(
    here: Mapping[Dims, tuple[float | None, float | None]], dims: Dims, place: int, reference: str
) -> tuple[float, float] | None:
    """The two sides that a group is compared with, or None where one of them is not told."""
    if reference:
        compared = [here[cell]] if (cell := (*dims[:place], reference, *dims[place + 1 :])) in here else []
    else:
        compared = [sides for each, sides in here.items() if each == dims or _is_other_group(each, dims, place)]
    known = [(above, below) for above, below in compared if above is not None and below is not None]
    return (sum(above for above, _ in known), sum(below for _, below in known)) if known else None
