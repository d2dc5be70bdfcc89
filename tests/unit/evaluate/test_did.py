"""Difference-in-differences on tables to check by eye, against slow second implementations, and where nothing happened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evaluate.zero_effect import Families, completers_against_others, selected_at_crisis

from earlyhelp.evaluate.methods.did import (
    difference_in_differences,
    is_staggered,
    pre_trend,
    stacked_difference_in_differences,
    two_way_fixed_effects,
)
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.panel import codes, joint_test, least_squares, without_fixed_effects

thorough = settings(max_examples=60, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


# By eye.


def test_the_effect_is_how_much_more_the_treated_changed():
    """The treated go from 5 to 4 on average, the compared from 5 to 6: the difference of changes is -2."""
    before = [4, 5, 6, 5, 5, 4, 5, 6, 5, 5]
    after = [3, 4, 5, 3, 5, 5, 6, 7, 5, 7]
    treated = [True] * 5 + [False] * 5
    found = difference_in_differences(before, after, treated)
    assert found.method == "difference_in_differences"
    assert found.estimate == pytest.approx(-2)
    # Changes vary by -1, -1, -1, -2, 0 and 1, 1, 1, 0, 2: variance 0.4 of each mean's five, times 10/9 and 9/8 (CR1).
    assert found.standard_error == pytest.approx(np.sqrt(2 * 2 / 25 * 10 / 9 * 9 / 8))
    assert found.upper - found.estimate == pytest.approx(2.776445 * found.standard_error)  # t with 4 degrees of freedom


def test_weights_say_how_much_each_of_the_compared_counts():
    """Only the two families with weight change the comparison: their changes are 1 and 3, of weights 3 and 1."""
    before, after = np.zeros(10), np.array([0, 0, 0, 0, 0, 1, 3, 50, 50, 50])
    weights = [1] * 5 + [3, 1, 0, 0, 0]
    treated = np.arange(10) < 5
    found = difference_in_differences(before, after, treated, weights=weights, least_clusters=2)
    assert found.estimate == pytest.approx(0 - 1.5)


def test_families_whose_outcome_is_not_known_are_left_out():
    before, after = np.zeros(12), np.array([1, 1, 1, 1, 1, np.nan, 2, 2, 2, 2, 2, np.nan])
    treated = np.arange(12) < 6
    assert difference_in_differences(before, after, treated).estimate == pytest.approx(-1)


def test_children_of_one_family_are_not_separate_news():
    """The same rows ten times over give the same error when the copies are one cluster."""
    random = np.random.default_rng(1)
    before, after, treated = random.normal(size=40), random.normal(size=40), np.arange(40) < 20
    once = difference_in_differences(before, after, treated)
    copies = [np.tile(values, 10) for values in (before, after, treated, np.arange(40))]
    tenfold = difference_in_differences(*copies[:3], cluster=copies[3])
    assert tenfold.estimate == pytest.approx(once.estimate)
    assert tenfold.standard_error == pytest.approx(once.standard_error, rel=0.02)  # (n - 1)/(n - 2) alone differs
    assert difference_in_differences(*copies[:3]).standard_error < once.standard_error / 3


@pytest.mark.parametrize(
    ("before", "treated", "says"),
    [
        (np.zeros(12), np.ones(12, dtype=bool), "no compared group"),
        (np.zeros(12), np.zeros(12, dtype=bool), "no treated group"),
        (np.zeros(12), np.arange(12) < 4, "4 treated and 8 compared clusters"),
        (np.where(np.arange(12) < 3, np.nan, 0), np.arange(12) < 6, "missing for 50%"),
        (np.zeros(0), np.zeros(0, dtype=bool), "no compared group|no treated group"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused_in_words(before, treated, says):
    with pytest.raises(NotEstimable, match=says):
        difference_in_differences(before, np.ones(len(before)), treated)


def test_weights_that_are_missing_or_negative_are_a_mistake_of_the_caller():
    for bad in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="weights"):
            difference_in_differences(np.zeros(10), np.ones(10), np.arange(10) < 5, weights=[bad] + [1.0] * 9)


# Before the start.


def earlier(seed, drift, families=300):
    random = np.random.default_rng(seed)
    treated = np.arange(families) < families // 2
    level = random.normal(size=(families, 1)) + treated[:, None]
    return level + random.normal(size=(families, 4)) + drift * treated[:, None] * np.arange(4), treated


def test_groups_that_moved_apart_before_the_start_are_found_out():
    found = pre_trend(*earlier(1, drift=0.4))
    assert found.test.p_value < 0.001
    assert "already moving apart" in found.sentence
    assert "cannot be put down to the service" in found.sentence
    assert found.gaps[0].estimate == pytest.approx(-1.2, abs=0.5)


def test_groups_that_differ_in_level_alone_pass_and_the_sentence_says_how_little_that_shows():
    found = pre_trend(*earlier(2, drift=0.0))
    assert found.test.p_value > 0.05
    assert "does not show" in found.sentence
    assert len(found.gaps) == 3
    assert found.test.gaps == 3


def test_the_test_of_earlier_periods_cries_wolf_one_time_in_twenty():
    """400 panels of 40 families without any drift: 0.05 with a Monte Carlo error of 0.011."""
    alarms = [pre_trend(*earlier(seed, 0.0, families=40)).test.p_value < 0.05 for seed in range(400)]
    assert 0.02 <= np.mean(alarms) <= 0.08


def test_one_earlier_period_shows_no_trend():
    with pytest.raises(NotEstimable, match="two periods before"):
        pre_trend(np.zeros((20, 1)), np.arange(20) < 10)


def test_earlier_outcomes_that_never_vary_cannot_be_tested():
    with pytest.raises(NotEstimable, match="never varies"):
        pre_trend(np.zeros((20, 3)), np.arange(20) < 10)


def test_the_joint_test_of_one_gap_is_the_t_test():
    from scipy.stats import t

    found = joint_test(np.array([0.5]), np.array([[0.04]]), clusters=30)
    assert found.p_value == pytest.approx(2 * t.sf(2.5, 28))


# Fixed effects.


def slow_dummies(outcome, columns, unit, period, weights, cluster):
    """A column for each unit and period but one, least squares as written, and the clusters one by one."""
    dummies = [unit == each for each in np.unique(unit)] + [period == each for each in np.unique(period)[1:]]
    x = np.column_stack([columns, *dummies]).astype(float)
    bread = np.linalg.pinv(x.T @ (weights[:, None] * x))
    coefficients = bread @ x.T @ (weights * outcome)
    residual = outcome - x @ coefficients
    meat = np.zeros((x.shape[1], x.shape[1]))
    for each in np.unique(cluster):
        score = (weights * residual)[cluster == each] @ x[cluster == each]
        meat += np.outer(score, score)
    count, rows, width = len(np.unique(cluster)), len(outcome), columns.shape[1]
    lost = width + len(np.unique(period))
    factor = count / (count - 1) * (rows - 1) / (rows - lost)
    return coefficients[:width], (factor * bread @ meat @ bread)[:width, :width]


def panel(seed, units=12, periods=5, holes=0.2):
    random = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    kept = random.random(len(unit)) > holes
    unit, period = unit[kept], period[kept]
    rows = len(unit)
    return random.normal(size=rows), random.normal(size=(rows, 2)), unit, period, random.uniform(0.2, 3, rows)


@thorough
@given(seeds)
def test_fixed_effects_taken_out_agree_with_a_column_for_each(seed):
    outcome, columns, unit, period, weights = panel(seed)
    found = least_squares(outcome, columns, unit // 2, unit=unit, period=period, weights=weights)
    coefficients, covariance = slow_dummies(outcome, columns, unit, period, weights, unit // 2)
    np.testing.assert_allclose(found.coefficients, coefficients, atol=1e-8)
    np.testing.assert_allclose(found.covariance, covariance, atol=1e-8)


@thorough
@given(seeds)
def test_what_is_left_has_no_mean_in_any_unit_or_period(seed):
    outcome, _, unit, period, weights = panel(seed, holes=0.5)
    unit, period = codes(unit), codes(period)
    rest, _ = without_fixed_effects(outcome[:, None], unit, period, weights)
    for labels in (unit, period):
        np.testing.assert_allclose(np.bincount(labels, weights * rest[:, 0]), 0, atol=1e-9)


def test_units_and_periods_that_do_not_hang_together_are_counted_in_sets():
    """Two wards seen in 2020 only and two in 2021 only: four ward effects, and no period effect beside them."""
    unit, period = np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1])
    rest, effects = without_fixed_effects(np.array([[1.0], [2.0], [3.0], [4.0]]), unit, period, np.ones(4))
    assert effects == 4
    np.testing.assert_allclose(rest, 0, atol=1e-12)


def long(before, after, treated):
    """The two columns as one row for each unit and period."""
    unit, period = np.repeat(np.arange(len(before)), 2), np.tile([0, 1], len(before))
    return np.column_stack([before, after]).ravel(), unit, period, np.repeat(treated, 2) & (period == 1)


@thorough
@given(seeds)
def test_with_two_periods_fixed_effects_give_the_difference_of_changes(seed):
    random = np.random.default_rng(seed)
    before, after, treated = random.normal(size=24), random.normal(size=24), np.arange(24) < 11
    simple, regression = (
        difference_in_differences(before, after, treated),
        two_way_fixed_effects(*long(before, after, treated)),
    )
    assert regression.estimate == pytest.approx(simple.estimate)
    # 2n rows and three coefficients against n changes and two: (47/45) / (23/22).
    factor = np.sqrt((47 / 45) / (23 / 22))
    assert regression.standard_error == pytest.approx(simple.standard_error * factor)


@thorough
@given(seeds, st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 9))
def test_what_both_groups_share_and_what_a_group_keeps_drop_out(seed, shared, kept, scale):
    random = np.random.default_rng(seed)
    before, after, treated = random.normal(size=20), random.normal(size=20), np.arange(20) < 8
    plain = difference_in_differences(before, after, treated)
    moved = difference_in_differences(
        scale * (before + kept * treated),
        scale * (after + kept * treated + shared),
        treated,
        weights=np.full(20, scale),
    )
    np.testing.assert_allclose(moved[1:], scale * np.array(plain[1:]), atol=1e-9)


def test_the_interval_of_a_regression_rests_on_the_smaller_group():
    """Six of twenty units start: Student's t with 5 degrees of freedom reaches 2.570582 errors to each side."""
    random = np.random.default_rng(1)
    found = two_way_fixed_effects(*long(random.normal(size=20), random.normal(size=20), np.arange(20) < 6))
    assert (found.upper - found.estimate) / found.standard_error == pytest.approx(2.570582, abs=1e-6)


