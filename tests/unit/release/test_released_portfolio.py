"""All services as they may be shown: told by name, apart only where ranges are, and no claim that may not be made."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest
from tests.unit.reports import released

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.effects import Local
from earlyhelp.economics.envelope import mix_within
from earlyhelp.economics.parameters import DECLARED
from earlyhelp.economics.service_facts import Price, Risk, ServiceFacts
from earlyhelp.economics.side_by_side import side_by_side
from earlyhelp.errors import GateClosed
from earlyhelp.release.portfolio import NO_COST, NOTHING, ONE, OVERLAP, publish_portfolio

CARE = Price("care", "a child looked after", "month", {"council_social_care": 5000.0}, 0.3, "ledger", "2025-26",
             still_open=(1.0, 0.5))  # fmt: skip
WEAK_AND_STRONG = (("S1", "Oak", 0.97), ("S2", "Elm", 0.2))


def facts(service: str, name: str, ratio: float | None = None, cost: float | None = 60_049.0) -> ServiceFacts:
    local = None if ratio is None else Local(LogRatio(log(ratio), 0.05), 5)
    why = "" if local else "There are fewer than 40 families."
    return ServiceFacts(service, name, cost, "ledger", 100, {}, {}, local, no_effect=why)


def told(*services: ServiceFacts, **claims: object):
    studies = {each.service: released.finding(each.service, each.name) for each in services} | claims
    return publish_portfolio(side_by_side(services, [CARE]), studies, "2025-26", DECLARED)  # type: ignore[arg-type]


def test_services_with_something_found_come_first_and_within_each_by_name():
    found = told(facts("S3", "Ash"), facts("S1", "Oak", 0.9), facts("S2", "Elm", 0.8))
    assert [row["name"] for row in found.rows] == ["Elm", "Oak", "Ash"]


def test_where_all_ranges_overlap_no_order_is_told():
    assert told(facts("S1", "Oak", 0.9), facts("S2", "Elm", 0.9)).notes[0] == OVERLAP


def test_a_range_that_lies_wholly_below_another_is_told_with_what_that_does_not_say():
    found = told(facts("S1", "Oak", 0.3), facts("S2", "Elm", 2.0))
    assert found.notes[0].startswith("Oak: its range lies wholly below that of Elm.")
    assert "does not say which would do more for the same ones" in found.notes[0]
    assert [row["fewer_than_names"] for row in found.rows] == [[], ["Elm"]]


@pytest.mark.parametrize(("services", "note"), [([("S1", "Oak", 0.9), ("S2", "Elm")], ONE), ([("S1", "Oak")], NOTHING)])
def test_with_one_service_or_none_there_is_nothing_to_set_beside_it(services, note):
    assert told(*(facts(*each) for each in services)).notes[0] == note


def test_a_service_without_a_study_has_its_break_even_and_says_why_there_is_no_more():
    [row] = told(facts("S1", "Oak")).rows
    assert (row["risk_ratio"], row["design_grade"], row["why_no_effect"]) == (
        None,
        None,
        "There are fewer than 40 families.",
    )
    assert row["break_even"][0]["needed"] == 12.0
    assert (row["annual_cost"], row["cost_a_family_offered"]) == (60_000, 600)


def test_a_service_without_a_cost_says_so():
    [row] = told(facts("S1", "Oak", cost=None)).rows
    assert (row["annual_cost"], row["cost_a_family_offered"], row["why_no_cost"]) == (None, None, NO_COST)


def test_without_families_or_without_cost_nobody_can_tell_what_a_family_costs():
    nobody = replace(facts("S1", "Oak"), families_a_year=0)
    free = facts("S1", "Oak", cost=0.0)
    assert [told(each).rows[0]["cost_a_family_offered"] for each in (nobody, free)] == [None, None]


def test_what_may_and_may_not_be_said_is_that_of_the_study():
    [row] = told(facts("S1", "Oak", 0.9)).rows
    assert row["may_say"] == list(released.finding("S1", "Oak").may_say)
    assert row["may_not_say"] == [released.CAUSED]


def test_a_claim_that_may_not_be_made_is_refused():
    bad = released.finding("S1", "Oak")
    object.__setattr__(bad, "may_say", ("Oak prevented 12 entries into care.",))
    with pytest.raises(GateClosed):
        told(facts("S1", "Oak", 0.9), S1=bad)


def test_what_an_envelope_buys_is_told_by_name_with_its_range_or_why_it_is_not():
    services = [replace(facts(*each), step_risk=Risk(400, 1000, "like families")) for each in WEAK_AND_STRONG]
    claims = {each.service: released.finding(each.service, each.name) for each in services}
    side = side_by_side(services, [CARE])
    mix = publish_portfolio(side, claims, "2025-26", DECLARED, mix_within(side, 60_049, {}, 1)).as_dict()["mix"]
    assert [(row["name"], row["places"], row["places_now"]) for row in mix["services"]] == [
        ("Elm", 100, 100),
        ("Oak", 0, 100),
    ]
    assert [row["spent"] for row in mix["services"]] == [60_000, 0], "to the hundred pounds"
    assert mix["fewer_5"] < mix["fewer_50"] < mix["fewer_95"]
    one = publish_portfolio(side[:1], claims, "2025-26", DECLARED, mix_within(side[:1], 60_000, {}, 1))
    assert one.as_dict()["mix"]["why_not"].startswith("Of fewer than two services")
    assert "mix" not in publish_portfolio(side, claims, "2025-26", DECLARED).as_dict()
