"""What families are made alike by: only what was known by the day of the offer, and what nobody recorded is marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import isnan, log

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.build.spells import make_spells
from earlyhelp.evaluate.studies.covariates import COVARIATES, EARLIER, filled, values
from earlyhelp.evaluate.studies.offers import make_offers
from spec.dataset import insert
from unit.evaluate.offers_council import council, offers

BY_NAME = {each.name: each for each in (*COVARIATES, EARLIER)}
HELPED = """
    person_id | start_date | allocated_date | end_date
    Ann       | 2024-01-01 | 2024-01-11     | 2024-06-30
"""
OFFERED = "person_id | service_id | offered_date\n Ann | S01 | 2024-02-20"


def facts_of(*names: str, **tables: str) -> list[float]:
    """Facts of Ann's family, who was offered a service on 20 February 2024."""
    con = council(**({"eh_episode": HELPED, "service_delivered": OFFERED} | tables))
    return [float(values(con, BY_NAME[name]).item()) for name in names]


def fact(name: str, **tables: str) -> float:
    """One fact of Ann's family."""
    [value] = facts_of(name, **tables)
    return value


def recorded(table: str, columns: str, *rows: str) -> dict[str, str]:
    """Rows of a table about Ann."""
    return {table: "\n".join((f"person_id | {columns}", *(f"Ann | {row}" for row in rows)))}


@pytest.mark.parametrize(
    ("day", "counts"), [("2023-12-31", 0), ("2024-01-01", 1), ("2024-02-20", 1), ("2024-02-21", 0)]
)
def test_a_need_counts_if_it_was_identified_from_acceptance_to_the_day_of_the_offer(day: str, counts: int):
    needs = recorded("eh_need", "episode_id | framework | need_code | identified_date", f"1 | SF2022 | SF8 | {day}")
    assert facts_of("need_SF8", "needs", **needs) == [counts, counts]


def test_a_need_named_with_the_episode_counts_once_beside_the_same_need_in_the_list():
    needs = recorded("eh_need", "episode_id | framework | need_code | identified_date", "1 | SF2022 | SF8 | 2024-01-05")
    episode = "person_id | start_date | allocated_date | need_code\n Ann | 2024-01-01 | 2024-01-11 | SF8"
    assert fact("needs", eh_episode=episode, **needs) == 1


@pytest.mark.parametrize(
    ("day", "known"), [("2023-02-19", 0), ("2023-02-20", 1), ("2024-02-19", 1), ("2024-02-20", 0), ("2024-02-21", 0)]
)
def test_what_partners_told_counts_in_the_365_days_before_the_offer_and_not_on_its_day(day: str, known: int):
    rows = (f"police | {type_} | {day}" for type_ in ("domestic_abuse", "rent_arrears"))
    told = recorded("partner_event", "agency | type | event_date", *rows)
    assert facts_of("abuse_told", "told_otherwise", **told) == [known, known]


def test_other_notices_of_partners_are_kept_apart_from_domestic_abuse():
    told = recorded("partner_event", "agency | type | event_date", "police | domestic_abuse | 2024-01-15")
    assert fact("told_otherwise", **told) == 0


@pytest.mark.parametrize(("day", "known"), [("2022-02-19", 0), ("2022-02-20", 1), ("2023-12-01", 1), ("2024-02-21", 0)])
def test_a_statutory_service_counts_in_the_730_days_before_the_offer(day: str, known: int):
    event = recorded("social_care_event", "type | start_date | end_date", f"cin_plan | {day} | {day}")
    assert fact("in_service", **event) == known


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("2023-11-20 | true", 1.0),  # 42 days before acceptance
        ("2023-11-19 | true", None),  # the request before
        ("2024-02-20 | false", 0.0),
        ("2024-02-21 | true", None),  # the day after the offer
        ("2024-01-01 |", None),  # nobody said
    ],
)
def test_domestic_abuse_named_in_the_request_is_yes_no_or_not_recorded(row: str, value: float | None):
    found = fact("abuse", **recorded("contact", "contact_date | domestic_abuse", row))
    assert isnan(found) if value is None else found == value


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (("2023-02-19",), 0),  # a year and a day before the offer
        (("2023-02-20", "2023-12-20"), 2),
        (("2023-12-20", "2023-12-20"), 1),  # about two siblings
        (("2024-02-20", "2024-02-21"), 0),  # the day of the offer, and later
        (("2023-05-01", "2023-06-01", "2023-07-01", "2023-08-01", "2023-09-01", "2023-10-01"), 5),
    ],
)
def test_requests_count_by_day_in_the_365_days_before_the_offer_up_to_five(days: tuple[str, ...], asked: int):
    assert fact("asked", **recorded("contact", "contact_date", *days)) == asked


