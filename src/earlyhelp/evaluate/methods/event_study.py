"""Event study: what happens around an event (rent arrears, a hub's closure), against like units without it.

Each unit that the event struck is compared, period by period, with units that it had not struck and does not strike
within the window. Comparing with units struck earlier, as one regression on everybody does, can turn the sign of an
effect that grows with time (Goodman-Bacon 2021).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.panel import (
    LEAST_CLUSTERS,
    JointTest,
    checked_weights,
    clustered,
    codes,
    column,
    joint_test,
    refuse_few_clusters,
    refuse_missing,
    with_t_interval,
)


class EventStudy(NamedTuple):
    """Effects around the event: `effects[i]` is that of `relative[i]` periods after it, `struck[i]` units rest under it.

    The reference period has effect 0 by construction. Where fewer than the least number of clusters can be followed,
    the figures are NaN: the period is outside what the data can tell. `before` tests the periods before the reference
    together; it is None when they cannot be tested. `left_out` counts struck units without any like unit.
    """

    relative: tuple[int, ...]
    effects: tuple[Effect, ...]
    struck: tuple[int, ...]
    before: JointTest | None
    left_out: int

    def sentence(self) -> str:
        """What the periods before the event say about the comparison."""
        if self.before is None:
            return "The periods before the event could not be tested, so the comparison rests on belief alone."
        if self.before.p_value < 0.05:
            return (
                f"Before the event the two groups were already moving apart (p = {self.before.p_value:.3f}): "
                "differences after it cannot be put down to the event."
            )
        return (
            f"Before the event the two groups moved alike, as far as chance lets one see (p = {self.before.p_value:.2f}). "
            "That does not show that they would have gone on doing so."
        )


class Panel(NamedTuple):
    """Units by periods: `outcome` (units, periods), NaN where not known; the rest has one value a unit, event NaN if never.

    `event` counts from the first period of the table, `cluster` and `stratum` are numbers from 0 without gaps.
    """

    outcome: Floats
    event: Floats
    weights: Floats
    cluster: Ints
    stratum: Ints


class Contrast(NamedTuple):
    """Estimates (m,), what each unit contributes to them (units, m), who counts as struck, and struck and compared."""

    estimates: Floats
    contributions: Floats
    counted: Flags
    compared: Flags


def event_study(
    unit: ArrayLike,
    period: ArrayLike,
    outcome: ArrayLike,
    event_period: ArrayLike,
    *,
    earliest: int = -12,
    latest: int = 12,
    reference: int = -1,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    stratum: ArrayLike | None = None,
    least_clusters: int = LEAST_CLUSTERS,
) -> EventStudy:
    """Effects among the struck for each period from `earliest` to `latest` around the event, with a test of those before.

    Estimand at r: the mean over struck units of the change from the reference period to r, less the change of like units
    over the same two dates. Like units are of the same stratum, and never struck or struck more than `latest` periods
    after this event. With e the unit's event, c its stratum, w the weights and m_ec(r) the weighted mean change of its
    like units: theta(r) = sum w_i (y_i(e + r) - y_i(e + reference) - m_ec(r)) / sum w_i. The error is that of the sum of
    the influences w_i (change - m - theta) of struck units and -(W_ec / W0_ec) w_j (change - m) of like units, where W and
    W0 are the weights of struck and like units, summed by cluster; residuals of like units are divided by
    sqrt(1 - w_j / W0) for the mean that they made themselves.

    A row is one unit in one period; rows in any order, no unit twice in a period. unit: (n,) labels; period: (n,) whole
    numbers (months, say, counted from any start); outcome: (n,), NaN where not known; event_period: (n,) the period in
    which the event struck the unit, NaN if never; weights, cluster, stratum: (n,), each constant within a unit; units of
    weight 0 are left out; clusters are the units unless given; one stratum unless given. Intervals use Student's t on the
    clusters of the smaller group less 1.
    Raises NotEstimable without struck or like units, with too few clusters, or with half of the outcomes missing (in
    all, or of the struck in their windows); ValueError when the table contradicts itself.

    Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230, section 2; Wing, Freedman and
    Hollingsworth (2024), NBER working paper 32054 (why stacks are added up by their struck units).
    Known answers: tests/known_answers/test_designs_over_time_published.py.
    """
    if not earliest <= reference < 0 <= latest:
        raise ValueError("the window must run from before the event, reference included, to the event or after it")
    panel = panel_of(unit, period, outcome, event_period, weights=weights, cluster=cluster, stratum=stratum)
    relative = np.arange(earliest, latest + 1)
    contrast = stacked(panel, relative, lambda window: window - window[:, [reference - earliest]])
    followed = [_clusters_of(panel, contrast, place) for place in range(len(relative))]
    refuse_few_clusters(*max(followed, key=min), least_clusters)
    groups = len(np.unique(panel.cluster))
    covariance = clustered(contrast.contributions, panel.cluster, 1)
    enough = np.array([min(pair) >= least_clusters for pair in followed])
    effects = [
        with_t_interval("event_study", contrast.estimates[i], covariance[i, i], min(followed[i]))
        if enough[i] or relative[i] == reference
        else Effect("event_study", np.nan, np.nan, np.nan, np.nan)
        for i in range(len(relative))
    ]
    earlier = np.flatnonzero(enough & (relative < reference))
    return EventStudy(
        tuple(relative.tolist()),
        tuple(effects),
        tuple(contrast.counted.sum(axis=0).tolist()),
        _test_of(contrast.estimates[earlier], covariance[np.ix_(earlier, earlier)], groups),
        int(np.sum(_within(panel, relative).any(axis=1) & ~contrast.counted.any(axis=1))),
    )


def panel_of(
    unit: ArrayLike,
    period: ArrayLike,
    outcome: ArrayLike,
    event_period: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    stratum: ArrayLike | None = None,
) -> Panel:
    """The long table as units by periods. Arguments as for `event_study`; units of weight 0 are left out.

    Raises NotEstimable when half of the outcomes are missing; ValueError when a unit occurs twice in a period, or its
    event, weight, cluster or stratum changes.
    """
    units, months = np.asarray(unit), np.asarray(period, dtype=np.int64)
    rows = len(units)
    y, event = column("outcome", outcome, rows), column("event_period", event_period, rows)
    share = checked_weights(weights, rows)
    group = units if cluster is None else column("cluster", cluster, rows, np.asarray(cluster).dtype)
    strata = np.zeros(rows) if stratum is None else column("stratum", stratum, rows, np.asarray(stratum).dtype)
    kept = share > 0
    if not kept.any():
        raise NotEstimable("There is nobody to study.", "At least one struck and one compared unit are needed.")
    units, months, y, event, share = units[kept], months[kept], y[kept], event[kept], share[kept]
    refuse_missing(np.isfinite(y))
    if np.any(event[np.isfinite(event)] % 1):
        raise ValueError("an event's period must be a whole number, as the periods of the table are")
    labels, first, row = np.unique(units, return_index=True, return_inverse=True)
    start = int(months.min())
    wide = np.full((len(labels), int(months.max()) - start + 1), np.nan)
    if len(np.unique(row * wide.shape[1] + months - start)) < len(row):
        raise ValueError("a unit has two rows in one period")
    wide[row, months - start] = y
    one = [_one_a_unit(values, first, row) for values in (event, share, group[kept], strata[kept])]
    return Panel(wide, one[0] - start, one[1], codes(one[2]), codes(one[3]))


def stacked(panel: Panel, relative: Ints, changes: Callable[[Floats], Floats]) -> Contrast:
    """The struck against their like units, one stack for each period of an event, added up by struck weight.

    relative: the window around the event; changes: makes (units, m) figures of (units, window) outcomes, NaN where a
    unit's figure is not known. Estimand and influences as told in `event_study`.
    Raises NotEstimable when nobody was struck, or half of the outcomes around the events are missing.
    """
    known = _known_around_events(panel, relative)
    refuse_missing(known)
    width = changes(np.zeros((1, len(relative)))).shape[1]
    gain = np.full((len(panel.event), width), np.nan)
    owed = np.zeros_like(gain)
    compared = np.zeros(gain.shape, dtype=bool)
    for event in np.unique(panel.event[np.isfinite(panel.event)]):
        struck = np.flatnonzero(panel.event == event)
        like = np.flatnonzero(np.isnan(panel.event) | (panel.event > event + relative[-1]))
        if len(like):
            _add_stack(panel, changes, relative + int(event), struck, like, (gain, owed, compared))
    counted = np.isfinite(gain)
    if not counted.any():
        raise NotEstimable(
            "None of the struck has like units that were not struck as well.",
            "At least two like units of the same stratum are needed, with known outcomes over the same periods.",
        )
    weight = np.where(counted, panel.weights[:, None], 0.0)
    total = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimates = (weight * np.where(counted, gain, 0.0)).sum(axis=0) / total
        own = np.where(counted, weight * (np.where(counted, gain, 0.0) - estimates), 0.0)
        contributions = np.where(total > 0, (own - owed) / total, 0.0)
    return Contrast(estimates, contributions, counted, compared)


def _add_stack(
    panel: Panel,
    changes: Callable[[Floats], Floats],
    at: Ints,
    struck: Ints,
    like: Ints,
    into: tuple[Floats, Floats, NDArray[np.bool_]],
) -> None:
    """Adds one stack: the gain of each of the struck, and what each like unit takes from or gives to the sum."""
    from scipy import sparse

    gain, owed, compared = into
    stratum, weights = panel.stratum, panel.weights
    change = changes(_window(panel.outcome[like], at))
    known = np.isfinite(change)
    weight, change = np.where(known, weights[like, None], 0.0), np.where(known, change, 0.0)
    shape = (int(stratum.max()) + 1, len(like))
    members = sparse.csr_array((np.ones(len(like)), (stratum[like], np.arange(len(like)))), shape=shape)
    like_weight = members @ weight
    usable = members @ known.astype(np.float64) >= 2  # a mean of one like unit shows nothing of how like units differ
    mean = np.where(usable, members @ (weight * change) / np.where(usable, like_weight, 1.0), np.nan)
    gain[struck] = changes(_window(panel.outcome[struck], at)) - mean[stratum[struck]]
    struck_weight = np.zeros_like(like_weight)
    np.add.at(struck_weight, stratum[struck], np.where(np.isfinite(gain[struck]), weights[struck, None], 0.0))
    used = known & (struck_weight > 0)[stratum[like]]
    like_weight, struck_weight = like_weight[stratum[like]], struck_weight[stratum[like]]
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (change - mean[stratum[like]]) / np.sqrt(1 - weight / like_weight)
        owed[like] += np.where(used, struck_weight / like_weight * weight * rest, 0.0)
    compared[like] |= used


def _window(outcome: Floats, at: Ints) -> Floats:
    """The outcomes (units, window) at those periods, NaN before the table begins and after it ends."""
    inside = (at >= 0) & (at < outcome.shape[1])
    found = np.full((len(outcome), len(at)), np.nan)
    found[:, inside] = outcome[:, at[inside]]
    return found


def _within(panel: Panel, relative: Ints) -> Flags:
    """Whether each struck unit's window (units, window) lies within the table; never for units not struck."""
    at = np.where(np.isnan(panel.event), -np.inf, panel.event)[:, None] + relative
    return np.asarray((at >= 0) & (at < panel.outcome.shape[1]), dtype=bool)


