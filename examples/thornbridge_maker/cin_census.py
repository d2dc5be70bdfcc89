"""The Children in Need census of one year: cases open in it, as they stood on 31 March."""

from __future__ import annotations

from datetime import date

from thornbridge_maker.days import known
from thornbridge_maker.people import Child
from thornbridge_maker.places import LA_NUMBER
from thornbridge_maker.records import Case, Council
from thornbridge_maker.rows import File, Row, Sheet, Value

NEEDED = {
    "Child": ("LAchildID",),
    "CINdetails": ("CINreferralDate",),
    "Assessments": ("AssessmentActualStartDate",),
    "CINPlanDates": ("CINPlanStartDate",),
    "Section47": ("S47ActualStartDate",),
    "ChildProtectionPlans": ("CPPstartDate",),
}
_GENDER = {"M": "1", "F": "2", "U": "0"}


def cin_census(council: Council, year_end: date) -> File:
    """The return for the year that ends on `year_end`; Sex takes the place of GenderCurrent from 2024-25."""
    first = date(year_end.year - 1, 4, 1)
    by_child: dict[str, list[Case]] = {}
    for case in council.cases:
        if case.referred <= year_end and _in_year(case, first):
            by_child.setdefault(case.child.child_id, []).append(case)
    children = [_child(cases[0].child, cases, year_end) for cases in by_child.values()]
    elements = [row for child in children for row in child.walk()]
    sheets = [
        Sheet(name, (), [row for row in elements if row.element == name], needed, first_row=1)
        for name, needed in NEEDED.items()
    ]
    name = f"cin_{year_end.year - 1}-{year_end:%y}.xml"
    return File(name, sheets, header=_header(year_end))


def _in_year(case: Case, first: date) -> bool:
    return case.referred >= first if case.nfa else case.closed is None or case.closed >= first


def _header(year_end: date) -> dict[str, str]:
    return {
        "Collection": "CIN", "Year": str(year_end.year), "ReferenceDate": year_end.isoformat(), "SourceLevel": "L",
        "LEA": LA_NUMBER, "SoftwareCode": "Thornbridge case system", "Release": "1.0", "SerialNo": "001",
        "DateTime": f"{year_end.isoformat()}T18:30:00",
    }  # fmt: skip


def _child(child: Child, cases: list[Case], as_at: date) -> Row:
    born = child.born if child.birthday <= as_at else None
    sex = child.sex if born else "U"
    cells: dict[str, Value] = {
        "LAchildID": child.child_id,
        "UPN": child.upn or None,
        "UPNunknown": None if child.upn else ("UN1" if child.age_on(as_at) < 5 else "UN6"),
        "PersonBirthDate": born,
        "ExpectedPersonBirthDate": None if born else child.birthday,
        **({"GenderCurrent": _GENDER[sex]} if as_at.year == 2024 else {"Sex": sex}),
        "Ethnicity": child.ethnicity,
        "Disability": child.disability,
    }
    return Row(cells, "Child", [_details(case, as_at) for case in cases])


def _details(case: Case, as_at: date) -> Row:
    closed = known(case.closed, as_at)
    cells: dict[str, Value] = {
        "CINreferralDate": case.referred,
        "ReferralSource": case.source,
        "PrimaryNeedCode": case.need or None,
        "CINclosureDate": closed,
        "ReasonForClosure": case.reason if closed else None,
        "ReferralNFA": "1" if case.nfa else "0",
    }
    return Row(cells, "CINdetails", [*_before_nfa(case, as_at), *_protection(case, as_at)])


def _before_nfa(case: Case, as_at: date) -> list[Row]:
    """The blocks that stand before ReferralNFA in the schema."""
    rows = []
    for assessment in case.assessments:
        if assessment.start <= as_at:
            done = known(assessment.authorised, as_at)
            cells = {"AssessmentActualStartDate": assessment.start, "AssessmentAuthorisationDate": done}
            rows.append(Row({**cells, "AssessmentFactors": assessment.factors if done else ()}, "Assessments"))
    for start, end in case.plans:
        if start <= as_at:
            rows.append(Row({"CINPlanStartDate": start, "CINPlanEndDate": known(end, as_at)}, "CINPlanDates"))
    for enquiry in case.enquiries:
        if enquiry.start <= as_at:
            held = known(enquiry.conference, as_at)
            cells = {"S47ActualStartDate": enquiry.start, "InitialCPCtarget": enquiry.target, "DateOfInitialCPC": held}
            rows.append(Row({**cells, "ICPCnotRequired": "0" if enquiry.conference else "1"}, "Section47"))
    return rows


def _protection(case: Case, as_at: date) -> list[Row]:
    return [
        Row(
            {
                "CPPstartDate": plan.start,
                "CPPendDate": known(plan.end, as_at),
                "InitialCategoryOfAbuse": plan.first_category,
                "LatestCategoryOfAbuse": plan.last_category,
                "NumberOfPreviousCPP": str(plan.previous),
                "CPPreviewDate": tuple(day.isoformat() for day in plan.reviews if day <= as_at),
            },
            "ChildProtectionPlans",
        )
        for plan in case.protection
        if plan.start <= as_at
    ]
