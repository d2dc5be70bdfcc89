"""Made-up rows of `social_care_event`: one statutory event."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "event_id"
_TYPES = ("cin_episode", "cin_episode", "referral", "cin_plan", "cp_plan", "looked_after", "assessment", "s47")


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person; at times a referral after an earlier case of theirs was closed."""
    told = maker.rows.setdefault("social_care_event", [])
    closed = [row["end_date"] for row in told if row["person_id"] == who and _without_action(row)]
    again = maker.one_of(*closed, None)
    start = again + timedelta(days=maker.one_of(365, 1, 366, 0)) if again else maker.day(who)
    row = {
        "person_id": who,
        "type": "referral" if again else maker.one_of(*_TYPES),
        "recorded_date": maker.one_of(None, maker.later(who, start)),
        "start_date": start,
        "end_date": maker.later(who, start),
        "nfa": maker.one_of(None, False, True),
        "outcome_code": maker.one_of("RC7", "RC8", "RC9", None),
        "legal_status": maker.one_of("V2", "V4", None),
        "start_reason": maker.one_of("S", "P", None),
        "source_code": maker.one_of("5D", "6", None),
        "team": maker.one_of("North", None),
    }
    told.append(row)
    return row


def _without_action(row: dict[str, Any]) -> bool:
    return row["end_date"] is not None and (row["outcome_code"] == "RC8" or row["type"] == "assessment")
