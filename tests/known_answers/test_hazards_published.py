"""Cox models against what R's package survival prints. Each test names the data and the call.

`lung_ages.csv`: 228 people of the North Central Cancer Treatment Group's trial, R's `lung`: Loprinzi and others (1994),
Journal of Clinical Oncology 12:601-607; days, died, sex (1 men, 2 women) and age, as the package lifelines 0.30.3 (MIT)
distributes them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.hazards import CoxModel, cause_specific_cox, hazard_ratio


def columns(*names: str) -> list[np.ndarray]:
    with (Path(__file__).parent / "lung_ages.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    return [np.array([float(row[name]) for row in rows]) for name in names]


def lung(*covariates: str) -> CoxModel:
    days, died = columns("days", "died")
    return cause_specific_cox(days, died, np.column_stack(columns(*covariates)))


def test_sex_alone_is_what_coxph_of_lung_prints():
    """`coxph(Surv(time, status) ~ sex, lung)`: -0.5310235, se 0.1671786, likelihood ratio 10.63 on 1 df, 165 deaths."""
    model = lung("sex")
    assert model.events == 165
    assert round(model.coefficients[0], 7) == -0.5310235
    assert round(model.standard_error[0], 7) == 0.1671786
    assert round(2 * (model.log_likelihood[1] - model.log_likelihood[0]), 2) == 10.63


def test_sex_and_age_are_what_coxph_of_lung_prints():
    """`coxph(Surv(time, status) ~ sex + age, lung)`: -0.513219 (0.167458) and 0.017045 (0.009223), ratio test 14.12."""
    model = lung("sex", "age")
    assert np.round(model.coefficients, 6).tolist() == [-0.513219, 0.017045]
    assert np.round(model.standard_error, 6).tolist() == [0.167458, 0.009223]
    assert round(2 * (model.log_likelihood[1] - model.log_likelihood[0]), 2) == 14.12


def test_the_hazard_ratio_of_two_groups_is_the_same_model():
    """exp(coef) 0.5880028 of `summary(coxph(Surv(time, status) ~ sex, lung))`."""
    days, died, sex = columns("days", "died", "sex")
    found = hazard_ratio(days, died, sex == 2)
    assert round(float(np.exp(found.estimate)), 7) == 0.5880028


# Test data 1 and the weighted test data of Therneau and Grambsch (2000), Modeling Survival Data, appendix E, with the
# figures that tests/book2.Rout.save and tests/book6.Rout.save of survival print (R 2.9.0 and 2.7.1), ties by Efron.

TEST_1 = ([9, 1, 1, 6, 6, 8], [1, 1, 0, 1, 1, 0], [[0], [1], [1], [1], [0], [0]])
WEIGHTED = ([1, 1, 2, 2, 2, 2, 3, 4, 5], [1, 0, 1, 1, 1, 0, 0, 1, 0], [[2], [0], [1], [1], [0], [1], [0], [1], [0]])
WEIGHTS = [1, 2, 3, 4, 3, 2, 1, 2, 1]


def test_coefficient_and_score_residuals_of_test_data_1():
    model = cause_specific_cox(*TEST_1)
    assert round(model.coefficients[0], 6) == 1.676857
    printed = [0.2208584, 0.1132780, -0.0442340, -0.1029199, -0.4078409, 0.2208584]
    np.testing.assert_allclose(model.score_residuals[:, 0], printed, atol=5e-8)


def test_coefficient_and_error_of_the_weighted_test_data():
    model = cause_specific_cox(*WEIGHTED, weights=WEIGHTS)
    assert round(model.coefficients[0], 4) == 0.8726
    assert round(model.standard_error[0], 4) == 0.7126
    assert round(2 * (model.log_likelihood[1] - model.log_likelihood[0]), 2) == 1.75


def test_score_residuals_and_robust_error_of_the_weighted_test_data():
    printed = [
        0.88116056,
        0.02477248,
        0.06057806,
        0.06057806,
        -0.59724033,
        -0.16737066,
        0.38040295,
        -0.13750290,
        0.66631324,
    ]
    model = cause_specific_cox(*WEIGHTED, weights=WEIGHTS)
    np.testing.assert_allclose(model.score_residuals[:, 0], printed, atol=5e-8)
    # The sandwich by hand: V times the root of the sum of squares of weighted residuals.
    robust = model.covariance[0, 0] * np.sqrt(np.sum((np.array(WEIGHTS) * printed) ** 2))
    assert model.robust_error[0] == pytest.approx(robust, rel=1e-7)
