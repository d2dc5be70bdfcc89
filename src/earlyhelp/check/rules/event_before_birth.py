"""EH-203: an early help episode that ends before the child is born."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, person


@rule("EH-203", about=[eh_episode.end_date, person.dob], severity="error")
def event_before_birth() -> str:
    """The episode ends before the child was born. Help may start before birth, but one of these dates is wrong."""
    return """
        SELECT row_id, team FROM eh_episode SEMI JOIN (
            SELECT person_id AS born_id, max(dob) AS born FROM person GROUP BY person_id
        ) ON person_id = born_id AND end_date < born
    """


event_before_birth.passes(
    person=[{"person_key": "k1", "person_id": "A", "dob": "2024-05-01"}],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2024-03-01", "end_date": "2024-09-01"}],
)
event_before_birth.fails(
    person=[{"person_key": "k1", "person_id": "A", "dob": "2024-05-01"}],
    eh_episode=[{"episode_id": "1", "person_id": "A", "start_date": "2014-03-01", "end_date": "2014-09-01"}],
)
