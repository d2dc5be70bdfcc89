"""What the ledger says of early and late, and what a month of help, a good closure and a step-up avoided costs."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.economics.spend import (
    cost_per_family_month,
    cost_per_good_closure,
    cost_per_step_up_avoided,
    early_share,
    ledger,
    planned_against_actual,
)
from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import effect
from earlyhelp.measures import CATALOGUE, Grain, Question, Standards, calculate
from spec.dataset import snapshot

AS_AT = date(2025, 3, 31)
STANDARDS = Standards(AS_AT)
SPEND = """
    financial_year | service_id | budget_line    | line_code      | stage | amount | kind
    2023-24        | S1         | Family support | family_support | early | 1000   | actual
    2023-24        |            | Teams          | family_support | early | 500    | actual
    2023-24        |            | Placements     | looked_after   | late  | 4000   | actual
    2023-24        |            | Grants         |                |       | 500    | actual
    2023-24        | S1         | Family support | family_support | early | 1200   | planned
    2024-25        | S1         | Family support | family_support | early | 900    | actual
    2024-25        |            | Placements     | looked_after   | late  | 5100   | actual
    2025-26        | S1         | Family support | family_support | early | 800    | planned
    2025-26        |            | Placements     | looked_after   | late  | 7200   | planned
    2025-26        |            | Placements     | looked_after   | late  | 10     | actual
"""
EPISODES = """
    episode_id | person_id | start_date | end_date   | end_reason_code
    1          | Ann       | 2023-03-01 | 2023-07-01 | outcomes_met
    2          | Bob       | 2024-01-01 | 2024-12-31 | disengaged
    3          | Cat       | 2024-12-01 |            |
