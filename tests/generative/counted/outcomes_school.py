"""Outcomes at school: attendance in the terms, and suspensions in the year, before and after help began."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from math import floor

from generative.counted.outcomes import episode_of
from generative.counted.outcomes_partners import months_old
from generative.things import Row, Spell, Thing, first_row, help_of_children
from generative.worlds import World

EASTER = {
    2020: date(2020, 4, 12),
    2021: date(2021, 4, 4),
    2022: date(2022, 4, 17),
    2023: date(2023, 4, 9),
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
}
"""Easter Sundays, from the calendar."""
TERMS = ("autumn", "spring", "summer")
Term = tuple[str, str]


def _term(day: date) -> Term:
    if day.month >= 8:
        return _school_year(day.year), "autumn"
    return _school_year(day.year - 1), "spring" if day <= EASTER[day.year] else "summer"


def _school_year(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _next_term(term: Term) -> Term:
    year, name = term
    return (_school_year(int(year[:4]) + 1), "autumn") if name == "summer" else (year, TERMS[TERMS.index(name) + 1])


def _term_before(term: Term) -> Term:
    year, name = term
    return (_school_year(int(year[:4]) - 1), "summer") if name == "autumn" else (year, TERMS[TERMS.index(name) - 1])


def _windows(day: date) -> tuple[list[Term], list[Term]]:
    """The two terms before and the two terms after the one in which a day lies."""
    before, after = _term_before(_term(day)), _next_term(_term(day))
    return [_term_before(before), before], [after, _next_term(after)]


def _has_need(world: World, child: str, spell: Spell) -> bool:
    found = [(row["person_id"], row["start_date"]) for row in world.rows("eh_episode") if row["need_code"] == "SF1"]
    for need in world.rows("eh_need"):
        episode = episode_of(world, need)
        if need["need_code"] == "SF1" and episode:
            found.append((need["person_id"] or episode["person_id"], episode["start_date"]))
    return any(who == child and spell.start <= day and (spell.end is None or day <= spell.end) for who, day in found)


def _missed(rows: list[Row], terms: list[Term]) -> Fraction | None:
    """Of the sessions possible in some terms the share missed; None where one of the terms has none."""
    missed = possible = 0
    for term in terms:
        own = [row for row in rows if (row["academic_year"], row["term"]) == term]
        if not sum(row["possible"] for row in own):
            return None
        possible += sum(row["possible"] for row in own)
        missed += sum(row["authorised"] + row["unauthorised"] for row in own)
    return Fraction(missed, possible)


def _attendance(
    told: Callable[[Fraction, Fraction, Fraction, Fraction], dict[str, object] | None],
) -> Callable[[World], Iterator[Thing]]:
    def children(world: World) -> Iterator[Thing]:
        rows = world.rows("attendance_period")
        for child, spell in help_of_children(world):
            if not _has_need(world, child, spell):
                continue
            own = [row for row in rows if row["person_id"] == child]
            before, after = _windows(spell.start)
            first, last = _missed(own, before), _missed(own, after)
            if first is None or last is None:
                continue
            everyone = (_missed(rows, before), _missed(rows, after))
            if (found := told(first, last, *everyone)) is not None:
                yield Thing(child, first_row(spell), spell.start, **found)

    return children


def _points(share: Fraction) -> Fraction:
    """Percentage points to six decimals, halves away from zero."""
    millionths = floor(abs(share) * 100_000_000 + Fraction(1, 2))
    return Fraction(millionths if share >= 0 else -millionths, 1_000_000)


def _moved_out(line: Fraction) -> Callable[[World], Iterator[Thing]]:
    return _attendance(
        lambda first, last, *_: {"counted": 1 - last >= line} if 1 - first < line else None,
    )


def _suspended(count: Callable[[Row], int | None]) -> Callable[[World], Iterator[Thing]]:
    def children(world: World) -> Iterator[Thing]:
        rows = world.rows("exclusion")
        if not rows:
            return
        feed = (world.rows("feed") or [{}])[0]
        told_from = feed.get("coverage_start") or min(row["start_date"] for row in rows)
        told_until = max(row["start_date"] for row in rows)
        for child, spell in help_of_children(world):
            months = months_old(world, child, spell.start)
            if months is None or not 5 * 12 <= months < 16 * 12:
                continue
            if (spell.start - told_from).days < 365 or (told_until - spell.start).days < 365:
                continue
            change: int | None = 0
            for row in rows:
                days = (row["start_date"] - spell.start).days
                if row["person_id"] == child and row["category"] == "suspension" and 1 <= abs(days) <= 365:
                    n = count(row)
                    change = None if n is None or change is None else change + (n if days > 0 else -n)
            amount = None if change is None else Fraction(100 * change)
            yield Thing(child, first_row(spell), spell.start, amount=amount)

    return children


COUNTED = {
    ("F5", "default"): _attendance(lambda first, last, *_: {"amount": _points(first - last)}),
    ("F5", "adjusted"): _attendance(
        lambda first, last, before, after: {"amount": _points(first - last - (before - after))}
    ),
    ("F5", "persistent_absence"): _moved_out(Fraction(9, 10)),
    ("F5", "severe_absence"): _moved_out(Fraction(1, 2)),
    ("F6", "default"): _suspended(lambda row: row["sessions"]),
    ("F6", "suspensions"): _suspended(lambda row: 1),
}
FOLLOWED = {
    **{("F5", name): 400 for name in ("default", "adjusted", "persistent_absence", "severe_absence")},
    ("F6", "default"): 365,
    ("F6", "suspensions"): 365,
}
GROUPS = {
    "attendance": (["F5"], ("eh_episode", "eh_need", "attendance_period")),
    "suspensions": (["F6"], ("eh_episode", "exclusion")),
}
