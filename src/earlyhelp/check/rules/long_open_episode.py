"""EH-204: an early help episode open for more than a year."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-204", about=[eh_episode.start_date, eh_episode.end_date], severity="warning")
def long_open_episode() -> str:
    """The episode has been open for more than 365 days. Review it, or close it if help has ended."""
    return """
        SELECT row_id, team FROM eh_episode, as_at
        WHERE end_date IS NULL AND date_diff('day', start_date, as_at.day) > 365
    """


long_open_episode.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01", "end_date": None},
        {"episode_id": "2", "person_id": "B", "start_date": "2020-01-01", "end_date": "2024-01-01"},
    ],
    as_at=[{"day": "2024-12-31"}],
)
long_open_episode.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01", "end_date": None},
        {"episode_id": "2", "person_id": "B", "start_date": "2024-01-01", "end_date": "2024-02-01"},
    ],
    as_at=[{"day": "2025-01-01"}],
)
