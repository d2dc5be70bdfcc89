"""Made-up rows of `eh_need`: one need, mostly of an episode that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "need_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person, or about the family of its episode where no person is named."""
    told = maker.rows.setdefault("eh_need", [])
    episode = maker.one_of(*[row["of"] for row in told[-1:]] * 2, maker.row_of("eh_episode"))
    row = {
        "episode_id": episode.get("episode_id"),
        "source_system": episode.get("source_system", "mosaic"),
        "person_id": maker.one_of(episode.get("person_id"), None, who),
        "family_id": episode.get("family_id"),
        "framework": maker.one_of("SF2022", "TF2015", None),
        "need_code": maker.one_of("SF1", "SF8", "SF9", "SF10", "unmapped", "not_recorded"),
        "identified_date": maker.one_of(None, maker.day(who)),
    }
    told.append({"of": episode})
    return row
