"""Spells: which records are put together, and which record a spell begins and ends with."""

from __future__ import annotations

from itertools import permutations

import pytest

from earlyhelp.build.spells import REASONS_OF_ONE_DAY, make_spells
from earlyhelp.standard.codelists import end_reasons
from spec.dataset import parse, whole_tables


def rows(sql: str, **tables: str) -> list[dict[str, str | None]]:
    """The rows a query gives after spells have been made of the tables, as text."""
    con = whole_tables(tables)
    make_spells(con)
    found = con.execute(sql)
    names = [column[0] for column in found.description]
    return [
        {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)}
        for row in found.fetchall()
    ]


def help_of_ann(episodes: str) -> list[dict[str, str | None]]:
    return rows("SELECT start_date, end_date FROM child_help ORDER BY ALL", eh_episode=episodes)


@pytest.mark.parametrize(
    ("says", "second", "spells"),
    [
        ("overlaps", "2024-02-15 | 2024-04-01", "2024-01-01 | 2024-04-01"),
        ("starts the day the first ends", "2024-03-01 | 2024-04-01", "2024-01-01 | 2024-04-01"),
        ("lies within", "2024-02-01 | 2024-02-10", "2024-01-01 | 2024-03-01"),
        ("is open", "2024-02-01 |           ", "2024-01-01 |           "),
        ("has no length and lies within", "2024-02-01 | 2024-02-01", "2024-01-01 | 2024-03-01"),
        ("starts a day later", "2024-03-02 | 2024-04-01", "2024-01-01 | 2024-03-01\n2024-03-02 | 2024-04-01"),
        ("ends before it starts", "2024-03-01 | 2024-02-01", "2024-01-01 | 2024-03-01"),
    ],
)
def test_a_second_episode_joins_the_first_when_they_have_a_day_in_common(says, second, spells):
    episodes = f"episode_id | person_id | start_date | end_date\n1 | Ann | 2024-01-01 | 2024-03-01\n2 | Ann | {second}"
    assert help_of_ann(episodes) == parse(f"start_date | end_date\n{spells}"), says


def test_a_long_episode_reaches_over_short_ones_to_the_next():
    assert help_of_ann("""
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2024-01-01 | 2024-06-01
        2          | Ann       | 2024-02-01 | 2024-02-02
        3          | Ann       | 2024-05-31 | 2024-07-01
    """) == parse("""
        start_date | end_date
        2024-01-01 | 2024-07-01
    """)


def test_siblings_have_spells_of_their_own_and_one_of_the_family():
    episodes = """
        episode_id | person_id | family_id | start_date | end_date
        1          | Ann       | Archer    | 2024-01-01 | 2024-03-01
        2          | Ben       | Archer    | 2024-02-01 | 2024-04-01
    """
    assert rows("SELECT person_id, end_date FROM child_help ORDER BY ALL", eh_episode=episodes) == parse("""
        person_id | end_date
        Ann       | 2024-03-01
        Ben       | 2024-04-01
    """)
    assert rows("SELECT family_id, start_date, end_date FROM family_help", eh_episode=episodes) == parse("""
        family_id | start_date | end_date
        Archer    | 2024-01-01 | 2024-04-01
    """)


def test_a_spell_names_its_records_by_row_since_two_systems_may_use_one_number():
    episodes = """
        row_id | episode_id | source_system | person_id | start_date | end_date
        11     | 1          | mosaic        | Ann       | 2024-01-01 | 2024-03-01
        12     | 1          | eclipse       | Ann       | 2024-02-01 | 2024-04-01
        13     | 1          | other         | Ben       | 2024-02-01 | 2024-04-01
    """
    sql = "SELECT person_id, first_record, last_record FROM child_help ORDER BY ALL"
    assert rows(sql, eh_episode=episodes) == parse("""
        person_id | first_record | last_record
        Ann       | 11           | 12
        Ben       | 13           | 13
    """)


def test_records_of_the_same_days_come_in_the_order_of_their_names_whatever_their_rows():
    episodes = """
        row_id | episode_id | person_id | start_date | end_date
        11     | b          | Ann       | 2024-01-01 | 2024-03-01
        12     | a          | Ann       | 2024-01-01 | 2024-03-01
        13     | c          | Ann       | 2024-01-01 | 2024-03-01
    """
    assert rows("SELECT first_record, last_record FROM child_help", eh_episode=episodes) == parse("""
        first_record | last_record
        12           | 13
    """)


