"""Rules: examples are run, those derived from the standard catch what breaks them, four outcomes are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

import earlyhelp.check.rules
from earlyhelp.check import RULES, Outcome, Result, Rule, all_rules, apply_rules
from earlyhelp.check.rule import rule
from earlyhelp.standard import TABLES, Between, Column, Matches, NotAbove, OnOrAfter, eh_episode
from spec.dataset import Rows, whole_tables

EXAMPLES = [(each, passes, tables) for each in RULES.values() for passes, tables in each.examples]
CONSTRAINTS = [
    (column, constraint)
    for table in TABLES.values()
    for column in table.columns.values()
    for constraint in column.rules
]


def outcome_of(code: str, tables: Mapping[str, Rows], as_at: date = date(2026, 3, 31)) -> Result:
    con = whole_tables(tables)
    [result] = [each for each in apply_rules(con, as_at) if each.rule.code == code]
    return result


@pytest.mark.parametrize(("declared", "passes", "tables"), EXAMPLES, ids=lambda each: getattr(each, "code", None))
def test_a_rule_does_what_its_examples_say(declared: Rule, passes: bool, tables: Mapping[str, list[dict[str, str]]]):
    standard = {name: rows for name, rows in tables.items() if name != "as_at"}
    as_at = date.fromisoformat(tables["as_at"][0]["day"]) if "as_at" in tables else date(2026, 3, 31)
    result = outcome_of(declared.code, standard, as_at)
    assert result.outcome is (Outcome.PASSED if passes else Outcome.FAILED), result.reason
    assert bool(result.rows) is not passes
    assert result.records == len(tables[declared.table])


@pytest.mark.parametrize("declared", RULES.values(), ids=lambda each: each.code)
def test_every_cross_row_rule_has_rows_that_pass_and_rows_that_fail(declared: Rule):
    assert {passes for passes, _ in declared.examples} == {True, False}


@pytest.mark.parametrize("declared", all_rules(), ids=lambda each: each.code)
def test_every_rule_says_what_it_is_about_and_what_is_wrong(declared: Rule):
    assert declared.about
    assert declared.message.endswith(".")
    assert declared.severity in ("error", "warning")


def test_no_two_rules_have_one_code():
    codes = [each.code for each in all_rules()]
    assert len(codes) == len(set(codes))


def test_every_file_of_a_rule_is_read_and_declares_one():
    folder = Path(earlyhelp.check.rules.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert files == set(earlyhelp.check.rules.__all__)
    declared = [vars(getattr(earlyhelp.check.rules, name))[name] for name in files]
    assert sorted(each.code for each in declared) == sorted(RULES)


def test_the_code_of_a_rule_cannot_be_used_twice():
    with pytest.raises(TypeError, match="EH-201"):
        rule("EH-201", about=[eh_episode.start_date], severity="error")(lambda: "SELECT 1")


@pytest.mark.parametrize(("column", "constraint"), CONSTRAINTS, ids=str)
def test_a_rule_of_the_standard_passes_and_fails_the_rows_that_it_should(column: Column, constraint: object):
    good, bad = rows_for(column, constraint)
    code = f"{column}:{constraint.rule}"
    passed = outcome_of(code, {column.table_name: [good]})
    assert (passed.outcome, passed.records, passed.rows) == (Outcome.PASSED, 1, ())
    failed = outcome_of(code, {column.table_name: [good, bad]})
    assert (failed.outcome, failed.records, [row for row, _ in failed.rows]) == (Outcome.FAILED, 2, [2])


def rows_for(column: Column, constraint: object) -> tuple[dict[str, object], dict[str, object]]:
    """A row that just holds to the constraint and one that just breaks it."""
    match constraint:
        case OnOrAfter(other=other):
            return (
                {column.column_name: "2024-01-02", other: "2024-01-02"},
                {column.column_name: "2024-01-01", other: "2024-01-02"},
            )
        case NotAbove(other=other):
            return {column.column_name: 3, other: 3}, {column.column_name: 4, other: 3}
        case Between(low=low, high=high):
            return {column.column_name: high if low is None else low}, {
                column.column_name: high + 1 if low is None else low - 1
            }
        case Matches(good=good, bad=bad):
            return {column.column_name: good}, {column.column_name: bad}
    raise AssertionError(f"no rows for {constraint!r}")


def test_on_an_empty_dataset_no_rule_applies_and_each_says_why():
    results = apply_rules(whole_tables({}), date(2026, 3, 31))
    assert {each.outcome for each in results} == {Outcome.NOT_APPLICABLE}
    assert all(each.reason.startswith("no records in ") for each in results)
    assert [each.rule.code for each in results] == [each.code for each in all_rules()]


def test_a_rule_does_not_apply_where_a_column_that_it_is_about_is_empty():
    result = outcome_of("eh_episode.end_date:before_other_date", {"eh_episode": [{"start_date": "2024-01-01"}]})
    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "eh_episode.end_date is empty")


def test_a_rule_that_cannot_be_run_is_broken_and_not_passed_and_tells_nothing_of_the_data(monkeypatch):
    broken = Rule("EH-999", "Broken.", (eh_episode.start_date,), "error", "SELECT row_id, team FROM no_such_table")
    monkeypatch.setitem(RULES, "EH-999", broken)
    result = outcome_of("EH-999", {"eh_episode": [{"start_date": "2024-01-01"}]})
    assert (result.outcome, result.reason, result.rows) == (Outcome.BROKEN, "CatalogException", ())


def test_a_broken_record_is_named_by_row_and_team_and_once():
    rows = """
        row_id | episode_id | person_id | start_date | end_date   | team
        7      | 1          | Ann       | 2024-01-02 | 2024-01-01 | North
        8      | 2          | Ben       | 2024-01-02 | 2024-01-01 |
        9      | 3          | Cat       | 2024-01-02 | 2024-01-03 | South
    """
    result = outcome_of("eh_episode.end_date:before_other_date", {"eh_episode": rows})
    assert result.rows == ((7, "North"), (8, None))


def test_three_episodes_at_once_break_the_rule_of_overlap_twice_not_three_times():
    rows = """
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2024-01-01 | 2024-03-01
        2          | Ann       | 2024-01-01 | 2024-03-01
        3          | Ann       | 2024-02-01 |
    """
    assert [row for row, _ in outcome_of("EH-201", {"eh_episode": rows}).rows] == [2, 3]
