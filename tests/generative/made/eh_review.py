"""Made-up rows of `eh_review`: one review, meeting, visit, supervision or audit, mostly of an episode that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "review_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row of an episode, or of one that nobody knows."""
    episode = maker.row_of("eh_episode")
    due = maker.day(who)
    invited = maker.one_of(None, 0, 1, 4)
    return {
        "episode_id": maker.one_of(*[episode.get("episode_id")] * 5, "lost"),
        "source_system": maker.one_of(*[episode.get("source_system", "mosaic")] * 2, "standard"),
        "type": maker.one_of(
            "review", "team_around_family", "visit", "supervision", "supervision", "audit", "audit", "unmapped"
        ),
        "due_date": maker.one_of(None, due),
        "held_date": maker.one_of(None, due, due, maker.later(who, due)),
        "agencies_invited": invited,
        "agencies_attended": maker.one_of(None, invited, 1, 2),
        "child_voice": maker.one_of(True, True, False, None),
        "grade": maker.one_of("outstanding", "good", "requires_improvement", "inadequate", None),
    }
