"""Shares by window and hazard ratios, on tables to check by eye and against the definitions written out slowly."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.hazards import (
    CLOSED,
    MOVED_OUT,
    STEP_UP,
    WINDOW_DAYS,
    cause_specific_cox,
    cumulative_incidence,
    hazard_ratio,
)
from earlyhelp.statistics.competing_risks import aalen_johansen

thorough = settings(max_examples=60, deadline=None, derandomize=True)

# Day, what ended it, offered.
EIGHT = [
    (100, STEP_UP, True),
    (200, CLOSED, True),
    (800, 0, True),
    (800, 0, True),
    (100, STEP_UP, False),
    (300, STEP_UP, False),
    (400, MOVED_OUT, False),
    (800, 0, False),
]


def columns(rows):
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def test_the_share_that_stepped_up_in_each_window_of_eight_families_by_hand():
    # Offered: 1 of 4 by day 100, and no more. Compared: 1 of 4 by day 100, 2 of 4 by day 300.
    found = cumulative_incidence(*columns(EIGHT))
    assert [window.months for window in found] == [6, 12, 18, 24]
    assert [window.treated for window in found] == pytest.approx([0.25] * 4)
    assert [window.compared for window in found] == pytest.approx([0.25, 0.5, 0.5, 0.5])
    assert [window.difference.estimate for window in found] == pytest.approx([0, -0.25, -0.25, -0.25])
    assert [(window.followed_treated, window.followed_compared) for window in found] == [(4, 4)] * 4


def test_closing_is_an_ending_of_its_own_and_not_a_family_lost_from_sight():
    # Three close on day 50 and one of the two left steps up on day 60: 1 of 5, not 1 of 2.
    rows = [(50, CLOSED, True)] * 3 + [(60, STEP_UP, True), (200, 0, True), (200, 0, False)]
    assert cumulative_incidence(*columns(rows))[0].treated == pytest.approx(0.2)


def test_a_window_longer_than_anyone_was_followed_is_missing_and_not_zero():
    rows = [(100, STEP_UP, True), (300, 0, True), (100, STEP_UP, False), (800, 0, False)]
    found = cumulative_incidence(*columns(rows))
    assert found[0].treated == 0.5
    assert np.isnan(found[1].treated)
    assert np.isnan(found[1].difference.estimate)
    assert found[1].followed_treated == 1


def test_without_step_ups_in_a_group_its_share_is_zero_and_has_no_error():
    rows = [(800, 0, True)] * 3 + [(100, STEP_UP, False), (800, 0, False)]
    window = cumulative_incidence(*columns(rows))[1]
    assert window.difference.estimate == -0.5
    assert np.isnan(window.difference.lower)


def test_the_error_is_that_of_the_two_curves_together():
    days, causes, treated = columns(EIGHT)
    errors = [
        aalen_johansen(days[group], causes[group], robust=True, n_causes=3).standard_error[STEP_UP - 1, -1]
        for group in (treated, ~treated)
    ]
    assert cumulative_incidence(days, causes, treated)[-1].difference.standard_error == pytest.approx(np.hypot(*errors))


def test_a_weight_of_zero_leaves_a_family_out_of_shares_and_hazards():
    rows = [*EIGHT, (10, STEP_UP, False), (10, STEP_UP, True)]
    weights = [1.0] * 8 + [0.0, 0.0]
    assert cumulative_incidence(*columns(rows), weights) == cumulative_incidence(*columns(EIGHT))
    assert hazard_ratio(*columns(rows), weights) == pytest.approx(hazard_ratio(*columns(EIGHT)))


def test_the_simple_share_is_found_where_all_are_followed_to_the_end():
    chance = np.random.default_rng(3)
    causes = chance.integers(1, 4, 400)
    days = chance.integers(1, 700, 400)
    treated = chance.random(400) < 0.3
    window = cumulative_incidence(days, causes, treated)[3]
    assert window.treated == pytest.approx(np.mean(causes[treated] == STEP_UP))
    assert window.compared == pytest.approx(np.mean(causes[~treated] == STEP_UP))


def test_windows_are_half_years_up_to_two_years():
    assert dict(WINDOW_DAYS) == {6: 183, 12: 365, 18: 548, 24: 730}


# Cox models against the definition, day by day and tie by tie.


def slow_partial_likelihood(rows, coefficients):
    """Efron's log partial likelihood: rows of (day, cause, covariates, weight)."""
    total = 0.0
    for day in sorted({day for day, cause, _, weight in rows if cause == STEP_UP and weight}):
        at_risk = sum(w * np.exp(x @ coefficients) for other, _, x, w in rows if other >= day)
        today = [(x, w) for other, cause, x, w in rows if other == day and cause == STEP_UP and w]
        ending = sum(w * np.exp(x @ coefficients) for x, w in today)
        mean = sum(w for _, w in today) / len(today)
        total += sum(w * (x @ coefficients) for x, w in today)
        total -= mean * sum(np.log(at_risk - tie / len(today) * ending) for tie in range(len(today)))
    return total


followed = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(-2, 2), st.integers(0, 1), st.integers(0, 3)),
    min_size=6,
    max_size=14,
)


@thorough
@given(followed)
def test_no_other_coefficients_have_a_larger_partial_likelihood(drawn):
    rows = [(day, cause, np.array([x, y], float), float(weight)) for day, cause, x, y, weight in drawn]
    days, causes, covariates, weights = (np.array(column) for column in zip(*rows, strict=True))
    try:
        model = cause_specific_cox(days, causes, covariates, weights=weights)
    except NotEstimable:
        assume(False)
    best = slow_partial_likelihood(rows, model.coefficients)
    assert model.log_likelihood[0] == pytest.approx(slow_partial_likelihood(rows, np.zeros(2)), abs=1e-9)
    assert model.log_likelihood[1] == pytest.approx(best, abs=1e-9)
    for step in ([1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3]):
        assert slow_partial_likelihood(rows, model.coefficients + step) <= best + 1e-12