@pytest.mark.parametrize(("level", "value"), [("family_help", 1), ("targeted", 0), ("", 0)])
def test_the_level_of_help_is_that_of_the_episode(level: str, value: int):
    episode = f"person_id | start_date | allocated_date | level\n Ann | 2024-01-01 | 2024-01-11 | {level}"
    assert fact("family_help", eh_episode=episode) == value


@pytest.mark.parametrize(("allocated", "days"), [("2024-01-01", 0), ("2024-01-11", 10), ("2024-03-15", 50)])
def test_the_wait_runs_to_allocation_and_never_past_the_day_of_the_offer(allocated: str, days: int):
    """Fifty days lie between 1 January and the offer on 20 February: that it went on waiting, nobody knew then."""
    episode = f"person_id | start_date | allocated_date\n Ann | 2024-01-01 | {allocated}"
    assert fact("waited", eh_episode=episode) == pytest.approx(log(1 + days))


CHILDREN = """
    person_id | dob        | is_child | lsoa
    Ann       | 2015-03-01 | true     | E01000001
    Ben       | 2021-02-11 | true     | E01000001
    Unborn    | 2024-03-05 | true     |
    Eve       | 1990-01-01 | false    |
    Away      | 2022-01-01 | true     |
"""
LIVES_WITH = """
    person_id | family_id     | from_date  | to_date
    Ann       | family of Ann |            |
    Ben       | family of Ann | 2021-02-11 |
    Unborn    | family of Ann |            |
    Eve       | family of Ann |            |
    Away      | family of Ann | 2022-01-01 | 2023-08-01
"""


def test_children_are_those_born_and_in_the_family_on_the_day_of_the_offer():
    tables = {"eh_episode": HELPED, "service_delivered": OFFERED, "person": CHILDREN}
    con = council(LIVES_WITH, **tables)
    assert values(con, BY_NAME["children"]).tolist() == [2]
    assert values(con, BY_NAME["youngest"]).tolist() == [3], "Ben is three; who left and who is not born does not count"


def test_of_a_family_without_a_date_of_birth_the_age_is_not_recorded_and_is_not_zero():
    nobody = fact("youngest", person="person_id | is_child\n Ann | true")
    assert isnan(nobody)


def test_deprivation_is_that_of_the_homes_area_and_is_not_recorded_without_one():
    places = "lsoa | ward_code | la_code | imd_decile\n E01000001 | E05000001 | E06000999 | 3"
    assert fact("deprivation", person="person_id | is_child | lsoa\n Ann | true | E01000001", place=places) == 3
    assert isnan(fact("deprivation", person="person_id | is_child | lsoa\n Ann | true |", place=places))


@pytest.mark.parametrize(
    ("addresses", "decile"),
    [
        (("E01000001 | 2020-01-01 | 2024-02-20", "E01000002 | 2024-02-21 |"), 3),  # moved on the day after the offer
        (("E01000001 | 2020-01-01 | 2024-01-31", "E01000002 | 2024-02-01 |"), 9),  # moved before it
        (("E01000001 | |",), 9),  # nobody says since when: the area of the person's record stands for it
        (("| 2020-01-01 |",), 9),  # nor where
    ],
)
def test_deprivation_is_that_of_the_home_on_the_day_of_the_offer_and_not_of_one_moved_to_later(addresses, decile: int):
    lived = recorded("person_address", "lsoa | valid_from | valid_to", *addresses)
    person = "person_id | is_child | lsoa\n Ann | true | E01000002"
    assert fact("deprivation", person=person, place=PLACES, **lived) == decile


def test_earlier_spells_of_help_are_counted_up_to_two():
    spells = "".join(f"Ann | {year}-05-01 | {year}-05-11 | {year}-06-30\n" for year in (2014, 2017, 2020))
    con = council(eh_episode=HELPED.rstrip(" ") + spells, service_delivered=OFFERED)
    assert [start.year for _, start in offers(con, "start_date")] == [2014, 2017, 2020, 2024]
    assert values(con, BY_NAME["helped_before"]).tolist() == [0, 1, 2, 2]


def test_a_gap_takes_the_mean_of_what_is_recorded_and_is_marked_by_a_column_of_its_own():
    held = np.array([[1.0, np.nan, np.nan], [3.0, 4.0, np.nan], [8.0, 6.0, np.nan]])
    before, names, missing = filled(held, ("age", "decile", "never"))
    assert names == ("age", "decile", "decile: not recorded")
    assert before.tolist() == [[1, 5, 1], [3, 4, 0], [8, 6, 0]]
    assert missing == {"decile": pytest.approx(1 / 3), "never": 1.0}


def test_every_covariate_has_words_of_its_own_and_a_value_for_a_family_of_whom_little_is_recorded():
    con = council(eh_episode=HELPED, service_delivered=OFFERED)
    assert len({each.words.strip() for each in BY_NAME.values()} - {""}) == len(COVARIATES) + 1
    unknown = {name for name, each in BY_NAME.items() if isnan(values(con, each).item())}
    assert unknown == {"deprivation", "youngest", "children", "abuse"}, "none is 0; what nobody recorded is not"


