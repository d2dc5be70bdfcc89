"""Kaplan-Meier quantiles of very many cells at once: what `statistics.survival` gives for one, for all of them together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from earlyhelp.statistics.intervals import z_score
from earlyhelp.statistics.survival import TOLERANCE

_Floats = NDArray[np.float64]
_Whole = NDArray[np.int64]
_WIDEST = 4_000_000
"""Fields of one matrix: more cells than fit are worked out in turns."""


def quantiles(cell: _Whole, days: _Floats, followed: _Floats, ending: _Floats, q: float) -> NDArray[Any]:
    """Estimate, lower and upper bound of each cell's quantile, shape (cells, 3), NaN where its curve does not get there.

    A cell is one period and value of a split. cell: the cells by number, from 0 up, none left out, in order; within a
    cell the `days` in order, each once. followed, ending: how many lasted so long or were last seen then, and how many
    of them ended then. q: the share that has ended, between 0 and 1. All arrays have one length.

    Source: as `KaplanMeier.quantile`, whose answers these are.
    """
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    sizes = np.diff(starts, append=len(cell))
    found = np.full((len(starts), 3), np.nan)
    order = np.argsort(sizes, kind="stable")
    for turn in _turns(sizes[order]):
        chosen = order[turn]
        found[chosen] = _quantiles(starts[chosen], sizes[chosen], days, followed, ending, q)
    return found


def _turns(sizes: _Whole) -> list[slice]:
    """Slices of cells, from the smallest to the largest: none more than twice as long as another, nor too many at once."""
    turns, first = [], 0
    while first < len(sizes):
        alike = int(np.searchsorted(sizes, 2 * sizes[first], side="right"))
        last = min(alike, first + max(1, _WIDEST // int(sizes[alike - 1])))
        turns.append(slice(first, last))
        first = last
    return turns


def _quantiles(
    starts: _Whole, sizes: _Whole, days: _Floats, followed: _Floats, ending: _Floats, q: float
) -> NDArray[Any]:
    place = np.arange(int(sizes.max()))
    is_there = place < sizes[:, None]
    at = np.where(is_there, starts[:, None] + place, 0)
    leaving, events = (np.where(is_there, each[at], 0.0) for each in (followed, ending))
    at_risk = np.cumsum(leaving[:, ::-1], axis=1)[:, ::-1]
    last_day = days[starts + sizes - 1]
    happens = events > 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        staying = at_risk - events
        survival = np.cumprod(np.where(happens, staying / at_risk, 1.0), axis=1)
        spread = np.cumsum(np.where(happens, events / (at_risk * staying), 0.0), axis=1)
        share = np.where(survival > 0, survival, np.nan)
        relative = z_score(0.95) * (survival * np.sqrt(spread)) / share
        curves = (survival, share * np.exp(-relative), np.minimum(share * np.exp(relative), 1))
        return np.column_stack([_reached(curve, happens, days[at], last_day, 1 - q) for curve in curves])


def _reached(
    curve: NDArray[Any], happens: NDArray[np.bool_], days: _Floats, last_day: _Floats, level: float
) -> _Floats:
    """The day on which each curve is at the level or under, the middle of the stretch where it runs level at it."""
    at_level, under = happens & (curve <= level + TOLERANCE), happens & (curve <= level - TOLERANCE)
    each = np.arange(len(curve))
    reached = np.where(at_level.any(axis=1), days[each, at_level.argmax(axis=1)], np.nan)
    passed = np.where(under.any(axis=1), days[each, under.argmax(axis=1)], last_day)
    return np.asarray((reached + passed) / 2, dtype=np.float64)
