"""The school census as councils receive it: one CSV file a table, named after its year, its term and the table.

Headings are those of the pupil tables of the collections of 2024 and 2025 as London councils hold them. A census collects
the absences of the term before, and in the autumn those of the summer up to the holiday in May: the second half of that
term stands in tables of its own and is not added, as in the Department's figures of five half terms. The XML that schools
send is taken apart into the same tables.
"""

from __future__ import annotations

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import (
    PROPOSED,
    Fill,
    Fixed,
    Heading,
    MadeKey,
    Named,
    Part,
    PersonOf,
    Read,
    Source,
    Wording,
)
from earlyhelp.sources.school_terms import MARKS, mark, term_of_absences, urn, year_of_absences
from earlyhelp.standard import (
    attendance_period,
    attendance_session,
    exclusion,
    partner_event,
    person,
    person_address,
    school,
)

_PUPILS = """
    NativeId dob surname forename middlenames preferredsurname formersurname upn formerupn uniquelearnernumber sex
    entrydate {table}orderseqcolumn sourceid schoolcensustableid hoursatsetting schoollunchtaken parttime
    topupfunding termlysessionspossible termlysessionsauthorised termlysessionsunauthorised senunitindicator
    resourcedprovisionindicator nonqualhrs ftemp qualhrs qualhrspreviousyear nonqualhrspreviousyear tlevelqualhrs
    tlevelnonqualhrs moveoffrollflag fundedhours missingaddress duplicatenotfunded summerhalfterm2sessionspossible
    extendedhours eligibilitycode summerhalfterm2sessionsauthorised summerhalfterm2sessionsunauthorised dafindicator
    summerhalfterm2sessionseducational summerhalfterm2sessionsexceptional summerhalfterm2sessionscoronavirus
    ethnicity yssa servicechild language classtype enrolstatus boarder plaa senprovision ncyearactual
    unitcontacttime youngcarer mathsgcsehighestpriorattainment mathsgcsepriorattainmentyear11
    englishgcsehighestpriorattainment englishgcsepriorattainmentyear11 mathsgcsefundingexemption
    englishgcsefundingexemption mathsgcsehighestpriorattainmentpreviousyear
    englishgcsehighestpriorattainmentpreviousyear eyppr eyppbf
"""
_POSSIBLE = "termlysessionspossible"
_FORMERLY = {"sex": ("gender",), "sessions": ("absencesessions",), "reason1": ("reason",)}
"""What headings were called in the collections up to 2020."""
_WRITTEN = {
    "senprovision": (Wording({"none": "N", "support": "K", "ehcp": "E"}),),
    "category": (Wording({"suspension": "FIXD", "permanent": "PERM"}),),
}
"""How the census writes codes that the standard has words for."""
SCHOOL = "school"
"""The table of the school itself, which is made of a return in XML alone."""
_PHASES = {
    "NS": "nursery", "PS": "primary", "MP": "primary", "MS": "secondary", "SS": "secondary", "AT": "all_through",
    "SP": "special", "PR": "ap",
}  # fmt: skip


def _headings(names: str) -> tuple[Heading, ...]:
    return tuple(Heading(name, _FORMERLY.get(name, ()), _WRITTEN.get(name, ())) for name in names.split())


def phase(text: str) -> str | None:
    """The standard's phase for the census's two letters; other texts as they stand."""
    return _PHASES.get(text.strip().upper(), text.strip() or None)


def _roll(table: str, roll: str) -> tuple[Part, ...]:
    """The tables of the pupils on roll, or no longer on roll: pupils, sessions by reason, suspensions, meals, homes."""
    pupil = f"{table}tableid"
    return (
        _pupils(table, pupil),
        _sessions(f"termlysessiondetails{roll}", pupil),
        _exclusions(f"termlyexclusions{roll}", pupil),
        _meals(f"fsmperiods{roll}", pupil),
        _addresses(f"addresses{roll}", pupil),
    )


def _pupils(table: str, pupil: str) -> Part:
    return Part(
        table,
        _headings(pupil + _PUPILS.format(table=table)),
        (
            Fill(
                person,
                {
                    person.person_key: PersonOf(pupil),
                    person.source_person_id: pupil,
                    person.forename: "forename",
                    person.surname: "surname",
                    person.former_surname: "formersurname",
                    person.dob: "dob",
                    person.sex: "sex",
                    person.ethnicity: "ethnicity",
                    person.first_language: "language",
                    person.sen_status: "senprovision",
                    person.is_child: Fixed("yes"),
                },
            ),
            Fill(
                attendance_period,
                {
                    attendance_period.person_key: PersonOf(pupil),
                    attendance_period.academic_year: Named(year_of_absences),
                    attendance_period.term: Named(term_of_absences),
                    attendance_period.possible: _POSSIBLE,
                    attendance_period.authorised: "termlysessionsauthorised",
                    attendance_period.unauthorised: "termlysessionsunauthorised",
                    attendance_period.school_urn: Read("NativeId", urn),
                },
                when=_POSSIBLE,
            ),
            pupil_number(pupil, "upn"),
            pupil_number(pupil, "formerupn", kind="former_upn"),
        ),
        needed=(pupil, "surname", "dob"),
        name=f".*{table}",
    )