# What comes later changes nothing ---------------------------------------------------------------------------

FAMILIES = {"Ann": date(2024, 2, 20), "Ben": date(2023, 9, 1), "Cem": date(2024, 3, 11)}
"""Time zero of three families. Cem's was offered nothing; offers came 40 and 61 days after allocation, so his starts 50 after."""


PLACES = """
    lsoa      | ward_code | la_code   | imd_decile
    E01000001 | E05000001 | E06000999 | 3
    E01000002 | E05000001 | E06000999 | 9
"""


@pytest.fixture(scope="module")
def three_families():
    people = [{"person_id": name, "dob": "2015-03-01", "is_child": True, "lsoa": "E01000001"} for name in FAMILIES]
    return council(
        [{"person_id": f"child of {name}", "family_id": f"family of {name}"} for name in FAMILIES],
        person=people,
        place=PLACES,
        eh_episode="""
            person_id | start_date | allocated_date | need_code
            Ann       | 2024-01-01 | 2024-01-11     | SF8
            Ben       | 2023-06-01 | 2023-07-02     |
            Cem       | 2024-01-11 | 2024-01-21     | SF1
        """,
        service_delivered="person_id | service_id | offered_date\n Ann | S01 | 2024-02-20\n Ben | S02 | 2023-09-01",
        contact="person_id | contact_date | domestic_abuse\n Ann | 2023-12-20 | true\n Cem | 2024-01-02 | false",
        partner_event="person_id | agency | type | event_date\n Ben | police | domestic_abuse | 2023-08-01",
        social_care_event="person_id | type | start_date | end_date\n Ann | cin_plan | 2022-08-01 | 2022-12-01",
    )  # fmt: skip


def facts(con: duckdb.DuckDBPyConnection) -> dict[tuple[object, ...], list[float]]:
    """Every covariate of every offer, by family and start."""
    held = np.column_stack([values(con, each) for each in (*COVARIATES, EARLIER)])
    return dict(zip(offers(con, "start_date"), np.nan_to_num(held, nan=-1.0).tolist(), strict=True))


def _row(kind: str, person: str, day: date) -> tuple[str, Mapping[str, object]]:
    """A record of something that happened to a person's family on a day, and the table it is in."""
    about: dict[str, object] = {"person_id": person, "family_id": f"family of {person}"}
    record: dict[str, object] = {"start_date": day, "row_id": day.toordinal(), "source_system": "standard"}
    helped = {"episode_id": "later", "allocated_date": day, "need_code": "SF6", "level": "family_help"}
    return {
        "eh_need": ("eh_need", {**about, "need_code": "SF5", "identified_date": day}),
        "eh_episode": ("eh_episode", about | record | helped),
        "contact": ("contact", {**about, "contact_date": day, "domestic_abuse": True}),
        "domestic_abuse": ("partner_event", {**about, "type": "domestic_abuse", "event_date": day}),
        "arrears": ("partner_event", {**about, "type": "rent_arrears", "event_date": day}),
        "statutory": ("social_care_event", {"person_id": person, "type": "cp_plan", "event_id": "later"} | record),
        "offer": ("service_delivered", {**about, "service_id": "S09", "offered_date": day, "delivery_id": "later"}),
        "born": ("profile", {"person_id": f"child of {person}", "birth_month": day, "is_child": True}),
        "new_home": ("person_address", {"person_id": person, "lsoa": "E01000002", "valid_from": day}),
        "moved_in": ("family_membership", {"person_id": "Ann", "family_id": f"family of {person}", "from_date": day}),
    }[kind]


_KINDS = (
    *("eh_need", "eh_episode", "contact", "domestic_abuse", "arrears", "statutory"),
    *("offer", "born", "new_home", "moved_in"),
)
later = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.sampled_from(sorted(FAMILIES)), st.integers(1, 700)), min_size=3, max_size=9
)


def test_the_three_families_start_on_the_days_told(three_families: duckdb.DuckDBPyConnection):
    assert dict(offers(three_families, "time_zero")) == FAMILIES


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=later)
def test_whatever_is_recorded_after_time_zero_changes_no_covariate(three_families: duckdb.DuckDBPyConnection, rows):
    con = three_families
    before = facts(con)
    con.begin()
    try:
        for kind, person, days in rows:
            if (kind, person) != ("offer", "Cem"):  # a first offer is time zero itself
                table, row = _row(kind, person, FAMILIES[person] + timedelta(days=days))
                insert(con, table, [row])
        con.execute("DROP TABLE child_help; DROP TABLE family_help; DROP TABLE statutory_start")
        make_spells(con)
        make_offers(con)
        after = facts(con)
        assert {each: after[each] for each in before} == before
    finally:
        con.rollback()
