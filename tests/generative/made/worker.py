"""Made-up rows of `worker`: one worker in one team for a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "worker_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row; parts of a worker so small that two families are many."""
    since = maker.one_of(None, maker.day(who))
    return {
        "worker_id": maker.one_of("w1", "w2"),
        "source_system": maker.one_of("standard", "standard", "mosaic"),
        "team": maker.one_of("North", "South"),
        "fte": maker.one_of(1.0, 0.5, 0.0625, 0.0, None),
        "valid_from": since,
        "valid_to": None if since is None else maker.later(who, since),
    }
