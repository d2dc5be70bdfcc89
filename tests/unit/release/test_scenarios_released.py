"""A scenario on its way out, from figures put together by hand: each is told under its name, as near as may be promised."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import pytest

from earlyhelp.economics.break_even import Avoidable, LogRatio, Step
from earlyhelp.economics.effects import UsedEffect
from earlyhelp.economics.elasticities import STUDIES, CrossCheck
from earlyhelp.economics.parameters import PARAMETERS
from earlyhelp.economics.scenario import Projected, Purse, YearOfAgency
from earlyhelp.economics.scenario_file import ScenarioFile
from earlyhelp.economics.service_facts import Price, Risk, ServiceFacts
from earlyhelp.economics.studied_cut import CutStudied, Displaced
from earlyhelp.errors import GateClosed
from earlyhelp.evaluate.methods.effect import Effect
from earlyhelp.evaluate.services import FEWEST_EVENTS
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.release import policy
from earlyhelp.release.scenarios import (
    effect_shown,
    families_shown,
    publish_break_even,
    publish_scenario,
    publish_studied,
    risk_shown,
)

DFE, NONE = policy("dfe"), policy("none")
CARE = Price("care", "a child looked after", "month", {"council_social_care": 6_000.4}, 0.25, "ledger", "2025-26",
             still_open=(1.0, 0.52, 0.26))  # fmt: skip
ABUSE = Price("abuse_again", "another incident", "incident", {"nhs": 600.0}, 0.4, "national", "2025-26")
RISKS = {"care": Risk(50, 400, "families like them"), "abuse_again": Risk(33, 403, "families like them")}
KEYWORK = ServiceFacts("S01", "Key work", 100_040.0, "ledger", 100, RISKS, {})
DROP_IN = replace(KEYWORK, service="S02", name="Drop-in")
RATIO = LogRatio(log(0.5), 0.2)
EFFECTS = (
    UsedEffect("care", RATIO, None, RATIO, 3, "local study"),
    UsedEffect("abuse_again", None, RATIO, RATIO, None, "from elsewhere"),
)
COUNCIL = Purse("council", 20_040.0, (9_960.0, 30_049.0, 50_051.0), (-30_011.0, -10_009.0, 10_080.0), 0.1249, 0.8765)
FOUND = Projected(
    ScenarioFile("cut", "S01", 0.2, "2026-04", 1),
    (KEYWORK,),
    (CARE, ABUSE),
    (EFFECTS,),
    (20.04,),
    (COUNCIL, replace(COUNCIL, name="public purse")),
    (
        YearOfAgency("council_social_care", 0, 20_040.0, (1_049.0, 2_051.0, 3_000.0)),
        YearOfAgency("nhs", 1, 0.0, (149.0, 151.0, 250.1)),
    ),
    {"care": (0.04, 1.26, 2.34)},
    (("risk of care", 0.126, -0.234),),
    (
        Step(
            "care",
            "arithmetic: no causal claim",
            3.34,
            1.26,
            0.44,
            2.06,
            "To pay for itself it would have to avoid 3.3.",
        ),
    ),
    (),
)


def content(found: Projected = FOUND, *checks: CrossCheck) -> dict[str, Any]:
    return publish_scenario(found, checks).as_dict()


def test_money_is_told_to_the_nearest_hundred_a_chance_to_a_hundredth_and_families_to_a_tenth():
    told = content()
    [service], [council, _] = told["services"], told["purses"]
    assert (service["annual_cost"], service["families_without_it"]) == (100_000, 20.0)
    assert council["out_of_the_budget"] == 20_000
    assert [council[f"displaced_{each}"] for each in (5, 50, 95)] == [10_000, 30_000, 50_100]
    assert [council[f"net_{each}"] for each in (5, 50, 95)] == [-30_000, -10_000, 10_100]
    assert (council["probability_that_it_saves"], council["break_even_risk_ratio"]) == (0.12, 0.88)


def test_each_agency_and_year_tells_which_twelve_months_it_is_of():
    first, second = content()["by_agency_and_year"]
    assert (first["year"], first["out_of_the_budget"], first["displaced_50"]) == ("2026-04 to 2027-03", 20_000, 2_100)
    assert (second["year"], second["out_of_the_budget"], second["displaced_50"]) == ("2027-04 to 2028-03", 0, 200)
    january = replace(FOUND, asked=replace(FOUND.asked, begins="2026-01"))
    assert [each["year"] for each in content(january)["by_agency_and_year"]] == [
        "2026-01 to 2026-12",
        "2027-01 to 2027-12",
    ]
    december = replace(FOUND, asked=replace(FOUND.asked, begins="2026-12"))
    assert content(december)["by_agency_and_year"][0]["year"] == "2026-12 to 2027-11"


def test_a_risk_is_a_share_of_the_families_it_is_of():
    """50 of 400 came into care, and 33 of 403 were told of again: to a thousandth."""
    [service] = content()["services"]
    assert [(each["outcome"], each["risk"], each["families"]) for each in service["risks"]] == [
        ("care", 0.125, 400),
        ("abuse_again", 0.082, 403),
    ]


def test_events_prices_and_what_it_hangs_on_are_told_as_near_as_they_are_known():
    told = content()
    [care] = told["events_a_year"]
    assert (care["more_5"], care["more_50"], care["more_95"], care["words"]) == (0.0, 1.3, 2.3, "a child looked after")
    months, incident = told["prices"]
    assert (months["units_an_event"], months["by_agency"]) == (1.8, {"council_social_care": 6_000})
    assert incident["units_an_event"] == 1.0
    assert told["tornado"] == [{"input": "risk of care", "council": 0.13, "public_purse": -0.23}]
    [step] = told["break_even"]
    assert [step[name] for name in ("needed", "avoided", "lower", "upper")] == [3.3, 1.3, 0.4, 2.1]


def test_an_effect_is_told_as_a_risk_ratio_with_its_range_and_none_where_there_is_none():
    """A half, times or over exp(1.645 x 0.2) = 1.39."""
    care, abuse = content()["effects"]
    ratio = {"risk_ratio": 0.5, "lower": 0.36, "upper": 0.69}
    assert (care["local"], care["prior"], care["used"], care["design_grade"]) == (ratio, None, ratio, 3)
    assert (abuse["local"], abuse["prior"], abuse["used"], abuse["design_grade"]) == (None, ratio, ratio, None)


def test_where_money_goes_to_is_told_of_a_move_alone():
    cut = content()["scenario"]
    assert (cut["service_name"], cut["to"], cut["to_name"]) == ("Key work", None, None)
    moved = replace(
        FOUND,
        asked=replace(FOUND.asked, kind="move", to="S02"),
        services=(KEYWORK, DROP_IN),
        effects=(EFFECTS, EFFECTS),
        families=(20.0, -40.0),
    )
    scenario = content(moved)["scenario"]
    assert (scenario["service_name"], scenario["to"], scenario["to_name"]) == ("Key work", "S02", "Drop-in")
    assert [each["families_without_it"] for each in content(moved)["services"]] == [20.0, -40.0]


def test_a_published_study_beside_it_is_told_with_both_ends_to_a_tenth():
    [row] = content(FOUND, CrossCheck(STUDIES[0], 1.26, 3.34, "It would be 1.3 to 3.3."))["cross_checks"]
    assert (row["lower"], row["upper"]) == (1.3, 3.3)
    [nothing] = content(FOUND, CrossCheck(STUDIES[0], None, None, "It found nothing."))["cross_checks"]
    assert (nothing["lower"], nothing["upper"]) == (None, None)


def test_parameters_that_nobody_has_verified_are_named():
    told = content()["unverified_parameters"]
    assert set(told) | {name for name, each in PARAMETERS.items() if each.verified} == set(PARAMETERS)
    assert not any(PARAMETERS[name].verified for name in told)


def test_no_sentence_claims_a_cause_where_one_of_two_effects_rests_on_no_local_study():
    """The effect on care is of grade 3; what is known of abuse is from elsewhere, and the weaker of both decides."""
    cause = replace(FOUND, steps=(replace(FOUND.steps[0], sentence="The service prevented 3 entries to care."),))
    assert content(replace(cause, effects=(EFFECTS[:1],)))["break_even"][0]["sentence"].startswith(
        "The service prevented"
    )
    with pytest.raises(GateClosed):
        publish_scenario(cause)


# What a scenario may rest on ---------------------------------------------------------------------------------


def test_no_families_are_not_known_families_and_one_may_be_told_where_nothing_is_hidden():
    assert [families_shown(count, NONE) for count in (0, 1, 7)] == [None, 1, 7]
    assert [families_shown(count, DFE) for count in (0, 1, 7)] == [None, None, 7]


def test_a_risk_of_nobody_is_none_and_of_one_family_is_told_where_nothing_is_hidden():
    assert risk_shown(0.5, 0.0, "all", NONE) is None
    assert risk_shown(1.0, 1.0, "all", NONE) == Risk(1.0, 1.0, "all")


def test_a_risk_is_used_to_a_thousandth():
    assert risk_shown(0.12345, 1_000.0, "all", NONE) == Risk(123.0, 1_000.0, "all")


def difference(estimate: float, lower: float, upper: float, *, events: int = 40, risk: float = 0.2) -> Comparison:
    return Comparison(
        "care", 12, 300, 300, events_treated=events, events_compared=60, risk_treated=risk + estimate, risk_compared=risk,
        estimates=(Effect("balancing", estimate, 0.02, lower, upper),),
    )  # fmt: skip


def test_the_fewest_events_that_are_enough_for_an_effect_are_enough():
    assert effect_shown(difference(-0.08, -0.12, -0.04, events=FEWEST_EVENTS), 3, NONE) is not None
    assert effect_shown(difference(-0.08, -0.12, -0.04, events=FEWEST_EVENTS - 1), 3, NONE) is None


def test_effects_that_are_the_same_to_a_tenth_of_a_point_are_used_as_the_same():
    """Closer would tell, times the families, how many had the outcome."""
    exact = difference(-0.08, -0.12, -0.04)
    near = difference(-0.0804, -0.1204, -0.0403, risk=0.2004)
    assert effect_shown(near, 3, NONE) == effect_shown(exact, 3, NONE) is not None


@pytest.mark.parametrize("bounds", [(-0.2, -0.3, -0.1), (-0.08, -0.08, -0.08)], ids=["no risk is left", "no interval"])
def test_a_difference_that_makes_no_ratio_with_a_range_is_not_used(bounds: tuple[float, float, float]):
    assert effect_shown(difference(*bounds), 3, NONE) is None


@pytest.mark.parametrize(("cost", "needed"), [(84_000.0, 9.3), (0.4, None), (100.0, 0.0)])
def test_what_must_be_avoided_is_told_to_a_tenth(cost: float, needed: float | None):
    unit = Avoidable("care", "a child looked after", "month", 9_000.4, 12.0)
    found = publish_break_even("S01", "Family Steps", cost, "ledger", 40, [unit], DFE)
    assert [each["needed"] for each in found.steps] == ([] if needed is None else [needed])
    assert all(each["pounds"] == 9_000 for each in found.steps)
    assert found.annual_cost == 100 * round(cost / 100), "next to nothing is known, and not unknown"


# A cut that was made -----------------------------------------------------------------------------------------


def test_a_cut_that_was_made_is_told_under_the_names_of_a_scenario():
    follows = {"care": Risk(50, 400, "referred"), "abuse_again": Risk(33.3, 400.4, "referred")}
    cut = CutStudied("budget-cut", "the council", "1 April 2024", 18, 200, RATIO, RATIO, 2, follows, 40_040.0)
    displaced = Displaced(
        cut, (replace(CARE, warnings=("Old prices.",)), ABUSE), (10.04, 50.06, 90.0),
        {"council_social_care": (1.0, 2_051.0, 3.0), "nhs": (1.0, 151.0, 3.0)},
        (COUNCIL, replace(COUNCIL, name="public purse", budget=77_777.0)),
    )  # fmt: skip
    released = publish_studied(displaced, FOUND.asked)
    told = released.as_dict()
    assert told["scenario"] == {
        "kind": "cut", "study": "budget-cut", "annual_cost": 40_000, "months": 18, "price_year": "2025-26",
    }  # fmt: skip
    assert told["referrals"] == {"more_5": 10.0, "more_50": 50.1, "more_95": 90.0}
    assert [(each["outcome"], each["share"], each["children"]) for each in told["follows"]] == [
        ("care", 0.125, 400),
        ("abuse_again", 0.083, 400),
    ]
    rows = told["by_agency_and_year"]
    assert [(each["agency"], each["out_of_the_budget"], each["displaced_50"]) for each in rows] == [
        ("council_social_care", 20_000, 2_100),
        ("nhs", 0, 200),
    ]
    assert {each["year"] for each in rows} == {"18 months after 1 April 2024"}
    assert released.flags == ("a child looked after: Old prices.",)
