"""Made-up rows of `partner_event`: one event that a partner told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "event_id"
KINDS = (
    ("police", "domestic_abuse"),
    ("health", "domestic_abuse"),
    ("youth_justice", "caution"),
    ("police", "conviction"),
    ("benefits", "benefit_gain"),
    ("housing", "arrears_plan"),
    ("other", "debt_advice"),
    ("housing", "settled_accommodation"),
    ("housing", "homelessness"),
    ("benefits", "out_of_work_benefit"),
    ("other", "work_or_training_started"),
)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    agency, kind = maker.one_of(*KINDS)
    began = maker.day(who)
    return {
        "agency": agency,
        "type": kind,
        "event_date": began,
        "end_date": maker.one_of(None, maker.later(who, began)),
        "level": maker.one_of("standard", "high", None),
        "outcome": maker.one_of("completed", "ongoing", "stopped", None),
    }
