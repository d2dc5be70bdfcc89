"""EH-219: closed, and nobody says why."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-219", about=[eh_episode.end_date, eh_episode.end_reason_code], severity="warning")
def closed_without_reason() -> str:
    """The episode has closed and its reason is not recorded. Record why help ended."""
    return """
        SELECT row_id, team FROM eh_episode
        WHERE end_date IS NOT NULL AND coalesce(end_reason_code, 'not_recorded') = 'not_recorded'
    """


closed_without_reason.passes(
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
closed_without_reason.fails(
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
            "end_date": "2024-06-30",
            "end_reason_code": "not_recorded",
        },
    ],
)
