"""What a cut that was made displaced: small cases by hand, and how doubt widens what a study found."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.parameters import ParameterSet
from earlyhelp.economics.scenario_file import read_scenario
from earlyhelp.economics.service_facts import Price, Risk
from earlyhelp.economics.studied_cut import CutStudied, change_used, displaced, too_narrow
from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import Effect
from earlyhelp.release.scenarios import publish_studied

CARE = Price("care", "a child looked after", "month", {"council_social_care": 1_000.0}, 0.0, "ledger", "2025-26",
             still_open=(1.0,) * 10)  # fmt: skip
# 200 were referred, 150 were to be expected: a ratio of 4/3. One in ten comes into care, for 10 months of 1,000 pounds.
CERTAIN = LogRatio(log(4 / 3), 1e-9)
CUT = CutStudied("budget-cut", "the council", "1 April 2024", 18, 200, CERTAIN, CERTAIN, 2,
                 {"care": Risk(1e9, 1e10, "referred")}, 40_000)  # fmt: skip
FOUND = Effect("excess_events", 50.0, 20.0, 10.0, 85.0)
PLAIN = ParameterSet({"design_spread_2": 0.0, "cut_prior_spread": 5})


def test_with_nothing_uncertain_it_is_fifty_referrals_at_a_thousand_pounds_a_month_of_care():
    found = displaced(CUT, [CARE])
    assert found.referrals == pytest.approx((50, 50, 50))
    council = found.purses[0]
    assert council.displaced[1] == pytest.approx(50 * 0.1 * 10 * 1_000, rel=1e-3)
    assert council.budget == 60_000, "40,000 pounds a year for a year and a half"
    assert council.saves == 1


def test_a_cut_after_which_fewer_came_displaced_less_than_nothing():
    fewer = replace(CUT, used=LogRatio(log(0.8), 1e-9))
    assert displaced(fewer, [CARE]).purses[0].displaced[2] < 0


def test_what_falls_on_others_is_borne_by_all_public_bodies_and_not_by_the_council():
    shared = replace(CARE, by_agency={"council_social_care": 250.0, "nhs": 750.0})
    council, public = displaced(CUT, [shared]).purses
    assert public.displaced[1] == pytest.approx(4 * council.displaced[1])


def test_the_ratio_and_its_error_are_those_of_the_study_where_nothing_is_added():
    local, used = change_used(200, FOUND, 0, 0, 2, PLAIN)
    assert local.ratio == pytest.approx(200 / 150)
    width = log(200 / (200 - 85)) - log(200 / (200 - 10))
    assert local.spread == pytest.approx(width / 3.92, rel=1e-3)
    assert used.mean == pytest.approx(local.mean, rel=0.01), "a prior so wide says nothing"


@given(st.floats(-100, 150), st.floats(1, 100), st.integers(0, 20))
def test_what_is_used_lies_between_what_was_found_and_no_change_and_is_never_surer_than_both(middle, reach, alarms):
    local, used = change_used(200, Effect("", middle, reach / 2, middle - reach, middle + reach), 20, alarms, 2)
    assert abs(used.mean) <= abs(local.mean)
    assert used.mean * local.mean >= 0
    assert used.spread < 0.15


@pytest.mark.parametrize(
    ("placebos", "alarms", "times"), [(0, 0, 1.0), (20, 1, 1.0), (19, 0, 1.0), (30, 9, 1.891), (10, 10, 31.26)]
)
def test_errors_are_widened_until_one_in_twenty_other_dates_looks_like_a_change(placebos, alarms, times):
    """Of 30 dates 9 look like changes: 30 per cent lie beyond 1.036 normal errors, so that 1.96 / 1.036 makes them right."""
    assert too_narrow(placebos, alarms) == pytest.approx(times, rel=1e-3)


def test_fewer_draws_or_nothing_that_has_a_price_are_refused():
    with pytest.raises(ValueError, match="20,000"):
        displaced(CUT, [CARE], draws=100)
    with pytest.raises(ValueError, match="price"):
        displaced(CUT, [])


def test_it_is_told_with_its_design_the_ratio_as_found_and_as_used_and_passes_the_guard():
    asked = read_scenario(STUDY, "cut.toml", (), ("care",), ("budget-cut",))
    told = publish_studied(displaced(CUT, [CARE]), asked)
    assert "grade 2 on the Maryland scale" in told.sentences[0]
    assert told.as_dict()["effects"][0]["local"]["risk_ratio"] == round(exp(CERTAIN.mean), 2)
    assert [row["purse"] for row in told.as_dict()["purses"]] == ["council", "public purse"]


STUDY = '[scenario]\nkind = "cut"\nstudy = "budget-cut"\nannual_cost = 40000\n'


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (('"budget-cut"', '"none"'), "known-study"),
        (("annual_cost = 40000", ""), "cost-is-told"),
        (("annual_cost", "share = 0.2\nannual_cost"), "study-alone"),
        (('"cut"', '"invest"'), "one-of-a-list"),
    ],
)
def test_a_studied_cut_that_cannot_be_is_refused_with_its_rule(change, rule):
    with pytest.raises(InputRefused) as refused:
        read_scenario(STUDY.replace(*change), "cut.toml", (), ("care",), ("budget-cut",))
    assert refused.value.where.endswith(f"(rule {rule})")
