"""What a study of a given size could see, against the figures of the research note and against simulation."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.power import (
    families_needed,
    minimum_detectable_difference,
    power_of_difference,
)

thorough = settings(max_examples=100, deadline=None, derandomize=True)
bases = st.floats(0.02, 0.98)


@pytest.mark.parametrize(("treated", "points"), [(50, 12.6), (100, 9.9), (200, 7.5), (500, 5.1), (1000, 3.7)])
def test_the_smallest_fall_from_one_in_five_that_would_show_with_five_compared_for_each(treated, points):
    # Rounded up to a tenth of a point, as it is told.
    found = minimum_detectable_difference(treated, 5, 0.20)
    assert ceil(1000 * found) / 10 == points


def test_the_national_effect_on_children_looked_after_needs_5039_an_arm():
    assert families_needed(0.025, 0.017) == (5039, 5039)


def test_with_five_compared_for_each_it_needs_the_first_whole_number_above_2647():
    # The exact number is 2,647.3: with 2,647 the power is a hair under four in five, with 2,648 a hair over.
    assert families_needed(0.025, 0.017, ratio=5) == (2648, 13240)
    assert power_of_difference(2647, 5, 0.025, 0.017) == pytest.approx(0.79996, abs=5e-6)
    assert power_of_difference(2648, 5, 0.025, 0.017) > 0.8


def test_a_design_effect_of_two_doubles_the_families_needed():
    assert families_needed(0.2, 0.1, design_effect=2).treated == pytest.approx(
        2 * families_needed(0.2, 0.1).treated, abs=1
    )


def test_a_rise_from_one_in_five_needs_to_be_larger_than_a_fall_to_show():
    assert minimum_detectable_difference(200, 5, 0.2, direction="more") > minimum_detectable_difference(200, 5, 0.2)


@thorough
@given(st.integers(60, 5000), st.floats(0.5, 8), st.floats(0.1, 0.9), st.sampled_from(["fewer", "more"]))
def test_the_smallest_difference_has_exactly_the_power_asked_for(treated, ratio, base, direction):
    try:
        found = minimum_detectable_difference(treated, ratio, base, direction=direction)
    except NotEstimable:
        edge = 0.0 if direction == "fewer" else 1.0
        assert power_of_difference(treated, ratio, base, edge) < 0.8
        return
    risk = base - found if direction == "fewer" else base + found
    assert power_of_difference(treated, ratio, base, risk) == pytest.approx(0.8, abs=1e-6)


@thorough
@given(bases, bases)
def test_the_families_needed_have_the_power_and_one_fewer_does_not(base, risk):
    if abs(base - risk) < 0.01:
        return
    needed = families_needed(base, risk).treated
    assert power_of_difference(needed, 1, base, risk) >= 0.8 - 1e-12
    assert needed == 1 or power_of_difference(needed - 1, 1, base, risk) < 0.8


def test_the_power_is_how_often_a_difference_shows_in_simulated_studies():
    chance = np.random.default_rng(7)
    treated, compared = chance.binomial(400, 0.12, 4000) / 400, chance.binomial(1200, 0.18, 4000) / 1200
    error = np.sqrt(treated * (1 - treated) / 400 + compared * (1 - compared) / 1200)
    seen = np.mean(np.abs(treated - compared) > 1.96 * error)
    # Monte Carlo error 0.006; the normal approximation is off by as much again.
    assert power_of_difference(400, 3, 0.18, 0.12) == pytest.approx(seen, abs=0.02)


def test_with_very_few_families_no_fall_would_show_and_that_is_said():
    with pytest.raises(NotEstimable, match="too few families to see any difference"):
        minimum_detectable_difference(10, 1, 0.05)


@pytest.mark.parametrize(
    "figures", [{"treated": 0}, {"ratio": 0}, {"base": 0}, {"base": 1.2}, {"design_effect": 0.5}, {"power": 0.3}]
)
def test_figures_out_of_range_are_refused(figures):
    with pytest.raises(ValueError, match=r"must be|is a share|is 1 or more"):
        minimum_detectable_difference(**{"treated": 100, "ratio": 1, "base": 0.2, **figures})


def test_risks_out_of_range_or_equal_are_refused():
    with pytest.raises(ValueError, match="risk"):
        power_of_difference(100, 1, 0.2, 1.2)
    with pytest.raises(ValueError, match="risk"):
        families_needed(0.2, 0.2)
