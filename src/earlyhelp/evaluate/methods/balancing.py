"""Entropy balancing: weights on the compared that make their means equal those of the treated, and the effect they give."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from earlyhelp.evaluate.methods.differences import clustered_error, known_outcomes
from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.matching import refuse_no_spread, refuse_one_event

MOST_STEPS = 100
"""Newton steps after which balance is given up. Groups that overlap need five to fifteen."""

MOST_HALVINGS = 40
"""How often one step is halved before it is given up: by then it is a millionth of a millionth of itself."""

AT_THE_EDGE = 1e-9
"""Standard deviations within which a value counts as equal to the mean of the treated."""

NOTHING_NEW = 1e-10
"""A direction in which the compared vary by less than this share of the direction they vary most in adds nothing."""

BLOCK = 4096
"""Rows worked on at a time, so that they stay in a core's cache between the passes of one Newton step."""


def entropy_balance(
    covariates: Floats,
    treated: Flags,
    *,
    moments: int = 1,
    tolerance: float = 1e-8,
    base: Floats | None = None,
    names: Sequence[str] = (),
) -> Floats:
    """Weights on the compared that make their covariate means equal those of the treated: shape (n_compared,), sum 1.

    Of all weights that do so they are nearest to `base` in relative entropy, so that no one counts for more than need be.
    The dual, log sum of base x exp(covariates from the means of the treated x multipliers), is convex: Newton steps
    with steps halved until they descend. Where no treated unit has a value that some compared have (a flag that is
    nowhere set), those compared get the weight 0, which is what the weights tend to.

    covariates: (n, k) in any units; columns that others make up change nothing. treated: (n,). moments: 1 balances
    means, 2 squares about the mean too (so variances), 3 cubes too. tolerance: the largest difference of means left, in
    standard deviations (root of the mean of the two variances). base: (n_compared,) weights to start from, above 0,
    such as those of a survey; equal when not given. names: of the covariates, for the sentence of a refusal.
    Raises NotEstimable when a group is empty, a covariate is missing, or no weights balance, naming the covariate
    furthest away.

    Source: Hainmueller (2012), Political Analysis 20:25-46, equations 5-9. Known answer:
    tests/known_answers/test_weighting_published.py.
    """
    helped = np.asarray(treated, dtype=bool)
    columns = _columns(covariates, helped, moments, names)
    return _balanced(columns[~helped], base, tolerance, _labels(np.shape(covariates)[1], moments, names))


def balanced_effect(
    covariates: Floats,
    treated: Flags,
    outcome: Floats,
    family: Ints | None = None,
    *,
    moments: int = 1,
    base: Floats | None = None,
    names: Sequence[str] = (),
) -> Effect:
    """The effect among the treated (ATT): their mean outcome minus that of the compared under `entropy_balance`.

    A risk difference where the outcome is 0 or 1, else in the outcome's units. It is right when the log odds of treatment
    or the outcome of the compared are linear in the covariates. The standard error counts that the weights were estimated:
    with b the coefficients of the compared's weighted regression on the covariates, r = outcome - b x (covariates from the
    means of the treated) and w the weights, a treated unit moves the estimate by (r - mean r of the treated) / n_treated
    and a compared one by w (r - weighted mean r) / (1 - h), with h its leverage in that regression (the correction of
    MacKinnon and White for few units); influences are added up by family.

    outcome: (n,), NaN where not known: those rows are left out before weighting. family: (n,) who belongs together;
    each unit alone when not given. base: (n_compared,). Others: see `entropy_balance`.
    Raises NotEstimable as `entropy_balance` does, when more than half of a group's outcomes are missing, and when all
    outcomes but at most one are the same.

    Source: Zhao and Percival (2017), Journal of Causal Inference 5(1), theorem 1; stacked estimating equations: Stefanski
    and Boos (2002), The American Statistician 56:29-38; leverage: MacKinnon and White (1985), Journal of Econometrics
    29:305-325. Known answer: tests/known_answers/test_weighting_published.py.
    """
    helped = np.asarray(treated, dtype=bool)
    known = known_outcomes(helped, outcome)
    refuse_one_event(np.asarray(outcome, dtype=np.float64)[known])
    start = None if base is None else np.asarray(base, dtype=np.float64)[known[~helped]]
    helped, seen = helped[known], np.asarray(outcome, dtype=np.float64)[known]
    columns = _columns(np.asarray(covariates, dtype=np.float64)[known], helped, moments, names)
    weights = _balanced(columns[~helped], start, 1e-8, _labels(np.shape(covariates)[1], moments, names))
    influence = np.empty(len(seen))
    influence[helped], influence[~helped] = _influences(columns, helped, seen, weights)
    estimate = seen[helped].mean() - weights @ seen[~helped]
    error = clustered_error(influence, None if family is None else np.asarray(family)[known])
    refuse_no_spread(error)
    return effect("entropy_balancing", float(estimate), error)


