"""Who was helped in the year: families by ward, children by group beside the population, and silent schools."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.reference.published_files import write_publication

from earlyhelp.evaluate.reach import Groups, Reach, SilentSchools, reach
from earlyhelp.evaluate.reach.answer import MATCHED, NO_PACK, NOT_MATCHED
from spec.dataset import Rows, snapshot
from unit.evaluate.reach.reach_council import AREAS, CODE, STANDARDS, WARDS, child, crowd, helped, population, tables
from unit.evaluate.reach.test_reach_need import described, low_income


def counted(given: dict[str, Rows], *packs: Any) -> Reach:
    with snapshot(given, checked=False) as con:
        return reach(con, STANDARDS, packs)


def of_kind(found: Reach, kind: str) -> Groups:
    [groups] = [each for each in found.groups if each.kind == kind]
    return groups


def test_a_family_helped_on_any_day_of_the_year_counts_once_in_the_ward_where_its_child_lives():
    people = [
        child("Ann", AREAS[0], "A"),
        child("Bo", AREAS[1], "A"),
        child("Cy", AREAS[2]),
        child("Di", AREAS[4]),
        child("Ed", None),
    ]
    found = counted(
        tables(
            people,
            [
                helped("Ann", "2024-01-01", "2025-04-01", "A"),  # ended on the first day
                helped("Bo", "2025-09-01", family="A"),
                helped("Cy", "2024-01-01", "2025-03-31"),  # ended the day before
                helped("Di", "2026-03-31"),  # began on the last day
                helped("Ed", "2026-04-01"),  # not yet
            ],
        )
    )
    assert (str(found.first), str(found.as_at)) == ("2025-04-01", "2026-03-31")
    assert found.families.tolist() == [1, 0, 1]
    assert found.nowhere == 0
    assert found.whole_year


def test_who_lives_at_no_known_place_is_in_no_ward_and_is_counted_apart():
    found = counted(
        tables(
            [child("Ann", AREAS[0]), child("Bo", None), child("Cy", "E01999999")],
            [helped(n) for n in ("Ann", "Bo", "Cy")],
        )
    )
    assert found.families.tolist() == [1, 0, 0]
    assert found.nowhere == 2
    assert not found.whole_year, "the first episode began after the year did"


def test_without_episodes_or_places_the_answer_says_so_and_holds_no_figure():
    assert counted(tables([], [])).why_no_data == "No episodes of early help are held."
    nowhere = counted(tables([child("Ann", AREAS[0])], [helped("Ann")], place=[]))
    assert nowhere.why_no_data.startswith("No small areas of this council are held")
    assert nowhere.need is None


def test_public_statistics_that_know_the_wards_are_what_is_expected_rests_on(tmp_path):
    write_publication(
        tmp_path, "low_income_of_wards", [low_income(ward, str(100 * n), "1000") for n, ward in enumerate(WARDS, 1)]
    )
    found = counted(crowd((3, 2, 1)), described(tmp_path))
    assert found.statistics == MATCHED
    assert found.need is not None
    assert found.need.poor.tolist() == [100, 200, 300]
    assert found.need.names == ("Northwell", "Southmere", "Eastbrook")


def test_public_statistics_of_other_wards_match_nothing_and_that_is_said(tmp_path):
    write_publication(tmp_path, "low_income_of_wards", [low_income("E05999999", "100", "1000")])
    found = counted(crowd((3, 2, 1)), described(tmp_path))
    assert found.statistics == NOT_MATCHED
    assert found.need is not None
    assert found.need.told_by == "deciles"
    assert counted(crowd((3, 2, 1))).statistics == NO_PACK


def test_without_a_list_of_places_of_its_own_the_council_is_placed_by_the_public_one(tmp_path):
    write_publication(tmp_path, "low_income_of_wards", [low_income(ward, "100", "1000") for ward in WARDS])
    lookup = [
        {"lsoa21_code": lsoa, "ward24_code": WARDS[n // 2], "ward24_name": "Ward", "utla_code": CODE}
        for n, lsoa in enumerate(AREAS)
    ]
    write_publication(tmp_path, "small_areas", lookup)
    found = counted(crowd((3, 2, 1)) | {"place": []}, described(tmp_path))
    assert found.families.tolist() == [3, 2, 1]
    assert found.statistics == MATCHED
    assert (
        counted(crowd((3, 2, 1)) | {"place": [{"lsoa": AREAS[0], "ward_code": WARDS[0], "la_code": "E06000001"}]}).need
        is None
    )


def test_children_helped_stand_beside_those_who_live_here_by_ethnicity_age_and_sex():
    people = [
        child("Ann", AREAS[0], "A", ethnicity="APKN", dob="2024-01-01"),
        child("Bo", AREAS[0], "A", ethnicity="APKN", sex="M", dob="2010-01-01"),
        child("Cy", AREAS[0], dob="2018-01-01"),
        child("Di", AREAS[0], ethnicity="CHNE"),
        child("Mum", AREAS[0], "A", is_child=False, dob="1990-01-01"),
    ]
    given = tables(
        people,
        [helped(each["person_id"], family=each["family_id"]) for each in people],
        population=[
            *population(2024, WBRI=1, APKN=1),
            *population(
                2025, WBRI=700, APKN=300, M=500, F=510, ages_0_4=200, ages_5_9=250, ages_10_15=350, ages_16_17=100
            ),
        ],
    )
    found = counted(given)
    ethnicity = of_kind(found, "ethnicity")
    assert [(each.code, each.helped, each.families, each.living) for each in ethnicity.groups] == [
        ("APKN", 2, 1, 300),
        ("WBRI", 1, 1, 700),
    ]
    assert ethnicity.unknown == 1, "the population tells of no Chinese children"
    assert ethnicity.together == pytest.approx((4 + 1 + 1) / 4), "two of the four are of one family"
    assert [(each.label, each.helped) for each in of_kind(found, "age").groups] == [
        ("Aged 0 to 4", 1), ("Aged 10 to 15", 0), ("Aged 16 to 17", 1), ("Aged 5 to 9", 2),
    ]  # fmt: skip
    assert [(each.code, each.helped) for each in of_kind(found, "sex").groups] == [("F", 3), ("M", 1)]


def test_a_kind_of_group_that_is_not_published_or_not_recorded_says_what_is_missing():
    found = counted(crowd((3, 2, 1)))
    assert of_kind(found, "sex").why_not == "How many children live here by sex is not held (table population)."
    people = [child(name, AREAS[0], ethnicity=None) for name in ("Ann", "Bo")]
    unrecorded = counted(tables(people, [helped("Ann"), helped("Bo")], population=population(WBRI=700, APKN=300)))
    assert of_kind(unrecorded, "ethnicity").why_not == "The ethnicity of most children helped is not recorded."
    assert of_kind(unrecorded, "ethnicity").groups == ()


def school(urn: str, roll: int | None, share: float | None = 0.5) -> dict[str, Any]:
    return {"school_urn": urn, "name": f"School {urn}", "roll": roll, "fsm_share": share, "phase": "primary"}


def from_school(urn: str | None, day: str, n: int) -> dict[str, Any]:
    return {"contact_id": f"{urn} {day} {n}", "contact_date": day, "school_urn": urn, "source_code": "2A"}


def test_a_school_is_silent_where_requests_were_to_be_expected_of_it_and_none_came():
    """40 requests over 800 pupils with free school meals: 1 from 20, so 10, 20, 9.9 and 0.1 of the four schools."""
    schools = [school("1", 400), school("2", 800), school("3", 396), school("4", 4), school("5", None)]
    old = [from_school("2", "2023-01-01", 0)]
    requests = [from_school("1", "2025-10-01", n) for n in range(40)]
    found = counted(crowd((3, 2, 1)) | {"school": schools, "contact": [*old, *requests]}).schools
    assert found.requests == 40
    assert found.asked_of == 3
    assert [(name, round(expected, 1)) for name, expected in found.silent] == [("School 2", 20.0), ("School 3", 9.9)]


def test_schools_are_not_told_of_without_a_roll_or_without_requests_that_name_them():
    assert counted(crowd((1, 1, 1))).schools.why_not.startswith("The roll of schools")
    unnamed = {"school": [school("1", 400)], "contact": [from_school(None, "2025-10-01", n) for n in range(40)]}
    assert counted(crowd((1, 1, 1)) | unnamed).schools == SilentSchools(
        why_not="No request of the year names the school that it came from."
    )
