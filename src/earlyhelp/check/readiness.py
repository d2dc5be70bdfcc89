"""How ready the records are for a national return: of the values it asks for, how many are filled and valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from earlyhelp.check.completeness import valid
from earlyhelp.standard import TABLES, Column, eh_assessment, eh_episode, person, social_care_event

READY = 0.95
"""A column is called ready from this share on. It is ours: the collections say what is required and set no share."""


@dataclass(frozen=True)
class Asked:
    """A value that a return asks of every record of a table, or of those `when`.

    `known`: the condition under which it is known, where analysis cannot read the column itself.
    """

    column: Column
    when: str = "TRUE"
    known: str = ""


@dataclass(frozen=True)
class Return:
    """A national return: its name, what it asks for and where that is laid down."""

    name: str
    title: str
    asks: tuple[Asked, ...]
    source: str


_IN_NEED = "person_id IN (SELECT person_id FROM social_care_event)"
_HELPED = "person_id IN (SELECT person_id FROM eh_episode)"
_ASSESSED = "person_id IN (SELECT person_id FROM eh_assessment)"


def _about_the_child(which: str) -> tuple[Asked, ...]:
    return (
        Asked(person.dob, which, known="person_id IN (SELECT person_id FROM profile WHERE birth_month IS NOT NULL)"),
        Asked(person.sex, which),
        Asked(person.ethnicity, which),
    )


def _required_of_all() -> tuple[Asked, ...]:
    return tuple(
        Asked(column)
        for table in TABLES.values()
        for column in table.columns.values()
        if column.required and not column.sensitivity.on_identity_side
    )


RETURNS: tuple[Return, ...] = (
    Return(
        "cin_census",
        "Children in need census",
        (
            *_about_the_child(_IN_NEED),
            Asked(person.disability, _IN_NEED),
            Asked(social_care_event.source_code, "type = 'referral'"),
            Asked(social_care_event.nfa, "type = 'referral'"),
            Asked(social_care_event.category, "type = 'cin_episode'"),
            Asked(social_care_event.outcome_code, "type = 'cin_episode' AND end_date IS NOT NULL"),
            Asked(social_care_event.factors, "type = 'assessment' AND end_date IS NOT NULL"),
            Asked(social_care_event.category, "type = 'cp_plan'"),
        ),
        "Department for Education, children in need census: elements of the child, the referral, the case and the plan.",
    ),
    Return(
        "ssd_early_help",
        "Standard Safeguarding Dataset, early help",
        (
            *_about_the_child(_HELPED),
            Asked(eh_episode.start_date),
            Asked(eh_episode.need_code),
            Asked(eh_episode.end_reason_code, "end_date IS NOT NULL"),
            Asked(eh_episode.organisation),
            Asked(eh_episode.lead_practitioner_id),
        ),
        "Data to Insight, Standard Safeguarding Dataset: items EARL003A to EARL008A, PERS002A, PERS004A and PERS005A.",
    ),
    Return(
        "annex_a_list_2",
        "Ofsted Annex A, list 2: early help",
        (
            *_about_the_child(_ASSESSED),
            Asked(eh_assessment.start_date),
            Asked(eh_assessment.organisation),
        ),
        "Ofsted, Annex A, list 2: what is asked of every row; a completion date may be blank.",
    ),
    Return("standard", "The Early Help standard dataset", _required_of_all(), "Required columns of the standard."),
)


def readiness(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """For each return its title, what it asks for (`columns`: of how many records, how many valid) and the totals.

    A value is valid when it is filled, on its list where it is a code, and breaks no rule of the standard that is an
    error. A table without records asks for nothing. Exact figures: `release` says what may be shown.
    """
    return [_ready(con, each) for each in RETURNS]


def _ready(con: duckdb.DuckDBPyConnection, wanted: Return) -> dict[str, Any]:
    columns = [each for each in (_counted(con, asked) for asked in wanted.asks) if each["records"]]
    return {"return": wanted.name, "title": wanted.title, "source": wanted.source, "columns": columns}


def _counted(con: duckdb.DuckDBPyConnection, asked: Asked) -> dict[str, Any]:
    ready = f"{asked.known or valid(asked.column)} AND NOT broken"
    records, held = con.execute(
        f"SELECT count(*), count(*) FILTER ({ready}) FROM ("
        f"SELECT *, row_id IN (SELECT row_id FROM rule_break WHERE rule LIKE '{asked.column}:%' "
        f"AND rule NOT LIKE '%:no_such_row') AS broken FROM \"{asked.column.table_name}\" WHERE {asked.when})"
    ).fetchall()[0]
    which = "" if asked.when in ("TRUE", _IN_NEED, _HELPED, _ASSESSED) else asked.when
    return {"column": str(asked.column), "when": which, "records": records, "valid": held}


def score(columns: Sequence[dict[str, Any]]) -> float | None:
    """The share of all values asked for that are filled and valid; None where nothing is asked."""
    records = sum(each["records"] for each in columns)
    return sum(each["valid"] for each in columns) / records if records else None
