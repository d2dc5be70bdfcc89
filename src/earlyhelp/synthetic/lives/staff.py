"""Workers of early help: posts by locality, who fills each and when, and how many families each can hold in a month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from earlyhelp.synthetic.lives.days import ALL_MONTHS, CUT, NEVER, STARTS
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints

_OPENED = int(STARTS[0]) - 60
_HOURS = np.array([1.0, 1.0, 1.0, 0.8, 0.6])


@dataclass(frozen=True)
class Staff:
    """Posts (n_posts,): `locality`, `closed` (first day without the post, or NEVER).

    Stays of workers in posts (n_stays,), in order of post and day: `post`, `first`, `last` (NEVER while there), `fte`.
    `places`: families each post can hold in each month, (months, posts). `cut`: localities that lose posts.
    """

    locality: Ints
    closed: Ints
    post: Ints
    first: Ints
    last: Ints
    fte: Floats
    places: Floats
    cut: Flags


def staff(world: World, demand: Floats) -> Staff:
    """The posts that `demand` (full-time workers needed, by locality) asks for, and sixteen stays in each, as time allows."""
    draw, queue = world.draw("staff"), world.declared.queue
    staffed = queue.tenure / (queue.tenure + queue.vacancy) * _HOURS.mean()
    posts = np.maximum(np.rint(demand * queue.plenty / staffed).astype(np.int64), 1)
    locality = np.repeat(np.arange(len(posts)), posts)
    cut = localities_cut(world)
    closed = _closed(world, locality, cut)
    stays = draw.exponential(queue.tenure, (len(locality), 16)).astype(np.int64) + 30
    stays[:, 0] = stays[:, 0] * draw.random(len(locality)) + 30
    gaps = draw.exponential(queue.vacancy, stays.shape).astype(np.int64) + 1
    first = _OPENED + np.cumsum(stays + gaps, axis=1) - stays - gaps
    post = np.repeat(np.arange(len(locality)), 16)
    last = np.minimum((first + stays - 1).ravel(), closed[post] - 1)
    fte = draw.choice(_HOURS, len(post))
    real = (first.ravel() < closed[post]) & (first.ravel() < STARTS[-1])
    kept = (post[real], first.ravel()[real], np.where(last[real] >= STARTS[-1], NEVER, last[real]), fte[real])
    return Staff(locality, closed, *kept, _places(kept, len(locality), queue.caseload), cut)


def localities_cut(world: World) -> Flags:
    """Localities that lose posts on the day of the cut, drawn by lot."""
    n = len(world.places.localities)
    hit = np.zeros(n, bool)
    hit[world.draw("cut").permutation(n)[: round(world.declared.cut.localities * n)]] = True
    return hit


def _closed(world: World, locality: Ints, cut: Flags) -> Ints:
    """The declared share of the posts of each cut locality closes on the day of the cut."""
    closed = np.full(len(locality), NEVER)
    for place in np.flatnonzero(cut):
        posts = np.flatnonzero(locality == place)
        closed[posts[: round(world.declared.cut.posts * len(posts))]] = CUT
    return closed


def _places(kept: tuple[Ints, Ints, Ints, Floats], posts: int, caseload: float) -> Floats:
    post, first, last, fte = kept
    places = np.zeros((ALL_MONTHS, posts))
    for month in range(ALL_MONTHS):
        middle = STARTS[month] + 14
        there = (first <= middle) & (middle <= last)
        places[month, post[there]] = caseload * fte[there]
    return places
