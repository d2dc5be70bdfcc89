"""Break-even: arithmetic that claims nothing, then association, then what was found here, each under its label."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.break_even import (
    ASSOCIATION,
    LOCAL_ASSOCIATION,
    LOCAL_CAUSAL,
    NO_CLAIM,
    Avoidable,
    LogRatio,
    break_even_ratio,
    first_step,
    further_step,
    ladder,
    units_needed,
)
from earlyhelp.economics.claims_guard import guarded

# Care: 5,000 pounds a month, 20 months an event, 4 of 100 families without the service.
CARE = Avoidable("care", "a child looked after", "month", 5_000, 20, 0.04)
HALF = LogRatio(log(0.5), 0.2)


def test_a_service_of_100_000_pounds_must_avoid_20_months_of_care_at_5_000():
    step = first_step(100_000, 50, CARE)
    assert (step.needed, step.avoided, step.basis) == (20, None, NO_CLAIM)
    assert step.sentence == (
        "To pay for itself by this alone it would have to avoid 20.0 months a year of a child looked after, or 1.0 families "
        "a year out of 50 who have the service."
    )


def test_where_more_would_have_to_be_avoided_than_there_are_families_it_says_so():
    assert first_step(100_000, 0.5, CARE).sentence.endswith("who have the service: more than there are.")


def test_an_effect_avoids_its_share_of_what_would_have_come():
    step = further_step(100_000, 50, CARE, HALF, None)
    # 50 families x 0.04 x 20 months x (1 - 0.5)
    assert step.avoided == pytest.approx(20)
    assert step.lower < step.avoided < step.upper
    assert step.basis == ASSOCIATION


@pytest.mark.parametrize(
    ("grade", "label"), [(1, LOCAL_ASSOCIATION), (2, LOCAL_ASSOCIATION), (3, LOCAL_CAUSAL), (5, LOCAL_CAUSAL)]
)
def test_a_local_finding_is_called_causal_from_grade_3_on(grade, label):
    assert further_step(100_000, 50, CARE, HALF, grade).basis == label


def test_the_steps_come_in_order_and_only_where_something_is_known():
    unknown = Avoidable("abuse", "an incident", "incident", 3_000, 1)
    steps = ladder(100_000, 50, [CARE, unknown], {"care": HALF, "abuse": HALF}, {"care": (HALF, 2)})
    assert [(each.outcome, each.basis) for each in steps] == [
        ("care", NO_CLAIM), ("abuse", NO_CLAIM), ("care", ASSOCIATION), ("care", LOCAL_ASSOCIATION),
    ]  # fmt: skip
    for each in steps:
        assert guarded(each.sentence)


def test_without_a_risk_no_effect_can_be_told():
    with pytest.raises(ValueError, match="risk"):
        further_step(100_000, 50, Avoidable("x", "x", "month", 1, 1), HALF, 2)


@given(st.floats(0, 1e7), st.floats(1, 1e5))
def test_what_is_needed_costs_what_the_service_costs(cost, pounds):
    assert units_needed(cost, pounds) * pounds == pytest.approx(cost)


@pytest.mark.parametrize(("cost", "pounds"), [(-1, 10), (10, 0)])
def test_a_cost_below_0_or_a_unit_for_nothing_is_refused(cost, pounds):
    with pytest.raises(ValueError, match="cost"):
        units_needed(cost, pounds)


@pytest.mark.parametrize(
    ("saved", "perfect", "ratio"), [(100, 400, 0.75), (0, 400, 1.0), (400, 400, 0.0), (500, 400, None), (100, 0, None)]
)
def test_the_break_even_ratio_is_where_what_is_displaced_equals_what_is_kept(saved, perfect, ratio):
    assert break_even_ratio(saved, perfect) == ratio
