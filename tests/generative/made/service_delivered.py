"""Made-up rows of `service_delivered`: one service offered to somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "delivery_id"
_STATUS = ("waiting", "started", "completed", "dropped_out", "never_started", "declined", "not_recorded", None)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    offered = maker.day(who)
    days = maker.one_of(None, None, 0, 1, 20, 28, 90, -1)
    return {
        "service_id": maker.one_of("parenting", "mentoring"),
        "offered_date": maker.one_of(offered, offered, offered, None),
        "start_date": None if days is None else offered + timedelta(days=days),
        "end_date": maker.one_of(None, maker.later(who, offered)),
        "status": maker.one_of(*_STATUS),
    }
