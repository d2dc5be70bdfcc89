"""What is declared before outcomes are read: it has a hash that changes with everything in it and with nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from types import MappingProxyType

import pytest

from earlyhelp.evaluate.studies import protocol
from earlyhelp.evaluate.studies.covariates import COVARIATES, NOT_HELD
from earlyhelp.evaluate.studies.groups import GROUPS
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.studies.protocol import Study, service_study
from earlyhelp.evaluate.verdicts import THRESHOLDS, Thresholds
from unit.evaluate.studied_families import families, studied

STUDY = service_study("S01")
OTHER = {"service": "S02", "outcome": "care", "window": 24, "seed": 7}


@pytest.mark.parametrize("name", [each.name for each in fields(Study)])
def test_a_study_that_differs_in_any_part_is_another_plan(name: str):
    other = replace(STUDY, **{name: OTHER[name]})
    assert other.plan != STUDY.plan
    assert other.declaration() != STUDY.declaration()


DECLARED_ELSEWHERE = {
    "VERSION": 9,
    "ESTIMAND": "something else",
    "DESIGN": "something else",
    "CLEAR_DAYS": 365,
    "COVARIATES": COVARIATES[1:],
    "NOT_HELD": NOT_HELD[1:],
    "OUTCOMES": MappingProxyType({"care": OUTCOMES["care"]}),
    "WINDOWS": MappingProxyType({12: 365}),
    "MOST_DIFFERENCE": 0.2,
    "VARIANCE_RATIOS": (0.1, 10.0),
    "LEAST_EFFECTIVE": 0.1,
    "CHANCE": 9.0,
    "FEWEST_OFFERED": 2,
    "LEAST_SHARED": 0.1,
    "EXPECTED_BY_LOT": 9.0,
    "THRESHOLDS": Thresholds(e_value=1.0),
    "EARLIER": COVARIATES[0],
    "GROUPS": GROUPS[2:],
}


@pytest.mark.parametrize(("name", "other"), DECLARED_ELSEWHERE.items(), ids=DECLARED_ELSEWHERE)
def test_a_covariate_an_outcome_a_window_or_a_limit_that_changes_makes_another_plan(
    name: str, other: object, monkeypatch: pytest.MonkeyPatch
):
    before = STUDY.plan
    monkeypatch.setattr(protocol, name, other)
    assert STUDY.plan != before


def test_the_plan_is_of_the_declaration_alone_whatever_the_data_say():
    before = STUDY.plan
    assert studied(families(1)).study.plan == studied(families(2, effect=0.1)).study.plan == before
    assert service_study("S01").plan == before


def test_a_declaration_can_be_kept_as_a_file_and_read_again_without_loss():
    told = STUDY.declaration()
    assert json.loads(json.dumps(told)) == {**told, "windows": {str(each): days for each, days in WINDOWS.items()}}


def test_a_declaration_names_every_covariate_outcome_window_and_limit():
    told = STUDY.declaration()
    assert told["covariates"] == [each.name for each in COVARIATES]
    assert told["outcomes"] == list(OUTCOMES)
    assert told["windows"] == WINDOWS
    assert told["not_held"] == list(NOT_HELD)
    assert told["groups"] == [each.name for each in GROUPS]
    assert told["verdict"] == asdict(THRESHOLDS)
    assert len(told["gate"]) == 7
    assert (told["study"], told["service"], told["outcome"], told["window"]) == ("service:S01", "S01", "step_up", 12)


def test_groups_are_named_once_and_are_made_by_covariates_that_there_are():
    assert len({each.name for each in GROUPS}) == len({each.words for each in GROUPS}) == len(GROUPS)
    for each in GROUPS:
        assert 0 < each.of(families()).sum() < len(families().day)


def test_covariates_have_one_name_each_and_those_that_are_crossed_are_few_enough_to_be_balanced():
    names = [each.name for each in COVARIATES]
    assert len(set(names)) == len(names)
    assert 0 < sum(each.crossed for each in COVARIATES) < 10


def test_councils_whose_services_have_other_ids_ask_the_same_only_where_all_but_the_service_is_the_same():
    assert service_study("S02").method == STUDY.method
    assert service_study("S02").plan != STUDY.plan
    assert service_study("S01", window=24).method != STUDY.method
