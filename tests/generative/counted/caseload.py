"""Caseload: who is open, who starts and leaves, how long help lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generative.things import Thing, first_row, help_of, last_row
from generative.worlds import World


def _open(unit: str) -> Callable[[World], Iterator[Thing]]:
    def episodes(world: World) -> Iterator[Thing]:
        for row in world.rows("eh_episode"):
            yield Thing(row[unit], row, row["start_date"], row["end_date"] or date.max)

    return episodes


def _flows(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_episode")):
        yield Thing(number, row, row["start_date"], dims={"flow": "started"})
        if row["end_date"]:
            yield Thing(number, row, row["end_date"], dims={"flow": "ended"})


def _lengths(who: str) -> Callable[[World], Iterator[Thing]]:
    def lengths(world: World) -> Iterator[Thing]:
        for _, spell in help_of(world, who):
            if spell.start > world.as_at:
                continue
            over = spell.end is not None and spell.end <= world.as_at
            until = spell.end if over else world.as_at
            yield Thing(object(), first_row(spell), spell.start, counted=over, days=(until - spell.start).days)

    return lengths


def _ended(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_episode"):
        if row["end_date"]:
            reason = row["end_reason_code"] or "not_recorded"
            yield Thing(object(), row, row["end_date"], dims={"end_reason_code": reason})


def _disengaged(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_episode"):
        if row["end_date"] and row["end_reason_code"] not in (None, "unmapped"):
            counted = row["end_reason_code"] in ("disengaged", "consent_withdrawn")
            yield Thing(object(), row, row["end_date"], counted=counted)


def _offers(world: World) -> Iterator[Thing]:
    for family, spell in help_of(world, "family_id"):
        over = spell.end is not None and spell.end <= world.as_at
        reason = last_row(spell)["end_reason_code"]
        if over and reason in (None, "unmapped"):
            continue
        assessed = any(
            row["family_id"] == family and row["completion_date"] and spell.start <= row["completion_date"] <= spell.end
            for row in world.rows("eh_assessment")
            if over
        )
        yield Thing(family, first_row(spell), spell.start, counted=over and reason == "declined" and not assessed)


COUNTED = {
    ("C1", "default"): _open("family_id"),
    ("C1", "children"): _open("person_id"),
    ("C1", "rate"): _open("person_id"),
    ("C2", "default"): _flows,
    ("C5", "default"): _lengths("family_id"),
    ("C5", "children"): _lengths("person_id"),
    ("C7", "default"): _ended,
    ("C8", "default"): _disengaged,
    ("C9", "default"): _offers,
}
GROUPS = {
    "caseload": (["C1", "C2", "C5"], ("eh_episode",)),
    "how help ends": (["C7", "C8", "C9"], ("eh_episode", "eh_assessment")),
}
