"""The table of unit costs: sound row by row, never summed where pounds would count twice, and overruled by the council."""

from __future__ import annotations

from itertools import combinations

import pytest

from earlyhelp.economics.unit_costs import (
    AGENCIES,
    UNIT_COSTS,
    UnitCost,
    by_agency,
    costs_of_council,
    may_be_summed,
    overlaps,
    unit_cost,
)
from earlyhelp.economics.unit_costs.cost import FLAGS, faults_of
from earlyhelp.economics.unit_costs.rows import COLUMNS, as_csv, costs_of_rows, read_rows, refuse
from earlyhelp.economics.unit_costs.table import misplaced
from earlyhelp.errors import InputRefused, UsageProblem


def a_cost(**changes):
    plain = {
        "code": "visit",
        "name": "A visit",
        "unit": "per visit",
        "value": 100.0,
        "price_year": "2023-24",
        "agency": "nhs",
        "kind": "fiscal",
        "horizon": "event",
        "thing": "visit",
        "source": "Made up",
        "confidence": "low",
    }
    return UnitCost(**(plain | changes))


@pytest.mark.parametrize("cost", UNIT_COSTS.values(), ids=list(UNIT_COSTS))
def test_every_national_cost_says_where_it_comes_from_and_keeps_every_rule(cost):
    assert list(faults_of(cost)) == []
    assert all((cost.source, cost.url.startswith("https://"), cost.retrieved, cost.licence, cost.bearer))
    assert sum(cost.borne_by().values()) == pytest.approx(cost.value, abs=1)


def test_every_national_cost_that_is_no_placeholder_is_an_average_and_claims_nothing_of_margin_and_cash():
    for cost in UNIT_COSTS.values():
        assert cost.average == (None if "placeholder" in cost.flags else cost.value)
        assert (cost.marginal, cost.cashable) == (None, None)


def test_every_flag_that_is_declared_is_used_or_belongs_to_what_a_council_brings():
    used = {flag for cost in UNIT_COSTS.values() for flag in cost.flags}
    assert set(FLAGS.codes) - used == {"imported", "local"}


def test_the_police_call_out_has_no_price_year_and_enters_no_sum_and_no_list_of_an_agency():
    assert unit_cost("police_call_out").flags == ("placeholder",)
    assert unit_cost("police_call_out").average is None
    assert "police_call_out" not in {cost.code for cost in by_agency()["police"]}
    with pytest.raises(UsageProblem, match="placeholder"):
        may_be_summed(["police_call_out"])


def test_the_cost_of_domestic_abuse_is_of_a_victim_and_the_cost_of_an_incident_is_another():
    assert unit_cost("domestic_abuse_total").unit.startswith("per victim")
    assert unit_cost("domestic_violence_incident").unit == "per incident"


def test_a_code_nobody_knows_is_refused_with_those_most_like_it():
    with pytest.raises(UsageProblem) as told:
        unit_cost("foster_care_weak")
    assert "foster_care_week" in told.value.fix


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("domestic_violence_incident", "domestic_violence_incident_police", "a whole and its part"),
        ("domestic_abuse_total", "domestic_violence_incident_police", "never one sum"),
        ("child_in_need_spend_year", "child_in_need_closure", "a whole and its part"),
        ("permanent_exclusion_year", "permanent_exclusion_lifetime", "lifetime"),
        ("neet_18_24_year", "neet_lifetime", "lifetime"),
        ("looked_after_year", "looked_after_year_england", "two figures for one thing"),
        ("residential_place_year", "residential_private_home_week", "two figures for one thing"),
        ("looked_after_year_england", "foster_care_week", "a whole and its part"),
        ("robbery_total", "robbery_response", "never one sum"),
        ("robbery_total", "persistent_truancy_year", "fiscal and social are never one sum"),
        ("early_help_month", "section_47_enquiry", "what help costs"),
    ],
)
def test_costs_that_count_pounds_twice_or_mix_kinds_are_no_sum_whichever_comes_first(first, second, why):
    for pair in ((first, second), (second, first)):
        with pytest.raises(UsageProblem, match=why):
            may_be_summed(pair)


def test_a_part_counts_twice_with_a_whole_of_another_kind_too():
    [reason] = overlaps(["robbery_total", "robbery_response"])
    assert "a whole and its part" in reason


