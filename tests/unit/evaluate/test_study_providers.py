"""Organisations side by side: each against what is to be expected of the families it was given, and no league table."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.evaluate.studies.cohort import NOTHING, Cohort
from earlyhelp.evaluate.studies.providers import Providers, providers, providers_plan
from earlyhelp.release import policy
from earlyhelp.release.studies import publish_providers
from unit.evaluate.studied_families import families, with_outcome

RUNS = {f"S{number}": f"Organisation {'ABCDEF'[number]}" for number in range(6)}
DFE = policy("dfe")


@cache
def cohort(planted: float = -0.15, number: int = 3_000) -> Cohort:
    """Families in six organisations by lot, but for E, who is given those with the most needs; D has fewer step-ups."""
    made, luck = families(number=number), np.random.default_rng(12)
    needs = made.before[:, 0]
    place = np.where(needs >= 4, luck.choice([0, 1, 2, 3, 4, 4, 4], number), luck.integers(0, 4, number))
    place = np.where(luck.random(number) < 0.004, 5, place)
    service = np.array([f"S{each}" for each in place])
    risk = 0.15 + 0.06 * needs + planted * (place == 3)
    names = ("need_SF1", *made.names[1:])  # the number of needs is left out beside the needs themselves
    return with_outcome(replace(made, service=service, names=names), luck.random(number) < risk)


@cache
def found() -> Providers:
    return providers(cohort(), RUNS)


def standings(told: Providers) -> dict[str, Standing]:
    return dict(zip((name.removeprefix("Organisation ") for name in told.names), told.compared.standings, strict=True))


def test_an_organisation_with_fewer_step_ups_than_its_families_let_expect_is_better_and_others_are_as_expected():
    told = standings(found())
    assert told["D"] is Standing.BETTER
    assert {told[name] for name in "ABC"} == {Standing.AS_EXPECTED}


def test_an_organisation_that_is_given_families_with_more_needs_is_not_worse_for_it():
    place = found().names.index("Organisation E")
    share = found().compared.observed / found().compared.cases
    assert share[place] == max(share), "more of its families step up than of any other's"
    assert standings(found())["E"] is Standing.AS_EXPECTED


def test_organisations_come_by_name_and_services_of_one_are_told_together():
    assert list(found().names) == sorted(found().names)
    together = providers(cohort(), {**RUNS, "S1": "Organisation A"})
    assert "Organisation B" not in together.names
    assert together.compared.cases[0] == found().compared.cases[:2].sum()


def test_families_offered_nothing_or_by_nobody_known_are_in_no_organisation():
    some = replace(cohort(), service=np.where(cohort().before[:, 2] > 5, NOTHING, cohort().service))
    assert providers(some, RUNS).compared.cases.sum() == (cohort().before[:, 2] <= 5).sum()
    without = providers(cohort(), {each: name for each, name in RUNS.items() if each != "S0"})
    assert "Organisation A" not in without.names


def test_families_who_moved_away_are_counted_apart_and_never_as_a_success():
    moved = np.random.default_rng(3).random(3_000) < 0.1
    told = providers(with_outcome(cohort(), cohort().outcomes["step_up"].event <= 365, moved=moved), RUNS)
    assert told.not_followed == moved.sum()
    assert told.compared.cases.sum() == 3_000 - moved.sum()


def test_where_organisations_are_alike_none_is_called_better_or_worse():
    assert set(standings(providers(cohort(planted=0.0), RUNS)).values()) <= {Standing.AS_EXPECTED, Standing.TOO_FEW}


@pytest.mark.parametrize(
    "runs",
    [{}, {"S0": "One"}, dict.fromkeys(RUNS, "One"), {"S0": "One", "S1": "Two"}],
    ids=["none", "one", "all", "two"],
)
def test_fewer_than_three_organisations_are_not_compared(runs: dict[str, str]):
    with pytest.raises(NotEstimable) as refused:
        providers(cohort(), runs)
    assert refused.value.reason.endswith(".")
    assert refused.value.needed.endswith(".")


def test_the_plan_is_the_same_every_time_and_names_the_outcome_and_the_covariates():
    plan, declaration = providers_plan()
    assert providers_plan()[0] == plan
    assert declaration["outcome"] == "step_up"
    assert "needs" in declaration["covariates"]


# On their way out ---------------------------------------------------------------------------------------------


def test_what_is_released_is_by_name_says_that_ranks_tell_little_and_hides_small_counts():
    told = publish_providers(found(), DFE, "plan", "2026-04-01")
    assert [row["organisation"] for row in told.table] == list(found().names)
    assert "Different from what was to be expected: Organisation D." in told.may_say
    assert any(sentence.startswith("Ranks tell little") for sentence in told.may_say)
    assert any("no ranking" in sentence for sentence in told.may_not_say)
    for row, observed in zip(told.table, found().compared.observed, strict=True):
        hidden = 1 <= observed <= 5
        assert (row["status"] == "suppressed") == hidden
        assert (row["observed"] is None) == (row["estimate"] is None) == (row["expected"] is None) == hidden
    assert told.table[-1]["status"] == "suppressed", "a dozen families, of whom few stepped up"


def test_that_none_differs_is_said_where_none_does():
    told = publish_providers(providers(cohort(planted=0.0), RUNS), DFE, "plan", "2026-04-01")
    assert told.verdict == "no difference shown"
    assert "None differs from what was to be expected." in told.may_say


def test_an_organisation_of_one_ward_cannot_be_told_from_its_ward():
    """All of D's families live in a ward of their own: were fewer to step up there, nobody could say why."""
    told = standings(
        providers(replace(cohort(), ward=np.where(cohort().service == "S3", "ward 9", cohort().ward)), RUNS)
    )
    assert told["D"] is Standing.CANNOT_TELL
    assert {told[name] for name in "ABC"} == {Standing.AS_EXPECTED}
