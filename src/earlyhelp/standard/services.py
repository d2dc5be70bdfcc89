"""Services, who received them, who works in them and what they cost."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import Between, NotAbove, OnOrAfter
from earlyhelp.standard.shapes import year_shape
from earlyhelp.standard.types import Code, Codes, Date, Integer, Key, Number, Text, Year


@table(grain="one service a family can be offered")
class service(Row):
    """A programme, group or kind of support, council-run or commissioned."""

    service_id = Column(Key, "The service's own number.", required=True)
    name = Column(Text, "Name of the service.", required=True)
    organisation = Column(Text, "Organisation that runs it.")
    service_type = Column(Text, "Kind of support, in the directory's words.")
    commissioner = Column(Text, "Who pays for it.")
    start_date = Column(Date, "First day it ran.", quasi_identifier=True)
    end_date = Column(
        Date,
        "Last day it ran; empty while it runs.",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
        planned=True,
    )
    annual_cost = Column(Number, "Cost of a full year, in pounds.", rules=[Between(0)])
    capacity = Column(Integer, "Families it can take in a year.", rules=[Between(0)])
    evidence_level = Column(Text, "Strength of its evidence, as its commissioner states it.")
    open_referral_id = Column(Text, "Its id in the Open Referral UK directory.")
    minimum_age = Column(Number, "Lowest age it is for, in years.", rules=[Between(0)])
    maximum_age = Column(Number, "Highest age it is for, in years.", rules=[Between(0)])
    area = Column(Text, "Area or places it serves, in the directory's words.")
    need_codes = Column(Codes(codelists.needs), "Needs it is for, by headline outcome.")
    level = Column(Code(codelists.levels), "Level of support at which it is offered.")
    status = Column(Code(codelists.service_status), "Whether it is offered at present.")


@table(grain="one service given to one person or family")
class service_delivered(Row):
    """A service offered to somebody, and how far it got."""

    delivery_id = Column(Key, "The delivery's own number.", required=True)
    episode_id = Column(Key, "Episode it belongs to.")
    person_key = Column(Key, "Person it was for.")
    family_key = Column(Key, "Family it was for.")
    service_id = Column(Key, "The service.", required=True)
    offered_date = Column(Date, "Day it was offered.", quasi_identifier=True)
    start_date = Column(Date, "Day it began.", rules=[OnOrAfter("offered_date")], quasi_identifier=True)
    end_date = Column(
        Date, "Day it ended; empty while it runs.", rules=[OnOrAfter("start_date")], quasi_identifier=True
    )
    sessions_offered = Column(Integer, "Sessions offered.", rules=[Between(0)])
    sessions_attended = Column(Integer, "Sessions attended.", rules=[Between(0), NotAbove("sessions_offered")])
    status = Column(Code(codelists.delivery_status), "How far it got.")


@table(grain="one worker in one team for a period", key="worker_id team valid_from")
class worker(Row):
    """A worker in a team: caseloads are counted per full-time equivalent from here."""

    worker_id = Column(Key, "The worker.", required=True, quasi_identifier=True)
    team = Column(Text, "Team the worker is in.", required=True)
    locality = Column(Text, "Locality or hub area the team serves.")
    role = Column(Text, "Role in the team.")
    fte = Column(Number, "Full-time equivalent in this team, from 0 to 1.", rules=[Between(0, 1)])
    valid_from = Column(Date, "First day in the team.")
    valid_to = Column(Date, "Last day in the team; empty while current.", rules=[OnOrAfter("valid_from")], planned=True)


@table(
    grain="one budget line of one service in one year",
    key="financial_year service_id team budget_line kind",
    summed="amount",
)
class spend(Row):
    """Money planned or spent."""

    financial_year = Column(Year, "Financial year, as 2024-25.", required=True, rules=[year_shape])
    service_id = Column(Key, "Service the money went to.")
    team = Column(Text, "Team the money went to.")
    level = Column(Code(codelists.levels), "Level of support it paid for.")
    budget_line = Column(Text, "Line in the council's ledger.", required=True)
    line_code = Column(Code(codelists.section251_ro3), "Published line it counts towards.")
    stage = Column(Code(codelists.spend_stages), "Whether it helps early or late.")
    amount = Column(Number, "Amount in pounds; income is negative.", required=True)
    funding_source = Column(Text, "Grant or budget it came from.")
    kind = Column(Code(codelists.spend_kinds), "Planned or actual.", required=True)
