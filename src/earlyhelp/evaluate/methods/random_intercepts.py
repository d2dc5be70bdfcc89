"""Logistic regression with a random intercept for each provider: what providers differ by once chance is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.pooling import shrunken_error

FEWEST_PROVIDERS = 3
PULL = 1e-4
"""How hard a coefficient of a standardised covariate is drawn to 0, in its squared size added to the deviance: enough to
keep that of a rare flag finite when nobody with it had the event, and under a hundred-thousandth for all others."""
WIDEST = 6.0
"""A spread of log-odds beyond this means that providers have the event in all of their cases or in none."""
_TOLD = 1e-3
_MODE_STEPS, _MODE_TOLERANCE = 50, 1e-10
_NO_SPREAD, _TIE, _TINY = 1e-3, 1e-6, 1e-12


@dataclass(frozen=True)
class RandomIntercepts:
    """The fitted model. Log-odds throughout; arrays over providers are in the order of `providers`.

    `coefficients` and their `standard_errors`: the intercept first, then one for each covariate. `spread`: the standard
    deviation of the providers' intercepts. `deviance`: -2 times the Laplace log-likelihood. `effects`: each provider's
    log-odds above (positive) or below the average of these providers, drawn towards 0 as far as its cases are few, with
    their standard error and the bounds of the 95 per cent interval.
    """

    providers: Ints
    coefficients: Floats
    standard_errors: Floats
    spread: float
    deviance: float
    effects: Floats
    effect_standard_errors: Floats
    effect_lower: Floats
    effect_upper: Floats


class _Cases(NamedTuple):
    """The rows in order of provider: design with the intercept first, events, cases, and where each provider starts."""

    design: Floats
    events: Floats
    cases: Floats
    group: Ints
    starts: Ints

    def summed(self, values: Floats) -> Floats:
        """The sums of the rows' values by provider."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=0))


class _Modes(NamedTuple):
    """The random effects at their most likely, on the scale of one spread, and what the likelihood needs of them."""

    u: Floats
    log_odds: Floats
    chance: Floats
    curvature: Floats
    inverse: Floats


def random_intercepts(
    provider: Ints, covariates: Floats, events: Floats, cases: Floats | None = None
) -> RandomIntercepts:
    """The providers' own log-odds of the event, given the mix of their cases, by maximum (Laplace) likelihood.

    Row i of provider j: events_i ~ binomial(cases_i, p_i), logit(p_i) = x_i b + s u_j, u_j ~ normal(0, 1). The integral
    over u_j is replaced by Laplace's approximation at its mode, and -2 log-likelihood is minimised over b and s >= 0
    together, with its exact gradient. With S_j = sum of n_i p_i (1 - p_i), the variance of an effect s u_j is
    s^2 / (1 + s^2 S_j), were b and s known; what not knowing s adds is worked out as in `pool`, with 1 / S_j for the
    squared standard error of a provider, and for b it is d' C d: C their covariance, d the slope of the effect over them.

    provider: (n,) the id of the provider of a row. covariates: (n, k), k may be 0, without an intercept, nothing missing.
    events: (n,) from 0 to cases. cases: (n,) above 0; one each unless given, so that rows may be single cases.
    Raises NotEstimable for fewer than 3 providers, no event or nothing but events, a covariate that is a sum of others,
    covariates that separate those with the event from those without, and providers of whom nearly each had the event
    always or never. A rare flag that nobody with the event has is no reason to refuse: coefficients are drawn to 0 ever
    so lightly (`PULL`), which lme4 does not do.

    Source: Breslow and Clayton (1993), Journal of the American Statistical Association 88:9-25, equations 4 to 6, without
    their penalised step; Bates, Maechler, Bolker and Walker (2015), Journal of Statistical Software 67(1);
    Booth and Hobert (1998), Journal of the American Statistical Association 93:262-272 (errors of the effects).
    Known answer: lme4's `cbpp`, tests/known_answers/test_pooling_published.py.
    """
    number = np.ones(len(events)) if cases is None else np.asarray(cases, dtype=np.float64)
    ids, rows, centre, scale = _ordered(np.asarray(provider), covariates, np.asarray(events, dtype=np.float64), number)
    pooled = logistic_fit(rows.design, rows.events, rows.cases)
    parameters = _likeliest(rows, pooled)
    if parameters[-1] > WIDEST:
        raise NotEstimable(
            "Nearly every provider had the event in all of its cases or in none.", "More cases of each are needed."
        )
    return _fitted(ids, rows, parameters, centre, scale)


