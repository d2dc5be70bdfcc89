"""Timeliness: whether help comes when it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from generative.lately import each_stretch
from generative.named import episode_of, with_episode
from generative.things import STANDARDS, Row, Thing, due_day, help_of, last_row, statutory_starts
from generative.worlds import World


def _assessments_due(working_days: int, *, recorded: bool = False) -> Callable[[World], Iterator[Thing]]:
    def assessments(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("eh_assessment")):
            due = (row["due_date"] if recorded else None) or due_day(row["start_date"], working_days)
            done = row["completion_date"]
            yield Thing(number, row, due, counted=done is not None and row["start_date"] <= done <= due)

    return assessments


def _plans_after_assessment(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        done, episode = row["completion_date"], episode_of(world, row)
        if done is None or done < row["start_date"] or row["outcome_code"] != "early_help_plan" or episode is None:
            continue
        plan, closed = episode["plan_start_date"], episode["end_date"]
        planned = plan is not None and plan <= world.as_at
        until = plan if planned else closed if closed and closed <= world.as_at else world.as_at
        yield Thing(number, row, done, counted=planned, days=max((until - done).days, 0))


BEGUN, GIVEN_UP = ("started", "completed", "dropped_out"), ("never_started", "declined")


def _possible(row: Row) -> bool:
    offered = row["offered_date"]
    return offered is not None and (row["end_date"] is None or row["end_date"] >= offered)


def _hand_offs(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("service_delivered")):
        start, end, status = row["start_date"], row["end_date"], row["status"]
        day_unknown = start is None and (status in BEGUN or (status in GIVEN_UP and end is None))
        if not _possible(row) or day_unknown:
            continue
        began = start is not None and start <= world.as_at
        until = start if began else end if end and end <= world.as_at else world.as_at
        yield Thing(number, row, row["offered_date"], counted=began, days=max((until - row["offered_date"]).days, 0))


def _never_started(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("service_delivered")):
        start, end, status = row["start_date"], row["end_date"], row["status"]
        began = status in BEGUN or (start is not None and start <= world.as_at)
        given_up = start is None and (status in GIVEN_UP or (end is not None and end <= world.as_at))
        if _possible(row) and (began or given_up):
            yield Thing(number, row, row["offered_date"], counted=not began)


@dataclass(frozen=True)
class Wait:
    """The children of one family who were accepted on one day, the first by name first."""

    rows: list[Row]
    accepted: date
    served: date | None
    left: date | None

    @property
    def unserved(self) -> bool:
        """Whether it ended without anybody having been allocated."""
        return self.left is not None and self.left != self.served


def _helped(row: Row) -> date | None:
    day = row["allocated_date"] or row["first_contact_date"]
    return day and max(day, row["start_date"])


def _waits(world: World) -> Iterator[Wait]:
    """Every wait that the records can tell of."""
    episodes = world.rows("eh_episode")
    telling = {row["source_system"] for row in episodes if row["allocated_date"]}
    told = [
        row
        for row in episodes
        if row["source_system"] in telling and (row["end_date"] is None or row["end_date"] >= row["start_date"])
    ]
    for family, accepted in sorted({(row["family_id"], row["start_date"]) for row in told}):
        rows = [row for row in told if (row["family_id"], row["start_date"]) == (family, accepted)]
        served = min((_helped(row) for row in rows if _helped(row)), default=None)
        closed = None if any(row["end_date"] is None for row in rows) else max(row["end_date"] for row in rows)
        if served is None and any(_met_goals(row, world.as_at) for row in rows):
            continue
        left = min((day for day in (served, closed) if day), default=None)
        yield Wait(sorted(rows, key=lambda row: (row["episode_id"], row["source_system"])), accepted, served, left)


def _met_goals(row: Row, as_at: date) -> bool:
    return (
        row["end_reason_code"] in ("outcomes_met", "partly_met") and bool(row["end_date"]) and row["end_date"] <= as_at
    )


def _waiting(world: World) -> Iterator[Thing]:
    for wait in _waits(world):
        for row in wait.rows:
            yield Thing(row["family_id"], row, wait.accepted, wait.left or date.max)


def _wait_lengths(world: World) -> Iterator[Thing]:
    for wait in _waits(world):
        if wait.accepted > world.as_at:
            continue
        over = wait.left is not None and wait.left <= world.as_at
        days = ((wait.left if over else world.as_at) - wait.accepted).days
        yield Thing(object(), wait.rows[0], wait.accepted, counted=over and not wait.unserved, days=days)


def _long(more_than: int) -> Callable[[World], Iterator[Thing]]:
    def each_day(world: World) -> Iterator[Thing]:
        """Every wait twice: while it is not long yet, and from the first day on which it is."""
        for wait in _waits(world):
            left = wait.left or date.max
            long_on = date.fromordinal(wait.accepted.toordinal() + more_than + 1)
            for row in wait.rows:
                yield Thing(row["family_id"], row, wait.accepted, min(left, long_on), counted=False)
                yield Thing(row["family_id"], row, long_on, left, counted=True)

    return each_day


def _left(world: World) -> Iterator[tuple[Wait, bool]]:
    """The waits that ended, and whether they did so by stepping up."""
    starts = [(child, day) for child, _, day, _ in statutory_starts(world)]
    for wait in _waits(world):
        if wait.left is None:
            continue
        children = {row["person_id"] for row in wait.rows}
        begun = any(child in children and wait.accepted < day <= wait.left for child, day in starts)
        stepped_up = begun or any(row["end_reason_code"] == "stepped_up" for row in wait.rows)
        yield wait, wait.unserved and stepped_up


def _leavers(world: World) -> Iterator[Thing]:
    for wait, escalated in _left(world):
        yield Thing(object(), wait.rows[0], wait.left, counted=escalated)


def _unserved_leavers(world: World) -> Iterator[Thing]:
    for wait, escalated in _left(world):
        if wait.unserved:
            yield Thing(object(), wait.rows[0], wait.left, counted=escalated)


def _first_contacts(world: World) -> Iterator[Thing]:
    episodes = world.rows("eh_episode")
    telling = {row["source_system"] for row in episodes if row["first_contact_date"]}
    told = sorted(
        (row for row in episodes if row["source_system"] in telling),
        key=lambda row: (row["episode_id"], row["source_system"]),
    )
    for family, accepted in sorted({(row["family_id"], row["start_date"]) for row in told}):
        rows = [row for row in told if (row["family_id"], row["start_date"]) == (family, accepted)]
        due = due_day(accepted, STANDARDS["first_contact_working_days"])
        contacts = [row["first_contact_date"] for row in rows if row["first_contact_date"]]
        yield Thing(object(), rows[0], due, counted=any(day <= due for day in contacts))


def _days_later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _help_began(episode: Row) -> date | None:
    return episode["plan_start_date"] or episode["first_contact_date"] or episode["allocated_date"]


def _held_reviews(world: World, episode: Row) -> list[date]:
    own = [row for row in world.rows("eh_review") if episode_of(world, row) is episode]
    return sorted({row["held_date"] for row in own if row["type"] == "review" and row["held_date"]})


def _reviews_due(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_review"):
        episode, due, held = episode_of(world, row), row["due_date"], row["held_date"]
        if row["type"] != "review":
            continue
        if due is None and held and episode:
            since = [day for day in _held_reviews(world, episode) if day < held]
            began = since[-1] if since else _help_began(episode)
            due = _days_later(began, STANDARDS["review_days"]) if began else None
        if due is None:
            continue
        on_time = held is not None and held <= due
        closed = episode is not None and episode["end_date"] is not None and episode["end_date"] <= due
        if on_time or not closed:
            yield Thing(object(), with_episode(world, row), due, counted=on_time)


def _every_review(days: int) -> Callable[[World], Iterator[Thing]]:
    def reviews(world: World) -> Iterator[Thing]:
        episodes = world.rows("eh_episode")
        telling = {row["source_system"] for row in episodes if _held_reviews(world, row)}
        for row in episodes:
            began = _help_began(row)
            if row["source_system"] not in telling or began is None:
                continue
            family = [each for each in episodes if each["family_id"] == row["family_id"]]
            held = sorted({day for each in family for day in _held_reviews(world, each)})
            points = [began, *(day for day in held if day > began)]
            for point, following in zip(points, [*points[1:], date.max], strict=True):
                due = _days_later(point, days)
                if following <= due or row["end_date"] is None or row["end_date"] > due:
                    yield Thing(object(), row, due, counted=following <= due)

    return reviews


def _contacts(world: World) -> Iterator[Thing]:
    """Every open family from each day on which something may change to the next, with the contacts up to that day."""
    reviews = [
        (episode_of(world, row), row["held_date"])
        for row in world.rows("eh_review")
        if row["type"] in ("visit", "review", "team_around_family") and row["held_date"]
    ]
    met = [(episode, day) for episode, day in reviews if episode]
    telling = {episode["source_system"] for episode, _ in met}
    for family, spell in help_of(world, "family_id"):
        last = last_row(spell)
        if last["source_system"] not in telling:
            continue
        days = {day for episode, day in met if episode["family_id"] == family}
        for row in world.rows("eh_episode"):
            first = row["first_contact_date"]
            if row["family_id"] == family and first and first >= row["start_date"]:
                days.add(first)
        yield from each_stretch(family, last, (spell.start, spell.end), days, STANDARDS["contact_days"])


COUNTED = {
    ("B1", "default"): _waiting,
    ("B2", "default"): _wait_lengths,
    ("B2", "ninth_decile"): _wait_lengths,
    ("B3", "default"): _long(28),
    ("B3", "over_8_weeks"): _long(56),
    ("B4", "default"): _leavers,
    ("B4", "unserved"): _unserved_leavers,
    ("B5", "default"): _first_contacts,
    ("B6", "default"): _assessments_due(STANDARDS["assessment_working_days"], recorded=True),
    ("B6", "within_20"): _assessments_due(20),
    ("B6", "within_30"): _assessments_due(30),
    ("B6", "within_45"): _assessments_due(45),
    ("B7", "default"): _plans_after_assessment,
    ("B8", "default"): _reviews_due,
    ("B8", "six_weeks"): _every_review(42),
    ("B8", "three_months"): _every_review(91),
    ("B9", "default"): _contacts,
    ("B10", "default"): _hand_offs,
    ("B10", "ninth_decile"): _hand_offs,
    ("B10", "never_started"): _never_started,
}
GROUPS = {
    "waiting list": (["B1", "B3"], ("eh_episode",)),
    "lengths of waits": (["B2"], ("eh_episode",)),
    "ends of waits": (["B4"], ("eh_episode", "social_care_event")),
    "first contacts": (["B5"], ("eh_episode",)),
    "assessments due": (["B6"], ("eh_assessment",)),
    "plans after assessment": (["B7"], ("eh_episode", "eh_assessment")),
    "reviews due": (["B8"], ("eh_episode", "eh_review")),
    "contacts": (["B9"], ("eh_episode", "eh_review")),
    "hand-offs": (["B10"], ("service_delivered",)),
}
