"""Small councils that Hypothesis makes up: a few people and families, with the dates on which rules turn.

Every new date lies near one that is there already, or about a year from it: so closing days, the 28th day, the 365th,
the one after it, period ends and leap days are met often. Episodes overlap, touch, stay open, and sometimes end before
they start; two source systems use the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from earlyhelp.measures import Grain, Question
from earlyhelp.standard import TABLES
from generative.made import MADE

Rows = list[dict[str, Any]]

ANCHORS = (date(2023, 3, 31), date(2022, 4, 1), date(2024, 2, 29))
TURNS = (0, 1, -1, 28, 29, 365, 366, -365, -28)
"""Distances in days on which a rule turns."""
AREA = "E06000999"


@dataclass(frozen=True)
class World:
    """The rows of a made-up council, by table, and the day they are as at."""

    tables: dict[str, Rows]
    as_at: date

    def rows(self, table: str) -> Rows:
        """The rows of one table; none where the council has none."""
        return self.tables.get(table, [])


@dataclass
class Maker:
    """Draws rows one after the other, and remembers the dates of each person."""

    draw: st.DrawFn
    seen: dict[str, list[date]] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    """The tables made so far: a row may point at one of theirs."""

    def one_of(self, *values: Any) -> Any:
        """One of some values, equally likely."""
        return self.draw(st.sampled_from(values))

    def row_of(self, table: str) -> dict[str, Any]:
        """One of the rows made of another table; an empty one where it has none."""
        return self.one_of(*self.rows.get(table, ()) or ({},))

    def day(self, person: str) -> date:
        """A day near one that was drawn for this person, or near an anchor."""
        near = self.one_of(*self.seen.get(person, ()), *ANCHORS)
        day = near + timedelta(days=self.one_of(*TURNS, self.draw(st.integers(-45, 45))))
        return self._remembered(person, min(max(day, date(2020, 1, 1)), date(2026, 12, 31)))

    def later(self, person: str, day: date) -> date | None:
        """A day after another, rarely one before it, or none yet."""
        length = self.one_of(28, 0, 1, 90, 365, self.draw(st.integers(-2, 120)), self.draw(st.integers(2, 60)), None)
        return None if length is None else self._remembered(person, day + timedelta(days=length))

    def _remembered(self, person: str, day: date) -> date:
        self.seen.setdefault(person, []).append(day)
        return day


@st.composite
def worlds(draw: st.DrawFn, tables: tuple[str, ...]) -> World:
    """A council with these tables, each of them with few rows or none, and at times with people, places and a feed."""
    maker = Maker(draw)
    people = [(name, maker.one_of("Archer", "Barr")) for name in ("Ann", "Ben", "Cat")[: maker.one_of(1, 2, 3)]]
    rows = maker.rows
    for table in tables:
        rows[table] = _WORKED_OUT[table] if table in _WORKED_OUT else _listed(maker, table, people)
    rows["person"] = [_person(maker, name, family) for name, family in people if draw(st.booleans())]
    rows["place"] = maker.one_of([], _PLACES, _PLACES)
    rows["population"] = maker.one_of([], _POPULATION, _POPULATION)
    rows["feed"] = maker.one_of([], [], _FEED)
    known = sorted(day for days in maker.seen.values() for day in days) or list(ANCHORS)
    as_at = maker.one_of(*[known[-1]] * 4, known[len(known) // 2]) + timedelta(days=maker.one_of(365, 366, 1, 0))
    return World(rows, as_at)


@st.composite
def questions(draw: st.DrawFn, world: World, offered: tuple[str, ...], finest: Grain = Grain.MONTH) -> Question:
    """A question over any days and periods, split by up to two of the offered splits."""
    by = draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)) if offered else []
    known = [value for rows in world.tables.values() for row in rows for value in row.values() if type(value) is date]
    day = st.none() | st.none() | st.sampled_from([*ANCHORS, world.as_at, *known])
    first, last = draw(day), draw(day)
    if first and last and last < first:
        first, last = last, first
    return Question(
        tuple(by),
        first,
        last,
        draw(st.sampled_from([None, None, *(grain for grain in Grain if grain.months >= finest.months)])),
    )


def _listed(maker: Maker, table: str, people: list[tuple[str, str]]) -> Rows:
    key, make = MADE[table]
    systems = maker.one_of(("mosaic",), ("mosaic", "eclipse"), ("cin_census", "ssda903"), ("cin_census",), ("ssda903",))
    rows = []
    for number in range(maker.one_of(8, 7, 6, 5, 4, 2, 0)):
        person, family = maker.one_of(*people)
        about = {key: str(number // len(systems)), "source_system": systems[number % len(systems)]}
        who = (
            {"person_id": person, "family_id": family}
            if {"person_key", "family_key"} & TABLES[table].columns.keys()
            else {}
        )
        rows.append(about | who | make(maker, person))
    return rows


def _person(maker: Maker, name: str, family: str) -> dict[str, Any]:
    born = maker.one_of(None, date(2005, 11, 3), date(2008, 6, 15), date(2014, 2, 28), date(2023, 3, 31))
    return {
        "person_key": name,
        "person_id": name,
        "family_id": family,
        "dob": born,
        "expected_dob": None if born else maker.one_of(None, date(2024, 7, 1)),
        "is_child": maker.one_of(None, None, True, False),
        "sex": maker.one_of("F", "M", None),
        "disability": maker.one_of("MOB", "MOB;HEAR", "HEAR;HEAR", None),
        "lsoa": maker.one_of("E01999001", "E01999002", "E01999003", None),
        "ethnicity": maker.one_of("WBRI", "ABAN", "unmapped", None),
        "sen_status": maker.one_of("none", "support", "not_recorded", None),
    }


_PLACES: Rows = [
    {"lsoa": "E01999001", "ward_code": "E05999001", "la_code": AREA, "imd_decile": 1, "children_0_17": 400.0},
    {"lsoa": "E01999002", "ward_code": "E05999001", "la_code": AREA, "imd_decile": 4, "children_0_17": 600.0},
    {"lsoa": "E01999003", "ward_code": "E05999001", "la_code": AREA, "imd_decile": 9, "children_0_17": None},
    {"lsoa": "E01999008", "ward_code": "E05999008", "la_code": AREA, "imd_decile": 10, "children_0_17": 500.0},
    {"lsoa": "E01999009", "ward_code": "E05999009", "la_code": "E06000998", "imd_decile": 2, "children_0_17": 900.0},
]


def _told(year: int, band: str, sex: str, ethnicity: str | None, count: float, source: str = "ONS") -> dict[str, Any]:
    about = {"area_code": AREA, "year": year, "age_band": band, "sex": sex, "ethnicity": ethnicity}
    return about | {"count": count, "source": source}


_POPULATION: Rows = [
    _told(2022, "0-17", "all", None, 5000.0),
    _told(2024, "0-17", "all", None, 4000.0),
    _told(2024, "0-17", "all", None, 4100.0, "Other"),
    _told(2024, "0-17", "F", None, 1900.0),
    _told(2022, "0-17", "all", "WBRI", 3000.0),
    _told(2024, "0-17", "all", "WBRI", 2500.0),
    _told(2023, "0-17", "all", "ABAN", 700.0),
    _told(2023, "under 1", "all", None, 200.0),
    _told(2023, "1-4", "all", None, 800.0),
]
_WORKED_OUT: dict[str, Rows] = {
    "expected_need": [
        {"lsoa": "E01999001", "expected": 30.0},
        {"lsoa": "E01999002", "expected": 10.0},
        {"lsoa": "E01999008", "expected": 25.0},
        {"lsoa": "E01999077", "expected": 5.0},
    ]
}
"""What a later stage hands in."""
_FEED: Rows = [
    {
        "feed_id": "feed",
        "source_system": "mosaic",
        "extract_date": date(2025, 3, 1),
        "coverage_start": date(2023, 3, 31),
    }
]
