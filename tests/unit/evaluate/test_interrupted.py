"""Interrupted time series against a slow likelihood, on series with a planted change, and where they cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.interrupted import (
    excess_events,
    interrupted_time_series,
    placebo_breaks,
    power,
    power_sentence,
)
from earlyhelp.evaluate.methods.quasi_likelihood import autocorrelation

thorough = settings(max_examples=25, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)
POPULATION = np.full(60, 50_000.0)


def counts(seed, ratio=1.0, mean=50.0, months=60, at=36, rho=0.0):
    """Monthly counts with a trend and a season; their errors resemble the month before by about `rho`."""
    from scipy.stats import norm, poisson

    random = np.random.default_rng(seed)
    month, noise = np.arange(months), random.standard_normal(months)
    for place in range(1, months):
        noise[place] = rho * noise[place - 1] + np.sqrt(1 - rho**2) * noise[place]
    expected = mean * np.exp(0.1 * np.sin(2 * np.pi * month / 12) + 0.002 * month)
    return poisson.ppf(norm.cdf(noise), expected * np.where(month >= at, ratio, 1.0))


def slow_columns(months, at, slope):
    month = np.arange(months)
    waves = [wave(2 * np.pi * k * month / 12) for k in (1, 2) for wave in (np.sin, np.cos)]
    change = [month >= at, np.where(month >= at, month - at + 0.5, 0)]
    return np.column_stack([np.ones(months), month / months, *waves, *change[: 1 + slope]]).astype(float)


def slow_fit(loss, columns):
    """Coefficients at the minimum of minus the log likelihood, and the inverse of its numerical second derivative."""
    from scipy.optimize import minimize

    def gradient(at):
        steps = 1e-6 * np.eye(len(at))
        return np.array([(loss(at + step) - loss(at - step)) / 2e-6 for step in steps])

    found = minimize(loss, np.zeros(columns.shape[1]), method="BFGS", options={"gtol": 1e-7, "maxiter": 2_000})
    hessian = np.array([(gradient(found.x + s) - gradient(found.x - s)) / 2e-3 for s in 1e-3 * np.eye(len(found.x))])
    return found.x, np.linalg.inv(hessian)


@pytest.mark.parametrize(("slope", "rough"), [(False, 0), (True, 0), (False, 25)])
def test_a_single_series_agrees_with_the_poisson_likelihood_maximised_the_slow_way(slope, rough):
    """Also with every third month 25 counts higher: more spread than chance gives, which the error must show."""
    events, people = counts(1, 1.2) + rough * (np.arange(60) % 3 == 0), np.linspace(40_000, 60_000, 60)
    columns = slow_columns(60, 36, slope)

    def loss(coefficients):
        linear = np.log(people / 1_000) + columns @ coefficients
        return float(np.sum(np.exp(linear) - events * linear))

    coefficients, covariance = slow_fit(loss, columns)
    found = interrupted_time_series(events, people, 36, slope_change=slope)
    assert found.level.estimate == pytest.approx(coefficients[6], abs=1e-4)
    expected = np.exp(np.log(people / 1_000) + columns @ coefficients)
    dispersion = max(1.0, np.sum((events - expected) ** 2 / expected) / (60 - columns.shape[1]))
    assert found.dispersion == pytest.approx(dispersion, rel=1e-3)
    assert (found.dispersion > 1.5) == (rough > 0)
    inflation = dispersion * (1 + found.rho) / (1 - found.rho)
    assert found.level.standard_error == pytest.approx(np.sqrt(covariance[6, 6] * inflation), rel=1e-3)
    assert (found.slope is not None) == slope
    if found.slope:
        assert found.slope.estimate == pytest.approx(coefficients[7], abs=1e-5)
    assert found.design_grade == 2


def test_a_controlled_series_agrees_with_the_binomial_likelihood_maximised_the_slow_way():
    events, others = counts(1, 1.2), counts(2, mean=200.0)
    columns = slow_columns(60, 36, slope=False)
    offset = np.log(POPULATION / (4 * POPULATION))

    def loss(coefficients):
        linear = offset + columns @ coefficients
        return float(np.sum((events + others) * np.log1p(np.exp(linear)) - events * linear))

    coefficients, covariance = slow_fit(loss, columns)
    found = interrupted_time_series(events, POPULATION, 36, neighbours=(others, 4 * POPULATION))
    assert found.level.estimate == pytest.approx(coefficients[6], abs=1e-4)
    inflation = found.dispersion * (1 + found.rho) / (1 - found.rho)
    assert found.level.standard_error == pytest.approx(np.sqrt(covariance[6, 6] * inflation), rel=1e-3)
    assert found.design_grade == 3
    assert found.level.method == "controlled_interrupted_time_series"


@thorough
@given(seeds, st.floats(0.1, 50))
def test_population_in_other_units_and_neighbours_apart_or_together_change_nothing(seed, units):
    events, first, second = counts(seed), counts(seed + 1), counts(seed + 2)
    one = interrupted_time_series(events, POPULATION, 30, neighbours=(first + second, 2 * POPULATION))
    pair = (np.stack([first, second]), np.stack([units * POPULATION] * 2))
    other = interrupted_time_series(events, units * POPULATION, 30, neighbours=pair)
    np.testing.assert_allclose(one.level[1:], other.level[1:], atol=1e-8)


def test_a_shock_that_neighbours_share_is_not_taken_for_a_change():
    """Everybody's counts halve for the last two years: alone the series shows a change, beside its neighbours none."""
    shock = np.where(np.arange(60) >= 36, 0.5, 1.0)
    events, others = np.round(counts(3) * shock), np.round(counts(4, mean=400.0) * shock)
    alone = interrupted_time_series(events, POPULATION, 36)
    beside = interrupted_time_series(events, POPULATION, 36, neighbours=(others, 8 * POPULATION))
    assert alone.rate_ratio.upper < 0.7
    assert beside.rate_ratio.lower < 1 < beside.rate_ratio.upper


