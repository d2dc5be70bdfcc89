"""Made-up rows of `feedback`: one question about the help, mostly about an episode that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "feedback_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about an episode, or about one that nobody knows."""
    episode = maker.row_of("eh_episode")
    asked = maker.day(who)
    return {
        "episode_id": maker.one_of(*[episode.get("episode_id")] * 5, "lost", None),
        "source_system": maker.one_of(*[episode.get("source_system", "mosaic")] * 3, "eclipse", "standard"),
        "respondent": maker.one_of("parent", "child", "child", "child", "professional", "not_recorded"),
        "asked_date": asked,
        "answered_date": maker.one_of(None, asked, maker.later(who, asked)),
        "better": maker.one_of("much_better", "better", "same", "worse", "much_worse", "not_recorded", None),
    }
