"""Ofsted's Annex A, lists 1 to 8, as at a day: what happened in the six months before it, and who is open on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from thornbridge_maker import codes
from thornbridge_maker.chance import Chance
from thornbridge_maker.days import known, later, months_before
from thornbridge_maker.people import Child
from thornbridge_maker.records import Care, Case, Council
from thornbridge_maker.rows import File, Row, Sheet, Value

CHILD = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
DISABLED = "Does the Child have a Disability"
HELD_BY = ("Allocated Team", "Allocated Worker")
LISTS = {
    "List_1": ("List 1: Contacts", (*CHILD, "Date of Contact", "Contact Source"), "Date of Contact"),
    "List_2": (
        "List 2: Early Help",
        (*CHILD, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
        "Assessment start date",
    ),
    "List_3": (
        "List 3: Referral",
        (*CHILD, "Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months",
        *HELD_BY),
        "Date of referral",
    ),
    "List_4": (
        "List 4: Assessments",
        (*CHILD, DISABLED, "Continuous Assessment Start Date", "Child Seen During Continuous Assessment",
         "Continuous Assessment Date of Authorisation",
         "Was the child assessed as requiring LA children’s social care support", *HELD_BY),
        "Continuous Assessment Start Date",
    ),
    "List_5": (
        "List 5: Section 47 enquiries and Initial Child Protection Conferences",
        (*CHILD, DISABLED, "Strategy discussion initiating Section 47 Enquiry Start Date",
         "Was an Initial Child Protection Conference deemed unnecessary?",
         "Date of Initial Child Protection Conference",
         "Did the Initial Child Protection Conference Result in a Child Protection Plan",
         "Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months", *HELD_BY),
        "Strategy discussion initiating Section 47 Enquiry Start Date",
    ),
    "List_6": (
        "List 6: Children in Need",
        (*CHILD, DISABLED, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date",
         "Reason for Closure", "Case status", *HELD_BY),
        "CIN Start Date",
    ),
    "List_7": (
        "List 7: Child protection",
        (*CHILD, DISABLED, "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
         "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
         "Child Protection Plan End Date",
         "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
         "Number of Previous Child Protection Plans", *HELD_BY),
        "Child Protection Plan Start Date",
    ),
    "List_8": (
        "List 8: Children in care",
        (*CHILD, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", DISABLED,
         "Date Started to be Looked After", "Child's Category of Need",
         "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
         "Start date of current legal status", "Child's Legal Status", "Date of Latest Statutory Review",
         "Date of Last Social Work Visit", "What is the permanence plan for this child?",
         "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment", "Date of Last Dental Check",
         "Number of Placements in the Last 12 months", "Date Ceased to be Looked After ",
         "Reason Ceased to be Looked After",
         "Start Date of Most Recent Placement", "Placement Type", "Placement Provider", "Placement postcode",
         "URN of Placement", "Placement Location", "LA of Placement",
         "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
         "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
         "Was the child offered a Return Interview after their last missing episode (Y/N)?",
         "Did the child accept a Return Interview after their last missing episode (Y/N)?", *HELD_BY),
        "Date Started to be Looked After",
    ),
}  # fmt: skip
FRONT_SHEET = (
    "Annex A - Child level data",
    "Lists 1 - 8",
    "Thornbridge is an invented council and every child in this workbook is invented.",
)


def annex_a(council: Council, as_at: date, *, numbers_as_text: bool) -> File:
    """The workbook for an inspection at `as_at`. Ids are numbers in one year's workbook and text in the other's."""
    view = _View(council, as_at, numbers_as_text)
    sheets = []
    for name, (title, headings, event) in LISTS.items():
        rows = [Row(dict(zip(headings, values, strict=True))) for values in getattr(view, name.lower())()]
        sheets.append(Sheet(name, headings, rows, ("Child Unique ID", event), first_row=3, title=title))
    front = FRONT_SHEET if numbers_as_text else ()
    return File(f"annex_a_{as_at:%Y-%m}.xlsx", sheets, dates="%d/%m/%Y", front_sheet=front)


class _View:
    """What can be seen on one day; one method a list, each giving rows in the order of the list's headings."""

    def __init__(self, council: Council, as_at: date, numbers_as_text: bool) -> None:
        self.council, self.as_at, self.numbers_as_text = council, as_at, numbers_as_text
        self.since = months_before(as_at, 6)
        self.chance = Chance(f"annex a/{as_at}")
        self.cases = [case for case in council.cases if case.referred <= as_at]

    def recent(self, day: date | None) -> bool:
        """True for a day in the six months before the inspection."""
        return day is not None and self.since <= day <= self.as_at

    def child(self, child: Child) -> tuple[Value, ...]:
        """The five columns that open every list. A child not yet born has the expected date of birth and age -1."""
        child_id: Value = child.child_id if self.numbers_as_text else int(child.child_id)
        sex = child.sex if child.birthday <= self.as_at else "U"
        written = codes.gender(sex, self.chance), codes.ethnicity(child.ethnicity, self.chance)
        return child_id, *written, child.birthday, child.age_on(self.as_at)

    def disabled(self, child: Child) -> str:
        return codes.yes_no(child.disability != ("NONE",), self.chance)

    def held_by(self, case: Case) -> tuple[str, str]:
        return case.team, case.worker

    def list_1(self) -> Iterator[tuple[Value, ...]]:
        for contact in self.council.contacts:
            if self.recent(contact.day):
                yield *self.child(contact.child), contact.day, codes.source(contact.source, self.chance)

    def list_2(self) -> Iterator[tuple[Value, ...]]:
        for episode in self.council.episodes:
            start, done = episode.assessment_start, known(episode.assessment_end, self.as_at)
            if start and start <= self.as_at and (self.recent(start) or episode.end > self.as_at):
                yield *self.child(episode.child), start, done, episode.organisation

    def list_3(self) -> Iterator[tuple[Value, ...]]:
        for case in self.cases:
            if self.recent(case.referred):
                earlier = [
                    c for c in self.cases if c.child is case.child and self.as_at - c.referred < timedelta(days=365)
                ]
                source, nfa = codes.source(case.source, self.chance), codes.yes_no(case.nfa, self.chance)
                yield *self.child(case.child), case.referred, source, nfa, max(0, len(earlier) - 1), *self.held_by(case)

    def list_4(self) -> Iterator[tuple[Value, ...]]:
        for case in self.cases:
            for assessment in case.assessments:
                done = known(assessment.authorised, self.as_at)
                if assessment.start <= self.as_at and (done is None or done >= self.since):
                    seen = codes.yes_no(done is not None or self.chance.yes(0.5), self.chance)
                    needed = codes.yes_no(assessment.in_need, self.chance) if done else None
                    yield (
                        *self.child(case.child), self.disabled(case.child), assessment.start, seen, done, needed,
                        *self.held_by(case),
                    )  # fmt: skip

    def list_5(self) -> Iterator[tuple[Value, ...]]:
        for case in self.cases:
            for enquiry in case.enquiries:
                if self.recent(enquiry.start):
                    held = known(enquiry.conference, self.as_at)
                    unneeded = codes.yes_no(enquiry.conference is None, self.chance)
                    plan = codes.yes_no(True, self.chance) if held else None
                    yield (
                        *self.child(case.child), self.disabled(case.child), enquiry.start, unneeded, held, plan, 1,
                        int(held is not None), *self.held_by(case),
                    )  # fmt: skip

    def list_6(self) -> Iterator[tuple[Value, ...]]:
        """One row a child: the latest case that is more than a referral."""
        latest: dict[int, Case] = {}
        for case in self.cases:
            started = bool(case.assessments) and case.assessments[0].start <= self.as_at
            if started and (case.closed is None or case.closed >= self.since):
                latest[id(case.child)] = case
        for case in latest.values():
            closed = known(case.closed, self.as_at)
            seen = closed or later(self.as_at, -self.chance.whole(5, 30))
            yield (
                *self.child(case.child), self.disabled(case.child), case.referred,
                codes.labelled(case.need, codes.NEED, self.chance), max(case.referred, min(seen, self.as_at)), closed,
                codes.labelled(case.reason, codes.CLOSURE, self.chance) if closed else None, self.status(case),
                *self.held_by(case),
            )  # fmt: skip

    def status(self, case: Case) -> str:
        """The first that applies of looked after, protection plan, in-need plan, open assessment, closed."""
        if case.closed and case.closed <= self.as_at:
            return "e) Closed episode"
        if any(care.started <= self.as_at and (care.ceased is None or care.ceased > self.as_at) for care in case.care):
            return "a) Looked after child"
        if any(plan.start <= self.as_at < plan.end for plan in case.protection):
            return "b) Child Protection plan"
        planned = any(start <= self.as_at for start, _ in case.plans) or case.assessments[0].authorised <= self.as_at
        return "c) Child in need plan" if planned else "d) Open assessment"

    def list_7(self) -> Iterator[tuple[Value, ...]]:
        for case in self.cases:
            for plan in case.protection:
                ended = known(plan.end, self.as_at)
                if plan.start > self.as_at or (ended and ended < self.since):
                    continue
                visited = max(plan.start, (ended or self.as_at) - timedelta(days=self.chance.whole(2, 16)))
                reviews = [day for day in plan.reviews if day <= self.as_at]
                yield (
                    *self.child(case.child), self.disabled(case.child), plan.start, codes.CATEGORY[plan.first_category],
                    codes.CATEGORY[plan.last_category], visited, codes.yes_no(self.chance.yes(0.8), self.chance),
                    reviews[-1] if reviews else None, ended, codes.yes_no(False, self.chance), plan.previous,
                    *self.held_by(case),
                )  # fmt: skip

    def list_8(self) -> Iterator[tuple[Value, ...]]:
        """One row a child: the latest period of care, short breaks recorded one by one left out."""
        latest: dict[int, tuple[Case, Care]] = {}
        for case in self.cases:
            for care in case.care:
                ceased = known(care.ceased, self.as_at)
                if care.started <= self.as_at and (ceased is None or ceased >= self.since) and not care.short_break:
                    latest[id(care.child)] = (case, care)
        for case, care in latest.values():
            yield *self.child(care.child), *self.looked_after(care), *self.held_by(case)

    def looked_after(self, care: Care) -> tuple[Value, ...]:
        steps = [step for step in care.steps if step.start <= self.as_at]
        ceased, now = known(care.ceased, self.as_at), steps[-1]
        legal_from = next(step.start for step in steps if step.legal_status == now.legal_status)
        year_ago = self.as_at - timedelta(days=365)
        placed = [step for step in steps if step.started_because in "SPB"]
        recently = [step for step in placed if step.start > year_ago]
        seen = self.seen_since(care.started, ceased)
        gone = [kind for kind, start, _ in care.missing if year_ago < start <= self.as_at]
        local = now.postcode.startswith("ZY")
        return (
            codes.yes_no(False, self.chance), self.disabled(care.child), care.started,
            codes.labelled(care.need, codes.NEED, self.chance), codes.yes_no(False, self.chance), legal_from,
            codes.LEGAL[now.legal_status], seen(90), seen(25), self.chance.one_of(("a) Return to family",
            "f) Long-term fostering")),
            seen(60), seen(200), seen(170), len(recently) + int(care.started <= year_ago), ceased,
            codes.LEAVING[care.reason] if ceased else None,
            placed[-1].start, codes.PLACEMENT[now.placement], codes.PROVIDER[now.provider], now.postcode,
            now.urn or None,
            "a) In" if local else "b) Out", "Thornbridge" if local else "Thornshire", gone.count("M"), gone.count("A"),
            "a) Yes" if gone else None, self.chance.one_of(("a) Yes", "b) No")) if gone else None,
        )  # fmt: skip

    def seen_since(self, started: date, ceased: date | None) -> Callable[[int], date | None]:
        """A function that gives a day at most so many days before the end, or None where the period is too short."""

        def day(at_most: int) -> date | None:
            found = (ceased or self.as_at) - timedelta(days=self.chance.whole(2, at_most))
            return found if found > started else None

        return day