def test_intervals_hold_the_truth_where_a_month_resembles_the_one_before():
    """1,000 series of 60 months, a likeness of 0.3, ratio 1.15: 0.95 with a Monte Carlo error of 0.007."""
    found = [interrupted_time_series(counts(seed, 1.15, rho=0.3), POPULATION, 36) for seed in range(1_000)]
    held = np.mean([each.level.lower < np.log(1.15) < each.level.upper for each in found])
    assert 0.90 <= held <= 0.98
    assert np.mean([each.level.estimate for each in found]) == pytest.approx(np.log(1.15), abs=0.02)


def test_months_left_out_and_months_not_known_are_not_used():
    events = counts(5, 1.3)
    phase_in = (np.arange(60) >= 36) & (np.arange(60) < 40)
    wild, missing = np.where(phase_in, 9_999.0, events), np.where(phase_in, np.nan, events)
    left_out = interrupted_time_series(wild, POPULATION, 36, excluded=phase_in)
    unknown = interrupted_time_series(missing, POPULATION, 36)
    assert left_out.level == unknown.level
    assert left_out.degrees == 60 - 4 - 7
    assert left_out.level != interrupted_time_series(events, POPULATION, 36).level


def test_a_known_cause_that_is_told_is_not_taken_for_the_change():
    """Counts halve in the first half year after the break, the months of a lockdown, and are as before after it."""
    lockdown = (np.arange(60) >= 36) & (np.arange(60) < 42)
    events = np.round(counts(3) * np.where(lockdown, 0.5, 1.0))
    untold = interrupted_time_series(events, POPULATION, 36)
    told = interrupted_time_series(events, POPULATION, 36, covariates=lockdown[:, None])
    assert untold.rate_ratio.value < 0.75
    assert told.rate_ratio.value == pytest.approx(1, abs=0.1)
    assert told.level.standard_error < untold.level.standard_error


def test_placebo_breaks_use_the_causes_known_before_the_break_and_not_those_that_come_later():
    events, month = counts(3), np.arange(60)
    earlier, later = (month >= 25) & (month < 30), month >= 50
    plain = placebo_breaks(events, POPULATION, 40)
    assert len(plain) == 5
    assert placebo_breaks(events, POPULATION, 40, covariates=later[:, None]) == plain
    both = placebo_breaks(events, POPULATION, 40, covariates=np.column_stack([earlier, later]))
    told = interrupted_time_series(events[:40], POPULATION[:40], 24, covariates=earlier[:40, None])
    assert both[0].level == told.level
    assert both[0].level != plain[0].level


