"""Made-up rows of `complaint`: one complaint or compliment, about an episode or about none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "complaint_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row."""
    return {
        "episode_id": maker.row_of("eh_episode").get("episode_id"),
        "received_date": maker.day(who),
        "kind": maker.one_of("complaint", "complaint", "compliment", "not_recorded"),
    }
