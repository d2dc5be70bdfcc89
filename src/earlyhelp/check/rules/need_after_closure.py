"""EH-213: a need identified after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_closure
from earlyhelp.standard import eh_episode, eh_need


@rule("EH-213", about=[eh_need.identified_date, eh_episode.end_date], severity="warning")
def need_after_closure() -> str:
    """The need was identified after the episode had closed. Correct the date, or record it in the next episode."""
    return after_closure(eh_need.identified_date)


need_after_closure.passes(
    eh_need=[
        {"need_id": "1", "episode_id": "1", "identified_date": "2024-06-30"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
need_after_closure.fails(
    eh_need=[
        {"need_id": "1", "episode_id": "1", "identified_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
