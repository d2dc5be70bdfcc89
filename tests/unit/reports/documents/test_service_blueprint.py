"""The service blueprint: steps, services by need and split, costs where the ledger knows, gaps and overlaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.reports.documents.own_figures import asked, row, table, written

from earlyhelp.check.offer import families_by_need, offer_of
from earlyhelp.measures import CATALOGUE, Grain, Question
from earlyhelp.release import policy, publish_offer
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import texts
from earlyhelp.reports.documents import Spent
from earlyhelp.reports.documents.blueprint_steps import STEPS
from spec.dataset import snapshot

DAY = date(2026, 3, 31)
PLACES = "lsoa | ward_code | la_code | locality\n E01000001 | E05000001 | E09000032 | North"
SERVICES = """
    service_id | name      | organisation | need_codes | minimum_age | maximum_age | level     | area
    1          | Parenting | Elm Trust    | SF5        | 0           | 4           | community | North
    2          | Playgroup | Quay Centre  | SF5;SF2    | 3           | 11          | community | North
    3          | Counsel   |              |            | 11          |             |           |
"""
NEEDS = "need_id | person_id | need_code | identified_date\n" + "\n".join(
    f"{number} | P{number} | {'SF5' if number < 9 else 'SF2'} | 2025-09-01" for number in range(10)
)


@pytest.fixture(scope="module")
def offer():
    con = snapshot({"service": SERVICES, "place": PLACES, "eh_need": NEEDS}, checked=False)
    return publish_offer(offer_of(con, DAY, "E09000032"), families_by_need(con, DAY), 2000, policy("dfe"))


@pytest.fixture(scope="module")
def content(offer):
    by_service = Wanted("J7", Question(by=("service_id",), grain=Grain.YEAR))
    rows = (replace(row("J7", 250.0, service_id="S01"), lower=None, upper=None),)
    unit_cost = Part(replace(asked("J7", 1.0)[1].released, rows=rows), ["CJ7"])
    spent = {"1": Spent(("S01",), "2025-26", 12_345.0), "2": Spent(("S02",), "2025-26")}
    return written(
        "service-blueprint",
        offer=offer,
        spent=spent,
        parts=(asked("A1", 200), asked("B2", 12), (by_service, unit_cost)),
    )


def test_families_with_each_need_stand_beside_what_is_offered_and_few_are_hidden(content):
    rows = {each[0]: each[1:] for each in table(content, "Services by need, and families").rows}
    assert rows["SF5 Improved family relationships"] == ("2", "2", "10.0", "9")
    assert rows["SF2 Good early years development"] == ("1", "1", "5.0", "too few to say")
    assert rows["SF9 Secure housing"] == ("0", "0", "0.0", "0")


def test_a_service_counts_in_every_level_age_and_area_that_it_stands_in(content):
    ages = table(content, "Services by need and age")
    told = {each[0]: dict(zip(ages.columns[1:], each[1:], strict=True)) for each in ages.rows}
    assert told["SF5 Improved family relationships"]["1-4"] == "2"
    assert told["SF2 Good early years development"]["10-15"] == "1"
    assert table(content, "Services by need and area").columns[1:3] == ("North", "not recorded")


def test_costs_are_the_ledgers_and_what_it_does_not_know_is_told_as_that(content):
    rows = {each[0]: each[5:] for each in table(content, "Each service").rows}
    assert rows["Parenting"] == ("£12,345 (2025-26)", "£250")
    assert rows["Playgroup"] == rows["Counsel"] == ("not in the ledger", "not told")


def test_what_a_record_does_not_say_is_told_and_not_read_as_none(content):
    [counsel] = [each for each in table(content, "Each service").rows if each[0] == "Counsel"]
    assert counsel[1:5] == ("not recorded", "not recorded", "not recorded", "11 and over")


def test_each_figure_of_a_measure_has_its_certificate(content):
    rows = table(content, "What stands behind").rows
    assert [(row[0][-4:], row[1], row[3]) for row in rows] == [
        ("(A1)", "all", "CA10"), ("(B2)", "all", "CB20"), ("(J7)", "S01", "CJ7"),
    ]  # fmt: skip


def test_gaps_and_overlaps_are_listed(content):
    assert ("need", "SF9 Secure housing", "1") in table(content, "Nothing at all").rows
    overlap = table(content, "Different providers").rows[0]
    assert overlap[:3] == ("Parenting and Playgroup", "Elm Trust and Quay Centre", "SF5")


def test_a_service_that_does_not_say_for_which_need_it_is_is_not_read_as_being_for_none(content, offer):
    said = " ".join(texts(content))
    assert "3 services run, by 2 providers." in said
    assert "No service is recorded as being for: SF1" in said
    assert "1 service does not say" in said
    silent = {**offer, "services": offer["services"][:1], "not_recorded": {**offer["not_recorded"], "need": 1}}
    assert "so that gaps cannot be told" in " ".join(texts(written("service-blueprint", offer=silent)))


def test_a_step_of_which_nothing_is_recorded_says_so_in_few_words():
    wanted, part = asked("B5", None)
    bare = replace(part, released=replace(part.released, missing=("eh_episode.first_contact_date",)))
    steps = {
        each[0]: each[1:] for each in table(written("service-blueprint", parts=((wanted, bare),)), "Each step").rows
    }
    assert steps["Help begins"][2:] == ("nothing", "Acceptance to first contact: not recorded")


def test_each_step_tells_what_is_recorded_of_it(content):
    steps = {each[0]: each[1:] for each in table(content, "Each step").rows}
    assert list(steps) == [each.name for each in STEPS]
    assert steps["Somebody asks"][2] == "Requests for support received: 200"
    assert (
        steps["The family waits for a worker"][3] == "Wait from acceptance to allocation: 12 days (11 days to 13 days)"
    )
    assert {each for step in STEPS for each in (*step.volumes, *step.waits)} <= set(CATALOGUE)


def test_without_a_directory_it_says_so_and_still_tells_the_steps():
    content = written("service-blueprint", parts=(asked("A1", 200),))
    assert "No service is in the directory: what is offered cannot be told." in list(texts(content))
    assert table(content, "Each step").rows[0][0] == "Somebody asks"
