"""Value: what early help costs, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from generative.things import Row, Thing, first_row, help_of
from generative.worlds import World

ONE_DAY = timedelta(days=1)


def year_of(row: Row) -> date:
    return date(int(row["financial_year"][:4]), 4, 1)


def _years(world: World) -> list[tuple[date, date]]:
    starts = sorted({year_of(row) for row in world.rows("spend")})
    return [(start, start.replace(year=start.year + 1)) for start in starts]


def _spent(world: World, kind: str, **only: Any) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("spend")):
        if row["kind"] == kind and all(row[name] == value for name, value in only.items()):
            yield Thing(f"spend {number}", row, year_of(row), amount=Fraction(row["amount"]), side="above")


def _family(row: Row, day: date) -> Thing:
    return Thing(row["family_id"], row, day, amount=Fraction(1), side="below")


def _per_family(kind: str) -> Callable[[World], Iterator[Thing]]:
    def cost(world: World) -> Iterator[Thing]:
        yield from _spent(world, kind, stage="early")
        for start, following in _years(world):
            for row in world.rows("eh_episode"):
                begun = row["start_date"] <= world.as_at and row["start_date"] < following
                if begun and (row["end_date"] is None or row["end_date"] >= start):
                    yield _family(row, start)

    return cost


def _per_month(world: World) -> Iterator[Thing]:
    yield from _spent(world, "actual", stage="early")
    for start, following in _years(world):
        for family, spell in help_of(world, "family_id"):
            if spell.start > world.as_at or spell.start >= following or (spell.end and spell.end <= start):
                continue
            until = min(spell.end or world.as_at, world.as_at, following)
            days = max((until - max(spell.start, start)).days, 0)
            months = Fraction(days) / Fraction("30.4375")
            yield Thing((family, spell.start), first_row(spell), start, amount=months, side="below")


def _per_good_closure(world: World) -> Iterator[Thing]:
    yield from _spent(world, "actual", stage="early")
    for start, following in _years(world):
        for row in world.rows("eh_episode"):
            end = row["end_date"]
            if end and end <= world.as_at and start <= end < following and row["end_reason_code"] == "outcomes_met":
                yield _family(row, start)


def _early_share(kind: str) -> Callable[[World], Iterator[Thing]]:
    def share(world: World) -> Iterator[Thing]:
        yield from _spent(world, kind, stage="early")
        for number, row in enumerate(world.rows("spend")):
            if row["kind"] == kind:
                yield Thing(f"spend {number}", row, year_of(row), amount=Fraction(row["amount"]), side="below")

    return share


def _contract(world: World) -> Iterator[Thing]:
    paid = {row["service_id"] for row in world.rows("spend") if row["kind"] == "actual" and row["service_id"]}
    for service in sorted(paid):
        yield from _spent(world, "actual", service_id=service)
    for start, following in _years(world):
        for row in world.rows("service_delivered"):
            done = row["status"] == "completed" and row["end_date"] and row["end_date"] <= world.as_at
            if done and row["service_id"] in paid and start <= row["end_date"] < following:
                yield Thing(row["family_id"], row, start, amount=Fraction(1), side="below")


COUNTED = {
    ("J1", "default"): _per_family("actual"),
    ("J1", "planned"): _per_family("planned"),
    ("J1", "family_month"): _per_month,
    ("J2", "default"): _per_good_closure,
    ("J3", "default"): _early_share("actual"),
    ("J3", "planned"): _early_share("planned"),
    ("J7", "default"): _contract,
}
GROUPS = {
    "cost of help": (["J1", "J2", "J3"], ("eh_episode", "spend")),
    "cost of contracts": (["J7"], ("spend", "service_delivered")),
}
