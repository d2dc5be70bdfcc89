"""Partners and wards as the records name them, and what became of what each asked for, on rows checked by eye."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures.partners import EVERYBODY, asked_by, by_decision, by_lead, partners, told_back
from earlyhelp.measures.wards import Ward, wards
from spec.dataset import snapshot

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
CONTACTS = """
    contact_id | person_id | contact_date | source_code | requestor_organisation | school_urn | decision_code | feedback_date
    1          | Ann       | 2025-05-01   | 2A          | School                 | 100001     | early_help    | 2025-05-05
    2          | Ben       | 2025-06-01   | 2A          | School                 | 100001     | nfa           |
    3          | Cat       | 2025-06-02   | 6           | Police                 |            | early_help    | 2025-06-12
    4          | Dan       | 2025-06-03   | 6           | police                 |            |               | 2025-06-01
    5          | Eve       | 2025-06-04   | 1C          | Family itself          |            | early_help    | 2025-06-10
    6          | Flo       | 2024-06-04   | 6           | Police                 |            | returned      | 2024-06-10
"""
EPISODES = """
    episode_id | person_id | contact_id | start_date | organisation     | org_type
    1          | Ann       | 1          | 2025-05-02 | Elm Charity      | voluntary
    2          | Cat       | 3          | 2025-06-05 | Early Help North | council_early_help
    3          | Eve       | 5          | 2025-06-05 | Elm Charity      | voluntary
"""
SCHOOLS = "school_urn | name\n 100001 | Elm Primary\n 100002 | Quiet School"


@pytest.fixture(scope="module")
def con():
    return snapshot({"contact": CONTACTS, "eh_episode": EPISODES, "school": SCHOOLS}, checked=False)


def test_schools_come_first_with_those_that_never_asked_then_organisations_that_asked_or_lead(con):
    told = {each.name: (each.kind, each.requests, each.led, each.splits) for each in partners(con)}
    assert told == {
        "Elm Primary": ("school", 2, 0, ("school_urn",)),
        "Quiet School": ("school", 0, 0, ("school_urn",)),
        "Elm Charity": ("organisation", 0, 2, ("organisation",)),
        "Police": ("organisation", 2, 0, ("requestor_organisation",)),
        "police": ("organisation", 1, 0, ("requestor_organisation",)),
        "School": ("organisation", 2, 0, ("requestor_organisation",)),
    }


def test_families_who_ask_themselves_and_the_councils_own_teams_are_no_partner(con):
    assert not {"Family itself", "Early Help North"} & {each.name for each in partners(con)}


def test_another_spelling_of_a_name_is_another_partner_and_each_knows_of_the_other(con):
    spelt = {each.name: each.also_spelt for each in partners(con)}
    assert (spelt["Police"], spelt["police"], spelt["School"]) == (("police",), ("Police",), ())


def test_how_soon_a_partner_was_told_counts_those_not_told_yet_as_still_waiting(con):
    told = told_back(con, asked_by("school", "100001"), FIRST, LAST)
    assert told is not None
    assert (told.requests, told.told, told.days.estimate) == (2, 1, 153.5)
    """Told after 4 days, and after 303 days not yet: the curve runs level at one half from the one day to the other."""


def test_a_request_that_was_answered_before_it_came_is_left_out(con):
    assert told_back(con, asked_by("organisation", "police"), FIRST, LAST) is None
    everybody = told_back(con, EVERYBODY, FIRST, LAST)
    assert everybody is not None
    assert (everybody.requests, everybody.told) == (4, 3)


def test_where_no_system_records_feedback_nobody_can_tell():
    bare = snapshot({"contact": "contact_id | person_id | contact_date\n 1 | Ann | 2025-05-01"}, checked=False)
    assert told_back(bare, EVERYBODY, FIRST, LAST) is None


def test_decisions_are_counted_by_school_and_organisation_together_in_the_order_of_the_list(con):
    found = by_decision(con, FIRST, LAST)
    assert found.groups == ("early_help", "nfa", "pending")
    assert found.counts == {
        ("100001", "School", "early_help"): 1, ("100001", "School", "nfa"): 1, ("", "Police", "early_help"): 1,
        ("", "police", "pending"): 1, ("", "Family itself", "early_help"): 1,
    }  # fmt: skip
    assert found.everybody == {"early_help": 3, "nfa": 1, "pending": 1}


def test_a_request_of_a_school_in_an_agencys_name_is_of_both(con):
    found = by_decision(con, FIRST, LAST)
    assert (
        found.of("school", "100001") == found.of("organisation", "School") == {"early_help": 1, "nfa": 1, "pending": 0}
    )


def test_who_leads_is_told_of_requests_from_which_help_grew(con):
    found = by_lead(con, FIRST, LAST)
    assert found.groups == ("voluntary", "council_early_help")
    assert found.everybody == {"voluntary": 2, "council_early_help": 1}
    assert found.of("school", "100001") == {"voluntary": 1, "council_early_help": 0}
    assert found.of("school", "100002") == {"voluntary": 0, "council_early_help": 0}


def test_wards_are_told_with_the_children_of_their_small_areas_unless_one_is_not_known():
    places = """
        lsoa      | ward_code | ward_name | la_code   | children_0_17
        E01000001 | E05000001 | Elm       | E09000032 | 100
        E01000002 | E05000001 | Elm       | E09000032 | 150
        E01000003 | E05000002 | Quay      | E09000032 |
    """
    told = wards(snapshot({"place": places}, checked=False))
    assert told == [Ward("E05000001", "Elm", 250.0), Ward("E05000002", "Quay", None)]
