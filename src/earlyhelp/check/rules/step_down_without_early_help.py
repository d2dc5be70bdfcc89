"""EH-205: closed to early help, and no early help follows."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, social_care_event


@rule(
    "EH-205",
    about=[social_care_event.outcome_code, social_care_event.end_date, eh_episode.start_date],
    severity="warning",
)
def step_down_without_early_help() -> str:
    """Closed after assessment and referred to early help (RC9), but no early help is open or starts within 90 days."""
    return """
        SELECT row_id, team FROM social_care_event AS event, as_at
        WHERE event.outcome_code = 'RC9' AND date_diff('day', event.end_date, as_at.day) >= 90
        AND NOT EXISTS (
            SELECT 1 FROM eh_episode AS help WHERE help.person_id = event.person_id
            AND (help.end_date IS NULL OR help.end_date >= event.end_date)
            AND date_diff('day', event.end_date, help.start_date) <= 90
        )
    """


step_down_without_early_help.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "cin_episode", "end_date": "2024-03-01", "outcome_code": "RC9"},
        {"event_id": "2", "person_id": "B", "type": "cin_episode", "end_date": "2024-12-01", "outcome_code": "RC9"},
    ],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2024-05-30", "end_date": None}],
    as_at=[{"day": "2025-01-01"}],
)
step_down_without_early_help.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "cin_episode", "end_date": "2024-03-01", "outcome_code": "RC9"}
    ],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2024-05-31", "end_date": None}],
    as_at=[{"day": "2025-01-01"}],
)
