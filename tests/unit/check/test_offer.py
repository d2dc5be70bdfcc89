"""The offer map on tables that a person can check by eye: what is offered, what is missing, what is offered twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.check.offer import AGE_BANDS, UNSAID, Offer, Service, cells_of, families_by_need, offer_of
from earlyhelp.check.offer_gaps import gaps, not_recorded, overlaps
from earlyhelp.release import policy, publish_offer, side_by_side
from earlyhelp.standard import codelists
from spec.dataset import snapshot

DAY = date(2026, 3, 31)
PLACES = """
    lsoa      | ward_code | ward_name | la_code   | locality | children_0_17
    E01000001 | E05000001 | Elm       | E09000032 | North    | 1000
    E01000002 | E05000002 | Quay      | E09000032 | South    | 1500
    E01000003 | E05000009 | Far       | E09000033 | Beyond   | 9000
"""
SERVICES = """
    service_id | name       | organisation | need_codes | minimum_age | maximum_age | level     | area
    1          | Parenting  | Elm Trust    | SF5;SF2    | 0           | 4           | community | Elm
    2          | Playgroup  | Quay Centre  | SF2        | 3           | 11          | community | Whole borough
    3          | Counsel    | Calm         | SF3        | 11          |             | targeted  | South
    4          | Mentors    | The council  | SF1        |             |             |           |
    5          | Drop-in    |              |            |             | 4           | universal | Seaside; North
