"""One council from public figures alone: each figure with its period and status, and never an older one in its place."""

from __future__ import annotations

import json

import pytest
from tests.unit.reference.published_files import authority, lait, of_authority, of_england, write_publication

from earlyhelp.cli.frame import run
from earlyhelp.cli.reference import reference
from earlyhelp.errors import InputRefused
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.profile import DEPRIVED_AREAS, LINES, Profiles, profile

WANDSWORTH, LEEDS, SUTTON, KENT = "E09000032", "E08000035", "E09000029", "E10000016"
NUMBERS = {WANDSWORTH: "212", LEEDS: "383", SUTTON: "319", KENT: "886"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """Four authorities; Wandsworth's neighbours are the other three, Kent is there as two districts."""
    folder = tmp_path_factory.mktemp("pack")
    write_publication(folder, "authorities", [authority(code, number, code) for code, number in NUMBERS.items()])
    near = [
        {"new_la_code": WANDSWORTH, "sn_rank": str(n), "sn_new_la_code": c}
        for n, c in enumerate((LEEDS, SUTTON, KENT), 1)
    ]
    write_publication(folder, "neighbours", near)
    rates = {WANDSWORTH: ("40", "30"), LEEDS: ("50", "60"), SUTTON: ("20", "c"), KENT: ("30", "50")}
    rows = [
        lait("CIN", NUMBERS[code], year, value)
        for code, pair in rates.items()
        for year, value in zip(("2021", "2025"), pair, strict=True)
    ]
    write_publication(
        folder,
        "lait",
        [*rows, lait("CIN", "970", "2025", "44"), lait("CIN", "212", "2016", "99"), *_blank_in_the_last_year()],
    )
    write_publication(folder, "lait_dictionary", [{"Topic": "Children in Need", "Measure_short": "CIN"}])
    write_publication(
        folder,
        "children",
        [
            of_authority(code, "2024", population_estimate=n)
            for code, n in ((WANDSWORTH, "1000"), (LEEDS, "2000"), (SUTTON, "u"))
        ],
    )
    spent = {WANDSWORTH: "150", LEEDS: "", SUTTON: "10"}
    line = {"financial_year": "2024-25", "service_line": "Family Support Services", "column": "Total Expenditure"}
    write_publication(
        folder, "spend", [{**line, "ons_code": code, "gbp_thousands": value} for code, value in spent.items()]
    )
    sources = [
        of_england("2024", Referrals="100", Police="25"),
        of_authority(WANDSWORTH, "2024", Referrals="80", Police="20", Housing="c"),
    ]
    write_publication(folder, "sources_of_referral", sources)
    write_publication(
        folder,
        "low_income",
        [{"area_code": code, "pct_fye2025": "20"} for code in (WANDSWORTH, "E07000105", "E07000106")],
    )
    write_publication(
        folder,
        "districts",
        [{"ltla23_code": code, "utla23_code": KENT, "utla23_name": "Kent"} for code in ("E07000105", "E07000106")],
    )
    deciles = [
        ("E01000001", "1", WANDSWORTH),
        ("E01000002", "2", WANDSWORTH),
        ("E01000003", "1", LEEDS),
        ("E01000004", "", LEEDS),
    ]
    write_publication(folder, "small_areas", [{"lsoa21_code": lsoa, "utla_code": code} for lsoa, _, code in deciles])
    write_publication(
        folder, "deprivation", [{"lsoa21_code": lsoa, "idaci_decile": decile} for lsoa, decile, _ in deciles]
    )
    return folder


def _blank_in_the_last_year():
    """Looked-after rates: Wandsworth's of 2025 is not there, Leeds has one. Plans: nobody has one of 2025."""
    looked_after = [lait("LAC", "212", "2024", "41"), lait("LAC", "212", "2025", "-"), lait("LAC", "383", "2025", "80")]
    return [*looked_after, lait("CPP_rate", "383", "2024", "40"), lait("CPP_rate", "383", "2025", "-")]


@pytest.fixture(scope="module")
def profiles(pack):
    return Profiles(pack)


def row(profiles, code, measure):
    [found] = [each for each in profiles.of(code).rows if each.measure == measure]
    return found


def test_every_line_names_a_measure_that_its_publication_has():
    for line in LINES:
        for measure in filter(None, (line.measure, line.over)):
            publication, *parts = measure.split("/")
            declared = PUBLICATIONS[publication].measures
            assert not declared or parts[-1] in declared or measure == DEPRIVED_AREAS


def test_a_figure_comes_with_its_period_what_it_was_its_neighbours_and_england(profiles):
    found = row(profiles, WANDSWORTH, "lait/CIN")
    assert (found.value, found.status, found.period, found.source) == (30.0, "ok", "2025", "lait.parquet")
    assert (found.earlier_period, found.earlier_value, found.direction) == ("2016", 99.0, "down")
    assert (found.neighbours_median, found.neighbours_known) == (55.0, 2)
    assert found.england == 44.0


def test_a_figure_that_is_not_there_keeps_its_status_and_no_older_one_stands_in_its_place(profiles):
    found = row(profiles, WANDSWORTH, "lait/LAC")
    assert (found.period, found.value, found.status, found.symbol) == ("2025", None, "missing_or_suppressed", "-")
    assert (found.earlier_value, found.direction) == (41.0, "")


def test_a_year_for_which_nobody_has_a_figure_is_not_yet_the_latest(profiles):
    found = row(profiles, LEEDS, "lait/CPP_rate")
    assert (found.period, found.value, found.earlier_period) == ("2024", 40.0, "")


@pytest.mark.parametrize(
    ("code", "value", "status"),
    [
        (WANDSWORTH, 150.0, "ok"),
        (LEEDS, None, "missing"),
        (SUTTON, None, "unreliable"),
        (KENT, None, "not_available"),
    ],
)
def test_pounds_a_child_need_both_the_pounds_and_the_children(code, value, status, profiles):
    found = row(profiles, code, "spend/Family Support Services/Total Expenditure")
    assert (found.value, found.status) == (value, status)


def test_a_share_of_referrals_is_withheld_where_its_count_is(profiles):
    police = row(profiles, WANDSWORTH, "sources_of_referral/Police")
    assert (police.value, police.england) == (25.0, 25.0)
    housing = row(profiles, WANDSWORTH, "sources_of_referral/Housing")
    assert (housing.value, housing.status, housing.symbol) == (None, "suppressed", "c")


def test_a_county_known_by_its_districts_has_no_figure_and_the_reason_is_told(profiles):
    found = row(profiles, KENT, "low_income/pct")
    assert (found.value, found.status, found.period) == (None, "not_available", "FYE 2025")
    assert "Kent is there as 2 districts." in {each.found for each in profiles.of(KENT).findings}
    assert row(profiles, WANDSWORTH, "low_income/pct").value == 20.0


def test_the_share_of_deprived_small_areas_needs_all_of_them(profiles):
    assert row(profiles, WANDSWORTH, DEPRIVED_AREAS).value == 50.0
    assert row(profiles, LEEDS, DEPRIVED_AREAS).status == "not_available"


def test_what_the_pack_lacks_is_not_available_and_no_line_is_left_out(profiles):
    found = profiles.of(SUTTON)
    assert [each.measure for each in found.rows] == [line.measure for line in LINES]
    assert all((each.value is None) == (each.status != "ok") for each in found.rows)
    assert row(profiles, SUTTON, "referrals/rereferral_percent").period == ""
    assert found.neighbours == ()


def test_a_blank_return_is_told_with_the_profile_of_its_council_alone(profiles):
    told = {code: {each.publication for each in profiles.of(code).findings} for code in (LEEDS, WANDSWORTH)}
    assert "spend" in told[LEEDS]
    assert "spend" not in told[WANDSWORTH]


@pytest.mark.parametrize(("code", "fix"), [("E08000038", "Ask for E08000016."), ("Leeds", "Give an ONS code")])
def test_a_code_that_is_not_in_the_list_is_refused(code, fix, profiles):
    with pytest.raises(InputRefused) as problem:
        profiles.of(code)
    assert problem.value.fix.startswith(fix)


def test_a_pack_without_the_list_of_authorities_is_refused(tmp_path):
    write_publication(tmp_path, "children", [])
    with pytest.raises(InputRefused, match="no list of authorities"):
        profile(tmp_path, WANDSWORTH)


def test_the_command_prints_the_profile_and_says_what_a_figure_is_not(pack, capsys):
    assert run(reference, ["profile", WANDSWORTH, "--packs", str(pack)]) == 0
    out = capsys.readouterr().out
    assert "from public figures alone" in out
    assert "missing or suppressed" in out
    assert "neither good nor bad" in out
    assert run(reference, ["profile", WANDSWORTH, "--packs", str(pack), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["measure"] for each in told["figures"]] == [line.measure for line in LINES]
