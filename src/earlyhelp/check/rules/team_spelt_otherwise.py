"""EH-274: a team of social care in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import social_care_event


@rule("EH-274", about=[social_care_event.team], severity="warning")
def team_spelt_otherwise() -> str:
    """The team's name is written in other capitals than usual, so that it would be counted as another team. Write it as usual."""
    return in_other_capitals(social_care_event.team)


team_spelt_otherwise.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2025-01-01", "team": "North"},
        {"event_id": "2", "person_id": "A", "type": "referral", "start_date": "2025-01-01", "team": "South"},
    ]
)
team_spelt_otherwise.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "referral", "start_date": "2025-01-01", "team": "North"},
        {"event_id": "2", "person_id": "A", "type": "referral", "start_date": "2025-01-01", "team": "North"},
        {"event_id": "3", "person_id": "A", "type": "referral", "start_date": "2025-01-01", "team": "NORTH"},
    ]
)
