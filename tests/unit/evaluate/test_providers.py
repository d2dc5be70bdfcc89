"""Providers compared with case mix: small tables worked by hand, a slow Laplace likelihood, and what is refused."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.providers import Standing, compare_providers, funnel
from earlyhelp.evaluate.methods.random_intercepts import random_intercepts

thorough = settings(max_examples=30, deadline=None, derandomize=True)
BETTER, AS_EXPECTED, WORSE, TOO_FEW, _ = Standing
NOTHING = np.empty((3, 0))


def council(seed, spread, providers=20, cases=3000):
    """Cases of providers who truly differ by `spread` log-odds, with two covariates that tell something of the event."""
    generator = np.random.default_rng(seed)
    provider = generator.integers(0, providers, cases)
    covariates = np.column_stack([generator.normal(size=cases), generator.random(cases) < 0.3]).astype(float)
    truth = spread * generator.normal(size=providers)
    chance = 1 / (1 + np.exp(1.2 - covariates @ [0.5, 0.8] - truth[provider]))
    return provider, covariates, (generator.random(cases) < chance).astype(float), truth


# The slow second implementation: one provider at a time, its mode by halving, nothing shared.


def slow_deviance(tables, fixed, spread):
    """-2 log of the Laplace likelihood of [(events, cases) of each provider], all rows at the same log-odds `fixed`."""
    total = 0.0
    for events, cases in tables:

        def slope(u, events=events, cases=cases):
            return spread * (events - cases / (1 + math.exp(-fixed - spread * u))) - u

        low, high = -50.0, 50.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) > 0 else (low, middle)
        p = 1 / (1 + math.exp(-fixed - spread * low))
        ways = math.log(math.comb(cases, events))
        inside = ways + events * math.log(p) + (cases - events) * math.log(1 - p) - low * low / 2
        total += -2 * inside + math.log(1 + spread**2 * cases * p * (1 - p))
    return total


@thorough
@given(st.lists(st.tuples(st.integers(1, 19), st.just(20)), min_size=3, max_size=8))
def test_no_other_intercept_or_spread_is_likelier_by_the_slow_likelihood(tables):
    events, cases = np.array(tables, dtype=float).T
    found = random_intercepts(np.arange(len(tables)), np.empty((len(tables), 0)), events, cases)
    best = slow_deviance(tables, found.coefficients[0], found.spread)
    assert found.deviance == pytest.approx(best, abs=1e-6)
    for by, wider in product((-0.02, 0, 0.02), (0, 0.02, 0.3)):
        for spread in (found.spread + wider, max(0.0, found.spread - wider)):
            assert slow_deviance(tables, found.coefficients[0] + by, spread) >= best - 1e-6


def test_single_cases_and_their_totals_give_the_same_answer():
    provider, flag = np.repeat([0, 1, 2, 3], 2), np.tile([0.0, 1.0], 4)
    events, cases = np.array([2, 9, 8, 14, 3, 12, 6, 20.0]), np.array([20, 30, 25, 30, 30, 30, 10, 30.0])
    together = random_intercepts(provider, flag[:, None], events, cases)
    rows = np.repeat(np.arange(8), cases.astype(int))
    one_each = np.concatenate([np.arange(n) < e for e, n in zip(events, cases, strict=True)]).astype(float)
    apart = random_intercepts(provider[rows], flag[rows, None], one_each)
    np.testing.assert_allclose(apart.coefficients, together.coefficients, atol=1e-5)
    np.testing.assert_allclose(apart.effects, together.effects, atol=1e-5)


def test_a_covariate_in_other_units_changes_its_coefficient_alone():
    provider, covariates, events, _ = council(1, 0.4)
    one = random_intercepts(provider, covariates, events)
    other = random_intercepts(provider, covariates * [12, 1], events)
    assert other.coefficients[1] == pytest.approx(one.coefficients[1] / 12, abs=1e-6)
    assert other.standard_errors[1] == pytest.approx(one.standard_errors[1] / 12, rel=1e-3)
    np.testing.assert_allclose(other.effects, one.effects, atol=1e-4)


def test_three_providers_worked_by_hand():
    # 100 cases each and 60 events in all: 20 expected of each, with a variance of 100 x 0.2 x 0.8 = 16.
    found = compare_providers(np.array([7, 8, 9]), NOTHING, np.array([10, 20, 30.0]), np.full(3, 100.0))
    np.testing.assert_allclose(found.expected, 20, rtol=1e-6)
    np.testing.assert_allclose(found.funnel.ratio, [0.5, 1, 1.5], rtol=1e-6)
    np.testing.assert_allclose(found.funnel.score, [-2.5, 0, 2.5], atol=1e-6)
    # Scores pulled in to the tenth at either end are -2, 0, 2: phi = 8/3. s^2 = 16/400, w = 25:
    # tau^2 = (3 x 8/3 - 2) / (75 - 25) = 0.12, and the adjusted score 0.5 / sqrt(0.04 + 0.12) = 1.25.
    assert found.funnel.dispersion == pytest.approx(8 / 3)
    assert found.funnel.spread**2 == pytest.approx(0.12)
    np.testing.assert_allclose(found.funnel.adjusted_score, [-1.25, 0, 1.25], atol=1e-6)
    assert found.discrimination == 0.5  # without covariates all cases are alike


def test_the_wider_limits_lie_outside_the_narrower_and_none_under_nothing():
    found = funnel(np.array([2, 50, 30.0]), np.array([5, 40, 30.0]), np.array([4, 30, 22.0]))
    assert np.all(found.lower_998 <= found.lower_95)
    assert np.all(found.lower_95 < 1)
    assert np.all(found.upper_95 < found.upper_998)
    assert np.all(found.lower_998 >= 0)


def test_limits_of_providers_that_vary_no_more_than_chance_are_those_of_the_count_less_what_a_share_cannot_vary():
    # Two providers right on their expected 40 of 100: variance 24 where a Poisson count has 40, no over-dispersion.
    found = funnel(np.array([40.0, 40]), np.array([40.0, 40]), np.array([24.0, 24]))
    assert found.spread == 0
    at_most = np.cumsum([math.exp(k * math.log(40) - 40 - math.lgamma(k + 1)) for k in range(60)])
    place = int(
        np.argmax(at_most >= 0.025)
    )  # 28: the exact limit of a count of 40, drawn as a line between whole numbers
    exact = place - (at_most[place] - 0.025) / (at_most[place] - at_most[place - 1])
    np.testing.assert_allclose(found.lower_95, 1 - math.sqrt(24 / 40) * (1 - exact / 40), rtol=1e-9)


def test_a_provider_with_fewer_events_is_better_where_the_event_is_bad_news_and_worse_where_it_is_good():
    provider, cases = np.arange(6), np.full(6, 400.0)
    events = np.array([40, 100, 98, 102, 100, 160.0])
    bad_news = compare_providers(provider, np.empty((6, 0)), events, cases)
    good_news = compare_providers(provider, np.empty((6, 0)), events, cases, fewer_is_better=False)
    assert bad_news.standings == (BETTER, AS_EXPECTED, AS_EXPECTED, AS_EXPECTED, AS_EXPECTED, WORSE)
    assert good_news.standings == (WORSE, AS_EXPECTED, AS_EXPECTED, AS_EXPECTED, AS_EXPECTED, BETTER)


def test_nothing_is_said_of_a_provider_of_whom_under_ten_events_are_expected():
    found = compare_providers(
        np.array([1, 2, 3, 4]), np.empty((4, 0)), np.array([0, 60, 20, 40.0]), np.array([30, 200, 200, 200.0])
    )
    assert found.expected[0] < 10
    assert found.standings[0] is TOO_FEW
    assert TOO_FEW not in found.standings[1:]


def test_a_provider_with_harder_cases_is_not_blamed_for_them():
    """Half of the hard cases have the event and a tenth of the others, with every provider; provider 3 has the hard ones."""
    provider, hard = np.repeat([1, 2, 3, 4], 2), np.tile([0.0, 1.0], 4)
    cases = np.array([180, 20, 180, 20, 20, 180, 180, 20.0])
    found = compare_providers(provider, hard[:, None], cases * np.where(hard == 1, 0.5, 0.1), cases)
    assert found.observed[2] > 3 * found.observed[0]
    np.testing.assert_allclose(found.funnel.ratio, 1, rtol=1e-6)
    assert set(found.standings) == {AS_EXPECTED}


def test_providers_stand_in_the_order_of_their_ids_whatever_the_order_of_the_cases():
    provider, covariates, events, _ = council(2, 0.5)
    shuffled = np.random.default_rng(0).permutation(events.size)
    one = compare_providers(provider, covariates, events)
    other = compare_providers(provider[shuffled], covariates[shuffled], events[shuffled])
    assert list(one.providers) == list(range(20))
    np.testing.assert_allclose(other.effects, one.effects, atol=1e-5)
    assert other.standings == one.standings


def test_discrimination_is_the_share_of_pairs_told_apart():
    provider, covariates, events, _ = council(3, 0.3, providers=5, cases=200)
    covariates = covariates.round(0)
    found = compare_providers(provider, covariates, events)
    fitted = random_intercepts(np.arange(200) % 3, covariates, events).coefficients[1:]  # the order of cases is enough
    level = covariates @ fitted
    pairs = [(a > b) + (a == b) / 2 for a in level[events == 1] for b in level[events == 0]]
    assert found.discrimination == pytest.approx(np.mean(pairs), abs=0.01)


def test_providers_who_do_not_differ_are_almost_never_told_apart():
    told = [standing for seed in range(20) for standing in standings(council(seed, 0.0))]
    assert np.mean([s in (BETTER, WORSE) for s in told]) <= 0.01


def test_of_providers_who_differ_those_called_better_or_worse_are():
    right = wrong = held = 0
    for seed in range(20):
        provider, covariates, events, truth = council(seed, 0.4)
        found = compare_providers(provider, covariates, events)
        apart = truth - truth.mean()  # from the average of these providers, not of all that there might have been
        held += np.mean((found.effect_lower <= apart) & (apart <= found.effect_upper)) / 20
        called = [(s, t) for s, t in zip(found.standings, truth, strict=True) if s in (BETTER, WORSE)]
        right += sum((s is WORSE) == (t > 0) for s, t in called)
        wrong += sum((s is WORSE) != (t > 0) for s, t in called)
    assert right > 80
    assert wrong <= 0.025 * (right + wrong)
    assert 0.90 < held < 0.98


def standings(world):
    provider, covariates, events, _ = world
    return compare_providers(provider, covariates, events).standings


@pytest.mark.parametrize(
    ("provider", "covariates", "events", "reason"),
    [
        ([1, 1, 2, 2], [[0], [1], [0], [1.0]], [0, 1, 1, 0], "There are 2 providers"),
        ([1, 2, 3, 4], [[0], [1], [0], [1.0]], [0, 0, 0, 0], "All cases, or none"),
        ([1, 2, 3, 4], [[0], [1], [0], [1.0]], [1, 1, 1, 1], "All cases, or none"),
        ([1, 2, 3, 4], [[2], [2], [2], [2.0]], [0, 1, 1, 0], "the same for every case"),
        ([1, 2, 3, 4], [[0, 0], [1, 2], [0, 0], [1.0, 2]], [0, 1, 1, 0], "follows from the others"),
        ([1, 2, 3, 4], [[0], [math.nan], [0], [1.0]], [0, 1, 1, 0], "missing for some cases"),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_what_is_lacking(provider, covariates, events, reason):
    with pytest.raises(NotEstimable, match=reason) as refused:
        compare_providers(np.array(provider), np.array(covariates, dtype=float), np.array(events, dtype=float))
    assert refused.value.needed.endswith(".")


def test_a_covariate_that_tells_the_event_without_fail_is_refused():
    flag = np.tile([0.0, 1.0], 30)
    with pytest.raises(NotEstimable, match="without fail"):
        compare_providers(np.arange(60) % 3, flag[:, None], flag)


def test_more_events_than_cases_are_a_mistake():
    with pytest.raises(ValueError, match="between 0 and the number of cases"):
        compare_providers(np.array([1, 2, 3]), NOTHING, np.array([1, 2, 3.0]))


def test_a_rare_flag_that_nobody_with_the_event_has_takes_nothing_from_the_comparison():
    provider, covariates, events, _ = council(5, 0.4)
    flag = np.zeros(events.size)
    flag[np.flatnonzero(events == 0)[:6]] = 1
    without = compare_providers(provider, covariates, events)
    found = compare_providers(provider, np.column_stack([covariates, flag]), events)
    assert found.standings == without.standings
    np.testing.assert_allclose(found.effects, without.effects, atol=0.03)


def test_where_nearly_every_case_has_the_event_the_figures_are_still_numbers():
    flag = np.tile([0.0, 1.0], 30)
    events = np.ones(60)
    events[0] = 0
    found = compare_providers(np.arange(60) % 3, flag[:, None], events)
    assert np.isfinite(found.funnel.adjusted_score).all()
    assert set(found.standings) == {TOO_FEW}


def test_providers_who_always_or_never_had_the_event_cannot_be_compared():
    with pytest.raises(NotEstimable, match="all of its cases or in none"):
        compare_providers(np.arange(6), np.empty((6, 0)), np.array([0, 0, 0, 80, 80, 80.0]), np.full(6, 80.0))
