"""Least squares on panels: fixed effects taken out exactly, errors clustered, several gaps tested together.

A panel holds an outcome for each unit (a family, a ward, a council) in each period. What happens to one family in two
months is not two pieces of news, so every error here is clustered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earlyhelp.evaluate.methods.effect import Effect, Floats, Ints, NotEstimable, effect

LEAST_CLUSTERS = 5
"""Fewer clusters than this in a group and a clustered error is far too small (MacKinnon and Webb 2018)."""


class Fitted(NamedTuple):
    """Coefficients (k,), their clustered covariance (k, k), and the number of clusters and of rows that gave them."""

    coefficients: Floats
    covariance: Floats
    clusters: int
    rows: int


class JointTest(NamedTuple):
    """A test that several gaps are all zero: F statistic, its two degrees of freedom and the p value."""

    statistic: float
    gaps: int
    degrees: int
    p_value: float


def least_squares(
    outcome: ArrayLike,
    columns: ArrayLike,
    cluster: ArrayLike,
    *,
    unit: ArrayLike | None = None,
    period: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> Fitted:
    """The coefficients of `columns` with their clustered (CR1) covariance, unit and period effects taken out if given.

    With X and y after the fixed effects are taken out and w the weights: b = (X'wX)^-1 X'wy. Covariance: the sum over
    clusters g of s_g s_g', where s_g = sum over its rows of w x e, between two (X'wX)^-1, times
    G/(G - 1) x (n - 1)/(n - K). K counts the columns and the fixed effects, those of units that lie within one cluster
    each left out: the clustering already allows for them.

    outcome: (n,), none missing; columns: (n, k), a constant included unless `unit` and `period` are given (both or
    neither); cluster, unit, period: (n,) labels; weights: (n,) above 0, all 1 unless given.
    Raises NotEstimable when the columns do not vary beside the fixed effects, or there are too few rows or clusters.

    Source: Cameron and Miller (2015), Journal of Human Resources 50:317-372, section II.
    Known answers: tests/known_answers/test_designs_over_time_published.py.
    """
    y, x = np.asarray(outcome, dtype=np.float64), np.asarray(columns, dtype=np.float64)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=np.float64)
    group = codes(cluster)
    parameters = x.shape[1]
    if unit is not None and period is not None:
        units, periods = codes(unit), codes(period)
        within, effects = without_fixed_effects(np.column_stack([y, x]), units, periods, w)
        _refuse_absorbed(x, within[:, 1:])
        y, x = within[:, 0], within[:, 1:]
        parameters += periods.max() + 1 if nested(units, group) else effects
    bread = _inverse(x.T @ (x * w[:, None]))
    coefficients = bread @ (x.T @ (w * y))
    scores = x * (w * (y - x @ coefficients))[:, None]
    covariance = clustered(scores @ bread, group, parameters)
    return Fitted(coefficients, covariance, int(group.max()) + 1, len(y))


def without_fixed_effects(values: Floats, unit: Ints, period: Ints, weights: Floats) -> tuple[Floats, int]:
    """The values (n, m) with weighted unit and period effects taken out, and how many free effects that took.

    Exact, not iterated: the effects of the units are solved for first, which leaves one equation a period; one period
    of each set of units and periods that hang together is the reference. unit, period: (n,) numbers from 0 without gaps.
    """
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components
    from scipy.sparse.linalg import splu

    rows = np.arange(len(weights))
    of_unit: Any = sparse.csr_array((weights, (unit, rows)))
    of_period: Any = sparse.csr_array((weights, (period, rows)))
    cross: Any = sparse.csr_array((weights, (unit, period)))
    weight: Floats = np.asarray(cross.sum(axis=1)).ravel()
    links: Any = sparse.block_array([[None, cross], [cross.T, None]])
    sets, label = connected_components(links, directed=False)
    kept = _all_but_the_first(label[len(weight) :])
    left: Any = (
        sparse.diags_array(np.asarray(cross.sum(axis=0)).ravel()) - cross.T @ sparse.diags_array(1 / weight) @ cross
    )
    effects = np.zeros((cross.shape[1], values.shape[1]))
    if kept.any():
        totals = of_period @ (values - (of_unit @ values / weight[:, None])[unit])
        effects[kept] = splu(sparse.csc_array(left)[kept][:, kept].tocsc()).solve(totals[kept])
    rest = values - effects[period]
    return rest - (of_unit @ rest / weight[:, None])[unit], int(len(label) - sets)


def clustered(contributions: Floats, cluster: Ints, parameters: int) -> Floats:
    """The covariance (k, k) of estimates from what each row contributes to them, (n, k), with the factors of CR1.

    cluster: (n,) numbers from 0 without gaps. Raises NotEstimable with one cluster or no row to spare.
    """
    rows, count = len(cluster), int(cluster.max()) + 1 if len(cluster) else 0
    if count < 2 or rows <= parameters:
        raise NotEstimable(
            "There is too little to judge chance by.",
            "At least two clusters and more rows than coefficients are needed.",
        )
    sums = np.zeros((count, contributions.shape[1]))
    np.add.at(sums, cluster, contributions)
    factor = count / (count - 1) * (rows - 1) / (rows - parameters)
    return np.asarray(factor * (sums.T @ sums), dtype=np.float64)


def joint_test(estimates: Floats, covariance: Floats, clusters: int) -> JointTest:
    """The test that all of the `estimates` (q,) are zero, from their covariance over so many clusters.

    With W = b'V^-1 b and G clusters: F = W (G - q - 1) / (q (G - 2)), with q and G - q - 1 degrees of freedom: the
    Wald test with the allowance for few clusters of Hotelling's two-sample T squared, exact where errors are normal.
    Raises NotEstimable when there are not clusters enough for so many estimates, or some of them do not vary.

    Source: Hotelling (1931), Annals of Mathematical Statistics 2:360-378; Anderson (2003), An Introduction to
    Multivariate Statistical Analysis, 3rd edition, section 5.3.4.
    """
    from scipy.special import fdtrc

    count = len(estimates)
    degrees = clusters - count - 1
    if count == 0 or degrees < 1 or np.linalg.matrix_rank(covariance, hermitian=True) < count:
        raise NotEstimable(
            "The earlier periods cannot be tested together: there are too few clusters, or an outcome never varies.",
            "At least two periods before the start, outcomes that vary, and more clusters than periods are needed.",
        )
    wald = float(estimates @ np.linalg.solve(covariance, estimates))
    statistic = wald * degrees / (count * (clusters - 2))
    return JointTest(statistic, count, degrees, float(fdtrc(count, degrees, statistic)))


def with_t_interval(method: str, estimate: float, variance: float, clusters: int) -> Effect:
    """The estimate with an interval from Student's t on `clusters` - 1 degrees of freedom.

    clusters: those of the smaller group. The usual count of all clusters gives intervals that are too short where few
    of them are treated (MacKinnon and Webb 2018, Econometrics Journal 21:114-135).
    """
    from scipy.special import stdtrit

    return effect(method, estimate, float(np.sqrt(variance)), float(stdtrit(max(clusters - 1, 1), 0.975)))


def codes(labels: ArrayLike) -> Ints:
    """The labels as numbers from 0 without gaps, in the labels' order."""
    return np.asarray(np.unique(np.asarray(labels), return_inverse=True)[1], dtype=np.int64).ravel()