@pytest.mark.parametrize(
    "codes",
    [
        [],
        ["looked_after_year"],
        ["looked_after_year", "looked_after_year"],
        ["foster_care_week", "residential_place_year"],
        ["neet_16_17_year", "neet_18_24_year"],
        ["domestic_violence_incident_health", "domestic_violence_incident_police"],
        ["looked_after_year", "child_protection_plan_six_months", "persistent_truancy_year"],
    ],
)
def test_costs_of_different_things_may_be_one_sum(codes):
    may_be_summed(codes)


def test_a_cost_and_anything_that_holds_it_never_stand_in_one_sum():
    """The slow way round: walk up from every cost, and ask of every pair whether one stands above the other."""

    def above(code):
        parent = UNIT_COSTS[code].parent
        return {parent, *above(parent)} if parent else set()

    for first, second in combinations(UNIT_COSTS, 2):
        if second in above(first) or first in above(second):
            assert overlaps([first, second]), (first, second)


def test_each_agency_has_the_costs_that_fall_on_it_in_whole_or_in_part():
    costs = by_agency()
    assert set(costs) <= set(AGENCIES.codes)
    assert {"domestic_violence_incident", "domestic_violence_incident_housing"} <= {
        cost.code for cost in costs["council_housing"]
    }
    assert unit_cost("domestic_violence_incident").borne_by_council() == 193 + 110
    assert unit_cost("neet_18_24_year").borne_by_council() == 0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": -1.0}, "value: -1 is no cost"),
        ({"value": float("inf")}, "value"),
        ({"marginal": -5.0}, "marginal"),
        ({"price_year": "2023"}, 'price_year: "2023" is not known'),
        ({"price_year": ""}, "price_year: it is empty"),
        ({"agency": "town hall"}, 'agency: "town hall" is not known'),
        ({"kind": "both"}, "kind"),
        ({"horizon": "decade"}, "horizon"),
        ({"flags": ("nice",)}, "flags"),
        ({"average": 100.0, "cashable": 101.0}, "cashable: it is more than the unit costs"),
        ({"low": 120.0}, "low, high"),
        ({"shares": {"nhs": 60.0, "police": 30.0}}, "shares: they come to 90.00 pounds"),
        ({"source": ""}, "source: it is empty"),
        ({"code": "a visit"}, "code"),
    ],
)
def test_a_cost_that_breaks_a_rule_is_told_the_column_and_the_rule(changes, why):
    [fault] = faults_of(a_cost(**changes))
    assert why in fault


def test_a_cost_without_a_price_year_may_hold_a_place():
    assert list(faults_of(a_cost(price_year="", flags=("placeholder",)))) == []


def test_a_parent_that_is_not_there_and_a_cost_that_holds_itself_are_found():

    costs = {
        each.code: each
        for each in (a_cost(code="a", parent="b"), a_cost(code="b", parent="a"), a_cost(code="c", parent="d"))
    }
    reasons = [refused.reason for refused in misplaced(costs, {"a": 2, "b": 3, "c": 4})]
    assert reasons == ["parent: the cost would be a part of itself."] * 2 + ['parent: there is no unit cost "d".']


def test_the_table_written_as_csv_reads_back_as_the_same_costs():
    costs, refused = costs_of_rows(read_rows(as_csv(UNIT_COSTS.values()), "here", COLUMNS))
    assert refused == []
    assert costs == dict(UNIT_COSTS)


def test_of_a_code_that_stands_twice_no_row_is_taken_and_empty_rows_still_count():
    text = as_csv([a_cost(), a_cost(value=120.0), a_cost(code="call")]).replace("\nvisit", "\n\nvisit", 1)
    costs, refused = costs_of_rows(read_rows(text, "here", COLUMNS))
    assert list(costs) == ["call"]
    assert [each.row for each in refused] == [3, 4]


@pytest.mark.parametrize(
    ("cell", "why"),
    [("", "a missing cost is not 0"), ("about 5", "no number of pounds"), ("nan", "no number"), ("1e999", "no number")],
)
def test_a_value_that_is_missing_or_no_number_is_refused(cell, why):
    row = dict.fromkeys(COLUMNS, "") | {"code": "visit", "value": cell}
    _, refused = costs_of_rows([(7, row)])
    assert any(why in str(each) and "row 7" in str(each) for each in refused)


