"""EH-247: a child protection plan without a conference."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule(
    "EH-247",
    about=[social_care_event.type, social_care_event.start_date],
    severity="warning",
    applies=("SELECT 1 FROM social_care_event WHERE type = 'icpc' LIMIT 1", "no conference is in any extract"),
)
def plan_without_conference() -> str:
    """The child protection plan began without an initial conference in the 60 days before it. Record the conference."""
    return """
        SELECT plan.row_id, plan.team FROM social_care_event AS plan, (
            SELECT min(start_date) AS first_day FROM social_care_event WHERE type = 'icpc'
        ) AS conferences
        WHERE plan.type = 'cp_plan' AND plan.start_date >= conferences.first_day + INTERVAL 60 DAY AND NOT EXISTS (
            SELECT 1 FROM social_care_event AS held WHERE held.type = 'icpc' AND held.person_id = plan.person_id
            AND held.start_date BETWEEN plan.start_date - INTERVAL 60 DAY AND plan.start_date
        )
    """


plan_without_conference.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "icpc", "start_date": "2024-03-01"},
        {"event_id": "2", "person_id": "A", "type": "cp_plan", "start_date": "2024-04-30"},
        {"event_id": "3", "person_id": "B", "type": "cp_plan", "start_date": "2024-04-29"},
    ],
)
plan_without_conference.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "icpc", "start_date": "2024-03-01"},
        {"event_id": "2", "person_id": "A", "type": "cp_plan", "start_date": "2024-05-01"},
    ],
)
