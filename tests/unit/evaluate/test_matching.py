"""Pairs on tables to check by eye, against a slow and obvious matcher, and the error of their effect."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.matching import (
    match,
    matched_effect,
    nearest_pairs,
    pair_weights,
    pooled_deviation,
)
from earlyhelp.evaluate.methods.propensity import propensity

thorough = settings(max_examples=300, deadline=None, derandomize=True)

# Eighths, so that distances are exact and ties are real ones.
units = st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.integers(0, 2)), min_size=1, max_size=40)


def slow_pairs(score, treated, reach, exact):
    """Every treated unit, the highest score first, looks at every compared one that is still free."""
    free = [row for row in range(len(score)) if not treated[row]]
    pairs = []
    for unit in sorted((row for row in range(len(score)) if treated[row]), key=lambda row: (-score[row], row)):
        near = [
            (abs(score[row] - score[unit]), row)
            for row in free
            if exact[row] == exact[unit] and abs(score[row] - score[unit]) <= reach
        ]
        if near:
            pairs.append([unit, min(near)[1]])
            free.remove(min(near)[1])
    return sorted(pairs)


@thorough
@given(units, st.sampled_from([0, 0.125, 0.5, 2.0, math.inf]))
def test_the_pairs_are_those_of_a_slow_and_obvious_matcher(rows, reach):
    score = np.array([row[0] / 8 for row in rows])
    treated, exact = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    together = np.zeros(len(rows), dtype=int)
    assert nearest_pairs(score, treated, reach, exact).tolist() == slow_pairs(score, treated, reach, exact)
    assert nearest_pairs(score, treated, reach).tolist() == slow_pairs(score, treated, reach, together)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_the_pairs_of_many_are_those_of_the_slow_matcher_too(share):
    luck = np.random.default_rng(11)
    score, treated = luck.normal(size=600), luck.random(600) < share
    everybody = np.zeros(600, dtype=int)
    assert nearest_pairs(score, treated, 0.05).tolist() == slow_pairs(score, treated, 0.05, everybody)


def test_the_highest_chooses_first_and_each_compared_unit_is_used_once():
    # Row 1 (0.9) takes row 3 (0.8); row 0 (0.7) would have liked it too, and takes row 4.
    score = np.array([0.7, 0.9, 0.1, 0.8, 0.5])
    treated = np.array([1, 1, 0, 0, 0], dtype=bool)
    assert nearest_pairs(score, treated, math.inf).tolist() == [[0, 4], [1, 3]]
    assert nearest_pairs(score, treated, 0.15).tolist() == [[1, 3]]


def test_pairs_are_made_of_the_same_kind_only():
    score = np.array([0.5, 0.5, 0.1])
    treated = np.array([1, 0, 0], dtype=bool)
    assert nearest_pairs(score, treated, 1.0, np.array([1, 2, 1])).tolist() == [[0, 2]]


def test_the_caliper_is_a_fifth_of_the_pooled_deviation_of_the_log_odds_worked_by_hand():
    # Log odds of the treated 1, 3 (variance 2), of the compared 1, 3, 5, 3 (variance 8/3): root of their mean is 1.5275.
    log_odds = np.array([1.0, 3.0, 1.0, 3.0, 5.0, 3.0])
    treated = np.array([1, 1, 0, 0, 0, 0], dtype=bool)
    assert pooled_deviation(log_odds, treated) == pytest.approx(math.sqrt((2 + 8 / 3) / 2))
    found = match(1 / (1 + np.exp(-log_odds)), treated)
    assert found.caliper == pytest.approx(0.2 * 1.5275252)
    assert found.pairs.tolist() == [[0, 2], [1, 3]]


def test_the_last_digit_of_a_chance_decides_no_pair():
    # Row 2 comes first among equals; its chance is off by what another machine's rounding may do.
    chance = np.array([0.6, 0.3, 0.6 * (1 + 4e-16), 0.6, 0.2])
    assert match(chance, np.array([1, 1, 0, 0, 0], dtype=bool), caliper=1).pairs.tolist() == [[0, 2], [1, 4]]


def test_who_finds_nobody_within_the_caliper_is_left_out_and_counted():
    # The caliper is about 0.38: 1.0 has 0.8 in reach, 3.0 has nobody.
    log_odds = np.array([1.0, 3.0, 0.8, 5.0, 4.0, 6.0])
    chance, treated = 1 / (1 + np.exp(-log_odds)), np.array([1, 1, 0, 0, 0, 0], dtype=bool)
    found = match(chance, treated)
    assert found.caliper == pytest.approx(0.376, abs=0.001)
    assert found.pairs.tolist() == [[0, 2]]
    assert found.treated_left_out == 1
    assert match(chance, treated, caliper=0.6).pairs.tolist() == [[0, 2], [1, 4]]


@pytest.mark.parametrize("treated", [np.ones(3, bool), np.zeros(3, bool)])
def test_a_group_alone_is_refused(treated):
    with pytest.raises(NotEstimable, match="One of the two groups is empty"):
        match(np.array([0.2, 0.4, 0.6]), treated)


def test_groups_with_no_like_in_reach_are_refused():
    with pytest.raises(NotEstimable, match="No treated unit has a compared one like it"):
        match(np.array([0.8, 0.9, 0.1, 0.2]), np.array([1, 1, 0, 0], dtype=bool))


def test_the_effect_is_the_mean_difference_with_the_error_of_the_paired_t_test():
    # Differences 1, 3, 2: mean 2, deviation 1, error 1/sqrt(3); the t quantile with 2 degrees of freedom is 4.302653.
    outcome = np.array([5.0, 7, 4, 4, 4, 2, 99])
    found = matched_effect(outcome, np.array([[0, 3], [1, 4], [2, 5]]))
    assert found.effect.method == "matching"
    assert found.effect[1:] == pytest.approx((2, 3**-0.5, 2 - 4.302653 * 3**-0.5, 2 + 4.302653 * 3**-0.5), rel=1e-6)
    assert found[1:] == (3, 0)


@thorough
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=30))
def test_families_of_one_change_nothing(sides):
    outcome = np.array(sides, dtype=float).ravel()
    pairs = np.arange(len(outcome)).reshape(-1, 2)
    differences = [treated - compared for treated, compared in sides]
    try:
        found = matched_effect(outcome, pairs, np.arange(len(outcome)) + 17)
    except NotEstimable:
        # Refused are differences that are all the same, and outcomes of which at most one differs from the others.
        commonest = max(outcome.tolist().count(value) for value in outcome.tolist())
        assert len(set(differences)) == 1 or len(outcome) - commonest < 2
        return
    assert found.effect[1:] == pytest.approx(matched_effect(outcome, pairs).effect[1:], abs=1e-9)
    assert found.effect.standard_error == pytest.approx(statistics.stdev(differences) / math.sqrt(len(sides)))


def test_the_error_counts_both_pairs_and_families_as_written_out():
    luck = np.random.default_rng(5)
    outcome, family = luck.normal(size=40), luck.integers(0, 8, 40)
    pairs = np.arange(40).reshape(20, 2)
    mean = outcome[pairs].mean(axis=0)
    moved = {row: (-1) ** (row % 2) * (outcome[row] - mean[row % 2]) / 20 for row in range(40)}

    def summed(key):
        sums: dict[object, float] = {}
        for row in range(40):
            sums[key(row)] = sums.get(key(row), 0.0) + moved[row]
        return sum(value**2 for value in sums.values()) * len(sums) / (len(sums) - 1)

    by_pair = summed(lambda row: row // 2)
    both = by_pair + summed(lambda row: family[row]) - summed(lambda row: (row // 2, family[row]))
    found = matched_effect(outcome, pairs, family).effect
    assert found.standard_error == pytest.approx(math.sqrt(max(both, by_pair)))
    # Eight families, so seven degrees of freedom: 2.364624.
    assert (found.upper - found.estimate) / found.standard_error == pytest.approx(2.364624, rel=1e-6)


def test_intervals_hold_a_true_zero_when_brothers_and_sisters_go_together_and_are_too_narrow_if_that_is_not_said():
    luck = np.random.default_rng(20)
    pairs = np.column_stack([np.arange(120), np.arange(120, 240)])
    family = np.concatenate([np.arange(120) // 3, 1000 + luck.permutation(120) // 3])
    held = np.zeros(2)
    for _ in range(300):
        outcome = luck.normal(size=1041)[family] + luck.normal(size=240)
        for place, known in enumerate((family, None)):
            found = matched_effect(outcome, pairs, known).effect
            held[place] += found.lower <= 0 <= found.upper
    assert 0.92 <= held[0] / 300 <= 0.98
    assert held[1] / 300 < 0.88


def test_pairs_show_no_effect_where_the_plain_difference_shows_one_that_is_not_there():
    luck = np.random.default_rng(31)
    held, apart, plain = 0, [], []
    for _ in range(60):
        covariates = np.column_stack([luck.normal(size=1500), luck.poisson(1.0, 1500)])
        need = covariates @ [0.7, 0.5]
        treated = luck.random(1500) < 1 / (1 + np.exp(3.3 - need))
        outcome = (luck.random(1500) < 1 / (1 + np.exp(1.5 - need))).astype(float)
        found = matched_effect(outcome, match(propensity(covariates, treated), treated).pairs).effect
        held += found.lower <= 0 <= found.upper
        apart.append(found.estimate)
        plain.append(outcome[treated].mean() - outcome[~treated].mean())
    assert statistics.fmean(plain) > 0.1
    assert abs(statistics.fmean(apart)) < 0.02
    assert held / 60 >= 0.9


def test_pairs_with_a_side_not_known_are_left_out_and_counted():
    outcome = np.array([5.0, 7, 4, np.nan, 4, 4, 2, 1])
    found = matched_effect(outcome, np.array([[0, 4], [1, 5], [2, 6], [3, 7]]))
    assert found[1:] == (3, 1)
    assert found.effect.estimate == pytest.approx(2)


def test_outcomes_missing_for_more_than_half_of_a_side_are_refused():
    outcome = np.array([np.nan, np.nan, np.nan, 1.0, 0.0, 1, 1, 0])
    with pytest.raises(NotEstimable, match="missing for 75% of the treated group"):
        matched_effect(outcome, np.arange(8).reshape(2, 4).T)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [([1.0, 0, 0, 0, 0, 0], "All outcomes but at most one"), ([1.0, 1, 1, 0, 0, 0], "the same amount throughout")],
)
def test_one_event_and_outcomes_without_spread_are_refused(outcome, said):
    with pytest.raises(NotEstimable, match=said):
        matched_effect(np.array(outcome), np.array([[0, 3], [1, 4], [2, 5]]))


def test_one_pair_and_one_family_are_refused():
    with pytest.raises(NotEstimable, match="fewer than two pairs"):
        matched_effect(np.array([1.0, 0.0]), np.array([[0, 1]]))
    with pytest.raises(NotEstimable, match="one family"):
        matched_effect(np.array([1.0, 0, 2, 0]), np.array([[0, 1], [2, 3]]), np.zeros(4, dtype=int))


def test_weights_are_1_in_a_pair_and_0_outside():
    assert pair_weights(np.array([[0, 4], [1, 3]]), 6).tolist() == [1, 1, 0, 1, 1, 0]
