"""Made-up rows of `attendance_period`: term after term of a child, from two terms before the one in which help began."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "source_record_id"
TERMS = ("autumn", "spring", "summer")


def make(maker: Maker, who: str) -> dict[str, Any]:
    """The next term of the child before, or the first one of another."""
    told = maker.rows.setdefault("attendance_period", [])
    number, child = _next(maker, told) if told and maker.one_of(*[True] * 9, False) else _first(maker, who)
    year, term = divmod(number, 3)
    possible = maker.one_of(*[100] * 6, *[120] * 5, 0)
    row = {
        "person_id": child,
        "family_id": f"family of {child}",
        "academic_year": f"{year}-{(year + 1) % 100:02d}",
        "term": TERMS[term],
        "possible": possible,
        "authorised": maker.one_of(possible // 10, possible // 4, 0, 1),
        "unauthorised": maker.one_of(0, possible // 2, possible // 10),
    }
    told.append(row)
    return row


def _first(maker: Maker, who: str) -> tuple[int, str]:
    episodes = maker.rows.get("eh_episode", ())
    episode = maker.one_of(*[row for row in episodes if row["need_code"] == "SF1"] or episodes or ({},))
    day = episode.get("start_date", date(2023, 3, 31))
    begun = 0 if day.month >= 8 else -2 if day.month <= 3 else -1
    return day.year * 3 + begun - 2, episode.get("person_id", who)


def _next(maker: Maker, told: list[dict[str, Any]]) -> tuple[int, str]:
    last = told[-1]
    number = int(last["academic_year"][:4]) * 3 + TERMS.index(last["term"])
    return number + maker.one_of(*[1] * 12, 2, 0), last["person_id"]
