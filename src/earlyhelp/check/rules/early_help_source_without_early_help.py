"""EH-206: referred by early help, and no early help came before."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, social_care_event


@rule(
    "EH-206",
    about=[social_care_event.source_code, social_care_event.start_date, eh_episode.start_date],
    severity="warning",
)
def early_help_source_without_early_help() -> str:
    """Referred to social care by early help (source 5D), but the child has no earlier early help episode."""
    return """
        SELECT row_id, team FROM social_care_event AS event WHERE event.source_code = '5D' AND event.type = 'referral'
        AND NOT EXISTS (
            SELECT 1 FROM eh_episode AS help
            WHERE help.person_id = event.person_id AND help.start_date <= event.start_date
        )
    """


early_help_source_without_early_help.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2024-03-01", "source_code": "5D"}
    ],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2024-03-01", "end_date": None}],
)
early_help_source_without_early_help.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2024-03-01", "source_code": "5D"}
    ],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2024-03-02", "end_date": None}],
)
