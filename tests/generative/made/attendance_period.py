"""Made-up rows of `attendance_period`: mostly term after term of one pupil, so that windows of terms are met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "source_record_id"
TERMS = ("autumn", "spring", "summer")


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One term of a pupil: the next one of the pupil before, or one of another."""
    told = maker.rows.setdefault("attendance_period", [])
    number, who = maker.one_of(*[_next(told)] * 6, (maker.one_of(6060, 6063, 6068), who))
    year, term = divmod(number, 3)
    possible = maker.one_of(0, 100, 120)
    row = {
        "person_id": who,
        "family_id": f"family of {who}",
        "academic_year": f"{year}-{(year + 1) % 100:02d}",
        "term": TERMS[term],
        "possible": possible,
        "authorised": maker.one_of(0, possible // 20, possible // 4),
        "unauthorised": maker.one_of(0, possible // 10, possible // 2),
    }
    told.append(row)
    return row


def _next(told: list[dict[str, Any]]) -> tuple[int, str]:
    if not told:
        return 6062, "Ann"
    last = told[-1]
    return int(last["academic_year"][:4]) * 3 + TERMS.index(last["term"]) + 1, last["person_id"]
