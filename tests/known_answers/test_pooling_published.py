"""Partial pooling and random intercepts against what R's metafor and lme4 print. Each test names the data and the call.

`bcg.csv`: 13 trials of the BCG vaccine, cases of tuberculosis and others in each arm. Colditz and others (1994), Journal of
the American Medical Association 271:698-702; metadat's `dat.bcg`. Counts of a published paper.

`raudenbush.csv`: 19 experiments on what teachers expect of pupils, standardised differences and their variances.
Raudenbush (1984), Journal of Educational Psychology 76:85-97; metadat's `dat.raudenbush1985`.

`cbpp.csv`: new cases of a cattle disease in 15 herds over four periods. Lesnoff and others (2004), Preventive Veterinary
Medicine 64:27-40; lme4's `cbpp`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.pooling import outlying, pool
from earlyhelp.evaluate.methods.random_intercepts import random_intercepts


def columns(name: str, skipped: int) -> np.ndarray:
    with (Path(__file__).parent / name).open(encoding="utf-8") as table:
        return np.array([[float(cell) for cell in row[skipped:]] for row in list(csv.reader(table))[1:]]).T


def bcg() -> tuple[np.ndarray, np.ndarray]:
    """Log risk ratios and their standard errors, as `escalc(measure="RR")` has them."""
    a, b, c, d = columns("bcg.csv", 1)
    return np.log(a / (a + b)) - np.log(c / (c + d)), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def test_the_random_effects_model_is_that_which_metafor_prints_for_the_bcg_trials():
    """`rma(yi, vi, data=dat)` with `dat.bcg`: the first example of metafor's documentation. The 0.3126 of some notes is
    another model's tau; here tau^2 is 0.3132.
    """
    found = pool(*bcg())
    assert round(found.tau**2, 4) == 0.3132
    assert round(found.tau, 4) == 0.5597
    assert [round(f, 4) for f in (found.mean, found.standard_error)] == [-0.7145, 0.1798]
    assert round(found.i_squared, 4) == 0.9222
    assert (round(found.q, 4), found.q_degrees) == (152.2330, 12)
    assert found.q_probability < 0.0001


def test_the_hartung_knapp_interval_is_that_which_metafor_prints():
    """`rma(yi, vi, data=dat, test="knha")`, as in metafor's README."""
    found = pool(*bcg(), interval="hartung_knapp")
    assert [round(f, 4) for f in (found.mean, found.standard_error)] == [-0.7145, 0.1808]
    assert [round(f, 4) for f in (found.lower, found.upper)] == [-1.1084, -0.3206]


def test_the_prediction_interval_is_that_of_metafor_but_for_one_degree_of_freedom():
    """`predict(res, transf=exp, digits=2)` after `test="knha"`: 0.14 to 1.76, with 12 degrees of freedom where ours has 11."""
    found = pool(*bcg(), interval="hartung_knapp")
    t_11, t_12 = 2.200985, 2.178813
    reach = (found.prediction_upper - found.mean) / t_11 * t_12
    assert [round(float(np.exp(found.mean + way * reach)), 2) for way in (-1, 1)] == [0.14, 1.76]


def test_the_dersimonian_laird_model_is_that_which_metafor_prints():
    """`rma(yi, vi, data=dat, method="DL")`."""
    found = pool(*bcg(), tau="dersimonian_laird")
    assert [round(f, 4) for f in (found.tau**2, found.mean, found.standard_error)] == [0.3088, -0.7141, 0.1787]
    assert round(found.i_squared, 4) == 0.9212


def test_shrunken_effects_are_the_empirical_bayes_estimates_of_raudenbush_and_bryk():
    """`blup(rma(yi, vi, data=dat.raudenbush1985))`, from metafor's own tests, which hold it to Figure 2 of the chapter."""
    y, v = columns("raudenbush.csv", 1)
    found = pool(y, np.sqrt(v), tau_known=True)
    assert [round(f, 4) for f in (found.tau**2, found.mean, found.q)] == [0.0188, 0.0837, 35.8295]
    assert found.mean / found.standard_error == pytest.approx(1.6208, abs=5e-5)
    shrunken = [0.0543, 0.1006, -0.0064, 0.2144, 0.1051, -0.0082, 0.0174, -0.0293, 0.1604, 0.2485]
    shrunken += [0.1618, 0.1102, 0.0646, 0.1105, -0.0288, 0.0258, 0.1905, 0.0744, 0.0248]
    lower = [-0.1324, -0.1033, -0.2228, -0.0533, -0.1622, -0.1737, -0.1481, -0.2689, -0.0543, 0.0]
    lower += [-0.0970, -0.1303, -0.1920, -0.1463, -0.2405, -0.1906, -0.0076, -0.0808, -0.1954]
    np.testing.assert_allclose(found.shrunken, shrunken, atol=1.5e-4)
    np.testing.assert_allclose(found.shrunken_lower, lower, atol=1.5e-4)


def test_how_far_each_trial_lies_from_the_others_is_the_studentised_residual_of_metafor():
    """`rstudent(rma(yi, vi, data=dat))$z` for the first six trials, from metafor's own tests."""
    y, error = bcg()
    score = outlying(y[:6], error[:6]).score
    np.testing.assert_allclose(score, [0.1426, -0.9957, -0.4591, -1.1949, 2.0949, 0.4330], atol=5e-5)


def herds():
    herd, incidence, size, period = columns("cbpp.csv", 0)
    return random_intercepts(
        herd.astype(np.int64), np.column_stack([period == p for p in (2, 3, 4)]).astype(float), incidence, size
    )


def test_random_intercepts_are_those_of_glmer():
    """`glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), binomial, cbpp)`.

    Older lme4 prints -1.39834, -0.99192, -1.12822, -1.57974, herd 0.6421 and a deviance of 184.0531, where its search had
    stopped a little early; ours must come as near as a thousandth and lie no higher. Newer lme4, in full precision:
    -1.398532, -0.992316, -1.128664, -1.580316; glmmTMB and MixedModels.jl print the same as ours.
    """
    found = herds()
    np.testing.assert_allclose(found.coefficients, [-1.39834, -0.99192, -1.12822, -1.57974], atol=1e-3)
    np.testing.assert_allclose(found.coefficients, [-1.398532, -0.992316, -1.128664, -1.580316], atol=2e-5)
    assert found.spread == pytest.approx(0.6421, abs=5e-4)
    assert 184.0525 < found.deviance <= 184.0531


def test_standard_errors_are_those_of_the_second_derivatives_as_glmer_prints_them():
    """Std. Error 0.2325, 0.3066, 0.3266, 0.4274, printed for the same model by glmmTMB and by lme4's Hessian."""
    assert [round(f, 4) for f in herds().standard_errors] == [0.2325, 0.3066, 0.3266, 0.4274]
