"""Made-up rows of `eh_assessment`: one early help assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "assessment_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about a person."""
    start = maker.day(who)
    episode = maker.one_of(maker.row_of("eh_episode"), maker.row_of("eh_episode"), {})
    return {
        "episode_id": episode.get("episode_id"),
        "source_system": maker.one_of(episode.get("source_system", "mosaic"), "eclipse", "standard"),
        "start_date": start,
        "due_date": maker.one_of(None, maker.later(who, start)),
        "completion_date": maker.later(who, start),
        "consent": maker.one_of("assess_and_share", "assess_and_share", "assess_only", "refused", "not_recorded", None),
        "consent_date": maker.one_of(start, maker.day(who), None),
        "whole_family": maker.one_of(True, False, None),
        "second_parent": maker.one_of("included", "reason_recorded", "not_included", "none", "unmapped", None),
        "outcome_code": maker.one_of("early_help_plan", "early_help_plan", "step_up", None),
        "school_urn": maker.one_of("100001", "100002", None, None),
        "child_voice": maker.one_of(True, False, None),
        "org_type": maker.one_of("school", "health", "unmapped", None),
    }
