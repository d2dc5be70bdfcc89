"""The profiles against the published tables they were read from."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.standard import codelists
from earlyhelp.synthetic.profiles import ENGLAND, PROFILES, Profile, find_profile

ALL = pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.resembles)
DISTRICTS = {"E10000032": [f"E0700022{n}" for n in range(3, 10)]}
"""A county's districts, where tables go by district."""


def rows(file: Path, **chosen: str) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if all(row[key] == value for key, value in chosen.items())]


def of_2024(shared: Path, name: str, profile: Profile, **chosen: str) -> dict[str, str]:
    file = shared / "reference" / "statistics" / f"{name}.csv"
    (row,) = rows(file, time_period="2024", new_la_code=profile.authority, **chosen)
    return row


def children(shared: Path, profile: Profile) -> int:
    file = shared / "reference" / "population" / "children_0_17_mye_la_2012_2024.csv"
    (row,) = rows(file, time_period="2023", new_la_code=profile.authority)
    return int(row["population_estimate"])


@ALL
def test_children_are_those_of_the_estimate_that_rates_of_2024_rest_on(shared, profile):
    assert profile.children == pytest.approx(children(shared, profile), abs=51)


@ALL
def test_referrals_and_their_repeats_are_those_of_table_c1(shared, profile):
    row = of_2024(shared, "c1_children_in_need_referrals_and_rereferrals_2013_to_2025", profile)
    assert profile.referrals == pytest.approx(float(row["referral_count"]) / children(shared, profile) * 1e4, abs=0.51)
    assert profile.rereferred_share == pytest.approx(float(row["rereferral_percent"]) / 100, abs=0.0006)


@ALL
def test_children_in_need_are_those_of_table_b1(shared, profile):
    row = of_2024(shared, "b1_children_in_need_2013_to_2025", profile)
    assert profile.in_need == pytest.approx(float(row["At31_episodes"]) / children(shared, profile) * 1e4, abs=0.51)


@ALL
def test_children_on_protection_plans_are_those_of_table_d1(shared, profile):
    row = of_2024(shared, "d1_child_protection_plans_2013_to_2024", profile)
    assert profile.protected == pytest.approx(float(row["CPP_At31_rate"]), abs=0.051)


@ALL
def test_children_looked_after_are_those_published(shared, profile):
    kind = "Children looked after on 31 March each year"
    row = of_2024(shared, "cla_number_and_rate_per_10k_2021_2025", profile, population_type=kind)
    assert profile.looked_after == pytest.approx(float(row["rate_per_10000"]), abs=0.51)


@ALL
def test_the_share_in_low_income_is_that_published_for_the_council_or_its_districts(shared, profile):
    areas = DISTRICTS.get(profile.authority, [profile.authority])
    file = shared / "reference" / "poverty" / "dwp_children_low_income_ahc_relative_la_fye2024_2025.csv"
    found = [row for row in rows(file) if row["area_code"] in areas]
    poor = [float(row["children_fye2024"]) for row in found]
    everyone = [n / float(row["pct_fye2024"]) * 100 for n, row in zip(poor, found, strict=True)]
    assert len(found) == len(areas)
    assert profile.low_income_share == pytest.approx(sum(poor) / sum(everyone), abs=0.0006)


@ALL
def test_the_spread_of_deprivation_is_that_of_low_income_between_wards(shared, profile):
    areas = DISTRICTS.get(profile.authority, [profile.authority])
    file = shared / "reference" / "poverty" / "dwp_children_low_income_ahc_relative_ward_fye2024_2025.csv"
    found = [row for row in rows(file) if row["la_code"] in areas and float(row["pct_fye2024"] or 0) > 0]
    logs = [math.log(float(row["pct_fye2024"])) for row in found]
    weights = [float(row["children_fye2024"]) / float(row["pct_fye2024"]) for row in found]
    mean = sum(w * x for w, x in zip(weights, logs, strict=True)) / sum(weights)
    spread = math.sqrt(sum(w * (x - mean) ** 2 for w, x in zip(weights, logs, strict=True)) / sum(weights))
    assert profile.deprivation_spread == pytest.approx(spread, abs=0.0051)


@ALL
def test_the_deciles_are_those_of_the_indices_of_deprivation(shared, profile):
    areas = DISTRICTS.get(profile.authority, [profile.authority])
    found = [
        int(row["imd_decile"])
        for row in rows(shared / "reference" / "deprivation" / "iod2025_lsoa21_england.csv")
        if row["lad24_code"] in areas
    ]
    shares = [found.count(decile) / len(found) for decile in range(1, 11)]
    assert profile.imd_deciles == pytest.approx(shares, abs=0.0051)


@ALL
def test_a_synthetic_council_says_whom_it_resembles_and_bears_another_name(profile):
    name, _, likeness = profile.name.partition(", drawn like ")
    assert likeness == profile.resembles
    assert name not in {each.resembles for each in PROFILES.values()}


@ALL
def test_ethnic_groups_are_the_standards(profile):
    recorded = set(codelists.ethnicity.codes) - {"REFU", "NOBT"}
    assert set(profile.ethnicity) == recorded
    assert all(share > 0 for share in profile.ethnicity.values())


def test_the_ethnic_groups_of_england_are_per_cent():
    assert sum(ENGLAND.values()) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("words", ["Leeds", "leeds", "Leighstone, drawn like Leeds", "E08000035"])
def test_a_profile_is_found_by_its_name_or_that_of_the_council_it_resembles(words):
    assert find_profile(words).resembles == "Leeds"


def test_an_unknown_council_is_refused_with_the_names_there_are():
    with pytest.raises(UsageProblem, match="Atlantis") as refused:
        find_profile("Atlantis")
    assert all(each.resembles in refused.value.fix for each in PROFILES.values())
