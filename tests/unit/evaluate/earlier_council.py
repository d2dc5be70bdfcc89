"""A council of a few families for the tests of what came before step-ups: every child is a family of its own unless said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from earlyhelp.evaluate.earlier.looks import Span, make_looks, span
from earlyhelp.measures import Standards
from spec.dataset import Rows, insert, snapshot

AS_AT = date(2026, 3, 31)
CODE = "E06000999"
STANDARDS = Standards(AS_AT, area_code=CODE)
STANDARD = 14
FIRST_REQUEST = {"person_id": "Zoe", "contact_date": "2020-01-01", "decision_code": "nfa", "source_code": "2A"}
"""Says from when requests are held; of a family without a child, so that it is in nothing else."""
PLACES: Sequence[Mapping[str, Any]] = [
    {
        "lsoa": f"E0100000{number}",
        "ward_code": f"E0500000{number}",
        "ward_name": name,
        "la_code": CODE,
        "locality": where,
        "imd_decile": 1 + 4 * (number > 2),
        "children_0_17": 400,
    }
    for number, (name, where) in enumerate(
        (("Northwell", "North"), ("Northmoor", "North"), ("Southmere", "South"), ("Southfold", "South")), start=1
    )
]


def child(name: str, born: str = "2015-06-01", area: int = 1, **more: Any) -> dict[str, Any]:
    """A child who lives in an area; of a family of its own unless `family_id` says otherwise."""
    told = {
        "person_id": name,
        "family_id": f"family of {name}",
        "dob": born,
        "lsoa": f"E0100000{area}",
        "is_child": True,
    }
    return told | more


def family(name: str) -> str:
    """The family of a child without another one named."""
    return f"family of {name}"


def asked(name: str, day: str | date, decision: str = "nfa", source: str = "2A") -> dict[str, Any]:
    """A request about a child."""
    return {"person_id": name, "contact_date": str(day), "decision_code": decision, "source_code": source}


def stepped(name: str, day: str | date, kind: str = "referral", **more: Any) -> dict[str, Any]:
    """A statutory event of a child that begins on a day."""
    return {"person_id": name, "type": kind, "start_date": str(day), "nfa": False, "source_code": "6"} | more


def told(name: str, day: str | date, kind: str = "domestic_abuse") -> dict[str, Any]:
    """A partner's notice about a child."""
    return {"person_id": name, "event_date": str(day), "type": kind, "agency": "police"}


def helped(name: str, start: str, **more: Any) -> dict[str, Any]:
    """An episode of early help of a child."""
    return {"person_id": name, "start_date": start, "episode_id": f"{name} {start}", "allocated_date": None,
            "first_contact_date": None, "end_date": None, "end_reason_code": None} | more  # fmt: skip


def assessed(name: str, day: str, outcome: str) -> dict[str, Any]:
    """An early help assessment completed on a day."""
    return {"person_id": name, "start_date": day, "completion_date": day, "outcome_code": outcome}


def before(day: str, days: int) -> date:
    """So many days before a day."""
    return date.fromisoformat(day) - timedelta(days=days)


KEYS = {
    "contact": "contact_id",
    "social_care_event": "event_id",
    "partner_event": "event_id",
    "eh_assessment": "assessment_id",
    "exclusion": "exclusion_id",
}


def council(children: Sequence[dict[str, Any]], **tables: Sequence[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """A snapshot with these children and rows; requests are held from 2020 on."""
    given: dict[str, Rows] = {"place": PLACES, "person": children}
    tables["contact"] = [FIRST_REQUEST, *tables.get("contact", ())]
    families = {each["person_id"]: each["family_id"] for each in children}
    for name, rows in tables.items():
        key = KEYS.get(name)
        given[name] = [
            {**({key: str(number)} if key else {}), **row, "family_id": families.get(row["person_id"], family(row["person_id"]))}
            for number, row in enumerate(rows, start=1)
        ]  # fmt: skip
    con = snapshot(given, AS_AT, checked=False)
    con.execute("CREATE TABLE family_membership (person_id VARCHAR, family_id VARCHAR, from_date DATE, to_date DATE)")
    insert(con, "family_membership", [{"person_id": each, "family_id": of} for each, of in families.items()])
    return con


def looked(
    children: Sequence[dict[str, Any]], **tables: Sequence[dict[str, Any]]
) -> tuple[duckdb.DuckDBPyConnection, Span]:
    """The council with the tables of looks made, and the days studied."""
    con = council(children, **tables)
    known = span(con, AS_AT)
    make_looks(con, known, STANDARD)
    return con, known