def _influences(columns: Floats, helped: Flags, seen: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """How far each treated and each compared unit moves the estimate."""
    compared, others = columns[~helped], seen[~helped]
    weighted = compared * weights[:, None]
    # The weighted means of the compared are 0, as those of the treated are: no further centring.
    inverse = np.linalg.pinv(compared.T @ weighted, rcond=NOTHING_NEW, hermitian=True)
    slopes = inverse @ (weighted.T @ others)
    of_treated = seen[helped] - columns[helped] @ slopes
    of_compared = others - compared @ slopes
    leverage = weights * (1.0 + np.einsum("ij,ij->i", compared @ inverse, compared))
    residual = of_compared - weights @ of_compared
    return (of_treated - of_treated.mean()) / len(of_treated), -weights * residual / (1.0 - np.minimum(leverage, 0.9))


def _columns(covariates: Floats, helped: Flags, moments: int, names: Sequence[str]) -> Floats:
    """Every moment of every covariate, from the mean of the treated and in standard deviations: shape (n, k moments)."""
    matrix = np.asarray(covariates, dtype=np.float64)
    _refuse_what_cannot_be_balanced(matrix, helped, moments, names)
    columns = first = _from_the_treated(matrix, helped)
    for power in range(2, moments + 1):
        columns = np.hstack([columns, _from_the_treated(first**power, helped)])
    return columns


def _from_the_treated(matrix: Floats, helped: Flags) -> Floats:
    centred: Floats = matrix - matrix[helped].mean(axis=0)
    spread = np.sqrt((matrix[helped].var(axis=0) + matrix[~helped].var(axis=0)) / 2)
    # A column without spread stays as it is: 0 where the groups agree, and impossible to balance where they do not.
    varies = spread > AT_THE_EDGE * np.abs(matrix).max(axis=0, initial=0.0)
    centred /= np.where(varies, spread, 1.0)
    return centred


def _refuse_what_cannot_be_balanced(matrix: Floats, helped: Flags, moments: int, names: Sequence[str]) -> None:
    if matrix.ndim != 2 or moments < 1:
        raise ValueError("covariates are a table, one row a unit, and the first moment is the least to balance")
    if helped.all() or not helped.any():
        found = "Every unit is in the treated group." if helped.size and helped.all() else "No unit is treated."
        raise NotEstimable(found, "Both a treated and a compared group are needed.")
    finite = np.isfinite(matrix.sum(axis=0))
    if not finite.all():
        raise NotEstimable(
            f"Not known for some units: {_labels(len(finite), 1, names)[int(np.argmin(finite))]}.",
            "Every covariate needs a figure for every unit, with a column of its own that says where it was not known.",
        )


def _labels(wide: int, moments: int, names: Sequence[str]) -> list[str]:
    """What a reader calls each column of moments: the covariate's name, or its place from 1."""
    called = list(names) if len(names) == wide else [f"covariate {place + 1} of {wide}" for place in range(wide)]
    powers = [f" to the power {power}" if power > 1 else "" for power in range(1, moments + 1)]
    return [name + power for power in powers for name in called]


def _balanced(compared: Floats, base: Floats | None, tolerance: float, labels: Sequence[str]) -> Floats:
    """The weights for columns of which all the treated means are 0."""
    start = np.ones(len(compared)) if base is None else np.asarray(base, dtype=np.float64)
    if start.shape != (len(compared),) or not (np.isfinite(start).all() and (start > 0).all()):
        raise ValueError("base weights are numbers above 0, one for each compared unit")
    rows = _within_reach(compared, labels)
    near = compared if rows.all() else compared[rows]
    weights = np.zeros(len(compared))
    weights[rows] = _tilted(_directions(near), np.log(start[rows]), tolerance)
    left = np.abs(weights @ compared)
    if not left.max(initial=0.0) <= max(tolerance * np.sqrt(compared.shape[1]), AT_THE_EDGE):
        raise _no_overlap(labels[int(np.argmax(left))])
    return weights


def _within_reach(compared: Floats, labels: Sequence[str]) -> Flags:
    """The compared who can have weight: not those past a mean of the treated that no one is on the other side of."""
    rows = np.ones(len(compared), dtype=bool)
    for _ in range(compared.shape[1] + 1):
        below, above = compared[rows].min(axis=0), compared[rows].max(axis=0)
        one_sided = ((below > -AT_THE_EDGE) | (above < AT_THE_EDGE)) & (above - below > AT_THE_EDGE)
        apart = (below > AT_THE_EDGE) | (above < -AT_THE_EDGE)
        if apart.any():
            raise _no_overlap(labels[int(np.argmax(apart * np.maximum(below, -above)))])
        if not one_sided.any():
            break
        rows &= (np.abs(compared[:, one_sided]) <= AT_THE_EDGE).all(axis=1)
        if not rows.any():
            raise _no_overlap(labels[int(np.argmax(one_sided))])
    return rows


def _directions(compared: Floats) -> Floats:
    """The columns turned into uncorrelated ones of spread 1, without those that others make up."""
    if compared.shape[1] == 0:
        return compared
    centred = compared - compared.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(compared))
    kept = values > NOTHING_NEW * values.max()
    turned: Floats = compared @ (vectors[:, kept] / np.sqrt(values[kept]))
    return turned


