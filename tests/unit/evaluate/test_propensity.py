"""Logistic regression on tables to check by eye, against a general optimiser, and where there is no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.propensity import chances, fit_logistic, log_odds, propensity

thorough = settings(max_examples=100, deadline=None, derandomize=True)

# Without the flag 1 of 4 is treated, with it 3 of 4: odds of 1/3 and of 3, so an odds ratio of 9.
FLAG = np.array([[0.0]] * 4 + [[1.0]] * 4)
TREATED = np.array([1, 0, 0, 0, 1, 1, 1, 0], dtype=bool)


def families(seed, number=300, wide=4):
    """Covariates in very different units, and who was treated."""
    luck = np.random.default_rng(seed)
    plain = luck.normal(size=(number, wide))
    treated = luck.random(number) < 1 / (1 + np.exp(1 - plain @ np.linspace(-1, 1, wide)))
    return plain * 10.0 ** np.arange(wide) + 2000, treated


def by_general_optimiser(covariates, outcome, weights, ridge):
    """The fitted chances of the penalised likelihood, found without its curvature being known."""
    from scipy.optimize import minimize

    mean = np.average(covariates, axis=0, weights=weights)
    scaled = (covariates - mean) / np.sqrt(np.average((covariates - mean) ** 2, axis=0, weights=weights))

    def loss(fitted):
        linear = fitted[0] + scaled @ fitted[1:]
        return weights @ (np.logaddexp(0, linear) - outcome * linear) + ridge / 2 * fitted[1:] @ fitted[1:]

    found = minimize(loss, np.zeros(scaled.shape[1] + 1), method="BFGS", options={"gtol": 1e-7}).x
    return 1 / (1 + np.exp(-found[0] - scaled @ found[1:]))


def test_one_flag_gives_the_odds_ratio_of_its_table():
    assert fit_logistic(FLAG, TREATED.astype(float)) == pytest.approx([np.log(1 / 3), np.log(9)])
    assert propensity(FLAG, TREATED) == pytest.approx([0.25] * 4 + [0.75] * 4)


def test_without_covariates_everybody_has_the_share_treated():
    assert propensity(np.empty((8, 0)), TREATED) == pytest.approx([0.5] * 8)


@pytest.mark.parametrize("ridge", [0.0, 5.0])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the optimiser ends where its differences are all rounding
def test_the_fit_is_the_one_a_general_optimiser_finds(seed, ridge):
    covariates, treated = families(seed)
    weights = np.random.default_rng(seed).integers(0, 4, len(treated)).astype(float)
    found = chances(fit_logistic(covariates, treated.astype(float), weights, ridge), covariates)
    assert found == pytest.approx(by_general_optimiser(covariates, treated, weights, ridge), abs=1e-5)


@thorough
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 2), st.booleans()), min_size=6, max_size=60))
def test_fitted_chances_add_up_to_the_treated_overall_and_by_every_covariate(rows):
    covariates = np.array([row[:2] for row in rows], dtype=float)
    treated = np.array([row[2] for row in rows])
    try:
        chance = propensity(covariates, treated)
    except NotEstimable:
        return
    assert chance.sum() == pytest.approx(treated.sum(), abs=1e-6)
    assert covariates.T @ chance == pytest.approx(covariates.T @ treated, abs=1e-5)


def test_whole_weights_are_repeats():
    covariates, treated = families(7, number=60)
    counts = np.random.default_rng(1).integers(0, 3, 60)
    repeated = fit_logistic(np.repeat(covariates, counts, axis=0), np.repeat(treated, counts).astype(float))
    assert fit_logistic(covariates, treated.astype(float), counts.astype(float)) == pytest.approx(repeated, rel=1e-6)


def test_constant_repeated_and_surplus_columns_change_no_chance_and_have_no_coefficient():
    covariates, treated = families(3)
    quarter = np.arange(len(treated)) % 4
    some = np.column_stack([covariates, *(quarter == q for q in (1, 2, 3))])
    surplus = np.column_stack(
        [np.full(len(treated), 0.1), covariates, *(quarter == q for q in (1, 2, 3, 0)), covariates[:, 0] * 3 - 1]
    )
    coefficients = fit_logistic(surplus, treated.astype(float))
    assert propensity(surplus, treated) == pytest.approx(propensity(some, treated), abs=1e-9)
    assert coefficients[[1, 9, 10]].tolist() == [0, 0, 0]
    assert np.all(coefficients[2:9] != 0)


def test_more_rows_than_a_block_give_the_same_as_their_weights():
    many = np.repeat(FLAG, 3000, axis=0)
    assert fit_logistic(many, np.repeat(TREATED, 3000).astype(float)) == pytest.approx([np.log(1 / 3), np.log(9)])


@pytest.mark.parametrize(
    ("treated", "said"), [(np.ones(8, bool), "Every unit is in the treated group."), (np.zeros(8, bool), "No unit")]
)
def test_one_group_alone_is_refused(treated, said):
    with pytest.raises(NotEstimable, match=said):
        propensity(FLAG, treated)


def test_groups_that_a_covariate_tells_apart_are_refused():
    with pytest.raises(NotEstimable, match="apart perfectly"):
        propensity(np.arange(8.0)[:, None], np.arange(8) > 3)


def test_a_flag_that_only_treated_have_is_refused():
    flag = np.array([[0.0]] * 6 + [[1.0]] * 2)
    with pytest.raises(NotEstimable, match="some values occur in one group only"):
        propensity(flag, np.array([1, 0, 1, 0, 0, 0, 1, 1], dtype=bool))


def test_as_many_covariates_as_units_are_refused():
    with pytest.raises(NotEstimable, match="apart perfectly"):
        propensity(np.eye(8) + np.arange(8), TREATED)


def test_a_strong_covariate_that_does_not_quite_separate_is_fitted():
    score = np.linspace(-30, 30, 400)
    treated = (score > 0) ^ (np.arange(400) == 180) ^ (np.arange(400) == 220)
    chance = propensity(score[:, None], treated)
    assert chance.sum() == pytest.approx(treated.sum())
    assert 0 < chance.min() < 1e-4


def test_a_ridge_fits_separated_groups_and_a_large_one_gives_everybody_the_same():
    separated = np.arange(8) > 3
    assert 0.5 < propensity(np.arange(8.0)[:, None], separated, ridge=1.0)[-1] < 1
    assert propensity(np.arange(8.0)[:, None], separated, ridge=1e9) == pytest.approx([0.5] * 8, abs=1e-6)


def test_missing_figures_are_refused_by_place_never_by_value():
    covariates = np.column_stack([np.arange(8.0), np.where(np.arange(8) == 2, np.nan, 417.0)])
    with pytest.raises(NotEstimable, match="Covariate 2 of 2 is missing") as refusal:
        propensity(covariates, TREATED)
    assert "417" not in str(refusal.value)
    with pytest.raises(NotEstimable, match="outcome is missing"):
        fit_logistic(FLAG, np.where(np.arange(8) == 2, np.nan, 1.0))


def test_an_outcome_that_is_the_same_for_all_who_count_is_refused():
    with pytest.raises(NotEstimable, match="the same for every unit"):
        fit_logistic(FLAG, TREATED.astype(float), weights=TREATED.astype(float))


def test_misuse_is_told_to_the_programmer():
    with pytest.raises(ValueError, match="one row a unit"):
        propensity(np.arange(8.0), TREATED)
    with pytest.raises(ValueError, match="weights"):
        fit_logistic(FLAG, TREATED.astype(float), weights=-np.ones(8))


def test_chances_stay_within_0_and_1_and_log_odds_undo_them():
    extreme = chances(np.array([0.0, 1.0]), np.array([[-1e4], [0.0], [2.0], [1e4]]))
    assert extreme[0] > 0
    assert extreme[-1] < 1
    assert log_odds(extreme[1:3]) == pytest.approx([0, 2])
