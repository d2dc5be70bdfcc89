"""People: who they are, what they are numbered, whom they live with and where."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.standard import TABLES
from earlyhelp.standard.constraints import Between, Matches, OnOrAfter
from earlyhelp.synthetic.addresses import make_homes
from earlyhelp.synthetic.households import make_households
from earlyhelp.synthetic.identities import entry_years, nhs_numbers
from earlyhelp.synthetic.people import make_people, people_records
from earlyhelp.synthetic.places import lives_here, make_places, place_records
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.schools import make_schools, school_records
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY, MONTH_STARTS

LAMBETH = find_profile("Lambeth")
CHILDREN, SEED = 6_000, 11


def council(seed: int = SEED, children: int = CHILDREN):
    places = make_places(LAMBETH, children, seed)
    people = make_people(LAMBETH, places, children, seed)
    schools = make_schools(places, children, seed)
    records = {
        **place_records(places, people, LAMBETH, seed),
        **people_records(people, places, seed),
        **school_records(schools, places, people, LAMBETH),
    }
    return places, people, schools, records


@pytest.fixture(scope="module")
def made():
    return council()


@pytest.fixture(scope="module")
def rows(made):
    return {name: table.to_pylist() for name, table in made[3].items()}


@pytest.fixture(scope="module")
def persons(rows):
    return {row["person_key"]: row for row in rows["person"]}


def written(records: dict[str, pa.Table]) -> dict[str, bytes]:
    def as_bytes(table: pa.Table) -> bytes:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        return sink.getvalue().to_pybytes()

    return {name: as_bytes(table) for name, table in records.items()}


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others():
    first, again, other = (written(council(seed, 500)[3]) for seed in (1, 1, 2))
    assert first == again
    assert all(first[name] != other[name] for name in first)


@pytest.mark.parametrize("table", ["person", "person_identifier", "person_address", "family_member", "place", "school"])
def test_every_value_is_one_the_standard_takes(made, table):
    *_, records = made
    declared = TABLES[table]
    values = {name: records[table][name].to_pylist() for name in records[table].column_names}
    keys = list(zip(*(values[column.column_name] for column in declared.key), strict=True))
    assert len(keys) == len(set(keys))
    for name, found in values.items():
        column = declared.columns[name]
        present = [value for value in found if value is not None]
        assert not column.required or len(present) == len(found)
        if column.coded:
            codes = {code for value in set(present) for code in (value.split(";") if column.coded.many else [value])}
            assert {code for code in codes if code not in column.coded.codes} == set()
        for rule in column.rules:
            assert [value for value in zip(found, *others(rule, values), strict=False) if breaks(rule, *value)] == []


def others(rule, values):
    return [values[rule.other]] if isinstance(rule, OnOrAfter) and rule.other in values else []


def breaks(rule, value, other=None) -> bool:
    if value is None:
        return False
    if isinstance(rule, Matches):
        return re.fullmatch(rule.pattern, value) is None
    if isinstance(rule, Between):
        return (rule.low is not None and value < rule.low) or (rule.high is not None and value > rule.high)
    return other is not None and value < other


# How many


@pytest.mark.parametrize("seed", range(3))
def test_about_as_many_children_live_there_on_every_day_of_the_six_years(seed):
    places = make_places(LAMBETH, 40_000, seed)
    people = make_people(LAMBETH, places, 40_000, seed)
    numbers = [len(lives_here(people, month)) for month in MONTH_STARTS[::6]]
    assert min(numbers) > 0.95 * 40_000
    assert max(numbers) < 1.05 * 40_000


def test_births_are_spread_evenly_over_the_years():
    places = make_places(LAMBETH, 40_000, 1)
    people = make_people(LAMBETH, places, 40_000, 1)
    days = (people.born - np.datetime64(FIRST_DAY)).astype(int)
    by_two_years, _ = np.histogram(days, bins=np.linspace(days.min(), days.max() + 1, 13))
    assert by_two_years.min() > 0.93 * by_two_years.mean()
    assert by_two_years.max() < 1.07 * by_two_years.mean()


def test_everybody_is_a_child_on_some_day_of_the_six_years(made):
    _, people, *_ = made
    assert (people.born <= np.datetime64(LAST_DAY)).all()
    assert (people.born > np.datetime64(date(FIRST_DAY.year - 18, 4, 1))).all()
    assert (np.isnat(people.left) | (people.left > people.born)).all()


def test_shares_are_near_those_published():
    places = make_places(LAMBETH, 40_000, 2)
    people = make_people(LAMBETH, places, 40_000, 2)
    apart = np.diff(people.born).astype(int)[np.diff(people.child_family) == 0]
    assert (apart == 0).sum() / (len(people.born) - (apart == 0).sum()) == pytest.approx(0.015, abs=0.003)
    assert people.female.mean() == pytest.approx(0.4875, abs=0.01)
    assert people.disabled.mean() == pytest.approx(0.11, abs=0.01)
    white_british = LAMBETH.ethnicity["WBRI"] / sum(LAMBETH.ethnicity.values())
    assert (people.ethnicity == "WBRI").mean() == pytest.approx(white_british, abs=0.02)
    share = np.bincount(people.area[people.child_family], minlength=len(places.lsoa)) / len(people.born)
    assert np.corrcoef(share, places.children)[0, 1] > 0.9


def test_siblings_are_born_nine_months_apart_or_on_one_day(made):
    _, people, *_ = made
    apart = np.diff(people.born).astype(int)[np.diff(people.child_family) == 0]
    assert ((apart == 0) | (apart >= 280)).all()


# What they are called and numbered


def test_an_nhs_number_is_of_the_range_for_tests_and_passes_modulus_11(rows):
    numbers = [row["value"] for row in rows["person_identifier"] if row["type"] == "nhs_number"]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
        assert number.startswith("999")
        assert len(number) == 10
        assert (total + int(number[9])) % 11 == 0


def test_more_people_than_test_numbers_are_refused():
    with pytest.raises(UsageProblem):
        nhs_numbers(1_000_000, 1)


def test_a_pupil_number_has_the_check_letter_of_its_digits(rows):
    numbers = [row["value"] for row in rows["person_identifier"] if row["type"] == "upn"]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        total = sum(int(digit) * weight for weight, digit in enumerate(number[1:], start=2))
        assert re.fullmatch(r"[A-Z]990\d{9}", number)
        assert number[0] == "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]


@pytest.mark.parametrize(("born", "starts"), [("2015-08-31", 2019), ("2015-09-01", 2020), ("2016-01-15", 2020)])
def test_a_child_starts_school_in_the_september_after_their_fourth_birthday(born, starts):
    assert entry_years(np.array([born], dtype="datetime64[D]")).tolist() == [starts]


def children_of_families(people, persons):
    families = defaultdict(list)
    for key, family in zip(people.child_key.tolist(), people.child_family.tolist(), strict=True):
        families[family].append(persons[key])
    return families


def test_siblings_never_share_a_forename_and_mostly_share_a_surname(made, persons):
    families = children_of_families(made[1], persons)
    assert all(len({child["forename"] for child in each}) == len(each) for each in families.values())
    several = [each for each in families.values() if len(each) > 1]
    assert 0.8 < np.mean([len({child["surname"] for child in each}) == 1 for each in several]) < 0.98


def test_some_surnames_are_double_barrelled_changed_accented_or_hold_an_apostrophe(rows):
    surnames = [row["surname"] for row in rows["person"]]
    assert any("-" in each for each in surnames)
    assert any("'" in each for each in surnames)
    assert any(not each.isascii() for each in surnames)
    assert any(row["former_surname"] for row in rows["person"] if row["is_child"])
    assert [row for row in rows["person"] if row["former_surname"] == row["surname"]] == []


def test_pupils_alone_have_special_educational_needs_recorded_and_children_alone_disabilities(rows):
    for row in rows["person"]:
        assert (row["disability"] is not None) == row["is_child"]
        assert row["sen_status"] is None or (row["is_child"] and row["dob"] <= date(2022, 3, 31))
    told = [row["sen_status"] for row in rows["person"] if row["sen_status"]]
    assert told.count("ehcp") / len(told) == pytest.approx(0.048, abs=0.012)
    assert told.count("support") / len(told) == pytest.approx(0.136, abs=0.02)


# With whom


def test_parents_are_of_an_age_to_have_their_children(made, persons):
    _, people, *_ = made
    first = dict(
        zip(people.adult_family[people.mother].tolist(), people.adult_key[people.mother].tolist(), strict=True)
    )
    households = make_households(people, SEED)
    for family, children in children_of_families(people, persons).items():
        carer = persons[first[family]]
        ages = [(child["dob"] - carer["dob"]).days / 365.25 for child in children]
        assert (40 if households.kinship[family] else 15) < min(ages)
        assert carer["sex"] == "M" or households.kinship[family] or max(ages) < 46


def test_a_child_in_shared_care_belongs_to_two_families_at_once_and_the_father_to_the_second_alone(made, rows):
    homes = defaultdict(list)
    for row in rows["family_member"]:
        homes[row["person_key"]].append(row)
    _, people, *_ = made
    children = set(people.child_key.tolist())
    shared = [each for key, each in homes.items() if key in children and len(each) == 2]
    assert shared
    for each in shared:
        mothers, fathers = sorted(each, key=lambda row: row["from_date"])
        there = [row["person_key"] for row in rows["family_member"] if row["family_key"] == fathers["family_key"]]
        (father,) = [
            key
            for key in there
            if {row["family_key"] for row in homes[key]} >= {mothers["family_key"]} and key not in children
        ]
        old, new = sorted(homes[father], key=lambda row: row["from_date"])
        assert (old["family_key"], old["role"]) == (mothers["family_key"], "parent")
        assert (new["family_key"], new["role"]) == (fathers["family_key"], "partner")
        assert old["to_date"] < new["from_date"] == fathers["from_date"]
        assert (mothers["to_date"], fathers["to_date"]) == (None, None)


def test_some_children_are_brought_up_by_grandparents(rows):
    roles = defaultdict(set)
    for row in rows["family_member"]:
        roles[row["family_key"]].add(row["role"])
    assert {"child", "grandparent"} in roles.values()
    assert {"child", "parent"} in roles.values()


# Where


def test_addresses_of_a_person_follow_one_another_without_overlap(rows):
    stays = defaultdict(list)
    for row in rows["person_address"]:
        stays[row["person_key"]].append(row)
    for each in stays.values():
        for before, after in pairwise(each):
            assert before["valid_to"] is not None
            assert before["valid_from"] <= before["valid_to"] < after["valid_from"]


def test_the_address_in_the_table_of_persons_is_that_of_the_last_stay(rows, persons):
    last = {row["person_key"]: row for row in rows["person_address"]}
    for key, row in persons.items():
        assert all(row[name] == last[key][name] for name in ("address_line", "postcode", "uprn", "lsoa"))


def test_a_child_lives_where_the_arrays_of_the_simulation_say(made, rows):
    places, people, *_ = made
    number = {key: i for i, key in enumerate(people.child_key.tolist())}
    for row in rows["person_address"]:
        if (child := number.get(row["person_key"])) is None:
            continue
        family, month = people.child_family[child], people.move_month[people.child_family[child]]
        moved = month >= 0 and row["valid_from"] >= MONTH_STARTS[month].astype(object)
        assert row["lsoa"] == places.lsoa[people.move_area[family] if moved else people.area[family]]
        assert row["valid_from"] >= people.born[child].astype(object)


def test_every_family_has_a_home_of_its_own_and_a_postcode_area_that_is_not_in_use(made):
    places, people, *_ = made
    homes = make_homes(people, places, SEED)
    assert len(set(homes.uprn.tolist())) == len(homes.uprn)
    assert len(set(zip(homes.line.tolist(), homes.postcode.tolist(), strict=True))) == len(homes.uprn)
    assert all(postcode.startswith("Q") for postcode in homes.postcode.tolist())


# Schools


def test_children_go_to_a_school_of_the_phase_they_are_in(made):
    _, people, schools, _ = made
    placed = people.school >= 0
    phase = schools.phase[people.school[placed]]
    assert set(phase.tolist()) == {"primary", "secondary", "special"}
    assert people.born[placed][phase == "primary"].min() > people.born[placed][phase == "secondary"].max()
    assert people.disabled[placed][phase == "special"].all()
    assert not placed[people.born > np.datetime64("2022-03-31")].any()


def test_a_schools_roll_is_its_pupils_in_the_middle_of_the_six_years(rows):
    sizes = {row["phase"]: [] for row in rows["school"]}
    for row in rows["school"]:
        sizes[row["phase"]].append(row["roll"])
        assert (row["fsm_share"] is None) == (row["roll"] == 0)
    assert np.mean(sizes["secondary"]) > np.mean(sizes["primary"]) > np.mean(sizes["special"])
    assert len({row["school_urn"] for row in rows["school"]}) == len(rows["school"])
    assert len({row["name"] for row in rows["school"]}) == len(rows["school"])
