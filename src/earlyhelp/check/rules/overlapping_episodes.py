"""EH-201: one child, two early help episodes at once."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-201", about=[eh_episode.start_date, eh_episode.end_date], severity="warning")
def overlapping_episodes() -> str:
    """The child has another early help episode open at the same time. Close the one that was entered twice."""
    return """
        SELECT later.row_id, later.team FROM eh_episode AS later JOIN eh_episode AS earlier
        ON later.person_id = earlier.person_id AND later.row_id <> earlier.row_id
        AND (later.start_date, later.row_id) > (earlier.start_date, earlier.row_id)
        AND (earlier.end_date IS NULL OR later.start_date < earlier.end_date)
    """


overlapping_episodes.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01", "end_date": "2024-03-01"},
        {"episode_id": "2", "person_id": "A", "start_date": "2024-03-01", "end_date": None},
    ]
)
overlapping_episodes.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01", "end_date": "2024-03-01"},
        {"episode_id": "2", "person_id": "A", "start_date": "2024-02-29", "end_date": None},
    ]
)
