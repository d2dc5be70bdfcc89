"""The chance of being helped, given what was known before: logistic regression by Newton steps, in numpy alone."""

from __future__ import annotations

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable

MOST_STEPS = 30
"""Newton steps after which a fit is given up. Ordinary fits need five to eight; where the covariates tell the groups apart
perfectly each step goes on adding about 1 to the log odds without end, so that no number of steps would do."""

SETTLED = 1e-6
"""A fit is done after a step that moved every standardised coefficient by less: Newton's error is about its square."""

NOTHING_NEW = 1e-9
"""A column of whose variance a smaller share than this is its own, not made up of the columns before it, is dropped."""

BLOCK = 4096
"""Rows worked on at a time, so that they stay in a core's cache between the passes of one Newton step."""


def propensity(covariates: Floats, treated: Flags, *, ridge: float = 0.0) -> Floats:
    """The chance of being treated of each unit, shape (n,), strictly between 0 and 1.

    Estimand: e(x) = P(treated | covariates = x) under a logistic model with an intercept. See `fit_logistic` for the
    method, for columns that are dropped, and for `ridge`.

    covariates: (n, k) numbers known before time zero, in any units. treated: (n,), true for the treated.
    Raises NotEstimable when all or none are treated, when a covariate is missing for a unit, or when the covariates
    tell the treated from the compared perfectly.

    Source: Rosenbaum and Rubin (1983), Biometrika 70:41-55. Known answer: tests/known_answers/test_matching_published.py.
    """
    helped = np.asarray(treated, dtype=bool)
    if helped.all() or not helped.any():
        found = "Every unit is in the treated group." if helped.size and helped.all() else "No unit is treated."
        raise NotEstimable(found, "Both a treated and a compared group are needed.")
    return chances(fit_logistic(covariates, helped.astype(np.float64), ridge=ridge), covariates)


def fit_logistic(covariates: Floats, outcome: Floats, weights: Floats | None = None, ridge: float = 0.0) -> Floats:
    """The k + 1 coefficients of a logistic regression, the intercept first, in the units of the covariates given.

    They make the weighted log-likelihood of `outcome`, less ridge / 2 times the sum of squares of the coefficients of
    the standardised covariates, the largest; the intercept is never shrunk. Found by iteratively reweighted least
    squares (Newton's method) with steps halved where one would overshoot. A column that is constant, or that the
    columns before it make up exactly (a repeat, the last of a full set of indicators), is dropped quietly: its
    coefficient is 0 and the fitted chances are the same as with it.

    covariates: (n, k). outcome: (n,), each 0 or 1 (or a share between). weights: (n,) from 0 up; 1 each when not given.
    ridge: 0 for maximum likelihood; a small number such as 1 lets groups that are told apart perfectly be fitted.
    Raises NotEstimable when covariate or outcome is missing for a unit, when the outcome is the same for all, when the
    covariates separate the outcomes perfectly (the coefficients would grow without end), or when no fit is reached.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd edition, section 2.5; separation: Albert and
    Anderson (1984), Biometrika 71:1-10. Known answer: tests/known_answers/test_matching_published.py.
    """
    matrix, seen = _table(covariates), np.asarray(outcome, dtype=np.float64)
    weight = np.ones(len(seen)) if weights is None else np.asarray(weights, dtype=np.float64)
    _refuse_what_cannot_be_fitted(matrix, seen, weight)
    design, kept, centre, scale = _standardised(matrix, weight)
    fitted = _newton(design, seen, weight, ridge)
    coefficients = np.zeros(matrix.shape[1] + 1)
    coefficients[1 + kept] = fitted[1:] / scale
    coefficients[0] = fitted[0] - coefficients[1 + kept] @ centre
    return coefficients


def chances(coefficients: Floats, covariates: Floats) -> Floats:
    """The chance that coefficients of `fit_logistic` give each row of covariates (n, k): shape (n,), within (0, 1)."""
    return _inverse_logit(coefficients[0] + _table(covariates) @ coefficients[1:])


def log_odds(chance: Floats) -> Floats:
    """The natural logarithm of chance / (1 - chance), shape as given; chances must lie strictly between 0 and 1."""
    return np.asarray(np.log(chance / (1.0 - chance)), dtype=np.float64)


