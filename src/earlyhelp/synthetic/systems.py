"""The systems of a council: what each holds, on which days extracts are drawn, and in whose register its people stand.

Add a system by one line in a council's list. Its source brings the writer, so that nothing here knows a layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from earlyhelp.synthetic.timeline import LAST_DAY, NEW_SYSTEM

OLD_CASE, NEW_CASE = "mosaic", "liquidlogic"
"""The case system until `NEW_SYSTEM` and the one from that day on, by their codes in the standard."""
DAY_BEFORE_CHANGE = NEW_SYSTEM - timedelta(days=1)


@dataclass(frozen=True)
class Register:
    """The people one agency knows, under ids of its own.

    `name`: its code in the standard's list of source systems. `tables`: the tables whose persons it knows; of partner
    events those of its `agency`. `holds`: the columns of `person` that it records. `numbers`: kinds of identifier it has.
    `digits`: length of its ids. `twice`: how much more often than the case system it registers somebody twice.
    """

    name: str
    tables: tuple[str, ...] = ()
    agency: str = ""
    holds: tuple[str, ...] = ("forename", "surname", "dob", "sex", "address_line", "postcode")
    numbers: tuple[str, ...] = ()
    digits: int = 7
    twice: float = 1.0


_NAMED = ("forename", "surname", "dob", "dob_accuracy", "sex")
CASE = Register(
    "case",
    ("contact", "eh_assessment", "eh_episode", "social_care_event"),
    agency="other",
    holds=(
        *_NAMED, "preferred_name", "former_surname", "ethnicity", "disability", "first_language", "sen_status",
        "address_line", "postcode", "uprn", "lsoa", "is_child",
    ),
    numbers=("upn", "nhs_number"),
)  # fmt: skip
"""The case system. Its ids are shared by every return drawn from it, and change when the system does."""
PARTNERS = (
    Register("police", agency="police", twice=3.0),
    Register("housing", agency="housing", holds=(*_NAMED[:3], "address_line", "postcode", "uprn"), digits=6),
    Register("benefits", agency="benefits", holds=(*_NAMED[:3], "address_line", "postcode"), digits=9),
    Register("health", agency="health", numbers=("nhs_number",)),
    Register("youth_justice", agency="youth_justice", digits=5),
    Register(
        "attendance",
        ("attendance_period", "exclusion"),
        agency="school",
        holds=(*_NAMED, "ethnicity", "first_language", "sen_status", "address_line", "postcode"),
        numbers=("upn",),
        twice=0.5,
    ),
)
"""Everybody else who tells the council something about people, each under ids of their own."""
REGISTERS = (CASE, *PARTNERS)


@dataclass(frozen=True)
class System:
    """One thing that extracts are drawn from.

    `source`: whose writer lays it out. `tables`: the standard tables it holds rows of. `days`: when it is drawn.
    `register`: in whose register its people stand, by its name.
    """

    name: str
    source: str
    tables: tuple[str, ...]
    days: tuple[date, ...]
    register: str = CASE.name


def _quarters() -> tuple[date, ...]:
    starts = [date(year, month, 1) for year in range(2020, 2027) for month in (1, 4, 7, 10)]
    ends = (start - timedelta(days=1) for start in starts if start > date(2020, 4, 1))
    return tuple(day for day in ends if day <= LAST_DAY)


QUARTERS = _quarters()
YEAR_ENDS = tuple(day for day in QUARTERS if day.month == 3)
_PERSONS = ("person", "person_identifier")
_STATUTORY = (*_PERSONS, "social_care_event")
_OF_NO_OTHER = (
    "person", "person_identifier", "place", "school", "population", "service", "service_delivered", "worker", "eh_need",
    "eh_outcome", "eh_score", "eh_plan_action", "eh_review", "feedback", "complaint", "spend", "partner_event",
    "attendance_period", "exclusion",
)  # fmt: skip
_OF_THE_CASE_SYSTEM = ("family_member", "contact", "eh_assessment", "eh_episode", "allocation")

ANNEX_A = System("annex_a", "annex_a", (*_STATUTORY, "contact", "eh_assessment"), QUARTERS)
CIN_CENSUS = System("cin_census", "cin_census", _STATUTORY, YEAR_ENDS)
SSDA903 = System("ssda903", "ssda903", (*_STATUTORY, "partner_event"), YEAR_ENDS)
SSD = System(
    "ssd",
    "ssd",
    (*_PERSONS, "family_member", "contact", "eh_episode"),
    (DAY_BEFORE_CHANGE, LAST_DAY),
)
MOSAIC = System(
    "mosaic",
    "mosaic",
    (*_PERSONS, "family_member", "contact", "eh_assessment", "eh_episode", "eh_review"),
    (DAY_BEFORE_CHANGE, LAST_DAY),
)
"""The case system as chains of workflow steps."""
ECLIPSE = System("eclipse", "eclipse", (*_STATUTORY, "eh_episode"), (DAY_BEFORE_CHANGE, LAST_DAY))
"""The case system as periods of a classification, early help and statutory."""
REQUESTS = replace(SSD, tables=(*_PERSONS, "family_member", "contact"))
"""Of the Standard Safeguarding Dataset what Eclipse's periods do not tell."""
STANDARD = System("standard", "standard", _OF_NO_OTHER, (LAST_DAY,))
_TOLD_BY_PARTNERS = ("partner_event", "attendance_period", "exclusion")
ATTENDANCE = System(
    "attendance", "attendance", (*_PERSONS, "attendance_period", "exclusion"), (LAST_DAY,), "attendance"
)
SCHOOL_CENSUS = replace(
    ATTENDANCE,
    name="school_census",
    source="school_census",
    tables=(*_PERSONS, "partner_event", "attendance_period", "exclusion"),
    days=tuple(day for day in QUARTERS[-4:] if day.month != 9),
)
"""What the same schools tell in the censuses of a year, as tables: sessions of the term before, suspensions, free meals."""
POLICE, HOUSING, BENEFITS, YOUTH_JUSTICE = (
    System(name, name, (*_PERSONS, "partner_event"), (LAST_DAY,), name)
    for name in ("police", "housing", "benefits", "youth_justice")
)
LEDGER = System("ledger", "ledger", ("spend",), (LAST_DAY,))
SCHOOLS_REGISTER = System("schools_register", "schools_register", ("school",), (LAST_DAY,))
_OF_PARTNERS = (ATTENDANCE, POLICE, HOUSING, BENEFITS, YOUTH_JUSTICE, LEDGER, SCHOOLS_REGISTER)
REST = System(
    "standard",
    "standard",
    tuple(name for name in _OF_NO_OTHER if name not in (*_TOLD_BY_PARTNERS, "spend", "school")),
    (LAST_DAY,),
)
"""What stays for a folder of the standard where partners send lists of their own."""
WAREHOUSE = System("warehouse", "standard", (*_OF_NO_OTHER, *_OF_THE_CASE_SYSTEM), (LAST_DAY,))

