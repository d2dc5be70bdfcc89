"""What it would take to overturn a finding: something unrecorded, outcomes not known, or one covariate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, isnan, log, nan, sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, NotEstimable

LEVEL = 0.05
"""The p value above which a finding could be chance."""

MOST_UNKNOWN = 0.5
"""The share of outcomes not known, in either group, from which a study says nothing."""

PlaceboVerdict = Literal["passed", "failed", "not run"]


class EValue(NamedTuple):
    """How strong something unrecorded would have to be, as a risk ratio from 1 up, to explain a finding away.

    It would have to make both the offer and the outcome that many times as likely (or as unlikely), beyond what was
    allowed for. `estimate`: to bring the estimate to no difference; `limit`: to bring the nearer bound of its interval
    there, 1 when the interval holds no difference already.
    """

    estimate: float
    limit: float


def e_value(ratio: float, lower: float = nan, upper: float = nan) -> EValue:
    """The E-values of a risk ratio and of the bound of its interval that is nearest to 1.

    With R the ratio, or 1 over it when it is under 1: E = R + sqrt(R (R - 1)). Without bounds the limit is NaN.

    ratio: risk ratio, 0 or above (0: nobody offered the service had the outcome, which nothing finite explains away).
    lower, upper: the bounds of its interval. Raises ValueError for a negative ratio or bounds that do not hold it.
    A hazard ratio may stand for the risk ratio where fewer than about 15 in 100 have the outcome.

    Source: VanderWeele and Ding (2017), Annals of Internal Medicine 167:268-274, table 2.
    Known answers: tests/known_answers/test_sensitivity_published.py.
    """
    if not ratio >= 0:
        raise ValueError("a risk ratio is a number from 0 up")
    if isnan(lower) or isnan(upper):
        return EValue(_e_value(ratio), nan)
    if not 0 <= lower <= ratio <= upper:
        raise ValueError("the bounds of a risk ratio must be from 0 up and hold it")
    if lower <= 1 <= upper:
        return EValue(_e_value(ratio), 1.0)
    return EValue(_e_value(ratio), _e_value(lower if lower > 1 else upper))


def e_value_of_difference(base: float, difference: float, lower: float = nan, upper: float = nan) -> EValue:
    """The E-values of a difference of risks and of the bound of its interval that is nearest to 0.

    The risks are turned into a ratio, (base + difference) / base, and each bound likewise, with the risk of the
    compared taken as known. A bound that would make a risk negative counts as a risk of 0, one above 1 as 1.

    base: the (weighted) risk of the compared, above 0 and at most 1. difference, lower, upper: risk of the treated less
    `base`, with bounds. Raises NotEstimable when none of the compared had the outcome, ValueError as `e_value` does.

    Source: VanderWeele and Ding (2017), table 2, row of the risk difference (adjusted risks as a ratio).
    """
    if base == 0:
        raise NotEstimable(
            "None of the compared families had the outcome, so the difference has no ratio.",
            "Compared families of whom some had the outcome.",
        )
    if not 0 < base <= 1:
        raise ValueError("`base` is a share between 0 and 1")
    ratio, low, high = (min(max(base + change, 0.0), 1.0) / base for change in (difference, lower, upper))
    return e_value(ratio, low if not isnan(lower) else nan, high if not isnan(upper) else nan)


def _e_value(ratio: float) -> float:
    if ratio == 0:
        return inf
    away = max(ratio, 1 / ratio)
    return away + sqrt(away * (away - 1))


def signed_rank_bound(differences: ArrayLike, gamma: float = 1.0) -> float:
    """The highest one-sided p value of Wilcoxon's signed-rank test if unrecorded things moved the odds by up to `gamma`.

    Estimand: whether matched pairs differ upwards. Of two families of a pair alike in what is recorded, one may have
    been up to `gamma` times as likely (in odds) to be offered the service. With q_s the rank of the absolute difference
    of pair s (middle ranks for ties; a pair without difference is ranked and scores nothing), T the sum of the ranks
    of the pairs that differ upwards and p = gamma / (1 + gamma): the bound is the normal probability above
    (T - p sum q) / sqrt(p (1 - p) sum q^2), sums over the pairs that differ.

    differences: (pairs,) treated less compared; turn the sign round to ask whether they are lower. gamma: from 1 up.
    Raises NotEstimable when no pair differs, ValueError for a missing difference or another gamma.

    Source: Rosenbaum (2002), Observational Studies, 2nd ed., section 4.3.3 (signed-rank statistic).
    Known answers: tests/known_answers/test_sensitivity_published.py.
    """
    from scipy.special import ndtr
    from scipy.stats import rankdata

    found = np.asarray(differences, dtype=np.float64)
    if found.ndim != 1 or not np.all(np.isfinite(found)):
        raise ValueError("the differences must be one list of numbers, one for each pair, none missing")
    likelier = _likelier(gamma)
    differ = found != 0
    if not differ.any():
        raise NotEstimable("No matched pair differs in the outcome.", "Pairs of which some differ.")
    ranks = rankdata(np.abs(found))
    expected = likelier * ranks[differ].sum()
    spread = sqrt(likelier * (1 - likelier) * float(np.sum(ranks[differ] ** 2)))
    return float(ndtr(-(ranks[found > 0].sum() - expected) / spread))


def mcnemar_bound(supporting: int, opposing: int, gamma: float = 1.0) -> float:
    """The highest one-sided p value of McNemar's test if unrecorded things moved the odds by up to `gamma`.

    Of the pairs of which one family alone had the outcome, `supporting` are those that speak for the finding (the
    compared one had it, where the finding is "fewer"), `opposing` the others. The bound is the binomial probability of
    at least `supporting` out of both, each with chance gamma / (1 + gamma). Exact.

    Raises NotEstimable when there is no such pair, ValueError for a negative count or a gamma below 1.

    Source: Rosenbaum (2002), section 4.3.2 (McNemar's test). Checked against fractions: tests/unit/evaluate/test_sensitivity.py.
    """
    from scipy.special import bdtrc

    if supporting < 0 or opposing < 0:
        raise ValueError("counts of pairs are from 0 up")
    likelier = _likelier(gamma)
    if supporting + opposing == 0:
        raise NotEstimable(
            "In every matched pair both families had the outcome or neither had.", "Pairs of which one family had it."
        )
    return float(bdtrc(supporting - 1, supporting + opposing, likelier)) if supporting else 1.0


def discordant_pairs(treated: ArrayLike, compared: ArrayLike) -> tuple[int, int]:
    """How many pairs had the outcome in the compared alone, and how many in the treated alone; 0 and 1, none missing.

    Their order is that of `mcnemar_bound` for a finding of "fewer"; swap them for "more".
    Raises ValueError for lists that do not match one to one or hold anything but 0 and 1.
    """
    offered, others = np.asarray(treated, dtype=np.float64), np.asarray(compared, dtype=np.float64)
    if offered.shape != others.shape or offered.ndim != 1 or not np.isin([offered, others], (0, 1)).all():
        raise ValueError("the outcomes of the pairs must be two lists of 0 and 1 that match one to one")
    return int(np.sum(others > offered)), int(np.sum(offered > others))


def largest_gamma(bound: Callable[[float], float], level: float = LEVEL) -> float:
    """The Gamma at which the bound of the p value passes `level`: how much hidden bias the finding stands.

    1 when the finding is not significant even without hidden bias. bound: p value as a function of Gamma that does not
    fall, such as `lambda gamma: signed_rank_bound(differences, gamma)`. level: between 0 and a half.
    Raises ValueError for another level. Source: Rosenbaum (2002), section 4.3.
    """
    from scipy.optimize import brentq

    if not 0 < level < 0.5:
        raise ValueError("the level is a share between 0 and a half, such as 0.05")
    if bound(1.0) >= level:
        return 1.0
    reach = 1.0
    while bound(exp(reach)) < level:  # both bounds rise to a half or more, so this ends
        reach *= 2
    return exp(float(brentq(lambda power: bound(exp(power)) - level, 0.0, reach, xtol=log(1 + 1e-10))))


def _likelier(gamma: float) -> float:
    if not 1 <= gamma < inf:
        raise ValueError("gamma is a ratio of odds from 1 up")
    return gamma / (1 + gamma)


class MissingOutcomes(NamedTuple):
    """The difference of means, treated less compared, under what one may suppose of outcomes that are not known.

    `known`: among those whose outcome is known. `lower`, `upper`: worst cases, whatever the unknown outcomes are.
    `none_had_it`, `all_had_it`: as if no (every) treated family of unknown outcome had it, the compared as known.
    `unknown_treated`, `unknown_compared`: the (weighted) shares of unknown outcome.
    """

    known: float
    lower: float
    upper: float
    none_had_it: float
    all_had_it: float
    unknown_treated: float
    unknown_compared: float


def missing_outcome_bounds(
    outcome: ArrayLike,
    treated: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    lowest: float = 0.0,
    highest: float = 1.0,
) -> MissingOutcomes:
    """How far the outcomes that are not known could move the difference of means, treated less compared.

    With u the share unknown in a group and m its mean where known, its mean lies between (1 - u) m + u lowest and
    (1 - u) m + u highest; the worst cases take opposite ends in the two groups.

    outcome: (n,) NaN where not known; treated: (n,) bool; weights: (n,) from 0 up, 1 by default. lowest, highest: the
    outcome's possible values. Raises NotEstimable without treated or compared, or when the outcome is not known for
    half or more of either; ValueError for lists that do not match or an outcome outside its possible values.

    Source: Manski (1990), American Economic Review Papers and Proceedings 80:319-323; Horowitz and Manski (2000),
    Journal of the American Statistical Association 95:77-84.
    """
    values, offered = np.asarray(outcome, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    counts = np.ones_like(values) if weights is None else np.asarray(weights, dtype=np.float64)
    _check_outcomes(values, offered, counts, lowest, highest)
    unknown_treated, mean_treated = _known_mean(values, offered, counts, "offered the service")
    unknown_compared, mean_compared = _known_mean(values, ~offered, counts, "compared")

    def difference(if_treated: float, if_compared: float) -> float:
        filled = (1 - unknown_treated) * mean_treated + unknown_treated * if_treated
        return filled - ((1 - unknown_compared) * mean_compared + unknown_compared * if_compared)

    return MissingOutcomes(
        known=mean_treated - mean_compared,
        lower=difference(lowest, highest),
        upper=difference(highest, lowest),
        none_had_it=difference(lowest, mean_compared),
        all_had_it=difference(highest, mean_compared),
        unknown_treated=unknown_treated,
        unknown_compared=unknown_compared,
    )


def _check_outcomes(values: Floats, offered: Flags, counts: Floats, lowest: float, highest: float) -> None:
    if values.ndim != 1 or not values.shape == offered.shape == counts.shape:
        raise ValueError("outcome, treated and weights must be lists that match one to one")
    if not np.all(np.isfinite(counts)) or np.any(counts < 0):
        raise ValueError("a weight is missing, infinite or negative")
    if np.any((values < lowest) | (values > highest)):
        raise ValueError("an outcome lies outside its lowest and highest value")


def _known_mean(values: Floats, group: Flags, counts: Floats, name: str) -> tuple[float, float]:
    """The share of the group whose outcome is not known, and the mean where it is."""
    total = float(counts[group].sum())
    if total == 0:
        raise NotEstimable(f"There are no families {name}.", f"Families {name}, with their outcomes.")
    known = group & ~np.isnan(values)
    share = 1 - float(counts[known].sum()) / total
    if share >= MOST_UNKNOWN:
        raise NotEstimable(
            f"The outcome is not known for {share:.0%} of the families {name}.",
            f"The outcome of more than {1 - MOST_UNKNOWN:.0%} of the families in each group.",
        )
    return max(share, 0.0), float(np.average(values[known], weights=counts[known]))


class LeftOut(NamedTuple):
    """The estimate without one covariate, and how far it moved, in standard errors of the full estimate."""

    covariate: str
    estimate: float
    move: float


class LeaveOneOut(NamedTuple):
    """The full estimate, what each covariate left out does to it, and the one that moves it most.

    Where an estimate without a covariate could not be had, its `estimate` and `move` are NaN. `largest` is None when
    none could be had.
    """

    full: Effect
    left_out: tuple[LeftOut, ...]
    largest: LeftOut | None


def leave_one_covariate_out(
    estimator: Callable[[Floats], Effect], covariates: Floats, names: Sequence[str]
) -> LeaveOneOut:
    """How much the finding rests on each covariate: a hidden one as strong as the strongest would move it as far.

    estimator: takes covariates (n, any number) and gives the effect; it holds treatment, outcome and weights itself.
    covariates: (n, k); names: k of them. Raises what the estimator raises on all covariates, ValueError when names and
    covariates do not match.
    """
    if covariates.ndim != 2 or covariates.shape[1] != len(names):
        raise ValueError("there must be one name for each covariate")
    full = estimator(covariates)
    left_out = tuple(_without(estimator, covariates, place, name, full) for place, name in enumerate(names))
    moved = [one for one in left_out if not isnan(one.move)]
    return LeaveOneOut(full, left_out, max(moved, key=lambda one: abs(one.move), default=None))


def _without(estimator: Callable[[Floats], Effect], covariates: Floats, place: int, name: str, full: Effect) -> LeftOut:
    try:
        found = estimator(np.delete(covariates, place, axis=1)).estimate
    except NotEstimable:
        return LeftOut(name, nan, nan)
    return LeftOut(name, found, (found - full.estimate) / full.standard_error if full.standard_error > 0 else nan)


@dataclass(frozen=True)
class Placebo:
    """A check that must show nothing: an outcome that the service cannot affect, or a time zero before the offer."""

    kind: Literal["outcome", "time zero"]
    name: str
    effect: Effect

    @property
    def shows_an_effect(self) -> bool:
        """Whether its interval leaves out no difference."""
        return self.effect.lower > 0 or self.effect.upper < 0


def placebo_verdict(placebos: Sequence[Placebo]) -> PlaceboVerdict:
    """Whether the checks hold: "failed" if one shows an effect (then nothing may be claimed), "not run" without any.

    Otherwise "passed". Each placebo has its own 95 per cent interval, so one in twenty fails by chance: run few, and
    choose them before outcomes are read.
    Source: Lipsitch, Tchetgen Tchetgen and Cohen (2010), Epidemiology 21:383-388.
    """
    if not placebos:
        return "not run"
    return "failed" if any(placebo.shows_an_effect for placebo in placebos) else "passed"
