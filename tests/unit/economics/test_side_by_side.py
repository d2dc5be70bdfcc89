"""Services side by side: break-even for each that has a cost, an effect where one was found, apart only where ranges are."""

from __future__ import annotations

from math import log

from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.break_even import LOCAL_ASSOCIATION, NO_CLAIM, LogRatio
from earlyhelp.economics.effects import Local
from earlyhelp.economics.service_facts import Price, Risk, ServiceFacts
from earlyhelp.economics.side_by_side import fewer_than, side_by_side

CARE = Price("care", "a child looked after", "month", {"council_social_care": 5000.0}, 0.3, "ledger", "2025-26",
             still_open=(1.0, 0.5))  # fmt: skip
HALF = Local(LogRatio(log(0.5), 0.01), 2)


def facts(name: str = "S01", cost: float | None = 60_000, families: float | None = 100, **more: object) -> ServiceFacts:
    return ServiceFacts(name, f"Service {name}", cost, "ledger", families, {}, {}, **more)  # type: ignore[arg-type]


def test_what_would_pay_for_a_service_is_told_without_any_study_of_it():
    [beside] = side_by_side([facts()], [CARE])
    assert [(step.basis, step.needed) for step in beside.steps] == [(NO_CLAIM, 12.0)]
    assert (beside.found, beside.design_grade, beside.fewer_than) == (None, None, ())


def test_a_service_without_a_cost_has_no_break_even():
    assert [each.steps for each in side_by_side([facts(cost=None), facts(cost=-5.0)], [CARE])] == [(), ()]


def test_what_was_found_here_is_told_after_the_arithmetic_where_risk_and_families_are_known():
    known = {"risks": {"care": Risk(20, 100, "all")}, "effects": {"care": HALF}, "any_step": HALF}
    service = ServiceFacts("S01", "One", 60_000, "ledger", 100, known["risks"], known["effects"], HALF)  # type: ignore[arg-type]
    [beside] = side_by_side([service], [CARE])
    assert [step.basis for step in beside.steps] == [NO_CLAIM, LOCAL_ASSOCIATION]
    assert beside.steps[1].avoided is not None
    assert round(beside.steps[1].avoided, 1) == 15.0  # 100 families, a risk of 0.2 halved, 1.5 months each
    assert beside.design_grade == 2


def test_the_doubt_of_a_weak_design_is_in_the_range_that_is_compared():
    [beside] = side_by_side([facts(any_step=HALF)], [])
    assert beside.found is not None
    assert beside.found.spread > 0.01


def test_ranges_that_touch_tell_nothing_apart_and_ranges_that_do_not_say_which_is_lower():
    low, high, wide = LogRatio(log(0.5), 0.05), LogRatio(log(1.0), 0.05), LogRatio(log(0.8), 0.5)
    told = {"low": low, "high": high, "wide": wide}
    assert {name: fewer_than(name, told) for name in told} == {"low": ("high",), "high": (), "wide": ()}
    assert fewer_than("nobody", told) == ()


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 2)), min_size=2, max_size=5))
def test_no_service_is_below_itself_and_no_two_are_below_each_other(drawn):
    told = {str(place): LogRatio(*each) for place, each in enumerate(drawn)}
    below = {(name, other) for name in told for other in fewer_than(name, told)}
    assert all(name != other and (other, name) not in below for name, other in below)
