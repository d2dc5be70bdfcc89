"""EH-230: one episode under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-230", about=[eh_episode.start_date, eh_episode.end_date], severity="warning")
def repeated_episode() -> str:
    """Another episode of the child has the same two dates. Take out the one that was entered twice."""
    return """
        SELECT row_id, team FROM eh_episode
        QUALIFY row_number() OVER (PARTITION BY source_system, person_id, start_date, end_date ORDER BY row_id) > 1
    """


repeated_episode.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
        {"episode_id": "2", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-07-30"},
    ],
)
repeated_episode.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
        {"episode_id": "2", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
