"""Made-up rows of `eh_plan_action`: one action, mostly in the plan of an episode that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "action_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row of the plan of an episode."""
    episode = maker.row_of("eh_episode")
    need = maker.one_of(maker.row_of("eh_need"), maker.row_of("eh_need"), {})
    created = maker.day(who)
    return {
        "episode_id": episode.get("episode_id"),
        "need_id": need.get("need_id"),
        "source_system": need.get("source_system") or episode.get("source_system", "mosaic"),
        "created_date": created,
        "due_date": maker.one_of(None, maker.later(who, created)),
        "done_date": maker.one_of(None, maker.later(who, created), episode.get("end_date")),
    }