# Likeness of neighbouring months.


def slow_expectation(rest, months, rho):
    """trace(MLM V) / trace(MV), the matrices written out."""
    likeness = rho ** np.abs(np.subtract.outer(months, months))
    linked = np.equal(np.subtract.outer(months, months), 1).astype(float)
    return np.trace(rest @ linked @ rest @ likeness) / np.trace(rest @ likeness @ rest)


@thorough
@given(seeds, st.floats(0.05, 0.85))
def test_likeness_is_the_one_that_would_leave_the_residuals_as_alike_as_they_are(seed, rho):
    random = np.random.default_rng(seed)
    months = np.sort(random.choice(50, 40, replace=False))
    columns = np.column_stack([np.ones(40), months, np.sin(months), random.normal(size=40)])
    hat = columns @ np.linalg.pinv(columns)
    rest = np.eye(40) - hat
    residuals = rest @ random.normal(size=40)
    linked = np.equal(np.subtract.outer(months, months), 1).astype(float)
    found = autocorrelation(residuals, hat, months)
    raw = residuals @ linked @ residuals / (residuals @ residuals)
    lowest, highest = slow_expectation(rest, months, 0.0), slow_expectation(rest, months, 0.9)
    assert slow_expectation(rest, months, found) == pytest.approx(np.clip(raw, lowest, highest), abs=2e-3)
    assert 0 <= found <= 0.9


def test_likeness_is_found_without_the_shortfall_of_the_raw_figure():
    """100 series of 60 months with likeness 0.5: the raw correlation of residuals is under 0.4 on average."""
    found = [interrupted_time_series(counts(seed, rho=0.5), POPULATION, 36).rho for seed in range(100)]
    assert np.mean(found) == pytest.approx(0.5, abs=0.06)


# What follows from a fit.


def test_excess_events_are_those_seen_less_those_expected_without_the_change():
    """With a change of level alone the expected total after the break is the observed: m (1 - 1/ratio) of it is excess."""
    events = counts(6, 1.4)
    found = interrupted_time_series(events, POPULATION, 36)
    excess = excess_events(found, seed=1)
    assert excess.estimate == pytest.approx(events[36:].sum() * (1 - 1 / found.rate_ratio.value))
    assert excess.lower < excess.estimate < excess.upper
    bounds = [events[36:].sum() * (1 - 1 / ratio) for ratio in found.rate_ratio[1:]]
    assert excess.lower == pytest.approx(bounds[0], rel=0.2)
    assert excess.upper == pytest.approx(bounds[1], rel=0.2)
    assert excess == excess_events(found, seed=1)
    assert excess != excess_events(found, seed=2)


def test_excess_intervals_agree_with_draws_from_scipys_multivariate_t():
    """Three years only, 29 degrees of freedom: with normal draws the interval would be 4 per cent too short."""
    from scipy.stats import multivariate_t

    events = counts(6, 1.4, months=36, at=24)
    found = interrupted_time_series(events, POPULATION[:36], 24)
    excess = excess_events(found, seed=1, draws=200_000)
    law = multivariate_t(found.coefficients, found.covariance, df=29, seed=2)
    linear = (draws := law.rvs(200_000)) @ found.series.columns.T + found.series.offset
    change = draws[:, -1:]
    slow = (np.exp(linear[:, 24:]) - np.exp(linear[:, 24:] - change)).sum(axis=1)
    np.testing.assert_allclose([excess.lower, excess.upper], np.percentile(slow, [2.5, 97.5]), rtol=0.015)


def test_excess_events_of_a_controlled_series_with_a_slope_are_counted_against_the_neighbours():
    events, others = counts(6, 1.4), counts(7, mean=5_000.0)
    single = excess_events(interrupted_time_series(events, POPULATION, 36), seed=1)
    pair = (others, 100 * POPULATION)
    beside = excess_events(interrupted_time_series(events, POPULATION, 36, neighbours=pair, slope_change=True), seed=1)
    assert beside.lower > 0
    assert beside.estimate == pytest.approx(single.estimate, rel=0.25)


