"""Outcomes at closure: goals met, needs resolved, and families of whom every need was met and lasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from generative.things import Row, Spell, Thing, help_of, last_row
from generative.worlds import World

NOT_MET = ("partly", "not_achieved", "not_due")


def _by_reason(*met: str) -> Callable[[World], Iterator[Thing]]:
    def closures(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("eh_episode")):
            end, reason = row["end_date"], row["end_reason_code"]
            if end is None or row["plan_start_date"] is None or row["plan_start_date"] > end:
                continue
            known = reason not in (None, "not_recorded", "unmapped")
            yield Thing(number, row, end, counted=reason in met if known else None)

    return closures


def _by_action(enough: Callable[[int, int], bool]) -> Callable[[World], Iterator[Thing]]:
    def closures(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("eh_episode")):
            if row["end_date"] is None:
                continue
            plan = [each for each in world.rows("eh_plan_action") if episode_of(world, each) is row]
            plan = [each for each in plan if each["created_date"] <= row["end_date"]]
            done = [each for each in plan if each["done_date"] and each["done_date"] <= row["end_date"]]
            if plan:
                yield Thing(number, row, row["end_date"], counted=enough(len(done), len(plan)))

    return closures


def episode_of(world: World, record: Row) -> Row | None:
    """The episode that a record names, in its own source system."""
    named = (record["episode_id"], record["source_system"])
    return next((row for row in world.rows("eh_episode") if (row["episode_id"], row["source_system"]) == named), None)


def needs_of(world: World, family: str, spell: Spell) -> list[tuple[Row, Row | None]]:
    """The needs found in a stretch of a family's help, each with what became of it."""
    outcomes = {(row["need_id"], row["source_system"]): row for row in world.rows("eh_outcome")}
    found = []
    for need in world.rows("eh_need"):
        episode = episode_of(world, need)
        if episode and episode["family_id"] == family and begins_in(episode, spell):
            found.append((need, outcomes.get((need["need_id"], need["source_system"]))))
    return found


def begins_in(episode: Row, spell: Spell) -> bool:
    """Whether an episode began during a stretch of help."""
    return spell.start <= episode["start_date"] and (spell.end is None or episode["start_date"] <= spell.end)


def _closed(world: World) -> Iterator[tuple[str, Spell, date]]:
    for family, spell in help_of(world, "family_id"):
        if spell.end is not None:
            yield family, spell, spell.end


def _met(outcome: Row | None, closed: date) -> bool | None:
    """Whether a need was met when the family closed; None where nobody tells."""
    if outcome and outcome["status"] == "achieved":
        return outcome["achieved_date"] is None or outcome["achieved_date"] <= closed
    return False if outcome and outcome["status"] in NOT_MET else None


def _all(told: list[bool | None]) -> bool | None:
    """One that is not so decides; otherwise one that nobody tells of."""
    return False if False in told else None if None in told else True


def _resolved(world: World) -> Iterator[Thing]:
    for family, spell, closed in _closed(world):
        found = needs_of(world, family, spell)
        for need, _ in found:
            told = [_met(outcome, closed) for other, outcome in found if other["need_code"] == need["need_code"]]
            yield Thing(family, need, closed, counted=_all(told))


def _successful(
    days: int = 0, enough: Callable[[list[Row]], bool] = lambda needs: len(needs) >= 3, *, validated: bool = False
) -> Callable[[World], Iterator[Thing]]:
    def families(world: World) -> Iterator[Thing]:
        for family, spell, closed in _closed(world):
            found = needs_of(world, family, spell)
            if enough([need for need, _ in found]):
                told = [_lasted(outcome, closed, closed + timedelta(days=days), validated) for _, outcome in found]
                yield Thing(family, last_row(spell), closed, counted=_all(told))

    return families


def _lasted(outcome: Row | None, closed: date, until: date, validated: bool) -> bool | None:
    met = _met(outcome, closed)
    if not met or outcome is None:
        return met
    if outcome["sustained_to"] is None:
        return None
    lasted = outcome["sustained_to"] >= until
    return outcome["validated_measure"] if lasted and validated else lasted


def _three_outcomes(needs: list[Row]) -> bool:
    return len({need["need_code"] for need in needs}) >= 3


COUNTED = {
    ("F1", "default"): _by_reason("outcomes_met"),
    ("F1", "met_or_partly"): _by_reason("outcomes_met", "partly_met"),
    ("F1", "all_actions"): _by_action(lambda done, actions: done == actions),
    ("F1", "most_actions"): _by_action(lambda done, actions: done > actions - done),
    ("F3", "default"): _resolved,
    ("F4", "default"): _successful(),
    ("F4", "headline_outcomes"): _successful(enough=_three_outcomes),
    ("F4", "six_months"): _successful(183),
    ("F4", "validated"): _successful(validated=True),
}
FOLLOWED = {("F4", "six_months"): 183}
GROUPS = {
    "goals met": (["F1"], ("eh_episode", "eh_plan_action")),
    "needs resolved": (["F3", "F4"], ("eh_episode", "eh_need", "eh_outcome")),
}
