"""Made-up rows of `allocation`: one worker holding one episode, mostly one that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "episode_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row of an episode, from its start or from any other day; at times before or after it."""
    episode = maker.row_of("eh_episode")
    start = maker.one_of(episode.get("start_date") or maker.day(who), maker.day(who))
    return {
        "episode_id": episode.get("episode_id"),
        "source_system": maker.one_of(*[episode.get("source_system", "mosaic")] * 2, "standard"),
        "worker_id": maker.one_of("w1", "w2", "w3"),
        "from_date": start,
        "to_date": maker.later(who, start),
    }
