"""Made-up rows of `social_care_event`: one statutory event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "event_id"
_TYPES = ("cin_episode", "cin_episode", "referral", "cin_plan", "cp_plan", "looked_after", "assessment", "s47")


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    start = maker.day(who)
    return {
        "type": maker.one_of(*_TYPES),
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
