"""What each check finds in small published files, what it lets pass, and that nothing is corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.reference.published_files import authority, lait, of_authority, of_england, write_publication

from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.check import BROKEN, FOUND, NOT_APPLICABLE, PASSED, Check, Outcome, run_check
from earlyhelp.reference.checking import CHECKS, check_pack, read_pack
from earlyhelp.reference.loading import connect
from earlyhelp.reference.pack import open_pack
from earlyhelp.reference.publication import FIGURES, quoted

WANDSWORTH, LEEDS, SUTTON = "E09000032", "E08000035", "E09000029"
RATE = {"Topic": "Youth", "Measure_short": "FirstYJS", "y_axis_name": "Rate per 100,000"}
REGIONS = ("980", "981", "982", "983", "984", "985", "986", "989", "990")


def outcome(folder: Path, check: str) -> Outcome:
    """How one check of the folder's files ended."""
    con, pack = connect(), open_pack(folder)
    loaded, refused = read_pack(con, pack, pack.resources)
    assert [each.problem.error for each in refused] == []
    [wanted] = [each for each in CHECKS if each.id == check]
    return run_check(con, wanted, {each.publication.id for each in loaded})


def findings(folder: Path, check: str) -> list[tuple[str, str, str]]:
    """Area, measure and sentence of what one check found."""
    found = outcome(folder, check)
    assert found.outcome in (PASSED, FOUND), found.reason
    return [(each.area_code, each.measure, each.found) for each in found.findings]


# All checks


def test_checks_have_different_ids_and_read_publications_that_exist():
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert {name for check in CHECKS for name in check.needs} <= set(PUBLICATIONS)
    assert all(check.title and not check.title.endswith(".") for check in CHECKS)


@pytest.fixture(scope="module")
def empty():
    """Every publication loaded, each with no row."""
    con = connect()
    for publication in PUBLICATIONS.values():
        if publication.kind != FIGURES:
            columns = ", ".join(f"{quoted(heading)} VARCHAR" for heading in publication.headings)
            con.execute(f"CREATE TABLE {quoted(publication.id)} ({columns})")
    return con


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_a_check_of_nothing_runs_and_finds_nothing(check, empty):
    assert run_check(empty, check, PUBLICATIONS) == Outcome(check, PASSED)


@pytest.mark.parametrize("check", [each for each in CHECKS if each.needs], ids=lambda check: check.id)
def test_a_check_does_not_apply_where_what_it_needs_is_not_in_the_pack_and_says_what(check, empty):
    found = run_check(empty, check, ())
    assert found.outcome == NOT_APPLICABLE
    assert all(name in found.reason for name in check.needs)


def test_a_check_that_cannot_run_is_broken_and_never_passed(empty):
    check = Check("wrong", "Wrong", (), "SELECT nothing FROM nowhere")
    found = run_check(empty, check, ())
    assert (found.outcome, found.findings) == (BROKEN, ())


def test_what_a_check_found_is_still_in_the_figures_as_published(tmp_path):
    rows = [lait("FirstYJS", number, "2024", "100") for number in REGIONS]
    write_publication(tmp_path, "lait", [*rows, lait("FirstYJS", "970", "2024", "900")])
    write_publication(tmp_path, "lait_dictionary", [RATE])
    checked = check_pack(open_pack(tmp_path))
    assert any(each.findings for each in checked.outcomes)
    assert {each.publication.id: each.rows for each in checked.loaded} == {"lait": 10, "lait_dictionary": 1}


# Blanks and sums


def test_blanks_and_the_sign_for_two_things_are_told_with_their_number(tmp_path):
    write_publication(
        tmp_path, "children", [of_authority(LEEDS, "2024"), of_authority(SUTTON, "2024", population_estimate="0")]
    )
    write_publication(tmp_path, "lait", [lait("CIN", "970", "2025", "-"), lait("CIN", "986", "2025", "-")])
    [(_, _, blank)] = findings(tmp_path, "blank-is-not-zero")
    assert blank.startswith("1 figures are blank (measures: 1, areas: 1)")
    [(_, _, dashes)] = findings(tmp_path, "one-sign-for-two")
    assert dashes.startswith("2 figures are printed as -")


