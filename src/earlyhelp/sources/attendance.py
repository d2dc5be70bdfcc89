"""Attendance as school systems export it: marks of the register, sessions by term, and suspensions.

The marks are the codes of the Department for Education from August 2024, and those they replaced. What exports call their
columns is not published: the headings follow the data items of the Department's daily collection (2023) and usual exports.
"""

from __future__ import annotations

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Heading, MadeKey, Part, PersonOf, Read, Source, Wording
from earlyhelp.sources.partner_people import HOME, NAMES, known_by
from earlyhelp.sources.school_terms import MARKS, mark
from earlyhelp.standard import Column, attendance_period, attendance_session, exclusion, person
from earlyhelp.standard.codelists import exclusion_categories

PUPIL, UPN, SCHOOL = "Pupil ID", "UPN", "School URN"
DATE, MARK, SESSIONS, YEAR, TERM = "Attendance date", "Attendance code", "Sessions", "Academic year", "Term"
POSSIBLE, AUTHORISED, UNAUTHORISED = "Sessions possible", "Authorised absences", "Unauthorised absences"
ETHNICITY, LANGUAGE, SEN = "Ethnicity", "First language", "SEN provision"
SUSPENSION, SUSPENDED_FROM, CATEGORY = "Suspension ID", "Suspension start date", "Category"

_PUPIL = (
    Heading(
        PUPIL,
        also=("Student ID", "MIS ID", "MIS pupil ID", "Pupil reference", "Person ID", "Learner ID", "Admission number", "Adno"),
    ),
    Heading(UPN, also=("Unique pupil number", "Pupil UPN")),
    *NAMES,
    Heading(ETHNICITY, also=("Ethnic group", "Ethnic origin", "Ethnicity code")),
    Heading(LANGUAGE, also=("Language", "Home language")),
    Heading(SEN, also=("SEN status", "SEN", "SEND provision")),
    *HOME,
    Heading(SCHOOL, also=("URN", "Establishment URN", "School number")),
)  # fmt: skip
_DATE = Heading(DATE, also=("Date", "Mark date", "Session date", "Register date", "Day"))
_YEAR = Heading(YEAR, also=("School year", "Year", "AcademicYear"))
_TERM = Heading(TERM, also=("School term", "Term name", "Census term"))


def _pupil() -> Fill:
    more: dict[Column, Cell] = {
        person.ethnicity: ETHNICITY,
        person.first_language: LANGUAGE,
        person.sen_status: SEN,
    }
    return known_by(PUPIL, child=True, more=more)


def _mark(heading: str) -> Read:
    return Read(heading, mark, written=MARKS)


def _session(label: str, heading: str, more: dict[Column, Cell], *, when: str = "") -> Fill:
    cells: dict[Column, Cell] = {
        attendance_session.session_id: MadeKey((PUPIL, DATE), label=label),
        attendance_session.person_key: PersonOf(PUPIL),
        attendance_session.session_date: DATE,
        attendance_session.mark: _mark(heading),
        attendance_session.school_urn: SCHOOL,
    }
    return Fill(attendance_session, cells | more, when=when)


_marks = Part(
    "session_marks",
    (
        *_PUPIL,
        _DATE,
        Heading("Session", also=("AM/PM", "AM or PM", "Session name", "Period")),
        Heading(
            MARK, also=("Mark", "Code", "Session code", "Session attendance code", "Attendance mark", "Absence code")
        ),
        Heading(SESSIONS, also=("Number of sessions", "Count", "Sessions with this code")),
        _YEAR,
        _TERM,
    ),
    (
        _session(
            "mark",
            MARK,
            {
                attendance_session.sessions: SESSIONS,
                attendance_session.academic_year: YEAR,
                attendance_session.term: TERM,
            },
        ),
        _pupil(),
        pupil_number(PUPIL, UPN),
    ),
    needed=(PUPIL, DATE, MARK),
    name=".*(sessionmarks?|dailyattendance|registermarks?|attendancemarks?).*",
    note="Each row is one session unless the number of sessions is given. Terms are summed when a snapshot is built.",
)

_register = Part(
    "register_by_day",
    (
        *_PUPIL,
        _DATE,
        Heading("AM", also=("AM mark", "AM code", "Morning")),
        Heading("PM", also=("PM mark", "PM code", "Afternoon")),
    ),
    (_session("am", "AM", {}), _session("pm", "PM", {}, when="PM"), _pupil(), pupil_number(PUPIL, UPN)),
    needed=(PUPIL, DATE, "AM"),
    name=".*(registerbyday|registers?)",
    note="A day has two sessions; the row is counted once, by its morning.",
)  # fmt: skip

_terms = Part(
    "attendance_by_term",
    (
        *_PUPIL,
        _YEAR,
        _TERM,
        Heading(POSSIBLE, also=("Possible sessions", "Possible", "Total possible sessions", "Sessions available")),
        Heading(
            AUTHORISED,
            also=("Authorised", "Sessions authorised", "Authorised absence", "Auth absences", "Authorised sessions"),
        ),
        Heading(
            UNAUTHORISED,
            also=("Unauthorised", "Sessions unauthorised", "Unauthorised absence", "Unauth absences", "Unauthorised sessions"),
        ),
    ),
    (
        Fill(
            attendance_period,
            {
                attendance_period.person_key: PersonOf(PUPIL),
                attendance_period.academic_year: YEAR,
                attendance_period.term: TERM,
                attendance_period.possible: POSSIBLE,
                attendance_period.authorised: AUTHORISED,
                attendance_period.unauthorised: UNAUTHORISED,
                attendance_period.school_urn: SCHOOL,
            },
        ),
        _pupil(),
        pupil_number(PUPIL, UPN),
    ),
    needed=(PUPIL, YEAR, TERM, POSSIBLE),
    name=".*(attendancebyterm|attendancesummary|attendance|absence)",
    note="Persistent absence is 10 per cent or more of possible sessions missed, severe absence 50 per cent or more.",
)  # fmt: skip

_suspensions = Part(
    "suspensions",
    (
        *_PUPIL,
        Heading(SUSPENSION, also=("Exclusion ID", "Exclusion reference", "Suspension reference", "Incident ID")),
        Heading(
            SUSPENDED_FROM, also=("Start date", "Exclusion start date", "Date from", "First day", "Date of suspension")
        ),
        Heading(SESSIONS, also=("Sessions missed", "Number of sessions", "Length in sessions", "Lost sessions")),
        Heading(
            CATEGORY,
            also=("Type", "Exclusion category", "Exclusion type", "Suspension type", "Suspension or exclusion"),
            wordings=(Wording({value.code: value.label for value in exclusion_categories.values}),),
        ),
        Heading("Reason", also=("Reason 1", "Exclusion reason", "Suspension reason", "Main reason", "Reason code")),
    ),
    (
        Fill(
            exclusion,
            {
                exclusion.exclusion_id: SUSPENSION,
                exclusion.person_key: PersonOf(PUPIL),
                exclusion.start_date: SUSPENDED_FROM,
                exclusion.sessions: SESSIONS,
                exclusion.category: CATEGORY,
                exclusion.reason: "Reason",
            },
        ),
        _pupil(),
        pupil_number(PUPIL, UPN),
    ),
    needed=(PUPIL, SUSPENSION, SUSPENDED_FROM),
    name=".*(suspensions?|exclusions?).*",
)

attendance = Source(
    name="attendance",
    title="Attendance: session marks, sessions by term, suspensions and exclusions",
    publisher="Schools' own systems, and the Department for Education's daily collection",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(_marks, _register, _terms, _suspensions),
)