def _tilted(directions: Floats, start: Floats, tolerance: float) -> Floats:
    """The weights that the dual ends at, sum 1; not balanced where it has no least value."""
    multipliers = np.zeros(directions.shape[1])
    weights, height = _weights(directions, start, multipliers)
    for _ in range(MOST_STEPS):
        slope, curvature = _derivatives(directions, weights)
        if np.abs(slope).max(initial=0.0) <= tolerance / 10:
            break
        step = -np.linalg.lstsq(curvature, slope, rcond=None)[0]
        size = 1.0
        for _ in range(MOST_HALVINGS):
            weights, lower = _weights(directions, start, multipliers + size * step)
            if lower <= height + 1e-4 * size * float(slope @ step) + 1e-14 * abs(height):
                break
            size /= 2
        multipliers, height = multipliers + size * step, lower
    return weights


def _weights(directions: Floats, start: Floats, multipliers: Floats) -> tuple[Floats, float]:
    """The weights at some multipliers, and the dual there; the largest exponent is taken out, so that none overflows."""
    exponents = start + directions @ multipliers
    largest = float(exponents.max())
    raw = np.exp(exponents - largest)
    total = float(raw.sum())
    return raw / total, largest + float(np.log(total))


def _derivatives(directions: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The slope of the dual, which is how far the means are apart, and its curvature, the weighted covariance."""
    slope = weights @ directions
    curvature = -np.outer(slope, slope)
    for first in range(0, len(directions), BLOCK):
        rows = directions[first : first + BLOCK]
        curvature += rows.T @ (rows * weights[first : first + BLOCK, None])
    return slope, curvature


def _no_overlap(furthest: str) -> NotEstimable:
    return NotEstimable(
        f"No weights make the compared like the treated. Furthest away: {furthest}.",
        "Compared units on both sides of the mean of the treated are needed: trim the treated to those who have "
        "someone to be compared with, or leave out what sets the groups apart.",
    )
