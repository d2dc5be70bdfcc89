"""Cross-fitted augmented inverse probability weighting: the effect from two models, right when either of them is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from earlyhelp.evaluate.methods.differences import clustered_error, known_outcomes, numbered
from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.matching import refuse_no_spread, refuse_one_event
from earlyhelp.evaluate.methods.propensity import chances, fit_logistic

Estimand = Literal["ATT", "ATE"]

RIDGE = 1.0
"""How far the logistic models are drawn towards no association, so that a flag that is rare in a fold can be fitted: as by
a normal prior with a deviation of 1 on the log odds of each standardised covariate. What one model loses by it the other
makes up for.
"""

NOTHING_NEW = 1e-10
"""A direction in which the covariates vary by less than this share of the one they vary most in adds nothing."""

MOST_OUT_OF_BOUNDS = 0.5
"""The largest share of the treated whose chance of treatment may be cut to the bounds; above it the groups do not overlap."""


@dataclass(frozen=True)
class Augmented:
    """The effect, and what a reader has to know of how it came about.

    left_out: rows without an outcome. cut: rows whose chance of treatment was outside the bounds and was set to the bound.
    """

    effect: Effect
    left_out: int
    cut: int


@dataclass(frozen=True)
class Nuisance:
    """For each unit, from models fitted without its fold: the chance of treatment, and the outcome expected of it were it
    compared, and were it treated (NaN where the estimand needs none). Shapes (n,).
    """

    chance: Floats
    if_compared: Floats
    if_treated: Floats


def augmented_effect(
    covariates: Floats,
    treated: Flags,
    outcome: Floats,
    family: Ints | None = None,
    *,
    seed: int,
    estimand: Estimand = "ATT",
    folds: int = 5,
    bounds: tuple[float, float] = (0.01, 0.99),
) -> Augmented:
    """The effect among the treated (ATT) or on all (ATE), with the standard error of its influence function.

    With e the chance of treatment, m0 and m1 the outcomes expected if compared and if treated, t the treatment and y the
    outcome, ATE is the mean of m1 - m0 + t (y - m1) / e - (1 - t) (y - m0) / (1 - e), and ATT the sum of
    t (y - m0) - (1 - t) (y - m0) e / (1 - e) over the number treated. A risk difference where the outcome is 0 or 1.
    e, m0 and m1 are logistic (m0 and m1 linear where the outcome has other values), fitted on the other folds, so that
    no unit is judged by a model that has seen it or its family. The estimate is right in large samples when e is, or m0
    (and m1, for the ATE) are. Influences are added up by family.

    covariates: (n, k) known before time zero, in any units. treated: (n,). outcome: (n,), NaN where not known: left out and
    counted. family: (n,) who belongs together: all of a family are in one fold. seed: draws the folds. folds: 1 fits the
    models once on everybody (for comparison with published figures). bounds: within which e is kept; for the ATT only the
    upper one counts, because nothing is divided by e. Method: "aipw".
    Raises NotEstimable when a group is empty, too many outcomes are missing (`known_outcomes`), a covariate is missing, a
    fold would leave no treated, no compared, no event or only events to be learnt from, the groups do not overlap, or all
    outcomes but at most one are the same. ValueError for bounds or folds that make no sense.

    Source: Robins, Rotnitzky and Zhao (1994), JASA 89:846-866; cross-fitting and both scores: Chernozhukov et al. (2018),
    The Econometrics Journal 21:C1-C68, equations 5.3 and 5.4. Known answer:
    tests/known_answers/test_weighting_published.py.
    """
    if folds < 1 or not 0 <= bounds[0] < bounds[1] <= 1:
        raise ValueError("at least one fold is needed, and bounds are two chances, the lower one first")
    helped, known = np.asarray(treated, dtype=bool), known_outcomes(treated, outcome)
    matrix, helped = np.asarray(covariates, dtype=np.float64)[known], helped[known]
    seen = np.asarray(outcome, dtype=np.float64)[known]
    refuse_one_event(seen)
    together = np.arange(len(seen)) if family is None else numbered(np.asarray(family)[known])
    fold = folds_by_family(together, helped, seen, folds=folds, seed=seed)
    nuisance = cross_fitted(matrix, helped, seen, fold, estimand=estimand)
    chance = np.clip(nuisance.chance, 0.0 if estimand == "ATT" else bounds[0], bounds[1])
    _refuse_without_overlap(nuisance.chance, helped, bounds)
    treated_too = nuisance.if_treated if estimand == "ATE" else None
    found = doubly_robust(helped, seen, chance, nuisance.if_compared, treated_too, together)
    refuse_no_spread(found.standard_error)
    return Augmented(found, left_out=int((~known).sum()), cut=int((chance != nuisance.chance).sum()))


def doubly_robust(
    treated: Flags,
    outcome: Floats,
    chance: Floats,
    if_compared: Floats,
    if_treated: Floats | None = None,
    family: Ints | None = None,
) -> Effect:
    """The effect on all (ATE) or, without `if_treated`, among the treated (ATT), from models already fitted.

    The score and the source are those of `augmented_effect`, which fits the models too. chance: (n,) of treatment, strictly
    between 0 and 1. if_compared, if_treated: (n,) outcomes expected. outcome: (n,), all known. Method: "aipw".
    """
    helped, above = np.asarray(treated, dtype=bool), outcome - if_compared
    if if_treated is None:
        share = helped / helped.mean()
        score = np.where(helped, above, -above * chance / (1.0 - chance)) / helped.mean()
    else:
        corrected = np.where(helped, (outcome - if_treated) / chance, -above / (1.0 - chance))
        share = np.ones(len(corrected))
        score = if_treated - if_compared + corrected
    estimate = float(score.mean())
    return effect("aipw", estimate, clustered_error((score - share * estimate) / len(score), family))


def folds_by_family(family: Ints, treated: Flags, outcome: Floats, *, folds: int, seed: int) -> Ints:
    """The fold of each unit, from 0 up, shape (n,): families are dealt in random order, so that each falls in one fold.

    Families with somebody treated are dealt before those without, and within both those with an outcome above 0 first, so
    that folds are alike in what is rare. family: numbers from 0 up without gaps. Raises NotEstimable with fewer families
    than folds.
    """
    count = int(family.max(initial=-1)) + 1
    if count < folds:
        raise NotEstimable(f"There are {count} families for {folds} folds.", f"At least {folds} families are needed.")
    some_treated = np.bincount(family, weights=treated, minlength=count) > 0
    some_events = np.bincount(family, weights=outcome > 0, minlength=count) > 0
    order = np.lexsort((np.random.default_rng(seed).permutation(count), ~some_events, ~some_treated))
    dealt = np.empty(count, dtype=np.int64)
    dealt[order] = np.arange(count) % folds
    folded: Ints = dealt[family]
    return folded


def cross_fitted(covariates: Floats, treated: Flags, outcome: Floats, fold: Ints, *, estimand: Estimand) -> Nuisance:
    """What the models of the other folds expect of each unit; with one fold, what the models of everybody do.

    Arguments as for `augmented_effect`, all known; fold: (n,). Raises NotEstimable as told there.
    """
    expected = _expected_share if np.isin(outcome, (0.0, 1.0)).all() else _expected_mean
    found = Nuisance(*(np.full(len(outcome), np.nan) for _ in range(3)))
    single = not fold.any()
    for each in range(int(fold.max()) + 1):
        inside = fold == each
        learnt = inside if single else ~inside
        within = covariates[inside]
        _refuse_one_sided(treated[learnt], "the treated", "the compared")
        found.chance[inside] = chances(_logistic(covariates[learnt], treated[learnt].astype(np.float64)), within)
        compared = learnt & ~treated
        found.if_compared[inside] = expected(covariates[compared], outcome[compared], within)
        if estimand == "ATE":
            helped = learnt & treated
            found.if_treated[inside] = expected(covariates[helped], outcome[helped], within)
    return found


def fit_linear(covariates: Floats, outcome: Floats) -> Floats:
    """The k + 1 coefficients of a linear regression by least squares, the intercept first, in the covariates' own units.

    Where columns make up others, the shortest of the coefficients that fit equally well (after standardising).
    covariates: (n, k). outcome: (n,). Raises NotEstimable where a covariate is missing for a unit.
    """
    if not np.isfinite(covariates.sum()):
        raise NotEstimable("A covariate is missing for some units.", "Every covariate needs a figure for every unit.")
    centre, spread = covariates.mean(axis=0), covariates.std(axis=0)
    scale = np.where(spread > NOTHING_NEW * np.abs(covariates).max(axis=0, initial=0.0), spread, np.inf)
    design = (covariates - centre) / scale
    curvature = np.linalg.pinv(design.T @ design, rcond=NOTHING_NEW, hermitian=True)
    slopes = curvature @ (design.T @ (outcome - outcome.mean())) / scale
    return np.concatenate([[outcome.mean() - slopes @ centre], slopes])


Expected = Callable[[Floats, Floats, Floats], Floats]
"""Covariates and outcomes to learn from, and the covariates of those of whom an outcome is expected."""


def _expected_share(covariates: Floats, outcome: Floats, within: Floats) -> Floats:
    _refuse_one_sided(outcome > 0, "units with the outcome", "units without it")
    return chances(_logistic(covariates, outcome), within)


def _expected_mean(covariates: Floats, outcome: Floats, within: Floats) -> Floats:
    coefficients = fit_linear(covariates, outcome)
    expected: Floats = coefficients[0] + within @ coefficients[1:]
    return expected


def _logistic(covariates: Floats, outcome: Floats) -> Floats:
    return fit_logistic(covariates, outcome, ridge=RIDGE)


def _refuse_one_sided(flags: Flags, some: str, others: str) -> None:
    if flags.any() and not flags.all():
        return
    absent = others if flags.any() else some
    raise NotEstimable(
        f"Without one of the folds nothing can be learnt of {absent}: there are none, or one family holds them all.",
        f"Several families of {some} and of {others} are needed, among the treated and among the compared.",
    )


def _refuse_without_overlap(chance: Floats, helped: Flags, bounds: tuple[float, float]) -> None:
    beyond = float((chance[helped] > bounds[1]).mean())
    if beyond > MOST_OUT_OF_BOUNDS or chance[helped].min() > chance[~helped].max():
        raise NotEstimable(
            "The covariates tell the treated from the compared: hardly any of the treated have a like in the other group.",
            "Groups that share their values are needed: leave out what decides the group, or compare with others.",
        )
