"""What entropy balancing promises for every input, and where it has no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import logsumexp

from earlyhelp.evaluate.methods.balancing import balanced_effect, entropy_balance
from earlyhelp.evaluate.methods.differences import clustered_error, difference_of_means
from earlyhelp.evaluate.methods.effect import NotEstimable

thorough = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)

# Three of the four treated have the flag, two of the four compared.
FLAG = np.array([[1], [1], [1], [0], [1], [1], [0], [0]], dtype=float)
TREATED = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=bool)
OUTCOME = np.array([1, 1, 0, 0, 1, 0, 0, 0], dtype=float)


def made(seed, units=150, wide=3, families=None):
    """Covariates that move both the treatment and the outcome, on three different scales."""
    chance = np.random.default_rng(seed)
    families = families or units
    family = np.arange(units) * families // units
    x = chance.normal(size=(units, wide)) + 0.5 * chance.normal(size=(families, 1))[family]
    treated = chance.random(families)[family] < 1 / (1 + np.exp(1 - 0.5 * x[:, 0]))
    outcome = x @ np.arange(wide) + treated * 0.5 + chance.normal(size=families)[family] + chance.normal(size=units)
    return x * [10.0**place for place in range(wide)] + 5, treated, outcome, family


def without(rows, *arrays):
    return [array[~rows] for array in arrays]


def test_the_compared_count_so_much_that_their_share_with_a_flag_is_that_of_the_treated():
    assert entropy_balance(FLAG, TREATED) == pytest.approx([0.375, 0.375, 0.125, 0.125], abs=1e-8)


def test_the_effect_is_the_difference_under_those_weights():
    # Treated 2 of 4; compared 0.375 x 1: 0.5 - 0.375.
    assert balanced_effect(FLAG, TREATED, OUTCOME).estimate == pytest.approx(0.125, abs=1e-8)


def test_groups_that_are_alike_leave_equal_weights_and_the_plain_difference():
    x = np.array([[1.0], [2.0], [3.0], [1.0], [2.0], [3.0]])
    treated = np.array([1, 1, 1, 0, 0, 0], dtype=bool)
    outcome = np.array([1.0, 0, 1, 0, 0, 1])
    assert entropy_balance(x, treated) == pytest.approx([1 / 3] * 3)
    found = balanced_effect(x, treated, outcome)
    assert found.estimate == pytest.approx(difference_of_means(treated, outcome).estimate)


def test_base_weights_stay_where_the_covariates_say_nothing_of_them():
    # Among the two with the flag, and among the two without, the shares stay as the base has them.
    base = np.array([1.0, 3.0, 2.0, 2.0])
    assert entropy_balance(FLAG, TREATED, base=base) == pytest.approx([0.1875, 0.5625, 0.125, 0.125], abs=1e-8)


def test_compared_with_a_flag_that_no_treated_has_get_no_weight():
    x = np.array([[0, 1], [0, 2], [1, 1], [0, 1], [0, 3]], dtype=float)
    weights = entropy_balance(x, np.array([1, 1, 0, 0, 0], dtype=bool))
    assert weights == pytest.approx([0, 0.75, 0.25])


@thorough
@given(seeds, st.integers(1, 2))
def test_the_means_and_the_squares_asked_for_become_equal(seed, moments):
    x, treated, _, _ = made(seed)
    weights = entropy_balance(x, treated, moments=moments)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    for power in range(1, moments + 1):
        about = (x - x[treated].mean(axis=0)) ** power
        apart = weights @ about[~treated] - about[treated].mean(axis=0)
        assert np.abs(apart / about[treated].std(axis=0)).max() < 1e-7


@thorough
@given(seeds)
def test_of_all_weights_that_balance_they_are_those_that_a_slow_search_finds_nearest_to_equal(seed):
    x, treated, _, _ = made(seed, units=40, wide=2)
    compared, aim = x[~treated], x[treated].mean(axis=0)
    scaled = (compared - aim) / compared.std(axis=0)
    found = minimize(lambda tilt: logsumexp(scaled @ tilt), np.zeros(2), method="BFGS", tol=1e-9)
    slow = np.exp(scaled @ found.x - logsumexp(scaled @ found.x))
    if np.abs(slow @ scaled).max() < 1e-6:
        assert entropy_balance(x, treated) == pytest.approx(slow, abs=1e-5)
    else:
        with pytest.raises(NotEstimable):
            entropy_balance(x, treated)


@thorough
@given(seeds)
def test_other_units_of_measurement_and_columns_made_of_others_change_nothing(seed):
    x, treated, outcome, _ = made(seed)
    again = np.column_stack([x[:, 2] / 7 - 3, x[:, 0], x[:, 1] * 100, x[:, 0] - x[:, 1], np.ones(len(x))])
    assert entropy_balance(again, treated) == pytest.approx(entropy_balance(x, treated), rel=1e-6)
    assert balanced_effect(again, treated, outcome)[1:] == pytest.approx(
        balanced_effect(x, treated, outcome)[1:], rel=1e-5
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_standard_error_is_that_of_leaving_out_one_family_at_a_time(seed):
    x, treated, outcome, family = made(seed, units=400, families=200)
    values = []
    for each in range(200):
        kept = without(family == each, x, treated, outcome)
        values.append(kept[2][kept[1]].mean() - entropy_balance(kept[0], kept[1]) @ kept[2][~kept[1]])
    slow = np.sqrt(199 / 200 * ((np.array(values) - np.mean(values)) ** 2).sum())
    assert balanced_effect(x, treated, outcome, family).standard_error == pytest.approx(slow, rel=0.03)


def test_the_interval_holds_the_truth_in_95_of_100_studies_of_60_treated_children():
    """400 studies: by chance alone the share would be between 92.9 and 97.1 % in 19 of 20; wider is missed here."""
    held = []
    for seed in range(400):
        x, treated, outcome, family = made(seed, units=240, families=160)
        found = balanced_effect(x, treated, outcome, family)
        held.append(found.lower <= 0.5 <= found.upper)
    assert 0.92 <= np.mean(held) <= 0.98


def test_rows_without_an_outcome_are_left_out_before_the_weights_are_worked_out():
    x, treated, outcome, family = made(4)
    outcome[::7] = np.nan
    kept = without(np.isnan(outcome), x, treated, outcome, family)
    assert balanced_effect(x, treated, outcome, family) == balanced_effect(*kept)


def test_base_weights_follow_the_rows_that_are_left():
    x, treated, outcome, _ = made(5)
    base = np.linspace(1, 2, int((~treated).sum()))
    outcome[np.flatnonzero(~treated)[3]] = np.nan
    kept = without(np.isnan(outcome), x, treated, outcome)
    expected = balanced_effect(*kept, base=np.delete(base, 3))
    assert balanced_effect(x, treated, outcome, base=base) == expected


def test_the_treated_beyond_all_compared_are_refused_by_the_name_of_what_sets_them_apart():
    x = np.array([[5, 1], [6, 2], [1, 1], [2, 2], [3, 3]], dtype=float)
    treated = np.array([1, 1, 0, 0, 0], dtype=bool)
    with pytest.raises(NotEstimable, match="Furthest away: contacts before"):
        entropy_balance(x, treated, names=["contacts before", "age"])
    with pytest.raises(NotEstimable, match="Furthest away: covariate 1 of 2"):
        entropy_balance(x, treated)


def test_groups_that_only_overlap_in_each_covariate_by_itself_are_refused():
    x = np.array([[1, 1], [1.2, 1], [1, 1.1], [0, 2], [2, 0], [0, 0], [0.5, 0.5]], dtype=float)
    with pytest.raises(NotEstimable, match=r"Furthest away: covariate [12] of 2\."):
        entropy_balance(x, np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool))


def test_a_variance_that_no_weights_reach_is_named_as_a_power():
    x = np.array([[-9.0], [9.0], [-1.0], [0.0], [1.0]])
    with pytest.raises(NotEstimable, match="age to the power 2"):
        entropy_balance(x, np.array([1, 1, 0, 0, 0], dtype=bool), moments=2, names=["age"])


@pytest.mark.parametrize(("everyone", "says"), [(True, "Every unit"), (False, "No unit")])
def test_one_group_alone_is_refused(everyone, says):
    with pytest.raises(NotEstimable, match=says):
        entropy_balance(FLAG, np.full(8, everyone))


def test_a_missing_covariate_is_refused_by_name():
    x = FLAG.copy()
    x[3] = np.nan
    with pytest.raises(NotEstimable, match="Not known for some units: looked after before"):
        entropy_balance(x, TREATED, names=["looked after before"])


def test_outcomes_missing_for_more_than_half_of_a_group_are_refused():
    outcome = OUTCOME.copy()
    outcome[4:7] = np.nan
    with pytest.raises(NotEstimable, match="missing for 75% of the compared group"):
        balanced_effect(FLAG, TREATED, outcome)


def test_one_event_is_refused():
    with pytest.raises(NotEstimable, match="All outcomes but at most one"):
        balanced_effect(FLAG, TREATED, np.eye(8)[0])


def test_one_family_has_no_standard_error():
    with pytest.raises(NotEstimable, match="one family"):
        balanced_effect(FLAG, TREATED, OUTCOME, np.zeros(8, dtype=np.int64))


def test_base_weights_of_nothing_or_of_other_people_are_a_mistake_of_the_caller():
    for base in (np.array([1.0, 0, 1, 1]), np.ones(3)):
        with pytest.raises(ValueError, match="base weights"):
            entropy_balance(FLAG, TREATED, base=base)


def test_everyone_twice_in_one_family_is_no_more_certain_than_everyone_once():
    treated, outcome = TREATED, OUTCOME
    once = difference_of_means(treated, outcome, np.arange(8))
    twice = difference_of_means(np.tile(treated, 2), np.tile(outcome, 2), np.tile(np.arange(8), 2))
    assert twice[1:] == pytest.approx(once[1:])


def test_the_plain_difference_worked_by_hand():
    # 2 of 4 less 1 of 4. Squared distances from the means: four of 0.25; one of 0.5625 and three of 0.0625; each over 4 x 4.
    found = difference_of_means(TREATED, OUTCOME)
    assert found.estimate == 0.25
    assert found.standard_error**2 == pytest.approx((4 * 0.25 / 16 + 0.5625 / 16 + 3 * 0.0625 / 16) * 8 / 7)


def test_influences_are_added_up_by_family():
    influence = np.array([1.0, 2.0, -3.0, 4.0])
    # Families 3 and -1 + 2: sums 1 + 4 = 5 and 2 - 3 = -1, squares 26, times 2 / 1.
    assert clustered_error(influence, np.array([7, 5, 5, 7])) == pytest.approx(np.sqrt(52))
