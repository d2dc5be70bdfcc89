"""Constraints: every one that a column declares is kept by every consumer."""

from __future__ import annotations

import duckdb
import pytest

from earlyhelp.standard import TABLES, Between, Column, Constraint, Matches, NotAbove, OnOrAfter, contact
from earlyhelp.standard.dictionary import data_dictionary
from earlyhelp.standard.schemas import duckdb_columns, json_schema, table_schema

RULES = [(column, rule) for table in TABLES.values() for column in table.columns.values() for rule in column.rules]
IDS = [f"{column}-{rule.rule}" for column, rule in RULES]
walk_all = pytest.mark.parametrize(("column", "rule"), RULES, ids=IDS)


def examples(rule: Constraint) -> list[tuple[dict[str, object], bool]]:
    """Values of the column (under "it") and of others in the row, each with whether they break the constraint."""
    match rule:
        case OnOrAfter(other):
            return [
                ({"it": "2024-03-02", other: "2024-03-01"}, False),
                ({"it": "2024-03-01", other: "2024-03-01"}, False),
                ({"it": "2024-02-29", other: "2024-03-01"}, True),
            ]
        case NotAbove(other):
            return [({"it": 3, other: 3}, False), ({"it": 4, other: 3}, True)]
        case Between(low, high):
            inside = [({"it": bound}, False) for bound in (low, high) if bound is not None]
            below = [({"it": low - 1}, True)] if low is not None else []
            above = [({"it": high + 1}, True)] if high is not None else []
            return inside + below + above
        case Matches(good=good, bad=bad):
            return [({"it": good}, False), ({"it": bad}, True)]
    raise AssertionError(f"say here what keeps and what breaks {rule!r}")


def is_broken(column: Column, rule: Constraint, values: dict[str, object]) -> object:
    """What DuckDB says of one row of the column's table: True when it breaks the constraint."""
    given = {column.column_name if name == "it" else name: value for name, value in values.items()}
    types = duckdb_columns(TABLES[column.table_name])
    cells = ", ".join(f'CAST(${name} AS {kind}) AS "{name}"' for name, kind in types.items())
    row = dict.fromkeys(types) | given
    [answer] = duckdb.execute(f"SELECT {rule.broken_sql(column.column_name)} FROM (SELECT {cells})", row).fetchone()
    return answer


@walk_all
def test_the_engine_tells_a_good_value_from_a_bad_one(column, rule):
    for values, broken in examples(rule):
        assert is_broken(column, rule, values) is broken, values


@walk_all
def test_a_missing_value_breaks_nothing(column, rule):
    for values, _ in examples(rule):
        assert is_broken(column, rule, {**values, "it": None}) is not True
    assert is_broken(column, rule, {"it": examples(rule)[0][0]["it"]}) is not True


@walk_all
def test_a_constraint_on_two_columns_names_a_column_of_the_same_kind_in_the_same_table(column, rule):
    if isinstance(rule, OnOrAfter | NotAbove):
        assert TABLES[column.table_name].columns[rule.other].type == column.type
        assert rule.other != column.column_name


@walk_all
def test_the_dictionary_prints_the_constraint_beside_the_column(column, rule):
    section = data_dictionary([]).split(f"### {column.table_name}\n")[1].split("\n### ")[0]
    [line] = [line for line in section.splitlines() if line.startswith(f"| `{column.column_name}` |")]
    assert rule.description.replace("|", "\\|") in line


@walk_all
def test_the_json_schema_holds_what_it_can_say_and_describes_the_rest(column, rule):
    said = json_schema(TABLES[column.table_name])["properties"][column.column_name]
    assert {word: said[word] for word in rule.schema() if word != "description"} == {
        word: value for word, value in rule.schema().items() if word != "description"
    }
    assert column.description in said["description"]
    assert rule.description in said["description"]


@walk_all
def test_the_table_schema_holds_what_it_can_say_and_describes_the_rest(column, rule):
    fields = {field["name"]: field for field in table_schema(TABLES[column.table_name])["fields"]}
    field = fields[column.column_name]
    assert rule.table_schema().items() <= field.get("constraints", {}).items()
    assert rule.description in field["description"]


@walk_all
def test_a_constraint_has_a_name_and_reads_as_a_sentence(column, rule):
    assert rule.rule.replace("_", "").isalpha()
    assert rule.description.endswith(".")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (OnOrAfter("start_date"), "On or after `start_date`."),
        (NotAbove("sessions_offered"), "No larger than `sessions_offered`."),
        (Between(0), "0 or more."),
        (Between(None, 10), "10 or less."),
        (Between(1, 10), "From 1 to 10."),
        (Matches(r"\d{2}", "Two digits", good="07", bad="7"), "Two digits, for example 07."),
    ],
)
def test_a_constraint_says_itself_in_words(rule, words):
    assert rule.description == words


def test_no_two_constraints_of_a_column_say_the_same_keyword_differently():
    for column in {column for column, _ in RULES}:
        words = [word for rule in column.rules for word in rule.schema() if word != "description"]
        assert len(words) == len(set(words)), str(column)


def test_the_decision_of_a_request_cannot_come_before_the_request():
    assert list(contact.decision_date.rules) == [OnOrAfter("contact_date")]
