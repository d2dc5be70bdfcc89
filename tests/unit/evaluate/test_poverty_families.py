"""Families by month, the events followed, and which signs of poverty are shocks: tables that a person can check by eye."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.poverty import SIGNALS, poverty
from earlyhelp.evaluate.poverty.families import Span, families, span
from earlyhelp.evaluate.poverty.follow_up import OUTCOMES, outcomes
from earlyhelp.evaluate.poverty.shocks import shocks
from earlyhelp.standard import codelists
from unit.evaluate.poverty_council import AS_AT, council

SPAN = Span(date(2023, 4, 1), 36)
PEOPLE = """
    person_key | person_id | family_id | dob        | is_child | lsoa
    1          | Ann       | Archer    | 2010-06-01 | true     | E01999001
    2          | Ben       | Archer    | 2024-04-01 | true     | E01999001
    3          | Una       | Archer    | 1985-01-01 | false    | E01999001
    4          | Cat       | Carr      | 2006-01-01 | true     | E01999002
"""
MEMBERS = """
    person_id | family_id | from_date  | to_date
    Ann       | Archer    | 2020-01-01 | 2025-04-30
    Ben       | Archer    |            |
    Una       | Archer    |            |
    Cat       | Carr      |            |
"""
PLACES = """
    lsoa      | ward_code | la_code   | locality | imd_decile
    E01999001 | E05999001 | E06000999 | North    | 2
    E01999002 | E05999002 | E06000999 | South    | 9
