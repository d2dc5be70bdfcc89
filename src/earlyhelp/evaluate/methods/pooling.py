"""Partial pooling: several estimates of one kind (services, councils) drawn towards what they have in common.

The model is normal in both stages: estimate i lies around its own true effect with a known standard error, and the true
effects lie around a common mean with a standard deviation, tau, that the estimates themselves tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Floats, NotEstimable

TauMethod = Literal["reml", "dersimonian_laird"]
IntervalMethod = Literal["normal", "hartung_knapp", "modified_hartung_knapp"]
FEWEST_TO_PREDICT = 3
"""A prediction interval needs a t distribution with the number of estimates less two degrees of freedom."""
_MOST_STEPS = 500
_NORMAL = 1.959963984540054


@dataclass(frozen=True)
class Pooled:
    """What several estimates say together, in their own unit; arrays have one number an estimate, in the order given.

    `mean` with `standard_error`, `lower`, `upper`: the mean of the true effects and its 95 per cent interval. `tau`: the
    standard deviation of the true effects; NaN for a single estimate, which cannot tell it. `q`, `q_degrees`,
    `q_probability`: Cochran's test that all true effects are equal. `i_squared`: the share of the variation between the
    estimates that is more than chance, 0 to 1. `prediction_lower`, `prediction_upper`: where the true effect of one more
    unit like these would lie, 95 in 100 times; NaN under three estimates. `shrunken` and the three after it: each true
    effect given all the estimates (the best linear unbiased prediction), with standard error and 95 per cent interval.
    """

    number: int
    mean: float
    standard_error: float
    lower: float
    upper: float
    tau: float
    q: float
    q_degrees: int
    q_probability: float
    i_squared: float
    prediction_lower: float
    prediction_upper: float
    shrunken: Floats
    shrunken_standard_error: Floats
    shrunken_lower: Floats
    shrunken_upper: Floats


class Outlying(NamedTuple):
    """Each estimate against the pool of all others: the mean without it, and how far it lies from that."""

    mean_without: Floats
    lower_without: Floats
    upper_without: Floats
    tau_without: Floats
    score: Floats
    probability: Floats


class _Mean(NamedTuple):
    mean: float
    standard_error: float
    critical: float


def pool(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    tau: TauMethod = "reml",
    interval: IntervalMethod = "normal",
    tau_known: bool = False,
) -> Pooled:
    """The mean of the true effects, how much they vary, and each of them drawn towards the mean by what chance explains.

    With y_i the estimates, v_i their squared standard errors and w_i = 1 / (v_i + tau^2): mean = sum(w y) / sum(w), with
    variance 1 / sum(w); shrunken_i = l_i y_i + (1 - l_i) mean with l_i = tau^2 / (tau^2 + v_i) and variance
    l_i v_i + (1 - l_i)^2 var(mean) + 2 (1 - l_i)^2 var(tau^2) / (v_i + tau^2), with var(tau^2) = 2 / trace(PP) as in
    `reml_variance`: the last term is what not knowing tau adds, up to the
    estimate's own v_i; prediction = mean +- t(k - 2) sqrt(tau^2 + var(mean)).
    I^2 = tau^2 / (tau^2 + s^2) with s^2 = (k - 1) sum(u) / (sum(u)^2 - sum(u^2)), u = 1/v.

    estimates, standard_errors: (k,) one unit for all; standard errors above 0. tau: "reml" or, as a comparison,
    "dersimonian_laird". interval: "normal"; "hartung_knapp", with the variance scaled by how far the estimates really lie
    apart and k - 1 degrees of freedom; "modified_hartung_knapp", the same but never scaled down. The choice holds for the
    mean; the shrunken effects have normal intervals. tau_known: leave out what not knowing tau adds, as metafor does: with
    few estimates the shrunken intervals are then too narrow. One estimate is its own mean, with nothing to draw it towards.
    Raises NotEstimable without estimates, or where one of them or its standard error is missing or no number above 0.

    Source: DerSimonian and Laird (1986), Controlled Clinical Trials 7:177-188; Viechtbauer (2005), Journal of Educational
    and Behavioral Statistics 30:261-293 (REML); Hartung and Knapp (2001), Statistics in Medicine 20:3875-3889; Roever,
    Knapp and Friede (2015), BMC Medical Research Methodology 15:99 (modified); Higgins and Thompson (2002), Statistics in
    Medicine 21:1539-1558, equation 9 (I^2); Higgins, Thompson and Spiegelhalter (2009), Journal of the Royal Statistical
    Society A 172:137-159 (prediction); Raudenbush and Bryk (1985), Journal of Educational Statistics 10:75-98 (shrunken);
    Datta and Lahiri (2000), Statistica Sinica 10:613-627, theorem for REML (what not knowing tau adds).
    Known answers: tests/known_answers/test_pooling_published.py.
    """
    y, v = _checked(estimates, standard_errors)
    if y.size == 1:
        return _alone(y, v)
    between = reml_variance(y, v) if tau == "reml" else dersimonian_laird_variance(y, v)
    centre, test = _mean(y, v, between, interval), _homogeneity(y, v)
    reach = _prediction_reach(y.size, between, centre.standard_error)
    share = between / (between + v)
    shrunken = share * y + (1 - share) * centre.mean
    error = shrunken_error(v, between, centre.standard_error, tau_known)
    return Pooled(
        number=y.size,
        mean=centre.mean,
        standard_error=centre.standard_error,
        lower=centre.mean - centre.critical * centre.standard_error,
        upper=centre.mean + centre.critical * centre.standard_error,
        tau=float(np.sqrt(between)),
        q=test.q,
        q_degrees=test.q_degrees,
        q_probability=test.q_probability,
        i_squared=_i_squared(v, between),
        prediction_lower=centre.mean - reach,
        prediction_upper=centre.mean + reach,
        shrunken=shrunken,
        shrunken_standard_error=error,
        shrunken_lower=shrunken - _NORMAL * error,
        shrunken_upper=shrunken + _NORMAL * error,
    )


def outlying(estimates: ArrayLike, standard_errors: ArrayLike) -> Outlying:
    """How far each estimate lies from the REML pool of all the others, beside what chance and their spread explain.

    score_i = (y_i - m) / sqrt(v_i + t^2 + var(m)), with m and t^2 the mean and the variance of the true effects without
    estimate i: the externally studentised residual, normal where i is like the others. probability: two-sided, one an
    estimate; with several of them, read them through `multiple.benjamini_hochberg`.

    estimates, standard_errors: (k,), k at least 3. Raises NotEstimable with fewer.
    Source: Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112-125, section 2.2. Known answer:
    tests/known_answers/test_pooling_published.py.
    """
    from scipy.special import ndtr

    y, v = _checked(estimates, standard_errors)
    if y.size < FEWEST_TO_PREDICT:
        raise NotEstimable(f"There are {y.size} estimates.", "At least 3 are needed to set each against the others.")
    rest = [pool(np.delete(y, i), np.sqrt(np.delete(v, i))) for i in range(y.size)]
    columns = [(each.mean, each.lower, each.upper, each.tau, each.standard_error) for each in rest]
    mean, lower, upper, tau, error = np.array(columns).T
    score = (y - mean) / np.sqrt(v + tau**2 + error**2)
    return Outlying(mean, lower, upper, tau, score, np.asarray(2 * ndtr(-np.abs(score))))


def limited(
    pooled: Pooled, estimates: ArrayLike, standard_errors: ArrayLike, most: float = 1.0
) -> tuple[Floats, Floats]:
    """The shrunken effects, none carried further than `most` standard errors from its own estimate; and their errors.

    Plain shrinkage treats the one unit that really differs as if it were like the others, and takes most of its effect
    away. A limited effect is its estimate moved by a constant, so its error is that of the estimate.

    pooled: of those estimates. estimates, standard_errors: (k,) as given to `pool`. most: 0 leaves the estimates as they
    are. Source: Efron and Morris (1972), Journal of the American Statistical Association 67:130-139.
    """
    y, v = _checked(estimates, standard_errors)
    own = np.sqrt(v)
    nearer = np.clip(pooled.shrunken, y - most * own, y + most * own)
    return nearer, np.where(nearer == pooled.shrunken, pooled.shrunken_standard_error, own)


def shrunken_error(v: Floats, between: float, mean_error: float, tau_known: bool) -> Floats:
    """The standard errors of effects drawn towards a mean: of chance, of the mean, and of not knowing how much they vary.

    v: (k,) squared standard errors. between: the variance of the true effects. mean_error: the standard error of their
    mean. tau_known: leave out the last part; with it an error is at most that of the effect's own estimate. As in `pool`.
    """
    share = between / (between + v)
    variance = share * v + ((1 - share) * mean_error) ** 2
    if tau_known:
        return np.sqrt(variance)
    unsure = 2 * (1 - share) ** 2 * _spread_variance(v, between) / (v + between)
    return np.sqrt(np.minimum(variance + unsure, v))


def reml_variance(y: Floats, v: Floats) -> float:
    """The variance of the true effects (tau squared) that makes the restricted likelihood largest; 0 at the least.

    Fisher scoring: with P = W - W11'W / sum(w), tau^2 moves by (y'PPy - trace(P)) / trace(PP). A step that would lower
    the likelihood is halved; one that would pass 0 ends there. Where that does not settle, the likelihood is searched.

    y, v: (k,) estimates and their squared standard errors, k at least 2.
    Source: Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30:261-293, section on REML.
    """
    now, before, damping = max(0.0, float(np.var(y, ddof=1) - v.mean())), 0.0, 1.0
    scale = float(np.var(y) + v.mean())
    for _ in range(_MOST_STEPS):
        step = _fisher_step(y, v, now)
        damping /= 2 if step * before < 0 else 1  # turning back: the last step went too far, and so would the next
        moved = _uphill(y, v, now, damping * step, 1e-13 * scale)
        if abs(moved - now) <= 1e-11 * scale:
            return moved
        now, before = moved, step
    return _searched(y, v, scale)


def _searched(y: Floats, v: Floats, scale: float) -> float:
    """The largest restricted likelihood, looked for on a grid and then between its neighbours there."""
    from scipy.optimize import minimize_scalar

    grid = np.append(0.0, scale * np.geomspace(1e-6, 10, 400))
    best = int(np.argmax([_restricted_likelihood(y, v, each) for each in grid]))
    if best == 0:
        return 0.0
    between = (grid[best - 1], grid[min(best + 1, len(grid) - 1)])
    return float(minimize_scalar(lambda each: -_restricted_likelihood(y, v, each), bounds=between, method="bounded").x)


def _uphill(y: Floats, v: Floats, now: float, step: float, least: float) -> float:
    """Where the step, halved as often as needed, leads without lowering the likelihood, up to rounding; not under 0."""
    reached = _restricted_likelihood(y, v, now)
    slack = 1e-12 * (1 + abs(reached))
    while abs(step) > least:
        moved = max(0.0, now + step)
        if _restricted_likelihood(y, v, moved) >= reached - slack:
            return moved
        step /= 2
    return now


def dersimonian_laird_variance(y: Floats, v: Floats) -> float:
    """The variance of the true effects by the method of moments: (Q - (k - 1)) / (sum(w) - sum(w^2) / sum(w)), or 0.

    y, v: (k,) estimates and their squared standard errors, k at least 2; w = 1/v.
    Source: DerSimonian and Laird (1986), Controlled Clinical Trials 7:177-188, equation 8.
    """
    w = 1 / v
    return max(0.0, float((_cochran(y, v) - (y.size - 1)) / _trace(w)))


def _checked(estimates: ArrayLike, standard_errors: ArrayLike) -> tuple[Floats, Floats]:
    """The estimates and their squared standard errors."""
    y, error = (np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (estimates, standard_errors))
    if y.shape != error.shape or y.ndim != 1:
        raise ValueError("estimates and standard errors must be two lists of the same length")
    if not y.size:
        raise NotEstimable("There is no estimate to pool.", "At least one is needed, with its standard error.")
    unusable = int(np.sum(~(np.isfinite(y) & np.isfinite(error) & (error > 0))))
    if unusable:
        raise NotEstimable(
            f"{unusable} of {y.size} estimates have no value or no standard error above 0.",
            "Leave them out, or estimate them with their errors first.",
        )
    return y, error**2


def _alone(y: Floats, v: Floats) -> Pooled:
    error = np.sqrt(v)
    reach = _NORMAL * error
    nan = float("nan")
    return Pooled(
        number=1,
        mean=float(y[0]),
        standard_error=float(error[0]),
        lower=float(y[0] - reach[0]),
        upper=float(y[0] + reach[0]),
        tau=nan,
        q=0.0,
        q_degrees=0,
        q_probability=nan,
        i_squared=nan,
        prediction_lower=nan,
        prediction_upper=nan,
        shrunken=y,
        shrunken_standard_error=error,
        shrunken_lower=y - reach,
        shrunken_upper=y + reach,
    )


def _mean(y: Floats, v: Floats, between: float, interval: IntervalMethod) -> _Mean:
    from scipy.special import stdtrit

    w = 1 / (v + between)
    mean = float(np.average(y, weights=w))
    error = float(np.sqrt(1 / w.sum()))
    if interval == "normal":
        return _Mean(mean, error, _NORMAL)
    scale = float(np.sqrt(np.sum(w * (y - mean) ** 2) / (y.size - 1)))
    if interval == "modified_hartung_knapp":
        scale = max(scale, 1.0)
    return _Mean(mean, error * scale, float(stdtrit(y.size - 1, 0.975)))


def _prediction_reach(number: int, between: float, error: float) -> float:
    from scipy.special import stdtrit

    if number < FEWEST_TO_PREDICT:
        return float("nan")
    return float(stdtrit(number - 2, 0.975) * np.sqrt(between + error**2))


def _fisher_step(y: Floats, v: Floats, between: float) -> float:
    w = 1 / (v + between)
    residual = w * (y - np.average(y, weights=w))
    return float((residual @ residual - _trace(w)) * _spread_variance(v, between) / 2)


def _spread_variance(v: Floats, between: float) -> float:
    """The variance of the REML estimate of tau squared: 2 / trace(PP)."""
    w = 1 / (v + between)
    diagonal = w * _others(w) / w.sum()
    off_diagonal = np.sum(w**2 * _others(w**2)) / w.sum() ** 2
    return float(2 / (np.sum(diagonal**2) + off_diagonal))


def _trace(w: Floats) -> float:
    """The trace of P: sum(w) - sum(w^2) / sum(w), in a form that one very precise estimate does not round to nothing."""
    return float(np.sum(w * _others(w)) / w.sum())


def _others(w: Floats) -> Floats:
    """For each, the sum of all the others."""
    return np.asarray((w * (1 - np.eye(w.size))).sum(axis=1))


def _restricted_likelihood(y: Floats, v: Floats, between: float) -> float:
    w = 1 / (v + between)
    spread = np.sum(w * (y - np.average(y, weights=w)) ** 2)
    return float(0.5 * (np.log(w).sum() - np.log(w.sum()) - spread))


def _cochran(y: Floats, v: Floats) -> float:
    w = 1 / v
    return float(np.sum(w * (y - np.average(y, weights=w)) ** 2))


class _Homogeneity(NamedTuple):
    q: float
    q_degrees: int
    q_probability: float


def _homogeneity(y: Floats, v: Floats) -> _Homogeneity:
    from scipy.special import chdtrc

    q, degrees = _cochran(y, v), y.size - 1
    return _Homogeneity(q, degrees, float(chdtrc(degrees, q)))


def _i_squared(v: Floats, between: float) -> float:
    w = 1 / v
    typical = (v.size - 1) / _trace(w)
    return float(between / (between + typical))
