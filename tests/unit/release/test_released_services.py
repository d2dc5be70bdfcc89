"""Which services help, on its way out: groups and never ranks, and no figure that too few families stand behind."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from earlyhelp.evaluate.methods.effect import effect
from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.evaluate.services import ServiceEffect, grouped
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.evaluate.studies.finding import About, Finding
from earlyhelp.release import policy
from earlyhelp.release.services import ORDER, ReleasedServices, publish_services
from unit.evaluate.studied_families import families, studied

DFE = policy("dfe")
REFUSED = "There are fewer than 40 families offered the service who can be followed for so long."


def service(id_: str, estimate: float | None, error: float = 0.02, events: int = 60, **more: object) -> ServiceEffect:
    """What the study of one service found, made up."""
    found = None if estimate is None else effect("entropy_balancing", estimate, error)
    return ServiceEffect(id_, found, events, events * 3, comparable=found is not None, **more)


EFFECTS = (
    service("S1", -0.15, annual_cost=100_000.0, offered_a_year=100.0),
    service("S2", 0.14),
    service("S3", 0.003),
    service("S4", -0.2, events=4),
    service("S5", None, refused=REFUSED),
    service("S6", -0.12, annual_cost=50_000.0, offered_a_year=100.0),
)
NAMES = {
    "S1": "Zebra Steps",
    "S2": "Strict Steps",
    "S3": "Slow Steps",
    "S4": "Small Steps",
    "S5": "New Steps",
    "S6": "Able Steps",
}


@cache
def finding() -> Finding:
    return studied(families(number=1_000))


def findings(known_treated: int = 200) -> list[Finding]:
    main = replace(finding().main, known_treated=known_treated, unknown_treated=7)
    return [replace(finding(), about=About(id_, name), main=main) for id_, name in NAMES.items()]


def told(known_treated: int = 200, under=DFE) -> ReleasedServices:
    return publish_services(grouped(EFFECTS), findings(known_treated), under)


def row(found: ReleasedServices, id_: str) -> dict[str, object]:
    [only] = [dict(each) for each in found.rows if each["service_id"] == id_]
    return only


def test_services_come_in_groups_the_better_ones_first_and_by_name_within_a_group_never_by_size():
    rows = told().rows
    assert [(each["service"], each["group"]) for each in rows] == [
        ("Able Steps", "better than expected"),
        ("Zebra Steps", "better than expected"),
        ("Slow Steps", "as expected"),
        ("Strict Steps", "worse than expected"),
        ("Small Steps", "too few to say"),
        ("New Steps", "cannot tell"),
    ]
    assert abs(rows[1]["estimate"]) > abs(rows[0]["estimate"]), "the larger difference does not come first"
    assert not any("rank" in name for name in rows[0])


def test_every_group_has_its_place():
    assert set(ORDER) == set(Standing)
    assert [each["service_id"] for each in told().of(Standing.WORSE)] == ["S2"]


@pytest.mark.parametrize("id_", ["S4", "S5"])
def test_a_service_that_cannot_be_told_has_no_figure_and_says_why(id_: str):
    found = row(told(), id_)
    figures = ("estimate", "lower", "upper", "own_estimate", "q_value", "probability_worthwhile", "cost_per_step_up")
    assert [found[name] for name in figures] == [None] * len(figures)
    assert found["status"] == "no_data"
    assert str(found["why"]).endswith(".")
    assert found["cost_reason"]


def test_a_service_that_is_told_has_its_share_of_false_calls_and_its_cost_by_whole_pounds():
    found = row(told(), "S1")
    assert 0 <= found["q_value"] < 0.01
    assert 0.9 < found["probability_worthwhile"] <= 1
    assert found["cost_lower"] < found["cost_per_step_up"] < found["cost_upper"]
    assert all(found[name] == round(found[name]) for name in ("cost_per_step_up", "cost_lower", "cost_upper"))
    assert (row(told(), "S3")["q_value"] > 0.2, row(told(), "S3")["cost_per_step_up"]) == (True, None)


def test_a_refused_study_keeps_its_own_reason():
    assert row(told(), "S5")["why"] == REFUSED


def test_an_effect_drawn_towards_the_others_stands_beside_the_services_own():
    found = row(told(), "S1")
    assert found["own_estimate"] == -0.15
    assert -0.15 < found["estimate"] < 0
    assert found["status"] == "ok"


@pytest.mark.parametrize("id_", ["S2", "S3"])
def test_a_cost_for_each_step_up_is_told_only_where_fewer_are_shown(id_: str):
    assert row(told(), id_)["cost_per_step_up"] is None
    assert row(told(), id_)["cost_reason"]
    better = row(told(), "S1")
    assert better["cost_per_step_up"] == pytest.approx(1_000 / -better["estimate"], rel=0.01), "£1,000 a family"
    assert better["cost_lower"] < better["cost_per_step_up"] < better["cost_upper"]


def test_one_to_five_families_are_hidden_and_none_is_shown():
    assert {each["n_treated"] for each in told(5).rows} == {None}
    assert {each["n_treated"] for each in told(6).rows} == {6}
    assert {each["n_treated"] for each in told(0).rows} == {0}
    assert {each["n_treated"] for each in told(203, policy("dfe", round_to=5)).rows} == {205}


def test_where_families_could_not_be_compared_their_number_is_not_known_and_not_zero():
    refused = Comparison("step_up", 12, refused=REFUSED, needed="More families.")
    nobody = [replace(each, design=None, main=refused) for each in findings()]
    assert {each["n_treated"] for each in publish_services(grouped(EFFECTS), nobody, DFE).rows} == {None}


def test_figures_are_told_to_a_tenth_of_a_family_in_a_hundred():
    for each in told().rows:
        for name in ("estimate", "lower", "upper"):
            assert each[name] is None or np.isclose(each[name] * 1000, round(each[name] * 1000))
