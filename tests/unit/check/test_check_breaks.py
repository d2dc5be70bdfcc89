"""Broken records as the fix-list knows them: by their own number, with who can mend them, and without who they are about."""

from __future__ import annotations

from typing import Any

import duckdb

from earlyhelp.check import Outcome, all_rules, apply_rules, fix_list
from earlyhelp.standard import TABLES, references
from spec.dataset import snapshot, whole_tables
from unit.check.test_check_rules import outcome_of

EPISODES = """
    episode_id | person_id | start_date | end_date   | team  | lead_practitioner_id | source_system
    1          | Ann       | 2024-01-01 | 2024-03-01 | North | w1                   | mosaic
    2          | Ann       | 2024-06-01 |            | South | w2                   | mosaic
    1          | Ben       | 2024-01-01 | 2024-03-01 | East  | w3                   | eclipse
"""


def breaks(con: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[Any, ...]]:
    return con.execute("SELECT team, worker, record FROM rule_break WHERE rule = ?", [rule]).fetchall()


def test_a_record_without_a_team_of_its_own_is_its_episodes_in_the_same_system():
    reviews = """
        review_id | episode_id | type   | held_date  | source_system
        r1        | 1          | review | 2024-03-02 | mosaic
    """
    con = snapshot({"eh_review": reviews, "eh_episode": EPISODES})
    assert breaks(con, "EH-207") == [("North", "w1", "r1")]


def test_a_record_about_a_child_is_with_the_team_that_holds_their_help():
    people = "person_key | person_id | dob\n k1 | Ann | 2010-01-01\n k2 | Ann | 2010-02-01"
    con = snapshot({"person": people, "eh_episode": EPISODES})
    assert sorted(breaks(con, "EH-202")) == [("South", "w2", "k1"), ("South", "w2", "k2")]


def test_a_number_that_names_a_person_is_in_no_line_of_the_fix_list():
    numbers = "person_id | type | value | source_record_id\n Ann | upn | B123456789012 | identifiers:7"
    con = snapshot({"person_identifier": numbers})
    [line] = [line for line in fix_list.of_rules(con, {"feed": "numbers.csv"}) if line.rule == "EH-239"]
    assert "B123456789012" not in "".join(line)
    assert (line.file, line.part, line.row) == ("numbers.csv", "identifiers", "7")


def test_no_key_of_the_identity_side_becomes_a_record_number():
    hidden = [c for table in TABLES.values() for c in table.key if c.sensitivity.on_identity_side]
    assert hidden  # else this says nothing
    con = snapshot({})
    assert "value" not in [column[0] for column in con.execute("DESCRIBE rule_break").fetchall()]


def test_a_number_that_no_row_has_breaks_a_rule_and_an_empty_one_does_not():
    assessments = """
        assessment_id | person_id | start_date | episode_id
        1             | Ann       | 2024-01-01 | 1
        2             | Ann       | 2024-01-01 | 9
        3             | Ann       | 2024-01-01 |
    """
    result = outcome_of("eh_assessment.episode_id:no_such_row", {"eh_assessment": assessments, "eh_episode": EPISODES})
    assert [row for row, _ in result.rows] == [2]


def test_where_the_other_table_is_not_there_at_all_a_reference_cannot_be_judged():
    rows = "assessment_id | person_id | start_date | episode_id\n 1 | Ann | 2024-01-01 | 1"
    result = outcome_of("eh_assessment.episode_id:no_such_row", {"eh_assessment": rows})
    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "no records in eh_episode")


def test_every_reference_rule_is_about_a_column_that_points_somewhere():
    rules = [each for each in all_rules() if each.code.endswith(":no_such_row")]
    assert rules
    for each in rules:
        column, target = each.about
        assert references(TABLES[column.table_name])[column] is target


def test_a_rule_that_nothing_could_break_does_not_apply_and_says_why():
    rows = "contact_id | person_id | contact_date\n 1 | Ann | 2024-01-01"
    con = whole_tables({"contact": rows})
    as_at = con.execute("SELECT DATE '2024-12-31'").fetchall()[0][0]
    [result] = [each for each in apply_rules(con, as_at) if each.rule.code == "EH-243"]
    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "no request says when it was entered")
