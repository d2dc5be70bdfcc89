"""A scenario from facts that a person can check by eye: what is asked, what is drawn, what is shown, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from math import log

import pytest

from earlyhelp.economics.break_even import Avoidable, LogRatio
from earlyhelp.economics.effects import Local, combined, contradicts, effect_used, log_ratio_of_difference, with_doubt
from earlyhelp.economics.local_prices import OUTCOMES_PRICED, price_year
from earlyhelp.economics.scenario import project
from earlyhelp.economics.scenario_file import EXAMPLE, read_scenario
from earlyhelp.economics.service_facts import Price, Risk, ServiceFacts
from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import effect
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.release import policy
from earlyhelp.release.scenarios import (
    cost_told,
    effect_shown,
    families_shown,
    publish_break_even,
    publish_scenario,
    risk_shown,
)

CARE = Price("care", "a child looked after", "month", {"council_social_care": 6_000.0}, 0.25, "ledger", "2025-26",
             still_open=(1.0,) * 12)  # fmt: skip
ABUSE = Price("abuse_again", "another incident", "incident", {"nhs": 600.0, "police": 300.0, "council_housing": 100.0}, 0.4,
              "national", "2025-26")  # fmt: skip
RISKS = {"care": Risk(40, 400, "families like them"), "abuse_again": Risk(80, 400, "families like them")}
STRONG = Local(LogRatio(log(0.4), 0.1), 3)
KEYWORK = ServiceFacts("S01", "Key work", 100_000, "ledger", 100, RISKS, {"care": STRONG, "abuse_again": STRONG})
DROP_IN = replace(KEYWORK, service="S02", name="Drop-in", annual_cost=50_000, effects={}, no_effect="Too few families.")
SERVICES = ("S01", "S02")


def asked(text: str = EXAMPLE, **changed):
    return replace(read_scenario(text, "cut.toml", SERVICES, OUTCOMES_PRICED), **changed)


@cache
def usual():
    """The example as it is shown, drawn once for all who look at it."""
    return drawn()


def shown(*services: ServiceFacts, **changed):
    return drawn(*services, **changed) if services or changed else usual()


def drawn(*services: ServiceFacts, **changed):
    return publish_scenario(project(asked(**changed), services or [KEYWORK], [CARE, ABUSE], "cut.toml"))


def purse(told, name="council"):
    return next(row for row in told.as_dict()["purses"] if row["purse"] == name)


def test_the_example_is_read_as_it_is_written():
    found = asked()
    assert (found.kind, found.service, found.share, found.begins, found.years) == ("cut", "S01", 0.2, "2026-04", 3)
    assert found.horizon == 5


def test_a_fifth_of_100_000_pounds_for_three_years_leaves_the_budget_and_20_families_are_without():
    told = shown().as_dict()
    # 20,000 x (1 + 1/1.035 + 1/1.035^2)
    assert purse(shown())["out_of_the_budget"] == pytest.approx(20_000 * 2.8997, abs=100)
    assert told["services"][0]["families_without_it"] == 20
    budget = [row["out_of_the_budget"] for row in told["by_agency_and_year"] if row["agency"] == "council_social_care"]
    assert budget == [20_000, 20_000, 20_000, 0, 0]


def test_one_family_is_without_it_and_two_are():
    said = {
        count: shown(replace(KEYWORK, families_a_year=5.0 * count)).sentences[1] for count in (1, 2)
    }  # a fifth of the money
    assert said[1] == "About 1 family a year is without Key work."
    assert said[2] == "About 2 families a year are without Key work."


def test_a_simulator_and_the_arithmetic_alone_rest_on_one_cost():
    own = replace(KEYWORK, annual_cost=cost_told(41_461.0))
    by_scenario = {row["outcome"]: row["needed"] for row in shown(own).as_dict()["break_even"]}
    avoidable = [Avoidable(each.outcome, each.words, each.unit, each.pounds, each.units) for each in (CARE, ABUSE)]
    alone = publish_break_even("S01", "Key work", 41_461.0, "ledger", 100, avoidable, policy("dfe"))
    assert alone.annual_cost == own.annual_cost == 41_500
    assert {row["outcome"]: row["needed"] for row in alone.steps} == by_scenario


def test_a_strong_service_costs_more_to_cut_than_to_keep_and_a_drop_in_without_effect_less():
    assert purse(shown())["probability_that_it_saves"] < 0.05
    idle = replace(
        KEYWORK, effects={"care": Local(LogRatio(0.0, 0.01), 5), "abuse_again": Local(LogRatio(0.0, 0.01), 5)}
    )
    cheaper = shown(idle, prior="none")
    assert purse(cheaper)["probability_that_it_saves"] > 0.95
    assert any("cheaper choice for the council" in each for each in cheaper.sentences)


def test_what_is_displaced_by_agency_and_year_comes_to_what_the_purses_bear_in_the_middle():
    told = shown().as_dict()
    rows = [row for row in told["by_agency_and_year"] if row["agency"].startswith("council_")]
    discounted = sum(row["displaced_50"] / 1.035 ** (int(row["year"][:4]) - 2026) for row in rows)
    assert discounted == pytest.approx(purse(shown())["displaced_50"], rel=0.05)
    assert {row["agency"] for row in told["by_agency_and_year"]} == {
        "council_social_care",
        "nhs",
        "police",
        "council_housing",
    }


def test_all_public_bodies_bear_more_than_the_council_alone():
    told = shown()
    assert purse(told, "public purse")["displaced_50"] > purse(told)["displaced_50"] > 0


def test_at_the_break_even_ratio_half_the_draws_save():
    even = purse(shown())["break_even_risk_ratio"]
    at_even = {name: Local(LogRatio(log(even), 0.001), 5) for name in RISKS}
    chance = purse(shown(replace(KEYWORK, effects=at_even), prior="none"))["probability_that_it_saves"]
    assert 0.3 < chance < 0.7


def test_investing_is_the_mirror_of_cutting():
    cut, invest = purse(shown()), purse(shown(kind="invest"))
    assert invest["out_of_the_budget"] == -cut["out_of_the_budget"]
    assert invest["displaced_50"] == pytest.approx(-cut["displaced_50"], abs=200)
    assert invest["probability_that_it_saves"] > 0.95


def test_money_that_moves_leaves_no_budget_and_takes_families_from_one_service_to_the_other():
    told = shown(KEYWORK, DROP_IN, kind="move", to="S02").as_dict()
    assert purse(shown(KEYWORK, DROP_IN, kind="move", to="S02"))["out_of_the_budget"] == 0
    assert [each["families_without_it"] for each in told["services"]] == [20, -40], "a place there costs half"
    assert told["purses"][0]["break_even_risk_ratio"] is None


def test_redundancy_and_money_that_cannot_be_released_are_taken_off():
    whole = purse(shown())["out_of_the_budget"]
    assert purse(shown(one_off_cost=5_000))["out_of_the_budget"] == whole - 5_000
    assert purse(shown(released_share=0.5))["out_of_the_budget"] == pytest.approx(whole / 2, abs=100)


def test_more_than_half_of_a_service_is_flagged_as_extrapolated_and_less_is_not():
    assert any(each.startswith("Extrapolated") for each in shown(share=0.6).flags)
    assert not any(each.startswith("Extrapolated") for each in shown(share=0.5).flags)


def test_where_the_national_evaluation_enters_it_says_of_what_it_is_and_where_it_does_not_it_is_silent():
    assert any("key work with whole families" in each for each in shown().flags)
    assert not any("key work with whole families" in each for each in shown(prior="sceptical").flags)


def test_a_service_whose_name_sounds_like_a_claim_can_be_costed():
    told = shown(replace(KEYWORK, name="Saving Families Works"))
    assert told.sentences[0].startswith("Saving Families Works loses 20% of its money, £20,000 a year")


def test_an_outcome_whose_risk_is_hidden_is_left_out_and_said_to_be():
    few = replace(KEYWORK, risks={"care": RISKS["care"]}, left_out={"abuse_again": "Too few families had it."})
    told = shown(few)
    assert [row["outcome"] for row in told.as_dict()["prices"]] == ["care"]
    assert "Not counted: another incident. Too few families had it." in told.flags


def test_the_same_seed_and_parameters_give_the_same_and_both_are_printed():
    one, other = drawn().as_dict(), drawn().as_dict()
    assert one == other
    assert (one["seed"], one["draws"], len(one["parameters"])) == (20260331, 20_000, 16)
    assert shown(seed=2).as_dict() != one


def test_what_it_hangs_on_most_comes_first():
    tornado = shown().as_dict()["tornado"]
    strengths = [abs(row["public_purse"]) for row in tornado]
    assert strengths == sorted(strengths, reverse=True)
    assert all(-1 <= row["council"] <= 1 for row in tornado)


def test_break_even_comes_with_its_three_labels_and_fiscal_stands_alone():
    told = shown().as_dict()
    assert [row["basis"] for row in told["break_even"]] == [
        "arithmetic: no causal claim", "arithmetic: no causal claim", "association found elsewhere",
        "local causal evidence", "local causal evidence",
    ]  # fmt: skip
    assert {row["account"] for row in told["by_agency_and_year"]} == {"fiscal"}
    assert told["not_priced"] == ["economic", "social"]


@pytest.mark.parametrize(
    ("change", "key", "rule"),
    [
        ("service = \"S09\"", "scenario.service", "known-service"),
        ("share = 1.2", "scenario.share", "cut-at-most-100-per-cent"),
        ("share = -0.2", "scenario.share", "not-negative"),
        ("share = 0", "scenario.share", "share-above-0"),
        ("share = \"a fifth\"", "scenario.share", "number"),
        ("kind = \"slash\"", "scenario.kind", "one-of-a-list"),
        ("from = \"April 2026\"", "scenario.from", "month"),
        ("from = 2026-04-01", "scenario.from", "month"),
        ("years = 0", "scenario.years", "whole-number"),
        ("years = 2.5", "scenario.years", "whole-number"),
        ("one_off_cost = -5", "scenario.one_off_cost", "not-negative"),
        ("annual_cost = -5", "scenario.annual_cost", "not-negative"),
        ("released_share = 1.5", "scenario.released_share", "share-at-most-1"),
        ("colour = 1", "scenario.colour", "known-keys"),
        ("to = \"S02\"", "scenario.to", "to-with-move"),
        ("prior = \"hope\"", "scenario.prior", "one-of-a-list"),
        ("[prices]\nx = 1", "prices", "known-keys"),
        ("[costs]\ncare = -1", "costs.care", "not-negative"),
        ("[costs]\nrent = 1", "costs.rent", "known-outcome"),
        ("[simulation]\ndraws = 100", "simulation.draws", "whole-number"),
        ("[parameters]\ndiscount = 0.03", "parameters", "known-parameter"),
        ("[parameters]\ndiscount_rate = 3.5", "parameters", "known-parameter"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_names_file_key_and_rule(change, key, rule):
    name = change.split(" = ")[0]
    kept = [line for line in EXAMPLE.splitlines() if not line.startswith(f"{name} ")]
    with pytest.raises(InputRefused) as refused:
        asked("\n".join([*kept, change]))
    assert refused.value.where == f"cut.toml, {key} (rule {rule})"
    assert refused.value.fix


HALF = 'service = "S01"\nshare = 0.5\nfrom = "2026-04"'


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[scenario", "cut.toml"),
        ("", "cut.toml, scenario (rule scenario-is-there)"),
        (f'[scenario]\nkind = "stop"\n{HALF}', "cut.toml, scenario.share (rule stop-is-all)"),
        (f'[scenario]\nkind = "move"\nto = "S01"\n{HALF}', "cut.toml, scenario.to (rule two-services)"),
    ],
)
def test_a_file_that_is_none_or_asks_what_cannot_be_is_refused(text, where):
    with pytest.raises(InputRefused) as refused:
        asked(text)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ({"annual_cost": None}, "cost-from-the-ledger"),
        ({"annual_cost": -5.0}, "cost-from-the-ledger"),
        ({"families_a_year": None}, "families-are-known"),
        ({"risks": {}}, "an-outcome-is-known"),
    ],
)
def test_a_service_of_which_something_is_not_known_is_refused_with_what_to_do(missing, rule):
    with pytest.raises(InputRefused) as refused:
        shown(replace(KEYWORK, **missing))
    assert f"(rule {rule})" in refused.value.where
    assert refused.value.fix


def test_without_a_local_effect_and_without_a_prior_an_outcome_is_not_drawn():
    assert effect_used("care", None, None, "none") is None
    with pytest.raises(InputRefused):
        shown(replace(KEYWORK, effects={}), prior="none")


def test_a_local_effect_is_widened_by_its_design_and_drawn_to_what_is_known_elsewhere():
    local = Local(LogRatio(log(0.5), 0.45), 2)
    used = effect_used("care", local, None, "national")
    assert used.local == with_doubt(local) == LogRatio(log(0.5), (0.45**2 + 0.25**2) ** 0.5)
    assert used.used == combined(used.local, LogRatio(log(0.68), 0.25))


def test_need_and_care_take_the_effect_on_any_step_up_with_more_doubt_where_they_have_none_of_their_own():
    step = Local(LogRatio(log(0.6), 0.2), 2)
    used = effect_used("in_need", None, step, "none")
    assert used.used.mean == log(0.6)
    assert used.used.spread > with_doubt(step).spread
    assert "any first step-up" in used.basis


def test_where_what_was_found_here_contradicts_the_national_evaluation_it_is_not_used():
    harmful = Local(LogRatio(log(3.0), 0.1), 3)
    used = effect_used("care", harmful, None, "national")
    assert contradicts(used.local, LogRatio(log(0.68), 0.25))
    assert used.prior.mean == 0
    assert used.used.ratio > 2
    assert "contradicts" in used.basis


def test_a_difference_of_risks_becomes_a_ratio_with_an_error_that_is_not_too_small():
    found = log_ratio_of_difference(0.2, -0.1, -0.1 - 1.96 * 0.02, -0.1 + 1.96 * 0.02)
    assert found.ratio == pytest.approx(0.5)
    assert found.spread == pytest.approx(0.2, rel=0.001)
    assert log_ratio_of_difference(0.1, -0.1, -0.2, 0.0) is None


def test_small_counts_of_families_are_hidden_before_anything_rests_on_them():
    dfe = policy("dfe", 10)
    assert families_shown(4, dfe) is None
    assert families_shown(27, dfe) == 30
    assert risk_shown(0.01, 300, "all", dfe) is None, "three families"
    assert risk_shown(0.99, 300, "all", dfe) is None, "all but three"
    assert risk_shown(0.1, 304, "all", dfe) == Risk(30.0, 300.0, "all")


def test_an_effect_is_shown_only_where_ten_families_of_each_group_had_the_outcome():
    told = Comparison("care", 12, 100, 300, 0, 0, 12, 60, 0.12, 0.2, None, (effect("entropy_balancing", -0.08, 0.04),))
    assert effect_shown(told, 2, policy("dfe")).found.ratio == pytest.approx(0.6)
    assert effect_shown(replace(told, events_treated=9), 2, policy("dfe")) is None
    assert effect_shown(replace(told, estimates=()), 2, policy("dfe")) is None


@pytest.mark.parametrize(
    ("day", "year"), [((2026, 3, 30), "2024-25"), ((2026, 3, 31), "2025-26"), ((2027, 1, 1), "2025-26")]
)
def test_prices_are_of_the_last_financial_year_that_is_over(day, year):
    assert price_year(date(*day)) == year
