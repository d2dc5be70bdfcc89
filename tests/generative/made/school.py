"""Made-up rows of `school`: one school; a few more than there are numbers, so that some stand twice in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "name"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row."""
    return {
        "school_urn": maker.one_of("100001", "100002", "100003", "100004"),
        "phase": maker.one_of("primary", "secondary", None),
        "ward_code": maker.one_of("E05999001", "E05999002", None),
        "roll": maker.one_of(None, 0, 210, 900),
        "fsm_share": maker.one_of(None, 0.1, 0.5),
    }
