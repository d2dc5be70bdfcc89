"""EH-217: a worker who still holds a closed episode."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import allocation, eh_episode


@rule("EH-217", about=[allocation.from_date, eh_episode.end_date], severity="warning")
def held_after_closure() -> str:
    """The episode closed, and a worker still holds it or held it longer. End the allocation on the day of closure."""
    return """
        SELECT held.row_id, episode.team FROM allocation AS held
        JOIN eh_episode AS episode USING (episode_id, source_system)
        WHERE coalesce(held.to_date > episode.end_date, episode.end_date IS NOT NULL)
    """


held_after_closure.passes(
    allocation=[
        {"episode_id": "1", "worker_id": "w", "from_date": "2024-01-10", "to_date": "2024-06-30"},
        {"episode_id": "2", "worker_id": "w", "from_date": "2024-01-10", "to_date": None},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
        {"episode_id": "2", "person_id": "B", "start_date": "2024-01-10", "end_date": None},
    ],
)
held_after_closure.fails(
    allocation=[
        {"episode_id": "1", "worker_id": "w", "from_date": "2024-01-10", "to_date": None},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
held_after_closure.fails(
    allocation=[
        {"episode_id": "1", "worker_id": "w", "from_date": "2024-01-10", "to_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
