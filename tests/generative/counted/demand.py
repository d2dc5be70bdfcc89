"""Demand: requests, what was decided, how soon, and how many came again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from generative.things import (
    STANDARDS,
    Row,
    Thing,
    came_of_age,
    due_day,
    told_from,
)
from generative.worlds import World

UNDECIDED = (None, "pending", "not_recorded")
UNKNOWN = (None, "not_recorded", "unmapped")


def _requests(unit: str) -> Callable[[World], Iterator[Thing]]:
    def requests(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("contact")):
            yield Thing(row.get(unit, number), row, row["contact_date"])

    return requests


def _of_children(things: Callable[[World], Iterator[Thing]]) -> Callable[[World], Iterator[Thing]]:
    """Things of those who are children on their day."""

    def of_children(world: World) -> Iterator[Thing]:
        for thing in things(world):
            if thing.day and thing.day < came_of_age(world, thing.row["person_id"]):
                yield thing

    return of_children


def _decisions(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("contact")):
        if row["decision_code"] not in UNDECIDED:
            yield Thing(number, row, row["contact_date"])


def _share(told: Callable[[Row], bool], counted: Callable[[Row], bool]) -> Callable[[World], Iterator[Thing]]:
    """Requests of which something is told, by the day they came."""

    def requests(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("contact")):
            if told(row):
                yield Thing(number, row, row["contact_date"], counted=counted(row))

    return requests


def _repeats(who: str) -> Callable[[World], Iterator[Thing]]:
    def requests(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("contact")):
            if row["contact_date"] < told_from(world, "contact", "contact_date"):
                continue
            year = [row["contact_date"] - timedelta(days=n) for n in range(1, 366)]
            again = any(other[who] == row[who] and other["contact_date"] in year for other in world.rows("contact"))
            yield Thing(number, row, row["contact_date"], counted=again)

    return requests


def _decisions_due(working_days: int) -> Callable[[World], Iterator[Thing]]:
    def requests(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("contact")):
            came, decided, code = row["contact_date"], row["decision_date"], row["decision_code"]
            known = decided is not None and decided >= came
            if not known and code not in UNDECIDED:
                continue
            due = due_day(came, working_days)
            yield Thing(number, row, due, counted=known and decided <= due and code != "pending")

    return requests


def _feedback_due(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("contact")):
        decided, told = row["decision_date"], row["feedback_date"]
        if decided is None or decided < row["contact_date"] or row["decision_code"] == "pending":
            continue
        due = due_day(decided, STANDARDS["feedback_working_days"])
        yield Thing(number, row, due, counted=told is not None and decided <= told <= due)


COUNTED = {
    ("A1", "default"): _requests("no column"),
    ("A1", "rate"): _of_children(_requests("no column")),
    ("A1", "children"): _of_children(_requests("person_id")),
    ("A1", "families"): _requests("family_id"),
    ("A2", "default"): _share(
        lambda row: row["source_code"] not in (*UNKNOWN, "10"), lambda row: row["source_code"] in ("1A", "1C")
    ),
    ("A3", "default"): _decisions,
    ("A4", "default"): _share(
        lambda row: row["decision_code"] not in (*UNDECIDED, "unmapped"),
        lambda row: row["decision_code"] in ("returned", "nfa"),
    ),
    ("A5", "default"): _repeats("person_id"),
    ("A5", "family"): _repeats("family_id"),
    ("A6", "default"): _decisions_due(STANDARDS["decision_working_days"]),
    ("A6", "within_1"): _decisions_due(1),
    ("A6", "within_2"): _decisions_due(2),
    ("A6", "within_3"): _decisions_due(3),
    ("A7", "default"): _share(
        lambda row: (
            row["level_requested"] not in UNKNOWN
            and row["level_decided"] not in UNKNOWN
            and row["decision_code"] != "pending"
        ),
        lambda row: row["level_requested"] == row["level_decided"],
    ),
    ("A8", "default"): _share(lambda row: row["avoidable"] is not None, lambda row: row["avoidable"]),
    ("A9", "default"): _share(lambda row: row["domestic_abuse"] is not None, lambda row: row["domestic_abuse"]),
    ("A9", "rate"): _of_children(_share(lambda row: row["domestic_abuse"] is True, lambda row: True)),
    ("A10", "default"): _feedback_due,
}
GROUPS = {
    "requests": (["A1", "A2", "A3", "A8", "A9"], ("contact",)),
    "decisions": (["A4", "A6", "A7", "A10"], ("contact",)),
    "repeats": (["A5"], ("contact",)),
}
