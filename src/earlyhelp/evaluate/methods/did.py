"""Difference-in-differences: how much more one group changed than another over the same time.

What both groups share (a recession, a new threshold, the fading of a crisis) drops out, if they would have changed alike
without the service. `pre_trend` looks for signs that they would not have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.event_study import panel_of, stacked
from earlyhelp.evaluate.methods.panel import (
    LEAST_CLUSTERS,
    JointTest,
    checked_weights,
    clustered,
    codes,
    column,
    joint_test,
    least_squares,
    refuse_few_clusters,
    refuse_missing,
    with_t_interval,
)


class PreTrend(NamedTuple):
    """The test that the groups moved alike beforehand, the gap furthest from zero, and what that says in a sentence.

    `gaps` holds one effect for each earlier period but the last: how much further apart the groups were then than in
    the last one.
    """

    test: JointTest
    gaps: tuple[Effect, ...]
    sentence: str


def difference_in_differences(
    before: ArrayLike,
    after: ArrayLike,
    treated: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    least_clusters: int = LEAST_CLUSTERS,
) -> Effect:
    """The mean change of the treated less the mean change of the compared (the effect among the treated, ATT).

    Estimand: E[after - before | treated] - E[after - before | compared], the second with the weights of matching or of
    entropy balancing where they are given (matched difference-in-differences, Maryland scale 3). Errors are clustered
    (CR1); the interval uses Student's t on the clusters of the smaller group less 1.

    before, after: (n,) the outcome of the same unit in equal stretches of time, NaN where not known (left out);
    treated: (n,) bool; weights: (n,) from 0 up, all 1 unless given; cluster: (n,) family labels, each unit unless given.
    Raises NotEstimable without a treated or a compared group, with fewer than `least_clusters` clusters in one, or with
    the change missing for half of either group.

    Source: Card and Krueger (1994), American Economic Review 84:772-793; Heckman, Ichimura and Todd (1997), Review of
    Economic Studies 64:605-654 (matched). Known answers: tests/known_answers/test_designs_over_time_published.py.
    """
    change = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    gap, covariance, smaller, _ = _gaps(change[:, None], treated, weights, cluster, least_clusters)
    return with_t_interval("difference_in_differences", gap[0], covariance[0, 0], smaller)


def pre_trend(
    earlier: ArrayLike,
    treated: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    least_clusters: int = LEAST_CLUSTERS,
) -> PreTrend:
    """Whether treated and compared already moved apart before the start: a joint Wald test over the earlier periods.

    Each gap is the difference between the groups in a period less that in the last one; all are zero if the groups moved
    alike. No sign of trouble is weak evidence (the test may be too small to see it), and weights that balanced on these
    very outcomes make it empty: leave some earlier periods out of the balancing.

    earlier: (n, p) outcomes in at least two periods before the start, oldest first, NaN where not known; units with any
    missing are left out. The rest as for `difference_in_differences`, errors raised included.

    Source: Roth (2022), American Economic Review: Insights 4:305-322 (what the test can miss); the test itself:
    `panel.joint_test`.
    """
    outcomes = np.asarray(earlier, dtype=np.float64)
    if outcomes.ndim != 2 or outcomes.shape[1] < 2:
        raise NotEstimable(
            "There are not two periods before the start.", "A trend needs at least two earlier periods to be seen."
        )
    changes = outcomes[:, :-1] - outcomes[:, -1:]
    gaps, covariance, smaller, clusters = _gaps(changes, treated, weights, cluster, least_clusters)
    test = joint_test(gaps, covariance, clusters)
    effects = tuple(
        with_t_interval("pre_trend", gap, variance, smaller)
        for gap, variance in zip(gaps, np.diagonal(covariance), strict=True)
    )
    return PreTrend(test, effects, _in_words(test, effects))


def two_way_fixed_effects(
    outcome: ArrayLike,
    unit: ArrayLike,
    period: ArrayLike,
    exposed: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    even_if_staggered: bool = False,
    least_clusters: int = LEAST_CLUSTERS,
) -> Effect:
    """The effect of being exposed, from a regression with an effect for each unit and for each period.

    Equals `difference_in_differences` with two periods. Where units start at different times it compares late starters
    with early ones and may even get the sign wrong: use `stacked_difference_in_differences`, or `even_if_staggered`
    where a published regression is to be repeated.

    One row for each unit and period (or person asked: `unit` is then the group they belong to): outcome (n,), NaN where
    not known; unit, period: (n,) labels; exposed: (n,) bool, true from the start on; weights: (n,) from 0 up;
    cluster: (n,), the units unless given. Errors are CR1 (`panel.least_squares`); Student's t on the clusters that
    change, or that never do if they are fewer, less 1.
    Raises NotEstimable when nobody changes or everybody does at once, with too few clusters, with half of the outcomes
    missing, or when starts are staggered.

    Source: Angrist and Pischke (2009), Mostly Harmless Econometrics, section 5.2; Goodman-Bacon (2021), Journal of
    Econometrics 225:254-277 (staggered). Known answers: tests/known_answers/test_designs_over_time_published.py.
    """
    y = np.asarray(outcome, dtype=np.float64)
    share = checked_weights(weights, len(y))
    refuse_missing(np.isfinite(y[share > 0]))
    kept = np.isfinite(y) & (share > 0)
    units, periods = np.asarray(unit)[kept], np.asarray(period)[kept]
    on = column("exposed", exposed, len(y), bool)[kept]
    group = codes(units if cluster is None else np.asarray(cluster)[kept])
    if not even_if_staggered and is_staggered(units, periods, on):
        raise NotEstimable(
            "Units started at different times, so one regression would compare late starters with early ones.",
            "Use the stacked difference-in-differences, which compares only with units that have not started.",
        )
    treated, compared = _clusters_that_change(group, on)
    refuse_few_clusters(treated, compared, least_clusters)
    fitted = least_squares(y[kept], on[:, None], group, unit=units, period=periods, weights=share[kept])
    return with_t_interval(
        "two_way_fixed_effects", fitted.coefficients[0], fitted.covariance[0, 0], min(treated, compared)
    )


def stacked_difference_in_differences(
    outcome: ArrayLike,
    unit: ArrayLike,
    period: ArrayLike,
    start: ArrayLike,
    *,
    periods_before: int,
    periods_after: int,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    stratum: ArrayLike | None = None,
    least_clusters: int = LEAST_CLUSTERS,
) -> Effect:
    """The effect among the treated where units start at different times, compared only with those not yet started.

    For each unit: the mean outcome over `periods_after` periods from its start on, less the mean over `periods_before`
    periods before it, less the same change of units that never start or start after the window, over the same dates.
    Means are over the periods that are known; a unit needs one on each side. Stacks are added up by their treated
    weight, and each unit's error is counted once over all stacks (`event_study.stacked`).

    Arguments as for `event_study`, `start` being the period in which the unit starts, NaN if never.
    Raises NotEstimable and ValueError as `event_study` does.

    Source: Cengiz, Dube, Lindner and Zipperer (2019), Quarterly Journal of Economics 134:1405-1454, appendix D; Wing,
    Freedman and Hollingsworth (2024), NBER working paper 32054.
    """
    if periods_before < 1 or periods_after < 1:
        raise ValueError("the window needs at least one period before the start and one from it on")
    panel = panel_of(unit, period, outcome, start, weights=weights, cluster=cluster, stratum=stratum)

    def change(window: Floats) -> Floats:
        return _mean_of_known(window[:, periods_before:]) - _mean_of_known(window[:, :periods_before])

    contrast = stacked(panel, np.arange(-periods_before, periods_after), change)
    treated = len(np.unique(panel.cluster[contrast.counted[:, 0]]))
    compared = len(np.unique(panel.cluster[contrast.compared[:, 0]]))
    refuse_few_clusters(treated, compared, least_clusters)
    variance = clustered(contrast.contributions, panel.cluster, 1)[0, 0]
    return with_t_interval("stacked_difference_in_differences", contrast.estimates[0], variance, min(treated, compared))


def is_staggered(unit: ArrayLike, period: ArrayLike, exposed: ArrayLike) -> bool:
    """True when the exposed did not all start in the same period, or some of them stopped again."""
    units, months, on = codes(unit), codes(period), np.asarray(exposed, dtype=bool)
    if not on.any():
        return False
    first = np.full(units.max() + 1, np.inf)
    np.minimum.at(first, units[on], months[on])
    stopped = ~on & (months >= first[units])
    began = units[~on & (months < first[units])]
    starts = np.unique(first[np.intersect1d(began, units[on])])
    return bool(stopped.any() or len(starts) > 1)


def _gaps(
    changes: Floats, treated: ArrayLike, weights: ArrayLike | None, cluster: ArrayLike | None, least_clusters: int
) -> tuple[Floats, Floats, int, int]:
    """Differences of mean changes (m,), their covariance, the clusters of the smaller group, and all clusters."""
    rows = len(changes)
    share = checked_weights(weights, rows)
    in_treated: Flags = column("treated", treated, rows, bool)
    group = np.arange(rows) if cluster is None else column("cluster", cluster, rows, np.asarray(cluster).dtype)
    known: Flags = np.asarray(np.isfinite(changes).all(axis=1))
    for side in (in_treated, ~in_treated):
        if np.any(side & (share > 0)):
            refuse_missing(known[side & (share > 0)])
    kept = known & (share > 0)
    group, side = codes(group[kept]), in_treated[kept]
    treated_clusters, compared_clusters = len(np.unique(group[side])), len(np.unique(group[~side]))
    refuse_few_clusters(treated_clusters, compared_clusters, least_clusters)
    gaps, contributions = _difference_of_means(changes[kept], side, share[kept])
    covariance = clustered(contributions, group, 2)
    return gaps, covariance, min(treated_clusters, compared_clusters), int(group.max()) + 1


def _difference_of_means(changes: Floats, treated: Flags, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted means of the treated less those of the compared (m,), and what each row contributes, (n, m)."""
    gaps, contributions = np.zeros(changes.shape[1]), np.zeros_like(changes)
    for side, sign in ((treated, 1.0), (~treated, -1.0)):
        share = weights[side] / weights[side].sum()
        mean = share @ changes[side]
        gaps += sign * mean
        contributions[side] = sign * share[:, None] * (changes[side] - mean)
    return gaps, contributions


def _clusters_that_change(cluster: Ints, exposed: Flags) -> tuple[int, int]:
    """How many clusters become exposed, and how many do not (or, if all do, all: their earlier times are compared)."""
    count = len(np.unique(cluster))
    changing = len(np.intersect1d(cluster[exposed], cluster[~exposed]))
    return changing, count - changing or count


def _mean_of_known(window: Floats) -> Floats:
    known = np.isfinite(window)
    count = known.sum(axis=1)
    total = np.where(known, window, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)[:, None]


def _in_words(test: JointTest, gaps: tuple[Effect, ...]) -> str:
    widest = max(gaps, key=lambda gap: abs(gap.estimate))
    size = f"the widest gap was {widest.estimate:.3g} (95 per cent interval {widest.lower:.3g} to {widest.upper:.3g})"
    if test.p_value < 0.05:
        return (
            f"The two groups were already moving apart before the start (p = {test.p_value:.3f}; {size}), so a difference "
            "afterwards cannot be put down to the service."
        )
    return (
        f"Before the start the two groups moved alike, as far as chance lets one see (p = {test.p_value:.2f}; {size}). "
        "That does not show that they would have gone on doing so."
    )
