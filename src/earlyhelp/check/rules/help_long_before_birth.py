"""EH-223: help that begins long before birth."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import long_before_birth
from earlyhelp.standard import eh_episode, person


@rule("EH-223", about=[eh_episode.start_date, person.dob], severity="error")
def help_long_before_birth() -> str:
    """The episode begins more than nine months before the child was born. One of the dates is wrong."""
    return long_before_birth(eh_episode.start_date)


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
