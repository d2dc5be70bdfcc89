"""One file a cross-row rule, each with rows that pass and rows that fail; one-row rules come from the standard."""

from earlyhelp.check.rules import (
    early_help_source_without_early_help,
    event_before_birth,
    long_open_episode,
    overlapping_episodes,
    step_down_without_early_help,
    two_dates_of_birth,
)

__all__ = [
    "early_help_source_without_early_help",
    "event_before_birth",
    "long_open_episode",
    "overlapping_episodes",
    "step_down_without_early_help",
    "two_dates_of_birth",
]
