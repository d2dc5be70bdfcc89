"""Event studies on tables to check by eye, against a slow second implementation, and where nothing happened."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evaluate.zero_effect import selected_at_crisis

from earlyhelp.evaluate.methods.did import stacked_difference_in_differences
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.event_study import event_study
from earlyhelp.evaluate.methods.panel import least_squares

thorough = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


def long(outcome, event):
    """Units by periods as one row for each: unit, period, outcome, event."""
    units, periods = np.shape(outcome)
    unit = np.repeat(np.arange(units), periods)
    return unit, np.tile(np.arange(periods), units), np.ravel(outcome), np.asarray(event, dtype=float)[unit]


def made(seed, units=60, periods=10, effect=0.0, struck=0.5, rho=0.5):
    """Units with levels of their own and likeness from month to month, some struck at some period from 3 on."""
    random = np.random.default_rng(seed)
    event = np.where(random.random(units) < struck, random.integers(3, periods, units), np.nan)
    noise = random.normal(size=(units, periods))
    for place in range(1, periods):
        noise[:, place] = rho * noise[:, place - 1] + np.sqrt(1 - rho**2) * noise[:, place]
    since = np.arange(periods) - event[:, None]
    return noise + random.normal(size=(units, 1)) + np.where(since >= 0, effect, 0.0), event


# By eye.


def test_each_period_is_set_against_the_one_before_the_event():
    """Struck in period 2. Outcomes of the struck: 1, 1, 4, 5; of like units 2, 2, 3, 3: +2 at once, then +3."""
    outcome = [[1, 1, 4, 5]] * 2 + [[2, 2, 3, 3]] * 2
    found = event_study(*long(outcome, [2, 2, np.nan, np.nan]), earliest=-2, latest=1, least_clusters=2)
    assert found.relative == (-2, -1, 0, 1)
    assert [each.estimate for each in found.effects] == [0, 0, 2, 3]
    assert found.struck == (2, 2, 2, 2)
    assert {each.method for each in found.effects} == {"event_study"}


def test_units_struck_later_serve_until_the_window_closes_and_units_struck_earlier_never():
    """Pairs struck in periods 3 (+7), 5 (+100), 8 (nothing), 1 (growing as the square of time), and never.

    At the event their gains are 7, 100, 0 and 1, each against units that stay flat throughout the window: those of
    period 8 are like units of the events in 1, 3 and 5, and nobody struck within the window or before is.
    """
    steps, event = np.arange(10.0), np.array([3, 3, 5, 5, 8, 8, 1, 1, np.nan, np.nan])
    paths = [7 * (steps >= 3), 100 * (steps >= 5), 0 * steps, steps**2, 0 * steps]
    found = event_study(*long(np.repeat(paths, 2, axis=0), event), earliest=-2, latest=2, least_clusters=2)
    assert found.struck == (6, 8, 8, 8, 6)  # two before the event in 1, or after that in 8, lies outside the table
    assert found.effects[2].estimate == pytest.approx((7 + 100 + 0 + 1) / 4)
    assert found.effects[4].estimate == pytest.approx((7 + 100 + 9) / 3)


def test_like_units_are_those_of_the_same_stratum():
    """Ward 0 rises by 1 for everybody, ward 1 by 5: within wards the struck gain 2."""
    outcome = [[0, 3], [0, 3], [0, 1], [0, 1], [0, 7], [0, 5], [0, 5], [0, 5]]
    event = [1, 1, np.nan, np.nan, 1, np.nan, np.nan, np.nan]
    ward = np.repeat([0, 0, 0, 0, 1, 1, 1, 1], 2)
    settings_ = {"earliest": -1, "latest": 0, "least_clusters": 2}
    assert event_study(*long(outcome, event), stratum=ward, **settings_).effects[1].estimate == pytest.approx(2)
    assert event_study(*long(outcome, event), **settings_).effects[1].estimate != pytest.approx(2)


def test_a_struck_unit_without_two_like_units_is_left_out_and_counted():
    outcome = [[0, 3], [0, 3], [0, 1], [0, 1], [0, 99], [0, 5]]
    event = [1, 1, np.nan, np.nan, 1, np.nan]
    ward = np.repeat([0, 0, 0, 0, 1, 1], 2)
    found = event_study(*long(outcome, event), stratum=ward, earliest=-1, latest=0, least_clusters=2)
    assert found.left_out == 1
    assert found.struck == (2, 2)
    assert found.effects[1].estimate == pytest.approx(2)


def test_a_period_that_too_few_can_be_followed_to_has_no_figure():
    outcome, _ = made(1, units=40, periods=8)
    event = np.repeat([4.0, 7.0, np.nan], [3, 17, 20])
    found = event_study(*long(outcome, event), earliest=-3, latest=3)
    assert found.struck == (20, 20, 20, 20, 3, 3, 3)
    assert np.isfinite(found.effects[3].estimate)
    assert all(np.isnan(each.estimate) for each in found.effects[4:])


# Against slow and other ways of saying the same.


def slow(unit, period, outcome, event, weight, stratum, relative, window_end):
    """Estimate and influences at one relative period, unit by unit, as the docstring tells them."""
    value = {(u, p): y for u, p, y in zip(unit, period, outcome, strict=True) if np.isfinite(y)}
    when, w, ward = (dict(zip(unit, column, strict=True)) for column in (event, weight, stratum))
    units = list(dict.fromkeys(unit))
    change = lambda u, e: value.get((u, e + relative), np.nan) - value.get((u, e - 1), np.nan)  # noqa: E731
    gains, stacks = {}, {}
    for u in units:
        if np.isnan(when[u]):
            continue
        e = int(when[u])
        like = [o for o in units if ward[o] == ward[u] and not when[o] <= e + window_end and np.isfinite(change(o, e))]
        if len(like) < 2 or np.isnan(change(u, e)):
            continue
        mean = sum(w[o] * change(o, e) for o in like) / sum(w[o] for o in like)
        gains[u] = change(u, e) - mean
        stacks.setdefault((e, ward[u]), (like, mean, []))[2].append(u)
    total = sum(w[u] for u in gains)
    estimate = sum(w[u] * gains[u] for u in gains) / total
    influence = dict.fromkeys(units, 0.0)
    for u, gain in gains.items():
        influence[u] += w[u] * (gain - estimate) / total
    for (e, _), (like, mean, struck) in stacks.items():
        weight_like, weight_struck = sum(w[o] for o in like), sum(w[u] for u in struck)
        for o in like:
            rest = (change(o, e) - mean) / np.sqrt(1 - w[o] / weight_like)
            influence[o] -= weight_struck / weight_like * w[o] * rest / total
    return estimate, influence


@thorough
@given(seeds)
def test_effects_and_errors_agree_with_the_definition_unit_by_unit(seed):
    random = np.random.default_rng(seed)
    unit, period, outcome, event = long(*made(seed, units=30, periods=8, effect=1.0))
    outcome = np.where(random.random(len(outcome)) < 0.1, np.nan, outcome)
    weight, stratum = random.uniform(0.5, 2, 30)[unit], random.integers(0, 2, 30)[unit]
    order = random.permutation(len(unit))
    found = event_study(
        *[values[order] for values in (unit + 7, period + 100, outcome, event + 100)],
        earliest=-3,
        latest=2,
        weights=weight[order],
        stratum=stratum[order],
        cluster=(unit // 2)[order],
        least_clusters=1,
    )
    for place in (0, 1, 3, 5):
        estimate, influence = slow(unit, period, outcome, event, weight, stratum, found.relative[place], 2)
        sums = np.bincount([u // 2 for u in influence], list(influence.values()))
        assert found.effects[place].estimate == pytest.approx(estimate)
        assert found.effects[place].standard_error == pytest.approx(np.sqrt(15 / 14 * np.sum(sums**2)))


@thorough
@given(seeds)
def test_one_event_for_all_gives_the_effects_of_a_regression_on_dummies(seed):
    outcome, _ = made(seed, units=40, periods=6)
    event = np.where(np.arange(40) < 15, 3.0, np.nan)
    unit, period, y, event_period = long(outcome, event)
    found = event_study(unit, period, y, event_period, earliest=-3, latest=2)
    relative = [-3, -2, 0, 1, 2]
    columns = np.column_stack([np.isfinite(event_period) & (period == 3 + each) for each in relative])
    fitted = least_squares(y, columns, unit, unit=unit, period=period)
    ours = [found.effects[found.relative.index(each)] for each in relative]
    np.testing.assert_allclose([each.estimate for each in ours], fitted.coefficients, atol=1e-9)
    errors = np.sqrt(np.diagonal(fitted.covariance))
    np.testing.assert_allclose([each.standard_error for each in ours], errors, rtol=0.05)  # allowances differ


@thorough
@given(seeds)
def test_the_stacked_effect_of_one_period_each_side_is_the_event_study_at_once(seed):
    rows = long(*made(seed, effect=0.5))
    unit, period, outcome, event = rows
    study = event_study(*rows, earliest=-1, latest=0)
    stacked = stacked_difference_in_differences(outcome, unit, period, event, periods_before=1, periods_after=1)
    np.testing.assert_allclose(stacked[1:], study.effects[1][1:])


def test_units_of_weight_0_are_as_if_they_were_not_there():
    rows = long(*made(1, effect=1.0))
    weights = np.where(rows[0] % 3 == 0, 0.0, 1.0 + rows[0] % 2)
    kept = weights > 0
    found = event_study(*rows, earliest=-3, latest=2, weights=weights)
    without = event_study(*[values[kept] for values in rows], earliest=-3, latest=2, weights=weights[kept])
    assert found == without


# Chance.


def test_intervals_hold_the_effect_and_the_test_before_cries_wolf_as_often_as_it_says():
    """200 panels of 80 units with likeness of 0.5 from month to month: 190 held, with a Monte Carlo error of 3."""
    held, alarms = 0, 0
    for seed in range(200):
        found = event_study(*long(*made(seed, units=80, effect=0.8)), earliest=-4, latest=2)
        held += found.effects[5].lower < 0.8 < found.effects[5].upper
        alarms += found.before.p_value < 0.05
    assert 180 <= held <= 198
    assert 2 <= alarms <= 20


def test_like_families_show_no_effect_of_an_offer_at_crisis_and_others_are_found_out():
    """Within bands nothing follows the offer; against everybody the fall looks like one, and the test before objects."""
    families = selected_at_crisis(3, families=6_000)
    event = np.where(families.offered, 12.0, np.nan)
    rows = np.repeat(families.at_threshold, 24)
    everyone = long(families.outcome, event)
    like = event_study(
        *[values[rows] for values in everyone],
        earliest=-12,
        latest=11,
        reference=-4,
        stratum=np.repeat(families.band, 24)[rows],
    )
    assert sum(each.lower <= 0 <= each.upper for each in like.effects) >= 21
    assert like.before.p_value > 0.05
    assert "moved alike" in like.sentence()
    naive = event_study(*everyone, earliest=-12, latest=11)
    assert all(each.upper < 0 for each in naive.effects[12:])
    assert naive.before.p_value < 0.001
    assert "already moving apart" in naive.sentence()


# Refusals.


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (np.full(20, np.nan), "struck nobody"),
        (np.full(20, 3.0), "None of the struck"),
        (np.where(np.arange(20) < 4, 3.0, np.nan), "4 treated and 16 compared"),
        (np.where(np.arange(20) < 9, 50.0, np.nan), "struck nobody in these periods"),
    ],
)
def test_an_event_that_cannot_be_studied_is_refused_in_words(event, says):
    with pytest.raises(NotEstimable, match=says):
        event_study(*long(np.zeros((20, 6)), event), earliest=-2, latest=2)


def test_outcomes_missing_for_half_of_the_time_around_events_are_refused():
    outcome, event = made(1)
    outcome[np.isfinite(event), ::2] = np.nan
    outcome[np.isfinite(event), 1] = np.nan
    with pytest.raises(NotEstimable, match="missing for"):
        event_study(*long(outcome, event), earliest=-3, latest=3)


def test_outcomes_missing_for_half_of_all_are_refused():
    outcome, event = made(1)
    with pytest.raises(NotEstimable, match="missing for"):
        event_study(*long(np.where(np.arange(10) < 4, outcome, np.nan), event), earliest=-3, latest=3)


def test_a_table_that_contradicts_itself_is_a_mistake_of_the_caller():
    unit, period, outcome, event = long(*made(1))
    with pytest.raises(ValueError, match="two rows in one period"):
        event_study(unit, np.zeros_like(period), outcome, event)
    with pytest.raises(ValueError, match="must be the same in all of its rows"):
        event_study(unit, period, outcome, np.where(period == 0, 5.0, event))
    with pytest.raises(ValueError, match="whole number"):
        event_study(unit, period, outcome, event + 0.5)
    with pytest.raises(ValueError, match="one value for each"):
        event_study(unit, period, outcome[:-1], event)


def test_without_testable_earlier_periods_the_sentence_says_so():
    found = event_study(*long(*made(1)), earliest=-1, latest=2)
    assert found.before is None
    assert "could not be tested" in found.sentence()


def test_a_hundred_thousand_rows_take_less_than_a_second():
    random = np.random.default_rng(1)
    unit, period = np.repeat(np.arange(2_000), 50), np.tile(np.arange(50), 2_000)
    event = np.where(random.random(2_000) < 0.4, random.integers(0, 50, 2_000), np.nan)[unit]
    outcome = random.normal(size=100_000)
    event_study(unit[:5_000], period[:5_000], outcome[:5_000], event[:5_000])  # imports scipy
    began = time.process_time()
    found = event_study(unit, period, outcome, event, cluster=unit // 2, stratum=unit % 5)
    assert time.process_time() - began < 1
    assert len(found.effects) == 25
