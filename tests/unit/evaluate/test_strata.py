"""The effect within strata on tables to check by eye, and the error it is given."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.strata import strata_weights, stratified_effect, stratum_of

thorough = settings(max_examples=150, deadline=None, derandomize=True)

# Stratum 1: treated 6, 8, compared 4, 6. Stratum 2: treated 9, compared 5, 7. Stratum 3: treated alone; 4: compared alone.
STRATA = np.array([1, 1, 2, 3, 1, 1, 2, 2, 4])
TREATED = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
OUTCOME = np.array([6.0, 8, 9, 50, 4, 6, 5, 7, 70])

rows_of_units = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 9)), min_size=1, max_size=40)


def test_each_treated_is_set_against_the_compared_of_its_stratum():
    # 6 - 5, 8 - 5 and 9 - 6: mean 7/3. Above that by -4/3, 2/3, 2/3; squares 24/9, over 3 x 2.
    # Compared: each 1 from its mean, two a stratum, so 2/1 x (share/2)^2 x 2 = share^2, shares 2/3 and 1/3.
    found = stratified_effect(TREATED, OUTCOME, STRATA)
    assert found.effect.method == "exact_strata"
    assert found.effect[1:3] == pytest.approx((7 / 3, math.sqrt(24 / 9 / 6 + 4 / 9 + 1 / 9)))
    assert found[1:] == (2, 1, 1)


def test_a_compared_unit_alone_in_its_stratum_is_lent_the_spread_of_the_others():
    # Without the 7 of stratum 2 the differences are 1, 3 and 4, mean 8/3: above by -5/3, 1/3, 4/3; squares 42/9, over 6.
    # Stratum 1 of the compared as before, 4/9; stratum 2 has the pooled variance (1 + 1)/1 = 2 times (1/3)^2.
    kept = np.arange(9) != 7
    found = stratified_effect(TREATED[kept], OUTCOME[kept], STRATA[kept])
    assert found.effect[1:3] == pytest.approx((8 / 3, math.sqrt(42 / 9 / 6 + 4 / 9 + 2 / 9)))


def test_one_stratum_is_the_plain_difference_with_the_error_of_two_variances():
    treated = np.array([1, 1, 1, 0, 0], dtype=bool)
    outcome = np.array([1.0, 2, 6, 0, 4])
    found = stratified_effect(treated, outcome, np.full(5, 3))
    assert found.effect[1:3] == pytest.approx((1, math.sqrt(7 / 3 + 8 / 2)))


def slow_estimate(treated, outcome, strata):
    """The mean over the treated of their outcome less the mean of the compared of their stratum, one by one."""
    gaps = []
    for row in np.flatnonzero(treated):
        like = [outcome[other] for other in range(len(strata)) if strata[other] == strata[row] and not treated[other]]
        if like:
            gaps.append(outcome[row] - sum(like) / len(like))
    return sum(gaps) / len(gaps), len(gaps)


@thorough
@given(rows_of_units)
def test_the_estimate_is_the_one_found_unit_by_unit_and_that_of_the_weights(rows):
    strata, treated, outcome = (np.array(column) for column in zip(*rows, strict=True))
    try:
        found = stratified_effect(treated, outcome.astype(float), strata)
    except NotEstimable:
        return
    estimate, kept = slow_estimate(treated, outcome, strata)
    weights = strata_weights(treated, strata)
    assert found.effect.estimate == pytest.approx(estimate)
    assert found.treated_left_out == treated.sum() - kept
    means = [np.average(outcome[group], weights=weights[group]) for group in (treated, ~treated)]
    assert found.effect.estimate == pytest.approx(means[0] - means[1])


@thorough
@given(rows_of_units)
def test_weights_give_every_stratum_the_same_share_in_both_groups(rows):
    strata, treated, _ = (np.array(column) for column in zip(*rows, strict=True))
    weights = strata_weights(treated, strata)
    for stratum in set(strata.tolist()):
        here = strata == stratum
        assert weights[here & treated].sum() == pytest.approx(weights[here & ~treated].sum())
        if (here & treated).any() and (here & ~treated).any():
            assert set(weights[here & treated].tolist()) == {1.0}


def test_intervals_hold_the_effect_with_many_thin_strata_and_families_that_go_together():
    luck = np.random.default_rng(8)
    family = np.arange(400) // 2
    held = narrow = 0
    for _ in range(300):
        strata = luck.integers(0, 40, 200)[family]
        shared = luck.normal(size=200)[family]
        treated = (luck.random(200) < 0.5)[family]  # whole families, as a family service takes them
        outcome = strata / 10 + shared + 0.5 * luck.normal(size=400) + treated * 1.0
        found = stratified_effect(treated, outcome, strata, family).effect
        held += found.lower <= 1 <= found.upper
        alone = stratified_effect(treated, outcome, strata).effect
        narrow += alone.lower <= 1 <= alone.upper
    assert 0.90 <= held / 300 <= 0.98
    assert narrow / 300 < 0.9


def test_families_of_one_change_nothing():
    alone = stratified_effect(TREATED, OUTCOME, STRATA)
    assert stratified_effect(TREATED, OUTCOME, STRATA, np.arange(9)).effect[1:] == pytest.approx(alone.effect[1:])


def test_outcomes_not_known_are_left_out_before_likes_are_looked_for():
    outcome = OUTCOME.copy()
    outcome[[6, 7]] = np.nan
    found = stratified_effect(TREATED, outcome, STRATA)
    assert found.effect.estimate == pytest.approx(2)
    assert found[1:] == (1, 2, 1)


def test_a_stratum_is_a_combination_of_columns():
    ages, wards = np.array([1, 1, 2, 2, 1]), np.array([10, 20, 10, 10, 10])
    assert stratum_of(ages, wards).tolist() == [0, 1, 2, 2, 0]
    assert stratum_of(wards).tolist() == [0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("treated", "outcome", "strata", "said"),
    [
        ([1, 1, 0, 0], [1, 0, 1, 0], [1, 2, 3, 4], "Fewer than two treated units"),
        ([1, 1, 0, 0], [1, 0, 1, 0], [1, 2, 1, 2], "No two compared units share a stratum"),
        ([1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 1], "All outcomes but at most one are the same"),
        ([1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1], "the same amount throughout"),
        ([1, 1, 1, 1], [1, 0, 1, 0], [1, 1, 1, 1], "Nobody is in the compared group"),
        ([1, 1, 0, 0], [np.nan, np.nan, 1, 0], [1, 1, 1, 1], "missing for 100% of the treated group"),
    ],
)
def test_what_cannot_be_told_is_refused(treated, outcome, strata, said):
    with pytest.raises(NotEstimable, match=said):
        stratified_effect(np.array(treated, dtype=bool), np.array(outcome, dtype=float), np.array(strata))


def test_one_family_is_refused():
    with pytest.raises(NotEstimable, match="one family"):
        stratified_effect(TREATED, OUTCOME, STRATA, np.zeros(9, dtype=int))
