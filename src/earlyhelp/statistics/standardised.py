"""Rates that two places would have, were their people of the same ages (or any other groups): directly standardised."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.statistics.estimates import Estimate, estimate
from earlyhelp.statistics.intervals import byar, figures, missing_if_zero

FEWEST_EVENTS = 10
"""A rate resting on fewer events should not be published: its interval cannot be trusted (Morris and others 2018)."""


def directly_standardised(
    counts: ArrayLike, populations: ArrayLike, weights: ArrayLike, per: float, confidence: float = 0.95
) -> Estimate[Any]:
    """The rate of events per `per` people, had the groups the sizes of a standard population; with bounds, in that unit.

    Estimand: the mean of the long-run rates of the groups, weighted by the standard population. With O_i events among n_i
    people in group i, w_i its standard population, W the sum of the w_i and O the sum of the O_i:
    rate = sum(w_i O_i / n_i) / W, its variance v = sum(w_i^2 O_i / n_i^2) / W^2, and the bounds are
    rate + sqrt(v / O) (L - O) and rate + sqrt(v / O) (U - O), L and U being the bounds of `byar` on O (exact for O under
    10). The rate is told for any O; whether to show it is not decided here, see `FEWEST_EVENTS`.

    counts, populations: events and people, the groups in the last dimension; other dimensions are places or years, and
    the answer has one figure for each of them. weights: the standard population, or its shares, of the same groups; all
    places may share one. A group of weight 0 is left out. per: the number of people that the rate is told for.
    confidence: the share of such intervals that hold the estimand, between 0 and 1.

    A missing figure, or nobody in a group that has weight, makes the rate missing (NaN): no event among nobody is no
    rate of 0. No event at all gives the rate 0 without bounds (NaN).
    Raises ValueError when a figure is negative or infinite, a weight is missing, all weights are 0, the groups do not
    match, or `per` is not above 0.

    Source: Dobson, Kuulasmaa, Eberle and Scherer (1991), Statistics in Medicine 10:457-462; Eayres (2008), APHO Technical
    Briefing 3, pp. 8-9; Morris, Tan, Fryers and Bestwick (2018), Population Health Metrics 16:19. Known answers:
    tests/known_answers/test_standardised_published.py.
    """
    events, people, shares = _groups(counts, populations, weights)
    if not per > 0:
        raise ValueError("`per` is the number of people a rate is told for: it must be above 0, such as 10000")
    counted = shares > 0
    weight = np.where(counted, shares, 0) / np.where(counted, missing_if_zero(people), 1)
    events = np.where(counted, events, 0)
    total = events.sum(axis=-1)
    value, variance = (weight * events).sum(axis=-1), (weight**2 * events).sum(axis=-1)
    scale = np.sqrt(variance / missing_if_zero(total))
    bounds = byar(total, confidence)
    lower, upper = (value + scale * (bound - total) for bound in bounds)
    return estimate(per * value, per * np.maximum(lower, 0), per * upper)


def _groups(counts: ArrayLike, populations: ArrayLike, weights: ArrayLike) -> list[NDArray[Any]]:
    """Counts, populations and shares of the standard population, in one shape, the groups last."""
    events, people, standard = figures("count", counts), figures("population", populations), figures("weight", weights)
    groups = {np.shape(each)[-1:] for each in (events, people, standard)}
    if len(groups) != 1 or groups == {()}:
        raise ValueError("counts, populations and weights must have the same groups in their last dimension")
    whole = standard.sum(axis=-1, keepdims=True)
    if not np.all(whole > 0):
        raise ValueError("the standard population is empty, or the weight of a group is missing")
    return list(np.broadcast_arrays(events, people, standard / whole))