_BESIDE_ECLIPSE = replace(STANDARD, tables=(*_OF_NO_OTHER, "allocation"))
_BESIDE_MOSAIC = replace(STANDARD, tables=tuple(name for name in _BESIDE_ECLIPSE.tables if name != "eh_review"))
_LAST_YEAR = replace(ANNEX_A, days=QUARTERS[-4:])

COUNCILS: Mapping[str, tuple[System, ...]] = {
    "recent": (_LAST_YEAR, CIN_CENSUS, SSDA903, WAREHOUSE),
    "returns": (ANNEX_A, CIN_CENSUS, SSDA903, SSD, STANDARD),
    "warehouse": (ANNEX_A, CIN_CENSUS, SSDA903, WAREHOUSE),
    "partners": (ANNEX_A, CIN_CENSUS, SSDA903, SSD, *_OF_PARTNERS, REST),
    "schools": (
        ANNEX_A,
        CIN_CENSUS,
        SSDA903,
        SSD,
        *(SCHOOL_CENSUS if each is ATTENDANCE else each for each in _OF_PARTNERS),
        REST,
    ),
    "mosaic": (ANNEX_A, CIN_CENSUS, SSDA903, MOSAIC, _BESIDE_MOSAIC),
    "eclipse": (ANNEX_A, CIN_CENSUS, SSDA903, REQUESTS, ECLIPSE, _BESIDE_ECLIPSE),
}
"""Which systems a council draws from: a warehouse of its own, the returns of six years and the Annex A workbooks of the
last year; returns and the rest by hand, a warehouse of its own beside the returns, returns and the lists of partners, the
same with the school census in place of attendance lists, or returns and the case system itself, whose reports are in the
layout of Mosaic or of Eclipse before its change of ids and after it. Of events those of health have no list of their own
yet: with partners' lists they are left out.

Rows of the case system in the standard folder stand under `person_key` made of system and id, and its `person` file
gives `source_system` and `source_person_id`: by these, linkage on the council's ids joins them to the returns. People
carried over by the change of system have `is_duplicate_of` from their old record to their new one, as the suppliers' own
list says. Episodes bear the case system's numbers everywhere. Partners' people stand under ids of their own, unjoined.
"""
