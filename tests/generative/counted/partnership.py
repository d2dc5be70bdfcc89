"""Partnership: who does early help besides the council."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from generative.lately import each_stretch
from generative.named import episode_of, with_episode
from generative.things import STANDARDS, Row, Thing
from generative.worlds import World


def _assessments(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        yield Thing(number, row, row["start_date"])


def _led(since: str) -> Callable[[World], Iterator[Thing]]:
    def plans(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("eh_episode")):
            if row[since] and row["org_type"] not in (None, "unmapped", "not_recorded"):
                outside = not row["org_type"].startswith("council")
                yield Thing(number, row, row[since], row["end_date"] or date.max, counted=outside)

    return plans


def _agencies(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_review"):
        invited, came = row["agencies_invited"], row["agencies_attended"]
        if row["type"] != "team_around_family" or not row["held_date"] or invited is None or came is None:
            continue
        for nth in range(invited if came <= invited else 0):
            yield Thing(object(), with_episode(world, row), row["held_date"], counted=nth < came)


def _step_downs(*named: str) -> Callable[[World], Iterator[Thing]]:
    """Cases closed to early help; `named`: what must have happened in the early help by then."""

    def ready(episode: Row, closed: date) -> bool:
        goes_on = episode["end_date"] is None or episode["end_date"] > closed
        return goes_on and all(episode[each] is not None and episode[each] <= closed for each in named)

    def cases(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("social_care_event")):
            closed = row["end_date"]
            if row["type"] != "cin_episode" or row["nfa"] or closed is None:
                continue
            own = [episode for episode in world.rows("eh_episode") if episode["person_id"] == row["person_id"]]
            recorded = any(each["step_down"] and abs((each["start_date"] - closed).days) <= 28 for each in own)
            if row["outcome_code"] == "RC9" or recorded:
                yield Thing(number, row, closed, counted=any(ready(each, closed) for each in own))

    return cases


def _met(within: int) -> Callable[[World], Iterator[Thing]]:
    def plans(world: World) -> Iterator[Thing]:
        named = [
            (episode_of(world, row), row["held_date"])
            for row in world.rows("eh_review")
            if row["type"] == "team_around_family" and row["held_date"]
        ]
        meetings = [(episode, day) for episode, day in named if episode]
        telling = {episode["source_system"] for episode, _ in meetings}
        for number, row in enumerate(world.rows("eh_episode")):
            if row["plan_start_date"] and row["source_system"] in telling:
                days = {day for episode, day in meetings if episode["family_id"] == row["family_id"]}
                yield from each_stretch(number, row, (row["plan_start_date"], row["end_date"]), days, within)

    return plans


def _school_events(world: World) -> list[tuple[str, date]]:
    asked = [(row["school_urn"], row["contact_date"]) for row in world.rows("contact")]
    assessed = [(row["school_urn"], row["start_date"]) for row in world.rows("eh_assessment")]
    return [(school, day) for school, day in asked + assessed if school]


def _register(world: World) -> dict[str, Row]:
    """Every school once, as it stands first."""
    found: dict[str, Row] = {}
    for row in world.rows("school"):
        found.setdefault(row["school_urn"], row)
    return found


def _schools(world: World) -> Iterator[Thing]:
    events = _school_events(world)
    if not events:
        return
    told_from = min(day for _, day in events) + timedelta(days=365)
    for urn, row in _register(world).items():
        days = {day for school, day in events if school == urn}
        for thing in each_stretch(urn, row, (told_from, None), days, 365, silent=True):
            yield replace(thing, dims={"ward_code": row["ward_code"] or "not_recorded"})


def _expected_schools(world: World) -> Iterator[Thing]:
    pupils = {
        urn: row["roll"] * row["fsm_share"]
        for urn, row in _register(world).items()
        if row["roll"] is not None and row["fsm_share"] is not None
    }
    events = _school_events(world)
    heard = sum(school in pupils and day <= world.as_at for school, day in events)
    for thing in _schools(world):
        if pupils.get(str(thing.unit)):
            since = (world.as_at - min(day for _, day in events)).days + 1
            if pupils[str(thing.unit)] / sum(pupils.values()) * heard * 365 / since >= 3:
                yield thing


COUNTED = {
    ("D1", "default"): _assessments,
    ("D2", "default"): _led("plan_start_date"),
    ("D2", "episodes"): _led("start_date"),
    ("D3", "default"): _schools,
    ("D3", "expected_3"): _expected_schools,
    ("D4", "default"): _met(STANDARDS["meeting_days"]),
    ("D4", "six_weeks"): _met(42),
    ("D5", "default"): _agencies,
    ("D6", "default"): _step_downs("allocated_date"),
    ("D6", "plan_and_lead"): _step_downs("allocated_date", "plan_start_date"),
}
GROUPS = {
    "assessments begun": (["D1"], ("eh_assessment",)),
    "leads": (["D2"], ("eh_episode",)),
    "schools": (["D3"], ("contact", "eh_assessment", "school")),
    "meetings": (["D4", "D5"], ("eh_episode", "eh_review")),
    "ready to step down": (["D6"], ("eh_episode", "social_care_event")),
}
