"""EH-227: protection or care that begins at eighteen or later."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person, social_care_event


@rule("EH-227", about=[social_care_event.start_date, person.dob], severity="error")
def protected_after_eighteen() -> str:
    """Protection or care begins on or after the eighteenth birthday. One of the dates is wrong."""
    return """
        SELECT row_id, team FROM social_care_event JOIN (
            SELECT person_id, max(dob) AS born FROM person GROUP BY person_id
        ) AS told USING (person_id)
        WHERE start_date >= born + INTERVAL 18 YEAR AND type IN ('s47', 'icpc', 'cp_plan', 'looked_after')
    """


protected_after_eighteen.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "cp_plan", "start_date": "2024-04-30"},
        {"event_id": "2", "person_id": "A", "type": "cin_episode", "start_date": "2024-06-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2006-05-01"},
    ],
)
protected_after_eighteen.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "cp_plan", "start_date": "2024-05-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2006-05-01"},
    ],
)
