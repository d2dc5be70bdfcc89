"""EH-211: a first contact after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_episode


@rule("EH-211", about=[eh_episode.first_contact_date, eh_episode.end_date], severity="error")
def first_contact_after_closure() -> str:
    """The first contact was made after the episode had closed. Correct whichever date is wrong."""
    return """
        SELECT row_id, team FROM eh_episode WHERE first_contact_date > end_date
    """


first_contact_after_closure.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "first_contact_date": "2024-06-30",
        },
        {
            "episode_id": "2",
            "person_id": "B",
            "start_date": "2024-01-10",
            "end_date": None,
            "first_contact_date": "2024-09-01",
        },
    ],
)
first_contact_after_closure.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "first_contact_date": "2024-07-01",
        },
    ],
)