def test_rows_of_weight_0_are_as_if_they_were_not_there():
    random = np.random.default_rng(1)
    rows = long(random.normal(size=30), random.normal(size=30), np.arange(30) % 2 == 0)
    weights = np.where(rows[1] < 20, random.uniform(1, 2, 60), 0.0)
    kept = weights > 0
    found = two_way_fixed_effects(*rows, weights=weights)
    assert found == two_way_fixed_effects(*[values[kept] for values in rows], weights=weights[kept])


def test_staggered_starts_are_told_from_one_start():
    unit, period = np.repeat([0, 1, 2], 4), np.tile([0, 1, 2, 3], 3)
    together = (unit < 2) & (period >= 2)
    assert not is_staggered(unit, period, together)
    assert is_staggered(unit, period, (unit == 0) & (period >= 2) | (unit == 1) & (period >= 3))
    assert is_staggered(unit, period, (unit == 0) & (period == 1))  # it stops again
    assert not is_staggered(unit, period, np.zeros(12, dtype=bool))
    assert not is_staggered(unit, period, (unit == 0) | (unit == 1) & (period >= 2))  # unit 0 always was


def staggered(seed, growth, units=120, periods=12):
    """Half start in period 4, a quarter in 8, and each start's effect grows by `growth` a period."""
    random = np.random.default_rng(seed)
    start = np.select([np.arange(units) < units // 2, np.arange(units) < 3 * units // 4], [4.0, 8.0], np.nan)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    since = period - start[unit]
    effect = np.where(since >= 0, growth * (since + 1), 0)
    noise = random.normal(scale=0.5, size=len(unit)) + random.normal(size=units)[unit]
    return noise + effect, unit, period, start[unit]


def test_clean_controls_find_a_growing_effect_that_one_regression_understates():
    """In the four periods from the start the effect is 1, 2, 3, 4: 2.5 on average."""
    outcome, unit, period, start = staggered(3, growth=1.0)
    found = stacked_difference_in_differences(outcome, unit, period, start, periods_before=4, periods_after=4)
    assert found.lower < 2.5 < found.upper
    assert found.standard_error < 0.15
    with pytest.raises(NotEstimable, match="different times"):
        two_way_fixed_effects(outcome, unit, period, period >= start)
    everything = two_way_fixed_effects(outcome, unit, period, period >= start, even_if_staggered=True)
    assert everything.upper < np.mean(period[period >= start] - start[period >= start] + 1)  # 4.07 a treated period
    window = (period < start + 4) | np.isnan(start)
    last = stacked_difference_in_differences(
        outcome[window], unit[window], period[window], start[window], periods_before=4, periods_after=4
    )
    assert last.estimate == pytest.approx(found.estimate)  # what happens later to a treated unit is not used


def test_the_stacked_effect_is_the_struck_weighted_mean_of_its_stacks():
    outcome, unit, period, start = staggered(4, growth=0.3)
    found = stacked_difference_in_differences(outcome, unit, period, start, periods_before=2, periods_after=3)
    total, struck = 0.0, 0
    for event in (4.0, 8.0):
        like = np.isnan(start) | (start > event + 2)
        gains = []
        for group in (start == event, like):
            after = outcome[group & (period >= event) & (period <= event + 2)].reshape(-1, 3).mean(axis=1)
            before = outcome[group & (period < event) & (period >= event - 2)].reshape(-1, 2).mean(axis=1)
            gains.append(np.mean(after - before))
        count = len(np.unique(unit[start == event]))
        total, struck = total + count * (gains[0] - gains[1]), struck + count
    assert found.estimate == pytest.approx(total / struck)


def test_a_regression_is_refused_when_nobody_starts_while_others_do_not():
    unit, period = np.repeat(np.arange(12), 2), np.tile([0, 1], 12)
    outcome = np.arange(24.0)
    with pytest.raises(NotEstimable, match="no treated group"):
        two_way_fixed_effects(outcome, unit, period, np.zeros(24, dtype=bool))
    with pytest.raises(NotEstimable, match="does not change beside"):
        two_way_fixed_effects(outcome, unit, period, period == 1)
    with pytest.raises(NotEstimable, match="missing for 50%"):
        two_way_fixed_effects(np.where(period == 0, np.nan, outcome), unit, period, period == 1)


# Where nothing happened.


def weights_by_band(families: Families) -> np.ndarray:
    """1 for the offered; for the others at the threshold, as many offered as there are of them in their band."""
    weights = np.where(families.offered, 1.0, 0.0)
    for band in np.unique(families.band[families.at_threshold]):
        like = (families.band == band) & families.at_threshold & ~families.offered
        weights[like] = np.sum(families.offered & (families.band == band)) / like.sum()
    return weights


def before_and_after(families: Families) -> tuple[float, float]:
    """The naive comparison: the offered after against the offered before, and its error."""
    change = (families.after() - families.before())[families.offered]
    return float(change.mean()), float(change.std(ddof=1) / np.sqrt(len(change)))


def test_families_selected_at_crisis_improve_by_30_per_cent_without_help():
    falls = []
    for seed in range(10):
        families = selected_at_crisis(seed)
        change, error = before_and_after(families)
        assert change < -4 * error  # before and after shows an effect that is not there, beyond any doubt
        falls.append(change / families.before()[families.offered].mean())
    assert np.mean(falls) == pytest.approx(-0.30, abs=0.02)


def test_the_matched_difference_in_differences_of_families_at_crisis_shows_no_effect():
    """40 seeds: about 38 intervals should hold zero, and their mean should be zero within its Monte Carlo error."""
    found = []
    for seed in range(40):
        families = selected_at_crisis(seed, families=6_000)
        weights = weights_by_band(families)
        found.append(difference_in_differences(families.before(), families.after(), families.offered, weights=weights))
    assert sum(each.lower < 0 < each.upper for each in found) >= 35
    assert abs(np.mean([each.estimate for each in found])) < 3 * np.std([each.estimate for each in found]) / np.sqrt(40)


def test_without_matching_even_the_difference_in_differences_is_fooled_by_a_crisis():
    """Everybody else was not in crisis: they do not fall, and the programme without effect looks good."""
    families = selected_at_crisis(1)
    assert difference_in_differences(families.before(), families.after(), families.offered).upper < 0


def test_completers_have_063_of_the_step_ups_of_others_and_the_offered_100_per_cent_of_theirs():
    families = completers_against_others(1, families=200_000)
    stepped_up = families.stepped_up()
    others = families.offered & ~families.completed
    assert stepped_up[families.completed].mean() / stepped_up[others].mean() == pytest.approx(0.63, abs=0.02)
    assert stepped_up[families.offered].mean() / stepped_up[~families.offered].mean() == pytest.approx(1, abs=0.02)


def test_completing_looks_protective_and_being_offered_does_not():
    """40 seeds. Nobody had stepped up before the offer, so the difference of changes is that of shares."""
    held = 0
    for seed in range(40):
        families = completers_against_others(seed)
        stepped_up, nothing = families.stepped_up().astype(float), np.zeros(len(families.family))
        found = difference_in_differences(nothing, stepped_up, families.offered)
        held += found.lower < 0 < found.upper
        offered = families.offered
        naive = difference_in_differences(nothing[offered], stepped_up[offered], families.completed[offered])
        assert naive.upper < 0
    assert held >= 35
