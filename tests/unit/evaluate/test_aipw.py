"""What cross-fitted AIPW promises, by tables worked by hand, a slow second working, and simulated studies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.aipw import augmented_effect, cross_fitted, doubly_robust, fit_linear, folds_by_family
from earlyhelp.evaluate.methods.differences import difference_of_means
from earlyhelp.evaluate.methods.effect import NotEstimable

thorough = settings(max_examples=40, deadline=None, derandomize=True)

# A flag, who is treated, and an outcome in units: with the flag 8 and 6 if treated, 5 and 3 if not; without 4, and 1 and 3.
FLAG = np.array([1, 1, 0, 1, 1, 0, 0], dtype=float)
TREATED = np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool)
UNITS = np.array([8, 6, 4, 5, 3, 1, 3], dtype=float)


def shares(seed, units=600, families=400, effect=0.15):
    """Children in families: what moves the treatment moves the outcome, whose share among the treated is lower by `effect`."""
    chance = np.random.default_rng(seed)
    family = np.arange(units) * families // units
    x = np.column_stack([chance.normal(size=units), chance.random(units) < 0.3, chance.normal(size=families)[family]])
    treated = chance.random(units) < 1 / (1 + np.exp(1.2 - x @ [0.5, 0.5, 0.3]))
    if_compared = np.clip(0.5 + x @ [0.08, 0.08, 0.05], effect, 1)
    outcome = (chance.random(families)[family] + 0.6 * chance.random(units)) % 1 < if_compared - effect * treated
    return x, treated, outcome.astype(float), family


def test_a_table_worked_by_hand():
    # Among the treated: (8 - 4) + (6 - 4) + (4 - 2), over 3; the residuals of the compared sum to 0 with and without flag.
    found = augmented_effect(FLAG[:, None], TREATED, UNITS, seed=1, folds=1).effect
    assert found.estimate == pytest.approx(8 / 3)
    # On all: 7 - 4 for the four with the flag, 4 - 2 for the three without.
    found = augmented_effect(FLAG[:, None], TREATED, UNITS, seed=1, folds=1, estimand="ATE").effect
    assert found.estimate == pytest.approx((4 * 3 + 3 * 2) / 7)


def slow_att(treated, outcome, chance, if_compared):
    """Estimate and standard error in plain numbers, one unit at a time."""
    count, total = sum(treated), 0.0
    for t, y, e, m in zip(treated, outcome, chance, if_compared, strict=True):
        total += (y - m) if t else -(y - m) * e / (1 - e)
    estimate = total / count
    squares = 0.0
    for t, y, e, m in zip(treated, outcome, chance, if_compared, strict=True):
        squares += (((y - m - estimate) if t else -(y - m) * e / (1 - e)) / count) ** 2
    return estimate, (squares * len(outcome) / (len(outcome) - 1)) ** 0.5


@thorough
@given(st.integers(0, 10_000))
def test_the_score_agrees_with_its_equation_in_plain_numbers(seed):
    chance = np.random.default_rng(seed)
    treated = np.append(chance.random(18) < 0.5, [True, False])
    outcome, e, m = chance.normal(size=20), chance.uniform(0.05, 0.95, 20), chance.normal(size=20)
    found = doubly_robust(treated, outcome, e, m)
    assert (found.estimate, found.standard_error) == pytest.approx(slow_att(treated, outcome, e, m))


def test_the_score_on_all_worked_by_hand():
    # t, y, e, m0, m1: (1, 5, 0.5, 2, 4) gives 2 + 1 / 0.5 = 4; (0, 1, 0.2, 2, 3) gives 1 - (-1) / 0.8 = 2.25.
    found = doubly_robust(
        np.array([True, False]), np.array([5.0, 1]), np.array([0.5, 0.2]), np.array([2.0, 2]), np.array([4.0, 3])
    )
    assert found.estimate == pytest.approx((4 + 2.25) / 2)
    # Each is 0.875 from the mean: twice (0.875 / 2) squared, times 2 / 1.
    assert found.standard_error == pytest.approx(0.875)


@thorough
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_all_of_a_family_are_in_one_fold_and_folds_hold_the_rare_alike(seed, folds):
    chance = np.random.default_rng(seed)
    family = np.unique(chance.integers(0, 60, 200), return_inverse=True)[1]
    treated, outcome = chance.random(200) < 0.2, (chance.random(200) < 0.1).astype(float)
    fold = folds_by_family(family, treated, outcome, folds=folds, seed=seed)
    assert len(set(zip(family, fold, strict=True))) == len(set(family))
    families_treated = np.bincount(fold, weights=treated * 0, minlength=folds)
    for each in set(family[treated]):
        families_treated[fold[family == each][0]] += 1
    assert families_treated.max() - families_treated.min() <= 1


def test_another_seed_draws_other_folds_and_the_same_seed_the_same():
    x, treated, outcome, family = shares(1)
    found = [augmented_effect(x, treated, outcome, family, seed=seed).effect.estimate for seed in (3, 3, 4)]
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_nobody_is_judged_by_a_model_that_has_seen_it():
    x, treated, outcome, family = shares(2, units=200, families=100)
    fold = folds_by_family(family, treated, outcome, folds=5, seed=0)
    before = cross_fitted(x, treated, outcome, fold, estimand="ATE")
    outcome[fold == 2] = 1 - outcome[fold == 2]
    after = cross_fitted(x, treated, outcome, fold, estimand="ATE")
    assert after.if_compared[fold == 2] == pytest.approx(before.if_compared[fold == 2])
    assert after.if_treated[fold == 2] == pytest.approx(before.if_treated[fold == 2])
    assert np.abs(after.if_compared[fold == 1] - before.if_compared[fold == 1]).max() > 0.01


@pytest.mark.parametrize("estimand", ["ATT", "ATE"])
@pytest.mark.parametrize("wrong", ["treatment", "outcome"])
def test_one_wrong_model_of_the_two_does_no_harm(wrong, estimand):
    """One of the two depends on a square that its model has not; the other is as its model has it."""
    chance = np.random.default_rng(11)
    x = chance.normal(size=(20_000, 2))
    bent = 0.5 * x[:, 0] ** 2
    treated = chance.random(20_000) < 1 / (1 + np.exp(1 - x @ [0.6, 0.3] - bent * (wrong == "treatment")))
    outcome = x @ [1, 1] + bent * (wrong == "outcome") + 0.5 * treated + chance.normal(size=20_000)
    assert difference_of_means(treated, outcome).lower > 0.8
    found = augmented_effect(x, treated, outcome, seed=1, estimand=estimand, bounds=(0.001, 0.999)).effect
    assert abs(found.estimate - 0.5) < 3 * found.standard_error
    assert found.standard_error < 0.05


@pytest.mark.parametrize("estimand", ["ATT", "ATE"])
def test_the_interval_holds_the_truth_in_95_of_100_studies_of_families(estimand):
    """200 studies: by chance alone the share would be between 92 and 98 % in 19 of 20."""
    found = [augmented_effect(*shares(seed), seed=seed, estimand=estimand).effect for seed in range(200)]
    assert 0.92 <= np.mean([each.lower <= -0.15 <= each.upper for each in found]) <= 0.98
    errors = [each.standard_error for each in found]
    assert np.std([each.estimate for each in found]) == pytest.approx(np.mean(errors), rel=0.15)


def test_rows_without_an_outcome_are_left_out_and_counted():
    x, treated, outcome, family = shares(3)
    outcome[::10] = np.nan
    known = ~np.isnan(outcome)
    found = augmented_effect(x, treated, outcome, family, seed=1)
    kept = augmented_effect(x[known], treated[known], outcome[known], family[known], seed=1)
    assert found.left_out == 60
    assert (found.effect, kept.left_out) == (kept.effect, 0)


def test_chances_outside_the_bounds_are_cut_and_counted():
    x, treated, outcome, _ = shares(4)
    wide = augmented_effect(x, treated, outcome, seed=1, estimand="ATE")
    narrow = augmented_effect(x, treated, outcome, seed=1, estimand="ATE", bounds=(0.2, 0.4))
    assert wide.cut == 0
    assert narrow.cut > 100
    among_treated = augmented_effect(x, treated, outcome, seed=1, bounds=(0.2, 0.4))
    assert 0 < among_treated.cut < narrow.cut


def test_a_flag_that_is_rare_in_a_fold_can_be_fitted():
    x, treated, outcome, family = shares(5)
    rare = np.zeros(len(x))
    rare[np.flatnonzero(~treated)[:2]] = 1
    found = augmented_effect(np.column_stack([x, rare]), treated, outcome, family, seed=1).effect
    assert found.estimate == pytest.approx(
        augmented_effect(x, treated, outcome, family, seed=1).effect.estimate, abs=0.02
    )


def test_what_decides_the_treatment_is_refused():
    x, treated, outcome, family = shares(6)
    with pytest.raises(NotEstimable, match="tell the treated from the compared"):
        augmented_effect(np.column_stack([x, treated]), treated, outcome, family, seed=1)


@pytest.mark.parametrize(("events", "says"), [(1, "All outcomes but at most one"), (2, "units with the outcome")])
def test_one_event_and_the_events_of_one_family_are_refused(events, says):
    x, _, outcome, family = shares(7)
    treated = family % 3 == 0
    outcome[:] = 0
    outcome[np.flatnonzero(np.bincount(family)[family] * ~treated == 2)[:events]] = 1
    with pytest.raises(NotEstimable, match=says):
        augmented_effect(x, treated, outcome, family, seed=1)


def test_one_treated_family_is_refused():
    x, _, outcome, family = shares(8)
    with pytest.raises(NotEstimable, match="nothing can be learnt of the treated"):
        augmented_effect(x, family == 0, outcome, family, seed=1)


@pytest.mark.parametrize("everyone", [True, False])
def test_one_group_alone_is_refused(everyone):
    x, _, outcome, family = shares(9)
    with pytest.raises(NotEstimable, match="Both a treated and a compared group"):
        augmented_effect(x, np.full(len(x), everyone), outcome, family, seed=1)


def test_outcomes_missing_for_more_than_half_are_refused():
    x, treated, outcome, family = shares(10)
    outcome[100:] = np.nan
    with pytest.raises(NotEstimable, match="The outcome is missing for"):
        augmented_effect(x, treated, outcome, family, seed=1)


@pytest.mark.parametrize("values", ["shares", "units"])
def test_a_missing_covariate_is_refused(values):
    x, treated, outcome, family = shares(11)
    x[5, 1] = np.nan
    with pytest.raises(NotEstimable, match="missing for some units"):
        augmented_effect(x, treated, outcome if values == "shares" else outcome * 3, family, seed=1)


def test_fewer_families_than_folds_are_refused():
    with pytest.raises(NotEstimable, match="3 families for 5 folds"):
        augmented_effect(FLAG[:, None], TREATED, UNITS, np.array([1, 1, 2, 2, 3, 3, 3]), seed=1)


def test_a_linear_regression_is_that_of_numpy_and_ignores_columns_made_of_others():
    chance = np.random.default_rng(3)
    x = chance.normal(size=(50, 2)) * [1, 1000] + [0, 5e4]
    y = chance.normal(size=50)
    design = np.column_stack([np.ones(50), x])
    assert fit_linear(x, y) == pytest.approx(np.linalg.lstsq(design, y, rcond=None)[0], rel=1e-6)
    more = fit_linear(np.column_stack([x, x[:, 0] * 2, np.full(50, 3.0)]), y)
    fitted = more[0] + np.column_stack([x, x[:, 0] * 2, np.full(50, 3.0)]) @ more[1:]
    assert fitted == pytest.approx(design @ np.linalg.lstsq(design, y, rcond=None)[0], abs=1e-6)


@pytest.mark.parametrize("asked", [{"folds": 0}, {"bounds": (0.9, 0.1)}, {"bounds": (-0.1, 0.9)}])
def test_folds_and_bounds_that_make_no_sense_are_a_mistake_of_the_caller(asked):
    with pytest.raises(ValueError, match="at least one fold"):
        augmented_effect(*shares(12), seed=1, **asked)