@thorough
@given(followed)
def test_score_residuals_times_weights_add_up_to_nothing_at_the_best_coefficients(drawn):
    days, causes, x, y, weights = np.array(drawn, float).T
    try:
        model = cause_specific_cox(days, causes.astype(int), np.column_stack([x, y]), weights=weights)
    except NotEstimable:
        assume(False)
    np.testing.assert_allclose(weights @ model.score_residuals, 0, atol=1e-6)


def draw(families=300, seed=5):
    chance = np.random.default_rng(seed)
    treated = chance.random(families) < 0.4
    days = np.ceil(chance.exponential(400 / np.exp(-0.5 * treated)))
    causes = np.where(days > 730, 0, chance.integers(1, 4, families))
    return np.minimum(days, 730), causes, treated


def test_every_family_told_twice_has_the_robust_error_of_once_when_it_is_one_family():
    days, causes, treated = draw()
    once = hazard_ratio(days, causes, treated, np.full(300, 2.0))
    ids = np.tile(np.arange(300), 2)
    days, causes, treated = (np.tile(column, 2) for column in (days + np.arange(300) / 1000, causes, treated))
    apart = np.arange(600) / 1e6  # no ties: with them, two rows and a weight of two differ under Efron
    told_twice = hazard_ratio(days + apart, causes, treated, family=ids)
    assert told_twice.standard_error == pytest.approx(once.standard_error, rel=0.02)
    assert told_twice.standard_error > 1.3 * hazard_ratio(days + apart, causes, treated).standard_error


def test_weights_all_twice_as_large_change_neither_ratio_nor_robust_error():
    days, causes, treated = draw()
    assert hazard_ratio(days, causes, treated, np.full(300, 5.0)) == pytest.approx(hazard_ratio(days, causes, treated))


def test_the_interval_holds_the_true_ratio_in_about_95_of_100_simulated_studies():
    held = 0
    for seed in range(200):
        found = hazard_ratio(*draw(seed=seed))
        held += found.lower <= -0.5 <= found.upper
    # Binomial with 200 and 0.95: 0.5 per cent of the time outside 181 to 198.
    assert 181 <= held <= 198


def test_a_covariate_told_in_other_units_has_its_coefficient_in_those_units():
    days, causes, treated = draw()
    plain = cause_specific_cox(days, causes, treated[:, None])
    scaled = cause_specific_cox(days, causes, 1e6 * treated[:, None] + 1e9)
    assert 1e6 * scaled.coefficients[0] == pytest.approx(plain.coefficients[0], rel=1e-6)
    assert 1e6 * scaled.robust_error[0] == pytest.approx(plain.robust_error[0], rel=1e-6)


def test_a_hundred_thousand_families_take_little_more_than_the_time_of_reading_this():
    days, causes, treated = draw(100_000)
    start = time.process_time()
    hazard_ratio(days, causes, treated)
    cumulative_incidence(days, causes, treated)
    assert time.process_time() - start < 5


# What has no answer


@pytest.mark.parametrize("offered", [True, False])
def test_a_study_in_which_all_or_none_were_offered_the_service_is_refused(offered):
    for method in (cumulative_incidence, hazard_ratio):
        with pytest.raises(NotEstimable, match="Every family was offered the service, or none was"):
            method([1, 2], [STEP_UP, 0], [offered, offered])


def test_a_group_without_the_outcome_has_no_ratio_of_hazards():
    with pytest.raises(NotEstimable, match="No family offered the service had the outcome"):
        hazard_ratio([1, 2, 3, 4], [0, CLOSED, STEP_UP, STEP_UP], [True, True, False, False])


def test_one_event_is_too_few():
    with pytest.raises(NotEstimable, match="Only 1 had the outcome"):
        cause_specific_cox([1, 2, 3], [STEP_UP, 0, 0], [[1], [0], [1]])


def test_a_covariate_that_separates_those_who_stepped_up_first_is_refused():
    with pytest.raises(NotEstimable, match="separates"):
        cause_specific_cox([1, 2, 3, 4, 5, 6], [STEP_UP] * 3 + [0] * 3, [[1], [1], [1], [0], [0], [0]])


def test_a_covariate_that_is_the_same_for_all_or_follows_from_others_is_refused():
    for covariates in ([[1, 2], [2, 4], [3, 6], [4, 8]], [[1, 5], [2, 5], [1, 5], [2, 5]]):
        with pytest.raises(NotEstimable, match="A covariate is the same for all"):
            cause_specific_cox([1, 2, 3, 4], [STEP_UP] * 4, covariates)


@pytest.mark.parametrize(
    ("days", "causes", "covariates", "how", "why"),
    [
        ([1, 2], [1, 1], [[1], [np.nan]], {}, "none missing"),
        ([1, -2], [1, 1], [[1], [0]], {}, "a duration or a weight"),
        ([1, 2], [1, -1], [[1], [0]], {}, "causes are whole numbers"),
        ([1, 2, 3], [1, 1], [[1], [0]], {}, "match one to one"),
        ([1, 2], [1, 1], [[1], [0]], {"family": [1]}, "one family for each"),
    ],
)
def test_lists_that_cannot_be_are_refused(days, causes, covariates, how, why):
    with pytest.raises(ValueError, match=why):
        cause_specific_cox(days, causes, covariates, **how)


def test_a_cause_below_one_is_refused():
    with pytest.raises(ValueError, match="cause"):
        cumulative_incidence(*columns(EIGHT), cause=0)
