"""Escalation: who goes on to statutory services, who comes back, whether help came before harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

from generative.things import (
    Row,
    Thing,
    came_of_age,
    closed,
    help_of,
    help_of_children,
    last_row,
    open_while_children,
    statutory_starts,
    told_from,
)
from generative.worlds import World

RC9_SINCE = date(2022, 4, 1)


def _step_ups(world: World) -> Iterator[Thing]:
    starts = list(statutory_starts(world))
    for (child, spell), kind in product(
        help_of_children(world), ("referral", "cin_episode", "cp_plan", "looked_after")
    ):
        if spell.end is None:
            continue
        counted: bool | None = any(
            who == child and what == kind and 0 <= (day - spell.end).days <= 365 for who, what, day, _ in starts
        )
        if not counted and not _told(world, kind):
            counted = None
        yield Thing(child, last_row(spell), spell.end, counted=counted, dims={"type": kind})


def _told(world: World, kind: str) -> bool:
    """Whether any record of that kind of service is held, of anybody; a plan of a child in need is one of need."""
    same = (kind, "cin_plan") if kind == "cin_episode" else (kind,)
    return any(row["type"] in same for row in world.rows("social_care_event"))


def _returns(days: int) -> Callable[[World], Iterator[Thing]]:
    def returns(world: World) -> Iterator[Thing]:
        spells = list(help_of(world, "family_id"))
        for family, spell in spells:
            if spell.end is not None:
                back = any(other == family and 1 <= (again.start - spell.end).days <= days for other, again in spells)
                yield Thing(family, last_row(spell), spell.end, counted=back)

    return returns


def _closed_cases(stepped_down: Callable[[Row, date], bool]) -> Callable[[World], Iterator[Thing]]:
    def cases(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("social_care_event")):
            end = row["end_date"]
            if row["type"] != "cin_episode" or row["nfa"] or end is None or end < RC9_SINCE:
                continue
            own = [episode for episode in world.rows("eh_episode") if episode["person_id"] == row["person_id"]]
            counted = row["outcome_code"] == "RC9" or any(stepped_down(episode, end) for episode in own)
            yield Thing(number, row, end, counted=counted)

    return cases


def _says_step_down(episode: Row, end: date) -> bool:
    return bool(episode["step_down"]) and -28 <= (episode["start_date"] - end).days <= 28


def _follows(episode: Row, end: date) -> bool:
    return 0 <= (episode["start_date"] - end).days <= 28


def _referrals(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("social_care_event")):
        if row["type"] == "referral" and row["start_date"] >= RC9_SINCE:
            yield Thing(number, row, row["start_date"], counted=row["source_code"] == "5D")


def _help_before(world: World) -> Iterator[Thing]:
    spells = list(help_of(world, "person_id"))
    for number, (child, kind, day, row) in enumerate(statutory_starts(world)):
        if kind == "referral" or day < told_from(world, "eh_episode", "end_date"):
            continue
        year_before = day - timedelta(days=365)
        helped = any(
            who == child and spell.start < day and (spell.end is None or spell.end >= year_before)
            for who, spell in spells
        )
        yield Thing(number, row, day, counted=helped, dims={"type": kind})


def _closures(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_episode")):
        if closed(row) and _reason_known(row):
            yield Thing(number, row, row["end_date"], counted=row["end_reason_code"] == "stepped_up")


def _closed_families(world: World) -> Iterator[Thing]:
    for family, spell in help_of(world, "family_id"):
        last = last_row(spell)
        if spell.end is not None and _reason_known(last):
            yield Thing(family, last, spell.end, counted=last["end_reason_code"] == "stepped_up")


def _reason_known(row: Row) -> bool:
    return row["end_reason_code"] not in (None, "not_recorded", "unmapped")


def _step_downs(days: int) -> Callable[[World], Iterator[Thing]]:
    def held(world: World) -> Iterator[Thing]:
        starts = list(statutory_starts(world))
        for number, row in enumerate(world.rows("eh_episode")):
            if row["step_down"]:
                back = [day for who, _, day, _ in starts if who == row["person_id"]]
                returned = any(1 <= (day - row["start_date"]).days <= days for day in back)
                yield Thing(number, row, row["start_date"], counted=not returned)

    return held


def _bouncing(world: World) -> Iterator[Thing]:
    sides: dict[str, dict[date, set[str]]] = {}
    for child, spell in help_of_children(world):
        sides.setdefault(child, {}).setdefault(spell.start, set()).add("early help")
        grown = came_of_age(world, child)
        end = grown if grown < (spell.end or date.max) else spell.end
        yield _with_latest_help(world, child, Thing(child, {}, spell.start, _days_after(end, 730), False))
    for row in open_while_children(world, "social_care_event"):
        if _in_need(row) and (row["end_date"] is None or row["end_date"] >= row["start_date"]):
            child = row["person_id"]
            until = _days_after(row["end_date"], 730)
            yield _with_latest_help(world, child, Thing(child, {}, row["start_date"], until, False))
    for child, kind, day, _ in statutory_starts(world):
        if kind != "referral" and day < came_of_age(world, child):
            sides.setdefault(child, {}).setdefault(day, set()).add("social care")
    for child, days in sides.items():
        told = [(day, *days[day]) for day in sorted(days) if len(days[day]) == 1]
        crossings = [after[0] for before, after in pairwise(told) if before[1] != after[1]]
        for first, _, third in zip(crossings, crossings[1:], crossings[2:], strict=False):
            if (third - first).days < 730:
                yield _with_latest_help(world, child, Thing(child, {}, third, _days_after(first, 730), True))


def _with_latest_help(world: World, child: str, thing: Thing) -> Thing:
    own = [row for row in world.rows("eh_episode") if row["person_id"] == child and row["start_date"] <= world.as_at]
    latest = max(enumerate(own), key=lambda each: (each[1]["start_date"], each[0]), default=(0, {}))[1]
    return replace(thing, row={**latest, "person_id": child})


def _days_after(day: date | None, days: int) -> date:
    return date.max if day is None else day + timedelta(days=days)


def _in_need(row: Row) -> bool:
    match row["type"]:
        case "cin_episode":
            return not row["nfa"] and row["outcome_code"] not in ("RC8", "RC9")
        case "looked_after":
            return row["legal_status"] not in ("V3", "V4")
    return row["type"] in ("cin_plan", "cp_plan")


def _missed(world: World, closed: Callable[[Row], bool]) -> Iterator[Thing]:
    spells = list(help_of(world, "person_id"))
    for number, row in enumerate(world.rows("social_care_event")):
        end = row["end_date"]
        if not closed(row) or end is None:
            continue
        again = [
            other["start_date"]
            for other in world.rows("social_care_event")
            if other["type"] == "referral"
            and other["person_id"] == row["person_id"]
            and 1 <= (other["start_date"] - end).days <= 365
        ]
        missed = bool(again) and not any(
            child == row["person_id"] and spell.start <= min(again) and (spell.end is None or spell.end >= end)
            for child, spell in spells
        )
        yield Thing(number, row, end, counted=missed)


def _closed_rc8(world: World) -> Iterator[Thing]:
    return _missed(world, lambda row: row["type"] == "cin_episode" and row["outcome_code"] == "RC8")


def _assessed_nfa(world: World) -> Iterator[Thing]:
    return _missed(world, lambda row: row["type"] == "assessment" and bool(row["nfa"]))


def _sides_of_prevention(world: World) -> Iterator[Thing]:
    above = [
        row for row in open_while_children(world, "eh_episode") if row["level"] in ("targeted", "family_help", None)
    ]
    below = [row for row in open_while_children(world, "social_care_event") if _in_need(row)]
    for side, rows in (("above", above), ("below", below)):
        for row in rows:
            if row["end_date"] is None or row["end_date"] >= row["start_date"]:
                shown = row if side == "below" else {"person_id": row["person_id"]}
                until = _days_after(row["end_date"], 365)
                yield Thing(row["person_id"], shown, row["start_date"], until, side=side, amount=Fraction(1))


COUNTED = {
    ("G1", "default"): _closures,
    ("G1", "families"): _closed_families,
    ("G2", "default"): _step_ups,
    ("G3", "default"): _returns(365),
    ("G3", "six_months"): _returns(183),
    ("G3", "calendar"): _returns(365),
    ("G4", "default"): _closed_cases(_says_step_down),
    ("G4", "early_help_followed"): _closed_cases(_follows),
    ("G4", "referrals_from_early_help"): _referrals,
    ("G5", "default"): _step_downs(365),
    ("G5", "six_months"): _step_downs(183),
    ("G6", "default"): _bouncing,
    ("G7", "default"): _closed_rc8,
    ("G7", "marked_on_assessment"): _assessed_nfa,
    ("G8", "default"): _sides_of_prevention,
    ("G9", "default"): _help_before,
}
FOLLOWED = {
    ("G2", "default"): 365,
    ("G3", "default"): 365,
    ("G3", "six_months"): 183,
    ("G5", "default"): 365,
    ("G5", "six_months"): 183,
    ("G7", "default"): 365,
    ("G7", "marked_on_assessment"): 365,
}
_BOTH = ("eh_episode", "social_care_event")
GROUPS = {
    "reasons to close": (["G1"], ("eh_episode",)),
    "step-ups": (["G2"], _BOTH),
    "returns": (["G3"], ("eh_episode",)),
    "step-downs": (["G4"], _BOTH),
    "step-downs held": (["G5"], _BOTH),
    "bouncing": (["G6"], _BOTH),
    "missed opportunities": (["G7"], _BOTH),
    "prevention": (["G8"], _BOTH),
    "help before harm": (["G9"], _BOTH),
}