@pytest.mark.parametrize(
    ("england", "label", "is_found"),
    [
        ("1258", "Rate per 100,000", True),
        ("150", "Rate per 100,000", False),
        ("1258", "Number of children", False),
        ("2000", "Rate per 100,000", False),
    ],
)
def test_englands_rate_that_is_the_sum_of_the_regions_is_told(england, label, is_found, tmp_path):
    values = ("160", "150", "140", "130", "120", "145", "157", "117", "139")
    rows = [lait("FirstYJS", number, "2024", value) for number, value in zip(REGIONS, values, strict=True)]
    write_publication(tmp_path, "lait", [*rows, lait("FirstYJS", "970", "2024", england)])
    write_publication(tmp_path, "lait_dictionary", [{**RATE, "y_axis_name": label}])
    found = findings(tmp_path, "sum-called-rate")
    assert [(area, measure) for area, measure, _ in found] == [("E92000001", "lait/FirstYJS")] * is_found
    assert all("England's 1,258" in sentence and "sum of the regions (1,258;" in sentence for *_, sentence in found)


@pytest.mark.parametrize("values", [("50", "50"), ("100", *["0"] * 8)])
def test_a_rate_is_no_sum_where_too_few_regions_are_known_or_one_region_has_all_of_it(values, tmp_path):
    rows = [lait("FirstYJS", number, "2024", value) for number, value in zip(REGIONS, values, strict=False)]
    write_publication(tmp_path, "lait", [*rows, lait("FirstYJS", "970", "2024", "100")])
    write_publication(tmp_path, "lait_dictionary", [RATE])
    assert findings(tmp_path, "sum-called-rate") == []


def test_the_halves_of_london_are_not_added_to_london(tmp_path):
    rows = [lait("FirstYJS", number, "2024", "100") for number in (*REGIONS, "987", "988")]
    write_publication(tmp_path, "lait", [*rows, lait("FirstYJS", "970", "2024", "1100")])
    write_publication(tmp_path, "lait_dictionary", [RATE])
    assert findings(tmp_path, "sum-called-rate") == []


def test_an_authority_without_most_measures_of_a_topic_is_told_and_one_without_one_is_not(tmp_path):
    measures = [f"Spend{number}" for number in range(5)]
    codes = {str(200 + place): f"E0900{place:04}" for place in range(10)}
    blank = {("200", measure) for measure in measures[:4]} | {("201", "Spend0")}
    rows = [
        lait(measure, number, "2024-25", "-" if (number, measure) in blank else "7")
        for number in codes
        for measure in measures
    ]
    write_publication(tmp_path, "lait", rows)
    write_publication(tmp_path, "lait_dictionary", [{"Topic": "Finance", "Measure_short": each} for each in measures])
    write_publication(tmp_path, "authorities", [authority(code, number, code) for number, code in codes.items()])
    [(area, _, sentence)] = findings(tmp_path, "topic-left-blank")
    assert area == codes["200"]
    assert sentence.startswith('No figure for 4 of 5 measures of "Finance"')


# Money


def spend(code, line, value, column="Total Expenditure"):
    return {
        "financial_year": "2024-25",
        "ons_code": code,
        "service_line": line,
        "column": column,
        "gbp_thousands": value,
    }


def test_a_blank_return_is_told_as_missing(tmp_path):
    rows = [spend(LEEDS, "Youth Justice", ""), spend(SUTTON, "Youth Justice", "0"), spend(LEEDS, "Asylum Seekers", "4")]
    write_publication(tmp_path, "spend", rows)
    [(area, _, sentence)] = findings(tmp_path, "return-not-submitted")
    assert (area, sentence.startswith("1 of 2 figures are blank")) == (LEEDS, True)


