"""Voice: what families and children say of the help, and how many are heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from generative.named import episode_of, with_episode
from generative.things import ONE_DAY, Row, Spell, Thing, help_of, help_of_children, last_row
from generative.worlds import World


def _of_families(world: World) -> Iterator[Row]:
    for row in world.rows("feedback"):
        if row["respondent"] in ("parent", "child"):
            yield row


def _answers(world: World) -> Iterator[Thing]:
    for row in _of_families(world):
        if row["answered_date"] and row["better"] not in (None, "not_recorded"):
            counted = row["better"] in ("better", "much_better")
            yield Thing(object(), with_episode(world, row), row["answered_date"], counted=counted)


def _answered(world: World, row: Row) -> bool:
    return row["answered_date"] is not None and row["answered_date"] <= world.as_at


def _families_asked(world: World) -> Iterator[Thing]:
    for row in _of_families(world):
        if episode := episode_of(world, row):
            counted = _answered(world, row)
            yield Thing(episode["family_id"], with_episode(world, row), row["asked_date"], counted=counted)


def _is_about(world: World, row: Row, spell: Spell) -> bool:
    return any(episode_of(world, row) is each for each in spell.rows)


def _families_closed(world: World) -> Iterator[Thing]:
    for family, spell in help_of(world, "family_id"):
        if spell.end:
            told = any(_answered(world, row) and _is_about(world, row, spell) for row in _of_families(world))
            yield Thing(family, last_row(spell), spell.end, counted=told)


def _children_closed(world: World) -> Iterator[Thing]:
    born = {row["person_id"]: row["dob"] or row["expected_dob"] for row in world.rows("person")}
    for child, spell in help_of_children(world):
        day = born.get(child)
        if spell.end and day and 5 <= ((spell.end.year - day.year) * 12 + spell.end.month - day.month) // 12 <= 17:
            own = [row for row in world.rows("feedback") if row["respondent"] == "child" and _answered(world, row)]
            yield Thing(child, last_row(spell), spell.end, counted=any(_is_about(world, row, spell) for row in own))


def _complaints(world: World) -> Iterator[Thing]:
    told = world.rows("complaint")
    for row in told:
        split = {"source_system": row["source_system"]}
        yield Thing(object(), split, row["received_date"], amount=Fraction(1), side="above", dims={"kind": row["kind"]})
    for kind in {"complaint", "compliment", *(row["kind"] for row in told)}:
        for family, spell in help_of(world, "family_id"):
            for day in _first_and_each_month(spell.start, min(spell.end or date.max, world.as_at)):
                yield Thing(family, {}, day, amount=Fraction(1), side="below", dims={"kind": kind})


def _first_and_each_month(first: date, last: date) -> Iterator[date]:
    yield first
    day = first
    while day < last:
        day += ONE_DAY
        if day.day == 1:
            yield day


COUNTED = {
    ("I1", "default"): _answers,
    ("I2", "default"): _families_asked,
    ("I2", "closures"): _families_closed,
    ("I3", "default"): _children_closed,
    ("I4", "default"): _complaints,
}
GROUPS = {"voices": (["I1", "I2", "I3", "I4"], ("eh_episode", "feedback", "complaint"))}
