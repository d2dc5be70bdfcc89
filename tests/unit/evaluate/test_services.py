"""Services in groups: what is called better, what is not, and what no figure is given for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import effect
from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.evaluate.services import ServiceEffect, cost_per_step_up, grouped

BETTER, AS_EXPECTED, WORSE, TOO_FEW, CANNOT_TELL = Standing
thorough = settings(max_examples=60, deadline=None, derandomize=True)


def service(name, estimate=0.0, error=0.02, **changes):
    found = {"events_offered": 40, "events_compared": 90, "comparable": True} | changes
    return ServiceEffect(name, effect("entropy_balancing", estimate, error), **found)


def groups(*services, **options):
    return {each.service: each.group for each in grouped(services, **options).services}


def test_one_good_one_bad_and_one_idle_service():
    found = groups(service("mentors", -0.09), service("parenting", 0.09), service("visits", 0.004))
    assert found == {"mentors": BETTER, "parenting": WORSE, "visits": AS_EXPECTED}


def test_the_list_is_in_the_order_of_names_whatever_the_effects():
    given_in = [service("b", -0.09), service("c", 0.0), service("a", 0.09)]
    assert [each.service for each in grouped(given_in).services] == ["a", "b", "c"]


def test_a_service_whose_study_was_refused_stays_in_the_list_with_its_reason():
    refused = ServiceEffect("visits", None, 0, 0, False, refused="Nobody like these families was without the service.")
    found = grouped([service("mentors", -0.09), refused]).services[1]
    assert (found.group, found.sentence) == (CANNOT_TELL, "Nobody like these families was without the service.")
    assert (found.estimate, found.shrunken, found.q, found.cost) == (None, None, None, None)
    assert found.cost_reason


def test_families_that_are_not_alike_tell_nothing_however_large_the_difference():
    found = grouped([service("visits", -0.3, comparable=False)]).services[0]
    assert found.group is CANNOT_TELL
    assert "not alike enough" in found.sentence
    assert found.shrunken is None


@pytest.mark.parametrize(
    ("offered", "compared", "group"), [(9, 90, TOO_FEW), (90, 9, TOO_FEW), (10, 10, BETTER), (0, 0, TOO_FEW)]
)
def test_under_ten_step_ups_in_either_arm_are_too_few_to_say(offered, compared, group):
    assert groups(service("visits", -0.2, events_offered=offered, events_compared=compared)) == {"visits": group}


@pytest.mark.parametrize("error", [0.0, math.nan])
def test_an_estimate_without_a_standard_error_cannot_be_told(error):
    assert groups(service("visits", -0.2, error)) == {"visits": CANNOT_TELL}


def test_what_cannot_be_told_neither_moves_the_mean_nor_counts_among_those_looked_at():
    alone = grouped([service("mentors", -0.06), service("visits", 0.0)])
    beside = grouped(
        [service("mentors", -0.06), service("visits", 0.0)]
        + [service(f"x{n}", 0.5, comparable=False) for n in range(5)]
        + [service(f"y{n}", 0.5, events_offered=3) for n in range(5)]
    )
    assert beside.pooled is not None
    assert beside.pooled.mean == alone.pooled.mean
    assert beside.services[0] == alone.services[0]


def test_of_twenty_services_one_at_two_standard_errors_is_not_called():
    found = groups(service("visits", -0.042), *[service(f"x{n:02d}", 0.0) for n in range(19)])
    assert set(found.values()) == {AS_EXPECTED}
    assert groups(service("visits", -0.042)) == {"visits": BETTER}  # alone it would have been


def test_the_effect_that_is_shown_is_drawn_in_but_by_one_standard_error_at_the_most():
    found = grouped([service("good", -0.10), *[service(f"x{n}", 0.0) for n in range(8)]]).services[0]
    assert found.shrunken.estimate == pytest.approx(-0.08)
    assert found.estimate.estimate == -0.10


def test_no_effect_shown_is_not_told_as_no_effect():
    [found] = grouped([service("visits", -0.01)]).services
    assert found.sentence.startswith(
        "No effect shown: the difference lies between 4.9 fewer and 2.9 more step-ups in 100"
    )
    assert found.sentence.endswith("This is no proof that there is none.")


@pytest.mark.parametrize(("maryland", "words"), [(2, "is associated with"), (3, "was followed by")])
def test_a_matched_comparison_is_an_association_and_no_more(maryland, words):
    [found] = grouped([service("visits", -0.08, maryland=maryland)]).services
    assert f"Being offered it {words} 8.0 fewer first step-ups in 100 families (4.1 to 11.9)" in found.sentence
    assert "caus" not in found.sentence


def test_what_a_step_up_avoided_costs_worked_by_hand():
    # 200,000 a year for 100 families is 2,000 a family; 8 fewer in 100 is one for 12.5 families: 25,000.
    saved = effect("shrunken", -0.08, 0.02)
    found = cost_per_step_up(200_000, 100, saved)
    assert found.estimate == pytest.approx(25_000)
    assert found.lower == pytest.approx(2_000 / (0.08 + 0.0391993), rel=1e-6)
    assert found.upper == pytest.approx(2_000 / (0.08 - 0.0391993), rel=1e-6)
    [told] = grouped([service("visits", -0.08, annual_cost=200_000, offered_a_year=100)]).services
    assert told.cost == pytest.approx(found)
    assert told.cost_reason == ""


@pytest.mark.parametrize(
    ("estimate", "money", "reason"),
    [
        (-0.01, {"annual_cost": 1000, "offered_a_year": 10}, "not shown that any is avoided"),
        (0.09, {"annual_cost": 1000, "offered_a_year": 10}, "more families stepped up"),
        (-0.09, {"annual_cost": None, "offered_a_year": 10}, "the ledger holds no cost"),
        (-0.09, {"annual_cost": 1000, "offered_a_year": None}, "the ledger holds no cost"),
        (-0.09, {"annual_cost": 0, "offered_a_year": 10}, "the ledger holds no cost"),
    ],
)
def test_where_no_cost_can_be_given_the_reason_is(estimate, money, reason):
    [found] = grouped([service("visits", estimate, **money)]).services
    assert found.cost is None
    assert reason in found.cost_reason


def test_a_cost_for_each_step_up_needs_an_effect_that_is_fewer_for_certain():
    with pytest.raises(ValueError, match="fewer for certain"):
        cost_per_step_up(1000, 10, effect("shrunken", -0.03, 0.02))


def test_the_chance_that_an_effect_is_worth_having_is_beside_it():
    [found] = grouped([service("visits", -0.04)], worthwhile=0.02).services
    assert found.probability_worthwhile == pytest.approx(0.8413, abs=1e-4)  # one standard error beyond
    [none] = grouped([service("visits", -0.04)], worthwhile=0.04).services
    assert none.probability_worthwhile == pytest.approx(0.5)


def test_no_service_at_all_is_said():
    found = grouped([])
    assert (found.services, found.pooled, found.note) == ((), None, "No service can be told.")


def test_a_service_named_twice_is_a_mistake():
    with pytest.raises(ValueError, match="twice"):
        grouped([service("visits"), service("visits")])


@thorough
@given(st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(0.01, 0.1)), min_size=1, max_size=15))
def test_better_and_worse_are_called_only_where_both_rules_allow_it(rows):
    for found in grouped([service(f"{n:02d}", y, e) for n, (y, e) in enumerate(rows)]).services:
        called = found.group in (BETTER, WORSE)
        assert called == (found.q < 0.05 and not found.shrunken.lower <= 0 <= found.shrunken.upper)
        if called:
            assert (found.shrunken.estimate < 0) == (found.group is BETTER)


def called_better(truth, error, runs=400):
    """The share of runs in which each service is called better."""
    generator, share = np.random.default_rng(20), np.zeros(len(truth))
    for _ in range(runs):
        seen = truth + error * generator.normal(size=len(truth))
        found = grouped([service(f"{n:02d}", y, error) for n, y in enumerate(seen)])
        share += [each.group is BETTER for each in found.services]
    return share / runs


def test_a_good_service_among_eleven_that_do_nothing_is_called_better_in_four_of_five_councils():
    """True effect 8 fewer in 100, standard error 2: found in 83 of 100 (error of the simulation 2)."""
    share = called_better(np.array([-0.08] + [0.0] * 11), 0.02)
    assert share[0] >= 0.8
    assert share[1:].max() <= 0.05
    assert share[1:].mean() <= 0.01


@pytest.mark.parametrize("good", [0, 6, 11])
def test_a_service_that_does_nothing_is_called_better_in_at_most_one_council_of_twenty(good):
    share = called_better(np.array([-0.08] * good + [0.0] * (12 - good)), 0.02)
    assert share[good:].max() <= 0.05
