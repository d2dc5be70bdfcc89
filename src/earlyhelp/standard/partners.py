"""What schools and other partners know."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import Between, NotAbove, OnOrAfter
from earlyhelp.standard.shapes import school_urn_shape, year_shape
from earlyhelp.standard.types import Code, Date, Integer, Key, Number, Text, Year


@table(grain="one pupil's sessions in one term", key="person_key academic_year term")
class attendance_period(Row):
    """Sessions a pupil could have attended in a term, and those missed."""

    person_key = Column(Key, "The pupil.", required=True)
    academic_year = Column(Year, "School year, as 2024-25.", required=True, rules=[year_shape])
    term = Column(Code(codelists.terms), "Term of the school year.", required=True)
    possible = Column(Integer, "Sessions possible.", required=True, rules=[Between(0)])
    authorised = Column(
        Integer, "Sessions missed with authorisation.", required=True, rules=[Between(0), NotAbove("possible")]
    )
    unauthorised = Column(
        Integer, "Sessions missed without authorisation.", required=True, rules=[Between(0), NotAbove("possible")]
    )
    school_urn = Column(Text, "The school.", rules=[school_urn_shape], quasi_identifier=True)


@table(
    grain="sessions with one mark, of one pupil on one day or in one term",
    equal_rows="A day has two sessions, and a register that does not say which is which marks both alike.",
)
class attendance_session(Row):
    """Marks of the register as a school sent them: summed to `attendance_period` when a snapshot is built."""

    session_id = Column(Key, "Its own number, or one made of pupil and day.", required=True)
    person_key = Column(Key, "The pupil.", required=True)
    session_date = Column(
        Date, "Day of the session; empty where a term's sessions are counted together.", quasi_identifier=True
    )
    academic_year = Column(
        Year, "School year, as 2024-25, where it is said and not told by the day.", rules=[year_shape]
    )
    term = Column(Code(codelists.terms), "Term, where it is said and not told by the day.")
    mark = Column(Code(codelists.attendance_codes), "Code of the register.", required=True, special_category=True)
    sessions = Column(Integer, "Sessions with this mark; one where it is not said.", rules=[Between(0)])
    school_urn = Column(Text, "The school.", rules=[school_urn_shape], quasi_identifier=True)


@table(grain="one school")
class school(Row):
    """A school in or near the council's area."""

    school_urn = Column(
        Text, "Unique reference number of the school.", required=True, rules=[school_urn_shape], quasi_identifier=True
    )
    name = Column(Text, "Name of the school.")
    phase = Column(Code(codelists.school_phases), "Phase of education.")
    ward_code = Column(Text, "Ward it stands in.")
    roll = Column(Integer, "Pupils on roll.", rules=[Between(0)])
    fsm_share = Column(Number, "Share of pupils with free school meals, from 0 to 1.", rules=[Between(0, 1)])


@table(grain="one suspension or exclusion")
class exclusion(Row):
    """A suspension or a permanent exclusion."""

    exclusion_id = Column(Key, "Its own number.", required=True, special_category=True)
    person_key = Column(Key, "The pupil.", required=True, special_category=True)
    start_date = Column(Date, "First day.", required=True, special_category=True)
    sessions = Column(Integer, "Sessions missed by it.", rules=[Between(0)], special_category=True)
    category = Column(
        Code(codelists.exclusion_categories), "Suspension or permanent exclusion.", required=True, special_category=True
    )
    reason = Column(Text, "Reason the school gave.", free_text=True)


@table(grain="one event that a partner knows of")
class partner_event(Row):
    """Something a partner told the council: an incident, a benefit, arrears, a visit to hospital."""

    event_id = Column(Key, "The event's own number.", required=True)
    person_key = Column(Key, "Person concerned.")
    family_key = Column(Key, "Family concerned.")
    incident_reference = Column(Text, "The partner's number of the incident or case; several people may share it.")
    agency = Column(Code(codelists.partner_agencies), "Partner that told of it.", required=True)
    type = Column(Code(codelists.partner_event_types), "Kind of event.", required=True, special_category=True)
    event_date = Column(Date, "Day it happened or began.", required=True, quasi_identifier=True)
    end_date = Column(Date, "Day it ended, for what lasts.", rules=[OnOrAfter("event_date")], quasi_identifier=True)
    level = Column(Code(codelists.risk_levels), "Risk as the partner graded it.")
    outcome = Column(Code(codelists.partner_event_outcomes), "What came of it.")
    lsoa = Column(Code(codelists.lsoa), "Small area where it happened.", quasi_identifier=True)
    amount = Column(Number, "Amount in pounds, for arrears, debts and benefits.", rules=[Between(0)])
