"""Made-up rows of `eh_score`: scores on a scale, and mostly a second one of whoever was scored before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "score_id"
SCALES = (
    ("SDQ", "Total difficulties"),
    ("sdq", "Total difficulties"),
    ("SDQ", "Emotional problems"),
    ("SDQ", "Prosocial behaviour"),
    ("Family star", "Overall"),
    ("ASQ-3", "Communication"),
    ("ASQ-3", "Gross motor"),
    ("GLD", "Overall"),
    ("Our own form", "Overall"),
)


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One score of the person of an episode, or of the family where no person is named; or the next of the one before."""
    told = maker.rows.setdefault("eh_score", [])
    row = _again(maker, told[-1]) if told and maker.one_of(True, False) else _first(maker, who)
    row |= {
        "score": float(maker.one_of(14, 7, 10, 13, 4, 3, 1, 0)),
        "at_expected": maker.one_of(True, False, None),
    }
    told.append(row)
    return row


def _first(maker: Maker, who: str) -> dict[str, Any]:
    episode = maker.row_of("eh_episode")
    tool, domain = maker.one_of(*SCALES, SCALES[0], SCALES[0])
    names_it = maker.one_of(True, False)
    return {
        "episode_id": episode.get("episode_id") if names_it else None,
        "source_system": episode.get("source_system", "mosaic"),
        "person_id": maker.one_of(episode.get("person_id", who), None),
        "family_id": episode.get("family_id", f"family of {who}"),
        "tool": tool,
        "domain": domain,
        "score_date": maker.one_of(episode.get("start_date"), maker.day(who)) or maker.day(who),
    }


def _again(maker: Maker, last: dict[str, Any]) -> dict[str, Any]:
    tool, domain = maker.one_of((last["tool"], last["domain"]), maker.one_of(*SCALES))
    later = last["score_date"] + timedelta(days=maker.one_of(28, 1, 0, 90))
    return {**last, "tool": tool, "domain": domain, "score_date": later}
