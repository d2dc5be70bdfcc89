"""EH-228: a child of twenty-six or older."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, person


@rule("EH-228", about=[eh_episode.start_date, person.dob, person.is_child], severity="warning")
def child_past_twenty_five() -> str:
    """Recorded as a child, and 26 or older when the episode began. Correct the date of birth or the record's kind."""
    return """
        SELECT row_id, team FROM eh_episode JOIN (
            SELECT person_id, max(dob) AS born FROM person GROUP BY person_id HAVING bool_or(is_child)
        ) AS told USING (person_id)
        WHERE start_date >= born + INTERVAL 26 YEAR
    """


child_past_twenty_five.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
        {"episode_id": "2", "person_id": "B", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "1998-01-11", "is_child": "true"},
        {"person_key": "l", "person_id": "B", "dob": "1980-01-11", "is_child": "false"},
    ],
)
child_past_twenty_five.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "1998-01-10", "is_child": "true"},
    ],
)
