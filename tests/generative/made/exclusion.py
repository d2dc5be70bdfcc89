"""Made-up rows of `exclusion`: one suspension or permanent exclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "exclusion_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a pupil."""
    return {
        "start_date": maker.day(who),
        "sessions": maker.one_of(0, 2, 5, 10, None),
        "category": maker.one_of("suspension", "suspension", "permanent", "unmapped"),
    }