def test_a_return_that_was_not_certified_is_told_and_its_figures_stay(tmp_path):
    rows = [
        {**spend(code, "Youth Justice", "4"), "certification": sign} for code, sign in ((LEEDS, "N"), (SUTTON, "Y"))
    ]
    write_publication(tmp_path, "spend", rows)
    assert [area for area, *_ in findings(tmp_path, "return-not-certified")] == [LEEDS]
    assert findings(tmp_path, "return-not-submitted") == []


def test_lines_that_are_part_of_others_are_told_with_what_adding_all_would_give(tmp_path):
    lines = {"Looked After": "60", "Looked After of which fostering": "40", "Youth": "40", "TOTAL CHILDREN": "100"}
    write_publication(tmp_path, "spend", [spend(LEEDS, line, value) for line, value in lines.items()])
    [(_, _, sentence)] = findings(tmp_path, "lines-that-nest")
    assert "All lines add to 140 thousand pounds and the total is 100: 1 lines" in sentence


# Totals and categories


@pytest.mark.parametrize(("england", "is_found"), [("100000", False), ("100015", False), ("110000", True)])
def test_a_national_figure_that_authorities_do_not_add_to_is_told_beyond_rounding(england, is_found, tmp_path):
    rows = [
        of_england("2024", population_estimate=england),
        of_authority(LEEDS, "2024", population_estimate="60000"),
        of_authority(SUTTON, "2024", population_estimate="40000"),
        of_authority(WANDSWORTH, "2024", population_estimate="x"),
    ]
    write_publication(tmp_path, "children", rows)
    found = findings(tmp_path, "total-that-does-not-add")
    assert len(found) == is_found
    assert all("110,000; the 2 authorities with a figure add to 100,000 and 1 have none" in each for *_, each in found)


def test_sources_that_do_not_add_to_referrals_are_told_unless_one_is_withheld(tmp_path):
    parts = dict.fromkeys(PUBLICATIONS["sources_of_referral"].measures, "0")
    short = of_authority(LEEDS, "2024", **{**parts, "Referrals": "1000", "Police": "700"})
    withheld = of_authority(SUTTON, "2024", **{**parts, "Referrals": "1000", "Police": "700", "Housing": "c"})
    write_publication(tmp_path, "sources_of_referral", [short, withheld])
    assert findings(tmp_path, "parts-of-sources-of-referral") == [
        (LEEDS, "sources_of_referral/Referrals", "The total is 1,000 and its parts add to 700.")
    ]


def test_a_zero_where_england_would_give_ten_or_more_is_told_and_a_small_authoritys_zero_is_not(tmp_path):
    def assessed(row, episodes, people):
        return {**row, "Episodes_with_assessment_factor": episodes, "Domestic_Abuse_person": people}

    rows = [
        assessed(of_england("2025"), "500000", "25000"),
        assessed(of_authority(SUTTON, "2025"), "1000", "0"),
        assessed(of_authority(LEEDS, "2025"), "100", "0"),
        assessed(of_authority(WANDSWORTH, "2025"), "1000", "c"),
    ]
    write_publication(tmp_path, "factors_at_assessment", rows)
    [(area, measure, sentence)] = findings(tmp_path, "zero-unlike-others")
    assert (area, measure) == (SUTTON, "factors_at_assessment/Domestic_Abuse_person")
    assert "it would be about 50" in sentence


def test_a_category_that_ended_and_one_that_began_are_told(tmp_path):
    rows = [
        of_england("2024", Physical_Abuse_unknown="90", Neglect="5", Child_criminal_exploitation="x"),
        of_england("2025", Physical_Abuse_unknown="0", Neglect="6", Child_criminal_exploitation="7"),
    ]
    write_publication(tmp_path, "factors_at_assessment", rows)
    assert [
        (measure.split("/")[1], sentence.split(" from")[0])
        for _, measure, sentence in findings(tmp_path, "category-began-or-ended")
    ] == [
        ("Child_criminal_exploitation", "Counted"),
        ("Physical_Abuse_unknown", "No longer counted"),
    ]