"""


@pytest.fixture(scope="module")
def council():
    return snapshot({"spend": SPEND, "eh_episode": EPISODES}, AS_AT, checked=False)


def year(con, financial_year, kind="actual"):
    [found] = [each for each in ledger(con) if (each.financial_year, each.kind) == (financial_year, kind)]
    return found


def spent(rows):
    return snapshot({"spend": rows}, AS_AT, checked=False)


def test_the_ledger_is_summed_by_year_and_kind_and_what_has_no_line_is_none_and_not_0(council):
    found = year(council, "2023-24")
    assert (found.early, found.late, found.other, found.unmarked, found.total) == (1500, 4000, None, 500, 6000)
    assert found.lines == {"": 500, "family_support": 1500, "looked_after": 4000}
    assert found.services == {"S1": 1000}
    assert year(council, "2023-24", "planned").late is None


def test_the_early_share_is_of_all_pounds_and_says_what_nobody_marked(council):
    share = early_share(year(council, "2023-24"), AS_AT)
    assert (share.status, share.value, share.pounds, share.units) == ("ok", 25, 1500, 6000)
    assert share.cautions == ("500 pounds are on lines without a mark: they count as not early.",)


def test_the_early_share_is_that_of_the_measure_of_the_catalogue(council):
    figures = calculate(council, CATALOGUE["J3"], STANDARDS, Question(grain=Grain.YEAR)).figures
    ours = [early_share(year(council, each), AS_AT).value for each in ("2023-24", "2024-25")]
    assert [100 * figure.numerator / figure.denominator for figure in figures] == ours


def test_what_is_planned_for_a_year_to_come_has_its_share(council):
    assert early_share(year(council, "2025-26", "planned"), AS_AT).value == 10


def test_what_was_spent_in_a_year_that_is_not_over_is_not_mature(council):
    share = early_share(year(council, "2025-26"), AS_AT)
    assert (share.status, share.value) == ("not_mature", None)
    assert "not over" in share.why_not
    assert early_share(year(council, "2024-25"), date(2025, 3, 30)).status == "not_mature"


def test_a_year_without_a_line_of_early_help_has_no_share_and_not_0():
    rows = "financial_year | budget_line | stage | amount | kind\n2023-24 | Placements | late | 5 | actual"
    share = early_share(year(spent(rows), "2023-24"), AS_AT)
    assert (share.status, share.value) == ("no_data", None)
    assert "not 0" in share.why_not


def test_nothing_spent_on_early_help_is_0_where_the_ledger_has_the_line():
    rows = (
        "financial_year | budget_line | stage | amount | kind\n"
        "2023-24 | Placements | late | 5 | actual\n2023-24 | Hubs | early | 0 | actual"
    )
    share = early_share(year(spent(rows), "2023-24"), AS_AT)
    assert (share.status, share.value) == ("ok", 0)


@pytest.mark.parametrize(
    ("early", "unmarked", "status"), [(40, 60, "no_data"), (50, 50, "ok"), (-10, 60, "no_data"), (10, -20, "no_data")]
)
def test_a_share_needs_half_of_the_pounds_marked_and_more_spending_than_income(early, unmarked, status):
    rows = (
        "financial_year | budget_line | stage | amount | kind\n"
        f"2023-24 | Hubs | early | {early} | actual\n2023-24 | Other |  | {unmarked} | actual"
    )
    assert early_share(year(spent(rows), "2023-24"), AS_AT).status == status


def test_a_ledger_of_early_help_alone_says_that_its_share_is_of_that():
    rows = "financial_year | budget_line | stage | amount | kind\n2023-24 | Hubs | early | 5 | actual"
    share = early_share(year(spent(rows), "2023-24"), AS_AT)
    assert share.value == 100
    assert "holds no late help" in share.cautions[0]


def test_plan_and_outturn_stand_side_by_side_and_a_difference_needs_both(council):
    rows = {(row.financial_year, row.stage): row for row in planned_against_actual(ledger(council))}
    assert rows["2023-24", "early"].overspent == 300
    assert (rows["2023-24", "late"].planned, rows["2023-24", "late"].overspent) == (None, None)
    assert rows["2025-26", "late"].overspent == 10 - 7200
    assert (rows["2025-26", "early"].actual, rows["2025-26", "early"].overspent) == (None, None)


def test_a_line_that_was_loaded_twice_is_refused_by_year_and_line():
    line = "2023-24 | S1 | Hubs | early | 5 | actual"
    with pytest.raises(InputRefused, match="Hubs of 2023-24"):
        ledger(spent(f"financial_year | service_id | budget_line | stage | amount | kind\n{line}\n{line}"))


@pytest.mark.parametrize(
    "second", ["S2 | A | 5 | actual", "S1 | B | 5 | actual", "S1 | A | 6 | actual", "S1 | A | 5 | planned"]
)
def test_lines_that_differ_in_anything_but_their_record_are_two_lines(second):
    line = "2023-24 | Hubs | S1 | A | 5 | actual"
    rows = f"financial_year | budget_line | service_id | team | amount | kind\n{line}\n2023-24 | Hubs | {second}"
    assert ledger(spent(rows))


def test_without_a_ledger_there_are_no_years_and_each_figure_says_so():
    con = snapshot({"eh_episode": EPISODES}, AS_AT, checked=False)
    assert ledger(con) == ()
    for [figure] in (cost_per_family_month(con, STANDARDS), cost_per_good_closure(con, STANDARDS)):
        assert (figure.status, figure.value) == ("no_data", None)
        assert "spend.amount" in figure.why_not


def test_a_family_month_costs_early_spending_divided_by_the_months_that_help_was_open(council):
    first, second = cost_per_family_month(council, STANDARDS)
    open_days = (date(2023, 7, 1) - date(2023, 4, 1)).days + (date(2024, 4, 1) - date(2024, 1, 1)).days
    assert (first.financial_year, first.status, first.pounds) == ("2023-24", "ok", 1500)
    assert first.units == pytest.approx(open_days / 30.4375)
    assert first.value == pytest.approx(1500 / (open_days / 30.4375))
    open_days = (date(2024, 12, 31) - date(2024, 4, 1)).days + (AS_AT - date(2024, 12, 1)).days
    assert second.units == pytest.approx(open_days / 30.4375)


def test_a_good_closure_costs_all_early_spending_divided_by_the_families_that_closed_with_outcomes_met(council):
    first, second = cost_per_good_closure(council, STANDARDS)
    assert (first.value, first.units) == (1500, 1)
    assert "still open" in first.cautions[-1]
    assert (second.status, second.value, second.pounds, second.units) == ("no_data", None, 900, 0)
    assert "to divide by" in second.why_not


def test_early_help_that_brought_in_more_than_it_spent_has_no_cost_for_a_closure():
    rows = (
        "financial_year | budget_line | stage | amount | kind\n"
        "2023-24 | Hubs | early | 100 | actual\n2023-24 | Grants | early | -300 | actual"
    )
    con = snapshot({"spend": rows, "eh_episode": EPISODES}, AS_AT, checked=False)
    found = cost_per_good_closure(con, STANDARDS)[0]
    assert (found.status, found.value, found.pounds) == ("no_data", None, -200)
    assert "Income is more" in found.why_not


def test_a_year_that_is_not_over_and_a_year_missing_from_the_ledger_have_no_cost():
    rows = (
        "financial_year | budget_line | stage | amount | kind\n"
        "2022-23 | Hubs | early | 5 | actual\n2024-25 | Hubs | early | 7 | actual"
    )
    con = snapshot({"spend": rows, "eh_episode": EPISODES}, date(2024, 12, 31), checked=False)
    found = {each.financial_year: each.status for each in cost_per_good_closure(con, Standards(date(2024, 12, 31)))}
    assert found == {"2022-23": "no_data", "2023-24": "no_data", "2024-25": "not_mature"}


def test_the_years_are_the_ledgers_whatever_year_the_council_reports_by(council):
    autumn = Standards(AS_AT, year_starts=9)
    assert cost_per_good_closure(council, autumn) == cost_per_good_closure(council, STANDARDS)


# What a step-up avoided costs, where a study says that any is.

FEWER = effect("entropy_balancing", -0.05, 0.01)


def test_a_step_up_avoided_costs_a_familys_share_of_the_spending_over_the_share_kept_from_one(council):
    found = cost_per_step_up_avoided("S1", year(council, "2023-24"), 10, FEWER, maryland=2)
    assert found.status == "ok"
    assert found.cost.estimate == pytest.approx(1000 / 10 / 0.05)
    assert found.cost.lower < found.cost.estimate < found.cost.upper
    assert "is associated with fewer" in found.wording
    assert "caused" not in found.wording


def test_the_wording_stays_with_association_below_grade_3(council):
    found = cost_per_step_up_avoided("S1", year(council, "2023-24"), 10, FEWER, maryland=3)
    assert "associated" not in found.wording


@pytest.mark.parametrize(
    ("service", "offered", "saved", "why_not", "reason"),
    [
        ("S9", 10, FEWER, "", "under the service's own number"),
        ("S1", None, FEWER, "", "how many families"),
        ("S1", 0, FEWER, "", "how many families"),
        ("S1", 10, None, "", "No study"),
        ("S1", 10, None, "The families compared are not alike.", "not alike"),
        ("S1", 10, effect("entropy_balancing", -0.01, 0.01), "", "not shown"),
        ("S1", 10, effect("entropy_balancing", 0.05, 0.01), "", "not shown"),
    ],
)
def test_where_spending_families_or_effect_cannot_be_had_no_step_up_has_a_cost(
    council, service, offered, saved, why_not, reason
):
    found = cost_per_step_up_avoided(service, year(council, "2023-24"), offered, saved, maryland=2, why_not=why_not)
    assert (found.status, found.cost, found.wording) == ("no_data", None, "")
    assert reason in found.why_not


def test_a_service_whose_spending_comes_to_nothing_has_no_cost_for_a_step_up(council):
    free = year(council, "2023-24")._replace(services={"S1": 0.0})
    assert "service's own number" in cost_per_step_up_avoided("S1", free, 10, FEWER, maryland=2).why_not


def test_without_a_ledger_no_step_up_has_a_cost():
    assert cost_per_step_up_avoided("S1", None, 10, FEWER, maryland=2).status == "no_data"
