"""EH-222: help that begins after the person's death."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode, person


@rule("EH-222", about=[eh_episode.start_date, person.death_date], severity="error")
def help_after_death() -> str:
    """The episode begins after the day on which the person is recorded to have died. One of the dates is wrong."""
    return """
        SELECT row_id, team FROM eh_episode JOIN (
            SELECT person_id, min(death_date) AS died FROM person GROUP BY person_id
        ) AS told USING (person_id)
        WHERE start_date > died
    """


help_after_death.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "death_date": "2024-01-10"},
    ],
)
help_after_death.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "death_date": "2024-01-09"},
    ],
)
