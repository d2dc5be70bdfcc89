"""EH-238: two rows for a child in a list that holds one."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule(
    "EH-238",
    about=[social_care_event.type, social_care_event.start_date],
    severity="error",
    applies=("SELECT 1 FROM social_care_event WHERE source_system = 'annex_a' LIMIT 1", "no Annex A list is there"),
)
def several_rows_for_one_child() -> str:
    """Annex A lists 6, 7 and 8 hold one row a child, and this list holds another for the same child. Keep the latest."""
    return """
        SELECT row_id, team FROM social_care_event
        WHERE source_system = 'annex_a' AND type IN ('cin_plan', 'cin_episode', 'cp_plan', 'looked_after')
        QUALIFY row_number() OVER (PARTITION BY feed_id, type, person_key ORDER BY start_date DESC, row_id) > 1
    """


several_rows_for_one_child.passes(
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-01-01",
            "source_system": "annex_a",
            "feed_id": "f",
        },
        {
            "event_id": "2",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-09-01",
            "source_system": "annex_a",
            "feed_id": "g",
        },
    ],
)
several_rows_for_one_child.fails(
    social_care_event=[
        {
            "event_id": "1",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-01-01",
            "source_system": "annex_a",
            "feed_id": "f",
        },
        {
            "event_id": "2",
            "person_id": "A",
            "type": "cp_plan",
            "start_date": "2024-09-01",
            "source_system": "annex_a",
            "feed_id": "f",
        },
    ],
)
