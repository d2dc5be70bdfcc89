"""Estimates of several councils pooled: what may leave a council, what is refused, and what is said."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.across_councils import CouncilEstimate, as_rows, from_rows, pool_councils
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.pooling import pool


def shared(council, estimate, error=0.02, **changes):
    plain = CouncilEstimate(
        study="service:S1",
        plan="9f2c",
        council=council,
        cohort="all families",
        scale="risk_difference",
        method="entropy_balancing",
        estimate=estimate,
        standard_error=error,
        families_offered=120,
        families_compared=600,
        standard_version=1,
    )
    return replace(plain, **changes)


FIVE = [shared(name, estimate) for name, estimate in zip("ABCDE", [-0.05, -0.04, -0.06, -0.05, -0.045], strict=True)]


def said(found, place=0):
    return " ".join(found.cohorts[place].explains)


def test_each_cohort_is_pooled_by_random_effects_on_its_own():
    young = [shared("A", -0.01, 0.03, cohort="under 5"), shared("B", -0.09, 0.04, cohort="under 5")]
    found = pool_councils(young + FIVE)
    assert [each.cohort for each in found.cohorts] == ["all families", "under 5"]
    assert found.cohorts[1].pooled.mean == pytest.approx(pool([-0.01, -0.09], [0.03, 0.04]).mean)
    assert [each.council for each in found.cohorts[0].councils] == list("ABCDE")


def test_councils_that_agree_are_told_as_agreeing():
    found = pool_councils(FIVE)
    assert "over 5 councils the effect is 4.9 fewer in 100" in said(found)
    assert "no council lies apart from the others" in said(found)
    assert [each.differs for each in found.cohorts[0].councils] == [False] * 5


def test_a_council_unlike_the_others_is_named_and_what_rests_on_it_is_said():
    found = pool_councils([*FIVE, shared("F", 0.12)])
    assert {each.council: each.differs for each in found.cohorts[0].councils} == dict.fromkeys("ABCDE", False) | {
        "F": True
    }
    assert "these lie apart from the others: F" in said(found)
    assert "rests on single councils: F" in said(found)


def test_a_council_may_differ_in_one_cohort_and_not_in_another():
    young = [replace(each, cohort="under 5") for each in FIVE]
    found = pool_councils([*FIVE, shared("F", -0.05), *young, shared("F", 0.15, cohort="under 5")])
    assert [cohort.councils[5].differs for cohort in found.cohorts] == [False, True]


def test_each_council_is_set_beside_the_mean_of_the_others():
    found = pool_councils([shared("A", 0.0), shared("B", -0.04), shared("C", -0.08)]).cohorts[0].councils
    assert [each.without.estimate for each in found] == pytest.approx([-0.06, -0.04, -0.02])
    assert found[0].estimate.lower == pytest.approx(-0.0391993)


def test_two_councils_cannot_tell_how_much_councils_vary():
    found = pool_councils(FIVE[:2])
    assert "two councils cannot tell how much councils vary" in said(found)
    assert "one more council" not in said(found)
    assert [(each.without, each.q, each.differs) for each in found.cohorts[0].councils] == [(None, None, None)] * 2


def test_what_the_pool_cannot_explain_is_always_said():
    found = " ".join(pool_councils(FIVE).cannot_explain)
    assert "Why councils differ" in found
    assert "with 5 councils, under 10" in found
    assert "more precise, not more right" in found
    assert "versions" not in found


def test_with_ten_councils_or_more_a_feature_of_councils_might_be_looked_at():
    ten = [shared(f"council {n}", -0.05 + n / 1000) for n in range(10)]
    assert "Whether a feature of councils" not in " ".join(pool_councils(ten).cannot_explain)


def test_cohorts_of_one_council_and_other_versions_of_the_standard_are_told():
    others = [shared("A", -0.1, cohort="teenagers"), shared("F", -0.05, standard_version=2)]
    found = " ".join(pool_councils(FIVE + others).cannot_explain)
    assert "Cohorts that only one council shared: teenagers." in found
    assert "different versions of the standard dataset" in found


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"plan": "77aa"}, "2 different plans"),
        ({"study": "service:S2"}, "2 different studies"),
        ({"scale": "log_risk_ratio"}, "2 different scales"),
        ({"method": "aipw"}, "2 different methods"),
        ({"council": "A"}, "twice in one cohort"),
        ({"standard_error": 0.0}, "1 of 6 estimates"),
        ({"estimate": float("nan")}, "1 of 6 estimates"),
    ],
)
def test_estimates_that_do_not_belong_together_are_refused_with_what_is_needed(changes, reason):
    with pytest.raises(NotEstimable, match=reason) as refused:
        pool_councils([*FIVE, replace(shared("F", -0.05), **changes)])
    assert refused.value.needed.endswith(".")


@pytest.mark.parametrize("estimates", [[], FIVE[:1], [FIVE[0], shared("B", -0.04, cohort="under 5")]])
def test_fewer_than_two_councils_in_every_cohort_are_refused(estimates):
    with pytest.raises(NotEstimable):
        pool_councils(estimates)


def test_what_leaves_a_council_goes_through_json_and_back_unchanged():
    hidden = shared("F", -0.05, families_offered=None)
    assert from_rows(json.loads(json.dumps(as_rows([*FIVE, hidden])))) == (*FIVE, hidden)


def test_what_leaves_a_council_is_one_estimate_a_cohort_and_nothing_about_a_person():
    assert {field.name for field in fields(CouncilEstimate)} == {
        "study", "plan", "council", "cohort", "scale", "method", "estimate", "standard_error",
        "families_offered", "families_compared", "standard_version",
    }  # fmt: skip
    assert {type(value) for value in as_rows(FIVE)[0].values()} == {str, float, int}


@pytest.mark.parametrize(
    "changes",
    [
        {"family_id": "F-1"},
        {"estimate": "0.1"},
        {"estimate": [0.1, 0.2]},
        {"families_offered": -1},
        {"families_offered": 12.5},
        {"standard_version": "1"},
        {"council": 5},
        {"plan": None},
        {"estimate": True},
    ],
)
def test_a_field_too_many_or_of_another_kind_is_refused_without_repeating_what_it_holds(changes):
    with pytest.raises(InputRefused) as refused:
        from_rows([as_rows(FIVE)[0] | changes])
    assert "F-1" not in str(refused.value) + refused.value.where + refused.value.fix
    assert refused.value.where == "estimate 1"


def test_a_field_that_is_lacking_is_named():
    row = as_rows(FIVE)[0]
    del row["plan"]
    with pytest.raises(InputRefused, match="lacking: plan"):
        from_rows([row])


def test_other_scales_are_told_as_they_are():
    found = pool_councils([replace(each, scale="log_risk_ratio", estimate=-0.4) for each in FIVE])
    assert "the effect is -0.40 (-0.42 to -0.38) on average" in said(found)