def nested(inner: Ints, outer: Ints) -> bool:
    """True when every inner label lies within one outer label: a family within one ward."""
    return bool(np.array_equal(outer[np.unique(inner, return_index=True)[1]][inner], outer))


def column(name: str, values: ArrayLike | None, rows: int, dtype: Any = np.float64) -> NDArray[Any]:
    """The values as an array of `rows` rows: ones of that kind when there are none.

    Raises ValueError, naming the argument, when the length differs.
    """
    found = np.ones(rows, dtype=dtype) if values is None else np.asarray(values, dtype=dtype)
    if found.shape != (rows,):
        raise ValueError(f"{name} must have one value for each of the {rows} rows")
    return found


def checked_weights(weights: ArrayLike | None, rows: int) -> Floats:
    """The weights as numbers, 1 each unless given. Raises ValueError when one is missing, negative or infinite."""
    found = column("weights", weights, rows)
    if not np.all(np.isfinite(found) & (found >= 0)):
        raise ValueError("weights must be numbers from 0 up, none missing")
    return np.asarray(found, dtype=np.float64)


def refuse_missing(known: NDArray[np.bool_]) -> None:
    """Raises NotEstimable when there are no rows, or the outcome is missing for half of them or more."""
    if not known.size:
        raise NotEstimable("There is nobody to study.", "At least one treated and one compared unit are needed.")
    missing = 1 - float(np.mean(known))
    if missing >= 0.5:
        raise NotEstimable(
            f"The outcome is missing for {missing:.0%} of those studied.",
            "It has to be known for more than half of them, or what is known may say nothing about the rest.",
        )


def refuse_few_clusters(treated: int, compared: int, least: int) -> None:
    """Raises NotEstimable when either group has fewer than `least` clusters."""
    if not treated or not compared:
        missing = "treated" if not treated else "compared"
        raise NotEstimable(f"There is no {missing} group.", "Both a treated and a compared group are needed.")
    if min(treated, compared) < least:
        raise NotEstimable(
            f"There are {treated} treated and {compared} compared clusters (such as families or areas).",
            f"At least {least} of each are needed: with fewer, chance cannot be told from an effect.",
        )


def _all_but_the_first(label: NDArray[Any]) -> NDArray[np.bool_]:
    kept = np.ones(len(label), dtype=bool)
    kept[np.unique(label, return_index=True)[1]] = False
    return kept


def _refuse_absorbed(before: Floats, after: Floats) -> None:
    scale = np.maximum(np.abs(before).max(axis=0), 1e-300)
    if np.any(np.abs(after).max(axis=0) < 1e-9 * scale):
        raise NotEstimable(
            "Who was treated does not change beside the fixed effects of units and periods.",
            "Some units must start being treated while others do not.",
        )


def _inverse(matrix: Floats) -> Floats:
    if np.linalg.matrix_rank(matrix, hermitian=True) < len(matrix):
        raise NotEstimable("Two of the columns say the same.", "Each column has to vary apart from the others.")
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
