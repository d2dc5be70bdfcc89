"""EH-279: a team of early help in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_episode


@rule("EH-279", about=[eh_episode.team], severity="warning")
def help_team_spelt_otherwise() -> str:
    """The team's name is written in other capitals than usual, so that it would be counted as another team. Write it as usual."""
    return in_other_capitals(eh_episode.team)


help_team_spelt_otherwise.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2025-01-01", "team": "North"},
        {"episode_id": "2", "person_id": "A", "start_date": "2025-01-01", "team": "South"},
    ]
)
help_team_spelt_otherwise.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2025-01-01", "team": "North"},
        {"episode_id": "2", "person_id": "A", "start_date": "2025-01-01", "team": "North"},
        {"episode_id": "3", "person_id": "A", "start_date": "2025-01-01", "team": "north"},
    ]
)
