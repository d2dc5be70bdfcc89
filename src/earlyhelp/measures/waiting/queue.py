"""The queue: a list played forward week by week, in many runs at once, under a given flow and capacity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Played:
    """What happened, by run, week and class of priority: arrays of shape (runs, weeks, classes).

    `waiting`: families on the list when the week is over; `served`, `escalated`, `left`: how they went off it in that
    week; `weeks_waited`: the weeks that those served had waited, added up (0 for who is served in the week of arrival).
    """

    waiting: Whole
    served: Whole
    escalated: Whole
    left: Whole
    weeks_waited: Whole


def play(
    list_now: ArrayLike,
    arrivals: ArrayLike,
    capacity: ArrayLike,
    chance_escalated: ArrayLike,
    chance_left: ArrayLike,
    luck: ArrayLike,
) -> Played:
    """The list over the weeks, in every run: some go off it by themselves, new families join, the oldest are served.

    In each week, in this order: of those on the list a binomial number goes off it unserved, spread evenly over the
    weeks waited, and splits into escalated and left; the arrivals join; as many as the week's capacity are served, the
    first class before the second, and within a class who has waited longest. Capacity that nobody needs is lost. The
    numbers that go are quantiles of the binomial at `luck`, so runs with the same luck differ by what is changed alone,
    and more capacity never leaves more families waiting.

    list_now: (classes, weeks waited) families at the start; the last column holds that many weeks and more.
    arrivals: (runs, weeks, classes); capacity: (runs, weeks), families; chance_escalated, chance_left: (runs,), for a
    week on the list, together at most 1; luck: (runs, weeks, classes, 2), uniform between 0 and 1.
    Raises ValueError for shapes that do not fit, negative numbers, or chances that are none.

    Source: the discrete-time bulk-service queue; with Poisson arrivals and fixed capacity it is the M/D/c queue seen
    once a service time (Crommelin 1932), which the tests use as known answer.
    """
    joins, free = np.asarray(arrivals, dtype=np.int64), np.asarray(capacity, dtype=np.int64)
    start, fate = np.asarray(list_now, dtype=np.int64), np.asarray(luck, dtype=np.float64)
    steps_up, goes = (np.asarray(each, dtype=np.float64)[:, None] for each in (chance_escalated, chance_left))
    _check(start, joins, free, steps_up, goes, fate)
    runs, weeks, classes = joins.shape
    waits = np.broadcast_to(start, (runs, *start.shape)).copy()
    weeks_of = np.arange(start.shape[1])
    told = {name: np.zeros((runs, weeks, classes), dtype=np.int64) for name in Played.__dataclass_fields__}
    for week in range(weeks):
        gone = _quantile(fate[:, week, :, 0], waits.sum(axis=2), steps_up + goes)
        up = _quantile(fate[:, week, :, 1], gone, _share(steps_up, steps_up + goes))
        waits = _older(waits - _spread(waits, gone))
        waits[:, :, 0] += joins[:, week]
        served = _oldest_first(waits, free[:, week])
        waits = waits - served
        told["escalated"][:, week], told["left"][:, week] = up, gone - up
        told["served"][:, week], told["waiting"][:, week] = served.sum(axis=2), waits.sum(axis=2)
        told["weeks_waited"][:, week] = served @ weeks_of
    return Played(**told)


def _older(waits: Whole) -> Whole:
    """Everybody a week further; the last place keeps who was there."""
    moved = np.zeros_like(waits)
    moved[:, :, 1:] = waits[:, :, :-1]
    moved[:, :, -1] += waits[:, :, -1]
    return moved


def _spread(waits: Whole, gone: Whole) -> Whole:
    """`gone` families of each class, taken evenly along the list: each family is as likely to go as the next."""
    after = waits.cumsum(axis=2)
    pace = np.divide(gone, after[:, :, -1], out=np.zeros(gone.shape), where=after[:, :, -1] > 0)[:, :, None]
    # The half keeps rounding from losing a family at the end of the list, where pace times everybody is `gone`.
    taken = np.floor(after * pace + 0.5).astype(np.int64)
    return np.asarray(np.diff(taken, axis=2, prepend=0), dtype=np.int64)


def _oldest_first(waits: Whole, free: Whole) -> Whole:
    """Who is served: class by class, from the longest wait to the shortest, until `free` is used up."""
    runs, classes, places = waits.shape
    queue = waits[:, :, ::-1].reshape(runs, classes * places)
    before = queue.cumsum(axis=1) - queue
    served = np.clip(free[:, None] - before, 0, queue)
    return np.asarray(served.reshape(runs, classes, places)[:, :, ::-1], dtype=np.int64)


def _quantile(luck: _Floats, n: Whole, chance: _Floats) -> Whole:
    """The smallest k that a binomial of `n` and `chance` stays at or under with probability `luck` or more."""
    from scipy.special import bdtr

    chance = np.broadcast_to(chance, n.shape)
    below, found = np.full(n.shape, -1), np.array(n, dtype=np.int64)
    for _ in range(int(n.max(initial=0)).bit_length()):  # halves the stretch that it lies in, until one is left
        middle = (below + found) // 2
        reached = (bdtr(np.maximum(middle, 0), n, chance) >= luck) & (middle > below)
        found, below = np.where(reached, middle, found), np.where(reached, below, np.maximum(middle, below))
    return np.where(chance > 0, found, 0)


def _share(part: _Floats, whole: _Floats) -> _Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _check(start: Whole, joins: Whole, free: Whole, steps_up: _Floats, goes: _Floats, fate: _Floats) -> None:
    if joins.ndim != 3 or start.ndim != 2 or free.shape != joins.shape[:2] or start.shape[0] != joins.shape[2]:
        raise ValueError("`arrivals` is (runs, weeks, classes), `capacity` (runs, weeks), `list_now` (classes, weeks)")
    if fate.shape != (*joins.shape, 2) or not len(steps_up) == len(goes) == len(joins):
        raise ValueError("`luck` is (runs, weeks, classes, 2) and each chance has one entry a run")
    if min(start.min(initial=0), joins.min(initial=0), free.min(initial=0)) < 0:
        raise ValueError("a number of families is negative")
    if min(steps_up.min(initial=0), goes.min(initial=0)) < 0 or (steps_up + goes).max(initial=0) > 1:
        raise ValueError("a chance lies outside 0 to 1, or the two add up to more than 1")