@pytest.mark.parametrize("reasons", list(permutations(("stepped_up", "outcomes_met", "unmapped", None))))
def test_of_episodes_that_closed_on_one_day_the_reason_that_says_most_speaks_whatever_their_names(reasons):
    episodes = "episode_id | person_id | start_date | end_date | end_reason_code\n" + "\n".join(
        f"{name} | Ann | 2024-01-01 | 2024-03-01 | {reason or ''}" for name, reason in enumerate(reasons)
    )
    said = "SELECT end_reason_code FROM family_help JOIN eh_episode ON row_id = last_record"
    assert rows(said, eh_episode=f"{episodes}\n9 | Ann | 2024-01-01 | 2024-02-29 | disengaged".strip()) == [
        {"end_reason_code": "stepped_up"}
    ]


def test_every_reason_for_closing_has_its_place():
    assert sorted(REASONS_OF_ONE_DAY) == sorted(each.code for each in end_reasons.values)


def starts(events: str) -> list[dict[str, str | None]]:
    return rows("SELECT person_id, type, start_date FROM statutory_start ORDER BY ALL", social_care_event=events)


def test_a_case_and_the_plan_in_it_are_one_start_in_need():
    assert starts("""
        event_id | person_id | type        | start_date | end_date
        1        | Ann       | cin_episode | 2024-01-01 | 2024-03-01
        2        | Ann       | cin_plan    | 2024-02-01 | 2024-03-01
    """) == parse("""
        person_id | type        | start_date
        Ann       | cin_episode | 2024-01-01
    """)


def test_a_plan_is_a_start_of_its_own_where_the_case_was_closed_as_not_in_need():
    assert starts("""
        event_id | person_id | type        | start_date | end_date   | outcome_code
        1        | Ann       | cin_episode | 2024-01-01 | 2024-03-01 | RC9
        2        | Ann       | cin_plan    | 2024-02-01 | 2024-03-01 |
    """) == parse("""
        person_id | type        | start_date
        Ann       | cin_episode | 2024-02-01
    """)


def test_two_referrals_on_one_day_are_one_start_and_one_without_further_action_is_none():
    assert starts("""
        event_id | person_id | type     | start_date | nfa
        1        | Ann       | referral | 2024-01-01 |
        2        | Ann       | referral | 2024-01-01 | false
        3        | Ann       | referral | 2024-01-02 | true
        4        | Ben       | referral | 2024-01-02 |
    """) == parse("""
        person_id | type     | start_date
        Ann       | referral | 2024-01-01
        Ben       | referral | 2024-01-02
    """)


def test_assessments_enquiries_and_conferences_are_no_start():
    assert (
        starts("""
        event_id | person_id | type       | start_date
        1        | Ann       | assessment | 2024-01-01
        2        | Ann       | s47        | 2024-01-01
        3        | Ann       | icpc       | 2024-01-01
    """)
        == []
    )


def test_changes_of_placement_carry_a_period_of_care_on_and_a_gap_ends_it():
    assert starts("""
        event_id | person_id | type         | start_date | end_date   | start_reason
        1        | Ann       | looked_after | 2024-01-01 | 2024-02-01 | S
        2        | Ann       | looked_after | 2024-02-01 | 2024-03-01 | P
        3        | Ann       | looked_after | 2024-03-02 |            | S
    """) == parse("""
        person_id | type         | start_date
        Ann       | looked_after | 2024-01-01
        Ann       | looked_after | 2024-03-02
    """)


def test_a_period_of_care_without_a_reason_for_its_start_is_a_start():
    assert starts("""
        event_id | person_id | type         | start_date | start_reason
        1        | Ann       | looked_after | 2024-01-01 |
        2        | Ben       | looked_after | 2024-01-01 | not_recorded
        3        | Cat       | looked_after | 2024-01-01 | L
    """) == parse("""
        person_id | type         | start_date
        Ann       | looked_after | 2024-01-01
        Ben       | looked_after | 2024-01-01
    """)


def test_records_without_a_start_or_of_nobody_are_left_out():
    episodes = "episode_id | person_id | family_id | start_date\n1 | Ann | Archer |\n2 | | | 2024-01-01"
    assert rows("FROM child_help", eh_episode=episodes) == []
    assert rows("FROM family_help", eh_episode=episodes) == []
