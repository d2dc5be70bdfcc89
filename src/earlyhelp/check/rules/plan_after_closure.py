"""EH-212: a plan begun after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-212", about=[eh_episode.plan_start_date, eh_episode.end_date], severity="error")
def plan_after_closure() -> str:
    """The plan began after the episode had closed. Correct whichever date is wrong."""
    return """
        SELECT row_id, team FROM eh_episode WHERE plan_start_date > end_date
    """


plan_after_closure.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "plan_start_date": "2024-06-30",
        },
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": None,
            "plan_start_date": "2024-09-01",
        },
    ],
)
plan_after_closure.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "plan_start_date": "2024-07-01",
        },
    ],
)
