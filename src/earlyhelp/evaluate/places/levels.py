"""Counts by ward, by small area and for the council as a whole: what every figure of this answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Floats, Ints
from earlyhelp.evaluate.places.areas import Areas
from earlyhelp.evaluate.places.incidents import ELSEWHERE, HEALTH, OTHER_ROUTES, Records, Told
from earlyhelp.evaluate.places.repeat import Repeats, repeats

YEAR = 365
WARD, SMALL_AREA, COUNCIL = "ward", "small_area", "council"


class Window(NamedTuple):
    """The year that figures are of, and the year before: four days, each included."""

    before_first: date
    before_last: date
    first: date
    last: date


def window_of(last: date) -> Window:
    """The 365 days up to `last`, and the 365 days before them."""
    first = last - timedelta(days=YEAR - 1)
    return Window(first - timedelta(days=YEAR), first - timedelta(days=1), first, last)


@dataclass(frozen=True, eq=False)
class Level:
    """Counts of every area of one kind: arrays of one length, a place an area. Exact, so never shown as they are.

    `group`: place of the ward that an area lies in (of wards and the council, 0). `children`: aged 0 to 17, NaN where
    nobody tells. `incidents` of the year and the `families` of them; `before`: incidents of the year before;
    `change_error`: standard error of the logarithm of incidents over before. Of both years: `notified`, `otherwise` and
    `both`: families of whom the police told, of whom anybody else told, and both; `routes`: (routes, n) families by
    each other route; `health`: families with health events. `repeats`: families followed for a year, and told of again.
    """

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    group: Ints
    children: Floats
    incidents: Floats
    families: Floats
    before: Floats
    change_error: Floats
    notified: Floats
    otherwise: Floats
    both: Floats
    routes: Floats
    health: Floats
    repeats: Repeats

    def __len__(self) -> int:
        return len(self.codes)


def wards(records: Records, window: Window) -> Level:
    """Every ward of the council, those of which nothing is told included."""
    areas = records.areas
    labels = tuple(areas.ward_names.get(code, code) for code in areas.wards)
    group = np.zeros(len(areas.wards), dtype=np.int64)
    return _level(WARD, areas.wards, labels, group, areas.children_of_wards, areas.ward, records, window)


def small_areas(records: Records, window: Window) -> Level:
    """Every small area of the council, those of which nothing is told included."""
    areas = records.areas
    labels = tuple(_label(areas, place) for place in range(len(areas)))
    place = np.arange(len(areas))
    return _level(SMALL_AREA, areas.lsoa, labels, areas.ward, areas.children, place, records, window)


def council(records: Records, window: Window) -> Level:
    """The council as a whole, as one area."""
    areas = records.areas
    place = np.zeros(len(areas), dtype=np.int64)
    children = np.array([areas.children.sum()])
    return _level(COUNCIL, (COUNCIL,), (COUNCIL,), place[:1], children, place, records, window)


def _label(areas: Areas, place: int) -> str:
    ward = areas.wards[areas.ward[place]]
    return f"{areas.lsoa[place]} in {areas.ward_names[ward]}" if ward in areas.ward_names else areas.lsoa[place]


def _level(
    name: str,
    codes: tuple[str, ...],
    labels: tuple[str, ...],
    group: Ints,
    children: Floats,
    place: Ints,
    records: Records,
    window: Window,
) -> Level:
    """`place`: of each small area, the place of the area it belongs to at this level."""
    n = len(codes)
    told = {route: _placed(each, place) for route, each in records.routes.items()}
    notified = records.notifications
    own = _placed(notified, place)
    year, before = (
        own.within(*days) for days in ((window.first, window.last), (window.before_first, window.before_last))
    )
    both_years = {route: each.within(window.before_first, window.last) for route, each in told.items()}
    by_police = _pairs(own.within(window.before_first, window.last))
    by_route = [_pairs(both_years[route.name]) for route in OTHER_ROUTES]
    by_others = np.unique(np.concatenate(by_route), axis=0)
    return Level(
        name, codes, labels, group, children,
        incidents=_per_area(year.area, n),
        families=_per_area(_pairs(year)[:, 0], n),
        before=_per_area(before.area, n),
        change_error=_change_error(year, before, n),
        notified=_per_area(by_police[:, 0], n),
        otherwise=_per_area(by_others[:, 0], n),
        both=_per_area(_in_both(by_police, by_others)[:, 0], n),
        routes=np.array([_per_area(each[:, 0], n) for each in by_route]),
        health=_per_area(_pairs(both_years[HEALTH.name])[:, 0], n),
        repeats=repeats(own, n, window.before_first, window.before_last),
    )  # fmt: skip


def _placed(told: Told, place: Ints) -> Told:
    """What is told of the council's own areas, each at its place in the level."""
    here = told.only(told.area != ELSEWHERE)
    return Told(place[here.area], here.family, here.linked, here.day)


def _pairs(told: Told) -> Ints:
    """Each area and family that are told of together, once: (pairs, 2)."""
    pairs: Ints = np.unique(np.column_stack([told.area, told.family]), axis=0).reshape(-1, 2)
    return pairs


def _per_area(area: Ints, n: int) -> Floats:
    return np.bincount(area, minlength=n).astype(np.float64)


def _in_both(one: Ints, other: Ints) -> Ints:
    """The pairs that are in both."""
    joined, times = np.unique(np.concatenate([one, other]), axis=0, return_counts=True)
    both: Ints = joined[times > 1]
    return both


def _change_error(year: Told, before: Told, n: int) -> Floats:
    """Standard error of the log of incidents over those before, with each family's incidents taken together.

    The root of the sum over families of (a/A - b/B)^2, where a and b are a family's incidents and A and B those of the
    area: the linearised variance of a ratio of totals whose parts come in clusters. Never less than that of single
    incidents, 1/A + 1/B: a few families who bring as much each year make nothing certain. NaN where either year has none.
    Source: Woodruff (1971), Journal of the American Statistical Association 66:411-414.
    """
    keys = np.concatenate([np.column_stack([each.area, each.family]) for each in (year, before)])
    pairs, at = np.unique(keys, axis=0, return_inverse=True)
    at = at.reshape(-1)
    later, earlier = at[: len(year)], at[len(year) :]
    totals = [_per_area(each.area, n) for each in (year, before)]
    parts = [_shares(place, pairs[:, 0], total) for place, total in zip((later, earlier), totals, strict=True)]
    squares = np.bincount(pairs[:, 0], weights=(parts[0] - parts[1]) ** 2, minlength=n)
    known = (totals[0] > 0) & (totals[1] > 0)
    single = 1 / np.maximum(totals[0], 1) + 1 / np.maximum(totals[1], 1)
    error: Floats = np.where(known, np.sqrt(np.maximum(squares, single)), np.nan)
    return error


def _shares(place: NDArray[np.int64], area: Ints, total: Floats) -> Floats:
    """Of each pair, the share of its area's incidents."""
    shares: Floats = np.bincount(place, minlength=len(area)) / np.maximum(total[area], 1)
    return shares