def test_a_figure_twice_a_share_above_100_and_a_period_without_a_year_are_told(tmp_path):
    row = of_authority(LEEDS, "2024", rereferral_percent="130")
    write_publication(tmp_path, "referrals", [row, row])
    write_publication(tmp_path, "lait", [lait("CIN", "970", "0", "3")])
    assert len(findings(tmp_path, "figure-twice")) == 10
    assert {measure for _, measure, _ in findings(tmp_path, "impossible-share")} == {"referrals/rereferral_percent"}
    assert [measure for _, measure, _ in findings(tmp_path, "period-without-year")] == ["lait/CIN"]


def test_months_without_a_row_are_counted(tmp_path):
    rows = [
        {"major": "THEFT", "minor": "SHOP", "ward_code": ward, "month": month, "offences": "3"}
        for ward, month in (("E05000001", "202401"), ("E05000001", "202402"), ("E05000002", "202401"))
    ]
    write_publication(tmp_path, "police_offences", rows)
    [(_, _, sentence)] = findings(tmp_path, "months-left-out")
    assert sentence.startswith("1 of 4 combinations")


# Areas


def test_codes_of_former_authorities_and_replaced_codes_are_told_and_joined_to_nothing(tmp_path):
    write_publication(tmp_path, "authorities", [authority("E08000016", "370", "Barnsley")])
    rows = [
        of_authority(code, year, population_estimate="9")
        for code in ("E08000016", "E06000029")
        for year in ("2017", "2018")
    ]
    write_publication(tmp_path, "children", rows)
    [former] = outcome(tmp_path, "former-authority").findings
    assert (former.area_code, former.period) == ("E06000029", "2017 to 2018")
    [(area, _, sentence)] = findings(tmp_path, "replaced-code")
    assert (area, sentence) == ("E08000016", "Barnsley is listed as E08000016; newer releases call it E08000038.")


def test_a_name_of_two_authorities_and_a_measure_of_two_topics_are_told(tmp_path):
    pairs = [("Somerset", "SOM"), ("Somerset", "SMT"), ("Leeds", "LDS")]
    write_publication(
        tmp_path, "authority_names", [{"la-name": name, "local-authority-code": code} for name, code in pairs]
    )
    topics = [("Absence", "CINAbs"), ("Children in Need", "CINAbs"), ("Absence", "Abs")]
    write_publication(tmp_path, "lait_dictionary", [{"Topic": topic, "Measure_short": name} for topic, name in topics])
    [(_, _, names)] = findings(tmp_path, "name-with-two-codes")
    assert names == '"Somerset" stands for SMT and SOM.'
    [(_, measure, where)] = findings(tmp_path, "measure-in-two-topics")
    assert (measure, where) == ("lait/CINAbs", "It is listed under Absence and Children in Need.")


def test_areas_that_were_split_and_merged_are_counted(tmp_path):
    pairs = [("A", "A"), ("B", "B1"), ("B", "B2"), ("C", "CD"), ("D", "CD")]
    write_publication(tmp_path, "small_area_changes", [{"lsoa11_code": old, "lsoa21_code": new} for old, new in pairs])
    [(_, _, sentence)] = findings(tmp_path, "areas-split-and-merged")
    assert sentence == "1 areas of 2011 are in more than one of 2021, and 1 of 2021 hold more than one of 2011."


def test_wards_of_another_year_and_counties_known_by_their_districts_are_told(tmp_path):
    write_publication(tmp_path, "small_areas", [{"lsoa21_code": "E01000001", "ward24_code": "E05000001"}])
    write_publication(tmp_path, "low_income_of_wards", [{"ward_code": "E05000002", "pct_fye2025": "3"}])
    wards = findings(tmp_path, "wards-of-another-year")
    assert [(area, sentence.split(" and")[0]) for area, _, sentence in wards] == [
        ("E05000001", "It is in the list of wards"),
        ("E05000002", "It has figures"),
    ]
    districts = [("E07000223", "E10000032"), ("E07000224", "E10000032"), (LEEDS, LEEDS)]
    rows = [{"ltla23_code": low, "utla23_code": up, "utla23_name": up} for low, up in districts]
    write_publication(tmp_path, "districts", rows)
    write_publication(tmp_path, "low_income", [{"area_code": low, "pct_fye2025": "20"} for low, _ in districts])
    counties = findings(tmp_path, "counties-by-district-low-income")
    assert counties == [("E10000032", "", "E10000032 is there as 2 districts.")]


