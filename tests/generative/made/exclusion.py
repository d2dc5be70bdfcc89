"""Made-up rows of `exclusion`: suspensions in the years around the start of help, and permanent exclusions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "exclusion_id"
_TURNS = (365, -365, 400, -400, 1, -1, 366, -366, 0, 200, -200)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about the child of an episode, mostly the same one as before."""
    told = maker.rows.setdefault("exclusion", [])
    episode = told[-1] if told and maker.one_of(True, True, False) else maker.row_of("eh_episode")
    told.append(episode)
    start = episode["start_date"] + timedelta(days=maker.one_of(*_TURNS)) if episode else maker.day(who)
    return {
        "person_id": episode.get("person_id", who),
        "family_id": episode.get("family_id", f"family of {who}"),
        "start_date": start,
        "sessions": maker.one_of(2, 5, 10, 0, None),
        "category": maker.one_of("suspension", "suspension", "permanent", "unmapped"),
    }
