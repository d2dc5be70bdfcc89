"""EH-216: an action agreed after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_closure
from earlyhelp.standard import eh_episode, eh_plan_action


@rule("EH-216", about=[eh_plan_action.created_date, eh_episode.end_date], severity="warning")
def action_after_closure() -> str:
    """The action was agreed after its episode had closed. Correct the date, or record it in the next episode."""
    return after_closure(eh_plan_action.created_date)


action_after_closure.passes(
    eh_plan_action=[
        {"action_id": "1", "episode_id": "1", "created_date": "2024-06-30"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
action_after_closure.fails(
    eh_plan_action=[
        {"action_id": "1", "episode_id": "1", "created_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
