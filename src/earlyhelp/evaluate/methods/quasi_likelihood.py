"""Counts and shares that vary more than chance alone allows, and errors that resemble the period before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, Ints, NotEstimable

_HIGHEST_RHO = 0.9
_STEPS = 50


class Fitted(NamedTuple):
    """Coefficients (k,), (X'WX)^-1 (k, k), expected counts (n,), Pearson residuals (n,) and the hat matrix (n, n)."""

    coefficients: Floats
    unscaled: Floats
    expected: Floats
    residuals: Floats
    hat: Floats


def quasi_likelihood(events: Floats, columns: Floats, offset: Floats, total: Floats | None = None) -> Fitted:
    """The coefficients that maximise the Poisson likelihood of the events, or the binomial one where totals are given.

    log E[events] = offset + columns b (log link), or logit of the expected share of `total` (logit link). Iteratively
    reweighted least squares until no coefficient moves by 1e-10.
    events, offset: (n,); columns: (n, k), the constant included; total: (n,). Raises NotEstimable when it does not settle
    or columns repeat each other.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, section 2.5.
    """
    size = events + 1 if total is None else total + 1
    start = (events + 0.5) / size
    linear = np.log(events + 0.5) if total is None else np.log(start / (1 - start))
    coefficients = np.full(columns.shape[1], np.inf)
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise _not_settled()
    for _ in range(_STEPS):
        expected, variance = moments(linear, total)
        if not np.all(np.isfinite(expected)) or np.any(variance < 1e-12):
            raise _not_settled()
        root = np.sqrt(variance)
        working = linear - offset + (events - expected) / variance
        solved = np.linalg.lstsq(columns * root[:, None], working * root, rcond=None)[0]
        updated: Floats = np.asarray(solved, dtype=np.float64)
        linear = np.clip(offset + columns @ updated, -30, 30) if total is not None else offset + columns @ updated
        settled, coefficients = np.max(np.abs(updated - coefficients)) < 1e-10, updated
        if settled:
            return _fitted(events, columns, linear, total, coefficients)
    raise _not_settled()


def autocorrelation(residuals: Floats, hat: Floats, time: Ints) -> float:
    """The correlation of a period's error with the one before, from 0 to 0.9, allowing for the columns already fitted.

    Fitting k columns makes residuals look less alike than the errors were: the raw figure is too low by roughly k/n. Here
    rho is the value at which errors with correlation rho^lag, passed through the same fit, would be expected to give the
    raw figure: with M = I - H and L linking neighbouring periods, trace(MLM V) / trace(MV) = raw, V = rho^|t - s|.
    Below 0 is taken as 0: chance often makes it negative, and intervals should not shrink for that.

    residuals: (n,) Pearson; hat: (n, n) with M above; time: (n,) whole numbers, gaps allowed.
    Source: the expectation of a ratio taken as the ratio of expectations, as in Marriott and Pope (1954), Biometrika
    41:390-402, with the fitted columns in place of the mean.
    """
    lags = np.abs(time[:, None] - time[None, :])
    linked = (time[:, None] - time[None, :] == 1).astype(np.float64)
    raw = float(residuals @ linked @ residuals) / float(residuals @ residuals) if np.any(residuals) else 0.0
    rest = np.eye(len(time)) - hat
    product = np.bincount(lags.ravel(), weights=(rest @ linked @ rest).ravel())
    square = np.bincount(lags.ravel(), weights=rest.ravel())
    grid = np.linspace(0, _HIGHEST_RHO, 181)
    powers = grid[:, None] ** np.arange(len(square))
    expected = np.maximum.accumulate((powers @ product) / (powers @ square))
    return float(np.interp(raw, expected, grid))


def moments(linear: Floats, total: Floats | None) -> tuple[Floats, Floats]:
    """The expected counts and their variances at these linear predictors.

    Poisson: both exp(linear). Binomial, where totals are given: total p and total p (1 - p), p = 1/(1 + exp(-linear)).
    """
    if total is None:
        expected = np.exp(np.minimum(linear, 700.0))
        return expected, expected
    share = 1 / (1 + np.exp(np.clip(-linear, -700.0, 700.0)))
    return total * share, total * share * (1 - share)


def _fitted(events: Floats, columns: Floats, linear: Floats, total: Floats | None, coefficients: Floats) -> Fitted:
    expected, variance = moments(linear, total)
    root = np.sqrt(variance)
    scaled = columns * root[:, None]
    unscaled: Floats = np.asarray(np.linalg.inv(scaled.T @ scaled), dtype=np.float64)
    return Fitted(coefficients, unscaled, expected, (events - expected) / root, scaled @ unscaled @ scaled.T)


def _not_settled() -> NotEstimable:
    return NotEstimable(
        "The series cannot be fitted: its counts leave some of the trend, the seasons or the change undetermined.",
        "More events, or more periods with events, are needed.",
    )
