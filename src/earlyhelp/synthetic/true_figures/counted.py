"""What each measure counts: requests, closings, spells and the like, each placed on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from earlyhelp.standard import NOT_RECORDED
from earlyhelp.standard.calendar import is_working_day
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY
from earlyhelp.synthetic.true_figures.places import Dims
from earlyhelp.synthetic.true_figures.records import KINDS, Row, Spell, TrueRecords

ONE_DAY = timedelta(days=1)
RC9_SINCE = date(2022, 4, 1)
YEARS = tuple((date(first, 4, 1), date(first + 1, 3, 31)) for first in range(FIRST_DAY.year, LAST_DAY.year))


class Thing(NamedTuple):
    """Something that may be counted: who or what, the day that places it, whether in the numerator, how long it took."""

    unit: object
    day: date
    counted: bool = True
    dims: Dims = ()
    days: int = 0


Things = Callable[[TrueRecords], Iterator[Thing]]
"""What a measure counts in the records of a council."""


def requests(unit: str | None) -> Things:
    """Requests for support, or who they are about: `unit` names the column by which they are told apart."""

    def told(records: TrueRecords) -> Iterator[Thing]:
        for number, row in enumerate(records.rows("contact")):
            yield Thing(row[unit] if unit else number, row["contact_date"])

    return told


def decisions(records: TrueRecords) -> Iterator[Thing]:
    """Requests that were decided, by decision."""
    for number, row in enumerate(records.rows("contact")):
        if row["decision_code"] not in (None, "pending", NOT_RECORDED):
            yield Thing(number, row["contact_date"], dims=(("decision_code", row["decision_code"]),))


def assessments_due(records: TrueRecords) -> Iterator[Thing]:
    """Assessments by the day on which they were due; counted where they were completed by then."""
    for number, row in enumerate(records.rows("eh_assessment")):
        due = row["due_date"] or _working_day(row["start_date"], records.assessment_working_days)
        done = row["completion_date"]
        yield Thing(number, due, done is not None and row["start_date"] <= done <= due)


def _working_day(start: date, n: int) -> date:
    day = start
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def open_cases(unit: str) -> Things:
    """Those open at the end of each year, placed on its last day."""

    def opened(records: TrueRecords) -> Iterator[Thing]:
        for row in records.rows("eh_episode"):
            for _, last in YEARS:
                if row["start_date"] <= last and (row["end_date"] is None or row["end_date"] > last):
                    yield Thing(row[unit], last)

    return opened


def flows(records: TrueRecords) -> Iterator[Thing]:
    """Episodes that start and episodes that end."""
    for number, row in enumerate(records.rows("eh_episode")):
        yield Thing(number, row["start_date"], dims=(("flow", "started"),))
        if row["end_date"]:
            yield Thing(number, row["end_date"], dims=(("flow", "ended"),))


def lengths(spells: Callable[[TrueRecords], Mapping[str, list[Spell]]]) -> Things:
    """Spells by the day on which they start; counted where they are over."""

    def told(records: TrueRecords) -> Iterator[Thing]:
        for each in spells(records).values():
            for number, spell in enumerate(each):
                over = spell.end is not None and spell.end <= LAST_DAY
                until = spell.end if over and spell.end else LAST_DAY
                yield Thing(number, spell.start, over, days=(until - spell.start).days)

    return told


def assessments(records: TrueRecords) -> Iterator[Thing]:
    """Assessments started, by the kind of organisation."""
    for number, row in enumerate(records.rows("eh_assessment")):
        yield Thing(number, row["start_date"], dims=(("org_type", row["org_type"]),))


def step_ups(records: TrueRecords) -> Iterator[Thing]:
    """Ends of help by statutory service; counted where the child came to it within a year."""
    for child, spells in records.help_of_child.items():
        for end in (spell.end for spell in spells if spell.end):
            for kind in KINDS:
                later = (start - end for start in records.starts.get(child, {}).get(kind, []))
                yield Thing(child, end, any(0 <= gap.days <= 365 for gap in later), (("type", kind),))


def returns(records: TrueRecords) -> Iterator[Thing]:
    """Ends of help of families; counted where the family came again within a year."""
    for family, spells in records.help_of_family.items():
        for end in (spell.end for spell in spells if spell.end):
            yield Thing(family, end, any(1 <= (again.start - end).days <= 365 for again in spells))


def closed_cases(says: Callable[[Row, date], bool]) -> Things:
    """Children in need whose case was closed; counted where it says RC9 or an episode of help `says` so of the day."""

    def cases(records: TrueRecords) -> Iterator[Thing]:
        for number, row in enumerate(records.rows("social_care_event")):
            end = row["end_date"]
            if row["type"] != "cin_episode" or row["nfa"] or end is None or end < RC9_SINCE:
                continue
            helped = any(says(episode, end) for episode in records.episodes_of_child.get(row["person_key"], []))
            yield Thing(number, end, row["outcome_code"] == "RC9" or helped)

    return cases


def steps_down(episode: Row, end: date) -> bool:
    """Whether an episode that is marked as a step-down began within four weeks of the day."""
    return bool(episode["step_down"]) and abs((episode["start_date"] - end).days) <= 28


def follows(episode: Row, end: date) -> bool:
    """Whether an episode began in the four weeks from the day on."""
    return 0 <= (episode["start_date"] - end).days <= 28


def referrals(records: TrueRecords) -> Iterator[Thing]:
    """Referrals to social care; counted where they come from early help."""
    for number, row in enumerate(records.rows("social_care_event")):
        if row["type"] == "referral" and row["start_date"] >= RC9_SINCE:
            yield Thing(number, row["start_date"], row["source_code"] == "5D")


def help_before(records: TrueRecords) -> Iterator[Thing]:
    """Starts from a year after the first closing on: before it nobody can tell of help that had ended."""
    closed = [row["end_date"] for row in records.rows("eh_episode") if row["end_date"]]
    told_from = min(closed, default=date.max - timedelta(days=365)) + timedelta(days=365)
    for child, kinds in records.starts.items():
        helped = records.help_of_child.get(child, [])
        for kind in KINDS[1:]:
            for day in (each for each in kinds[kind] if each >= told_from):
                before = (spell for spell in helped if spell.start < day)
                counted = any(spell.end is None or (day - spell.end).days <= 365 for spell in before)
                yield Thing((child, kind, day), day, counted, (("type", kind),))
