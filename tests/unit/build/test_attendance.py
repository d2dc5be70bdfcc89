"""Marks of the register become sessions by term: small registers a person can add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from earlyhelp.build.attendance import sum_sessions
from earlyhelp.standard import TABLES, stored_columns
from earlyhelp.standard.codelists import attendance_codes
from earlyhelp.standard.codelists.attendance import AUTHORISED, NOT_COUNTED, PRESENT, UNAUTHORISED

Row = dict[str, Any]


def marks(day: date | None, *codes: str, pupil: str = "P1", feed: str = "f1", **more: Any) -> list[Row]:
    """Sessions of one pupil on one day."""
    return [{"session_date": day, "mark": code, "person_key": pupil, "feed_id": feed} | more for code in codes]


def summed(sessions: list[Row], said: tuple[Row, ...] = ()) -> list[tuple[Any, ...]]:
    """Pupil, year, term, possible, authorised and unauthorised sessions, once the marks have been summed."""
    with duckdb.connect() as con:
        for name, rows in (("attendance_session", sessions), ("attendance_period", list(said))):
            kinds = {c: each.type.duckdb for c, each in stored_columns(TABLES[name]).items()}
            columns = ", ".join(f"CAST(NULL AS {kind}) AS {c}" for c, kind in kinds.items())
            con.execute(f"CREATE TABLE {name} AS SELECT CAST(NULL AS BIGINT) AS row_id, {columns} WHERE FALSE")
            if rows:
                numbered = [{"row_id": n, "source_system": "attendance"} | row for n, row in enumerate(rows)]
                told = pa.table({c: [row.get(c) for row in numbered] for c in {c for row in numbered for c in row}})
                con.register("told", told)
                con.execute(f"INSERT INTO {name} BY NAME FROM told")
        sum_sessions(con)
        return con.execute(
            "SELECT person_key, academic_year, term, possible, authorised, unauthorised FROM attendance_period ORDER BY ALL"
        ).fetchall()


def test_every_code_of_the_register_is_an_attendance_an_absence_or_no_session():
    placed = [*PRESENT, *AUTHORISED, *UNAUTHORISED, *NOT_COUNTED]
    assert sorted(placed) == sorted(attendance_codes.codes)


def test_absences_are_counted_by_kind_and_sessions_that_could_not_be_attended_are_not_possible():
    day = marks(date(2024, 10, 1), "present_am", "present_pm", "L", "I", "C2", "O", "N", "X", "Y4", "closed", "D")
    assert summed(day) == [("P1", "2024-25", "autumn", 7, 2, 2)]


@pytest.mark.parametrize(
    ("day", "year", "term"),
    [
        (date(2024, 8, 30), "2024-25", "autumn"),
        (date(2024, 12, 20), "2024-25", "autumn"),
        (date(2025, 1, 6), "2024-25", "spring"),
        (date(2025, 4, 20), "2024-25", "spring"),  # Easter Sunday
        (date(2025, 4, 21), "2024-25", "summer"),
        (date(2024, 4, 2), "2023-24", "summer"),  # Easter was on 31 March
        (date(2025, 7, 31), "2024-25", "summer"),
        (date(2000, 1, 10), "1999-00", "spring"),
    ],
)
def test_a_day_lies_in_the_school_year_from_august_and_the_spring_ends_with_easter(day, year, term):
    assert summed(marks(day, "present_am")) == [("P1", year, term, 1, 0, 0)]


def test_a_pupil_who_never_came_has_a_row_because_others_in_the_register_did():
    day = date(2025, 1, 8)
    register = marks(day, "present_am") + marks(day, "O", "O", pupil="P2")
    assert summed(register) == [("P1", "2024-25", "spring", 1, 0, 0), ("P2", "2024-25", "spring", 2, 0, 2)]


def test_a_list_of_absences_alone_does_not_say_how_many_sessions_were_possible():
    assert summed(marks(date(2025, 1, 8), "I", "O")) == []


def test_sums_that_are_said_stand_and_are_not_added_again():
    said = {"person_key": "P1", "academic_year": "2024-25", "term": "spring", "possible": 100, "authorised": 9}
    assert summed(marks(date(2025, 1, 8), "present_am"), (said,)) == [("P1", "2024-25", "spring", 100, 9, None)]


def test_sessions_counted_together_count_as_many_and_a_year_and_term_that_are_said_hold():
    told = {"academic_year": "2023-24", "term": "summer", "sessions": 12}
    register = marks(None, "present_am", **told) + marks(None, "G", **(told | {"sessions": 3}))
    assert summed(register) == [("P1", "2023-24", "summer", 15, 0, 3)]


def test_marks_without_a_code_or_without_day_and_term_are_left():
    register = marks(date(2025, 1, 8), "present_am", "unmapped", "not_recorded") + marks(None, "O")
    assert summed(register) == [("P1", "2024-25", "spring", 1, 0, 0)]