"""


def offer(services: str = SERVICES, places: str = PLACES, **tables: str) -> Offer:
    return offer_of(
        snapshot({"service": services, "place": places, **tables}, checked=False), DAY, "E09000032", "Testing"
    )


def named(found: Offer) -> dict[str, Service]:
    return {each.name: each for each in found.services}


def test_a_ward_is_read_as_its_locality_the_whole_borough_as_all_and_an_unknown_place_stands_by_itself():
    found = offer()
    assert found.areas == ("North", "South", "Seaside")
    areas = {name: each.areas for name, each in named(found).items()}
    assert areas["Parenting"] == ("North",)
    assert areas["Playgroup"] == ("North", "South")
    assert areas["Drop-in"] == ("Seaside", "North")


@pytest.mark.parametrize(
    "words", ["Testing", "E09000032", "All areas", "Borough-wide", "across the county", "whole council", "everywhere"]
)
def test_words_for_the_whole_council_name_every_locality(words):
    found = offer(f"service_id | name | area\n1 | A | {words}")
    assert named(found)["A"].areas == ("North", "South")


def test_without_localities_the_whole_council_is_one_area():
    found = offer(
        "service_id | name | area\n1 | A | Testing",
        places="lsoa | ward_code | la_code\nE01000001 | E05000001 | E09000032",
    )
    assert found.areas == named(found)["A"].areas == ("whole council",)


def test_an_end_of_the_ages_that_is_not_named_is_no_limit_and_no_age_at_all_is_not_recorded():
    bands = {name: each.bands for name, each in named(offer()).items()}
    assert bands["Parenting"] == ("under 1", "1-4")
    assert bands["Playgroup"] == ("1-4", "5-9", "10-15")
    assert bands["Counsel"] == ("10-15", "16-17", "18 and over")
    assert bands["Drop-in"] == ("under 1", "1-4")
    assert bands["Mentors"] == ("not_recorded",)


def test_a_service_stands_in_every_cell_that_it_is_offered_in():
    cells = {(c["need"], c["age_band"], c["level"], c["area"]): c for c in cells_of(offer().services)}
    both = cells["SF2", "1-4", "community", "North"]
    assert (both["services"], both["names"], both["provider_names"]) == (
        2,
        ["Parenting", "Playgroup"],
        ["Elm Trust", "Quay Centre"],
    )
    assert cells["SF2", "5-9", "community", "South"]["names"] == ["Playgroup"]
    assert cells["SF1", "not_recorded", "not_recorded", "not_recorded"]["names"] == ["Mentors"]
    assert next(iter(cells))[0] == "SF1"
    assert [*cells][-1][0] == "not_recorded"


def test_what_is_offered_to_nobody_is_a_gap_and_says_how_many_services_might_fill_it():
    found = {
        (g["dimension"], g["need"], g["age_band"], g["level"], g["area"]): g["may_be_filled_by"] for g in gaps(offer())
    }
    assert found["need", "SF8", None, None, None] == 1  # the drop-in does not say for which need
    assert found["level", None, None, "family_help", None] == 1  # the mentors do not say at which level
    assert ("need", "SF2", None, None, None) not in found
    assert not [each for each in found if each[0] == "age_band" or each[3] == "statutory"]
    assert found["need and age_band", "SF2", "16-17", None, None] == 0
    assert found["need and area", "SF3", None, None, "North"] == 1  # the drop-in, which is in North and says no need
    assert found["need and area", "SF1", None, None, "North"] == 2  # the mentors, who say no place, and the drop-in


def test_two_providers_for_the_same_need_ages_level_and_place_overlap():
    [found] = [each for each in overlaps(offer()) if each["sure"]]
    assert found == {
        "needs": ["SF2"],
        "services": ["Parenting", "Playgroup"],
        "providers": ["Elm Trust", "Quay Centre"],
        "ages": "3 to 4",
        "level": "community",
        "areas": ["North"],
        "sure": True,
    }


@pytest.mark.parametrize(
    ("change", "overlap"),
    [
        ({}, "sure"),
        ({"organisation": "elm trust "}, None),
        ({"minimum_age": "12"}, None),
        ({"level": "targeted"}, None),
        ({"area": "South"}, None),
        ({"need_codes": "SF1"}, None),
        ({"need_codes": ""}, None),
        ({"organisation": ""}, "maybe"),
        ({"minimum_age": "", "maximum_age": ""}, "maybe"),
        ({"level": ""}, "maybe"),
        ({"area": ""}, "maybe"),
        ({"area": "", "level": "targeted"}, None),
    ],
)
def test_services_overlap_for_sure_only_where_both_records_say_everything(change: dict[str, str], overlap: str | None):
    other = {
        "service_id": "2",
        "name": "B",
        "organisation": "Other",
        "need_codes": "SF2",
        "minimum_age": "4",
        "maximum_age": "16",
        "level": "community",
        "area": "North",
    } | change
    one = "1 | A | Elm Trust | SF2;SF3 | 5 | 11 | community | North"
    found = overlaps(offer("\n".join([" | ".join(other), one, " | ".join(other.values())])))
    assert [each["sure"] for each in found] == {"sure": [True], "maybe": [False], None: []}[overlap]


def test_what_no_record_says_is_counted_by_what_is_missing():
    assert not_recorded(offer().services) == {"need": 1, "age_band": 1, "level": 1, "area": 1, "provider": 1}


def test_a_word_without_a_code_is_told_apart_from_nothing_recorded():
    found = named(offer("service_id | name | need_codes\n1 | A | unmapped\n2 | B | SF1;unmapped\n3 | C | not_recorded"))
    assert {name: each.needs for name, each in found.items()} == {
        "A": ("unmapped",),
        "B": ("SF1",),
        "C": ("not_recorded",),
    }


def test_a_service_told_of_by_two_directories_is_one_and_what_one_leaves_out_the_other_says():
    found = offer(
        """
        service_id | open_referral_id | name      | need_codes | maximum_age | source_system
        S1         | or-1             | Parenting |            |             | standard
        or-1       | or-1             | PARENTING | SF5        | 4           | open_referral
        """
    )
    [each] = found.services
    assert (each.name, each.needs, each.ages) == ("Parenting", ("SF5",), (None, 4.0))


@pytest.mark.parametrize(
    ("column", "value", "runs"),
    [
        ("end_date", "2026-03-30", False),
        ("end_date", "2026-03-31", True),
        ("start_date", "2026-04-01", False),
        ("status", "inactive", False),
        ("status", "temporarily_closed", False),
        ("status", "active", True),
        ("status", "not_recorded", True),
    ],
)
def test_only_what_runs_on_the_day_is_offered(column, value, runs):
    found = offer(f"service_id | name | {column}\n1 | A | {value}")
    assert (len(found.services), found.not_running) == ((1, 0) if runs else (0, 1))


NEEDS = "need_id | person_id | need_code | identified_date\n" + "\n".join(
    [
        *(f"{n} | Child {n} | SF8 | 2025-10-01" for n in range(7)),
        *(f"{n} | Child {n} | SF9 | 2025-10-01" for n in range(20, 23)),
        "30 | Child 1 | SF8 | 2025-11-01",
        "31 | Child 9 | SF8 | 2025-03-31",
        "32 | Child 9 | SF8 | 2025-04-01",
        "33 | Child 9 | SF10 |",
    ]
)


def test_families_that_recorded_a_need_in_the_year_are_counted_once_and_those_without_a_day_apart():
    found = families_by_need(snapshot({"eh_need": NEEDS}, checked=False), DAY)
    assert found
    assert (found["SF8"], found["SF9"], found["SF10"], found["SF1"]) == ((8, 0), (3, 0), (0, 1), (0, 0))


def test_where_nobody_records_needs_nobody_can_tell_how_many_families_have_one():
    assert families_by_need(snapshot({}, checked=False), DAY) is None


def released(families: Any = None, children: float | None = 2_500, name: str = "dfe") -> dict[str, Any]:
    return publish_offer(offer(), families, children, policy(name))


def test_small_counts_of_families_are_hidden_and_the_need_nobody_serves_is_still_told():
    told = released({"SF8": (8, 0), "SF9": (3, 0), "SF10": (0, 0), "SF2": (40, 2)})
    needs = {each["need"]: each for each in told["needs"]}
    assert (needs["SF8"]["families"], needs["SF9"]["families"], needs["SF9"]["status"]) == (8, None, "suppressed")
    assert (needs["SF10"]["families"], needs["SF2"]["families_without_a_day"]) == (0, None)
    assert [each["need"] for each in told["unmet"]] == ["SF8", "SF9"]


def test_a_rate_is_for_each_10000_children_and_missing_where_nobody_knows_how_many_there_are():
    rates = [{n["need"]: n["per_10000"] for n in released(children=each)["needs"]}["SF2"] for each in (2_500, None)]
    assert rates == [8.0, None]


def test_councils_stand_side_by_side_for_every_need():
    two = [{"council": name, **released(children=each)} for name, each in (("A", 2_500), ("B", None))]
    table = {each["need"]: each["councils"] for each in side_by_side(two)}
    assert table["SF2"] == [
        {"council": "A", "services": 2, "per_10000": 8.0},
        {"council": "B", "services": 2, "per_10000": None},
    ]
    assert set(table) == {*codelists.needs.codes, *UNSAID}


def services() -> st.SearchStrategy[Service]:
    ages = st.one_of(st.none(), st.floats(0, 25))
    return st.builds(
        Service,
        service_id=st.uuids().map(str),
        name=st.sampled_from("ABC"),
        provider=st.sampled_from(["Elm", "Quay", None]),
        needs=st.sampled_from([("SF1",), ("SF1", "SF2"), ("not_recorded",)]),
        ages=st.one_of(st.none(), st.tuples(ages, ages).filter(lambda pair: pair != (None, None))),
        level=st.sampled_from(["community", "targeted", "not_recorded"]),
        areas=st.sampled_from([("North",), ("North", "South"), ("not_recorded",)]),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(services(), max_size=6))
def test_a_cell_is_offered_or_a_gap_and_every_sure_overlap_is_seen_in_some_cell(drawn: list[Service]):
    found = Offer(tuple(drawn), ("North", "South"), 0)
    cells = cells_of(found.services)
    for gap in gaps(found):
        about = {name: gap[name] for name in ("need", "age_band", "level", "area") if gap[name]}
        assert not [cell for cell in cells if about.items() <= cell.items()]
    shown = [(set(cell["names"]), cell["need"], cell["level"]) for cell in cells]
    for each in overlaps(found):
        if each["sure"] and any(len(names) > 1 for names, _, _ in shown):
            assert each["level"] in codelists.levels.codes
            assert any(set(each["services"]) <= names and need in each["needs"] for names, need, _ in shown)


@given(st.floats(0, 30), st.floats(0, 30))
def test_a_child_of_an_age_that_a_service_is_for_is_in_one_of_its_bands(lowest: float, highest: float):
    service = Service("1", "A", None, ("SF1",), (lowest, highest), "community", ("North",))
    for years in range(30):
        if lowest <= years <= highest:
            [band] = [name for name, first, last in AGE_BANDS if first <= years <= last]
            assert band in service.bands
