"""Which mix does most good: small programmes that can be solved by eye, and every mix tried against the solver."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.economics.portfolio import Candidate, best_mix
from earlyhelp.errors import UsageProblem

DRAWS = 50


def always(service: str, pounds: float, most: float, good: float, **more) -> Candidate:
    return Candidate(service, pounds, most, np.full(DRAWS, good), **more)


STRONG = always("strong", 1_000, 50, 0.10)  # 10 of 100,000 pounds
CHEAP = always("cheap", 200, 100, 0.01)  # 5 of 100,000 pounds
HARMFUL = always("harmful", 100, 100, -0.05)


def places(found) -> dict[str, float]:
    return {each.service: round(each.places, 6) for each in found.services}


def test_money_goes_first_where_a_pound_does_most_then_to_the_next():
    found = best_mix([STRONG, CHEAP, HARMFUL], 60_000)
    assert places(found) == {"strong": 50, "cheap": 50, "harmful": 0}
    assert found.spent == pytest.approx(60_000)
    assert found.good == pytest.approx((5.5, 5.5, 5.5))


def test_money_is_left_over_rather_than_spent_on_harm():
    assert best_mix([HARMFUL], 10_000).spent == 0


def test_a_statutory_least_is_kept_whatever_it_does():
    assert places(best_mix([STRONG, replace(HARMFUL, least=20)], 50_000)) == {"strong": 48, "harmful": 20}


def test_an_area_gets_its_share_of_the_places():
    east = replace(STRONG, areas={"East": 1.0})
    west = replace(CHEAP, areas={"West": 1.0})
    found = best_mix([east, west], 12_000, {"West": 0.5})
    assert places(found) == {"strong": 10, "cheap": 10}


def test_a_whole_service_runs_in_full_or_not_at_all():
    whole = replace(STRONG, whole=True)
    assert places(best_mix([whole, CHEAP], 49_999)) == {"strong": 0, "cheap": 100}
    assert places(best_mix([whole, CHEAP], 50_000)) == {"strong": 50, "cheap": 0}


def test_where_no_mix_keeps_every_rule_it_says_which():
    with pytest.raises(UsageProblem, match="No mix") as refused:
        best_mix([replace(STRONG, least=50)], 1_000)
    assert "envelope-holds-the-least" in refused.value.where


def test_a_choice_that_hangs_on_chance_is_called_fragile_and_a_clear_one_is_not():
    rng = np.random.default_rng(1)
    twins = [Candidate(name, 1_000, 50, rng.normal(0.1, 0.05, 400)) for name in ("a", "b", "c", "d")]
    guess = best_mix(twins, 50_000)
    assert guess.fragile
    assert guess.regret > 0
    assert all(0.1 < each.share_of_draws < 0.45 for each in guess.services)
    clear = best_mix([STRONG, CHEAP], 50_000)
    assert not clear.fragile
    assert clear.regret == pytest.approx(0)


def test_the_mix_is_set_beside_what_is_done_now_draw_by_draw():
    found = best_mix([STRONG, CHEAP], 50_000, present=[0, 100])
    assert found.present == pytest.approx((1, 1, 1))
    assert found.better_than_present == 1


@pytest.mark.parametrize("broken", [{"pounds": 0}, {"least": 60}, {"least": -1}])
def test_a_place_without_a_cost_or_a_least_above_the_most_is_refused(broken):
    with pytest.raises(UsageProblem) as refused:
        replace(STRONG, **broken)
    assert refused.value.where.startswith("strong (rule ")


@pytest.mark.parametrize(("envelope", "floors"), [(-1, {}), (100, {"East": 1.5})])
def test_an_envelope_below_0_or_a_floor_that_is_no_share_is_refused(envelope, floors):
    with pytest.raises(UsageProblem):
        best_mix([STRONG], envelope, floors)


services = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4), st.floats(-1, 2)), min_size=1, max_size=4)


@given(services, st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_of_whole_services_the_best_of_every_mix_is_found(rows, envelope):
    given = [always(str(n), pounds, most, good, whole=True) for n, (pounds, most, good) in enumerate(rows)]
    mixes = [
        sum(each.most * each.good[0] for each, taken in zip(given, mix, strict=True) if taken)
        for mix in product((False, True), repeat=len(given))
        if sum(each.most * each.pounds for each, taken in zip(given, mix, strict=True) if taken) <= envelope
    ]
    assert best_mix(given, envelope, solve_draws=1).good[1] == pytest.approx(max(mixes), abs=1e-6)