def test_of_many_faults_ten_are_told_in_full_and_the_rest_are_counted():
    _, refused = costs_of_rows([(number, {"code": f"c{number}", "value": ""}) for number in range(2, 16)])
    with pytest.raises(InputRefused, match="and 4 more"):
        refuse(refused, "here")


# A council's own costs.


@pytest.fixture
def given(tmp_path):
    """Writes a council's own costs and returns all that then hold."""

    def write(text):
        (tmp_path / "economics").mkdir(exist_ok=True)
        (tmp_path / "economics" / "unit_costs.csv").write_text(text, "utf-8")
        return costs_of_council(tmp_path)

    return write


def test_without_a_file_of_its_own_the_council_has_the_national_costs(tmp_path):
    assert costs_of_council(tmp_path) is UNIT_COSTS


def test_a_councils_own_value_takes_the_place_of_the_national_one_and_nothing_of_its_figures_stays(given):
    costs = given("code,value,price_year,cashable\nfoster_care_week,£850,2025-26,800\n")
    own = costs["foster_care_week"]
    assert (own.value, own.price_year, own.cashable, own.average, own.low) == (850, "2025-26", 800, None, None)
    assert (own.name, own.unit, own.parent) == (
        UNIT_COSTS["foster_care_week"].name,
        "per week",
        "looked_after_year",
    )
    assert (own.source, own.flags) == ("Council's ledger", ("local",))
    assert costs["looked_after_year"] is UNIT_COSTS["looked_after_year"]


def test_a_national_cost_told_by_shares_loses_them_where_the_council_gives_its_own_value(given):
    own = given("code,value,price_year,agency\nneet_18_24_year,5000,2025-26,dwp\n")["neet_18_24_year"]
    assert own.borne_by() == {"dwp": 5000}


def test_a_council_may_add_a_cost_of_its_own_and_it_sums_by_the_same_rules(given):
    costs = given(
        "code,name,unit,value,price_year,agency,kind,horizon,parent\n"
        "emergency_bed,Emergency bed,per night,310,2025-26,council_social_care,fiscal,day,looked_after_year\n"
    )
    with pytest.raises(UsageProblem, match="a whole and its part"):
        may_be_summed(["emergency_bed", "looked_after_year"], costs)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("foster_care_week,-5,2025-26,,", "row 2 (foster_care_week): value: -5 is no cost"),
        ("foster_care_week,,2025-26,,", "row 2 (foster_care_week): value: it is empty; a missing cost is not 0"),
        ("foster_care_week,850,2025/26,,", 'row 2 (foster_care_week): price_year: "2025/26" is not known'),
        ("foster_care_week,850,1812-13,,", 'price_year: "1812-13" is not known'),
        ("foster_care_week,850,,,", "row 2 (foster_care_week): price_year: it is empty"),
        ("foster_care_week,850,2025-26,treasury,", 'agency: "treasury" is not known'),
        ("foster_care_week,850,2025-26,,per night", 'unit: the national cost of this code is "per week"'),
        ("foster_care_week,850,2025-26,,\nfoster_care_week,870,2025-26,,", "row 3 (foster_care_week): code:"),
        ("emergency_bed,850,2025-26,,", "row 2 (emergency_bed): name: it is empty"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_its_number_and_rule(given, row, rule):
    with pytest.raises(InputRefused) as told:
        given(f"code,value,price_year,agency,unit\n{row}\n")
    assert rule in told.value.error
    assert told.value.where == "economics/unit_costs.csv"


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        ("code,value", "the heading price_year is missing"),
        ("code,value,price_year,cost", '"cost" is not known'),
        ("code,value,price_year,value", '"value" is there twice'),
        ("", "the heading code is missing"),
    ],
)
def test_headings_that_are_missing_unknown_or_double_are_named(given, headings, why):
    with pytest.raises(InputRefused, match=why):
        given(headings + "\n")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "economics").mkdir()
    (tmp_path / "economics" / "unit_costs.csv").write_bytes(b"\xff\xfe\x00c")
    with pytest.raises(InputRefused, match="cannot be read as text"):
        costs_of_council(tmp_path)
