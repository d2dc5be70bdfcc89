"""Caseload: who is open, who starts and leaves, how long help lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

from generative.named import episode_of, open_families
from generative.things import (
    ONE_DAY,
    STANDARDS,
    Row,
    Spell,
    Thing,
    closed,
    first_row,
    help_of,
    help_of_children,
    last_row,
    open_while_children,
    statutory_starts,
)
from generative.worlds import World


def _open(unit: str) -> Callable[[World], Iterator[Thing]]:
    def episodes(world: World) -> Iterator[Thing]:
        for row in world.rows("eh_episode"):
            yield Thing(row[unit], row, row["start_date"], row["end_date"] or date.max)

    return episodes


def _open_children(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        yield Thing(row["person_id"], row, row["start_date"], row["end_date"] or date.max)


def _flows(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_episode")):
        if closed(row) or not row["end_date"]:
            yield Thing(number, row, row["start_date"], dims={"flow": "started"})
        if closed(row):
            yield Thing(number, row, row["end_date"], dims={"flow": "ended"})


def _lengths(helped: Callable[[World], Iterator[tuple[str, Spell]]]) -> Callable[[World], Iterator[Thing]]:
    def lengths(world: World) -> Iterator[Thing]:
        for _, spell in helped(world):
            if spell.start > world.as_at:
                continue
            over = spell.end is not None and spell.end <= world.as_at
            until = spell.end if over else world.as_at
            yield Thing(object(), first_row(spell), spell.start, counted=over, days=(until - spell.start).days)

    return lengths


def _ended(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_episode"):
        if closed(row):
            reason = row["end_reason_code"] or "not_recorded"
            yield Thing(object(), row, row["end_date"], dims={"end_reason_code": reason})


def _disengaged(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_episode"):
        if closed(row) and row["end_reason_code"] not in (None, "unmapped"):
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


def _open_longer_than(days: int) -> Callable[[World], Iterator[Thing]]:
    def families(world: World) -> Iterator[Thing]:
        for family, spell in help_of(world, "family_id"):
            long = spell.start + timedelta(days=days)
            for row in spell.rows:
                end = row["end_date"] or date.max
                yield Thing(family, row, row["start_date"], min(end, long + ONE_DAY), counted=False)
                yield Thing(family, row, max(row["start_date"], long + ONE_DAY), end, counted=True)

    return families


def _never_named(world: World) -> Iterator[Thing]:
    named = [
        (row, max(row["allocated_date"], row["start_date"]), row["end_date"] or date.max)
        for row in world.rows("eh_episode")
        if row["allocated_date"]
    ]
    yield from open_families(world, named, lambda n: n == 0)


def _holds(world: World) -> Iterator[tuple[Row, date, date, str]]:
    """Episode, first day, the day after the last, and worker, while the episode is open."""
    for row in world.rows("allocation"):
        if episode := episode_of(world, row):
            last = row["to_date"] + ONE_DAY if row["to_date"] else date.max
            until = min(last, episode["end_date"] or date.max)
            yield episode, max(row["from_date"], episode["start_date"]), until, row["worker_id"]


def _not_held(world: World) -> Iterator[Thing]:
    yield from open_families(world, [hold[:3] for hold in _holds(world)], lambda n: n == 0)


def _changes(world: World) -> Iterator[Thing]:
    for family, spell in help_of(world, "family_id"):
        begun: set[date] = set()
        changed: set[date] = set()
        for episode in spell.rows:
            own = [
                (row["from_date"], row["worker_id"])
                for row in world.rows("allocation")
                if episode_of(world, row) is episode and row["from_date"] <= (episode["end_date"] or date.max)
            ]
            begun |= {day for day, _ in own}
            for (_, before), (day, worker) in pairwise(sorted(own)):
                if worker != before and day > min(own)[0]:
                    changed.add(day)
        days = sorted(begun)
        for day, next_day in pairwise([*days, date.max]):
            since = max(day, spell.start + timedelta(days=91))
            amount = Fraction(sum(each <= day for each in changed))
            yield Thing(family, first_row(spell), since, min(next_day, spell.end or date.max), amount=amount)


Post = tuple[int, Row, Row, date, date]
"""Number and row of a worker on the staff list, an episode held, the first day and the day after the last."""


def _posts(world: World) -> Iterator[Post]:
    holds = [(row, episode_of(world, row)) for row in world.rows("allocation")]
    for (hold, episode), (number, post) in product(holds, enumerate(world.rows("worker"))):
        listed = post["worker_id"] == hold["worker_id"] and post["source_system"] in (hold["source_system"], "standard")
        if episode and listed and post["fte"]:
            lasts = [each + ONE_DAY for each in (hold["to_date"], post["valid_to"]) if each]
            first = max(hold["from_date"], episode["start_date"], post["valid_from"] or date.min)
            yield number, post, episode, first, min([*lasts, episode["end_date"] or date.max])


def _hours(posts: list[Post]) -> Iterator[Thing]:
    for number, post, _, first, until in posts:
        yield Thing(number, post, first, until, amount=Fraction(post["fte"]), side="below")


def _per_worker(world: World) -> Iterator[Thing]:
    posts = list(_posts(world))
    yield from _hours(posts)
    for _, post, episode, first, until in posts:
        yield Thing(episode["family_id"], post, first, until, amount=Fraction(1), side="above")


def _loads(world: World) -> Iterator[Thing]:
    """Every worker from each day on which something changes to the next, with the families held."""
    posts = [each for each in _posts(world) if each[3] < each[4]]
    for number, post in {(each[0]): each[1] for each in posts}.items():
        own = [each for each in posts if each[0] == number]
        days = sorted({day for each in own for day in each[3:]})
        for day, next_day in pairwise(days):
            families = len({episode["family_id"] for _, _, episode, first, until in own if first <= day < until})
            if families:
                each = families / post["fte"]
                band = "to_10" if each <= 10 else "to_20" if each <= 20 else "to_30" if each <= 30 else "over_30"
                high = each > STANDARDS["families_per_worker"]
                yield Thing(number, post, day, next_day, counted=high, dims={"band": band})


def _weighted(world: World) -> Iterator[Thing]:
    posts = list(_posts(world))
    yield from _hours(posts)
    spells = list(help_of(world, "family_id"))
    rises = {row["identified_date"] for row in world.rows("eh_need")} | {
        day for _, _, day, _ in statutory_starts(world)
    }
    for _, post, episode, first, until in posts:
        days = sorted({first, *(day for day in rises if day and first < day < until)})
        for day, next_day in zip(days, [*days[1:], until], strict=True):
            for family, spell in spells:
                if family == episode["family_id"] and spell.start <= day < (spell.end or date.max) and day < next_day:
                    amount = _weight(world, family, spell, day)
                    yield Thing(family, post, day, next_day, amount=amount, side="above")


def _weight(world: World, family: str, spell: Spell, day: date) -> Fraction:
    kinds = set()
    for need in world.rows("eh_need"):
        episode = episode_of(world, need)
        if (
            episode
            and episode["family_id"] == family
            and spell.start <= episode["start_date"] <= (spell.end or date.max)
        ):
            known = need["identified_date"] and need["identified_date"] <= day
            kinds |= {need["need_code"]} if known and need["need_code"] not in ("not_recorded", "unmapped") else set()
    people = {row["person_id"] for row in world.rows("eh_episode") if row["family_id"] == family}
    history = any(child in people and begun <= day for child, _, begun, _ in statutory_starts(world))
    hundredths = STANDARDS["further_need_weight"] * max(len(kinds) - 1, 0)
    return 1 + Fraction(hundredths + STANDARDS["statutory_history_weight"] * history, 100)


COUNTED = {
    ("C1", "default"): _open("family_id"),
    ("C1", "children"): _open_children,
    ("C1", "rate"): _open_children,
    ("C2", "default"): _flows,
    ("C3", "default"): _per_worker,
    ("C3", "bands"): _loads,
    ("C3", "high"): _loads,
    ("C4", "default"): _weighted,
    ("C5", "default"): _lengths(lambda world: help_of(world, "family_id")),
    ("C5", "children"): _lengths(help_of_children),
    ("C6", "default"): _open_longer_than(365),
    ("C6", "nine_months"): _open_longer_than(274),
    ("C6", "six_months"): _open_longer_than(183),
    ("C7", "default"): _ended,
    ("C8", "default"): _disengaged,
    ("C9", "default"): _offers,
    ("C10", "default"): _changes,
    ("C11", "default"): _never_named,
    ("C11", "held"): _not_held,
}
GROUPS = {
    "caseload": (["C1", "C2", "C5"], ("eh_episode",)),
    "how help ends": (["C7", "C8", "C9"], ("eh_episode", "eh_assessment")),
    "who holds families": (["C3", "C6", "C10", "C11"], ("eh_episode", "allocation", "worker")),
    "weighted": (["C4"], ("eh_episode", "allocation", "worker", "eh_need", "social_care_event")),
}
