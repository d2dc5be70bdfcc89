"""Partnership: who does early help besides the council."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generative.named import with_episode
from generative.things import Row, Thing
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


COUNTED = {
    ("D1", "default"): _assessments,
    ("D2", "default"): _led("plan_start_date"),
    ("D2", "episodes"): _led("start_date"),
    ("D5", "default"): _agencies,
    ("D6", "default"): _step_downs("allocated_date"),
    ("D6", "plan_and_lead"): _step_downs("allocated_date", "plan_start_date"),
}
GROUPS = {
    "assessments begun": (["D1"], ("eh_assessment",)),
    "leads": (["D2"], ("eh_episode",)),
    "meetings": (["D5"], ("eh_episode", "eh_review")),
    "ready to step down": (["D6"], ("eh_episode", "social_care_event")),
}