def _likeliest(rows: _Cases, pooled: Floats) -> Floats:
    """The parameters (b, s), from a search that begins at the regression without providers.

    The slope over s is 0 at s = 0, so a search thrown onto that bound may stay there: then it begins again from near.
    """
    none = np.append(pooled, 0.0)
    found = [(none, _deviance(rows, none, np.zeros(rows.starts.size))[0] - _TIE)]  # no spread, unless some is likelier
    for start in (0.5, 0.1):
        found.append(_smallest(rows, np.append(pooled, start)))
        if found[-1][0][-1] > _NO_SPREAD:
            break
    return min(found, key=lambda each: each[1])[0]


def _smallest(rows: _Cases, start: Floats) -> tuple[Floats, float]:
    """The parameters (b, s) at the smallest deviance, and that deviance."""
    from scipy.optimize import minimize

    bounds: list[tuple[float | None, float | None]] = [(None, None)] * rows.design.shape[1] + [(0.0, None)]
    modes = np.zeros(rows.starts.size)  # each search for the modes begins from the last ones

    def target(parameters: Floats) -> tuple[float, Floats]:
        value, slope, modes[:] = _deviance(rows, parameters, modes)
        return value, slope

    found = minimize(
        target, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-12, "gtol": 1e-5, "maxiter": 200}
    )
    return found.x, float(found.fun)


def logistic_fit(design: Floats, events: Floats, cases: Floats) -> Floats:
    """The coefficients of a logistic regression, by Newton steps; NotEstimable where the covariates tell the event.

    design: (n, k) with its intercept first, standardised; events, cases: (n,).
    """
    pull = _pull(design.shape[1])
    b = np.zeros(design.shape[1])
    for _ in range(50):
        p = expected_share(linear(design, b))
        slope = np.einsum("nk,n->k", design, events - cases * p) - pull * b
        weighted = design * (cases * p * (1 - p))[:, None]
        step = np.linalg.lstsq(np.einsum("nk,nl->kl", weighted, design) + np.diag(pull), slope, rcond=None)[0]
        b = b + step / max(1.0, float(np.max(np.abs(step))) / 2)  # no step so long that it leaves the numbers' range
        if np.max(np.abs(step)) < 1e-9:
            break
    _refuse_separation(expected_share(linear(design, b)), events / cases)
    return b


def _pull(number: int) -> Floats:
    """How hard each coefficient is drawn to 0: the intercept not at all."""
    return np.asarray(np.where(np.arange(number) > 0, PULL, 0.0))


def standardised(covariates: Floats) -> tuple[Floats, Floats, Floats]:
    """The covariates with mean 0 and spread 1 behind a column of ones, their means, and their spreads.

    Raises NotEstimable where one is constant, missing, or a sum of others.
    """
    x = np.asarray(covariates, dtype=np.float64)
    if not np.isfinite(x).all():
        raise NotEstimable("A covariate is missing for some cases.", "Give each missing value a category of its own.")
    centre, scale = x.mean(axis=0), x.std(axis=0)
    design = np.column_stack([np.ones(len(x)), (x - centre) / np.where(scale > 0, scale, 1.0)])
    cross = np.einsum("nk,nl->kl", design, design) / len(x)
    if np.any(scale <= 0) or np.linalg.eigvalsh(cross)[0] < 1e-10:
        raise NotEstimable(
            "A covariate is the same for every case, or follows from the others.", "Leave that covariate out."
        )
    return design, centre, scale


def check_events(events: Floats, cases: Floats) -> None:
    """Raises ValueError for events that no number of cases can have, NotEstimable where all or none had the event."""
    if not (np.all(cases > 0) and np.all((events >= 0) & (events <= cases))):
        raise ValueError("events lie between 0 and the number of cases, and each row has a case; leave others out")
    if not 0 < events.sum() < cases.sum():
        raise NotEstimable(
            "All cases, or none, had the event.", "Cases with and cases without the event are needed to compare."
        )


