"""EH-237: stepped up, and nothing arrived."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, social_care_event


@rule(
    "EH-237", about=[eh_episode.end_reason_code, eh_episode.end_date, social_care_event.start_date], severity="warning"
)
def step_up_without_referral() -> str:
    """The episode closed because the family stepped up, and no statutory event of the child begins within 60 days of it."""
    return """
        SELECT row_id, team FROM eh_episode AS help, as_at
        WHERE help.end_reason_code = 'stepped_up' AND date_diff('day', help.end_date, as_at.day) >= 60 AND NOT EXISTS (
            SELECT 1 FROM social_care_event AS event WHERE event.person_id = help.person_id
            AND event.start_date BETWEEN help.end_date - INTERVAL 60 DAY AND help.end_date + INTERVAL 60 DAY
        )
    """


step_up_without_referral.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "end_reason_code": "stepped_up",
        },
    ],
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2024-08-29"},
    ],
    as_at=[
        {"day": "2025-01-01"},
    ],
)
step_up_without_referral.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "end_reason_code": "stepped_up",
        },
    ],
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2024-08-30"},
    ],
    as_at=[
        {"day": "2025-01-01"},
    ],
)
