"""Money: arithmetic first, then what a change would bring with its range; every state in the address; for few roles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.reports import released

from earlyhelp import costing
from earlyhelp.errors import InputRefused
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.store.workspace import Workspace
from earlyhelp.web import reading

CUT = {"service": "SVC02", "kind": "cut", "share": "20", "begins": "2026-05", "years": "3", "prior": "national"}


def projected() -> ReleasedScenario:
    """A made-up scenario with all that the page shows."""
    found = released.scenario()
    service = {"service": "S01", "name": "Family Steps", "annual_cost": 60_600.0, "cost_source": "ledger",
               "families_a_year": 40.0, "families_without_it": 40.0}  # fmt: skip
    price = {**found.content["prices"][0], "outcome": "care"}
    ratio = {"risk_ratio": 0.8, "lower": 0.6, "upper": 1.1}
    effect = {"service": "S01", "outcome": "care", "local": None, "used": ratio, "basis": "found elsewhere"}
    return replace(found, content={**found.content, "services": [service], "prices": [price], "effects": [effect]})


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What the simulator was asked, as the text of a scenario file; it answers with a made-up scenario."""
    texts: list[str] = []

    def scenario(workspace, text, name, when):
        texts.append(text)
        return projected()

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(costing, "scenario", scenario)
    return texts


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def test_money_shows_the_measures_of_money_and_asks_for_a_service(client_as):
    page = text(client_as("finance").get("/money/"))
    assert "Cost per family supported" in page
    assert "Steps Together parenting course" in page
    assert "/papers/business-case/?about=SVC02" in page
    assert "To pay for itself" not in page


def test_what_a_service_would_have_to_avoid_is_arithmetic_from_its_cost_and_claims_nothing(client_as, council):
    page = text(client_as("finance").get("/money/?service=SVC02&cost=96000"))
    assert "£96,000 a year (your own figure)" in page
    assert "To pay for itself by this alone it would have to avoid" in page
    assert "arithmetic: no causal claim" in page
    one, two = (costing.break_even(Workspace(council), "SVC02", pounds).steps for pounds in (48_000.0, 96_000.0))
    assert [row["needed"] for row in two] == pytest.approx([2 * row["needed"] for row in one], abs=0.2)
    assert all(row["needed"] == pytest.approx(96_000 / row["pounds"], rel=0.01, abs=0.1) for row in two)


def test_a_service_without_a_cost_in_the_ledger_says_what_to_give(client_as, council):
    assert costing.break_even(Workspace(council), "SVC02").annual_cost is None  # the example has no ledger
    page = text(client_as("finance").get("/money/?service=SVC02"))
    assert "The ledger tells no cost of Steps Together parenting course. Give one below" in page


def test_a_cost_or_a_service_that_cannot_be_is_said_at_its_field(client_as):
    page = text(client_as("finance").get("/money/?service=NONE&cost=-4"), 422)
    assert page.count("govuk-error-message") >= 2
    assert "Error: Money" in page


def test_the_simulator_asks_what_the_address_says_and_tells_chance_range_years_and_limits(client_as, asked):
    page = text(client_as("head").get("/money/scenario/", CUT))
    assert asked == [
        '[scenario]\nkind = "cut"\nservice = "SVC02"\nshare = 0.2\nfrom = "2026-05"\nyears = 3\nprior = "national"\n'
    ]
    assert "Chance that money is left over: council" in page
    assert "£57,300 (-£5,000 to £62,900)" in page
    assert "What you may not say" in page
    assert "National Health Service" in page
    assert "What moves the answer for the council most" in page
    assert "seed 20260101" in page
    assert "0.80 (0.60 to 1.10)" in page


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"kind": "stop", "share": ""}, "share = 1.0"),
        ({"kind": "grow", "share": "50"}, 'kind = "invest"'),
        ({"kind": "move", "to": "SVC01"}, 'to = "SVC01"'),
        ({"annual_cost": "96000", "families_a_year": "60"}, "annual_cost = 96000.0\nfamilies_a_year = 60.0"),
    ],
)
def test_each_kind_of_change_is_asked_for(client_as, asked, given, line):
    text(client_as("head").get("/money/scenario/", CUT | given))
    assert line in asked[0]


@pytest.mark.parametrize(
    "given", [{"kind": "move"}, {"share": ""}, {"share": "120"}, {"begins": "May"}, {"years": "40"}, {"service": "x"}]
)
def test_what_cannot_be_asked_is_said_at_its_field_and_nothing_is_worked_out(client_as, asked, given):
    page = text(client_as("head").get("/money/scenario/", CUT | given), 422)
    assert "There is a problem" in page
    assert asked == []


def test_what_the_records_cannot_tell_is_said_at_the_field_that_would_mend_it(client_as, monkeypatch):
    def refuse(*told):
        raise InputRefused("Nobody knows.", where="your choices, scenario.service (rule families-are-known)", fix="")

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(costing, "scenario", refuse)
    page = text(client_as("head").get("/money/scenario/", CUT), 422)
    assert "Nobody knows. Give their number here." in page
    assert 'href="#id_families_a_year"' in page


def test_the_simulator_opens_with_the_service_it_was_led_from(client_as):
    page = text(client_as("head").get("/money/scenario/?service=SVC03"))
    assert '<option value="SVC03" selected>' in page
    assert "There is a problem" not in page


@pytest.mark.parametrize("role", ["viewer", "steward"])
def test_money_is_for_those_who_may_work_out_costs(client_as, role):
    assert client_as(role).get("/money/").status_code == 403
    assert client_as(role).get("/money/scenario/").status_code == 403
