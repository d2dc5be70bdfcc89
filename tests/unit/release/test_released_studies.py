"""Studies that are not of one service, on their way out: shared between councils, of signs of poverty, and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from earlyhelp.evaluate.across_councils import CouncilEstimate, pool_councils
from earlyhelp.evaluate.claims import BEFORE_AFTER
from earlyhelp.evaluate.methods.effect import Effect
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.evaluate.studies.interruption import Interrupted, Interruption
from earlyhelp.release import policy
from earlyhelp.release.poverty import ReleasedPoverty
from earlyhelp.release.publish import Status
from earlyhelp.release.scenarios import effect_shown
from earlyhelp.release.studies import (
    publish_interrupted,
    publish_pool,
    publish_poverty_shock,
    publish_providers,
    refused_design,
)
from earlyhelp.statistics.estimates import Estimate


def shared(council: str, estimate: float, cohort: str = "all families") -> CouncilEstimate:
    return CouncilEstimate(
        "service:S1", "9f2c", council, cohort, "risk_difference", "balancing", estimate, 0.02, 120, 600, 1
    )


def test_a_pool_tells_a_row_for_each_cohort_and_one_for_each_council_in_it():
    estimates = [shared(name, value) for name, value in zip("ABC", (-0.05, -0.04, -0.06), strict=True)]
    found = publish_pool(pool_councils([*estimates, shared("A", -0.01, "under 5"), shared("B", -0.03, "under 5")]))
    assert [(each["cohort"], each["councils"], each["estimate"]) for each in found.cohorts] == [
        ("all families", 3, -0.05),
        ("under 5", 2, -0.02),
    ]
    assert [(each["cohort"], each["council"], each["estimate"]) for each in found.councils] == [
        ("all families", "A", -0.05),
        ("all families", "B", -0.04),
        ("all families", "C", -0.06),
        ("under 5", "A", -0.01),
        ("under 5", "B", -0.03),
    ]
    assert (found.study, found.plan, found.scale) == ("service:S1", "9f2c", "risk_difference")
    assert found.as_dict()["may_not_say"] == found.may_not_say


def test_what_a_council_has_after_shrinkage_lies_between_its_own_estimate_and_the_pool():
    found = publish_pool(pool_councils([shared("A", -0.20), shared("B", -0.02), shared("C", -0.03)]))
    [pool] = found.cohorts
    for each in found.councils:
        least, most = sorted((each["estimate"], pool["estimate"]))
        assert least <= each["shrunken"] <= most
        assert each["lower"] < each["estimate"] < each["upper"]


# Signs of poverty --------------------------------------------------------------------------------------------


def change(outcome: str, words: str, status: Status = Status.OK, **more: object) -> dict[str, object]:
    row = {"outcome": outcome, "outcome_label": words, "status": str(status), "shocks": 200, "verdict": "more"}
    return row | {"change": 0.021, "lower": 0.004, "upper": 0.038} | more


def poverty(*pooled: dict[str, object], **more: object) -> ReleasedPoverty:
    return replace(ReleasedPoverty(Status.OK, pooled=pooled, steady=("arrears", "eviction")), **more)


def shock(found: ReleasedPoverty):
    return publish_poverty_shock(found, "plan", "2026-04-01", "estimand")


def test_what_follows_signs_of_poverty_is_told_for_each_hundred_families_with_its_interval():
    found = shock(poverty(change("request", "a request"), change("step_up", "a step up", verdict="no difference")))
    assert found.may_say == (
        "After arrears, eviction, taken together, within 12 months:",
        "A request: +2.1 in 100 families against like families (+0.4 to +3.8), more.",
        "A step up: +2.1 in 100 families against like families (+0.4 to +3.8), no difference.",
    )
    assert [each["estimate"] for each in found.estimates] == [0.021, 0.021]
    assert (found.n_treated, found.scale, found.verdict) == (200, "risk_difference", "more")


def test_an_interval_that_leaves_out_none_beside_no_difference_shown_is_told_with_why():
    found = shock(poverty(change("request", "a request", verdict="no difference shown")))
    assert found.may_say[1].endswith(
        "(+0.4 to +3.8), no difference shown: so many comparisons were made that one such interval could well be chance."
    )
    spans = change("request", "a request", verdict="no difference shown", lower=-0.01)
    assert shock(poverty(spans)).may_say[1].endswith("(-1.0 to +3.8), no difference shown.")


def test_the_verdict_is_of_requests_and_else_of_the_first_event_told():
    steps = change("step_up", "a step up", verdict="fewer")
    assert shock(poverty(steps, change("request", "a request", verdict="cannot tell"))).verdict == "cannot tell"
    assert shock(poverty(steps)).verdict == "fewer"


def test_an_event_of_few_families_has_words_and_no_figure():
    found = shock(poverty(change("request", "a request", Status.SUPPRESSED)))
    assert found.may_say[1] == "A request: too few to tell."
    assert [(each["estimate"], each["lower"], each["upper"]) for each in found.estimates] == [(None, None, None)]


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (ReleasedPoverty(Status.NO_DATA, "No sign has a day."), "No sign has a day."),
        (ReleasedPoverty(Status.OK), "Before no kind of sign had families been like those without one."),
        (replace(poverty(change("request", "a request")), status=Status.NO_DATA, why_no_data="None."), "None."),
    ],
    ids=["no data", "nothing steady", "not made"],
)
def test_without_like_families_no_effect_of_poverty_is_shown_and_why(found: ReleasedPoverty, why: str):
    told = shock(found)
    assert told.may_say[0] == f"No effect is shown. {why}"
    assert (told.verdict, [each["estimate"] for each in told.estimates]) == ("not comparable", [None])


# A change on one day -----------------------------------------------------------------------------------------


def interrupted(ratio: tuple[float, float, float], *, placebos: int = 20, false_alarms: int = 0):
    level = SimpleNamespace(method="segmented")
    fitted = SimpleNamespace(rate_ratio=Estimate(*ratio), level=level, design_grade=3)
    study = Interruption("budget-cut", date(2024, 4, 1), ("North",))
    excess = Effect("excess_events", 50.0, 20.0, 10.0, 90.0)
    return Interrupted(study, fitted, excess, placebos, false_alarms, 400, 48, 24, "It could have found a tenth.")


@pytest.mark.parametrize(
    ("ratio", "verdict", "said"),
    [
        ((1.5, 1.2, 1.9), "more", "+50 %"),
        ((0.6, 0.5, 0.8), "fewer", "-40 %"),
        ((1.1, 0.9, 1.3), "no difference shown", "+10 %"),
        ((1.1, 1.0, 1.3), "no difference shown", "(95 per cent interval +0 % to +30 %)"),
        ((0.9, 0.7, 1.0), "no difference shown", "(95 per cent interval -30 % to +0 %)"),
    ],
)
def test_a_change_is_told_where_its_interval_leaves_none_out(ratio, verdict, said):
    told = publish_interrupted(interrupted(ratio), policy("dfe"), "then")
    assert told.verdict == verdict
    assert said in told.may_say[0]


@pytest.mark.parametrize(("false_alarms", "believed"), [(0, True), (2, True), (3, False)])
def test_where_the_method_finds_changes_at_more_than_a_tenth_of_other_dates_nobody_can_tell(false_alarms, believed):
    found = interrupted((1.5, 1.2, 1.9), false_alarms=false_alarms)
    told = publish_interrupted(found, policy("dfe"), "then")
    assert told.verdict == ("more" if believed else "cannot tell")
    assert f"At 20 other dates before, {false_alarms} looked like a change." in told.may_say


def test_without_other_dates_to_try_the_change_stands_and_none_is_mentioned():
    told = publish_interrupted(interrupted((1.5, 1.2, 1.9), placebos=0), policy("dfe"), "then")
    assert told.verdict == "more"
    assert not any("other dates" in sentence for sentence in told.may_say)


# Refused -----------------------------------------------------------------------------------------------------


def test_a_refused_design_has_no_estimate_and_says_what_would_be_needed():
    told = refused_design("before-after", BEFORE_AFTER, "Family Hub")
    assert (told.verdict, told.design_grade, told.n_treated) == ("not comparable", 1, None)
    assert [each["estimate"] for each in told.estimates] == [None]
    assert "No effect of Family Hub is shown" in told.may_say[0]
    assert told.as_dict()["study"] == "before-after"


def test_an_effect_on_few_families_by_a_coarse_base_is_not_used_in_a_scenario():
    """Twenty step-ups are enough for a scenario, and would be rounded to none to a base of fifty."""
    found = Comparison(
        "step_up", 12, 300, 300, events_treated=20, events_compared=40, risk_treated=0.07, risk_compared=0.13,
        estimates=(Effect("balancing", -0.06, 0.02, -0.10, -0.02),),
    )  # fmt: skip
    assert effect_shown(found, 3, policy("dfe")) is not None
    assert effect_shown(found, 3, policy("dfe", 50)) is None


def test_a_change_is_told_with_its_figures_and_the_months_that_it_rests_on():
    told = publish_interrupted(interrupted((1.23456, 1.12345, 1.34567)), policy("dfe"), "then")
    ratio, excess = told.estimates
    assert (ratio["estimate"], ratio["lower"], ratio["upper"]) == (1.235, 1.123, 1.346)
    assert (excess["method"], excess["estimate"], excess["lower"], excess["upper"]) == ("excess_events", 50, 10, 90)
    assert (told.n_treated, told.n_compared, told.design_grade) == (400, None, 3)
    assert "It rests on 48 months before and 24 after." in told.may_say
    assert any("in North, beside the other localities," in each for each in told.may_say)


def test_a_change_in_few_children_is_not_told_and_without_others_it_is_said_that_there_are_none():
    few = replace(interrupted((1.5, 1.2, 1.9)), starts_after=3)
    told = publish_interrupted(few, policy("dfe"), "then")
    assert (told.verdict, told.n_treated, told.may_say) == (
        "cannot tell",
        None,
        ("Too few children are in it to be told.",),
    )
    assert [each["estimate"] for each in told.estimates] == [None]
    alone = interrupted((1.5, 1.2, 1.9))
    alone = replace(
        alone, fitted=SimpleNamespace(rate_ratio=alone.fitted.rate_ratio, level=alone.fitted.level, design_grade=2)
    )
    sayings = [
        publish_interrupted(each, policy("dfe"), "then").may_not_say for each in (alone, interrupted((1.5, 1.2, 1.9)))
    ]
    assert [any("there are no others" in each for each in said) for said in sayings] == [True, False]


# Organisations side by side ----------------------------------------------------------------------------------


def organisations(observed: list[int], cases: list[int], standings: list[str]) -> SimpleNamespace:
    """Ash, Elm and Oak: odds of about a half, 1 and 2 of the average, each times or over 1.5."""
    effects = np.log([0.5123, 1.0, 2.0])
    funnel = SimpleNamespace(
        ratio=np.array([0.512, 1.006, 1.987]),
        lower_95=np.array([0.612, 0.7, 0.8]), upper_95=np.array([1.512, 1.4, 1.3]),
        lower_998=np.array([0.412, 0.5, 0.6]), upper_998=np.array([1.812, 1.7, 1.6]),
    )  # fmt: skip
    compared = SimpleNamespace(
        observed=np.array(observed), cases=np.array(cases), standings=standings, effects=effects,
        effect_lower=effects - np.log(1.5), effect_upper=effects + np.log(1.5), expected=np.array([10.24, 20.0, 30.06]),
        funnel=funnel, discrimination=0.6789,
    )  # fmt: skip
    ranks = [
        SimpleNamespace(name=name, lower=low, upper=high)
        for name, low, high in (("Ash", 1, 2), ("Elm", 1, 3), ("Oak", 3, 3))
    ]
    return SimpleNamespace(names=("Ash", "Elm", "Oak"), compared=compared, ranks=ranks)


def test_organisations_are_told_with_their_odds_what_was_to_be_expected_and_the_limits_of_the_funnel():
    found = organisations([60, 20, 40], [300, 200, 100], ["better than expected", "as expected", "as expected"])
    told = publish_providers(found, policy("dfe"), "plan", "then")  # type: ignore[arg-type]
    ash, elm, oak = told.table
    assert [(each["estimate"], each["lower"], each["upper"]) for each in told.table] == [
        (0.51, 0.34, 0.77), (1.0, 0.67, 1.5), (2.0, 1.33, 3.0),
    ]  # fmt: skip
    assert (ash["families"], ash["observed"], ash["expected"], ash["observed_over_expected"]) == (300, 60, 10.2, 0.51)
    assert (oak["expected"], oak["observed_over_expected"]) == (30.1, 1.99)
    assert (ash["funnel_95"], ash["funnel_998"]) == ([0.61, 1.51], [0.41, 1.81])
    assert (elm["standing"], elm["status"]) == ("as expected", "ok")
    assert [each["estimate"] for each in told.estimates] == [0.51, 1.0, 2.0]
    assert (told.verdict, told.design_grade) == ("different", 2)
    assert "Different from what was to be expected: Ash." in told.may_say
    assert "Ranks tell little: an organisation's rank lies between 1 and 3 of 3 for Elm." in told.may_say
    assert "0.68 (0.5 is by lot, 1 is fully)" in told.may_say[-1]


def test_an_organisation_with_few_step_ups_or_few_families_has_no_figure_and_its_families_are_told_where_many():
    found = organisations([3, 0, 4], [300, 200, 5], ["as expected"] * 3)
    told = publish_providers(found, policy("dfe"), "plan", "then")  # type: ignore[arg-type]
    ash, elm, oak = told.table
    assert (ash["families"], ash["observed"], ash["estimate"], ash["expected"], ash["status"]) == (
        300,
        None,
        None,
        None,
        "suppressed",
    )
    assert (ash["lower"], ash["upper"], ash["observed_over_expected"], ash["funnel_95"], ash["funnel_998"]) == (
        None,
    ) * 5
    assert (elm["observed"], elm["status"]) == (0, "ok")
    assert (oak["families"], oak["status"]) == (None, "suppressed")
    assert told.verdict == "no difference shown"
    assert "None differs from what was to be expected." in told.may_say
