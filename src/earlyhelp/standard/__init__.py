"""The standard dataset of early help, version 1: its tables, columns, code lists and types, each declared once.

Refer to a column as an attribute of its table, `eh_episode.end_date`: a wrong name fails when the module loads. Walk
the whole standard through `TABLES`. A coded column `X` has an implicit `X_raw`; every row has `SYSTEM_COLUMNS`; after
linkage, tables that hold a person or a family have `LINKED_COLUMNS`. `stored_columns` gives all of a table's columns.

Everything else is read from these declarations: validation, quarantine, the data dictionary, the published schemas, the
store's tables, mapping suggestions and the defaults of disclosure control.
"""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import TABLES, VERSION, Column, Row, Table, table
from earlyhelp.standard.constraints import Between, Constraint, Matches, NotAbove, OnOrAfter

# The order in which tables are declared is the order of the dictionary and of every walk.
# isort: off
from earlyhelp.standard.people import (
    family_member,
    feed,
    person,
    person_address,
    person_identifier,
    person_link,
)
from earlyhelp.standard.early_help import (
    DAYS_TO_BEGIN,
    allocation,
    complaint,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_plan_action,
    eh_review,
    eh_score,
    feedback,
)
from earlyhelp.standard.services import service, service_delivered, spend, worker
from earlyhelp.standard.statutory import social_care_event
from earlyhelp.standard.partners import attendance_period, attendance_session, exclusion, partner_event, school
from earlyhelp.standard.places import place, population
# isort: on

from earlyhelp.standard.references import REFERENCES, names_one_row, reference, references
from earlyhelp.standard.system import LINKED_COLUMNS, SYSTEM_COLUMNS, linked_columns, raw_column, stored_columns
from earlyhelp.standard.types import (
    NOT_RECORDED,
    UNMAPPED,
    Boolean,
    Code,
    CodeList,
    Codes,
    CodeType,
    CodeValue,
    Date,
    DateTime,
    Integer,
    Key,
    Number,
    Postcode,
    Sensitivity,
    Text,
    Type,
    WordRules,
    Year,
    one_of,
)


def code_lists() -> dict[str, CodeList]:
    """Every code list a column of the standard uses, by name, in the order in which the tables first use them."""
    columns = [column for each in TABLES.values() for column in each.columns.values()]
    columns.extend(SYSTEM_COLUMNS.values())
    return {column.coded.codes.name: column.coded.codes for column in columns if column.coded}


__all__ = [
    "DAYS_TO_BEGIN",
    "LINKED_COLUMNS",
    "NOT_RECORDED",
    "REFERENCES",
    "SYSTEM_COLUMNS",
    "TABLES",
    "UNMAPPED",
    "VERSION",
    "Between",
    "Boolean",
    "Code",
    "CodeList",
    "CodeType",
    "CodeValue",
    "Codes",
    "Column",
    "Constraint",
    "Date",
    "DateTime",
    "Integer",
    "Key",
    "Matches",
    "NotAbove",
    "Number",
    "OnOrAfter",
    "Postcode",
    "Row",
    "Sensitivity",
    "Table",
    "Text",
    "Type",
    "WordRules",
    "Year",
    "allocation",
    "attendance_period",
    "attendance_session",
    "code_lists",
    "codelists",
    "complaint",
    "contact",
    "eh_assessment",
    "eh_episode",
    "eh_need",
    "eh_outcome",
    "eh_plan_action",
    "eh_review",
    "eh_score",
    "exclusion",
    "family_member",
    "feed",
    "feedback",
    "linked_columns",
    "names_one_row",
    "one_of",
    "partner_event",
    "person",
    "person_address",
    "person_identifier",
    "person_link",
    "place",
    "population",
    "raw_column",
    "reference",
    "references",
    "school",
    "service",
    "service_delivered",
    "social_care_event",
    "spend",
    "stored_columns",
    "table",
    "worker",
]
