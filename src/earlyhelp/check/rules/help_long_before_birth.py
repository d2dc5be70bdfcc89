"""EH-223: help that begins long before birth."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, person


@rule("EH-223", about=[eh_episode.start_date, person.dob], severity="error")
def help_long_before_birth() -> str:
    """The episode begins more than nine months before the child was born. One of the dates is wrong."""
    return """
        SELECT row_id, team FROM eh_episode JOIN (
            SELECT person_id, max(dob) AS born FROM person GROUP BY person_id
        ) AS told USING (person_id)
        WHERE date_diff('day', start_date, born) > 280
    """


help_long_before_birth.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-07"},
    ],
)
help_long_before_birth.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-08"},
    ],
)