"""


def test_children_come_and_go_and_grow_up_and_the_youngest_is_told():
    with council({"person": PEOPLE, "place": PLACES}, MEMBERS) as con:
        known = families(con, SPAN)
    archer, carr = known.ids.tolist().index("Archer"), known.ids.tolist().index("Carr")
    assert known.children[[0, 11, 12, 24, 25], archer].tolist() == [1, 1, 2, 2, 1]  # Ben is born, then Ann leaves
    assert known.youngest[[0, 12, 13], archer].tolist() == [154, 0, 1]
    assert known.adults[:, archer].tolist() == [1] * 36
    assert known.children[[0, 8, 9], carr].tolist() == [1, 1, 0]  # Cat is 18 in January 2024
    assert (known.decile[0, archer], known.decile[0, carr]) == (2, 9)
    assert known.area[0, archer] != known.area[0, carr]


def test_a_family_that_moved_lived_in_the_old_area_before():
    homes = """
        person_key | person_id | lsoa      | valid_from | valid_to
        1          | Ann       | E01999002 | 2019-01-01 | 2024-06-14
        1          | Ann       | E01999001 | 2024-06-15 |
    """
    with council({"person": PEOPLE, "place": PLACES, "person_address": homes}, MEMBERS) as con:
        known = families(con, SPAN)
    archer = known.ids.tolist().index("Archer")
    assert known.decile[[0, 14, 15], archer].tolist() == [9, 9, 2]  # 1 June 2024 is before the move, 1 July after it


def test_the_months_begin_with_the_records_and_end_with_the_last_whole_one():
    contacts = "contact_id | person_id | family_id | contact_date\n1 | Ann | Archer | 2023-04-20"
    signs = "event_id | family_id | type | event_date\n1 | Archer | rent_arrears | 2023-06-02"
    with council({"person": PEOPLE, "contact": contacts, "partner_event": signs}, MEMBERS) as con:
        assert span(con, AS_AT) == SPAN
        assert span(con, date(2026, 3, 30)) == Span(date(2023, 4, 1), 35)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({}, "no requests for help"),
        ({"contact": "contact_id | person_id | contact_date\n1 | Ann | 2023-04-20"}, "no signs of poverty"),
    ],
)
def test_without_requests_or_signs_of_poverty_it_says_what_is_missing(tables: dict[str, str], reason: str):
    with council(tables, MEMBERS) as con, pytest.raises(NotEstimable, match=reason) as refused:
        poverty(con, AS_AT)
    assert refused.value.needed.endswith(".")


def test_too_few_months_and_no_shock_that_can_be_followed_are_refused():
    signs = "event_id | family_id | type | event_date\n1 | Archer | rent_arrears | {}"
    contacts = "contact_id | person_id | family_id | contact_date\n1 | Ann | Archer | {}"
    for first, reason in (("2025-01-20", "15 whole months"), ("2023-04-20", "followed for a year")):
        tables = {"person": PEOPLE, "contact": contacts.format(first), "partner_event": signs.format(first)}
        with council(tables, MEMBERS) as con, pytest.raises(NotEstimable, match=reason):
            poverty(con, AS_AT)


def test_every_kind_of_sign_and_need_is_one_of_the_standard():
    assert set(SIGNALS) <= set(codelists.partner_event_types.codes)
    assert {need for each in SIGNALS.values() for need in each.needs} <= set(codelists.needs.codes)
    assert set(codelists.needs.codes) <= set(OUTCOMES)


def test_events_are_told_by_family_and_month_once_each():
    tables = {
        "person": PEOPLE,
        "contact": """
            contact_id | person_id | family_id | contact_date | reason_code | accepted_date
            1          | Ann       | Archer    | 2023-05-03   | SF10        | 2023-06-01
            2          | Ben       | Archer    | 2023-05-20   | SF10        |
        """,
        "eh_episode": """
            episode_id | person_id | family_id | start_date | need_code
            1          | Ann       | Archer    | 2023-06-01 | SF9
        """,
        "social_care_event": """
            event_id | person_id | family_id | type     | start_date | nfa
            1        | Cat       | Carr      | referral | 2023-07-01 | false
            2        | Cat       | Carr      | referral | 2023-08-01 | true
        """,
        "partner_event": """
            event_id | family_id | type           | event_date
            1        | Carr      | domestic_abuse | 2023-09-09
        """,
        "attendance_period": """
            person_key | person_id | family_id | academic_year | term   | possible | authorised | unauthorised
            1          | Ann       | Archer    | 2023-24       | autumn | 100      | 5          | 5
            1          | Ann       | Archer    | 2023-24       | spring | 100      | 5          | 4
        """,
    }
    with council(tables, MEMBERS) as con:
        known = families(con, SPAN)
        found = outcomes(con, known)
    month = {
        (name, str(known.ids[family])): np.flatnonzero(np.diff(found.upto[place, :, family])).tolist()
        for place, name in enumerate(found.names)
        for family in range(len(known))
        if found.upto[place, -1, family]
    }
    assert month == {
        ("request", "Archer"): [1],
        ("accepted", "Archer"): [2],
        ("SF10", "Archer"): [1],
        ("SF9", "Archer"): [2],
        ("social_care", "Carr"): [3],
        ("domestic_abuse", "Carr"): [5],
        ("absence", "Archer"): [
            6
        ],  # the autumn term stands in October; a tenth of it was missed, and less of the spring
    }


def test_a_shock_is_the_first_sign_of_any_kind_in_a_year():
    signs = """
        event_id | family_id | type              | event_date
        1        | Archer    | free_school_meals | 2023-04-05
        2        | Archer    | rent_arrears      | 2024-03-20
        3        | Archer    | rent_arrears      | 2025-04-01
        4        | Archer    | benefit_cap       | 2025-04-30
        5        | Carr      | benefit_cap       | 2023-04-09
        6        | Carr      | rent_arrears      | 2023-04-09
        7        | Carr      | rent_arrears      | 2025-04-01
    """
    with council({"person": PEOPLE, "partner_event": signs}, MEMBERS) as con:
        known = families(con, SPAN)
        found = shocks(con, known)
    struck = {
        (found.names[kind], str(known.ids[family]), int(month))
        for kind, month, family in zip(*np.nonzero(found.struck), strict=True)
    }
    # March 2024 is within a year of April 2023; of April 2025 both kinds count, as no sign stands in the year before.
    # Carr has no child any more in April 2025.
    assert struck == {("rent_arrears", "Archer", 24), ("benefit_cap", "Archer", 24)}
    archer = known.ids.tolist().index("Archer")
    assert not found.without[[12, 23, 24, 35], archer].any()
