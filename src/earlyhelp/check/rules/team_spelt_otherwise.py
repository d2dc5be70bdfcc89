"""EH-274: a team of social care under two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule("EH-274", about=[social_care_event.team], severity="warning")
def team_spelt_otherwise() -> str:
    """The team's name is written in other capitals than usual, so that it would be counted as another team."""
    return """
        SELECT row_id, team FROM social_care_event JOIN (
            SELECT lower(team) AS spelling, mode(team) AS usual FROM social_care_event
            WHERE team IS NOT NULL GROUP BY spelling
        ) ON lower(team) = spelling WHERE team <> usual
    """


_EVENT = {"person_id": "A", "type": "referral", "start_date": "2025-01-01"}
team_spelt_otherwise.passes(
    social_care_event=[
        {"event_id": "1", **_EVENT, "team": "North"},
        {"event_id": "2", **_EVENT, "team": "South"},
    ]
)
team_spelt_otherwise.fails(
    social_care_event=[
        {"event_id": "1", **_EVENT, "team": "North"},
        {"event_id": "2", **_EVENT, "team": "North"},
        {"event_id": "3", **_EVENT, "team": "NORTH"},
    ]
)
