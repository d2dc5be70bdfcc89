"""Outcomes by score: pairs of scores, and reviews of young children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from generative.counted.outcomes import episode_of
from generative.things import Row, Thing, help_of, help_of_children
from generative.worlds import World

BETTER_BY = {"total difficulties": -1, "emotional problems": -1, "prosocial behaviour": 1}
"""Of the SDQ: more is worse, but for what the child does for others."""


def _way(row: Row) -> int | None:
    tool, domain = row["tool"].lower(), row["domain"].lower()
    if tool == "family star":
        return 1
    return BETTER_BY.get(domain) if tool == "sdq" else None


def _scored(world: World) -> Iterator[tuple[date, list[Row]]]:
    """Whoever was scored on a scale in a stretch of help that closed: the closing day, and the scores in order."""
    for family, spell in help_of(world, "family_id"):
        if spell.end is None:
            continue
        own: dict[tuple[str | None, str, str], list[Row]] = {}
        for row in world.rows("eh_score"):
            episode = episode_of(world, row)
            of_family, day = (
                (episode["family_id"], episode["start_date"]) if episode else (row["family_id"], row["score_date"])
            )
            if of_family == family and spell.start <= day <= spell.end and row["score_date"] <= world.as_at:
                scale = (row["person_id"], row["tool"].lower(), row["domain"].lower())
                own.setdefault(scale, []).append(row)
        for rows in own.values():
            yield spell.end, sorted(rows, key=lambda row: row["score_date"])


def _pairs(wanted: Callable[[Row], bool], *, paired: bool = False) -> Callable[[World], Iterator[Thing]]:
    def changes(world: World) -> Iterator[Thing]:
        for number, (closed, rows) in enumerate(_scored(world)):
            first, last, way = rows[0], rows[-1], _way(rows[0])
            if not wanted(first):
                continue
            again = last["score_date"] > first["score_date"]
            change = way * (Fraction(last["score"]) - Fraction(first["score"])) if again and way else None
            dims = {"tool": first["tool"], "domain": first["domain"]}
            if not paired:
                yield Thing(number, first, closed, counted=again, amount=change, dims=dims)
            elif change is not None:
                yield Thing(number, first, closed, counted=change > 0)

    return changes


def _of_a_child(domain: str) -> Callable[[Row], bool]:
    return lambda row: row["person_id"] is not None and row["tool"].lower() == "sdq" and row["domain"].lower() == domain


_TOTAL = _of_a_child("total difficulties")


def _reviewed(*tools: str) -> Callable[[World], Iterator[Thing]]:
    def reviews(world: World) -> Iterator[Thing]:
        helped = list(help_of_children(world))
        rows = [row for row in world.rows("eh_score") if row["tool"].lower() in tools]
        for row in rows:
            child, day = row["person_id"], row["score_date"]
            if not any(who == child and spell.start <= day for who, spell in helped):
                continue
            areas = [
                each["at_expected"]
                for each in rows
                if (each["person_id"], each["score_date"], each["tool"].lower()) == (child, day, row["tool"].lower())
            ]
            expected = False if False in areas else None if None in areas else True
            yield Thing(child, row, day, counted=expected)

    return reviews


COUNTED = {
    ("F2", "default"): _pairs(lambda row: True),
    ("F2", "both_scores"): _pairs(lambda row: True),
    ("F12", "default"): _pairs(_TOTAL),
    ("F12", "emotional_problems"): _pairs(_of_a_child("emotional problems")),
    ("F12", "improved"): _pairs(_TOTAL, paired=True),
    ("F11", "default"): _reviewed("asq-3", "gld"),
    ("F11", "two_year_review"): _reviewed("asq-3"),
    ("F11", "good_level"): _reviewed("gld"),
}
GROUPS = {
    "distances travelled": (["F2", "F12"], ("eh_episode", "eh_score")),
    "early development": (["F11"], ("eh_episode", "eh_score")),
}
