"""The draws of a scenario: against plain arithmetic where nothing is uncertain, and against theory where something is."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from earlyhelp.economics.parameters import ParameterSet
from earlyhelp.economics.simulation import (
    DRAWS,
    Inputs,
    months_by_year,
    ranges,
    rank_correlation,
    simulate,
    units_by_year,
)

ONE = np.ones((1, 1))
# 10 families lose a service that halves a risk of 0.2; an event costs 100 pounds, all in its own year; half of what
# follows comes in the year of the loss, half in the next.
CERTAIN = Inputs(
    families=np.array([10.0]),
    events=ONE * 2e9,
    seen=ONE * 1e10,
    log_ratio=ONE * log(0.5),
    spread=ONE * 0,
    cost=np.array([100.0]),
    variation=np.array([0.0]),
    same_year=np.array([[1.0, 0.0]]),
    next_year=np.array([[0.0, 1.0]]),
    elasticity_spread=0.0,
)
STEADY = ParameterSet({"first_year_share_spread": 0.0})


def test_with_nothing_uncertain_the_draws_are_the_arithmetic():
    drawn = simulate(CERTAIN, parameters=STEADY)
    assert drawn.events == pytest.approx(np.full((DRAWS, 1, 1), 10 * 0.2 * 0.5), rel=1e-3)
    assert drawn.amounts.mean(axis=0)[0, 0] == pytest.approx([50, 50], rel=1e-3)
    assert drawn.present_value()[:, 0, 0] == pytest.approx(np.full(DRAWS, 50 + 50 / 1.035), rel=1e-3)


def test_families_gained_are_the_mirror_of_families_lost():
    gained = replace(CERTAIN, families=-CERTAIN.families, spread=ONE * 0.3, elasticity_spread=None)
    lost = replace(CERTAIN, spread=ONE * 0.3, elasticity_spread=None)
    assert np.array_equal(simulate(gained).amounts, -simulate(lost).amounts)


def test_a_service_that_harms_displaces_less_than_nothing_when_it_is_cut():
    harmful = replace(CERTAIN, log_ratio=ONE * log(1.5))
    assert simulate(harmful, parameters=STEADY).amounts.sum(axis=-1).max() < 0


def test_no_risk_is_carried_above_one():
    extreme = replace(CERTAIN, log_ratio=ONE * log(50))
    drawn = simulate(extreme)
    assert (drawn.risk * drawn.ratio).max() <= 1 + 1e-9


def test_the_same_seed_gives_the_same_draws_and_another_gives_others():
    spread = replace(CERTAIN, spread=ONE * 0.2)
    assert np.array_equal(simulate(spread, seed=1).amounts, simulate(spread, seed=1).amounts)
    assert not np.array_equal(simulate(spread, seed=1).amounts, simulate(spread, seed=2).amounts)


def test_each_input_is_drawn_from_its_declared_distribution():
    drawn = simulate(
        replace(
            CERTAIN,
            events=ONE * 20,
            seen=ONE * 100,
            spread=ONE * 0.3,
            variation=np.array([0.4]),
            elasticity_spread=None,
        )
    )
    logs = np.log(drawn.ratio[:, 0, 0])
    assert (logs.mean(), logs.std()) == pytest.approx((log(0.5), 0.3), abs=0.01)
    assert (drawn.cost.mean(), drawn.cost.std()) == pytest.approx((100, 40), rel=0.02)
    assert (drawn.elasticity.mean(), drawn.elasticity.std()) == pytest.approx((1, 0.15), abs=0.01)
    # Beta(20.5, 80.5): mean 20.5/101, variance ab / (n^2 (n + 1))
    assert (drawn.risk.mean(), drawn.risk.std()) == pytest.approx(
        (20.5 / 101, sqrt(20.5 * 80.5 / 101**2 / 102)), rel=0.03
    )


def test_outcomes_of_one_service_move_together_and_those_of_two_do_not():
    two = Inputs(
        families=np.ones(2), events=np.full((2, 2), 10.0), seen=np.full((2, 2), 100.0), log_ratio=np.zeros((2, 2)),
        spread=np.full((2, 2), 0.3), cost=np.ones(2), variation=np.zeros(2), same_year=np.ones((2, 1)),
        next_year=np.zeros((2, 1)),
    )  # fmt: skip
    logs = np.log(simulate(two).ratio)
    assert np.corrcoef(logs[:, 0, 0], logs[:, 0, 1])[0, 1] == pytest.approx(1)
    assert abs(np.corrcoef(logs[:, 0, 0], logs[:, 1, 0])[0, 1]) < 0.03


def test_fewer_than_20_000_draws_are_refused():
    with pytest.raises(ValueError, match="20,000"):
        simulate(CERTAIN, 19_999)


@pytest.mark.parametrize(
    "broken",
    [{"events": ONE * -1}, {"seen": ONE}, {"spread": ONE * -1}, {"cost": np.array([-1.0])}, {"families": np.ones(2)},
     {"cost": np.ones(2)}, {"next_year": np.ones((1, 3))}],
)  # fmt: skip
def test_inputs_that_do_not_fit_or_cannot_be_are_refused(broken):
    with pytest.raises(ValueError, match="are"):
        replace(CERTAIN, **broken)


@given(st.integers(1, 4), st.integers(2, 200), st.integers(0, 10_000))
@settings(max_examples=40)
def test_ranges_are_the_percentiles_of_numpy_and_leave_the_draws_as_they_were(columns, rows, seed):
    drawn = np.random.default_rng(seed).normal(size=(rows, columns))
    before = drawn.copy()
    assert ranges(drawn) == pytest.approx(np.percentile(drawn, [5, 50, 95], axis=0))
    assert np.array_equal(drawn, before)


def day_by_day(months: int, years: int) -> list[float]:
    """Months of an event of so many whole months by year, by starting one in each month of year 0."""
    found = [0.0] * years
    for start in range(12):
        for month in range(start, start + months):
            if month // 12 < years:
                found[month // 12] += 1 / 12
    return found


@given(st.integers(0, 40), st.integers(1, 5))
def test_months_fall_into_years_as_events_spread_over_the_first_year_do(months, years):
    assert months_by_year(np.ones(months), years) == pytest.approx(day_by_day(months, years))


def test_of_24_months_six_and_a_half_fall_in_the_first_year_twelve_in_the_second():
    assert months_by_year(np.ones(24), 3) == pytest.approx([6.5, 12.0, 5.5])


def test_drop_off_takes_its_share_of_each_further_year_after_the_start():
    whole, dropped = (months_by_year(np.ones(24), 4, drop).sum() for drop in (0.0, 0.25))
    assert (whole, dropped) == pytest.approx((24, 12 + 12 * 0.75))


def test_what_follows_is_placed_by_the_year_of_the_loss_and_the_year_after():
    same, following = units_by_year(np.array([3.0, 2.0, 1.0]), 2)
    assert same.tolist() == [3, 2 + 3, 1 + 2]
    assert following.tolist() == [0, 3, 2 + 3]


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_rank_correlation_is_that_of_scipy_and_0_for_what_never_varies(seed):
    rng = np.random.default_rng(seed)
    first, second = rng.integers(0, 5, 30).astype(float), rng.normal(size=30)
    found = rank_correlation(np.column_stack([first, np.ones(30)]), second)
    assert found == pytest.approx([spearmanr(first, second).statistic, 0.0])
