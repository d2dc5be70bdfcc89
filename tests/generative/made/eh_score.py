"""Made-up rows of `eh_score`: one score on one scale, at times of an episode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "score_id"
SCALES = (
    ("SDQ", "Total difficulties"),
    ("sdq", "Total difficulties"),
    ("SDQ", "Prosocial behaviour"),
    ("Family star", "Overall"),
    ("ASQ-3", "Communication"),
    ("GLD", "Overall"),
    ("Our own form", "Overall"),
)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One score of a person, or of their family where no person is named."""
    episode = maker.one_of(maker.row_of("eh_episode"), {})
    tool, domain = maker.one_of(*SCALES, SCALES[0], SCALES[0])
    return {
        "episode_id": episode.get("episode_id"),
        "source_system": episode.get("source_system", "mosaic"),
        "person_id": maker.one_of(who, who, None),
        "tool": tool,
        "domain": domain,
        "score": float(maker.one_of(0, 1, 3, 4, 7, 10, 13, 14)),
        "at_expected": maker.one_of(True, False, None),
        "score_date": maker.day(who),
    }
