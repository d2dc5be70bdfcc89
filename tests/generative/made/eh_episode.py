"""Made-up rows of `eh_episode`: one early help episode."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "episode_id"
_REASONS = ("outcomes_met", "partly_met", "stepped_up", "disengaged", "declined", "declined", "unmapped", None)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    start = maker.day(who)
    return {
        "recorded_date": maker.one_of(None, maker.later(who, start)),
        "start_date": start,
        "allocated_date": _after(maker, start),
        "first_contact_date": _after(maker, start),
        "end_date": maker.later(who, start),
        "team": maker.one_of("North", "South", None),
        "org_type": maker.one_of("school", "council_other", "unmapped", None),
        "end_reason_code": maker.one_of(*_REASONS),
        "step_down": maker.one_of(True, False, None),
        "level": maker.one_of("targeted", "family_help", "community", None),
        "plan_start_date": maker.one_of(None, maker.later(who, start)),
        "need_code": maker.one_of("SF1", "SF8", "SF9", "SF10", "unmapped", None),
    }


def _after(maker: Maker, start: date) -> date | None:
    """A day after the start on which a rule turns, rarely the day before it, or none yet."""
    days = maker.one_of(None, None, 0, 1, 5, 7, 8, 28, 29, 56, 57, 90, -1)
    return None if days is None else start + timedelta(days=days)
