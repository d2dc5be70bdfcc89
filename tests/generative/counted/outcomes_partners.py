"""Outcomes that partners tell of: police, benefits and housing, work, and youth justice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from generative.counted.outcomes import begins_in, needs_of
from generative.things import Row, Spell, Thing, first_row, help_of, help_of_children, last_row
from generative.worlds import World


def _helped_with(world: World, code: str) -> Iterator[tuple[str, Spell]]:
    """Stretches of help of families in which a need was found."""
    for family, spell in help_of(world, "family_id"):
        own = [row for row in world.rows("eh_episode") if row["family_id"] == family and begins_in(row, spell)]
        found = [need["need_code"] for need, _ in needs_of(world, family, spell)]
        if code in [row["need_code"] for row in own] + found:
            yield family, spell


def _events(world: World, *kinds: str, agency: str = "") -> list[Row]:
    told = world.rows("partner_event")
    return [row for row in told if row["type"] in kinds and agency in ("", row["agency"])]


def _told_until(events: list[Row]) -> date | None:
    """No feed of a made-up council says to which day it reaches: so it is the day of the last event."""
    return max((row["event_date"] for row in events), default=None)


def _repeated(days: int) -> Callable[[World], Iterator[Thing]]:
    def families(world: World) -> Iterator[Thing]:
        incidents = _events(world, "domestic_abuse", agency="police")
        until = _told_until(incidents)
        for family, spell in _helped_with(world, "SF8"):
            if spell.end is None or until is None or (until - spell.end).days < days:
                continue
            after = [(row["event_date"] - spell.end).days for row in incidents if row["family_id"] == family]
            yield Thing(family, last_row(spell), spell.end, counted=any(1 <= day <= days for day in after))

    return families


def _better_off(world: World) -> Iterator[Thing]:
    told = _events(world, "benefit_gain", "arrears_plan", "debt_advice")
    for family, spell in _helped_with(world, "SF10"):
        if spell.end is None:
            continue
        own = [row for row in told if row["family_id"] == family and spell.start <= row["event_date"] <= spell.end]
        yield Thing(family, last_row(spell), spell.end, counted=any(map(_is_gain, own)) if told else None)


def _is_gain(row: Row) -> bool:
    if row["type"] == "arrears_plan":
        return row["outcome"] != "stopped"
    return row["type"] == "benefit_gain" or row["outcome"] == "completed"


def _settled(after: Callable[[Spell], date | None]) -> Callable[[World], Iterator[Thing]]:
    def families(world: World) -> Iterator[Thing]:
        moves = _events(world, "settled_accommodation", "homelessness")
        any_told = any(row["type"] == "settled_accommodation" for row in moves)
        for family, spell in _helped_with(world, "SF9"):
            day = after(spell)
            if day is None:
                continue
            then = day + timedelta(days=183)
            own = [row for row in moves if row["family_id"] == family and spell.start <= row["event_date"] <= then]
            lost = [row["event_date"] for row in own if row["type"] == "homelessness"]
            homes = [row for row in own if row["type"] == "settled_accommodation"]
            kept = any(
                (home["end_date"] is None or home["end_date"] > then)
                and not any(again > home["event_date"] for again in lost)
                for home in homes
            )
            yield Thing(family, first_row(spell), day, counted=kept if any_told else None)

    return families


def _into_work(world: World) -> Iterator[Thing]:
    starts = _events(world, "work_or_training_started")
    for family, spell in help_of(world, "family_id"):
        for row in _events(world, "out_of_work_benefit"):
            on_it = row["event_date"] <= spell.start and (row["end_date"] is None or row["end_date"] >= spell.start)
            months = months_old(world, row["person_id"], spell.start)
            if row["family_id"] == family and on_it and (months is None or months >= 18 * 12):
                own = [start for start in starts if start["person_id"] == row["person_id"]]
                found = any(1 <= (start["event_date"] - spell.start).days <= 365 for start in own)
                yield Thing(row["person_id"], row, spell.start, counted=found if starts else None)


def _entries(world: World) -> Iterator[Thing]:
    entries = _events(world, "caution", "conviction")
    until = _told_until(entries)
    for child, spell in help_of_children(world):
        months = months_old(world, child, spell.start)
        days = [(row["event_date"] - spell.start).days for row in entries if row["person_id"] == child]
        if months is None or not 10 * 12 <= months < 18 * 12 or any(day <= 0 for day in days):
            continue
        if until is not None and (until - spell.start).days >= 365:
            yield Thing(child, first_row(spell), spell.start, counted=any(day <= 365 for day in days))


def months_old(world: World, child: str, day: date) -> int | None:
    known = [row["dob"] or row["expected_dob"] for row in world.rows("person") if row["person_id"] == child]
    born = min((each for each in known if each), default=None)
    return None if born is None else (day.year - born.year) * 12 + day.month - born.month


COUNTED = {
    ("F7", "default"): _repeated(365),
    ("F7", "six_months"): _repeated(183),
    ("F8", "default"): _better_off,
    ("F9", "default"): _settled(lambda spell: spell.start),
    ("F9", "after_closure"): _settled(lambda spell: spell.end),
    ("F10", "default"): _into_work,
    ("F13", "default"): _entries,
}
FOLLOWED = {
    ("F7", "default"): 365,
    ("F7", "six_months"): 183,
    ("F9", "default"): 183,
    ("F9", "after_closure"): 183,
    ("F10", "default"): 365,
    ("F13", "default"): 365,
}
_TOLD = ("eh_episode", "eh_need", "partner_event")
GROUPS = {
    "abuse again": (["F7"], _TOLD),
    "money and home": (["F8", "F9"], _TOLD),
    "work and justice": (["F10", "F13"], ("eh_episode", "partner_event")),
}
