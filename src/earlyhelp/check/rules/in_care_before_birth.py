"""EH-226: looked after before birth."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import BORN
from earlyhelp.standard import person, social_care_event


@rule("EH-226", about=[social_care_event.start_date, person.dob], severity="error")
def in_care_before_birth() -> str:
    """The child is looked after from a day before they were born. One of the dates is wrong."""
    return f"""
        SELECT row_id, team FROM social_care_event JOIN ({BORN}) AS told USING (person_id)
        WHERE start_date < born AND type = 'looked_after'
    """


in_care_before_birth.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "looked_after", "start_date": "2024-05-01"},
        {"event_id": "2", "person_id": "A", "type": "cp_plan", "start_date": "2024-04-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-05-01"},
    ],
)
in_care_before_birth.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "type": "looked_after", "start_date": "2024-04-30"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-05-01"},
    ],
)
