"""Things that measures count, and the spells that episodes make, in plain Python: slow and obvious."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from earlyhelp.standard.calendar import is_working_day
from generative.worlds import World

ONE_DAY = timedelta(days=1)
STANDARDS = {
    "assessment_working_days": 20,
    "decision_working_days": 2,
    "feedback_working_days": 3,
    "first_contact_working_days": 5,
    "review_days": 42,
    "contact_days": 28,
    "meeting_days": 56,
    "supervision_days": 28,
    "families_per_worker": 1,
    "further_need_weight": 25,
    "statutory_history_weight": 50,
}
"""What the made-up councils set themselves."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """Something a measure may count: who or what, when, whether in the numerator, and the row it is split by."""

    unit: object
    row: Row
    day: date | None = None
    open_until: date | None = None
    counted: bool | None = True
    days: int = 0
    amount: Fraction | None = None
    side: str = ""
    dims: Mapping[str, str] | None = None


# Spells ----------------------------------------------------------------------------------------------


@dataclass
class Spell:
    """A stretch of days with the rows it is made of; no end means open."""

    start: date
    end: date | None
    rows: list[Row]


def merge(rows: list[Row]) -> list[Spell]:
    """Join any two stretches that have a day in common, until no two have."""
    spells = [Spell(row["start_date"], row["end_date"], [row]) for row in rows if _sound(row)]
    while pair := next(((a, b) for a, b in product(spells, spells) if a is not b and _meet(a, b)), None):
        one, other = pair
        end = None if one.end is None or other.end is None else max(one.end, other.end)
        spells = [each for each in spells if each is not one and each is not other]
        spells.append(Spell(min(one.start, other.start), end, one.rows + other.rows))
    return sorted(spells, key=lambda spell: spell.start)


def closed(row: Row) -> bool:
    """Whether an episode has closed, on or after the day it started."""
    return row["end_date"] is not None and _sound(row)


def _sound(row: Row) -> bool:
    return row["end_date"] is None or row["end_date"] >= row["start_date"]


def _meet(one: Spell, other: Spell) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _name(row: Row) -> str:
    return f"{row.get('episode_id') or row.get('event_id')}|{row['source_system']}"


def first_row(spell: Spell) -> Row:
    """The row that starts first; of several the first by name."""
    return min(spell.rows, key=lambda row: (row["start_date"], _name(row)))


def last_row(spell: Spell) -> Row:
    """The row that ends last; of several the one whose reason says most, and then the last by name."""
    return max(spell.rows, key=lambda row: (row["end_date"] or date.max, _says(row), _name(row)))


def _says(row: Row) -> int:
    told = ("declined", "other", "moved", "consent_withdrawn", "disengaged", "universal", "partly_met", "outcomes_met")
    reason = row.get("end_reason_code")
    return (*told, "stepped_up").index(reason) if reason in (*told, "stepped_up") else -1


def help_of(world: World, who: str) -> Iterator[tuple[str, Spell]]:
    """Early help of each child or of each family."""
    episodes = world.rows("eh_episode")
    for unit in sorted({row[who] for row in episodes}):
        for spell in merge([row for row in episodes if row[who] == unit]):
            yield unit, spell


def came_of_age(world: World, person: str) -> date:
    """The first day on which somebody is no child any more; the end of time for whoever stays one."""
    row = next((each for each in world.rows("person") if each["person_id"] == person), {})
    born = row.get("dob") or row.get("expected_dob")
    if row.get("is_child") is False:
        return date.min
    return date.max if row.get("is_child") or born is None else date(born.year + 18, born.month, 1)


def help_of_children(world: World) -> Iterator[tuple[str, Spell]]:
    """Early help that began while whoever has it was a child."""
    for child, spell in help_of(world, "person_id"):
        if spell.start < came_of_age(world, child):
            yield child, spell


def open_while_children(world: World, table: str) -> list[Row]:
    """The records of children; whoever comes of age while one is open has it end that day."""
    found: list[Row] = []
    for row in world.rows(table):
        grown = came_of_age(world, row["person_id"])
        if row["start_date"] < grown:
            end = grown if grown < (row["end_date"] or date.max) else row["end_date"]
            found.append({**row, "end_date": end})
    return found


def statutory_starts(world: World) -> Iterator[tuple[str, str, date, Row]]:
    """Child, kind, day and row of each time a child came to a statutory service."""
    events = world.rows("social_care_event")
    for child in sorted({row["person_id"] for row in events}):
        own = [row for row in events if row["person_id"] == child]
        for day in sorted({row["start_date"] for row in own if row["type"] == "referral" and not row["nfa"]}):
            same_day = [r for r in own if r["type"] == "referral" and not r["nfa"] and r["start_date"] == day]
            yield child, "referral", day, min(same_day, key=_name)
        for kind in ("cin_episode", "cp_plan", "looked_after"):
            for spell in merge([row for row in own if _in_service(row) == kind]):
                if first_row(spell)["start_reason"] != "P":
                    yield child, kind, spell.start, first_row(spell)


def _in_service(row: Row) -> str | None:
    if row["type"] == "cin_plan":
        return "cin_episode"
    if row["type"] == "cin_episode":
        return None if row["nfa"] or row["outcome_code"] in ("RC8", "RC9") else "cin_episode"
    if row["type"] == "looked_after":
        return None if row["legal_status"] == "V4" else "looked_after"
    return "cp_plan" if row["type"] == "cp_plan" else None


def told_from(world: World, table: str, first: str) -> date:
    """The first day of which the 365 days before are covered: by what a feed says, and by the first day that is shown."""
    rows = world.rows(table)
    days = [min((row[first] for row in rows if row[first]), default=None)]
    days += [feed["coverage_start"] for feed in world.rows("feed") if rows]
    known = [day for day in days if day]
    return max(known) + timedelta(days=365) if known else date.max


def due_day(start: date, working_days: int) -> date:
    """Count working days, one after the other, beginning with the day after the start."""
    day = start
    while working_days:
        day += ONE_DAY
        working_days -= is_working_day(day)
    return day
