"""Made-up rows of `eh_episode`: one early help episode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "episode_id"
_REASONS = ("outcomes_met", "partly_met", "stepped_up", "disengaged", "declined", "declined", "unmapped", None)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    start = maker.day(who)
    return {
        "start_date": start,
        "end_date": maker.later(who, start),
        "team": maker.one_of("North", "South", None),
        "org_type": maker.one_of("school", None),
        "end_reason_code": maker.one_of(*_REASONS),
        "step_down": maker.one_of(True, False, None),
        "level": maker.one_of("targeted", "family_help", "community", None),
    }
