"""EH-236: a step-down from nothing."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, social_care_event


@rule("EH-236", about=[eh_episode.step_down, social_care_event.start_date], severity="warning")
def step_down_without_statutory_help() -> str:
    """The episode is called a step-down, and no statutory help of the child was open in the 180 days before it."""
    return """
        SELECT row_id, team FROM eh_episode AS help WHERE help.step_down AND NOT EXISTS (
            SELECT 1 FROM social_care_event AS event
            WHERE event.person_id = help.person_id AND event.start_date <= help.start_date
            AND (event.end_date IS NULL OR date_diff('day', event.end_date, help.start_date) <= 180)
        )
    """


step_down_without_statutory_help.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "step_down": "true",
        },
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "step_down": "false",
        },
    ],
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cin_episode",
            "start_date": "2023-01-01",
            "end_date": "2023-07-14",
        },
    ],
)
step_down_without_statutory_help.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "step_down": "true",
        },
    ],
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cin_episode",
            "start_date": "2023-01-01",
            "end_date": "2023-07-13",
        },
    ],
)
