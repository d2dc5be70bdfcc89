"""All rules on one dataset: those derived from the standard's constraints and references, and the cross-row rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import duckdb

import earlyhelp.check.rules  # noqa: F401 - declares the cross-row rules
from earlyhelp.check.completeness import count_fields
from earlyhelp.check.rule import RULES, Outcome, Result, Rule
from earlyhelp.standard import (
    TABLES,
    Column,
    Table,
    contact,
    eh_episode,
    eh_need,
    person,
    person_link,
    references,
    service,
)
from earlyhelp.standard import sql as quoted

HELD_BY_THE_COUNCIL = (
    person.person_key,
    contact.contact_id,
    eh_episode.episode_id,
    eh_need.need_id,
    service.service_id,
)
"""Keys whose rows the council's own extracts bring. Areas, schools and staff come in lists that may well be partial."""


def all_rules(relations: Mapping[str, str] | None = None) -> list[Rule]:
    """Every rule, derived ones first, in a stable order."""
    told = relations or {}
    return [*derived_rules(told), *reference_rules(told), *(RULES[code] for code in sorted(RULES))]


def derived_rules(relations: Mapping[str, str]) -> Iterator[Rule]:
    """One rule for each constraint that the standard declares on a column; `relations` as `lean` of `apply_rules`."""
    for table in TABLES.values():
        for column in table.columns.values():
            for constraint in column.rules:
                code = f"{column}:{constraint.rule}"
                team = "team" if "team" in table.columns else "NULL AS team"
                broken = constraint.broken_sql(column.column_name)
                relation = relations.get(table.table_name, table.table_name)
                sql = f'SELECT row_id, {team} FROM "{relation}" WHERE {broken}'
                yield Rule(code, f"{column}: {constraint.description}", _about(column, table, broken), "error", sql)


def reference_rules(relations: Mapping[str, str]) -> Iterator[Rule]:
    """One rule for each column that names a row of another table which the council's own extracts bring.

    Links are left out: linkage makes them of the very rows that they name.
    """
    for table in TABLES.values():
        for column, target in references(table).items() if table is not person_link else ():
            if target in HELD_BY_THE_COUNCIL:
                yield _reference_rule(column, target, relations)


def _reference_rule(column: Column, target: Column, relations: Mapping[str, str]) -> Rule:
    own, other = (relations.get(each.table_name, each.table_name) for each in (column, target))
    name, key = quoted.name(column.column_name), quoted.name(target.column_name)
    team = "team" if "team" in TABLES[column.table_name].columns else "NULL AS team"
    return Rule(
        f"{column}:no_such_row",
        f"{column}: no row of {target.table_name} has that number. Add the row, or correct the number.",
        (column, target),
        "warning",
        f'SELECT row_id, {team} FROM "{own}" AS told ANTI JOIN (SELECT {key} AS key FROM "{other}") '
        f"ON told.{name} = key WHERE told.{name} IS NOT NULL",
    )


def _about(column: Column, table: Table, condition: str) -> tuple[Column, ...]:
    others = [c for name, c in table.columns.items() if f'"{name}"' in condition and c is not column]
    return (column, *others)


def apply_rules(
    con: duckdb.DuckDBPyConnection,
    as_at: date,
    lean: Mapping[str, str] | None = None,
    persons: Mapping[str, str] | None = None,
) -> list[Result]:
    """How every rule comes out on the built tables in `con`; one result a rule, none of them silent.

    Leaves `field_count` there, from which it is known what is filled at all (`completeness`).
    `lean` may name, for a table, a cheaper relation with all of its rows and its own columns; `persons` one that says of
    whom each row is, and not of which family.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE as_at AS SELECT CAST(? AS DATE) AS day", [as_at])
    relations = {table: (lean or {}).get(table, table) for table in TABLES}
    filled = count_fields(con, relations)

    def ask(query: str) -> list[tuple[Any, ...]]:
        return con.execute(f"{_cheapest(query, relations, persons or {})} {query}").fetchall()

    return [_apply(ask, rule, filled) for rule in all_rules(relations)]


def _cheapest(query: str, lean: Mapping[str, str], persons: Mapping[str, str]) -> str:
    """What goes before a query so that it reads the cheapest relations that have what it names; often nothing."""
    chosen = {} if "family_id" in query else persons if "person_id" in query else lean
    instead = [
        f'"{table}" AS NOT MATERIALIZED (FROM "{relation}")'
        for table, relation in chosen.items()
        if relation != table and re.search(rf"\b{table}\b", query)
    ]
    return f"WITH {', '.join(instead)}" if instead else ""


def _apply(ask: Callable[[str], list[tuple[Any, ...]]], rule: Rule, filled: Mapping[str, int]) -> Result:
    for column in rule.about:
        if not filled[column.table_name]:
            return Result(rule, Outcome.NOT_APPLICABLE, reason=f"no records in {column.table_name}")
        if not filled[str(column)]:
            return Result(rule, Outcome.NOT_APPLICABLE, reason=f"{column} is empty")
    try:
        if rule.applies and not ask(f"FROM ({rule.applies[0]})"):
            return Result(rule, Outcome.NOT_APPLICABLE, reason=rule.applies[1])
        rows = ask(f"SELECT DISTINCT row_id, team FROM ({rule.sql}) ORDER BY ALL")
    except duckdb.Error as problem:
        return Result(rule, Outcome.BROKEN, reason=type(problem).__name__)
    outcome = Outcome.FAILED if rows else Outcome.PASSED
    return Result(rule, outcome, filled[rule.table], tuple((row, team) for row, team in rows))
