"""Made-up rows of `contact`: one request for support."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "contact_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    day = maker.day(who)
    decided = maker.one_of(None, _soon(maker, day), _soon(maker, day))
    return {
        "contact_date": day,
        "source_code": maker.one_of("2A", "6", "1A", "1C", "10", "unmapped", "not_recorded"),
        "decision_code": maker.one_of("early_help", "nfa", "returned", "pending", "unmapped", "not_recorded", None),
        "domestic_abuse": maker.one_of(True, False, None),
        "decision_date": decided,
        "feedback_date": maker.one_of(None, _soon(maker, decided or day)),
        "level_requested": maker.one_of("targeted", "statutory", "unmapped", None),
        "level_decided": maker.one_of("targeted", "statutory", "not_recorded", None),
        "avoidable": maker.one_of(True, False, None),
        "school_urn": maker.one_of("100001", "100002", None),
    }


def _soon(maker: Maker, day: date) -> date:
    """A day within a week or so of another, rarely the day before it."""
    return day + timedelta(days=maker.one_of(0, 1, 2, 3, 4, 5, 6, 7, 11, -1))
