"""EH-245: two protection plans or periods of care at once."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule(
    "EH-245",
    about=[social_care_event.type, social_care_event.start_date, social_care_event.end_date],
    severity="warning",
)
def overlapping_plans() -> str:
    """Another plan or episode of care of the same kind was open already. Correct the dates of one of them."""
    return """
        SELECT row_id, team FROM social_care_event WHERE type IN ('cp_plan', 'cin_plan', 'looked_after')
        QUALIFY start_date < max(coalesce(end_date, DATE '9999-12-31')) OVER (
            PARTITION BY source_system, person_id, type ORDER BY start_date, row_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    """


overlapping_plans.passes(
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-01-01",
            "end_date": "2024-03-01",
        },
        {"event_id": "2", "person_id": "A", "type": "cp_plan", "start_date": "2024-03-01", "end_date": None},
    ],
)
overlapping_plans.fails(
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-01-01",
            "end_date": "2024-03-01",
        },
        {"event_id": "2", "person_id": "A", "type": "cp_plan", "start_date": "2024-02-29", "end_date": None},
    ],
)
