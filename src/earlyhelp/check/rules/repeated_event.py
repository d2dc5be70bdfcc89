"""EH-233: one statutory event under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule("EH-233", about=[social_care_event.type, social_care_event.start_date], severity="warning")
def repeated_event() -> str:
    """Another event of the child has the same kind and dates. Take out the one that was entered twice."""
    return """
        SELECT row_id, team FROM social_care_event
        QUALIFY row_number() OVER (PARTITION BY source_system, person_id, type, start_date, end_date ORDER BY row_id) > 1
    """


repeated_event.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "s47", "start_date": "2024-01-01", "end_date": None},
        {"event_id": "2", "person_id": "A", "type": "referral", "start_date": "2024-01-01", "end_date": None},
    ],
)
repeated_event.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "s47", "start_date": "2024-01-01", "end_date": None},
        {"event_id": "2", "person_id": "A", "type": "s47", "start_date": "2024-01-01", "end_date": None},
    ],
)
