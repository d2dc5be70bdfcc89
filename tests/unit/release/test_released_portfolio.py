"""All services as they may be shown: told by name, apart only where ranges are, and no claim that may not be made."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest
from tests.unit.reports import released

from earlyhelp.economics.break_even import LogRatio, Step
from earlyhelp.economics.effects import Local
from earlyhelp.economics.envelope import Mix, mix_within
from earlyhelp.economics.parameters import DECLARED
from earlyhelp.economics.portfolio import Chosen, Portfolio
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
    assert told(facts("S1", "Oak", cost=1.0)).rows[0]["cost_a_family_offered"] == 0, "next to nothing is known"


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


def test_figures_of_a_service_are_told_as_near_as_they_are_known():
    """Pounds to a hundred, of a family to ten, units to a tenth, ratios to a hundredth."""
    [row] = told(replace(facts("S1", "Oak", 0.876), annual_cost=60_149.0, families_a_year=97)).rows
    assert (row["annual_cost"], row["cost_a_family_offered"]) == (60_100, 620)
    assert row["risk_ratio"] == 0.88
    assert row["lower"] < 0.88 < row["upper"]
    assert [row["lower"], row["upper"]] == [round(row["lower"], 2), round(row["upper"], 2)]
    first, *_ = row["break_even"]
    assert (first["needed"], first["avoided"], first["lower"], first["upper"]) == (12.0, None, None, None)
    step = Step("care", "arithmetic: no causal claim", 3.34, 1.26, 0.44, 2.06, "It would have to avoid 3.3.")
    beside = replace(side_by_side([facts("S1", "Oak")], [CARE])[0], steps=(step,))
    study = {"S1": released.finding("S1", "Oak")}
    [shown] = publish_portfolio([beside], study, "2025-26", DECLARED).rows[0]["break_even"]
    assert [shown[name] for name in ("needed", "avoided", "lower", "upper")] == [3.3, 1.3, 0.4, 2.1]


def test_a_sentence_on_a_service_without_a_study_may_claim_no_cause():
    cause = Step("care", "basis", 3.0, None, None, None, "Oak prevented 3 entries into care.")
    study = {"S1": released.finding("S1", "Oak")}
    without = replace(side_by_side([facts("S1", "Oak")], [CARE])[0], steps=(cause,))
    with pytest.raises(GateClosed):
        publish_portfolio([without], study, "2025-26", DECLARED)
    graded = replace(without, design_grade=3)
    assert (
        publish_portfolio([graded], study, "2025-26", DECLARED).rows[0]["break_even"][0]["sentence"] == cause.sentence
    )


def test_why_there_is_no_effect_is_what_the_service_says_then_what_the_study_says_then_that_there_are_too_few():
    silent = replace(facts("S1", "Oak"), no_effect="")
    refused = replace(released.finding("S1", "Oak"), gate={"passed": False, "reasons": ["The groups are not alike."]})
    assert told(facts("S1", "Oak"), S1=refused).rows[0]["why_no_effect"] == "There are fewer than 40 families."
    assert told(silent, S1=refused).rows[0]["why_no_effect"] == "The groups are not alike."
    nothing = replace(refused, gate={"passed": True, "reasons": []})
    assert told(silent, S1=nothing).rows[0]["why_no_effect"].startswith("Too few families had the outcome")
    assert told(facts("S1", "Oak", 0.9)).rows[0]["why_no_effect"] == ""


def test_what_an_envelope_buys_is_told_in_whole_families_tenths_of_step_ups_and_hundredths_of_draws():
    bought = (Chosen("S1", 33.4, 20_049.0, 0.9876), Chosen("S2", 66.7, 40_050.1, 0.5049))
    found = Portfolio(bought, 60_000.0, (1.26, 2.34, 3.06), 0.1, 0.9876)
    side = side_by_side([facts("S1", "Oak"), facts("S2", "Elm")], [CARE])
    claims = {each: released.finding(each, each) for each in ("S1", "S2")}
    mix = publish_portfolio(side, claims, "2025-26", DECLARED, Mix(60_000.0, ("S1", "S2"), (49.6, 70.2), found)).mix
    assert mix is not None
    elm, oak = mix["services"]
    assert (oak["places"], oak["places_now"], oak["spent"], oak["share_of_draws"]) == (33, 50, 20_000, 0.99)
    assert (elm["places"], elm["places_now"], elm["spent"], elm["share_of_draws"]) == (67, 70, 40_100, 0.5)
    assert (mix["fewer_5"], mix["fewer_50"], mix["fewer_95"], mix["same_mix"]) == (1.3, 2.3, 3.1, 0.99)