def _sessions(table: str, pupil: str) -> Part:
    return Part(
        table,
        _headings(f"{pupil} NativeId {table}tableid {table}orderseqcolumn sourceid sessions attendancereason"),
        (
            Fill(
                attendance_session,
                {
                    attendance_session.session_id: f"{table}tableid",
                    attendance_session.person_key: PersonOf(pupil),
                    attendance_session.academic_year: Named(year_of_absences),
                    attendance_session.term: Named(term_of_absences),
                    attendance_session.mark: Read("attendancereason", mark, written=MARKS),
                    attendance_session.sessions: "sessions",
                    attendance_session.school_urn: Read("NativeId", urn),
                },
            ),
        ),
        needed=(pupil, f"{table}tableid", "attendancereason"),
        name=f".*{table}",
        note="Only sessions missed and sessions not possible are listed: how many were possible, the table of pupils says.",
    )


def _exclusions(table: str, pupil: str) -> Part:
    return Part(
        table,
        _headings(
            f"{pupil} NativeId {table}tableid {table}orderseqcolumn sourceid startdate sessions reason1 reason2 reason3 "
            "category senprovision"
        ),
        (
            Fill(
                exclusion,
                {
                    exclusion.exclusion_id: MadeKey((pupil, "startdate"), label="exclusion"),
                    exclusion.person_key: PersonOf(pupil),
                    exclusion.start_date: "startdate",
                    exclusion.sessions: "sessions",
                    exclusion.category: "category",
                    exclusion.reason: "reason1",
                },
            ),
        ),
        needed=(pupil, "startdate"),
        name=f".*{table}",
    )


def _meals(table: str, pupil: str) -> Part:
    return Part(
        table,
        _headings(f"{pupil} NativeId {table}tableid {table}orderseqcolumn sourceid fsmstartdate fsmenddate ukcountry"),
        (
            Fill(
                partner_event,
                {
                    partner_event.event_id: MadeKey((pupil, "fsmstartdate"), label="meals"),
                    partner_event.person_key: PersonOf(pupil),
                    partner_event.agency: Fixed("school"),
                    partner_event.type: Fixed("free_school_meals"),
                    partner_event.event_date: "fsmstartdate",
                    partner_event.end_date: "fsmenddate",
                },
            ),
        ),
        needed=(pupil, "fsmstartdate"),
        name=f".*{table}",
    )


def _addresses(table: str, pupil: str) -> Part:
    return Part(
        table,
        _headings(
            f"{pupil} NativeId {table}tableid {table}orderseqcolumn sourceid uniquepropertyreferencenumber postcode"
        ),
        (
            Fill(
                person_address,
                {
                    person_address.person_key: PersonOf(pupil),
                    person_address.uprn: "uniquepropertyreferencenumber",
                    person_address.postcode: "postcode",
                },
            ),
        ),
        needed=(pupil, "postcode"),
        name=f".*{table}",
    )


_school = Part(
    SCHOOL,
    _headings(f"{SCHOOL}tableid urn lea estab schoolname phase"),
    (
        Fill(
            school,
            {school.school_urn: Read("urn", urn), school.name: "schoolname", school.phase: Read("phase", phase)},
        ),
    ),
    needed=(f"{SCHOOL}tableid", "urn"),
    name=r"(20\d\d(autumn|spring|summer))?school",
    note=f"Only a return in XML gives this table. Which names its elements have: {PROPOSED}.",
)

school_census = Source(
    name="school_census",
    title="School census: pupils, absences, suspensions, free school meals",
    publisher="Department for Education",
    status=f"published layout; of the XML: {PROPOSED}",
    formats=("csv", "txt", "xml"),
    parts=(
        *_roll("pupilonroll", "onroll"),
        *_roll("pupilnolongeronroll", "offroll"),
        _school,
    ),
    left_out={
        ".*summerhalfterm2sessiondetails(on|off)roll": "the second half of the summer term is not counted",
        ".*(fsmperiod|senneeds.*|learner.*|schoolcensus)": ("this table of the census is not read"),
    },
    note=(
        "In the tables a pupil's number is new in each census: people are joined by their unique pupil numbers. The XML that "
        f"schools send is taken apart into the same tables; the names of its elements and their order: {PROPOSED}. There a "
        "pupil's number is made of the school's number and the unique pupil number, so that a period of free school meals that "
        "is told again in the next census is known to be the same."
    ),
)
