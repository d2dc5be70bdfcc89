"""What it would take to overturn a finding: E-values, hidden bias, outcomes not known, covariates left out, placebos."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable, effect
from earlyhelp.evaluate.methods.sensitivity import (
    Placebo,
    discordant_pairs,
    e_value,
    e_value_of_difference,
    largest_gamma,
    leave_one_covariate_out,
    mcnemar_bound,
    missing_outcome_bounds,
    placebo_verdict,
    signed_rank_bound,
)

thorough = settings(max_examples=100, deadline=None, derandomize=True)


# E-values


@thorough
@given(st.floats(0.05, 0.999))
def test_a_confounder_of_the_strength_of_the_e_value_just_explains_the_ratio_away(ratio):
    # Ding and VanderWeele's bias factor for associations of E with the offer and E with the outcome is E E / (2 E - 1).
    strength = e_value(ratio).estimate
    assert strength**2 / (2 * strength - 1) == pytest.approx(1 / ratio)


@thorough
@given(st.floats(0.05, 20))
def test_a_ratio_and_its_inverse_have_the_same_e_value(ratio):
    assert e_value(ratio).estimate == pytest.approx(e_value(1 / ratio).estimate)


def test_an_interval_that_holds_no_difference_needs_nothing_to_explain_it():
    assert e_value(0.8, 0.6, 1.1).limit == 1


def test_the_limit_is_the_bound_nearer_to_no_difference_on_either_side():
    assert e_value(0.5, 0.4, 0.8).limit == e_value(0.8).estimate
    assert e_value(2.0, 1.25, 3.0).limit == pytest.approx(e_value(0.8).estimate)


def test_without_bounds_the_limit_is_not_known_which_is_not_one():
    assert isnan(e_value(0.5).limit)


def test_nothing_finite_explains_away_that_nobody_had_the_outcome():
    assert e_value(0.0).estimate == inf


def test_a_difference_of_risks_is_turned_into_the_ratio_of_the_two_risks():
    # 20 per cent among the compared, 5 points fewer (8 to 2 fewer): ratios 0.75, 0.6 and 0.9.
    found = e_value_of_difference(0.20, -0.05, -0.08, -0.02)
    assert found == pytest.approx(e_value(0.75, 0.6, 0.9))


def test_a_bound_below_a_risk_of_none_counts_as_none():
    assert e_value_of_difference(0.02, -0.015, -0.03, -0.001).limit == pytest.approx(e_value(0.95).estimate)


def test_without_outcomes_among_the_compared_there_is_no_ratio_and_that_is_said():
    with pytest.raises(NotEstimable, match="None of the compared"):
        e_value_of_difference(0.0, 0.1)


@pytest.mark.parametrize("figures", [(-1,), (nan,), (0.5, 0.6, 0.7), (0.5, -0.1, 0.7)])
def test_ratios_that_cannot_be_are_refused(figures):
    with pytest.raises(ValueError, match="risk ratio"):
        e_value(*figures)


def test_a_base_risk_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="base"):
        e_value_of_difference(1.5, -0.1)


# Rosenbaum's bounds


def slow_signed_rank(differences, gamma):
    """Mean and variance of the sum of ranks over all ways in which the signs may fall, in fractions."""
    likelier = Fraction(gamma, 1 + gamma)
    sizes = sorted(abs(d) for d in differences)
    rank = {size: Fraction(sum(i + 1 for i, s in enumerate(sizes) if s == size), sizes.count(size)) for size in sizes}
    scores = [rank[abs(d)] for d in differences if d]
    mean = square = Fraction(0)
    for ups in product((0, 1), repeat=len(scores)):
        chance = likelier ** sum(ups) * (1 - likelier) ** (len(ups) - sum(ups))
        total = sum(up * score for up, score in zip(ups, scores, strict=True))
        mean, square = mean + chance * total, square + chance * total**2
    observed = sum(rank[abs(d)] for d in differences if d > 0)
    return float(observed - mean) / float(square - mean**2) ** 0.5


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=7).filter(any), st.integers(1, 5))
def test_the_signed_rank_bound_is_the_normal_tail_of_all_the_ways_the_signs_may_fall(differences, gamma):
    from scipy.stats import norm

    assert signed_rank_bound(differences, gamma) == pytest.approx(norm.sf(slow_signed_rank(differences, gamma)))


@thorough
@given(st.integers(0, 25), st.integers(0, 25), st.integers(1, 6))
def test_the_mcnemar_bound_is_the_binomial_tail_in_fractions(supporting, opposing, gamma):
    pairs = supporting + opposing
    if pairs == 0:
        return
    likelier = Fraction(gamma, 1 + gamma)
    tail = sum(comb(pairs, k) * likelier**k * (1 - likelier) ** (pairs - k) for k in range(supporting, pairs + 1))
    assert mcnemar_bound(supporting, opposing, gamma) == pytest.approx(float(tail), rel=1e-9)


def test_pairs_by_hand_of_which_one_family_alone_had_the_outcome():
    offered, others = [0, 0, 1, 1, 0], [1, 1, 0, 1, 0]
    assert discordant_pairs(offered, others) == (2, 1)
    # At least 2 of 3 with chance a half: 4/8.
    assert mcnemar_bound(2, 1) == pytest.approx(0.5)


def test_the_largest_gamma_is_where_the_p_value_passes_one_in_twenty():
    # Five pairs, all for the finding: (gamma / (1 + gamma))^5 = 0.05.
    found = largest_gamma(lambda gamma: mcnemar_bound(5, 0, gamma))
    assert (found / (1 + found)) ** 5 == pytest.approx(0.05)


def test_a_finding_that_chance_alone_explains_stands_no_hidden_bias():
    assert largest_gamma(lambda gamma: mcnemar_bound(3, 2, gamma)) == 1


def test_a_strong_finding_has_a_gamma_beyond_a_hundred():
    found = largest_gamma(lambda gamma: mcnemar_bound(400, 0, gamma))
    assert mcnemar_bound(400, 0, found) == pytest.approx(0.05)
    assert found > 100


def test_pairs_that_all_agree_say_nothing_and_that_is_said():
    with pytest.raises(NotEstimable, match="No matched pair differs"):
        signed_rank_bound([0, 0, 0])
    with pytest.raises(NotEstimable, match="both families had the outcome or neither"):
        mcnemar_bound(0, 0)


def test_what_is_no_list_of_pairs_is_refused():
    with pytest.raises(ValueError, match="one for each pair"):
        signed_rank_bound([1.0, nan])
    with pytest.raises(ValueError, match="gamma"):
        signed_rank_bound([1.0], 0.5)
    with pytest.raises(ValueError, match="gamma"):
        mcnemar_bound(1, 0, inf)
    with pytest.raises(ValueError, match="counts"):
        mcnemar_bound(-1, 0)
    with pytest.raises(ValueError, match="0 and 1"):
        discordant_pairs([0, 1], [0, 2])
    with pytest.raises(ValueError, match="level"):
        largest_gamma(lambda gamma: 0.0, level=0.7)


# Outcomes that are not known


def test_bounds_of_eight_families_by_hand():
    # Offered: had it, not, not, not known. Compared: had it, had it, not, not known. Known: 1/3 less 2/3.
    outcome = [1, 0, 0, nan, 1, 1, 0, nan]
    found = missing_outcome_bounds(outcome, [True] * 4 + [False] * 4)
    assert found.known == pytest.approx(-1 / 3)
    assert (found.lower, found.upper) == pytest.approx((1 / 4 - 3 / 4, 2 / 4 - 2 / 4))
    assert (found.none_had_it, found.all_had_it) == pytest.approx((1 / 4 - 2 / 3, 2 / 4 - 2 / 3))
    assert (found.unknown_treated, found.unknown_compared) == (0.25, 0.25)


known_or_not = st.sampled_from([0.0, 1.0, nan])


@thorough
@given(st.lists(known_or_not, min_size=3, max_size=6), st.lists(known_or_not, min_size=3, max_size=6))
def test_the_bounds_are_the_extremes_over_every_way_of_filling_in(offered, others):
    outcome = np.array(offered + others)
    treated = np.arange(len(outcome)) < len(offered)
    unknown = np.flatnonzero(np.isnan(outcome))
    if 2 * np.isnan(offered).sum() >= len(offered) or 2 * np.isnan(others).sum() >= len(others):
        with pytest.raises(NotEstimable, match="The outcome is not known for"):
            missing_outcome_bounds(outcome, treated)
        return
    found, filled = missing_outcome_bounds(outcome, treated), []
    for values in product((0.0, 1.0), repeat=len(unknown)):
        outcome[unknown] = values
        filled.append(outcome[treated].mean() - outcome[~treated].mean())
    assert (found.lower, found.upper) == pytest.approx((min(filled), max(filled)))
    assert found.lower <= found.none_had_it <= found.known <= found.all_had_it <= found.upper


def test_a_weight_of_two_is_a_family_told_twice():
    once = missing_outcome_bounds([1, 0, nan, 0, 1, 1], [1, 1, 1, 0, 0, 0], [1, 2, 1, 1, 1, 2])
    told = missing_outcome_bounds([1, 0, 0, nan, 0, 1, 1, 1], [1, 1, 1, 1, 0, 0, 0, 0])
    assert once == pytest.approx(told)


def test_a_study_without_a_comparison_group_is_refused():
    with pytest.raises(NotEstimable, match="no families compared"):
        missing_outcome_bounds([1, 0], [True, True])


@pytest.mark.parametrize(
    ("outcome", "treated", "weights", "why"),
    [
        ([1, 0], [True], None, "match one to one"),
        ([1, 0], [True, False], [1, -1], "weight"),
        ([1, 2], [True, False], None, "lowest and highest"),
    ],
)
def test_lists_that_cannot_be_are_refused(outcome, treated, weights, why):
    with pytest.raises(ValueError, match=why):
        missing_outcome_bounds(outcome, treated, weights)


# Covariates left out


def mean_of_columns(covariates):
    if covariates.shape[1] < 2:
        raise NotEstimable("Too few.", "More.")
    return effect("mean", float(covariates.sum()), 2.0)


def test_the_covariate_that_moves_the_estimate_most_is_named_with_the_move_in_standard_errors():
    covariates = np.array([[1.0, 5.0, -8.0], [1.0, 1.0, 0.0]])
    found = leave_one_covariate_out(mean_of_columns, covariates, ["age", "need", "absence"])
    assert found.full.estimate == 0
    assert [(one.covariate, one.estimate, one.move) for one in found.left_out] == [
        ("age", -2, -1),
        ("need", -6, -3),
        ("absence", 8, 4),
    ]
    assert found.largest is not None
    assert found.largest.covariate == "absence"


def test_an_estimate_that_cannot_be_had_without_a_covariate_is_missing_and_not_zero():
    found = leave_one_covariate_out(mean_of_columns, np.ones((3, 2)), ["age", "need"])
    assert all(isnan(one.estimate) and isnan(one.move) for one in found.left_out)
    assert found.largest is None


def test_names_that_do_not_match_the_covariates_are_refused():
    with pytest.raises(ValueError, match="one name for each"):
        leave_one_covariate_out(mean_of_columns, np.ones((3, 2)), ["age"])


# Placebos


def test_a_placebo_whose_interval_leaves_out_no_difference_fails_them_all():
    quiet = Placebo("outcome", "dental visits", effect("aipw", 0.01, 0.02))
    loud = Placebo("time zero", "a year before the offer", effect("aipw", -0.08, 0.02))
    assert placebo_verdict([quiet]) == "passed"
    assert placebo_verdict([quiet, loud]) == "failed"
    assert loud.shows_an_effect
    assert Placebo("outcome", "dental visits", effect("aipw", 0.08, 0.02)).shows_an_effect


def test_no_placebo_is_not_a_placebo_passed():
    assert placebo_verdict([]) == "not run"
