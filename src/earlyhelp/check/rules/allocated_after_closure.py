"""EH-210: a worker named after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-210", about=[eh_episode.allocated_date, eh_episode.end_date], severity="error")
def allocated_after_closure() -> str:
    """A worker was named after the episode had closed. Correct whichever date is wrong."""
    return """
        SELECT row_id, team FROM eh_episode WHERE allocated_date > end_date
    """


allocated_after_closure.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "allocated_date": "2024-06-30",
        },
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": None,
            "allocated_date": "2024-09-01",
        },
    ],
)
allocated_after_closure.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "allocated_date": "2024-07-01",
        },
    ],
)