def _refuse_separation(chance: Floats, share: Floats) -> None:
    if np.max(np.abs(chance - share)) < _TOLD and np.all((share == 0) | (share == 1)):
        raise NotEstimable(
            "The covariates tell without fail who had the event.", "Leave out the one that does, or group its values."
        )


def _ordered(provider: Ints, covariates: Floats, events: Floats, cases: Floats) -> tuple[Ints, _Cases, Floats, Floats]:
    check_events(events, cases)
    ids, group = np.unique(provider, return_inverse=True)
    if ids.size < FEWEST_PROVIDERS:
        raise NotEstimable(
            f"There are {ids.size} providers.", f"At least {FEWEST_PROVIDERS} are needed to tell how much they differ."
        )
    design, centre, scale = standardised(covariates)
    order = np.argsort(group, kind="stable")
    group = group[order]
    starts = np.searchsorted(group, np.arange(ids.size))
    return ids, _Cases(design[order], events[order], cases[order], group, starts), centre, scale


def linear(design: Floats, coefficients: Floats) -> Floats:
    """The log-odds of each row.

    Not as a product of matrices, here and elsewhere: for so few columns its threads take longer than the sum does.
    """
    return np.asarray(np.einsum("nk,k->n", design, coefficients))


def expected_share(linear: Floats) -> Floats:
    """The share that has the event at these log-odds."""
    from scipy.special import expit

    return np.asarray(expit(linear))


def _modes(rows: _Cases, fixed: Floats, spread: float, u: Floats) -> _Modes:
    """The most likely random effects, provider by provider at once, by Newton steps from the last ones."""
    for _ in range(_MODE_STEPS):
        log_odds = fixed + spread * u[rows.group]
        chance = expected_share(log_odds)
        curvature = rows.cases * chance * (1 - chance)
        inverse = 1 / (1 + spread**2 * rows.summed(curvature))
        slope = spread * rows.summed(rows.events - rows.cases * chance) - u
        if np.max(np.abs(slope)) < _MODE_TOLERANCE * (1 + rows.cases.sum()):
            break
        u = u + np.clip(slope * inverse, -2, 2)
    return _Modes(u, log_odds, chance, curvature, inverse)


def _deviance(rows: _Cases, parameters: Floats, start: Floats) -> tuple[float, Floats, Floats]:
    """-2 log of the Laplace likelihood (without the binomial constant), its gradient over (b, s), and the modes."""
    spread = float(parameters[-1])
    modes = _modes(rows, linear(rows.design, parameters[:-1]), spread, start)
    # log(1 + e^x), in a form that neither overflows nor is as slow as numpy's logaddexp
    log_of_sum = np.maximum(modes.log_odds, 0) + np.log(1 + np.exp(-np.abs(modes.log_odds)))
    likelihood = np.sum(rows.events * modes.log_odds - rows.cases * log_of_sum)
    value = -2 * likelihood + modes.u @ modes.u - np.log(modes.inverse).sum() + _pulled(parameters)
    slope = _gradient(rows, modes, spread)
    slope[:-1] += 2 * _pull(parameters.size - 1) * parameters[:-1]
    return float(value), slope, modes.u


def _pulled(parameters: Floats) -> float:
    """What the pull to 0 adds to the deviance."""
    return float(np.sum(_pull(parameters.size - 1) * parameters[:-1] ** 2))


def _mode_slopes(rows: _Cases, modes: _Modes, spread: float) -> tuple[Floats, Floats]:
    """How the modes move with the coefficients, (providers, k), and with the spread, (providers,)."""
    residuals = rows.summed(rows.events - rows.cases * modes.chance)
    weighted = rows.summed(modes.curvature[:, None] * rows.design)
    by_spread = (residuals - spread * modes.u * weighted[:, 0]) * modes.inverse
    return -spread * weighted * modes.inverse[:, None], by_spread