def test_excess_intervals_hold_what_the_change_really_added():
    """100 series with ratio 1.3: the truth is the sum of expected counts with the change less that without."""
    month = np.arange(60)
    expected = 50 * np.exp(0.1 * np.sin(2 * np.pi * month / 12) + 0.002 * month)
    truth = 0.3 * expected[36:].sum()
    held = 0
    for seed in range(100):
        found = interrupted_time_series(counts(seed, 1.3), POPULATION, 36)
        excess = excess_events(found, seed=seed, draws=500)
        held += excess.lower < truth < excess.upper
    assert 88 <= held <= 100


def test_placebo_breaks_are_looked_for_before_the_break_alone():
    events = counts(8, 3.0)
    found = placebo_breaks(events, POPULATION, 48, every=3)
    assert [each.at for each in found] == [24, 27, 30, 33, 36]
    earlier = interrupted_time_series(events[:48], POPULATION[:48], 27)
    assert found[1].level == earlier.level
    assert (found[1].p_value < 0.05) == (not earlier.level.lower < 0 < earlier.level.upper)
    assert min(placebo_breaks(counts(8, 3.0, at=36), POPULATION, 60), key=lambda each: each.p_value).p_value < 0.001
    assert placebo_breaks(events, POPULATION, 35) == ()


def test_power_is_how_often_a_change_is_told_from_chance():
    """At 10 events a month a rise of 15 per cent is seen about one time in ten, as the research found."""
    few = interrupted_time_series(counts(9, mean=10.0), POPULATION, 36)
    assert 0.05 < power(few) < 0.2
    assert power(few, 1.0) == pytest.approx(0.05)
    sentence = power_sentence(few)
    assert "A true rise of 15% would be noticed in only" in sentence
    assert "does not show that there was none" in sentence
    many = interrupted_time_series(counts(9, mean=5_000.0), 100 * POPULATION, 36)
    assert power(many) > 0.99
    assert "only" not in power_sentence(many)
    assert "A true fall of 20%" in power_sentence(many, 0.8)


def test_power_agrees_with_how_often_changes_are_seen():
    """200 series with ratio 1.3: the share seen, with a Monte Carlo error of 0.035, and the mean power foretold."""
    found = [interrupted_time_series(counts(seed, 1.3), POPULATION, 36) for seed in range(200)]
    seen = np.mean([each.level.lower > 0 for each in found])
    assert seen == pytest.approx(np.mean([power(each, 1.3) for each in found]), abs=0.1)


# Refusals.


def test_too_few_months_are_only_described():
    events = counts(1)
    with pytest.raises(NotEstimable, match="23 periods before the change and 37 after"):
        interrupted_time_series(events, POPULATION, 23)
    with pytest.raises(NotEstimable, match="can only be described"):
        interrupted_time_series(events, POPULATION, 49)
    with pytest.raises(NotEstimable, match="23 periods before"):
        interrupted_time_series(events, POPULATION, 36, excluded=np.arange(60) < 13)
    assert interrupted_time_series(events, POPULATION, 24).level.standard_error > 0
    assert interrupted_time_series(events, POPULATION, 48).level.standard_error > 0


@pytest.mark.parametrize("pattern", ["never", "once", "stops", "starts"])
def test_a_series_without_events_on_one_side_is_refused(pattern):
    month = np.arange(60)
    events = {
        "never": np.zeros(60),
        "once": (month == 40) * 1.0,
        "stops": np.where(month < 36, counts(1), 0),
        "starts": np.where(month >= 36, counts(1), 0),
    }[pattern]
    with pytest.raises(NotEstimable, match="fewer than two events"):
        interrupted_time_series(events, POPULATION, 36)


def test_counts_that_leave_the_season_undetermined_are_refused():
    """Events in two months of the year only: what the harmonics want for the others runs away to nothing."""
    events = np.where(np.arange(60) % 12 == 0, 30.0, 0.0)
    with pytest.raises(NotEstimable, match="cannot be fitted"):
        interrupted_time_series(events, POPULATION, 36)


def test_half_of_the_months_missing_is_refused():
    with pytest.raises(NotEstimable, match="missing for half"):
        interrupted_time_series(np.where(np.arange(60) % 2, np.nan, counts(1)), POPULATION, 36)


def test_counts_and_populations_that_cannot_be_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="counts"):
        interrupted_time_series(-counts(1), POPULATION, 36)
    with pytest.raises(ValueError, match="population"):
        interrupted_time_series(counts(1), 0 * POPULATION, 36)
