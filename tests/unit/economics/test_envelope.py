"""What an envelope buys: a mix only where the services that would lose are shown to do less for a pound."""

from __future__ import annotations

from math import log

import pytest

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.effects import Local
from earlyhelp.economics.envelope import FRAGILE, OVERLAP, TOO_FEW, mix_within
from earlyhelp.economics.service_facts import Risk, ServiceFacts
from earlyhelp.economics.side_by_side import Beside, side_by_side
from earlyhelp.errors import UsageProblem

RISK = Risk(400, 1000, "like families")


def beside(*told: tuple[str, float, float]) -> tuple[Beside, ...]:
    """Services of 100,000 pounds and 100 families each, by name, risk ratio and its spread, from designs of grade 5."""
    return side_by_side(
        [
            ServiceFacts(
                name, name, 100_000, "ledger", 100, {}, {}, Local(LogRatio(log(ratio), spread), 5), step_risk=RISK
            )
            for name, ratio, spread in told
        ],
        [],
    )


def test_where_ranges_are_far_apart_the_money_goes_where_a_pound_is_shown_to_do_more():
    mix = mix_within(beside(("strong", 0.3, 0.02), ("weak", 0.97, 0.02)), 100_000, {}, 1)
    assert mix.found is not None
    places = {each.service: round(each.places) for each in mix.found.services}
    assert places == {"strong": 100, "weak": 0}


def test_where_ranges_overlap_no_mix_is_told():
    mix = mix_within(beside(("one", 0.80, 0.02), ("other", 0.82, 0.02)), 100_000, {}, 1)
    assert mix.found is None
    assert mix.why_not in (OVERLAP, FRAGILE)


def test_an_envelope_that_pays_for_all_that_there_is_takes_from_nobody():
    mix = mix_within(beside(("one", 0.5, 0.02), ("other", 0.52, 0.02)), 200_000, {}, 1)
    assert mix.found is not None
    assert [round(each.places) for each in mix.found.services] == [100, 100]


def test_a_service_grows_no_further_than_its_capacity():
    found = mix_within(beside(("strong", 0.3, 0.02), ("weak", 0.97, 0.02)), 200_000, {"strong": 150}, 1).found
    assert found is not None
    assert [round(each.places) for each in found.services] == [150, 50]


def test_of_one_service_there_is_no_mix():
    mix = mix_within(beside(("one", 0.5, 0.02)), 100_000, {}, 1)
    assert (mix.found, mix.why_not) == (None, TOO_FEW)


def test_a_service_of_which_nothing_was_found_is_in_no_mix():
    unknown = side_by_side([ServiceFacts("unknown", "unknown", 1, "ledger", 100, {}, {}, step_risk=RISK)], [])
    assert mix_within((*beside(("one", 0.5, 0.02)), *unknown), 100_000, {}, 1).names == ("one",)


def test_the_same_seed_gives_the_same_mix():
    told = beside(("strong", 0.3, 0.1), ("weak", 0.97, 0.1))
    assert mix_within(told, 50_000, {}, 3) == mix_within(told, 50_000, {}, 3)


def test_an_envelope_below_nothing_is_refused():
    with pytest.raises(UsageProblem, match="envelope"):
        mix_within(beside(("one", 0.5, 0.02), ("other", 0.52, 0.02)), -1, {}, 1)