def _gradient(rows: _Cases, modes: _Modes, spread: float) -> Floats:
    """The gradient: the modes are where the first part is flat, but the log of the curvature moves with them."""
    u, inverse = modes.u, modes.inverse
    residual = rows.events - rows.cases * modes.chance
    third = modes.curvature * (1 - 2 * modes.chance)
    curvatures, thirds = rows.summed(modes.curvature), rows.summed(third)
    mode_by_fixed, mode_by_spread = _mode_slopes(rows, modes, spread)
    moved = rows.summed(third[:, None] * rows.design) + spread * thirds[:, None] * mode_by_fixed
    log_by_spread = inverse * (2 * spread * curvatures + spread**2 * thirds * (u + spread * mode_by_spread))
    fixed = -2 * np.einsum("nk,n->k", rows.design, residual) + spread**2 * np.sum(inverse[:, None] * moved, axis=0)
    return np.append(fixed, -2 * (u @ rows.summed(residual)) + log_by_spread.sum())


def _fitted(ids: Ints, rows: _Cases, parameters: Floats, centre: Floats, scale: Floats) -> RandomIntercepts:
    from scipy.special import gammaln, ndtri

    spread = float(parameters[-1])
    modes = _modes(rows, linear(rows.design, parameters[:-1]), spread, np.zeros(ids.size))
    value, _, _ = _deviance(rows, parameters, modes.u)
    ways = gammaln(rows.cases + 1) - gammaln(rows.events + 1) - gammaln(rows.cases - rows.events + 1)
    covariance = _covariance(rows, parameters, modes.u)
    effects, error = spread * modes.u, _effect_errors(rows, modes, spread, covariance)
    reach = float(ndtri(0.975)) * error
    back = np.eye(len(parameters) - 1)  # from standardised covariates back to those that were given
    back[0, 1:], back[1:, 1:] = -centre / scale, np.diag(1 / scale)
    return RandomIntercepts(
        providers=ids,
        coefficients=back @ parameters[:-1],
        standard_errors=np.sqrt(np.diag(back @ covariance @ back.T)),
        spread=spread,
        deviance=float(value - _pulled(parameters) - 2 * ways.sum()),
        effects=effects,
        effect_standard_errors=error,
        effect_lower=effects - reach,
        effect_upper=effects + reach,
    )


def _effect_errors(rows: _Cases, modes: _Modes, spread: float, covariance: Floats) -> Floats:
    """Of the providers' effects: of chance and of not knowing the spread, as in `pool`; and of the coefficients."""
    own = 1 / np.maximum(rows.summed(modes.curvature), _TINY)
    by_fixed, _ = _mode_slopes(rows, modes, spread)
    unsure = spread**2 * np.einsum("jk,kl,jl->j", by_fixed, covariance, by_fixed)
    error = shrunken_error(own, spread**2, 0.0, tau_known=False)
    return np.asarray(np.hypot(error, np.sqrt(np.maximum(unsure, 0))))


def _covariance(rows: _Cases, parameters: Floats, u: Floats) -> Floats:
    """Of the coefficients: twice the inverse of the deviance's second derivatives, from differences of its gradient.

    A spread on its bound of 0, or of which the cases tell nothing there, is held.
    """
    width, fixed = 1e-4, parameters.size - 1
    hessian = np.empty((parameters.size, parameters.size))
    for place in range(parameters.size):
        ahead, behind = parameters.copy(), parameters.copy()
        ahead[place] += width
        behind[place] -= width
        slopes = [_deviance(rows, each, u)[1] for each in (ahead, behind)]
        hessian[place] = (slopes[0] - slopes[1]) / (2 * width)
    hessian = (hessian + hessian.T) / 2
    free = parameters.size if parameters[-1] > _NO_SPREAD and _curves_upward(hessian) else fixed
    if not _curves_upward(hessian[:free, :free]):
        raise NotEstimable(
            "The cases do not tell the covariates apart.", "Leave out a covariate, or put its values into wider groups."
        )
    return np.asarray(2 * np.linalg.inv(hessian[:free, :free])[:fixed, :fixed])


def _curves_upward(hessian: Floats) -> bool:
    return bool(np.linalg.eigvalsh(hessian)[0] > _TINY)