def _table(covariates: Floats) -> Floats:
    matrix = np.asarray(covariates, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError("covariates are a table: one row a unit, one column a covariate")
    return matrix


def _refuse_what_cannot_be_fitted(matrix: Floats, seen: Floats, weight: Floats) -> None:
    finite: Flags = np.isfinite(np.abs(matrix).max(axis=0, initial=0.0))
    if not finite.all():
        raise NotEstimable(
            f"Covariate {int(np.argmin(finite)) + 1} of {len(finite)} is missing for some units.",
            "Every covariate needs a figure for every unit, with a column of its own that says where it was not known.",
        )
    if not np.isfinite(seen).all():
        raise NotEstimable("The outcome is missing for some units.", "A fit needs units whose outcome is known.")
    if not np.isfinite(weight).all() or np.any(weight < 0):
        raise ValueError("weights are numbers from 0 up")
    counted = seen[weight > 0]
    if len(counted) == 0 or (counted.min() == counted.max() and counted[0] in (0.0, 1.0)):
        raise NotEstimable(
            "The outcome is the same for every unit.", "Units with and units without the outcome are needed."
        )


def _standardised(matrix: Floats, weight: Floats) -> tuple[Floats, Ints, Floats, Floats]:
    """The design (a column of ones first), which columns it kept, and the mean and the deviation taken from each."""
    total = weight.sum()
    centre = weight @ matrix / total
    centred = matrix - centre
    gram = centred.T @ (centred * weight[:, None]) / total
    scale = np.sqrt(gram.diagonal())
    varied = np.flatnonzero(scale > NOTHING_NEW * np.abs(matrix).max(axis=0, initial=0.0))
    correlation = gram[np.ix_(varied, varied)] / np.outer(scale[varied], scale[varied])
    kept = varied[_independent(correlation)]
    design = np.empty((len(matrix), len(kept) + 1))
    design[:, 0] = 1.0
    np.divide(centred[:, kept], scale[kept], out=design[:, 1:])
    return design, kept, centre[kept], scale[kept]


def _independent(correlation: Floats) -> Ints:
    """The columns that are not made up of the columns before them, by a Cholesky factor built one column at a time."""
    kept: list[int] = []
    factor = np.zeros((len(correlation), len(correlation)))
    for column in range(len(correlation)):
        shared = np.linalg.solve(factor[: len(kept), : len(kept)], correlation[kept, column])
        own = correlation[column, column] - shared @ shared
        if own > NOTHING_NEW:
            factor[len(kept), : len(kept)] = shared
            factor[len(kept), len(kept)] = np.sqrt(own)
            kept.append(column)
    return np.array(kept, dtype=np.int64)


def _newton(design: Floats, seen: Floats, weight: Floats, ridge: float) -> Floats:
    penalty = np.full(design.shape[1], float(ridge))
    penalty[0] = 0.0
    fitted = np.zeros(design.shape[1])
    step = np.zeros_like(fitted)
    reached = -np.inf
    for _ in range(MOST_STEPS):
        likelihood, slope, curvature = _derivatives(design, seen, weight, fitted)
        likelihood -= float(penalty @ fitted**2) / 2
        if likelihood < reached - 1e-9 * abs(reached):
            step = step / 2
            fitted = fitted - step
            continue
        reached = likelihood
        step = _solved(curvature + np.diag(penalty), slope - penalty * fitted)
        fitted = fitted + step
        if np.abs(step).max() < SETTLED:
            return fitted
    raise _separated()


def _derivatives(design: Floats, seen: Floats, weight: Floats, fitted: Floats) -> tuple[float, Floats, Floats]:
    """The log-likelihood at the coefficients, its slope and its curvature, summed over blocks that fit a core's cache."""
    likelihood = 0.0
    slope = np.zeros(len(fitted))
    curvature = np.zeros((len(fitted), len(fitted)))
    for start in range(0, len(design), BLOCK):
        rows, known, counts = (array[start : start + BLOCK] for array in (design, seen, weight))
        linear = rows @ fitted
        small = np.exp(-np.abs(linear))  # never overflows, whichever sign the log odds have
        likelihood += float(counts @ (known * linear - np.maximum(linear, 0.0) - np.log1p(small)))
        chance = np.where(linear < 0, small, 1.0) / (1.0 + small)
        slope += (counts * (known - chance)) @ rows
        curvature += rows.T @ (rows * (counts * small / (1.0 + small) ** 2)[:, None])
    return likelihood, slope, curvature


def _solved(curvature: Floats, slope: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(curvature, slope), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise _separated() from None


def _inverse_logit(linear: Floats) -> Floats:
    """1 / (1 + exp(-linear)); held within +-36, past which a number of 64 bits would round the chance to 0 or 1."""
    chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(linear, -36.0, 36.0)))
    return chance


def _separated() -> NotEstimable:
    return NotEstimable(
        "The covariates tell the two groups apart perfectly: some values occur in one group only.",
        "Groups that share their values are needed: join rare categories, or leave out what decides the group.",
    )
