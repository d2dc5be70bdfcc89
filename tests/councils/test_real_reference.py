"""Real public statistics: every file is read with the rows its manifest says, and the known faults of the data are told."""

from __future__ import annotations

import csv

import pytest

from earlyhelp.reference import authorities, boundaries, check_pack, figures, neighbours, open_pack, small_areas
from earlyhelp.reference.check import FOUND, PASSED
from earlyhelp.reference.profile import LINES, Profiles
from earlyhelp.reference.symbols import STATUSES

WANDSWORTH, MIDDLESBROUGH, SUTTON, WEST_SUSSEX = "E09000032", "E06000002", "E09000029", "E10000032"


@pytest.fixture(scope="module")
def folder(shared):
    """The folder of real reference data."""
    return shared / "reference"


@pytest.fixture(scope="module")
def checked(folder):
    """Every file read and every check run, once."""
    return check_pack(open_pack(folder))


@pytest.fixture(scope="module")
def found(checked):
    """What each check found, by its id."""
    return {each.check.id: each.findings for each in checked.outcomes}


def test_every_file_of_the_manifest_is_read_with_its_number_of_rows(checked, folder):
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["file"]: int(row["rows"]) for row in csv.DictReader(stream)}
    assert checked.refused == ()
    assert {each.resource.path: each.rows for each in checked.loaded} == rows


def test_every_check_applies_and_none_is_broken(checked):
    assert {each.outcome for each in checked.outcomes} <= {PASSED, FOUND}


def test_every_kind_of_nothing_that_the_notes_name_is_kept(checked):
    told = {each.publication.id: each.statuses for each in checked.loaded}
    assert told["lait"]["missing_or_suppressed"] == 93_883
    assert told["deprivation"]["missing"] == 815
    assert told["children"]["not_available"] == 21
    assert {"suppressed", "not_available", "not_applicable", "unreliable"} <= told["factors_at_assessment"].keys()
    assert told["reasons_for_closure"]["low"] == 8
    assert set().union(*told.values()) == set(STATUSES)


def test_wandsworths_blanks_in_14_of_15_finance_measures_are_missing_and_not_zero(found, folder):
    blank = {
        each.area_code: each.found for each in found["topic-left-blank"] if "Children's Service Finance" in each.found
    }
    assert blank.keys() >= {WANDSWORTH, MIDDLESBROUGH}
    assert blank[WANDSWORTH].startswith("No figure for 14 of 15 measures")
    spend = figures(folder, "lait/YouthJusticeFinance", WANDSWORTH).to_pylist()
    assert (spend[-1]["period"], spend[-1]["value"], spend[-1]["status"]) == (
        "2024-25 (OT)",
        None,
        "missing_or_suppressed",
    )
    shown = {each.area_code: each.found for each in found["two-sources-youthjusticefinance-total-expenditure"]}
    assert shown[WANDSWORTH].startswith('It is printed as "-" here and 1976000.0 in spend/Youth Justice')


def test_englands_youth_justice_rate_of_1258_is_told_to_be_a_sum(found):
    told = {each.measure: each.found for each in found["sum-called-rate"]}
    assert told.keys() == {"lait/FirstYJS", "lait/PreChildDea"}
    assert told["lait/FirstYJS"].startswith("England's 1,258 is labelled")


def test_finance_returns_that_were_not_submitted_are_told(found):
    blank = {each.area_code: each.found.split(" figures")[0] for each in found["return-not-submitted"]}
    assert blank == {
        "E06000039": "92 of 92",
        "E06000063": "92 of 92",
        "E08000025": "92 of 92",
        "E08000037": "28 of 92",
    }
    assert len(found["return-not-certified"]) == 10
    [nested] = found["lines-that-nest"]
    assert "4 lines" in nested.found


def test_codes_that_changed_and_authorities_that_ended_are_told(found):
    assert {each.area_code for each in found["replaced-code"]} == {"E08000016", "E08000019"}
    former = {each.area_code for each in found["former-authority"] if each.publication == "children"}
    assert former == {f"E100000{number:02}" for number in (2, 6, 9, 21, 23, 27)} | {"E06000028", "E06000029"}
    assert {each.found for each in found["name-with-two-codes"]} >= {'"Somerset" stands for SMT and SOM.'}


def test_totals_that_do_not_add_are_told(found):
    referrals = {
        each.period: each.found for each in found["total-that-does-not-add"] if each.publication == "referrals"
    }
    assert {"2013", "2024"} <= referrals.keys()
    assert "2019" not in referrals


def test_zeros_that_are_not_recorded_are_told(found):
    told = {each.area_code for each in found["zero-unlike-others"] if each.measure.endswith("/Domestic_Abuse_person")}
    assert told == {SUTTON, WEST_SUSSEX}


def test_areas_of_other_years_and_counties_by_district_are_told(found):
    assert len(found["wards-of-another-year"]) == 19
    assert WEST_SUSSEX in {each.area_code for each in found["counties-by-district-low-income"]}
    assert len(found["measure-in-two-topics"]) == 14
    [changes] = found["areas-split-and-merged"]
    assert changes.found.startswith("837 areas of 2011")


def test_boundaries_hold_exactly_the_areas_of_the_lists(found, folder):
    assert (found["authorities-drawn"], found["small-areas-drawn"], found["wards-drawn"]) == ((), (), ())
    assert boundaries(folder, "ward_boundaries").num_rows == 373


def test_neighbours_and_small_areas_of_a_council(folder):
    assert neighbours(folder, WANDSWORTH)["rank"].to_pylist() == list(range(1, 11))
    assert small_areas(folder, WANDSWORTH).num_rows == 186


def test_each_of_the_153_councils_has_a_profile_with_every_line_and_no_value_where_there_is_no_figure(folder):
    profiles = Profiles(folder)
    codes = authorities(folder)["area_code"].to_pylist()
    made = [profiles.of(code) for code in codes]
    assert len(made) == 153
    assert {len(each.rows) for each in made} == {len(LINES)}
    assert {len(each.neighbours) for each in made} == {10}
    assert all((row.value is None) == (row.status != "ok") for each in made for row in each.rows)
    [housing] = [row for row in profiles.of(WANDSWORTH).rows if row.label == "Housing"]
    assert (housing.value, housing.status) == (None, "suppressed")
