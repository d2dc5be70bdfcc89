"""Made-up true records: in DuckDB under the names of the standard, from rows a person can read or drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.standard import (
    NOT_RECORDED,
    TABLES,
    Boolean,
    CodeType,
    Column,
    Date,
    DateTime,
    Integer,
    Key,
    Number,
    Postcode,
    Table,
    Text,
    Year,
    codelists,
    person,
)

Row = dict[str, Any]
Records = Mapping[str, Sequence[Row]]
_ARROW = {
    Date: pa.date32(),
    DateTime: pa.timestamp("us"),
    Integer: pa.int64(),
    Number: pa.float64(),
    Boolean: pa.bool_(),
}
_NEEDS = tuple(code for code in codelists.needs_statutory.codes if code.startswith("N") and code != "NEG")
_ABUSE = ("NEG", "PHY", "SAB", "EMO", "MUL")
_OPEN_LISTS = {"lsoa": "E01000001"}


def connected(records: Records) -> duckdb.DuckDBPyConnection:
    """A connection that holds the rows as standard tables; columns that no row has are left out."""
    con = duckdb.connect()
    for name, rows in records.items():
        kinds = {column: each.type for column, each in TABLES[name].columns.items()}
        held = [column for column in kinds if any(column in row for row in rows)]
        columns = {c: pa.array([row.get(c) for row in rows], _ARROW.get(kinds[c], pa.string())) for c in held}
        con.register(name, pa.table(columns))
    return con


def child(number: int, **more: Any) -> Row:
    """A child of eleven, known to the system as C<number>."""
    return {
        "person_key": f"P{number}",
        "source_person_id": f"C{number}",
        "dob": date(2013, 1, 15),
        "sex": "F",
        "ethnicity": "WBRI",
        "is_child": True,
    } | more


def event(key: str, kind: str, start: date, **more: Any) -> Row:
    """An event of the first child."""
    return {"event_id": key, "person_key": "P1", "type": kind, "start_date": start} | more


def drawn(seed: int, texts: Sequence[str], as_at: date) -> Records:
    """Some rows of every table, every column filled now and then, all of them begun in the quarter that ends on the day."""
    luck = Random(seed)
    first = date(as_at.year, 1, 1)
    persons = [_person(luck, number, texts, first) for number in range(5)]
    tables = {
        name: [_row(luck, table, place, texts, first, persons) for place in range(4)]
        for name, table in TABLES.items()
        if name not in ("person", "social_care_event", "person_identifier")
    }
    for row in tables["eh_episode"]:
        row["organisation"] = luck.choice(texts)
        row["reason_raw"] = codelists.needs.label(row["need_code"]) if row["need_code"] else None
    for row in tables["eh_assessment"]:
        row["organisation"] = luck.choice(texts)
    for place, row in enumerate(tables["partner_event"]):
        row |= {"agency": "other", "type": "missing"} if place % 2 else {}
    tables["partner_event"] += _told_by_partners(luck, texts, first, persons)
    for name in ("attendance_period", "attendance_session"):  # of the term whose absences a census in spring collects
        for row in tables[name]:
            row |= {"academic_year": f"{first.year - 1}-{first.year % 100}", "term": "autumn"}
            row["school_urn"] = row["school_urn"] and f"1{luck.randrange(10**4, 10**5)}"
    for place, row in enumerate(tables["service"]):
        row["service_id"] = row["open_referral_id"] = f"ac148810-d857-441c-9679-408f346de1{place:02d}"
        row["status"] = row["status"] or "active"  # which a directory's profile requires
    numbers = [
        {"person_key": each["person_key"], "type": "upn", "value": f"A{luck.randrange(10**10, 10**11)}12"}
        | {"valid_from": None, "valid_to": None}
        for each in persons
        if luck.random() < 0.7
    ]
    events = [row for each in persons for row in _events(luck, each["person_key"], texts, first)]
    return tables | {"person": persons, "person_identifier": numbers, "social_care_event": events}


def _told_by_partners(luck: Random, texts: Sequence[str], first: date, persons: Sequence[Row]) -> list[Row]:
    """Events of every kind that a partner has a list for, and one of another kind."""
    told = {
        "police": ("domestic_abuse", "offence", "missing"),
        "housing": ("rent_arrears", "homelessness", "anti_social_behaviour"),
        "benefits": ("free_school_meals", "council_tax_arrears", "benefit_cap"),
        "youth_justice": ("caution",),
        "school": ("free_school_meals",),
    }
    kinds = [(agency, kind) for agency, each in told.items() for kind in each]
    rows = []
    for number, (agency, kind) in enumerate(kinds):
        row = _row(luck, TABLES["partner_event"], number % len(persons), texts, first, persons)
        rows.append(row | {"event_id": f"told{number}", "agency": agency, "type": kind})
    return rows


def _person(luck: Random, number: int, texts: Sequence[str], first: date) -> Row:
    row = _row(luck, person, number, texts, first, [])
    born = date(first.year - 12, 1, 1) + timedelta(days=luck.randrange(4000))
    known = {"person_key": f"P{number}", "source_person_id": f"C{number}", "is_child": number < 4}
    return row | known | {"dob": born, "sex": luck.choice(("M", "F", "U"))}


def _events(luck: Random, key: str, texts: Sequence[str], first: date) -> list[Row]:
    """At most one event of each kind, in the order in which they follow each other."""
    days = {"referral": 0, "cin_episode": 0, "assessment": 3, "s47": 8, "icpc": 20, "cp_plan": 20, "cin_plan": 22}
    start = first + timedelta(days=luck.randrange(5))
    need, nfa, rows = luck.choice(_NEEDS), luck.choice((True, False)), []
    for kind, later in {**days, "looked_after": 25}.items():
        if luck.random() < 0.2 and kind not in ("referral", "cin_episode", "s47"):
            continue
        row = _row(luck, TABLES["social_care_event"], 0, texts, first, [])
        row |= {"event_id": f"{kind}-{key}", "person_key": key, "type": kind}
        row |= {"start_date": start + timedelta(days=later), "start_reason": "S"}
        row |= {"team": texts[0], "category": luck.choice(_ABUSE) if kind == "cp_plan" else need}
        row |= {"nfa": nfa} if kind in ("referral", "cin_episode") else {}
        row["outcome_code"] = luck.choice(("E4A", "E11", "E8") if kind == "looked_after" else ("RC1", "RC8", "RC9"))
        rows.append(row)
    return rows


def _row(luck: Random, table: Table, place: int, texts: Sequence[str], first: date, persons: Sequence[Row]) -> Row:
    row = {name: _value(luck, column, place, texts, first) for name, column in table.columns.items()}
    row |= {column.column_name: f"K{place}" for column in table.key if column.type is Text}
    if "person_key" in row and persons:
        row["person_key"] = persons[place]["person_key"]
    return row


def _value(luck: Random, column: Column, place: int, texts: Sequence[str], first: date) -> Any:
    if not column.required and luck.random() < 0.3:
        return None
    kind = column.type
    if isinstance(kind, CodeType):
        codes = kind.codes.codes or (_OPEN_LISTS[kind.codes.name],)
        some = [luck.choice(codes) for _ in range(luck.randrange(1, 4) if kind.many else 1)]
        return NOT_RECORDED if column.required and luck.random() < 0.1 else ";".join(dict.fromkeys(some))
    if kind is Date:
        return first + timedelta(days=luck.randrange(30) if column.required or "from" in column.column_name else 40)
    plain = {
        Key: f"{column.column_name[:2]}{place}",
        DateTime: datetime(first.year, 2, 3, 10, 30),
        Integer: luck.randrange(1000),
        Number: luck.randrange(10_000) / 100,
        Boolean: luck.random() < 0.5,
        Postcode: luck.choice(("SW1A 1AA", "M1 1AE")),
        Year: luck.choice(("2023-24", "1999-00")),
    }
    return plain.get(kind, luck.choice(texts))
