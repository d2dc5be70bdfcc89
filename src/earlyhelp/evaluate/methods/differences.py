"""The difference of two means, weighted or not, and standard errors that know which people belong together."""

from __future__ import annotations

import numpy as np

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect

MOST_MISSING = 0.5
"""The largest share of outcomes that may be missing in either group; above it what is known speaks for too few."""


def difference_of_means(
    treated: Flags, outcome: Floats, family: Ints | None = None, weights: Floats | None = None
) -> Effect:
    """The mean outcome of the treated minus that of the compared, weighted where `weights` are given.

    Estimand: without weights the plain difference, which mixes the effect with how the groups differed before; with
    weights 1 / chance of the group a unit is in, the average effect (ATE); with 1 for the treated and odds of treatment
    for the compared, the effect among the treated (ATT). The standard error is the sandwich of a weighted regression on
    the treatment, added up by family (`clustered_error`). It takes the weights as known, which for weights from
    estimated chances makes the interval of the ATE wider than need be; `balanced_effect` and `augmented_effect` do not.

    treated: (n,). outcome: (n,), NaN where not known: those rows are left out. family: (n,) who belongs together; each
    unit alone when not given. weights: (n,) from 0 up, in any unit. Method: "difference_of_means", or
    "inverse_weighting" with weights. Raises NotEstimable as `known_outcomes` does, or when a group has no weight.

    Source: Hernan and Robins (2020), Causal Inference: What If, chapters 11 and 12; Liang and Zeger (1986), Biometrika
    73:13-22, equation 5. Known answer: tests/known_answers/test_weighting_published.py.
    """
    helped = np.asarray(treated, dtype=bool)
    known = known_outcomes(helped, outcome)
    helped, seen = helped[known], np.asarray(outcome, dtype=np.float64)[known]
    weight = np.ones(len(seen)) if weights is None else np.asarray(weights, dtype=np.float64)[known]
    influence = np.zeros(len(seen))
    means = []
    for group, sign in ((helped, 1.0), (~helped, -1.0)):
        total = weight[group].sum()
        if not total > 0:
            raise NotEstimable("One of the groups has no weight at all.", "Both groups need rows that count.")
        means.append(float(weight[group] @ seen[group] / total))
        influence[group] = sign * weight[group] * (seen[group] - means[-1]) / total
    method = "difference_of_means" if weights is None else "inverse_weighting"
    return effect(method, means[0] - means[1], clustered_error(influence, None if family is None else family[known]))


def clustered_error(influence: Floats, family: Ints | None = None) -> float:
    """The standard error of a sum of influences: the root of the sum of squares of each family's sum, times G / (G - 1).

    influence: (n,) how far each unit moves the estimate, summing to about 0. family: (n,) who belongs together; G is the
    number of families, or of units when not given. Raises NotEstimable where there are fewer than two.

    Source: Liang and Zeger (1986), Biometrika 73:13-22; the factor: MacKinnon, Nielsen and Webb (2023), Journal of
    Econometrics 232:272-299, equation 15.
    """
    sums = influence if family is None else np.bincount(numbered(family), weights=influence)
    if len(sums) < 2:
        raise NotEstimable("All units belong to one family.", "A standard error needs at least two families.")
    return float(np.sqrt(sums @ sums * len(sums) / (len(sums) - 1)))


def numbered(family: Ints) -> Ints:
    """The families as numbers from 0 up without gaps, shape (n,), so that they can be counted by place."""
    return np.unique(np.asarray(family), return_inverse=True)[1].astype(np.int64)


def known_outcomes(treated: Flags, outcome: Floats) -> Flags:
    """Which rows have an outcome, shape (n,): finite figures. The caller says how many are left out.

    Raises NotEstimable where all or none are treated, or where more than half of a group's outcomes are missing.
    """
    helped, known = np.asarray(treated, dtype=bool), np.isfinite(np.asarray(outcome, dtype=np.float64))
    for name, group in (("treated", helped), ("compared", ~helped)):
        if not group.any():
            raise NotEstimable(f"Nobody is in the {name} group.", "Both a treated and a compared group are needed.")
        missing = 1.0 - known[group].mean()
        if missing > MOST_MISSING:
            raise NotEstimable(
                f"The outcome is missing for {missing:.0%} of the {name} group.",
                "It has to be known for at least half of each group.",
            )
    return known