def _known_around_events(panel: Panel, relative: Ints) -> Flags:
    """Whether the outcome is known, one value for each period of a struck unit's window within the table."""
    inside = _within(panel, relative)
    if not inside.any():
        raise NotEstimable("The event struck nobody in these periods.", "Some units must be struck, others not.")
    row, place = np.nonzero(inside)
    at = panel.event[row].astype(np.int64) + relative[place]
    return np.asarray(np.isfinite(panel.outcome[row, at]), dtype=bool)


def _clusters_of(panel: Panel, contrast: Contrast, place: int) -> tuple[int, int]:
    """How many clusters hold struck units of this estimate, and how many hold units that they are compared with."""
    return (
        len(np.unique(panel.cluster[contrast.counted[:, place]])),
        len(np.unique(panel.cluster[contrast.compared[:, place]])),
    )


def _test_of(estimates: Floats, covariance: Floats, groups: int) -> JointTest | None:
    try:
        return joint_test(estimates, covariance, groups)
    except NotEstimable:
        return None


def _one_a_unit(values: NDArray[Any], first: NDArray[np.intp], row: NDArray[np.intp]) -> NDArray[Any]:
    """The value of each unit. Raises ValueError when a unit has several."""
    one = values[first]
    equal_nan = values.dtype.kind == "f"
    if not np.array_equal(one[row], values, equal_nan=equal_nan):
        raise ValueError("the event, weight, cluster and stratum of a unit must be the same in all of its rows")
    return one
