"""Small councils that Hypothesis makes up: a few people and families, with the dates on which rules turn.

Days lie near to a few anchors and near to a year from them, so that periods, closing days, leap days and the 365th day
are met often. Episodes overlap, touch, stay open, and sometimes end before they start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from earlyhelp.measures import Grain, Question
from spec.dataset import Row

ANCHORS = [date(2022, 4, 1), date(2023, 3, 31), date(2024, 2, 29), date(2024, 6, 30)]
AS_AT = st.sampled_from([date(2024, 2, 29), date(2024, 6, 30), date(2025, 3, 1)])
AREA = "E06000999"
TEAMS = st.sampled_from(["North", "South", None])
SYSTEMS = st.sampled_from(["mosaic", "eclipse"])
YES_NO = st.sampled_from([True, False, None])


@dataclass(frozen=True)
class World:
    """The rows of a made-up council, by table, and the day they are as at."""

    tables: dict[str, list[Row]]
    as_at: date

    def rows(self, table: str) -> list[Row]:
        """The rows of one table; none where the council has none."""
        return self.tables.get(table, [])


@st.composite
def days(draw: st.DrawFn) -> date:
    """A day near an anchor, or about a year from one."""
    about = st.sampled_from([-366, -365, -28, -1, 0, 1, 28, 29, 365, 366]) | st.integers(-45, 45)
    return draw(st.sampled_from(ANCHORS)) + timedelta(days=draw(about))


def later(day: date) -> st.SearchStrategy[date | None]:
    """A day after another, rarely one before it, or none yet."""
    lengths = st.sampled_from([0, 1, 27, 28, 29, 364, 365, 366]) | st.integers(-3, 60)
    return st.none() | lengths.map(lambda length: day + timedelta(days=length))


@st.composite
def people(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Up to four people, each with a family of one of two, or of their own."""
    names = draw(st.lists(st.sampled_from(["Ann", "Ben", "Cat", "Dan"]), min_size=1, max_size=4, unique=True))
    return [(name, draw(st.sampled_from(["Archer", "Barr", f"{name} alone"]))) for name in names]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A council with some of its tables empty."""
    known = draw(people())
    tables: dict[str, list[Row]] = {
        "contact": _listed(draw, "contact_id", known, _contact),
        "eh_assessment": _listed(draw, "assessment_id", known, _assessment),
        "eh_episode": _listed(draw, "episode_id", known, _episode, most=7),
        "social_care_event": _listed(draw, "event_id", known, _event, most=7),
        "person": [_person(draw, name, family) for name, family in known if draw(st.booleans())],
        "place": draw(st.sampled_from([[], _PLACES])),
        "population": draw(st.sampled_from([[], _POPULATION])),
        "feed": draw(st.sampled_from([[], _FEED])),
    }
    return World(tables, draw(AS_AT))


@st.composite
def questions(draw: st.DrawFn, offered: tuple[str, ...]) -> Question:
    """A question over any days and periods, split by up to two of the offered splits."""
    by = draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)) if offered else []
    first, last = draw(st.none() | days()), draw(st.none() | days())
    if first and last and last < first:
        first, last = last, first
    return Question(tuple(by), first, last, draw(st.sampled_from([None, *Grain])))


def _listed(draw, key, known, make, most=5):  # type: ignore[no-untyped-def]
    """Rows of one table; keys are few, so that two source systems often use the same one."""
    keys = draw(st.lists(st.tuples(st.sampled_from("123456"), SYSTEMS), max_size=most, unique=True))
    rows = []
    for number, system in keys:
        person, family = draw(st.sampled_from(known))
        about = {key: number, "source_system": system, "person_id": person, "family_id": family}
        rows.append(about | make(draw))
    return rows


def _contact(draw: st.DrawFn) -> Row:
    return {
        "contact_date": draw(days()),
        "source_code": draw(st.sampled_from(["2A", "6", "unmapped", "not_recorded"])),
        "decision_code": draw(st.sampled_from(["advice", "early_help", "pending", "unmapped", "not_recorded", None])),
        "domestic_abuse": draw(YES_NO),
    }


def _assessment(draw: st.DrawFn) -> Row:
    start = draw(days())
    return {
        "start_date": start,
        "due_date": draw(st.none() | later(start)),
        "completion_date": draw(later(start)),
        "org_type": draw(st.sampled_from(["school", "health", "unmapped", None])),
    }


def _episode(draw: st.DrawFn) -> Row:
    start = draw(days())
    return {
        "start_date": start,
        "end_date": draw(later(start)),
        "team": draw(TEAMS),
        "end_reason_code": draw(st.sampled_from(["outcomes_met", "moved", None])),
        "step_down": draw(YES_NO),
    }


def _event(draw: st.DrawFn) -> Row:
    start = draw(days())
    kinds = ["referral", "cin_episode", "cin_plan", "cp_plan", "looked_after", "assessment"]
    return {
        "type": draw(st.sampled_from(kinds)),
        "start_date": start,
        "end_date": draw(later(start)),
        "nfa": draw(YES_NO),
        "outcome_code": draw(st.sampled_from(["RC7", "RC8", "RC9", None])),
        "legal_status": draw(st.sampled_from(["V2", "V4", None])),
        "start_reason": draw(st.sampled_from(["S", "P", None])),
        "source_code": draw(st.sampled_from(["5D", "6", None])),
        "source_system": draw(st.sampled_from(["cin_census", "ssda903", "mosaic"])),
    }


def _person(draw: st.DrawFn, name: str, family: str) -> Row:
    born = draw(st.none() | st.sampled_from([date(2008, 6, 15), date(2014, 2, 28), date(2023, 3, 31)]))
    return {
        "person_key": name,
        "person_id": name,
        "family_id": family,
        "dob": born,
        "expected_dob": None if born else draw(st.none() | st.just(date(2024, 7, 1))),
        "sex": draw(st.sampled_from(["F", "M", None])),
        "disability": draw(st.sampled_from(["MOB", "MOB;HEAR", None])),
        "lsoa": draw(st.sampled_from(["E01999001", "E01999002", "E01999003", None])),
    }


_PLACES: list[Row] = [
    {"lsoa": "E01999001", "ward_code": "E05999001", "la_code": AREA, "children_0_17": 400.0},
    {"lsoa": "E01999002", "ward_code": "E05999001", "la_code": AREA, "children_0_17": 600.0},
]
_POPULATION: list[Row] = [
    {"area_code": AREA, "year": 2022, "age_band": "0-17", "sex": "all", "count": 5000.0, "source": "ONS"},
    {"area_code": AREA, "year": 2024, "age_band": "0-17", "sex": "all", "count": 4000.0, "source": "ONS"},
]
_FEED: list[Row] = [
    {
        "feed_id": "feed",
        "source_system": "mosaic",
        "extract_date": date(2025, 3, 1),
        "coverage_start": date(2023, 3, 31),
    }
]