def test_boundaries_and_neighbours_that_do_not_match_the_lists_are_told(tmp_path):
    write_publication(tmp_path, "authorities", [authority(LEEDS, "383", "Leeds"), authority(SUTTON, "319", "Sutton")])
    write_publication(tmp_path, "authority_boundaries", [{"CTYUA23CD": LEEDS}, {"CTYUA23CD": "E99999999"}])
    areas = [
        {"lsoa21_code": code, "ward24_code": "E05000001", "utla_code": LEEDS} for code in ("E01000001", "E01000002")
    ]
    write_publication(tmp_path, "small_areas", areas)
    write_publication(tmp_path, "small_area_boundaries", [{"LSOA21CD": "E01000001", "utla_code": LEEDS}])
    write_publication(tmp_path, "ward_boundaries", [{"WD25CD": "E05000001", "utla_code": LEEDS}])
    write_publication(tmp_path, "neighbours", [{"new_la_code": LEEDS, "sn_rank": "1", "sn_new_la_code": SUTTON}])
    assert [area for area, *_ in findings(tmp_path, "authorities-drawn")] == [SUTTON, "E99999999"]
    assert [area for area, *_ in findings(tmp_path, "small-areas-drawn")] == ["E01000002"]
    assert findings(tmp_path, "wards-drawn") == []
    assert [sentence for *_, sentence in findings(tmp_path, "ten-neighbours")] == [
        "1 neighbours, of which 1 are in the list of authorities."
    ]


def test_eleven_neighbours_are_one_too_many_though_ten_are_in_the_list(tmp_path):
    codes = [f"E0900{number:04}" for number in range(11)]
    write_publication(tmp_path, "authorities", [authority(code, "1", code) for code in codes[:10]])
    write_publication(
        tmp_path, "neighbours", [{"new_la_code": LEEDS, "sn_rank": "1", "sn_new_la_code": code} for code in codes]
    )
    assert [sentence.split(",")[0] for *_, sentence in findings(tmp_path, "ten-neighbours")] == ["11 neighbours"]


# Two sources


def test_where_two_sources_disagree_both_figures_are_shown(tmp_path):
    write_publication(tmp_path, "authorities", [authority(LEEDS, "383", "Leeds"), authority(SUTTON, "319", "Sutton")])
    write_publication(
        tmp_path,
        "lait",
        [
            lait("YouthJusticeFinance", "383", "2024-25 (OT)", "5000000"),
            lait("YouthJusticeFinance", "319", "2024-25 (OT)", "-"),
        ],
    )
    write_publication(
        tmp_path, "spend", [spend(LEEDS, "Youth Justice", "5000.4"), spend(SUTTON, "Youth Justice", "812")]
    )
    found = findings(tmp_path, "two-sources-youthjusticefinance-total-expenditure")
    assert found == [
        (
            SUTTON,
            "lait/YouthJusticeFinance",
            'It is printed as "-" here and 812000.0 in spend/Youth Justice/Total Expenditure.',
        )
    ]


def test_a_population_is_held_against_the_estimate_of_the_year_before(tmp_path):
    kind = "Children looked after on 31 March each year"
    rows = [
        of_authority(LEEDS, year, population_type=kind, population_estimate=value)
        for year, value in (("2024", "100"), ("2025", "101"))
    ]
    write_publication(tmp_path, "looked_after", rows)
    write_publication(
        tmp_path,
        "children",
        [
            of_authority(LEEDS, "2023", population_estimate="100"),
            of_authority(LEEDS, "2024", population_estimate="102"),
        ],
    )
    [(area, _, sentence)] = findings(tmp_path, "two-sources-population_estimate-population_estimate")
    assert (area, sentence) == (LEEDS, "It is 101.0 here and 102.0 in children/population_estimate.")
