"""EH-220: a reason for closure, and no closure."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-220", about=[eh_episode.end_reason_code], severity="warning")
def reason_without_closure() -> str:
    """A reason for closure is recorded and the episode has no end date. Close it, or take the reason out."""
    return """
        SELECT row_id, team FROM eh_episode
        WHERE end_date IS NULL AND coalesce(end_reason_code, 'not_recorded') NOT IN ('not_recorded', 'unmapped')
    """


reason_without_closure.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "end_reason_code": "outcomes_met",
        },
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": None,
            "end_reason_code": None,
        },
    ],
)
reason_without_closure.fails(
    eh_episode=[
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": None,
            "end_reason_code": "outcomes_met",
        },
    ],
)
