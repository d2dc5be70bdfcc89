"""EH-215: a service begun after its episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_closure
from earlyhelp.standard import eh_episode, service_delivered


@rule(
    "EH-215",
    about=[service_delivered.start_date, service_delivered.episode_id, eh_episode.end_date],
    severity="warning",
)
def service_after_closure() -> str:
    """The service began after the episode that it belongs to had closed. Correct the date or name the right episode."""
    return after_closure(service_delivered.start_date)


service_after_closure.passes(
    service_delivered=[
        {"delivery_id": "1", "person_id": "A", "episode_id": "1", "start_date": "2024-06-30"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
service_after_closure.fails(
    service_delivered=[
        {"delivery_id": "1", "person_id": "A", "episode_id": "1", "start_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
